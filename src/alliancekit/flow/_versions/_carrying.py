"""
A state taken to another version of its plan: what is keyed by ids stays, and what stands under a promise stays under it.

What is dropped of a member's answers may hang on what they answered. Who has to say again that they are ready may not:
else the others could tell from a barrier that falls, or does not, what somebody said. So where a change can make one
answer of a step unfit, everybody is asked again whether they are ready with that step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, final

from attrs import evolve, frozen

from alliancekit.flow._answers import unsuitable
from alliancekit.flow._attribution import attribution_of
from alliancekit.flow._eyes import eyes_of
from alliancekit.flow._leaves import Instances, Leaf, split
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._plan import Plan, RepeatStep
from alliancekit.flow._ratifying import still_ratified
from alliancekit.flow._repeats import instances_of
from alliancekit.flow._route import Route, route_of
from alliancekit.flow._state import Slot, State
from alliancekit.flow._versions._changes import Change, ChangeKind
from alliancekit.flow._versions._compared import WIDTH
from alliancekit.flow._versions._migration import Again, Place
from alliancekit.flow._walk import walk
from alliancekit.flow._where import frontier
from alliancekit.values import FrozenMap

__all__ = ["Carried", "carried", "is_wider", "known", "place_of"]


# Where a step is -----------------------------------------------------------------------------------------------------


def place_of(state: State, leaf: Leaf) -> Place:
    """Return where a step is for the session as a whole, by what all may know."""
    route, barrier = state.route, frontier(state)
    if state.is_over or _is_past(state, leaf):
        return Place.DONE
    if leaf.kind is StepKind.REVEAL:
        begun = any(place_of(state, ask) is not Place.AHEAD for ask in route.shows[leaf.id])
        return Place.OPEN if begun or leaf is barrier else Place.AHEAD
    if leaf.kind in (StepKind.AGREE, StepKind.RATIFY):
        return Place.OPEN if leaf.id in state.stages else Place.AHEAD
    return Place.OPEN if barrier is None or leaf.index < barrier.index else Place.AHEAD


def _is_past(state: State, leaf: Leaf) -> bool:
    stage = state.stages.get(leaf.id)
    if stage is not None and stage is not Phase.OPEN:
        return True
    # A table that lies open has closed what stands before it, and nothing there is waited for any more.
    last = next((one for one in state.route.barriers[state.anchor :] if state.stages.get(one.id) is Phase.OPEN), None)
    if last is None and state.anchor:
        last = state.route.barriers[state.anchor - 1]
    if last is None or leaf.id == last.id:
        return False
    closer = _closer(state.route, leaf)
    return closer is not None and closer.index <= last.index


def _closer(route: Route, leaf: Leaf) -> Leaf | None:
    """Return the barrier behind which a step is over: for a joint step, that step."""
    if leaf.kind is not StepKind.ASK:
        return leaf
    return next((one for one in route.barriers if leaf in route.closing[one.id]), None)


def known(state: State) -> Mapping[tuple[str, str], Any]:
    """Return every answer that all may know, by question and by whose it is."""
    eyes = eyes_of(state)
    found = ((pair, eyes.shown(*pair)) for pair in state.slots if state.route.ask_of(pair[0]) is not None)
    return {pair: value for pair, value in found if value is not None}


# Another route -------------------------------------------------------------------------------------------------------


@final
@frozen(kw_only=True)
class Carried:
    """
    A state on another route, and what became of the answers on the way.

    Attributes:
        state: The state.
        dropped: The answers that do not stay, by question and holder, each with whether it is asked again.
        stirred: The ask steps of which everybody says again that they are ready, by the id of the leaf.
    """

    state: State
    dropped: Mapping[tuple[str, str], bool]
    stirred: frozenset[str]

    def again(self, before: State) -> Iterator[Again]:
        """Yield what is asked again, of those who are there."""
        for (question, holder), is_again in sorted(self.dropped.items()):
            slot = before.slots[question, holder]
            if is_again and slot.value is not None and slot.by in before.present:
                yield self._named(question, slot)
        for leaf, who in sorted(before.ready):
            if leaf in self.stirred and who in before.present:
                step, for_ = split(leaf)
                yield Again(member=who, step=step, for_=for_)

    def aside(self, before: State) -> Iterator[Again]:
        """Yield what nothing asks for any more."""
        for (question, holder), is_again in sorted(self.dropped.items()):
            slot = before.slots[question, holder]
            if not is_again and slot.value is not None:
                prompt, for_ = split(question)
                step = before.route.asked_in[question.partition(".")[0]].step.id
                yield Again(member=slot.by, step=step, prompt=prompt, for_=for_)

    def _named(self, question: str, slot: Slot) -> Again:
        prompt, for_ = split(question)
        step = self.state.route.asked_in[question.partition(".")[0]].step.id
        return Again(member=slot.by, step=step, prompt=prompt, for_=for_)


def carried(before: State, plan: Plan, changes: Iterable[Change]) -> Carried:
    """Return *before* on the route of *plan*, which differs in *changes* and can be run."""
    route = route_of(plan, _instances(before, plan))
    moved = _rerouted(before, route)
    stirred = frozenset(_stirred(before, moved, changes))
    dropped = dict(_dropped(before, moved, frozenset(_turned(changes))))
    slots, passes = moved.slots, moved.passes
    for pair, slot in tuple(slots.items()):
        if pair in dropped:
            slots = slots.discard(pair)
        elif slot.is_named and not _is_signed(before.route, pair[0]) and _is_signed(route, pair[0]):
            # They shared what they said, and not that their name stands beside the figures.
            slots = slots.insert(pair, evolve(slot, is_named=False))
    for pair in dropped:
        passes = passes.discard((pair[0], before.slots[pair].by))
    for question, who in tuple(passes):
        if route.ask_of(question) is None or route.is_shared(question) != before.route.is_shared(question):
            passes = passes.discard((question, who))
    ready = moved.ready
    for leaf, who in tuple(ready):
        if leaf in stirred:
            ready = ready.discard((leaf, who))
    moved = moved.but(slots=slots, passes=passes, ready=ready)
    return Carried(state=still_ratified(moved), dropped=dropped, stirred=stirred)


def _instances(before: State, plan: Plan) -> Instances:
    """Return what each repeat is taken for: one that has begun goes on for the same."""
    first = instances_of(plan.flow, before.head.before, before.present)
    old = {step.id: step for _, step in walk(before.route.plan.flow) if isinstance(step, RepeatStep)}
    new = {step.id: step for _, step in walk(plan.flow) if isinstance(step, RepeatStep)}
    held = before.route.instances
    begun = {name for name in new if name in old and old[name].over == new[name].over and _has_begun(before, old[name])}
    return FrozenMap((name, held[name] if name in begun else first[name]) for name in new)


def _has_begun(state: State, step: RepeatStep) -> bool:
    return any(leaf.repeat is step and place_of(state, leaf) is not Place.AHEAD for leaf in state.route.leaves)


def _is_signed(route: Route, question: str) -> bool:
    """Return whether to share an answer means there to put one's name to it."""
    return route.ask_of(question) is not None and attribution_of(route, question) == "aggregate"


