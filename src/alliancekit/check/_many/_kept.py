"""
What was found in one file, as text that is kept, and back.

It is JSON and never pickle: reading it runs nothing. What is odd in any part of it is refused as a whole, so that text
which somebody else has written can at most slow a run down. A value is a list of its fields in their order, without those
at the end that say nothing; the path of the file, which may stand in many of them, is put back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Final, TypeAlias, cast, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from alliancekit.check._checked import Checked
from alliancekit.findings import Position, Span
from alliancekit.values import is_list, is_tuple

__all__ = ["from_text", "to_text"]

Plain: TypeAlias = Any
Reader: TypeAlias = Callable[[Plain, str], Any]

# What stands for the path of the file, in every field that is called so.
_SAME: Final = True


def to_text(checked: Checked) -> bytes:
    """Return *checked* as text, from which `from_text` makes it again."""
    return json.dumps(_plain(checked, checked.path), separators=(",", ":")).encode("ascii")


def from_text(text: bytes, path: str) -> Checked:
    """
    Return what `to_text` was given, found in *path*.

    Raises:
        ValueError: If the text says anything else.
    """
    try:
        return cast("Checked", _reader(Checked)(json.loads(text), path))
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ValueError("nothing that was kept") from error


def _plain(value: object, path: str | None) -> Plain:
    if is_tuple(value):
        return [_plain(one, path) for one in value]
    if isinstance(value, Span):
        return [value.start.line, value.start.column, value.end.line, value.end.column]
    cls = type(value)
    if not has(cls):
        return value
    plain: list[Plain] = []
    used = 0
    for name, default in _defaults(cls):
        part = getattr(value, name)
        plain.append(_SAME if name == "path" and part == path and path is not None else _plain(part, path))
        if part is not default and part != default:
            used = len(plain)
    return plain[:used]


@cache
def _defaults(cls: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, one.default) for one in fields(cls))


@cache
def _reader(hint: Any) -> Reader:
    """Return what reads values of the type *hint*, exactly and without any conversion."""
    if hint is Span:
        return _span
    if has(hint):
        return _reader_of_fields(hint)
    if get_origin(hint) is tuple:
        return _reader_of_tuple(get_args(hint))
    if isinstance(hint, UnionType):
        return _reader_of_optional(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        words = {str(one.value): one for one in hint}
        return lambda plain, _: words[plain]
    return partial(_exactly_at, hint)


def _exactly_at(cls: type[Any], plain: Plain, _path: str) -> Any:
    return _exactly(cls, plain)


def _exactly(cls: type[Any], plain: Plain) -> Any:
    # A truth value is an integer too, and none that counts lines.
    if type(plain) is not cls:
        raise TypeError(cls.__name__)
    return plain


def _taken(hint: Any) -> frozenset[type]:
    """Return the types of JSON that a value of the type *hint* is, just as it stands there."""
    parts = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return frozenset(parts) if set(parts) <= {str, int, bool, NoneType} else frozenset()


def _reader_of_fields(cls: type[Any]) -> Reader:
    hints, parts = get_type_hints(cls), fields(cls)
    names = tuple(one.name for one in parts)
    # Most fields are plain, and for them no function is called: this runs for every file of every run.
    readers = tuple((frozenset[type](), _path) if name == "path" else _taking(hints[name]) for name in names)
    needed, most = sum(one.default is NOTHING for one in parts), len(parts)
    is_keyed = any(one.kw_only for one in parts)

    def read(plain: Plain, path: str) -> Any:
        if not is_list(plain) or not needed <= len(plain) <= most:
            raise TypeError(cls.__name__)
        both = zip(readers, plain, strict=False)
        given = [part if type(part) in taken else reader(part, path) for (taken, reader), part in both]
        return cls(**dict(zip(names, given, strict=False))) if is_keyed else cls(*given)

    return read


def _taking(hint: Any) -> tuple[frozenset[type], Reader]:
    return _taken(hint), _reader(hint)


def _span(plain: Plain, _path: str) -> Span:
    """Return a span, of which there are more than of anything else, in one step."""
    line, column, last, end = plain
    if not type(line) is type(column) is type(last) is type(end) is int:
        raise TypeError("Span")
    return Span(Position(line, column), Position(last, end))


def _path(plain: Plain, path: str) -> str | None:
    return path if plain is _SAME else None if plain is None else _exactly(str, plain)


def _reader_of_tuple(parts: tuple[Any, ...]) -> Reader:
    if parts[-1] is ...:
        taken, each = _taking(parts[0])
        return lambda plain, path: tuple(
            [one if type(one) in taken else each(one, path) for one in _exactly(list, plain)]
        )
    readers = tuple(map(_reader, parts))
    return lambda plain, path: tuple(
        [reader(one, path) for reader, one in zip(readers, _exactly(list, plain), strict=True)]
    )


def _reader_of_optional(hint: UnionType) -> Reader:
    (kind,) = (one for one in get_args(hint) if one is not NoneType)
    reader = _reader(kind)
    return lambda plain, path: None if plain is None else reader(plain, path)
