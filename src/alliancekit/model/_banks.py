"""Banks: prompts in sections, where each came from, and the words of another language for them."""

from __future__ import annotations

from typing import Annotated, final

from attrs import evolve, field, frozen

from alliancekit.errors import UnknownNameError
from alliancekit.model._base import BY_ID, BY_NAME, Id, Kind, Label, Language, Prose, Ref, Refs
from alliancekit.model._clauses import Digest
from alliancekit.model._prompts import OPTIONS, FollowUp, Prompt
from alliancekit.shapes import ASIDE, Items, Wired, entries, ids, keyed, many, table
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["Bank", "BankTranslation", "PromptTranslation", "Section", "SectionTranslation"]


@final
@frozen(kw_only=True, repr=False)
class Section(Wired):
    """
    A part of a bank, in its order.

    Attributes:
        id: Unique in the bank.
        title: What people read above it.
        prompts: The prompts in it, in their order.

    .. versionadded:: 0.1
    """

    id: Id
    title: Label
    prompts: Refs = field(default=(), converter=ids)


@final
@frozen(kw_only=True, repr=False)
class Bank(Wired):
    """
    A set of prompts in sections.

    Attributes:
        id: Unique among the banks of a place.
        title: What people call it.
        language: The language that it is written in.
        licence: The licence under which it may be used: an SPDX identifier, or words.
        kinds: The kinds of alliance that it is for; left out, for any.
        extends: The banks that it builds on, the first at the bottom.
        remove: Prompts of those banks that it leaves out.
        sections: Its parts, in their order.
        prompts: The prompts, by id.
        origins: Prompts that came from another bank, each with the id of that bank; it is not written.

    .. versionadded:: 0.1
    """

    id: Id
    title: Label
    language: Language | None = None
    licence: Label | None = None
    kinds: Annotated[tuple[Kind, ...], Items()] = field(default=(), converter=ids)
    extends: Refs = field(default=(), converter=ids)
    remove: Refs = field(default=(), converter=ids)
    sections: tuple[Section, ...] = field(default=(), converter=many)
    prompts: Annotated[FrozenMap[Prompt], BY_ID] = field(default=EMPTY, converter=entries)
    origins: FrozenMap[str] = field(default=EMPTY, converter=table, eq=False, metadata=ASIDE)

    def prompt(self, name: str) -> Prompt:
        """Return the prompt with that id; raises `UnknownNameError` where there is none."""
        try:
            return self.prompts[name]
        except KeyError:
            raise UnknownNameError("prompt", name, tuple(self.prompts)) from None

    def with_id(self, name: str) -> Bank:
        """
        Return a copy with another id.

        A bank that was changed in code needs one of its own: the alliance says which bank it was made with.
        """
        return evolve(self, id=name)

    def with_prompts(self, *prompts: Prompt) -> Bank:
        """Return a copy with *prompts* added; one with a known id takes that place."""
        return evolve(self, prompts=FrozenMap({**self.prompts, **keyed(prompts)}, extra=self.prompts.extra))

    def without_prompts(self, *names: str) -> Bank:
        """Return a copy that lacks the prompts with those ids, in its sections too."""
        sections = (evolve(one, prompts=[p for p in one.prompts if p not in names]) for one in self.sections)
        return evolve(self, prompts=self.prompts.without(*names), sections=sections)


@final
@frozen(kw_only=True, repr=False)
class SectionTranslation(Wired):
    """
    The title of a section in another language.

    Attributes:
        id: The section.
        title: What people read above it.
        source: The digest of the title that was translated.

    .. versionadded:: 0.1
    """

    id: Ref
    title: Label
    source: Digest | None = None


@final
@frozen(kw_only=True, repr=False)
class PromptTranslation(Wired):
    """
    The words of a prompt in another language; what is left out is read in the language of the bank.

    Attributes:
        id: The prompt.
        text: The question.
        why: What asking it is good for.
        options: The options of a choice: the id of each with what people read.
        low: What the first point of a scale means.
        high: What the last point of a scale means.
        unit: What a number counts.
        follow_ups: The follow-ups, each by the id that it has in the bank.
        source: The digest of what was translated: text, options, ends of a scale, unit and follow-ups.

    .. versionadded:: 0.1
    """

    id: Ref
    text: Prose
    why: Prose | None = None
    options: Annotated[FrozenMap[Label], OPTIONS] = field(default=EMPTY, converter=table)
    low: Label | None = None
    high: Label | None = None
    unit: Label | None = None
    follow_ups: tuple[FollowUp, ...] = field(default=(), converter=many)
    source: Digest | None = None


@final
@frozen(kw_only=True, repr=False)
class BankTranslation(Wired):
    """
    The words of a bank in another language.

    Attributes:
        translates: The bank.
        language: The language that it is in.
        id: A name of its own, where somebody wants one; it is known by the bank and the language.
        title: What people call the bank.
        source: The digest of the title that was translated.
        sections: The titles of the sections.
        prompts: The prompts, by their ids in the bank.

    .. versionadded:: 0.1
    """

    translates: Ref
    language: Language
    id: Id | None = None
    title: Label | None = None
    source: Digest | None = None
    sections: tuple[SectionTranslation, ...] = field(default=(), converter=many)
    prompts: Annotated[FrozenMap[PromptTranslation], BY_NAME] = field(default=EMPTY, converter=entries)
