"""What a calendar says of time zones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alliancekit.cadence._clock import zone_of
from alliancekit.cadence._vtimezone import around, clock_changes, vtimezone
from tests.calendars import ZONES

BEGIN, END = date(2010, 1, 1), date(2050, 1, 1)


@pytest.mark.parametrize("zone", ZONES)
def test_clocks(zone: str) -> None:
    """By the changes alone one knows how the clocks of a zone stand, on any day of forty years."""
    changes = clock_changes(zone, BEGIN, END)
    stands = changes[0].before if changes else zone_of(zone).utcoffset(datetime(2010, 1, 1))  # noqa: DTZ001
    coming = list(changes)
    for hours in range(0, (END - BEGIN).days * 24, 53):
        moment = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        while coming and coming[0].instant.replace(tzinfo=UTC) <= moment:
            stands = coming.pop(0).after
        assert moment.astimezone(zone_of(zone)).utcoffset() == stands, moment


def test_soon_after_one_another() -> None:
    """A change that holds for a week is found."""
    gaza = clock_changes("Asia/Gaza", date(2040, 10, 1), date(2040, 11, 1))
    assert [str(one.instant) for one in gaza] == ["2040-10-20 00:00:00", "2040-10-26 23:00:00"]


def lines(zone: str, first: date, last: date) -> list[str]:
    text: bytes = vtimezone(zone, first, last).to_ical(sorted=False)
    return text.decode().splitlines()


def test_winter_time() -> None:
    """Ireland's standard time is that of summer; to a calendar the season is when the clocks are ahead."""
    found = lines("Europe/Dublin", date(2026, 1, 1), date(2027, 12, 31))
    assert found == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Dublin",
        "BEGIN:STANDARD",
        "DTSTART:20260101T000000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T010000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "TZNAME:IST",
        "RDATE:20260329T010000",
        "RDATE:20270328T010000",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "RDATE:20261025T020000",
        "RDATE:20271031T020000",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_half_an_hour() -> None:
    """Lord Howe's clocks change by half an hour."""
    found = lines("Australia/Lord_Howe", date(2026, 1, 1), date(2026, 12, 31))
    assert "TZOFFSETFROM:+1100" in found
    assert "TZOFFSETTO:+1030" in found


def test_one_clock() -> None:
    """A zone whose clocks do not change has one entry, which holds from the first day on."""
    found = lines("Asia/Tokyo", *around(date(2026, 5, 1), date(2036, 5, 1)))
    assert [one for one in found if one.startswith(("BEGIN", "DTSTART", "TZOFFSETTO"))] == [
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD",
        "DTSTART:20251231T090000",
        "TZOFFSETTO:+0900",
    ]
