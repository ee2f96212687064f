"""When something recurs, to the minute."""

import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice, pairwise
from typing import Any

import pytest

from alliancekit.cadence import (
    Occurrence,
    count_occurrences,
    dates,
    next_occurrence,
    occurrences,
    previous_occurrence,
)
from alliancekit.errors import InvalidValueError
from alliancekit.model import Recurrence, Review, ScheduledCheckIn

LISBON = {"timezone": "Europe/Lisbon", "at": time(10)}
THURSDAYS = {"frequency": "weekly", "weekdays": ["thursday"]}
NEVER = {"frequency": "monthly", "day": 31, "nth": 1, "weekdays": ["friday"]}


def check_in(**said: Any) -> ScheduledCheckIn:
    starts = said.pop("starts", None)
    return ScheduledCheckIn(id="weekly", starts=starts and date.fromisoformat(starts), **said)


def moments(found: Iterator[Occurrence], count: int = 99) -> list[str]:
    return [one.begins.isoformat() if one.begins else one.date.isoformat() for one in islice(found, count)]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class TestWall:
    """What clock changes do."""

    def test_stays(self) -> None:
        """Ten o'clock stays ten o'clock when clocks change, in both directions."""
        rhythm = check_in(**THURSDAYS, **LISBON, starts="2026-10-22")
        assert moments(occurrences(rhythm, limit=2)) == ["2026-10-22T10:00:00+01:00", "2026-10-29T10:00:00+00:00"]
        assert moments(occurrences(rhythm, after=date(2027, 3, 24), limit=2)) == [
            "2027-03-25T10:00:00+00:00",
            "2027-04-01T10:00:00+01:00",
        ]

    @pytest.mark.parametrize(
        ("day", "at", "timezone", "expected"),
        [
            ("2027-03-28", time(1, 30), "Europe/Lisbon", "2027-03-28T02:30:00+01:00"),
            ("2027-03-28", time(1, 0), "Europe/Lisbon", "2027-03-28T02:00:00+01:00"),
            ("2018-11-04", time(0, 0), "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"),
            ("2021-03-28", time(0, 15), "Asia/Beirut", "2021-03-28T01:15:00+03:00"),
            ("2024-03-30", time(23, 30), "America/Nuuk", "2024-03-31T00:30:00-01:00"),
            ("2023-10-01", time(2, 0), "Australia/Lord_Howe", "2023-10-01T02:30:00+11:00"),
            ("2011-12-30", time(10, 0), "Pacific/Apia", "2011-12-31T10:00:00+14:00"),
        ],
    )
    def test_left_out(self, day: str, at: time, timezone: str, expected: str) -> None:
        """What clocks leave out moves forward by as much, be it at midnight, half an hour or a whole day."""
        (found,) = occurrences(
            check_in(frequency="yearly", interval=999, at=at, timezone=timezone, starts=day, minutes=30), limit=1
        )
        assert found.is_shifted
        assert found.date == date.fromisoformat(day)
        assert found.begins is not None
        assert found.begins.isoformat() == expected
        assert found.ends == found.begins + timedelta(minutes=30)

    def test_twice(self) -> None:
        """Of an hour that the clocks show twice, the first is meant, and it is over by a watch."""
        found = next_occurrence(
            check_in(frequency="daily", timezone="Europe/Lisbon", at=time(1, 30), minutes=60), after=date(2026, 10, 24)
        )
        assert found is not None
        assert found.begins is not None
        assert found.ends is not None
        assert found.begins.isoformat() == "2026-10-25T01:30:00+01:00"
        assert found.ends.isoformat() == "2026-10-25T01:30:00+00:00"
        assert not found.is_shifted

    def test_day_left_out(self) -> None:
        """A day that a zone leaves out has nothing where the next day has its own; else the next day has it."""
        apia = {"timezone": "Pacific/Apia", "at": time(10), "starts": "2011-12-23"}
        daily = list(occurrences(check_in(frequency="daily", **apia), after=date(2011, 12, 28), limit=3))
        assert [one.date.day for one in daily] == [29, 31, 1]
        weekly = next_occurrence(check_in(frequency="weekly", **apia), after=date(2011, 12, 24))
        assert weekly is not None
        assert weekly.to_dict() == {"date": "2011-12-30", "begins": "2011-12-31T10:00:00+14:00", "is_shifted": True}

    def test_seconds(self) -> None:
        """Before there were zones, each town had its own time, to the second."""
        rhythm = check_in(frequency="yearly", starts="1850-01-01", at=time(12), timezone="Europe/Amsterdam")
        assert moments(occurrences(rhythm), 1) == ["1850-01-01T12:00:00+00:17:30"]

    def test_hour_with_a_zone(self) -> None:
        """The zone is that of the rhythm, also where a program gave one to the hour."""
        rhythm = check_in(frequency="daily", at=time(10, tzinfo=UTC), timezone="Asia/Tokyo")
        (found,) = occurrences(rhythm, after=date(2026, 11, 4), limit=1)
        assert moments(iter([found])) == ["2026-11-05T10:00:00+09:00"]
        assert not found.is_shifted

    def test_without_an_hour(self) -> None:
        """What has no hour, or no zone, has days and no moments."""
        for said in ({}, {"at": time(10)}, {"timezone": "Europe/Lisbon"}):
            found = next_occurrence(check_in(**THURSDAYS, **said), after=date(2026, 11, 1))
            assert found == Occurrence(date=date(2026, 11, 5))
        assert next_occurrence(Recurrence(**THURSDAYS), after=date(2026, 11, 1)) == Occurrence(date=date(2026, 11, 5))

    @pytest.mark.parametrize("timezone", ["Pacific/Kiritimati", "Etc/GMT+12"])
    def test_ends_of_the_calendar(self, timezone: str) -> None:
        """The first and the last moment of the calendar are had, though UTC cannot say them."""
        first = check_in(frequency="daily", starts="0001-01-01", at=time.min, timezone=timezone, minutes=1440)
        assert [one.date for one in occurrences(first, limit=2)] == [date(1, 1, 1), date(1, 1, 2)]
        last = check_in(frequency="daily", starts="9999-12-30", at=time(23, 59), timezone=timezone, minutes=1440)
        assert [one.date.day for one in occurrences(last)] == [30, 31]
        assert [one.date.day for one in occurrences(last, after=datetime.max.replace(tzinfo=UTC))] in ([], [31])
        assert list(occurrences(last, before=datetime.min.replace(tzinfo=UTC))) == []
        assert list(occurrences(first, before=date.min)) == []
        counted = occurrences(check_in(frequency="daily", **LISBON), after=datetime.max.replace(tzinfo=UTC))
        assert list(counted) == []


