"""What an editor shows of our schemas: `yaml-language-server` is driven as an editor drives it."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.lsp import Editor, editor
from tests.node import needs_node
from tests.unit.cli.terminal import run

pytestmark = needs_node

NAME = "ours.alliance.yaml"
BROKEN = "broken.alliance.yaml"
BANK = "ours.bank.yaml"
CHANGES = {
    "kind: team": "kind: teem",
    "status: draft": "staus: draft",
    "frequency: weekly": "frequency: biweekly",
    "frequency: monthly": "frequency: quarterly",
    "reply_within_hours: 4": "reply_within_hours: soon",
}


def broken(text: str) -> str:
    for right, wrong in CHANGES.items():
        text = text.replace(right, wrong, 1)
    return text


@pytest.fixture(scope="module")
def open_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Open a folder in which `init` has just run; beside the agreement is a broken one, and a bank without modeline."""
    folder = tmp_path_factory.mktemp("agreements")
    assert run("init", folder).code == 0
    (folder / BROKEN).write_text(broken((folder / NAME).read_text()))
    (folder / BANK).write_text("alliancekit: bank/1\nid: Ours\ntitle: Ours\nlanguage: en\nprompts: {}\nsections: []\n")
    settings = json.loads((folder / ".vscode" / "settings.json").read_text())
    with editor(folder, settings["yaml.schemas"]) as opened:
        opened.open(NAME)
        yield opened


def place(opened: Editor, words: str, name: str = NAME) -> tuple[int, int]:
    """Return the line of *words*, and the column after them."""
    for number, line in enumerate((opened.folder / name).read_text().splitlines(), 1):
        if words in line:
            return number, line.index(words) + len(words) + 1
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("intention", "What it is for."),
        ("    known_b", "The observable evidence: how would we know we had that?"),
        ("    stuck_signa", "What others notice when the member is stuck."),
        ("      reply_within_hour", "Hours within which a reply can be counted on"),
    ],
)
def test_hover(words: str, said: str, open_editor: Editor) -> None:
    """Pointing at a key shows what it is for."""
    assert said in open_editor.hover(NAME, *place(open_editor, words))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("status: ", {"draft": "Not everyone has said yes yet.", "closed": "It has ended."}),
        (
            "    topic: ",
            {
                "conflict": "What happens when the members clash.",
                "repair": "What happens when an agreement was not kept.",
            },
        ),
        ("      frequency: ", {"weekly": "Every week, or every few weeks."}),
    ],
)
def test_words_to_choose_from(words: str, offered: dict[str, str], open_editor: Editor) -> None:
    """Behind a key that takes one of several words, each word is offered with what it means."""
    found = open_editor.complete(NAME, *place(open_editor, words))
    assert {word: found.get(word) for word in offered} == offered


def test_every_key_is_explained(open_editor: Editor) -> None:
    """No key of the first agreement is silent when it is pointed at."""
    lines = enumerate((open_editor.folder / NAME).read_text().splitlines(), 1)
    keys = [
        (number, len(line) - len(line.lstrip()) + 1, line) for number, line in lines if re.match(r" *\w[^#]*:", line)
    ]
    assert len(keys) > 80
    assert [line for number, column, line in keys if "\n\n" not in open_editor.hover(NAME, number, column)] == []


def test_keys(open_editor: Editor) -> None:
    """At the beginning of a key of a clause, the keys that it may have are offered with what they are for."""
    line, _ = place(open_editor, "    meets:")
    found = open_editor.complete(NAME, line, 5)
    assert {"meets", "due", "standing"} <= found.keys()
    assert found["due"] == "The day by which it is done once."
    assert not {"topic", "to"} & found.keys()  # another element's, and one that is there already


def test_nothing_is_wrong(open_editor: Editor) -> None:
    """The first agreement fits its schema."""
    assert open_editor.open(NAME) == []


def test_what_is_wrong(open_editor: Editor) -> None:
    """Each mistake is underlined in its line, in the words of the language server."""
    found = open_editor.open(BROKEN)
    lines = [place(open_editor, wrong.strip(), BROKEN)[0] for wrong in CHANGES.values()]
    assert sorted({one["range"]["start"]["line"] + 1 for one in found}) == sorted(lines)


def test_settings(open_editor: Editor) -> None:
    """A document without modeline gets its schema from the settings that `init` wrote, by its name."""
    assert [one["range"]["start"]["line"] for one in open_editor.open(BANK)] == [1]
