"""Language tags: their one way of writing (RFC 5646, section 2.1.1), and what stands in for one (RFC 4647, section 3.4)."""

from __future__ import annotations

import re
from typing import Final

from alliancekit.errors import InvalidValueError
from alliancekit.values import shorten

__all__ = ["canonical", "fallbacks", "is_tag", "meant_tag", "required_tag"]

# What may be asked for: a basic language range that names a language. No language has a name of five letters or more.
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_LONGEST: Final = 64
# What a locale of POSIX has behind its name: pt_BR.UTF-8, de_DE@euro.
_LOCALE_END: Final = re.compile(r"[.@].*\Z", re.DOTALL)


def is_tag(text: str) -> bool:
    """Return whether *text* is a language tag that may be asked for."""
    return len(text) <= _LONGEST and _TAG.match(text) is not None


def canonical(tag: str) -> str:
    """
    Return *tag* in the case that everybody writes: ``en-US``, ``zh-Hant-TW``, ``de-1996``.

    What is behind a part of one letter is lower case whatever its length, as the standard says.
    """
    parts = tag.split("-")
    alone = next((index for index, part in enumerate(parts) if len(part) == 1), len(parts))
    return "-".join(_cased(part, is_first=index == 0 or index > alone) for index, part in enumerate(parts))


def _cased(part: str, *, is_first: bool) -> str:
    if is_first or len(part) not in (2, 4):
        return part.lower()
    return part.upper() if len(part) == 2 else part.title()


def fallbacks(tag: str) -> tuple[str, ...]:
    """
    Return *tag* and what stands in for it, the narrowest first: ``zh-Hant-TW``, ``zh-Hant``, ``zh``.

    Each is in its one way of writing.

    Raises:
        InvalidValueError: *tag* is none; the error says which was meant.

    .. versionadded:: 0.1
    """
    parts = required_tag(tag, "fallbacks").split("-")
    found: list[str] = []
    while parts:
        found.append("-".join(parts))
        parts.pop()
        while len(parts) > 1 and len(parts[-1]) == 1:
            parts.pop()  # a letter alone introduces what was behind it, and says nothing by itself
    return tuple(found)


def meant_tag(text: str) -> str:
    """Return the tag that *text*, which is none, was meant for: ``pt-BR`` for ``pt_BR.UTF-8``; empty if none is."""
    found = re.sub(r"[_\s-]+", "-", _LOCALE_END.sub("", text[:_LONGEST]).strip())
    return canonical(found) if is_tag(found) else ""


def required_tag(text: str, caller: str) -> str:
    """
    Return *text* as a tag in its one way of writing.

    Raises:
        InvalidValueError: It is none; the error says which was meant.
    """
    if is_tag(text):
        return canonical(text)
    meant = meant_tag(text)
    hint = f"write {meant}" if meant else "a tag is like ja, pt-BR or zh-Hant"
    raise InvalidValueError(caller, "language", f"{shorten(text)} is no language tag (BCP 47); {hint}")
