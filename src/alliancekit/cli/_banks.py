"""``banks``: the banks and flows at hand, and the group of what one does with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import click

from alliancekit import library
from alliancekit.check import json_text
from alliancekit.cli._console import FINDINGS, say
from alliancekit.cli._lazy import LazyGroup

# Where each command of the group is.
_COMMANDS: Final[Mapping[str, str]] = {"coverage": "_banks_translations", "stamp": "_banks_translations"}


@click.group(cls=LazyGroup, modules=_COMMANDS, invoke_without_command=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def banks(context: click.Context, form: str) -> int:
    """
    List the banks and flows at hand, built in and from installed packs.

    Exit code: 0 listed, 1 something is wrong with a pack, 2 wrong usage.
    """
    if context.invoked_subcommand is not None:
        if form == "json":
            raise click.UsageError(f"write --format behind {context.invoked_subcommand}")
        return 0
    found = library.offers()
    if form == "json":
        click.echo(json_text(_plain(found)), nl=False)
    else:
        for line in _told(found):
            say(line)
    return FINDINGS if found.problems else 0


def _plain(found: library.Offers) -> dict[str, Any]:
    return {
        "offers": [
            {
                "kind": one.kind,
                "name": one.name,
                "id": one.id,
                "title": one.title,
                "languages": list(one.languages),
                "pack": one.pack or None,
                "package": one.package or None,
                "version": one.version or None,
            }
            for one in (*found.banks, *found.flows)
        ],
        "problems": [
            {
                "pack": one.pack,
                "package": one.package or None,
                "version": one.version or None,
                "file": one.file or None,
                "line": one.line,
                "message": one.message,
                "hint": one.hint or None,
            }
            for one in found.problems
        ],
    }


def _told(found: library.Offers) -> Iterator[str]:
    """Yield a line for each bank, flow and problem; titles stand last, for nobody knows how wide they are."""
    listed = (*found.banks, *found.flows)
    rows = [(one.kind, one.name, ", ".join(one.languages), _from(one)) for one in listed]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row, one in zip(rows, listed, strict=True):
        columns = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield f"{columns}  {one.title}"
    for problem in found.problems:
        yield f"problem: {problem}"


def _from(one: library.Offer) -> str:
    package = f" ({one.package} {one.version})" if one.package else ""
    return f"{one.pack}{package}" if one.pack else "built in"