class TestBounds:
    """From where, until when, how many."""

    def test_moments(self) -> None:
        """A moment is within its day: what is later on that day comes, and both ends are left out."""
        rhythm = check_in(frequency="daily", **LISBON, starts="2026-11-01")
        ten = moment("2026-11-05T11:00:00+01:00")  # ten in Lisbon
        assert next_occurrence(rhythm, after=ten - timedelta(seconds=1)) == next_occurrence(
            rhythm, after=date(2026, 11, 4)
        )
        assert next_occurrence(rhythm, after=ten) == next_occurrence(rhythm, after=date(2026, 11, 5))
        assert previous_occurrence(rhythm, before=ten) == previous_occurrence(rhythm, before=date(2026, 11, 5))
        assert [one.date.day for one in occurrences(rhythm, after=ten, before=ten + timedelta(days=3))] == [6, 7]

    def test_far_clocks(self) -> None:
        """A moment is the same one wherever it is told: days differ, and what comes does not."""
        rhythm = check_in(frequency="daily", at=time(1), timezone="Pacific/Kiritimati", starts="2026-11-01")
        moment = datetime(2026, 11, 5, 10, 59, tzinfo=UTC)  # a minute before, and a day before
        for hours in (-12, 0, 14):
            found = next_occurrence(rhythm, after=moment.astimezone(timezone(timedelta(hours=hours))))
            assert found is not None
            assert found.date == date(2026, 11, 6)

    @pytest.mark.parametrize(
        ("starts", "at", "zone", "hours"),
        [("2026-11-07", time(0, 30), "Pacific/Kiritimati", -12), ("2026-11-05", time(23, 59), "Pacific/Pago_Pago", 14)],
    )
    def test_the_furthest_clocks(self, starts: str, at: time, zone: str, hours: int) -> None:
        """On both sides of the date line days differ by two, and what is a second away is still found."""
        rhythm = check_in(frequency="weekly", at=at, timezone=zone, starts=starts)
        first = next_occurrence(rhythm, after=date(2026, 11, 1))
        assert first is not None
        assert first.begins is not None
        there = first.begins.astimezone(timezone(timedelta(hours=hours)))
        assert abs(there.date() - first.date) == timedelta(days=2)
        second = timedelta(seconds=1)
        assert next_occurrence(rhythm, after=there - second) == first
        assert next_occurrence(rhythm, after=there) != first
        assert previous_occurrence(rhythm, before=there + second) == first
        assert previous_occurrence(rhythm, before=there) is None
        assert count_occurrences(rhythm, before=there + second) == 1

    def test_repeated_hour(self) -> None:
        """Within an hour that comes twice, a moment of the second is after all of the first."""
        rhythm = check_in(frequency="daily", timezone="Europe/Lisbon", at=time(1, 45), starts="2026-10-25")
        (one,) = occurrences(rhythm, limit=1)
        assert one.begins is not None
        second = one.begins.replace(minute=15, fold=1)
        assert [found.date.day for found in occurrences(rhythm, after=second, limit=1)] == [26]
        assert list(occurrences(rhythm, before=second)) == [one]

    def test_days_against_moments(self) -> None:
        """What has no hour stands at the first moment of its day, in its own zone or that of the bound."""
        rhythm = check_in(frequency="daily", starts="2026-11-01")
        noon, midnight = moment("2026-11-05T12:00:00+05:00"), moment("2026-11-05T00:00:00+05:00")
        assert moments(occurrences(rhythm, after=noon, limit=1)) == ["2026-11-06"]
        assert moments(occurrences(rhythm, before=noon))[-1] == "2026-11-05"
        assert moments(occurrences(rhythm, before=midnight))[-1] == "2026-11-04"
        assert moments(occurrences(check_in(frequency="daily", timezone="UTC"), after=midnight, limit=1)) == [
            "2026-11-05"
        ]

    def test_counted(self) -> None:
        """The own start comes first, then the one that is passed, then the day that is asked about."""
        bare, own = check_in(frequency="weekly"), check_in(frequency="weekly", starts="2026-11-05")
        tuesday, wednesday = date(2026, 11, 3), date(2026, 11, 4)
        assert moments(occurrences(own, starts=wednesday, after=tuesday, limit=1)) == ["2026-11-05"]
        assert moments(occurrences(bare, starts=wednesday, after=tuesday, limit=1)) == ["2026-11-04"]
        assert moments(occurrences(bare, after=tuesday, limit=1)) == ["2026-11-10"]
        late = moment("2026-11-03T23:30:00-05:00")  # Wednesday in Lisbon
        assert moments(occurrences(check_in(frequency="weekly", **LISBON), after=late, limit=1)) == [
            "2026-11-04T10:00:00+00:00"
        ]

    def test_limit(self) -> None:
        """No more than asked for, and none is a number, too."""
        rhythm = check_in(frequency="daily", starts="2026-11-01")
        assert [len(list(occurrences(rhythm, limit=most))) for most in (0, 1, 3)] == [0, 1, 3]

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            ({}, "starts: is needed"),
            ({"after": datetime(2026, 11, 5, 10)}, "after: is 2026-11-05T10:00:00, which is no moment"),  # noqa: DTZ001
            ({"before": datetime(2026, 11, 5, 10), "starts": date.min}, "before: is 2026-11-05T10"),  # noqa: DTZ001
            ({"after": "2026-11-05"}, "after: must be a date or a datetime with its zone, not str"),
            ({"starts": datetime(2026, 11, 5, tzinfo=UTC)}, "starts: must be a day, not a moment"),
            ({"starts": date.min, "limit": -1}, "limit: must be a number that is not below zero"),
            ({"recurs": None, "after": date.min}, "recurs: must be a Recurrence, a ScheduledCheckIn or a Review"),
        ],
    )
    def test_refused(self, arguments: dict[str, Any], reason: str) -> None:
        """What cannot be meant is said at once, and not when the first one is asked for."""
        with pytest.raises(InvalidValueError, match=reason):
            occurrences(**{"recurs": check_in(frequency="daily"), **arguments})


