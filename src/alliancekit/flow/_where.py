"""Where the members are: it follows from the tree of steps, up to the first barrier that is not done."""

from __future__ import annotations

from collections.abc import Iterator

from alliancekit.flow._eyes import eyes_of, is_asked
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._plan import AgreeStep
from alliancekit.flow._route import Route
from alliancekit.flow._state import ALL, State

__all__ = ["answered_late", "closing", "frontier", "phase_of", "table_step"]


def frontier(state: State) -> Leaf | None:
    """Return the first barrier that is not done and not hidden; None when there is none left."""
    look = eyes_of(state)
    for leaf in state.route.barriers[state.anchor :]:
        if leaf.id not in state.route.needs or look.is_shown(leaf):
            return leaf
    return None


def closing(state: State, barrier: Leaf | None) -> Iterator[Leaf]:
    """Yield the asks that *barrier* closes: its own, and those of hidden barriers before it; lazily, as they may be many."""
    route, stages = state.route, state.stages
    for leaf in route.barriers[state.anchor :]:
        if barrier is not None and leaf.index > barrier.index:
            return
        asks = (ask for ask in route.closing[leaf.id] if ask.id not in stages)
        # What a hidden reveal would have shown waits for another one, if there is one.
        yield from asks if leaf is barrier else (ask for ask in asks if not _is_shown_later(route, ask, leaf))
    if barrier is None:
        yield from (ask for ask in route.trailing if ask.id not in stages)


def _is_shown_later(route: Route, ask: Leaf, reveal: Leaf) -> bool:
    return route.is_blind(ask) and route.shown_by.get(ask.id, reveal) is not reveal


def phase_of(state: State, leaf: Leaf, who: str = ALL) -> Phase:
    """Return where a step is for *who*, or for all alike."""
    kind = leaf.kind
    if kind is StepKind.ASK:
        return _ask_phase(state, leaf, who)
    stage = state.stages.get(leaf.id)
    if stage is not None and stage is not Phase.OPEN:
        return stage
    if kind is StepKind.SAY:
        return Phase.OPEN if _is_reached(state, leaf) and eyes_of(state, who).is_shown(leaf) else Phase.PENDING
    if kind is StepKind.REVEAL:
        return Phase.OPEN if frontier(state) is leaf else Phase.PENDING
    if stage is None:
        return Phase.PENDING
    if kind is StepKind.RATIFY and ((leaf.id, who) in state.ratified or who in state.bound):
        return Phase.RATIFIED
    return Phase.SUBMITTED if kind is StepKind.AGREE and (leaf.id, who) in state.ready else Phase.OPEN


def _ask_phase(state: State, leaf: Leaf, who: str) -> Phase:
    stage = state.stages.get(leaf.id)
    if stage is not None:
        # That somebody revises is nothing to the others; what is kept under ALL is what stood.
        if who != ALL and (leaf.id, who) in state.revising:
            return Phase.REVISING
        return Phase.LATE if (leaf.id, who) in state.late else stage
    if not _is_reached(state, leaf) or (who != ALL and not is_asked(state, leaf, who)):
        return Phase.PENDING
    if leaf.id in state.route.needs and not eyes_of(state, who).is_shown(leaf):
        return Phase.PENDING
    return Phase.SUBMITTED if (leaf.id, who) in state.ready else Phase.OPEN


def _is_reached(state: State, leaf: Leaf) -> bool:
    barriers = state.route.barriers
    # Mostly the next barrier is the one that is not done, and then nothing has to be judged.
    if state.anchor < len(barriers) and leaf.index < barriers[state.anchor].index:
        return True
    barrier = frontier(state)
    return barrier is None or leaf.index < barrier.index


def answered_late(route: Route, ask: Leaf) -> tuple[str, ...]:
    """Return the prompts of a step that may be answered after their reveal: the one answer of all stands as it was shown."""
    return tuple(name for name in ask.asked if not route.is_shared(name))


def table_step(state: State, element: str) -> Leaf | None:
    """Return the agree step that lies open for *element*; None where there is none."""
    for leaf in state.route.barriers[state.anchor :]:
        if state.stages.get(leaf.id) is Phase.OPEN and isinstance(leaf.step, AgreeStep):
            return leaf if element in leaf.step.elements else None
    return None
