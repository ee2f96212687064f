"""``calendar``: the meetings of an alliance as a file."""

import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.unit.cli.terminal import ALLIANCE, run, write

MEETINGS = ALLIANCE + (
    '    starts: "2027-02-01"\n'
    "  check_ins:\n"
    "    weekly:\n"
    "      frequency: weekly\n"
    '      starts: "2026-11-05"\n'
    '      at: "10:00"\n'
    "      timezone: Europe/Lisbon\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path, "ana-ben.alliance.yaml", MEETINGS)


class TestCalendar:
    def test_written(self, path: Path) -> None:
        """The file is for calendars, and what it holds is said."""
        target = path.with_name("ours.ics")
        said = run("calendar", path, "-o", target, "--remind", 15, "--remind", "60")
        assert (said.code, said.out, said.err) == (0, f"{target}: weekly, review\n", "")
        found = Calendar.from_ical(target.read_bytes())
        assert [str(one["SUMMARY"]) for one in found.events] == ["Ana and Ben: check-in", "Ana and Ben: review"]
        assert [len(one.subcomponents) for one in found.events] == [2, 2]

    def test_on_the_screen(self, path: Path) -> None:
        """Without a file it goes to the screen, byte for byte."""
        target = path.with_name("ours.ics")
        run("calendar", path, "-o", target)
        assert run("calendar", path).out.encode() == target.read_bytes()

    def test_edition(self, path: Path) -> None:
        """It is the edition of the newest yes, of the day that is given, or of today where nobody has said yes."""
        assert "DTSTAMP:20261101T090000Z" in run("calendar", path).out
        assert "DTSTAMP:20261206T000000Z" in run("calendar", path, "--stamp", "2026-12-06").out
        run("ratify", path, "--as", "ana", "--date", "2026-11-03")
        assert "DTSTAMP:20261103T000000Z" in run("calendar", path).out

    def test_from_when(self, tmp_path: Path) -> None:
        """What has no start needs a day to be counted from: exit code 1, and the remedy."""
        path = write(tmp_path, "ana-ben.alliance.yaml", ALLIANCE)
        said = run("calendar", path)
        assert (said.code, said.out) == (1, "")
        assert said.err.endswith("--from is needed: nothing says when review starts, and nobody has ratified yet\n")
        assert "DTSTART;VALUE=DATE:20261101" in run("calendar", path, "--from", "2026-11-01").out

    def test_what_is_left_out(self, path: Path) -> None:
        """A meeting that does not come by the last day is named."""
        said = run("calendar", path, "-o", path.with_name("a.ics"), "--until", "2027-01-31")
        assert said.code == 0
        assert said.out.splitlines()[1] == "left out, because it does not come by then: review"

    def test_no_meeting(self, tmp_path: Path) -> None:
        """Without any meeting nothing is written: exit code 1."""
        path = write(tmp_path, "a.alliance.yaml", ALLIANCE.partition("cadence:")[0])
        said = run("calendar", path, "-o", tmp_path / "a.ics")
        assert (said.code, said.out) == (1, "")
        words = "the alliance has no check-in and no review that comes by 2036-11-01; write cadence: with check_ins:"
        assert words in said.err
        assert not (tmp_path / "a.ics").exists()

    def test_cancelled(self, path: Path) -> None:
        """The meetings of an alliance that rests are cancelled, and that is said."""
        write(path.parent, path.name, MEETINGS.replace("status: active", "status: paused"))
        said = run("calendar", path, "-o", path.with_name("a.ics"))
        assert said.out.endswith("the alliance is paused, so these meetings are cancelled\n")
        assert path.with_name("a.ics").read_bytes().count(b"STATUS:CANCELLED") == 2

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["-o", "ours.yaml"], "calendars know their files by .ics"),
            (["--from", "2026-02-30"], "'2026-02-30' is no date"),
            (["--remind", "-1"], "--remind"),
            (["--remind", "40321"], "'40321' is no number of minutes; write one from 0 to 40320 (four weeks), like 15"),
            (["--remind", "soon"], "'soon' is no number of minutes; write one from 0 to 40320 (four weeks), like 15"),
            (["--until", "2400-01-01"], "at most 100 years"),
        ],
    )
    def test_wrong_usage(self, path: Path, options: list[str], words: str) -> None:
        """What cannot be is refused, and nothing is written: exit code 2."""
        before = path.read_bytes()
        said = run("calendar", path, *options)
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert path.read_bytes() == before

    def test_missing_extra(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without icalendar it is said what to install."""
        monkeypatch.setitem(sys.modules, "icalendar", None)
        said = run("calendar", path)
        assert (said.code, said.out) == (2, "")
        assert "pip install 'alliancekit[calendar]'" in said.err

    @pytest.mark.parametrize("name", ["ana.session.json", "ana.alliance.yaml", "ana.alliance.json"])
    @pytest.mark.parametrize("rest", ['"answers": ["quartz"]}', '"quartz", quartz'], ids=["whole", "damaged"])
    def test_sessions(self, tmp_path: Path, name: str, rest: str) -> None:
        """Of a session nothing is said, whatever it is called and however damaged it is."""
        path = write(tmp_path, name, '{"alliancekit": "session/1", "title": "quartz", "id": "quartz", ' + rest)
        said = run("calendar", path)
        assert said.code == 2
        assert "quartz" not in said.out + said.err

    def test_private_answers(self, path: Path) -> None:
        """Of what members said nothing is in a calendar, whoever may read it."""
        more = "responses:\n  - prompt: trust\n    by: ana\n    answer: quartz\n    visibility: members\n"
        write(path.parent, path.name, MEETINGS.replace("This becomes one more meeting.", "quartz") + more)
        said = run("calendar", path)
        assert said.code == 0
        assert "quartz" not in said.out + said.err
