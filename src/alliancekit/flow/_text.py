"""An answer in words."""

from __future__ import annotations

from alliancekit.flow._answers import chosen_of, note_of
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["value_text"]


def value_text(value: Json) -> str:
    """Return an answer in words, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, FrozenMap):
        note = note_of(value)
        return ", ".join(chosen_of(value)) + (f" ({note})" if note else "")
    if isinstance(value, tuple):
        return "; ".join(
            str(one.get("text", one.get("purpose", "…"))) if isinstance(one, FrozenMap) else str(one) for one in value
        )
    return str(value)
