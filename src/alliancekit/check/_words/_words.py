"""What a language offers to the rules about wording: lists of words, which `Reading` and `Asking` look up in a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Final, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.check._words._phrases import Phrases
from alliancekit.shapes import Text, Wired, many, shape_of

__all__ = ["LISTS", "Words"]


def _wordless(text: str) -> str | None:
    return None if text.strip(" -{},") else "must have a word in it"


Entry: TypeAlias = Annotated[str, Text(expected="a word, or a few of them", check=_wordless)]
"""What is looked up."""


@final
@frozen(kw_only=True, repr=False)
class Words(Wired):
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
        asking: Words that ask for more than yes or no: ``what``, ``how``. A question without any is closed.
        closed: How a question begins that is closed whatever comes after: ``do``, ``is``. Empty where none is told by that.
        requests: Words that ask without a question mark: ``tell me``, ``describe``.
        reasons: Whole questions that only ask what makes somebody say so: ``why not``.
        common: Words that any two questions have in common: ``the``, ``do``, ``you``.
        deciding: Words that by themselves make another question of one that is the same otherwise: ``I``, ``not``, ``least``.

    .. versionadded:: 0.1
    """

    vague: tuple[Entry, ...] = field(default=(), converter=many)
    weasel: tuple[Entry, ...] = field(default=(), converter=many)
    absolute: tuple[Entry, ...] = field(default=(), converter=many)
    observable: tuple[Entry, ...] = field(default=(), converter=many)
    idioms: tuple[Entry, ...] = field(default=(), converter=many)
    qualities: tuple[Entry, ...] = field(default=(), converter=many)
    fillers: tuple[Entry, ...] = field(default=(), converter=many)
    negations: tuple[Entry, ...] = field(default=(), converter=many)
    subjects: tuple[Entry, ...] = field(default=(), converter=many)
    turns: tuple[Entry, ...] = field(default=(), converter=many)
    alternatives: tuple[Entry, ...] = field(default=(), converter=many)
    joins: tuple[Entry, ...] = field(default=(), converter=many)
    promises: tuple[Entry, ...] = field(default=(), converter=many)
    verbs: tuple[Entry, ...] = field(default=(), converter=many)
    purposes: tuple[Entry, ...] = field(default=(), converter=many)
    steps: tuple[Entry, ...] = field(default=(), converter=many)
    asking: tuple[Entry, ...] = field(default=(), converter=many)
    closed: tuple[Entry, ...] = field(default=(), converter=many)
    requests: tuple[Entry, ...] = field(default=(), converter=many)
    reasons: tuple[Entry, ...] = field(default=(), converter=many)
    common: tuple[Entry, ...] = field(default=(), converter=many)
    deciding: tuple[Entry, ...] = field(default=(), converter=many)

    @cached_property
    def index(self) -> Mapping[str, Phrases]:
        """Its entries as they are looked up, by the name of the list."""
        return _Index(self)

    def with_more(self, more: Words) -> Words:
        """Return a copy that knows the entries of *more* too."""
        joined: dict[str, Any] = {name: (*getattr(self, name), *getattr(more, name)) for name in LISTS}
        return evolve(self, **joined)

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


LISTS: Final = tuple(name for name in shape_of(Words).fields)
"""The names of the lists."""
