"""
A charter in JSON as the blocks that it would be in Markdown: titles are headings, texts are items, flat objects rows.

Shapes seen: boards with notes, objects of sections, lists of objects with a title and what belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final, final

from alliancekit.documents import Node, Tree
from alliancekit.intake._outline import Block, BlockKind
from alliancekit.intake._sayings import is_question, names_in
from alliancekit.intake._under import role_of, topic_of
from alliancekit.intake._vocabulary import lexicon, plain
from alliancekit.values import pointer_of

__all__ = ["charter"]

_TITLES: Final = ("title", "heading", "name", "section", "topic", "question", "label", "category")
_CONTENTS: Final = frozenset(
    [
        "notes",
        "items",
        "rules",
        "text",
        "content",
        "contents",
        "body",
        "description",
        "answer",
        "answers",
        "clauses",
        "sections",
        "children",
        "boards",
        "bullets",
        "points",
        "entries",
        "list",
        "explanation",
        "details",
        "cards",
    ]
)

# So many words are a sentence, and say enough by themselves.
_FEW: Final = 4


def charter(tree: Tree, language: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of the JSON document in *tree*; what only says that it is in *language* is none."""
    root = tree.root
    return tuple(_Charter(tree, language).blocks(root, (), 1)) if root else ()


@final
class _Charter:
    def __init__(self, tree: Tree, language: str | None) -> None:
        self._tree = tree
        self._language = language
        self._groups = 0

    def blocks(self, node: Node, at: tuple[str | int, ...], level: int) -> Iterator[Block]:
        """Yield what *node*, which stands *at* those tokens, comes to."""
        if node.keys is not None:
            yield from self._mapping(node, at, level)
        elif node.items is not None:
            yield from self._list(node, at, level)
        elif isinstance(node.value, str):
            yield self._block("paragraph", node, at, text=node.value)
        else:
            yield self._block("data", node, at)

    def _mapping(self, node: Node, at: tuple[str | int, ...], level: int) -> Iterator[Block]:
        entries = dict(
            zip(
                (key.value for key in node.keys or ()), zip(node.keys or (), node.items or (), strict=True), strict=True
            )
        )
        title = _first(entries, _TITLES) or ("" if at else _team(entries))
        if title and len(entries) == 1:
            title = ""
        rest = [
            block
            for name, (key, value) in entries.items()
            if name != title
            for block in self._entry(key, value, (*at, name), level + bool(title), in_titled=bool(title))
        ]
        if title:
            key, value = entries[title]
            text, under = value.value, min(level, 6)
            yield self._block("heading", value, (*at, title), start=key.start, text=text, level=under, children=rest)
        else:
            yield from rest

    def _entry(
        self, key: Node, value: Node, at: tuple[str | int, ...], level: int, *, in_titled: bool
    ) -> Iterator[Block]:
        is_part = in_titled and plain(key.value) in _CONTENTS
        if len(at) == 1 and value.value == self._language and lexicon("words").is_one("language", key.value):
            return
        is_text = isinstance(value.value, str)
        # Beside a title a text under a name of its own is a colour or a date, unless the name says more.
        says_more = len(at) == 1 or bool(role_of(key.value) or topic_of(key.value))
        is_about = not is_part and lexicon("words").is_one("about", key.value)
        if not value.items and (is_about or not (is_text and (is_part or not in_titled or says_more))):
            yield self._block("data", value, at, start=key.start)
        elif is_text and not is_part and _is_pair(key.value, value.value):
            text = f"{key.value}: {value.value.strip()}"
            yield self._block("item", value, at, start=key.start, text=text, level=1)
        elif is_part or _is_wrapper(value):
            yield from self.blocks(value, at, level)
        else:
            below = list(self.blocks(value, at, level + 1)) if value.value != "" else []
            yield self._block("heading", key, at, text=key.value, level=min(level, 6), children=below)

    def _list(self, node: Node, at: tuple[str | int, ...], level: int) -> Iterator[Block]:
        self._groups += 1
        group = self._groups
        for keys, run in groupby(enumerate(node.items or []), key=lambda one: _columns(one[1])):
            items = list(run)
            if keys:
                self._groups += 1
                yield from self._rows([item for _, item in items], at, items[0][0], self._groups)
                continue
            for number, item in items:
                text = _only_text(item)
                if text is not None:
                    yield self._block("item", text, (*at, number), text=text.value, level=1, group=group)
                else:
                    yield from self.blocks(item, (*at, number), level)

    def _rows(self, items: Sequence[Node], at: tuple[str | int, ...], first: int, group: int) -> Iterator[Block]:
        names = list(dict.fromkeys(key.value for item in items for key in item.keys or ()))
        head = (items[0].keys or [items[0]])[0]
        raw = ", ".join(names)
        yield self._block("row", head, at, text=raw, raw=raw, cells=names, header=True, group=group)
        for number, item in enumerate(items, first):
            cells = [self._cell(item.child(name)) for name in names]
            text = " | ".join(filter(None, cells))
            yield self._block("row", item, (*at, number), text=text, cells=cells, group=group)

    def _cell(self, found: tuple[Node | None, Node] | None) -> str:
        node = found[1] if found else None
        if node is None or node.value is None:
            return ""
        return node.value.strip() if isinstance(node.value, str) else self._tree.text[node.start : node.end]

    def _block(
        self, kind: BlockKind, node: Node, at: tuple[str | int, ...], *, start: int | None = None, **rest: Any
    ) -> Block:
        start = node.start if start is None else start
        span = self._tree.stretch(start, node.end)
        given: dict[str, Any] = {
            "raw": self._tree.text[start : node.end],
            "pointer": pointer_of(*at) if at else "",
            **rest,
        }
        if "text" in given:
            given["text"] = given["text"].strip()
        return Block(kind=kind, line=span.start.line, end_line=span.end.line, **given)


