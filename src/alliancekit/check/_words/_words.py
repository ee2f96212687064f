"""What a language offers to the wording rules: lists of words, which `Reading` looks up in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final, cast, final

from attrs import Attribute, field, fields, frozen

from alliancekit.check._words._phrases import Phrases, fold, tokens_in
from alliancekit.errors import InvalidValueError

__all__ = ["LISTS", "Words"]


def _listed(value: Sequence[str]) -> tuple[str, ...]:
    # A text would be taken for its letters; what is no list at all, the validator refuses.
    return tuple(value) if isinstance(value, tuple | list) else (cast("str", value),)


def _are_words(_: object, attribute: Attribute[Any], value: tuple[object, ...]) -> None:
    for one in value:
        if not isinstance(one, str) or not tokens_in(fold(one)):
            raise InvalidValueError("Words", attribute.name, "must be texts, each with a word in it")


def _entries() -> tuple[str, ...]:
    return cast("tuple[str, ...]", field(default=(), converter=_listed, validator=_are_words))


@final
@frozen(kw_only=True)
class Words:
    """
    What a language calls vague, what it hides behind, and what can be observed; what is left empty is not judged.

    An entry is a word or a few of them, matched whole and without regard to case. A space or a hyphen in it stands for
    either. ``hour{,s}`` and ``honest{o,a}`` are two entries each.

    Attributes:
        vague: Qualities and measures that nobody could film or count.
        weasel: Words that leave open whether anything will be done.
        absolute: Words that leave no room for one bad day.
        observable: Numbers, times, channels and artefacts: with one beside it, a word is held to something. A digit is one.
        idioms: Turns of phrase in which none of these words means what it says: ``never mind``, ``who should``.
        qualities: Adjectives and nouns that name a quality, for clauses that are nothing else.
        fillers: The small words around them: ``be``, ``and``, ``to each other``.
        negations: How a sentence begins that says what not to do.
        subjects: What may stand before: ``we``, ``please``.
        turns: Words after which something positive comes, or an exception: ``but``, ``instead``, ``unless``.
        alternatives: Words that go on with a list of the same: ``or``.
        joins: Words between two things that are promised: ``and``.
        promises: How a promise begins: ``we will``.
        verbs: How an instruction begins: ``share``, ``listen``.
        purposes: Words after which comes what an action is for: ``to``.
        steps: Words by which several actions are one course of action: ``when``, ``then``, ``before``.

    .. versionadded:: 0.1
    """

    vague: tuple[str, ...] = _entries()
    weasel: tuple[str, ...] = _entries()
    absolute: tuple[str, ...] = _entries()
    observable: tuple[str, ...] = _entries()
    idioms: tuple[str, ...] = _entries()
    qualities: tuple[str, ...] = _entries()
    fillers: tuple[str, ...] = _entries()
    negations: tuple[str, ...] = _entries()
    subjects: tuple[str, ...] = _entries()
    turns: tuple[str, ...] = _entries()
    alternatives: tuple[str, ...] = _entries()
    joins: tuple[str, ...] = _entries()
    promises: tuple[str, ...] = _entries()
    verbs: tuple[str, ...] = _entries()
    purposes: tuple[str, ...] = _entries()
    steps: tuple[str, ...] = _entries()

    @cached_property
    def index(self) -> Mapping[str, Phrases]:
        """Its entries as they are looked up, by the name of the list."""
        return _Index(self)

    @cached_property
    def bare(self) -> frozenset[str]:
        """Every word and mark that a clause may have and still name nothing but qualities."""
        return self.index["qualities"].words | self.index["fillers"].words | frozenset(",.;:!&+/()")


@final
class _Index(dict[str, Phrases]):
    """The lists that were asked for; in most runs some never are, and each takes its time."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, name: str) -> Phrases:
        made = self[name] = Phrases(getattr(self._words, name))
        return made


LISTS: Final = tuple(one.name for one in fields(Words))
"""The names of the lists."""
