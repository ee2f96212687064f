"""
The nodes of a tame text, line by line: the same as those of the careful reader, in a tenth of its time.

A line of such a text is a key, an entry of a list, or both, and what it holds ends on it, but for blocks. Whatever does
not fit together, and whatever would be a finding, is None: then the careful reader has to look.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final, final

from alliancekit.documents._scalars import resolve
from alliancekit.documents._tree import Node

__all__ = ["read_lines"]

_KEY: Final = r"""(?P<key>"[^"\n]*"|'[^'\n]*'|[A-Za-z_][A-Za-z0-9_-]*)"""
_LINE: Final = re.compile(rf"(?P<indent> *)(?P<dash>- )?(?:{_KEY}:(?: +|(?=\n|\Z)))?(?P<rest>[^\n]*)(?:\n|\Z)")
_QUOTED: Final = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'"""
_TEXT: Final = re.compile(_QUOTED)
_IN_FLOW: Final = re.compile(
    rf" *(?:(?P<mark>[\[\]{{}},])|{_KEY}:(?= )|(?P<text>{_QUOTED}|[^,\[\]{{}}\n]*[^,\[\]{{}}\n ]))"
)
_BLOCK: Final = re.compile(r"(?P<indent> +)[^\n]*\n(?:(?P=indent)[^\n]*\n|\n)*")


class _Unfit(Exception):  # noqa: N818 - it is a jump, not an error
    """The lines do not fit together."""


def read_lines(text: str) -> Node | None:
    """Return the root of *text*, which is tame; None where it is no document, or not a sound one."""
    try:
        return _Lines(text).root()
    except _Unfit:
        return None


@final
class _Open:
    """A collection that is still open, and the key in it that has no value yet."""

    __slots__ = ("column", "dashes", "key", "node")

    def __init__(self, node: Node, column: int) -> None:
        self.node = node
        self.column = column
        self.key: Node | None = None
        self.dashes: list[int] = []
        node.dashes = self.dashes


