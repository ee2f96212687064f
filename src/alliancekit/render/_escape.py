"""
The one way in which somebody's words reach a Markdown text.

They are one line of plain text there, whatever they hold: no heading, list, link, image, table, HTML or entity. On the
sites that read Markdown they call nobody and link to no issue. What does no harm is left as it is, because Markdown is
read raw too.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escape_markdown"]

_SPACE: Final = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# What is invisible, reverses letters, or is no character at all. The joiners stay: whole scripts are written with them.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BACKSLASH: Final = re.compile(r"[\\`*_\[\]{}|~#^]")
_AMPERSAND: Final = re.compile(r"&(?=#|[A-Za-z])")
# A line that begins with one of these is a list, a quote, a rule or the line under a heading.
_LEADING: Final = re.compile(r"^(?:[-+=>:]|\d+(?=[.)]))")
# Readers make links of addresses that nobody marked: of http://, of //, of mailto: and the like, and of words with dots.
_ADDRESS: Final = re.compile(r"(?<=[^\W\d_]):(?=\S)|:(?=//)|/(?=/)|(?<=\w)\.(?=[^\W\d_])")
# Backslashes and entities do not help against mentions, which are looked for in the finished page: a space of no width does.
_MENTION: Final = re.compile(r"@|#(?=\w)|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_NO_WIDTH: Final = "\u200b"


def escape_markdown(text: str) -> str:
    """
    Return *text* as one line of Markdown that means exactly that text, whatever stands before it on its line.

    Line breaks and runs of space become one space; what cannot be seen becomes U+FFFD; an empty text an ellipsis.

    .. versionadded:: 0.1
    """
    line = _UNSEEN.sub("\ufffd", _SPACE.sub(" ", text)).strip()
    line = _MENTION.sub(lambda found: f"{found[0]}{_NO_WIDTH}", line)
    line = _BACKSLASH.sub(r"\\\g<0>", _AMPERSAND.sub("&amp;", line)).replace("<", "&lt;")
    line = _ADDRESS.sub(r"\\\g<0>", line)
    if line.count("$") > 1:
        line = line.replace("$", r"\$")
    if found := _LEADING.match(line):
        mark = found[0]
        line = f"{mark}\\{line[len(mark) :]}" if mark[0].isdecimal() else f"\\{line}"
    return line or "…"
