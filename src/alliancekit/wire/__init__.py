"""
Values to plain data and back: the strict converter that is asked, and the explanation of why it said no.

It knows no domain: everything it does, it reads from `alliancekit.shapes`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from alliancekit.typing import Json
from alliancekit.wire._converter import Refused, configure_converter, make_converter
from alliancekit.wire._explain import Explained, explain

__all__ = ["Explained", "configure_converter", "explain", "make_converter", "structure", "unstructure"]

T = TypeVar("T")


@lru_cache(maxsize=None)
def _converter() -> Any:
    return make_converter()


def structure(data: Json, cls: type[T]) -> T:
    """Return the *cls* that plain *data* describes; raises ValueError where it does not fit."""
    try:
        return _converter().structure(data, cls)  # type: ignore[no-any-return]
    except (TypeError, RecursionError) as error:
        raise Refused(str(error)) from error


def unstructure(value: object) -> Any:
    """Return *value* as plain data: dictionaries, lists, texts, numbers, true and false."""
    return _converter().unstructure(value)
