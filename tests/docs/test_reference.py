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
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL))


def command(name: str) -> click.Command:
    found = cli.get_command(CONTEXT, name)
    assert found is not None
    return found


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
        assert list(SECTIONS) == cli.list_commands(CONTEXT)

    @pytest.mark.parametrize("name", cli.list_commands(CONTEXT))
    def test_every_option(self, name: str) -> None:
        """A section's table has the options of its command, all of them and no other."""
        known = {
            option
            for one in command(name).params
            if isinstance(one, click.Option)
            for option in (*one.opts, *one.secondary_opts)
        }
        rows = [line.split("|")[1] for line in SECTIONS[name].splitlines() if line.startswith("| `-")]
        assert {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", row)} == known

    @pytest.mark.parametrize("name", cli.list_commands(CONTEXT))
    def test_usage(self, name: str) -> None:
        """A section shows the command with its arguments, and says its exit codes."""
        shown = SECTIONS[name]
        arguments = [one.make_metavar(CONTEXT) for one in command(name).params if isinstance(one, click.Argument)]
        line = next(line for line in shown.splitlines() if line.startswith(f"`alliancekit {name} "))
        assert [one for one in arguments if one not in line] == []
        assert "Exit codes: 0" in shown
