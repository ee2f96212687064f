"""Which local times a day has."""

from datetime import date, time

import pytest

from alliancekit.cadence import exists
from alliancekit.errors import UnknownNameError


@pytest.mark.parametrize(
    ("day", "at", "timezone", "expected"),
    [
        (date(2027, 3, 28), time(0, 59), "Europe/Lisbon", True),
        (date(2027, 3, 28), time(1, 0), "Europe/Lisbon", False),
        (date(2027, 3, 28), time(1, 59), "Europe/Lisbon", False),
        (date(2027, 3, 28), time(2, 0), "Europe/Lisbon", True),
        (date(2026, 10, 25), time(1, 30), "Europe/Lisbon", True),  # twice
        (date(2027, 3, 28), time(1, 30), "UTC", True),
        (date(2011, 12, 30), time(12, 0), "Pacific/Apia", False),  # the whole day
        (date.min, time.min, "Asia/Tokyo", True),
        (date.max, time.max, "America/New_York", True),
    ],
)
def test_exists(day: date, at: time, timezone: str, expected: bool) -> None:
    """A time that the clocks leave out does not exist; one that they show twice does, and so do the ends of time."""
    assert exists(day, at, timezone) is expected


def test_unknown_zone() -> None:
    """A zone that the database lacks is refused, with the one that was meant."""
    with pytest.raises(UnknownNameError, match="did you mean 'Europe/Lisbon'"):
        exists(date(2027, 3, 28), time(1, 30), "Europe/Lisbonn")
