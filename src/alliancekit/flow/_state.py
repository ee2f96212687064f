"""
What a session has come to: the fold of its accepted requests.

Nothing here is a program counter. `State` holds what was said (answers, who is ready, who answered what on the table,
who ratified) and which barriers are done; where a member is follows from the tree of steps up to the first barrier that
is not. `anchor` only remembers where the last done barrier stands, so that nobody walks the tree for a request.

Every collection that grows with the session is a persistent map, so a request costs the same at any length of it. Their
order is arbitrary and is never read: whatever is shown is walked in the order of the flow and of the members.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias, final

from attrs import frozen
from rpds import HashTrieMap, HashTrieSet

from alliancekit.flow._conditions import holds
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._plan import AgreeStep, AskStep
from alliancekit.flow._route import Leaf, Route
from alliancekit.model import EVERYONE, Kind, MadeWith, Member, Ratification
from alliancekit.typing import Json
from alliancekit.values import EMPTY, FrozenMap

__all__ = [
    "ALL",
    "NOBODY",
    "Eyes",
    "Head",
    "Item",
    "Slot",
    "State",
    "Word",
    "asked_to_meet",
    "closing",
    "concerned",
    "frontier",
    "holder_of",
    "is_asked",
    "is_visible",
    "phase_of",
    "start",
    "table_step",
]

ALL: Final = ""
"""Whose a shared answer is, and whose phase that of a joint step is."""

Response: TypeAlias = Literal["accept", "stand_aside", "object", "decline"]


@final
@frozen(repr=False)
class Slot:
    """
    One answer, or one pass.

    Attributes:
        value: The answer; None for a pass.
        by: Who gave it.
        is_shared: Whether the others may read it once it is shown.
    """

    value: Json
    by: str
    is_shared: bool = True


@final
@frozen(repr=False)
class Word:
    """
    What one member said about a proposal.

    Attributes:
        response: What.
        reason: Why, for an objection.
    """

    response: Response
    reason: str | None = None


@final
@frozen(kw_only=True)
class Head:
    """
    What is said of the alliance when a session starts.

    Attributes:
        alliance_id: Its id.
        kind: How many it binds.
        title: What people call it.
        relationship: What kind of relationship it is.
        language: The language that it is written in.
        made_with: The flow and the bank that it comes from.
    """

    alliance_id: str
    kind: Kind
    title: str
    relationship: str | None = None
    language: str | None = None
    made_with: MadeWith | None = None


@final
@frozen(kw_only=True, repr=False)
class Item:
    """
    A clause, or a single field, that may enter the alliance.

    Attributes:
        id: Its id; for a single field the element's name.
        element: The element that it is for.
        clause: The clause; for a single field its text.
        by: Who put it there.
        prompts: The prompts that it came from.
        place: How manieth it came.
        version: Which version it is, from 1.
        words: What each member has said about this version.
        step: The agree step on whose table it lies; None before one took it, and for what needs none.
        outcome: What came of it.
    """

    id: str
    element: str
    clause: Any
    by: tuple[str, ...]
    prompts: tuple[str, ...] = ()
    place: int = 0
    version: int = 1
    words: FrozenMap[Word] = EMPTY
    step: str | None = None
    outcome: Literal["open", "adopted", "unresolved"] = "open"

    @property
    def objections(self) -> FrozenMap[str]:
        """Who objects to this version, and why."""
        return FrozenMap({who: word.reason or "" for who, word in self.words.items() if word.response == "object"})


_NO_SLOTS: HashTrieMap[tuple[str, str], Slot] = HashTrieMap()
NOBODY: HashTrieSet[tuple[str, str]] = HashTrieSet()
_NO_STAGES: HashTrieMap[str, Phase] = HashTrieMap()
_NO_ITEMS: HashTrieMap[str, Item] = HashTrieMap()
_NO_TABLES: HashTrieMap[str, tuple[str, ...]] = HashTrieMap()
_NO_YES: HashTrieMap[tuple[str, str], Ratification] = HashTrieMap()


@final
@frozen(kw_only=True, repr=False, slots=False)
class State:
    """
    What a session has come to.

    Attributes:
        route: The compiled plan.
        head: What was said of the alliance at the start.
        members: Everybody who is or was in it, by id.
        present: Who has not left.
        slots: Answers and passes, by question and by whose they are.
        passes: Who has passed on which shared prompt.
        ready: Who is ready with which step.
        stages: How far a step is for all: asks and reveals REVEALED or CLOSED, agree OPEN or SETTLED, ratify RATIFIED.
        late: Who may still answer which revealed step.
        after: The answers that came after the reveal.
        items: What is or was on a table, by id.
        tables: The ids on the table of each agree step.
        ratified: Who said yes to what, by ratify step and member.
        anchor: How many barriers are done, or were hidden when a later one was done.
        is_over: Whether every barrier is done.
    """

    route: Route
    head: Head
    members: FrozenMap[Member]
    present: tuple[str, ...]
    slots: HashTrieMap[tuple[str, str], Slot] = _NO_SLOTS
    passes: HashTrieSet[tuple[str, str]] = NOBODY
    ready: HashTrieSet[tuple[str, str]] = NOBODY
    stages: HashTrieMap[str, Phase] = _NO_STAGES
    late: HashTrieSet[tuple[str, str]] = NOBODY
    after: HashTrieSet[tuple[str, str]] = NOBODY
    items: HashTrieMap[str, Item] = _NO_ITEMS
    tables: HashTrieMap[str, tuple[str, ...]] = _NO_TABLES
    ratified: HashTrieMap[tuple[str, str], Ratification] = _NO_YES
    anchor: int = 0
    is_over: bool = False

    def but(self, **changes: Any) -> State:
        """Return a state that differs in *changes*; for every request, so it goes past the constructor."""
        after = object.__new__(State)
        after.__dict__.update(self.__dict__)
        after.__dict__.update(changes)
        after.__dict__.pop("_eyes", None)
        return after

    def eyes(self, who: str = ALL) -> Eyes:
        """Return what *who* may know, or all may; judged once for each state."""
        known: dict[str, Eyes] = self.__dict__.setdefault("_eyes", {})
        if who not in known:
            known[who] = Eyes(self, who)
        return known[who]

    def with_item(self, item: Item) -> State:
        """Return a state that holds *item*; one with a known id takes that place."""
        return self.but(items=self.items.insert(item.id, item))

    def on_table(self, step: str) -> Iterator[Item]:
        """Yield what lies on the table of an agree step, in the order in which it came."""
        return (self.items[name] for name in self.tables.get(step, ()))

    def roles(self, role: str) -> tuple[str, ...]:
        """Return who of those present has a role."""
        return tuple(who for who in self.present if role in self.members[who].roles)


def start(route: Route, head: Head, members: FrozenMap[Member]) -> State:
    """Return the state in which nobody has said anything."""
    present = tuple(who for who, member in members.items() if member.left is None)
    return State(route=route, head=head, members=members, present=present)


def holder_of(route: Route, question: str, by: str) -> str:
    """Return whose slot a member fills who answers *question*."""
    return ALL if route.is_shared(question) else by


# What may be known -----------------------------------------------------------------------------------------------------


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
            self._all = self.state.eyes()
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


# Where things are ------------------------------------------------------------------------------------------------------


def frontier(state: State) -> Leaf | None:
    """Return the first barrier that is not done and not hidden; None when there is none left."""
    look = state.eyes()
    for leaf in state.route.barriers[state.anchor :]:
        if leaf.id not in state.route.needs or look.is_shown(leaf):
            return leaf
    return None


def closing(state: State, barrier: Leaf | None) -> list[Leaf]:
    """Return the asks that *barrier* closes: its own, and those of hidden barriers before it."""
    route = state.route
    found: list[Leaf] = []
    for leaf in route.barriers[state.anchor :]:
        if barrier is not None and leaf.index > barrier.index:
            break
        found.extend(ask for ask in route.closing[leaf.id] if ask.id not in state.stages)
    return found if barrier is not None else [*found, *(ask for ask in route.trailing if ask.id not in state.stages)]


def is_asked(state: State, leaf: Leaf, who: str) -> bool:
    """Return whether an ask step is put to *who*, by role."""
    assert isinstance(leaf.step, AskStep)
    return leaf.step.who == EVERYONE or leaf.step.who in state.members[who].roles


def phase_of(state: State, leaf: Leaf, who: str = ALL) -> Phase:
    """Return where a step is for *who*, or for all alike."""
    kind = leaf.kind
    if kind is StepKind.ASK:
        return _ask_phase(state, leaf, who)
    stage = state.stages.get(leaf.id)
    if stage is not None and stage is not Phase.OPEN:
        return stage
    if kind is StepKind.SAY:
        return Phase.OPEN if _is_reached(state, leaf) and state.eyes(who).is_shown(leaf) else Phase.PENDING
    if kind is StepKind.REVEAL:
        return Phase.OPEN if frontier(state) is leaf else Phase.PENDING
    if stage is None:
        return Phase.PENDING
    if kind is StepKind.RATIFY and (leaf.id, who) in state.ratified:
        return Phase.RATIFIED
    return Phase.SUBMITTED if kind is StepKind.AGREE and (leaf.id, who) in state.ready else Phase.OPEN


def _ask_phase(state: State, leaf: Leaf, who: str) -> Phase:
    stage = state.stages.get(leaf.id)
    if stage is not None:
        return Phase.LATE if (leaf.id, who) in state.late else stage
    if not _is_reached(state, leaf) or (who != ALL and not is_asked(state, leaf, who)):
        return Phase.PENDING
    if leaf.id in state.route.needs and not state.eyes(who).is_shown(leaf):
        return Phase.PENDING
    return Phase.SUBMITTED if (leaf.id, who) in state.ready else Phase.OPEN


def _is_reached(state: State, leaf: Leaf) -> bool:
    barriers = state.route.barriers
    # Mostly the next barrier is the one that is not done, and then nothing has to be judged.
    if state.anchor < len(barriers) and leaf.index < barriers[state.anchor].index:
        return True
    barrier = frontier(state)
    return barrier is None or leaf.index < barrier.index


def concerned(state: State, item: Item) -> tuple[str, ...]:
    """Return whose word a proposal needs, of those present, in their order."""
    if item.element not in ("expectations", "commitments"):
        return state.present
    by, others = item.clause.by, item.clause.of if item.element == "expectations" else item.clause.to
    named = {*by, *(others or _others(state, by))}
    return state.present if EVERYONE in named else tuple(who for who in state.present if who in named)


def asked_to_meet(state: State, item: Item) -> tuple[str, ...]:
    """Return who is asked by an expectation, of those present."""
    if item.element != "expectations":
        return ()
    named = item.clause.of or _others(state, item.clause.by)
    rest = tuple(who for who in state.present if who not in item.clause.by)
    return rest if EVERYONE in named else tuple(who for who in state.present if who in named)


def _others(state: State, by: tuple[str, ...]) -> tuple[str, ...]:
    rest = tuple(who for who in state.present if who not in by)
    return rest if state.head.kind == "one-to-one" and len(rest) == 1 and EVERYONE not in by else (EVERYONE,)


def table_step(state: State, element: str) -> Leaf | None:
    """Return the agree step that lies open for *element*; None where there is none."""
    for leaf in state.route.barriers[state.anchor :]:
        if state.stages.get(leaf.id) is Phase.OPEN and isinstance(leaf.step, AgreeStep):
            return leaf if element in leaf.step.elements else None
    return None
