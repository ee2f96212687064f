"""The dates on which something recurs."""

from datetime import date
from itertools import islice
from typing import Any

import pytest

from alliancekit.cadence import _dates, dates
from alliancekit.model import Recurrence, Review, ScheduledCheckIn


def first(count: int, starts: str, *, after: str | None = None, until: str | None = None, **rhythm: Any) -> list[str]:
    found = dates(
        Recurrence(**rhythm),
        starts=date.fromisoformat(starts),
        after=date.fromisoformat(after) if after else None,
        until=date.fromisoformat(until) if until else None,
    )
    return [one.isoformat() for one in islice(found, count)]


class TestFrequencies:
    """What each frequency comes to."""

    def test_daily(self) -> None:
        """A daily rhythm comes back every so many days."""
        assert first(3, "2026-12-30", frequency="daily", interval=2) == ["2026-12-30", "2027-01-01", "2027-01-03"]

    def test_daily_on_weekdays(self) -> None:
        """Weekdays leave out the days of a daily rhythm that are none of them."""
        found = first(3, "2026-12-04", frequency="daily", weekdays=["friday", "monday"])
        assert found == ["2026-12-04", "2026-12-07", "2026-12-11"]

    def test_weekly(self) -> None:
        """Left out, the weekday is the one on which it starts."""
        assert first(2, "2026-11-05", frequency="weekly") == ["2026-11-05", "2026-11-12"]

    def test_weekly_on_several_days(self) -> None:
        """Days come in the order of the calendar, whatever the order in which they are written."""
        found = first(4, "2026-11-05", frequency="weekly", interval=2, weekdays=["thursday", "monday"])
        assert found == ["2026-11-05", "2026-11-16", "2026-11-19", "2026-11-30"]

    def test_monthly(self) -> None:
        """A month that lacks the day has it on its last one, and the day does not drift."""
        found = first(4, "2026-12-31", frequency="monthly")
        assert found == ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]

    def test_monthly_on_a_day(self) -> None:
        """The day of the month may be another than the one on which it starts; nothing comes before the start."""
        found = first(3, "2027-01-31", frequency="monthly", day=30)
        assert found == ["2027-02-28", "2027-03-30", "2027-04-30"]

    @pytest.mark.parametrize(
        ("nth", "expected"),
        [(1, ["2026-11-05", "2026-12-03"]), (5, ["2026-12-31", "2027-04-29"]), ("last", ["2026-11-26", "2026-12-31"])],
    )
    def test_monthly_nth(self, nth: Any, expected: list[str]) -> None:
        """One of the weekdays of a month; a month without a fifth one is left out."""
        assert first(2, "2026-11-01", frequency="monthly", weekdays=["thursday"], nth=nth) == expected

    def test_monthly_nth_of_the_first_weekday(self) -> None:
        """Which weekday it is, the start says where nothing else does."""
        assert first(2, "2026-11-05", frequency="monthly", nth=2) == ["2026-11-12", "2026-12-10"]

    def test_monthly_on_every_weekday(self) -> None:
        """Weekdays alone are all of those in the month."""
        found = first(6, "2026-11-01", frequency="monthly", interval=2, weekdays=["sunday"])
        assert found == ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29", "2027-01-03"]

    def test_monthly_on_a_day_and_a_weekday(self) -> None:
        """Both must fit: a Friday that is the 13th."""
        assert first(2, "2026-01-01", frequency="monthly", day=13, weekdays=["friday"]) == ["2026-02-13", "2026-03-13"]

    def test_yearly(self) -> None:
        """What starts on the 29th of February has the 28th in a common year."""
        assert first(3, "2027-12-24", frequency="yearly", interval=2) == ["2027-12-24", "2029-12-24", "2031-12-24"]
        assert first(3, "2024-02-29", frequency="yearly", interval=2) == ["2024-02-29", "2026-02-28", "2028-02-29"]

    def test_yearly_on_weekdays(self) -> None:
        """Weekdays alone are all of those in the year."""
        found = first(53, "2026-12-24", frequency="yearly", interval=2, weekdays=["thursday"])
        assert found[:3] == ["2026-12-24", "2026-12-31", "2028-01-06"]

    @pytest.mark.parametrize("frequency", ["daily", "weekly", "yearly"])
    def test_what_is_for_months(self, frequency: str) -> None:
        """What says which day of a month says nothing of other rhythms."""
        plain = first(5, "2026-11-05", frequency=frequency)
        assert first(5, "2026-11-05", frequency=frequency, nth=2, day=3) == plain


