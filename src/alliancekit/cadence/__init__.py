"""When something recurs, by the calendar and the clock on the wall: nothing here depends on today unless it is passed in."""

from alliancekit.cadence._agenda import Event, EventKind, agenda, counted_from
from alliancekit.cadence._calendar import event_uids, to_calendar
from alliancekit.cadence._clock import exists
from alliancekit.cadence._dates import Recurs, dates
from alliancekit.cadence._meetings import next_check_in, review_due
from alliancekit.cadence._occurrences import (
    Occurrence,
    count_occurrences,
    next_occurrence,
    occurrences,
    previous_occurrence,
)
from alliancekit.cadence._rrule import to_rrule
from alliancekit.cadence._rrule_read import from_rrule

__all__ = [
    "Event",
    "EventKind",
    "Occurrence",
    "Recurs",
    "agenda",
    "count_occurrences",
    "counted_from",
    "dates",
    "event_uids",
    "exists",
    "from_rrule",
    "next_check_in",
    "next_occurrence",
    "occurrences",
    "previous_occurrence",
    "review_due",
    "to_calendar",
    "to_rrule",
]
