"""
Headings that are not written as such: a line in bold, a question before its answer, words with a colon before a list.

They become headings of levels below 6, so that what reads an agreement meets one shape only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from alliancekit.intake._outline import Block
from alliancekit.intake._sayings import is_question, split_question

__all__ = ["BOLD", "LEAD", "with_headings"]

BOLD: Final = 7
"""The level of a line in bold."""

LEAD: Final = 8
"""The level of a question, or of words with a colon, before what answers them."""

_BOLD: Final = re.compile(r"[\s>]*(?:\*\*(?!\s)[^*]+\*\*|__(?!\s)[^_]+__)\s*[:：]?\s*")
_LISTED: Final = frozenset({"item", "row"})


def with_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return *blocks* with a heading for each line that does the work of one."""
    below = [evolve(one, children=with_headings(one.children)) if one.kind == "heading" else one for one in blocks]
    return tuple(_led(_grouped(below, BOLD, _is_bold)))


def _grouped(blocks: Sequence[Block], level: int, is_one: object) -> list[Block]:
    assert callable(is_one)
    made: list[Block] = []
    head: Block | None = None
    held: list[Block] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        if block.kind == "heading" or is_one(block, after):
            made += _closed(head, held)
            head, held = (None, []) if block.kind == "heading" else (_heading(block, level), [])
            made += [block] if block.kind == "heading" else []
        elif head is None:
            made.append(block)
        else:
            held.append(block)
    return made + _closed(head, held)


def _closed(head: Block | None, held: list[Block]) -> list[Block]:
    if head is None:
        return []
    return [evolve(head, children=_led(held))]


def _led(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with questions, and words with a colon, as headings of what comes after them."""
    return list(_before_lists(_grouped(blocks, LEAD, _asks)))


def _before_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    waiting: Block | None = None
    held: list[Block] = []
    for block in blocks:
        if waiting and block.kind in _LISTED and (not held or block.group == held[0].group):
            held.append(block)
            continue
        if waiting:
            yield evolve(waiting, children=held) if held else _as_was(waiting)
        waiting, held = (_heading(block, LEAD), []) if _leads(block) else (None, [])
        if not waiting:
            yield block
    if waiting:
        yield evolve(waiting, children=held) if held else _as_was(waiting)


def _heading(block: Block, level: int) -> Block:
    return evolve(block, kind="heading", level=level)


def _as_was(block: Block) -> Block:
    return evolve(block, kind="paragraph", level=0)


def _is_bold(block: Block, after: Block | None) -> bool:
    return (
        block.kind == "paragraph" and after is not None and bool(_BOLD.fullmatch(block.raw)) and len(block.text) < 200
    )


def _asks(block: Block, after: Block | None) -> bool:
    if block.kind != "paragraph" or after is None or not is_question(block.text):
        return False
    return after.kind in {"paragraph", "item", "row"} and not split_question(block.text)[1]


def _leads(block: Block) -> bool:
    return block.kind == "paragraph" and (block.text.endswith((":", "："))) and len(block.text) < 300
