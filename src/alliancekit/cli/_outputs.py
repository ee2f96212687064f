"""Where a report goes: in each format that was asked for to the screen or into a file."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO, final

import click
from attrs import frozen

from alliancekit.check import FORMATS, FailOn, Report
from alliancekit.cli._console import WRONG, Failure, complain
from alliancekit.documents import write_atomically
from alliancekit.errors import AllianceKitError, DocumentError, UnknownNameError

__all__ = ["Output", "onto_screen", "outputs", "wants_color", "write_reports"]

_SUMMARY: Final = "GITHUB_STEP_SUMMARY"


@final
@frozen
class Output:
    """
    One format, and where it goes.

    Attributes:
        form: The format.
        target: The file; None for the screen.
    """

    form: str
    target: Path | None = None


def outputs(wanted: Iterable[str]) -> tuple[Output, ...]:
    """Return what ``--format`` asked for: ``FORMAT`` or ``FORMAT:FILE``, each; text to the screen where it was not given."""
    found = tuple(map(_output, wanted)) or (Output("text"),)
    for target, count in Counter(one.target for one in found).items():
        if count > 1 and target is None:
            raise Failure("--format: only one can go to the screen; give the others a file, as in json:FILE", WRONG)
        if count > 1:
            raise Failure(f"--format: only one can go into {target}", WRONG)
    return found


def _output(wanted: str) -> Output:
    form, colon, target = wanted.partition(":")
    if form not in FORMATS:
        raise Failure(f"--format: {UnknownNameError('format', form, tuple(FORMATS))}", WRONG)
    if colon and not target:
        raise Failure(f"--format: no file is named after {wanted!r}", WRONG)
    return Output(form, Path(target) if target not in ("", "-") else None)


def write_reports(
    report: Report,
    where: Iterable[Output],
    *,
    fail_on: FailOn,
    fail_on_time: bool = False,
    is_aside: bool = False,
    failed: Iterable[str] = (),
) -> int:
    """
    Write *report* everywhere, and return the exit code: that of the report, or 2 where something could not be written.

    What cannot be written is said in one line each, and keeps nothing else from being written.

    Args:
        report: What was found.
        where: In which formats, and where to.
        fail_on: The least severity that makes the exit code 1.
        fail_on_time: Whether what only time has made wrong makes it 1 too.
        is_aside: Whether the screen is for something else, so that the report goes to the error stream.
        failed: What could not be written before.
    """
    failed = [*failed, *_written(report, where, fail_on=fail_on, fail_on_time=fail_on_time, is_aside=is_aside)]
    for reason in failed:
        complain(reason, WRONG)
    return WRONG if failed else report.exit_code(fail_on, fail_on_time=fail_on_time)


def _written(
    report: Report, where: Iterable[Output], *, fail_on: FailOn, fail_on_time: bool, is_aside: bool
) -> Iterator[str]:
    """Write, the files first, since a screen may go away; yield why something could not be written."""
    for one in sorted(where, key=lambda one: one.target is None):
        color = one.target is None and wants_color(sys.stderr if is_aside else sys.stdout)
        text = report.to(one.form, color=color, fail_on=fail_on, fail_on_time=fail_on_time, root=_root())
        if one.target is not None:
            yield from _into_file(one.target, text)
            continue
        if one.form == "github" and (page := os.environ.get(_SUMMARY)):
            yield from _onto_page(Path(page), report.to_step_summary())
        yield from onto_screen(text, is_aside=is_aside)


def _root() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # it was deleted under us
        return None


def _into_file(target: Path, text: str) -> Iterator[str]:
    try:
        if (
            target.exists() and not target.is_file() and not target.is_dir()
        ):  # a pipe or a device has no old text to keep
            with target.open("wb") as stream:
                stream.write(text.encode())
        else:
            write_atomically(target, text.encode())
    except DocumentError as error:
        yield f"{target}: {error.findings[0].message}"
    except AllianceKitError as error:
        yield str(error)
    except (OSError, ValueError) as error:
        yield _reason(target, error)


def _onto_page(page: Path, text: str) -> Iterator[str]:
    try:
        with page.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except (OSError, ValueError) as error:
        yield _reason(page, error)


def onto_screen(text: str | bytes, *, is_aside: bool = False) -> Iterator[str]:
    """Write *text* to the screen, or to the error stream; yield why it could not be written."""
    try:
        click.echo(text, nl=False, err=is_aside, color=True)  # the colours are there by our own decision
    except BrokenPipeError:  # whoever reads has seen enough
        _forget_screen()
    except OSError as error:
        _forget_screen()
        yield f"the report cannot be written: {error.strerror}"


def _reason(target: Path, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not legal"
    return f"{target}: it cannot be written: {reason}"


def _forget_screen() -> None:
    """Let what is left of the output go nowhere, so that nothing fails once more when the process ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def wants_color(stream: TextIO | None) -> bool:
    """Return whether *stream* gets colours: NO_COLOR says no, FORCE_COLOR yes, and else a terminal that knows them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
