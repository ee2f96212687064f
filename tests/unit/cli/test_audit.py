import json
import os
from pathlib import Path

import pytest

from tests.integrations.histories import alone, begun, plain, run_git, write_on
from tests.shared import SHARED, needs_shared
from tests.unit.cli.terminal import ALLIANCE, run, write

CHARTER = "TEAM_CHARTER.md"
SECRET = "I am afraid of Ben."


@pytest.fixture(autouse=True)
def _no_settings_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begun(tmp_path / "team")


def ratified(folder: Path) -> None:
    for member in ("ana", "ben"):
        path = folder / "ana-ben.alliance.yaml"
        assert run("ratify", path, "--as", member, "--date", "2026-01-05").code == 0


class TestText:
    def test_what_is_neglected(self, folder: Path) -> None:
        """What is neglected stands first, each with how old it is, a word for it, and what to do: exit code 1."""
        write_on(folder, "2025-12-01", {CHARTER: plain(), "ways-of-working.md": "a\n"})
        write_on(folder, "2026-01-05", {"ways-of-working.md": "b\n"}, by="Ben")
        write_on(folder, "2026-10-05", {"working-agreement.md": "x\n"})
        said = run("audit", folder)
        assert (said.code, said.err) == (1, "")
        assert said.out == (
            "2 of 3 agreements neglected, as of 2026-11-01; 2 never revised after the day they were made\n"
            "\n"
            "TEAM_CHARTER.md\n"
            "  made on 2025-12-01, 335 days ago, and never revised\n"
            "  one-and-done: nobody has come back to it; ask together what no longer fits, and change that\n"
            "\n"
            "ways-of-working.md\n"
            "  made on 2025-12-01, revised once, on 2026-01-05, 300 days ago; 2 people wrote it\n"
            "  revisions: 1 in 2026-Q1, 0 in 2026-Q2, 0 in 2026-Q3, 0 in 2026-Q4; 0.27 a quarter since it was made\n"
            "  untouched: nobody has come back to it for long; look together at whether it still fits\n"
            "\n"
            "looked after, or at rest:\n"
            "  working-agreement.md\n"
            "    made on 2026-10-05, 27 days ago, and never revised\n"
        )

    def test_nothing_is_neglected(self, folder: Path) -> None:
        """Exit code 0 where all is looked after."""
        write_on(folder, "2026-10-05", {CHARTER: plain()})
        write_on(folder, "2026-10-05", {CHARTER: plain(line1="Else.")})
        said = run("audit", folder)
        assert (said.code, said.out.splitlines()[0]) == (
            0,
            "0 of 1 agreement neglected, as of 2026-11-01; 1 never revised after the day it was made",
        )
        assert "made and revised once on 2026-10-05, 27 days ago, and never again" in said.out

    def test_an_alliance(self, folder: Path) -> None:
        """An alliance is called by its title, and held to what it says itself."""
        write(folder, "ana-ben.alliance.yaml", ALLIANCE)
        ratified(folder)
        record = 'alliancekit: check-in/1\nalliance: ana-ben\ndate: "2026-02-05"\nnext: "2026-02-12"\n'
        write_on(folder, "2026-01-05", {"a.check-in.yaml": record})
        said = run("audit", folder)
        assert said.code == 1
        assert said.out.splitlines()[2:] == [
            "ana-ben.alliance.yaml: Ana and Ben (active)",
            "  made on 2026-01-05, 300 days ago, and never revised",
            "  nothing else in the repository was changed after that either",
            "  1 check-in on record, the last on 2026-02-05",
            "  review-overdue: it was due on 2026-04-05, and nobody has agreed since 2026-01-05; look at it as a whole",
            "  check-in-missed: the next one was due on 2026-02-12, and there is no record of it; meet, and write it down",
        ]

    def test_a_stale_yes(self, folder: Path) -> None:
        """Whose yes is stale status says; here it is how many."""
        write(folder, "ana-ben.alliance.yaml", ALLIANCE)
        ratified(folder)
        path = folder / "ana-ben.alliance.yaml"
        write_on(folder, "2026-10-30", {path.name: path.read_text().replace("same day", "next day")})
        said = run("audit", folder, "--as-of", "2026-11-01")
        assert said.code == 1
        assert "stale-ratification: 2 of 2 members agreed to something else than it says now" in said.out

    def test_an_alliance_with_errors(self, folder: Path) -> None:
        """Of one with errors only the history is told, and where to read about them."""
        write_on(folder, "2026-10-30", {"x.alliance.yaml": "alliancekit: alliance/1\n"})
        assert "it has errors, so only its history was read" in run("audit", folder).out

    def test_authors(self, folder: Path) -> None:
        """Who wrote an agreement is told only where it is asked for."""
        write_on(folder, "2026-10-01", {CHARTER: "0\n"})
        for at in range(1, 9):
            write_on(folder, f"2026-10-0{at}", {CHARTER: f"{at}\n"}, by=f"P{at}")
        assert "example.org" not in run("audit", folder).out
        said = run("audit", folder, "--authors").out
        assert "    by Ana <ana@example.org>, P1 <p1@example.org>, " in said
        assert ", P5 <p5@example.org> and 3 more\n" in said
        assert "revised 8 times, last on 2026-10-08, 24 days ago; 9 people wrote it" in said

    def test_a_shallow_clone(self, folder: Path, tmp_path: Path) -> None:
        """What the clone cannot tell is said, and how to have it."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write_on(folder, "2026-01-20", {"b": "b\n"})
        write_on(folder, "2026-02-05", {CHARTER: plain(line3="Else.")})
        write_on(folder, "2026-03-05", {"a": "a\n"})
        write_on(folder, "2026-04-05", {"working-agreement.md": "a\n"})
        write_on(folder, "2026-05-05", {"working-agreement.md": "b\n", "team-norms.md": "x\n"})
        for depth in (1, 5):
            run_git(tmp_path, "clone", "--quiet", f"--depth={depth}", folder.as_uri(), f"clone{depth}")
        said = run("audit", tmp_path / "clone1").out
        assert "not changed since 2026-05-05 or before: 180 days ago at the least" in said
        assert said.splitlines()[-1].startswith("note: the clone is shallow")
        said = run("audit", tmp_path / "clone5").out
        assert (
            "known to be revised once, last on 2026-02-05, 269 days ago; what was before is not in this clone" in said
        )

    def test_no_agreements(self, folder: Path) -> None:
        """Where there is none, what was looked for is said; where there is no commit, that."""
        said = run("audit", folder)
        assert (said.code, said.out.splitlines()[-1]) == (0, "note: there is no commit yet")
        write_on(folder, "2026-10-05", {"how-we-work.md": plain()})
        said = run("audit", folder)
        assert (said.code, said.out.startswith("no agreements found: none is called *.alliance.yaml")) == (0, True)
        assert "how-we-work.md" in run("audit", folder, "--name", "how we work").out

    @pytest.mark.parametrize(
        "name",
        [
            "team-charter\n::error::x\n.md",
            "team-charter\x1b[2J\u202e.md",
            "##[error]team-charter.md",
            b"team-charter\xff",
        ],
    )
    def test_hostile_names(self, folder: Path, name: str | bytes) -> None:
        """The name of a file commands no terminal and no build, and stays on its line, in text and in JSON."""
        path = os.fsdecode(name)
        write_on(folder, "2026-01-05", {path: plain()}, by="Ana\u202e\x1b[2J ##[x]")
        text = run("audit", folder, "--authors").out
        assert [line for line in text.splitlines() if line.startswith(("::", "##["))] == []
        assert not any(one in text for one in ("\x1b", "\u202e", "##[", "\udcff"))
        shown = run("audit", folder, "--authors", "--format", "json").out
        assert shown.isascii()
        assert "##[" not in shown
        assert json.loads(shown)["agreements"][0]["path"] == path


class TestJson:
    def test_all_of_it(self, folder: Path) -> None:
        """JSON holds the same, for a program, and names nobody who was not asked for."""
        write_on(folder, "2025-12-01", {CHARTER: plain()})
        said = run("audit", folder, "--format", "json", "--as-of", "2026-06-01", "--days", "365")
        found = json.loads(said.out)
        assert said.code == 0
        assert (found["as_of"], found["most_days"], found["repository"]) == ("2026-06-01", 365, str(folder))
        assert found["agreements"][0]["age_days"] == 182
        assert "names" not in found["agreements"][0]
        said = run("audit", folder, "--format", "json", "--authors")
        assert json.loads(said.out)["agreements"][0]["names"] == ["Ana <ana@example.org>"]
        assert said.code == 1

    def test_a_session_is_not_told(self, folder: Path) -> None:
        """Nothing of a session is told, whatever it is called and wherever it lies."""
        session = f'{{"alliancekit": "session/1", "id": "s", "requests": [{{"value": "{SECRET}"}}]}}'
        names = ["a.alliance.json", "a.alliance.yaml", "a.check-in.json", "a.session.json", "team-charter.md"]
        write_on(folder, "2025-12-01", dict.fromkeys(names, session))
        for form in ("text", "json"):
            said = run("audit", folder, "--format", form, "--authors")
            assert SECRET not in said.out + said.err
            assert "alliance.json" not in said.out
            assert "2 of the files are sessions, which nobody may read here" in said.out


class TestWrongUsage:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--as-of", "2026-02-30"], "'2026-02-30' is no date; write it like 2026-11-01, or today"),
            (["--days", "-1"], "--days"),
            (["--timeout", "0"], "--timeout"),
            (["--format", "xml"], "--format"),
        ],
    )
    def test_options(self, folder: Path, options: list[str], words: str) -> None:
        """What cannot be is told with the option: exit code 2."""
        said = run("audit", folder, *options)
        assert (said.code, said.out) == (2, "")
        assert words in said.err

    def test_today(self, folder: Path) -> None:
        """Today may be said too."""
        assert "as of 2026-11-01" not in run("audit", folder, "--as-of", "today").out  # there are no agreements
        write_on(folder, "2026-10-31", {CHARTER: plain()})
        assert "as of 2026-11-01" in run("audit", folder, "--as-of", "today").out

    def test_no_repository(self, tmp_path: Path) -> None:
        """A folder that is no repository is told in one line: exit code 2."""
        said = run("audit", tmp_path)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
        assert "it is no git repository, and in none" in said.err


@needs_shared
def test_attacks_by_output(folder: Path) -> None:
    """No text that was made to command a terminal or a build does so as the name of a file or of a person."""
    cases = [json.loads(one.read_text(encoding="utf-8")) for one in sorted((SHARED / "render").glob("*.json"))]
    held = [one for one in cases if one["sink"].startswith("terminal")]
    assert held
    for at, one in enumerate(held):
        write_on(folder, "2026-01-05", {f"team-charter-{at}{one['input']}.md": plain()}, by=f"A{at}{one['input']}")
    said = run("audit", folder, "--authors").out
    assert said.count("team-charter-") == len(held)
    for one in held:
        assert [part for part in one["must_not_contain"] if part in said] == [], one["input"]
