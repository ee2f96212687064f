"""``--fix``, ``--unsafe-fixes`` and ``--diff`` of ``check``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final, final

import click
from attrs import evolve, field, frozen

from alliancekit import check as checking
from alliancekit.check import Fixed, Report, escape_terminal, fix_files, save_fixed
from alliancekit.cli._check_options import Chosen
from alliancekit.cli._outputs import onto_screen
from alliancekit.errors import AllianceKitError, DocumentError

__all__ = ["Mending", "Wanted", "mend", "mending", "show"]

_OPTIONS: Final = (
    click.option("--fix", is_flag=True, help="Mend what can be mended without changing what a document means."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend too what a person should look at afterwards."
    ),
    click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing."),
)


@final
@frozen(kw_only=True)
class Wanted:
    """
    What is to be mended.

    Attributes:
        writes: Whether files are written.
        shows: Whether the changes are shown instead.
        unsafe: Whether changes are made that a person should look at.
    """

    writes: bool = False
    shows: bool = False
    unsafe: bool = False

    def __bool__(self) -> bool:
        return self.writes or self.shows


def mending(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* what is to be mended, in place of the options that say it."""

    @wraps(command)
    def run(*args: Any, fix: bool, unsafe_fixes: bool, diff: bool, **given: Any) -> int:
        if fix and diff:
            raise click.UsageError("--fix writes what --diff only shows: give one of the two")
        if unsafe_fixes and not (fix or diff):
            raise click.UsageError("--unsafe-fixes says which changes are made: give --fix or --diff too")
        return command(*args, wanted=Wanted(writes=fix, shows=diff, unsafe=unsafe_fixes), **given)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


@final
@frozen(kw_only=True)
class Mending:
    """
    What was mended.

    Attributes:
        stdin: The document from the standard input, mended or as it was; None where there is none.
        count: How many findings were mended; nothing is where changes are only shown.
        shown: The changes, as a diff.
        failed: What could not be written, in a sentence each.
    """

    stdin: bytes | None = None
    count: int = 0
    shown: str = ""
    failed: tuple[str, ...] = field(default=(), converter=tuple[str, ...])


def mend(report: Report, chosen: Chosen, wanted: Wanted, stdin: bytes | None, stdin_name: str) -> Mending:
    """Mend the files of *report*, or show what would be changed."""
    found = fix_files(
        report,
        unsafe=wanted.unsafe,
        stdin=stdin,
        stdin_name=stdin_name,
        as_of=chosen.as_of,
        settings=chosen.settings,
        rules=chosen.rules,
    )
    if wanted.shows:
        return Mending(stdin=stdin, shown="".join(map(_shown, found)))
    done = Mending(stdin=stdin)
    for one in found:
        done = _made(done, one, chosen.settings, is_stdin=stdin is not None and one.path == stdin_name)
    return done


def _made(done: Mending, one: Fixed, settings: checking.Settings, *, is_stdin: bool) -> Mending:
    if is_stdin:
        return evolve(done, stdin=one.text.encode("utf-8"), count=done.count + len(one.fixed))
    try:
        save_fixed(one, limits=settings.limits)
    except DocumentError as error:
        return evolve(done, failed=(*done.failed, f"{one.path}: {error.findings[0].message}"))
    except AllianceKitError as error:
        return evolve(done, failed=(*done.failed, str(error)))
    return evolve(done, count=done.count + len(one.fixed))


def _shown(one: Fixed) -> str:
    # A line ends as it does in the file, so that `patch` takes what is shown.
    return "".join(f"{_escaped(line)}\n" for line in one.diff().split("\n")[:-1])


def _escaped(line: str) -> str:
    return f"{escape_terminal(line[:-1])}\r" if line.endswith("\r") else escape_terminal(line)


def show(done: Mending, wanted: Wanted) -> Iterable[str]:
    """Write what goes to the screen in place of the report; yield why it could not be written."""
    if wanted.shows:
        return onto_screen(done.shown)
    return onto_screen(done.stdin) if done.stdin is not None else ()
