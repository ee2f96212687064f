"""What the handler of a request gives: the next state with its facts, or the reason why the request does not fit."""

from __future__ import annotations

from typing import TypeAlias

from alliancekit.flow._facts import AnyFact
from alliancekit.flow._state import State

__all__ = ["Outcome", "Unfit"]


class Unfit(Exception):  # noqa: N818 - inside the engine: it becomes a Refused fact
    """A member's request does not fit; the text says why, in words for that member."""


Outcome: TypeAlias = tuple[State, tuple[AnyFact, ...]]
"""The next state, and what happened."""
