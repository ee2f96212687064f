"""Judging one document by itself: reading it, running the rules over it, and putting each finding in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final, final

from attrs import evolve, frozen

from alliancekit import library
from alliancekit.check._checked import Checked
from alliancekit.check._custom import FAILURES, failed, sound_fix, sound_hits
from alliancekit.check._document import Read, read
from alliancekit.check._excerpt import excerpts
from alliancekit.check._facts import facts_of
from alliancekit.check._files import Found
from alliancekit.check._rule import Hit, Rule, Subject
from alliancekit.check._rules import RULES
from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.check._suppress import suppressions_in
from alliancekit.documents import HEADERS, Tree, read_bytes
from alliancekit.errors import AllianceKitError, DocumentError, UnknownNameError, UnreadableError
from alliancekit.findings import Finding, Span
from alliancekit.limits import Limits
from alliancekit.model import Alliance
from alliancekit.typing import Openable, Pointer

__all__ = [
    "MOST_HITS",
    "Job",
    "graded",
    "judge",
    "judge_value",
    "placed",
    "read_document",
    "unread",
]

# Of one rule in one document: nobody reads more, and a hostile file must not choose how long a report gets.
MOST_HITS: Final = 1_000
# What is judged by nothing but its own text, even where nothing could be made of it.
_ALONE: Final = frozenset({"alliance", "check-in"})


@final
@frozen(kw_only=True)
class Job:
    """
    What judging needs beside the document.

    Attributes:
        settings: How strictly to judge.
        as_of: The day for rules about time; None leaves those out.
        rules: Rules beside ours.
    """

    settings: Settings = SETTINGS
    as_of: date | None = None
    rules: tuple[Rule, ...] = ()

    @cached_property
    def known(self) -> Mapping[str, Rule]:
        """All rules by code, ours and those beside them."""
        return {**RULES, **{rule.code: rule for rule in self.rules}}


def read_document(found: Found, settings: Settings) -> bytes:
    """
    Return the bytes of *found*.

    Raises:
        DocumentError: If it cannot be read, or is larger than a document may be.
    """
    limits = _limits(found.path, settings) or HEADERS["session"].limits
    if found.opened is None:
        return read_bytes(found.path, limits)
    return _read_opened(found.opened, found.path, limits.file_bytes + 1)  # one more, so that reading it says that


def _read_opened(opened: Openable, path: str, most: int) -> bytes:
    try:
        with opened.open("rb") as file:
            return bytes(file.read(most))
    except Exception as error:
        message = f"it cannot be read: {type(error).__name__}"  # whoever keeps it has errors of their own
        raise UnreadableError((Finding(rule="unreadable", message=message, path=path),)) from error


def unread(path: str, error: DocumentError) -> Checked:
    """Return that *path* could not be had, because of *error*."""
    is_readable = not isinstance(error, UnreadableError)
    return Checked(path=path, findings=error.findings, excerpts=(None,) * len(error.findings), is_readable=is_readable)


def judge(data: str | bytes, path: str | None, job: Job, *, beside: str | None = None) -> Checked:
    """
    Return what is wrong with one document.

    Args:
        data: The document.
        path: What findings call it.
        job: How to judge it.
        beside: The file beside which what it builds on is looked for: the bank of a flow, or of a translation; None looks
            among those at hand only.
    """
    return judge_read(read_for(data, path, job), path, job, beside=beside)


def read_for(data: str | bytes, path: str | None, job: Job) -> Read:
    """Return a document as it is read for judging."""
    return read(data, path, _limits(path, job.settings))


def judge_read(document: Read, path: str | None, job: Job, *, beside: str | None = None) -> Checked:
    """Return what is wrong with a document that was read; as `judge` does."""
    if document.is_private:  # a line of a session is somebody's answer: no rule looks at it, and none is shown
        sound = document.findings or document.tree.place(_in_session(document), path)
        return Checked(path=path, findings=sound, excerpts=(None,) * len(sound))
    subject = Subject(
        value=document.value,
        tree=document.tree,
        broken=document.broken,
        origin=document.origin,
        settings=job.settings,
        as_of=job.as_of,
        path=path,
        beside=beside,
    )
    own = _one_for_each_cause(_findings(subject, job), document)
    suppressions, about_them = suppressions_in(document.tree, job.known, lambda rule: rule.could_find(subject))
    found = [*document.findings, *own, *_in_flow(document, beside), *about_them]
    findings = placed(document.tree, path, found, job)
    return Checked(
        path=path,
        findings=findings,
        excerpts=excerpts(document.tree.text, findings),
        facts=facts_of(path, document.kind, document.value, document.broken, has_day=job.as_of is not None),
        suppressions=suppressions,
        is_lasting=document.kind in _ALONE or subject.stands_alone,
    )


def judge_value(alliance: Alliance, job: Job) -> tuple[Finding, ...]:
    """Return what is wrong with an alliance in memory; its findings have pointers and no places."""
    subject = Subject(value=alliance, settings=job.settings, as_of=job.as_of)
    return tuple(graded(_findings(subject, job), job))


def placed(tree: Tree, path: str | None, findings: Iterable[Finding], job: Job) -> tuple[Finding, ...]:
    """Return *findings* as bad as the settings say, each in its place, with its remedy."""
    found = tree.place(graded(findings, job), path)
    return tuple(_with_fix(one, job.known.get(one.rule), tree) for one in found)


def graded(findings: Iterable[Finding], job: Job) -> Iterator[Finding]:
    """Yield *findings* as bad as the settings say, each with what its rule says to all of them."""
    for one in findings:
        rule = job.known.get(one.rule)
        told = one if rule and rule.is_fixed else job.settings.graded(one)
        if told is not None:
            yield _with_rule(told, rule) if rule else told


def _with_rule(finding: Finding, rule: Rule) -> Finding:
    hint, page = finding.hint or rule.hint, None if rule.code in RULES else rule.url
    is_same = hint == finding.hint and page == finding.page
    return finding if is_same else evolve(finding, hint=hint, page=page)


def _with_fix(finding: Finding, rule: Rule | None, tree: Tree) -> Finding:
    if rule is None or rule.fix is None:
        return finding
    try:
        return evolve(finding, fix=sound_fix(rule.fix(tree, finding)))
    except FAILURES:
        if rule.code in RULES:
            raise
        return finding  # it is not ours; what it has found is told all the same


def _in_session(document: Read) -> tuple[Finding, ...]:
    """Return whether a session that reads well is what was saved; it is not gone through, for that takes its time."""
    from alliancekit.flow import Session, check_seal

    return check_seal(document.value) if isinstance(document.value, Session) else ()


def _in_flow(document: Read, beside: str | None) -> tuple[Finding, ...]:
    """Return what is wrong with a flow that reads well, when it is run with its bank, where that is at hand."""
    if document.kind != "flow" or document.value is None or document.findings:
        return ()
    from alliancekit.flow import Flow, analyse

    if not isinstance(document.value, Flow):
        return ()
    try:
        bank = library.bank(document.value.bank, beside=None if beside is None else Path(beside))
    except (UnknownNameError, library.PackError) as error:
        return (Finding(rule="unknown-reference", message=str(error), pointer="/bank"),)
    except AllianceKitError:
        return ()  # the bank is checked by itself
    return tuple(_some_of_each(flaw.finding for flaw in analyse(document.value, bank)))


def _some_of_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield of each rule as many as are reported."""
    told = Counter[str]()
    for one in findings:
        told[one.rule] += 1
        if told[one.rule] <= MOST_HITS:
            yield one


