"""
The clauses of real agreements by others, and what the wording rules say of them.

Nobody chose among them: what is a clause is said by `clauses` alone. ``python -m tests.survey.agreements`` prints what
``docs/explanation/wording.md`` states.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from attrs import frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token

from alliancekit import check
from tests.shared import SHARED

FOLDER = SHARED / "agreements"
WORDING = ("vague-wording", "weasel-wording", "absolute-wording", "bare-adjective", "negative-only", "compound-clause")

# What a member is good at, and wants to learn: "Ada: CSS".
_ABOUT_A_PERSON = re.compile(r"[A-Z]\w+(?: [A-Z]\w*)?:")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_BOARDS = ("Team Guiding Principals", "Team Agreement")


@frozen
class Told:
    """What one rule says of one clause."""

    file: str
    clause: str
    rule: str
    message: str


def clauses(path: Path) -> list[str]:
    """
    Return the clauses of an agreement, in order.

    Of Markdown each bullet is one, and each sentence of a paragraph; not the headings, the questions of a form (what
    comes after its question mark is the answer), what stands before the first heading below the title, what is a link
    and nothing else, and what is about a person. Of the charter it is the notes on two boards.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return [note for board in json.loads(text)["boards"] if board["title"] in _BOARDS for note in board["notes"]]
    return [one for written in _written(MarkdownIt().parse(text)) if (one := _answer(written))]


def _written(tokens: list[Token]) -> Iterator[str]:
    headings = depth = 0
    for before, token in pairwise(tokens):
        headings += before.type == "heading_open"
        depth += (before.type == "list_item_open") - (before.type == "list_item_close")
        if token.type != "inline" or before.type == "heading_open" or headings < 2 or _is_link(token):
            continue
        text = " ".join(token.content.split())
        if not _ABOUT_A_PERSON.match(text):
            yield from [text] if depth else _SENTENCE.split(text)


def _is_link(token: Token) -> bool:
    kinds = [one.type for one in token.children or ()]
    return kinds[:1] == ["link_open"] and kinds[-1:] == ["link_close"]


def _answer(text: str) -> str:
    return text.rpartition("?")[2].strip()


def told(path: Path) -> list[Told]:
    """Return what the wording rules say of the agreement at *path*, by clause and then by rule."""
    texts = {f"c{number}": text for number, text in enumerate(clauses(path))}
    rules = {key: {"topic": "other", "text": text} for key, text in texts.items()}
    document = {"alliancekit": "alliance/1", "id": "real", "kind": "team", "ground_rules": rules}
    found = [one for one in check.check_text(json.dumps(document)) if one.rule in WORDING]
    return [Told(path.name, texts[one.pointer.split("/")[2]], one.rule, one.message) for one in found]


def paths() -> list[Path]:
    """Return the agreements, in the order of their names."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in {".json", ".md"})


if __name__ == "__main__":
    every = [one for path in paths() for one in told(path)]
    print(sum(len(clauses(path)) for path in paths()), Counter(one.rule for one in every))  # noqa: T201 - it is a script
    for number, one in enumerate(every, 1):
        print(number, one.file, "|", one.clause, "|", one.rule, "|", one.message)  # noqa: T201
