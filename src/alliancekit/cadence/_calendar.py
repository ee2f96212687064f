"""
The meetings of an alliance, for a calendar (iCalendar, RFC 5545).

Of the alliance a calendar tells its title, and when and where its members meet, and nothing that anybody said: calendars
are shown to others, and to programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, final
from uuid import UUID, uuid5

from attrs import frozen

from alliancekit.cadence._agenda import counted_from
from alliancekit.cadence._component import Component, component, minutes, rule, words
from alliancekit.cadence._series import Meeting, Reach, Series, series
from alliancekit.cadence._vtimezone import around, vtimezone
from alliancekit.errors import InvalidValueError, require
from alliancekit.model import Alliance, Review, Status

__all__ = ["event_uids", "to_calendar"]

# Never to be changed: a calendar finds by it what it has already.
_NAMESPACE: Final = UUID("d62a247f-d832-5932-8cf3-a593c85c9358")
_YEARS: Final = 10
_MOST_YEARS: Final = 100
# What the clocks of a place were before is often a guess, and not in whole minutes, which readers need.
_EARLIEST: Final = date(1970, 1, 1)
_LATEST: Final = date(9998, 12, 31)
_MOST_MEETINGS: Final = 100
_MOST_MINUTES: Final = 4 * 7 * 24 * 60
_MOST_SEQUENCE: Final = 2**31 - 1
_UTC: Final = "UTC"

_STATUS: Final[dict[Status, str]] = {
    "draft": "TENTATIVE",
    "active": "CONFIRMED",
    "paused": "CANCELLED",
    "closed": "CANCELLED",
}
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What no calendar needs and some obey, or show in another order, or cannot encode: controls, marks of direction that are
# left open, marks of byte order, what is no character.
_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufeff\ufffe\uffff]")
# Letters of an address (RFC 3986): where it stands alone nothing is escaped (RFC 5545, 3.3.13).
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def to_calendar(
    alliance: Alliance,
    *,
    stamp: datetime,
    starts: date | None = None,
    reminders: Iterable[int] = (),
    until: date | None = None,
) -> bytes:
    """
    Return the check-ins and the review of an alliance as a file for calendars (iCalendar, RFC 5545).

    Readers find in it the moments of `occurrences`, and each by itself: clock changes come along. What has no hour is an
    event of the whole day. The same arguments give the same bytes. A calendar that has an earlier one finds each event
    again by its UID, which stays the same while the ids of alliance and clause do, and takes the one whose *stamp* is
    later. The meetings of a draft are tentative, and those of an alliance that is paused or closed are cancelled.

    Args:
        alliance: What the meetings are about.
        stamp: When the alliance became what it is now: a moment with its zone. The clock is not read.
        starts: The day from which is counted what has no start of its own; None is that of the newest ratification.
        reminders: How many minutes before each meeting to remind of it, each 0 to 40,320, which are four weeks.
        until: The last day; None is ten years after *stamp*, and a hundred years are the most. Nothing is later, or after
            the alliance expires; nothing is earlier than ten years before *stamp*, or than 1970.

    Raises:
        InvalidValueError: It is no alliance, a meeting has no start and nothing else says from when to count, an argument is not legal, there
            are more than 100 check-ins, or no meeting ever comes.
        MissingExtraError: The extra ``calendar`` is not installed.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "to_calendar", "alliance")
    edition = _Edition(alliance=alliance, stamp=_stamp(stamp), reminders=_reminders(reminders))
    reach = _reach(alliance, edition.stamp, until)
    found = _all_series(alliance, starts, reach)
    if not found:
        reason = f"has no check-in and no review that comes by {reach.last}; {_remedy(alliance)}"
        raise InvalidValueError("to_calendar", "alliance", reason)
    return _calendar(edition, found).to_ical(sorted=False)


def _remedy(alliance: Alliance) -> str:
    """Return what to do about an alliance none of whose meetings comes."""
    return (
        "look at its cadence, or name a later day"
        if _meetings(alliance)
        else "write cadence: with check_ins: or review:"
    )


