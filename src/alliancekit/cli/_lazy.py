"""A group whose commands are imported when they are called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click


class LazyGroup(click.Group):
    """
    A group of which each command waits in its own module, so that none waits for what another needs.

    Args:
        modules: The module of each command, in the order of the help; the command has there the name that it is called by,
            with an underscore behind it where Python keeps that word for itself.
        given: What click takes for a group.
    """

    def __init__(self, *, modules: Mapping[str, str], **given: Any) -> None:
        super().__init__(**given)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command of that name; a name that none has is answered with the nearest."""
        if cmd_name not in self.modules:
            raise click.exceptions.NoSuchCommand(cmd_name, possibilities=self.modules, ctx=ctx)
        attribute = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found: click.Command = getattr(import_module(f"alliancekit.cli.{self.modules[cmd_name]}"), attribute)
        return found
