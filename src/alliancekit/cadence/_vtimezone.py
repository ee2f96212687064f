"""
What a calendar says of a time zone: its clock changes, one by one.

A calendar carries its zones along (RFC 5545, 3.6.5), so that a reader need not know them. Readers differ in how much of
that they understand, so it is written in the way that all of them read alike: a line for each change, also for the first
of its kind, no rule, and the clock with which the calendar begins as a change that changes nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from struct import unpack_from
from typing import TYPE_CHECKING, Final, TypeAlias, final

from attrs import frozen

from alliancekit.cadence._clock import zone_of
from alliancekit.cadence._component import Component, component

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

__all__ = ["ClockChange", "around", "clock_changes", "vtimezone"]

# How far the clocks of a zone are ahead of UTC, how much of that is for the season (less than nothing where they are put
# back for the winter), and what the zone calls its time.
_Clock: TypeAlias = tuple[timedelta, timedelta, str]

# The seasons of a rule last for months; whatever is shorter is in the list of changes that a zone comes with.
_STEP: Final = timedelta(days=28)
_SECOND: Final = timedelta(seconds=1)
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC, as all that has no zone here


@final
@frozen(kw_only=True)
class ClockChange:
    """
    An instant at which the clocks of a zone change.

    Attributes:
        instant: When it is, in UTC and without a zone.
        before: How far the clocks are ahead of UTC until then.
        after: How far they are from then on.
        name: What the zone calls its time from then on.
        is_for_summer: Whether they go forward for a season.
    """

    instant: datetime
    before: timedelta
    after: timedelta
    name: str
    is_for_summer: bool

    def blurs(self, local: datetime, length: timedelta) -> bool:
        """Return whether clocks leave out the time *local*, have it twice, or change before so much time has passed."""
        first, last = self.local
        return first <= local + length and local < last

    @property
    def local(self) -> tuple[datetime, datetime]:
        """The local times between which all are left out, or are there twice; the last of them is not."""
        return self.instant + min(self.before, self.after), self.instant + max(self.before, self.after)


def around(first: date, last: date) -> tuple[date, date]:
    """Return the days, in UTC, between which the years of local days lie, whatever the zone."""
    return date(first.year - 1, 12, 31), date(last.year + 1, 1, 1)


@lru_cache(maxsize=64)
def clock_changes(timezone: str, first: date, last: date) -> tuple[ClockChange, ...]:
    """
    Return the clock changes of a zone from the day *first* until the day *last*, by the tz database that comes along.

    Raises:
        UnknownNameError: If there is no such zone.
    """
    begin, end = datetime.combine(first, time()), datetime.combine(last, time())
    steps = (begin + _STEP * number for number in range((end - begin) // _STEP + 1))
    moments = sorted({*steps, end, *(one for one in _listed(timezone) if begin <= one < end)})
    return tuple(_changes(zone_of(timezone), moments))


@lru_cache(maxsize=64)
def _listed(timezone: str) -> tuple[datetime, ...]:
    """Return the moments of change that the file of a zone lists (RFC 9636, 3); what follows them is a rule."""
    from importlib.resources import files

    data = files("tzdata").joinpath("zoneinfo", *timezone.split("/")).read_bytes()
    head = ">20x6l"
    utc, standard, leap, times, types, letters = unpack_from(head, data)
    # An old head and block, in 32 bits, then the same in 64 bits.
    second = 44 + times * 5 + types * 6 + letters + leap * 8 + standard + utc
    count = unpack_from(head, data, second)[3]
    listed = unpack_from(f">{count}q", data, second + 44)
    return tuple(_EPOCH + _SECOND * one for one in listed if one >= 0)


def _changes(zone: ZoneInfo, moments: list[datetime]) -> Iterator[ClockChange]:
    """Yield the changes, of which no two lie between one of *moments* and the next."""
    for (start, before), (end, after) in pairwise((one, _clock(zone, one)) for one in moments):
        if before != after:
            yield _change(zone, start, end, before)


def _change(zone: ZoneInfo, start: datetime, end: datetime, before: _Clock) -> ClockChange:
    """Return the change that lies after *start* and not after *end*: halved until a second is left."""
    while end - start > _SECOND:
        middle = start + (end - start) // _SECOND // 2 * _SECOND
        start, end = (middle, end) if _clock(zone, middle) == before else (start, middle)
    ahead, season, name = _clock(zone, end)
    # Ireland and Morocco call it standard time when the clocks are ahead; to calendars the season is when they are.
    is_for_summer = ahead > before[0] and bool(before[1] or season)
    return ClockChange(instant=end, before=before[0], after=ahead, name=name, is_for_summer=is_for_summer)


def _clock(zone: ZoneInfo, moment: datetime) -> _Clock:
    local = moment.replace(tzinfo=UTC).astimezone(zone)
    none = timedelta()
    return local.utcoffset() or none, local.dst() or none, local.tzname() or ""


def vtimezone(timezone: str, first: date, last: date) -> Component:
    """Return what a calendar says of the clocks of a zone from the day *first* until the day *last*."""
    zone = component("Timezone")
    zone.add("TZID", timezone)
    for changes in _alike((_beginning(timezone, first), *clock_changes(timezone, first, last))):
        zone.add_component(_observance(changes))
    return zone


def _beginning(timezone: str, first: date) -> ClockChange:
    """Return how the clocks stand when *first* begins, as a change that changes nothing."""
    instant = datetime.combine(first, time())
    ahead, _, name = _clock(zone_of(timezone), instant)
    return ClockChange(instant=instant, before=ahead, after=ahead, name=name, is_for_summer=False)


def _alike(changes: Iterable[ClockChange]) -> Iterable[list[ClockChange]]:
    """Return the changes by what they change, each kind when it is first met."""
    found: dict[object, list[ClockChange]] = {}
    for one in changes:
        found.setdefault((one.before, one.after, one.name, one.is_for_summer), []).append(one)
    return found.values()


def _observance(changes: list[ClockChange]) -> Component:
    kind = changes[0]
    found = component("TimezoneDaylight" if kind.is_for_summer else "TimezoneStandard")
    # By the clocks of before (RFC 5545, 3.6.5).
    onsets = [one.instant + one.before for one in changes]
    found.add("DTSTART", onsets[0])
    found.add("TZOFFSETFROM", kind.before)
    found.add("TZOFFSETTO", kind.after)
    found.add("TZNAME", kind.name)
    for onset in onsets if len(onsets) > 1 else ():
        found.add("RDATE", onset)
    return found
