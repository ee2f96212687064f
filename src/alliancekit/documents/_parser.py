"""The one import of the YAML parser, with its two innermost loops made fit for large files."""

# The parser has hardly any types.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner

__all__ = ["events"]

_COMMENT: Final = re.compile(r"#[^\r\n\x00]*")
_BLANK: Final = re.compile(r"(?: *\r?\n)+")


class _Reader(Reader):
    """Goes forward by the stretch and not by the character; there is no byte order mark, and no lone carriage return."""

    def forward(self, length: int = 1) -> None:
        stretch = self.buffer[self.pointer : self.pointer + length]
        if len(stretch) != length or "\r" in stretch:
            super().forward(length)
            return
        self.pointer += length
        self.index += length
        if (breaks := stretch.count("\n")) == 0:
            self.column += length
        else:
            self.line += breaks
            self.column = length - stretch.rfind("\n") - 1


class _Scanner(Scanner):
    """Passes over comments and blank lines by the stretch."""

    def scan_to_next_token(self) -> Any:
        reader = self.reader
        while True:
            if (blank := _BLANK.match(reader.buffer, reader.pointer)) is not None:
                reader.forward(len(blank[0]))
                if not self.flow_level:
                    self.allow_simple_key = True
            white = " \t" if self.flow_level > 0 else " "
            start = reader.pointer
            while reader.buffer[start] in white:
                start += 1
            if (comment := _COMMENT.match(reader.buffer, start)) is not None:
                start = comment.end()
            reader.forward(start - reader.pointer)
            if self.scan_line_break():
                if not self.flow_level:
                    self.allow_simple_key = True
            else:
                return


def events(text: str) -> Iterator[Any]:
    """
    Yield the events of *text*.

    Pure, always: the parser in C dies of deep nesting, and its verdicts are others.
    """
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner = _Reader, _Scanner
    return yaml.parse(text)  # type: ignore[no-any-return]
