"""Whom a proposal concerns, and so whose word it needs."""

from __future__ import annotations

from alliancekit.flow._state import Item, State
from alliancekit.model import EVERYONE

__all__ = ["asked_to_meet", "concerned"]


def concerned(state: State, item: Item) -> tuple[str, ...]:
    """Return whose word a proposal needs, of those present, in their order."""
    if item.element not in ("expectations", "commitments"):
        return state.present
    by, others = item.clause.by, item.clause.of if item.element == "expectations" else item.clause.to
    named = {*by, *(others or _others(state, by))}
    return state.present if EVERYONE in named else tuple(who for who in state.present if who in named)


def asked_to_meet(state: State, item: Item) -> tuple[str, ...]:
    """Return who is asked by an expectation, of those present."""
    if item.element != "expectations":
        return ()
    named = item.clause.of or _others(state, item.clause.by)
    rest = tuple(who for who in state.present if who not in item.clause.by)
    return rest if EVERYONE in named else tuple(who for who in state.present if who in named)


def _others(state: State, by: tuple[str, ...]) -> tuple[str, ...]:
    rest = tuple(who for who in state.present if who not in by)
    return rest if state.head.kind == "one-to-one" and len(rest) == 1 and EVERYONE not in by else (EVERYONE,)
