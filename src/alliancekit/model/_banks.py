"""Banks: prompts in sections, where each came from, and the words of another language for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, final

from attrs import evolve, field, frozen

from alliancekit.errors import UnknownNameError
from alliancekit.model._bank_records import records_of, table_of
from alliancekit.model._base import BY_ID, BY_NAME, Id, Kind, Label, Language, Prose, Ref, Refs
from alliancekit.model._choosing import Names, filtered
from alliancekit.model._clauses import Digest
from alliancekit.model._layering import layered
from alliancekit.model._prompts import OPTIONS, FollowUp, Prompt
from alliancekit.model._sampling import Rotation, rotation_of, sample_of
from alliancekit.shapes import ASIDE, Items, Wired, entries, ids, keyed, many, table
from alliancekit.values import EMPTY, FrozenMap

if TYPE_CHECKING:  # what looks at banks comes after them
    from alliancekit.model._bank_coverage import BankCoverage
    from alliancekit.model._bank_diff import BankDiff

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

    def origin(self, name: str) -> str:
        """Return the id of the bank that says the prompt *name*; raises `UnknownNameError` where there is none."""
        self.prompt(name)
        return self.origins.get(name, self.id)

    def over(self, base: Bank) -> Bank:
        """
        Return this bank over *base*, as if it extended it.

        - What it removes is left out, and its prompts are added, or take the place of those with the same id.
        - A section with a known id keeps its slot; of several, the slots stay and the order is this bank's. One that is
          named without prompts keeps those that it has in *base*.
        - A new section stands after the one named before it, else before the one named after it, else at the end.
        - A prompt that is placed in a section leaves the one that it had, and a section that lost all of its prompts
          goes, unless this bank names it.
        - What else a bank says of itself is said by this one.

        A *base* that itself extends others still does, and what either removes is removed from those: two layers
        become one.
        """
        return layered(base, self)

    def diff(self, other: Bank) -> BankDiff:
        """Return what differs from this bank to *other*; `BankDiff.layer` makes one of the other."""
        from alliancekit.model._bank_diff import BankDiff

        return BankDiff(old=self, new=other)

    def with_id(self, name: str) -> Bank:
        """
        Return a copy with another id; the prompts that it has keep the bank that they came from.

        A bank that was changed in code needs one of its own: the alliance says which bank it was made with. Give it
        before you add prompts, so that those are its own.
        """
        origins = {key: self.origin(key) for key in self.prompts if self.origin(key) != name}
        return evolve(self, id=name, origins=origins)

    def with_prompts(self, *prompts: Prompt, section: str | None = None) -> Bank:
        """
        Return a copy with *prompts* added; one with a known id takes that place.

        Args:
            prompts: The prompts.
            section: The section at whose end they stand; left out, a new one stands in none, and a known one where it
                stood.

        Raises:
            UnknownNameError: The bank has no such section.
        """
        placed = () if section is None else (self._with_more(section, tuple(one.id for one in prompts)),)
        return self._under(prompts=prompts, sections=placed)

    def without_prompts(self, *names: str) -> Bank:
        """
        Return a copy that lacks the prompts with those ids; a section that thereby lost all of its prompts goes.

        Raises:
            UnknownNameError: The bank has no such prompt.
        """
        for name in names:
            self.prompt(name)
        return self._under(remove=tuple(dict.fromkeys(names)))

    def with_sections(self, *sections: Section) -> Bank:
        """
        Return a copy with *sections* placed as `over` does it: added, replaced, put in another order.

        One without prompts keeps those that it has, so a title or an order is changed without naming them again.
        """
        return self._under(sections=sections)

    def section(self, name: str) -> Section:
        """Return the section with that id; raises `UnknownNameError` where there is none."""
        found = next((one for one in self.sections if one.id == name), None)
        if found is None:
            raise UnknownNameError("section", name, tuple(one.id for one in self.sections))
        return found

    def filter(
        self,
        *,
        tags: Names | None = None,
        section: Names | None = None,
        informs: Names | None = None,
        answer: Names | None = None,
        origin: Names | None = None,
        kind: Names | None = None,
        language: Names | None = None,
    ) -> Bank:
        """
        Return a copy with the prompts that fit all that is asked for, and the sections that still have some.

        Each takes one name, or several of which any will do. What is left out asks for nothing.

        Args:
            tags: A tag of the prompt.
            section: The id of a section.
            informs: What its answers go into: ``commitments``, or a group of elements such as ``ground_rules``.
            answer: The kind of answer: ``text``, ``scale``, ``clauses`` and so on.
            origin: The bank that it came from.
            kind: A kind of alliance that the bank is for; where it is for another only, nothing is left.
            language: The language that the bank is in, as a tag; ``pt`` fits ``pt-BR`` too. In another, nothing is left.

        Raises:
            UnknownNameError: The bank has no such tag, section or origin, or there is no such element, answer or kind.
        """
        asked = {"tags": tags, "section": section, "informs": informs, "answer": answer}
        return filtered(self, {**asked, "origin": origin, "kind": kind, "language": language})

    def sample(self, count: int, *, seed: int | str, history: Iterable[str | Prompt] = ()) -> tuple[Prompt, ...]:
        """
        Return *count* prompts that were not had yet; when all were, those that were had the longest ago.

        The same seed and history give the same prompts, on every machine and in every version of Python: the order is
        that of the SHA-256 of the seed, a line break and the id. It does not depend on the order in which the bank has
        its prompts, and a prompt that is added or taken out leaves the others in theirs.

        Args:
            count: How many; where the bank has fewer, it is all of them.
            seed: A number or a text; 7 and ``"7"`` are the same.
            history: What was had before, the oldest first: ids, or the prompts of earlier samples. What the bank has
                not is passed over.

        Raises:
            InvalidValueError: The count is no whole number from 0 on.
        """
        return sample_of(self, count, seed, history)

    def rotation(self, size: int, *, seed: int | str) -> Rotation:
        """
        Return the prompts dealt out over sessions, *size* in each, so that all come before one comes again.

        Other seeds give other orders, so each team has its own. It is what `sample` gives with all earlier sessions as
        its history, without anyone keeping one; where the bank may change in between, keep one and take samples.

        Args:
            size: How many in a session.
            seed: A number or a text: the name of a team.

        Raises:
            InvalidValueError: The size is no whole number from 1 on.
        """
        return rotation_of(self, size, seed)

    def coverage(self, kind: Kind | None = None) -> BankCoverage:
        """
        Return which elements of an alliance the prompts ask for, and which not.

        Args:
            kind: The kind of alliance; left out, those that the bank is for.

        Raises:
            UnknownNameError: There is no such kind.
        """
        from alliancekit.model._bank_coverage import coverage_of

        return coverage_of(self, kind)

    def records(self) -> list[dict[str, Any]]:
        """
        Return a flat row for each prompt, in the order of the sections, for a data frame or a spreadsheet.

        All rows have the same keys, and what a prompt has not is None. Lists are texts: names are separated by ``; ``,
        and options and follow-ups stand as ``id: text`` on lines of their own.
        """
        return records_of(self)

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it: a table, a section after another."""
        return table_of(self)

    def _with_more(self, section: str, names: tuple[str, ...]) -> Section:
        found = self.section(section)
        return evolve(found, prompts=(*(one for one in found.prompts if one not in names), *names))

    def _under(self, **changes: Any) -> Bank:
        """Return this bank with *changes* as a layer over it, and all else as it is."""
        prompts = keyed(changes.pop("prompts", ()))
        top = evolve(self, remove=(), sections=(), origins=EMPTY, prompts=FrozenMap(prompts, extra=self.prompts.extra))
        return layered(self, evolve(top, **changes))


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
