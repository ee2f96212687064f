"""
Lists in Markdown and MDX: headings, bullets, numbers, tables, or lines that ask.

Headings that ask are questions, and what stands under one is why; all other headings are sections, and their lists that ask
are questions. Whatever is neither is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, final

from attrs import evolve

from alliancekit.documents import examine_tree
from alliancekit.intake._outline import Block, lines_of, outline
from alliancekit.intake._questions._asking import asking_in, asks, bare, is_contents
from alliancekit.intake._questions._draft import PLAIN, Draft, Entry
from alliancekit.intake._questions._heads import Heads
from alliancekit.intake._questions._items import Around, entry_of_heading, entry_of_item
from alliancekit.intake._questions._lines import is_marked, read_line, spoken
from alliancekit.intake._questions._page import is_own, own_page_into
from alliancekit.intake._questions._rows import rows_into
from alliancekit.values import pointer_of

__all__ = ["read_markdown_into"]

_BOLD: Final = re.compile(r"\s*(\*\*|__)(?=\S)(.+?)\1\s*:?\s*")
_WORDS_OF_TITLE: Final = 8
_WORDS_STRAIGHT: Final = 5
_NO_MORE: Final[tuple[str, list[Block]]] = ("", [])
_SUMMARY: Final = re.compile(
    r"\s*(?:</details>\s*)?(?:<details[^<>]*>\s*)?<summary[^<>]*>((?:(?!</summary>).){1,400})</summary>\s*",
    re.IGNORECASE | re.DOTALL,
)
_FOLD_END: Final = re.compile(r"\s*</details>\s*", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,80}>")


def read_markdown_into(text: str, draft: Draft) -> None:
    """Read the page *text* into *draft*."""
    blocks = outline(text)
    around = Around(lines_of(text), draft)
    if is_own(blocks):
        own_page_into(blocks[0], around)
    else:
        _Page(blocks, around).read()


@final
class _Page:
    """One walk through a page: where it is, it knows the headings above."""

    def __init__(self, blocks: Sequence[Block], around: Around) -> None:
        self.blocks = blocks
        self.around = around
        self.draft = around.draft
        self.asking = asking_in(blocks)

    def read(self) -> None:
        blocks = list(self.blocks)
        if blocks and blocks[0].kind == "front-matter":
            self._front(blocks.pop(0))
        title = self._title(blocks)
        for one in blocks:
            if one is title:
                self._named(one)
                self.some(one.children, ())
        self.some([one for one in blocks if one is not title], ())

    def _front(self, block: Block) -> None:
        tree = examine_tree(block.text, format="yaml")
        root = tree.root
        if tree.findings or root is None or root.keys is None:
            self.around.keep(block, "it says something about the page")
            return
        heads = Heads(tree, self.draft)
        for key, child in zip(root.keys, root.items or (), strict=True):
            span = tree.stretch(key.start, child.end)
            if heads.about_list((key, child, pointer_of(str(key.value)))):
                self.draft.note(span.start.line + 1, str(key.value), "understood as what the list says about itself")
            else:
                text = tree.text[key.start : child.end]
                self.draft.keep(span.start.line + 1, span.end.line + 1, text, "it says something about the page")

    def _title(self, blocks: Sequence[Block]) -> Block | None:
        """Return the heading that is the title of the page: the only one of its level, above all others."""
        headings = [one for one in blocks if one.kind == "heading"]
        tops = [one for one in headings if one.level == min(each.level for each in headings)]
        first = tops[0] if len(tops) == 1 else None
        if first is None or first is not headings[0] or (first.level in self.asking.levels and asks(first.text)):
            return None
        return first if first.level == 1 or any(one.kind == "heading" for one in first.children) else None

    def _named(self, block: Block) -> None:
        if not self.draft.title:
            self.draft.title = bare(block.text).text
            self.draft.titles[PLAIN] = self.draft.title
            self.draft.note(block.line, "the first heading", "understood as the title of the list")
        elif self.draft.title != bare(block.text).text:
            self.around.keep(block, "the list has another title already", alone=True)

    def some(self, blocks: Sequence[Block], path: tuple[str, ...]) -> None:
        """Read *blocks*, which stand under the headings *path*."""
        lead: Block | None = None
        runs = [(kind, list(run)) for (kind, _), run in groupby(blocks, key=lambda one: (one.kind, one.group))]
        folds = _Folds(self, path)
        for (kind, group), (_, after) in zip(runs, [*runs[1:], _NO_MORE], strict=False):
            if kind == "html" and all(map(folds.turns, group)):
                continue
            path = folds.path
            above = path
            if lead is not None and self._asks(group):
                above = (*path, _lead(lead, group[:1]))
                self.draft.note(lead.line, "a line above a list", "understood as the title of a section")
            elif lead is not None:
                self.around.keep(lead, "it is no question")
            lead = group.pop() if kind == "paragraph" and _lead(group[-1], after[:1]) else None
            self._group(kind, group, above)
        if lead is not None:
            self._group("paragraph", [lead], path)
        folds.close()

    def _asks(self, group: list[Block]) -> bool:
        return (group[0].kind == "item" and group[0].group in self.asking.lists | self.asking.mixed) or (
            group[0].kind == "row" and group[0].group in self.asking.tables
        )

    def _group(self, kind: str, group: list[Block], path: tuple[str, ...]) -> None:
        match kind:
            case "heading":
                for one in group:
                    self._heading(one, path)
            case "item":
                for one in group:
                    self._item(one, path)
            case "row":
                self._table(group, path)
            case "paragraph":
                for one in _with_reasons(group):
                    self._paragraph(one, path)
            case "rule":
                pass
            case _:
                for one in group:
                    self.around.keep(one, "it is no question")

    def _heading(self, block: Block, path: tuple[str, ...]) -> None:
        is_leaf = all(one.kind != "heading" for one in block.children)
        holds = any(one.kind == "item" and asks(one.text) for one in block.children)
        if is_leaf and block.level in self.asking.levels and (asks(block.text) or not holds):
            self._add(
                entry_of_heading(block, self.around, self._sections(path)), "a heading that asks, or stands among such"
            )
            return
        before = len(self.draft.entries)
        self.some(block.children, (*path, bare(block.text).text or "…"))
        if len(self.draft.entries) == before:
            self.around.keep(block, "no question stands below it", alone=True)

    def _item(self, block: Block, path: tuple[str, ...]) -> None:
        is_asked = block.group in self.asking.lists or (block.group in self.asking.mixed and asks(block.text))
        below = [one for one in block.children if one.kind == "item" and asks(one.text)]
        if below and not asks(block.text) and block.text and len(block.text.split()) <= _WORDS_OF_TITLE:
            self.draft.note(block.line, "an entry above others that ask", "understood as the title of a section")
            self.some(block.children, (*path, block.text.rstrip(":：")))
        elif is_asked and block.text and not is_contents(block):
            self._add(entry_of_item(block, self.around, self._sections(path)), "an entry of a list")
        elif below:
            self.around.keep(block, "it is no question", alone=True)
            self.some(block.children, path)
        else:
            self.around.keep(block, "it is no question")

    def _table(self, rows: list[Block], path: tuple[str, ...]) -> None:
        if rows[0].group not in self.asking.tables:
            for one in rows:
                self.around.keep(one, "it is no question")
            return
        sections = self._sections(path)
        places = [Entry(line=r.line, end_line=r.end_line, raw=r.raw, sections=sections) for r in rows]
        rows_into(
            [(place, row.cells) for place, row in zip(places, rows, strict=True)], self.draft, is_named=rows[0].header
        )

    def _paragraph(self, block: Block, path: tuple[str, ...]) -> None:
        if _is_bold_question(block):
            self._add(entry_of_item(block, self.around, self._sections(path)), "bold words that ask")
        elif is_marked(block) or (self.asking.is_prose and asks(block.text)):
            self._lines(block, path)
        else:
            self.around.keep(block, "it is no question")

    def _lines(self, block: Block, path: tuple[str, ...]) -> None:
        """Read a paragraph whose lines ask; where a title stands in it, it is that of a section."""
        found = spoken(block)
        inner = path
        if found.title is not None and found.questions:
            inner = (*path, found.title.text.rstrip(":： "))
            self.draft.note(found.title.line, "a line above questions", "understood as the title of a section")
        elif found.title is not None:
            self.around.keep(found.title, "it is no question")
        for one in found.others:
            self.around.keep(one, "it is no question")
        for one in found.questions:
            self._add(entry_of_heading(one, self.around, self._sections(inner)), "a line that asks")

    def _sections(self, path: tuple[str, ...]) -> tuple[str, ...]:
        # Sections stand in the order of the page, so each is there before a table parts it.
        return (self.draft.section(" / ".join(path)),) if path else ()

    def _add(self, entry: Entry, how: str) -> None:
        self.draft.note(entry.line, how, "understood as a question")
        self.draft.entries.append(entry)


def _is_bold_question(block: Block) -> bool:
    bold = _BOLD.match(block.raw)
    return bold is not None and asks(bold[2])


def _with_reasons(paragraphs: Sequence[Block]) -> Iterator[Block]:
    """Yield *paragraphs*, but those below one that asks in bold as part of that one."""
    waiting: list[Block] = []
    for one in paragraphs:
        if waiting and (_is_bold_question(one) or not _is_bold_question(waiting[0])):
            yield evolve(waiting[0], children=waiting[1:])
            waiting = []
        waiting.append(one)
    if waiting:
        yield evolve(waiting[0], children=waiting[1:])


def _lead(block: Block, after: Sequence[Block]) -> str:
    """Return the title that a line above a list gives it; else nothing.

    It is in bold or in capitals, or a few words with a colon, or a few words straight above the list.
    """
    text = block.text.strip()
    is_bold = _BOLD.fullmatch(block.raw) is not None
    is_straight = bool(after) and after[0].kind == "item" and (after[0].line == block.end_line + 1 or text.isupper())
    is_short = is_straight and len(text.split()) <= _WORDS_STRAIGHT and not text.endswith((".", "!", ",", "。"))
    if asks(text) or not (is_bold or is_short or text.endswith((":", "："))) or len(text.split()) > _WORDS_OF_TITLE:
        return ""
    return text.rstrip(":： ")


@final
class _Folds:
    """The parts of a page that can be folded: each has a summary, which is the title of a section."""

    def __init__(self, page: _Page, path: tuple[str, ...]) -> None:
        self._page = page
        self._above = self.path = path
        self._open: Block | None = None
        self._before = 0

    def turns(self, block: Block) -> bool:
        """Return whether *block* only opens or closes a part, and follow it."""
        opened, is_end = _SUMMARY.fullmatch(block.raw), _FOLD_END.fullmatch(block.raw) is not None
        title = read_line(_TAG.sub(" ", opened[1])) if opened else ""
        if not title and not (is_end and self._open is not None):
            return False
        self.close()
        if title:
            self._open, self._before = block, len(self._page.draft.entries)
            self.path = (*self._above, bare(title).text)
        return True

    def close(self) -> None:
        """End the part that is open; where it asked nothing, its summary is kept."""
        if self._open is not None and len(self._page.draft.entries) == self._before:
            self._page.around.keep(self._open, "no question stands in it")
        self._open, self.path = None, self._above
