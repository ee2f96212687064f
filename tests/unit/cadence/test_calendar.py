"""The meetings of an alliance as a file for calendars."""

import json
import re
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from icalendar import Calendar

from alliancekit.cadence import event_uids, occurrences, to_calendar
from alliancekit.cadence._calendar import _clean
from alliancekit.errors import InvalidValueError, MissingExtraError
from alliancekit.model import Alliance, Commitment, Concern, Member, Ratification, Response, Review, ScheduledCheckIn
from tests.calendars import STAMP, alliance
from tests.shared import SHARED, needs_shared


def meeting(**changes: Any) -> ScheduledCheckIn:
    """Return a weekly check-in at ten in Lisbon."""
    known: dict[str, Any] = {
        "id": "weekly",
        "frequency": "weekly",
        "starts": date(2026, 11, 5),
        "at": time(10, 0),
        "timezone": "Europe/Lisbon",
        "minutes": 30,
    }
    return ScheduledCheckIn(**{**known, **changes})


def lines(of: Alliance | ScheduledCheckIn, **options: Any) -> list[str]:
    """Return the unfolded lines of a calendar, without its zones."""
    value = of if isinstance(of, Alliance) else alliance(of)
    text = to_calendar(value, **{"stamp": STAMP, **options}).decode().replace("\r\n ", "").replace("\r\n", "\n")
    return re.sub(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\n", "", text, flags=re.DOTALL).splitlines()


def told(of: Alliance | ScheduledCheckIn, name: str, **options: Any) -> list[str]:
    """Return the lines of that property."""
    return [one for one in lines(of, **options) if re.match(rf"{name}[;:]", one)]


class TestText:
    def test_whole(self) -> None:
        """This is all that a calendar says of a meeting."""
        assert lines(meeting(where="Room 4, or video"), reminders=[15]) == [
            "BEGIN:VCALENDAR",
            "PRODID:-//alliancekit//alliancekit//EN",
            "VERSION:2.0",
            "NAME:Ana and Ben",
            "X-WR-CALNAME:Ana and Ben",
            "BEGIN:VEVENT",
            "UID:5fd8cf05-9f4c-579c-81c7-9dbfc17dc621",
            "DTSTAMP:20261101T093000Z",
            "SEQUENCE:29892090",
            "SUMMARY:Ana and Ben: check-in",
            "LOCATION:Room 4\\, or video",
            "STATUS:CONFIRMED",
            "DURATION:PT30M",
            "DTSTART;TZID=Europe/Lisbon:20261105T100000",
            "RRULE:FREQ=WEEKLY;UNTIL=20361101T235959Z",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Ana and Ben: check-in",
            "TRIGGER:-PT15M",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        ]

    def test_utc(self) -> None:
        """Each time in UTC says so itself, also where the days are listed, and names no zone."""
        one = meeting(timezone="UTC", frequency="monthly", day=31, nth="last", starts=date(2027, 10, 31), interval=12)
        assert told(one, "DTSTART|RDATE", until=date(2029, 1, 1)) == [
            "DTSTART:20271031T100000Z",
            "RDATE:20271031T100000Z",
        ]
        assert b"TIMEZONE" not in to_calendar(alliance(one), stamp=STAMP)

    def test_lines(self) -> None:
        """Lines end as the RFC says (3.1), and none is longer than 75 octets or breaks a letter."""
        text = to_calendar(alliance(meeting(where="☕ ä" * 200), title="Zoë & Łukasz 🙂" * 12), stamp=STAMP)
        found = text.split(b"\r\n")
        assert text.endswith(b"\r\n")
        assert not any(b"\r" in one or b"\n" in one for one in found)
        assert max(map(len, found)) <= 75
        assert [one.decode() for one in found]

    def test_the_same_again(self) -> None:
        """The same arguments give the same bytes, in whatever zone the stamp is."""
        elsewhere = STAMP.astimezone(timezone(timedelta(hours=5, minutes=30)))
        assert to_calendar(alliance(meeting()), stamp=STAMP) == to_calendar(alliance(meeting()), stamp=elsewhere)

    def test_nothing_that_anybody_said(self) -> None:
        """What members want, promise, fear or answer is in no calendar."""
        secret = "quartz"
        value = alliance(
            meeting(),
            intention=secret,
            members=(Member(id="ana", name="Ana", why=secret), Member(id="ben", name=secret)),
            concerns=(Concern(id="one", by=["ben"], text=secret),),
            commitments=(Commitment(id="two", by=["ben"], text=secret),),
            responses=(Response(prompt="trust", by="ana", answer=secret, visibility="members"),),
        )
        assert secret not in to_calendar(value, stamp=STAMP, reminders=[0]).decode()
        assert to_calendar(value, stamp=STAMP) == to_calendar(alliance(meeting()), stamp=STAMP)

    @pytest.mark.parametrize(
        ("where", "address"),
        [
            ("https://meet.example/a?b=1,2;c#d", ["URL:https://meet.example/a?b=1,2;c#d"]),
            ("Room 4 or https://meet.example", []),
            ("javascript:alert(1)", []),
            ("https://meet.example\nX-EVIL:1", []),
        ],
    )
    def test_address(self, where: str, address: list[str]) -> None:
        """Where the place is an address and nothing else, programs can open it."""
        assert told(meeting(where=where), "URL") == address

    def test_breaks(self) -> None:
        """Text cannot end its line, and so adds nothing to an event."""
        hostile = "hi\nATTACH:file:///etc/passwd\nEND:VEVENT\u2028BEGIN:VEVENT"
        found = lines(meeting(where=hostile))
        assert "LOCATION:hi\\nATTACH:file:///etc/passwd\\nEND:VEVENT\\nBEGIN:VEVENT" in found
        assert [found.count("BEGIN:VEVENT"), found.count("END:VEVENT")] == [1, 1]

    def test_a_title_of_two_lines(self) -> None:
        """A title of several lines names the calendar in one, with what means something to readers escaped."""
        found = lines(evolve(alliance(meeting()), title="A; b,\nEND:VCALENDAR"))
        assert "NAME:A\\; b\\, END:VCALENDAR" in found
        assert "X-WR-CALNAME:A\\; b\\, END:VCALENDAR" in found
        assert "SUMMARY:A\\; b\\,\\nEND:VCALENDAR: check-in" in found

    def test_clean(self) -> None:
        """What commands a program, turns text round or cannot be encoded goes; all other letters stay."""
        assert (
            _clean("a\0b\x07c\x0bd\x1b[1me\ud800\ufeff\u202ef\x85g\r\nh\ti🙂ä\u200d") == "abc\nd[1mef\ng\nh i🙂ä\u200d"
        )

    @needs_shared
    @pytest.mark.parametrize("name", ["ical_control", "ical_crlf", "ical_param_quote"])
    def test_attacks(self, name: str) -> None:
        """Known attacks by text stay text."""
        case = json.loads((SHARED / "render" / f"{name}.json").read_text(encoding="utf-8"))
        found = "\r\n".join(lines(meeting(where=_clean(case["input"]))))
        assert not [one for one in case["must_not_contain"] if one in found]


class TestEvents:
    def test_names_stay(self) -> None:
        """An event keeps its UID when its hour, its words or its rhythm change, and two have two."""
        before, after = (
            event_uids(
                alliance(meeting(**changes), review=Review(frequency="yearly")), stamp=STAMP, starts=STAMP.date()
            )
            for changes in ({}, {"at": time(16, 0), "frequency": "daily", "where": "Here"})
        )
        assert before == after
        assert list(before) == ["weekly", "review"]
        assert len({*before.values()}) == 2
        assert told(meeting(), "UID") == [f"UID:{before['weekly']}"]

    def test_editions(self) -> None:
        """A later stamp is a later edition: calendars take the event whose SEQUENCE is greater (3.8.7.4)."""
        found = [told(meeting(), "SEQUENCE", stamp=STAMP + timedelta(minutes=one))[0] for one in (0, 1, 60 * 24)]
        assert found == ["SEQUENCE:29892090", "SEQUENCE:29892091", "SEQUENCE:29893530"]

    @pytest.mark.parametrize(
        ("status", "said"),
        [("draft", "TENTATIVE"), ("active", "CONFIRMED"), ("paused", "CANCELLED"), ("closed", "CANCELLED")],
    )
    def test_status(self, status: str, said: str) -> None:
        """What is not agreed yet is tentative, and what rests or has ended is cancelled."""
        assert told(alliance(meeting(), status=status), "STATUS") == [f"STATUS:{said}"]

    def test_whole_day(self) -> None:
        """Without an hour a meeting is on its day, and takes up no time of it."""
        found = lines(meeting(at=None, minutes=60))
        assert "DTSTART;VALUE=DATE:20261105" in found
        assert "RRULE:FREQ=WEEKLY;UNTIL=20361101" in found
        assert "TRANSP:TRANSPARENT" in found
        assert not [one for one in found if one.startswith("DURATION")]

    def test_without_a_zone(self) -> None:
        """An hour without a zone is that hour wherever one is (3.3.5, form 1), and no zone comes along."""
        assert told(meeting(timezone=None), "DTSTART") == ["DTSTART:20261105T100000"]
        assert told(meeting(timezone=None), "RRULE") == ["RRULE:FREQ=WEEKLY;UNTIL=20361101T235959"]
        assert b"VTIMEZONE" not in to_calendar(alliance(meeting(timezone=None)), stamp=STAMP)

    def test_a_day_by_the_watch(self) -> None:
        """24 hours are no day (3.3.6), which is 25 hours long when clocks go back."""
        assert told(meeting(minutes=1440), "DURATION") == ["DURATION:PT1440M"]

    def test_which_of_several(self) -> None:
        """Where there are several rhythms, each says which it is."""
        value = alliance(meeting(), meeting(id="monthly", frequency="monthly"), review=Review(frequency="yearly"))
        assert told(value, "SUMMARY", starts=date(2026, 11, 1)) == [
            "SUMMARY:Ana and Ben: check-in (weekly)",
            "SUMMARY:Ana and Ben: check-in (monthly)",
            "SUMMARY:Ana and Ben: review",
        ]

    def test_one_zone_for_several(self) -> None:
        """Meetings in one zone share it, from the year before the first of them on."""
        value = alliance(
            meeting(), meeting(id="other", starts=date(2024, 2, 1)), meeting(id="tokyo", timezone="Asia/Tokyo")
        )
        text = to_calendar(value, stamp=STAMP).decode()
        assert re.findall(r"TZID:(.*)\r\n", text) == ["Asia/Tokyo", "Europe/Lisbon"]
        assert "BEGIN:STANDARD\r\nDTSTART:20231231T000000" in text

    def test_reminders(self) -> None:
        """Each reminder is there once, the earliest first."""
        assert told(meeting(), "TRIGGER", reminders=[15, 1440, 15, 0]) == [
            "TRIGGER:-PT1440M",
            "TRIGGER:-PT15M",
            "TRIGGER:-PT0M",
        ]


class TestDays:
    def test_from_when(self) -> None:
        """What has no start is counted from the day that is given, else from the newest yes."""
        yes = Ratification(id="ana", date=date(2026, 11, 3), digest="sha256:" + "0" * 64)
        value = alliance(meeting(starts=None), ratifications=(yes,))
        assert told(value, "DTSTART") == ["DTSTART;TZID=Europe/Lisbon:20261103T100000"]
        assert told(value, "DTSTART", starts=date(2026, 12, 4)) == ["DTSTART;TZID=Europe/Lisbon:20261204T100000"]

    def test_the_review_follows_the_yes(self) -> None:
        """On the day of the yes nothing is looked at again; a day that is given is the first."""
        yes = Ratification(id="ana", date=date(2026, 11, 3), digest="sha256:" + "0" * 64)
        value = alliance(review=Review(frequency="monthly", interval=3), ratifications=(yes,))
        assert told(value, "DTSTART") == ["DTSTART;VALUE=DATE:20270203"]
        assert told(value, "DTSTART", starts=date(2026, 11, 3)) == ["DTSTART;VALUE=DATE:20261103"]

    def test_until(self) -> None:
        """It ends with the last day that is given, and with the alliance."""
        assert told(meeting(at=None), "RRULE", until=date(2027, 1, 31)) == ["RRULE:FREQ=WEEKLY;UNTIL=20270131"]
        ending = alliance(meeting(at=None), expires=date(2026, 12, 24))
        assert told(ending, "RRULE", until=date(2027, 1, 31)) == ["RRULE:FREQ=WEEKLY;UNTIL=20261224"]

    def test_long_ago(self) -> None:
        """Of a rhythm of the year 1 ten years before the stamp are told, and of an old stamp nothing before 1970."""
        old = meeting(starts=date(1, 1, 1))
        assert told(old, "DTSTART") == ["DTSTART;TZID=Europe/Lisbon:20161107T100000"]
        assert told(old, "DTSTART", stamp=datetime(1975, 1, 1, tzinfo=UTC)) == [
            "DTSTART;TZID=Europe/Lisbon:19700105T100000"
        ]

    def test_left_out_hour(self) -> None:
        """Where clocks leave the hour out, that day stands apart from the rule, at the moment to which it is moved."""
        found = lines(meeting(at=time(1, 30), frequency="daily"), until=date(2027, 4, 30))
        assert "EXDATE;TZID=Europe/Lisbon:20270328T013000" in found
        assert "DTSTART:20270328T013000Z" in found

    def test_repeated_hour(self) -> None:
        """Where clocks show the hour twice, that day stands apart, at the first of the two."""
        found = told(meeting(at=time(1, 30), starts=date(2026, 10, 25)), "DTSTART")
        assert found[:2] == ["DTSTART;TZID=Europe/Lisbon:20261101T013000", "DTSTART:20261025T003000Z"]
        assert told(meeting(at=time(1, 30), starts=date(2026, 10, 25)), "EXDATE", until=date(2027, 3, 1)) == []

    def test_nothing_but_apart(self) -> None:
        """A rhythm may have no other day than one at which clocks change."""
        found = lines(meeting(at=time(1, 30), starts=date(2027, 3, 28)), until=date(2027, 3, 30))
        assert [one for one in found if one.startswith(("DTSTART", "RRULE"))] == ["DTSTART:20270328T013000Z"]

    def test_last_of_february(self) -> None:
        """The 30th is a rule that each reader reads alike, and what is the last of February stands apart."""
        found = meeting(frequency="monthly", day=30, at=None, starts=date(2027, 1, 1))
        assert told(found, "RRULE", until=date(2029, 1, 31)) == ["RRULE:FREQ=MONTHLY;UNTIL=20290131;BYMONTHDAY=30"]
        assert told(found, "DTSTART", until=date(2029, 1, 31)) == [
            "DTSTART;VALUE=DATE:20270130",
            "DTSTART;VALUE=DATE:20270228",
            "DTSTART;VALUE=DATE:20280229",
        ]

    def test_no_rule(self) -> None:
        """What no rule says, or readers take in several ways, is a list with one day on a line, the first of them too."""
        found = meeting(frequency="monthly", day=31, weekdays=["friday"], at=None, starts=date(2026, 11, 1))
        assert told(found, "RRULE") == []
        assert told(found, "RDATE", until=date(2028, 12, 31)) == [
            f"RDATE;VALUE=DATE:{one.date:%Y%m%d}" for one in occurrences(found, before=date(2029, 1, 1))
        ]


class TestRefused:
    def test_no_start(self) -> None:
        """All meetings of which nobody knows from when to count are named at once."""
        value = alliance(meeting(starts=None), review=Review(frequency="monthly"))
        with pytest.raises(InvalidValueError, match="nothing says when weekly, review start"):
            to_calendar(value, stamp=STAMP)

    @pytest.mark.parametrize(
        "value",
        [
            alliance(),
            alliance(cadence=None),
            alliance(meeting(starts=date(2050, 1, 1))),
            alliance(meeting(), expires=date(2026, 11, 4)),
            alliance(meeting(frequency="monthly", nth=5, day=3, at=None)),
        ],
    )
    def test_no_meeting(self, value: Alliance) -> None:
        """A calendar with nothing in it is none (3.6), and so it is refused."""
        with pytest.raises(InvalidValueError, match="no check-in and no review"):
            to_calendar(value, stamp=STAMP)

    def test_too_many(self) -> None:
        """Nobody meets in more than a hundred rhythms."""
        many = [meeting(id=f"m{number}") for number in range(101)]
        with pytest.raises(InvalidValueError, match="has 101 check-ins and reviews; at most 100"):
            to_calendar(alliance(*many), stamp=STAMP)
        assert len(told(alliance(*many[:100]), "UID")) == 100

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"stamp": datetime(2026, 11, 1)}, "with its zone"),  # noqa: DTZ001
            ({"stamp": date(2026, 11, 1)}, "with its zone"),
            ({"stamp": datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))}, "end of the calendar"),
            ({"reminders": [-1]}, "0 to 40320, not -1"),
            ({"reminders": [40_321]}, "not 40321"),
            ({"reminders": [True]}, "not True"),
            ({"until": date(2126, 11, 2)}, "at most 100 years after"),
            ({"until": datetime(2027, 11, 2, tzinfo=UTC)}, "must be a date"),
            ({"starts": datetime(2027, 11, 2, tzinfo=UTC)}, "must be a date"),
        ],
    )
    def test_arguments(self, options: dict[str, Any], words: str) -> None:
        """What is no moment, no number of minutes or no day is refused."""
        with pytest.raises(InvalidValueError, match=words):
            to_calendar(alliance(meeting()), **{"stamp": STAMP, **options})

    @pytest.mark.parametrize("year", [1, 1969, 9998, 9999])
    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
    def test_ends_of_the_calendar(self, year: int, zone: str) -> None:
        """The first years and the last are no worse than others: there are meetings, or there are none."""
        value = alliance(meeting(frequency="daily", starts=date(year, 12, 30), timezone=zone, at=time(23, 59)))
        for stamp in (datetime(1, 1, 2, tzinfo=UTC), STAMP, datetime(9999, 12, 30, tzinfo=UTC)):
            try:
                found = Calendar.from_ical(to_calendar(value, stamp=stamp))
            except InvalidValueError as error:
                assert error.field == "alliance"  # noqa: PT017 - either is right
            else:
                assert len(found.walk("VEVENT")) == 1

    def test_missing_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without icalendar it is said what to install."""
        monkeypatch.setitem(sys.modules, "icalendar", None)
        with pytest.raises(MissingExtraError, match=r"pip install 'alliancekit\[calendar\]'"):
            to_calendar(alliance(meeting()), stamp=STAMP)
