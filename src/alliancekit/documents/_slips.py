"""
The commonest slips of the hand, where they were made.

A parser notices most of them later than where they stand, and says something else about them.
"""

from __future__ import annotations

import re
from typing import Final, final

from attrs import frozen

__all__ = ["Slip", "find_slip", "no_break_space", "open_quote"]

# A key may stand before the text in quotes, and dashes before both.
_BEFORE: Final = r"[ ]*(?:-[ ]+)*(?:[^\s'\"#:\[\]{}][^\s'\"#:]*[ ]*:[ ]+)?"
_SINGLE: Final = re.compile(_BEFORE + r"(?P<text>'(?:[^'\n]|'')*+')[ ]*(?P<rest>[^\s:,\]}#][^\n]*)")
_DOUBLE: Final = re.compile(_BEFORE + r'(?P<text>"(?:[^"\\\n]|\\.)*+")[ ]*(?P<rest>[^\s:,\]}#][^\n]*)')
_NO_BREAK: Final = re.compile("[ \xa0]*(?:-[ \xa0]+)*(?P<key>[\\w-]+[ ]*:[ ]*)?(?<=[ :\xa0])\xa0|[ ]*-?\xa0")
_WORDS: Final = re.compile(r"[ ]*(?:-[ ]+)*(?P<key>[a-z][a-z0-9_-]*)(?P<mark> ?= ?|:| )(?P<rest>[^\s=:][^\n]*)")


@final
@frozen
class Slip:
    """
    What was done by mistake, and where.

    Attributes:
        message: What it is.
        hint: What to do.
        start: The offset at which it stands.
        end: The offset behind it.
    """

    message: str
    hint: str
    start: int
    end: int


def find_slip(text: str, problem: str, offset: int, context: int | None) -> Slip | None:
    """
    Return the slip behind what a parser complains of, or None.

    Args:
        text: The whole text.
        problem: What the parser says.
        offset: Where it noticed.
        context: Where what it was reading then began.
    """
    places = [place for place in (context, offset) if place is not None]
    for find in (no_break_space, _quote_within):
        for place in places:
            if (slip := find(text, place)) is not None:
                return slip
    if context is not None and "found unexpected" in problem and text[context : context + 1] in ("'", '"'):
        return open_quote(text, context)
    if context is not None and "could not find expected ':'" in problem:
        return _no_colon(text, context)
    return None


def no_break_space(text: str, offset: int) -> Slip | None:
    """Return the slip of a no-break space before what the line of *offset* says, or None."""
    start, end = _line(text, offset)
    found = _NO_BREAK.match(text, start, end)
    if found is None:
        return None
    at = text.index("\xa0", start, end)
    hint = "write ordinary spaces; a no-break space looks the same, and is a part of the text"
    return Slip("a no-break space (U+00A0) stands where a space is expected", hint, at, at + 1)


def open_quote(text: str, at: int) -> Slip:
    """Return the slip of a quote at *at* that is not closed on its line."""
    line = text.count("\n", 0, at) + 1
    hint = f"close it with {text[at]} at the end of the text; where the text goes on, indent its other lines"
    end = _line(text, at)[1]
    return Slip(f"the quote that opens on line {line} is not closed there", hint, at, max(end, at + 1))


def _quote_within(text: str, offset: int) -> Slip | None:
    start, end = _line(text, offset)
    if (found := _SINGLE.match(text, start, end)) is not None:
        hint = "inside single quotes write an apostrophe twice (''), or put the text in double quotes"
    elif (found := _DOUBLE.match(text, start, end)) is not None:
        hint = r"inside double quotes write \" for a quote, or put the text in single quotes"
    else:
        return None
    at = found.end("text") - 1
    return Slip("the text in quotes ends here, and more follows", hint, at, at + 1)


def _no_colon(text: str, at: int) -> Slip:
    start, end = _line(text, at)
    found = _WORDS.match(text, start, end)
    hint = "write a colon and a space after the key; where the line belongs to the text above it, indent it"
    if found is None or found["mark"] == " ":
        return Slip("this line has no colon after its key", hint, at, max(end, at + 1))
    what = "no space after the colon" if found["mark"] == ":" else "an equals sign in place of a colon"
    hint = "write a colon and a space after the key"
    return Slip(f"this line has {what}", hint, found.start("mark"), found.end("mark"))


def _line(text: str, offset: int) -> tuple[int, int]:
    """Return where the line of *offset* begins, and where it ends."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return text.rfind("\n", 0, offset) + 1, end - text.endswith("\r", offset, end)
