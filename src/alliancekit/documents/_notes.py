"""What readers of both formats share: noting findings at offsets, text from bytes, and the rules for scalars and keys."""

from __future__ import annotations

import re
from typing import Final, final
from unicodedata import normalize

from attrs import evolve

from alliancekit.documents._tree import Node, line_starts, position_in
from alliancekit.findings import Finding, Span
from alliancekit.limits import MOST_INTEGER, Limits
from alliancekit.typing import Pointer
from alliancekit.values import shorten

__all__ = ["CONTROL", "MOST_FINDINGS", "Notes", "StopReading", "decode"]

MOST_FINDINGS: Final = 100
"""Reading stops after so many findings: nobody reads more, and a hostile file must not choose how long a report gets."""

# C0 but tab and line feed, DEL, C1, and lone surrogates.
CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MARKER: Final = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z).*", re.MULTILINE)


class StopReading(Exception):  # noqa: N818 - it is a jump, not an error
    """Reading cannot go on; what is wrong was noted."""


@final
class Notes:
    """The findings of one text, as they are met."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.findings: list[Finding] = []
        self._starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        if self._starts is None:
            self._starts = line_starts(self.text)
        return Span(position_in(self._starts, start), position_in(self._starts, end))

    def line(self, offset: int) -> int:
        """Return the line of *offset*, from 1."""
        return self.span(offset, offset).start.line

    def note(
        self,
        rule: str,
        message: str,
        start: int,
        end: int,
        *,
        hint: str = "",
        pointer: Pointer = "",
        on_key: bool = False,
    ) -> None:
        """Note one finding; stops reading after `MOST_FINDINGS`."""
        span = self.span(min(start, len(self.text)), min(end, len(self.text)))
        self.findings.append(Finding(rule=rule, message=message, hint=hint, pointer=pointer, on_key=on_key, span=span))
        if len(self.findings) >= MOST_FINDINGS:
            raise StopReading

    def note_duplicate(self, first: Node, second: Node, pointer: Pointer) -> None:
        """Note that *second* is the key *first* again."""
        lines = f"on lines {self.line(first.start)} and {self.line(second.start)}"
        same = "" if first.value == second.value else ", written with other characters that look the same"
        message = f"the key {shorten(second.value)} is there twice, {lines}{same}"
        self.note("duplicate-key", message, second.start, second.end, pointer=pointer, on_key=True)
        there = ((self.span(first.start, first.end), "the first one"),)
        self.findings[-1] = evolve(self.findings[-1], related=there)

    def note_limit(  # noqa: PLR0917 - what, how much, where
        self, what: str, limit: int, start: int, end: int, pointer: Pointer = "", unit: str = ""
    ) -> None:
        """Note that *what* has passed *limit*."""
        message = f"{what}; the limit is {limit:,}{unit and ' '}{unit}"
        self.note("limit", message, start, end, pointer=pointer)

    def check_text(self, value: str, node: Node, pointer: Pointer, *, on_key: bool = False) -> None:
        """Note what no text may hold: control characters, lone surrogates, too much."""
        if (found := CONTROL.search(value)) is not None:
            code = ord(found[0])
            what = "half of a surrogate pair" if code >= 0xD800 else "a control character"
            message = f"the text holds {what}, U+{code:04X}"
            hint = "remove it; only tab and line feed may stand in a text"
            self.note("unsupported-yaml", message, node.start, node.end, hint=hint, pointer=pointer, on_key=on_key)
        if len(value) > self.limits.text:
            what = f"the text has {len(value):,} characters"
            self.note_limit(what, self.limits.text, node.start, node.end, pointer)

    def check_integer(self, value: int, node: Node, pointer: Pointer) -> None:
        """Note an integer that other readers would round."""
        if abs(value) > MOST_INTEGER:
            self.note_limit("the number is too large to be kept exactly", MOST_INTEGER, node.start, node.end, pointer)

    def note_not_finite(self, node: Node, pointer: Pointer) -> None:
        """Note a number that is infinite, not a number, or too large for one."""
        text = self.text[node.start : min(node.end, node.start + 80)]
        if text[-1].isdigit():
            message = "the number is too large; the limit is about 1.8e308"
            self.note("limit", message, node.start, node.end, pointer=pointer)
        else:
            hint = "put it in quotes if it is a text"
            message = f"{shorten(text)} is not a finite number"
            self.note("unsupported-yaml", message, node.start, node.end, hint=hint, pointer=pointer)

    def check_conflict(self) -> None:
        """Note what git left of a merge, and stop: the text is two texts."""
        group: list[re.Match[str]] = []
        groups: list[list[re.Match[str]]] = []
        for found in _MARKER.finditer(self.text):
            if not group or found[1][0] == "<":
                groups.append(group := [])
            group.append(found)
            if found[1][0] == ">":
                group = []
        for one in groups:
            # A row of equals signs or bars alone may be part of a text.
            if any(found[1][0] in "<>" for found in one):
                self._note_conflict(one)
        if self.findings:
            raise StopReading

    def _note_conflict(self, marks: list[re.Match[str]]) -> None:
        first, *rest = marks
        message = f"git left a conflict marker here, {first[1]!r} on line {self.line(first.start())}"
        hint = "keep one of the two sides and delete the lines with the markers"
        self.note("conflict-marker", message, first.start(), first.start() + 7, hint=hint)
        related = tuple((self.span(m.start(), m.start() + 7), f"its {m[1]!r}") for m in rest)
        self.findings[-1] = evolve(self.findings[-1], related=related)


def same_key(key: str) -> str:
    """Return what two keys must not share."""
    return key if key.isascii() else normalize("NFC", key)


def decode(data: bytes | str, limits: Limits) -> tuple[str, Notes | None]:
    """
    Return the text of *data* without a byte order mark, and notes in place of None when there is none to read.

    Args:
        data: Bytes in UTF-8, or a text.
        limits: How large it may be.
    """
    # A text that is too long already is not encoded only to be counted.
    is_long = len(data) > limits.file_bytes
    if is_long or (isinstance(data, str) and len(data.encode("utf-8", "replace")) > limits.file_bytes):
        return _refused("limit", f"the file is too large; the limit is {limits.file_bytes:,} bytes", "", limits)
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return _not_utf8(data, error.start, limits)
    else:
        text = data
    text = text.removeprefix("\ufeff")
    if isinstance(data, str) and (lone := re.search("[\ud800-\udfff]", text)):
        message = f"the text holds half of a surrogate pair, U+{ord(lone[0]):04X}, which UTF-8 cannot write"
        return _refused("encoding", message, text, limits, at=lone.start())
    return text, None


def _not_utf8(data: bytes, offset: int, limits: Limits) -> tuple[str, Notes]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _refused("encoding", "the file is UTF-16 or UTF-32, not UTF-8", "", limits, hint="save it as UTF-8")
    before = data[:offset].decode("utf-8").removeprefix("\ufeff")
    message = f"the file is not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,}"
    return _refused("encoding", message, before, limits, at=len(before), hint="save it as UTF-8")


def _refused(rule: str, message: str, text: str, limits: Limits, *, at: int = 0, hint: str = "") -> tuple[str, Notes]:
    notes = Notes(text, limits)
    notes.note(rule, message, at, at, hint=hint)
    return text, notes
