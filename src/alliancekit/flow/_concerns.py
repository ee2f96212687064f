"""Whom a proposal concerns, and so whose word it needs."""

from __future__ import annotations

from typing import Any

from alliancekit.flow._plan import AgreeStep
from alliancekit.flow._state import Item, State
from alliancekit.model import EVERYONE

__all__ = ["asked_to_meet", "concerned", "parties", "was_decided"]


def concerned(state: State, item: Item) -> tuple[str, ...]:
    """Return whose word a proposal needs, of those present, in their order."""
    role = decided_by(state, item)
    return state.roles(role) if role is not None else parties(state, item)


def decided_by(state: State, item: Item) -> str | None:
    """Return the role that decides about a proposal; None where those decide whom it concerns."""
    step = state.route.places[item.step].step if item.step is not None else None
    return step.decided_by if isinstance(step, AgreeStep) and step.decided_by != EVERYONE else None


def was_decided(state: State, item: Item) -> bool:
    """Return whether those who decide about a proposal have had their say, though they may have left since."""
    role = decided_by(state, item)
    return role is not None and any(
        role in state.members[who].roles and word.response in ("accept", "stand_aside")
        for who, word in item.words.items()
    )


def parties(state: State, item: Item) -> tuple[str, ...]:
    """Return who is part of what a proposal says, of those present, in their order."""
    if item.element not in ("expectations", "commitments"):
        return state.present
    named = _named(state, item.element, item.clause)
    if item.action != "add":
        named |= _named(state, item.element, state.head.clauses[item.id][1])
    return state.present if EVERYONE in named else tuple(who for who in state.present if who in named)


def _named(state: State, element: str, clause: Any) -> set[str]:
    others = clause.of if element == "expectations" else clause.to
    return {*clause.by, *(others or _others(state, clause.by))}


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
