"""
Judging many files: in this process, or by an executor, and always in their order.

Files go in batches. A batch is first looked up in the cache; what is not there is judged, by the executor if there is one.
No more batches are on their way than `_MOST_ON_THE_WAY`, so that memory does not grow with the number of files, and what an
executor cannot do is done here.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias, final

from attrs import define

from alliancekit.check._checked import Checked
from alliancekit.check._files import Found
from alliancekit.check._judge import Job, judge, read_document, unread
from alliancekit.check._many._cache import Cache, Key, identity_of, key_of
from alliancekit.errors import DocumentError, InvalidValueError
from alliancekit.typing import Source

if TYPE_CHECKING:  # it brings threads and logging, for which most runs need not wait
    from concurrent.futures import Executor, Future

__all__ = ["OnNote", "judged"]

OnNote: TypeAlias = Callable[[str], None]
"""Told, in a sentence, what a person should know of how it went; it changes nothing in what is found."""

Judged: TypeAlias = tuple[Key | None, Checked]

# Large enough that sending one costs little beside judging it, and small enough that many hands share a few hundred.
_BATCH: Final = 64
# Enough for a cluster; each holds no more than what was found.
_MOST_ON_THE_WAY: Final = 256


def judged(
    files: Iterable[Found | Checked],
    job: Job,
    *,
    executor: Executor | None = None,
    cache: Source | None = None,
    on_note: OnNote | None = None,
) -> Iterator[Checked]:
    """
    Yield what was found in each of *files*, in their order.

    Args:
        files: What to judge; what was judged already goes through as it is.
        job: How to judge.
        executor: Who judges; None for this process.
        cache: The folder of the cache in which to look first; None for none.
        on_note: Told why a cache or an executor was of no use.

    Raises:
        InvalidValueError: If a rule cannot be sent to the executor.
    """
    tell = on_note or _nobody
    identity = identity_of(job) if cache is not None else None
    kept = Cache(os.fspath(cache), identity, job.settings, tell) if cache is not None and identity is not None else None
    hands = _Hands(job, executor, kept, tell)
    waiting: deque[_Batch] = deque()
    todo = iter(files)
    try:
        while batch := tuple(islice(todo, _BATCH)):
            waiting.append(hands.begin(batch))
            while waiting and (len(waiting) > _MOST_ON_THE_WAY or waiting[0].is_ready):
                yield from hands.finish(waiting.popleft())
        while waiting:
            yield from hands.finish(waiting.popleft())
    finally:
        for left in waiting:
            left.cancel()
        if kept is not None:
            kept.close()


def judge_batch(files: Sequence[Found], job: Job, identity: bytes | None) -> list[Judged]:
    """Return what is wrong with each of *files*, with its key where it may be kept; runs wherever an executor does."""
    return [_judge(one, job, identity) for one in files]


def _judge(file: Found, job: Job, identity: bytes | None) -> Judged:
    path, is_here = file.path, file.opened is None
    try:
        data = read_document(file, job.settings)
    except DocumentError as error:
        return None, unread(path, error)
    checked = judge(data, path, job, beside=path if is_here else None)
    # The key of the bytes that were judged: the file may have changed since somebody looked for it.
    return (key_of(identity, path, data) if identity and is_here and checked.is_lasting else None), checked


@final
@define
class _Batch:
    """
    Some files on their way.

    Attributes:
        found: What is known of each; None of those that are being judged.
        missing: The files that are being judged.
        future: Where their judgement will be; None when they are judged here, at the end.
    """

    found: list[Checked | None]
    missing: tuple[Found, ...] = ()
    future: Future[list[Judged]] | None = None

    @property
    def is_ready(self) -> bool:
        return self.future is None or self.future.done()

    def cancel(self) -> None:
        if self.future is not None:
            self.future.cancel()


@final
@define
class _Hands:
    """Who judges, and where what was judged is kept."""

    _job: Job
    _executor: Executor | None
    _cache: Cache | None
    _on_note: OnNote

    def begin(self, batch: Sequence[Found | Checked]) -> _Batch:
        known = self._known(batch)
        both = zip(batch, known, strict=True)
        missing = tuple(one for one, found in both if found is None and isinstance(one, Found))
        return _Batch(known, missing, self._sent(missing) if missing else None)

    def finish(self, batch: _Batch) -> Iterator[Checked]:
        results = iter(self._results(batch))
        for known in batch.found:
            if known is not None:
                yield known
                continue
            key, checked = next(results)
            if self._cache is not None:
                self._cache.keep(key, checked)
            yield checked

    def _known(self, batch: Sequence[Found | Checked]) -> list[Checked | None]:
        known: list[Checked | None] = [one if isinstance(one, Checked) else None for one in batch]
        if self._cache is not None:
            # What is no file of this machine is not read twice.
            files = {at: one for at, one in enumerate(batch) if isinstance(one, Found) and one.opened is None}
            for at, found in zip(files, self._cache.known(tuple(files.values())), strict=True):
                known[at] = found
        return known

    def _sent(self, files: tuple[Found, ...]) -> Future[list[Judged]] | None:
        if self._executor is None or not _is_wanted(self._executor):
            return None
        try:
            return self._executor.submit(judge_batch, files, self._job, self._identity)
        except Exception as error:  # noqa: BLE001 - an executor may be anybody's; what it cannot do is done here
            self._go_on_without(error)
            return None

    def _results(self, batch: _Batch) -> list[Judged]:
        if batch.future is not None:
            try:
                return batch.future.result()
            except Exception as error:  # noqa: BLE001 - as above
                self._go_on_without(error)
        return judge_batch(batch.missing, self._job, self._identity)

    @property
    def _identity(self) -> bytes | None:
        return self._cache.identity if self._cache is not None else None

    def _go_on_without(self, error: Exception) -> None:
        if self._executor is None:
            return
        self._executor = None
        for rule in self._job.rules:
            if not _can_be_sent(rule):
                reason = "it cannot be sent to another process; write it as a function at the top of a module, or give no executor"
                raise InvalidValueError("rule", rule.code, reason) from error
        from concurrent.futures import BrokenExecutor

        why = "one of them ended suddenly" if isinstance(error, BrokenExecutor) else f"{type(error).__name__}: {error}"
        self._on_note(f"the workers could not go on ({why}); the other files were checked without them")


def _is_wanted(executor: Executor) -> bool:
    from alliancekit.check._many._workers import Workers

    return not isinstance(executor, Workers) or executor.is_wanted()


def _nobody(_note: str) -> None:
    pass


def _can_be_sent(value: object) -> bool:
    try:
        pickle.dumps(value)
    except Exception:  # noqa: BLE001 - there are many ways in which it cannot
        return False
    return True
