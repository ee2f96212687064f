"""Which known name somebody may have meant, and what to say where none is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, final

from alliancekit.errors import Suggestions

__all__ = ["Hints"]

_MOST_LISTED: Final = 12


@final
class Hints:
    """
    Hints for the unknown names of one document.

    Args:
        known: The names that there are.
        instead: What to say where none is near; None lists those that there are.
    """

    def __init__(self, known: Iterable[str], instead: str | None = None) -> None:
        self._known = sorted(known)
        self._instead = _listed(self._known) if instead is None else instead
        self._suggestions = Suggestions()

    def about(self, name: str) -> str:
        """Return what was perhaps meant by *name*."""
        return self._suggestions.did_you_mean(name, self._known) or self._instead


def _listed(known: Sequence[str]) -> str:
    more = ", …" if len(known) > _MOST_LISTED else ""
    return f"there are {', '.join(known[:_MOST_LISTED])}{more}" if known else ""
