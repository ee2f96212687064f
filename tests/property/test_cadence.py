"""
The dates of a recurrence, by a second opinion: dateutil's reading of RFC 5545.

Where ours differs on purpose, the rule is written as that says it: a day that a month lacks is its last day (BYSETPOS),
and `nth` and `day` mean nothing to what is not monthly.
"""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, YEARLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.cadence import dates
from alliancekit.model import Recurrence
from tests.strategies import values

FREQUENCIES = {"daily": DAILY, "weekly": WEEKLY, "monthly": MONTHLY, "yearly": YEARLY}
DAYS = dict(
    zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (MO, TU, WE, TH, FR, SA, SU),
        strict=True,
    )
)
STARTS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
RHYTHMS = values(Recurrence)
MOST = 8


def second(recurs: Recurrence, starts: date, after: date, until: date) -> list[date]:
    """Return what dateutil says."""
    rule: dict[str, Any] = {"interval": recurs.interval}
    days = [DAYS[one] for one in recurs.weekdays]
    if recurs.frequency == "monthly" and (recurs.nth or recurs.weekdays):
        days = days or [(MO, TU, WE, TH, FR, SA, SU)[starts.weekday()]]
        nth = {"last": -1, None: None}.get(recurs.nth, recurs.nth)
        rule["byweekday"] = [one(nth) for one in days] if nth else days
    elif days:
        rule["byweekday"] = days
    opening = datetime.combine(starts, datetime.min.time())
    if recurs.frequency == "monthly" and (recurs.day or not days):
        opening, rule = _on_day(recurs.day or starts.day, opening, rule)
    elif recurs.frequency == "yearly" and not days:
        opening, rule = _on_day(starts.day, opening, {**rule, "bymonth": starts.month})
    closing = datetime.combine(until, datetime.min.time())
    found = (one.date() for one in rrule(FREQUENCIES[recurs.frequency], dtstart=opening, until=closing, **rule))
    return list(islice((one for one in found if one > after and one >= starts), MOST))


def _on_day(day: int, opening: datetime, rule: dict[str, Any]) -> tuple[datetime, dict[str, Any]]:
    """Write a day of the month as the last of those up to it, which a short month has too."""
    if "byweekday" in rule or day <= 28:
        return opening, {**rule, "bymonthday": day}
    return opening, {**rule, "bymonthday": [*range(28, day + 1)], "bysetpos": -1}


@settings(max_examples=150, deadline=None)
@given(RHYTHMS, STARTS, st.integers(-400, 4000), st.integers(0, 4000))
def test_second_opinion(recurs: Recurrence, starts: date, skipped: int, length: int) -> None:
    """The dates are those of dateutil, from any day until any other."""
    if recurs.day is not None and recurs.day > 28 and (recurs.weekdays or recurs.nth):
        return  # RFC 5545 cannot say "the last day of the month, where it is a Friday"
    after = starts + timedelta(skipped)
    until = after + timedelta(length)
    found = list(islice(dates(recurs, starts=starts, after=after, until=until), MOST))
    assert found == second(recurs, starts, after, until)


@settings(max_examples=150, deadline=None)
@given(RHYTHMS, st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_laws(recurs: Recurrence, starts: date, after: date | None, until: date | None) -> None:
    """Dates rise, keep within their bounds, and are the same whether one looks from the start or from later on."""
    found = list(islice(dates(recurs, starts=starts, after=after, until=until), MOST))
    assert found == sorted(set(found))
    assert all(one >= starts and (after is None or one > after) and (until is None or one <= until) for one in found)
    if len(found) > 1:
        assert found[1:] == list(islice(dates(recurs, starts=starts, after=found[0], until=until), MOST - 1))
