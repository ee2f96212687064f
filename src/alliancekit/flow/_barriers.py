"""What happens by itself: a barrier is done as soon as nothing is left to wait for, and what lies behind it opens."""

from __future__ import annotations

from collections.abc import Iterable

from rpds import HashTrieSet

from alliancekit.flow._draft import draft
from alliancekit.flow._eyes import eyes_of, is_asked, remember
from alliancekit.flow._facts import AnyFact, Asked, Finished, Revealed, Settled
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._plan import AgreeStep, AskStep, Quorum, RevealStep
from alliancekit.flow._ratifying import with_bound
from alliancekit.flow._revising import drop_all
from alliancekit.flow._state import NOBODY, Crowd, State
from alliancekit.flow._tables import gather, is_settled, open_table, settle
from alliancekit.flow._where import answered_late, closing, frontier
from alliancekit.values import FrozenMap

__all__ = ["is_everybody_ready", "is_ready", "proceed", "reveal"]


def proceed(state: State) -> tuple[State, tuple[AnyFact, ...]]:
    """Return the state behind every barrier that has nothing to wait for, and what happened on the way."""
    facts: list[AnyFact] = []
    while not state.is_over:
        moved, more = _once(state, frontier(state))
        if moved is state:
            break
        state = moved
        facts.extend(more)
    return state, tuple(facts)


def _once(state: State, barrier: Leaf | None) -> tuple[State, tuple[AnyFact, ...]]:
    if barrier is None:
        return _end(state)
    if isinstance(barrier.step, RevealStep):
        return reveal(state, barrier) if _opens_itself(state, barrier) else (state, ())
    if barrier.id not in state.stages:
        return _reach(state, barrier)
    return _settled(state, barrier) if isinstance(barrier.step, AgreeStep) else _ratified(state, barrier)


def reveal(state: State, leaf: Leaf) -> tuple[State, tuple[AnyFact, ...]]:
    """Return the state in which the answers that *leaf* shows are known to all."""
    step = leaf.step
    assert isinstance(step, RevealStep)
    asks = tuple(closing(state, leaf))
    shown = tuple(ask for ask in asks if ask in state.route.shows[leaf.id])
    late = NOBODY
    if step.late == "mark":
        open_to = [ask for ask in shown if ask.id not in state.route.veiled and answered_late(state.route, ask)]
        late = HashTrieSet((ask.id, who) for ask in open_to for who in state.present if _owes(state, ask, who))
    state = _close(state.but(late=late), asks, revealed=shown)
    state = _behind(state.but(stages=state.stages.insert(leaf.id, Phase.REVEALED)), leaf)
    return state, (_revealed(state, leaf, shown), *_asked(state))


def _revealed(state: State, leaf: Leaf, shown: tuple[Leaf, ...]) -> Revealed:
    names = dict.fromkeys(ask.step.id for ask in shown)
    return Revealed(to=state.present, step=leaf.step.id, of=tuple(names), for_=leaf.for_)


def _behind(state: State, leaf: Leaf) -> State:
    return state.but(anchor=state.route.barriers.index(leaf) + 1)


def _close(state: State, asks: Iterable[Leaf], revealed: tuple[Leaf, ...] = ()) -> State:
    asks, before = tuple(asks), state
    for ask in asks:
        assert isinstance(ask.step, AskStep)
        shown = ask in revealed and state.route.is_blind(ask)
        state = state.but(stages=state.stages.insert(ask.id, Phase.REVEALED if shown else Phase.CLOSED))
    state = _without_names(remember(before, state, asks), revealed)
    for ask in asks:
        state = gather(state, ask, state.members)
    return state


def _without_names(state: State, revealed: tuple[Leaf, ...]) -> State:
    """Return a state that knows whose answers those are which *revealed* shows without their authors."""
    for ask in revealed:
        if ask.id in state.route.veiled:
            eyes = eyes_of(state)
            authors = tuple(who for who in state.members if (ask.id, who) in state.ready and eyes.counts(ask, who))
            asked = {*authors, *(who for who in state.present if is_asked(state, ask, who))}
            state = state.but(crowds=state.crowds.insert(ask.id, Crowd(authors, len(asked))))
    return state


