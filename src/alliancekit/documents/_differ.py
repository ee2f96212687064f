"""Comparing plain values: 1 is neither True nor 1.0, and the order of keys means nothing."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, Final

from alliancekit.typing import Pointer
from alliancekit.values import is_mapping, is_same, pointer_of

__all__ = ["Step", "first_difference", "is_same", "steps"]

Step = tuple[str, int, int, int, int]
"""What happens to a stretch of a list: as `SequenceMatcher.get_opcodes` says it."""

_LONG: Final = 200


def first_difference(old: Any, new: Any, *path: str | int) -> Pointer:
    """Return the pointer of the first part in which two values differ; a list counts as one part."""
    if is_mapping(old) and is_mapping(new):
        for key in [*old, *new]:
            if key not in old or key not in new:
                return pointer_of(*path, key)
            if not is_same(old[key], new[key]):
                return first_difference(old[key], new[key], *path, key)
    return pointer_of(*path)


def steps(old: list[Any], new: list[Any]) -> list[Step]:
    """
    Return how *old* becomes *new*, with the stretches that stay.

    Lists of more than 200 entries are compared entry by entry: to find what moved takes time that grows with the square.
    """
    if max(len(old), len(new)) > _LONG:
        both = min(len(old), len(new))
        return [
            *(("equal" if is_same(old[i], new[i]) else "replace", i, i + 1, i, i + 1) for i in range(both)),
            ("replace", both, len(old), both, len(new)),
        ]
    known: list[Any] = []
    first, second = [_number(v, known) for v in old], [_number(v, known) for v in new]
    return list(SequenceMatcher(None, first, second, autojunk=False).get_opcodes())


def _number(value: Any, known: list[Any]) -> int:
    """Return a number that only values like *value* have."""
    for i, other in enumerate(known):
        if is_same(value, other):
            return i
    known.append(value)
    return len(known) - 1
