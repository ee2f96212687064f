"""Rhythms and names in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from alliancekit.model import EVERYONE, Alliance, Recurrence, Review, ScheduledCheckIn

__all__ = ["listed", "names_in_words", "rhythm_in_words"]

_UNITS: Final = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_ORDINALS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", "last": "last"}


def rhythm_in_words(rhythm: Recurrence | ScheduledCheckIn | Review) -> str:
    """
    Return when something recurs, in words: ``every 2 weeks on Thursday at 10:00 (Europe/Lisbon)``.

    .. versionadded:: 0.1
    """
    unit = _UNITS[rhythm.frequency]
    words = f"every {unit}" if rhythm.interval == 1 else f"every {rhythm.interval} {unit}s"
    words += _days_in_words(rhythm)
    if isinstance(rhythm, Recurrence):
        return words
    if rhythm.at is not None:
        words += f" at {rhythm.at.isoformat('minutes')}"
    if rhythm.timezone is not None:
        words += f" ({rhythm.timezone})"
    if rhythm.minutes is not None:
        words += f", {rhythm.minutes} minute{'' if rhythm.minutes == 1 else 's'}"
    if rhythm.starts is not None:
        words += f", from {rhythm.starts.isoformat()}"
    return words


def _days_in_words(rhythm: Recurrence | ScheduledCheckIn | Review) -> str:
    days = listed(day.capitalize() for day in rhythm.weekdays)
    if rhythm.nth is not None:
        return f" on the {_ORDINALS[rhythm.nth]} {days or 'of that weekday'}"
    if days:
        return f" on {days}"
    return f" on day {rhythm.day}" if rhythm.day is not None else ""


def names_in_words(alliance: Alliance, members: Iterable[str]) -> str:
    """Return the names of *members*, in words; an id that has none stands for itself."""
    known = alliance.members
    return listed("everyone" if one == EVERYONE else known[one].name if one in known else one for one in members)


def listed(words: Iterable[str]) -> str:
    """Return *words* with commas, and *and* before the last."""
    *first, last = tuple(words) or ("",)
    return f"{', '.join(first)} and {last}" if first else last
