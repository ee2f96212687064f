"""Recurrence rules of RFC 5545."""

from datetime import date
from typing import Any

import pytest

from alliancekit.cadence import from_rrule, to_rrule
from alliancekit.errors import InvalidValueError
from alliancekit.model import Recurrence


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ({"frequency": "daily"}, "FREQ=DAILY"),
        ({"frequency": "daily", "interval": 3, "weekdays": ["friday", "monday"]}, "FREQ=DAILY;INTERVAL=3;BYDAY=MO,FR"),
        ({"frequency": "weekly"}, "FREQ=WEEKLY"),
        ({"frequency": "weekly", "interval": 2}, "FREQ=WEEKLY;INTERVAL=2"),
        ({"frequency": "weekly", "weekdays": ["sunday", "monday"]}, "FREQ=WEEKLY;BYDAY=MO,SU"),
        (
            {"frequency": "weekly", "interval": 2, "weekdays": ["thursday"]},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;WKST=MO",
        ),
        ({"frequency": "monthly"}, "FREQ=MONTHLY"),
        ({"frequency": "monthly", "day": 5}, "FREQ=MONTHLY"),
        ({"frequency": "monthly", "day": 28}, "FREQ=MONTHLY;BYMONTHDAY=28"),
        ({"frequency": "monthly", "day": 30}, "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ({"frequency": "monthly", "day": 31}, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ({"frequency": "monthly", "nth": 2}, "FREQ=MONTHLY;BYDAY=2TH"),
        (
            {"frequency": "monthly", "nth": "last", "weekdays": ["monday", "friday"]},
            "FREQ=MONTHLY;BYDAY=-1MO,-1FR",
        ),
        ({"frequency": "monthly", "weekdays": ["friday"]}, "FREQ=MONTHLY;BYDAY=FR"),
        ({"frequency": "monthly", "day": 13, "weekdays": ["friday"]}, "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ({"frequency": "monthly", "day": 31, "weekdays": ["friday"]}, "FREQ=MONTHLY;BYMONTHDAY=-1;BYDAY=FR"),
        ({"frequency": "yearly", "interval": 2}, "FREQ=YEARLY;INTERVAL=2"),
        ({"frequency": "yearly", "weekdays": ["thursday"]}, "FREQ=YEARLY;BYDAY=TH"),
        ({"frequency": "yearly", "day": 3, "nth": 1}, "FREQ=YEARLY"),
    ],
)
def test_written(rhythm: dict[str, Any], expected: str) -> None:
    """A rule says what the rhythm says, and leaves to the first date what the rhythm leaves to its start."""
    assert to_rrule(Recurrence(**rhythm), starts=date(2026, 11, 5)) == expected


