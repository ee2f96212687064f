"""When people meet again."""

from datetime import date
from typing import Any

import pytest

from alliancekit.cadence import next_check_in
from alliancekit.model import Cadence, ScheduledCheckIn

THURSDAYS = {"frequency": "weekly", "weekdays": ["thursday"]}
FORTNIGHTLY = {**THURSDAYS, "interval": 2, "starts": "2026-11-05"}


def after(held: str, *rhythms: dict[str, Any]) -> str | None:
    check_ins = [
        ScheduledCheckIn(
            **{**one, "id": f"c{number}", "starts": date.fromisoformat(one["starts"]) if "starts" in one else None}
        )
        for number, one in enumerate(rhythms)
    ]
    found = next_check_in(Cadence(check_ins=check_ins), held=date.fromisoformat(held))
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("2026-11-05", "2026-11-19"),
        ("2026-11-06", "2026-11-19"),  # a day late
        ("2026-11-12", "2026-11-19"),  # a week late, or a week early
        ("2026-11-18", "2026-12-03"),  # a day early
        ("2026-10-01", "2026-11-05"),  # before they began
        ("2026-11-04", "2026-11-19"),  # the first, a day early
    ],
)
def test_moved(held: str, expected: str) -> None:
    """A meeting stands for the date that is nearest to it, and the next one is after that."""
    assert after(held, FORTNIGHTLY) == expected


@pytest.mark.parametrize(
    ("held", "rhythm", "expected"),
    [
        ("2026-11-05", {"frequency": "weekly"}, "2026-11-12"),
        ("2026-11-04", THURSDAYS, "2026-11-12"),
        ("2026-11-05", {**THURSDAYS, "interval": 2}, "2026-11-19"),
        ("2026-11-30", {"frequency": "monthly", "day": 1, "interval": 3}, "2027-02-01"),
        ("2027-01-31", {"frequency": "monthly"}, "2027-02-28"),
        ("2026-11-05", {"frequency": "yearly"}, "2027-11-05"),
    ],
)
def test_without_a_start(held: str, rhythm: dict[str, Any], expected: str) -> None:
    """What does not say when it starts is counted from the meeting."""
    assert after(held, rhythm) == expected


def test_several() -> None:
    """The next meeting is the next of any rhythm."""
    monthly = {"frequency": "monthly", "day": 20, "starts": "2026-11-01"}
    assert after("2026-11-19", {**THURSDAYS, "starts": "2026-11-05"}, monthly) == "2026-11-20"
    assert after("2026-11-20", {**THURSDAYS, "starts": "2026-11-05"}, monthly) == "2026-11-26"


def test_none() -> None:
    """Where nothing recurs, or nothing any more, there is no next one."""
    assert after("2026-11-05") is None
    assert after("9999-12-31", FORTNIGHTLY) is None
    assert after("9999-12-24", {"frequency": "weekly"}) == "9999-12-31"
    assert after("0001-01-01", {"frequency": "daily"}) == "0001-01-02"
    assert after("2026-11-05", {"frequency": "monthly", "day": 20, "nth": 1}) is None
    assert after("2026-11-05", {**FORTNIGHTLY, "starts": "2036-01-01"}) == "2036-01-03"


def test_many() -> None:
    """Thousands of rhythms take no longer than a few."""
    never = {"frequency": "monthly", "day": 20, "nth": 1}
    assert after("2026-11-05", *[never] * 3000) is None
