"""`alliancekit merge` as the merge driver of real repositories, set up as the page says."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from alliancekit import Alliance, load
from tests.integrations.programs import OURS, program
from tests.integrations.repositories import commit, environment, git, repository
from tests.shared import ROOT
from tests.unit.cli.terminal import ALLIANCE

PAGE = (ROOT / "docs" / "how-to" / "merge.md").read_text(encoding="utf-8")
ATTRIBUTES = PAGE.partition("```text\n")[2].partition("```")[0]
SETTINGS = [
    (key, value) for key, _, value in re.findall(r"""^\$ git config --global (\S+) (["'])(.*)\2$""", PAGE, re.MULTILINE)
]
NAME = "agreements/ana ben's.alliance.yaml"
SOON = ("the same day", "within the hour")
ASKED = ("  # Ben's idea.\n", "  # Ben's idea, in May.\n")


class Repository:
    """A repository with one agreement on main, and a branch."""

    def __init__(self, folder: Path, name: str = NAME, text: str = ALLIANCE) -> None:
        self.folder = repository(folder / "team")
        self.path = self.folder / name
        (self.folder / ".gitattributes").write_text(ATTRIBUTES)
        for key, value in SETTINGS:
            git(self.folder, "config", key, value)
        self.bin = folder / "bin"
        program(self.bin / "alliancekit", OURS)
        if text:
            self.commit(text)
        else:
            commit(self.folder, "Begin")
        git(self.folder, "branch", "theirs")

    def commit(self, text: str) -> str:
        self.path.parent.mkdir(exist_ok=True)  # git takes an empty folder away
        self.path.write_text(text, newline="")
        return commit(self.folder, "Change")

    def sides(self, ours: str, theirs: str) -> str:
        """Commit *ours* on main and *theirs* on the branch, and return the commit of the branch."""
        git(self.folder, "checkout", "--quiet", "theirs")
        found = self.commit(theirs)
        git(self.folder, "checkout", "--quiet", "main")
        self.commit(ours)
        return found

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        plain = environment(PATH=f"{self.bin}{os.pathsep}{os.environ['PATH']}", GIT_EDITOR="true")
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=plain, capture_output=True, text=True, check=False, timeout=120
        )

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode()


def replaced(*pairs: tuple[str, str]) -> str:
    text = ALLIANCE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick"])
def test_different_clauses(tmp_path: Path, way: str) -> None:
    """Where git alone sees a conflict in one place, clauses side by side are both there, and their comments."""
    new = "commitments:\n  # Hers.\n  plan:\n    by: [ana]\n    text: Send the plan.\n  # Ben's idea.\n"
    team = Repository(tmp_path)
    theirs = team.sides(replaced(ASKED, SOON), replaced(("commitments:\n  # Ben's idea.\n", new)))
    arguments = {
        "merge": ["merge", "--no-edit", "theirs"],
        "rebase": ["rebase", "theirs"],
        "cherry-pick": ["cherry-pick", theirs],
    }

    done = team.run(*arguments[way])

    assert done.returncode == 0, done.stdout + done.stderr
    alliance = load(team.path, Alliance)
    assert sorted(alliance.commitments) == ["flag-slips", "plan"]
    assert alliance.commitments["flag-slips"].text == "Say it within the hour when a date moves."
    assert ("  # Hers.\n  plan:" in team.text, "  # Ben's idea, in May.\n  flag-slips:" in team.text) == (True, True)
    assert team.run("status", "--porcelain").stdout == ""


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick"])
def test_the_same_clause(tmp_path: Path, way: str) -> None:
    """The same clause is a conflict for git too, with both texts in the file; one side of it can be committed."""
    team = Repository(tmp_path)
    theirs = team.sides(replaced(("the same day", "at once")), replaced(SOON))
    arguments = {
        "merge": ["merge", "--no-edit", "theirs"],
        "rebase": ["rebase", "theirs"],
        "cherry-pick": ["cherry-pick", theirs],
    }

    done = team.run(*arguments[way])

    assert done.returncode == 1, done.stdout + done.stderr
    assert "CONFLICT" in done.stdout
    assert "commitments: flag-slips: changed on both sides, and differently" in done.stdout + done.stderr
    assert team.run("status", "--porcelain").stdout.startswith(("UU", "AA"))
    assert ("at once" in team.text, "within the hour" in team.text) == (True, True)
    team.path.write_text(re.sub(r"<{7} .*\n(?s:.*?)={7}\n((?s:.*?))>{7} .*\n", r"\1", team.text))
    load(team.path, Alliance)
    git(team.folder, "add", "--all")
    goes_on = ["commit", "--no-edit"] if way == "merge" else [way, "--continue"]
    assert team.run(*goes_on).returncode == 0
    assert team.run("status", "--porcelain").stdout == ""


