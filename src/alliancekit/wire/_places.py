"""Where a walk over plain data stands, and what it asks of the data there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, final

from alliancekit.shapes import Anything, Const, Field, Flag, Items, Number, OneOf, Options, Record, Scalar, Shape, Text
from alliancekit.typing import Pointer
from alliancekit.values import is_list, is_mapping, pointer_of, shorten

# A plain tree as `json.loads` makes it: exact dictionaries and lists.
Plain: TypeAlias = Any


@final
class Place:
    """Where the walk stands. Its pointer and its name are made when something is said of it, which is seldom."""

    __slots__ = ("depth", "holder", "in_mapping", "optional", "token")

    def __init__(self, holder: Place | None, token: str | int, *, optional: bool = True) -> None:
        self.holder = holder
        self.token = token
        self.optional = optional
        self.in_mapping = type(token) is str and holder is not None
        self.depth: int = 0 if holder is None else holder.depth + 1

    @property
    def pointer(self) -> Pointer:
        return "" if self.holder is None else self.holder.pointer + pointer_of(self.token)

    @property
    def name(self) -> str:
        """What messages call it; empty for the document."""
        if self.holder is None:
            return ""
        token = self.token
        return shorten(token)[1:-1] if isinstance(token, str) else f"{self.holder.name} (entry {token + 1})"

    def at(self, token: str | int, *, optional: bool = True) -> Place:
        return Place(self, token, optional=optional)


def fields_of(shape: Record, own_id: str | None) -> Mapping[str, Field]:
    """Return the fields that may be written: an entry under its id has it from there."""
    return shape.fields if own_id is None else {key: one for key, one in shape.fields.items() if key != "id"}


def keys_of(shape: OneOf) -> frozenset[str]:
    return frozenset(key for one in shape.variants if isinstance(one, Record) for key in one.fields)


def is_type(shape: Shape, data: Plain) -> bool:
    """Tell whether *data* is of the JSON type that *shape* describes."""
    match shape:
        case Text() | Options() | Const():
            return type(data) is str
        case Number():
            return type(data) in (int, float)
        case Flag():
            return type(data) is bool
        case Scalar():
            return type(data) in (str, int, float, bool)
        case Items():
            return is_list(data)
        case OneOf(by="type", variants=variants):
            return any(is_type(variant, data) for variant in variants)
        case Anything():
            return True
        case _:
            return is_mapping(data)


def is_deeper(data: Plain, most: int) -> bool:
    """Tell whether collections nest deeper than *most*, without recursion."""
    waiting: list[tuple[Plain, int]] = [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        inner = value.values() if is_mapping(value) else value if is_list(value) else None
        if inner is not None:
            if depth > most:
                return True
            waiting.extend((one, depth + 1) for one in inner)
    return False
