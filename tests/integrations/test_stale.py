"""A pull request that changes a clause after it was agreed to: git, the check, and who has to say yes again."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.integrations.programs import OURS, program
from tests.integrations.repositories import commit, environment, git, repository
from tests.unit.cli.terminal import Said, run

NAME = "ours.alliance.yaml"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a repository whose agreement all three have agreed to; git's hook runs the check before each commit."""
    team = repository(tmp_path / "team")
    assert run("init", team).code == 0
    for member in ("ana", "ben", "chi"):
        assert run("ratify", team / NAME, "--as", member, "--date", "2026-11-01").code == 0
    program(tmp_path / "bin" / "alliancekit", OURS)
    program(team / ".git" / "hooks" / "pre-commit", f"#!/bin/sh\n{tmp_path / 'bin' / 'alliancekit'} check\n")
    git(team, "add", "--all")
    assert committed(team) == (0, "1 file checked: nothing found\n")
    git(team, "checkout", "--quiet", "-b", "softer")
    return team


def committed(team: Path) -> tuple[int, str]:
    """Commit everything as a person does, and return the exit code and what the hook said."""
    done = subprocess.run(
        ["git", "commit", "--quiet", "--all", "--message", "Change"],
        cwd=team,
        env=environment(NO_COLOR="1"),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def change(team: Path, old: str, new: str) -> None:
    text = (team / NAME).read_text()
    assert text.count(old) == 1
    (team / NAME).write_text(text.replace(old, new))


def stale(said: str) -> list[str]:
    """Return whose yes no longer holds, by the findings; each is at that member's ratification."""
    return re.findall(
        r"error\[stale-ratification\] what concerns (\w+) has changed since \1 agreed on 2026-11-01", said
    )


def again(said: str) -> list[str]:
    """Return the commands that the hints show."""
    return re.findall(r"has to agree again: alliancekit (ratify .*)", said)


def test_only_whom_it_concerns(team: Path) -> None:
    """A promise of Ben to Ana becomes softer: the commit fails, Ana and Ben are named, and Chi is not."""
    change(team, "Say it on the same day when I cannot keep a shift.", "Say it when I cannot keep a shift.")
    code, said = committed(team)
    assert code == 1
    assert stale(said) == ["ana", "ben"]
    assert again(said) == [f"ratify {NAME} --as {name} --date YYYY-MM-DD" for name in ("ana", "ben")]
    assert "chi" not in said


def test_a_rule_for_all(team: Path) -> None:
    """A changed ground rule asks everybody again."""
    change(team, "a walk of 15 minutes", "a walk of 10 minutes")
    assert stale(committed(team)[1]) == ["ana", "ben", "chi"]


def test_what_nobody_agreed_to(team: Path) -> None:
    """A comment, another hour of the meeting and a promise that was kept ask nobody again."""
    change(team, "# Who looks after the agreement itself.", "# Our steward.")
    change(team, 'at: "10:00"', 'at: "11:00"')
    change(team, "    text: Publish the rota.\n", "    text: Publish the rota.\n    standing: kept\n")
    assert committed(team)[0] == 0


def test_the_way_back(team: Path) -> None:
    """The commands that the findings show make the commit pass."""
    change(team, "Say it on the same day when I cannot keep a shift.", "Say it when I cannot keep a shift.")
    _, said = committed(team)
    for command in again(said):
        assert ratified(team, command.replace("YYYY-MM-DD", "2026-11-22")).code == 0
    assert committed(team)[0] == 0
    assert git(team, "diff", "--stat", "main", "--", NAME).count("|") == 1


def ratified(team: Path, command: str) -> Said:
    verb, name, *options = command.split()
    return run(verb, team / name, *options)


def test_after_a_merge(team: Path) -> None:
    """What one branch changed and another agreed to is found after the merge, though git saw no conflict."""
    change(team, "Say it on the same day when I cannot keep a shift.", "Say it when I cannot keep a shift.")
    commit(team, "Softer, past the hook")
    git(team, "checkout", "--quiet", "main")
    change(team, "title: The support desk", "title: The desk")
    commit(team, "Another title")
    git(team, "merge", "--quiet", "--no-verify", "--no-edit", "softer")
    assert stale(run("check", team).out) == ["ana", "ben"]