def _reach(state: State, leaf: Leaf) -> tuple[State, tuple[AnyFact, ...]]:
    """Return the state in which an agree or ratify step is open, if the asks before it are done."""
    if not is_everybody_ready(state, closing(state, leaf)):
        return state, ()
    state = _close(state, closing(state, leaf))
    if leaf.kind is StepKind.AGREE:
        state = open_table(state, leaf)
    else:
        state = with_bound(state.but(stages=state.stages.insert(leaf.id, Phase.OPEN), late=NOBODY))
    return state, (Asked(to=state.present, steps=(leaf.step.id,)),)


def _settled(state: State, leaf: Leaf) -> tuple[State, tuple[AnyFact, ...]]:
    if not is_settled(state, leaf):
        return state, ()
    state = _behind(settle(state, leaf).but(late=NOBODY), leaf)
    held = tuple(item.id for item in state.on_table(leaf.id) if item.outcome == "unresolved")
    adopted = tuple(item.id for item in state.on_table(leaf.id) if item.outcome == "adopted")
    return state, (Settled(to=state.present, step=leaf.step.id, adopted=adopted, unresolved=held), *_asked(state))


def _ratified(state: State, leaf: Leaf) -> tuple[State, tuple[AnyFact, ...]]:
    if any((leaf.id, who) not in state.ratified and who not in state.bound for who in state.present):
        return state, ()
    state = _behind(state.but(stages=state.stages.insert(leaf.id, Phase.RATIFIED)), leaf)
    return state, _asked(state)


def _end(state: State) -> tuple[State, tuple[AnyFact, ...]]:
    if not is_everybody_ready(state, closing(state, None)):
        return state, ()
    # A revision holds nothing up, so what was not submitted by now is dropped.
    state = drop_all(_close(state, closing(state, None))).but(is_over=True, late=NOBODY)
    alliance = draft(state)
    ratified = FrozenMap((who, one.digest) for who, one in alliance.ratifications.items())
    return state, (Finished(to=state.present, status=alliance.status, ratified=ratified),)


def _asked(state: State) -> tuple[AnyFact, ...]:
    """Return that the steps up to the next barrier are open now."""
    barrier, eyes = frontier(state), eyes_of(state)
    first = state.route.barriers[state.anchor - 1].index if state.anchor else -1
    last = barrier.index if barrier is not None else len(state.route.leaves)
    between = state.route.leaves[first + 1 : last]
    opened = (one for one in between if one.id not in state.stages and one.kind in (StepKind.ASK, StepKind.SAY))
    shown = dict.fromkeys(one.step.id for one in opened if one.id not in state.route.needs or eyes.is_shown(one))
    return (Asked(to=state.present, steps=tuple(shown)),) if shown else ()


# Who is waited for ----------------------------------------------------------------------------------------------------


def is_ready(state: State, asks: Iterable[Leaf], who: str) -> bool:
    """Return whether nothing is waited for that *who* is asked in *asks*: of who is not asked, nothing is."""
    return not any(_owes(state, ask, who) for ask in asks)


def _owes(state: State, ask: Leaf, who: str) -> bool:
    return (ask.id, who) not in state.ready and _is_put(state, ask, who)


def _is_put(state: State, ask: Leaf, who: str) -> bool:
    """Return whether an ask step is put to *who*: they are asked, and it is shown to them."""
    if not is_asked(state, ask, who):
        return False
    return ask.id not in state.route.needs or eyes_of(state, who).is_shown(ask)


def is_everybody_ready(state: State, asks: Iterable[Leaf]) -> bool:
    """Return whether nobody is waited for."""
    return not any(_owes(state, ask, who) for ask in asks for who in state.present)


def _opens_itself(state: State, leaf: Leaf) -> bool:
    step = leaf.step
    assert isinstance(step, RevealStep)
    if step.once == "facilitator":
        return False
    if isinstance(step.once, Quorum):
        asks = tuple(closing(state, leaf))
        shown = [ask for ask in asks if ask in state.route.shows[leaf.id]]
        asked = [who for who in state.present if any(_is_put(state, ask, who) for ask in shown)]
        there = sum(is_ready(state, asks, who) for who in asked)
        return there >= min(step.once.quorum, len(asked))
    return is_everybody_ready(state, closing(state, leaf))
