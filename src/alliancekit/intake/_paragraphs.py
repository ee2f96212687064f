"""
Where one paragraph of Markdown is several lines to whoever wrote it: a question in bold over its answer, signs as bullets.

Markdown runs such lines together. In plain text they stand apart as well where each is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

__all__ = ["Divide", "by_line", "by_sign"]

Divide: TypeAlias = Callable[[Sequence[str]], "list[int]"]
"""At which of the lines of a paragraph, counted from 0, a block of its own begins; the first is one of them."""

_BOLD: Final = re.compile(r"\s*(?:\*\*(?!\s)[^*]+\*\*|__(?!\s)[^_]+__)[ \t]*[:：]?[ \t]*\\?")
# A dash, a bullet that a word processor drew, a tick, a cross or a picture: what no sentence begins with.
_SIGN: Final = re.compile(
    "\\s*(?:[•·●○◦▪▫■□‣⁃∙※・→➔➤►▶✓✔✗✘☐☑☒–—]\ufe0f?\\s*|[\u231a-\u23ff\u2600-\u27bf\u2b50-\u2b55\U0001f300-\U0001faff])"
)
_ENDED: Final = re.compile(r".*(?:[.!?…;]|[。！？])[\"'»”’)」]*\s*")
# A label in bold, or one with a capital letter before a colon.
_LABELLED: Final = re.compile(
    r"[\s>]*(?:\*\*[^*:：]{1,40}(?:[:：]\*\*|\*\*\s*[:：])|[^\W\da-z_][^:：.!?*]{0,40}[:：]\s)\s*\S"
)
_SHORT: Final = 60


def by_sign(lines: Sequence[str]) -> list[int]:
    """Divide where a line in bold has others below it, and where each line begins with a sign, or with a label."""
    if _BOLD.fullmatch(lines[0]) and len(lines) > 1:
        return [0, *(1 + start for start in by_sign(lines[1:]))]
    if len(lines) > 1 and any(all(map(one.match, lines)) for one in (_SIGN, _LABELLED)):
        return list(range(len(lines)))
    later = [at for at, line in enumerate(lines) if at and _BOLD.fullmatch(line) and at + 1 < len(lines)]
    return sorted({0, *(start for at in later for start in (at, at + 1))})


def by_line(lines: Sequence[str]) -> list[int]:
    """Divide plain text: where every line is short and begins anew, or is a sentence."""
    anew = all(line.strip()[:1].isupper() or not line.strip()[:1].isalpha() or _caseless(line) for line in lines)
    short = anew and all(len(line) <= _SHORT for line in lines)
    if short or all(map(_ENDED.fullmatch, lines)):
        return list(range(len(lines)))
    return by_sign(lines)


def _caseless(line: str) -> bool:
    return line.casefold() == line == line.upper()
