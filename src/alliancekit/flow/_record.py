"""The record of a check-in: what a session about an alliance that exists came to, as far as all may know it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from alliancekit.flow._draft import draft, responses, said_by
from alliancekit.flow._eyes import eyes_of, is_visible, told
from alliancekit.flow._figures import pulse
from alliancekit.flow._reviews import reviewed
from alliancekit.flow._state import Item, State
from alliancekit.model import Amendment, CheckIn
from alliancekit.values import FrozenMap

__all__ = ["check_in"]

_CARRIED = ("known_by", "by", "to", "of", "meets", "due", "repeats", "topic")
"""What an amendment says beside its text, where the clause has it."""


def check_in(state: State, active: tuple[str, ...], day: date) -> CheckIn:
    """Return the record of a session on *day*; *active* are those present who have said anything, shown or not."""
    adopted = sorted((one for one in state.items.values() if one.outcome == "adopted"), key=lambda one: one.place)
    return CheckIn(
        alliance=state.head.alliance_id,
        date=day,
        present=active if state.is_over else tuple(_heard(state, active)),
        reviewed=reviewed(state),
        pulse=pulse(state),
        amendments=FrozenMap((item.id, _amendment(state, item)) for item in adopted if item.element != "intention"),
        responses=responses(state),
        next=_next(state, day),
    )


def _next(state: State, day: date) -> date | None:
    """Return when they meet again, by the rhythm that they have agreed by now."""
    from alliancekit.cadence import next_check_in

    cadence = draft(state).cadence
    return next_check_in(cadence, held=day) if cadence is not None else None


def _heard(state: State, active: tuple[str, ...]) -> Iterator[str]:
    """Yield of *active* those of whom all may know already that they said something."""
    eyes, veiled = eyes_of(state), state.route.veiled
    asks = tuple(leaf for leaf in told(state) if leaf.id not in veiled)
    spoke = {who for _, who in state.ratified} | {who for item in state.items.values() for who in item.words}
    for who in active:
        if who in spoke or any(is_visible(state, leaf, who) and eyes.counts(leaf, who) for leaf in asks):
            yield who


def _amendment(state: State, item: Item) -> Amendment:
    element: Any = item.element
    if item.action == "drop":
        return Amendment(id=item.id, action="drop", element=element)
    # What a clause says and did not say before; of one that is new, all of it.
    was = state.head.clauses[item.id][1] if item.action == "change" else None
    carried = {name: getattr(item.clause, name, None) for name in _CARRIED}
    told = {name: value for name, value in carried.items() if value and value != getattr(was, name, None)}
    return Amendment(id=item.id, action=item.action, element=element, text=said_by(item.clause), **told)
