"""
YAML that means what JSON means: our own composer over the event stream of a parser.

No constructor, resolver or round-trip loader of the parser is used: each was seen to hang, to crash or to change text.
Here the limits are held while events come in, and everything that the parser raises ends at this boundary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final, NoReturn, final

from alliancekit.documents._notes import Notes, StopReading, same_key
from alliancekit.documents._scalars import resolve
from alliancekit.documents._slips import Slip, no_break_space, open_quote
from alliancekit.documents._tree import Node, Tree
from alliancekit.documents._wording import explain_syntax
from alliancekit.limits import Limits
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, shorten

__all__ = ["read_yaml"]

_GAP: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*+")
_COLON: Final = re.compile(r"[ \t]*:")
_DIRECTIVE: Final = re.compile(r"(?:\s*+#[^\n]*|\s)*+(?<![^\n])(%[^\n \t\r]*)[^\n]*")
_TIGHT_COMMENT: Final = re.compile(r"\s*,?#(?<!\s#)")
_CONTINUED: Final = re.compile(r"\n( *)(?=[ \t]*[^ \t\r\n])(.)")
_TAG: Final = re.compile(r"![^\s,\[\]{}]*")
# What the parser refuses or reads in its own way, and what other readers take for a line break.
_UNPRINTABLE: Final = re.compile(
    "\r(?!\n)|[^\t\r\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def read_yaml(text: str, limits: Limits) -> Tree:
    """Return the tree of *text*, with everything that is wrong with it."""
    notes = Notes(text, limits)
    composer = _Composer(notes)
    root: Node | None = None
    try:
        _check_characters(notes)
        notes.check_conflict()
        _check_directives(notes)
        root = composer.compose()
    except StopReading:
        pass
    value, left_out = root and root.value, composer.left_out
    return Tree(text, value, findings=notes.findings, is_whole=root is not None, root=root, left_out=left_out)


def _check_characters(notes: Notes) -> None:
    """Note what must not reach the parser, and stop if there is any."""
    limit = notes.limits.line_bytes
    start = 0
    for line in notes.text.split("\n"):
        if len(line) > limit or (len(line) * 4 > limit and len(line.encode()) > limit):
            notes.note_limit("the line is too long", limit, start, start + len(line), unit="bytes")
        start += len(line) + 1
    for found in _UNPRINTABLE.finditer(notes.text):
        code = ord(found[0])
        hint = "remove it, or write it as an escape in double quotes" if code > 0x9F else "remove it"
        message = f"the character U+{code:04X} may not stand in a file"
        notes.note("unsupported-yaml", message, found.start(), found.end(), hint=hint)
    if notes.findings:
        raise StopReading


def _check_directives(notes: Notes) -> None:
    """Note directives, and stop if there is any: the parser obeys them, and reads the rest by other rules."""
    found = _DIRECTIVE.match(notes.text)
    while found is not None:
        message = f"the directive {shorten(found[1])} is not supported: no directives"
        notes.note("unsupported-yaml", message, found.start(1), found.end(1), hint="delete the line")
        found = _DIRECTIVE.match(notes.text, found.end())
    if notes.findings:
        raise StopReading


@final
class _Frame:
    """A collection that is still open."""

    __slots__ = ("dashes", "is_flow", "key", "node", "seen", "token")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.is_flow = node.style == "flow"
        self.dashes: list[int] = []
        self.key: Node | None = None
        self.token: str = ""
        self.seen: dict[str, Node] = {}


@final
class _Composer:
    """Builds nodes from events, one open collection on another, never by recursion."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.text = notes.text
        self.limits = notes.limits
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.left_out: list[tuple[Node, Node]] = []
        self.count = 0
        self.at = 0

    def compose(self) -> Node:
        """Return the root; what is wrong is noted."""
        try:
            for event in self._events():
                self._take(event)
                self.at = event.end_mark.index
        except StopReading:
            raise
        except Exception as error:
            explain_syntax(self.notes, error, self.at, in_flow=self._open_flow())
            raise StopReading from error
        return self._checked_root()

    def _events(self) -> Iterator[Any]:
        from alliancekit.documents._parser import events

        return events(self.text)

    def _checked_root(self) -> Node:
        if self.root is None or (self.root.start == self.root.end and self.root.value is None):
            what = "the document is empty" if self.text.strip() else "the file is empty"
            self.notes.note("syntax", what, 0, 0, hint="begin with a header, such as: alliancekit: alliance/1")
            raise StopReading
        return self.root

    def _open_flow(self) -> Node | None:
        return self.stack[-1].node if self.stack and self.stack[-1].is_flow else None

    def _take(self, event: Any) -> None:
        name = type(event).__name__
        if name == "ScalarEvent":
            self._add(self._scalar(event))
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self._open(event, is_mapping=name == "MappingStartEvent")
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self._close(event.end_mark.index)
        elif name == "AliasEvent":
            self._alias(event)
        elif name == "DocumentStartEvent":
            self._start(event)

    def _start(self, event: Any) -> None:
        start = event.start_mark.index
        if self.root is not None:
            message = f"a second document begins on line {self.notes.line(start)}"
            self.notes.note("unsupported-yaml", message, start, start + 3, hint="keep one document in each file")
            raise StopReading

    def _scalar(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        self._properties(event, start, end)
        first = self.text[start : start + 1]
        style = first if start < end and not event.implicit[0] and first in "'\"|>" else "plain"
        if style in "|>":
            end = start + len(self.text[start:end].rstrip())
        # A tag says what its scalar is; we read it as the text that it would be without.
        is_plain = event.style is None and event.implicit[0]
        node = Node(start, end, resolve(event.value) if is_plain else event.value, style)
        self._check_scalar(node)
        return node

    def _check_scalar(self, node: Node) -> None:
        value = node.value
        if isinstance(value, str):
            self.notes.check_text(value, node, self._pointer())
        elif isinstance(value, int):
            self.notes.check_integer(value, node, self._pointer())
        elif isinstance(value, float) and not isfinite(value):
            self.notes.note_not_finite(node, self._pointer())

    def _properties(self, event: Any, start: int, end: int) -> None:
        if event.anchor is not None:
            message = f"the anchor {shorten('&' + str(event.anchor))} is not supported"
            self.notes.note("unsupported-yaml", message, start, end, hint="delete it", pointer=self._pointer())
        if event.ctag is not None:
            tag = _TAG.search(self.text, start)
            hint = "delete it; put the value in quotes if it is a text"
            message = f"the tag {shorten(tag[0] if tag else '!')} is not supported"
            self.notes.note("unsupported-yaml", message, start, end, hint=hint, pointer=self._pointer())

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        message = f"the alias {shorten('*' + str(event.anchor))} is not supported"
        hint = "write out what it stands for"
        self.notes.note("unsupported-yaml", message, start, end, hint=hint, pointer=self._pointer())
        self._add(Node(start, end, None, "alias"))

    def _open(self, event: Any, *, is_mapping: bool) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._properties(event, start, max(end, start + 1))
        if len(self.stack) >= self.limits.depth:
            what = "collections are nested too deeply"
            self.notes.note_limit(what, self.limits.depth, start, start + 1, self._pointer(), "levels")
            raise StopReading
        node = Node(start, start, None, "flow" if event.flow_style else "block")
        node.items = []
        if is_mapping:
            node.keys = []
        self.stack.append(_Frame(node))

    def _close(self, end: int) -> None:
        frame = self.stack.pop()
        node = frame.node
        node.dashes = frame.dashes
        assert node.items is not None
        if node.style == "flow":
            node.end = end
        elif node.items:
            node.end = node.items[-1].end
        if node.keys is None:
            node.value = [item.value for item in node.items]
        else:
            node.value = {key.value: item.value for key, item in zip(node.keys, node.items, strict=True)}
        self._add(node)

    def _add(self, node: Node) -> None:
        self._count(node)
        self._check_written(node)
        if not self.stack:
            self.root = node
        elif (frame := self.stack[-1]).node.keys is None:
            self._add_item(frame, node)
        elif frame.key is None:
            self._add_key(frame, node)
        else:
            self._add_value(frame, node)

    def _check_written(self, node: Node) -> None:
        """Note what the parser lets pass and the standard does not; other readers would refuse it, or read another value."""
        flow = self._open_flow()
        if node.style in "flow'\"":
            if self.text.startswith("#", node.end):
                self._syntax("a comment follows without a space", node.end, "write a space before #")
            if flow is None:
                self._check_indentation(node)
        if node.style == "flow":
            self._check_gap(node)
        if flow is None:
            return
        self._check_gap(flow)
        if node.style == "plain" and (node.value == "-" or self.text.startswith("?", node.start - 1)):
            self._syntax("a text in brackets or braces cannot begin like this", node.start, "put it in quotes")

    def _check_gap(self, flow: Node) -> None:
        before = flow.items[-1].end if flow.items else flow.start + 1
        if (tight := _TIGHT_COMMENT.match(self.text, before)) is not None:
            self._syntax("a comment follows without a space", tight.end() - 1, "write a space before #")

    def _check_indentation(self, node: Node) -> None:
        """Note a line of a quoted text or of brackets that is not indented further than what it belongs to."""
        if not self.stack or "\n" not in self.text[node.start : node.end]:
            return
        start = self.stack[-1].node.start
        least = start - self.text.rfind("\n", 0, start)
        for found in _CONTINUED.finditer(self.text, node.start, node.end):
            if len(found[1]) < least and node.style != "flow":
                self._stop_at(open_quote(self.text, node.start))
            if len(found[1]) < least and found[2] not in "]}":
                self._syntax("this line does not belong to the value above it", found.start(2), "indent it with spaces")
                return

    def _syntax(self, message: str, at: int, hint: str) -> None:
        self.notes.note("syntax", message, at, at + 1, hint=hint, pointer=self._pointer())

    def _stop_at(self, slip: Slip) -> NoReturn:
        # What follows would be read as something that nobody wrote.
        self.notes.note("syntax", slip.message, slip.start, slip.end, hint=slip.hint, pointer=self._pointer())
        raise StopReading

    def _count(self, node: Node) -> None:
        self.count += 1
        if self.count > self.limits.nodes:
            self.notes.note_limit(
                "the document has too many parts", self.limits.nodes, node.start, node.end, unit="nodes"
            )
            raise StopReading

    def _add_item(self, frame: _Frame, node: Node) -> None:
        items = frame.node.items
        assert items is not None
        if not frame.is_flow:
            gap = _GAP.match(self.text, items[-1].end) if items else None
            dash = gap.end() if gap else frame.node.start
            frame.dashes.append(dash)
            if node.start == node.end:
                node.start = node.end = dash + 1
        items.append(node)

    def _add_key(self, frame: _Frame, node: Node) -> None:
        if node.style == "plain" and self.text.startswith("\xa0", node.start):
            slip = no_break_space(self.text, node.start)
            if slip is not None:
                self._stop_at(slip)
        frame.key = node
        frame.token = str(node.value)
        if node.style == "plain" and node.value == "<<":
            message, hint = "the merge key '<<' is not supported", "write out the entries"
            frame.token = ""
        elif isinstance(node.value, str):
            self._check_twice(frame, node)
            return
        else:
            is_scalar = node.items is None and node.style != "alias"
            frame.token = self.text[node.start : node.end] if is_scalar else ""
            message = f"a key must be text, not {shorten(node.value)}"
            hint = "put it in quotes" if node.start < node.end else "write the key before the colon"
        if node.style != "alias":
            self.notes.note("unsupported-yaml", message, node.start, node.end, hint=hint, pointer=self._parent())
        node.style = "alias"

    def _check_twice(self, frame: _Frame, node: Node) -> None:
        same = same_key(node.value)
        first = frame.seen.setdefault(same, node)
        if first is not node:
            self.notes.note_duplicate(first, node, self._pointer())
            node.style = "alias"
        elif len(frame.seen) == self.limits.keys + 1:
            what = "the mapping has too many keys"
            self.notes.note_limit(what, self.limits.keys, node.start, node.end, self._parent(), "keys")
            raise StopReading

    def _add_value(self, frame: _Frame, node: Node) -> None:
        key, frame.key = frame.key, None
        assert key is not None
        assert frame.node.items is not None
        assert frame.node.keys is not None
        if node.start == node.end:
            self._place_nothing(frame, key, node)
        # What has no usable key or value was noted, and is left out.
        if "alias" in (key.style, node.style):
            self.left_out.append((key, node))
        else:
            frame.node.keys.append(key)
            frame.node.items.append(node)
        frame.token = ""

    def _place_nothing(self, frame: _Frame, key: Node, node: Node) -> None:
        colon = _COLON.match(self.text, key.end)
        node.start = node.end = colon.end() if colon else key.end
        if frame.is_flow and colon is None and node.value is None and key.style != "alias":
            message = f"{shorten(key.value)} is read as a key without a value"
            hint = "inside { } a comma ends a value: put the value in quotes, or write each entry on a line of its own"
            self.notes.note("syntax", message, key.start, key.end, hint=hint, pointer=self._pointer(key), on_key=True)

    def _parent(self) -> Pointer:
        return pointer_of(*(_step(frame) for frame in self.stack[:-1]))

    def _pointer(self, key: Node | None = None) -> Pointer:
        steps = [_step(frame) for frame in self.stack]
        if key is not None:
            steps[-1] = str(key.value)
        return pointer_of(*steps)


def _step(frame: _Frame) -> str | int:
    return len(frame.node.items or ()) if frame.node.keys is None else frame.token
