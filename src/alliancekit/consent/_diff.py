"""
What differs between two versions of an alliance, and who has to agree again because of it.

Two questions, which are answered apart. What differs is found by holding the documents against each other, so that no
difference is lost. Who agrees again is what the digests say; here it is read from the same parts that a digest is of,
member by member, so that with each yes that is void stands what made it so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.consent._change import Change, kinds_of
from alliancekit.consent._content import Contents
from alliancekit.consent._parts import CADENCE, CLAUSES, Key, Unit, units_of
from alliancekit.errors import UnknownNameError, require
from alliancekit.model import EVERYONE, Alliance
from alliancekit.shapes import shape_of
from alliancekit.values import FrozenMap

__all__ = ["AllianceDiff", "MemberDiff", "diff"]

People: TypeAlias = frozenset[str] | None

# What may move from one element to another under its id: a clause, and what was not agreed and became one.
_MOVABLE: Final = CLAUSES | {"unresolved"}


@final
@frozen(kw_only=True)
class MemberDiff:
    """
    What differs for one member.

    Attributes:
        member: Who.
        name: What people call them.
        agrees_again: Whether they have to say yes to the new version: their digest is another, or they had none.
        is_new: Whether they would say yes for the first time, because they joined.
        asked: What they have to agree to, in the order of the document.
        told: What they should know and nobody has to agree to: a meeting that moved, how a promise to them stands.
        others: How many more changes there are, which are between others.

    .. versionadded:: 0.1
    """

    member: str
    name: str
    agrees_again: bool
    is_new: bool
    asked: tuple[Change, ...]
    told: tuple[Change, ...]
    others: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "member": self.member,
            "name": self.name,
            "agrees_again": self.agrees_again,
            "is_new": self.is_new,
            "asked": [one.to_dict() for one in self.asked],
            "told": [one.to_dict() for one in self.told],
            "others": self.others,
        }


@final
@frozen(kw_only=True, repr=False, slots=False)
class AllianceDiff:
    """
    What differs between two versions of an alliance; false where nothing does.

    Attributes:
        old: The one.
        new: The other.
        changes: Everything that differs, in the order of the document.
        withheld: How many changes were left out, because they have words that only members may read.

    .. versionadded:: 0.1
    """

    old: Alliance
    new: Alliance
    changes: tuple[Change, ...]
    withheld: int = field(default=0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not self.withheld

    @property
    def joined(self) -> tuple[str, ...]:
        """The members of the new version who were not in the old one, or had left; sorted."""
        return _without(self.new, self.old)

    @property
    def left(self) -> tuple[str, ...]:
        """The members of the old version who have left the new one, or are not in it; sorted."""
        return _without(self.old, self.new)

    @cached_property
    def consents_again(self) -> FrozenMap[tuple[Change, ...]]:
        """
        Exactly the members of the new version whose digest is another than in the old one, each with why.

        Who joined is among them, with everything that differs and concerns them.
        """
        asked: dict[str, list[Change]] = {member: [] for member in self.new.present()}
        for change in self.changes:
            for member in change.concerns:
                if member in asked:
                    asked[member].append(change)
        return FrozenMap({member: tuple(changes) for member, changes in asked.items() if changes})

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those of `consents_again` whose yes to the new version is not in it yet."""
        contents, said = Contents.of(self.new), self.new.ratifications
        asked = self.consents_again
        return tuple(one for one in asked if one not in said or said[one].digest != contents.digest(one))

    def for_member(self, member: str) -> MemberDiff:
        """
        Return what differs for *member*.

        Raises:
            UnknownNameError: Neither version has such a member.
        """
        known = {**self.old.members, **self.new.members}
        if member not in known:
            raise UnknownNameError("member", member, tuple(known))
        is_here = member in self.new.present()
        asked = tuple(one for one in self.changes if is_here and member in one.concerns)
        rest = (one for one in self.changes if not (is_here and member in one.concerns))
        told = tuple(one for one in rest if member in one.touches)
        return MemberDiff(
            member=member,
            name=known[member].name,
            agrees_again=bool(asked),
            is_new=member in self.joined,
            asked=asked,
            told=told,
            others=len(self.changes) - len(asked) - len(told),
        )

    def as_public(self) -> AllianceDiff:
        """Return a copy without the changes that have words for members only: concerns and answers."""
        public = tuple(one for one in self.changes if not one.is_for_members)
        return evolve(self, changes=public, withheld=self.withheld + len(self.changes) - len(public))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "alliance": self.new.id,
            "title": self.new.title,
            "is_empty": self.is_empty,
            "changes": [one.to_dict() for one in self.changes],
            "withheld": self.withheld,
            "joined": list(self.joined),
            "left": list(self.left),
            "consents_again": list(self.consents_again),
            "waiting": list(self.waiting),
        }

    def __bool__(self) -> bool:
        return not self.is_empty

    def __repr__(self) -> str:
        counts = Counter(kind for one in self.changes for kind in one.kinds)
        told = ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing differs"
        return f"AllianceDiff({self.new.id}: {told})"


