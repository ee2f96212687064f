"""Blanks in a text that is read aloud to people: what somebody was to fill in before, and nobody will."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["blanks_in"]

# Nearly every text has none of these, and is done with at once.
_MAY_HAVE: Final = re.compile(r"[\[<{}X_\uff3b\uff1c]|TB[CD]|TODO|FIXME")
_BLANK: Final = re.compile(
    r"(?P<square>\[[^\[\]\n]{0,80}\](?!\()|\uff3b[^\uff3b\uff3d\n]{0,80}\uff3d)"
    r"|(?P<angle><[^<>\s][^<>\n]{0,80}>|\uff1c[^\uff1c\uff1e\n]{1,80}\uff1e)"
    r"|(?P<line>(?<!_)_{3,})"
    r"|(?P<todo>(?<![A-Za-z0-9])(?:TBC|TBD|TODO|FIXME)(?![A-Za-z0-9]))"
    r"|(?P<letter>(?<![A-Za-z0-9_'\u2019&-])X{1,4}(?![A-Za-z0-9_&-]))"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_DOTS: Final = " .\u2026_?"
# Markup that a text may have; what else stands in angle brackets was to be filled in.
_MARKUP: Final = re.compile(
    r"/?(?:a|b|br|code|del|div|em|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|q|s|small|span|strong|sub|sup|table|td|th|tr|u|ul|wbr)"
    r"\b.*|.*[:@].*|[/!].*",
    re.DOTALL | re.IGNORECASE,
)
# Before an X that is a name.
_NAMED: Final = re.compile(
    r"(?:chapter|class|factor|gen|generation|ios|louis|mac ?os|malcolm|os|part|windows)\s\Z", re.IGNORECASE
)
_BEFORE: Final = 12


def blanks_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where blanks stand in *text*, but those in braces: ``[name]``, ``<project>``, ``X``, ``___``, ``TBD``."""
    for found in _BLANK.finditer(text) if _MAY_HAVE.search(text) else ():
        if _is_blank(text, found):
            yield found.span()


def _is_blank(text: str, found: re.Match[str]) -> bool:
    said = found[0][1:-1]
    if found["square"]:
        return not said.strip(_DOTS) or bool(_LETTER.search(said))
    if found["angle"]:
        return bool(_LETTER.search(said)) and not said.endswith(" ") and not _MARKUP.fullmatch(said)
    if found["letter"]:
        return not _NAMED.search(text, max(0, found.start() - _BEFORE), found.start())
    return True
