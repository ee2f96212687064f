"""One text, read with the words of its language: what is observable in it, and what only sounds like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final, final

from attrs import field, frozen

from alliancekit.check._words._phrases import Stretch, fold, spans_in, tokens_in
from alliancekit.check._words._words import Words

__all__ = ["Found", "Reading"]

_DIGIT: Final = re.compile(r"\d")
# After these a new sentence begins, or what is as good as one.
_ENDS: Final = frozenset(".;!?:—–…()")
_JOINERS: Final = frozenset("-_")
_COMMA: Final = frozenset(",")
# A quality with more around it says something about it.
_MOST_BARE: Final = 8
# A few are named, and a text made of nothing else must not choose how long that takes.
_MOST_LOOKED_AT: Final = 100
# Of verbs in a row, two are one action in many a sentence: listen and learn.
_MANY_VERBS: Final = 3


@final
@frozen
class Found:
    """
    Words that were found in a text.

    Attributes:
        words: As they are written there.
        start: The offset of their first character; None where the text is written in another way than it is read.
        end: The offset after their last character.
    """

    words: str
    start: int | None
    end: int | None


@final
@frozen(eq=False)
class Reading:
    """
    A text, read with the words of its language.

    Attributes:
        text: What was written.
        words: The words of its language.
        folded: The text as it is compared.
        tokens: Its words and marks.
    """

    text: str
    words: Words
    folded: str = field(init=False)
    tokens: list[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        folded = fold(self.text)
        object.__setattr__(self, "folded", folded)
        object.__setattr__(self, "tokens", tokens_in(folded))

    @property
    def is_held(self) -> bool:
        """Whether something observable stands beside the words that the rules look for: a digit is enough."""
        held = {at for stretch in self.words.index["observable"].in_tokens(self.tokens) for at in range(*stretch)}
        if _DIGIT.search(self.folded):
            held.update(at for at, token in enumerate(self.tokens) if _DIGIT.search(token))
        return bool(held) and not held.issubset(at for stretch in self._beside for at in range(*stretch))

    @property
    def _beside(self) -> Iterator[Stretch]:
        """Where something stands whose own words and digits count for nothing: "100 %", "once in a while"."""
        yield from self._idioms
        for name in ("vague", "weasel", "absolute"):
            yield from self._stretches(name)

    @property
    def vague(self) -> tuple[Found, ...]:
        """The vague words; none where there are no others, for then it is bare."""
        return () if self.quality else self._all("vague")

    @property
    def weasel(self) -> tuple[Found, ...]:
        """The words that leave open whether it will be done."""
        return self._all("weasel")

    @property
    def absolute(self) -> tuple[Found, ...]:
        """The words that leave no room; none in a text that says only what not to do, for those are its way to say it."""
        return () if self.negation else self._all("absolute")

    def has(self, name: str) -> bool:
        """Return whether it has anything of the list *name* that is no part of an idiom."""
        return next(self._stretches(name), None) is not None

    @cached_property
    def quality(self) -> Found | None:
        """The first quality, where the text names qualities and nothing else."""
        if not self.words.bare.issuperset(self.tokens) or len(self.tokens) > _MOST_BARE:
            return None
        return next(iter(self._all("qualities")), None)

    @cached_property
    def negation(self) -> Found | None:
        """How it begins, where it says only what not to do."""
        index, tokens = self.words.index, self.tokens
        if not index["negations"].may_be_in(tokens) or not self._lacks("turns"):
            return None
        parts = [part for sentence in self._split((0, len(tokens)), _ENDS) for part in self._in_list(sentence)]
        found = [self._opening(part, "negations") for part in parts]
        return self._found(found[0]) if found and found[0] and all(found) else None

    def _in_list(self, sentence: Stretch) -> Iterator[Stretch]:
        # "No shouting, blaming or sulking" is one list; "Don't shout, listen" is not.
        goes_on = not self._lacks("alternatives", sentence)
        return self._split(sentence, frozenset() if goes_on else _COMMA, joined=True)

    @cached_property
    def second_promise(self) -> Found | None:
        """How the next promise begins, where there are several."""
        index, tokens = self.words.index, self.tokens
        if not (index["promises"].may_be_in(tokens) or index["verbs"].may_be_in(tokens)):
            return None
        if not self._lacks("steps"):
            return None
        parts = [one for one in self._split((0, len(tokens)), _ENDS | _COMMA, joined=True) if not self._is_label(one)]
        promised = [one for part in parts if (one := self._opening(part, "promises"))]
        if len(promised) > 1:
            return self._found(promised[1])
        done = [one for part in self._until_purpose(parts) if (one := self._opening(part, "promises", "verbs"))]
        return self._found(done[1]) if len(done) >= _MANY_VERBS else None

    def _is_label(self, part: Stretch) -> bool:
        return self.tokens[part[1] : part[1] + 1] == [":"]

    def _until_purpose(self, parts: Iterable[Stretch]) -> Iterator[Stretch]:
        """Yield *parts* up to the first that says what they are for, and which may go on with the next: "to see and hear"."""
        for part in parts:
            yield part
            if not self._lacks("purposes", part):
                return

    def _opening(self, part: Stretch, *names: str) -> Stretch | None:
        """Return the phrase of the lists *names* with which *part* begins and goes on, after its subject."""
        start, end = part
        index = self.words.index
        for place in (start, index["subjects"].at(self.tokens, start)):
            for name in names if place < end else ():
                after = index[name].at(self.tokens, place)
                if place < after < end and self._stands_free(place, after):
                    return place, after
        return None

    def _lacks(self, name: str, within: Stretch | None = None) -> bool:
        start, end = within or (0, len(self.tokens))
        return not self.words.index[name].in_tokens(self.tokens[start:end])

    def _split(self, within: Stretch, marks: frozenset[str], *, joined: bool = False) -> Iterator[Stretch]:
        """Yield the parts between *marks*, and between the words that join; empty ones are left out."""
        joins = self.words.index["joins"]
        start = place = within[0]
        while place < within[1]:
            after = joins.at(self.tokens, place) if joined else place
            if self.tokens[place] in marks:
                after = place + 1
            if after > place:
                if place > start:
                    yield start, place
                start = after
            place = max(after, place + 1)
        if place > start:
            yield start, place

    def _all(self, name: str) -> tuple[Found, ...]:
        found = (self._found(one) for one in islice(self._stretches(name), _MOST_LOOKED_AT))
        return tuple({one.words.lower(): one for one in reversed([*found])}.values())[::-1]

    def _stretches(self, name: str) -> Iterator[Stretch]:
        for start, end in self.words.index[name].in_tokens(self.tokens):
            if self._stands_free(start, end):
                yield start, end

    def _stands_free(self, start: int, end: int) -> bool:
        """Return whether what was found is no part of a longer word, and of no idiom."""
        first, last = self._spans[start][0], self._spans[end - 1][1]
        joined = not _JOINERS.isdisjoint((self.folded[first - 1 : first], self.folded[last : last + 1]))
        return not joined and self._idiom_ends.get(start, 0) < end

    @cached_property
    def _idioms(self) -> tuple[Stretch, ...]:
        return tuple(self.words.index["idioms"].in_tokens(self.tokens))

    @cached_property
    def _idiom_ends(self) -> dict[int, int]:
        """By each token of an idiom where that ends; idioms do not overlap."""
        return {at: end for start, end in self._idioms for at in range(start, end)}

    @cached_property
    def _spans(self) -> list[Stretch]:
        return spans_in(self.folded)

    def _found(self, stretch: Stretch) -> Found:
        start, end = self._spans[stretch[0]][0], self._spans[stretch[1] - 1][1]
        # Composing and writing small may change how many characters there are; then the place is another one.
        if fold(self.text[start:end]) == self.folded[start:end]:
            return Found(self.text[start:end], start, end)
        return Found(self.folded[start:end], None, None)
