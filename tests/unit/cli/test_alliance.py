import json
from pathlib import Path

import pytest

from alliancekit import Alliance, load
from tests.unit.cli.terminal import ALLIANCE, run, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path, "ana-ben.alliance.yaml", ALLIANCE)


def ratify(path: Path, *members: str) -> None:
    for member in members:
        assert run("ratify", path, "--as", member, "--date", "2026-11-01").code == 0


class TestRatify:
    def test_a_yes_is_written_beside_everything_else(self, path: Path) -> None:
        """The yes is added to the file; each line that was there stays as it was, comments too."""
        said = run("ratify", path, "--as", "ana", "--date", "2026-11-01")
        assert (said.code, said.err) == (0, "")
        assert path.read_text().startswith(ALLIANCE.rstrip("\n"))
        assert list(load(path, Alliance).ratifications) == ["ana"]
        assert "Ana Silva (ana): agreed on 2026-11-01" in said.out

    def test_the_same_yes_again(self, path: Path) -> None:
        """The same yes on the same day changes nothing."""
        ratify(path, "ana")
        before = path.read_bytes()
        ratify(path, "ana")
        assert path.read_bytes() == before

    def test_unsound_files_are_left_alone(self, path: Path) -> None:
        """A file with errors is not ratified: exit code 1, and what is wrong."""
        write(path.parent, path.name, ALLIANCE.replace("to: [ana]", "to: [anna]"))
        before = path.read_bytes()
        said = run("ratify", path, "--as", "ana", "--date", "2026-11-01")
        assert said.code == 1
        assert "unknown-member" in said.err
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--as", "anna", "--date", "2026-11-01"], "did you mean 'ana'?"),
            (["--as", "ana", "--date", "2026-02-30"], "'2026-02-30' is no date; write it like 2026-11-01"),
            (["--as", "ana"], "--date"),
            (["--date", "2026-11-01"], "--as"),
        ],
    )
    def test_wrong_usage(self, path: Path, options: list[str], words: str) -> None:
        """Who and when have to be said, and to be possible: exit code 2."""
        said = run("ratify", path, *options)
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert path.read_text() == ALLIANCE

    def test_a_save_that_fails_leaves_the_old_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the disk is full, the file is what it was, and one line says so."""

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device", str(path))

        monkeypatch.setattr("os.replace", full)
        said = run("ratify", path, "--as", "ana", "--date", "2026-11-01")
        assert said.code == 2
        assert "No space left on device" in said.err
        assert said.err.count("\n") == 1
        assert path.read_text() == ALLIANCE


class TestStatus:
    def test_who_has_not_agreed(self, path: Path) -> None:
        """Exit code 1 while somebody's yes is missing, and what comes next."""
        ratify(path, "ana")
        said = run("status", path)
        assert (said.code, said.err) == (1, "")
        assert "Ben Osei (ben): has not agreed yet" in said.out
        assert "next: " in said.out

    def test_all_have_agreed(self, path: Path) -> None:
        """Exit code 0 when everybody has agreed to what the file says."""
        ratify(path, "ana", "ben")
        assert run("status", path).code == 0

    def test_json(self, path: Path) -> None:
        """``--format json`` gives the same as data."""
        ratify(path, "ana")
        said = run("status", path, "--format", "json")
        assert said.code == 1
        assert json.loads(said.out)["alliance"] == "ana-ben"


class TestRender:
    def test_for_a_member(self, path: Path) -> None:
        """A member reads what is for members; without one, only what is public is shown."""
        ours, public = run("render", path, "--to", "markdown", "--for", "ana"), run("render", path, "--to", "markdown")
        assert (ours.code, public.code) == (0, 0)
        assert ours.out.startswith("# Ana and Ben\n")
        assert "one more meeting" in ours.out
        assert "one more meeting" not in public.out

    def test_into_a_file(self, path: Path) -> None:
        """``-o`` writes it there."""
        target = path.with_name("a.md")
        said = run("render", path, "--to", "markdown", "-o", target)
        assert (said.code, said.out) == (0, "")
        assert target.read_text().startswith("# Ana and Ben\n")

    def test_wrong_usage(self, path: Path) -> None:
        """An unknown form or reader is wrong usage, and an unsound file is not."""
        assert run("render", path, "--to", "pdf").code == 2
        assert run("render", path, "--to", "markdown", "--for", "cem").code == 2
        assert run("render", write(path.parent, "b.yaml", "alliancekit: alliance/1\n"), "--to", "markdown").code == 1


BAD = {
    "missing": None,
    "empty": b"",
    "latin": b"alliancekit: alliance/1\ntitle: \xe9\n",
    "broken": b"alliancekit: alliance/1\nid: [a\n",
    "unknown": b"alliancekit: pact/1\n",
    "newer": b"alliancekit: alliance/2\n",
    "keys": ALLIANCE.replace("title:", "titel:").encode(),
    "types": ALLIANCE.replace("kind: one-to-one", "kind: 3").encode(),
    "dates": ALLIANCE.encode() + b"expires: soon\n",
    "a bank": b"alliancekit: bank/1\nid: b\ntitle: B\nprompts: {}\n",
}


@pytest.mark.parametrize("name", [*BAD, "folder"])
@pytest.mark.parametrize(
    ("command", "code"), [("status", 2), ("render --to markdown", 1), ("ratify --as ana --date 2026-11-01", 1)]
)
def test_bad_input(command: str, code: int, name: str, tmp_path: Path) -> None:
    """A file that is no sound alliance ends each command with lines that name it, and without a traceback."""
    path = tmp_path / "a.alliance.yaml"
    if name == "folder":
        path.mkdir()
    elif (data := BAD[name]) is not None:
        path.write_bytes(data)
    said = run(*command.split(), path)
    assert (said.code, said.out) == (code, "")
    assert all(line.startswith(f"alliancekit: {path}") or "hint" in line for line in said.err.splitlines()), said.err
    assert said.err
