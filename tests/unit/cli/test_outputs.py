"""Where reports go, and what is said when they cannot go there."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from alliancekit.check import FORMATS
from alliancekit.cli._outputs import Output, outputs, wants_color
from tests.unit.cli.terminal import ALLIANCE, run, write

BROKEN = ALLIANCE.replace("to: [ana]", "to: [anna]")
WARNED = ALLIANCE.replace("status: active", "status: draft").replace("Say it the same day", "Soon say it the same")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write(tmp_path, "a.alliance.yaml", BROKEN)


def started(*arguments: object, command: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Return a process of its own that was run to its end, by a shell that adds *command*."""
    words = " ".join(f"'{one}'" for one in arguments)
    program = f"{sys.executable} -c 'import sys; from alliancekit.cli import main; sys.exit(main(sys.argv[1:]))'"
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {program} {words} {command}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


class TestWhere:
    def test_text_is_the_usual_one(self) -> None:
        """Where nothing is asked for, text goes to the screen."""
        assert outputs([]) == (Output("text"),)

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            ("sarif", Output("sarif")),
            ("sarif:-", Output("sarif")),
            ("sarif:a.sarif", Output("sarif", Path("a.sarif"))),
            (r"sarif:C:\ci\a.sarif", Output("sarif", Path(r"C:\ci\a.sarif"))),
            ("junit:a:b.xml", Output("junit", Path("a:b.xml"))),
        ],
    )
    def test_one(self, wanted: str, expected: Output) -> None:
        """What stands behind the first colon is the file, other colons and all."""
        assert outputs([wanted]) == (expected,)

    @pytest.mark.parametrize(
        ("wanted", "said"),
        [
            (["sarf"], "no format is named 'sarf'; did you mean 'sarif'?"),
            ([r"C:\a.sarif"], "no format is named 'C'; there are text, json, sarif, github, gitlab, junit"),
            ([""], "no format is named ''"),
            (["json:"], "no file is named after 'json:'"),
            (["json", "text"], "only one can go to the screen; give the others a file, as in json:FILE"),
            (["json", "json"], "only one can go to the screen"),
            (["json:a", "sarif:a"], "only one can go into a"),
        ],
    )
    def test_wrong_usage(self, wanted: list[str], said: str, broken: Path) -> None:
        """What cannot be meant is wrong usage, and nothing is written."""
        arguments = [part for one in wanted for part in ("--format", one)]
        answer = run("check", broken, *arguments)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"alliancekit: --format: {said}")
        assert len(answer.err.splitlines()) == 1


class TestSeveral:
    def test_all_at_once(self, broken: Path, tmp_path: Path) -> None:
        """One run writes every format, each into its file, and says the same in each."""
        arguments = [part for one in FORMATS for part in ("--format", f"{one}:{tmp_path / one}")]
        answer = run("check", broken, *arguments)
        assert (answer.code, answer.out, answer.err) == (1, "", "")
        assert all("unknown-member" in (tmp_path / one).read_text("utf-8") for one in FORMATS)

    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize(
        "text", [ALLIANCE.replace("active", "draft"), WARNED, BROKEN], ids=["info", "warning", "error"]
    )
    def test_exit_codes(self, form: str, text: str, tmp_path: Path) -> None:
        """The exit code is the same in every format, on the screen and into a file, for each level."""
        path = write(tmp_path, "a.alliance.yaml", text)
        for level in ("error", "warning", "never"):
            plain = run("check", path, "--fail-on", level).code
            assert run("check", path, "--fail-on", level, "--format", form).code == plain
            assert run("check", path, "--fail-on", level, "--format", f"{form}:{tmp_path / 'out'}").code == plain
        assert run("check", path, "--format", form).code == (text == BROKEN)

    def test_junit_fails_as_the_exit_code_does(self, tmp_path: Path) -> None:
        """``--fail-on`` decides which files fail in JUnit."""
        path = write(tmp_path, "a.alliance.yaml", WARNED)
        assert 'failures="0"' in run("check", path, "--format", "junit").out
        assert 'failures="1"' in run("check", path, "--format", "junit", "--fail-on", "warning").out


