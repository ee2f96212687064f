"""What rules look at: one document, as far as it could be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast, final

from attrs import frozen

from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.check._words import Reading, Words, words_of
from alliancekit.documents import Tree, kind_of
from alliancekit.errors import AllianceKitError, UnknownNameError, did_you_mean
from alliancekit.findings import Finding
from alliancekit.model import Alliance, Bank, BankTranslation, CheckIn, Prompt
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, tokens_of

if TYPE_CHECKING:
    from alliancekit.check._words import Asking

__all__ = ["TEXT_ELEMENTS", "Subject"]

TEXT_ELEMENTS: Final = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules")
"""The elements whose clauses are texts."""

_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")
# What is judged by nothing but its own text.
_ALONE: Final = frozenset({"alliance", "check-in"})


@final
@frozen(kw_only=True)
class Subject:
    """
    What rules look at: one document, as far as it could be read.

    Attributes:
        value: The document; None when there is none, or none that rules know.
        tree: Its text; None for a value in memory.
        broken: Pointers to what was left out of the value, or filled in, because it was malformed.
        origin: From a pointer into the value to the one into the text, from whose lists entries may be missing.
        settings: The numbers that rules may be told.
        as_of: The day for rules about time; None leaves those out.
        path: What the file is called; None where there is none.
        beside: The file beside which the documents that it builds on are looked for; None looks among those at hand.

    .. versionadded:: 0.1
    """

    value: object
    tree: Tree | None = None
    broken: frozenset[Pointer] = frozenset()
    origin: Callable[[Pointer], Pointer] = str
    settings: Settings = SETTINGS
    as_of: date | None = None
    path: str | None = None
    beside: str | None = None

    @cached_property
    def kind(self) -> str:
        """The kind of document that it is; empty where there is none."""
        return "" if self.value is None else kind_of(type(self.value)).name

    @property
    def stands_alone(self) -> bool:
        """Whether no other document has a part in what is wrong with it, but for rules about several."""
        return self.kind in _ALONE or (isinstance(self.value, Bank) and not self.value.extends)

    @cached_property
    def beneath(self) -> tuple[Finding, ...]:
        """What is wrong between it and what it builds on: of a bank what it extends, of a translation what it translates."""
        from alliancekit import library

        if isinstance(self.value, Bank):
            return library.layer_problems(self.value, beside=self._place)
        if not self.kind.endswith("-translation"):
            return ()
        try:
            return library.check_translation(cast("BankTranslation", self.value), beside=self._place)
        except UnknownNameError as error:
            hint = did_you_mean(error.name, error.known)
            return (Finding(rule="unknown-base", message=_unnamed(error), pointer="/translates", hint=hint),)
        except library.PackError as error:  # a pack is not among what is checked
            return (Finding(rule="unknown-base", message=str(error), pointer="/translates"),)
        except AllianceKitError:
            return ()  # what is wrong with another document is said of that

    @cached_property
    def whole_bank(self) -> Bank | None:
        """The bank with those that it extends under it; None where one of them is not at hand."""
        from alliancekit import library

        if not self.bank.extends:
            return self.bank
        try:
            return library.whole(self.bank, beside=self._place)
        except AllianceKitError:
            return None  # what is wrong with it is said of it

    @property
    def source_bank(self) -> Bank | None:
        """What a translation of a bank translates, whole; None where it is not at hand."""
        from alliancekit import library

        try:
            source = library.source_of(self.bank_translation, beside=self._place)
        except AllianceKitError:
            return None
        return source if isinstance(source, Bank) else None

    @cached_property
    def prompt_words(self) -> Words | None:
        """The words of the language of a bank; None for a language without any."""
        return words_of(self.bank.language, self.settings.words)

    @cached_property
    def asked(self) -> tuple[tuple[Pointer, Prompt, Asking], ...]:
        """The prompts of a bank with the places of their texts, read with the words of its language."""
        from alliancekit.check._words import Asking

        words, language = self.prompt_words, self.bank.language
        return tuple(
            (pointer_of("prompts", key, "text"), one, Asking(one.text, words, language))
            for key, one in self.bank.prompts.items()
        )

    @property
    def alliance(self) -> Alliance:
        """The alliance; asked for by rules about alliances only."""
        return cast("Alliance", self.value)

    @property
    def check_in(self) -> CheckIn:
        """The check-in; asked for by rules about check-ins only."""
        return cast("CheckIn", self.value)

    @property
    def bank(self) -> Bank:
        """The bank; asked for by rules about banks only."""
        return cast("Bank", self.value)

    @property
    def bank_translation(self) -> BankTranslation:
        """The translation; asked for by rules about translations of banks only."""
        return cast("BankTranslation", self.value)

    @property
    def is_active(self) -> bool:
        """Whether it is an alliance that holds."""
        return isinstance(self.value, Alliance) and self.value.status == "active"

    @property
    def is_closed(self) -> bool:
        """Whether it is an alliance that has ended."""
        return isinstance(self.value, Alliance) and self.value.status == "closed"

    @cached_property
    def member_ids(self) -> frozenset[str]:
        """The ids of all members; of those whose entry or id is broken too, as they should be written."""
        return frozenset(self.alliance.members) | self._broken_ids("members")

    def prompt_ids(self) -> frozenset[str]:
        """Return the ids of the prompts of a bank; of broken ones too, as they should be written."""
        return frozenset(self.bank.prompts) | self._broken_ids("prompts")

    def is_lost(self, *parts: str) -> bool:
        """Return whether one of *parts* is as a whole not what it must be, so that nobody knows what it has."""
        return bool(self.broken) and any(f"/{part}" in self.broken for part in parts)

    def clause_ids(self, *elements: str) -> frozenset[str]:
        """Return the ids of the clauses of *elements*; of broken ones too, as they should be written."""
        found: set[str] = set()
        for element in elements:
            found |= set(getattr(self.alliance, element)) | self._broken_ids(element)
        return frozenset(found)

    def all_clause_ids(self) -> frozenset[str]:
        """Return the ids of all clauses, broken ones too."""
        whole = frozenset(one.id for _, one in self.alliance.clauses())
        broken = self._broken_ids("cadence", "check_ins") | self._broken_ids("cadence", "channels")
        return whole | self.clause_ids(*TEXT_ELEMENTS) | broken

    def is_broken(self, pointer: Pointer) -> bool:
        """Return whether something at, in or around *pointer* was left out."""
        if not self.broken:
            return False
        return pointer in self._around_broken or any(one in self.broken for one in _ancestors(pointer))

    @cached_property
    def _around_broken(self) -> frozenset[Pointer]:
        """The broken pointers, and those of all that holds them."""
        return self.broken | {around for one in self.broken for around in _ancestors(one)}

    @cached_property
    def unheld(self) -> tuple[tuple[Pointer, Reading], ...]:
        """The texts of clauses that nothing observable holds to anything, read with the words of their language."""
        without_evidence = [
            (element, key, one.text)
            for element in TEXT_ELEMENTS
            for key, one in getattr(self.alliance, element).items()
            if one.known_by is None
        ]
        # The words are read from a file; whoever says by what each clause is known need not wait for that.
        words = words_of(self.alliance.language, self.settings.words) if without_evidence else None
        if words is None:
            return ()
        return tuple(
            (pointer_of(element, key, "text"), reading)
            for element, key, text in without_evidence
            if not (reading := Reading(text, words)).is_held
        )

    @property
    def _place(self) -> Path | None:
        # As a text it might be taken for the name of a flow.
        return None if self.beside is None else Path(self.beside)

    def _broken_ids(self, *path: str) -> frozenset[str]:
        tokens, depth = (tokens_of(one) for one in self.broken), len(path)
        return frozenset(_folded(found[depth]) for found in tokens if len(found) > depth and found[:depth] == path)


def _folded(name: str) -> str:
    return _BETWEEN_WORDS.sub("-", name.casefold()).strip("-")


def _ancestors(pointer: Pointer) -> Iterator[Pointer]:
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def _unnamed(error: UnknownNameError) -> str:
    return f"no {error.kind} is named {error.name!r}"
