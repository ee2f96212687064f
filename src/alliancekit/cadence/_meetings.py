"""When people meet again, and when they look at the whole again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from alliancekit.cadence._agenda import counted_from
from alliancekit.cadence._dates import dates
from alliancekit.model import Alliance, Cadence, ScheduledCheckIn

__all__ = ["next_check_in", "review_due"]

# In so many days each frequency has had its day; one that has not is not waited for.
_REACH: Final = {"daily": 7, "weekly": 14, "monthly": 366, "yearly": 4 * 366}
# More rhythms than anybody keeps: a hostile file must not choose how long it takes.
_MOST: Final = 50


def next_check_in(cadence: Cadence, *, held: date) -> date | None:
    """
    Return the day of the check-in that follows the one *held*; None where the cadence has none, or none for years.

    A meeting that was moved stands for the date that is nearest to it, of two as near the earlier: what is held a day
    early is not due again on the morrow. Rhythms that do not say when they start are counted from the meeting.

    Args:
        cadence: The check-ins, all of which count.
        held: The day of the meeting.

    .. versionadded:: 0.1
    """
    rhythms = tuple(cadence.check_ins.values())[:_MOST]
    following = _following(rhythms, held)
    later = following and _following(rhythms, following)
    if following is None or later is None:
        return following
    before = max(_latest(rhythms, held), default=following - (later - following))
    return later if following - held < held - before else following


def review_due(alliance: Alliance) -> date | None:
    """
    Return the first day of the review after the newest yes; None where nobody has said yes, or there is no review.

    .. versionadded:: 0.1
    """
    review, agreed = alliance.cadence and alliance.cadence.review, counted_from(alliance)
    if review is None or agreed is None:
        return None
    return next(dates(review, starts=review.starts or agreed, after=agreed), None)


def _following(rhythms: tuple[ScheduledCheckIn, ...], held: date) -> date | None:
    found: list[date] = []
    for one in rhythms:
        until = _shifted(max(held, _start(one, held)), _reach(one))
        found += islice(dates(one, starts=_start(one, held), after=held, until=until), 1)
    return min(found, default=None)


def _latest(rhythms: tuple[ScheduledCheckIn, ...], held: date) -> Iterator[date]:
    """Yield of each rhythm the last date that is not after *held*, where there is one within reach."""
    for one in rhythms:
        after = _shifted(held, -_reach(one))
        yield from list(dates(one, starts=_start(one, held), after=after, until=held))[-1:]


def _start(rhythm: ScheduledCheckIn, held: date) -> date:
    return rhythm.starts or held


def _reach(rhythm: ScheduledCheckIn) -> int:
    return _REACH[rhythm.frequency] * rhythm.interval


def _shifted(day: date, days: int) -> date:
    """Return the day so many days on, or the end of the calendar where it is beyond."""
    return date.fromordinal(min(max(1, day.toordinal() + days), date.max.toordinal()))
