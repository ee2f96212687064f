"""What every command shares: the streams, the clock, and how a failure is said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias, TypeGuard, TypeVar

import click
from attrs import frozen

from alliancekit import documents
from alliancekit.check import escape_terminal
from alliancekit.errors import DocumentError, UnknownNameError

Clock: TypeAlias = Callable[[], datetime]
D = TypeVar("D")

FINDINGS: Final = 1
WRONG: Final = 2


@frozen(slots=False)
class Failure(Exception):  # noqa: N818 - it ends the command, and is no fault of the program
    """
    The command ends here.

    Attributes:
        message: Why, for a person.
        code: The exit code.
    """

    message: str
    code: int = WRONG

    def __str__(self) -> str:
        return self.message


def now() -> datetime:
    """Return the time: the one place of the product that reads the clock, and tests hand in another."""
    context = click.get_current_context(silent=True)
    clock: Clock = context.obj if context is not None and context.obj is not None else lambda: datetime.now(UTC)
    return clock().astimezone(UTC).replace(microsecond=0)


def prepare_streams() -> None:
    """Make the streams take any text: a console that cannot show or read a letter uses its code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(ValueError):  # a stream that is closed, or was read from before
                reconfigure(errors="backslashreplace")


def complain(message: str, code: int) -> int:
    """Say *message* on the error stream, a line for each of its lines, and return *code*."""
    for line in message.splitlines():
        safe = escape_terminal(line)
        click.echo(broken(safe, sys.stderr, indent="alliancekit: ", hang="  "), err=True)
    return code


def say(text: str = "", stream: TextIO | None = None) -> None:
    """Write *text*, which may come from a file, so that it cannot command the terminal."""
    click.echo("\n".join(map(escape_terminal, text.split("\n"))), file=stream)


def one_line(text: str) -> str:
    """Return *text* without line breaks: what comes from a file must not look like a line of the report."""
    return " ".join(text.split())


def tell(text: str = "", indent: str = "", hang: str | None = None) -> None:
    """
    Write *text* for reading: pushed to the right, and at a terminal its lines broken between words.

    Args:
        text: What to write; a line break in it stays one.
        indent: What stands before each line.
        hang: What stands before a line that goes on; by default *indent*.
    """
    for line in text.split("\n"):
        click.echo(broken(escape_terminal(line), sys.stdout, indent=indent, hang=indent if hang is None else hang))


def broken(line: str, stream: TextIO | None, *, indent: str = "", hang: str = "") -> str:
    """Return *line* for *stream*: at a terminal broken between words, and elsewhere as it is."""
    if stream is None or not stream.isatty():
        return f"{indent}{line}" if line else ""
    import shutil
    import textwrap

    return textwrap.fill(
        line,
        max(40, min(shutil.get_terminal_size().columns - 1, 88)),
        initial_indent=indent,
        subsequent_indent=hang,
        break_on_hyphens=False,
        break_long_words=False,  # a path stays whole, so that it can be copied
    )


def wipe() -> None:
    """Clear the screen, and what a terminal can scroll back to, so that nobody reads what another has typed."""
    if sys.stdout.isatty():
        click.echo("\x1b[H\x1b[2J\x1b[3J", nl=False)


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Return whether *value* is a mapping, as plain data has them."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Return whether *value* is a list, as plain data has them; in a frozen value it is a tuple."""
    return isinstance(value, list | tuple)


def read(path: str, cls: type[D], code: int = WRONG) -> D:
    """Return the document at *path*; its findings end the command with *code*."""
    try:
        return documents.load(path, cls)
    except DocumentError as error:
        raise Failure(str(error), code) from error


def member_of(path: str, name: str, known: tuple[str, ...]) -> str:
    """Return *name*; a name that is no member of *path* ends the command."""
    if name in known:
        return name
    raise Failure(f"{path}: {UnknownNameError('member', name, known)}")


def may_write(path: Path, text: str, *, force: bool) -> bytes | None:
    """Return what *path* holds now; a file that says something else than *text* ends the command, unless *force*."""
    before = documents.read_bytes(path, documents.HEADERS["session"].limits) if path.exists() else None
    if before is not None and before != text.encode() and not force:
        raise Failure(f"{path} is there already and says something else; name another with -o, or add --force")
    return before


def write_new(path: Path, text: str, *, force: bool, private: bool = False) -> None:
    """Write *text* to *path*, if `may_write` lets it."""
    before = may_write(path, text, force=force)
    limits = documents.HEADERS["session"].limits
    documents.save_atomically(path, text.encode(), expected=before, mode=0o600 if private else None, limits=limits)
