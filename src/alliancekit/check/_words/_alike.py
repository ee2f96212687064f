"""Texts that say the same, or nearly the same, found without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, final

from attrs import frozen

from alliancekit.check._words._phrases import fold, tokens_in
from alliancekit.check._words._words import Words

__all__ = ["Pair", "alike"]

# Of the words that not every question has, two thirds; of so few that chance would do it, nearly all words.
_SHARED: Final = (2, 3)
_FEW: Final = 4
_SHARED_OF_FEW: Final = (7, 10)
# A longer text is no question, and a list of texts must not choose how long they are compared.
_MOST_WORDS: Final = 60
_MOST_COMPARED: Final = 50


@final
@frozen
class Pair:
    """
    Two texts that ask the same.

    Attributes:
        later: The place of the later one.
        earlier: The place of the earlier one.
        is_same: Whether they have the same words in the same order.
    """

    later: int
    earlier: int
    is_same: bool


@final
@frozen(eq=False)
class _Text:
    """
    One text as it is compared.

    Attributes:
        words: Its words, in their order.
        all: The same, each once.
        own: Those of them that not every question has.
    """

    words: tuple[str, ...]
    all: frozenset[str]
    own: frozenset[str]


def alike(texts: Iterable[str], words: Words | None) -> Iterator[Pair]:
    """
    Yield for each of *texts* that says what an earlier one says that pair.

    Whether they are nearly the same is told only where the words are known that all questions have in common.

    Args:
        texts: The texts, in their order.
        words: The words of their language.
    """
    common = words.index["common"].words if words else frozenset[str]()
    read = [_read(one, common) for one in texts]
    near = _Near(read, words.index["deciding"].words) if words and common else None
    first: dict[tuple[str, ...], int] = {}
    for at, one in enumerate(read):
        if not one.words:
            continue
        if (earlier := first.setdefault(one.words, at)) != at:
            yield Pair(at, earlier, is_same=True)
        elif near is not None and (other := near.before(at)) is not None:
            yield Pair(at, other, is_same=False)


def _read(text: str, common: frozenset[str]) -> _Text:
    words = tuple(one for one in tokens_in(fold(text)) if one[0].isalnum())
    found = frozenset(words)
    return _Text(words, found, found - common)


@final
class _Near:
    """
    Finds what is nearly the same.

    Of two texts with two thirds of their words in common, the rarest third of the one and of the other have a word in
    common too: only such texts are compared.

    Args:
        texts: The texts, which are looked up in their order.
        deciding: Words that make another question of one that is the same otherwise.
    """

    def __init__(self, texts: list[_Text], deciding: frozenset[str]) -> None:
        self._texts = texts
        self._deciding = deciding
        self._often = Counter(chain.from_iterable(one.own for one in texts))
        self._having: defaultdict[str, list[int]] = defaultdict(list)

    def before(self, at: int) -> int | None:
        """Return the first text before the one *at* that asks nearly the same; what is looked up is known from then on."""
        one = self._texts[at]
        if not 1 < len(one.own) <= _MOST_WORDS:
            return None
        rarest = self._rarest(one)
        near = dict.fromkeys(chain.from_iterable(self._having[word] for word in rarest))
        found = next((other for other in islice(near, _MOST_COMPARED) if self._is_near(one, self._texts[other])), None)
        for word in rarest:
            if len(self._having[word]) < _MOST_COMPARED:
                self._having[word].append(at)
        return found

    def _rarest(self, one: _Text) -> list[str]:
        shared, of = _SHARED
        needed = -(-len(one.own) * shared // of)
        return sorted(one.own, key=lambda word: (self._often[word], word))[: len(one.own) - needed + 1]

    def _is_near(self, one: _Text, other: _Text) -> bool:
        if not _share(one.own, other.own, *_SHARED):
            return False
        if min(len(one.own), len(other.own)) < _FEW and not _share(one.all, other.all, *_SHARED_OF_FEW):
            return False
        return not self._deciding.issuperset(one.all ^ other.all) or self._decided(one) == self._decided(other)

    def _decided(self, one: _Text) -> list[str]:
        return [word for word in one.words if word in self._deciding]


def _share(one: frozenset[str], other: frozenset[str], part: int, of: int) -> bool:
    return len(one & other) * of >= len(one | other) * part