class TestAround:
    """The one before, the one after, and how many."""

    @pytest.mark.parametrize(
        ("before", "expected"),
        [
            ("2026-11-06", "2026-11-05"),
            ("2026-11-05", None),
            ("2026-11-26", "2026-11-19"),
            ("9999-12-31", "9999-12-23"),
        ],
    )
    def test_previous(self, before: str, expected: str | None) -> None:
        """The last one before a day, and none before the start."""
        rhythm = check_in(**THURSDAYS, interval=2, starts="2026-11-05")
        found = previous_occurrence(rhythm, before=date.fromisoformat(before))
        assert (found and found.date.isoformat()) == expected

    def test_previous_of_the_rare(self) -> None:
        """What occurs once in many years is found behind all of them."""
        rare = check_in(frequency="monthly", interval=12, weekdays=["sunday"], nth=5, starts="2004-02-01")
        found = previous_occurrence(rare, before=date(2031, 12, 1))
        assert found is not None
        assert found.date == date(2004, 2, 29)

    def test_never(self) -> None:
        """What never occurs has none before, none after, and is none."""
        never = check_in(**NEVER, **LISBON, starts="2026-11-01")
        assert next_occurrence(never, after=date(2026, 11, 1)) is None
        assert previous_occurrence(never, before=date.max) is None
        assert count_occurrences(never, before=date.max) == 0

    def test_count(self) -> None:
        """Both ends are left out; from the start where no other end is given."""
        rhythm = Review(frequency="monthly", starts=date(2026, 1, 31))
        assert count_occurrences(rhythm, before=date(2027, 1, 31)) == 12
        assert count_occurrences(rhythm, after=date(2026, 1, 31), before=date(2027, 1, 31)) == 11
        assert count_occurrences(Recurrence(frequency="daily"), starts=date(2026, 1, 1), before=date(2026, 2, 1)) == 31

    def test_days_are_those_of_dates(self) -> None:
        """The days are the dates, and moments rise."""
        rhythm = check_in(frequency="daily", timezone="Europe/Lisbon", at=time(1, 30), starts="2026-01-01")
        found = list(occurrences(rhythm, before=date(2028, 1, 1)))
        assert [one.date for one in found] == list(dates(rhythm, starts=date(2026, 1, 1), until=date(2027, 12, 31)))
        begun = [one.begins.astimezone(UTC) for one in found if one.begins]
        assert all(one < other for one, other in pairwise(begun))

    def test_pickled(self) -> None:
        """An occurrence can be handed to another process, zone and all."""
        (found,) = occurrences(check_in(**THURSDAYS, **LISBON, minutes=30), after=date(2026, 11, 1), limit=1)
        again = pickle.loads(pickle.dumps(found))
        assert again == found
        assert again.begins.tzinfo is (found.begins and found.begins.tzinfo)
        assert "key='Europe/Lisbon'" in repr(again)
