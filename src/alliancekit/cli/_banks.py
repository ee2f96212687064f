"""``banks``: the banks and flows at hand, and the group of what one does with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from alliancekit import library
from alliancekit.cli._console import say
from alliancekit.cli._lazy import LazyGroup

# Where each command of the group is.
_COMMANDS: Final[Mapping[str, str]] = {"coverage": "_banks_translations", "stamp": "_banks_translations"}


@click.group(cls=LazyGroup, modules=_COMMANDS, invoke_without_command=True)
@click.pass_context
def banks(context: click.Context) -> int:
    """
    List the banks and flows at hand.

    Exit code: 0 listed, 2 wrong usage.
    """
    if context.invoked_subcommand is None:
        for name in library.bank_names():
            say(f"bank  {name}")
        for name in library.flow_names():
            say(f"flow  {name}")
    return 0
