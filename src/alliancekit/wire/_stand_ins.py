"""Harmless values for what a document must have and does not."""

from __future__ import annotations

from typing import Any, Final

from alliancekit.shapes import Const, Flag, Items, Number, OneOf, Options, Record, Shape, Table, Text

# The first that is legal is taken: prose, an id, a day, a time, an instant, a language, a zone, a digest.
_TEXTS: Final = ("?", "unnamed", "2000-01-01", "00:00", "2000-01-01T00:00:00Z", "und", "UTC", f"sha256:{'0' * 64}")


def stand_in(shape: Shape) -> Any:
    """Return a small legal piece of plain data for *shape*."""
    match shape:
        case Text():
            return next((text for text in _TEXTS if shape.flaw(text) is None), "")
        case Options(docs=docs):
            return next(iter(docs))
        case Const(value=value):
            return value
        case Number(low=low):
            return 0 if low is None or low <= 0 else low
        case Flag():
            return False
        case Items(item=item, least=least):
            return [stand_in(item) for _ in range(least)]
        case Table():
            return {}
        case OneOf(variants=variants):
            return stand_in(variants[0])
        case Record():
            return {one.key: stand_in(one.shape) for one in shape.fields.values() if one.required}
        case _:
            return "?"
