"""From paths, a text or a value to what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from os import PathLike
from typing import Final

from alliancekit.check._across import checked_across
from alliancekit.check._checked import Checked
from alliancekit.check._custom import CustomRule, as_rules, each_failure_once
from alliancekit.check._files import Found, Search, documents_in
from alliancekit.check._judge import Job, judge, judge_file, judge_opened, judge_value
from alliancekit.check._report import Report
from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.check._settle import settled
from alliancekit.documents import read_bytes
from alliancekit.errors import DocumentError, require
from alliancekit.findings import Finding
from alliancekit.model import Alliance
from alliancekit.typing import Openable, Source

__all__ = ["check_paths", "check_text", "check_value"]

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

    Whatever the text is, it is answered.

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
    return settled(judge(text, path, Job(settings=settings, as_of=as_of, rules=as_rules(rules))), settings).findings


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
) -> Report:
    """
    Return what is wrong in files, and in the documents of folders.

    A path that cannot be read is a finding.

    Args:
        paths: Files, which are always checked; folders, whose documents are found by name; ``-`` for *stdin*. One path
            alone is a list of one. What is no path of this machine and has ``open`` is read through that.
        search: Which files of a folder are documents; None goes by their names alone.
        stdin: The document that ``-`` stands for.
        stdin_name: What findings call it; its ending says the format.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.
        rules: Rules beside ours: a `Rule`, or a plain function that is given each alliance and yields each `Hit`.

    Raises:
        InvalidValueError: If one of *rules* is none.

    .. versionadded:: 0.1
    """
    job = Job(settings=settings, as_of=as_of, rules=as_rules(rules))
    named = documents_in((paths,) if isinstance(paths, str | PathLike) else paths, search)
    searched: set[str] = set()
    files = tuple(_judged(_noted(named, searched), job, stdin, stdin_name))

    def data_of(path: str) -> bytes | None:
        if stdin is not None and path == stdin_name:
            return stdin
        try:
            return read_bytes(path, settings.limits)
        except DocumentError:
            return None

    files = each_failure_once(checked_across(files, job, data_of, searched=searched))
    return Report(files=tuple(settled(one, settings) for one in files))


def _noted(named: Iterable[Found], searched: set[str]) -> Iterator[Found]:
    """Yield what was *named*, and note the paths that were found by searching a folder."""
    for found in named:
        if found.is_searched:
            searched.add(found.path)
        yield found


def _judged(named: Iterable[Found], job: Job, stdin: bytes | None, stdin_name: str) -> Iterator[Checked]:
    for found in named:
        if found.finding is not None:
            yield Checked(path=found.path, findings=(found.finding,), excerpts=(None,), is_readable=False)
        elif found.path == _STDIN and stdin is not None:
            yield judge(stdin, stdin_name, job)
        elif found.opened is not None:
            yield judge_opened(found.path, found.opened, job)
        else:
            yield judge_file(found.path, job)
