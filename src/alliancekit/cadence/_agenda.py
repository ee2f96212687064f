"""What comes next in an alliance."""

from __future__ import annotations

from datetime import date

from alliancekit.model import Alliance

__all__ = ["counted_from"]


def counted_from(alliance: Alliance) -> date | None:
    """
    Return the day from which what has no start of its own is counted: that of the newest yes; None where there is none.

    .. versionadded:: 0.1
    """
    return max((one.date for one in alliance.ratifications.values()), default=None)
