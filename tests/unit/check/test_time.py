"""Rules about time: what the day alone makes wrong."""

from datetime import date, time, timedelta

import pytest
from attrs import evolve

from alliancekit import check
from alliancekit.check import Checked, Report
from alliancekit.findings import Finding, Severity
from alliancekit.model import (
    Alliance,
    Cadence,
    Commitment,
    Member,
    Ratification,
    Recurrence,
    Review,
    ScheduledCheckIn,
    Waiver,
)

DIGEST = "sha256:" + "0" * 64
TIMELESS = Alliance(id="a", kind="team", title="A", status="active", members=[Member(id="ana", name="Ana")])
TIME = {code for code, rule in check.RULES.items() if rule.group == "Time"}


def found(alliance: Alliance, day: str | date | None) -> list[str]:
    as_of = date.fromisoformat(day) if isinstance(day, str) else day
    return [f"{one.rule} {one.pointer}" for one in check.check_value(alliance, as_of=as_of) if one.rule in TIME]


def agreed(*days: str, **more: object) -> Alliance:
    said = [Ratification(id=f"m{index}", date=date.fromisoformat(day), digest=DIGEST) for index, day in enumerate(days)]
    return evolve(TIMELESS, ratifications=said, **more)


def reviewed(*days: str, **review: object) -> Alliance:
    return agreed(*days, cadence=Cadence(review=Review(**{"frequency": "monthly", "interval": 3, **review})))


class TestReview:
    @pytest.mark.parametrize(
        ("day", "is_overdue"),
        [("2027-01-31", False), ("2027-02-01", False), ("2027-02-02", True), ("2030-01-01", True)],
    )
    def test_after_its_day(self, day: str, is_overdue: bool) -> None:
        """It is overdue on the day after the first of its days since the newest ratification."""
        assert found(reviewed("2026-10-01", "2026-11-01"), day) == ["review-overdue /cadence/review"] * is_overdue
        late = reviewed("2026-11-05", starts=date(2027, 2, 1))
        assert found(late, day) == ["review-overdue /cadence/review"] * is_overdue

    def test_agreed_since(self) -> None:
        """Whoever agreed anew has looked at it: on the day itself, or later."""
        for day in ("2027-02-01", "2027-02-20"):
            assert found(reviewed("2026-11-05", day, starts=date(2027, 2, 1)), "2027-04-30") == []
            assert found(reviewed("2026-11-05", day, starts=date(2027, 2, 1)), "2027-05-02") != []

    def test_message(self) -> None:
        """It says when it was due, since when nobody has agreed, and what to do."""
        one = next(one for one in check.check_value(reviewed("2026-11-01"), as_of=date(2027, 2, 2)) if one.rule in TIME)
        assert one.message == "the review was due on 2027-02-01, and nobody has agreed to anything since 2026-11-01"
        assert one.hint.endswith("alliancekit ratify FILE --as MEMBER --date YYYY-MM-DD")

    def test_where_nothing_is_due(self) -> None:
        """Nobody owes a review to what is no agreement yet, rests or has ended, has none, or was agreed by nobody."""
        overdue = reviewed("2026-11-01")
        for one in (*map(overdue.with_status, ("draft", "paused", "closed")), reviewed(), agreed("2026-11-01")):
            assert found(one, "2030-01-01") == []


class TestDays:
    PROMISE = Commitment(id="plan", by=["ana"], text="Send it.", due=date(2026, 12, 7))
    WAIVER = Waiver(id="w", clause="plan", members=["ana"], reason="Away.", until=date(2026, 12, 7))

    @pytest.mark.parametrize(
        ("part", "pointer"),
        [
            ({"commitments": [PROMISE]}, "commitment-overdue /commitments/plan/due"),
            ({"expires": date(2026, 12, 7)}, "alliance-expired /expires"),
            ({"waivers": [WAIVER]}, "waiver-expired /waivers/w/until"),
        ],
    )
    def test_the_last_day(self, part: dict[str, object], pointer: str) -> None:
        """The last day still counts; the one after it does not, and nothing is owed once it is closed."""
        alliance = evolve(TIMELESS, **part)
        assert found(alliance, "2026-12-07") == []
        assert found(alliance, "2026-12-08") == [pointer]
        assert found(alliance.with_status("closed"), "2026-12-08") == []

    @pytest.mark.parametrize("standing", ["kept", "broken", "released"])
    def test_what_has_been_said(self, standing: str) -> None:
        """A promise whose standing was written down is not overdue, and none is while the alliance rests."""
        alliance = evolve(TIMELESS, commitments=[self.PROMISE.with_standing(standing)])
        assert found(alliance, "2027-01-01") == []
        resting = evolve(TIMELESS, commitments=[self.PROMISE], waivers=[self.WAIVER]).with_status("paused")
        assert found(resting, "2027-01-01") == []

    def test_what_rests_expires(self) -> None:
        """That its end has come can be said of an alliance that rests."""
        resting = evolve(TIMELESS, expires=date(2026, 12, 7)).with_status("paused")
        assert found(resting, "2027-01-01") == ["alliance-expired /expires"]

    def test_future(self) -> None:
        """A record of today is none of the future."""
        text = 'alliancekit: check-in/1\nalliance: a\ndate: "2026-12-07"\n'
        for day, expected in ((date(2026, 12, 7), []), (date(2026, 12, 6), ["future-check-in"]), (None, [])):
            assert [one.rule for one in check.check_text(text, as_of=day)] == expected


