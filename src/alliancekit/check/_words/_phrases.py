"""
Texts as words, and phrases looked up in them.

No pattern is made from a list of words: what a text costs grows with its length, whatever it holds and however long the
lists are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, final
from unicodedata import normalize

__all__ = ["Phrases", "Stretch", "fold", "spans_in", "tokens_in"]

Stretch: TypeAlias = tuple[int, int]
"""From one token up to another, counted from 0."""

# Chinese and Japanese write nothing between words, so each of their characters is one.
_ALONE: Final = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
# A hyphen joins two words and is none; every other mark is a token, so that no phrase is found across a comma.
_TOKEN: Final = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+(?:'[^\W_{_ALONE}]+)*|[^\w\s-]|_")
_ALTERNATIVES: Final = re.compile(r"([^{}]*)\{([^{}]*)\}([^{}]*)")
# Putting marks in order takes the square of their number, and no word of any language has so many above each other.
_PILED_UP: Final = re.compile(r"[^\w\s\x00-\x7f]{31}")


def fold(text: str) -> str:
    """Return *text* as it is compared: composed, in small letters, with one kind of hyphen and of apostrophe."""
    if not text.isascii():
        if not _PILED_UP.search(text):
            text = normalize("NFC", text)
        text = text.replace("’", "'").replace("‐", "-").replace("‑", "-")
    return text.lower()


def tokens_in(folded: str) -> list[str]:
    """Return the words and marks of a text that was folded."""
    return _TOKEN.findall(folded)


def spans_in(folded: str) -> list[Stretch]:
    """Return where each of `tokens_in` stands."""
    return [one.span() for one in _TOKEN.finditer(folded)]


@final
class Phrases:
    """
    Words and groups of words that can be looked up in a text.

    Attributes:
        words: All words of them.
    """

    __slots__ = ("_anchors", "_by_anchor", "_by_first", "words")

    def __init__(self, entries: Iterable[str]) -> None:
        phrases = {tuple(tokens_in(one)) for entry in entries for one in _written(entry)} - {()}
        self.words = frozenset(word for phrase in phrases for word in phrase)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_anchor: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        # The longest first, so that "try to" is not found as "try".
        for phrase in sorted(phrases, key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)
            # Its longest word is the rarest: nearly every text has "at" and "the" in it, and few have what they begin.
            anchor = phrase.index(max(phrase, key=len))
            self._by_anchor.setdefault(phrase[anchor], []).append((anchor, phrase))
        self._anchors = frozenset(self._by_anchor)

    def may_be_in(self, tokens: Iterable[str]) -> bool:
        """Return whether there is any use in looking for them in *tokens*."""
        return not self._anchors.isdisjoint(tokens)

    def at(self, tokens: Sequence[str], place: int) -> int:
        """Return the token after the longest phrase that begins at *place*, or *place* where none does."""
        for phrase in self._by_first.get(tokens[place], ()):
            end = place + len(phrase)
            if tuple(tokens[place:end]) == phrase:
                return end
        return place

    def in_tokens(self, tokens: Sequence[str]) -> list[Stretch]:
        """Return where phrases stand, from left to right, none of them in another."""
        found: list[Stretch] = []
        anchors = self._anchors.intersection(tokens)
        for at in [at for at, token in enumerate(tokens) if token in anchors] if anchors else ():
            for before, phrase in self._by_anchor[tokens[at]]:
                start = at - before
                if start >= 0 and tuple(tokens[start : start + len(phrase)]) == phrase:
                    found.append((start, start + len(phrase)))
                    break
        return _apart(found) if len(found) > 1 else found


def _apart(found: list[Stretch]) -> list[Stretch]:
    """Return of stretches that overlap the one that begins first, and of those the longest."""
    kept: list[Stretch] = []
    for one in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or kept[-1][1] <= one[0]:
            kept.append(one)
    return kept


def _written(entry: str) -> Iterator[str]:
    """Yield the ways in which *entry* can be written, folded: ``hour{,s}`` is two words, and ``e-mail`` is email too."""
    folded = fold(entry)
    found = _ALTERNATIVES.fullmatch(folded) if "{" in folded else None
    ways = [f"{found[1]}{one}{found[3]}" for one in found[2].split(",")] if found else [folded]
    for one in ways:
        yield one
        if "-" in one:
            yield one.replace("-", "")
