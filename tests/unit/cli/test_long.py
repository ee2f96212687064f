"""What a check of many files needs besides them: the cache's folder, workers, and a line that says how far it is."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest

from alliancekit import check
from alliancekit.cli import _long
from alliancekit.cli._long import Progress, cache_folder
from tests.shared import ROOT
from tests.unit.cli.terminal import ALLIANCE, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "docs"
    home.mkdir()
    for number in range(130):
        text = ALLIANCE.replace("id: ana-ben", f"id: ana-ben-{number}")
        (home / f"a{number:03}.alliance.yaml").write_text(text)
    return home


def kept() -> list[Path]:
    return list(Path(os.environ["ALLIANCEKIT_CACHE_DIR"]).rglob("*.sqlite3"))


class TestCache:
    def test_it_is_used(self, folder: Path) -> None:
        """What was found is kept where the environment says, and the next run says the same."""
        first = run("check", folder, "--jobs", "1")
        assert kept()
        assert run("check", folder, "--jobs", "1") == first
        assert first.err == ""

    def test_it_can_be_left_out(self, folder: Path) -> None:
        """``--no-cache`` keeps nothing."""
        run("check", folder / "a001.alliance.yaml", "--no-cache")
        assert not kept()

    def test_that_it_cannot_be_had_is_said_once(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It changes neither what is found nor the exit code."""
        path = folder / "a001.alliance.yaml"
        plain = run("check", path)
        monkeypatch.setenv("ALLIANCEKIT_CACHE_DIR", str(path))
        said = run("check", path)
        assert (said.code, said.out) == (plain.code, plain.out)
        assert said.err.startswith("alliancekit: the cache is not used: ")
        assert said.err.count("\n") == 1


class TestCacheFolder:
    @pytest.mark.parametrize(
        ("platform", "environment", "expected"),
        [
            ("linux", {}, "home/.cache/alliancekit"),
            ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/alliancekit"),
            ("linux", {"XDG_CACHE_HOME": "relative"}, "home/.cache/alliancekit"),
            ("freebsd14", {"XDG_CACHE_HOME": ""}, "home/.cache/alliancekit"),
            ("darwin", {"XDG_CACHE_HOME": "/x"}, "home/Library/Caches/alliancekit"),
            ("win32", {"LOCALAPPDATA": "/local"}, "/local/alliancekit/Cache"),
            ("win32", {}, "home/AppData/Local/alliancekit/Cache"),
            ("linux", {"ALLIANCEKIT_CACHE_DIR": "/own"}, "/own"),
            ("win32", {"ALLIANCEKIT_CACHE_DIR": "/own", "LOCALAPPDATA": "/local"}, "/own"),
            ("linux", {"ALLIANCEKIT_CACHE_DIR": ""}, "home/.cache/alliancekit"),
        ],
    )
    def test_by_system(
        self, platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each system has its place for what can be made again; the environment may name another."""
        monkeypatch.setattr(sys, "platform", platform)
        assert cache_folder(environment, lambda: Path("home")) == PurePath(expected)

    def test_without_a_home(self) -> None:
        """A user without a home has no cache."""

        def home() -> Path:
            raise RuntimeError("Could not determine home directory.")

        assert cache_folder({}, home) is None


class TestJobs:
    @pytest.mark.parametrize("jobs", ["1", "2", "auto", "0"])
    def test_any_number_says_the_same(self, folder: Path, jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The output does not depend on how many judge."""
        monkeypatch.setattr(_long, "_WORTH_SECONDS", 0.0)
        said = run("check", folder, "--jobs", jobs, "--no-cache")
        assert (said.out, said.err) == (check.check_paths([folder]).to_text(), "")

    @pytest.mark.parametrize("jobs", ["-1", "many", "1.5", ""])
    def test_what_is_no_number(self, jobs: str) -> None:
        """Wrong usage, with what would be right."""
        said = run("check", "--jobs", jobs)
        assert said.code == 2
        assert "write 4, or auto" in said.err

    def test_few_files_need_no_workers(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """To start them takes longer than to judge what little there is."""
        monkeypatch.setattr(check.Workers, "submit", lambda *_: pytest.fail("a worker was started"))
        assert run("check", folder / "a001.alliance.yaml", "--jobs", "4").err == ""

    @pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
    @pytest.mark.parametrize("pause", [0, 0.1, 0.4, 1.5])
    def test_ctrl_c(self, folder: Path, pause: float) -> None:
        """It ends at once, in one line and with exit code 2."""
        import signal
        import time

        for number in range(130, 1_500):
            (folder / f"a{number:04}.alliance.yaml").write_text(ALLIANCE)
        running = subprocess.Popen(
            [sys.executable, "-c", _INTERRUPTED, "check", str(folder), "--jobs", "2", "--no-cache"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        time.sleep(pause)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=120)
        assert (running.returncode, out, err.strip()) == (2, "", "alliancekit: interrupted")


# What was started in the background does not hear Ctrl-C, and hands that down.
_INTERRUPTED = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from alliancekit.cli import _long, main

def prepared(before=_long._is_prepared):
    print("begun", flush=True)
    return before()

_long._WORTH_SECONDS = 0
_long._is_prepared = prepared
sys.exit(main())
"""


class Screen(io.StringIO):
    def __init__(self, *, is_terminal: bool = True) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal

    def shown(self) -> str:
        """Return what stands in the line."""
        line: list[str] = []
        at = 0
        for character in self.getvalue():
            if character == "\r":
                at = 0
            else:
                line[at : at + 1] = [character]
                at += 1
        return "".join(line).rstrip()


def clock(*times: float) -> Callable[[], float]:
    left = iter(times)
    return lambda: next(left)


class TestProgress:
    def test_nothing_in_the_first_second(self) -> None:
        """Most checks are over before anybody wonders."""
        screen = Screen()
        progress = Progress(screen, clock(0, 0.5, 0.9), {})
        progress(1, 2)
        progress(2, 2)
        progress.clear()
        assert screen.getvalue() == ""

    def test_one_line_that_is_written_over(self) -> None:
        """How far it is, not more than ten times a second, and in the end nothing."""
        screen = Screen()
        progress = Progress(screen, clock(0, 1.5, 1.55, 2), {})
        seen = []
        for done in (1_200, 1_250, 1_300):
            progress(done, 10_000)
            seen.append(screen.shown())
        progress.clear()
        assert seen == ["checked 1,200 of 10,000", "checked 1,200 of 10,000", "checked 1,300 of 10,000"]
        assert screen.shown() == ""
        assert "\n" not in screen.getvalue()

    def test_without_a_total(self) -> None:
        """Where nobody knows how many there are, what is done is said."""
        screen = Screen()
        Progress(screen, clock(0, 2), {})(7, None)
        assert screen.shown() == "checked 7"

    @pytest.mark.parametrize(
        ("screen", "environment"),
        [(Screen(is_terminal=False), {}), (Screen(), {"CI": "true"}), (Screen(), {"TERM": "dumb"}), (None, {})],
    )
    def test_quiet_where_nobody_watches(self, screen: Screen | None, environment: dict[str, str]) -> None:
        """A pipe, a build runner and a terminal that cannot go back get no such line."""
        progress = Progress(screen, clock(0, 2, 3), environment)
        progress(1, 2)
        progress.clear()
        assert screen is None or screen.getvalue() == ""
