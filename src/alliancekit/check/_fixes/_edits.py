"""Finding a part of a document again, and the smallest changes to its text: what fixes are made of."""

from __future__ import annotations

import json
import re
from typing import Final, final

from attrs import frozen

from alliancekit.documents import Node, Tree
from alliancekit.findings import Edit, Finding, Fix
from alliancekit.typing import Pointer
from alliancekit.values import tokens_of

__all__ = [
    "Spot",
    "is_same",
    "meant",
    "quoted",
    "removed_entry",
    "removed_item",
    "renamed",
    "replaced",
    "source",
    "spot_of",
    "unsafe",
]

_MEANT: Final = re.compile(r"did you mean '([^']+)'\?")
# What every reader takes for a text, and for this one.
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_/+-]*")
_TRAPS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@final
@frozen
class Spot:
    """
    A part of a document, with what it is in.

    Attributes:
        node: The part.
        key: Its key; None for an entry of a list, and for the document itself.
        holder: The collection that it is in; None for the document itself.
        index: Which entry of that it is.
    """

    node: Node
    key: Node | None = None
    holder: Node | None = None
    index: int = 0


def spot_of(tree: Tree, pointer: Pointer) -> Spot | None:
    """Return the part at *pointer*; None where there is none."""
    if tree.root is None:
        return None
    spot = Spot(tree.root)
    for token in tokens_of(pointer):
        found = spot.node.child(token)
        if found is None:
            return None
        key, node = found
        items = spot.node.items or ()
        index = int(token) if key is None else next(at for at, one in enumerate(items) if one is node)
        spot = Spot(node, key, spot.node, index)
    return spot


def source(tree: Tree, node: Node) -> str:
    """Return how *node* is written."""
    return tree.text[node.start : node.end]


def meant(finding: Finding) -> str:
    """Return what the hint of *finding* says was meant; empty when it says nothing of that."""
    found = _MEANT.search(finding.hint)
    return found[1] if found else ""


def is_same(one: object, other: object) -> bool:
    """Return whether two plain values are equal and of the same types."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def unsafe(message: str, *edits: Edit | None) -> Fix | None:
    """Return a fix that is for a person to look at; None where one of its *edits* cannot be made."""
    whole = tuple(edit for edit in edits if edit is not None)
    return Fix(message=message, edits=whole) if len(whole) == len(edits) else None


def quoted(text: str) -> str:
    """Return *text* in double quotes, as both formats read it."""
    return json.dumps(text, ensure_ascii=False)


def replaced(tree: Tree, node: Node, text: str) -> Edit | None:
    """Return the edit after which *node* says *text*, in the quotes that it had; None for a collection or a block text."""
    if node.items is not None or node.style in ("|", ">") or node.start == node.end:
        return None
    if node.style == "'" and "'" not in text:
        new = f"'{text}'"
    elif node.style == "plain" and _PLAIN.fullmatch(text) and text.casefold() not in _TRAPS:
        new = text
    else:
        new = quoted(text)
    return Edit(tree.stretch(node.start, node.end), new)


def renamed(tree: Tree, spot: Spot, name: str) -> Edit | None:
    """Return the edit that renames the key of *spot*; None where there is such a key already."""
    if spot.key is None or spot.holder is None or spot.holder.child(name) is not None:
        return None
    return replaced(tree, spot.key, name)


def removed_entry(tree: Tree, spot: Spot) -> Edit | None:
    """Return the edit that takes an entry out of its mapping; None where a comment would go, or nothing would be left."""
    if spot.key is None or spot.holder is None or len(spot.holder.items or ()) < 2:
        return None
    if spot.holder.style == "flow":
        return _between(tree, spot, spot.holder.keys or [])
    return removed_lines(tree, spot.key.start, spot.node.end)


def removed_item(tree: Tree, spot: Spot) -> Edit | None:
    """Return the edit that takes an entry out of its list; None where a comment would go, or nothing would be left."""
    if spot.holder is None or spot.holder.keys is not None or len(spot.holder.items or ()) < 2:
        return None
    if spot.holder.style == "flow":
        return _between(tree, spot, spot.holder.items or [])
    return removed_lines(tree, spot.holder.dashes[spot.index], spot.node.end)


def _between(tree: Tree, spot: Spot, starts: list[Node]) -> Edit | None:
    """Return the edit that takes out an entry in brackets, with the comma that parts it from its neighbour."""
    items = spot.holder.items if spot.holder else None
    assert items is not None
    if spot.index:
        return _cut(tree, items[spot.index - 1].end, spot.node.end)
    return _cut(tree, starts[0].start, starts[1].start)


def removed_lines(tree: Tree, start: int, end: int) -> Edit | None:
    """Return the edit that takes out whole lines; None where something else, or a comment, is on them."""
    first = tree.text.rfind("\n", 0, start) + 1
    last = tree.text.find("\n", end)
    last = len(tree.text) if last < 0 else last + 1
    if tree.text[first:start].strip(" ") or tree.text[end:last].strip():
        return None
    if last == len(tree.text) and not tree.text.endswith("\n"):
        first = len(tree.text[:first].removesuffix("\n").removesuffix("\r"))
    return _cut(tree, first, last)


def _cut(tree: Tree, start: int, end: int) -> Edit | None:
    # A number sign inside a text is no comment; but nothing of this kind is worth a comment that is lost.
    return None if "#" in tree.text[start:end] else Edit(tree.stretch(start, end), "")
