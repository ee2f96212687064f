import os
import subprocess
import sys
from pathlib import Path

import pytest

from alliancekit.cli import _check, _schema
from alliancekit.errors import UnknownNameError
from tests.shared import ROOT
from tests.unit.cli.terminal import ALLIANCE, run, write

COMMANDS = ["guide", "check", "explain", "ratify", "status", "render", "banks", "schema"]


def process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from alliancekit.cli import main; sys.exit(main())"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, "-c", code, *arguments], env=env, check=False, timeout=60, **more)  # type: ignore[call-overload, no-any-return]


class TestUsage:
    def test_the_help_names_every_command(self) -> None:
        """``--help`` lists the commands, and each has a help of its own."""
        said = run("--help")
        assert said.code == 0
        assert [one for one in COMMANDS if f"  {one} " not in said.out] == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_each_command_has_a_help(self, command: str) -> None:
        """The help of a command says how it is used; the exit code is 0."""
        said = run(command, "--help")
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith(f"Usage: alliancekit {command}")

    def test_no_command(self) -> None:
        """Without a command the help is shown as it is, on the error stream, and the exit code is 2."""
        said = run()
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("Usage: alliancekit [OPTIONS]")

    def test_the_version(self) -> None:
        """``--version`` says which one it is."""
        said = run("--version")
        assert said.code == 0
        assert said.out.startswith("alliancekit 0.1")

    @pytest.mark.parametrize(
        ("arguments", "hint"),
        [
            (["chek"], "check"),
            (["check", "--fromat", "json"], "--format"),
            (["check", "--fail-on", "eror"], "'error'"),
            (["guide", "one-to-on"], "did you mean 'one-to-one'?"),
            (["explain", "unknown-membr"], "did you mean 'unknown-member'?"),
            (["schema", "alliances"], "did you mean 'alliance'?"),
            (["check", "--format", "jsn"], "json"),
            (["guide", "no-such.flow.yaml"], "no-such.flow.yaml"),
            (["guide"], "FLOW"),
            (["guide", "team", "--answers", "a", "--resume", "b"], "exclude each other"),
        ],
    )
    def test_wrong_usage(self, arguments: list[str], hint: str) -> None:
        """What was mistyped is answered on one line of the error stream, with what would be right, and exit code 2."""
        said = run(*arguments)
        assert (said.code, said.out) == (2, "")
        assert hint in said.err
        assert said.err.count("\n") == 1


class TestFaults:
    def test_a_fault_of_ours_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error that nobody foresaw is one line with exit code 2, and keeps what it says to itself."""
        monkeypatch.setattr(_schema.documents, "schema_of", lambda *_, **__: {}["PLANTED"])
        said = run("schema", "alliance")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("alliancekit: this is a fault in alliancekit")
        assert "KeyError" in said.err
        assert "PLANTED" not in said.err
        assert said.err.count("\n") == 1

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (PermissionError(13, "Permission denied", "there"), "there: Permission denied"),
            (OSError("no space"), "no space"),
            (UnknownNameError("flow", "x", ("team",)), "no flow is named 'x'; there are team"),
            (KeyboardInterrupt(), "interrupted"),
        ],
    )
    def test_an_error_says_what_it_is(self, error: BaseException, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the system refuses, and an interruption, are said in one line with exit code 2."""

        def fail(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(_check.checking, "check_paths", fail)
        said = run("check", "x")
        assert said.code == 2
        assert said.err.strip() == f"alliancekit: {words}"

    def test_escapes_in_names_do_not_reach_the_terminal(self) -> None:
        """A name that holds an escape is shown with its code."""
        said = run("status", "\x1b[31mred")
        assert said.code == 2
        assert "\x1b" not in said.err
        assert r"\x1b[31mred" in said.err


class TestStreams:
    def test_a_reader_that_has_gone(self, tmp_path: Path) -> None:
        """When whoever reads the output goes away, nothing is said about it."""
        read, wrote = os.pipe()
        os.close(read)
        done = process("schema", "session", stdout=wrote, stderr=subprocess.PIPE)
        os.close(wrote)
        assert (done.returncode, done.stderr) == (2, b"")

    def test_no_standard_input(self, tmp_path: Path) -> None:
        """A standard input that is closed is one that has ended."""
        done = process("check", "-", stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(0))
        assert done.returncode in (1, 2)
        assert b"Traceback" not in done.stderr
        done = process(
            "guide",
            "team",
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: os.close(0),
        )
        assert done.returncode == 1
        assert done.stderr == b"alliancekit: stopped before it began; nothing was saved\n"

    def test_a_console_without_the_letters(self, tmp_path: Path) -> None:
        """A console that cannot show a letter shows its code."""
        path = write(tmp_path, "a.alliance.yaml", ALLIANCE.replace("Ana and Ben", "Ana → Ben"))
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "latin-1"}
        code = "import sys; from alliancekit.cli import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", code, "status", str(path)], env=env, capture_output=True, check=False
        )
        assert done.returncode == 1
        assert rb"Ana \u2192 Ben" in done.stdout
