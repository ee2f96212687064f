"""Classes on the wire: how annotations and docstrings are read, and the base that holds values to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import groupby
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Final, Literal, Union, cast, final, get_args, get_origin, get_type_hints

from attrs import NOTHING, Factory, evolve, field, fields, frozen, has

from alliancekit.errors import InvalidValueError
from alliancekit.shapes._kinds import (
    Anything,
    Const,
    Flag,
    Items,
    Key,
    Number,
    OneOf,
    Options,
    Scalar,
    Shape,
    Table,
    Text,
)
from alliancekit.values import EMPTY, FrozenMap, frozen_map, is_frozen_map, is_tuple, shorten

ASIDE: Final[Mapping[str, bool]] = MappingProxyType({"aside": True})
"""The metadata of a field that Python alone knows: it is not written, and nothing is asked of it."""


@final
@frozen(kw_only=True)
class Field:
    """
    One field of a class.

    Attributes:
        name: In Python.
        key: On the wire.
        shape: What it holds.
        required: Whether it must be written.
        default: What it is in Python where it is not written.
        doc: What it means, from the docstring.
        tag: Whether its presence tells the class apart in a union.
    """

    name: str
    key: str
    shape: Shape
    required: bool
    default: object
    doc: str
    tag: bool


@final
@frozen
class Record:
    """
    A class on the wire: a mapping with known keys, beside the free ones that begin with ``x-``.

    Attributes:
        cls: The class.
    """

    cls: type[Wired]

    @property
    def expected(self) -> str:
        return f"a mapping ({self.cls.__name__})"

    @cached_property
    def doc(self) -> str:
        """What the class is, in one sentence."""
        return _paragraph(self.cls.__doc__ or "")

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Its fields, by key, in the order in which they are written; ``id`` first where the holder's key is not it."""
        hints = get_type_hints(self.cls, include_extras=True)
        docs = _field_docs(self.cls)
        told = (a for a in fields(self.cls) if a.name != "extra" and ASIDE.items().isdisjoint(a.metadata.items()))
        found = [_field(a, hints[a.name], docs.get(a.name, "")) for a in told]
        return {f.key: f for f in found}

    @cached_property
    def problems(self) -> tuple[tuple[str, object, Callable[[object], str | None]], ...]:
        """What the constructor asks of each field: its name, its default, and what is wrong with a value."""
        return tuple((one.name, one.default, one.shape.problem) for one in self.fields.values())

    @cached_property
    def constants(self) -> frozenset[str]:
        """The names of the fields that are always written, though Python knows their value."""
        return frozenset(one.name for one in self.fields.values() if isinstance(one.shape, Const))

    @cached_property
    def tag(self) -> str:
        """The key, or the kind, that tells this class apart in a union; empty when nothing does."""
        for one in self.fields.values():
            if one.tag:
                return one.key
            if isinstance(one.shape, Const):
                return one.shape.value
        return ""

    def problem(self, value: object) -> str | None:
        return None if type(value) is self.cls else f"must be a {self.cls.__name__}, not {shorten(value)}"


def _free(data: Mapping[str, Any]) -> FrozenMap[Any]:
    given: Any = data
    if not is_frozen_map(given) and isinstance(given, Mapping):
        return frozen_map(data) if data else EMPTY
    return cast("FrozenMap[Any]", given)


@frozen(kw_only=True, repr=False)
class Wired:
    """
    A frozen value that a document can carry; it is legal once it is built.

    Attributes:
        extra: The entries whose keys begin with ``x-``: free, and carried along untouched.
    """

    extra: FrozenMap[Any] = field(default=EMPTY, converter=_free)

    def __attrs_post_init__(self) -> None:
        for name, default, problem in shape_of(type(self)).problems:
            value = getattr(self, name)
            if value is not default and (reason := problem(value)):
                raise InvalidValueError(type(self).__name__, name, reason)
        if not is_frozen_map(self.extra):
            raise InvalidValueError(type(self).__name__, "extra", f"must be a mapping, not {shorten(self.extra)}")
        if self.extra and (wrong := [key for key in self.extra if not key.startswith("x-")]):
            raise InvalidValueError(type(self).__name__, "extra", f"{shorten(wrong[0])} does not begin with x-")

    def __repr__(self) -> str:
        # Somebody's words are never shown: a repr ends up in logs.
        parts = (f"{one.name}={_glimpse(getattr(self, one.name))}" for one in self._shown())
        return f"{type(self).__name__}({', '.join(parts)})"

    def _shown(self) -> Iterable[Field]:
        for one in shape_of(type(self)).fields.values():
            if not _is_prose(one.shape) and getattr(self, one.name) != one.default:
                yield one