def _first(entries: dict[str, tuple[Node, Node]], known: Sequence[str]) -> str:
    """Return the first key of *known* under which a text stands, or an empty text."""
    names = {plain(name): name for name, (_, value) in entries.items() if isinstance(value.value, str)}
    return next((names[one] for one in known if one in names), "")


def _team(entries: dict[str, tuple[Node, Node]]) -> str:
    """Return the key under which the name of the team stands, which is that of the whole; a list of names is none."""
    words = lexicon("words")
    named = (
        key
        for key, (_, value) in entries.items()
        if words.is_one("team", key) and isinstance(value.value, str) and len(names_in(value.value)) < 2
    )
    return next(named, "")


def _is_pair(key: str, text: str) -> bool:
    """Return whether *text* says little without its *key*: "10-15" below "core_hours"."""
    is_whole = len(text.split()) > _FEW or text.rstrip().endswith((".", "!", "。"))
    return not is_whole and bool(text.strip()) and not role_of(key) and not is_question(key)


def _columns(node: Node) -> tuple[str, ...]:
    """Return the keys of a row of a table: several short values, and no text that belongs to a title; none for the rest."""
    if node.keys is None or any(one.items is not None for one in node.items or ()) or _is_titled(node):
        return ()
    return tuple(key.value for key in node.keys) if len(node.keys) > 1 else ()


def _is_wrapper(node: Node) -> bool:
    """Return whether *node* only holds sections, so that its own key is no heading."""
    items = node.items if node.keys is None else None
    return bool(items) and all(_is_titled(one) for one in items or ())


def _is_titled(node: Node) -> bool:
    keys = [plain(one.value) for one in node.keys or ()]
    return any(one in _TITLES for one in keys) and any(one in _CONTENTS for one in keys)


def _only_text(node: Node) -> Node | None:
    """Return the text that an entry of a list is, or that stands in it alone."""
    if isinstance(node.value, str):
        return node
    values = node.items if node.keys is not None else None
    return values[0] if values and len(values) == 1 and isinstance(values[0].value, str) else None
