"""
When something recurs, to the minute.

A cadence is agreed by the clock on the wall: weekly at 10:00 in Lisbon stays at 10:00 when clocks change. Where the wall
leaves a time out, it is moved forward by as much as the clocks were; where it shows one twice, the first is meant.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, Final, final

from attrs import frozen

from alliancekit.cadence._clock import instant, moved, zone_of
from alliancekit.cadence._dates import Recurs, dates
from alliancekit.errors import InvalidValueError

__all__ = [
    "Bounds",
    "Occurrence",
    "count_occurrences",
    "day_of",
    "next_occurrence",
    "occurrences",
    "previous_occurrence",
]

# In so many days each frequency has had its day, where every month has one.
_REACH: Final = {"daily": 7, "weekly": 7, "monthly": 31, "yearly": 366}
# While it is late on the 1st west of the date line it is the 3rd east of it, and a time that is left out may be moved by
# a day: whatever is further from a moment than this is sure by its day.
_SLACK: Final = 4
_LAST: Final = date.max.toordinal()


@final
@frozen(kw_only=True)
class Occurrence:
    """
    One time of something that recurs.

    Attributes:
        date: The day, as the rhythm has it.
        begins: The moment, in the zone of the rhythm; None where it says no hour or no zone.
        ends: The moment when it is over; None where that is not said.
        is_shifted: Whether the clocks leave out the hour that was agreed on that day, so that it begins later by as much
            as they leave out; that may be on the day after.

    .. versionadded:: 0.1
    """

    date: date
    begins: datetime | None = None
    ends: datetime | None = None
    is_shifted: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        moments = {"begins": self.begins, "ends": self.ends}
        said = {name: one.isoformat() for name, one in moments.items() if one is not None}
        return {"date": self.date.isoformat(), **said, "is_shifted": self.is_shifted}


@final
@frozen(kw_only=True)
class Bounds:
    """
    From where until when, both exclusive: by days, or by moments.

    Attributes:
        after: A day, a moment, or None for no bound.
        before: The same.
    """

    after: date | None = None
    before: date | None = None

    def __attrs_post_init__(self) -> None:
        for name, bound in (("after", self.after), ("before", self.before)):
            if bound is not None:
                _require_bound(name, bound)

    def holds(self, day: date, at: time | None, zone: tzinfo | None) -> bool:
        """Return whether *at* on *day* is within; without an hour it is the first of the day, and without a zone that of the bound."""
        return self._holds(self.after, day, at, zone, 1) and self._holds(self.before, day, at, zone, -1)

    @staticmethod
    def _holds(bound: date | None, day: date, at: time | None, zone: tzinfo | None, sign: int) -> bool:
        if bound is None:
            return True
        apart = day.toordinal() - bound.toordinal()
        if not isinstance(bound, datetime) or abs(apart) > _SLACK:
            return apart * sign > 0
        assert bound.tzinfo is not None  # it was refused
        moment = moved(day, at or time.min, zone or bound.tzinfo)
        return (instant(moment) - instant(bound)) * sign > timedelta()

    def days(self) -> tuple[date | None, date | None] | None:
        """Return the day after which, and the last day on which, something within may be; None where there is none."""
        first = 0 if self.after is None else self.after.toordinal() - _slack(self.after)
        last = _LAST if self.before is None else self.before.toordinal() - 1 + _slack(self.before)
        if last < 1:
            return None
        return date.fromordinal(first) if first > 0 else None, date.fromordinal(min(last, _LAST))


def _slack(bound: date) -> int:
    return _SLACK if isinstance(bound, datetime) else 0


def _require_bound(name: str, bound: object) -> None:
    if not isinstance(bound, date):
        reason = f"must be a date or a datetime with its zone, not {type(bound).__name__}"
        raise InvalidValueError("occurrences", name, reason)
    if isinstance(bound, datetime) and bound.utcoffset() is None:
        reason = f"is {bound.isoformat()}, which is no moment without its zone; pass tzinfo=…, or the date alone"
        raise InvalidValueError("occurrences", name, reason)


def occurrences(
    recurs: Recurs,
    *,
    starts: date | None = None,
    after: date | None = None,
    before: date | None = None,
    limit: int | None = None,
) -> Iterator[Occurrence]:
    """
    Yield the occurrences of something that recurs, in order, each when it is asked for.

    Their days are those of `dates`. What has an hour and a zone has moments, too: a local time that clocks leave out
    moves forward by as much as they leave out, and of one that they show twice the first is meant. Where a zone once
    left out a whole day, what falls on it is the next day's, and only one where that day has its own.

    Args:
        recurs: A promise's rhythm, a check-in, or the review.
        starts: The day to count from, where *recurs* has no start of its own; None counts from the day of *after*.
        after: A day whose followers are asked for, or a moment (with its zone); None begins at the start.
        before: The same for the other end; None goes on to the end of the calendar. Against a moment, what has no hour
            stands at the first moment of its day, and what has no zone is in that of the bound.
        limit: How many at most; None is all of them.

    Raises:
        InvalidValueError: If nothing says where to count from, a moment has no zone, or the limit is below zero.

    .. versionadded:: 0.1
    """
    _require(recurs, limit)
    bounds = Bounds(after=after, before=before)
    found = _found(recurs, _origin(recurs, starts, after), bounds)
    return found if limit is None else islice(found, limit)


def _require(recurs: object, limit: object) -> None:
    if not isinstance(recurs, Recurs):
        reason = f"must be a Recurrence, a ScheduledCheckIn or a Review, not {type(recurs).__name__}"
        raise InvalidValueError("occurrences", "recurs", reason)
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise InvalidValueError("occurrences", "limit", "must be a number that is not below zero, or None")


def _origin(recurs: Recurs, starts: date | None, after: date | None) -> date:
    """Return the day to count from."""
    own: date | None = getattr(recurs, "starts", None)
    if isinstance(own or starts, datetime):
        raise InvalidValueError("occurrences", "starts", "must be a day, not a moment; pass its date()")
    if own or starts:
        return own or starts or date.min
    if after is None:
        reason = "is needed where the rhythm has no start: pass the day to count from, or after="
        raise InvalidValueError("occurrences", "starts", reason)
    return day_of(after, _zone(recurs))


def day_of(bound: date, zone: tzinfo | None) -> date:
    """Return the local day of a day or a moment: a day is its own."""
    if not isinstance(bound, datetime):
        return bound
    if zone is None:
        return bound.date()
    try:
        return bound.astimezone(zone).date()
    except OverflowError:  # the day there is before the first or after the last one of the calendar
        return bound.date()


def _found(recurs: Recurs, origin: date, bounds: Bounds) -> Iterator[Occurrence]:
    days = bounds.days()
    if days is None:
        return
    zone, at = _zone(recurs), _at(recurs)
    is_sure = not isinstance(bounds.after, datetime) and not isinstance(bounds.before, datetime)
    for day in dates(recurs, starts=origin, after=days[0], until=days[1]):
        one = _occurrence(recurs, day, zone)
        if (is_sure or bounds.holds(day, at, zone)) and not _is_double(one, recurs, origin):
            yield one


def _zone(recurs: Recurs) -> tzinfo | None:
    name: str | None = getattr(recurs, "timezone", None)
    return zone_of(name) if name else None


def _at(recurs: Recurs) -> time | None:
    """Return the hour on the wall; a zone that a program gave it counts for nothing, because the rhythm has its own."""
    at: time | None = getattr(recurs, "at", None)
    return at.replace(tzinfo=None) if at is not None and at.tzinfo is not None else at


def _occurrence(recurs: Recurs, day: date, zone: tzinfo | None) -> Occurrence:
    at = _at(recurs)
    if at is None or zone is None:
        return Occurrence(date=day)
    begins = moved(day, at, zone)
    minutes: int | None = getattr(recurs, "minutes", None)
    return Occurrence(
        date=day,
        begins=begins,
        ends=_later(begins, minutes) if minutes else None,
        is_shifted=begins.time() != at or begins.date() != day,
    )


def _later(moment: datetime, minutes: int) -> datetime | None:
    """Return the moment so many minutes on, by a watch and not by the wall; None where the calendar is at its end."""
    try:
        return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
    except OverflowError:
        return None


def _is_double(one: Occurrence, recurs: Recurs, origin: date) -> bool:
    """Return whether *one* was moved to the moment of the next: its zone left out a day, and the next day has its own."""
    if not one.is_shifted or one.begins is None or one.begins.time() != _at(recurs):
        return False
    return any(dates(recurs, starts=origin, after=one.date, until=one.begins.date()))


def next_occurrence(recurs: Recurs, *, after: date, starts: date | None = None) -> Occurrence | None:
    """
    Return the first occurrence after a day or a moment; None where nothing comes.

    Args:
        recurs: A promise's rhythm, a check-in, or the review.
        after: The day or the moment.
        starts: The day to count from, where *recurs* has no start of its own; None counts from the day of *after*.

    Raises:
        InvalidValueError: If the moment has no zone.

    .. versionadded:: 0.1
    """
    return next(occurrences(recurs, starts=starts, after=after), None)


def previous_occurrence(recurs: Recurs, *, before: date, starts: date | None = None) -> Occurrence | None:
    """
    Return the last occurrence before a day or a moment; None where there was none.

    Args:
        recurs: A promise's rhythm, a check-in, or the review.
        before: The day or the moment.
        starts: The day to count from, where *recurs* has no start of its own.

    Raises:
        InvalidValueError: If nothing says where to count from, or the moment has no zone.

    .. versionadded:: 0.1
    """
    first = next(occurrences(recurs, starts=starts, before=before), None)
    if first is None:
        return None
    reach = _REACH[recurs.frequency] * recurs.interval
    while True:
        after = before.toordinal() - reach
        day = date.fromordinal(after) if after > first.date.toordinal() else None
        found = deque(occurrences(recurs, starts=starts, after=day, before=before), maxlen=1)
        if found:
            return found[0]
        reach *= 4  # not every month has a fifth Thursday


def count_occurrences(recurs: Recurs, *, before: date, after: date | None = None, starts: date | None = None) -> int:
    """
    Return how many occurrences there are between two days or moments, both exclusive.

    Args:
        recurs: A promise's rhythm, a check-in, or the review.
        before: The day or the moment before which they are.
        after: The day or the moment after which they are; None counts from the start.
        starts: The day to count from, where *recurs* has no start of its own; None counts from the day of *after*.

    Raises:
        InvalidValueError: If nothing says where to count from, or a moment has no zone.

    .. versionadded:: 0.1
    """
    return sum(1 for _ in occurrences(recurs, starts=starts, after=after, before=before))
