"""What mends the structure of a document: safe where there is only one thing that it can have meant."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from alliancekit.check._fixes._edits import (
    Spot,
    is_same,
    meant,
    quoted,
    removed_entry,
    removed_item,
    renamed,
    replaced,
    source,
    spot_of,
    unsafe,
)
from alliancekit.documents import Node, Tree
from alliancekit.findings import Edit, Finding, Fix
from alliancekit.values import tokens_of

__all__ = [
    "bad_date",
    "bad_id",
    "bad_language",
    "bad_time",
    "bad_timezone",
    "empty_text",
    "unknown_field",
    "wrong_type",
    "wrong_value",
]

_EXAMPLE: Final = re.compile(r"for example '([^']+)'")
_OWN_ID: Final = "the entry's own key is its id already"
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_ONE_DIGIT: Final = re.compile(r"[0-9]:[0-5][0-9]")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:[.][0-9]{1,15})?")
_ID: Final = re.compile(r"[a-z][a-z0-9-]*")
_STRAIGHT: Final = re.compile(r'write straight ones, "([^"\\]+)"\Z')
_INSTEAD: Final = re.compile(r"write ([a-z]+)")
_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")


def _written(tree: Tree, finding: Finding) -> tuple[Node, str] | None:
    """Return the scalar that is meant, and its text; None for anything else."""
    spot = spot_of(tree, finding.pointer)
    node = spot and (spot.key if finding.on_key else spot.node)
    return (node, node.value) if node is not None and isinstance(node.value, str) else None


def _rewritten(tree: Tree, node: Node, new: str, *, is_safe: bool) -> Fix | None:
    # Times and dates go into quotes, so that readers of YAML 1.1 see them as they are.
    edit = replaced(tree, node, new)
    return edit and Fix(message=f"write {edit.text}", edits=(edit,), is_safe=is_safe)


def unknown_field(tree: Tree, finding: Finding) -> Fix | None:
    """Rename a key to the one that was meant; take out an id that says what its key does."""
    spot = spot_of(tree, finding.pointer)
    if spot is None or spot.key is None:
        return None
    if finding.hint.startswith(_OWN_ID):
        own = tokens_of(finding.pointer)[-2:-1]
        edit = removed_entry(tree, spot) if spot.node.value in own else None
        return edit and Fix(message="take it out: it says what its key does", edits=(edit,), is_safe=True)
    name = meant(finding)
    return unsafe(f"rename it to {name}", renamed(tree, spot, name)) if name else None


def wrong_type(tree: Tree, finding: Finding) -> Fix | None:
    """Write the value as what is wanted, where it can be only one."""
    spot = spot_of(tree, finding.pointer)
    if spot is None:
        return None
    node, hint = spot.node, finding.hint
    if node.value is None:
        return unsafe("take it out", removed_entry(tree, spot)) if hint == "leave it out" else None
    if node.items is not None or node.style in ("|", ">"):
        return None
    new = _as_wanted(source(tree, node), node.value, hint)
    return unsafe(f"write {new}", Edit(tree.stretch(node.start, node.end), new)) if new else None


def _as_wanted(text: str, value: object, hint: str) -> str:
    if hint.startswith("put it in quotes") and len(text) < 60:
        return quoted(text)
    if not isinstance(value, str):
        return ""
    if hint.startswith("write it without quotes") and _NUMBER.fullmatch(value):
        return value
    if hint in ("write true", "write false"):
        return hint.removeprefix("write ")
    if hint.startswith("write a list: ["):
        names = [one.strip() for one in value.split(",")]
        if all(_ID.fullmatch(one) for one in names):
            parts = map(quoted, names) if text.startswith('"') else names
            return f"[{', '.join(parts)}]"
    return ""


def wrong_value(tree: Tree, finding: Finding) -> Fix | None:
    """Write the value that was meant; take out what a list names twice."""
    spot = spot_of(tree, finding.pointer)
    if spot is None:
        return None
    if spot.node.keys is None and spot.node.items is not None:
        return _named_once(tree, spot.node) if finding.message.endswith(" twice") else None
    for found in (_STRAIGHT.search(finding.hint), _INSTEAD.fullmatch(finding.hint)):
        if found is not None:
            return _rewritten(tree, spot.node, found[1], is_safe=False)
    name = meant(finding)
    return _rewritten(tree, spot.node, name, is_safe=False) if name else None


def _named_once(tree: Tree, node: Node) -> Fix | None:
    items = node.items or []
    again = next((at for at, one in enumerate(items) if any(is_same(one.value, two.value) for two in items[:at])), None)
    if again is None or len(items) > 200:
        return None
    edit = removed_item(tree, Spot(items[again], None, node, again))
    return edit and Fix(message="take the second one out: it says the same", edits=(edit,), is_safe=True)


def empty_text(tree: Tree, finding: Finding) -> Fix | None:
    """Take out an optional text that says nothing."""
    spot = spot_of(tree, finding.pointer)
    if spot is None or not finding.hint.startswith("leave it out"):
        return None
    return unsafe("take it out", removed_entry(tree, spot) or removed_item(tree, spot))


def bad_date(tree: Tree, finding: Finding) -> Fix | None:
    """Write a date that begins with its year as ISO 8601 has it; which comes first in any other is a guess."""
    written = _written(tree, finding)
    found = written and _YEAR_FIRST.fullmatch(written[1].strip())
    if not written or not found:
        return None
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return _rewritten(tree, written[0], day.isoformat(), is_safe=True)


def bad_time(tree: Tree, finding: Finding) -> Fix | None:
    """Write an hour of one digit with two."""
    written = _written(tree, finding)
    if written is None or not _ONE_DIGIT.fullmatch(written[1].strip()):
        return None
    return _rewritten(tree, written[0], f"0{written[1].strip()}", is_safe=True)


def bad_language(tree: Tree, finding: Finding) -> Fix | None:
    """Write hyphens for underscores in the tag of a language."""
    written, example = _written(tree, finding), _example(finding)
    if written is None or not example or written[1].replace("_", "-") != example:
        return None
    return _rewritten(tree, written[0], example, is_safe=True)


def bad_timezone(tree: Tree, finding: Finding) -> Fix | None:
    """Write the time zone that was meant."""
    written, name = _written(tree, finding), meant(finding) or _example(finding)
    return _rewritten(tree, written[0], name, is_safe=False) if written and name else None


def bad_id(tree: Tree, finding: Finding) -> Fix | None:
    """
    Write the id in small letters and hyphens, where no other id would be the same then.

    Whatever names it is a finding of its own, and is written in the same way.
    """
    written, name = _written(tree, finding), _example(finding)
    if written is None or not name or len(_spellings(tree).get(_folded(name), ())) > 1:
        return None
    return _rewritten(tree, written[0], name, is_safe=False)


def _example(finding: Finding) -> str:
    found = _EXAMPLE.fullmatch(finding.hint)
    return found[1] if found else ""


# By tree, because every finding of a document asks.
_SPELLINGS: Final[WeakKeyDictionary[Tree, dict[str, set[str]]]] = WeakKeyDictionary()


def _spellings(tree: Tree) -> dict[str, set[str]]:
    """Return the keys of a document, by what they are when only letters and digits count."""
    known = _SPELLINGS.get(tree)
    if known is not None:
        return known
    found = _SPELLINGS[tree] = {}
    waiting: list[Node] = [tree.root] if tree.root is not None else []
    while waiting:
        node = waiting.pop()
        waiting += node.items or ()
        for key in node.keys or ():
            found.setdefault(_folded(str(key.value)), set()).add(str(key.value))
    return found


def _folded(name: str) -> str:
    return _BETWEEN_WORDS.sub("-", name.casefold()).strip("-")
