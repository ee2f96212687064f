"""
Readers by others find in a calendar the moments that `occurrences` says.

Three read it: ical.js, which knows of zones only what the file says; icalendar, for what is in the file; and
recurring-ical-events, which expands rules by another engine and knows zones by itself.
"""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from icalendar import Calendar

from alliancekit.cadence import to_calendar
from alliancekit.model import ScheduledCheckIn
from tests.calendars import STAMP, ZONES, alliance, by_ical_js, by_recurring, differences, rhythms, times, told
from tests.node import needs_node


def rhythm(**options: Any) -> ScheduledCheckIn:
    known: dict[str, Any] = {"id": "meeting", "starts": date(2026, 1, 1), "minutes": 45}
    return ScheduledCheckIn(**{**known, **options})


HARD = {
    "weekly": rhythm(frequency="weekly", weekdays=["thursday"], at=time(10), timezone="Europe/Lisbon"),
    "daily in a gap": rhythm(frequency="daily", at=time(2, 30), timezone="America/New_York"),
    "daily in a repeated hour": rhythm(frequency="daily", at=time(1, 30), timezone="America/New_York"),
    "half an hour": rhythm(frequency="daily", at=time(1, 45), timezone="Australia/Lord_Howe"),
    "half an hour left out": rhythm(frequency="daily", at=time(2, 15), timezone="Australia/Lord_Howe"),
    "midnight left out": rhythm(frequency="daily", at=time(0), timezone="America/Santiago"),
    "standard in summer": rhythm(frequency="weekly", weekdays=["sunday"], at=time(1, 59), timezone="Europe/Dublin"),
    "a month of other clocks": rhythm(frequency="weekly", at=time(2, 30), timezone="Africa/Casablanca"),
    "by decree": rhythm(frequency="daily", at=time(1), timezone="Asia/Gaza"),
    "no more since 2019": rhythm(
        frequency="daily", at=time(0, 15), timezone="America/Sao_Paulo", starts=date(2016, 11, 1)
    ),
    "the 31st": rhythm(frequency="monthly", day=31, at=time(9), timezone="Asia/Tokyo"),
    "the 30th": rhythm(frequency="monthly", day=30, at=time(9), timezone="Asia/Kathmandu"),
    "every February": rhythm(frequency="monthly", interval=12, starts=date(2024, 2, 29), at=time(9), timezone="UTC"),
    "29 February": rhythm(frequency="yearly", starts=date(2024, 2, 29)),
    "the last Friday": rhythm(frequency="monthly", nth="last", weekdays=["friday"], at=time(23, 59), timezone="UTC"),
    "fifth days": rhythm(frequency="monthly", nth=5, weekdays=["sunday", "monday"]),
    "Friday the 13th": rhythm(frequency="monthly", day=13, weekdays=["friday"]),
    "one after another": rhythm(frequency="daily", at=time(12), minutes=1440, timezone="Pacific/Auckland"),
    "every other week": rhythm(
        frequency="weekly", interval=2, weekdays=["sunday", "monday"], at=time(8), timezone="UTC"
    ),
    "no zone": rhythm(frequency="weekly", at=time(2, 30)),
    "no hour": rhythm(frequency="weekly"),
}


@needs_node
class TestIcalJs:
    def test_hard_cases(self) -> None:
        """ical.js finds each meeting where clocks and months are hard, and its end."""
        found = by_ical_js([to_calendar(alliance(one), stamp=STAMP) for one in HARD.values()])
        assert {name: times(events) for name, events in zip(HARD, found, strict=True)} == {
            name: told(one) for name, one in HARD.items()
        }

    def test_a_day_that_never_was(self) -> None:
        """Samoa left out a whole day: what falls on it is the next day's."""
        stamp = datetime(2011, 12, 1, tzinfo=UTC)
        one = rhythm(frequency="weekly", starts=date(2011, 12, 23), at=time(10), timezone="Pacific/Apia")
        ((rule, moved),) = by_ical_js([to_calendar(alliance(one), stamp=stamp, until=date(2012, 1, 13))])
        assert rule["begins"] == ["2011-12-23T20:00:00Z", "2012-01-05T20:00:00Z", "2012-01-12T20:00:00Z"]
        assert moved["begins"] == ["2011-12-30T20:00:00Z"]

    def test_what_else_is_read(self) -> None:
        """Text comes through as it was written, whatever is in it, and so do reminders."""
        title = 'A; B, C \\ "D": 🙂' + "é" * 90
        text = to_calendar(alliance(HARD["weekly"], title=title, status="draft"), stamp=STAMP, reminders=[15, 1440])
        (event,) = by_ical_js([text])[0]
        assert event["summary"] == f"{title}: check-in"
        assert (event["status"], event["alarms"]) == ("TENTATIVE", [-86_400, -900])


@needs_node
def test_at_random() -> None:
    """All readers find the meetings of rhythms that are made up at random, in twenty zones and over ten years."""
    found = rhythms(2026, 16)
    assert len(found) == 16
    assert not list(differences(found))


@pytest.mark.parametrize("name", ["daily in a gap", "half an hour", "the 30th", "fifth days", "no zone", "no hour"])
def test_by_another_engine(name: str) -> None:
    """recurring-ical-events finds each meeting where clocks and months are hard."""
    assert by_recurring(to_calendar(alliance(HARD[name]), stamp=STAMP)) == told(HARD[name])


@pytest.mark.parametrize("zone", [one for one in ZONES if one != "UTC"])
def test_zones_of_the_file(zone: str) -> None:
    """Icalendar reads from the zone of the file alone when each meeting is."""
    one = rhythm(frequency="monthly", day=15, at=time(11, 11), timezone=zone)
    calendar = Calendar.from_ical(to_calendar(alliance(one), stamp=STAMP))
    (read,) = (one.to_tz(lookup_tzid=False) for one in calendar.timezones)
    for said in told(one):
        moment = datetime.fromisoformat(said.split()[0])
        local = datetime.combine(moment.astimezone(read).date(), time(11, 11), read)
        assert local.astimezone(UTC) == moment


def test_read_again() -> None:
    """Icalendar finds nothing wrong in what was written, and writes the same again."""
    text = to_calendar(alliance(*(rhythm(frequency="daily"),)), stamp=STAMP, reminders=[5])
    calendar = Calendar.from_ical(text)
    assert not [part.errors for part in calendar.walk() if part.errors]
    assert calendar.to_ical(sorted=False) == text
