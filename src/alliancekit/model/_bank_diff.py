"""What differs between two banks, and the layer that makes one of the other."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Literal, TypeAlias, final

from attrs import evolve, fields, frozen

from alliancekit.errors import InvalidValueError
from alliancekit.model._banks import Bank, Section
from alliancekit.model._prompts import Prompt
from alliancekit.values import FrozenMap, is_tuple

__all__ = ["BankDiff", "MovedPrompt", "ReplacedPrompt", "SectionChange"]


@final
@frozen(kw_only=True)
class ReplacedPrompt:
    """
    A prompt that both banks have, and not alike.

    Attributes:
        id: The prompt.
        old: As it was.
        new: As it is.
        keys: What of it differs: ``text``, ``answer``, …

    .. versionadded:: 0.1
    """

    id: str
    old: Prompt
    new: Prompt
    keys: tuple[str, ...]


@final
@frozen(kw_only=True)
class MovedPrompt:
    """
    A prompt that both banks have, in other sections.

    Attributes:
        id: The prompt.
        old: The section that it was in; None where it was in none.
        new: The section that it is in; None where it is in none.

    .. versionadded:: 0.1
    """

    id: str
    old: str | None
    new: str | None


SectionAction: TypeAlias = Literal["added", "removed", "retitled", "reordered", "moved"]


@final
@frozen(kw_only=True)
class SectionChange:
    """
    A section that is not as it was.

    Attributes:
        id: The section.
        action: What happened to it: ``added`` or ``removed``; ``retitled``; ``reordered``, where the prompts that it had
            and has are in another order; ``moved``, where it has another place among the sections of both.

    .. versionadded:: 0.1
    """

    id: str
    action: SectionAction


@final
@frozen(kw_only=True, repr=False)
class BankDiff:
    """
    What differs between two banks: by id, whatever the order of the prompts, and wherever they came from.

    It is false where nothing differs, and as text it is what a person wants to read.

    Attributes:
        old: The one.
        new: The other.

    .. versionadded:: 0.1
    """

    old: Bank
    new: Bank

    @property
    def added(self) -> tuple[Prompt, ...]:
        """The prompts that only the new one has."""
        return tuple(one for name, one in self.new.prompts.items() if name not in self.old.prompts)

    @property
    def removed(self) -> tuple[Prompt, ...]:
        """The prompts that only the old one has."""
        return tuple(one for name, one in self.old.prompts.items() if name not in self.new.prompts)

    @property
    def replaced(self) -> tuple[ReplacedPrompt, ...]:
        """The prompts that both have and that differ."""
        both = ((name, self.old.prompts[name], one) for name, one in self.new.prompts.items() if self._is_old(name))
        return tuple(
            ReplacedPrompt(id=name, old=old, new=new, keys=_differing(old, new))
            for name, old, new in both
            if old != new
        )

    @property
    def moved(self) -> tuple[MovedPrompt, ...]:
        """The prompts that both have, in other sections."""
        old, new = _homes(self.old), _homes(self.new)
        both = filter(self._is_old, self.new.prompts)
        return tuple(
            MovedPrompt(id=name, old=old.get(name), new=new.get(name))
            for name in both
            if old.get(name) != new.get(name)
        )

    @property
    def sections(self) -> tuple[SectionChange, ...]:
        """What happened to the sections, those of the new one first."""
        return tuple(SectionChange(id=name, action=action) for name, action in self._section_changes())

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in which the two banks say something else of themselves: ``title``, ``kinds`` and the like."""
        return tuple(one for one in _differing(self.old, self.new) if one not in ("prompts", "sections"))

    def layer(self, *, id: str | None = None, title: str | None = None) -> Bank:
        """
        Return the bank that extends the old one and, laid over it, is the new one but for its id and its title.

        It says no more than it must: what both have alike is left to the old one. A section that is empty in the old
        one stays, for nothing takes it out.

        Args:
            id: Its id; left out, that of the new one.
            title: Its title; left out, that of the new one.

        Raises:
            InvalidValueError: It would have the id of the old one, and a bank cannot build on itself.
        """
        name = self.new.id if id is None else id
        if name == self.old.id:
            reason = f"must be another than {name!r}, which is the bank that it is laid on"
            raise InvalidValueError("BankDiff.layer", "id", reason)
        remove, again, sections = _placement(self.old, self.new)
        said = [one for one in self.new.prompts.values() if one != self.old.prompts.get(one.id) or one.id in again]
        return evolve(
            self.new,
            id=name,
            title=self.new.title if title is None else title,
            extends=[self.old.id],
            remove=remove,
            prompts=FrozenMap(((one.id, one) for one in said), extra=self.new.prompts.extra),
            sections=sections,
            origins={one.id: self.new.origin(one.id) for one in said if self.new.origin(one.id) != name},
        )

    def __bool__(self) -> bool:
        return self.old != self.new

    def __repr__(self) -> str:
        counts = ((len(self.added), "added"), (len(self.removed), "removed"), (len(self.replaced), "replaced"))
        told = ", ".join(f"{count} {what}" for count, what in counts)
        return f"BankDiff({self.old.id} → {self.new.id}: {told})"

    def __str__(self) -> str:
        return "\n".join(self._lines()) or "nothing differs"

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it."""
        return f'<pre class="alliancekit-bank-diff">{escape(str(self), quote=False)}</pre>'

    def _is_old(self, name: str) -> bool:
        return name in self.old.prompts

    def _section_changes(self) -> Iterator[tuple[str, SectionAction]]:
        old, new = _by_id(self.old), _by_id(self.new)
        moved = _out_of_place(old, new)
        for name, one in new.items():
            if name not in old:
                yield name, "added"
                continue
            if _face(one) != _face(old[name]):
                yield name, "retitled"
            if [p for p in one.prompts if p in old[name].prompts] != [p for p in old[name].prompts if p in one.prompts]:
                yield name, "reordered"
            if name in moved:
                yield name, "moved"
        for name in old:
            if name not in new:
                yield name, "removed"

    def _lines(self) -> Iterator[str]:
        for key in self.keys:
            yield f"{key}: {_said(getattr(self.old, key))} → {_said(getattr(self.new, key))}"
        yield from (f"+ {one.id}: {one.text}" for one in self.added)
        yield from (f"- {one.id}: {one.text}" for one in self.removed)
        for change in self.replaced:
            yield f"~ {change.id}: {', '.join(change.keys)}"
            if "text" in change.keys:
                yield from (f"  - {change.old.text}", f"  + {change.new.text}")
        yield from (f"> {one.id}: {one.old or 'no section'} → {one.new or 'no section'}" for one in self.moved)
        yield from (f"section {one.id}: {one.action}" for one in self.sections)


def _said(value: object) -> str:
    if is_tuple(value):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _differing(old: Bank | Prompt, new: Bank | Prompt) -> tuple[str, ...]:
    names = (one.name for one in fields(type(new)) if one.eq)
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _by_id(bank: Bank) -> dict[str, Section]:
    return {one.id: one for one in bank.sections}


def _homes(bank: Bank) -> dict[str, str]:
    """Return the section of each prompt that is in one; the first, where it is in several."""
    return {name: one.id for one in reversed(bank.sections) for name in one.prompts}


def _out_of_place(old: dict[str, Section], new: dict[str, Section]) -> set[str]:
    """Return the sections that stand at another place among those of both."""
    before, after = [name for name in old if name in new], [name for name in new if name in old]
    return {now for was, now in zip(before, after, strict=True) if was != now}


# What a layer must say -----------------------------------------------------------------------------------------------


def _placement(old: Bank, new: Bank) -> tuple[tuple[str, ...], set[str], list[Section]]:
    """Return what a layer removes, what of that it says anew, and the sections that it names, in their order."""
    before, after = _by_id(old), _by_id(new)
    gone = [name for name in old.prompts if name not in new.prompts]
    again: dict[str, None] = {}
    listed = {name for name in after if name not in before}
    while True:
        wrong = _still_wrong(before, after, {*gone, *again}, listed)
        unlisted = [(name, kept) for name, kept in wrong if name in after and name not in listed]
        # Those that gain a prompt come first: thereby others lose it, and need not say so.
        if unlisted:
            gaining = {name for name, kept in unlisted if not {*after[name].prompts} <= {*kept}}
            listed |= gaining or {name for name, _ in unlisted}
        elif wrong:
            # It is in a section no more, and in no other: said anew, it has lost the one that it had.
            again.update(dict.fromkeys(prompt for _, prompts in wrong for prompt in prompts))
        else:
            return (*gone, *again), {*again}, _named(before, after, listed)


def _still_wrong(
    before: dict[str, Section], after: dict[str, Section], gone: set[str], listed: set[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the sections below that would not come out right, with the prompts that they would keep."""
    left = gone.union(*(after[name].prompts for name in listed))
    wrong: list[tuple[str, tuple[str, ...]]] = []
    for name, one in before.items():
        kept = tuple(p for p in one.prompts if p not in left)
        now = after[name].prompts if name in after else ()
        is_right = bool(now) if name in listed else kept == now and (bool(kept) or not one.prompts or name not in after)
        if not is_right and (kept or name not in listed):
            wrong.append((name, kept))
    return wrong


def _named(before: dict[str, Section], after: dict[str, Section], listed: set[str]) -> list[Section]:
    changed = {name for name, one in after.items() if name in before and _face(one) != _face(before[name])}
    named = {*listed, *changed, *_out_of_place(before, after)}
    found = named | _neighbours(before, [*after], named)
    return [one if name in listed else evolve(one, prompts=()) for name, one in after.items() if name in found]


def _neighbours(before: dict[str, Section], after: list[str], named: set[str]) -> set[str]:
    """Return the sections by whose side the new ones find their place."""
    new = [name for name in after if name not in before]
    if named == set(new) and new == after[len(after) - len(new) :]:
        return set()  # they come at the end, where they would anyway
    first = next((name for name in after if name in before), None)
    beside = {was for was, now in pairwise(after) if now not in before}
    return beside | ({first} if first and after[0] not in before else set())


def _face(section: Section) -> Section:
    return evolve(section, prompts=())
