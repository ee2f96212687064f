"""The line that a finding is about, with a mark under the place: cut around it, and safe to print."""

from __future__ import annotations

import re
from typing import Final, final
from unicodedata import category, east_asian_width

from attrs import frozen

from alliancekit.check._escape import pieces
from alliancekit.findings import Finding, Span

__all__ = ["Excerpt", "excerpt", "excerpts", "widths_of"]

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BEFORE: Final = 40
_MOST: Final = 110
_TAB: Final = 4
_JOINER: Final = "\u200d"
_JOINERS: Final = ("\u200c", _JOINER)
# It makes a picture, two columns wide, of the sign before it.
_AS_PICTURE: Final = "\ufe0f"
_SKIN: Final = tuple(map(chr, range(0x1F3FB, 0x1F400)))
# Vowels and ends of Korean syllables that are written letter by letter: they stand within the syllable.
_ENDINGS: Final = (("\u1160", "\u11ff"), ("\ud7b0", "\ud7ff"))


@final
@frozen
class Excerpt:
    """
    One line of a source, as it can be printed.

    Attributes:
        line: Its number.
        text: What of it is shown.
        indent: Columns of the screen before the mark.
        width: Columns of the screen under which the mark stands, at least 1.
    """

    line: int
    text: str
    indent: int
    width: int


def excerpts(text: str, findings: tuple[Finding, ...]) -> tuple[Excerpt | None, ...]:
    """Return the excerpt of *text* for each of *findings*; None for one without a place, or beyond the text."""
    wanted = {one.span.start.line for one in findings if one.span is not None}
    lines = {number: line for number, line in _lines(text) if number in wanted} if wanted else {}
    return tuple(excerpt(lines[one.line], one.span) if one.span and one.line in lines else None for one in findings)


def _lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(_LINE_BREAK.split(text), 1))


def excerpt(line: str, span: Span) -> Excerpt:
    """Return the excerpt of *span*, which begins in *line*."""
    start = min(span.start.column - 1, len(line))
    end = span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())
    first = 0 if len(line) <= _MOST else max(0, start - _BEFORE)
    last = min(len(line), first + _MOST)
    shown = _shown(line[first:last])
    widths = widths_of(shown)
    lead = "…" if first else ""
    text = lead + "".join(shown) + ("…" if last < len(line) else "")
    indent = len(lead) + sum(widths[: start - first])
    width = sum(widths[start - first : max(min(end, last) - first, 0)])
    return Excerpt(span.start.line, text, indent, max(width, 1))


def _shown(line: str) -> list[str]:
    """Return what each character of *line* is printed as; a tab is the spaces to the next stop."""
    shown = pieces(line)
    if "\t" in line:
        column = 0
        for index, (piece, width) in enumerate(zip(shown, widths_of(shown), strict=True)):
            if piece == "\t":
                shown[index] = " " * (_TAB - column % _TAB)
            column += len(shown[index]) if piece == "\t" else width
    return shown


def widths_of(shown: list[str]) -> list[int]:
    """Return how many columns of a terminal each of *shown* adds: one character as it is, or the code in its place."""
    found: list[int] = []
    before, taken = "", 0  # what stands before it, and the columns of what it may be part of
    for one in shown:
        if one.isascii():
            before, taken = one, len(one)
            found.append(taken)
            continue
        added = _added(one, before, taken)
        taken = taken + added if _is_part(one, before) else added
        found.append(added)
        before = one
    return found


def _added(one: str, before: str, taken: int) -> int:
    if not _is_part(one, before):
        return _alone(one)
    makes_picture = one == _AS_PICTURE and len(before) == 1 and (before == "ℹ" or not before.isalpha())
    return max(2 - taken, 0) if taken and (makes_picture or _alone(one)) else 0


def _is_part(one: str, before: str) -> bool:
    """Return whether *one* belongs to the same sign as what stands before it, as a mark or a part of a picture."""
    joined = before == _JOINER and category(one) == "So"
    return bool(before) and (joined or not _alone(one) or (one in _SKIN and category(before[-1]) in ("So", "Mn")))


def _alone(one: str) -> int:
    if one in _JOINERS or category(one) in ("Mn", "Me") or any(low <= one <= high for low, high in _ENDINGS):
        return 0
    return 1 + (east_asian_width(one) in "WF")
