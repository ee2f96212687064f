"""
The two functions that the other rooms use, over the hooks of the converter.

The converter itself is for what is no class of ours, such as a list of them: it takes longer to import than a file takes
to be checked.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeGuard, TypeVar

from alliancekit.shapes import Wired, shape_of
from alliancekit.typing import Json
from alliancekit.wire._converter import Refused, make_converter, reader, writer

T = TypeVar("T")


@cache
def _converter() -> Any:
    return make_converter()


def _is_ours(cls: object) -> TypeGuard[type[Wired]]:
    # What stands for a list of them is no class.
    return isinstance(cls, type) and issubclass(cls, Wired)


def structure(data: Json, cls: type[T]) -> T:
    """
    Return the *cls* that plain *data* describes.

    Args:
        data: Dictionaries, lists, texts, numbers, true and false.
        cls: A class of `alliancekit.model` or `alliancekit.flow`.

    Raises:
        ValueError: If the data does not fit; `explain` says why.

    .. versionadded:: 0.1
    """
    try:
        value: T = reader(shape_of(cls))(data) if _is_ours(cls) else _converter().structure(data, cls)
    except (TypeError, RecursionError) as error:
        raise Refused(str(error)) from error
    return value


def unstructure(value: object) -> Any:
    """
    Return *value* as plain data: dictionaries, lists, texts, numbers, true and false.

    .. versionadded:: 0.1
    """
    return writer(shape_of(type(value)))(value) if isinstance(value, Wired) else _converter().unstructure(value)
