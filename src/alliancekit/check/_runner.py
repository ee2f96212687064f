"""Reading documents, running the rules over them, and putting each finding in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from os import PathLike
from typing import Final

from attrs import evolve

from alliancekit import library
from alliancekit.check._document import Read, read
from alliancekit.check._excerpt import excerpts
from alliancekit.check._files import documents_in
from alliancekit.check._report import Report, joined
from alliancekit.check._rule import Hit, Rule, Settings, Subject
from alliancekit.check._rules import RULES
from alliancekit.documents import HEADERS, Tree, read_bytes
from alliancekit.errors import AllianceKitError, DocumentError, UnknownNameError, UnreadableError, require
from alliancekit.findings import Finding, Span
from alliancekit.limits import LIMITS, Limits
from alliancekit.model import Alliance
from alliancekit.typing import Pointer, Source

__all__ = ["check_paths", "check_text", "check_value"]

_STDIN: Final = "-"
_SETTINGS: Final = Settings()
# Of one rule in one document: nobody reads more, and a hostile file must not choose how long a report gets.
_MOST_HITS: Final = 1_000


def check_text(
    text: str | bytes, *, path: str | None = None, as_of: date | None = None, settings: Settings = _SETTINGS
) -> tuple[Finding, ...]:
    """
    Return everything that is wrong with one document, sorted by place.

    Never raises: whatever the text is, it is answered.

    Args:
        text: The document, YAML or JSON.
        path: What findings call it; its ending says the format, which is else seen from how the text begins.
        as_of: The day for rules about time; None leaves those out.
        settings: The numbers that rules may be told.

    .. versionadded:: 0.1
    """
    return _checked(text, path, as_of, settings).findings


def check_value(
    alliance: Alliance, *, as_of: date | None = None, settings: Settings = _SETTINGS
) -> tuple[Finding, ...]:
    """
    Return everything that is wrong with an alliance in memory; its findings have pointers and no places.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "check_value", "alliance")
    return tuple(_findings(Subject(value=alliance, settings=settings, as_of=as_of)))


def check_paths(
    paths: Iterable[Source] | Source,
    *,
    stdin: bytes | None = None,
    stdin_name: str = _STDIN,
    as_of: date | None = None,
    settings: Settings = _SETTINGS,
) -> Report:
    """
    Return what is wrong in files, and in the documents of folders.

    Never raises over what it finds: a path that cannot be read is a finding.

    Args:
        paths: Files, which are always checked; folders, whose documents are found by name; ``-`` for *stdin*. One path
            alone is a list of one.
        stdin: The document that ``-`` stands for.
        stdin_name: What findings call it; its ending says the format.
        as_of: The day for rules about time; None leaves those out.
        settings: The numbers that rules may be told.

    .. versionadded:: 0.1
    """
    reports: list[Report] = []
    for found in documents_in((paths,) if isinstance(paths, str | PathLike) else paths):
        if found.finding is not None:
            reports.append(_skipped((found.finding,)))
        elif found.path == _STDIN and stdin is not None:
            reports.append(_checked(stdin, stdin_name, as_of, settings))
        else:
            reports.append(_checked_file(found.path, as_of, settings))
    return joined(reports)


def _skipped(findings: tuple[Finding, ...]) -> Report:
    return Report(findings=findings, files_skipped=1, excerpts=(None,) * len(findings))


def _checked_file(path: str, as_of: date | None, settings: Settings) -> Report:
    try:
        data = read_bytes(path, _limits(path))
    except UnreadableError as error:
        return _skipped(error.findings)
    except DocumentError as error:
        return Report(findings=error.findings, files_checked=1, excerpts=(None,) * len(error.findings))
    return _checked(data, path, as_of, settings, beside=path)


def _checked(
    text: str | bytes, path: str | None, as_of: date | None, settings: Settings, beside: str | None = None
) -> Report:
    document = read(text, path)
    if document.is_private:  # a line of a session is somebody's answer: no rule looks at it, and none is shown
        sound = document.findings or document.tree.place(_in_session(document), path)
        return Report(findings=sound, files_checked=1, excerpts=(None,) * len(sound))
    subject = Subject(
        value=document.value,
        tree=document.tree,
        broken=document.broken,
        origin=document.origin,
        settings=settings,
        as_of=as_of,
        path=path,
    )
    own = _one_for_each_cause(_findings(subject), document)
    found = [*map(_with_hint, document.findings), *own, *_in_flow(document, beside)]
    findings = document.tree.place(found, path)
    return Report(findings=findings, files_checked=1, excerpts=excerpts(document.tree.text, findings))


def _in_session(document: Read) -> tuple[Finding, ...]:
    """Return whether a session that reads well is what was saved; it is not gone through, for that takes its time."""
    from alliancekit.flow import Session, check_seal

    return check_seal(document.value) if isinstance(document.value, Session) else ()


def _in_flow(document: Read, beside: str | None) -> tuple[Finding, ...]:
    """Return what is wrong with a flow that reads well, when it is run with its bank, where that is at hand."""
    if document.value is None or isinstance(document.value, Alliance) or document.findings:
        return ()  # most are, and they need not wait for the engine
    from alliancekit.flow import Flow, analyse

    if not isinstance(document.value, Flow):
        return ()
    try:
        bank = library.bank(document.value.bank, beside=beside)
    except UnknownNameError as error:
        return (Finding(rule="unknown-reference", message=str(error), pointer="/bank"),)
    except AllianceKitError:
        return ()  # the bank is checked by itself
    return tuple(_some_of_each(flaw.finding for flaw in analyse(document.value, bank)))


def _some_of_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield of each rule as many as are reported."""
    told = Counter[str]()
    for one in findings:
        told[one.rule] += 1
        if told[one.rule] <= _MOST_HITS:
            yield one


def _limits(path: str) -> Limits:
    return HEADERS["session"].limits if path.endswith(".session.json") else LIMITS


def _with_hint(finding: Finding) -> Finding:
    rule = RULES.get(finding.rule)
    return evolve(finding, hint=rule.hint) if rule and rule.hint and not finding.hint else finding


def _one_for_each_cause(own: Iterable[Finding], document: Read) -> Iterator[Finding]:
    """Leave out what is said about a text that reading it has refused already."""
    refused = {one.span for one in document.findings}
    return (one for one in own if one.rule != "yaml-trap" or one.span not in refused)


def _findings(subject: Subject) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.find is None or not _may_speak(rule, subject):
            continue
        for hit in islice(rule.find(subject), _MOST_HITS):
            pointer = subject.origin(hit.pointer) if rule.about == "alliance" else hit.pointer
            if not (pointer and rule.about == "alliance" and subject.is_broken(pointer)):
                yield _finding(rule, hit, pointer, subject)


def _may_speak(rule: Rule, subject: Subject) -> bool:
    if rule.about == "alliance" and not isinstance(subject.value, Alliance):
        return False
    if subject.is_closed and not rule.once_closed:
        return False
    return not any(subject.is_broken(f"/{part}") for part in rule.needs)


def _finding(rule: Rule, hit: Hit, pointer: Pointer, subject: Subject) -> Finding:
    return Finding(
        rule=rule.code,
        message=hit.message,
        severity=rule.severity_in(subject),
        pointer=pointer,
        on_key=hit.on_key,
        hint=hit.hint,
        span=hit.span,
        related=_related(subject.tree, hit),
    )


def _related(tree: Tree | None, hit: Hit) -> tuple[tuple[Span, str], ...]:
    return tuple((tree.span(pointer, on_key=True), what) for pointer, what in hit.related) if tree else ()
