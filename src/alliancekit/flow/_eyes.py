"""
Who may know what: a state as one member sees it, or as all do.

Everything that is shown to anybody, and every condition, is judged here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from attrs import frozen

from alliancekit.flow._conditions import holds
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AskStep
from alliancekit.flow._route import Leaf
from alliancekit.flow._state import ALL, State, holder_of
from alliancekit.typing import Json

__all__ = ["Eyes", "eyes_of", "is_visible"]


def eyes_of(state: State, who: str = ALL) -> Eyes:
    """Return what *who* may know, or all may; judged once for each state."""
    known: dict[str, Eyes] = state.__dict__.setdefault("_eyes", {})
    if who not in known:
        known[who] = Eyes(state, who)
    return known[who]


@final
class Eyes:
    """
    What one member may know, or all may; kept for one look, because what was judged once is judged the same again.

    A hidden step reads as not answered. What a *member* may know is their own answers, given or submitted, and what all
    may know. What *all* may know of a member is judged without anything that this member has not shown: whether a step
    was shown to Ben may hang on Ben's unrevealed answer, and then nobody may learn that it was.
    """

    __slots__ = ("_all", "_seen", "state", "who")

    def __init__(self, state: State, who: str = ALL) -> None:
        self.state = state
        self.who = who
        self._seen: dict[tuple[str, str], bool] = {}
        self._all: Eyes | None = self if who == ALL else None

    def is_shown(self, leaf: Leaf) -> bool:
        """Return whether *leaf* is shown to these eyes."""
        return self.counts(leaf, self.who)

    def counts(self, leaf: Leaf, who: str) -> bool:
        """Return whether *leaf* is shown to *who*, so that what they answered in it is read."""
        if leaf.id not in self.state.route.needs:
            return True
        if (leaf.id, who) not in self._seen:
            self._judge(leaf, who)
        return self._seen[leaf.id, who]

    def _judge(self, leaf: Leaf, who: str) -> None:
        # What a condition reads is judged before it, on a stack of our own: a flow may chain hundreds of conditions.
        stack = [(leaf, who)]
        while stack:
            one, whose = stack[-1]
            first = [pair for pair in self._reads(one, whose) if (pair[0].id, pair[1]) not in self._seen]
            if first:
                stack.extend(first)
                continue
            stack.pop()
            shown = all(holds(when, _Look(self, ALL if joint else whose)) for when, joint in one.conditions)
            self._seen[one.id, whose] = shown

    def _reads(self, leaf: Leaf, who: str) -> Iterator[tuple[Leaf, str]]:
        """Yield the steps, and for whom, that must be judged in these eyes before *leaf* is."""
        state = self.state
        for read in state.route.needs[leaf.id]:
            whose = ALL if read.joint else who
            if self.who != ALL:
                # Of others, and of what is shared, a member knows what all know; that is judged in everybody's eyes.
                if read.is_own and whose == self.who:
                    yield read.ask, whose
            elif state.route.is_shared(read.question):
                slot = state.slots.get((read.question, ALL))
                yield from ((read.ask, slot.by),) if slot is not None else ()
            elif not read.is_own:
                yield from ((read.ask, one) for one in state.members)
            elif whose != ALL:
                yield read.ask, whose

    def own(self, question: str, who: str) -> Json:
        """Return the answer that *who* looks at as their own: theirs, or the shared one; None where there is none."""
        state = self.state
        leaf = state.route.ask_of(question)
        if leaf is None or who == ALL or who != self.who:
            return self.shown(question, who)
        slot = state.slots.get((question, holder_of(state.route, question, who)))
        if slot is None or not self.counts(leaf, who):
            return None
        return slot.value if slot.by == who else self.shown(question, who)

    def shown(self, question: str, who: str = ALL) -> Json:
        """Return the answer of *who*, or the shared one, where all may know it, else None."""
        state = self.state
        leaf = state.route.ask_of(question)
        if leaf is None:
            return None
        is_shared = state.route.is_shared(question)
        slot = state.slots.get((question, ALL if is_shared else who))
        if slot is None or slot.value is None or not slot.is_shared:
            return None
        if not is_shared and not is_visible(state, leaf, who):
            return None
        return slot.value if self.everybody.counts(leaf, slot.by) else None

    @property
    def everybody(self) -> Eyes:
        """What all may know."""
        if self._all is None:
            self._all = eyes_of(self.state)
        return self._all


@final
@frozen
class _Look:
    """How a condition asks: for all alike, or for one member."""

    eyes: Eyes
    who: str

    def own(self, question: str) -> Json:
        return self.eyes.own(question, self.who)

    def known(self, question: str) -> tuple[Json, ...]:
        state = self.eyes.state
        if state.route.is_shared(question):
            value = self.eyes.shown(question)
            return () if value is None else (value,)
        found = (self.eyes.shown(question, who) for who in state.members)
        return tuple(value for value in found if value is not None)

    def asked(self) -> int:
        return len(self.eyes.state.present)


def is_visible(state: State, leaf: Leaf, who: str) -> bool:
    """Return whether what *who* has submitted to an ask step is before everybody's eyes."""
    assert isinstance(leaf.step, AskStep)
    if (leaf.id, who) not in state.ready:
        return False
    return leaf.step.mode == "open" or state.stages.get(leaf.id) is Phase.REVEALED
