"""What comes next."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.terminal import ALLIANCE, run, write

DATED = (
    ALLIANCE
    + """\
    starts: "2027-02-01"
  check_ins:
    weekly:
      frequency: weekly
      weekdays: [sunday]
      starts: "2027-03-21"
      at: "01:30"
      timezone: Europe/Lisbon
      minutes: 30
    floating:
      frequency: yearly
      starts: "2027-03-22"
      at: "09:00"
waivers:
  on-call:
    clause: flag-slips
    members: [ben]
    reason: |-
      On call
      that week
    until: "2027-03-27"
expires: "2027-05-02"
"""
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(
        tmp_path, "ana-ben.alliance.yaml", DATED.replace("    known_by", '    due: "2027-03-26"\n    known_by', 1)
    )


def test_text(path: Path) -> None:
    """One line for each thing that comes, by the clock on the wall; an hour that clocks leave out is said to be later."""
    said = run("next", path, "--after", "2027-03-20", "--limit", "6")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "Ana and Ben (ana-ben): active\n"
        "  Sunday 2027-03-21, 01:30 to 02:00 (Europe/Lisbon): check-in weekly\n"
        "  Monday 2027-03-22, 09:00: check-in floating\n"
        "  Friday 2027-03-26: flag-slips is due: Say it the same day when a date moves.\n"
        "  Saturday 2027-03-27: last day of the waiver on-call: On call that week\n"
        "  Sunday 2027-03-28, 02:30 to 03:00 (Europe/Lisbon), for clocks leave out the hour that was agreed:"
        " check-in weekly\n"
        "  Sunday 2027-04-04, 01:30 to 02:00 (Europe/Lisbon): check-in weekly\n"
        "and more; --limit shows it; review of the alliance: Saturday 2027-05-01\n"
    )


def test_the_end(path: Path) -> None:
    """The review and the last day are told, and after it nothing comes: exit code 1."""
    said = run("next", path, "--after", "2027-04-26T10:00+01:00")
    assert said.out.splitlines()[1:] == [
        "  Saturday 2027-05-01: review of the alliance",
        "  Sunday 2027-05-02: last day of the alliance",
        "  Sunday 2027-05-02, 01:30 to 02:00 (Europe/Lisbon): check-in weekly",
    ]
    over = run("next", path, "--after", "2027-05-02")
    assert (over.code, over.out) == (1, "Ana and Ben (ana-ben): active\nnothing comes after 2027-05-02\n")


def test_json(path: Path) -> None:
    """The same as data, with moments where they are known."""
    said = run("next", path, "--after", "2027-03-27T12:00:00Z", "--limit", "1", "--format", "json")
    assert said.code == 0
    assert json.loads(said.out) == {
        "alliance": "ana-ben",
        "title": "Ana and Ben",
        "status": "active",
        "after": "2027-03-27T12:00:00+00:00",
        "counted": None,
        "has_more": True,
        "events": [
            {
                "kind": "check-in",
                "id": "weekly",
                "title": "weekly",
                "date": "2027-03-28",
                "begins": "2027-03-28T02:30:00+01:00",
                "ends": "2027-03-28T03:00:00+01:00",
                "is_shifted": True,
            }
        ],
    }
    nothing = run("next", path, "--after", "2027-05-02", "--format", "json")
    assert (nothing.code, json.loads(nothing.out)["events"]) == (1, [])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--after"),
        (["--after", "soon"], "'soon' is no date; write it like 2026-11-05, 2026-11-05T10:00+01:00, or today"),
        (["--after", "2027-02-30"], "'2027-02-30' is no date"),
        (["--after", "2027-02-03T10:00"], "'2027-02-03T10:00' is no moment without its zone"),
        (["--after", "2027-02-03", "--limit", "0"], "0 is not in the range"),
    ],
)
def test_wrong_usage(path: Path, options: list[str], words: str) -> None:
    """A day is needed, and a moment needs its zone: exit code 2."""
    said = run("next", path, *options)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


DRAFT = (
    ALLIANCE.replace("active", "draft")
    + """\
  check_ins:
    fortnight:
      frequency: weekly
      interval: 2
      weekdays: [monday]