def _rerouted(before: State, route: Route) -> State:
    """Return *before* on *route*, without what is said there of steps that are gone or of another kind."""
    gone = {name for name, leaf in before.route.places.items() if _kind(route, name) is not leaf.kind}
    changes: dict[str, Any] = {
        name: _without(getattr(before, name), gone) for name in ("ready", "late", "after", "ratified")
    }
    for name in ("stages", "tables", "crowds", "granted"):
        changes[name] = _without(getattr(before, name), gone)
    lost = {question for question, _ in before.earlier if route.ask_of(question) is None}
    changes["earlier"] = _without(before.earlier, lost)
    done = (
        index
        for index, leaf in enumerate(route.barriers, 1)
        if changes["stages"].get(leaf.id, Phase.OPEN) is not Phase.OPEN
    )
    return before.but(route=route, anchor=max(done, default=0), **changes)


def _kind(route: Route, name: str) -> StepKind | None:
    leaf = route.places.get(name)
    return leaf.kind if leaf is not None else None


def _without(held: Any, gone: set[str]) -> Any:
    """Return a collection without what is kept by the id of a leaf that is gone, or by that and a member."""
    for key in tuple(held):
        if (key if isinstance(key, str) else key[0]) in gone:
            held = held.discard(key)
    return held


# Answers -------------------------------------------------------------------------------------------------------------

