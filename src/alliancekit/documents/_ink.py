"""
Where a part of a text is written, in whatever style.

Folding, indentation and the ends of lines change white space and nothing else: however a text is written, its other
characters, its ink, are the same in the same order. So a part is found by how much ink there is before it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["written_at"]

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
# Runs of ink; what stands for one character is a run of its own, and what stands for a blank is none.
_RUNS: Final = re.compile(r"(?P<many>[^ \t\r\n]+)")
_QUOTED: Final = re.compile(r"(?P<one>'')|(?P<many>[^ \t\r\n']+)")
_ESCAPED: Final = re.compile(
    r"\\(?:[tnr \t\r\n]|x(?:09|0[aAdD]|20)|u00(?:09|0[aAdD]|20)|U000000(?:09|0[aAdD]|20))"
    r"|(?P<one>\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u.{4}|\\x..|\\U.{8}|\\.)"
    r"|(?P<many>[^ \t\r\n\\]+)"
)
_IN_STYLE: Final = {"'": _QUOTED, '"': _ESCAPED}


def written_at(source: str, style: str, value: str, start: int, end: int) -> tuple[int, int] | None:
    """
    Return from where to where in the source of a scalar a part of it is written; None where it is not found.

    Args:
        source: The scalar as it is written, with quotes or header.
        style: How, as `Node.style`.
        value: What it says.
        start: The offset in the value of the first character of the part, which is no blank.
        end: The offset in the value after the last one, which is no blank.
    """
    first, last = _ink(value, start), _ink(value, end) - 1
    begins, seen = None, 0
    for run in _IN_STYLE.get(style, _RUNS).finditer(source, *_body(source, style)):
        stretch = run.span()
        amount = 1 if run.lastgroup == "one" else stretch[1] - stretch[0] if run.lastgroup else 0
        if begins is None and seen + amount > first:
            begins = stretch[0] if run.lastgroup == "one" else stretch[0] + first - seen
        if begins is not None and seen + amount > last:
            return begins, stretch[1] if run.lastgroup == "one" else stretch[0] + last - seen + 1
        seen += amount
    return None


def _ink(value: str, end: int) -> int:
    return len(_BLANKS.sub("", value[:end]))


def _body(source: str, style: str) -> tuple[int, int]:
    """Return where the text itself begins and ends: within its quotes, or below its header, which may have a comment."""
    if style in _IN_STYLE:
        return 1, len(source) - 1
    header = _LINE_BREAK.search(source) if style in ("|", ">") else None
    return (header.end() if header else 0), len(source)