def _limits(path: str | None, settings: Settings) -> Limits | None:
    """Return what a document may hold; None for a session, which a program wrote and which has its own."""
    return None if path is not None and path.endswith(".session.json") else settings.limits


def _one_for_each_cause(own: Iterable[Finding], document: Read) -> Iterator[Finding]:
    """Leave out what is said about a text that reading it has refused already."""
    refused = {one.span for one in document.findings}
    return (one for one in own if one.rule != "yaml-trap" or one.span not in refused)


def _findings(subject: Subject, job: Job) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.find is not None and rule.may_speak(subject):
            yield from _found(rule, rule.find(subject), subject)
    for rule in job.rules:
        if rule.find is not None and rule.may_speak(subject):
            try:
                yield from _found(rule, sound_hits(rule.find(subject)), subject)
            except FAILURES as error:  # it is not ours, and must not stand in the way of others
                yield failed(rule, error)


def _found(rule: Rule, hits: Iterable[Hit], subject: Subject) -> Iterator[Finding]:
    for hit in islice(hits, MOST_HITS):
        pointer = hit.pointer if rule.about == "document" else subject.origin(hit.pointer)
        if not (pointer and rule.about != "document" and subject.is_broken(pointer)):
            yield _finding(rule, hit, pointer, subject)


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
