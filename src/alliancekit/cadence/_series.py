"""
A rhythm as readers of calendars are told it: a rule, and the days that the rule must not say.

Readers disagree about some of what a rule can say, so these days stand apart, each an event of its own:

- a local time that the clocks leave out on that day, which RFC 5545 tells readers both to ignore (3.3.10) and to move
  (3.3.5), one that the clocks show twice, and one at which a meeting ends after the clocks have changed, which some
  count by the wall and some by the watch;
- the last of February where the 29th or the 30th is meant: BYSETPOS would say so, and not everybody heeds it.

A rule that is read in several ways throughout is not written: its days are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias, final

from attrs import frozen

from alliancekit.cadence._clock import zone_of
from alliancekit.cadence._dates import dates
from alliancekit.cadence._occurrences import occurrences
from alliancekit.cadence._rrule import to_rrule
from alliancekit.cadence._vtimezone import around, clock_changes
from alliancekit.errors import InvalidValueError
from alliancekit.model import Review, ScheduledCheckIn

__all__ = ["Meeting", "Reach", "Series", "series"]

Meeting: TypeAlias = ScheduledCheckIn | Review

_DAY: Final = timedelta(days=1)
_LAST_OF_FEBRUARY: Final = re.compile(r"BYMONTHDAY=[0-9,]*,([0-9]+);BYSETPOS=-1")


@final
@frozen(kw_only=True)
class Reach:
    """
    From when until when a calendar tells of meetings.

    Attributes:
        first: The first day.
        last: The last day.
    """

    first: date
    last: date


@final
@frozen(kw_only=True)
class Series:
    """
    The meetings of one rhythm.

    Attributes:
        meeting: The rhythm.
        last: The last day on which one may be.
        apart: The days that stand apart, each with its moment in UTC; None where it has none.
        days: The other days; the first of them alone, where a rule says the rest.
        rule: The value of RRULE; empty where no rule can say it.
        left_out: The days that the rule says, and that stand apart.
    """

    meeting: Meeting
    last: date
    apart: tuple[tuple[date, datetime | None], ...]
    days: tuple[date, ...] = ()
    rule: str = ""
    left_out: tuple[date, ...] = ()


def series(meeting: Meeting, starts: date, reach: Reach) -> Series | None:
    """
    Return the meetings of one rhythm; None where there is none within *reach*.

    Args:
        meeting: The rhythm. Its own start is not read.
        starts: The day from which it is counted.
        reach: From when until when.
    """
    within = Reach(first=max(starts, reach.first), last=reach.last)
    rule = _rule(meeting, starts)
    blurred = _blurred(meeting, within)
    short = frozenset(_shortened(meeting, starts, within) if rule else ())
    days = (day for day in _days(meeting, starts, within) if day not in blurred | short)
    first = next(days, None)
    apart = tuple(_apart(meeting, starts, within, blurred | short))
    if first is None:
        return Series(meeting=meeting, last=within.last, apart=apart) if apart else None
    if not rule:
        return Series(meeting=meeting, last=within.last, days=(first, *days), apart=apart)
    left_out = tuple(day for day, _ in apart if day > first and day not in short)
    rule = f"{rule};UNTIL={_until(meeting, within.last)}"
    return Series(meeting=meeting, last=within.last, days=(first,), rule=rule, left_out=left_out, apart=apart)


def _days(meeting: Meeting, starts: date, within: Reach) -> Iterator[date]:
    return dates(meeting, starts=starts, after=within.first - _DAY, until=within.last)


def _rule(meeting: Meeting, starts: date) -> str:
    """Return a rule of which readers agree what it says; empty where there is none."""
    # The first of several weekdays decides for ical.js in which month a fifth one is looked for.
    if meeting.nth == 5 and len(meeting.weekdays) > 1:
        return ""
    try:
        rule = to_rrule(meeting, starts=starts)
    except InvalidValueError:
        return ""
    if "BYDAY=" in rule and "BYMONTHDAY=-1" in rule:
        return ""
    return _LAST_OF_FEBRUARY.sub(r"BYMONTHDAY=\1", rule)


def _shortened(meeting: Meeting, starts: date, within: Reach) -> Iterator[date]:
    """Yield the days in February on which a meeting is that is on the 29th or the 30th elsewhere."""
    if meeting.frequency != "monthly" or meeting.weekdays or meeting.nth:
        return
    wanted = meeting.day or starts.day
    if 28 < wanted < 31:
        yield from (day for day in _days(meeting, starts, within) if day.day != wanted)


def _apart(
    meeting: Meeting, starts: date, within: Reach, days: AbstractSet[date]
) -> Iterator[tuple[date, datetime | None]]:
    """Yield each meeting on one of *days*, with its moment in UTC; None where it has none."""
    for day in sorted(one for one in days if within.first <= one <= within.last):
        for one in occurrences(meeting, starts=starts, after=day - _DAY, before=day + _DAY):
            yield day, None if one.begins is None else one.begins.astimezone(UTC)


def _blurred(meeting: Meeting, within: Reach) -> frozenset[date]:
    """Return the days on which clocks change at the hour of *meeting*, or in the midst of it, whether it is then or not."""
    if meeting.at is None or meeting.timezone is None:
        return frozenset()
    at, length = meeting.at.replace(tzinfo=None), timedelta(minutes=meeting.minutes or 0)
    found: set[date] = set()
    for change in clock_changes(meeting.timezone, *around(within.first, within.last)):
        first, last = (change.local[0] - length).date(), change.local[1].date()
        near = (first + _DAY * number for number in range((last - first).days + 1))
        found.update(day for day in near if change.blurs(datetime.combine(day, at), length))
    return frozenset(found)


def _until(meeting: Meeting, last: date) -> str:
    """Return the end of the day *last* as a value of UNTIL, which is in UTC where there is a zone (RFC 5545, 3.3.10)."""
    if meeting.at is None:
        return last.strftime("%Y%m%d")
    end = datetime.combine(last, time(23, 59, 59))
    if meeting.timezone is None:
        return end.strftime("%Y%m%dT%H%M%S")
    # The later of two, should the day end in an hour that is repeated.
    return end.replace(tzinfo=zone_of(meeting.timezone), fold=1).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
