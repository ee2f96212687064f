"""Ids made of words; what no id can be made of gets a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

from alliancekit.model import RESERVED

__all__ = ["folded", "fresh", "slug"]

_NOT_LATIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_READ: Final = 400
_LONGEST: Final = 48
_MARK: Final = re.compile(r"[’'`´]")


def folded(text: str) -> str:
    """Return how *text* begins, in small letters without the marks on, over and under them, and without apostrophes."""
    whole = unicodedata.normalize("NFKD", _MARK.sub("", text[:_READ]).casefold().translate(_NOT_LATIN))
    # Letters of mathematics become plain ones only now, and may be capitals.
    return "".join(one for one in whole if not unicodedata.combining(one)).casefold()


def slug(text: str, words: int = 5) -> str:
    """Return the first *words* of *text* as an id, or an empty text when they cannot be one."""
    found = re.findall(r"[^\W_]+", folded(text))[:words]
    # Half a text says nothing: where letters of another script stand among them, there is no id in it.
    if not all(map(str.isascii, found)):
        return ""
    while found and (not found[0][0].isalpha() or found[0] == "x"):
        found.pop(0)
    made = "-".join(found)[:_LONGEST].strip("-")
    return "" if made in RESERVED else made


def fresh(made: str, taken: Container[str], fallback: str) -> str:
    """Return *made*, or what comes of it with a number behind it, that is not in *taken*; *fallback* where it is empty."""
    if made and made not in taken:
        return made
    number = 2 if made else 1
    while f"{made or fallback}-{number}" in taken:
        number += 1
    return f"{made or fallback}-{number}"
