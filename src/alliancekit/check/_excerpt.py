"""The line that a finding is about, with a mark under the place: cut around it, and safe to print."""

from __future__ import annotations

import re
from typing import Final, final
from unicodedata import category, east_asian_width

from attrs import frozen

from alliancekit.check._escape import pieces
from alliancekit.findings import Finding, Span

__all__ = ["Excerpt", "excerpt", "excerpts"]

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BEFORE: Final = 40
_MOST: Final = 110
_TAB: Final = 4


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
    lines = {number: line for number, line in _lines(text) if number in wanted}
    return tuple(excerpt(lines[one.line], one.span) if one.span and one.line in lines else None for one in findings)


def _lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(_LINE_BREAK.split(text), 1))


def excerpt(line: str, span: Span) -> Excerpt:
    """Return the excerpt of *span*, which begins in *line*."""
    start = min(span.start.column - 1, len(line))
    end = span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())
    first = 0 if len(line) <= _MOST else max(0, start - _BEFORE)
    last = min(len(line), first + _MOST)
    shown = _shown(line, first, last)
    lead = "…" if first else ""
    text = lead + "".join(shown) + ("…" if last < len(line) else "")
    indent = len(lead) + sum(map(_width, shown[: start - first]))
    width = sum(map(_width, shown[start - first : min(end, last) - first]))
    return Excerpt(span.start.line, text, indent, max(width, 1))


def _shown(line: str, first: int, last: int) -> list[str]:
    """Return what each character from *first* to *last* is printed as; a tab is the spaces to the next stop."""
    shown, column = pieces(line[first:last]), 0
    for index, piece in enumerate(shown):
        if piece == "\t":
            shown[index] = " " * (_TAB - column % _TAB)
        column += _width(shown[index])
    return shown


def _width(text: str) -> int:
    """Return how many columns of a terminal *text* takes: ideographs take two, marks above a letter none."""
    if text.isascii():
        return len(text)
    return sum(0 if category(one) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(one) in "WF") for one in text)
