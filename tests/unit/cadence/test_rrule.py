"""Recurrence rules of RFC 5545."""

from datetime import date
from typing import Any

import pytest

from alliancekit.cadence import to_rrule
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
