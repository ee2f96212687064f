"""
An alliance taken apart into what is merged as one, and put together again.

A unit is an entry that has a key of its own (a clause, a member, a yes), a single field, the review, an answer that is
kept, or one free key. What stands inside a unit is nobody's business here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from alliancekit import wire
from alliancekit.model import REVIEW, Alliance, Cadence, Response
from alliancekit.shapes import Table, Wired, shape_of
from alliancekit.values import FrozenMap, is_tuple, thaw

__all__ = ["AGREED", "CADENCE", "RESPONSES", "Key", "Units", "assembled", "merged_order", "plain_of", "units_of"]

Key: TypeAlias = tuple[str, str]
"""The element, with a dot where it stands in the cadence, and the key in it; empty for a single field."""

Units: TypeAlias = dict[Key, Any]

CADENCE: Final = ("cadence", "")
"""That there is a cadence at all, though it may be empty."""

RESPONSES: Final = "responses"

AGREED: Final = frozenset(
    {
        *("atmosphere", "values", "success", "expectations", "commitments", "ground_rules"),
        *("cadence.check_ins", "cadence.channels", "cadence.review"),
    }
)
"""The elements of clauses: their ids are unique across all of them."""


def units_of(alliance: Alliance, *, answers: bool) -> Units:
    """
    Return the units of *alliance*, in the order of the document.

    Args:
        alliance: What is taken apart.
        answers: Whether each answer that is kept is a unit; else all of them are one, in which their order counts.
    """
    return dict(_units(alliance, "", answers=answers))


def _units(value: Wired, within: str, *, answers: bool) -> Iterator[tuple[Key, Any]]:
    for one in shape_of(type(value)).fields.values():
        held, element = getattr(value, one.name), f"{within}{one.key}"
        if isinstance(one.shape, Table):
            yield from (((element, key), entry) for key, entry in held.items())
            yield from (((element, key), free) for key, free in held.extra.items())
        elif isinstance(held, Cadence):
            yield CADENCE, True
            yield from _units(held, "cadence.", answers=answers)
        elif element == RESPONSES and answers:
            yield from (((element, name), group) for name, group in _answers(held).items())
        elif held != one.default:
            yield (element, REVIEW if one.key == REVIEW else ""), held
    for key, free in value.extra.items():
        yield ("cadence", key) if within else (key, ""), free


def _answers(responses: Iterable[Response]) -> Mapping[str, Any]:
    """Return the answers by what was asked of whom; several to the same are one unit, for nothing tells them apart."""
    groups: defaultdict[str, list[Response]] = defaultdict(list)
    for one in responses:
        groups["/".join((one.prompt, one.by or "", one.for_ or "")).rstrip("/")].append(one)
    return {name: group[0] if len(group) == 1 else tuple(group) for name, group in groups.items()}


def assembled(units: Mapping[Key, Any]) -> Alliance:
    """Return the alliance that consists of *units*, in their order; what is not among them is as a new one has it."""
    held: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for (element, key), value in units.items():
        held[element][key] = value
    fields = _fields(Alliance, held, "")
    free = {element: entry[""] for element, entry in held.items() if _is_free(element)}
    return Alliance(**fields, extra=FrozenMap(free))


def _fields(cls: type[Wired], units: Mapping[str, Mapping[str, Any]], within: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for one in shape_of(cls).fields.values():
        element = f"{within}{one.key}"
        held = units.get(element, {})
        if isinstance(one.shape, Table):
            known = {key: value for key, value in held.items() if not _is_free(key)}
            fields[one.name] = FrozenMap(known, extra=_free(held))
        elif element == RESPONSES:
            fields[one.name] = tuple(_flat(held.values()))
        elif one.key == CADENCE[0]:
            fields[one.name] = _cadence(units)
        elif held:
            fields[one.name] = next(iter(held.values()))
    return fields


def _cadence(units: Mapping[str, Mapping[str, Any]]) -> Cadence | None:
    # What one side puts into it is there, though the other took it away.
    if not any(element.partition(".")[0] == CADENCE[0] for element in units):
        return None
    return Cadence(**_fields(Cadence, units, "cadence."), extra=FrozenMap(_free(units.get(CADENCE[0], {}))))


def _free(held: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in held.items() if _is_free(key)}


def _is_free(key: str) -> bool:
    return key.startswith("x-")


def _flat(groups: Iterable[Any]) -> Iterator[Response]:
    for group in groups:
        yield from group if is_tuple(group) else (group,)


def plain_of(value: Any) -> Any:
    """Return a unit as plain data."""
    if isinstance(value, Wired):
        return wire.unstructure(value)
    if is_tuple(value):
        return [plain_of(one) for one in value]
    return value.isoformat() if isinstance(value, date) else thaw(value)


def merged_order(base: Iterable[str], ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """
    Return the keys of both sides, each once, in an order in which both find their own again as far as can be.

    Where only one side has moved what all know, the order is that side's; else it is ours. What only the other side
    has stands behind what it stood behind there.

    .. versionadded:: 0.1
    """
    first, second = dict.fromkeys(ours), dict.fromkeys(theirs)
    before = [key for key in dict.fromkeys(base) if key in first and key in second]
    known = frozenset(before)
    if [key for key in first if key in known] == before:
        # Both may be as before: then it is all the same.
        is_moved = [key for key in second if key in known] != before
        first, second = (second, first) if is_moved else (first, second)
    return tuple(_woven(first, second))


def _woven(first: Mapping[str, None], second: Mapping[str, None]) -> Iterator[str]:
    behind: defaultdict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for key in second:
        if key in first:
            last = key
        else:
            behind[last].append(key)
    waiting = behind.pop(None, [])
    for key in first:
        # What the first side alone has comes before what the second alone has at the same place.
        if key in second:
            yield from waiting
            waiting = behind.pop(key, [])
        yield key
    yield from waiting
