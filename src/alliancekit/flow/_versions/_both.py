"""
A session before and after a change of its plan, and what a change does to it: the tests that the policy asks for.

Each hangs on the two plans and on what all know, and on nothing that is not revealed; see `_verdicts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, final

from alliancekit.flow._answers import unsuitable
from alliancekit.flow._eyes import eyes_of, is_asked, is_visible
from alliancekit.flow._leaves import Leaf, split
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._plan import RevealStep
from alliancekit.flow._route import Route
from alliancekit.flow._state import State
from alliancekit.flow._versions._carrying import Carried, known, place_of
from alliancekit.flow._versions._changes import Change, ChangeKind
from alliancekit.flow._versions._migration import Place
from alliancekit.flow._where import frontier

__all__ = ["Both"]

_ORDER: Final = (Place.AHEAD, Place.OPEN, Place.DONE)


@final
class Both:
    """A session before and after a change of its plan."""

    def __init__(self, old: State, carried: Carried) -> None:
        self.old, self.new, self.carried = old, carried.state, carried

    # What stands where ---------------------------------------------------------------------------------------------------

    @cached_property
    def shown(self) -> Mapping[tuple[str, str], object]:
        """What all knew before."""
        return known(self.old)

    @cached_property
    def still_shown(self) -> Mapping[tuple[str, str], object]:
        """What all know after."""
        return known(self.new)

    @cached_property
    def before(self) -> Mapping[str, Place]:
        """Where each step was, by the id of the leaf."""
        return {leaf.id: place_of(self.old, leaf) for leaf in self.old.route.leaves}

    @cached_property
    def after(self) -> Mapping[str, Place]:
        """Where each step is."""
        return {leaf.id: place_of(self.new, leaf) for leaf in self.new.route.leaves}

    @cached_property
    def stranded(self) -> frozenset[str]:
        """The steps, other than texts, that would stand behind what is done and were not done."""
        return frozenset(
            leaf.id
            for leaf in self.new.route.leaves
            if leaf.kind is not StepKind.SAY
            and self.after[leaf.id] is Place.DONE
            and self.before.get(leaf.id) is not Place.DONE
        )

    def place(self, change: Change) -> Place:
        """Return where a change is: of two places, the one that is further."""
        if change.step is None and change.prompt is None:  # of the flow, which every session is in
            return Place.OPEN
        places = [Place.AHEAD]
        if change.kind is not ChangeKind.STEP_ADDED:
            places += [self.before[leaf.id] for leaf in self.leaves(self.old.route, change)]
        if change.kind is not ChangeKind.STEP_REMOVED:
            places += [self.after[leaf.id] for leaf in self.leaves(self.new.route, change)]
        if change.kind is ChangeKind.OF_ADDED and any(ask.id in self.old.stages for ask in self._asks(change)):
            places.append(Place.DONE)
        return max(places, key=_ORDER.index)

    def leaves(self, route: Route, change: Change) -> tuple[Leaf, ...]:
        """Return the steps that a change is about: for a group, those in it; for a prompt, the one that asks it."""
        if change.prompt is not None:
            return tuple(leaf for name, leaf in route.asked_in.items() if split(name)[0] == change.prompt)
        if change.step is not None and change.step in route.steps:
            return route.steps[change.step]
        return tuple(leaf for leaf in route.leaves if any(one.id == change.step for one in leaf.within))

    def _asks(self, change: Change) -> Iterator[Leaf]:
        """Yield the asks that a reveal shows now and did not show before."""
        for leaf in self.leaves(self.new.route, change):
            was = {ask.id for ask in self.old.route.shows.get(leaf.id, ())}
            yield from (ask for ask in self.new.route.shows.get(leaf.id, ()) if ask.id not in was)

    # What becomes of it --------------------------------------------------------------------------------------------------

    def asks_again(self, change: Change) -> bool:
        """Whether somebody answers again, or says again that they are ready."""
        about = {leaf.step.id for leaf in self._concerned(change)}
        return any(
            one.step in about and (change.prompt is None or one.prompt is None or _main(one.prompt) == change.prompt)
            for one in self.carried.again(self.old)
        )

    def _concerned(self, change: Change) -> Iterator[Leaf]:
        for leaf in self.leaves(self.new.route, change):
            yield from self.new.route.shows[leaf.id] if isinstance(leaf.step, RevealStep) else (leaf,)

    def takes_place(self, change: Change) -> bool:
        """Whether it is a joint step that took place; a table also keeps what it names out of the alliance."""
        return any(self._is_over(leaf) for leaf in self.old.route.steps.get(change.step or "", ()))

    def _is_over(self, leaf: Leaf) -> bool:
        is_joint = leaf.kind is not StepKind.ASK
        return leaf.kind is StepKind.AGREE or (is_joint and self.old.stages.get(leaf.id, Phase.OPEN) is not Phase.OPEN)

    def is_known(self, change: Change) -> bool:
        """Whether all know something of what was answered there; of a reveal without names it counts as known."""
        return any(True for _ in self._known(change)) or self._is_nameless(change)

    def _known(self, change: Change) -> Iterator[tuple[str, str]]:
        asks = {leaf.id for leaf in self.leaves(self.old.route, change)}
        for question, holder in self.shown:
            if change.prompt in (None, _main(split(question)[0])) and self._ask(question).id in asks:
                yield question, holder

    def _ask(self, question: str) -> Leaf:
        return self.old.route.asked_in[question.partition(".")[0]]

    def _is_nameless(self, change: Change) -> bool:
        leaves, state = self.leaves(self.old.route, change), self.old
        return any(leaf.id in state.route.veiled and leaf.id in state.crowds for leaf in leaves)

    def loses(self, change: Change) -> bool:
        """Whether something that all know would be asked by nothing."""
        gone = (question for question, _ in self._known(change) if self.new.route.ask_of(question) is None)
        return any(True for _ in gone) or self._is_nameless(change)

    def is_unfit(self, change: Change) -> bool:
        """Whether something that all know does not fit any more."""
        return self._is_nameless(change) or any(self._does_not_fit(*pair) for pair in self._known(change))

    def _does_not_fit(self, question: str, holder: str) -> bool:
        if self.new.route.ask_of(question) is None:
            return True
        prompt, value = self.new.route.prompt_of(question), self.old.slots[question, holder].value
        return bool(unsuitable(value, prompt, follow_up="." in question, members=self.new.members))

    def undoes(self, change: Change) -> bool:
        """Whether it would hide what all know, or show what was passed over, or take a step to where it is done."""
        leaves = self.leaves(self.old.route, change)
        return (
            self.is_multiplied(change)
            or any(pair not in self.still_shown for pair in self._known(change))
            or self.strands(change)
            or any(self._is_uncovered(leaf) for leaf in leaves)
            or self.covers_table(change)
        )

    def is_multiplied(self, change: Change) -> bool:
        """Whether it would go into a repeat, or out of one: what was answered once would be asked for each."""
        route = self.new.route
        leaves = self.leaves(self.old.route, change)
        return any(leaf.step.id in route.steps and leaf.id not in route.places for leaf in leaves)

    def strands(self, change: Change) -> bool:
        """Whether a step would stand behind what is done, and was not done: it would never be asked."""
        if not self.stranded:
            return False
        named = {leaf.id for route in (self.old.route, self.new.route) for leaf in self.leaves(route, change)}
        hidden = {ask.id for name in named for ask in self.old.route.shows.get(name, ())}
        # What has moved may be the barrier, and not what it has left behind it.
        barriers = (leaf for leaf in self.leaves(self.old.route, change) if leaf.kind is not StepKind.ASK)
        return bool(self.stranded & (named | hidden)) or any(leaf.id in self.old.stages for leaf in barriers)

    def _is_uncovered(self, leaf: Leaf) -> bool:
        """Return whether a joint step that was passed because it was hidden would be shown."""
        if leaf.kind in (StepKind.SAY, StepKind.ASK) or leaf.id in self.old.stages:
            return False
        now = self.new.route.places.get(leaf.id)
        return now is not None and self.before[leaf.id] is Place.DONE and eyes_of(self.new).is_shown(now)

    def covers_table(self, change: Change) -> bool:
        """Whether a table or a ratification that lies open would not be what comes next."""
        named = {leaf.id for leaf in self.leaves(self.old.route, change)}
        held = [name for name, stage in self.old.stages.items() if stage is Phase.OPEN and name in named]
        barrier = frontier(self.new)
        return any(barrier is None or barrier.id != name for name in held)

    def is_unseen(self, change: Change) -> bool:
        """Whether answers of it were closed without being shown."""
        return any(self.old.stages.get(leaf.id) is not Phase.REVEALED for leaf in self.leaves(self.old.route, change))

    def asks_others(self, change: Change) -> bool:
        """Whether other members would have been asked."""
        leaves, places = self.leaves(self.old.route, change), self.new.route.places
        return any(
            is_asked(self.old, leaf, who) != is_asked(self.new, places[leaf.id], who)
            for leaf in leaves
            if leaf.id in places
            for who in self.old.present
        )

    def lies_open(self, change: Change) -> bool:
        """Whether it is a table or a ratification that lies open."""
        return any(self.old.stages.get(leaf.id) is Phase.OPEN for leaf in self.leaves(self.old.route, change))

    def is_acted_on(self, change: Change) -> bool:
        """Whether it is more than a text, or than a group, whose steps are judged on their own."""
        return any(leaf.kind is not StepKind.SAY for leaf in self.new.route.steps.get(change.step or "", ()))

    def leaves_behind(self, change: Change) -> bool:
        """Whether a table that lies open, answers that it would have shown, or answers for each would be left."""
        return self.lies_open(change) or self.strands(change) or self.is_multiplied(change)

    # The whole -----------------------------------------------------------------------------------------------------------

    def is_broken(self) -> bool:
        """
        Return whether something that all know of what is done would vanish, or something would show that nobody may know.

        The table keeps this from happening, change by change; here it is looked at once more for all of them together.
        """
        done = {pair for pair in self.shown if self._ask(pair[0]).id in self.old.stages}
        if self.stranded or any(pair not in self.still_shown for pair in done):
            return True
        return any(not self._might_know(*pair) for pair in self.still_shown if pair not in self.shown)

    def _might_know(self, question: str, holder: str) -> bool:
        slot, leaf = self.old.slots[question, holder], self._ask(question)
        return slot.is_shared and (self.old.route.is_shared(question) or is_visible(self.old, leaf, slot.by))


def _main(question: str) -> str:
    return question.partition(".")[0]