class TestNotWritten:
    @pytest.mark.parametrize(
        ("target", "reason"),
        [
            ("none/report.json", "there is no such folder"),
            ("", "it is a folder"),
            ("a\0b", "its name is not legal"),
            (f"{'n' * 300}.json", "File name too long"),
        ],
    )
    def test_a_reason(self, target: str, reason: str, broken: Path, tmp_path: Path) -> None:
        """A file that cannot be written is one line and exit code 2; the other reports are written."""
        other = tmp_path / "report.xml"
        answer = run(
            "check", broken, "--format", f"json:{tmp_path / target}", "--format", f"junit:{other}", "--format", "text"
        )
        assert answer.code == 2
        assert len(answer.err.splitlines()) == 1
        assert reason in answer.err
        assert "error[unknown-member]" in answer.out
        assert "unknown-member" in other.read_text("utf-8")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
    def test_a_full_disk(self, broken: Path) -> None:
        """A disk that is full is one line, and the report on the screen is whole."""
        answer = run("check", broken, "--format", "sarif:/dev/full", "--format", "text")
        assert (answer.code, answer.err) == (
            2,
            "alliancekit: /dev/full: it cannot be written: No space left on device\n",
        )
        assert answer.out == run("check", broken).out

    @pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")
    def test_no_permission(self, broken: Path, tmp_path: Path) -> None:
        """A folder that one may not write into is one line."""
        (tmp_path / "closed").mkdir(mode=0o500)
        answer = run("check", broken, "--format", f"json:{tmp_path / 'closed' / 'report.json'}")
        assert (answer.code, len(answer.err.splitlines())) == (2, 1)

    def test_each_is_said(self, broken: Path, tmp_path: Path) -> None:
        """Each that cannot be written is said."""
        forms = [part for one in ("json", "sarif") for part in ("--format", f"{one}:{tmp_path / 'none' / one}")]
        answer = run("check", broken, *forms)
        assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 2)

    def test_what_was_there_is_replaced_whole(self, broken: Path, tmp_path: Path) -> None:
        """An older report is replaced, also by a shorter one."""
        target = write(tmp_path, "report.json", "x" * 100_000)
        run("check", broken, "--format", f"json:{target}")
        assert json.loads(target.read_text("utf-8"))["version"] == 1


