"""The command itself: its group, and the last place where an error can still become one clear line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from alliancekit import __version__
from alliancekit.cli._console import Failure, complain, prepare_streams
from alliancekit.cli._lazy import LazyGroup
from alliancekit.errors import AllianceKitError

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


# Where each command is.
_COMMANDS: Final[Mapping[str, str]] = {
    "guide": "_guide",
    "check": "_check",
    "explain": "_check",
    "ratify": "_alliance",
    "status": "_alliance",
    "diff": "_diff",
    "merge": "_merge",
    "next": "_next",
    "calendar": "_calendar",
    "render": "_render",
    "import": "_intake",
    "gaps": "_intake",
    "banks": "_banks",
    "audit": "_audit",
    "schema": "_schema",
    "init": "_init",
}


@click.group(cls=LazyGroup, modules=_COMMANDS, context_settings=_SETTINGS)
@click.version_option(__version__, message="alliancekit %(version)s")
def cli() -> None:
    """Design a relationship: guiding questions, commitments, everyone's yes, and a rhythm to come back to it."""


def main(arguments: list[str] | None = None, **context: Any) -> int:
    """
    Run the command and return its exit code: 0 done, 1 findings or not finished, 2 wrong usage or our own fault.

    Args:
        arguments: What was typed after the name; None reads the process's own.
        context: Settings of the click context; ``obj`` may hold a `Clock` for tests.
    """
    prepare_streams()
    try:
        code = cli.main(arguments, prog_name="alliancekit", standalone_mode=False, **context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return complain("interrupted", 2)
    except click.ClickException as error:
        return _usage(error)
    except Failure as failure:
        return complain(str(failure), failure.code)
    except SystemExit:
        return 2  # whoever reads our output has gone: click has seen to it that nobody complains
    except AllianceKitError as error:
        return complain(str(error), 2)
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}" if error.filename else str(error), 2)
    except Exception as error:  # noqa: BLE001 - our own fault: one line, and never a traceback
        return complain(_fault(error), 2)
    return code if isinstance(code, int) else 0


def _fault(error: Exception) -> str:
    """Return what to report; the error's own words are left out, because they may hold somebody's private answer."""
    from traceback import extract_tb

    last = extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
    return f"this is a fault in alliancekit {__version__}; please report it: {place}"


def _usage(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "alliancekit"
    message = " ".join(error.format_message().split())
    return complain(f"{message} (see {command} --help)", 2)