class TestBounds:
    """From where, and until when."""

    def test_after(self) -> None:
        """The day after which they are asked for is not among them, and those before it are not walked through."""
        found = first(2, "0001-01-01", after="9999-11-01", frequency="daily", interval=3)
        assert found == ["9999-11-02", "9999-11-05"]

    def test_after_before_the_start(self) -> None:
        """Nothing comes before the start."""
        assert first(1, "2026-11-05", after="2020-01-01", frequency="weekly") == ["2026-11-05"]

    def test_until(self) -> None:
        """The last day may be one of them."""
        assert first(9, "2026-11-05", until="2026-11-19", frequency="weekly") == [
            "2026-11-05",
            "2026-11-12",
            "2026-11-19",
        ]
        assert first(9, "2026-11-05", until="2026-11-04", frequency="weekly") == []

    @pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly", "yearly"])
    def test_ends_of_the_calendar(self, frequency: str) -> None:
        """The first and the last day of the calendar are days like any other."""
        assert first(1, "0001-01-01", frequency=frequency, interval=999) == ["0001-01-01"]
        assert first(9, "9999-12-31", frequency=frequency) == ["9999-12-31"]
        assert first(9, "9999-12-01", frequency=frequency, interval=999) == ["9999-12-01"]
        assert first(9, "0001-01-01", after="9999-12-31", frequency=frequency) == []

    def test_last_week(self) -> None:
        """A week that the calendar does not finish gives the days that it has."""
        assert first(9, "9999-12-31", frequency="weekly", weekdays=["sunday", "friday"]) == ["9999-12-31"]

    @pytest.mark.parametrize(
        "rhythm",
        [
            {"frequency": "daily", "interval": 7, "weekdays": ["sunday"]},
            {"frequency": "monthly", "day": 20, "nth": 1, "weekdays": ["friday"]},
            {"frequency": "monthly", "interval": 960, "nth": 5, "weekdays": ["sunday"]},
            {"frequency": "monthly", "interval": 24, "nth": 5, "weekdays": ["sunday"]},
        ],
    )
    def test_what_never_occurs(self, rhythm: Any) -> None:
        """What never occurs has no dates, and that is known at once."""
        assert first(1, "0001-02-01", **rhythm) == []

    def test_months_are_not_searched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A month is looked into once for each way in which months begin and end, however rare the day is."""
        looked: list[tuple[int, int]] = []
        in_month = _dates._in_month

        def look(recurs: Any, starts: date, weekday: int, length: int) -> list[int]:
            looked.append((weekday, length))
            return in_month(recurs, starts, weekday, length)

        monkeypatch.setattr(_dates, "_in_month", look)
        rhythm: dict[str, Any] = {"frequency": "monthly", "day": 29, "nth": 4, "weekdays": ["sunday"]}
        assert first(1, "0001-01-01", interval=2, **rhythm) == []
        assert len(looked) == len(set(looked)) <= 28
        looked.clear()
        assert first(2, "2024-02-01", **{**rhythm, "nth": 5}, interval=48) == ["2032-02-29", "2060-02-29"]
        assert len(looked) == len(set(looked)) <= 14

    def test_lazy(self) -> None:
        """Only those that are asked for are found, so that a rhythm without end may be asked."""
        found = dates(Recurrence(frequency="daily"), starts=date(1, 1, 1))
        assert next(found) == date(1, 1, 1)
        assert next(found) == date(1, 1, 2)

    def test_own_start(self) -> None:
        """The start is what it is asked with, and not what the check-in or the review says."""
        check_in = ScheduledCheckIn(id="weekly", frequency="weekly", starts=date(2026, 11, 5))
        review = Review(frequency="weekly", starts=date(2026, 11, 5))
        for one in (check_in, review):
            assert next(dates(one, starts=date(2027, 1, 4))) == date(2027, 1, 4)
