"""
The one way in which somebody's words reach a text of each kind.

They are one line of plain text there, whatever they hold. In Markdown that is no heading, list, link, image, table, HTML
or entity; on the sites that read it they call nobody and link to no issue. In a Mermaid diagram that is no step, arrow,
directive, click, icon, formula, HTML or Markdown. What does no harm is left as it is, because both are read raw too.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escape_markdown", "escape_mermaid"]

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
    line = _MENTION.sub(lambda found: f"{found[0]}{_NO_WIDTH}", _line(text))
    line = _BACKSLASH.sub(r"\\\g<0>", _AMPERSAND.sub("&amp;", line)).replace("<", "&lt;")
    line = _ADDRESS.sub(r"\\\g<0>", line)
    if line.count("$") > 1:
        line = line.replace("$", r"\$")
    if found := _LEADING.match(line):
        mark = found[0]
        line = f"{mark}\\{line[len(mark) :]}" if mark[0].isdecimal() else f"\\{line}"
    return line or "…"


def _line(text: str) -> str:
    return _UNSEEN.sub("\ufffd", _SPACE.sub(" ", text)).strip()


# What stays: letters, digits, spaces, and what begins nothing where it stands: an address needs its colon, dot or slash
# between letters, a list its mark at the start of a line, an entity a letter or number.
_HARMLESS: Final = re.compile(
    r"""
    ( [A-Za-z0-9 ,(?!']
    | [^\x00-\x7f]
    | (?<!\d) \)
    | (?<=[^\W_]) [-/] (?=[^\W_])
    | (?<=[^\W_]\ ) [-&] (?=\ )
    | (?<=[^\W_]) [:;] (?=\ |$)
    | (?<!\d) \. (?=\ |$)
    | (?<=\d) \. (?=\d)
    ) | .
    """,
    re.VERBOSE,
)
# This is how Mermaid hides an entity from its own grammar, and it looks for it in the finished page too.
_HIDDEN: Final = re.compile("\ufb02(?=\xb0)|\xb6(?=\xdf)")


def escape_mermaid(text: str) -> str:
    """
    Return *text* as what may stand between double quotes in a Mermaid flowchart, where it means exactly that text.

    Line breaks and runs of space become one space; what cannot be seen becomes U+FFFD; an empty text an ellipsis.

    .. versionadded:: 0.1
    """
    line = _HIDDEN.sub(lambda found: f"{found[0]}{_NO_WIDTH}", _line(text))
    return _HARMLESS.sub(lambda found: found[0] if found[1] else f"#{ord(found[0])};", line) or "…"