@pytest.mark.parametrize(
    ("rhythm", "starts", "expected"),
    [
        ({"frequency": "monthly"}, date(2026, 12, 31), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ({"frequency": "monthly"}, date(2026, 12, 29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ({"frequency": "yearly"}, date(2028, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ],
)
def test_short_months(rhythm: dict[str, Any], starts: date, expected: str) -> None:
    """RFC 5545 leaves out a month that lacks the day, and here it has it on its last one: so the rule says that."""
    assert to_rrule(Recurrence(**rhythm), starts=starts) == expected


@pytest.mark.parametrize(
    ("rhythm", "reason"),
    [
        ({"frequency": "monthly", "day": 20, "nth": 1}, "never occurs"),
        ({"frequency": "monthly", "day": 30, "weekdays": ["friday"]}, "the 30th of each month, or the last day"),
        ({"frequency": "monthly", "day": 29, "nth": 5}, "no RRULE can say so"),
    ],
)
def test_unsayable(rhythm: dict[str, Any], reason: str) -> None:
    """What never occurs, and what no rule can say, is refused with the reason."""
    with pytest.raises(InvalidValueError, match=reason):
        to_rrule(Recurrence(**rhythm), starts=date(2026, 11, 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=DAILY", {"frequency": "daily"}),
        (" rrule:freq=weekly;byday=th,mo,th;wkst=su ", {"frequency": "weekly", "weekdays": ["thursday", "monday"]}),
        ("FREQ=WEEKLY;INTERVAL=02;BYDAY=TH;WKST=SU", {"frequency": "weekly", "interval": 2, "weekdays": ["thursday"]}),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", {"frequency": "monthly", "day": 31}),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", {"frequency": "monthly", "day": 29}),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", {"frequency": "monthly", "day": 31}),
        ("FREQ=MONTHLY;BYDAY=+2TH", {"frequency": "monthly", "nth": 2, "weekdays": ["thursday"]}),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1", {"frequency": "monthly", "nth": "last", "weekdays": ["thursday"]}),
        ("FREQ=YEARLY;BYDAY=TH", {"frequency": "yearly", "weekdays": ["thursday"]}),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=5", {"frequency": "yearly"}),
        ("FREQ=YEARLY;BYMONTH=11", {"frequency": "yearly"}),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=6", {"frequency": "monthly", "interval": 12, "day": 6}),
        (
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=4TH",
            {"frequency": "monthly", "interval": 24, "nth": 4, "weekdays": ["thursday"]},
        ),
    ],
)
def test_read(text: str, expected: dict[str, Any]) -> None:
    """What a rhythm can say is read, in the ways in which calendars write it."""
    assert from_rrule(text, starts=date(2026, 11, 5)) == Recurrence(**expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is no part of a rule"),
        ("INTERVAL=2", "FREQ is missing"),
        ("FREQ=WEEKLY;FREQ=DAILY", "FREQ is there twice"),
        ("FREQ=WEEKLY;BYDAYS=TH", "'BYDAYS' is no part of a rule; did you mean 'BYDAY'?"),
        ("FREQ=HOURLY", "FREQ=HOURLY: nothing comes back more often than daily"),
        ("FREQ=FORTNIGHTLY", "FREQ cannot be 'FORTNIGHTLY'"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is 0; 1 to 999 are allowed"),
        ("FREQ=DAILY;INTERVAL=1000", "INTERVAL is 1000"),
        ("FREQ=DAILY;INTERVAL=\u0663", "INTERVAL cannot be"),
        ("FREQ=WEEKLY\nEXDATE:20261105", "FREQ cannot be"),
        ("FREQ=WEEKLY;COUNT=3", "COUNT: a rhythm has no end"),
        ("FREQ=WEEKLY;UNTIL=20270101", "UNTIL: a rhythm has no end"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR: an hour is no part of a rhythm"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO: weeks are not counted"),
        ("FREQ=YEARLY;BYYEARDAY=-1", "BYYEARDAY: days are not counted"),
        ("FREQ=MONTHLY;SKIP=OMIT;RSCALE=GREGORIAN", "SKIP: a month that lacks a day has it on its last one"),
        ("FREQ=DAILY;BYMONTHDAY=1", "BYMONTHDAY: no rhythm that is daily has it"),
        ("FREQ=WEEKLY;BYDAY=2TH", "BYDAY: only in a month are weekdays counted"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SU;WKST=SU", "WKST=SU: weeks begin on Monday"),
        ("FREQ=MONTHLY;BYMONTH=3", "BYMONTH: no rhythm that is monthly has it"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "months that lack day 31 are left out by it"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "write BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "BYMONTHDAY: several days of a month are several rhythms"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "BYMONTHDAY is -2; a day is 1 to 31, or -1"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY is 32"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=-1", "BYSETPOS: of days of a month only the last"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "BYSETPOS: of several weekdays"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2", "BYSETPOS: a weekday of a month is the 1st to the 5th"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS: there is nothing"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "BYDAY: different weeks of a month"),
        ("FREQ=MONTHLY;BYDAY=-2FR", "BYDAY: a weekday of a month is the 1st to the 5th"),
        ("FREQ=YEARLY;BYMONTH=3", "BYMONTH is 3, and it starts in month 11"),
        ("FREQ=YEARLY;BYMONTH=11,12", "BYMONTH is 11,12"),
        ("FREQ=YEARLY;INTERVAL=99;BYMONTH=11;BYDAY=4TH", "INTERVAL is 99 years, which are 1188 months"),
        ("FREQ=YEARLY;BYMONTHDAY=3", "BYMONTHDAY: no rhythm that is yearly has it"),
        ("FREQ=YEARLY;BYDAY=20MO", "BYDAY: only in a month"),
        ("FREQ=" + "D" * 1000, "at most 1000 characters"),
    ],
)
def test_unread(text: str, reason: str) -> None:
    """What no rhythm can say is refused by its name, with the reason."""
    with pytest.raises(InvalidValueError) as caught:
        from_rrule(text, starts=date(2026, 11, 5))
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("text", "starts", "reason"),
    [
        ("FREQ=MONTHLY", date(2026, 12, 31), "months that lack day 31, on which it starts, are left out"),
        ("FREQ=YEARLY", date(2028, 2, 29), "years without a 29th of February are left out"),
        ("FREQ=YEARLY;BYMONTH=2", date(2028, 2, 29), "years without a 29th of February are left out"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", None, "pass starts="),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", date(2026, 11, 5), "WKST=SU"),
    ],
)
def test_unread_from_there(text: str, starts: date | None, reason: str) -> None:
    """What a rule means may hang on its first date."""
    with pytest.raises(InvalidValueError, match=reason):
        from_rrule(text, starts=starts)


def test_all_at_once() -> None:
    """All that is wrong is told, and not only the first of it."""
    with pytest.raises(InvalidValueError) as caught:
        from_rrule("FREQ=MONTHLY;COUNT=3;BYHOUR=9;BYDAY=XX")
    assert [part.split(":")[0].split()[0] for part in caught.value.reason.split("; ") if part[:2].isupper()] == [
        "COUNT",
        "BYHOUR",
        "BYDAY",
    ]
