"""An entry from a block of Markdown, and what stands below it: why it is asked, its follow-ups, its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, final

from attrs import evolve, field, frozen

from alliancekit.intake._inline import one_line
from alliancekit.intake._outline import Block
from alliancekit.intake._questions._asking import Bare, asks, bare
from alliancekit.intake._questions._draft import PLAIN, Choice, Draft, Entry
from alliancekit.intake._questions._entries import entry_of
from alliancekit.intake._questions._ids import is_id
from alliancekit.intake._questions._lines import read_line
from alliancekit.intake._questions._names import field_of

__all__ = ["Around", "entry_of_heading", "entry_of_item", "last_line"]

_BOLD: Final = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])?\s*(?:\[[ xX]\]\s+)?(\*\*|__)(?=\S)(.+?)\1(.*)", re.DOTALL)
_LETTER: Final = re.compile(r"[\s>]*[a-z]\)\s+\S")
_LETTERS: Final = re.compile(r"\s[a-z]\)\s")
_AFTER: Final = re.compile(r"\s*[:：–—-]?\s*")
_FIELD: Final = re.compile(r"([^:：]{2,24})\s*[:：]\s*(.*)", re.DOTALL)
_LINE_FIELD: Final = re.compile(r"([^:：]{0,24}?)\s*[:：]\s*(\S.*)", re.DOTALL)
_ANSWERS: Final = frozenset({"a", "answer", "sample answer"})
_FIELDS: Final = frozenset({"why", "tags", "follow_ups", "options", "kind", "scale", "section"})


@final
@frozen
class Around:
    """
    The page around the blocks.

    Attributes:
        lines: Its lines.
        draft: What is read of it.
    """

    lines: list[str]
    draft: Draft

    def raw(self, block: Block) -> str:
        """Return the lines of *block* and all below it."""
        return "\n".join(self.lines[block.line - 1 : last_line(block)])

    def keep(self, block: Block, why: str, *, alone: bool = False) -> None:
        """Keep *block* aside, with what stands below it or *alone*; what is without words goes."""
        if alone:
            self.draft.keep(block.line, block.end_line, block.raw, why)
        elif block.kind != "rule":
            self.draft.keep(block.line, last_line(block), self.raw(block), why)

    def rated(self, entry: Entry, found: Bare) -> Entry:
        """Return *entry* with the stars that stood behind its text."""
        if found.number:
            self.draft.note(entry.line, "the number before a question", "no part of it, and left out")
        if not found.rating:
            return entry
        self.draft.note(entry.line, "stars or pictures behind a question", "no part of it: kept as x-rating")
        return evolve(entry, extra={**entry.extra, "x-rating": found.rating})


def last_line(block: Block) -> int:
    """Return the last line of *block* and all below it."""
    return max(one.end_line for one in block.walk())


@final
@frozen
class _Below:
    """What stands below a question: parts of why, follow-ups, and fields that are called by name."""

    why: list[str] = field(factory=list[str])
    follow_ups: list[Choice] = field(factory=list[Choice])
    fields: dict[str, Any] = field(factory=dict[str, Any])


def entry_of_heading(block: Block, around: Around, sections: tuple[str, ...]) -> Entry:
    """Return the question that a heading asks: what stands under it is why, and what asks there follows it."""
    found = bare(block.text, is_numbered=True)
    below = _Below()
    _read(block.children, below, around)
    return _made(block, found, below, around, sections)


def entry_of_item(block: Block, around: Around, sections: tuple[str, ...]) -> Entry:
    """Return the question that an entry of a list asks, or a paragraph that begins with one in bold."""
    below = _Below()
    text, lead = block.text, ""
    bold = _BOLD.match(block.raw)
    if bold is not None and (split := _split(block.text, bold)) is not None:
        first, rest = split
        if asks(first):
            text = first
            below.why.append(rest)
        elif bold[2].rstrip().endswith((":", "：")) or bold[3].lstrip().startswith((":", "：", "–", "—", "-")):
            text, lead = rest, first.rstrip(":： ")
    text = _lettered(text, block, below)
    _read(block.children, below, around)
    made = _made(block, bare(text, is_numbered=block.kind == "paragraph"), below, around, sections)
    extra: dict[str, Any] = dict(made.extra)
    if lead:
        around.draft.note(block.line, "bold words before a question", "no part of it: kept as x-lead")
        extra["x-lead"] = lead
    if block.checked:
        around.draft.note(block.line, "a ticked box", "kept as x-checked")
        extra["x-checked"] = True
    return evolve(made, extra=extra)


def _lettered(text: str, block: Block, below: _Below) -> str:
    """Return *text* without the lines "a) …", "b) …" in it, which no list of Markdown has, and which follow it."""
    marks = sum(_LETTER.match(line) is not None for line in block.raw.split("\n")[1:])
    first, *rest = _LETTERS.split(text)
    if not marks or len(rest) != marks or not first.strip():
        return text
    below.follow_ups.extend(Choice(words={PLAIN: one.strip()}) for one in rest)
    return first.strip()


def _split(text: str, bold: re.Match[str]) -> tuple[str, str] | None:
    """Return the bold words that *text* begins with and what follows them; None where nothing does."""
    first = one_line(re.sub(r"[*_`\\]", "", bold[2]))
    if not text.startswith(first) or not (rest := _AFTER.sub("", text[len(first) :], count=1)).strip():
        return None
    return first, rest


def _made(block: Block, found: Bare, below: _Below, around: Around, sections: tuple[str, ...]) -> Entry:
    anchor = block.anchor.strip("-")
    place = Entry(
        line=block.line,
        end_line=last_line(block),
        raw=around.raw(block),
        id=anchor if is_id(anchor) else "",
        sections=sections,
    )
    given = {"text": found.text or block.text, **below.fields}
    entry = entry_of(given, place, around.draft) or evolve(place, text={PLAIN: found.text or block.text})
    why = "\n\n".join(filter(None, (*below.why, *entry.why.values())))
    follow_ups = (*below.follow_ups, *entry.follow_ups)
    made = evolve(entry, why={PLAIN: why} if why else {}, follow_ups=follow_ups)
    if anchor and not made.id:
        around.draft.note(block.line, "the id of a heading that cannot be one here", "kept as x-anchor")
        made = evolve(made, extra={**made.extra, "x-anchor": block.anchor})
    return around.rated(made, found)


def _read(children: Sequence[Block], below: _Below, around: Around) -> None:
    items = [one for one in children if one.kind == "item"]
    asking = {one.group for one in items if asks(one.text)}
    for one in children:
        if one.kind == "paragraph":
            _say(one, below)
        elif one.kind == "item" and (named := _field(one)) is not None and named[0] not in below.fields:
            below.fields.setdefault(*named)
        elif one.kind == "item" and one.group in asking and one.text:
            _follow(one, below, around)
        elif one.kind == "item":
            _add_line(below, "\n".join(_listed(one, 0)), is_next=bool(below.why) and below.why[-1].startswith("- "))
        else:
            around.keep(one, "it stands below a question, and is no words")


def _say(block: Block, below: _Below) -> None:
    """Read a paragraph below a question: why it is asked, or fields by name with one on each line."""
    lines = [read_line(line) for line in block.raw.split("\n")]
    named = [_LINE_FIELD.fullmatch(line) for line in lines]
    if named[0] is None or not all(one is None or _line_name(one) for one in named):
        below.why.append(block.text)
        return
    told: list[tuple[str, str]] = []
    for found, line in zip(named, lines, strict=True):
        if found is not None:
            told.append((_line_name(found), found[2]))
        else:
            told[-1] = (told[-1][0], f"{told[-1][1]} {line}")
    for name, text in told:
        if name in below.fields:
            below.why.append(f"{name}: {text}")
        else:
            below.fields[name] = text


def _line_name(found: re.Match[str]) -> str:
    """Return the field that begins a line; a line after a colon is what a term means."""
    if found[1].casefold() in _ANSWERS:
        return "answer"
    return "why" if not found[1] else found[1] if field_of(found[1]) in _FIELDS else ""


def _add_line(below: _Below, text: str, *, is_next: bool) -> None:
    if is_next:
        below.why[-1] += f"\n{text}"
    else:
        below.why.append(text)


def _follow(block: Block, below: _Below, around: Around) -> None:
    below.follow_ups.append(Choice(words={PLAIN: block.text}))
    for one in block.children:
        if one.kind == "item" and one.text:
            _follow(one, below, around)
        else:
            around.keep(one, "it stands below a follow-up")


def _field(block: Block) -> tuple[str, Any] | None:
    """Return the field that ``Why: …`` or ``Follow-ups:`` with a list below names; None for anything else."""
    found = _FIELD.fullmatch(block.text)
    if found is None or field_of(found[1]) not in _FIELDS:
        return None
    below = [one.text for one in block.children if one.kind == "item"]
    if below and (found[2] or len(below) < len(block.children)):
        return None
    return (found[1], below or found[2]) if below or (found[2] and not block.children) else None


def _listed(block: Block, depth: int) -> Iterator[str]:
    """Yield the lines of an entry and of those below it."""
    yield f"{'  ' * depth}- {block.text}"
    for one in block.children:
        if one.kind == "item":
            yield from _listed(one, depth + 1)
        elif one.kind != "rule":
            yield f"{'  ' * (depth + 1)}{one.text or one.raw}"
