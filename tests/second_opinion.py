"""
A second opinion on occurrences: dateutil's days on the wall, and dateutil's own zones.

``python -m tests.second_opinion`` compares 2,000 random rhythms over ten years in twenty zones (another number may be
given, and a seed); the suite compares fewer. Where the two engines mean different things, the second is told what ours means, here and nowhere else:

- A month that lacks the day has it on its last one. RFC 5545 leaves such a month out, so the rule of the short months is
  added as a second rule.
- ``nth`` and ``day`` mean nothing to what is not monthly, and ``nth`` without weekdays means the weekday of the start.
- What clocks leave out moves forward by as much, and of what they show twice the first is meant.
- Where a zone left out a whole day, what falls on it is the next day's; two at one moment are one, that of its own day.

The start is a date only where it fits the rest; both say so.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, YEARLY, rrule, rruleset
from dateutil.tz import tzfile
from dateutil.zoneinfo import get_zonefile_instance

from alliancekit.cadence import Occurrence, occurrences
from alliancekit.model import Recurrence, ScheduledCheckIn

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/New_York",
    "America/Nuuk",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Auckland",
    "UTC",
)
# What was still to come when the other copy was made has been decided otherwise since.
FIRST, LAST = date(1996, 1, 1), date(2024, 1, 1)
TWO_DAYS = timedelta(days=2)
TEN_YEARS = timedelta(days=3653)
WEEKDAYS = dict(
    zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (MO, TU, WE, TH, FR, SA, SU),
        strict=True,
    )
)
FREQUENCIES = {"daily": DAILY, "weekly": WEEKLY, "monthly": MONTHLY, "yearly": YEARLY}
# Clocks change at these hours more often than at others.
HOURS = (time(0), time(0, 1), time(0, 30), time(1), time(1, 30), time(2), time(2, 30), time(3), time(23), time(23, 30))


def days(recurs: Recurrence | ScheduledCheckIn, starts: date, until: date) -> list[date]:
    """Return the days on which *recurs* falls, by dateutil."""
    rule: dict[str, Any] = {"freq": FREQUENCIES[recurs.frequency], "interval": recurs.interval}
    weekdays = [WEEKDAYS[one] for one in recurs.weekdays]
    day = None
    if recurs.frequency == "monthly":
        if recurs.nth and not weekdays:
            weekdays = [(MO, TU, WE, TH, FR, SA, SU)[starts.weekday()]]
        nth = {"last": -1}.get(str(recurs.nth), recurs.nth)
        weekdays = [one(nth) for one in weekdays] if nth else weekdays
        day = recurs.day or (None if weekdays else starts.day)
    elif recurs.frequency == "yearly" and not weekdays:
        rule["bymonth"], day = starts.month, starts.day
    if weekdays:
        rule["byweekday"] = weekdays
    return _of_rules(rule, day, starts, until)


def _of_rules(rule: dict[str, Any], day: int | None, starts: date, until: date) -> list[date]:
    bounds = {"dtstart": datetime.combine(starts, time.min), "until": datetime.combine(until, time.min)}
    whole = rruleset()
    whole.rrule(rrule(**rule, **bounds, **({"bymonthday": day} if day else {})))
    short = [month for month in _short(day or 1) if rule.get("bymonth") in (None, month)]
    if short:
        whole.rrule(rrule(**{**rule, **bounds, "bymonth": short, "bymonthday": -1}))
    return [one.date() for one in whole]


def _short(day: int) -> list[int]:
    """Return the months that may lack the day."""
    return [month for month, length in ((2, 28), (4, 30), (6, 30), (9, 30), (11, 30)) if length < day]


@cache
def zone(name: str) -> tzfile:
    """Return a zone as dateutil has it: its own copy of the tz database, of another year, read by its own code."""
    found = get_zonefile_instance().get(name)
    assert found is not None
    return found


def moments(recurs: ScheduledCheckIn, until: date) -> Iterator[tuple[datetime, bool]]:
    """Yield the moments in UTC at which a check-in begins, and whether it was moved."""
    assert recurs.starts is not None
    assert recurs.at is not None
    own = zone(recurs.timezone or "UTC")
    walls = (datetime.combine(day, recurs.at) for day in days(recurs, recurs.starts, until))
    # What comes later takes the place: its moment is on its own day.
    yield from dict(_moment(wall, own) for wall in walls).items()


def _moment(wall: datetime, own: tzfile) -> tuple[datetime, bool]:
    """Return the first moment at which the clocks show *wall*; else that which they would have, had they not been moved."""
    near = wall.replace(tzinfo=UTC)
    before, after = (_offset(near + apart, own) for apart in (-TWO_DAYS, TWO_DAYS))
    shown = [near - offset for offset in (before, after) if _on_the_wall(near - offset, own) == wall]
    return (min(shown), False) if shown else (near - before, True)


def _on_the_wall(moment: datetime, own: tzfile) -> datetime:
    # Only from UTC to the wall: the other way dateutil errs where winter time is the one that is saved, as in Dublin.
    return moment.astimezone(own).replace(tzinfo=None)


def _offset(moment: datetime, own: tzfile) -> timedelta:
    return _on_the_wall(moment, own) - moment.replace(tzinfo=None)


def differences(recurs: ScheduledCheckIn) -> list[str]:
    """Return what ours and the second opinion say differently over ten years; nothing where they agree."""
    assert recurs.starts is not None
    until = recurs.starts + TEN_YEARS
    found = occurrences(recurs, before=until + timedelta(days=1))
    ours = [(_begun(one), one.is_shifted) for one in found]
    theirs = list(moments(recurs, until))
    return [f"{one} against {other}" for one, other in zip(ours, theirs, strict=False) if one != other] + (
        [] if len(ours) == len(theirs) else [f"{len(ours)} against {len(theirs)}"]
    )


def _begun(one: Occurrence) -> datetime:
    assert one.begins is not None
    return one.begins.astimezone(UTC)


def check_in(chance: Random) -> ScheduledCheckIn:
    """Return a random check-in; clock changes of its zone are in its ten years, where it has any."""
    frequency = chance.choice(list(FREQUENCIES))
    said: dict[str, Any] = {"interval": chance.choice((1, 1, 1, 2, 2, 3, 4, 6, 12, 13))}
    if chance.random() < 0.6:
        said["weekdays"] = chance.sample(list(WEEKDAYS), chance.choice((1, 1, 1, 2, 3, 7)))
    if chance.random() < 0.3:
        said["nth"] = chance.choice((1, 2, 3, 4, 5, "last"))
    if chance.random() < 0.4:
        said["day"] = chance.choice((1, 13, 28, 29, 30, 31, chance.randint(1, 31)))
    at = chance.choice(HOURS) if chance.random() < 0.7 else time(chance.randrange(24), chance.randrange(60))
    return ScheduledCheckIn(
        id="random",
        frequency=frequency,
        starts=FIRST + timedelta(chance.randrange((LAST - FIRST - TEN_YEARS).days)),
        at=at,
        timezone=chance.choice(ZONES),
        minutes=30,
        **said,
    )


def main(count: int = 2000, seed: int = 2026) -> int:
    """Compare *count* random check-ins and say how many differ."""
    chance = Random(seed)
    checked = [check_in(chance) for _ in range(count)]
    wrong = [(one, found) for one in checked if (found := differences(one))]
    for one, found in wrong[:10]:
        print(one, found[:3])  # noqa: T201 - it is a script
    moved = sum(
        found.is_shifted for one in checked for found in occurrences(one, before=(one.starts or date.min) + TEN_YEARS)
    )
    print(  # noqa: T201 - as above
        f"{count} check-ins in {len({one.timezone for one in checked})} zones: {len(wrong)} differ; {moved} occurrences moved"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
