"""What reads our reports, written from what the readers do and not from what we write."""

import re

from attrs import frozen

# How GitHub's runner reads a property, and a message, of a command.
_PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
# What makes some build runner take a line of a log for a command.
OBEYED = re.compile(r"^\s*::|##[\w.-]*\[")


@frozen
class Command:
    """
    A workflow command, as the runner takes it from one line.

    Attributes:
        name: Which it is.
        properties: Its properties.
        message: What it says.
    """

    name: str
    properties: dict[str, str]
    message: str


def command_of(line: str) -> Command:
    """Return the command that the runner finds in *line*."""
    assert line.lstrip().startswith("::"), line
    head, found, message = line.lstrip()[2:].partition("::")
    assert found, line
    name, _, rest = head.partition(" ")
    pairs = [one.partition("=") for one in rest.split(",") if one]
    return Command(name, {key: _read(value, _PROPERTY) for key, _, value in pairs}, _read(message, _DATA))


def _read(text: str, codes: dict[str, str]) -> str:
    for code, character in codes.items():  # the per cent sign is the last, so that nothing is read twice
        text = text.replace(code, character)
    return text
