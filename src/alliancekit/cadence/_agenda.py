"""
What comes next in an alliance: its meetings, its review, what is promised for a day, and what runs out.

An alliance that has ended has nothing to come. One that rests expects nothing of anybody meanwhile, so that nothing
comes but its end. Its meetings and its review come until it expires.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, Literal, TypeAlias, final

from attrs import frozen

from alliancekit.cadence._clock import instant, moved, zone_of
from alliancekit.cadence._occurrences import Bounds, Occurrence, day_of, occurrences
from alliancekit.errors import InvalidValueError, require
from alliancekit.model import Alliance, Review, ScheduledCheckIn

__all__ = ["Event", "EventKind", "agenda", "counted_from"]

EventKind: TypeAlias = Literal["check-in", "review", "due", "waiver", "expires"]
"""What an event is: a check-in, the review, the day of a promise, the end of a waiver or of the alliance."""

_Keyed: TypeAlias = tuple[tuple[timedelta, int], "Event"]


@final
@frozen(kw_only=True)
class Event:
    """
    Something in an alliance that has a day.

    Attributes:
        kind: What it is: ``check-in``, ``review``, ``due``, ``waiver`` or ``expires``.
        id: Of the clause or the waiver; for the end of the alliance, that of the alliance.
        title: What it is about, in the members' words: a promise's text, a waiver's reason, for the review and the end
            the title of the alliance; of a check-in its id, for it has no words of its own.
        occurrence: When it is. What runs out does so on its last day.

    .. versionadded:: 0.1
    """

    kind: EventKind
    id: str
    title: str
    occurrence: Occurrence

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"kind": self.kind, "id": self.id, "title": self.title, **self.occurrence.to_dict()}


def counted_from(alliance: Alliance) -> date | None:
    """
    Return the day from which what has no start of its own is counted: that of the newest yes; None where there is none.

    .. versionadded:: 0.1
    """
    return max((one.date for one in alliance.ratifications.values()), default=None)


def agenda(
    alliance: Alliance,
    *,
    after: date,
    before: date | None = None,
    limit: int | None = None,
    starts: date | None = None,
) -> Iterator[Event]:
    """
    Yield what comes in an alliance, in order, each when it is asked for.

    That are its check-ins and its review, the days of promises that stand open, the last days of its waivers, and its own
    last day, with which its meetings end. Nothing comes where it is closed, and where it is paused only its end.
    What has no start of its own is counted from *starts*, else from the newest yes, and without one from the day of
    *after*. On the day of the yes everything was looked at, so that the review is not on it.
    What has no hour stands at the beginning of its day, in the first zone that a meeting names, or else in UTC.

    Args:
        alliance: The alliance.
        after: A day whose followers are asked for, or a moment (with its zone).
        before: The same for the other end; None goes on to the end of the calendar.
        limit: How many at most; None is all of them.
        starts: The day from which is counted what has no start of its own; None is that of the newest yes.

    Raises:
        InvalidValueError: If it is no alliance, a moment has no zone, *starts* is no day, or the limit is below zero.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "agenda", "alliance")
    if limit is not None and limit < 0:
        raise InvalidValueError("agenda", "limit", "must be a number that is not below zero, or None")
    bounds, zone = Bounds(after=after, before=before), _zone(alliance)
    bounds = Bounds(after=_told_in(after, zone), before=before and _told_in(before, zone))
    # A lazy merge: of thousands of rhythms only the next of each is looked for.
    found = merge(_dated(alliance, bounds, zone), *_meetings(alliance, starts, bounds, zone), key=itemgetter(0))
    return islice((event for _, event in found), limit)


def _rhythms(alliance: Alliance) -> Iterator[ScheduledCheckIn | Review]:
    if alliance.cadence is not None and alliance.status in ("draft", "active"):
        yield from alliance.cadence.check_ins.values()
        if alliance.cadence.review is not None:
            yield alliance.cadence.review


def _zone(alliance: Alliance) -> tzinfo:
    return next((zone_of(one.timezone) for one in _rhythms(alliance) if one.timezone), UTC)


def _told_in(bound: date, zone: tzinfo) -> date:
    """Return a moment as the clocks of *zone* show it, which is where what names no zone stands; a day is its own."""
    try:
        return bound.astimezone(zone) if isinstance(bound, datetime) else bound
    except OverflowError:  # at an end of the calendar, where a day more or less is beyond
        return bound


def _meetings(alliance: Alliance, starts: date | None, bounds: Bounds, zone: tzinfo) -> Iterator[Iterator[_Keyed]]:
    counted = starts or counted_from(alliance) or day_of(bounds.after or date.min, zone)
    for one in _rhythms(alliance):
        meetings = _held(one, alliance, counted, bounds, zone)
        if isinstance(one, Review) and one.starts is None and starts is None:
            agreed = counted_from(alliance)
            yield (event for event in meetings if event[1].occurrence.date != agreed)
        else:
            yield meetings


def _held(
    rhythm: ScheduledCheckIn | Review, alliance: Alliance, counted: date, bounds: Bounds, zone: tzinfo
) -> Iterator[_Keyed]:
    kind: EventKind = "review" if isinstance(rhythm, Review) else "check-in"
    title = alliance.title if isinstance(rhythm, Review) else rhythm.id
    for one in occurrences(rhythm, starts=counted, after=bounds.after, before=bounds.before):
        if alliance.expires is not None and one.date > alliance.expires:
            return
        yield _keyed(Event(kind=kind, id=rhythm.id, title=title, occurrence=one), rhythm.at, zone)


def _dated(alliance: Alliance, bounds: Bounds, zone: tzinfo) -> Iterator[_Keyed]:
    """Return what has one day, in order."""
    found = (_keyed(one, None, zone) for one in _days(alliance) if bounds.holds(one.occurrence.date, None, zone))
    return iter(sorted(found, key=itemgetter(0)))


def _days(alliance: Alliance) -> Iterator[Event]:
    if alliance.status in ("draft", "active"):
        for one in alliance.commitments.values():
            if one.due is not None and one.standing == "open":
                yield Event(kind="due", id=one.id, title=one.text, occurrence=Occurrence(date=one.due))
        for waiver in alliance.waivers.values():
            if waiver.until is not None:
                ends = Occurrence(date=waiver.until)
                yield Event(kind="waiver", id=waiver.id, title=waiver.reason, occurrence=ends)
    if alliance.expires is not None and alliance.status != "closed":
        ends = Occurrence(date=alliance.expires)
        yield Event(kind="expires", id=alliance.id, title=alliance.title, occurrence=ends)


def _keyed(event: Event, at: time | None, zone: tzinfo) -> _Keyed:
    """Return *event* with its moment; of what is at one moment, the end of the alliance is last."""
    begins = event.occurrence.begins or moved(event.occurrence.date, at or time.min, zone)
    return (instant(begins), event.kind == "expires"), event
