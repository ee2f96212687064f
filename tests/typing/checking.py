"""Never run: what a type checker knows of checking many files."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import assert_type

from alliancekit import check


def told(done: int, total: int | None) -> None:
    assert_type(done, int)
    assert_type(total, int | None)


def note(message: str) -> None:
    assert_type(message, str)


with check.Workers(2) as workers, ThreadPoolExecutor(2) as threads:
    executor: Executor = workers
    assert_type(check.check_paths("a", executor=workers, cache=Path("kept"), on_progress=told), check.Report)
    assert_type(check.check_paths([Path("a")], executor=threads, on_note=note), check.Report)
    assert_type(check.check_each(["a", Path("b")], executor=threads, cache="kept"), Iterator[check.Checked])
