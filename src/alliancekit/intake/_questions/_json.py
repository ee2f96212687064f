"""
Lists in JSON (and YAML), whatever their shape.

A text is a question, an object with a question in it is an entry, and everything else holds those: a list, an object of
topics, an object with the list under ``questions`` and words about it beside. What is beside and has no place is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, final

from alliancekit.documents import Node, Tree
from alliancekit.intake._questions._draft import Draft, Entry
from alliancekit.intake._questions._entries import deeper, entry_of
from alliancekit.intake._questions._fields import question_key
from alliancekit.intake._questions._heads import Heads
from alliancekit.intake._questions._languages import joined
from alliancekit.intake._questions._names import CONTAINERS, STRONG_TEXTS, field_of, language_of, plain_key
from alliancekit.intake._questions._rows import rows_into
from alliancekit.intake._questions._values import is_question, words_of
from alliancekit.typing import Pointer
from alliancekit.values import is_list, is_mapping, pointer_of

__all__ = ["read_tree_into"]

_FEWEST: Final = 3  # words: fewer are a name


def read_tree_into(tree: Tree, draft: Draft) -> None:
    """Read the list that *tree* is into *draft*."""
    if tree.root is not None:
        _Walk(tree, draft).at(tree.root, "", ())


@final
class _Walk:
    """One walk through a tree: where it is, it knows the sections above."""

    def __init__(self, tree: Tree, draft: Draft) -> None:
        self.tree = tree
        self.draft = draft
        self.heads = Heads(tree, draft)

    def at(self, node: Node, pointer: Pointer, sections: tuple[str, ...], name: str = "") -> None:
        """Read what stands at *pointer*, under *sections*; *name* is the key that it has where keys are ids."""
        if isinstance(node.value, str) or _is_entry(node.value):
            self._entry(node, pointer, sections, name)
        elif is_list(node.value):
            self._list(node, pointer, sections)
        elif is_mapping(node.value):
            self._object(node, pointer, sections)
        elif node.value is not None:
            self._keep(node, node, pointer, "it is neither a question nor a list of them")

    def _entry(self, node: Node, pointer: Pointer, sections: tuple[str, ...], name: str) -> None:
        place = self._place(node, pointer, sections, name)
        given = node.value if is_mapping(node.value) and not _is_localised(node.value) else {"text": node.value}
        entry = entry_of(given, place, self.draft)
        if entry is not None:
            self.draft.entries.append(entry)
        elif node.value:
            self._keep(node, node, pointer, "there is no question in it")

    def _place(self, node: Node, pointer: Pointer, sections: tuple[str, ...], name: str) -> Entry:
        span = self.tree.stretch(node.start, node.end)
        raw = self.tree.text[node.start : node.end]
        return Entry(
            line=span.start.line, end_line=span.end.line, raw=raw, pointer=pointer, id=name, sections=sections[:1]
        )

    def _list(self, node: Node, pointer: Pointer, sections: tuple[str, ...]) -> None:
        items = node.items or []
        if items and all(is_list(one.value) and _is_row(one.value) for one in items):
            rows = [(self._place(one, f"{pointer}/{n}", sections, ""), one.value) for n, one in enumerate(items)]
            rows_into(rows, self.draft)
            return
        for place, item in enumerate(items):
            self.at(item, f"{pointer}/{place}", sections)

    def _object(self, node: Node, pointer: Pointer, sections: tuple[str, ...]) -> None:
        if _by_language(node.value):
            self._languages(node, pointer, sections)
            return
        children = list(_children(node, pointer))
        sections = self.heads.read(children, sections)
        holds = any(is_list(child.value) or is_mapping(child.value) for _, child, _ in children)
        lists = any(is_list(child.value) for _, child, _ in children)
        for key, child, inner in children:
            if inner in self.heads.done:
                continue
            if lists and _is_name(child.value):
                self._keep(key, child, inner, "it says something about the list")
            else:
                self._child(key, child, inner, sections, holds=holds)

    def _child(self, key: Node, child: Node, pointer: Pointer, sections: tuple[str, ...], *, holds: bool) -> None:
        value, name = child.value, str(key.value)
        if isinstance(value, str):
            if is_question(value) or (not holds and len(value.split()) >= _FEWEST):
                self.draft.note(
                    self.tree.position(key.start).line, "the keys", "understood as the ids of the questions"
                )
                self.at(child, pointer, sections, name)
            elif value.strip():
                self._keep(key, child, pointer, "it says something about the list")
        elif is_mapping(value) and _is_entry(value):
            self.at(child, pointer, sections, name)
        elif (is_list(value) or is_mapping(value)) and value:
            self._holder(key, child, pointer, sections)
        elif value not in (None, [], {}):
            self._keep(key, child, pointer, "it says something about the list")

    def _holder(self, key: Node, child: Node, pointer: Pointer, sections: tuple[str, ...]) -> None:
        """Read what holds questions, under its key where that is a topic."""
        if not any(map(_may_ask, _texts(child.value))):
            self._keep(key, child, pointer, "there is no question in it")
            return
        name = str(key.value)
        if plain_key(name) in CONTAINERS or field_of(name) in ("section", "subsection", "follow_ups"):
            self.at(child, pointer, sections)
            return
        if is_mapping(child.value) and self.heads.is_titled(child.value):
            self.at(child, pointer, sections)
            return
        self.draft.note(self.tree.position(key.start).line, "the keys", "understood as the sections of the questions")
        self.at(child, pointer, (self.draft.section(deeper(sections, name)),))

    def _languages(self, node: Node, pointer: Pointer, sections: tuple[str, ...]) -> None:
        """Read lists of which each is in the language of its key."""
        drafts: dict[str, Draft] = {}
        for key, child, inner in _children(node, pointer):
            draft = drafts[language_of(str(key.value))] = Draft()
            _Walk(self.tree, draft).at(child, inner, sections)
        joined(drafts, self.draft)
        self.draft.note(
            self.tree.position(node.start).line, ", ".join(drafts), "understood as one list in each language"
        )

    def _keep(self, first: Node, last: Node, pointer: Pointer, why: str) -> None:
        span = self.tree.stretch(first.start, last.end)
        text = self.tree.text[first.start : last.end]
        self.draft.keep(span.start.line, span.end.line, text, why, pointer)


def _children(node: Node, pointer: Pointer) -> Iterator[tuple[Node, Node, Pointer]]:
    for key, child in zip(node.keys or (), node.items or (), strict=True):
        yield key, child, f"{pointer}{pointer_of(str(key.value))}"


def _is_localised(value: Any) -> bool:
    return bool(is_mapping(value) and value and words_of(value) and all(map(language_of, value)))


def _by_language(value: dict[str, Any]) -> bool:
    """Return whether *value* holds a list for each language."""
    return len(value) > 1 and all(language_of(k) and (is_list(v) or is_mapping(v)) for k, v in value.items())


def _is_row(value: list[Any]) -> bool:
    return len(value) > 1 and all(one is None or isinstance(one, str | int | float) for one in value)


def _is_entry(value: Any) -> bool:
    """Return whether *value* is an object that is a question, and not one that holds some."""
    if not is_mapping(value) or not value:
        return False
    if _is_localised(value):
        return True
    key = question_key(value)
    if not key:
        return any(isinstance(v, str) and language_of(k) and not field_of(k) for k, v in value.items())
    if plain_key(key).split("_")[0] in STRONG_TEXTS or plain_key(key) in STRONG_TEXTS:
        return True
    title = " ".join((words_of(value[key]) or {}).values())
    return is_question(title) or not any(_holds(k, v) or _asks_beside(k, v) for k, v in value.items())


def _asks_beside(key: str, value: Any) -> bool:
    """Return whether *value* is a question under its id, of an object that has a title."""
    return isinstance(value, str) and is_question(value) and not field_of(key) and not language_of(key)


def _is_name(value: Any) -> bool:
    """Return whether *value* is called something, and asks nothing: the form that a list of questions belongs to."""
    if not is_mapping(value) or not _is_entry(value) or _is_localised(value):
        return False
    key = question_key(value)
    text = " ".join((words_of(value[key]) or {}).values()) if key else "?"
    return plain_key(key) not in STRONG_TEXTS and not is_question(text) and len(text.split()) < _FEWEST


def _holds(key: str, value: Any) -> bool:
    """Return whether *value*, an entry of an object under *key*, holds questions."""
    if not value or not (is_list(value) or is_mapping(value)) or words_of(value):
        return False
    if plain_key(key) == "properties" and is_mapping(value):  # of a form: more of the question, or a group of them
        return any(_holds(name, one) for name, one in value.items())
    named = plain_key(key) in CONTAINERS or field_of(key) in ("section", "subsection", "follow_ups")
    return named or (not field_of(key) and any(map(is_question, _texts(value))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_mapping(value):
        for one in value.values():
            yield from _texts(one)
    elif is_list(value):
        for one in value:
            yield from _texts(one)


def _may_ask(text: str) -> bool:
    return is_question(text) or len(text.split()) >= _FEWEST or (not text.isascii() and len(text) > _FEWEST * 2)