def _is_prose(shape: Shape) -> bool:
    if isinstance(shape, Items):
        return _is_prose(shape.item)
    return isinstance(shape, Anything | Scalar) or (isinstance(shape, Text) and shape.prose)


def _glimpse_item(value: Any) -> str:
    if isinstance(value, str):
        return repr(value)
    return (_name_of(value) if isinstance(value, Wired) else "") or type(value).__name__


def _name_of(value: Wired) -> str:
    """Return the id of *value*, which no words of anybody are; empty when it has none."""
    for one in shape_of(type(value)).fields.values():
        is_id = isinstance(one.shape, Text) and one.shape.rule == "bad-id"
        if is_id and (one.tag or one.name == "id"):
            return str(getattr(value, one.name))
    return ""


def _counted(names: Iterable[str]) -> str:
    """Return *names* in their order, with how often where one comes again and again."""
    runs = ((name, len(list(run))) for name, run in groupby(names))
    return ", ".join(name if count == 1 else f"{count} × {name}" for name, count in runs)


def _glimpse(value: Any) -> str:
    if is_frozen_map(value):
        return f"{{{', '.join(value)}}}"
    if is_tuple(value):
        return f"[{_counted(map(_glimpse_item, value))}]"
    return str(value) if isinstance(value, date | time | datetime) else repr(value)


_RECORDS: Final[dict[type[Any], Record]] = {}


def shape_of(cls: type[Any]) -> Record:
    """Return the shape of *cls*, a subclass of `Wired`; its fields are read when they are first asked for."""
    if (found := _RECORDS.get(cls)) is None:
        found = _RECORDS[cls] = Record(cls)
    return found


def _field(attribute: Any, hint: Any, doc: str) -> Field:
    key = next((mark for mark in _marks(hint) if isinstance(mark, Key)), Key(attribute.name.rstrip("_")))
    default = attribute.default
    if isinstance(default, Factory):  # type: ignore[arg-type]
        default = default.factory()
    shape = _shape(hint)
    return Field(
        name=attribute.name,
        key=key.name,
        shape=shape,
        required=default is NOTHING or isinstance(shape, Const),
        default=default,
        doc=doc,
        tag=key.tag,
    )


def _marks(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) is Annotated:
        return (*hint.__metadata__, *_marks(hint.__origin__))
    if get_origin(hint) in (Union, UnionType):
        return next((_marks(part) for part in get_args(hint) if part is not type(None)), ())
    return ()


_PLAIN: Final[Mapping[Any, Shape]] = {
    bool: Flag(),
    int: Number(),
    float: Number(whole=False),
    str: Text(),
    Any: Anything(),
    date: Text(
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        rule="bad-date",
        expected="a date like 2026-11-01",
        examples=("2026-11-01",),
        parse=date.fromisoformat,
        render=date.isoformat,
        kind=date,
    ),
    time: Text(
        pattern="^[0-9]{2}:[0-9]{2}$",
        rule="bad-time",
        expected="a time like 09:30",
        examples=("09:30",),
        parse=time.fromisoformat,
        render=lambda value: value.isoformat("minutes"),
        kind=time,
    ),
    datetime: Text(
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?Z$",
        rule="bad-time",
        expected="a time in UTC like 2026-11-01T09:00:00Z",
        examples=("2026-11-01T09:00:00Z",),
        parse=lambda text: datetime.fromisoformat(text).astimezone(UTC),
        render=lambda value: value.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        kind=datetime,
    ),
}


