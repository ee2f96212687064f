"""
JSON with the same rules as our YAML, and with the place of every part.

Most texts are sound, and a session may have 64 MiB: so the standard library's parser builds the value, and only when it
or its hooks meet something wrong (or somebody asks for a place) does our own scan run, which alone speaks of findings.
"""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any, Final, NoReturn, final

from alliancekit.documents._amounts import is_within
from alliancekit.documents._notes import Notes, StopReading, same_key
from alliancekit.documents._tree import Node, Tree
from alliancekit.limits import MOST_INTEGER, Limits
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, shorten

__all__ = ["read_json"]

# Possessive, and an open string runs to the end: nothing is looked at twice.
_STRING_OR_BRACKET: Final = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
_SUSPECT: Final = re.compile(r"\\(?:[bfr]|u00[0189]|u007[fF]|u[dD])|[\x7f-\x9f]")
_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_NUMBER: Final = re.compile(r"(-?(?:0|[1-9][0-9]*+))((?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)(?![0-9A-Za-z.+-])")
_STRING: Final = re.compile(r'"((?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"')
_WORD: Final = re.compile(r"[^\s,:\[\]{}\"]+")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}


class _Suspect(Exception):  # noqa: N818 - it is a jump, not an error
    """The fast way met something that the careful one must look at."""


def read_json(text: str, limits: Limits) -> Tree:
    """Return the tree of *text*, with everything that is wrong with it."""
    try:
        return Tree(text, _fast(text, limits), root=lambda: _Scan(Notes(text, limits)).node())
    except (_Suspect, ValueError, RecursionError):
        return _careful(text, limits)


def _careful(text: str, limits: Limits) -> Tree:
    notes = Notes(text, limits)
    scan = _Scan(notes)
    root: Node | None = None
    try:
        notes.check_conflict()
        root = scan.node()
    except StopReading:
        pass
    value, left_out = root and root.value, scan.left_out
    return Tree(text, value, findings=notes.findings, is_whole=root is not None, root=root, left_out=left_out)


def _fast(text: str, limits: Limits) -> Any:
    if _SUSPECT.search(text) or _depth(text) > limits.depth:
        raise _Suspect
    value = json.loads(
        text, parse_int=_integer, parse_float=_float, parse_constant=_constant, object_pairs_hook=_mapping
    )
    if not is_within(value, limits):
        raise _Suspect
    return value


def _depth(text: str) -> int:
    """Return how deep the brackets of *text* nest, as far as it is JSON."""
    most = depth = 0
    for found in _STRING_OR_BRACKET.findall(text):
        if found in ("[", "{"):
            depth += 1
            most = max(most, depth)
        elif found in ("]", "}"):
            depth -= 1
    return most


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(value := int(digits)) > MOST_INTEGER:
        raise _Suspect
    return value


def _float(digits: str) -> float:
    value = float(digits)
    if not isfinite(value):
        raise _Suspect
    return value


def _constant(name: str) -> NoReturn:
    raise _Suspect(name)


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    # Keys beyond ASCII may be equal after NFC.
    if len(value) < len(pairs) or len({same_key(key) for key in value}) < len(value):
        raise _Suspect
    return value


@final
class _Frame:
    """A collection that is still open."""

    __slots__ = ("key", "node", "seen", "wants")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.key: Node | None = None
        self.seen: dict[str, Node] = {}
        # What may come next: key, colon, value, comma; `first` is a key, a value, or the end.
        self.wants = "first"


