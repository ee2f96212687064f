"""
Bringing together what two sides made of one alliance.

It is three-way and by unit: what only one side changed is as that side has it, what both changed alike is so, and what
they changed differently is a conflict, which holds both. Nothing inside a unit is mixed: two halves of a promise are a
promise that nobody gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any, Final, final

from attrs import frozen

from alliancekit.consent._units import (
    AGREED,
    Key,
    Units,
    assembled,
    merged_order,
    plain_of,
    units_of,
)
from alliancekit.errors import require
from alliancekit.model import Alliance, Ratification
from alliancekit.values import is_same

__all__ = ["Conflict", "Merged", "merge"]


@final
@frozen(kw_only=True)
class Conflict:
    """
    Something that two sides changed differently.

    Attributes:
        element: The key of the document under which it stands, or the key itself of a single field; in the cadence
            ``cadence.check_ins``, ``cadence.channels`` or ``cadence.review``.
        id: Its key there; the review's is ``review``; empty for a single field. An answer that is kept is called by its
            prompt, by whom and about what it is, with slashes between.
        base: What it was; None where it was not there.
        ours: What our side made of it; None where it is not there.
        theirs: What their side made of it; None where it is not there.

    .. versionadded:: 0.1
    """

    element: str
    id: str
    base: Any
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        name = f"{self.element}: {self.id}" if self.id else self.element
        if self.ours is None or self.theirs is None:
            one, other = ("ours", "theirs") if self.ours is None else ("theirs", "ours")
            return f"{name}: {one} is without it, and {other} {'added' if self.base is None else 'changed'} it"
        return f"{name}: {'changed' if self.base is not None else 'added'} on both sides, and differently"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        sides = {"base": self.base, "ours": self.ours, "theirs": self.theirs}
        return {"element": self.element, "id": self.id, **{side: plain_of(one) for side, one in sides.items()}}


@final
@frozen(kw_only=True)
class Merged:
    """
    What becomes of an alliance that two sides have changed.

    Attributes:
        alliance: Everything that both sides agree on; what they do not stands as our side has it.
        alternative: The same, but what they do not agree on stands as their side has it.
        conflicts: What they do not agree on, in the order of the document.

    .. versionadded:: 0.1
    """

    alliance: Alliance
    alternative: Alliance
    conflicts: tuple[Conflict, ...]

    @property
    def is_clean(self) -> bool:
        """Whether there is no conflict."""
        return not self.conflicts

    def to_dict(self) -> dict[str, Any]:
        """Return the conflicts as plain data, and whether there are none."""
        return {"is_clean": self.is_clean, "conflicts": [one.to_dict() for one in self.conflicts]}


def merge(base: Alliance | None, ours: Alliance, theirs: Alliance) -> Merged:
    """
    Return what *ours* and *theirs*, which both came from *base*, are together.

    Whichever side is ours, there are the same clauses and the same conflicts. Of two times a member said yes, the later
    one stands: nobody can choose between two digests, and where neither is of what the result says, `status` and
    `stale_members` tell who has to agree again. Of one day, it is the one whose digest is the greater.

    Args:
        base: What both began with; None where each began anew.
        ours: What one side made of it.
        theirs: What the other side made of it.

    .. versionadded:: 0.1
    """
    for name, one in (("ours", ours), ("theirs", theirs), *((("base", base),) if base is not None else ())):
        require(one, Alliance, "merge", name)
    answers = _are_split(*(() if base is None else base.responses, ours.responses, theirs.responses))
    old: Units = {} if base is None else units_of(base, answers=answers)
    return _Sides(old, units_of(ours, answers=answers), units_of(theirs, answers=answers)).merged()


def _are_split(*responses: tuple[Any, ...]) -> bool:
    """Return whether both sides changed the answers that are kept; while one has not, their order is kept too."""
    base, ours, theirs = map(plain_of, responses)
    return not (is_same(base, ours) or is_same(base, theirs) or is_same(ours, theirs))


_ABSENT: Final = object()


@final
@frozen
class _Sides:
    """The units of the base and of both sides."""

    base: Units
    ours: Units
    theirs: Units

    def merged(self) -> Merged:
        order = self._order()
        disputed = {key for key in order if self._is_disputed(key)}
        disputed |= set(self._twice([key for key in order if key in disputed or self._settled(key) is not _ABSENT]))
        return Merged(
            alliance=self._resolved(order, disputed, self.ours),
            alternative=self._resolved(order, disputed, self.theirs),
            conflicts=tuple(self._conflict(key) for key in order if key in disputed),
        )

    def _order(self) -> list[Key]:
        """Return the keys of both sides, element by element."""
        elements = merged_order(*((element for element, _ in units) for units in (self.base, self.ours, self.theirs)))
        base, ours, theirs = map(_by_element, (self.base, self.ours, self.theirs))
        return [(one, key) for one in elements for key in merged_order(base[one], ours[one], theirs[one])]

    def _is_disputed(self, key: Key) -> bool:
        base, ours, theirs = self._three(key)
        if _is_alike(ours, theirs) or _is_alike(base, ours) or _is_alike(base, theirs):
            return False
        return _yes(ours) == _yes(theirs) or not (_yes(ours) and _yes(theirs))

    def _settled(self, key: Key) -> Any:
        """Return what *key*, which is not disputed, is from now on."""
        base, ours, theirs = self._three(key)
        if _is_alike(base, ours) or _is_alike(base, theirs):
            return theirs if _is_alike(base, ours) else ours
        return ours if _yes(ours) >= _yes(theirs) else theirs

    def _three(self, key: Key) -> tuple[Any, Any, Any]:
        return tuple(units.get(key, _ABSENT) for units in (self.base, self.ours, self.theirs))

    def _twice(self, possible: Iterable[Key]) -> Iterator[Key]:
        """Yield the clauses that would share an id although neither side has two of that id."""
        elements: defaultdict[str, list[str]] = defaultdict(list)
        for element, name in possible:
            if element in AGREED and not name.startswith("x-"):
                elements[name].append(element)
        for name, found in elements.items():
            for one, other in combinations(found, 2):
                pair = {(one, name), (other, name)}
                if not (pair <= self.ours.keys() or pair <= self.theirs.keys()):
                    yield from pair

    def _resolved(self, order: Iterable[Key], disputed: set[Key], side: Mapping[Key, Any]) -> Alliance:
        found = ((key, side.get(key, _ABSENT) if key in disputed else self._settled(key)) for key in order)
        return assembled({key: value for key, value in found if value is not _ABSENT})

    def _conflict(self, key: Key) -> Conflict:
        base, ours, theirs = (None if one is _ABSENT else one for one in self._three(key))
        return Conflict(element=key[0], id=key[1], base=base, ours=ours, theirs=theirs)


def _by_element(units: Units) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for element, key in units:
        found[element].append(key)
    return found


def _yes(unit: Any) -> tuple[date, str] | tuple[()]:
    """Return when a member said yes to what; nothing of any other unit, and of a yes with words beside it."""
    return (unit.date, unit.digest) if isinstance(unit, Ratification) and not unit.extra else ()


def _is_alike(one: Any, other: Any) -> bool:
    if one is other:
        return True
    return _ABSENT not in (one, other) and is_same(plain_of(one), plain_of(other))
