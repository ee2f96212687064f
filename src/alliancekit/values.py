"""
Immutable plain data, and pointers into it.

Everything public is frozen, so what a document carries as free JSON (``x-`` keys, answers) is kept as texts, numbers,
tuples and `FrozenMap`; `freeze` and `thaw` go between that and lists and dictionaries.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from typing import Any, Final, TypeGuard, TypeVar, final

from alliancekit.typing import Json, Pointer

__all__ = [
    "EMPTY",
    "FrozenMap",
    "freeze",
    "frozen_map",
    "is_frozen_map",
    "is_list",
    "is_mapping",
    "is_same",
    "is_tuple",
    "pointer_of",
    "shorten",
    "thaw",
    "tokens_of",
]

V_co = TypeVar("V_co", covariant=True)
W = TypeVar("W")


@final
class FrozenMap(Mapping[str, V_co]):
    """
    An immutable, picklable mapping with text keys that iterates in the order in which it was built.

    Two are equal when they hold the same entries and extras; order is kept and means nothing.

    Attributes:
        extra: The entries whose keys begin with ``x-``: free, and carried along untouched.

    .. versionadded:: 0.1
    """

    __slots__ = ("_entries", "_extra", "_hash")

    def __init__(
        self, entries: Mapping[str, V_co] | Iterable[tuple[str, V_co]] = (), *, extra: Mapping[str, Json] | None = None
    ) -> None:
        self._entries: dict[str, V_co] = dict(entries)
        self._extra: FrozenMap[Json] | None = frozen_map(extra) if extra else None
        self._hash: int | None = None

    @property
    def extra(self) -> FrozenMap[Json]:
        """The entries whose keys begin with ``x-``."""
        return self._extra if self._extra is not None else EMPTY

    def __getitem__(self, key: str) -> V_co:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    # What Mapping offers goes through __getitem__ for every entry.
    def keys(self) -> KeysView[str]:
        """Return the keys, in order."""
        return self._entries.keys()

    def values(self) -> ValuesView[V_co]:
        """Return the values, in order."""
        return self._entries.values()

    def items(self) -> ItemsView[str, V_co]:
        """Return the keys with their values, in order."""
        return self._entries.items()

    def __eq__(self, other: object) -> bool:
        if is_frozen_map(other):
            return self._entries == other._entries and self._extra == other._extra
        return NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._entries.items()))
        return self._hash

    def __repr__(self) -> str:
        # Keys only: a value may be somebody's answer.
        return f"FrozenMap({', '.join(self._entries)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self._entries, self._extra and dict(self._extra))

    def with_entry(self: FrozenMap[W], key: str, value: W) -> FrozenMap[W]:
        """Return a copy in which *key* is *value*; a known key keeps its place."""
        return FrozenMap({**self._entries, key: value}, extra=self._extra)

    def without(self, *keys: str) -> FrozenMap[V_co]:
        """Return a copy that lacks *keys*; unknown ones are passed over."""
        return FrozenMap({k: v for k, v in self._entries.items() if k not in keys}, extra=self._extra)


def is_frozen_map(value: object) -> TypeGuard[FrozenMap[Any]]:
    """Return whether *value* is what a mapping is once it is frozen."""
    return isinstance(value, FrozenMap)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Return whether *value* is what a list is once it is frozen."""
    return isinstance(value, tuple)


def is_mapping(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether *value* is a mapping in plain data; a frozen one is not."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Return whether *value* is a list in plain data; a tuple is not."""
    return isinstance(value, list)


def is_same(one: object, other: object) -> bool:
    """Return whether two values in plain data are equal and of the same types: 1 is neither True nor 1.0."""
    if type(one) is not type(other):
        return False
    if is_mapping(one) and is_mapping(other):
        return one.keys() == other.keys() and all(is_same(part, other[key]) for key, part in one.items())
    if is_list(one) and is_list(other):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other


def _rebuild(entries: dict[str, V_co], extra: dict[str, Json] | None) -> FrozenMap[V_co]:
    return FrozenMap(entries, extra=extra)


EMPTY: Final[FrozenMap[Any]] = FrozenMap()
"""Nothing, by no key: it is immutable, so all may share it."""


def frozen_map(data: Mapping[str, Json]) -> FrozenMap[Json]:
    """Return *data*, frozen all the way down."""
    return FrozenMap({key: freeze(value) for key, value in data.items()})


def freeze(data: Json) -> Json:
    """Return *data* with every list a tuple and every mapping a `FrozenMap`."""
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        return data if isinstance(data, FrozenMap) else frozen_map(data)
    return tuple(map(freeze, data)) if isinstance(data, Sequence) else data


def thaw(data: Json) -> Any:
    """Return *data* with every tuple a list and every mapping a dictionary: what `json.dumps` takes."""
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        return {key: thaw(value) for key, value in data.items()}
    return list(map(thaw, data)) if isinstance(data, Sequence) else data


def pointer_of(*tokens: str | int) -> Pointer:
    """Return the RFC 6901 pointer through *tokens*: ``pointer_of("a/b", 0) == "/a~1b/0"``."""
    plain = "/".join(map(str, tokens))
    if "~" not in plain and plain.count("/") == len(tokens) - 1:
        return f"/{plain}"  # most tokens are ids
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in tokens)


def tokens_of(pointer: Pointer) -> tuple[str, ...]:
    """Return the tokens of *pointer*, list positions as texts."""
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def shorten(value: object, most: int = 60) -> str:
    """
    Return the `repr` of a scalar, or the kind of a collection, cut to *most* characters.

    Messages quote what they found; a hostile file must not choose how long they get.
    """
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    if isinstance(value, str):
        value = value[: most + 1]
    elif isinstance(value, int) and abs(value) > 10**most:
        return "a very large number"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
