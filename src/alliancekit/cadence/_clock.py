"""Local times: which of them a day has."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from alliancekit.errors import UnknownNameError
from alliancekit.model import timezones

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["exists"]


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
    zone = _zone(timezone)
    moment = datetime.combine(day, at.replace(tzinfo=None))
    # In what is left out, the clock of before is behind that of after (PEP 495); where hours are repeated, it is ahead.
    before, after = (zone.utcoffset(moment.replace(fold=fold)) for fold in (0, 1))
    return before is None or after is None or before >= after


@cache
def _zone(name: str) -> ZoneInfo:
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    if name not in timezones():
        raise UnknownNameError("time zone", name, tuple(sorted(timezones())))
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