def event_uids(
    alliance: Alliance, *, stamp: datetime, starts: date | None = None, until: date | None = None
) -> dict[str, str]:
    """
    Return by which UID a calendar knows each meeting that `to_calendar` writes, by clause id.

    A meeting that is not there never comes within those days. One that stands apart from the rule of its rhythm, because
    clocks change at its hour, has a UID of its own.

    Args:
        alliance: As for `to_calendar`.
        stamp: The same.
        starts: The same.
        until: The same.

    Raises:
        InvalidValueError: As for `to_calendar`, but for meetings that never come.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "event_uids", "alliance")
    edition = _Edition(alliance=alliance, stamp=_stamp(stamp), reminders=())
    found = _all_series(alliance, starts, _reach(alliance, edition.stamp, until))
    return {one.meeting.id: edition.uid(one.meeting.id) for one in found}


@final
@frozen(kw_only=True)
class _Edition:
    """
    What the events of a calendar have in common.

    Attributes:
        alliance: What the meetings are about.
        stamp: When it became what it is now, in UTC.
        reminders: How many minutes before to remind.
    """

    alliance: Alliance
    stamp: datetime
    reminders: tuple[int, ...]

    @property
    def sequence(self) -> int:
        """Its number (RFC 5545, 3.8.7.4): the minutes since 1970, so that a later one is greater."""
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        return min(max(0, (self.stamp - epoch) // timedelta(minutes=1)), _MOST_SEQUENCE)

    def uid(self, *names: str) -> str:
        """Return what an event is called in every edition (RFC 7986, 5.3)."""
        return str(uuid5(_NAMESPACE, "/".join((self.alliance.id, *names))))

    def summary(self, meeting: Meeting) -> str:
        """Return what people read first."""
        if isinstance(meeting, Review):
            return f"{self.alliance.title}: review"
        several = self.alliance.cadence is not None and len(self.alliance.cadence.check_ins) > 1
        return f"{self.alliance.title}: check-in{f' ({meeting.id})' if several else ''}"


def _stamp(stamp: object) -> datetime:
    if not isinstance(stamp, datetime) or stamp.utcoffset() is None:
        raise InvalidValueError("to_calendar", "stamp", "must be a datetime with its zone, as datetime(…, tzinfo=UTC)")
    try:
        return stamp.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise InvalidValueError("to_calendar", "stamp", "is at the end of the calendar; pass an earlier one") from None


def _reminders(reminders: Iterable[int]) -> tuple[int, ...]:
    found = tuple(reminders)
    for one in found:
        if type(one) is not int or not 0 <= one <= _MOST_MINUTES:
            reason = f"must be whole minutes from 0 to {_MOST_MINUTES}, not {one!r}"
            raise InvalidValueError("to_calendar", "reminders", reason)
    return tuple(sorted(set(found), reverse=True))


def _reach(alliance: Alliance, stamp: datetime, until: date | None) -> Reach:
    today = stamp.date()
    if isinstance(until, datetime) or (until is not None and until > _years_on(today, _MOST_YEARS)):
        reason = f"must be a date, at most {_MOST_YEARS} years after the stamp"
        raise InvalidValueError("to_calendar", "until", reason)
    last = min(until or _years_on(today, _YEARS), alliance.expires or _LATEST, _LATEST)
    # A rhythm of the year 1 does not bring all clock changes since.
    return Reach(first=max(_EARLIEST, _years_on(today, -_YEARS)), last=last)


def _years_on(day: date, years: int) -> date:
    return date(min(max(1, day.year + years), 9999), day.month, min(day.day, 28))


def _all_series(alliance: Alliance, starts: date | None, reach: Reach) -> tuple[Series, ...]:
    meetings = _meetings(alliance)
    if isinstance(starts, datetime):
        raise InvalidValueError("to_calendar", "starts", "must be a date")
    if len(meetings) > _MOST_MEETINGS:
        reason = f"has {len(meetings)} check-ins and reviews; at most {_MOST_MEETINGS} go into one calendar"
        raise InvalidValueError("to_calendar", "alliance", reason)
    if not (starts or counted_from(alliance)) and (lost := [one.id for one in meetings if one.starts is None]):
        reason = f"is needed: nothing says when {', '.join(lost)} start{'s' if len(lost) == 1 else ''}, and nobody has ratified yet"
        raise InvalidValueError("to_calendar", "starts", reason)
    found = (_found(one, starts, counted_from(alliance), reach) for one in meetings)
    return tuple(one for one in found if one is not None)


def _meetings(alliance: Alliance) -> tuple[Meeting, ...]:
    if alliance.cadence is None:
        return ()
    review = () if alliance.cadence.review is None else (alliance.cadence.review,)
    return (*alliance.cadence.check_ins.values(), *review)


def _found(one: Meeting, starts: date | None, agreed: date | None, reach: Reach) -> Series | None:
    start = one.starts or starts or agreed
    if start is None:  # nobody knows from when to count, and it was refused
        return None
    if isinstance(one, Review) and start == agreed and one.starts is None and starts is None:
        # On the day of the yes everything was looked at.
        reach = Reach(first=max(reach.first, start + timedelta(days=1)), last=reach.last)
    return series(one, start, reach)


def _calendar(edition: _Edition, found: tuple[Series, ...]) -> Component:
    calendar = component("Calendar")
    calendar.add("PRODID", "-//alliancekit//alliancekit//EN")
    calendar.add("VERSION", "2.0")
    # One line: icalendar does not escape what it knows no type of, and refuses a line break there.
    name = " ".join(_clean(edition.alliance.title).split())
    calendar.add("NAME", words(name))  # RFC 7986, 5.1
    calendar.add("X-WR-CALNAME", words(name))
    for timezone, first, last in _zones(found):
        calendar.add_component(vtimezone(timezone, first, last))
    for one in found:
        for event in _events(edition, one):
            calendar.add_component(event)
    return calendar


def _zones(found: Iterable[Series]) -> Iterator[tuple[str, date, date]]:
    """Yield each zone that events name, with the days from and until which its clocks are told: whole years."""
    within: dict[str, tuple[date, date]] = {}
    for one in found:
        zone = one.meeting.timezone
        if one.days and one.meeting.at and zone and zone != _UTC:
            first, last = within.get(zone, (one.days[0], one.last))
            within[zone] = min(first, one.days[0]), max(last, one.last)
    for zone in sorted(within):
        yield zone, *around(*within[zone])


def _events(edition: _Edition, one: Series) -> Iterator[Component]:
    if one.days:
        event = _event(edition, one.meeting, one.meeting.id)
        parameters = _begins(event, one)
        if one.rule:
            event.add("RRULE", rule(one.rule))
        # DTSTART is one of them, and ical.js wants it said; on lines of their own, because it reads the first of each.
        for day in one.days if not one.rule else ():
            event.add("RDATE", _local(one.meeting, day), parameters=parameters)
        for day in one.left_out:
            event.add("EXDATE", _local(one.meeting, day), parameters=parameters)
        yield event
    for day, moment in one.apart:
        event = _event(edition, one.meeting, one.meeting.id, day.isoformat())
        event.add("DTSTART", moment or _local(one.meeting, day))
        yield event


def _event(edition: _Edition, meeting: Meeting, *names: str) -> Component:
    """Return an event but for its time."""
    event = component("Event")
    event.add("UID", edition.uid(*names))
    event.add("DTSTAMP", edition.stamp)
    event.add("SEQUENCE", edition.sequence)
    event.add("SUMMARY", _clean(edition.summary(meeting)))
    _add_place(event, meeting)
    event.add("STATUS", _STATUS[edition.alliance.status])
    if meeting.at is None:
        event.add("TRANSP", "TRANSPARENT")  # it is on that day, and does not take it up
    elif meeting.minutes is not None:
        event.add("DURATION", minutes(meeting.minutes))
    for before in edition.reminders:
        event.add_component(_alarm(_clean(edition.summary(meeting)), before))
    return event


def _begins(event: Component, one: Series) -> dict[str, str]:
    """Say when the first meeting begins, and return the parameters that further times have to have."""
    timezone = one.meeting.timezone if one.meeting.at is not None else None
    parameters = {} if timezone in (None, _UTC) else {"TZID": timezone}
    event.add("DTSTART", _local(one.meeting, one.days[0]), parameters=parameters)
    return parameters


def _local(meeting: Meeting, day: date) -> date:
    """Return when the meeting of *day* is: by the clock on the wall, or the day alone where no hour is said."""
    if meeting.at is None:
        return day
    # A time in UTC says so itself (RFC 5545, 3.3.5), and takes no zone.
    return datetime.combine(day, meeting.at.replace(tzinfo=UTC if meeting.timezone == _UTC else None))


def _add_place(event: Component, meeting: Meeting) -> None:
    if meeting.where is None:
        return
    place = _clean(meeting.where)
    event.add("LOCATION", place)
    if _ADDRESS.fullmatch(place):
        event.add("URL", place)


def _alarm(summary: str, before: int) -> Component:
    alarm = component("Alarm")
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", summary)
    alarm.add("TRIGGER", minutes(before, sign="-"))
    return alarm


def _clean(text: str) -> str:
    """Return *text* without what commands a program that shows it; icalendar escapes the rest (RFC 5545, 3.3.11)."""
    return _UNWANTED.sub("", _BREAKS.sub("\n", text)).replace("\t", " ").strip()
