"""Which known name somebody may have meant, and what to say where none is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
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
        self._names = known
        self._instead = instead
        self._suggestions = Suggestions()

    @cached_property
    def _known(self) -> list[str]:
        # Most documents have no unknown name, and need no order of the known ones.
        return sorted(self._names)

    def about(self, name: str) -> str:
        """Return what was perhaps meant by *name*."""
        near = self._suggestions.did_you_mean(name, self._known)
        return near or (_listed(self._known) if self._instead is None else self._instead)


def _listed(known: Sequence[str]) -> str:
    more = ", …" if len(known) > _MOST_LISTED else ""
    return f"there are {', '.join(known[:_MOST_LISTED])}{more}" if known else ""