def _without(one: Alliance, other: Alliance) -> tuple[str, ...]:
    return tuple(sorted({*one.present()} - {*other.present()}))


def diff(old: Alliance, new: Alliance) -> AllianceDiff:
    """
    Return what differs between two versions of an alliance, by clause, and who has to agree again to what.

    Where only the order of entries differs, nothing does. An ``id`` that is another is a change too, and concerns
    everybody: a yes is bound to its alliance.

    .. versionadded:: 0.1
    """
    for name, one in (("old", old), ("new", new)):
        require(one, Alliance, "diff", name)
    return AllianceDiff(old=old, new=new, changes=tuple(_Compared(old, new).changes()))


class _Compared:
    """Two versions of an alliance, side by side."""

    def __init__(self, old: Alliance, new: Alliance) -> None:
        self.before, self.after = units_of(old), units_of(new)
        if old.cadence is not None and new.cadence is not None:
            for units in (self.before, self.after):
                units.pop(("cadence",), None)  # that one of them says nothing is told by what the other says
        self.moved = _moved(self.before, self.after)
        self.present = frozenset(old.present()), frozenset(new.present())
        # Most parts concern the same people, and there may be thousands of each.
        self.named: dict[tuple[People, People, bool], tuple[str, ...]] = {}

    def changes(self) -> Iterator[Change]:
        """Yield everything that differs, in the order of the document."""
        gone = {*self.moved.values()}
        keys = [key for key in {**self.after, **self.before} if key not in gone]
        for key in sorted(keys, key=lambda one: _place_of(one[0])):
            before, after = self.before.get(self.moved.get(key, key)), self.after.get(key)
            if _differ(before, after):
                yield self._change(before, after)

    def _change(self, before: Unit | None, after: Unit | None) -> Change:
        there = [one for one in (after, before) if one is not None]
        is_moved = len({one.element for one in there}) > 1
        return Change(
            element=there[0].element,
            id=there[0].id,
            kinds=kinds_of(before, after),
            before=before.value if before else None,
            after=after.value if after else None,
            was_in=there[-1].element if is_moved else "",
            concerns=self._concerned(before, after, is_moved=is_moved),
            touches=self._people(_touched(before), _touched(after)),
        )

    def _concerned(self, before: Unit | None, after: Unit | None, *, is_moved: bool) -> tuple[str, ...]:
        """Return those for whom what they agree to differs."""
        was, now = (one.agreed if one else None for one in (before, after))
        people = [one.people if one and one.agreed is not None else None for one in (before, after)]
        return self._people(people[0], people[1], is_same=was == now and not is_moved)

    def _people(self, before: People, after: People, *, is_same: bool = False) -> tuple[str, ...]:
        """Return the members of both, sorted; where it is the same for them, those who are in one only."""
        if is_same and before == after:
            return ()
        key = (before, after, is_same)
        if key not in self.named:
            was, now = (_expanded(*one) for one in zip((before, after), self.present, strict=True))
            self.named[key] = tuple(sorted(was ^ now if is_same else was | now))
        return self.named[key]


def _expanded(people: People, present: frozenset[str]) -> frozenset[str]:
    if people is None:
        return frozenset()
    return present if EVERYONE in people else present & people


def _touched(unit: Unit | None) -> People:
    return None if unit is None else unit.people or frozenset({EVERYONE})


def _differ(before: Unit | None, after: Unit | None) -> bool:
    if before is None or after is None or before.plain != after.plain or before.element != after.element:
        return True
    # A promise that names nobody changes hands when the members do. A waiver goes with its clause, and says nothing new.
    return before.element in CLAUSES and (before.agreed, before.people) != (after.agreed, after.people)


def _moved(before: Mapping[Key, Unit], after: Mapping[Key, Unit]) -> dict[Key, Key]:
    """Return where what stands in another element stood before: of ids that stand once in either."""
    gone, come = _alone(before, after), _alone(after, before)
    return {come[name]: gone[name] for name in come if name in gone}


def _alone(here: Mapping[Key, Unit], there: Mapping[Key, Unit]) -> dict[str, Key]:
    counts = Counter(one.id for one in here.values() if one.element in _MOVABLE)
    return {
        one.id: key
        for key, one in here.items()
        if one.element in _MOVABLE and key not in there and counts[one.id] == 1 and not one.id.startswith("x-")
    }


_ORDER: Final = {
    name: place
    for place, name in enumerate(
        inner
        for element in shape_of(Alliance).fields
        for inner in ((element, *CADENCE) if element == "cadence" else (element,))
    )
}


def _place_of(element: str) -> int:
    return _ORDER.get(element, len(_ORDER))