_NARROWED: Final = frozenset(
    {
        ChangeKind.ANSWER_KIND,
        ChangeKind.OPTION_REMOVED,
        ChangeKind.BOUNDS_NARROWED,
        ChangeKind.NOTE_REMOVED,
        ChangeKind.EVIDENCE_REQUIRED,
        ChangeKind.INFORMS_ADDED,
        ChangeKind.INFORMS_REMOVED,
        ChangeKind.INFORMS_REORDERED,
    }
)
_TURNED: Final = frozenset({ChangeKind.POINTS_RAISED, ChangeKind.POINTS_LOWERED, ChangeKind.MEANING})
# What can ask more of somebody who was ready: by the plans alone, and never by what anybody answered.
_STIRRING: Final = frozenset(
    {
        *_NARROWED,
        *_TURNED,
        ChangeKind.PROMPT_ADDED,
        ChangeKind.PROMPT_MOVED,
        ChangeKind.MADE_REQUIRED,
        ChangeKind.SCOPE,
        ChangeKind.VISIBILITY_OPENED,
    }
)


def _turned(changes: Iterable[Change]) -> Iterator[str]:
    """Yield the prompts to which every answer says something else now."""
    return (one.prompt for one in changes if one.kind in _TURNED and one.prompt is not None)


def _stirred(before: State, after: State, changes: Iterable[Change]) -> Iterator[str]:
    """Yield the asks, not done, in which somebody may have more to do than when they said that they are ready."""
    steps = {one.step for one in changes if one.kind in _STIRRING}
    for leaf in after.route.leaves:
        was = before.route.places.get(leaf.id)
        if leaf.kind is not StepKind.ASK or was is None or was.kind is not StepKind.ASK or leaf.id in before.stages:
            continue
        wider = any(is_wider(before.route, after.route, name) for name in leaf.asked)
        if wider or leaf.step.id in steps:
            yield leaf.id


def is_wider(before: Route, after: Route, name: str) -> bool:
    """Return whether more would be known of an answer than where it was given."""
    old, new = before.asked_in.get(name), after.asked_in[name]
    return old is not None and _width(after, new) > _width(before, old)


def _width(route: Route, ask: Leaf) -> int:
    """Return how much of an answer all will know, and when: nothing ever, figures, without a name, by name, at once."""
    if not route.is_blind(ask):
        return WIDTH["named"] + 1
    return WIDTH[route.veiled.get(ask.id, "named")] if ask.id in route.shown_by else 0


def _dropped(before: State, after: State, turned: frozenset[str]) -> Iterator[tuple[tuple[str, str], bool]]:
    shown = known(before)
    gone: set[tuple[str, str]] = set()
    # A follow-up comes after its prompt, and goes with it.
    for question, holder in sorted(before.slots):
        pair, name = (question, holder), question.partition(".")[0]
        if before.route.ask_of(question) is None:  # of somebody who has gone, for whom a repeat is no longer taken
            continue
        if after.route.ask_of(question) is None:
            yield pair, False
            continue
        slot, was = before.slots[pair], before.route.asked_in[name]
        if was.id in before.stages:
            if pair not in shown and _is_unfit(after, question, slot):
                yield pair, False
        elif (name, holder) in gone or _is_asked_again(before, after, question, slot, turned):
            gone.add(pair)
            yield pair, True


def _is_asked_again(before: State, after: State, question: str, slot: Slot, turned: frozenset[str]) -> bool:
    old, new = before.route.prompt_of(question), after.route.prompt_of(question)
    if old.scope != new.scope:
        return True
    if slot.value is None:
        return False
    if old.visibility == "private" and not slot.is_shared:
        broken = new.visibility != "private"
    else:
        broken = is_wider(before.route, after.route, question.partition(".")[0])
    return broken or split(question)[0] in turned or _is_unfit(after, question, slot)


def _is_unfit(state: State, question: str, slot: Slot) -> bool:
    if slot.value is None:
        return False
    prompt = state.route.prompt_of(question)
    return bool(unsuitable(slot.value, prompt, follow_up="." in question, members=state.members))
