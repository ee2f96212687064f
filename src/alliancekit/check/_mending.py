"""
Mending a text: making the changes that fixes propose, and keeping only those that do what they say.

Each change is looked at again before it stays. A safe one leaves the document saying what it said, and brings no
finding; any other brings none about the text and its structure. What does not hold to that is left out, and its finding
remains. It goes on until there is nothing more to mend, so that mending twice is mending once.
"""

from __future__ import annotations

import copy
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen

from alliancekit.check._custom import CustomRule, as_rules
from alliancekit.check._document import Read
from alliancekit.check._escape import escape_terminal
from alliancekit.check._fixes._edits import is_same
from alliancekit.check._judge import MOST_HITS, Job, judge_read, read_for
from alliancekit.check._rules import RULES
from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.check._settle import settled
from alliancekit.documents import Tree
from alliancekit.findings import Edit, Finding, Position
from alliancekit.typing import Pointer
from alliancekit.values import is_list, is_mapping, tokens_of

__all__ = ["Fixed", "fix_text", "is_mendable", "mended"]

_BOM: Final = "\ufeff"
# How often a text is looked at again. What people wrote needs a few; what is hostile must come to an end, a large one sooner.
_MOST_LOOKS: Final = 60
_LEAST_LOOKS: Final = 16
_LESS_BY_CHARACTERS: Final = 5_000
# What is wrong with the text itself: no change may bring more of it.
_OF_TEXT: Final = frozenset({"Document", "Structure"})
# What was read as nothing before is read once these are mended.
_OPENING: Final = frozenset({"unknown-document", "unknown-field", "unsupported-yaml", "wrong-type"})


@final
@frozen(kw_only=True)
class Fixed:
    """
    A text after what could be mended in it.

    Attributes:
        path: What findings call it.
        before: What it was.
        text: What it is now.
        fixed: What was mended, each where it was found.
        findings: What remains.

    .. versionadded:: 0.1
    """

    path: str | None
    before: str = field(repr=False)
    text: str = field(repr=False)
    fixed: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was mended."""
        return self.text != self.before

    def diff(self) -> str:
        """Return what was changed as a unified diff, with line ends as they are in the text; empty for no change."""
        from difflib import unified_diff

        old, new = (_lines(text) for text in (self.before, self.text))
        name = escape_terminal(self.path or "-")  # a line break in it would begin another line of the diff
        return "".join(unified_diff(old, new, name, name))


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    whole = [f"{line}\n" for line in lines[:-1]]
    return [*whole, f"{lines[-1]}\n\\ No newline at end of file\n"] if lines[-1] else whole


def fix_text(
    text: str,
    *,
    path: str | None = None,
    unsafe: bool = False,
    as_of: date | None = None,
    settings: Settings = SETTINGS,
    rules: Iterable[CustomRule] = (),
) -> Fixed:
    """
    Return *text* with everything mended that can be, and what remains.

    A session stays as it is. Comments stay, but those that silence nothing any more.

    Args:
        text: The document, YAML or JSON.
        path: What findings call it; its ending says the format, which is else seen from how the text begins.
        unsafe: Whether to make changes too that a person should look at.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.
        rules: Rules beside ours.

    Raises:
        InvalidValueError: If one of *rules* is none.

    .. versionadded:: 0.1
    """
    return mended(text, path, Job(settings=settings, as_of=as_of, rules=as_rules(rules)), unsafe=unsafe)


def is_mendable(finding: Finding, *, unsafe: bool) -> bool:
    """Return whether there is a fix for *finding* that may be made."""
    return finding.fix is not None and bool(finding.fix.edits) and (unsafe or finding.fix.is_safe)


def mended(text: str, path: str | None, job: Job, *, unsafe: bool, beside: str | None = None) -> Fixed:
    """Do what `fix_text` says, for a text that may stand beside others."""
    mark, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    work = _Work(job, path, beside, len(body))
    state = work.look(body)
    fixed: list[Finding] = []
    while not state.read.is_private and (chosen := work.chosen(state, unsafe=unsafe)):
        after, made = work.after(state, chosen)
        if after is None:
            break
        state = after
        fixed += made
    return Fixed(path=path, before=text, text=mark + state.text, fixed=tuple(fixed), findings=state.findings)


@final
@frozen
class _State:
    """A text, what it says, and what is wrong with it."""

    text: str
    read: Read
    findings: tuple[Finding, ...]

    def count(self, groups: frozenset[str] | None = None) -> Counter[tuple[str, Pointer]]:
        """Return how often each rule speaks of each place; of *groups* only."""
        told = (one for one in self.findings if groups is None or _group(one) in groups)
        return Counter((one.rule, one.pointer) for one in told)


def _group(finding: Finding) -> str:
    return RULES[finding.rule].group if finding.rule in RULES else "Custom"


@final
class _Work:
    """What is known while one text is mended."""

    def __init__(self, job: Job, path: str | None, beside: str | None, size: int) -> None:
        self.job, self.path, self.beside = job, path, beside
        self.left = max(_LEAST_LOOKS, _MOST_LOOKS - size // _LESS_BY_CHARACTERS)
        self.dropped: set[_Key] = set()
        self.is_new = False

    def look(self, text: str) -> _State:
        """Return *text* with what is wrong with it."""
        self.left -= 1
        document = read_for(text, self.path, self.job)
        checked = judge_read(document, self.path, self.job, beside=self.beside)
        return _State(text, document, settled(checked, self.job).findings)

    def chosen(self, state: _State, *, unsafe: bool) -> list[Finding]:
        """Return the findings to mend next: the safe ones first, and alone; none with an edit over that of another."""
        able = [one for one in state.findings if is_mendable(one, unsafe=unsafe)]
        left = [one for one in able if _key(one) not in self.dropped]
        if not left and self.is_new:
            # What did not hold before may hold now.
            self.is_new, self.dropped, left = False, set(), able
        return _apart([one for one in left if one.fix and one.fix.is_safe] or left)

    def after(self, state: _State, chosen: list[Finding]) -> tuple[_State | None, list[Finding]]:
        """Return the state after as many of *chosen* as hold together, and which; None when it was looked often enough."""
        while self.left > 0:
            new = self.look(_applied(state.read.tree, chosen))
            if _holds(state, new, chosen):
                self.is_new = bool(self.dropped)
                return new, chosen
            if len(chosen) == 1:
                self.dropped.add(_key(chosen[0]))
                return state, []
            chosen = chosen[: len(chosen) // 2]
        return None, []


_Key: TypeAlias = tuple[str, Pointer, str]


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.pointer, finding.message


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix else ()


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Return those of *findings* whose edits are not over those of the ones before; the same edit may come twice."""
    chosen: list[Finding] = []
    taken: list[tuple[Position, Position, str]] = []
    for one in findings:
        wanted = [(edit.span.start, edit.span.end, edit.text) for edit in _edits(one)]
        if all(_fits(taken, each) for each in wanted):
            chosen.append(one)
            for each in wanted:
                insort(taken, each)
    return chosen


