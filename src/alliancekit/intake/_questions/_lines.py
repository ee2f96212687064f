"""Paragraphs whose lines are questions: under marks that Markdown does not know, with what is said of each below it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, final

from attrs import evolve, frozen

from alliancekit.intake._inline import Reader, one_line, reader
from alliancekit.intake._outline import Block
from alliancekit.intake._questions._asking import asks, bids

__all__ = ["Spoken", "is_marked", "read_line", "spoken"]

_WORDS_OF_TITLE: Final = 6
_END: Final = 600  # characters: what stands further before the end of a text says nothing about whether it asks
_BEFORE: Final = 60
_QUOTED: Final = re.compile(r"\s*(?:>\s?)*")
# What people type for a bullet or a number, and Markdown takes for words of a paragraph.
_MARK: Final = re.compile(
    r"(?:[•・●◦▪‣○◆◇■□①-⑳]\s*|[–—]\s+|\(?\d{1,3}[.)、]\s+|[a-z]\)\s+|Q(?:uestion)?\s*\d{0,3}\s*[:：.)．]\s*)(?=\S)",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(r"\s*(\*\*|__)(?=\S)[^*_]+\1\s*:?\s*")
_SAID: Final = re.compile(r":\s+\S|(?:A|Answer|Why|[^\s:：][^:：]{1,23})[:：]\s*\S")


@final
@frozen
class Spoken:
    """
    What a paragraph asks.

    Attributes:
        title: The line above the questions, where there is one.
        questions: Each as a paragraph, with the lines about it as its children.
        others: What asks nothing.
    """

    title: Block | None
    questions: tuple[Block, ...]
    others: tuple[Block, ...]


@final
class _Part:
    """A question in the making: its own words, and the lines below it."""

    def __init__(self, line: int, raw: str, text: str, *, is_marked: bool) -> None:
        self.lines = [(line, raw)]
        self._texts = [text]
        self._end = text[-_END:]
        self.is_marked = is_marked
        self.below: list[tuple[int, str, str]] = []

    def goes_on(self, line: int, raw: str, text: str) -> None:
        self.lines.append((line, raw))
        self._texts.append(text)
        self._end = f"{self._end[-_BEFORE:]} {text}"[-_END:]  # what stands before did not ask

    @property
    def text(self) -> str:
        return one_line("\n".join(self._texts))

    @property
    def asks(self) -> bool:
        return asks(self._end)

    @property
    def is_asked(self) -> bool:
        return self.is_marked or self.asks or bids(self._texts[0])

    @property
    def is_title(self) -> bool:
        if self.is_asked or len(self.lines) > 1:
            return False
        (text,), raw = self._texts, self.lines[0][1]
        is_short = len(text.split()) <= _WORDS_OF_TITLE and not text.endswith((".", ",", "。", "、"))
        return is_short or _BOLD.fullmatch(raw) is not None


@cache
def _reader() -> Reader:
    return reader({})


def read_line(line: str) -> str:
    """Return what a reader reads of one line of a paragraph, by itself."""
    return _reader()(_QUOTED.sub("", line, count=1))


def is_marked(block: Block) -> bool:
    """Return whether lines of *block* have marks, and those that do ask."""
    texts = [read_line(line) for line in block.raw.split("\n")] if _may_be_marked(block.raw) else []
    marked = [one for one in texts if _MARK.match(one)]
    return bool(marked) and sum(map(asks, marked)) * 2 >= len(marked)


def _may_be_marked(raw: str) -> bool:
    return any(_MARK.match(_QUOTED.sub("", line, count=1).lstrip("*_")) for line in raw.split("\n"))


def spoken(block: Block) -> Spoken:
    """Return the questions in the lines of a paragraph; a sentence that is broken into lines is one."""
    parts = _parts(block)
    title = parts[0] if len(parts) > 1 and parts[0].is_title and not parts[0].below else None
    rest = parts[1:] if title else parts
    asked = tuple(_block(one, block) for one in rest if one.is_asked)
    others = tuple(_block(one, block) for one in rest if not one.is_asked)
    return Spoken(_block(title, block) if title else None, asked, others)


def _parts(block: Block) -> list[_Part]:
    parts: list[_Part] = []
    for number, raw in enumerate(block.raw.split("\n"), block.line):
        text = read_line(raw)
        mark = _MARK.match(text)
        last = parts[-1] if parts else None
        if last is None or mark or _begins(last, text, is_first=len(parts) == 1):
            parts.append(_Part(number, raw, text[mark.end() :] if mark else text, is_marked=bool(mark)))
        elif last.asks:
            last.below.append((number, raw, text))
        else:
            last.goes_on(number, raw, text)
    return parts


def _begins(last: _Part, text: str, *, is_first: bool) -> bool:
    """Return whether *text*, a line without a mark below *last*, is no part of it."""
    if is_first and last.is_title:
        return not text[:1].islower()  # a sentence goes on, and a question begins
    return last.asks and not _SAID.match(text) and (asks(text) or (bids(text) and not last.is_marked))


def _block(part: _Part, around: Block) -> Block:
    below = [
        Block(kind="paragraph", text=text, raw=_QUOTED.sub("", raw, count=1), line=line, end_line=line)
        for line, raw, text in part.below
    ]
    raw = "\n".join(one for _, one in part.lines)
    first, last = part.lines[0][0], part.lines[-1][0]
    return evolve(around, text=part.text, raw=raw, line=first, end_line=last, children=below)
