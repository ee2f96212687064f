"""Where the comments of a document are: a `#` inside a text is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from alliancekit.documents._tree import Node, Tree

__all__ = ["comments_in"]

_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)


def comments_in(tree: Tree) -> Iterator[tuple[int, int]]:
    """
    Yield the comments of *tree*, each from its `#` to the end of its line, as offsets; none in JSON, which has none.

    .. versionadded:: 0.1
    """
    at = 0
    for start, end in _texts(tree):
        yield from _between(tree.text, at, start)
        at = end
    yield from _between(tree.text, at, len(tree.text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _COMMENT.finditer(text, start, end))


def _texts(tree: Tree) -> list[tuple[int, int]]:
    """Return the stretches of all scalars in order; of a block text without its first line, which may have a comment."""
    if tree.root is None:
        return [(0, len(tree.text))]
    waiting: list[Node] = [tree.root, *(node for entry in tree.left_out for node in entry)]
    found: list[tuple[int, int]] = []
    while waiting:
        node = waiting.pop()
        if node.items is not None:
            waiting += node.items
            waiting += node.keys or ()
        elif node.style in ("|", ">"):
            below = tree.text.find("\n", node.start, node.end)
            found.append((node.end if below < 0 else below, node.end))
        else:
            found.append((node.start, node.end))
    return sorted(found)
