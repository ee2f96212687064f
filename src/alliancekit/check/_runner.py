"""From paths, a text or a value to what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Final, TypeAlias

from alliancekit.check._across import checked_across
from alliancekit.check._checked import Checked
from alliancekit.check._custom import CustomRule, as_rules, each_failure_once
from alliancekit.check._files import Found, Search, documents_in
from alliancekit.check._judge import Job, judge, judge_value, read_document
from alliancekit.check._many._pool import OnNote, judged
from alliancekit.check._report import Report
from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.check._settle import settled
from alliancekit.errors import DocumentError, require
from alliancekit.findings import Finding
from alliancekit.model import Alliance
from alliancekit.typing import Openable, Source

if TYPE_CHECKING:  # who has none does not wait for it
    from concurrent.futures import Executor

__all__ = ["OnProgress", "check_each", "check_paths", "check_text", "check_value"]

OnProgress: TypeAlias = Callable[[int, int | None], None]
"""Told how many files are done, and of how many; None where nobody knows."""

_STDIN: Final = "-"


def check_text(
    text: str | bytes,
    *,
    path: str | None = None,
    as_of: date | None = None,
    settings: Settings = SETTINGS,
    rules: Iterable[CustomRule] = (),
) -> tuple[Finding, ...]:
    """
    Return everything that is wrong with one document, sorted by place.

    Whatever the text is, it is answered. No file is read for it: the bank of a flow is looked for among those at hand.

    Args:
        text: The document, YAML or JSON.
        path: What findings call it; its ending says the format, which is else seen from how the text begins.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.
        rules: Rules beside ours.

    Raises:
        InvalidValueError: If one of *rules* is none.

    .. versionadded:: 0.1
    """
    job = Job(settings=settings, as_of=as_of, rules=as_rules(rules))
    return settled(judge(text, path, job), job).findings


def check_each(
    paths: Iterable[Source | Openable],
    *,
    search: Search | None = None,
    as_of: date | None = None,
    settings: Settings = SETTINGS,
    rules: Iterable[CustomRule] = (),
    executor: Executor | None = None,
    cache: Source | None = None,
    on_note: OnNote | None = None,
) -> Iterator[Checked]:
    """
    Return what is wrong with each of *paths*, one after another, in their order, as soon as it is known.

    Only what is on its way is held in memory, however many paths there are. Each file is judged by itself: what is wrong
    between files, such as two with one id, `check_paths` finds, and a path that is given twice is judged twice.

    Args:
        paths: Files and folders, as `check_paths` takes them; they are taken as they are needed.
        search: Which files of a folder are documents; None goes by their names alone.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.
        rules: Rules beside ours.
        executor: Who judges the files; None for this process. It is not shut down.
        cache: A folder in which what was found is kept for the next run; None keeps nothing.
        on_note: Told, in a sentence, why a cache or an executor was of no use.

    Raises:
        InvalidValueError: If one of *rules* is none, or cannot be sent to the executor.

    .. versionadded:: 0.1
    """
    job = Job(settings=settings, as_of=as_of, rules=as_rules(rules))
    named = (found for path in paths for found in documents_in((path,), search))
    todo = (_at_hand(one, job, None, _STDIN) or one for one in named)
    judgements = judged(todo, job, executor=executor, cache=cache, on_note=on_note)
    return (settled(one, job) for one in judgements)


def check_value(
    alliance: Alliance,
    *,
    as_of: date | None = None,
    settings: Settings = SETTINGS,
    rules: Iterable[CustomRule] = (),
) -> tuple[Finding, ...]:
    """
    Return everything that is wrong with an alliance in memory; its findings have pointers and no places.

    Raises:
        InvalidValueError: If it is no alliance, or one of *rules* is none.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "check_value", "alliance")
    return judge_value(alliance, Job(settings=settings, as_of=as_of, rules=as_rules(rules)))


def check_paths(
    paths: Iterable[Source | Openable] | Source,
    *,
    search: Search | None = None,
    stdin: bytes | None = None,
    stdin_name: str = _STDIN,
    as_of: date | None = None,
    settings: Settings = SETTINGS,
    rules: Iterable[CustomRule] = (),
    executor: Executor | None = None,
    cache: Source | None = None,
    on_progress: OnProgress | None = None,
    on_note: OnNote | None = None,
) -> Report:
    """
    Return what is wrong in files, and in the documents of folders.

    A path that cannot be read is a finding. What is found, and its order, is the same with any executor and any cache.

    Args:
        paths: Files, which are always checked; folders, whose documents are found by name; ``-`` for *stdin*. One path
            alone is a list of one. What is no path of this machine and has ``open`` is read through that.
        search: Which files of a folder are documents; None goes by their names alone.
        stdin: The document that ``-`` stands for.
        stdin_name: What findings call it; its ending says the format, and beside it a flow's bank is looked for.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.
        rules: Rules beside ours: a `Rule`, or a plain function that is given each alliance and yields each `Hit`.
        executor: Who judges the files; None for this process. It is not shut down.
        cache: A folder in which what was found is kept for the next run; None keeps nothing. With *rules* nothing is kept.
        on_progress: Told after each file how many were judged, and of how many.
        on_note: Told, in a sentence, why a cache or an executor was of no use; that changes nothing in what is found.

    Raises:
        InvalidValueError: If one of *rules* is none, or cannot be sent to the executor.

    .. versionadded:: 0.1
    """
    job = Job(settings=settings, as_of=as_of, rules=as_rules(rules))
    named = list(documents_in((paths,) if isinstance(paths, str | PathLike) else paths, search))
    todo = (_at_hand(one, job, stdin, stdin_name) or one for one in named)
    found = judged(todo, job, executor=executor, cache=cache, on_note=on_note)
    files = tuple(_told(found, len(named), on_progress))
    by_path = {one.path: one for one in named}

    def data_of(path: str) -> bytes | None:
        if stdin is not None and path == stdin_name:
            return stdin
        try:
            return read_document(by_path[path], settings)
        except DocumentError:
            return None

    searched = {one.path for one in named if one.is_searched}
    files = checked_across(files, job, data_of, searched=searched)
    return Report(files=each_failure_once(settled(one, job) for one in files), rules=job.rules)


def _at_hand(found: Found, job: Job, stdin: bytes | None, stdin_name: str) -> Checked | None:
    """Return what is wrong where no file has to be read for it."""
    if found.finding is not None:
        return Checked(path=found.path, findings=(found.finding,), excerpts=(None,), is_readable=False)
    if found.path == _STDIN and stdin is not None:
        return judge(stdin, stdin_name, job, beside=None if stdin_name == _STDIN else stdin_name)
    return None


def _told(files: Iterable[Checked], total: int | None, on_progress: OnProgress | None) -> Iterator[Checked]:
    for done, one in enumerate(files, 1):
        if on_progress is not None:
            on_progress(done, total)
        yield one
