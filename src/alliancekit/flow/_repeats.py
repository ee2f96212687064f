"""What a repeat is taken for: the members who are there, or the commitments that are open."""

from __future__ import annotations

from alliancekit.flow._leaves import Instances
from alliancekit.flow._plan import Flow, RepeatStep
from alliancekit.flow._route import Route, route_of
from alliancekit.flow._state import State
from alliancekit.flow._walk import walk
from alliancekit.model import Alliance
from alliancekit.values import FrozenMap

__all__ = ["after_move", "instances_of", "moved_to"]


def instances_of(flow: Flow, before: Alliance | None, present: tuple[str, ...]) -> Instances:
    """Return what each repeat of *flow* is taken for when a session starts."""
    return FrozenMap((step.id, _first(step, before, present)) for step in _repeats(flow))


def _repeats(flow: Flow) -> tuple[RepeatStep, ...]:
    return tuple(step for _, step in walk(flow) if isinstance(step, RepeatStep))


def _first(step: RepeatStep, before: Alliance | None, present: tuple[str, ...]) -> tuple[str, ...]:
    if step.over == "members":
        return present[: step.most]
    commitments = before.commitments.values() if before is not None else ()
    return tuple(one.id for one in commitments if one.standing == "open")[: step.most]


def after_move(state: State) -> State:
    """
    Return *state* after somebody came or went: what is repeated for members follows them, as far as it is not done.

    Who came late to what is done is not asked about any more; of who has gone, what was begun stays.
    """
    over_members = tuple(step for step in _repeats(state.route.plan.flow) if step.over == "members")
    if not over_members:
        return state
    instances = {**state.route.instances, **{step.id: _followed(state, step) for step in over_members}}
    return moved_to(state, route_of(state.route.plan, FrozenMap(instances)))


def _followed(state: State, step: RepeatStep) -> tuple[str, ...]:
    inside = tuple(leaf for leaf in state.route.leaves if leaf.repeat is step)
    begun = {leaf.for_ for leaf in inside if leaf.id in state.stages}
    held = state.route.instances[step.id]
    kept = tuple(who for who in held if who in begun or who in state.present)
    reached = max((leaf.index for leaf in state.route.leaves if leaf.id in state.stages), default=-1)
    # Where nobody was there to repeat it for, nothing tells whether it is done; then it stays as it is.
    if not inside or inside[-1].index <= reached:
        return kept
    return (*kept, *(who for who in state.present if who not in held))[: max(step.most, len(kept))]


def moved_to(state: State, route: Route) -> State:
    """Return *state* on another route, with its anchor at the barrier that was done last."""
    if not state.anchor:
        return state.but(route=route)
    last = state.route.barriers[state.anchor - 1].id
    return state.but(route=route, anchor=1 + [leaf.id for leaf in route.barriers].index(last))
