"""What asks in a page: which lists and headings are questions, and how a question is told from what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, final

from attrs import frozen

from alliancekit.intake._outline import Block
from alliancekit.intake._questions._values import is_question

__all__ = ["Asking", "Bare", "asking_in", "asks", "bare", "bids", "is_contents"]

_TARGET: Final = re.compile(r"\]\([^()\s]*(?:\s\"[^\"]*\")?\)|https?://\S+")
_CONTENTS: Final = re.compile(r"\[[^\]]*\]\(#[^)]*\).{0,80}")
_LINK: Final = re.compile(r"!?\[[^\]]*\]\([^)]*\)|https?://\S+")
# How a question begins that has no mark at its end.
_BIDS: Final = re.compile(
    r"(?:please )?(?:tell|describe|share|name|talk|walk|explain|think|imagine|rate|discuss|complete|finish|give|recall|show|pick"
    r"|choose|reflect|remember|beschreib|erzähl|nenne?|stell dir|conte|descreva|fale|cuéntame|háblame|décris|raconte)\b|.*_{3,}",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"(?:table of )?contents?|toc|resources?|references?|links?|further reading|licen[cs]e|contribut\w+|credits?|sources?|related"
    r"|acknowledge?ments?|see also|about|install\w*|usage|changelog|authors?|inhalt|quellen|目次",
    re.IGNORECASE,
)
# Stars and other pictures at the end say how good a question is, and are no part of it.
_RATING: Final = re.compile(
    "\\s*[(\\[]?((?:[\u2605\u2606\u2b50-\u2b55\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\u200d?\\s?)+)[)\\]]?\\s*$"
)
_NUMBERED: Final = re.compile(r"(?:Q(?:uestion)?\.?\s*\d{0,3}\s*[:.)]|\d{1,3}\s*[.)]|Q\s*:)\s+(?=\S)", re.IGNORECASE)
# What exports of ours put where a site would make a link of it.
_NO_WIDTH: Final = re.compile("(?<=[@#])\u200b|(?<=GH-)\u200b", re.IGNORECASE)


@final
@frozen
class Bare:
    """
    A question without what stands around it.

    Attributes:
        text: The question.
        rating: The stars behind it.
        number: What it was numbered with.
    """

    text: str
    rating: str = ""
    number: str = ""


def bare(text: str, *, is_numbered: bool = False) -> Bare:
    """Return the question in *text*, and the stars and the number that it stands between."""
    plain = _NO_WIDTH.sub("", text)
    found = _RATING.search(plain[-60:])
    start = len(plain) - len(plain[-60:]) + (found.start() if found else 0)
    rating, plain = (found[1].strip(), plain[:start].strip()) if found and start else ("", plain)
    number = _NUMBERED.match(plain) if is_numbered else None
    return Bare(plain[number.end() :] if number else plain, rating, number[0].strip() if number else "")


def asks(text: str) -> bool:
    """Return whether *text* is a question, whatever its links say."""
    return is_question(_TARGET.sub("] ", bare(text).text))


def is_contents(block: Block) -> bool:
    """Return whether *block* leads to another place of the page."""
    return _CONTENTS.fullmatch(block.text) is not None


def bids(text: str) -> bool:
    """Return whether *text* asks, or begins as a question without a mark does."""
    return asks(text) or _BIDS.match(text) is not None


@final
@frozen
class Asking:
    """
    What asks in one page.

    Attributes:
        levels: The levels of headings that are questions.
        lists: The lists all of whose entries are questions.
        mixed: The lists of which some entries are.
        tables: The tables.
        is_prose: Whether nothing of that asks, so that paragraphs may.
    """

    levels: frozenset[int]
    lists: frozenset[int]
    mixed: frozenset[int]
    tables: frozenset[int]
    is_prose: bool


def asking_in(blocks: Sequence[Block]) -> Asking:
    """Return what asks in a page."""
    headings = _leaves(blocks)
    lists, names = _lists(blocks)
    levels = {level for level, texts in headings.items() if sum(map(asks, texts)) * 2 >= len(texts)}
    sure = {group for group, items in lists.items() if sum(bids(one.text) for one in items) * 2 >= len(items)}
    sure -= {group for group in sure if all(map(is_contents, lists[group]))}
    some = {group for group, items in lists.items() if any(asks(one.text) and not is_contents(one) for one in items)}
    tables = {one.group for top in blocks for one in top.walk() if one.kind == "row" and any(map(_in_table, one.cells))}
    if not (levels or sure or some or tables):
        sure = {group for group, items in lists.items() if not _is_about(items, names.get(group, ""))}
    return Asking(
        frozenset(levels),
        frozenset(sure),
        frozenset(some - sure),
        frozenset(tables),
        not (levels or sure or some or tables),
    )


def _in_table(cell: str) -> bool:
    return asks(cell) or cell.strip().casefold() in ("question", "questions", "prompt", "prompts")


def _is_about(items: Sequence[Block], name: str) -> bool:
    """Return whether a list is one of links, or about the page."""
    return _ABOUT.fullmatch(name) is not None or all(_LINK.fullmatch(one.text) for one in items)


def _leaves(blocks: Iterable[Block]) -> dict[int, list[str]]:
    """Return the texts of the headings that hold no others, by level."""
    found: dict[int, list[str]] = {}
    for top in blocks:
        for one in top.walk():
            if one.kind == "heading" and all(child.kind != "heading" for child in one.children):
                found.setdefault(one.level, []).append(one.text)
    return found


def _lists(blocks: Sequence[Block]) -> tuple[dict[int, list[Block]], dict[int, str]]:
    """Return the entries of each list, and the heading above it."""
    lists: dict[int, list[Block]] = {}
    names: dict[int, str] = {}

    def look(children: Sequence[Block], name: str) -> None:
        for one in children:
            if one.kind == "item":
                lists.setdefault(one.group, []).append(one)
                names.setdefault(one.group, name)
            look(one.children, one.text if one.kind == "heading" else name)

    look(blocks, "")
    return lists, names