def _fits(taken: list[tuple[Position, Position, str]], one: tuple[Position, Position, str]) -> bool:
    at = bisect_left(taken, one)
    if taken[at : at + 1] == [one]:
        return True
    start, end, _ = one
    before, after = taken[max(at - 1, 0) : at], taken[at : at + 1]
    # Two texts that are to be written at one place have no order.
    return all(last[1] <= start and last[:2] != (start, end) for last in before) and all(
        end <= following[0] and following[:2] != (start, end) for following in after
    )


def _applied(tree: Tree, findings: Iterable[Finding]) -> str:
    text = tree.text
    edits = {
        (tree.offset(edit.span.start), tree.offset(edit.span.end), edit.text)
        for one in findings
        for edit in _edits(one)
    }
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def _holds(before: _State, after: _State, made: Sequence[Finding]) -> bool:
    """Return whether the text *after* is as good as it has to be, once *made* were mended."""
    if not after.read.tree.is_whole:
        return False
    if all(one.fix and one.fix.is_safe for one in made):
        return _is_harmless(before, after, made)
    told = set(after.count())
    if any((one.rule, one.pointer) in told for one in made if one.pointer):
        return False
    # What could not be read until now may have faults of its own, but none of the text itself.
    is_opened = any(one.rule in _OPENING for one in made)
    groups = frozenset({"Document"}) if is_opened else _OF_TEXT
    old, new = (Counter(rule for rule, _ in state.count(groups).elements()) for state in (before, after))
    return not new - old


def _is_harmless(before: _State, after: _State, made: Sequence[Finding]) -> bool:
    old, new = before.read, after.read
    is_sound = old.value is not None and not old.broken
    if is_sound and new.value != old.value:
        return False
    # Of what is there so often that not all of it was told, others are told now.
    capped = {rule for rule, count in Counter(one.rule for one in before.findings).items() if count >= MOST_HITS}
    groups = None if is_sound else _OF_TEXT
    if any(rule not in capped for rule, _ in after.count(groups) - before.count(groups)):
        return False
    if is_sound:
        return True
    places = [one.pointer for one in made if _group(one) == "Structure"]
    return is_same(_without(old.tree.value, places), _without(new.tree.value, places))


def _without(value: Any, places: Sequence[Pointer]) -> Any:
    """Return a copy of *value* that says nothing at *places*."""
    if not places:
        return value
    rest = copy.deepcopy(value)
    for pointer in places:
        *path, last = tokens_of(pointer)
        part = rest
        for token in path:
            part = part.get(token) if is_mapping(part) else _at(part, token)
        if is_mapping(part):
            part.pop(last, None)
        elif is_list(part) and last.isdecimal() and int(last) < len(part):
            part[int(last)] = None
    return rest


def _at(part: Any, token: str) -> Any:
    return part[int(token)] if is_list(part) and token.isdecimal() and int(token) < len(part) else None
