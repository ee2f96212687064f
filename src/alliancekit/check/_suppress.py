"""
Comments that silence findings: ``# alliancekit: ignore[rule] reason``, on the line of the finding or alone above it.

Where a document is judged its comments are read; what they silence is seen later, when the findings of rules about
several files are there too. So a suppression carries all that is needed then, and no text has to be read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, final

from attrs import frozen

from alliancekit.check._rule import Rule
from alliancekit.documents import Node, Tree, comments_in
from alliancekit.errors import Suggestions
from alliancekit.findings import Edit, Finding, Fix, Severity, Span

__all__ = ["UNUSED", "Silence", "Suppression", "suppressions_in", "unused"]

UNUSED: Final = "unused-suppression"
UNKNOWN: Final = "unknown-suppression"
WORDLESS: Final = "suppression-without-reason"
_OURS: Final = frozenset({UNUSED, UNKNOWN, WORDLESS})

_EXACT: Final = re.compile(r"(?<!\S)#[ \t]*alliancekit:[ \t]*ignore[ \t]*\[([^\[\]\r\n]*)\]([^\r\n]*)")
# What somebody wrote who wanted one: another case, another word, no brackets, or not at the begin of the comment.
_MEANT: Final = re.compile(
    r"(?<!\S)(?P<begin>\#{1,3}[ \t]{0,8})?"
    r"(?:alliancekit[ \t]*[:=,;-]+[ \t]*(?:ignored?|ingore|disable|suppress|noqa|nolint|skip)\b"
    r"|alliancekit[ \t]+(?:ignore|disable|noqa)\b"
    r"|al[a-z]{5,12}:[ \t]*ignore[ \t]*(?=\[))"
    r"(?:[ \t]*[\[(](?P<codes>[^\[\]()\r\n]*)(?P<close>[\])])?)?",
    re.IGNORECASE,
)
_LINE: Final = re.compile(r"#[^\r\n]*")
_WORD: Final = re.compile("ignor|ingor|disable|suppress|noqa|nolint|skip", re.IGNORECASE)
_CODE: Final = re.compile(r"[^\s,]+")
_FORM: Final = "write # alliancekit: ignore[rule] and why, at the end of the line or alone on the line above"
_LEAD: Final = " \t:;,.–—-"  # what people write between the brackets and the reason
# Nobody reads more, and a hostile file must not choose how long a report gets.
_MOST: Final = 1_000


@final
@frozen(kw_only=True)
class Suppression:
    """
    A comment that silences findings.

    Attributes:
        line: The first line whose findings it silences.
        last: The last one: a text of several lines goes with its first.
        rules: The codes that it names and that can be silenced, each once.
        judged: Those of them that could have found something, so that finding nothing means that it is not needed.
        reason: Why, in its author's words; may be empty.
        span: The comment.
        codes: What stands between the brackets.
        whole: What goes when the comment goes.
        source: The line that it is on.

    .. versionadded:: 0.1
    """

    line: int
    last: int
    rules: tuple[str, ...]
    judged: tuple[str, ...] = ()
    reason: str = ""
    span: Span
    codes: Span
    whole: Span
    source: str = ""


def suppressions_in(
    tree: Tree, rules: Mapping[str, Rule], could_find: Callable[[Rule], bool]
) -> tuple[tuple[Suppression, ...], tuple[Finding, ...]]:
    """
    Return the suppressions of a document, and what is wrong with the comments that are or were to be one.

    Args:
        tree: The document.
        rules: All rules, by code.
        could_find: Whether a rule would have found in the document whatever there is.
    """
    if not tree.is_whole or not any(_WORD.search(line) for line in _LINE.findall(tree.text)):
        return (), ()
    comments = [(start, end) for start, end in comments_in(tree) if _MEANT.search(tree.text, start, end)]
    if not comments:
        return (), ()
    reader = _Reader(tree, rules, could_find)
    for start, end in comments:
        reader.take(start, end)
    return tuple(reader.suppressions), tuple(reader.findings)


@final
class _Reader:
    """Reads the suppressions of one document."""

    def __init__(self, tree: Tree, rules: Mapping[str, Rule], could_find: Callable[[Rule], bool]) -> None:
        self.tree, self.rules, self.could_find = tree, rules, could_find
        self.suggestions = Suggestions()
        self.places = _Places(tree)
        self.suppressions: list[Suppression] = []
        self.findings: list[Finding] = []

    def take(self, start: int, end: int) -> None:
        """Read one comment."""
        found = _EXACT.search(self.tree.text, start, end)
        if found is None:
            self._note_malformed(start, end)
        elif not found[1].strip(" \t,"):
            self._note(UNKNOWN, "this names no rule, so it ignores nothing", found.start(), end, _FORM)
        elif (again := _MEANT.search(self.tree.text, found.start(2), end)) is not None:
            message = "this is read as the reason of the suppression before it"
            self._note(UNKNOWN, message, again.start(), end, "name several rules in one: ignore[rule, rule]")
        else:
            self._read(found, end)

    def _read(self, found: re.Match[str], end: int) -> None:
        tree = self.tree
        codes = tuple(_CODE.finditer(tree.text, *found.span(1)))
        for code in codes:
            self._check_code(code)
        rules = tuple(dict.fromkeys(code[0] for code in codes))
        reason = found[2].lstrip(_LEAD).rstrip()
        if not reason:
            hint = "say behind the brackets why it does not hold here"
            self._note(WORDLESS, "this says nothing about why", found.start(), end, hint)
        line, last = self.places.silenced(found.start())
        self.suppressions.append(
            Suppression(
                line=line,
                last=last,
                rules=tuple(one for one in rules if not self._is_heard(one)),
                judged=tuple(one for one in rules if self._could_find(one)),
                reason=reason,
                span=tree.stretch(found.start(), end),
                codes=tree.stretch(*found.span(1)),
                whole=tree.stretch(*self.places.whole(found.start(), end)),
                source=self.places.source(found.start()),
            )
        )

    def _could_find(self, name: str) -> bool:
        rule = self.rules.get(name)
        return rule is not None and rule.may_be_suppressed and self.could_find(rule)

    def _is_heard(self, name: str) -> bool:
        return name in self.rules and not self.rules[name].may_be_suppressed

    def _check_code(self, code: re.Match[str]) -> None:
        name = code[0]
        if self._is_heard(name):
            hint = "mend what it finds"
            self._note(UNKNOWN, f"{name} cannot be suppressed", *code.span(), hint)
        elif name not in self.rules:
            near = self.suggestions.nearest(name, self.rules)
            hint = f"did you mean {near!r}?" if near else "name each rule by its code; `alliancekit explain` knows them"
            self._note(UNKNOWN, f"no rule is called {_shown(name)}", *code.span(), hint, instead=near)

    def _note_malformed(self, start: int, end: int) -> None:
        found = _MEANT.search(self.tree.text, start, end)
        assert found is not None
        codes = _CODE.findall((found["codes"] or "").casefold())
        if found["begin"] is None:
            message = "a suppression begins its comment, so this ignores nothing"
        elif found["codes"] is None:
            message = "this names no rule in brackets, so it ignores nothing"
        elif found["close"] is None:
            message = "the bracket is not closed, so this ignores nothing"
        else:
            message = "this is not how a suppression is written, so it ignores nothing"
        known = codes and found["close"] and all(code in self.rules for code in codes)
        self._note(
            UNKNOWN,
            message,
            found.start(),
            end,
            f"write # alliancekit: ignore[{', '.join(codes)}] and why" if known else _FORM,
        )

    def _note(self, rule: str, message: str, start: int, end: int, hint: str, *, instead: str = "") -> None:
        if len(self.findings) >= _MOST:
            return
        span = self.tree.stretch(start, end)
        fix = Fix(message=f"write {instead}", edits=(Edit(span, instead),)) if instead else None
        severity = Severity.INFO if rule == WORDLESS else Severity.WARNING
        self.findings.append(Finding(rule=rule, message=message, severity=severity, hint=hint, span=span, fix=fix))


def _shown(name: str) -> str:
    return repr(name) if len(name) <= 60 else f"{name[:58]!r}…"


@final
class _Places:
    """Which lines a comment speaks of, in one document."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.text = tree.text
        lines = [tree.position(start).line for start, _ in comments_in(tree) if self._is_alone(start)]
        # From the last to the first: a comment that stands above another speaks of what that one does.
        self.below: dict[int, int] = {}
        for line in reversed(lines):
            self.below[line] = self.below.get(line + 1, line + 1)
        self.last: dict[int, int] = {}
        self.first: dict[int, int] = {}
        for start, end in _tall_texts(tree):
            first, last = tree.position(start).line, tree.position(end).line
            self.last[first] = last
            self.first.setdefault(last, first)

    def _bol(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _is_alone(self, at: int) -> bool:
        return not self.text[self._bol(at) : at].strip()

    def silenced(self, at: int) -> tuple[int, int]:
        """Return the first and the last line of which a suppression at *at* speaks."""
        line = self.tree.position(at).line
        line = self.below[line] if self._is_alone(at) else self.first.get(line, line)
        return line, self.last.get(line, line)

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Return what has to go so that no trace of a comment stays: its line, where it is alone on it."""
        before = self._bol(start)
        if not self._is_alone(start):
            return before + len(self.text[before:start].rstrip()), end
        if (below := self.text.find("\n", end)) >= 0:
            return before, below + 1
        return len(self.text[:before].removesuffix("\n").removesuffix("\r")), end

    def source(self, at: int) -> str:
        """Return the line that *at* is on."""
        end = self.text.find("\n", at)
        return self.text[self._bol(at) : None if end < 0 else end].rstrip("\r")


def _tall_texts(tree: Tree) -> Iterator[tuple[int, int]]:
    """Yield the texts that go over several lines, from the first to the last."""
    waiting: list[Node] = [tree.root] if tree.root is not None else []
    found: list[tuple[int, int]] = []
    while waiting:
        node = waiting.pop()
        if node.items is not None:
            waiting += node.items
            waiting += node.keys or ()
        elif "\n" in tree.text[node.start : node.end]:
            found.append((node.start, node.end))
    yield from sorted(found)


@final
class Silence:
    """What the suppressions of one file silence, and which of them do."""

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self.suppressions = tuple(suppressions)
        self._by_line: dict[int, list[dict[str, Suppression]]] = {}
        self._used: set[tuple[int, str]] = set()
        groups: dict[int, dict[str, Suppression]] = {}
        for one in self.suppressions:
            group = groups.get(one.line)
            if group is None:
                group = groups[one.line] = {}
                for line in range(one.line, one.last + 1):
                    self._by_line.setdefault(line, []).append(group)
            # What is wrong with a comment is silenced beside it, since nothing can stand above it.
            if one.span.start.line != one.line:
                self._by_line.setdefault(one.span.start.line, []).append(group)
            for rule in one.rules:
                group.setdefault(rule, one)

    def by(self, finding: Finding) -> Suppression | None:
        """Return the suppression that silences *finding*, and remember that it does."""
        if finding.line is None:
            return None
        for group in self._by_line.get(finding.line, ()):
            if (one := group.get(finding.rule)) is not None:
                self._used.add((id(one), finding.rule))
                return one
        return None

    def unneeded(self, capped: Collection[str] = ()) -> Iterator[tuple[Suppression, tuple[str, ...]]]:
        """
        Yield the suppressions of which something is not needed, with what; asked for when all findings were told.

        One that silences what is wrong with comments is always needed: else it could not say of itself that it is not.
        """
        for one in self.suppressions:
            rules = tuple(
                rule
                for rule in one.judged
                if rule not in capped and rule not in _OURS and (id(one), rule) not in self._used
            )
            if rules:
                yield one, rules


def unused(one: Suppression, rules: tuple[str, ...], path: str | None, severity: Severity) -> Finding:
    """Return the finding that *rules* are suppressed by *one* although they find nothing there."""
    where = f"line {one.line}" if one.line == one.last else f"lines {one.line} to {one.last}"
    named = rules[0] if len(rules) == 1 else f"{', '.join(rules[:-1])} or {rules[-1]}"
    rest = tuple(rule for rule in one.rules if rule not in rules)
    edit = Edit(one.codes, ", ".join(rest)) if rest else Edit(one.whole, "")
    what = "take out what is not needed" if rest else "take the comment out"
    return Finding(
        rule=UNUSED,
        message=f"nothing on {where} is found by {named}",
        severity=severity,
        hint=what,
        path=path,
        span=one.span,
        fix=Fix(message=what, edits=(edit,), is_safe=True),
    )
