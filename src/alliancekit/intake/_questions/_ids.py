"""Ids from what a source has: its own where it fits, else a few words of the text, each once."""

from __future__ import annotations

import re
from typing import Final, final

from alliancekit.intake._slugs import folded
from alliancekit.model import BY_ID

__all__ = ["Ids", "is_id", "slug"]

_LONGEST: Final = 64
_SLUG: Final = 40
_APART: Final = re.compile(r"[^a-z0-9]+")


def is_id(text: str) -> bool:
    """Return whether *text* can be an id as it stands."""
    return BY_ID.key.flaw(text) is None


def slug(text: str, most: int = _SLUG) -> str:
    """Return the first words of *text* as part of an id; empty where it is not written in Latin letters."""
    plain = folded(text)
    latin = sum(one.isascii() for one in plain if one.isalnum())
    if latin * 2 < sum(one.isalnum() for one in plain):
        return ""
    whole = _APART.sub("-", plain).strip("-")
    if len(whole) <= most:
        return whole
    return whole[: most + 1].rpartition("-")[0] or whole[:most]


@final
class Ids:
    """
    Gives ids, each once, in the order in which they are asked for.

    Args:
        prefix: What an id begins with that would not be one without it.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._taken)

    def give(self, own: str, text: str, position: int) -> tuple[str, bool]:
        """
        Return an id, and whether it is the second of its name.

        Args:
            own: What the source calls it; may be empty.
            text: What it says.
            position: Its place in the list, from 1: the last resort.
        """
        wanted = own if is_id(own) else self._fitting(own, text, position)
        if wanted not in self._taken:
            self._taken.add(wanted)
            return wanted, False
        return self._another(wanted), True

    def _fitting(self, own: str, text: str, position: int) -> str:
        words = slug(own, _LONGEST - len(self._prefix) - 1) or slug(text) or str(position)
        return words if is_id(words) else f"{self._prefix}-{words}"

    def _another(self, wanted: str) -> str:
        count = self._next.get(wanted, 2)
        while (name := f"{wanted[: _LONGEST - len(str(count)) - 1].rstrip('-')}-{count}") in self._taken:
            count += 1
        self._next[wanted] = count + 1
        self._taken.add(name)
        return name
