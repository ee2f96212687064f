"""
The text of an alliance cut into pieces of whole lines, one for each unit of merging.

Every line belongs to exactly one piece, so the pieces in their order are the text. A comment above an entry belongs to
it, and so does one below it that is indented further than it; a comment behind the last entry belongs to the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from alliancekit.documents import Node, Tree
from alliancekit.model import Alliance, Cadence
from alliancekit.shapes import Table, Wired, shape_of
from alliancekit.values import is_mapping

__all__ = ["ELEMENTS", "RESPONSES", "Elements", "Piece", "answer_name", "cut", "shifted"]

Elements: TypeAlias = Mapping[str, Any]
"""The keys that hold units, each with such keys inside it."""

RESPONSES: Final = "responses"


def _elements(cls: type[Wired]) -> dict[str, Any]:
    return {one.key: {} for one in shape_of(cls).fields.values() if isinstance(one.shape, Table)}


ELEMENTS: Final[Elements] = {**_elements(Alliance), "cadence": _elements(Cadence), RESPONSES: {}}

_COLON: Final = re.compile(r"[ \t]*:[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
_KEEPS_LINES: Final = re.compile(r"[|>][0-9]?\+")


@final
@frozen
class Piece:
    """
    A unit, or an element with its units, as whole lines.

    Attributes:
        key: Its key; of an answer that is kept, its name.
        column: Where it begins in its lines.
        above: The comments and empty lines above it.
        text: Its own lines; of an element, the line of its key.
        parts: What is in an element; None for a unit.
        below: The comments behind the last part.
    """

    key: str
    column: int
    above: str
    text: str
    parts: tuple[Piece, ...] | None = None
    below: str = ""

    @property
    def body(self) -> str:
        """All its lines but those above it."""
        parts = "".join(f"{part.above}{part.body}" for part in self.parts or ())
        return f"{self.text}{parts}{self.below}"

    def whole(self) -> Piece:
        """Return it as one piece, whatever is in it."""
        return Piece(self.key, self.column, self.above, self.body)


def shifted(text: str, by: int) -> str:
    """Return *text* with every line moved to the right *by* columns; to the left where it is negative."""
    if by == 0:
        return text
    if by > 0:
        return re.sub(r"^(?=[^\n])", " " * by, text, flags=re.MULTILINE)
    return re.sub(rf"^ {{1,{-by}}}", "", text, flags=re.MULTILINE)


def answer_name(answer: object) -> str:
    """Return what an answer that is kept is called among the units; empty where it is none."""
    if not is_mapping(answer) or not isinstance(answer.get("prompt"), str):
        return ""
    return "/".join(str(answer.get(key) or "") for key in ("prompt", "by", "for")).rstrip("/")


def cut(tree: Tree) -> Piece | None:
    """
    Return the pieces of a document whose lines end in line feeds, the last one too.

    None where its entries have no lines of their own: in JSON, and within brackets and braces.
    """
    root = tree.root
    if root is None or root.style != "block" or root.keys is None or not tree.text.endswith("\n"):
        return None
    found = _Knife(tree.text).inside(root, 0, len(tree.text), ELEMENTS)
    if found is None:
        return None
    parts, below = found
    first, *rest = parts
    # What is above the first entry is about the document, and stays where it is.
    head = Piece(first.key, first.column, "", first.text, first.parts, first.below)
    return Piece("", 0, first.above, "", (head, *rest), below)


@final
class _Knife:
    """Finds where the entries of one text begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text

    def inside(self, node: Node, start: int, end: int, elements: Elements) -> tuple[tuple[Piece, ...], str] | None:
        """Return the pieces of *node*, whose lines go from *start* to *end*, and what is behind them."""
        places = list(self._places(node))
        pieces: list[Piece] = []
        at = start
        for key, mark, item, stop in places:
            begin = self._line(mark)
            if not key or self.text[begin:mark].strip(" "):
                return None
            below = self._bottom(item, stop, mark - begin)
            above, at = self.text[at:begin], below
            bare = Piece(key, mark - begin, above, self.text[begin:below])
            pieces.append(self._opened(bare, begin, item, elements) or bare)
        names = {piece.key for piece in pieces}
        return (tuple(pieces), self.text[at:end]) if len(names) == len(pieces) > 0 else None

    def _places(self, node: Node) -> Iterator[tuple[str, int, Node, int]]:
        """Yield the entries of *node*: key, where it begins, what it holds, and the end of its last word."""
        items: Sequence[Node] = node.items or ()
        if node.keys is not None:
            for key, item in zip(node.keys, items, strict=True):
                is_plain = self.text[self._line(key.start) : key.start].strip(" ") == ""
                yield str(key.value) if is_plain else "", key.start, item, max(item.end, key.end + 1)
        else:
            for dash, item in zip(node.dashes, items, strict=True):
                yield answer_name(item.value), dash, item, max(item.end, dash + 1)

    def _opened(self, bare: Piece, begin: int, item: Node, elements: Elements) -> Piece | None:
        """Return *bare*, which begins at *begin* and holds *item*, with the units that are in it."""
        head = self._below(begin)
        is_fit = item.style == "block" and item.start >= head and (item.keys is None) == (bare.key == RESPONSES)
        if bare.key not in elements or not is_fit or not self._is_headed(begin, head):
            return None
        found = self.inside(item, head, begin + len(bare.text), elements[bare.key])
        return found and Piece(bare.key, bare.column, bare.above, self.text[begin:head], *found)

    def _is_headed(self, begin: int, end: int) -> bool:
        line = self.text[begin:end]
        colon = line.find(":")
        return colon >= 0 and _COLON.match(line, colon) is not None

    def _line(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _below(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _bottom(self, item: Node, stop: int, column: int) -> int:
        """Return the begin of the line below an entry at *column* that ends at *stop*, its own comments included."""
        bottom = here = self._below(stop)
        keeps = _keeps_lines(item, self.text)
        while here < len(self.text):
            below = self._below(here)
            line = self.text[here:below].rstrip("\r\n")
            if line.strip(" \t"):
                if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
                    break
                bottom, keeps = below, False
            elif keeps:
                bottom = below
            here = below
        return bottom


def _keeps_lines(node: Node, text: str) -> bool:
    """Return whether empty lines below *node* are a part of its last text."""
    while node.items:
        node = node.items[-1]
    return _KEEPS_LINES.match(text, node.start) is not None
