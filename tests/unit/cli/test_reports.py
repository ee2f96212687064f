"""What each report does with words of a file that would pass for its own."""

import json
from pathlib import Path

import pytest

from tests.integrations.histories import alone, begun, write_on
from tests.unit.cli.terminal import ALLIANCE, run, write

TITLE = "Ana and Ben\n  review-overdue: forged\n::error::forged ##vso[task.complete]"
HOSTILE = ALLIANCE.replace("title: Ana and Ben", f"title: {json.dumps(TITLE)}").replace(
    "name: Ana Silva", 'name: "Ana\\n  ben (ben): forged"'
)
REPORTS = [("status",), ("next", "--after", "2026-11-05"), ("audit",)]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    alone(monkeypatch)
    folder = begun(tmp_path / "team")
    path = write(folder, "ana-ben.alliance.yaml", HOSTILE)
    write_on(folder, "2026-10-01")
    return path


@pytest.mark.parametrize("command", REPORTS, ids=lambda one: one[0])
def test_lines(command: tuple[str, ...], path: Path) -> None:
    """A line break in a title or a name begins no line of the report, and what a build runner obeys is broken."""
    name, *options = command
    said = run(name, path.parent if name == "audit" else path, *options)
    assert said.err == ""
    assert "forged" in said.out
    assert not [
        line for line in said.out.splitlines() if line.startswith(("  review-overdue: f", ":", "  ben (ben): f"))
    ]
    assert "##vso" not in said.out


@pytest.mark.parametrize("command", REPORTS, ids=lambda one: one[0])
def test_json(command: tuple[str, ...], path: Path) -> None:
    """What is for machines keeps every word as it is, and no build runner sees a command in it."""
    name, *options = command
    said = run(name, path.parent if name == "audit" else path, *options, "--format", "json")
    read = json.loads(said.out)
    assert (read["agreements"][0]["alliance"] if name == "audit" else read)["title"] == TITLE
    assert said.out.isascii()
    assert "##vso" not in said.out


def test_a_difference(path: Path) -> None:
    """The head of a difference is one line."""
    said = run("diff", path, write(path.parent, "new.alliance.yaml", HOSTILE.replace("burning out", "burning")))
    assert "\n  review-overdue" not in said.out
    assert "##vso" not in said.out
