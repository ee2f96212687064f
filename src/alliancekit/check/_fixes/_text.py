"""What mends the text of a document: most of it is safe, because every reader then reads what ours did."""

from __future__ import annotations

import json
import re
from typing import Final

from alliancekit.check._fixes._edits import (
    Spot,
    is_same,
    meant,
    quoted,
    removed_lines,
    renamed,
    replaced,
    source,
    spot_of,
    unsafe,
)
from alliancekit.documents import Node, Tree
from alliancekit.findings import Edit, Finding, Fix

__all__ = ["duplicate_key", "syntax", "unknown_document", "unsupported_yaml", "yaml_trap"]

_HEADER: Final = re.compile(r"write '(\w+)' for '([^']+)'")
_SIMPLE: Final = re.compile(r"[A-Za-z0-9_.+-]+")


def yaml_trap(tree: Tree, finding: Finding) -> Fix | None:
    """Put a text in quotes; write a number in the one way in which all read the same."""
    spot = spot_of(tree, finding.pointer)
    node = spot and (spot.key if finding.on_key else spot.node)
    if node is None or node.items is not None:
        return None
    text = source(tree, node)
    if isinstance(node.value, str):
        new = quoted(text)
    elif type(node.value) in (int, float) and "e" not in (new := json.dumps(node.value)) and new != text:
        pass
    else:
        return None
    return Fix(message=f"write {new}", edits=(Edit(tree.stretch(node.start, node.end), new),), is_safe=True)


def duplicate_key(tree: Tree, finding: Finding) -> Fix | None:
    """Take out the second of two entries that say the same."""
    entry = _left_out(tree, finding)
    first = spot_of(tree, finding.pointer)
    if entry is None or first is None or first.holder is None or not is_same(first.node.value, entry[1].value):
        return None
    edit = _removed(tree, entry, first)
    return edit and Fix(message="take the second one out: it says the same", edits=(edit,), is_safe=True)


def _left_out(tree: Tree, finding: Finding) -> tuple[Node, Node] | None:
    if finding.span is None:
        return None
    start = tree.offset(finding.span.start)
    return next((entry for entry in tree.left_out if entry[0].start == start), None)


def _removed(tree: Tree, entry: tuple[Node, Node], first: Spot) -> Edit | None:
    key, item = entry
    if first.holder is not None and first.holder.style != "flow":
        return removed_lines(tree, key.start, item.end)
    comma = len(tree.text[: key.start].rstrip()) - 1
    if tree.text[comma] != "," or "#" in tree.text[comma : item.end]:
        return None
    return Edit(tree.stretch(comma, item.end), "")


def syntax(tree: Tree, finding: Finding) -> Fix | None:
    """Write a space before a comment that follows too closely."""
    if finding.span is None or not finding.message.startswith("a comment follows without a space"):
        return None
    at = tree.offset(finding.span.start)
    if not tree.is_whole or tree.text[at : at + 1] != "#":
        return None
    return Fix(message="write a space before #", edits=(Edit(tree.stretch(at, at), " "),), is_safe=True)


def unsupported_yaml(tree: Tree, finding: Finding) -> Fix | None:
    """Put a key in quotes that is no text."""
    entry = _left_out(tree, finding)
    if entry is None or not finding.message.startswith("a key must be text"):
        return None
    text = source(tree, entry[0])
    if not _SIMPLE.fullmatch(text):
        return None
    return unsafe(f"write {quoted(text)}", Edit(tree.stretch(entry[0].start, entry[0].end), quoted(text)))


def unknown_document(tree: Tree, finding: Finding) -> Fix | None:
    """Write the header that was meant, or its key."""
    if (name := meant(finding)) and (spot := spot_of(tree, finding.pointer)):
        return unsafe(f"write {name}", replaced(tree, spot.node, name))
    if (found := _HEADER.search(finding.hint)) and tree.root is not None and (child := tree.root.child(found[2])):
        return unsafe(f"rename it to {found[1]}", renamed(tree, Spot(child[1], child[0], tree.root), found[1]))
    return None