class TestGap:
    def nightly(self, **more: object) -> Alliance:
        told = {"frequency": "daily", "at": time.fromisoformat("01:30"), "timezone": "Europe/Lisbon", **more}
        return evolve(TIMELESS, cadence=Cadence(check_ins=[ScheduledCheckIn(id="nightly", **told)]))

    def test_the_next_one(self) -> None:
        """The next day on which the time does not exist is named: that of the coming spring, up to the day itself."""
        for day, named in (("2026-11-01", "2027-03-28"), ("2027-03-28", "2027-03-28"), ("2027-03-29", "2028-03-26")):
            (one,) = check.check_value(self.nightly(), as_of=date.fromisoformat(day))[-1:]
            assert one.pointer == "/cadence/check_ins/nightly/at"
            assert one.message == f"on {named} there is no 01:30 in Europe/Lisbon: clocks go forward"

    def test_what_never_meets_it(self) -> None:
        """It is silent where the dates miss the change, the hour or the zone is not said, or clocks never change."""
        sound = [
            self.nightly(at=time.fromisoformat("10:00")),
            self.nightly(frequency="weekly", weekdays=["monday"]),
            self.nightly(timezone="UTC"),
            self.nightly(timezone=None),
            self.nightly(at=None),
            self.nightly(starts=date(2030, 1, 1)),
            self.nightly().with_status("paused"),
            self.nightly().with_status("closed"),
        ]
        assert [found(one, "2026-11-01") for one in sound] == [[]] * len(sound)

    def test_review(self) -> None:
        """A review has an hour too."""
        review = Review(frequency="daily", at=time.fromisoformat("02:30"), timezone="Europe/Berlin")
        assert found(evolve(TIMELESS, cadence=Cadence(review=review)), "2026-11-01") == [
            "check-in-in-gap /cadence/review/at"
        ]


class TestBounds:
    def test_ends_of_the_calendar(self) -> None:
        """On no day of the calendar, and with no date in it, does anything break."""
        for day in (date.min, date.min + timedelta(1), date.max - timedelta(366), date.max):
            meeting = {"frequency": "daily", "at": time.fromisoformat("01:30"), "timezone": "Europe/Lisbon"}
            for starts in (None, date.min, date.max):
                cadence = Cadence(
                    check_ins=[ScheduledCheckIn(id="c", starts=starts, **meeting)],
                    review=Review(starts=starts, **meeting),
                )
                for said in ("0001-01-01", "9999-12-31"):
                    found(agreed(said, cadence=cadence, expires=date.max), day)

    def test_thousands_of_check_ins(self) -> None:
        """However many check-ins a file has, the first ones are looked at."""
        rhythm = {
            "frequency": "monthly",
            "day": 20,
            "nth": 1,
            "at": time.fromisoformat("01:30"),
            "timezone": "Europe/Lisbon",
        }
        check_ins = [ScheduledCheckIn(id=f"c{number}", **rhythm) for number in range(3000)]
        assert found(evolve(TIMELESS, cadence=Cadence(check_ins=check_ins)), "2026-11-01") == []


def test_without_a_day() -> None:
    """Where no day is given, nothing is said about time."""
    overdue = reviewed("2026-11-01")
    overdue = evolve(overdue, expires=date(2020, 1, 1), commitments=[TestDays.PROMISE], waivers=[TestDays.WAIVER])
    assert found(overdue, None) == []
    assert len(found(overdue, "2030-01-01")) == 4


def test_a_rhythm_is_no_due_day() -> None:
    """A promise that comes back has no day on which it is overdue."""
    again = Commitment(id="plan", by=["ana"], text="Send it.", repeats=Recurrence(frequency="weekly"))
    assert found(evolve(TIMELESS, commitments=[again]), "2030-01-01") == []


@pytest.mark.parametrize("rule", sorted(TIME))
def test_time_fails_on_request_only(rule: str) -> None:
    """What the day alone made wrong fails on request only, however bad it is."""
    finding = Finding(rule=rule, message="m", severity=Severity.WARNING)
    report = Report(files=(Checked(path="a", findings=(finding,)),))
    assert report.exit_code() == report.exit_code("warning") == 0
    assert report.exit_code(fail_on_time=True) == report.exit_code("warning", fail_on_time=True) == 1
    assert report.exit_code("never", fail_on_time=True) == 0
    mere = Report(files=(Checked(path="a", findings=(finding.with_severity(Severity.INFO),)),))
    assert mere.exit_code(fail_on_time=True) == 0
    other = Report(files=(*report.files, Checked(path="b", findings=(Finding(rule="syntax", message="m"),))))
    assert other.exit_code() == 1