@final
class _Lines:
    """Builds nodes from lines, one open collection on another, never by recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.top: Node | None = None

    def root(self) -> Node:
        at = 0
        while at < len(self.text):
            found = _LINE.match(self.text, at)
            if found is None:
                raise _Unfit
            at = found.end()
            rest = found["rest"]
            if found["dash"] is None and found["key"] is None:
                if rest and rest[0] != "#" and (rest != "---" or found.start()):
                    raise _Unfit
                continue
            self._place(found)
            if rest and rest[0] in "|>":
                at = self._block(found.start("rest"), at)
            elif rest and rest[0] != "#":
                self._add(self._value(found.start("rest"), rest))
        self._close(-1)
        if self.top is None:
            raise _Unfit
        return self.top

    def _place(self, found: re.Match[str]) -> None:
        """Find or open the collections to which a line belongs, and note its key."""
        column = len(found["indent"])
        start = found.start() + column
        if found["dash"] is not None:
            self._close(column)
            if not (self.stack and self.stack[-1].node.keys is None and self.stack[-1].column == column):
                self._open(_collection(start, "block", is_mapping=False), column)
            self.stack[-1].dashes.append(start)
            column, start = column + 2, start + 2
        if found["key"] is None:
            return
        self._close(column, is_key=True)
        if not (self.stack and self.stack[-1].node.keys is not None and self.stack[-1].column == column):
            node = _collection(start, "block", is_mapping=True)
            self._open(node, column, is_entry=found["dash"] is not None)
        self.stack[-1].key = self._key(found)

    def _key(self, found: re.Match[str]) -> Node:
        key = found["key"]
        style = key[0] if key[0] in "\"'" else "plain"
        return Node(found.start("key"), found.end("key"), key if style == "plain" else key[1:-1], style)

    def _open(self, node: Node, column: int, *, is_entry: bool = False) -> None:
        if self.stack:
            holder = self.stack[-1]
            # Only a key that waits for its value, or a dash on the same line, makes room for another collection.
            has_room = is_entry if holder.node.keys is None else holder.key is not None
            if not has_room or column < holder.column or (column == holder.column and node.keys is not None):
                raise _Unfit
        elif self.top is not None:
            raise _Unfit
        self.stack.append(_Open(node, column))

    def _close(self, column: int, *, is_key: bool = False) -> None:
        """Close the collections that stand deeper than *column*, and for a key the list at its own column."""
        while self.stack:
            last = self.stack[-1]
            is_list = last.node.keys is None
            if last.column < column or (last.column == column and not (is_key and is_list)):
                if last.column == column and last.key is not None and is_key:
                    self._add_nothing(last)
                return
            if last.key is not None:
                self._add_nothing(last)
            self.stack.pop()
            self._add(_closed(last.node))

    def _add_nothing(self, holder: _Open) -> None:
        assert holder.key is not None
        end = holder.key.end + 1
        self._add(Node(end, end, None, "plain"))

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.top = node
            return
        holder = self.stack[-1]
        _put(holder.node, holder.key, node)
        holder.key = None

    def _value(self, start: int, rest: str) -> Node:
        if rest[0] in "[{":
            return self._flow(start)
        if rest[0] in "\"'":
            found = _TEXT.match(self.text, start)
            if found is None:
                raise _Unfit
            return _scalar(start, found[0])
        comment = rest.find(" #")
        return _scalar(start, (rest if comment < 0 else rest[:comment]).rstrip(" "))

    def _flow(self, start: int) -> Node:
        holders: list[tuple[Node, Node | None]] = []
        key: Node | None = None
        at = start
        while (found := _IN_FLOW.match(self.text, at)) is not None:
            at = found.end()
            mark = found["mark"]
            if mark is None and found["key"] is not None:
                key = self._key(found)
                continue
            if mark == ",":
                continue
            if mark is not None and mark in "[{":
                holders.append((_collection(at - 1, "flow", is_mapping=mark == "{"), key))
                key = None
                continue
            if mark is None:
                node = _scalar(found.start("text"), found["text"])
            else:
                node, key = holders.pop()
                _closed(node).end = at
                if not holders:
                    return node
            _put(holders[-1][0], key, node)
            key = None
        raise _Unfit

    def _block(self, start: int, at: int) -> int:
        """Add the block whose sign is at *start* and whose lines begin at *at*, and return where they end."""
        found = _BLOCK.match(self.text, at)
        if found is None:
            raise _Unfit
        indent = len(found["indent"])
        lines = [line[indent:] for line in found[0].rstrip("\n").split("\n")]
        value = "\n".join(lines) if self.text[start] == "|" else _folded(lines)
        ending = "" if self.text[start + 1] == "-" else "\n"
        end = at + len(found[0].rstrip())
        self._add(Node(start, end, value + ending, self.text[start]))
        return found.end()


def _collection(start: int, style: str, *, is_mapping: bool) -> Node:
    node = Node(start, start, None, style)
    node.items, node.dashes = [], []
    node.keys = [] if is_mapping else None
    return node


def _put(holder: Node, key: Node | None, node: Node) -> None:
    assert holder.items is not None
    if holder.keys is not None:
        if key is None:
            raise _Unfit
        holder.keys.append(key)
    holder.items.append(node)


def _closed(node: Node) -> Node:
    assert node.items is not None
    if node.keys is None:
        node.value = [item.value for item in node.items]
    else:
        node.value = {key.value: item.value for key, item in zip(node.keys, node.items, strict=True)}
        if len(node.value) < len(node.keys):
            raise _Unfit
    if node.items:
        node.end = node.items[-1].end
    return node


def _scalar(start: int, raw: str) -> Node:
    style = raw[0] if raw[0] in "\"'" else "plain"
    value = _SAID[style](raw)
    return Node(start, start + len(raw), value, style)


# The escapes that a tame text may have are some of those of JSON, and say the same there.
_SAID: Final[dict[str, Callable[[str], Any]]] = {
    '"': lambda raw: json.loads(raw) if "\\" in raw else raw[1:-1],
    "'": lambda raw: raw[1:-1].replace("''", "'"),
    "plain": resolve,
}


def _folded(lines: list[str]) -> str:
    """Return what folded *lines* say: a line break is a space, and each empty line is a line break."""
    said = lines[0]
    for before, line in pairwise(lines):
        said += "\n" if not line else f" {line}" if before else line
    return said
