"""The reference pages about commands and Python names miss nothing and invent nothing."""

import re

import click
import pytest

import alliancekit
from alliancekit.cli._main import cli
from tests.docs import api
from tests.shared import ROOT

COMMANDS = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
CONTEXT = click.Context(cli, info_name="alliancekit")
SECTIONS = dict(re.findall(r"^## (\S.*)\n((?s:.*?))(?=^## |\Z)", COMMANDS, re.MULTILINE))


def commands(group: click.Group = cli, before: str = "") -> dict[str, click.Command]:
    """Return the commands of *group* by what one types, those of a group in it behind its own name."""
    found: dict[str, click.Command] = {}
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        assert command is not None
        found[f"{before}{name}"] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
    return found


KNOWN = commands()


class TestApi:
    """docs/reference/api.md."""

    def test_every_name(self) -> None:
        """Every public name of `alliancekit` has its row."""
        assert sorted(api.names()) == sorted(alliancekit.__all__)

    def test_page(self) -> None:
        """What the page says is what the docstrings say."""
        made = "docs/reference/api.md differs from the docstrings: run python -m tests.docs.api"
        assert api.PAGE.read_text(encoding="utf-8") == api.page(), made

    def test_nothing_is_empty(self) -> None:
        """Every name has a word said about it."""
        assert [line for line in api.page().splitlines() if line.endswith("|  |")] == []


class TestCommands:
    """docs/reference/commands.md."""

    def test_every_command(self) -> None:
        """There is a section for each command, in the order of the help, and none for anything else."""
        assert list(SECTIONS) == list(KNOWN)

    @pytest.mark.parametrize("name", KNOWN)
    def test_every_option(self, name: str) -> None:
        """A section's table has the options of its command, all of them and no other."""
        known = {
            option
            for one in KNOWN[name].params
            if isinstance(one, click.Option)
            for option in (*one.opts, *one.secondary_opts)
        }
        rows = [line.split("|")[1] for line in SECTIONS[name].splitlines() if line.startswith("| `-")]
        assert {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", row)} == known

    @pytest.mark.parametrize("name", KNOWN)
    def test_usage(self, name: str) -> None:
        """A section shows the command with its arguments, and says its exit codes."""
        shown = SECTIONS[name]
        arguments = [one.make_metavar(CONTEXT) for one in KNOWN[name].params if isinstance(one, click.Argument)]
        line = next(line for line in shown.splitlines() if line.startswith(f"`alliancekit {name} "))
        assert [one for one in arguments if one not in line] == []
        assert "Exit codes: 0" in shown
