"""
Texts with what was answered before in them: ``{prompt}``, ``{prompt.follow_up}``, and ``{for}`` inside a repeat.

A placeholder stands for what the *reader* may know and nothing else: their own answer, or the one answer of all; in a
text that all read alike, for what all may know. What is not known reads as ``…``. Braces that are meant are doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from alliancekit.limits import LIMITS

__all__ = ["FOR", "filled", "placeholders", "stray_braces"]

FOR: Final = "for"
"""What stands, inside a repeat, for the member or the commitment that it is about."""

UNKNOWN: Final = "…"
_LONGEST: Final = 300
_NAME: Final = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_BRACES: Final = re.compile(rf"\{{\{{|\}}\}}|\{{({_NAME}(?:\.{_NAME})?)\}}|([{{}}])")
_LONGEST_NAME: Final = 80


def placeholders(text: str) -> Iterator[str]:
    """
    Yield what *text* has placeholders for: prompts, follow-ups, and ``for``.

    .. versionadded:: 0.1
    """
    return (found[1] for found in _BRACES.finditer(text) if found[1])


def stray_braces(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield where braces stand in *text* that are neither doubled nor a placeholder, with what they hold.

    .. versionadded:: 0.1
    """
    place = 0
    for found in _BRACES.finditer(text) if "{" in text or "}" in text else ():
        if found[2] and found.start() >= place:
            closed = text.find("}", found.end(), found.end() + _LONGEST_NAME) if found[2] == "{" else -1
            place = closed + 1 if closed >= 0 else found.end()
            yield found.start(), place


def filled(text: str, known: Callable[[str], str]) -> str:
    """Return *text* with what *known* says in place of its placeholders; what is empty reads as ``…``."""
    if "{" not in text and "}" not in text:
        return text

    def said(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0][0]
        words = known(found[1]) or UNKNOWN
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}{UNKNOWN}"

    return _BRACES.sub(said, text)[: LIMITS.text]
