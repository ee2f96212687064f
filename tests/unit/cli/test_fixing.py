"""``alliancekit check --fix``, ``--unsafe-fixes`` and ``--diff``."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from alliancekit.check import Fixed, check_paths, fix_files, save_fixed
from alliancekit.cli import main
from alliancekit.errors import ConflictError
from tests.documents.base import BASE
from tests.unit.cli.terminal import Said, run

TRAP = BASE.replace("interval: 3", "interval: 03")
MEMBER = BASE.replace("[ben]", "[bne]")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, text: str) -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def piped(*args: str, typed: str) -> Said:
    """Run a command with *typed* as its input, which no terminal shows."""
    with CliRunner().isolation(input=typed) as (out, err, _):
        return Said(main(list(args)), out.getvalue().decode(), err.getvalue().decode())


class TestFix:
    def test_what_is_safe(self) -> None:
        """Files are mended where they are; the report says what remains, and how much was mended."""
        trap, member = put("a.alliance.yaml", TRAP), put("b.alliance.yaml", MEMBER.replace("id: ana-ben", "id: b"))
        said = run("check", "--fix")
        assert trap.read_text("utf-8") == BASE
        assert "[bne]" in member.read_text("utf-8")
        assert said.out.splitlines()[-2:] == [
            "2 files checked: 1 error; 1 fixed",
            "1 fixable with --fix --unsafe-fixes",
        ]
        assert said.code == 1

    def test_what_is_not_safe(self) -> None:
        """With ``--unsafe-fixes`` the rest is mended too, and the exit code goes by what remains."""
        path = put("a.alliance.yaml", MEMBER)
        said = run("check", "--fix", "--unsafe-fixes")
        assert (said.out, said.code) == ("1 file checked: nothing found; 1 fixed\n", 0)
        assert path.read_text("utf-8") == BASE

    def test_twice(self) -> None:
        """The second time there is nothing to do, and nothing is written."""
        path = put("a.alliance.yaml", TRAP)
        run("check", "--fix")
        before = path.stat()
        assert run("check", "--fix").out == "1 file checked: nothing found\n"
        assert path.stat().st_mtime_ns == before.st_mtime_ns

    def test_bytes_permissions_and_links(self) -> None:
        """Line ends, the byte order mark, permissions and a link stay."""
        path = put("real.yaml", "\ufeff" + TRAP.replace("\n", "\r\n").rstrip())
        path.chmod(0o640)
        Path("a.alliance.yaml").symlink_to(path)
        assert run("check", "--fix", "a.alliance.yaml").code == 0
        assert path.read_bytes() == ("\ufeff" + BASE.replace("\n", "\r\n").rstrip()).encode()
        assert Path("a.alliance.yaml").is_symlink()
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert sorted(one.name for one in Path().iterdir()) == [".git", "a.alliance.yaml", "real.yaml"]

    def test_a_session(self) -> None:
        """A session is never touched."""
        text = '{"alliancekit": "session/1", "alliancekit": "session/1"}'
        path = put("a.session.json", text)
        assert run("check", "--fix", "--unsafe-fixes").code == 1
        assert path.read_text("utf-8") == text

    @pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
    def test_a_folder_that_may_not_be_written(self, here: Path) -> None:
        """What cannot be written is said, the other files are mended, and the exit code is 2."""
        (here / "x").mkdir()
        put("x/a.alliance.yaml", TRAP)
        other = put("b.alliance.yaml", TRAP.replace("id: ana-ben", "id: b"))
        (here / "x").chmod(0o500)
        said = run("check", "--fix")
        (here / "x").chmod(0o700)
        assert said.code == 2
        assert "x/a.alliance.yaml: " in said.err
        assert "03" not in other.read_text("utf-8")

    def test_a_file_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that changed since it was read is left alone; that is said, and the exit code is 2."""
        path = put("a.alliance.yaml", TRAP)

        def changed(fixed: Fixed, **_rest: object) -> bool:
            path.write_text(f"{TRAP}# mine\n", encoding="utf-8")
            return save_fixed(fixed)

        monkeypatch.setattr("alliancekit.cli._fixing.save_fixed", changed)
        said = run("check", "--fix")
        assert said.code == 2
        assert said.err.startswith("alliancekit: a.alliance.yaml changed after it was read; nothing was written")
        assert path.read_text("utf-8") == f"{TRAP}# mine\n"
        assert "fixed" not in said.out

    def test_reports_in_files(self) -> None:
        """Reports in other formats say what remains too."""
        put("a.alliance.yaml", TRAP)
        run("check", "--fix", "--format", "json:out.json")
        assert '"findings": []' in Path("out.json").read_text("utf-8")


