"""
Rules that a caller or an installed package brings.

They are not ours, so nothing is taken for granted: what they are, what they find, and that they come to an end without
an error is looked at, and what is wrong with one is a finding about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, final

from attrs import evolve, frozen

from alliancekit._installed import aside, offered, said_by
from alliancekit.check._checked import Checked
from alliancekit.check._excerpt import Excerpt
from alliancekit.check._rule import Hit, Rule, Subject
from alliancekit.check._rules import RULES
from alliancekit.errors import InvalidValueError
from alliancekit.findings import Edit, Finding, Fix, Span
from alliancekit.model import Alliance
from alliancekit.values import shorten

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "FAILED",
    "FAILURES",
    "GROUP",
    "CustomRule",
    "as_rules",
    "failed",
    "installed_rules",
    "sound_fix",
    "sound_hits",
]

GROUP: Final = "alliancekit.rules"
"""The group of entry points in which packages offer rules."""

CustomRule: TypeAlias = Rule | Callable[[Alliance], Iterable[Hit]]
"""A rule, or a plain function that is one: it is given each alliance, and yields what it finds."""

FAILED: Final = "plugin-failed"
"""The rule that says of another that it failed."""

FAILURES: Final = (Exception, SystemExit)
"""What somebody's rule may raise instead of doing its work: one that ends the program is no more than a failing one."""

_FAILED: Final = " failed: "
_CODE: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@final
@frozen
class _OfAlliance:
    """A plain function as what rules call; a class, so that it can be sent to another process."""

    function: Callable[[Alliance], Iterable[Hit]]

    def __call__(self, subject: Subject) -> Iterable[Hit]:
        return self.function(subject.alliance)


def as_rules(given: Iterable[CustomRule]) -> tuple[Rule, ...]:
    """
    Return *given* as rules: a plain function is called as it is named, with hyphens, and its docstring says why.

    Raises:
        InvalidValueError: If one is no rule, has no code, or has the code of another.
    """
    found: dict[str, Rule] = {}
    for one in given:
        rule = _as_rule(one)
        if rule.code in RULES or rule.code in found:
            raise InvalidValueError("rule", rule.code, "another rule has this code; call it something else")
        found[rule.code] = rule
    return tuple(found.values())


def _as_rule(given: object) -> Rule:
    if isinstance(given, Rule):
        rule = given
    elif callable(given):
        name = str(getattr(given, "__name__", type(given).__name__))
        why = cleandoc(getattr(given, "__doc__", None) or "")
        rule = Rule(
            code=name.strip("_").replace("_", "-"),
            find=_OfAlliance(cast("Callable[[Alliance], Iterable[Hit]]", given)),
            why=why,
        )
    else:
        raise InvalidValueError("rule", shorten(given), "must be a Rule, or a function that is given an alliance")
    if not _CODE.fullmatch(rule.code):
        raise InvalidValueError("rule", rule.code, "a code is lower-case words and digits joined by hyphens")
    return rule


def sound_hits(found: object) -> Iterator[Hit]:
    """
    Yield what a rule found.

    Raises:
        TypeError: If it is no series of `Hit` with texts.
    """
    if found is None:  # a function that found nothing, and returned nothing
        return
    for one in cast("Iterable[Any]", found):
        if not isinstance(one, Hit):
            raise TypeError(f"it found {shorten(one)}, which is no Hit")
        for part in (one.pointer, one.message, one.hint, *(part for pair in one.related for part in pair)):
            if not isinstance(cast("object", part), str):
                raise TypeError(f"it found a Hit with {shorten(part)} in place of a text")
        if not isinstance(cast("object", one.span), Span | None):
            raise TypeError(f"it found a Hit with {shorten(one.span)} in place of a span")
        yield one


def sound_fix(found: object) -> Fix | None:
    """
    Return what a rule says would mend something.

    Raises:
        TypeError: If it is no `Fix`, with edits.
    """
    edits = cast("Iterable[object]", found.edits) if isinstance(found, Fix) else ()
    if not isinstance(found, Fix | None) or not all(isinstance(one, Edit) for one in edits):
        raise TypeError(f"{shorten(found)} is no Fix")
    if found is not None and not isinstance(cast("object", found.message), str):
        raise TypeError(f"it would mend something by {shorten(found.message)}, which is no text")
    return found


def failed(rule: Rule, error: BaseException) -> Finding:
    """Return that *rule* failed with *error*, on a document that may be sound."""
    said = ""
    with suppress(Exception):  # what an error says of itself is not ours either
        said = str(error)
    reason = f"{type(error).__name__}: {said}" if said else type(error).__name__
    message = f"the rule {rule.code}{_FAILED}{reason}{_place(error)}"
    return Finding(rule=FAILED, message=message, hint="tell whoever wrote the rule; or switch it off")


def _place(error: BaseException) -> str:
    """Return where the error was raised, unless it was raised here."""
    from traceback import extract_tb

    last = extract_tb(error.__traceback__)[-1]
    return "" if last.filename == __file__ else f" ({last.filename}, line {last.lineno})"


def each_failure_once(files: Iterable[Checked]) -> tuple[Checked, ...]:
    """Return *files* with the first failure of each rule only: it is about the rule, and not about the files."""
    told: set[str] = set()
    return tuple(_without_told(one, told) for one in files)


def _without_told(one: Checked, told: set[str]) -> Checked:
    if all(finding.rule != FAILED for finding in one.findings):
        return one
    kept: list[tuple[Finding, Excerpt | None]] = []
    for finding, excerpt in zip(one.findings, one.excerpts, strict=True):
        which = finding.message.partition(_FAILED)[0]
        if finding.rule != FAILED or which not in told:
            kept.append((finding, excerpt))
        if finding.rule == FAILED:
            told.add(which)
    return evolve(one, findings=tuple(each for each, _ in kept), excerpts=tuple(each for _, each in kept))


def installed_rules() -> tuple[tuple[Rule, ...], tuple[Finding, ...]]:
    """
    Return the rules that installed packages offer, and what is wrong with those that could not be had.

    A package offers rules by an entry point of the group ``alliancekit.rules``: a rule, a plain function, or several.

    .. versionadded:: 0.1
    """
    rules: list[Rule] = []
    findings: list[Finding] = []
    for entry, *owner in offered(GROUP):
        try:
            with aside():
                loaded = entry.load()
            given = cast("Iterable[CustomRule]", loaded if isinstance(loaded, Iterable) else (loaded,))
            rules[:] = as_rules([*rules, *given])
        except FAILURES as error:  # whatever a package does, the others are heard
            findings.append(_not_loaded(entry, owner, error))
    return tuple(rules), tuple(findings)


def _not_loaded(entry: EntryPoint, owner: list[str], error: BaseException) -> Finding:
    package = " ".join(filter(None, owner)) or entry.value
    message = f"the rules {entry.name!r} of {package} cannot be used: {said_by(error)}"
    return Finding(rule=FAILED, message=message, hint="tell whoever wrote the package, or uninstall it")
