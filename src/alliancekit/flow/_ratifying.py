"""
The yes of each member to exactly the content that concerns them, and how long it holds.

A yes holds for what it was said to. While a ratify step is open, whoever said yes to what the alliance says no more is
asked again; once everybody has said it, nothing changes any more that it was said to.
"""

from __future__ import annotations

from alliancekit.flow._draft import draft
from alliancekit.flow._facts import Ratified, Withdrawn
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._requests import Ratify, Withdraw
from alliancekit.flow._state import State
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.model import Ratification

__all__ = ["asked_anew", "ratify", "still_ratified", "take_back_yes", "with_bound", "with_revision"]


def ratify(state: State, leaf: Leaf | None, request: Ratify) -> Outcome:
    from alliancekit.consent import digest

    assert leaf is not None
    assert request.at is not None
    found = digest(draft(state), request.by)
    if request.digest not in (None, found):
        raise Unfit("what concerns you has changed since you looked; read it again, and ratify what it says now")
    ratification = Ratification(id=request.by, date=request.at.date(), digest=found)
    ratified = state.ratified.insert((leaf.id, request.by), ratification)
    return state.but(ratified=ratified), (Ratified(to=state.present, by=request.by, step=leaf.step.id, digest=found),)


def take_back_yes(state: State, leaf: Leaf, request: Withdraw) -> Outcome:
    if state.stages.get(leaf.id) is not Phase.OPEN:
        raise Unfit("everybody has ratified; what changes from here on belongs to the next check-in")
    ratified = state.ratified.discard((leaf.id, request.by))
    fact = Withdrawn(to=state.present, by=request.by, step=leaf.step.id, for_=leaf.for_)
    return state.but(ratified=ratified, bound=state.bound - {request.by}), (fact,)


def asked_anew(state: State) -> State:
    """Return *state* in which a ratify step that is open asks everybody: who belongs is part of what is ratified."""
    ratified = state.ratified
    for step, who in tuple(ratified):
        if state.stages.get(step) is Phase.OPEN:
            ratified = ratified.remove((step, who))
    return state.but(ratified=ratified, bound=frozenset())


def with_bound(state: State) -> State:
    """Return *state* with whose yes from before the session still holds for what the alliance says now."""
    if state.head.before is None:
        return state
    now, given = _digests(state), state.head.before.ratifications
    return state.but(bound=frozenset(who for who in state.present if who in given and given[who].digest == now[who]))


def still_ratified(state: State) -> State:
    """Return *state* in which a ratify step that is open asks whoever said yes to what the alliance says no more."""
    steps = {leaf.id for leaf in _ratify_steps(state) if state.stages.get(leaf.id) is Phase.OPEN}
    if not steps:
        return state
    now, ratified = _digests(state), state.ratified
    for pair in tuple(ratified):
        step, who = pair
        if step in steps and ratified[pair].digest != now.get(who):
            ratified = ratified.remove(pair)
    # Who took back a yes from before the session is not taken to say it again.
    return state.but(ratified=ratified, bound=with_bound(state).bound & state.bound)


def with_revision(before: State, after: State) -> State:
    """
    Return *after*, where somebody has revised what they had answered in *before*, with each yes that still holds.

    Raises:
        Unfit: Everybody has ratified what would be something else.
    """
    steps = _ratify_steps(after)
    if steps and after.stages.get(steps[-1].id) is Phase.RATIFIED and _digests(before) != _digests(after):
        raise Unfit("everybody has ratified what came of this: withdraw this revision, and change it at a check-in")
    return still_ratified(after)


def _ratify_steps(state: State) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf in state.route.barriers if leaf.kind is StepKind.RATIFY)


def _digests(state: State) -> dict[str, str]:
    """Return what concerns each who is here, in short."""
    from alliancekit.consent import digest

    told = draft(state)
    return {who: digest(told, who) for who in state.present}
