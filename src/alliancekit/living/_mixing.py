"""
What an alliance is to say that two sides have changed, in the words in which they wrote it.

A document says the same in several forms: with a default written out, or without. So the plain data of the files is
merged, and not that of the values; where the forms differ and the value does not, ours stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from alliancekit.consent import Conflict, merged_order
from alliancekit.living._cutting import ELEMENTS, RESPONSES, Elements
from alliancekit.values import is_mapping, is_same

__all__ = ["ABSENT", "Mixture", "Unit", "places_of", "units_in"]

Unit: TypeAlias = tuple[str, ...]
"""Where a unit stands in the document: its keys from the top."""

ABSENT: Final = object()
"""What a side has where it has nothing."""


def places_of(conflicts: tuple[Conflict, ...]) -> frozenset[Unit]:
    """Return where *conflicts* stand; one about answers that are kept stands for all of these."""
    return frozenset(_place(one) for one in conflicts)


def _place(one: Conflict) -> Unit:
    keys = tuple(one.element.split("."))
    return keys if keys == ("cadence", "review") or not one.id else (*keys, one.id)


def units_in(plain: Mapping[str, Any], elements: Elements = ELEMENTS, *above: str) -> Iterator[tuple[Unit, Any]]:
    """Yield the units of *plain*, each with where it stands."""
    for key, value in plain.items():
        if key in elements and is_mapping(value):
            yield from units_in(value, elements[key], *above, key)
        else:
            yield (*above, key), value


@final
@frozen(kw_only=True)
class Mixture:
    """
    The plain data of two sides, to be made one.

    Attributes:
        disputed: Where the conflicts stand.
        is_ours: Whether what stands in a conflict is as ours; else it is as theirs.
        settled: What the merged value is as plain data: the last word where the forms of both sides differ.
    """

    disputed: AbstractSet[Unit]
    is_ours: bool
    settled: Mapping[str, Any]

    def at(self, place: Unit, base: Any = ABSENT, ours: Any = ABSENT, theirs: Any = ABSENT) -> Any:
        """Return what is to stand at *place*; each side's own is given, where it has something there."""
        elements: Elements | None = ELEMENTS
        for key in place:
            elements = None if elements is None else elements.get(key)
        if elements is not None and place != (RESPONSES,) and _may_hold(ours) and _may_hold(theirs):
            found = self._inside(place, *(side if is_mapping(side) else {} for side in (base, ours, theirs)))
            return found if found or (ours is not ABSENT and theirs is not ABSENT) else ABSENT
        if place in self.disputed:
            return ours if self.is_ours else theirs
        if is_same(base, ours) or is_same(ours, theirs):
            return theirs
        return ours if is_same(base, theirs) else self._last_word(place)

    def _inside(self, place: Unit, *sides: Mapping[str, Any]) -> Any:
        base, ours, theirs = sides
        keys = merged_order(base, ours, theirs)
        found = {key: self.at((*place, key), *(side.get(key, ABSENT) for side in sides)) for key in keys}
        return {key: value for key, value in found.items() if value is not ABSENT}

    def _last_word(self, place: Unit) -> Any:
        found: Any = self.settled
        for key in place:
            found = found.get(key, ABSENT) if is_mapping(found) else ABSENT
        return found


def _may_hold(value: Any) -> bool:
    return value is ABSENT or is_mapping(value)
