"""What a check of many files needs: where the cache is, how many hands there are, and a line that says how far it is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias, TypedDict, final

import click

from alliancekit.cli._console import complain

if TYPE_CHECKING:  # it brings threads and logging, for which a check of one file need not wait
    from concurrent.futures import Executor

__all__ = ["JOBS", "Means", "Progress", "cache_folder", "means"]

Clock: TypeAlias = Callable[[], float]

_OWN_CACHE: Final = "ALLIANCEKIT_CACHE_DIR"
# To start workers takes about half a second of a core: before that much work was done here, they would not help.
_WORTH_SECONDS: Final = 0.5
# As many go to a worker at once, so that of fewer there is nothing to share.
_FEW: Final = 64
_QUIET_SECONDS: Final = 1.0
_BETWEEN_SECONDS: Final = 0.1


class _Jobs(click.ParamType[int]):
    name = "N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "auto":
            return 0
        try:
            count = int(str(value))
        except ValueError:
            count = -1
        if count < 0:
            self.fail(f"{value!r} is no number of workers; write 4, or auto for as many as there are cores", param, ctx)
        return count


JOBS: Final = _Jobs()
"""What ``--jobs`` takes: a number, or ``auto``."""


class Means(TypedDict):
    """What `check.check_paths` is given besides what to check."""

    executor: Executor | None
    cache: Path | None
    on_progress: Callable[[int, int | None], None]
    on_note: Callable[[str], None]


@contextmanager
def means(paths: Sequence[str], jobs: int, *, keeps: bool) -> Generator[Means]:
    """
    Yield what a check of *paths* may use, and take back what is left of it at the end.

    Args:
        paths: What is checked.
        jobs: How many workers there may be; 0 for as many as there are cores.
        keeps: Whether what was found is kept for the next run.
    """
    progress = Progress(sys.stderr, monotonic, os.environ)

    def note(message: str) -> None:
        progress.clear()
        complain(message, 0)

    folder = cache_folder(os.environ) if keeps else None
    with _workers(paths, jobs) as workers:
        try:
            yield {"executor": workers, "cache": folder, "on_progress": progress, "on_note": note}
        finally:
            progress.clear()


def _workers(paths: Sequence[str], jobs: int) -> AbstractContextManager[Executor | None]:
    """Return those who are called once there is work enough for them."""
    if jobs == 1 or (len(paths) <= _FEW and not any(map(os.path.isdir, paths))):
        return nullcontext()
    from alliancekit.check import Workers

    began = monotonic()
    return Workers(jobs, is_wanted=lambda: monotonic() - began > _WORTH_SECONDS and _is_prepared())


def _is_prepared() -> bool:
    """Let a fork server read once what all workers need; only a program may say that, and no library."""
    import multiprocessing

    multiprocessing.set_forkserver_preload(["__main__", "alliancekit.check._many._ready"])
    return True


def cache_folder(environment: Mapping[str, str], home: Callable[[], Path] = Path.home) -> Path | None:
    """
    Return the folder where this user's caches are, by the rule of the system; None where there is none.

    It is outside of every checked tree: whoever writes a pull request could put a cache into one.
    """
    if own := environment.get(_OWN_CACHE):
        return Path(own)
    try:
        if sys.platform == "win32":
            base = environment.get("LOCALAPPDATA")
            return (
                Path(base) / "alliancekit" / "Cache" if base else home() / "AppData" / "Local" / "alliancekit" / "Cache"
            )
        if sys.platform == "darwin":
            return home() / "Library" / "Caches" / "alliancekit"
        base = environment.get("XDG_CACHE_HOME", "")
        return (Path(base) if Path(base).is_absolute() else home() / ".cache") / "alliancekit"
    except RuntimeError:  # a user without a home
        return None


@final
class Progress:
    """
    One line at a terminal that says how far it is, and is gone at the end; nothing in the first second, or elsewhere.

    Args:
        stream: Where it stands.
        clock: Seconds since some time.
        environment: Says whether a person is watching.
    """

    def __init__(self, stream: TextIO | None, clock: Clock, environment: Mapping[str, str]) -> None:
        is_watched = stream is not None and stream.isatty() and not environment.get("CI")
        self._stream = stream if is_watched and environment.get("TERM") != "dumb" else None
        self._clock = clock
        self._next = clock() + _QUIET_SECONDS
        self._shown = 0

    def __call__(self, done: int, total: int | None) -> None:
        """Say that *done* of *total* files were checked."""
        if self._stream is None or (now := self._clock()) < self._next:
            return
        self._next = now + _BETWEEN_SECONDS
        text = f"checked {done:,} of {total:,}" if total is not None else f"checked {done:,}"
        self._write(text[: max(shutil.get_terminal_size().columns - 1, 0)])

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        # Blanks take away what was longer; not every console knows an escape for it.
        if self._stream is not None:
            self._stream.write(f"\r{text:<{self._shown}}" + ("" if text else "\r"))
            self._stream.flush()
            self._shown = len(text)
