"""
What a plain YAML scalar says, by the core schema of YAML 1.2, and what other readers would take it for.

Timestamps, ``no`` and ``12:30`` are texts; there is no octal without ``0o``.
"""

from __future__ import annotations

import re
from typing import Final

from alliancekit.limits import MOST_INTEGER

__all__ = ["is_safe_plain", "resolve"]

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_HUGE: Final = MOST_INTEGER + 1

# Readers of YAML 1.1 take these for truth values.
_TRAPS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# A letter first leaves out every number, date, time and indicator of any reader. Digits first are safe before a word.
_PLAIN: Final = re.compile(r"(?:[^\W\d_]|[0-9]{1,3} [^\W\d_])[^\n\t]*")
_UNSAFE_INSIDE: Final = re.compile(r": | #|:$|\s$")
_UNSAFE_IN_FLOW: Final = re.compile(r"[,\[\]{}]|:")


def resolve(text: str) -> str | int | float | bool | None:
    """
    Return what the plain scalar *text* says.

    A number too large to be kept exactly comes back as one that is too large, in no time; one that is not finite as
    infinity.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float("inf") if _NOT_FINITE.fullmatch(text) else text


def _integer(text: str) -> int:
    digits = text.lstrip("+-0ox")
    if len(digits) > 20:
        return -_HUGE if text[0] == "-" else _HUGE
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text, base)


def is_safe_plain(text: str, *, in_flow: bool = False) -> bool:
    """Return whether every reader takes *text*, written without quotes, for this very text."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text.casefold() not in _TRAPS
        and not _UNSAFE_INSIDE.search(text)
        and not (in_flow and _UNSAFE_IN_FLOW.search(text))
    )
