"""What stands beside the questions in an object: its title, licence and languages, and tables of the sections' titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias, final

from alliancekit.documents import Node, Tree
from alliancekit.intake._questions._draft import PLAIN, Draft
from alliancekit.intake._questions._entries import deeper
from alliancekit.intake._questions._fields import Fields
from alliancekit.intake._questions._ids import is_id
from alliancekit.intake._questions._names import CONTAINERS, field_of, language_of, plain_key
from alliancekit.intake._questions._values import id_of, is_question, labels_of, words_of
from alliancekit.typing import Pointer
from alliancekit.values import is_list, is_mapping

__all__ = ["Heads"]

Child: TypeAlias = tuple[Node, Node, Pointer]

_TITLES: Final = frozenset(["title", "name", "label", "heading"])
_TOPICS: Final = frozenset(["topic", "category", "section", "theme", "group", "chapter", "area", "heading"])
_IDS: Final = frozenset({"id", "key", "slug"})
_TABLE: Final = re.compile(r"categor|section|topic|theme|group|kategori|カテゴリ", re.IGNORECASE)


@final
class Heads:
    """
    What objects say about the list or about a section.

    Attributes:
        done: The pointers of what was understood.
    """

    def __init__(self, tree: Tree, draft: Draft) -> None:
        self.tree = tree
        self.draft = draft
        self.done: set[Pointer] = set()
        self._used = frozenset(_used(tree.value))

    def read(self, children: Sequence[Child], sections: tuple[str, ...]) -> tuple[str, ...]:
        """Read what the *children* of an object say about it, and return the sections in which the others stand."""
        is_root = all(pointer.count("/") == 1 for _, _, pointer in children)
        title: dict[str, str] = {}
        for child in sorted(children, key=lambda one: plain_key(str(one[0].value)) == "name"):
            if is_root and self.about_list(child):
                self._understand(child, "what the list says about itself")
            elif self._is_table(child):
                self._table(child)
            elif not title and (found := self._title(child, is_root=is_root)):
                title = found
                self._understand(child, "the title of a section")
        if not title:
            return sections
        return (self._section(title, children, sections),)

    def _section(self, title: dict[str, str], children: Sequence[Child], sections: tuple[str, ...]) -> str:
        """Return the key of the section that an object is, which may stand in another one."""
        named = [(id_of(one.value), pointer) for key, one, pointer in children if plain_key(str(key.value)) in _IDS]
        name, pointer = next((one for one in named if is_id(one[0])), ("", ""))
        self.done |= {pointer} - {""}
        key = deeper(sections, next(iter(title.values())).strip())
        return self.draft.section(key, self._below(title, sections), name)

    def _below(self, title: dict[str, str], sections: tuple[str, ...]) -> dict[str, str]:
        """Return *title* behind that of the section in which it stands."""
        if not sections:
            return title
        above = self.draft.sections[sections[0]].title
        first = next(iter(above.values()))
        return {tag: deeper((above.get(tag, first),), text) for tag, text in title.items()}

    def is_titled(self, value: dict[str, Any]) -> bool:
        """Return whether an object says itself what it is called."""
        return any(plain_key(key) in _TITLES | _TOPICS and words_of(one) for key, one in value.items())

    def _understand(self, child: Child, how: str) -> None:
        key, _, pointer = child
        self.done.add(pointer)
        self.draft.note(self.tree.position(key.start).line, str(key.value), f"understood as {how}")

    def _title(self, child: Child, *, is_root: bool) -> dict[str, str]:
        key, node, _ = child
        names = _TOPICS if is_root else _TITLES | _TOPICS
        if plain_key(str(key.value)) not in names or is_list(node.value):
            return {}
        found = words_of(node.value) or {}
        return {} if any(map(is_question, found.values())) else found

    def about_list(self, child: Child) -> bool:
        key, node, _ = child
        match plain_key(str(key.value)):
            case "title" | "name":
                return self._list_title(node.value)
            case "license" | "licence" | "lizenz" if isinstance(node.value, str):
                self.draft.licence = self.draft.licence or node.value
            case "language" | "lang" | "locale" if isinstance(node.value, str) and language_of(node.value):
                self.draft.language = self.draft.language or language_of(node.value)
            case "languages" | "locales":
                return self._languages(node.value)
            case "id" | "slug" if id_of(node.value):
                self.draft.id = id_of(node.value)
            case "kinds" if is_list(node.value):
                self.draft.kinds = [one for one in node.value if isinstance(one, str)]
            case _:
                return False
        return True

    def _list_title(self, value: Any) -> bool:
        words = words_of(value)
        if not words or self.draft.title:
            return False
        self.draft.titles |= words
        self.draft.title = words.get(PLAIN) or next(iter(words.values()))
        return True

    def _languages(self, value: Any) -> bool:
        names = list(value) if is_mapping(value) else labels_of(value) or ()
        tags = [language_of(one) for one in names]
        if not tags or "" in tags:
            return False
        self.draft.languages += tags
        return not is_mapping(value) or all(isinstance(one, str) for one in value.values())

    def _is_table(self, child: Child) -> bool:
        """Return whether it names sections and holds no questions."""
        key, node, _ = child
        name, value = str(key.value), node.value
        if not value or not (_TABLE.search(name) or (is_mapping(value) and self._used and set(value) <= self._used)):
            return False
        if is_mapping(value):
            return all(_named(one) for one in value.values()) and bool(self._used or field_of(name) == "section")
        return is_list(value) and bool(self._used) and all(_named(one) for one in value)

    def _table(self, child: Child) -> None:
        value = child[1].value
        pairs = value.items() if is_mapping(value) else [(_key_of(one, self._used), one) for one in value]
        for key, one in pairs:
            title = _named(one)
            own = _own_id(one)
            self.draft.section(key, title or {PLAIN: key}, own)
        self._understand(child, "the titles of the sections")
        if any(is_mapping(one) and _more(one) for _, one in pairs):
            node = child[1]
            span = self.tree.stretch(child[0].start, node.end)
            text = self.tree.text[child[0].start : node.end]
            self.draft.keep(span.start.line, span.end.line, text, "a section has only a title", child[2])


def _named(value: Any) -> dict[str, str] | None:
    """Return the words of what names a section; None for what does not."""
    found = words_of(value)
    if not found and is_mapping(value) and not any(_is_holder(key, one) for key, one in value.items()):
        found = Fields(value).text()
    return None if not found or any("?" in one for one in found.values()) else found


def _is_holder(key: str, value: Any) -> bool:
    return (is_list(value) or is_mapping(value)) and (plain_key(key) in CONTAINERS or field_of(key) == "follow_ups")


def _own_id(value: Any) -> str:
    """Return the id of a section, where it can be one as it stands."""
    name = next((id_of(one) for key, one in value.items() if field_of(key) == "id"), "") if is_mapping(value) else ""
    return name if is_id(name) else ""


def _key_of(value: Any, used: frozenset[str]) -> str:
    """Return by which of its names a section is called in the entries."""
    names = [id_of(one) for key, one in value.items() if field_of(key) == "id"] if is_mapping(value) else []
    names += list((_named(value) or {}).values())
    return next((one for one in names if one in used), names[0] if names else "")


def _more(value: dict[str, Any]) -> bool:
    if words_of(value):
        return False
    fields = Fields(value)
    fields.text()
    fields.take("id", lambda one: id_of(one) or None)
    return bool(fields.left)


def _used(value: Any) -> Iterator[str]:
    """Yield by what names entries call their sections."""
    if is_list(value):
        for one in value:
            yield from _used(one)
    elif is_mapping(value):
        for key, one in value.items():
            if field_of(key) == "section" and not is_mapping(one):
                yield from filter(None, map(id_of, one if is_list(one) else [one]))
            if is_list(one) or is_mapping(one):
                yield from _used(one)
