"""Local times: which of them a day has, and which moments they are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from alliancekit.errors import UnknownNameError
from alliancekit.model import timezones

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["exists", "instant", "moved", "zone_of"]


def exists(day: date, at: time, timezone: str) -> bool:
    """
    Return whether the local time *at* exists on *day*: where clocks go forward, what they leave out does not.

    Args:
        day: The local date.
        at: The local time.
        timezone: The zone, by the tz database that comes with alliancekit, so that every machine says the same.

    Raises:
        UnknownNameError: If there is no such zone.

    .. versionadded:: 0.1
    """
    return not _gap(_on_the_wall(day, at, zone_of(timezone)))


def moved(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the moment that the clocks show *at* on *day*: the first of two, and later by what clocks leave out."""
    wall = _on_the_wall(day, at, zone)
    gap = _gap(wall)
    return wall + gap if gap else wall  # within one zone, Python adds on the wall


def instant(moment: datetime) -> timedelta:
    """
    Return how long after the beginning of the calendar in UTC *moment* is.

    Python compares two moments of one zone by what the wall shows, where an hour may come twice; and at the ends of the
    calendar it cannot say in UTC what it can in a zone.
    """
    wall = moment.replace(tzinfo=None) - datetime.min  # noqa: DTZ901 - the offset follows
    return wall - (moment.utcoffset() or timedelta())


def _on_the_wall(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at.replace(tzinfo=None, fold=0) if at.tzinfo or at.fold else at, zone)


def _gap(wall: datetime) -> timedelta:
    """Return how much the clocks leave out where *wall* would be; nothing where they show it."""
    # In what is left out, the clock of before is behind that of after (PEP 495); where hours are repeated, it is ahead.
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    return timedelta() if before is None or after is None else max(timedelta(), after - before)


@cache
def zone_of(name: str) -> ZoneInfo:
    """
    Return the zone of that name, from the tz database that comes with alliancekit.

    Raises:
        UnknownNameError: If there is no such zone.
    """
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    class Zone(ZoneInfo):
        """A zone that a process takes from its own database when it is handed one: a stock one of a file stays behind."""

        def __reduce__(self) -> tuple[object, ...]:
            return zone_of, (name,)

        def __repr__(self) -> str:
            return f"zoneinfo.ZoneInfo(key={name!r})"

    if name not in timezones():
        raise UnknownNameError("time zone", name, tuple(sorted(timezones())))
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return Zone.from_file(data, key=name)
