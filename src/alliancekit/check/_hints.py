"""Which known name somebody may have meant, within bounds: looking for the nearest word is dear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, final

from alliancekit.errors import did_you_mean

__all__ = ["Hints"]

_MOST_KNOWN: Final = 500
_MOST_ASKED: Final = 50
_MOST_LISTED: Final = 12


@final
class Hints:
    """
    Hints for the unknown names of one document, of which a hostile one has thousands.

    Args:
        known: The names that there are.
        instead: What to say where none is near; None lists those that there are.
    """

    def __init__(self, known: Iterable[str], instead: str | None = None) -> None:
        self.known = sorted(known)
        listed = ", ".join(self.known[:_MOST_LISTED]) + (", …" if len(self.known) > _MOST_LISTED else "")
        self.instead = f"there are {listed}" if instead is None and self.known else instead or ""
        self.asked = 0

    def about(self, name: str) -> str:
        """Return what was perhaps meant by *name*."""
        self.asked += 1
        if self.asked > _MOST_ASKED or len(self.known) > _MOST_KNOWN:
            return self.instead
        return did_you_mean(name, self.known) or self.instead
