"""
Markdown as a tree of blocks: a heading holds what stands below it, an item what is indented under it.

Every line of the source that is not blank belongs to exactly one block, whatever the text is: what the parser passes over
(definitions of links, nesting beyond its bounds) is a block too. A quotation, and a list as a whole, are no blocks: what
stands in them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.errors import MissingExtraError
from alliancekit.intake._inline import Reader, one_line, reader
from alliancekit.intake._paragraphs import Divide
from alliancekit.shapes import many
from alliancekit.typing import Pointer

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["Block", "BlockKind", "lines_of", "outline"]

BlockKind: TypeAlias = Literal[
    "heading", "paragraph", "item", "row", "code", "html", "front-matter", "definition", "rule", "data"
]
"""
What a block is.

A ``row`` is one line of a table; a ``definition`` gives the address of a link; a ``rule`` is a line without words;
``data`` is a value of JSON that is no text.
"""

# Documents nest no deeper than 32 either; what is deeper is read as lines of text.
_DEEPEST: Final = 40
# No agreement and no list of questions is longer; what comes after is kept, and not looked at for structure.
_MOST_LINES: Final = 20_000
_LINES: Final = re.compile(r"\r\n?|\n")
_WORDLESS: Final = re.compile(r"[^\w]*")
_DEFINITION: Final = re.compile(r"[\s>]*\[[^\]]+\]:")
_FRONT: Final = {"---": frozenset({"---", "..."}), "+++": frozenset({"+++"})}
_KEY: Final = re.compile(r"[\w\"'-]+[\w \"'-]*\s*[:=]|#|\s*$")
# It looks only where space begins, or a long run of it would be looked at from each of its places.
_ANCHOR: Final = re.compile(r"(?<!\s)\s*\{#([\w.:-]+)\}\s*$")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_CHECK: Final = re.compile(r"\[([ xX])\]\s+")
_MARKER: Final = re.compile(r"[\s>]*(?:[-+*]|\d{1,9}[.)])\s*")
_MDX: Final = re.compile(
    r"import\s+(?:['\"{*]|[\w$]+.*\sfrom\s+['\"])|export\s+(?:const|let|default|function|async|class|[{*])"
)
_JSX: Final = re.compile(r"(?:</?[A-Z][\w.]*(?:\s[^<>]*)?>\s*|\{/\*.*?\*/\}\s*)+", re.DOTALL)


@final
@frozen(kw_only=True)
class Block:
    """
    A part of a Markdown document.

    Attributes:
        kind: What it is.
        level: Of a heading 1 to 6; of an item how deep its list is nested, from 1; 0 for the rest.
        text: What a reader reads of it, on one line; of code, HTML and front matter what stands between the fences.
        raw: Its own lines, as they stand in the source.
        line: Its first line, counted from 1.
        end_line: Its last line, without what stands below it as `children`.
        pointer: Where it stood in JSON (RFC 6901); empty in Markdown.
        anchor: The id that a heading gives itself, as ``{#id}`` at its end; empty when it gives none.
        cells: The reading texts of a row's cells.
        header: Whether a row names the columns.
        number: What an item of a numbered list begins with; None for a bullet.
        checked: Whether the box of an item is ticked; None when it has none.
        group: Counts lists and tables, so that neighbours of one list or table are told from those of the next.
        children: What stands below it.
    """

    kind: BlockKind
    level: int = 0
    text: str = ""
    raw: str = ""
    line: int
    end_line: int
    pointer: Pointer = ""
    anchor: str = ""
    cells: tuple[str, ...] = ()
    header: bool = False
    number: int | None = None
    checked: bool | None = None
    group: int = 0
    children: tuple[Block, ...] = field(default=(), converter=many)

    def walk(self) -> Iterator[Block]:
        """Yield the block and everything below it, in the order of the source."""
        yield self
        for child in self.children:
            yield from child.walk()


def lines_of(text: str) -> list[str]:
    """Return the lines of *text* as they are counted here: of Unix, Windows and old Macs."""
    return _LINES.split(text)


def outline(text: str, divide: Divide | None = None) -> tuple[Block, ...]:
    """
    Return the blocks of the Markdown in *text*, whatever it is.

    Args:
        text: The Markdown.
        divide: Says where a paragraph is several; left out, none is.

    Raises:
        MissingExtraError: The extra ``markdown`` is not installed.
    """
    lines = lines_of(text)
    front = _front_matter(lines)
    # The parser must not take it for a rule and a heading; the lines stay, so that all others keep their numbers.
    body = [*[""] * front.end_line, *lines[front.end_line : _MOST_LINES]] if front else lines[:_MOST_LINES]
    found = _Parsing(lines, divide).blocks("\n".join(body))
    return _with_lines_left((front, *found) if front else found, lines)


def _front_matter(lines: list[str]) -> Block | None:
    ends = _FRONT.get(lines[0].rstrip().removeprefix("\ufeff"))
    if not ends or len(lines) < 3 or not _KEY.match(lines[1]):
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ends), None)
    if end is None:
        return None
    raw = "\n".join(lines[: end + 1])
    return Block(kind="front-matter", text="\n".join(lines[1:end]), raw=raw, line=1, end_line=end + 1)


@final
class _Parsing:
    """One run of the parser: what it needs to know of the document."""

    def __init__(self, lines: list[str], divide: Divide | None) -> None:
        self._lines = lines
        self._divide = divide
        self._groups = 0
        self._read: Reader = one_line

    def blocks(self, body: str) -> tuple[Block, ...]:
        """Return the blocks of *body*, whose lines are numbered as those of the document."""
        markdown = _markdown()
        environment: dict[str, Any] = {}
        root = _tree(markdown.parse(body, environment))
        self._read = reader(environment)
        return _sections(self._some(root.children, 0))

    def _some(self, nodes: Iterable[SyntaxTreeNode], depth: int) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "bullet_list" | "ordered_list":
                    yield from self._list(node, depth + 1)
                case "blockquote":
                    # Its headings hold what is quoted with them, and nothing that comes after it.
                    yield from _sections(self._some(node.children, depth))
                case "table":
                    yield from self._rows(node)
                case "paragraph":
                    yield from self._paragraphs(node)
                case "heading":
                    yield self._heading(node)
                case _:
                    yield self._verbatim(node)

    def _list(self, node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
        self._groups += 1
        group = self._groups
        for item in node.children:
            yield from self._item(item, depth, group)

    def _item(self, item: SyntaxTreeNode, depth: int, group: int) -> Iterator[Block]:
        (start, _), children = _map(item), item.children
        first = children[0] if children else None
        number = int(item.info) if item.info.isdecimal() else None
        if first is None or _map(first)[0] > start + 1:
            # Its own line has no block: there is nothing on it, or the definition of a link.
            source, end = _MARKER.sub("", self._lines[start], count=1), start + 1
        elif first.type in {"paragraph", "heading"}:
            source, end = _content(first), _map(first)[1]
            children = children[1:]
        elif _map(first)[0] == start:
            # The line belongs to a list, a fence or a table that begins on it: the item has no words of its own.
            yield from self._some(children, depth)
            return
        else:
            source, end = "", start + 1
        yield evolve(
            self._block("item", start, end, source),
            level=depth,
            number=number,
            group=group,
            children=_sections(self._some(children, depth)),
        )

    def _block(self, kind: BlockKind, start: int, end: int, source: str) -> Block:
        while end > start + 1 and not self._lines[end - 1].strip():
            end -= 1
        box = _CHECK.match(source) if kind == "item" else None
        text = self._read(source[box.end() :] if box else source)
        raw = "\n".join(self._lines[start:end])
        checked = box[1] != " " if box else None
        return Block(kind=kind, text=text, raw=raw, line=start + 1, end_line=end, checked=checked)

    def _paragraphs(self, node: SyntaxTreeNode) -> Iterator[Block]:
        source, (start, end) = _content(node), _map(node)
        if _is_mdx(source):
            yield self._verbatim(node, source)
            return
        lines = source.split("\n")
        starts = self._divide(lines) if self._divide and len(lines) == end - start else [0]
        for one, after in zip(starts, [*starts[1:], len(lines)], strict=True):
            last = end if after == len(lines) else start + after
            yield self._block("paragraph", start + one, last, "\n".join(lines[one:after]))

    def _heading(self, node: SyntaxTreeNode) -> Block:
        source, (start, end) = _content(node), _map(node)
        anchor = _ANCHOR.search(source)
        block = self._block("heading", start, end, source[: anchor.start()] if anchor else source)
        return evolve(block, level=int(node.tag[1:]), anchor=anchor[1] if anchor else "")

    def _verbatim(self, node: SyntaxTreeNode, source: str | None = None) -> Block:
        start, end = _map(node)
        kinds: dict[str, BlockKind] = {"fence": "code", "code_block": "code", "hr": "rule"}
        text = node.content if source is None else source
        return evolve(self._block(kinds.get(node.type, "html"), start, end, ""), text=text.strip("\n"))

    def _rows(self, table: SyntaxTreeNode) -> Iterator[Block]:
        self._groups += 1
        for part in table.children:
            for row in part.children:
                yield self._row(row, self._groups, header=part.type == "thead")

    def _row(self, row: SyntaxTreeNode, group: int, *, header: bool) -> Block:
        start, end = _map(row)
        sources = [_content(cell) for cell in row.children]
        # Cells beyond the last column are shown by nobody, and are words of the source all the same.
        sources += _cells(self._lines[start])[len(sources) :]
        cells = tuple(map(self._read, sources))
        # The line below the names of the columns belongs to them.
        block = self._block("row", start, end + header, "")
        return evolve(block, text=" | ".join(filter(None, cells)), cells=cells, header=header, group=group)


def _markdown() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise MissingExtraError("markdown", "reading Markdown") from error

    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    # What stands within a block is read block by block, within bounds.
    markdown.core.ruler.disable(["inline", "text_join"])
    return markdown


def _tree(tokens: list[Token]) -> SyntaxTreeNode:
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(tokens)


def _map(node: SyntaxTreeNode) -> tuple[int, int]:
    return node.map or (0, 0)


def _content(node: SyntaxTreeNode) -> str:
    return node.children[0].content if node.children else ""


def _cells(line: str) -> list[str]:
    return _PIPE.split(line.strip().removeprefix("|").removesuffix("|"))


def _is_mdx(source: str) -> bool:
    lines = source.split("\n")
    return bool(
        all(map(_MDX.match, lines)) or (lines[0].startswith("export ") and _MDX.match(source)) or _JSX.fullmatch(source)
    )


def _sections(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return *blocks* with each heading holding what comes after it, up to the next of its level or above."""
    held: list[list[Block]] = [[]]
    headings: list[Block] = []

    def close(level: int) -> None:
        while headings and headings[-1].level >= level:
            children = held.pop()
            held[-1].append(evolve(headings.pop(), children=children))

    for block in blocks:
        if block.kind != "heading" or block.children:  # with children it is closed already: it was quoted
            held[-1].append(block)
            continue
        close(block.level)
        headings.append(block)
        held.append([])
    close(0)
    return tuple(held[0])


def _with_lines_left(blocks: tuple[Block, ...], lines: list[str]) -> tuple[Block, ...]:
    """Return *blocks* with a block for each run of lines that the parser passed over."""
    had = {number for top in blocks for one in top.walk() for number in range(one.line, one.end_line + 1)}
    left = [number for number, line in enumerate(lines, 1) if line.strip() and number not in had]
    return _merged(blocks, [_block_left(run, lines) for run in _runs(left, lines)]) if left else blocks


def _runs(numbers: list[int], lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of numbers that follow each other and are of one kind."""
    start = 0
    for place in range(1, len(numbers) + 1):
        goes_on = place < len(numbers) and numbers[place] == numbers[place - 1] + 1
        if not goes_on or _kind_left(lines[numbers[place] - 1]) != _kind_left(lines[numbers[start] - 1]):
            yield numbers[start], numbers[place - 1]
            start = place


def _kind_left(line: str) -> BlockKind:
    if _WORDLESS.fullmatch(line):
        return "rule"
    return "definition" if _DEFINITION.match(line) else "paragraph"


def _block_left(run: tuple[int, int], lines: list[str]) -> Block:
    start, end = run
    raw = "\n".join(lines[start - 1 : end])
    kind = _kind_left(lines[start - 1])
    text = "" if kind == "rule" else one_line(raw)
    return Block(kind=kind, text=text, raw=raw, line=start, end_line=end)


def _merged(blocks: Sequence[Block], left: Sequence[Block]) -> tuple[Block, ...]:
    """Return *blocks* with those of *left* between them, each where its line stands; both are in order."""
    merged: list[Block] = []
    rest = list(left)[::-1]
    for block, below in zip_longest(blocks, (one.line for one in blocks[1:])):
        while rest and rest[-1].line < block.line:
            merged.append(rest.pop())
        end = below if block.kind == "heading" else _last_line(block)
        within: list[Block] = []
        while rest and (end is None or rest[-1].line < end):
            within.append(rest.pop())
        merged.append(evolve(block, children=_merged(block.children, within)) if within else block)
    return (*merged, *rest[::-1])


def _last_line(block: Block) -> int:
    while block.children:
        block = block.children[-1]
    return block.end_line
