"""The text of a prompt: which questions it asks, and whether yes or no would answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final, final

from attrs import field, frozen

from alliancekit.check._words._phrases import fold, tokens_in
from alliancekit.check._words._reading import Reading
from alliancekit.check._words._words import Words

__all__ = ["MOST_SENTENCES", "Asking"]

MOST_SENTENCES: Final = 16
"""How many sentences of a text are looked at: nobody reads on, and a text must not choose how long that takes."""

# Of Latin, Greek, Arabic, Ethiopic, Vai and Bamum, and the wide and joined ones.
_MARKS: Final = "?\u037e\u061f\u1367\ua60f\ua6f7\uff1f\ufe56\u2047-\u2049\u203d\u2e2e"
_MARK: Final = re.compile(f"[{_MARKS}]")
# A stop ends a sentence only where another begins: "the No. 1 problem" and "e.g. this" go on.
_STOPS: Final = rf"{_MARKS}.!\u2026\uff01\u3002\uff61\u0589"
_RUN: Final = re.compile(rf"(?<![{_STOPS}])[{_STOPS}]++")
_WIDE: Final = re.compile("[\uff01\uff1f\u3002\uff61\u0589]")
_GOES_ON: Final = re.compile(r"[a-z0-9=&/]")
_BEGINS: Final = re.compile(r"\s+[^\sa-z0-9]")
_GREEK: Final = ";"
_ASIDE: Final = re.compile(r"\([^()]*\)|\uff08[^\uff08\uff09]*\uff09|\[[^\[\]]*\]")
# What somebody else might ask is no question of this one: When you hear "why?", what do you do?
_QUOTED: Final = re.compile(rf"[{_MARKS}](?=[\"'\u2019\u201d\u00bb\u300d\u300f][ ,]*[a-z,\u3068])")
_PART: Final = re.compile(r"[,:;\u2013\u2014\u3001]|\s-\s|\u2026|\.{2,}")
# In Japanese this word ends a question, with a mark or without.
_KA: Final = "\u304b"
# It stands within the word that asks.
_ARMENIAN: Final = "\u055e"
# "Why not?" and "Ten years?" go with the question before them.
_SHORT: Final = 2


@final
@frozen
class _Question:
    """
    One question of a text.

    Attributes:
        text: What it says, without asides.
        start: The offset of its first character.
        end: The offset after its last one.
    """

    text: str
    start: int
    end: int

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words."""
        return tuple(one for one in tokens_in(fold(self.text)) if one[0].isalnum())


@final
@frozen(eq=False)
class Asking:
    """
    The text of a prompt, read with the words of its language.

    Attributes:
        text: What was written.
        words: The words of its language; None where there are none.
        language: The language.
    """

    text: str
    words: Words | None = field(default=None, repr=False)
    language: str | None = None

    @cached_property
    def questions(self) -> tuple[_Question, ...]:
        """Its questions, but those of an aside and those that only go with the one before them."""
        found: list[_Question] = []
        for one in self._sentences:
            if self._is_question(one.text) and not (found and self._goes_along(one)):
                found.append(one)
        return tuple(found)

    @property
    def asks(self) -> bool:
        """Whether it asks something, by a mark or by a word; True where no words are known."""
        return self.words is None or not self.words.requests or self._is_marked or self._requests

    @property
    def begins_as_question(self) -> bool:
        """Whether a sentence of it begins with a word that asks."""
        return any(self._opening(self._parts(one.text)) == "asking" for one in self._sentences)

    @property
    def is_closed(self) -> bool:
        """Whether one word would answer all that it asks; False where no words are known."""
        if self.words is None or not self.words.asking or not self.questions or self._requests:
            return False
        return all(self._closes(one.text) for one in self._sentences if self._is_question(one.text))

    @cached_property
    def _sentences(self) -> tuple[_Question, ...]:
        return tuple(islice(self._split(), MOST_SENTENCES))

    def _split(self) -> Iterator[_Question]:
        start, text = 0, self._own
        for found in _RUN.finditer(text):
            if _ends(text, found):
                yield _Question(text[start : found.end()], start, found.end())
                start = found.end()
        yield _Question(text[start:], start, len(text))

    @cached_property
    def _own(self) -> str:
        """The text without asides, each character in its place."""
        text = self.text
        if self._is_greek:
            text = text.replace(_GREEK, "?")
        text = _QUOTED.sub(" ", text)
        own = _ASIDE.sub(lambda found: " " * len(found[0]), text)
        return own if own.strip(f" {_MARKS}.!\n") else text

    @property
    def _is_greek(self) -> bool:
        return (self.language or "").lower().partition("-")[0] == "el"

    @property
    def _is_marked(self) -> bool:
        return bool(_MARK.search(self.text)) or any(self._is_question(one.text) for one in self._sentences)

    def _is_question(self, sentence: str) -> bool:
        said = sentence.rstrip()
        return bool(_MARK.search(said[-4:])) or _ARMENIAN in said or said.rstrip("\u3002\uff61").endswith(_KA)

    def _goes_along(self, one: _Question) -> bool:
        if len(one.tokens) <= _SHORT:
            return True
        return self._is_reason(one.tokens[self._join(one.tokens) :])

    def _closes(self, question: str) -> bool:
        parts = self._parts(question)
        opening = self._opening(parts)
        if opening:
            return opening == "closed" and not self._asks_more(question)
        return not self._has("asking", question)

    def _asks_more(self, question: str) -> bool:
        """Return whether it goes on to something open: "Is there anything, and if so, why?"."""
        last = tokens_in(fold(_PART.split(question, MOST_SENTENCES)[-1]))
        join = self._join(last)
        words = tuple(one for one in last[join:] if one[0].isalnum())
        return self._is_reason(words) or bool(join and self._at("asking", words))

    def _is_reason(self, tokens: tuple[str, ...]) -> bool:
        return bool(tokens) and self._at("reasons", tokens) == len(tokens)

    def _join(self, tokens: Sequence[str]) -> int:
        """Return after how many of *tokens* that comes which they join to something before."""
        return self._at("joins", tokens) or self._at("alternatives", tokens)

    def _opening(self, parts: list[list[str]]) -> str:
        """Return the list with whose words the first of *parts* begins that begins with any."""
        return next((name for part in parts if (name := self._begins(part, "requests", "closed", "asking"))), "")

    def _begins(self, part: list[str], *names: str) -> str:
        return next((name for name in names if self._at(name, part)), "")

    def _parts(self, sentence: str) -> list[list[str]]:
        """Return the words of each part of *sentence*, after what joins it to the one before."""
        parts = [tokens_in(fold(part)) for part in _PART.split(sentence, MOST_SENTENCES)]
        return [part[self._join(part) :] for part in parts if part]

    def _at(self, name: str, tokens: Sequence[str]) -> int:
        return self.words.index[name].at(tokens, 0) if self.words and tokens else 0

    @cached_property
    def _requests(self) -> bool:
        if (
            self.words and not self.words.closed
        ):  # where a sentence says at its end what it is, its beginning says nothing
            return self._has("requests", self.text)
        return any(self._at("requests", part) for one in self._sentences for part in self._parts(one.text))

    def _has(self, name: str, text: str) -> bool:
        return self.words is not None and Reading(text, self.words).has(name)


def _ends(text: str, stops: re.Match[str]) -> bool:
    """Return whether a sentence of *text* ends with *stops*."""
    if _WIDE.search(stops[0]):
        return True
    if _MARK.search(stops[0]):
        return not _GOES_ON.match(text, stops.end())
    return bool(_BEGINS.match(text, stops.end()))
