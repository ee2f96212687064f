"""Whether plain data is within the limits of a document, for readers that did not count while they read."""

from __future__ import annotations

from typing import Any

from alliancekit.limits import Limits
from alliancekit.values import is_list, is_mapping

__all__ = ["is_within"]


def is_within(value: Any, limits: Limits) -> bool:
    """Return whether *value* has no more parts, keys, levels and characters than it may; never by recursion."""
    count, depth, level = 1, 0, [value]
    while level:
        below: list[Any] = []
        is_collection = False
        for one in level:
            if is_mapping(one):
                if len(one) > limits.keys:
                    return False
                is_collection = True
                below += one
                below += one.values()
            elif is_list(one):
                is_collection = True
                below += one
            elif isinstance(one, str) and len(one) > limits.text:
                return False
        count += len(below)
        depth += is_collection
        if count > limits.nodes or depth > limits.depth:
            return False
        level = below
    return True
