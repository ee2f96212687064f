"""
What a script of answers makes of a flow, from its first request to its last: a golden file for those who write flows.

It is told as somebody would who sees every request go by and reads none: who did what about what, and what all know
since. Whether an answer or a pass was given is not told, for all who look at it from outside cannot tell them apart; what
was answered is told once it is revealed, and what was erased later is not told at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar, final

from attrs import evolve, frozen

from alliancekit.flow._conditions import TheAnswer, subjects
from alliancekit.flow._eyes import eyes_of
from alliancekit.flow._facts import AnyFact, Changed, Passed, Settled
from alliancekit.flow._plan import Flow
from alliancekit.flow._requests import Answer, AnyRequest, Erase, Object, Pass
from alliancekit.flow._script import Script
from alliancekit.flow._session import Session, begin
from alliancekit.flow._state import State
from alliancekit.flow._task import OnTable, Task
from alliancekit.flow._text import verb_of
from alliancekit.flow._tools._recount import about_of, recount
from alliancekit.flow._view import Figure, Given, Revelation, Waiting
from alliancekit.flow._waiting import in_words
from alliancekit.model import Alliance, Bank
from alliancekit.values import FrozenMap

_Shown = TypeVar("_Shown", Given, Figure)

__all__ = ["Entry", "Standing", "Transcript", "transcript"]


@final
@frozen(kw_only=True, repr=False)
class Entry:
    """
    One request, and what came of it for all.

    Attributes:
        number: How manieth it is, from 1.
        by: Who made it.
        verb: What they did; ``respond`` to a prompt is an answer or a pass, which nobody is told.
        about: The prompt, clause, element, step or member that it is about.
        for_: The clause or member that it is about, inside a repeat; empty outside, and where all of them are meant.
        is_silence: Whether the script has them say it by saying nothing.
        present: Who took part then.
        told: Who was told of it.
        facts: What happened, without what only its author may know.
        shown: What all may know since then, by the step that showed it.
        table: What lies on the table since then, or lies there in another version, or was settled.
        reason: Why, where somebody objects.
    """

    number: int
    by: str
    verb: str
    about: str
    for_: str = ""
    is_silence: bool = False
    present: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    facts: tuple[AnyFact, ...] = ()
    shown: tuple[Revelation, ...] = ()
    table: tuple[OnTable, ...] = ()
    reason: str = ""

    def __repr__(self) -> str:
        silence = ", in silence" if self.is_silence else ""
        return f"Entry({self.number}, {self.by}, {self.verb}, {self.about}{silence})"


@final
@frozen(kw_only=True)
class Standing:
    """
    Where one member stands when the script is over.

    Attributes:
        member: Who.
        is_present: Whether they are still there.
        tasks: What they have still to do, each as what is to be done and what it is about, as far as all may know it.
        waiting: Why there is nothing to do; empty where there is something, or where all is done.
        has_ratified: Whether the alliance bears their yes.
    """

    member: str
    is_present: bool
    tasks: tuple[tuple[str, str], ...]
    waiting: str
    has_ratified: bool


@final
@frozen(kw_only=True, repr=False)
class Transcript:
    """
    What a script makes of a flow; its `str` is the text, for a golden file.

    Attributes:
        flow: The flow.
        title: What the alliance is called.
        members: The name of everybody who took part, by id.
        entries: The requests, in order.
        standings: Where each member stands at the end.
        status: The status of the alliance at the end.
        is_done: Whether nothing is left to do for anybody.

    .. versionadded:: 0.1
    """

    flow: str
    title: str
    members: FrozenMap[str]
    entries: tuple[Entry, ...]
    standings: tuple[Standing, ...]
    status: str
    is_done: bool

    def __repr__(self) -> str:
        done = "done" if self.is_done else "not done"
        return f"Transcript(flow={self.flow!r}, {len(self.entries)} requests, {done})"

    def __str__(self) -> str:
        return recount(self)


def transcript(script: Script, flow: Flow, bank: Bank, *, alliance: Alliance | None = None) -> Transcript:
    """
    Return what *script* makes of *flow*, request by request.

    Args:
        script: The requests.
        flow: The flow that the script names.
        bank: Where its prompts come from.
        alliance: The alliance that a check-in is about.

    Raises:
        DocumentError: The flow cannot be run, or a request of the script does not fit; the finding points at it.

    .. versionadded:: 0.1
    """
    start = begin(script, flow, bank, alliance=alliance)
    clerk, end = _Clerk(start), start
    for request, is_silence, facts, end in start.step_by_step(script):
        clerk.write(request, facts, end, is_silence=is_silence)
    return Transcript(
        flow=flow.id,
        title=start.title,
        members=FrozenMap({who: one.name for who, one in end.state.members.items()}),
        entries=tuple(clerk.entries),
        standings=tuple(_standings(end)),
        status=end.alliance().status,
        is_done=end.is_done,
    )


class _Clerk:
    """Writes down one request after another, and remembers what all knew before."""

    def __init__(self, session: Session) -> None:
        self.entries: list[Entry] = []
        self.known, self.table = _known(session), _table(session)

    def write(self, request: AnyRequest, facts: tuple[AnyFact, ...], after: Session, *, is_silence: bool) -> None:
        """Write down *request* and what came of it."""
        known, table = _known(after), _table(after)
        about, for_ = about_of(request, facts), getattr(request, "for_", None) or ""
        if isinstance(request, Erase):
            gone = frozenset(self.table) - frozenset(table)
            self.entries = [_without(entry, request, known, gone) for entry in self.entries]
        self.entries.append(
            Entry(
                number=len(self.entries) + 1,
                by=request.by,
                verb="respond" if isinstance(request, Answer | Pass) and not is_silence else verb_of(request),
                about=about,
                for_=for_,
                is_silence=is_silence,
                present=after.present,
                told=facts[0].to if facts else (),
                facts=tuple(fact for fact in facts if not isinstance(fact, Changed | Passed)),
                shown=tuple(_news(self.known, known)),
                table=tuple(one for one in table.values() if _is_news(self.table.get(one.id), one)),
                reason=request.reason if isinstance(request, Object) else "",
            )
        )
        self.known, self.table = known, table


_ERASED: Final = "(erased)"


def _without(entry: Entry, erased: Erase, known: tuple[Revelation, ...], gone: frozenset[str]) -> Entry:
    """Return *entry* without what was *erased*; *known* is what all know still, and *gone* the clauses that went with it."""
    left = [one for shown in known for one in shown.answers]
    shown = (
        evolve(
            one,
            answers=tuple(each for each in one.answers if _stands(each, erased, left)),
            figures=tuple(each for each in one.figures if _stands(each, erased, left)),
        )
        for one in entry.shown
    )
    return evolve(
        entry,
        about=_ERASED if entry.about in gone else entry.about,
        reason="" if entry.about in gone else entry.reason,
        facts=tuple(_fact_without(fact, gone) for fact in entry.facts if getattr(fact, "clause", None) not in gone),
        shown=tuple(one for one in shown if one.answers or one.figures),
        table=tuple(one for one in entry.table if one.id not in gone),
    )


def _stands(told: Given | Figure, erased: Erase, left: list[Given]) -> bool:
    """Return whether what was *told* may stay when something is *erased*; *left* is what all know still."""
    if erased.prompt not in {told.prompt, told.prompt.partition(".")[0]} or erased.for_ not in (None, told.for_):
        return True
    # What was erased may be any answer that is told by nobody, and is among the figures.
    if isinstance(told, Figure) or told.is_anonymous:
        return False
    return told.by != erased.by if told.by is not None else told in left


def _fact_without(fact: AnyFact, gone: frozenset[str]) -> AnyFact:
    if not isinstance(fact, Settled):
        return fact
    adopted, unresolved = (tuple(one for one in ids if one not in gone) for ids in (fact.adopted, fact.unresolved))
    return evolve(fact, adopted=adopted, unresolved=unresolved)


def _known(session: Session) -> tuple[Revelation, ...]:
    return session.view(session.present[0]).revealed


def _table(session: Session) -> dict[str, OnTable]:
    return {one.id: one for one in session.view(session.present[0]).table}


def _news(before: tuple[Revelation, ...], now: tuple[Revelation, ...]) -> Iterator[Revelation]:
    """Yield what is in *now* and not in *before*, by the step that showed it."""
    if before == now:
        return
    seen = {(one.step, one.for_): one for one in before}
    for one in now:
        held = seen.get((one.step, one.for_))
        if held is None:
            yield one
        elif held != one:
            further = evolve(
                one, answers=_further(held.answers, one.answers), figures=_further(held.figures, one.figures)
            )
            yield from (further,) if further.answers or further.figures else ()


def _further(before: tuple[_Shown, ...], now: tuple[_Shown, ...]) -> tuple[_Shown, ...]:
    rest, found = [*before], list[_Shown]()
    for one in now:
        if one in rest:
            rest.remove(one)
        else:
            found.append(one)
    return tuple(found)


def _is_news(before: OnTable | None, now: OnTable) -> bool:
    return before is None or _looks(before) != _looks(now)


def _looks(one: OnTable) -> tuple[object, ...]:
    return one.version, one.by, one.text, one.outcome


def _standings(session: Session) -> Iterator[Standing]:
    ratified = session.alliance().ratifications
    for who in session.state.members:
        view = session.view(who)
        must = [task for task in view.tasks if not task.is_optional]
        told = tuple(task for task in must if not _hangs_on_secret(session.state, task, who))
        yield Standing(
            member=who,
            is_present=who in session.present,
            tasks=tuple((task.kind, f"{task.about} for {task.for_}" if task.for_ else task.about) for task in told),
            waiting=view.waiting if told or not must else in_words(session.state, Waiting(why="others")),
            has_ratified=who in ratified,
        )


def _hangs_on_secret(state: State, task: Task, who: str) -> bool:
    """Return whether a step is put to *who* by an answer of theirs that not all know: then it would tell of that."""
    leaves = (leaf for leaf in state.route.steps[task.step] if task.for_ in (None, leaf.for_))
    return any(
        eyes_of(state).shown(question, who) is None
        for leaf in leaves
        for when, joint in leaf.conditions
        if not joint
        for one in subjects(when)
        if isinstance(one, TheAnswer)
        for question in state.route.read_from(leaf, one.prompt)
    )
