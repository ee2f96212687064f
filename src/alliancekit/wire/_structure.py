"""The two functions that the other rooms use, over one converter that is made when it is first needed."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from alliancekit.typing import Json
from alliancekit.wire._converter import Refused, make_converter

T = TypeVar("T")


@cache
def _converter() -> Any:
    return make_converter()


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
        value: T = _converter().structure(data, cls)
    except (TypeError, RecursionError) as error:
        raise Refused(str(error)) from error
    return value


def unstructure(value: object) -> Any:
    """
    Return *value* as plain data: dictionaries, lists, texts, numbers, true and false.

    .. versionadded:: 0.1
    """
    return _converter().unstructure(value)
