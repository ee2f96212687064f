"""
Plain data to values and back, strictly, through cattrs.

The mapping, whole:

- a class is a mapping with known keys; an absent key is the default, and a default is not written;
- keys beginning ``x-`` go to ``extra``, frozen; any other unknown key is refused;
- an entry of a keyed mapping gets its key as ``id``;
- dates, times and instants are ISO texts; tuples are lists; ``null`` is never anything;
- 30.0 is the integer 30; nothing else is ever coerced;
- a union is told apart by its key, its kind, or its type in JSON, as its shape says.

The converter answers yes or no: it raises `Refused`, or the error of a constructor. Why is for `explain` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from alliancekit.shapes import (
    Anything,
    Flag,
    Items,
    Number,
    OneOf,
    Record,
    Scalar,
    Shape,
    Table,
    Text,
    Wired,
    shape_of,
)
from alliancekit.values import FrozenMap, freeze, is_list, is_mapping, thaw

if TYPE_CHECKING:
    from cattrs import Converter

Hook: TypeAlias = Callable[[Any], Any]


class Refused(ValueError):  # noqa: N818 - a verdict inside this room, and never raised out of it
    """The data does not fit; `explain` says why."""


def make_converter() -> Converter:
    """Return a cattrs converter that structures and unstructures every class of alliancekit, strictly."""
    from cattrs import Converter

    return configure_converter(Converter())


def configure_converter(converter: Converter) -> Converter:
    """
    Register the hooks for alliancekit's classes on *converter*, and return it.

    For a host that holds our values inside classes of its own.
    """

    def is_wired(cls: Any) -> bool:
        return isinstance(cls, type) and issubclass(cls, Wired)

    def make_structure(cls: Any) -> Callable[[Any, Any], Any]:
        read = reader(shape_of(cls))
        return lambda data, _: read(data)

    def make_unstructure(cls: Any) -> Callable[[Any], Any]:
        return writer(shape_of(cls))

    converter.register_structure_hook_factory(is_wired, make_structure)
    converter.register_unstructure_hook_factory(is_wired, make_unstructure)
    return converter


@cache
def reader(shape: Record) -> Hook:
    """Return the function that structures a class."""
    known = {one.key: (one.name, _reader(one.shape)) for one in shape.fields.values()}
    cls = shape.cls

    def read(data: Any) -> Any:
        if not is_mapping(data):
            raise Refused
        found: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, value in data.items():
            if (field := known.get(key)) is not None:
                found[field[0]] = field[1](value)
            elif key[:2] == "x-":
                extra[key] = value
            else:
                raise Refused(key)
        if extra:
            found["extra"] = extra
        for name in shape.constants:
            if name not in found:
                raise Refused(name)
        return cls(**found)

    return read


def _reader(shape: Shape) -> Hook:
    """Return the function that structures what *shape* describes."""
    match shape:
        case Text(kind=kind):
            return _read_text if kind is str else _text_reader(shape)
        case Number(whole=whole):
            return _read_whole if whole else _read_number
        case Flag():
            return _read_flag
        case Scalar():
            return _read_scalar
        case Anything():
            return _read_anything
        case Items():
            return _items_reader(shape)
        case Table():
            return _table_reader(shape)
        case OneOf():
            return _one_reader(shape)
        case Record():
            return _later(lambda: reader(shape))
        case _:
            return _read_text


def _later(make: Callable[[], Hook]) -> Hook:
    """Return a hook that is made when it is first used: classes may hold each other."""
    made: list[Hook] = []

    def hook(data: Any) -> Any:
        if not made:
            made.append(make())
        return made[0](data)

    return hook


def read_part(shape: Shape, data: Any) -> Any:
    """Return the value that *shape* describes; raises `ValueError` where *data* does not fit."""
    return _reader(shape)(data)


def _read_text(data: Any) -> Any:
    if type(data) is not str:
        raise Refused
    return data


def _text_reader(shape: Text) -> Hook:
    def read(data: Any) -> Any:
        if type(data) is not str or not shape.matches(data):
            raise Refused
        return shape.parse(data)

    return read


def _read_whole(data: Any) -> Any:
    if type(data) is float and data.is_integer():
        return int(data)
    if type(data) is not int:
        raise Refused
    return data


def _read_number(data: Any) -> Any:
    if type(data) not in (int, float):
        raise Refused
    return data


def _read_flag(data: Any) -> Any:
    if type(data) is not bool:
        raise Refused
    return data


def _read_scalar(data: Any) -> Any:
    if type(data) not in (str, int, float, bool):
        raise Refused
    return data


def _read_anything(data: Any) -> Any:
    if data is None:
        raise Refused
    return freeze(data)


def _items_reader(shape: Items) -> Hook:
    read_item = _reader(shape.item)

    def read(data: Any) -> Any:
        if not is_list(data) or shape.flaw(len(data)):
            raise Refused
        return tuple(map(read_item, data))

    return read


def _table_reader(shape: Table) -> Hook:
    read_item = _reader(shape.item)

    def read(data: Any) -> Any:
        if not is_mapping(data):
            raise Refused
        entries: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, value in data.items():
            if key[:2] == "x-":
                extra[key] = value
            elif shape.keyed:
                entries[key] = read_item(_with_id(key, value))
            else:
                entries[key] = read_item(value)
        return FrozenMap(entries, extra=extra)

    return read


def _with_id(key: str, value: Any) -> Any:
    # An `id` written inside an entry would say the same thing twice.
    if not is_mapping(value) or "id" in value:
        raise Refused
    return {"id": key, **value}


def _one_reader(shape: OneOf) -> Hook:
    if shape.by == "type":
        return _first_reader(tuple(map(_reader, shape.variants)))
    readers = {tag: _reader(variant) for tag, variant in shape.tags.items()}

    def read(data: Any) -> Any:
        if not is_mapping(data):
            raise Refused
        tags = [data.get("kind")] if shape.by == "kind" else [key for key in data if key in readers]
        if len(tags) != 1 or type(tags[0]) is not str or tags[0] not in readers:
            raise Refused
        return readers[tags[0]](data)

    return read


def _first_reader(readers: tuple[Hook, ...]) -> Hook:
    def read(data: Any) -> Any:
        for one in readers:
            try:
                return one(data)
            except ValueError:
                continue
        raise Refused

    return read


@cache
def writer(shape: Record) -> Hook:
    """Return the function that unstructures a class."""
    parts = [(one.name, one.key, one.default, one.required, _writer(one.shape)) for one in shape.fields.values()]

    def write(value: Any) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for name, key, default, required, write_part in parts:
            part = getattr(value, name)
            if required or (part is not default and part != default):
                data[key] = write_part(part)
        if value.extra:
            data.update(thaw(value.extra))
        return data

    return write


def _writer(shape: Shape) -> Hook:
    """Return the function that unstructures what *shape* describes."""
    match shape:
        case Text(kind=kind):
            return _same if kind is str else shape.render
        case Anything():
            return thaw
        case Items(item=item):
            write_item = _writer(item)
            return lambda value: list(map(write_item, value))
        case Table():
            return _table_writer(shape)
        case OneOf():
            return _write_any
        case Record():
            return _later(lambda: writer(shape))
        case _:
            return _same


def _same(value: Any) -> Any:
    return value


def _write_any(value: Any) -> Any:
    return writer(shape_of(type(value)))(value) if isinstance(value, Wired) else value


def _table_writer(shape: Table) -> Hook:
    write_item = _writer(shape.item)

    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        data = {key: write_item(item) for key, item in value.items()}
        if shape.keyed:
            for entry in data.values():
                del entry["id"]
        extra: Mapping[str, Any] = getattr(value, "extra", {})
        return {**data, **thaw(extra)}

    return write
