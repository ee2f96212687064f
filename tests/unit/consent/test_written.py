"""A digest is of what is said: however a document is written, it comes to the same."""

import pytest

from alliancekit import dumps, loads
from alliancekit.consent import diff, digest
from alliancekit.model import Alliance

HEAD = """\
alliancekit: alliance/1
id: ana-ben
kind: one-to-one
title: Ana and Ben
members:
  ana: {name: Ana}
  ben: {name: Ben}
ground_rules:
  cool-off:
"""
PLAIN = f"{HEAD}    text: We stop, and go on the next day.\n"
# Texts that read the same, or do so once they are trimmed.
STYLES = {
    "single quotes": f"{HEAD}    text: 'We stop, and go on the next day.'\n",
    "double quotes": f'{HEAD}    text: "We stop, and go on the n\\x65xt day."\n',
    "folded": f"{HEAD}    text: >\n      We stop, and go\n      on the next day.\n",
    "folded, stripped": f"{HEAD}    text: >-\n      We stop,\n      and go on the next day.\n",
    "literal": f"{HEAD}    text: |\n      We stop, and go on the next day.\n",
    "literal, kept": f"{HEAD}    text: |+\n      We stop, and go on the next day.\n\n",
    "over two lines": f"{HEAD}    text: We stop, and go\n      on the next day.\n",
    "comments": f"# Ours.\n{PLAIN}    # And no more.\n",
    "line ends of Windows": PLAIN.replace("\n", "\r\n"),
    "a flow mapping": f"{HEAD.removesuffix(chr(10))} {{text: 'We stop, and go on the next day.'}}\n",
    "a default": f"{PLAIN}    topic: other\n",
}


def digests(text: str) -> list[str]:
    value = loads(text, Alliance)
    return [digest(value, member) for member in value.present()]


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    """Quoted, folded, literal and plain texts that read the same have one digest, and nobody agrees again."""
    assert digests(STYLES[style]) == digests(PLAIN)
    assert not diff(loads(PLAIN, Alliance), loads(STYLES[style], Alliance)).consents_again


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_formats(form: str) -> None:
    """YAML and JSON come to the same digests, and nothing differs between them."""
    text = dumps(loads(PLAIN, Alliance), format="json") if form == "json" else dumps(loads(PLAIN, Alliance))
    assert digests(text) == digests(PLAIN)
    assert diff(loads(PLAIN, Alliance), loads(text, Alliance)).is_empty


def test_another_text_is_another() -> None:
    """One other character is another digest, and so is a line break within a text."""
    assert digests(PLAIN.replace("next day.", "next day!")) != digests(PLAIN)
    assert digests(f"{HEAD}    text: |\n      We stop, and go\n      on the next day.\n") != digests(PLAIN)