@final
class _Scan:
    """Our own reader: one pass, no recursion, every part with its place."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.text = notes.text
        self.limits = notes.limits
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.left_out: list[tuple[Node, Node]] = []
        self.count = 0

    def node(self) -> Node:
        """Return the root; what is wrong is noted."""
        at = self._space(0)
        if at == len(self.text):
            what = "the document is empty" if self.text else "the file is empty"
            self._stop(what, 0, 'begin with a header, such as: {"alliancekit": "alliance/1"}')
        while at < len(self.text):
            at = self._space(self._token(at))
        if self.stack:
            kind = "object" if self.stack[-1].node.keys is not None else "array"
            self._stop(f"the text ends inside an {kind}", at, "close it")
        assert self.root is not None
        return self.root

    def _space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _stop(self, message: str, at: int, hint: str = "") -> NoReturn:
        self.notes.note("syntax", message, at, min(at + 1, len(self.text)), hint=hint)
        raise StopReading

    def _token(self, at: int) -> int:
        """Read one token, and return the place after it."""
        character = self.text[at]
        frame = self.stack[-1] if self.stack else None
        if frame is None:
            if self.root is not None:
                self._stop("something stands behind the end of the document", at, "delete it")
        elif character in "]}":
            return self._close(frame, at)
        elif frame.wants in ("colon", "comma"):
            return self._separator(frame, at)
        elif frame.node.keys is not None and frame.wants in ("first", "key"):
            return self._key(frame, at)
        return self._open(at) if character in "[{" else self._scalar(at)

    def _separator(self, frame: _Frame, at: int) -> int:
        if frame.wants == "colon":
            if self.text[at] != ":":
                self._stop("a colon was expected after the key", at)
            frame.wants = "value"
        else:
            if self.text[at] != ",":
                closing = "}" if frame.node.keys is not None else "]"
                self._stop(f"a comma or {closing} was expected", at)
            frame.wants = "key" if frame.node.keys is not None else "value"
        return at + 1

    def _open(self, at: int) -> int:
        if len(self.stack) >= self.limits.depth:
            what = "collections are nested too deeply"
            self.notes.note_limit(what, self.limits.depth, at, at + 1, self._pointer(), "levels")
            raise StopReading
        node = Node(at, at + 1, None, "flow")
        node.items = []
        if self.text[at] == "{":
            node.keys = []
        self.stack.append(_Frame(node))
        return at + 1

    def _close(self, frame: _Frame, at: int) -> int:
        node = frame.node
        assert node.items is not None
        if self.text[at] != ("}" if node.keys is not None else "]"):
            self._stop(f"{self.text[at]!r} closes what was opened by another bracket", at)
        if frame.wants not in ("first", "comma"):
            hint = "delete the comma before it" if frame.wants != "colon" and frame.key is None else ""
            self._stop(f"{self.text[at]!r} stands where a value was expected", at, hint)
        node.end = at + 1
        if node.keys is None:
            node.value = [item.value for item in node.items]
        else:
            node.value = {key.value: item.value for key, item in zip(node.keys, node.items, strict=True)}
        self.stack.pop()
        self._add(node)
        return at + 1

    def _key(self, frame: _Frame, at: int) -> int:
        if self.text[at] != '"':
            self._stop("a key in double quotes was expected", at, "JSON has no comments and no bare keys")
        frame.key, frame.wants = None, "colon"
        node = self._string(at)
        frame.key = node
        self.notes.check_text(node.value, node, self._pointer(), on_key=True)
        self._count(node)
        first = frame.seen.setdefault(same_key(node.value), node)
        if first is not node:
            self.notes.note_duplicate(first, node, self._pointer())
            node.style = "again"
        elif len(frame.seen) > self.limits.keys:
            what = "the object has too many keys"
            self.notes.note_limit(what, self.limits.keys, node.start, node.end, unit="keys")
            raise StopReading
        return node.end

    def _string(self, at: int) -> Node:
        found = _STRING.match(self.text, at)
        if found is None:
            self._explain_string(at)
        value = json.loads(found[0]) if "\\" in found[1] else found[1]
        return Node(at, found.end(), value, '"')

    def _explain_string(self, at: int) -> NoReturn:
        found = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+').match(self.text, at)
        end = found.end() if found else at
        if end >= len(self.text):
            self._stop("a text that begins here is not closed", at, "close the quote")
        if self.text[end] == "\\":
            self._stop("a backslash before a character that has no escape", end, "write two backslashes")
        hint = r"write it as an escape: \n for a line feed, \t for a tab"
        self._stop(f"the character U+{ord(self.text[end]):04X} may not stand in a text", end, hint)

    def _scalar(self, at: int) -> int:
        if self.text[at] == '"':
            node = self._string(at)
            self.notes.check_text(node.value, node, self._pointer())
        else:
            node = self._bare(at)
        self._add(node)
        return node.end

    def _bare(self, at: int) -> Node:
        if (number := _NUMBER.match(self.text, at)) is not None:
            return self._number(number)
        word = _WORD.match(self.text, at)
        if word is None:
            self._stop(f"a value was expected, not {self.text[at]!r}", at)
        if word[0] not in _WORDS:
            hint = "put it in double quotes if it is a text; JSON has no comments, and no NaN or Infinity"
            self._stop(f"{shorten(word[0])} is no JSON value", at, hint)
        return Node(at, word.end(), _WORDS[word[0]], "plain")

    def _number(self, found: re.Match[str]) -> Node:
        node = Node(found.start(), found.end(), None, "plain")
        if found[2]:
            node.value = float(found[0])
            if not isfinite(node.value):
                self.notes.note_not_finite(node, self._pointer())
        else:
            # Long digits would cost time to convert, and are refused anyway.
            digits = found[0][:20]
            node.value = int(digits)
            self.notes.check_integer(node.value, node, self._pointer())
        return node

    def _count(self, node: Node) -> None:
        self.count += 1
        if self.count > self.limits.nodes:
            self.notes.note_limit(
                "the document has too many parts", self.limits.nodes, node.start, node.end, unit="nodes"
            )
            raise StopReading

    def _add(self, node: Node) -> None:
        self._count(node)
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.wants = "comma"
        assert frame.node.items is not None
        if frame.node.keys is None:
            frame.node.items.append(node)
        elif frame.key is not None and frame.key.style == "again":
            self.left_out.append((frame.key, node))
        elif frame.key is not None:
            frame.node.keys.append(frame.key)
            frame.node.items.append(node)
        frame.key = None

    def _pointer(self) -> Pointer:
        return pointer_of(*(_step(frame) for frame in self.stack))


def _step(frame: _Frame) -> str | int:
    if frame.node.keys is None:
        return len(frame.node.items or ())
    return "" if frame.key is None else str(frame.key.value)
