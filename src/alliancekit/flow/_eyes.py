"""
Who may know what: a state as one member sees it, or as all do.

Everything that is shown to anybody, and every condition, is judged here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, final

from attrs import frozen

from alliancekit.flow._attribution import attribution_of, each_unnamed, is_named, unnamed
from alliancekit.flow._conditions import holds
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AskStep
from alliancekit.flow._state import ALL, EYES, Slot, State, holder_of
from alliancekit.model import EVERYONE
from alliancekit.typing import Json

__all__ = ["Eyes", "eyes_of", "is_asked", "is_visible", "remember", "told"]


Book: TypeAlias = dict[tuple[str, str], bool]
"""Whether a step is shown to a member, as one pair of eyes judges it."""


def eyes_of(state: State, who: str = ALL) -> Eyes:
    """Return what *who* may know, or all may."""
    return Eyes(state, who)


def remember(before: State, after: State, asks: Iterable[Leaf]) -> State:
    """Return *after*, in which only answers in *asks* are others, with all that was judged of *before* and still holds."""
    books: dict[str, Book] | None = before.__dict__.get(EYES)
    if books is not None and EYES not in after.__dict__:
        stale: set[str] = set()
        for ask in asks:
            stale |= after.route.hanging_on(ask.id)
        # Where nothing is stale, both states are judged alike, and go on in the same books.
        after.__dict__[EYES] = {who: _without(book, stale, after) for who, book in books.items()} if stale else books
    return after


def _without(book: Book, stale: set[str], state: State) -> Book:
    whose = (ALL, *state.members)
    if len(stale) * len(whose) > len(book):
        return {pair: shown for pair, shown in book.items() if pair[0] not in stale}
    kept = book.copy()
    for name in stale:
        for who in whose:
            kept.pop((name, who), None)
    return kept


@final
class Eyes:
    """
    What one member may know, or all may; a state keeps what was judged of it, which is judged the same again.

    A hidden step reads as not answered. What a *member* may know is their own answers, given or submitted, and what all
    may know. What *all* may know of a member is judged without anything that this member has not shown: whether a step
    was shown to Ben may hang on Ben's unrevealed answer, and then nobody may learn that it was.
    """

    __slots__ = ("_all", "_seen", "state", "who")

    def __init__(self, state: State, who: str = ALL) -> None:
        self.state = state
        self.who = who
        books: dict[str, Book] = state.__dict__.setdefault(EYES, {})
        self._seen = books.setdefault(who, {})
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
            shown = all(holds(when, _Look(self, ALL if joint else whose, one)) for when, joint in one.conditions)
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

    def held(self, question: str) -> Slot | None:
        """Return what stands for this member in the place where they answer: their own answer, or the shared one."""
        slot = self.state.slots.get((question, holder_of(self.state.route, question, self.who)))
        if slot is None or slot.by == self.who:
            return slot
        # In a step that was shown to its author by a secret, even that there is an answer would tell.
        leaf = self.state.route.asked_in[question.partition(".")[0]]
        return slot if self.everybody.counts(leaf, slot.by) else None

    def own(self, question: str, who: str) -> Json:
        """Return the answer that *who* looks at as their own: theirs, or the shared one; None where there is none."""
        if who == ALL or who != self.who:
            return self.shown(question, who)
        slot, leaf = self.held(question), self.state.route.asked_in[question.partition(".")[0]]
        return slot.value if slot is not None and self.counts(leaf, who) else None

    def shown(self, question: str, who: str = ALL) -> Json:
        """Return the answer of *who*, or the shared one, where all may know it, else None."""
        state = self.state
        leaf = state.route.asked_in[question.partition(".")[0]]
        is_shared = state.route.is_shared(question)
        stood = None if is_shared else state.revising.get((leaf.id, who))
        # Of what is being revised the others see what stood; an answer that is everybody's is read as it is written.
        slot = state.slots.get((question, ALL if is_shared else who)) if stood is None else stood.slots.get(question)
        if slot is None or slot.value is None or not slot.is_shared:
            return None
        if not is_shared and leaf.id in state.route.veiled:
            return slot.value if is_named(state, leaf, slot) else None
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
    """How the condition of a step asks: for all alike, or for one member."""

    eyes: Eyes
    who: str
    leaf: Leaf

    def own(self, question: str) -> Json:
        found = (self.eyes.own(one, self.who) for one in self._meant(question))
        return next((value for value in found if value is not None), None)

    def known(self, question: str) -> tuple[Json, ...]:
        return tuple(value for one in self._meant(question) for value in self._known(one) if value is not None)

    def _known(self, question: str) -> Iterable[Json]:
        state = self.eyes.state
        if (how := attribution_of(state.route, question)) != "named":
            return unnamed(state, question) if how == "anonymous" else ()
        holders = (ALL,) if state.route.is_shared(question) else tuple(state.members)
        return (self.eyes.shown(question, who) for who in holders)

    def each(self, question: str) -> tuple[Json, ...]:
        return tuple(value for one in self._meant(question) for value in self._each(one))

    def _each(self, question: str) -> Iterable[Json]:
        state = self.eyes.state
        if (how := attribution_of(state.route, question)) != "named":
            return each_unnamed(state, question) if how == "anonymous" else ()
        leaf = state.route.asked_in[question.partition(".")[0]]
        shared = state.route.is_shared(question)
        holders = (ALL,) if shared else (who for who in state.present if is_asked(state, leaf, who))
        return (self.eyes.shown(question, who) for who in holders)

    def _meant(self, question: str) -> tuple[str, ...]:
        return self.eyes.state.route.read_from(self.leaf, question)


def is_asked(state: State, leaf: Leaf, who: str) -> bool:
    """Return whether an ask step is put to *who*, by role."""
    assert isinstance(leaf.step, AskStep)
    return leaf.step.who == EVERYONE or leaf.step.who in state.members[who].roles


def told(state: State) -> tuple[Leaf, ...]:
    """Return the ask steps in which something may have been said that all may know: of many, for long, there is nothing."""
    spoken, shared = {name for name, _ in state.ready}, state.route.shared
    return tuple(
        leaf
        for leaf in state.route.asks
        if leaf.id in spoken or leaf.id in state.stages or not shared.isdisjoint(leaf.asked)
    )


def is_visible(state: State, leaf: Leaf, who: str) -> bool:
    """Return whether what *who* has submitted to an ask step is before everybody's eyes."""
    assert isinstance(leaf.step, AskStep)
    if (leaf.id, who) not in state.ready:
        return False
    return not state.route.is_blind(leaf) or state.stages.get(leaf.id) is Phase.REVEALED
