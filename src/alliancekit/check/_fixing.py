"""Mending the files of a report, and saving them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from alliancekit.check._checked import Checked
from alliancekit.check._custom import CustomRule, as_rules
from alliancekit.check._judge import Job
from alliancekit.check._mending import Fixed, is_mendable, mended
from alliancekit.check._report import Report
from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.documents import read_bytes, save_atomically
from alliancekit.errors import DocumentError
from alliancekit.limits import LIMITS, Limits

__all__ = ["fix_files", "save_fixed"]

_STDIN: Final = "-"


def fix_files(
    report: Report,
    *,
    unsafe: bool = False,
    stdin: bytes | None = None,
    stdin_name: str = _STDIN,
    as_of: date | None = None,
    settings: Settings = SETTINGS,
    rules: Iterable[CustomRule] = (),
) -> tuple[Fixed, ...]:
    """
    Return what can be mended in the files of *report*; nothing is written.

    A session stays as it is.

    Args:
        report: What `check_paths` found, with the same arguments.
        unsafe: Whether to make changes too that a person should look at.
        stdin: The document that is called *stdin_name* in the report.
        stdin_name: What it is called.
        as_of: The day for rules about time; None leaves those out.
        settings: How strictly to judge.
        rules: Rules beside ours.

    Raises:
        InvalidValueError: If one of *rules* is none.

    .. versionadded:: 0.1
    """
    job = Job(settings=settings, as_of=as_of, rules=as_rules(rules))
    found = (_fixed(one, job, stdin if one.path == stdin_name else None, unsafe=unsafe) for one in report.files)
    return tuple(one for one in found if one is not None and one.is_changed)


def _fixed(one: Checked, job: Job, stdin: bytes | None, *, unsafe: bool) -> Fixed | None:
    if one.path is None or not any(is_mendable(finding, unsafe=unsafe) for finding in one.findings):
        return None
    try:
        data = read_bytes(one.path, job.settings.limits) if stdin is None else stdin
        text = data.decode("utf-8")
    except (DocumentError, UnicodeDecodeError):
        return None  # it was told
    return mended(text, one.path, job, unsafe=unsafe, beside=None if one.path == _STDIN else one.path)


def save_fixed(fixed: Fixed, *, limits: Limits = LIMITS) -> bool:
    """
    Write a mended text into its file, wholly or not at all, and return whether anything had to be written.

    A link is followed; permissions stay.

    Args:
        fixed: What was mended.
        limits: How large the file may be.

    Raises:
        ConflictError: If the file changed since it was read, or another writer does not let go of it.
        UnreadableError: If it cannot be written. The old file is whole.

    .. versionadded:: 0.1
    """
    path = fixed.path or _STDIN
    return save_atomically(path, fixed.text.encode("utf-8"), expected=fixed.before.encode("utf-8"), limits=limits)