class TestDiff:
    def test_nothing_is_written(self) -> None:
        """The changes are on the screen and the report is beside it; the exit code goes by what is there."""
        path = put("a.alliance.yaml", MEMBER)
        said = run("check", "--diff", "--unsafe-fixes")
        assert said.out.splitlines()[0] == "--- a.alliance.yaml"
        assert "-    by: [bne]\n+    by: [ben]\n" in said.out
        assert "error[unknown-member]" in said.err
        assert said.code == 1
        assert path.read_text("utf-8") == MEMBER

    def test_nothing_to_show(self) -> None:
        """Where nothing can be mended nothing is shown."""
        put("a.alliance.yaml", MEMBER)
        assert run("check", "--diff").out == ""

    def test_patch_takes_it(self) -> None:
        """The diff can be handed to ``patch``, with Windows line ends and without a last one too."""
        for text in (TRAP, TRAP.replace("\n", "\r\n"), TRAP.rstrip()):
            path = put("a.alliance.yaml", text)
            said = run("check", "--diff")
            subprocess.run(["patch", "-p0", "--binary"], input=said.out.encode(), check=True, capture_output=True)
            assert path.read_bytes() == text.replace("interval: 03", "interval: 3").encode()

    def test_terminals_are_safe(self) -> None:
        """Nothing in a document, or in its name, commands the terminal."""
        put("a\x1b[31m.alliance.yaml", TRAP.replace("intention: ", "title2: \u202e\n#").replace("title2", "x-a"))
        said = run("check", "--diff")
        assert "interval" in said.out
        assert "\x1b" not in said.out
        assert "\u202e" not in said.out


class TestStandardInput:
    def test_fix(self) -> None:
        """The mended text goes to the screen, and the report beside it."""
        said = piped("check", "--fix", "-", typed=TRAP)
        assert (said.out, said.err, said.code) == (BASE, "1 file checked: nothing found; 1 fixed\n", 0)

    def test_nothing_to_mend(self) -> None:
        """A text in which nothing can be mended comes back as it was, also one that is passed over."""
        for text in (BASE, "a: [\n", ""):
            assert piped("check", "--fix", "-", typed=text).out == text
        said = piped(
            "check",
            "--fix",
            "--exclude",
            "x*",
            "--force-exclude",
            "--stdin-filename",
            "x.alliance.yaml",
            "-",
            typed=TRAP,
        )
        assert (said.out, said.code) == (TRAP, 0)

    def test_diff(self) -> None:
        """The changes to the standard input are shown under the name that it was given."""
        said = piped("check", "--diff", "--stdin-filename", "x.alliance.yaml", "-", typed=TRAP)
        assert said.out.startswith("--- x.alliance.yaml\n+++ x.alliance.yaml\n")


@pytest.mark.parametrize("options", [("--unsafe-fixes",), ("--fix", "--diff")])
def test_wrong_usage(options: tuple[str, ...]) -> None:
    """Options that say nothing together are refused, and nothing is written."""
    path = put("a.alliance.yaml", TRAP)
    said = run("check", *options)
    assert (said.code, said.out) == (2, "")
    assert path.read_text("utf-8") == TRAP


def test_by_the_library() -> None:
    """A program mends the files of a report, and saves those that it wants."""
    path = put("a.alliance.yaml", TRAP)
    put("b.alliance.yaml", BASE.replace("id: ana-ben", "id: b"))
    (fixed,) = fix_files(check_paths("."))
    assert [one.rule for one in fixed.fixed] == ["yaml-trap"]
    assert path.read_text("utf-8") == TRAP
    assert save_fixed(fixed)
    assert path.read_text("utf-8") == BASE
    with pytest.raises(ConflictError):
        save_fixed(fixed)


def test_files_that_went_away() -> None:
    """A file that has gone since, or is no text any more, is passed over."""
    path = put("a.alliance.yaml", TRAP)
    report = check_paths(".")
    path.write_bytes(b"\xff\xfe")
    assert fix_files(report) == ()
    path.unlink()
    assert fix_files(report) == ()
