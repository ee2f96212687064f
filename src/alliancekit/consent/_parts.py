"""
An alliance taken apart into what can change by itself: an entry, a single field, a free key.

Beside what the document says, a unit knows what of it is agreed to and by whom, so that two versions of it can be held
against each other twice: as documents, and as what people said yes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen

from alliancekit import wire
from alliancekit.consent._content import Contents
from alliancekit.model import EVERYONE, REVIEW, Alliance
from alliancekit.shapes import shape_of
from alliancekit.values import is_frozen_map

__all__ = ["CADENCE", "CLAUSES", "Key", "Unit", "units_of"]

Key: TypeAlias = tuple[str, ...]
"""What tells a unit from every other of its alliance."""

CLAUSES: Final = frozenset(
    {
        "atmosphere",
        "values",
        "success",
        "expectations",
        "commitments",
        "ground_rules",
        "cadence.check_ins",
        "cadence.channels",
    }
)
"""The elements that hold clauses by their ids, which are unique across them."""

CADENCE: Final = ("cadence.check_ins", "cadence.channels", "cadence.review")
"""What a cadence has, in its order."""

_ALL: Final = frozenset({EVERYONE})


@final
@frozen(eq=False)
class Unit:
    """
    One part of an alliance.

    Attributes:
        element: The key under which it stands; of a cadence with what it is there: ``cadence.check_ins``.
        id: What it is called there; empty for a single field.
        value: It, as a value.
        plain: It, as plain data.
        agreed: What of it is agreed to, in one way of writing; None where it is nothing.
        people: Who agrees to that; ``everyone`` is not expanded.
    """

    element: str
    id: str
    value: Any
    plain: Any
    agreed: Any = None
    people: frozenset[str] = field(default=frozenset(), kw_only=True)


Agreed: TypeAlias = Mapping[Key, tuple[Any, frozenset[str]]]


def units_of(alliance: Alliance) -> dict[Key, Unit]:
    """Return everything that *alliance* says, in the order of the document."""
    plain: dict[str, Any] = wire.unstructure(alliance)
    agreed = _agreed(alliance)
    elements = (*shape_of(Alliance).fields, *alliance.extra)
    return dict(found for element in elements for found in _units(alliance, element, plain, agreed))


def _agreed(alliance: Alliance) -> Agreed:
    found: dict[Key, tuple[Any, frozenset[str]]] = {("id",): (alliance.id, _ALL)}
    for part in Contents.of(alliance).parts:
        if part.element != "cadence":
            found[(part.element, part.key) if part.key else (part.element,)] = (part.plain, part.people)
            continue
        for name, held in part.plain.items():
            entries = {REVIEW: held} if name == REVIEW else held
            found |= {(f"cadence.{name}", key): (one, part.people) for key, one in entries.items()}
    return found | {("members", member): (True, _ALL) for member in alliance.present()}


def _units(alliance: Alliance, element: str, plain: Mapping[str, Any], agreed: Agreed) -> Iterator[tuple[Key, Unit]]:
    if element in alliance.extra:
        yield _one(element, "", alliance.extra[element], plain[element], agreed)
        return
    value = getattr(alliance, element)
    if element == "cadence":
        yield from _cadence_units(value, plain.get(element), agreed)
    elif element == "responses":
        yield from _response_units(value, plain.get(element, []))
    elif is_frozen_map(value):
        yield from _entries(element, value, plain.get(element, {}), agreed)
    elif value is not None and value != ():
        yield _one(element, "", value, plain.get(element, value), agreed)


def _entries(element: str, held: Any, plain: Mapping[str, Any], agreed: Agreed) -> Iterator[tuple[Key, Unit]]:
    for key, value in (*held.items(), *held.extra.items()):
        yield _one(element, key, value, plain[key], agreed)


def _one(element: str, id: str, value: Any, plain: Any, agreed: Agreed) -> tuple[Key, Unit]:
    key = (element, id) if id else (element,)
    said, people = agreed.get(key, (None, frozenset()))
    return key, Unit(element, id, value, plain, said, people=people)


def _cadence_units(cadence: Any, plain: Any, agreed: Agreed) -> Iterator[tuple[Key, Unit]]:
    if cadence is None:
        return
    for name in ("check_ins", "channels"):
        yield from _entries(f"cadence.{name}", getattr(cadence, name), plain.get(name, {}), agreed)
    if cadence.review is not None:
        yield _one("cadence.review", REVIEW, cadence.review, plain["review"], agreed)
    for key, value in cadence.extra.items():
        yield _one("cadence", key, value, plain[key], agreed)
    if not plain:  # it is there, and says nothing
        yield _one("cadence", "", cadence, plain, agreed)


def _response_units(responses: tuple[Any, ...], plain: list[Any]) -> Iterator[tuple[Key, Unit]]:
    """Yield each answer, known by what was asked of whom and about what; of several alike, by its number too."""
    met: Counter[Key] = Counter()
    for value, one in zip(responses, plain, strict=True):
        name = ("responses", value.prompt, value.by or "", value.for_ or "")
        met[name] += 1
        yield (*name, str(met[name])), Unit("responses", value.prompt, value, one)
