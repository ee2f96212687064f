"""
A document that was read: its plain value, and where in the text each part of it stands.

Readers of both formats build the same tree, so a finding finds its place without knowing the format.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, final

from alliancekit.documents._ink import written_at
from alliancekit.findings import Finding, Position, Span
from alliancekit.typing import Pointer
from alliancekit.values import tokens_of

__all__ = ["Node", "Tree"]

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")


@final
class Node:
    """
    A scalar or a collection, with its stretch of the text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character; of a block collection, after its last child.
        value: What it says, as plain data.
        style: ``plain``, ``'``, ``"``, ``|`` or ``>`` for scalars; ``block`` or ``flow`` for collections.
        keys: The keys of a mapping; None for everything else.
        items: The values of a mapping, or the entries of a list; None for a scalar.
        dashes: Offsets of the dashes of a block list.
    """

    __slots__ = ("_by_key", "dashes", "end", "items", "keys", "start", "style", "value")

    def __init__(self, start: int, end: int, value: Any, style: str) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.keys: list[Node] | None = None
        self.items: list[Node] | None = None
        self.dashes: Sequence[int] = ()
        self._by_key: dict[str, int] | None = None

    def child(self, token: str) -> tuple[Node | None, Node] | None:
        """Return the key (None in a list) and the value that *token* leads to, or None."""
        if self.items is None:
            return None
        if self.keys is not None:
            # Every finding asks, and a hostile file has thousands under one key.
            if self._by_key is None:
                self._by_key = {key.value: index for index, key in enumerate(self.keys)}
            index = self._by_key.get(token)
            return None if index is None else (self.keys[index], self.items[index])
        # Long digits would be a number that costs time to read; no list is that long.
        if re.fullmatch(r"0|[1-9][0-9]{0,9}", token) and int(token) < len(self.items):
            return None, self.items[int(token)]
        return None


@final
class Tree:
    """
    The plain tree of one document, with the place of every part.

    Attributes:
        text: The text that was read, without a byte order mark.
        value: Plain lists, dictionaries, texts, numbers, truth values and None; None when nothing could be read.
        findings: What is wrong with the text itself, placed, sorted by place.
        is_whole: Whether a value could be read; it can be, in spite of some findings (a duplicate key).
        is_tame: Whether no reader takes any part of the text for something else than this one does; where it is False,
            nobody has looked.
        left_out: Entries of mappings that are no part of the value, each with its key: the second of two equal keys.

    .. versionadded:: 0.1
    """

    __slots__ = (
        "__weakref__",
        "_line_starts",
        "_make_root",
        "_root",
        "findings",
        "is_tame",
        "is_whole",
        "left_out",
        "text",
        "value",
    )

    def __init__(
        self,
        text: str,
        value: Any,
        *,
        findings: Iterable[Finding] = (),
        is_whole: bool = True,
        is_tame: bool = False,
        root: Node | Callable[[], Node | None] | None = None,
        left_out: Iterable[tuple[Node, Node]] = (),
    ) -> None:
        self.text = text
        self.value = value
        self.is_whole = is_whole
        self.is_tame = is_tame
        self._root = root if isinstance(root, Node) else None
        self._make_root = None if isinstance(root, Node) else root
        self.left_out = tuple(left_out)
        self._line_starts: list[int] | None = None
        self.findings: tuple[Finding, ...] = by_place(findings)

    def __repr__(self) -> str:
        return f"Tree({len(self.text)} characters, {len(self.findings)} findings)"

    @property
    def root(self) -> Node | None:
        """The root node, found on first use; None when nothing could be read."""
        if self._root is None and self._make_root is not None:
            self._root, self._make_root = self._make_root(), None
        return self._root

    def position(self, offset: int) -> Position:
        """Return the line and column of the character at *offset*."""
        return position_in(self._starts, offset)

    def offset(self, position: Position) -> int:
        """Return the offset of the character at *position*; what is beyond the text is its end."""
        starts = self._starts
        return (
            min(starts[position.line - 1] + position.column - 1, len(self.text))
            if position.line <= len(starts)
            else len(self.text)
        )

    @property
    def _starts(self) -> list[int]:
        if self._line_starts is None:
            self._line_starts = line_starts(self.text)
        return self._line_starts

    def stretch(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(self.position(start), self.position(end))

    def span(self, pointer: Pointer, on_key: bool = False) -> Span:  # noqa: FBT001, FBT002 - reads as a flag of Finding
        """
        Return where the element at *pointer* stands.

        What does not exist is placed at its nearest ancestor that does: at that ancestor's key, or at its first line.

        Args:
            pointer: RFC 6901.
            on_key: Whether the key is meant and not the value.
        """
        node, key = self.root, None
        if node is None:
            return self.stretch(0, 0)
        missing = False
        for token in tokens_of(pointer):
            found = node.child(token)
            if found is None:
                missing = True
                break
            key, node = found
        if key is not None and (on_key or missing):
            return self.stretch(key.start, key.end)
        return self._first_line(node) if missing else self.stretch(node.start, node.end)

    def part(self, pointer: Pointer, start: int, end: int) -> Span | None:
        """
        Return where a part of the text at *pointer* stands; None where there is no such text.

        Args:
            pointer: RFC 6901.
            start: The offset of its first character in the value.
            end: The offset after its last character in the value.
        """
        node = self.root
        for token in tokens_of(pointer):
            found = node.child(token) if node else None
            node = found[1] if found else None
        if node is None or not isinstance(node.value, str):
            return None
        place = written_at(self.text[node.start : node.end], node.style, node.value, start, end)
        return self.stretch(node.start + place[0], node.start + place[1]) if place else None

    def _first_line(self, node: Node) -> Span:
        broken = _LINE_BREAK.search(self.text, node.start, node.end)
        return self.stretch(node.start, broken.start() if broken else node.end)

    def place(self, findings: Iterable[Finding], path: str | None = None) -> tuple[Finding, ...]:
        """
        Return *findings* with their path and span, sorted by place.

        Args:
            findings: Any; those that have a span keep it.
            path: The file, as it was named.
        """
        return by_place(f.with_place(path, f.span or self.span(f.pointer, f.on_key)) for f in findings)


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* sorted by place; those without one come first."""
    return tuple(sorted(findings, key=lambda f: ((f.line or 0), (f.column or 0))))


def line_starts(text: str) -> list[int]:
    """Return the offset of each line's first character."""
    return [0, *(m.end() for m in _LINE_BREAK.finditer(text))]


def position_in(starts: list[int], offset: int) -> Position:
    """Return the line and column of *offset*, where *starts* are the `line_starts` of its text."""
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)
