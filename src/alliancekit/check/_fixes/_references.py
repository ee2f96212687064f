"""What mends names and repetitions: none of it is safe, because only the members know whom and what they meant."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from alliancekit.check._fixes._edits import Spot, meant, removed_entry, renamed, replaced, spot_of, unsafe
from alliancekit.documents import Tree
from alliancekit.findings import Finding, Fix
from alliancekit.values import is_mapping, shorten, tokens_of

__all__ = ["duplicate_clause", "self_commitment", "to_nobody", "unknown_name"]

_NAME: Final = re.compile(r"[\w-]+")
_MAY_BE_LEFT_OUT: Final = frozenset({"to", "of", "declined_by", "steward"})


def unknown_name(tree: Tree, finding: Finding) -> Fix | None:
    """Write the name that was meant, in the place of a value or of a key."""
    spot, name = spot_of(tree, finding.pointer), meant(finding)
    if spot is None or not name:
        return None
    if isinstance(spot.node.value, str) and shorten(spot.node.value) in finding.message:
        return None if _is_beside(spot, name) else unsafe(f"write {name}", replaced(tree, spot.node, name))
    is_key = spot.key is not None and shorten(spot.key.value) in finding.message
    return unsafe(f"write {name}", renamed(tree, spot, name)) if is_key else None


def _is_beside(spot: Spot, name: str) -> bool:
    """Return whether a list names *name* already."""
    return spot.key is None and spot.holder is not None and any(one.value == name for one in spot.holder.items or ())


def to_nobody(tree: Tree, finding: Finding) -> Fix | None:
    """Take out an empty list of people, where leaving it out says something."""
    spot = spot_of(tree, finding.pointer)
    if spot is None or finding.pointer.rpartition("/")[2] not in _MAY_BE_LEFT_OUT:
        return None
    return unsafe("take it out", removed_entry(tree, spot)) if spot.node.value == [] else None


def self_commitment(tree: Tree, finding: Finding) -> Fix | None:
    """Take out to whom, so that it is given to the others."""
    spot = spot_of(tree, finding.pointer)
    if spot is None or not finding.pointer.endswith("/to"):
        return None
    return unsafe("take `to` out: it is then given to the other of two, or to everyone", removed_entry(tree, spot))


def duplicate_clause(tree: Tree, finding: Finding) -> Fix | None:
    """Take out the second of two clauses that say the same, where nothing names it and nothing more is in it."""
    spot = spot_of(tree, finding.pointer)
    edit = spot and removed_entry(tree, spot)
    if spot is None or edit is None or not _adds_nothing(tree, finding, spot):
        return None
    name = str(tokens_of(finding.pointer)[-1])
    own = tree.text[tree.offset(edit.span.start) : tree.offset(edit.span.end)]
    if _names_in(tree.text)[name] > _NAME.findall(own).count(name):
        return None
    return unsafe("take the second one out", edit)


@lru_cache(maxsize=1)
def _names_in(text: str) -> Counter[str]:
    """Return how often each name is in *text*; kept, since of one document very many clauses may be asked for."""
    return Counter(_NAME.findall(text))


def _adds_nothing(tree: Tree, finding: Finding, spot: Spot) -> bool:
    """Return whether the first of two clauses has all that the second one has, but for how its text is written."""
    holder, name = finding.pointer.rpartition("/")[0], _first(finding)
    first = spot_of(tree, f"{holder}/{name}") if name else None
    if first is None:
        return False
    old, new = first.node.value, spot.node.value
    return is_mapping(old) and is_mapping(new) and all(key == "text" or old.get(key) == new[key] for key in new)


def _first(finding: Finding) -> str:
    found = re.fullmatch(r".* says the same as (\S+)", finding.message)
    return found[1] if found else ""
