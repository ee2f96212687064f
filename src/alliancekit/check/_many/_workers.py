"""
Processes of this machine that judge files, started when there is enough for them to do.

They are not forked from the process that asks: it may run threads, whose locks a fork would copy as they stand, and it holds
an open database. Where there is one they come from a fork server, and elsewhere each begins anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar, final

from alliancekit.errors import InvalidValueError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection

__all__ = ["Workers", "cores"]

P = ParamSpec("P")
T = TypeVar("T")

# Windows cannot wait for more.
_MOST: Final = 61 if sys.platform == "win32" else 1_000


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # not every system can be asked
        return os.cpu_count() or 1


@final
class Workers(Executor):
    """
    Processes of this machine; use it with ``with``, and none is left behind.

    They start with the first work, and end at once when an error or Ctrl-C ends the ``with``, or when this process dies.

    Args:
        count: How many; 0 for as many as there are cores. One alone is never started: this process does as well.
        is_wanted: Asked before each batch of files whether it goes to them, until it once says yes: to start them
            takes as long as to judge many files. Left out, they are wanted from the first.

    Raises:
        InvalidValueError: If *count* is negative.

    .. versionadded:: 0.1
    """

    def __init__(self, count: int = 0, *, is_wanted: Callable[[], bool] | None = None) -> None:
        if count < 0:
            raise InvalidValueError("Workers", "count", f"must be 0 or more, not {count}")
        self.count = min(count or cores(), _MOST)
        self._ask = is_wanted
        self._pool: ProcessPoolExecutor | None = None
        self._leash: Connection | None = None

    def is_wanted(self) -> bool:
        """Return whether there is enough for them to do."""
        return self.count > 1 and (self._pool is not None or self._ask is None or self._ask())

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let one of them call *fn*."""
        with _deaf_children():
            if self._pool is None:
                self._pool = self._started()
            return self._pool.submit(_work, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """Let them end when they are done."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def __exit__(self, kind: type[BaseException] | None, *details: object) -> None:
        if kind is not None and self._leash is not None:
            self._leash.close()
        self.shutdown(wait=True, cancel_futures=kind is not None)
        if self._leash is not None:
            self._leash.close()

    def _started(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_all_start_methods, get_context

        # Not on macOS, whose own libraries are not safe to use after a fork.
        served = "forkserver" in get_all_start_methods() and sys.platform != "darwin"
        context = get_context("forkserver" if served else "spawn")
        theirs, self._leash = context.Pipe(duplex=False)
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=_begin, initargs=(theirs,))


@contextmanager
def _deaf_children() -> Generator[None]:
    """Let processes that are started meanwhile not hear Ctrl-C, from their first moment on: they would each complain."""
    import signal

    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which would let the signal through again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _LetGoError(BaseException):
    """Nobody waits any more for what this worker does. No handler of ordinary errors may take it for one."""


class _State:
    """What a worker's own thread and the one that holds the leash tell each other."""

    is_working = False
    is_let_go = False


def _begin(leash: Connection) -> None:
    """Begin as a worker: Ctrl-C is for the process that asked, and when that lets go of *leash* there is no more to do."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, _hear)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with, args=(leash,), daemon=True).start()


def _work(fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """
    Call *fn*, unless nobody waits for it.

    To end the process would be simpler. But it may just be handing over a result, and who reads the first half of one
    waits for the other half for ever.
    """
    _State.is_working = True
    try:
        if _State.is_let_go:
            raise _LetGoError
        return fn(*args, **kwargs)
    finally:
        _State.is_working = False


def _hear(_number: int, _frame: object) -> None:
    """Break off what is being done, where it was this process that asked for it."""
    if _State.is_let_go and _State.is_working:
        raise _LetGoError


def _end_with(leash: Connection) -> None:
    import signal
    from multiprocessing import parent_process
    from threading import main_thread

    # Nothing is ever sent: it becomes ready when its other end is closed, which a process that was killed does too.
    leash.poll(None)
    _State.is_let_go = True
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)
    if parent := parent_process():
        parent.join()
    os._exit(1)