"""
)


def test_counted_from_the_day_that_is_asked_about(tmp_path: Path) -> None:
    """Where nothing says from when to count, it is counted from that day, and that is said."""
    path = write(tmp_path, "a.alliance.yaml", DRAFT)
    said = run("next", path, "--after", "2026-11-08", "--limit", "1")
    assert said.out.splitlines()[1:] == [
        "  Monday 2026-11-16: check-in fortnight",
        "and more; --limit shows it; review of the alliance: Monday 2027-02-08",
        "what names no start is counted from 2026-11-08, which you asked about; --from names another day",
    ]
    plain = json.loads(run("next", path, "--after", "2026-11-08T23:00-08:00", "--format", "json").out)
    assert (plain["counted"], plain["has_more"]) == ({"from": "2026-11-08", "because": "after"}, True)


def test_counted_from_a_day(tmp_path: Path) -> None:
    """Counted from a day that is named, the days are the same whenever one asks, and the review may be on it."""
    path = write(tmp_path, "a.alliance.yaml", DRAFT)
    for after in ("2026-11-01", "2026-11-04"):
        said = run("next", path, "--from", "2026-11-09", "--after", after, "--limit", "3", "--format", "json")
        plain = json.loads(said.out)
        assert plain["counted"] == {"from": "2026-11-09", "because": "from"}
        days = [(one["date"], one["kind"]) for one in plain["events"]]
        assert days == [("2026-11-09", "check-in"), ("2026-11-09", "review"), ("2026-11-23", "check-in")]
    assert "counted" not in run("next", path, "--from", "2026-11-09", "--after", "2026-11-01").out


def test_counted_from_the_newest_yes(tmp_path: Path) -> None:
    """After a yes it is counted from its day, on which no review is, as in a calendar."""
    path = write(tmp_path, "a.alliance.yaml", DRAFT.replace("draft", "active"))
    assert run("ratify", path, "--as", "ana", "--date", "2026-11-09").code == 0
    plain = json.loads(run("next", path, "--after", "2026-11-01", "--limit", "2", "--format", "json").out)
    assert plain["counted"] == {"from": "2026-11-09", "because": "yes"}
    assert [one["date"] for one in plain["events"]] == ["2026-11-09", "2026-11-23"]


def test_today(path: Path) -> None:
    """``today`` is the present day."""
    assert run("next", path, "--after", "today").out == run("next", path, "--after", "2026-11-01").out


def test_more_without_a_review(tmp_path: Path) -> None:
    """That more comes is said where there is no review, or where the alliance ends before it."""
    path = write(tmp_path, "a.alliance.yaml", f'{DRAFT}expires: "2027-01-01"\n')
    said = run("next", path, "--after", "2026-11-08", "--limit", "1")
    assert "\nand more; --limit shows it\n" in said.out
    over = run("next", path, "--after", "2026-11-08", "--limit", "99")
    assert "and more" not in over.out


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2026-13-01", "there is no month 13"),
        ("2026-00-01", "there is no month 0"),
        ("2026-02-29", "there is no day 29; 2026-02 has 28 days"),
        ("0000-01-01", "there is no year 0"),
        ("2026-13-01T10:00+00:00", "there is no month 13"),
    ],
)
def test_days_that_there_are_not(path: Path, value: str, reason: str) -> None:
    """What is wrong with a date is said."""
    said = run("next", path, "--after", value)
    assert said.code == 2
    assert f"'{value}' is no date: {reason}; write it like 2026-11-05" in " ".join(said.err.split())


def test_unsound(path: Path) -> None:
    """All that is wrong with a file is told at once: exit code 2, and nothing on the screen."""
    text = path.read_text().replace("Europe/Lisbon", "Europe/Lisbonn").replace("frequency: yearly", "frequency: annual")
    said = run("next", write(path.parent, path.name, text), "--after", "2027-03-20")
    assert (said.code, said.out) == (2, "")
    assert "bad-timezone" in said.err
    assert "write yearly" in said.err


def test_sessions(tmp_path: Path) -> None:
    """A session is no alliance, and nothing of what it holds is told."""
    for name in ("s.session.json", "s.alliance.json"):
        path = write(tmp_path, name, '{"alliancekit": "session/1", "title": "Hidden Words", "requests": [1]}')
        said = run("next", path, "--after", "2027-03-20")
        assert said.code == 2
        assert "Hidden" not in said.err + said.out


@pytest.mark.parametrize("after", ["0001-01-01", "9999-12-31", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_ends_of_the_calendar(path: Path, after: str) -> None:
    """The first and the last day of the calendar are days like any other."""
    said = run("next", path, "--after", after, "--limit", "2")
    assert said.code == (0 if after.startswith("0001") else 1)
    assert said.err == ""
