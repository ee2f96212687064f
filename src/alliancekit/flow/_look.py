"""How a view is made from a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from attrs import evolve

from alliancekit.flow._amending import is_for
from alliancekit.flow._asking import open_questions
from alliancekit.flow._attribution import attribution_of, unnamed
from alliancekit.flow._barriers import is_everybody_ready, is_ready
from alliancekit.flow._clauses import targets
from alliancekit.flow._concerns import asked_to_meet, concerned
from alliancekit.flow._draft import draft, said_by
from alliancekit.flow._eyes import Eyes, eyes_of, is_asked, told
from alliancekit.flow._figures import figures
from alliancekit.flow._leaves import Leaf, split
from alliancekit.flow._moves import MOVES, Phase, StepKind
from alliancekit.flow._plan import AgreeStep, AskStep, RevealStep, SayStep
from alliancekit.flow._requests import Reopen, Withdraw
from alliancekit.flow._revising import on_tables, reason_against
from alliancekit.flow._state import ALL, Item, State
from alliancekit.flow._tables import rounds_of
from alliancekit.flow._task import OnTable, Task, TaskKind
from alliancekit.flow._view import Given, Progress, Revelation, Said, View
from alliancekit.flow._waiting import in_words, waiting
from alliancekit.flow._where import answered_late, closing, frontier, phase_of
from alliancekit.flow._words import prompt_for, subject_of, text_for, title_for
from alliancekit.model import ClausesAnswer, FollowUp
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["look"]

_Standing: TypeAlias = tuple[Phase, tuple[str, ...]]
"""Where an ask step is for the one who looks, and which of its prompts they have neither answered nor passed."""

_ASKING: Final = (Phase.OPEN, Phase.LATE, Phase.REVISING)
_WITHDRAWABLE: Final = frozenset(pair for pair, moves in MOVES.items() if Withdraw in moves)


_LEFT: Final = "You have left; this is what there was."


def look(state: State, who: str, number: int) -> View:
    """Return what *who* may see, who has had *number* requests accepted."""
    eyes = eyes_of(state, who)
    reached = tuple(_reached(state, eyes)) if who in state.present else ()
    asks = {leaf.id: _standing(state, eyes, leaf) for leaf in reached if leaf.kind is StepKind.ASK}
    items = tuple(_items(state, eyes, reached, asks, number))
    must = [one for one in items if isinstance(one, Task) and not one.is_optional]
    waits = None if must or state.is_over or who not in state.present else waiting(state, who)
    return View(
        member=who,
        title=state.head.title,
        items=items,
        changeable=tuple(_changeable(state, eyes, reached, asks, number)),
        waiting=_LEFT if who not in state.present else in_words(state, waits) if waits is not None else "",
        waits=waits,
        progress=_progress(state, eyes, asks),
        revealed=tuple(_revealed(state)),
        table=tuple(on_table(state, leaf, item) for leaf in state.route.barriers for item in state.on_table(leaf.id)),
        draft=draft(state),
        is_done=state.is_over,
    )


def _reached(state: State, eyes: Eyes) -> Iterator[Leaf]:
    """Yield what is open now, in order: what stands before the first barrier that is not done, and that barrier."""
    barrier, needs = frontier(state), state.route.needs
    for leaf in state.route.leaves[: barrier.index + 1 if barrier is not None else None]:
        if leaf.id not in needs or eyes.is_shown(leaf):
            yield leaf


def _standing(state: State, eyes: Eyes, leaf: Leaf) -> _Standing:
    phase = phase_of(state, leaf, eyes.who)
    return phase, open_questions(state, leaf, eyes) if phase in _ASKING else ()


def _items(
    state: State, eyes: Eyes, reached: tuple[Leaf, ...], asks: Mapping[str, _Standing], number: int
) -> Iterator[Said | Task]:
    who, barriers = eyes.who, state.route.barriers
    since = barriers[state.anchor - 1].index if state.anchor else -1
    for leaf in reached:
        match leaf.step:
            case SayStep():
                if leaf.index > since and not state.is_over:
                    yield Said(
                        step=leaf.step.id,
                        for_=leaf.for_,
                        title=title_for(state, leaf, who),
                        text=text_for(state, leaf, who, leaf.step.text),
                    )
            case AskStep():
                yield from _asks(state, leaf, eyes, asks, number)
            case RevealStep():
                if _may_reveal(state, leaf, leaf.step, who):
                    optional = leaf.step.once != "facilitator"
                    yield _task(state, leaf, "reveal", who, number, for_=leaf.for_, is_optional=optional)
            case AgreeStep():
                yield from _agreeing(state, leaf, leaf.step, who, number)
            case _:
                if phase_of(state, leaf, who) is Phase.OPEN:
                    yield _ratify_task(state, leaf, who, number)


def _ratify_task(state: State, leaf: Leaf, who: str, number: int) -> Task:
    from alliancekit.consent import digest

    return _task(state, leaf, "ratify", who, number, digest=digest(draft(state), who))


def _asks(state: State, leaf: Leaf, eyes: Eyes, asks: Mapping[str, _Standing], number: int) -> Iterator[Task]:
    step, (phase, rest) = leaf.step, asks[leaf.id]
    assert isinstance(step, AskStep)
    if phase not in _ASKING:
        return
    held_up = phase is Phase.OPEN
    for name in rest:
        yield _answer_task(state, leaf, name, eyes, number, phase=phase, is_optional=step.optional or not held_up)
    # What is repeated is submitted together, behind the last of it; of a thousand, only that one looks at the others.
    alike = (one for one in reversed(state.route.steps[step.id]) if one.id in asks and asks[one.id][0] is phase)
    if leaf is next(alike) and (step.optional or not (rest or any(asks[one.id][1] for one in alike))):
        yield _task(state, leaf, "submit", eyes.who, number, is_optional=not held_up, **_marks(phase))


def _marks(phase: Phase) -> dict[str, bool]:
    return {"is_late": phase is Phase.LATE, "is_revision": phase is Phase.REVISING}


def _task(state: State, leaf: Leaf, kind: TaskKind, who: str, number: int, **more: Any) -> Task:
    return Task(kind=kind, member=who, step=leaf.step.id, title=title_for(state, leaf, who), number=number, **more)


def _answer_task(
    state: State, leaf: Leaf, name: str, eyes: Eyes, number: int, *, phase: Phase, is_optional: bool = False
) -> Task:
    prompt, who = state.route.prompts[name], eyes.who
    slot, how = eyes.held(name), attribution_of(state.route, name)
    further = [(one.id, eyes.held(f"{name}.{one.id}")) for one in prompt.follow_ups]
    return Task(
        kind="answer",
        member=who,
        step=leaf.step.id,
        title=title_for(state, leaf, who),
        number=number,
        for_=leaf.for_,
        subject=subject_of(state, leaf),
        prompt=prompt_for(state, leaf, who, prompt),
        amendable=_amendable(state, targets(prompt)) if isinstance(prompt.answer, ClausesAnswer) else EMPTY,
        value=slot.value if slot is not None else None,
        follow_ups=FrozenMap({one: held.value for one, held in further if held is not None}) if further else EMPTY,
        has_passed=(name, who) in state.passes,
        attribution=how,
        may_share=prompt.visibility == "private" or how == "aggregate",
        is_shared=slot is not None and slot.value is not None and slot.is_named,
        is_optional=is_optional,
        is_late=phase is Phase.LATE,
        is_revision=phase is Phase.REVISING,
    )


def _changeable(
    state: State, eyes: Eyes, reached: tuple[Leaf, ...], asks: Mapping[str, _Standing], number: int
) -> Iterator[Task]:
    who, tables = eyes.who, on_tables(state)
    for leaf in reached:
        kind = leaf.kind
        phase, rest = asks[leaf.id] if kind is StepKind.ASK else (phase_of(state, leaf, who), ())
        if kind is StepKind.ASK and phase in _ASKING:
            for name in answered_late(state.route, leaf) if phase is Phase.LATE else leaf.asked:
                if name not in rest:
                    yield _answer_task(state, leaf, name, eyes, number, phase=phase)
        if (kind, phase) in _WITHDRAWABLE and state.stages.get(leaf.id) is not Phase.RATIFIED:
            yield _task(state, leaf, "withdraw", who, number, for_=leaf.for_, **_marks(phase))
        if Reopen in MOVES.get((kind, phase), ()) and not reason_against(state, leaf, who, tables):
            yield _task(state, leaf, "reopen", who, number, for_=leaf.for_)
        if isinstance(leaf.step, AgreeStep) and phase in (Phase.OPEN, Phase.SUBMITTED):
            for item in state.on_table(leaf.id):
                if who in item.words and who in concerned(state, item):
                    yield _respond_task(state, leaf, item, who, number)


def _amendable(state: State, among: tuple[str, ...] | None = None) -> FrozenMap[str]:
    """Return the clauses that may be changed or dropped, of those that *among* is for."""
    held = ((name, target) for name, (target, _) in state.head.clauses.items())
    return FrozenMap((name, target) for name, target in held if among is None or is_for(target, among))


def _may_reveal(state: State, leaf: Leaf, step: RevealStep, who: str) -> bool:
    if phase_of(state, leaf) is not Phase.OPEN:
        return False
    facilitators, asks = state.roles("facilitator"), closing(state, leaf)
    if facilitators and who not in facilitators:
        return False
    if step.missing == "wait":
        return step.once == "facilitator" and is_everybody_ready(state, asks)
    return bool(facilitators) or is_ready(state, (ask for ask in asks if ask in state.route.shows[leaf.id]), who)


def _agreeing(state: State, leaf: Leaf, step: AgreeStep, who: str, number: int) -> Iterator[Task]:
    phase = phase_of(state, leaf, who)
    if phase not in (Phase.OPEN, Phase.SUBMITTED):
        return
    for item in state.on_table(leaf.id):
        if who not in item.words and who in (*concerned(state, item), *asked_to_meet(state, item)):
            yield _respond_task(state, leaf, item, who, number)
    if phase is Phase.OPEN:
        more: dict[str, Any] = {"elements": step.elements, "amendable": _amendable(state)}
        yield _task(state, leaf, "submit", who, number, for_=leaf.for_, **more)


def _respond_task(state: State, leaf: Leaf, item: Item, who: str, number: int) -> Task:
    assert isinstance(leaf.step, AgreeStep)
    decides = who in concerned(state, item)
    may = ("accept", *(("stand_aside",) if leaf.step.rule == "consent" else ()), "object") if decides else ()
    if who in asked_to_meet(state, item):
        may = (*may, "decline")
    shown = on_table(state, leaf, item)
    more: dict[str, Any] = {"proposal": shown, "may": may, "is_optional": not decides}
    return _task(state, leaf, "respond", who, number, for_=leaf.for_, **more)


def on_table(state: State, leaf: Leaf, item: Item) -> OnTable:
    """Return a proposal as everybody sees it."""
    assert isinstance(leaf.step, AgreeStep)
    return OnTable(
        id=item.id,
        element=item.element,
        text=said_by(item.clause),
        clause=item.clause,
        by=item.by,
        version=item.version,
        rounds=rounds_of(state, leaf),
        concerns=concerned(state, item),
        responses=FrozenMap({who: item.words[who].response for who in state.members if who in item.words}),
        objections=item.objections,
        outcome=item.outcome,
        action=item.action,
        was=state.head.clauses[item.id][1] if item.action != "add" else None,
    )


def _progress(state: State, eyes: Eyes, asks: Mapping[str, _Standing]) -> Progress:
    done, total, who = 0, 0, eyes.who
    for leaf in state.route.asks:
        if is_asked(state, leaf, who) and (leaf.id in asks or eyes.is_shown(leaf)):
            total += len(leaf.asked)
            done += len(leaf.asked)
            if leaf.id not in state.stages and (leaf.id, who) not in state.ready:
                done -= len(asks[leaf.id][1] if leaf.id in asks else open_questions(state, leaf, eyes))
    return Progress(done=done, total=total)


def _revealed(state: State) -> Iterator[Revelation]:
    eyes = eyes_of(state)
    reveals = (name for name in state.route.shows if name in state.stages)
    for leaf in sorted((*told(state), *(state.route.places[name] for name in reveals)), key=lambda one: one.index):
        if isinstance(leaf.step, RevealStep):
            asks = state.route.shows[leaf.id]
            shown = figures(state, (name for ask in asks for name in ask.asked))
            found = _revelation(state, leaf, tuple(_given(state, eyes, asks)))
            yield evolve(found, attribution=leaf.step.attribution, figures=tuple(shown))
        elif isinstance(leaf.step, AskStep) and leaf.step.mode == "open":
            # What is shown without its authors stands with its reveal alone; the one answer of all is open before it.
            veiled = leaf.id in state.route.veiled
            given = _given(state, eyes, (leaf,))
            answers = tuple(one for one in given if not veiled or not (one.by or one.is_anonymous))
            if answers:
                yield _revelation(state, leaf, answers)


def _revelation(state: State, leaf: Leaf, answers: tuple[Given, ...]) -> Revelation:
    title = title_for(state, leaf, ALL)
    return Revelation(step=leaf.step.id, for_=leaf.for_, title=title, answers=answers)


def _given(state: State, eyes: Eyes, asks: Iterable[Leaf]) -> Iterator[Given]:
    for ask in asks:
        for question in state.route.answerable[ask.id]:
            prompt = state.route.prompt_of(question)
            is_anonymous = attribution_of(state.route, question) == "anonymous"
            for who, value in _said(state, eyes, question):
                earlier = state.earlier.get((question, who))
                # What was shown once stays beside what took its place, also where nothing did.
                if value is not None or earlier:
                    yield Given(
                        prompt=split(question)[0],
                        for_=ask.for_,
                        text=text_for(state, ask, ALL, _asked(prompt.text, question, prompt.follow_ups)),
                        by=who or None,
                        value=value,
                        is_late=(ask.id, who) in state.after,
                        is_revised=earlier is not None,
                        earlier=earlier or (),
                        is_anonymous=is_anonymous,
                    )


def _said(state: State, eyes: Eyes, question: str) -> Iterable[tuple[str, Any]]:
    """Return what all may know of the answers to a question, each with whose it is, where they may know that."""
    if attribution_of(state.route, question) == "anonymous":
        return ((ALL, value) for value in unnamed(state, question))
    holders = (ALL,) if state.route.is_shared(question) else tuple(state.members)
    return ((who, eyes.shown(question, who)) for who in holders)


def _asked(text: str, question: str, follow_ups: tuple[FollowUp, ...]) -> str:
    follow_up = question.partition(".")[2]
    return next((one.text for one in follow_ups if one.id == follow_up), text)
