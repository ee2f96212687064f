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

from alliancekit.flow._amending import Action, Held
from alliancekit.flow._moves import Phase
from alliancekit.flow._route import Route
from alliancekit.model import Alliance, Kind, MadeWith, Member, Ratification
from alliancekit.typing import Json
from alliancekit.values import EMPTY, FrozenMap

__all__ = [
    "ALL",
    "EYES",
    "NOBODY",
    "Crowd",
    "Head",
    "Item",
    "Slot",
    "Slots",
    "State",
    "Stood",
    "Word",
    "holder_of",
    "start",
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
        is_named: Whether they may read whose it is where only figures are shown.
    """

    value: Json
    by: str
    is_shared: bool = True
    is_named: bool = False


@final
@frozen(repr=False)
class Crowd:
    """
    Whose answers were shown without their authors, as it stood at the reveal: what happens later adds and takes nobody.

    Attributes:
        authors: Who had submitted.
        asked: How many had been asked.
    """

    authors: tuple[str, ...]
    asked: int


@final
@frozen(repr=False)
class Stood:
    """
    What stood in an ask step when somebody began to revise it.

    Attributes:
        slots: The answers and passes, by question.
        passes: The prompts that had been passed.
    """

    slots: FrozenMap[Slot] = EMPTY
    passes: frozenset[str] = frozenset()


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
        before: The alliance as it was, for a session about one that exists.
        clauses: The clauses of that alliance which can be amended, by id.
        seed: What decides where something is put in an arbitrary order.
        fewest: Of how many answers figures are shown.
    """

    alliance_id: str
    kind: Kind
    title: str
    relationship: str | None = None
    language: str | None = None
    made_with: MadeWith | None = None
    before: Alliance | None = None
    clauses: Held = EMPTY
    seed: int = 0
    fewest: int = 5


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
        action: What it does to the alliance: add a clause, change one, or drop one.
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
    action: Action = "add"
    version: int = 1
    words: FrozenMap[Word] = EMPTY
    step: str | None = None
    outcome: Literal["open", "adopted", "unresolved"] = "open"

    @property
    def objections(self) -> FrozenMap[str]:
        """Who objects to this version, and why."""
        return FrozenMap({who: word.reason or "" for who, word in self.words.items() if word.response == "object"})


EYES: Final = "_eyes"
"""Where a state keeps what was judged of it; see `alliancekit.flow._eyes`."""

# What may be known hangs on these alone.
_EYED: Final = frozenset({"slots", "crowds", "ready", "stages", "members", "present", "route", "revising"})

Slots: TypeAlias = "HashTrieMap[tuple[str, str], Slot]"
"""Answers and passes, by question and by whose they are."""

_NO_SLOTS: Slots = HashTrieMap()
NOBODY: HashTrieSet[tuple[str, str]] = HashTrieSet()
_NOTHING: HashTrieSet[str] = HashTrieSet()
_NO_CROWDS: HashTrieMap[str, Crowd] = HashTrieMap()
_NO_STAGES: HashTrieMap[str, Phase] = HashTrieMap()
_NO_ITEMS: HashTrieMap[str, Item] = HashTrieMap()
_NO_TABLES: HashTrieMap[str, tuple[str, ...]] = HashTrieMap()
_NO_STOOD: HashTrieMap[tuple[str, str], Stood] = HashTrieMap()
_NO_EARLIER: HashTrieMap[tuple[str, str], tuple[Json, ...]] = HashTrieMap()
_NO_GRANTS: HashTrieMap[str, int] = HashTrieMap()
_NO_YES: HashTrieMap[tuple[str, str], Ratification] = HashTrieMap()


_NO_GONE: HashTrieMap[str, Any] = HashTrieMap()


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
        revising: What stood before it, of each revision that is under way: by ask step and member, and of the answers
            that are everybody's by ask step alone.
        earlier: What had been shown of an answer before it was revised, the oldest first.
        crowds: For each ask that was revealed without its authors, whose answers these are.
        withheld: The prompts of which no figures are shown any more.
        items: What is or was on a table, by id.
        placed: How many items were ever put there.
        tables: The ids on the table of each agree step.
        granted: How often an agree step was opened again, and its rounds granted anew.
        ratified: Who said yes to what, by ratify step and member.
        gone: What everything had come to when somebody left, which is all that they see from then on.
        bound: Whose earlier yes still holds, while a ratify step is open: what concerns them has not changed.
        anchor: How many barriers are done, or were hidden when a later one was done.
        is_over: Whether every barrier is done.
    """

    route: Route
    head: Head
    members: FrozenMap[Member]
    present: tuple[str, ...]
    slots: Slots = _NO_SLOTS
    passes: HashTrieSet[tuple[str, str]] = NOBODY
    ready: HashTrieSet[tuple[str, str]] = NOBODY
    stages: HashTrieMap[str, Phase] = _NO_STAGES
    late: HashTrieSet[tuple[str, str]] = NOBODY
    after: HashTrieSet[tuple[str, str]] = NOBODY
    revising: HashTrieMap[tuple[str, str], Stood] = _NO_STOOD
    earlier: HashTrieMap[tuple[str, str], tuple[Json, ...]] = _NO_EARLIER
    crowds: HashTrieMap[str, Crowd] = _NO_CROWDS
    withheld: HashTrieSet[str] = _NOTHING
    items: HashTrieMap[str, Item] = _NO_ITEMS
    placed: int = 0
    tables: HashTrieMap[str, tuple[str, ...]] = _NO_TABLES
    granted: HashTrieMap[str, int] = _NO_GRANTS
    ratified: HashTrieMap[tuple[str, str], Ratification] = _NO_YES
    bound: frozenset[str] = frozenset()
    gone: HashTrieMap[str, State] = _NO_GONE
    anchor: int = 0
    is_over: bool = False

    def but(self, **changes: Any) -> State:
        """Return a state that differs in *changes*; for every request, so it goes past the constructor."""
        after = object.__new__(State)
        after.__dict__.update(self.__dict__, **changes)
        if not _EYED.isdisjoint(changes):
            after.__dict__.pop(EYES, None)
        return after

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
