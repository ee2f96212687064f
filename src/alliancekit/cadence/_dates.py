"""
The dates on which something recurs.

They are counted and not searched: a step of a recurrence is the number of a day, a week, a month or a year, so that the
steps of ten years need not be walked to find the next.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from math import gcd
from typing import Final, TypeAlias, get_args

from alliancekit.model import Frequency, Recurrence, Review, ScheduledCheckIn, Weekday

__all__ = ["Recurs", "dates"]

Recurs: TypeAlias = Recurrence | ScheduledCheckIn | Review
"""Something that comes back: a promise, a check-in, or the review of an alliance."""

_WEEKDAYS: Final = {name: number for number, name in enumerate(get_args(get_args(Weekday)[0]))}
# After 400 years the calendar is the same again, weekdays and all: what does not occur in them never does.
_ROUND_MONTHS: Final = 400 * 12


def dates(recurs: Recurs, *, starts: date, after: date | None = None, until: date | None = None) -> Iterator[date]:
    """
    Yield the dates on which something recurs, in order, each when it is asked for.

    It is what RFC 5545 says of FREQ, INTERVAL, BYDAY and BYMONTHDAY, with weeks that begin on Monday, but for this:

    - a month that lacks the day, the 31st or the 29th of February, has it on its last day and is not left out;
    - *nth* and *day* are for what is monthly, and say nothing elsewhere;
    - *nth* without weekdays means the weekday of *starts*;
    - *starts* is a date only where it fits the rest.

    Args:
        recurs: What comes back. Its own start is not read: whoever asks decides what to count from where it has none.
        starts: The day from which intervals are counted; nothing is before it.
        after: The dates that follow this day; None begins with *starts*.
        until: The last day that may be a date; None goes on to the end of the calendar, which is the year 9999.
            What never occurs has no dates, and that is known at once.

    .. versionadded:: 0.1
    """
    first = max(starts.toordinal(), after.toordinal() + 1 if after else 0)
    last = (until or date.max).toordinal()
    for ordinal in _ORDINALS[recurs.frequency](recurs, starts, first, last) if first <= last else ():
        if ordinal > last:
            return
        if ordinal >= first:
            yield date.fromordinal(ordinal)


def _steps(origin: int, interval: int, first: int, last: int) -> range:
    """Return every *interval*-th number from *origin*, without those before *first* and after *last*."""
    skipped = max(0, -((origin - first) // interval))
    return range(origin + skipped * interval, last + 1, interval)


def _daily(recurs: Recurs, starts: date, first: int, last: int) -> Iterator[int]:
    days = _steps(starts.toordinal(), recurs.interval, first, last)
    wanted = frozenset(_WEEKDAYS[one] for one in recurs.weekdays or _WEEKDAYS)
    if any(_weekday(one) in wanted for one in days[:7]):  # after seven steps the weekdays are the same again
        yield from (one for one in days if _weekday(one) in wanted)


def _weekly(recurs: Recurs, starts: date, first: int, last: int) -> Iterator[int]:
    wanted = sorted(_WEEKDAYS[one] for one in recurs.weekdays) or [starts.weekday()]
    monday = starts.toordinal() - starts.weekday()
    for week in _steps(monday, recurs.interval * 7, first - 6, last):
        yield from (week + weekday for weekday in wanted)


def _monthly(recurs: Recurs, starts: date, first: int, last: int) -> Iterator[int]:
    @cache
    def days(weekday: int, length: int) -> tuple[int, ...]:
        return tuple(_in_month(recurs, starts, weekday, length))

    if not any(days(*shape) for shape in _reached(_month(starts), recurs.interval)):
        return
    for one in _steps(_month(starts), recurs.interval, *(_month(date.fromordinal(one)) for one in (first, last))):
        if found := days(*_shapes()[one % _ROUND_MONTHS]):
            before = date(one // 12, one % 12 + 1, 1).toordinal() - 1
            yield from (before + day for day in found)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


@cache
def _shapes() -> tuple[tuple[int, int], ...]:
    """Return of each month of the 400 years the weekday on which it begins, and how many days it has."""
    return tuple(monthrange(2000 + one // 12, one % 12 + 1) for one in range(_ROUND_MONTHS))


def _reached(month: int, interval: int) -> frozenset[tuple[int, int]]:
    """Return what months a rhythm comes to in the end: those that are apart by as much as 400 years leave of its steps."""
    apart = gcd(_ROUND_MONTHS, interval)
    return _each(month % apart, apart)


@cache
def _each(first: int, apart: int) -> frozenset[tuple[int, int]]:
    return frozenset(_shapes()[first::apart])


def _in_month(recurs: Recurs, starts: date, weekday: int, length: int) -> list[int]:
    """Return the days in a month that begins on *weekday*."""
    day = None if recurs.day is None else min(recurs.day, length)
    if not (recurs.weekdays or recurs.nth):
        return [day or min(starts.day, length)]
    wanted = [_WEEKDAYS[one] for one in recurs.weekdays] or [starts.weekday()]
    firsts = ((one - weekday) % 7 + 1 for one in wanted)
    days = sorted(one for first in firsts for one in _of_weekday(first, recurs.nth, length))
    return [one for one in days if day is None or one == day]


def _of_weekday(first: int, nth: int | str | None, length: int) -> range:
    """Return the days of a month of *length* days on the weekday that it first has on *first*: all, or the one asked for."""
    if nth is None:
        return range(first, length + 1, 7)
    one = length - (length - first) % 7 if nth == "last" else first + 7 * (int(nth) - 1)
    return range(one, min(one, length) + 1)


def _yearly(recurs: Recurs, starts: date, first: int, last: int) -> Iterator[int]:
    years = _steps(starts.year, recurs.interval, *(date.fromordinal(one).year for one in (first, last)))
    for one in years:
        yield from _in_year(recurs, starts, one)


def _in_year(recurs: Recurs, starts: date, year: int) -> list[int]:
    if not recurs.weekdays:
        day = min(starts.day, monthrange(year, starts.month)[1])
        return [date(year, starts.month, day).toordinal()]
    wanted = frozenset(_WEEKDAYS[one] for one in recurs.weekdays)
    opening, closing = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [one for one in range(opening, closing + 1) if _weekday(one) in wanted]


def _weekday(ordinal: int) -> int:
    return (ordinal - 1) % 7


_ORDINALS: Final[Mapping[Frequency, Callable[[Recurs, date, int, int], Iterator[int]]]] = {
    "daily": _daily,
    "weekly": _weekly,
    "monthly": _monthly,
    "yearly": _yearly,
}