def test_halves_of_a_promise(tmp_path: Path) -> None:
    """Two changes of one clause in lines far apart, which git alone would mix, are a conflict."""
    team = Repository(tmp_path)
    team.sides(
        replaced(("by: [ben]\n    to: [ana]", "by: [ana]\n    to: [ben]")),
        replaced(("frequency: weekly", "frequency: daily")),
    )
    assert team.run("merge", "--no-edit", "theirs").returncode == 1
    assert ("by: [ana]" in team.text, "frequency: daily" in team.text) == (True, True)


def test_added_on_both_sides(tmp_path: Path) -> None:
    """A file that is added on both sides has no base: what is alike is no conflict."""
    team = Repository(tmp_path, text="")
    team.sides(
        replaced(SOON),
        replaced(("  review:\n    frequency: monthly\n    interval: 3\n", "  review:\n    frequency: yearly\n")),
    )
    done = team.run("merge", "--no-edit", "theirs")
    assert done.returncode == 1
    assert "2 conflicts" in done.stdout + done.stderr
    assert team.text.count("<<<<<<< ") == 2


def test_a_base_that_is_no_ancestor(tmp_path: Path) -> None:
    """A commit from a history of its own is picked, and nothing of either is lost."""
    team = Repository(tmp_path)
    git(team.folder, "checkout", "--quiet", "--orphan", "other")
    team.commit(replaced(("status: active", "status: paused")))
    other = team.commit(replaced(("status: active", "status: paused"), SOON))
    git(team.folder, "checkout", "--quiet", "main")
    assert team.run("cherry-pick", other).returncode == 0
    assert load(team.path, Alliance).commitments["flag-slips"].text.startswith("Say it within the hour")
    assert load(team.path, Alliance).status == "active"
    assert team.run("merge", "--no-edit", "--allow-unrelated-histories", "other").returncode == 1
    assert ("status: active" in team.text, "status: paused" in team.text) == (True, True)


def test_a_side_that_is_broken(tmp_path: Path) -> None:
    """A file that cannot be read is there whole, beside the other, and git says that it is a conflict."""
    team = Repository(tmp_path)
    team.sides(replaced(SOON), replaced(("title: Ana", 'title: "Ana')))
    done = team.run("merge", "--no-edit", "theirs")
    assert done.returncode == 1
    assert "theirs cannot be read" in done.stdout + done.stderr
    assert ("within the hour" in team.text, 'title: "Ana' in team.text) == (True, True)


def test_line_ends(tmp_path: Path) -> None:
    """Carriage returns stay, and no other line changes."""
    team = Repository(tmp_path, text=ALLIANCE.replace("\n", "\r\n"))
    team.sides(replaced(SOON).replace("\n", "\r\n"), replaced(("Ben Osei", "Ben O.")).replace("\n", "\r\n"))
    assert team.run("merge", "--no-edit", "theirs").returncode == 0
    assert team.text == replaced(SOON, ("Ben Osei", "Ben O.")).replace("\n", "\r\n")


def test_who_has_not_set_it_up(tmp_path: Path) -> None:
    """Where the driver is not set up, git merges by lines."""
    team = Repository(tmp_path)
    for key, _ in SETTINGS:
        git(team.folder, "config", "--unset", key)
    team.sides(replaced(SOON), replaced(("Ben Osei", "Ben O.")))
    assert team.run("merge", "--no-edit", "theirs").returncode == 0
    assert load(team.path, Alliance).members["ben"].name == "Ben O."


@pytest.mark.parametrize("other", [("Ben Osei", "Ben O."), ("the same day", "the day after")])
def test_where_the_command_is_not_found(tmp_path: Path, other: tuple[str, str]) -> None:
    """Set up, and not on the path: git merges by lines, and loses no word of either side."""
    team = Repository(tmp_path)
    (team.bin / "alliancekit").unlink()
    team.sides(replaced(SOON), replaced(other))
    done = team.run("merge", "--no-edit", "theirs")
    assert "not found" not in done.stderr
    assert (SOON[1] in team.text, other[1] in team.text) == (True, True)
    assert (done.returncode == 0) == ("<<<<<<<" not in team.text)
