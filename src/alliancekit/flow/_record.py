"""The record of a check-in: what a session about an alliance that exists came to, as far as all may know it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from alliancekit.flow._amending import clauses_of
from alliancekit.flow._draft import draft, entering, responses, said_by
from alliancekit.flow._eyes import eyes_of, is_visible, told
from alliancekit.flow._figures import pulse
from alliancekit.flow._reviews import reviewed
from alliancekit.flow._state import Item, State
from alliancekit.flow._tables import INTENTION
from alliancekit.model import Alliance, Amendment, CheckIn, Recurrence, Review, ScheduledCheckIn
from alliancekit.values import FrozenMap

__all__ = ["check_in"]

_CARRIED = ("known_by", "by", "to", "of", "meets", "due", "repeats", "topic")
"""What an amendment says beside its text, where the clause has it."""


def check_in(state: State, active: tuple[str, ...], day: date) -> CheckIn:
    """Return the record of a session on *day*; *active* are those present who have said anything, shown or not."""
    entered = draft(state)
    return CheckIn(
        alliance=state.head.alliance_id,
        date=day,
        present=active if state.is_over else tuple(_heard(state, active)),
        reviewed=reviewed(state),
        pulse=pulse(state),
        amendments=FrozenMap(_amendments(state, entered)),
        responses=responses(state),
        next=_next(entered, day),
    )


def _next(entered: Alliance, day: date) -> date | None:
    """Return when they meet again, by the rhythm that they have agreed by now."""
    from alliancekit.cadence import next_check_in

    cadence = entered.cadence
    return next_check_in(cadence, held=day) if cadence is not None else None


def _heard(state: State, active: tuple[str, ...]) -> Iterator[str]:
    """Yield of *active* those of whom all may know already that they said something."""
    eyes, veiled = eyes_of(state), state.route.veiled
    asks = tuple(leaf for leaf in told(state) if leaf.id not in veiled)
    spoke = {who for _, who in state.ratified} | {who for item in state.items.values() for who in item.words}
    for who in active:
        if who in spoke or any(is_visible(state, leaf, who) and eyes.counts(leaf, who) for leaf in asks):
            yield who


def _amendments(state: State, entered: Alliance) -> Iterator[tuple[str, Amendment]]:
    clauses = {name: clause for name, (_, clause) in clauses_of(entered).items()}
    for item in entering(state):
        if item.element == INTENTION:
            yield item.id, _amendment(state, item, entered.intention)
        elif item.element != "concerns":  # what worries somebody is in the alliance, and nobody agrees to it
            yield item.id, _amendment(state, item, clauses.get(item.id))


def _amendment(state: State, item: Item, clause: Any) -> Amendment:
    """Return what *clause* says and did not say before; of one that is new, all of it."""
    action, element = item.action, cast("Any", item.element)
    if action == "drop":
        return Amendment(id=item.id, action=action, element=element)
    if element == INTENTION and state.head.before is not None and state.head.before.intention is not None:
        action = "change"
    was = state.head.clauses[item.id][1] if action == "change" and element != INTENTION else None
    told = {name: value for name, value in _carried(clause).items() if value and value != _carried(was).get(name)}
    return Amendment(id=item.id, action=action, element=element, text=said_by(clause), **told, **_rhythm(clause))


def _carried(clause: Any) -> dict[str, Any]:
    return {name: getattr(clause, name, None) for name in (*_CARRIED, "extra")}


def _rhythm(clause: Any) -> dict[str, Any]:
    """Return the rhythm of a meeting, which is what it says, whether that is what changed or not."""
    if not isinstance(clause, ScheduledCheckIn | Review):
        return {}
    said = {name: getattr(clause, name) for name in ("frequency", "interval", "weekdays", "nth", "day")}
    return {"repeats": Recurrence(**said)}
