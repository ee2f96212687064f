"""Random edits of random commented documents: the new value is there, and nothing else has moved."""

# ruff: noqa: SIM102 - random edits that can be repeated

from __future__ import annotations

import json
import re
from random import Random

import pytest

from alliancekit.documents import Tree, read_tree, splice, write_json
from alliancekit.errors import EditRefusedError
from alliancekit.findings import Position
from alliancekit.values import pointer_of
from tests.property.commented import Edit, Scribe, make_edit, places
from tests.property.plain_data import same

COMMENT = re.compile(r"# c\d+\.")
ROUNDS = 400


def touched_lines(tree: Tree, edit: Edit) -> tuple[int, int]:
    """Return the first and the last line that *edit* may change, worked out from the old text alone."""
    lines = tree.text.split("\n")
    path = edit.path
    if edit.kind == "remove":
        if len(path) > 1 and len(node_at(tree, path[:-1]).value) == 1:
            # The last entry goes, and brackets come in the place of all.
            path = path[:-1]
    for length in range(1, len(path) + 1):
        # Brackets and braces are one part.
        node = node_at(tree, path[:length])
        if node.style == "flow":
            break
    pointer = pointer_of(*path[:length])
    first = min(line_of(tree.span(pointer).start), line_of(tree.span(pointer, on_key=True).start))
    last = line_of(tree.span(pointer).end)
    if isinstance(path[length - 1], int) and node.start == node.end:
        first -= 1
    indent = len(lines[first]) - len(lines[first].lstrip(" -"))
    below = last + 1
    while below < len(lines):
        text = lines[below].strip()
        if text and not text.startswith("#"):
            break
        if text and len(lines[below]) - len(lines[below].lstrip()) > min(
            indent, len(lines[first]) - len(lines[first].lstrip(" "))
        ):
            last = below
        below += 1
    return first, last


def line_of(position: Position) -> int:
    return position.line - 1


def node_at(tree: Tree, path: tuple[str | int, ...]):  # type: ignore[no-untyped-def]
    node = tree.root
    assert node is not None
    for token in path:
        found = node.child(str(token))
        assert found is not None
        node = found[1]
    return node


@pytest.mark.parametrize("part", range(4))
def test_an_edit_changes_only_the_lines_that_it_must(part: int) -> None:
    """The result says the new value; every line outside the edited part, and every comment there, is as it was."""
    refused = 0
    for seed in range(part * ROUNDS, (part + 1) * ROUNDS):
        random = Random(seed)
        text = Scribe(random).document()
        tree = read_tree(text, format="yaml")
        edit = make_edit(random, tree.value)
        try:
            new = splice(text, edit.wanted, format="yaml")
        except EditRefusedError:
            refused += 1
            continue
        assert same(read_tree(new, format="yaml").value, edit.wanted), seed
        check_lines(text, new, tree, edit, seed)
    assert refused <= ROUNDS // 200


def check_lines(text: str, new: str, tree: Tree, edit: Edit, seed: int) -> None:
    assert new.endswith("\n") or not text.endswith("\n"), seed
    assert "\r\n" not in text or not re.search(r"(?<!\r)\n", new), seed
    old_lines, new_lines = (one.removeprefix("\ufeff").split("\n") for one in (text, new))
    if edit.kind in ("set", "remove"):
        first, last = touched_lines(tree, edit)
        assert new_lines[:first] == old_lines[:first], seed
        if edit.kind == "remove" and "- " in old_lines[first]:
            # What stood below the removed entry moves up behind its dash.
            last += 1
        rest = old_lines[last + 1 :]
        assert not rest or [*new_lines[-len(rest) :]] == rest, seed
    else:
        assert set(COMMENT.findall(text)) <= set(COMMENT.findall(new)), seed
        first, last = touched_lines(tree, edit)
        assert new_lines[:first] == old_lines[:first], seed


def test_an_equal_value_gives_the_identical_text() -> None:
    """No change, no byte: whatever the style."""
    for seed in range(150):
        text = Scribe(Random(seed)).document()

        assert splice(text, read_tree(text, format="yaml").value, format="yaml") == text


def test_many_edits_at_once_arrive_together() -> None:
    """Several changes of one document are written in one go."""
    refused = 0
    for seed in range(250):
        random = Random(seed)
        text = Scribe(random).document()
        value = read_tree(text, format="yaml").value
        for _ in range(random.randrange(2, 6)):
            if places(value):
                value = make_edit(random, value).wanted
        try:
            assert same(read_tree(splice(text, value, format="yaml"), format="yaml").value, value), seed
        except EditRefusedError:
            refused += 1
    assert refused <= 2


def test_json_is_edited_in_place_too() -> None:
    """Random edits of JSON, pretty and compact, arrive, and lines before the change stay as they were."""
    for seed in range(400):
        random = Random(seed)
        value = read_tree(Scribe(random).document(), format="yaml").value
        text = write_json(value) if seed % 2 else json.dumps(value)
        edit = make_edit(random, value)

        new = splice(text, edit.wanted, format="json")

        assert same(json.loads(new), edit.wanted), seed
        assert new.endswith("\n") == text.endswith("\n")
