"""Judging many files by any executor: the same findings in the same order, whatever becomes of it."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_all_start_methods, get_context, parent_process
from pathlib import Path
from typing import Any

import pytest

from alliancekit import check
from alliancekit.check import Hit, Rule, Workers
from alliancekit.check._many import _pool
from alliancekit.errors import InvalidValueError
from alliancekit.model import Alliance
from tests.unit.cli.terminal import ALLIANCE

BROKEN = ALLIANCE.replace("to: [ana]", "to: [anna]")


class Toy(Executor):
    """Does the work when it is asked for the result, or at once, or never."""

    def __init__(self, breaks_after: int = 10_000, error: Exception | None = None) -> None:
        self.sent = 0
        self.most = breaks_after
        self.error = error or RuntimeError("out of order")

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent += 1
        future: Future[Any] = Future()
        if self.sent > self.most:
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


class Lazy(Executor):
    """Holds all work back until a result is waited for: the oldest is done last."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = self._future()
        self.waiting.append((future, partial(fn, *args, **kwargs)))
        self.most = max(self.most, len(self.waiting))
        return future

    def _future(self) -> Future[Any]:
        lazy = self

        class Later(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                for future, work in reversed(lazy.waiting):
                    future.set_result(work())
                lazy.waiting.clear()
                return super().result(timeout)

        return Later()


class Dead(Executor):
    """Takes nothing."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise RuntimeError("cannot schedule new futures after shutdown")


def die(_alliance: Alliance) -> Iterable[Hit]:
    """End the process that judges, if it is a worker."""
    if parent_process() is not None:
        os._exit(3)
    return ()


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pool, "_BATCH", 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "docs"
    home.mkdir()
    for number in range(20):
        text = (BROKEN if number % 3 else ALLIANCE).replace("id: ana-ben", f"id: ana-ben-{number}")
        (home / f"a{number:02}.alliance.yaml").write_text(text)
    (home / "b.alliance.yaml").symlink_to("nowhere")
    (home / "s.session.json").write_text("{}")
    return home


def same(folder: Path, executor: Executor | None, **given: Any) -> check.Report:
    """Return what is found by *executor*, which must be what is found here."""
    found = check.check_paths([folder], executor=executor, **given)
    assert found == check.check_paths([folder])
    return found


class TestExecutors:
    @pytest.mark.parametrize("executor", [Toy, Lazy, partial(ThreadPoolExecutor, 4)])
    def test_any(self, folder: Path, executor: Callable[[], Executor]) -> None:
        """What is found, and its order, do not depend on who judges, nor on when each part is done."""
        with executor() as hands:
            same(folder, hands, on_note=pytest.fail)

    @pytest.mark.parametrize("method", sorted({"spawn", "forkserver"} & set(get_all_start_methods())))
    def test_processes(self, folder: Path, method: str) -> None:
        """A pool of processes does as well, however they are started."""
        with ProcessPoolExecutor(2, mp_context=get_context(method)) as hands:
            same(folder, hands, on_note=pytest.fail)

    def test_with_a_cache(self, folder: Path, tmp_path: Path) -> None:
        """What an executor has judged is kept, and is not sent to it again."""
        first, second = Toy(), Toy()
        same(folder, first, cache=tmp_path / "cache")
        same(folder, second, cache=tmp_path / "cache")
        assert first.sent == 8
        assert second.sent == 2, "the broken link and the session are judged each time"

    def test_no_more_is_on_its_way_than_is_allowed(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many files there are, only so many batches are sent before results are taken."""
        monkeypatch.setattr(_pool, "_MOST_ON_THE_WAY", 2)
        hands = Lazy()
        same(folder, hands)
        assert hands.most == 3

    def test_work_that_nobody_waits_for_is_called_off(self, folder: Path) -> None:
        """Who stops in the middle leaves nothing in the executor."""
        hands = Lazy()
        found = check.check_each(map(str, sorted(folder.iterdir())), executor=hands)
        next(found)
        left = [future for future, _ in hands.waiting]
        found.close()  # type: ignore[attr-defined]
        assert all(future.cancelled() for future in left)


class TestWhatGoesWrong:
    @pytest.mark.parametrize("hands", [Dead(), Toy(0), Toy(2), Toy(2, ValueError("boom"))])
    def test_what_an_executor_cannot_do_is_done_here(self, folder: Path, hands: Executor) -> None:
        """Every file is checked all the same, and one line says why it took longer."""
        notes: list[str] = []
        same(folder, hands, on_note=notes.append)
        (note,) = notes
        assert "checked without them" in note
        assert "\n" not in note

    def test_a_worker_that_dies(self, folder: Path) -> None:
        """The files that it took with it are checked here."""
        notes: list[str] = []
        with Workers(2) as hands:
            found = check.check_paths([folder], executor=hands, rules=[die], on_note=notes.append)
        assert found == check.check_paths([folder])
        assert notes == [
            "the workers could not go on (one of them ended suddenly); the other files were checked without them"
        ]

    def test_a_rule_that_cannot_be_sent(self, folder: Path) -> None:
        """It is named, with what to do."""

        def inner(_alliance: Alliance) -> Iterable[Hit]:
            return ()

        with Workers(2) as hands, pytest.raises(InvalidValueError, match=r"rule\.inner: .*top of a module"):
            check.check_paths([folder], executor=hands, rules=[inner])

    def test_a_rule_that_need_not_be_sent_far(self, folder: Path) -> None:
        """Threads take any rule."""
        rule = Rule(code="lambda", find=lambda _: [Hit(pointer="", message="seen")])
        with ThreadPoolExecutor(2) as hands:
            found = check.check_paths([folder], executor=hands, rules=[rule], on_note=pytest.fail)
        assert sum(one.rule == "lambda" for one in found.findings) == 20


class TestProgress:
    def test_it_is_told_after_each_file(self, folder: Path) -> None:
        """Each file counts once, and the number of all is known from the first."""
        told: list[tuple[int, int | None]] = []
        check.check_paths([folder], executor=Toy(), on_progress=lambda done, total: told.append((done, total)))
        assert told == [(number, 22) for number in range(1, 23)]


class TestMemory:
    def test_it_does_not_grow_with_the_number_of_files(self, folder: Path, tmp_path: Path) -> None:
        """Of ten times as many files no more is held than of some."""
        path = str(folder / "a01.alliance.yaml")
        cache = tmp_path / "cache"
        list(check.check_each([path], cache=cache))

        def most(count: int) -> int:
            tracemalloc.start()
            taken = 0
            for _ in check.check_each((path for _ in range(count)), executor=Toy(), cache=cache):
                taken += 1
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert taken == count
            return used

        most(100)
        assert most(2_000) < 1.5 * most(200)

    def test_paths_are_taken_as_they_are_needed(self, folder: Path) -> None:
        """The first answer does not wait for the last path."""
        taken = 0

        def paths() -> Iterator[str]:
            nonlocal taken
            while True:
                taken += 1
                yield str(folder / "a01.alliance.yaml")

        found = check.check_each(paths(), executor=Toy())
        assert next(found).path
        assert taken <= 6


# What was started in the background does not hear Ctrl-C, and hands that down.
_LONG = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from alliancekit.check import Workers

if __name__ == "__main__":
    with Workers(2) as hands:
        futures = [hands.submit(time.sleep, 60) for _ in range(4)]
        time.sleep(1.5)
        print(*hands._pool._processes, flush=True)
        futures[0].result()
"""


_LARGE = """
from alliancekit.check import Workers

if __name__ == "__main__":
    with Workers(2) as hands:
        futures = [hands.submit(bytes, 20_000_000) for _ in range(20)]
        futures[0].result()
        raise KeyboardInterrupt
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
class TestEnding:
    @pytest.mark.parametrize("signal", ["INT", "KILL"])
    def test_no_process_is_left(self, tmp_path: Path, signal: str) -> None:
        """Ctrl-C and a kill end the workers with the process that asked, in the middle of what they do."""
        import signal as signals
        import time

        script = tmp_path / "long.py"
        script.write_text(_LONG)
        running = subprocess.Popen(
            [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert running.stdout is not None
        workers = [int(one) for one in running.stdout.readline().split()]
        assert len(workers) == 2
        number = signals.Signals[f"SIG{signal}"]
        if signal == "INT":
            os.killpg(running.pid, number)  # as a terminal does
        else:
            running.send_signal(number)
        try:
            running.communicate(timeout=120)
        finally:
            running.kill()
        deadline = time.monotonic() + 20
        while (left := [one for one in workers if _is_running(one)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not left

    def test_nobody_waits_for_half_a_result(self, tmp_path: Path) -> None:
        """Who lets go of the workers while they hand over what they made does not wait for the rest of it."""
        script = tmp_path / "large.py"
        script.write_text(_LARGE)
        for _ in range(5):
            done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=240, check=False)
            assert done.stderr.splitlines()[-1:] == ["KeyboardInterrupt"]


def _is_running(pid: int) -> bool:
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(said.stdout.strip()) and not said.stdout.startswith("Z")


class TestWorkers:
    def test_none_is_started_for_nothing(self) -> None:
        """To have them costs nothing until there is something to do."""
        with Workers(2) as hands:
            assert hands._pool is None

    def test_one_alone_is_never_wanted(self) -> None:
        """This process does as well."""
        assert not Workers(1).is_wanted()

    def test_they_are_wanted_when_somebody_says_so(self) -> None:
        """Until then the files are judged here."""
        asked = iter([False, True])
        hands = Workers(2, is_wanted=lambda: next(asked))
        assert [hands.is_wanted(), hands.is_wanted()] == [False, True]

    def test_as_many_as_there_are_cores(self) -> None:
        """That is what 0 means."""
        assert Workers().count >= 1

    def test_fewer_than_none(self) -> None:
        """A negative number is refused."""
        with pytest.raises(InvalidValueError, match="must be 0 or more"):
            Workers(-1)