class TestScreen:
    def test_a_pipe_that_closes(self, broken: Path) -> None:
        """Whoever stops reading hears nothing, and the exit code is that of the findings."""
        answer = started("check", broken, "--format", "json", command="| true")
        assert (answer.returncode, answer.stderr) == (1, "")
        sound = write(broken.parent, "sound.bank.yaml", "alliancekit: bank/1\nid: a\ntitle: A\nprompts: {}\n")
        answer = started("check", sound, "--format", "json", command="| true")
        assert (answer.returncode, answer.stderr) == (0, "")

    def test_a_closed_screen(self, broken: Path) -> None:
        """Where there is no output at all, the exit code still says what was found."""
        answer = started("check", broken, command=">&-")
        assert (answer.returncode, answer.stderr) == (1, "")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
    def test_a_full_disk_behind_it(self, broken: Path, tmp_path: Path) -> None:
        """A full disk behind the output is one line and exit code 2; the files are written."""
        answer = started(
            "check", broken, "--format", "text", "--format", f"json:{tmp_path / 'r'}", command=">/dev/full"
        )
        assert (answer.returncode, answer.stderr) == (
            2,
            "alliancekit: the report cannot be written: No space left on device\n",
        )
        assert json.loads((tmp_path / "r").read_text("utf-8"))["findings"]

    def test_a_pipe_with_a_name(self, broken: Path) -> None:
        """A file may be a pipe, as a shell makes one for another program."""
        answer = started("check", broken, command="--format json:>(cat >&2) --format text; sleep 0.3")
        assert json.loads(answer.stderr)["version"] == 1

    def test_reading_where_there_is_no_input(self) -> None:
        """Where there is no standard input to read, that is said."""
        answer = started("check", "-", command="<&-")
        assert (answer.returncode, answer.stdout) == (2, "")
        assert answer.stderr == "alliancekit: there is no standard input to read\n"

    def test_reading_where_input_is_written_to(self) -> None:
        """An input that can only be written to is said to be none, in one line."""
        answer = started("check", "-", command="0>/dev/null")
        assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
        assert answer.stderr.startswith("alliancekit: the standard input cannot be read: ")

    def test_a_reader_who_goes(self, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A screen that goes away while it is written to takes nothing from the files."""

        def go(*_: object, **__: object) -> None:
            raise BrokenPipeError

        monkeypatch.setattr("alliancekit.cli._outputs.click.echo", go)
        answer = run("check", broken, "--format", "text", "--format", f"json:{tmp_path / 'r'}")
        assert (answer.code, answer.out, answer.err) == (1, "", "")
        assert json.loads((tmp_path / "r").read_text("utf-8"))["findings"]

    def test_a_folder_that_is_gone(self, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where one is in a folder that was deleted, paths are told as they were named."""
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        (tmp_path / "here").rmdir()
        answer = run("check", broken, "--format", "gitlab", "--isolated")
        assert json.loads(answer.out)[0]["location"]["path"] == str(broken)

    def test_paths_from_where_one_is(self, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Services are told of paths as they are seen from the folder one is in."""
        monkeypatch.chdir(broken.parent)
        told = json.loads(run("check", broken, "--format", "gitlab").out)
        assert {one["location"]["path"] for one in told} == {"a.alliance.yaml"}


class TestPage:
    def test_the_page_of_a_step(self, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """With annotations on the screen a summary is appended to the page that GitHub names."""
        page = write(tmp_path, "page.md", "# Before\n")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
        answer = run("check", broken, "--format", "github")
        assert answer.code == 1
        assert page.read_text("utf-8").startswith("# Before\n### alliancekit: 1 file checked: ")
        before = page.read_text("utf-8")
        run("check", broken, "--format", "text", "--format", f"github:{tmp_path / 'commands'}")
        assert page.read_text("utf-8") == before

    def test_a_page_that_cannot_be_written(self, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A page that cannot be written is one line and exit code 2, after the annotations."""
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "page.md"))
        answer = run("check", broken, "--format", "github")
        assert answer.code == 2
        assert answer.out.startswith("::error ")
        assert (
            answer.err
            == f"alliancekit: {tmp_path / 'none' / 'page.md'}: it cannot be written: No such file or directory\n"
        )


class TestColor:
    @pytest.mark.parametrize(
        ("environment", "terminal", "expected"),
        [
            ({}, True, True),
            ({}, False, False),
            ({"TERM": "dumb"}, True, False),
            ({"NO_COLOR": "1"}, True, False),
            ({"NO_COLOR": "0"}, True, False),
            ({"NO_COLOR": ""}, True, True),
            ({"FORCE_COLOR": "1"}, False, True),
            ({"FORCE_COLOR": "0"}, False, True),
            ({"FORCE_COLOR": ""}, False, False),
            ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
            ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ],
    )
    def test_who_decides(
        self, environment: dict[str, str], terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """NO_COLOR comes before FORCE_COLOR, and both before what the terminal is; empty ones count for nothing."""
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert wants_color(Terminal() if terminal else StringIO()) is expected

    def test_no_screen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there is no output, nothing is coloured."""
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        assert not wants_color(None)

    def test_only_text_on_the_screen(self, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Text on the screen is coloured; neither files nor other formats are."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.delenv("NO_COLOR", raising=False)
        answer = run("check", broken, "--format", "text", "--format", f"junit:{tmp_path / 'r'}")
        assert "\x1b[31merror[unknown-member]\x1b[0m" in answer.out
        assert "\x1b" not in (tmp_path / "r").read_text("utf-8")
        run("check", broken, "--format", f"text:{tmp_path / 't'}")
        assert "\x1b" not in (tmp_path / "t").read_text("utf-8")
