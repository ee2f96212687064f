"""A page of Markdown that we wrote of a bank: everything in it says itself what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from alliancekit.intake._inline import reader
from alliancekit.intake._outline import Block
from alliancekit.intake._questions._columns import listed, own_entry
from alliancekit.intake._questions._draft import PLAIN, Entry
from alliancekit.intake._questions._ids import is_id
from alliancekit.intake._questions._items import Around, last_line
from alliancekit.intake._questions._names import tag_of

__all__ = ["is_own", "own_page_into"]

_SECTION: Final = 2
_PROMPT: Final = 3
# What stands where a site would make a call or a link of it, and is seen by nobody.
_NO_WIDTH: Final = re.compile("(?<=[@#])\u200b|(?<=GH-)\u200b", re.IGNORECASE)
_FIELD: Final = re.compile(r"([A-Z][a-z-]+|x-[^:]+):(?: (.*))?", re.DOTALL)
_KNOWN: Final = frozenset(
    [
        "scope",
        "visibility",
        "kind",
        "options",
        "note",
        "points",
        "low",
        "high",
        "polarity",
        "least",
        "most",
        "unit",
        "evidence",
        "informs",
        "follow_ups",
        "tags",
    ]
)
_OF_BANK: Final = frozenset({"language", "licence", "kinds", "extends", "remove"})


def is_own(blocks: Sequence[Block]) -> bool:
    """Return whether a page is one that we wrote: each of its headings has an id."""
    if len(blocks) != 1 or blocks[0].kind != "heading" or blocks[0].level != 1:
        return False
    below = [one for child in blocks[0].children for one in child.walk() if one.kind == "heading"]
    return is_id(blocks[0].anchor) and all(one.level in (_SECTION, _PROMPT) and is_id(one.anchor) for one in below)


def own_page_into(page: Block, around: Around) -> None:
    """Read the bank on *page*."""
    draft = around.draft
    draft.is_ours = True
    draft.id, draft.title = page.anchor, _plain(page.text)
    said = _fields(page.children, _OF_BANK, around)
    draft.language, draft.licence = tag_of(said.get("language", "")), said.get("licence", "")
    if said.get("language") and not draft.language:
        draft.keep(page.line, last_line(page), said["language"], "it is no language tag")
    draft.kinds = list(listed(said.get("kinds", "")))
    draft.extends, draft.remove = listed(said.get("extends", "")), listed(said.get("remove", ""))
    draft.note(page.line, "the page", "it is one that was written of a bank, and is read as that")
    for one in page.children:
        if one.kind == "heading" and one.level == _PROMPT:
            draft.entries.append(_prompt(one, around))
        elif one.kind == "heading":
            _section(one, around)
        elif one.kind != "item":
            around.keep(one, "it is no part of a bank")


def _section(block: Block, around: Around) -> None:
    draft = around.draft
    key = draft.section(f"#{block.anchor}", {PLAIN: _plain(block.text)}, block.anchor, stays=True)
    order = _fields(block.children, frozenset({"prompts"}), around).get("prompts")
    members = draft.sections[key].members
    for one in block.children:
        if one.kind == "heading":
            draft.entries.append(_prompt(one, around))
            members.append(one.anchor)
        elif one.kind != "item":
            around.keep(one, "it is no part of a bank")
    if order is not None:
        told = tuple(name for name in listed(order) if is_id(name))
        members[:] = [*told, *(name for name in members if name not in told)]


def _prompt(block: Block, around: Around) -> Entry:
    given = {"id": block.anchor, "text": _plain(block.text), **_fields(block.children, _KNOWN, around)}
    given["why"] = "\n\n".join(_broken(one) for one in block.children if one.kind == "paragraph")
    for one in block.children:
        if one.kind not in ("item", "paragraph", "rule"):
            around.keep(one, "it is no part of a prompt")
    place = Entry(line=block.line, end_line=last_line(block), raw=around.raw(block))
    return own_entry({name: cell for name, cell in given.items() if cell}, place)


def _fields(blocks: Sequence[Block], known: frozenset[str], around: Around) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in blocks:
        if one.kind != "item":
            continue
        named = _FIELD.fullmatch(one.text)
        name = _name(named[1]) if named else ""
        is_known = name in known or (known is _KNOWN and name.startswith("x-"))
        if named is None or not is_known or name in found:
            around.keep(one, "it is no field of a bank")
        else:
            below = [_plain(child.text) for child in one.children if child.kind == "item"]
            found[name] = "\n".join(below) if below else _plain(named[2] or "")
    return found


def _broken(block: Block) -> str:
    """Return the text of a paragraph with a line break wherever a backslash at the end of a line says so."""
    read = reader({})
    *before, last = block.raw.split("\n")
    return "\n".join(_plain(read(line)) for line in (*(line.removesuffix("\\") for line in before), last))


def _name(label: str) -> str:
    """Return the name of the column that is called *label* on a page."""
    return label if label.startswith("x-") else label.lower().replace("-", "_")


def _plain(text: str) -> str:
    return _NO_WIDTH.sub("", text)
