"""What comes next in an alliance."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from alliancekit import Alliance, loads
from alliancekit.cadence import agenda, counted_from, review_due
from alliancekit.errors import InvalidValueError

ALLIANCE = """
alliancekit: alliance/1
id: ana-ben
kind: one-to-one
title: Ana and Ben
status: active
expires: "2027-01-07"
members: {ana: {name: Ana}, ben: {name: Ben}}
commitments:
  plan: {by: [ben], text: Send the plan., due: "2026-12-03"}
  draft: {by: [ben], text: Send a draft., due: "2026-11-30", standing: kept}
  slips: {by: [ben], text: Say it the same day., repeats: {frequency: daily}}
waivers:
  on-call: {clause: slips, members: [ben], reason: On call., until: "2026-12-01"}
  always: {clause: plan, members: [ben], reason: Always.}
cadence:
  check_ins:
    weekly: {frequency: weekly, interval: 2, weekdays: [thursday], at: "10:00", timezone: Europe/Lisbon, minutes: 30}
    monthly: {frequency: monthly, day: 1, starts: "2026-12-01"}
  review: {frequency: monthly, interval: 2}
ratifications:
  ana: {date: "2026-11-01", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
  ben: {date: "2026-11-05", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
"""


def make(*changes: tuple[str, str]) -> Alliance:
    text = ALLIANCE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return loads(text, Alliance)


def seen(alliance: Alliance, after: str = "2026-11-05", **bounds: Any) -> list[str]:
    found = agenda(alliance, after=date.fromisoformat(after), **bounds)
    return [f"{one.occurrence.date:%m-%d} {one.kind} {one.id}" for one in found]


def test_all() -> None:
    """All that has a day comes in order, until the alliance expires; what is settled or has no day does not."""
    assert seen(make()) == [
        "11-19 check-in weekly",
        "12-01 waiver on-call",
        "12-01 check-in monthly",
        "12-03 due plan",
        "12-03 check-in weekly",
        "12-17 check-in weekly",
        "12-31 check-in weekly",
        "01-01 check-in monthly",
        "01-05 review review",
        "01-07 expires ana-ben",
    ]


def test_bounds() -> None:
    """Both ends are left out, and no more come than are asked for."""
    assert seen(make(), "2026-12-03", before=date(2026, 12, 31)) == ["12-17 check-in weekly"]
    assert seen(make(), "2026-12-03", limit=2) == ["12-17 check-in weekly", "12-31 check-in weekly"]
    assert seen(make(), "2027-01-07") == []
    assert seen(make(), limit=0) == []
    with pytest.raises(InvalidValueError, match="limit"):
        agenda(make(), after=date(2026, 12, 1), limit=-1)


def test_moments() -> None:
    """After a moment comes what is later on that day; what has no hour stood at its beginning."""
    ten = datetime(2026, 12, 3, 10, tzinfo=UTC)
    found = agenda(make(), after=ten - timedelta(minutes=1), limit=1)
    assert [one.to_dict() for one in found] == [
        {
            "kind": "check-in",
            "id": "weekly",
            "title": "weekly",
            "date": "2026-12-03",
            "begins": "2026-12-03T10:00:00+00:00",
            "ends": "2026-12-03T10:30:00+00:00",
            "is_shifted": False,
        }
    ]
    assert [one.occurrence.date.day for one in agenda(make(), after=ten, limit=1)] == [17]
    far = make(("Europe/Lisbon", "Asia/Tokyo"))
    assert len(list(agenda(far, after=datetime(1, 1, 1, tzinfo=UTC), limit=3))) == 3
    assert list(agenda(far, after=datetime(9999, 12, 31, 23, 59, tzinfo=UTC))) == []


def test_one_day() -> None:
    """What has no hour stands before what has one, by the clocks of the members and not by those of Greenwich."""
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        found = seen(make(("Europe/Lisbon", zone)), "2026-12-02", limit=2)
        assert found == ["12-03 due plan", "12-03 check-in weekly"]


def test_statuses() -> None:
    """What is closed has nothing to come; what is paused has its end."""
    assert seen(make(("status: active", "status: closed"))) == []
    assert seen(make(("status: active", "status: paused"))) == ["01-07 expires ana-ben"]
    assert len(seen(make(("status: active", "status: draft")))) == 10


def test_counted() -> None:
    """What has no start is counted from the newest yes; where there is none, from the day that is asked about."""
    assert counted_from(make()) == date(2026, 11, 5)
    bare = loads(ALLIANCE.partition("ratifications:")[0], Alliance)
    assert counted_from(bare) is None
    assert seen(bare, "2026-11-12", limit=1) == ["11-26 check-in weekly"]


def test_review_due() -> None:
    """The review is due on its first day after the newest yes; without a yes or a review nothing is."""
    made = make()
    assert made.cadence is not None
    assert made.cadence.review is not None
    days = [one.occurrence.date for one in agenda(made, after=date(2026, 11, 5)) if one.kind == "review"]
    assert review_due(made) == days[0]
    assert review_due(loads(ALLIANCE.partition("ratifications:")[0], Alliance)) is None
    assert review_due(evolve(made, cadence=evolve(made.cadence, review=None))) is None
    never = evolve(made.cadence.review, frequency="monthly", day=31, nth=1, starts=None)
    assert review_due(evolve(made, cadence=evolve(made.cadence, review=never))) is None


def test_nothing() -> None:
    """Where nothing has a day, nothing comes; what never occurs hides nothing."""
    text = ALLIANCE.partition("expires")[0] + "members: {ana: {name: Ana}, ben: {name: Ben}}\n"
    assert seen(loads(text, Alliance)) == []
    never = make(("day: 1,", "day: 31, nth: 1,"))
    assert seen(never, "2026-12-03", limit=1) == ["12-17 check-in weekly"]


def test_words() -> None:
    """Each says what it is about in the words of the members."""
    titles = {one.id: one.title for one in agenda(make(), after=date(2026, 11, 5))}
    assert titles == {
        "weekly": "weekly",
        "monthly": "monthly",
        "on-call": "On call.",
        "plan": "Send the plan.",
        "review": "Ana and Ben",
        "ana-ben": "Ana and Ben",
    }