def _shape(hint: Any) -> Shape:
    """Return the shape that an annotation describes."""
    if get_origin(hint) is Annotated:
        return _annotated(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        present = [part for part in args if part is not type(None)]
        return _shape(present[0]) if len(present) == 1 else _union([_shape(part) for part in present])
    if origin is Literal:
        return Const(args[0]) if len(args) == 1 else Options(docs=dict.fromkeys(args, ""))
    if origin is tuple:
        return Items(item=_shape(args[0]))
    if isinstance(hint, type) and has(hint) and issubclass(hint, Wired):
        return shape_of(hint)
    return _PLAIN[hint]


def _annotated(hint: Any) -> Shape:
    inner = hint.__origin__
    for mark in hint.__metadata__:
        if isinstance(mark, Items | Table):
            return evolve(mark, item=_shape(get_args(inner)[0]))
        if not isinstance(mark, Key):
            return mark  # type: ignore[no-any-return]
    return _shape(inner)


def _union(variants: list[Shape]) -> OneOf:
    # A recursive union must not read the fields of its own members yet: the annotation of a class is enough.
    records = [variant for variant in variants if isinstance(variant, Record)]
    if len(records) < len(variants):
        return OneOf(variants=tuple(variants), by="type")
    by: Literal["key", "kind"] = "kind" if all("kind" in _field_names(one.cls) for one in records) else "key"
    return OneOf(variants=tuple(variants), by=by)


def _field_names(cls: type[Any]) -> frozenset[str]:
    return frozenset(a.name for a in fields(cls))


def _paragraph(text: str) -> str:
    return _unmarked(" ".join(text.strip().split("\n\n")[0].split()))


def _unmarked(text: str) -> str:
    # A docstring is marked up for documentation in Python; editors and reference pages show plain Markdown.
    return text.replace("``", "`")


def _field_docs(cls: type[Any]) -> dict[str, str]:
    """Return what the ``Attributes:`` sections of a class and its bases say, by name."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        _, _, section = (base.__doc__ or "").partition("Attributes:\n")
        name = ""
        for line in section.split("\n"):
            if opened := re.match(r" {8}(\w+): (.*)", line):
                name, found[opened[1]] = opened[1], opened[2]
            elif line.startswith(" " * 12) and name:
                found[name] += f" {line.strip()}"
            elif line.strip():
                break
    return {name: _unmarked(doc) for name, doc in found.items()}


def ids(names: Iterable[str]) -> tuple[Any, ...]:
    """Return *names* as a tuple; one text alone stays one, because it would be taken for its letters."""
    return many(names)


def many(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return *items* as a tuple; what is no list stays as it is, and the shape of the field says so."""
    given: Any = items
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        return cast("tuple[Any, ...]", given)
    return tuple(items)


def entries(items: Mapping[str, Any] | Iterable[Any]) -> FrozenMap[Any]:
    """
    Return *items* by their ids; raises ValueError where two share one.

    What has no ids stays as it is, and the shape of the field says so.
    """
    if is_frozen_map(items) or isinstance(items, Mapping):
        return table(cast("Mapping[str, Any]", items))
    listed = many(items)
    if not (is_tuple(listed) and all(map(_has_id, listed))):
        return cast("FrozenMap[Any]", listed)
    by_id = FrozenMap((item.id, item) for item in listed)
    if len(by_id) < len(listed):
        raise ValueError("two entries have the same id")
    return by_id


def keyed(items: Mapping[str, Any] | Iterable[Any]) -> FrozenMap[Any]:
    """Return *items* by their ids, as `entries` does; raises TypeError for what has no ids."""
    found = entries(items)
    if not is_frozen_map(found):
        raise TypeError(f"expected values that have an id, not {shorten(items)}")
    return found


def _has_id(item: Any) -> bool:
    return isinstance(getattr(item, "id", None), str)


def table(items: Mapping[str, Any]) -> FrozenMap[Any]:
    """Return *items* as an immutable mapping; what is no mapping stays as it is, and the shape of the field says so."""
    given: Any = items
    return (
        FrozenMap(items) if not is_frozen_map(given) and isinstance(given, Mapping) else cast("FrozenMap[Any]", given)
    )
