"""
Moments and rules, by a second opinion.

``python -m tests.second_opinion`` compares 2,000 rhythms over ten years; here are fewer, of which each run has others.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from random import Random

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alliancekit.cadence import (
    count_occurrences,
    dates,
    from_rrule,
    next_occurrence,
    occurrences,
    previous_occurrence,
    to_rrule,
)
from alliancekit.errors import InvalidValueError
from alliancekit.model import Recurrence, ScheduledCheckIn
from tests.second_opinion import check_in, differences
from tests.strategies import values

STARTS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
SEEDS = st.integers(0, 2**32).map(Random)
MOST = 8


@settings(max_examples=15, deadline=None)
@given(SEEDS)
@example(Random(4775482))  # Dublin, where winter time is the one that is saved
def test_second_opinion(chance: Random) -> None:
    """The moments of ten years are those of another engine with its own zones, also where clocks change."""
    assert differences(check_in(chance)) == []


def test_a_day_left_out() -> None:
    """Both engines have one moment where a zone left out a day."""
    daily = ScheduledCheckIn(
        id="daily", frequency="daily", starts=date(2011, 12, 1), at=time(10), timezone="Pacific/Apia"
    )
    assert differences(daily) == []


@settings(max_examples=100, deadline=None)
@given(values(Recurrence), STARTS)
@example(Recurrence(frequency="monthly", day=31, nth=4, weekdays=["friday"]), date(2026, 1, 1))
@example(Recurrence(frequency="yearly", interval=3), date(2028, 2, 29))
def test_rules(recurs: Recurrence, starts: date) -> None:
    """A rule has the dates of its rhythm, by dateutil; read again it means the same; what has no rule says why."""
    found = list(islice(dates(recurs, starts=starts), MOST))
    if not found or (recurs.frequency == "monthly" and recurs.day in (29, 30) and (recurs.weekdays or recurs.nth)):
        with pytest.raises(InvalidValueError, match="no RRULE" if found else "never occurs"):
            to_rrule(recurs, starts=starts)
        return
    rule = to_rrule(recurs, starts=starts)
    opening = datetime.combine(found[0], time())
    again = [one.date() for one in islice(rrulestr(rule, dtstart=opening).xafter(opening, inc=True), MOST)]
    assert again[: len(found)] == found
    assert list(islice(dates(from_rrule(rule, starts=starts), starts=starts), MOST)) == found


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("FREQWKLYMONTHDAI=;,-+0123456789B: \n")), st.none() | st.dates())
@example("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(9999, 12, 31))
def test_any_text(text: str, starts: date | None) -> None:
    """Any text is a rhythm or is refused, and nothing else."""
    for rule in (text, f"FREQ=MONTHLY;{text}"):
        try:
            read = from_rrule(rule, starts=starts)
        except InvalidValueError:
            continue
        assert isinstance(read, Recurrence)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.datetimes(datetime(1995, 1, 1), datetime(2035, 1, 1)), st.integers(0, 90))  # noqa: DTZ001
def test_laws(chance: Random, wall: datetime, days: int) -> None:
    """Moments rise; what is after, before and between meets without a gap and twice never; one goes back where one came from."""
    one = check_in(chance)
    middle = wall.replace(tzinfo=UTC)
    begins = [each.begins for each in islice(occurrences(one, after=middle), MOST) if each.begins]
    assert all(each > middle for each in begins)
    assert all(each.astimezone(UTC) < other.astimezone(UTC) for each, other in pairwise(begins))
    previous, following = previous_occurrence(one, before=middle), next_occurrence(one, after=middle)
    if following and following.begins:
        expected = [previous, *_at(one, middle)][-1]
        assert previous_occurrence(one, before=following.begins) == expected
    closing = middle + timedelta(days)
    whole = count_occurrences(one, before=closing)
    parts = (
        count_occurrences(one, before=middle),
        len(_at(one, middle)),
        count_occurrences(one, after=middle, before=closing),
    )
    assert days == 0 or whole == sum(parts)


def _at(one: ScheduledCheckIn, moment: datetime) -> list[object]:
    """Return what is at that very moment."""
    tick = timedelta(microseconds=1)
    return list(occurrences(one, after=moment - tick, before=moment + tick))
