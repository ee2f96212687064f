"""
One request against one state: `advance` is pure, and the only way from a state to the next.

A request first finds the step that it is about, and the row of `MOVES` for that step's phase. If the row lacks the
request, the host was wrong and `RequestNotAllowedError` is raised. Then the handler of the request looks at what the
member wants. If it does not fit, that is an ordinary day: a `Refused` fact, and the same state. Last, `proceed` carries
the state through every barrier that has nothing left to wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

from attrs import evolve

from alliancekit.errors import InvalidValueError, UnknownNameError, did_you_mean
from alliancekit.flow._answers import text_misfit, unsuitable
from alliancekit.flow._barriers import is_everybody_ready, proceed, reveal
from alliancekit.flow._clauses import REVIEW, as_entry, clause, generated, ids_in, misfit
from alliancekit.flow._draft import draft
from alliancekit.flow._errors import RequestNotAllowedError
from alliancekit.flow._facts import (
    AnyFact,
    Changed,
    Joined,
    Left,
    Passed,
    Proposed,
    Ratified,
    Readied,
    Refused,
    Responded,
    Revealed,
    Withdrawn,
)
from alliancekit.flow._moves import MOVES, Phase, StepKind
from alliancekit.flow._plan import AgreeStep, AskStep, RevealStep
from alliancekit.flow._requests import (
    Accept,
    Answer,
    Clear,
    Decline,
    Erase,
    Join,
    Leave,
    Object,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Request,
    Respond,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)
from alliancekit.flow._route import Leaf
from alliancekit.flow._state import (
    ALL,
    Item,
    Slot,
    State,
    Word,
    asked_to_meet,
    closing,
    concerned,
    holder_of,
    phase_of,
    table_step,
)
from alliancekit.flow._tables import INTENTION, asked_again, gather, laid
from alliancekit.model import Channel, ClausesAnswer, GroundRule, Member, Ratification, Review, ScheduledCheckIn
from alliancekit.values import shorten

__all__ = ["Unfit", "advance", "open_questions", "where"]


class Unfit(Exception):  # noqa: N818 - inside this module: it becomes a Refused fact
    """A member's request does not fit; the text says why, in words for that member."""


Outcome: TypeAlias = tuple[State, tuple[AnyFact, ...]]


def advance(state: State, request: Request) -> Outcome:
    """
    Return the state after *request*, and the facts that follow from it.

    Raises:
        RequestNotAllowedError: The step's phase has no room for it.
        UnknownNameError: It names a member, prompt, step or clause that there is not.
    """
    leaf, kind, phase = where(state, request)
    allowed = MOVES.get((kind, phase), {})
    if type(request) not in allowed:
        raise RequestNotAllowedError(request, phase, tuple(sorted(one.__name__ for one in allowed)))
    try:
        moved, facts = _HANDLERS[type(request)](state, leaf, request)
    except Unfit as unfit:
        return state, (Refused(to=(request.by,), request=request.id or "", reason=str(unfit)),)
    if type(request) in _STILL and not state.route.has_joint_conditions:
        return moved, facts
    moved, more = proceed(moved)
    return moved, (*facts, *more)


# Which step a request is about -----------------------------------------------------------------------------------------


def where(state: State, request: Request) -> tuple[Leaf | None, StepKind, Phase]:
    """Return the step that *request* is about, its kind, and where it is for the one who sent it."""
    newcomer = isinstance(request, Join) and request.by == request.member
    if request.by not in state.present and not newcomer:
        if request.by in state.members:
            raise RequestNotAllowedError(request, Phase.CLOSED)
        raise UnknownNameError("member", request.by, tuple(state.members))
    leaf = _leaf(state, request)
    if leaf is None:
        return None, StepKind.FLOW, Phase.CLOSED if state.is_over else Phase.OPEN
    return leaf, leaf.kind, phase_of(state, leaf, request.by)


def _leaf(state: State, request: Request) -> Leaf | None:
    route = state.route
    match request:
        case Answer() | Clear() | Pass() | Erase():
            found = route.ask_of(request.prompt)
            return found or _unknown("prompt", request.prompt, route.questions())
        case Submit() | Withdraw() | Reveal() | Reopen() | Ratify():
            return route.places.get(request.step) or _unknown("step", request.step, tuple(route.places))
        case Propose():
            return _table_for(state, request.element)
        case Respond():
            item = state.items.get(request.clause)
            if item is None or item.step is None:
                tables = (state.tables.get(leaf.id, ()) for leaf in route.barriers)
                _unknown("clause on the table", request.clause, tuple(name for names in tables for name in names))
            return route.places[item.step]
        case _:
            return None


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> NoReturn:
    raise UnknownNameError(kind, name, known)


def _table_for(state: State, element: str) -> Leaf:
    found = table_step(state, element)
    if found is not None:
        return found
    tables = [
        leaf for leaf in state.route.barriers if isinstance(leaf.step, AgreeStep) and element in leaf.step.elements
    ]
    if not tables:
        _unknown("element that this flow agrees on", element, tuple(sorted(state.route.agreed)))
    return next((leaf for leaf in tables if leaf.id not in state.stages), tables[-1])


# Asking ----------------------------------------------------------------------------------------------------------------


def _answer(state: State, _: Leaf | None, request: Answer) -> Outcome:
    route, question = state.route, request.prompt
    prompt, is_follow_up = route.prompt_of(question), "." in question
    _refuse_for(request.for_)
    if reason := unsuitable(request.value, prompt, follow_up=is_follow_up, members=state.present):
        raise Unfit(reason)
    if request.share and prompt.visibility != "private":
        raise Unfit("share is for private prompts; what is answered here is read by the members anyway")
    if isinstance(prompt.answer, ClausesAnswer) and not is_follow_up:
        _refuse_taken(state, request)
    holder = holder_of(route, question, request.by)
    if is_follow_up and _value(state, prompt.id, request.by) is None:
        raise Unfit(f"{question} follows the answer to {prompt.id}; answer that first")
    slot = Slot(request.value, request.by, request.share or prompt.visibility != "private")
    slots, passes = state.slots.insert((question, holder), slot), state.passes.discard((question, request.by))
    return state.but(slots=slots, passes=passes), (
        Changed(to=(request.by,), by=request.by, prompt=question, is_answered=True),
    )


def _refuse_for(for_: str | None) -> None:
    if for_ is not None:
        raise Unfit("for says which clause or member is meant inside a repeat, and this is in none")


def _refuse_taken(state: State, request: Answer) -> None:
    """Refuse ids that are taken, as far as the author may know."""
    wanted = set(ids_in(request.value))
    taken = {name for name in wanted if name in state.items and name != REVIEW}
    if wanted and not taken:
        taken = wanted & _own_ids(state, request.by, request.prompt)
    if taken:
        raise Unfit(f"another clause is called {shorten(min(taken))} already; give this one another id")


def _own_ids(state: State, by: str, but: str) -> set[str]:
    found: set[str] = set()
    for name, prompt in state.route.prompts.items():
        if name == but or not isinstance(prompt.answer, ClausesAnswer):
            continue
        slot = state.slots.get((name, holder_of(state.route, name, by)))
        if slot is not None and slot.by == by:
            found.update(ids_in(slot.value))
    return found - {REVIEW}


def _clear(state: State, _: Leaf | None, request: Clear) -> Outcome:
    question, by = request.prompt, request.by
    _refuse_for(request.for_)
    holder = holder_of(state.route, question, by)
    slot = state.slots.get((question, holder))
    if slot is not None and slot.by != by:
        raise Unfit("somebody else gave the answer that stands; you may answer anew, and cannot take theirs back")
    if slot is None and (question, by) not in state.passes:
        raise Unfit("there is nothing to take back")
    slots, passes = state.slots.discard((question, holder)), state.passes.discard((question, by))
    if "." not in question:
        for one in state.route.prompts[question].follow_ups:
            held = slots.get((f"{question}.{one.id}", holder))
            if held is not None and held.by == by:
                slots = slots.discard((f"{question}.{one.id}", holder))
    return state.but(slots=slots, passes=passes), (Changed(to=(by,), by=by, prompt=question, is_answered=False),)


def _pass(state: State, _: Leaf | None, request: Pass) -> Outcome:
    question, by = request.prompt, request.by
    _refuse_for(request.for_)
    if request.reason is not None and (reason := text_misfit(request.reason)):
        raise Unfit(reason.replace("answer", "reason"))
    if "." in question:
        raise Unfit("a follow-up may be left out; there is nothing to pass on")
    slots = state.slots
    if state.route.is_shared(question):
        held = slots.get((question, ALL))
        if held is not None and held.by == by:
            slots = slots.discard((question, ALL))
    else:
        slots = slots.insert((question, by), Slot(None, by))
        for one in state.route.prompts[question].follow_ups:
            slots = slots.discard((f"{question}.{one.id}", by))
    passes = state.passes.insert((question, by))
    return state.but(slots=slots, passes=passes), (Passed(to=(by,), by=by, prompt=question),)


def open_questions(state: State, ask: AskStep, who: str) -> tuple[str, ...]:
    """Return the prompts of a step that *who* has neither answered nor passed; a shared answer is everybody's."""
    return tuple(name for name in ask.asked if (name, who) not in state.passes and _value(state, name, who) is None)


def _value(state: State, question: str, who: str) -> Any:
    slot = state.slots.get((question, holder_of(state.route, question, who)))
    return slot.value if slot is not None else None


def _submit(state: State, leaf: Leaf | None, request: Submit) -> Outcome:
    assert leaf is not None
    by = request.by
    fact = Readied(to=(by,), by=by, step=leaf.id)
    if not isinstance(leaf.step, AskStep):
        return state.but(ready=state.ready.insert((leaf.id, by))), (fact,)
    rest = open_questions(state, leaf.step, by)
    if rest and not leaf.step.optional:
        raise Unfit(f"answer or pass first: {', '.join(rest)}")
    is_late = (leaf.id, by) in state.late
    state = state.but(ready=state.ready.insert((leaf.id, by)))
    if not is_late:
        return state, (fact,)
    state = state.but(late=state.late.discard((leaf.id, by)), after=state.after.insert((leaf.id, by)))
    step = state.route.shown_by[leaf.id].id
    return gather(state, leaf, (by,)), (fact, Revealed(to=state.present, step=step, of=(leaf.id,)))


def _withdraw(state: State, leaf: Leaf | None, request: Withdraw) -> Outcome:
    assert leaf is not None
    ready = state.ready.discard((leaf.id, request.by))
    return state.but(ready=ready), (Withdrawn(to=(request.by,), by=request.by, step=leaf.id),)


def _reveal(state: State, leaf: Leaf | None, request: Reveal) -> Outcome:
    assert leaf is not None
    assert isinstance(leaf.step, RevealStep)
    step, facilitators, asks = leaf.step, state.roles("facilitator"), closing(state, leaf)
    if facilitators and request.by not in facilitators:
        raise Unfit("a facilitator opens this")
    if step.missing == "wait" and not is_everybody_ready(state, asks):
        raise Unfit("this waits until everybody has submitted")
    if not facilitators and any(ask.id in step.of and (ask.id, request.by) not in state.ready for ask in asks):
        raise Unfit("submit your own answers first")
    return reveal(state, leaf)


# Agreeing --------------------------------------------------------------------------------------------------------------


def _propose(state: State, leaf: Leaf | None, request: Propose) -> Outcome:
    assert leaf is not None
    assert isinstance(leaf.step, AgreeStep)
    item = _proposed(state, leaf, request)
    state = laid(state, item)
    state = state.but(ready=state.ready.discard((leaf.id, request.by)))
    whom = concerned(state, item)
    fact = Proposed(
        to=state.present,
        by=request.by,
        step=leaf.id,
        element=item.element,
        clause=item.id,
        version=item.version,
        concerns=whom,
    )
    return state, (fact,)


def _proposed(state: State, leaf: Leaf, request: Propose) -> Item:
    if request.element == INTENTION:
        return _proposed_text(state, leaf, request)
    element, value, by = request.element, as_entry(request.value), request.by
    if value is None:
        raise Unfit(f"a proposal is one clause, a mapping, not {shorten(request.value)}")
    target, named = _target(state, element, value), value.get("id")
    if target == "cadence.review":
        named = REVIEW
    held = state.items.get(named) if isinstance(named, str) else None
    version = _next_version(state, leaf, held, element, by)
    if reason := misfit(value, (target,), state.present):
        raise Unfit(reason)
    _refuse_unmet(state, value)
    if held is not None and isinstance(held.clause, GroundRule):
        value = {"topic": held.clause.topic, **value}
    name = named if isinstance(named, str) else _unused(state, element, by)
    authors = getattr(held.clause, "by", (by,)) if held is not None else (by,)
    prompts = held.prompts if held is not None else ()
    made = clause(value, (target,), name, authors, prompts)
    return Item(id=name, element=element, clause=made, by=(by,), version=version, prompts=prompts)


def _proposed_text(state: State, leaf: Leaf, request: Propose) -> Item:
    if reason := text_misfit(request.value):
        raise Unfit(reason.replace("answer", "proposal"))
    held = state.items.get(INTENTION)
    version = _next_version(state, leaf, held, INTENTION, request.by)
    prompts = held.prompts if held is not None else ()
    return Item(
        id=INTENTION, element=INTENTION, clause=request.value, by=(request.by,), version=version, prompts=prompts
    )


def _unused(state: State, element: str, by: str) -> str:
    number = 1
    while (name := generated(element.replace("_", "-"), by, number)) in state.items:
        number += 1
    return name


def _target(state: State, element: str, value: Mapping[str, Any]) -> str:
    if element != "cadence":
        return element
    named = value.get("id")
    held = state.items.get(named) if isinstance(named, str) else None
    kinds = {ScheduledCheckIn: "cadence.check_ins", Channel: "cadence.channels", Review: "cadence.review"}
    if held is not None and type(held.clause) in kinds:
        return kinds[type(held.clause)]
    if named == REVIEW:
        return "cadence.review"
    return "cadence.channels" if "purpose" in value else "cadence.check_ins"


def _next_version(state: State, leaf: Leaf, held: Item | None, element: str, by: str) -> int:
    assert isinstance(leaf.step, AgreeStep)
    if held is None:
        return 1
    if held.step != leaf.id or held.element != element:
        raise Unfit(f"another clause is called {held.id!r} already; give this one another id")
    if by not in concerned(state, held):
        raise Unfit(f"{held.id!r} does not concern you; those whom it concerns may put another version forward")
    if held.version >= leaf.step.rounds:
        raise Unfit(f"{held.id!r} has been through {leaf.step.rounds} rounds, and there is no further one")
    return held.version + 1


def _refuse_unmet(state: State, value: Mapping[str, Any]) -> None:
    known = tuple(sorted(item.id for item in state.items.values() if item.element == "expectations"))
    for name in value.get("meets", ()):
        if name not in known:
            hint = did_you_mean(name, known) or (f"there are {', '.join(known)}" if known else "there is none")
            raise Unfit(f"meets: no expectation is called {shorten(name)}; {hint}")


def _respond(state: State, leaf: Leaf | None, request: Respond) -> Outcome:
    assert leaf is not None
    assert isinstance(leaf.step, AgreeStep)
    item, by = state.items[request.clause], request.by
    if by not in concerned(state, item):
        raise Unfit(f"{item.id!r} does not concern you")
    if isinstance(request, Decline) and by not in asked_to_meet(state, item):
        raise Unfit(f"{item.id!r} asks nothing of you that you could decline")
    if isinstance(request, Object) and (reason := text_misfit(request.reason)):
        raise Unfit(reason.replace("answer", "reason"))
    if isinstance(request, StandAside) and leaf.step.rule == "unanimous":
        raise Unfit("this takes a yes from everybody whom it concerns: accept, or object and say why")
    word = _word(request)
    item = evolve(item, words=item.words.with_entry(by, word))
    state = state.with_item(item)
    if isinstance(request, Object) and item.version < leaf.step.rounds:
        state = asked_again(state, leaf, evolve(item, by=(by,)))
    fact = Responded(to=state.present, by=by, step=leaf.id, clause=item.id, response=word.response)
    return state, (fact,)


def _word(request: Respond) -> Word:
    match request:
        case Object():
            return Word("object", request.reason)
        case StandAside():
            return Word("stand_aside")
        case Decline():
            return Word("decline")
        case _:
            return Word("accept")


# Ratifying, coming and going -------------------------------------------------------------------------------------------


def _ratify(state: State, leaf: Leaf | None, request: Ratify) -> Outcome:
    from alliancekit.consent import digest

    assert leaf is not None
    assert request.at is not None
    found = digest(draft(state), request.by)
    ratification = Ratification(id=request.by, date=request.at.date(), digest=found)
    ratified = state.ratified.insert((leaf.id, request.by), ratification)
    return state.but(ratified=ratified), (Ratified(to=state.present, by=request.by, step=leaf.id, digest=found),)


def _join(state: State, _: Leaf | None, request: Join) -> Outcome:
    if request.member in state.members:
        raise Unfit(f"{request.member!r} is, or was, a member already")
    if state.head.kind == "one-to-one":
        raise Unfit("this alliance is between two, and both are here")
    try:
        member = Member(id=request.member, name=request.name, roles=request.roles)
    except InvalidValueError as error:
        raise Unfit(error.reason) from error
    members = state.members.with_entry(member.id, member)
    moved = state.but(members=members, present=(*state.present, member.id), ratified=_without_open(state))
    return moved, (Joined(to=moved.present, member=member.id),)


def _leave(state: State, _: Leaf | None, request: Leave) -> Outcome:
    assert request.at is not None
    who = request.member
    if who not in state.present:
        raise Unfit(f"no member here is called {shorten(who)}")
    if request.by != who and request.by not in state.roles("facilitator"):
        raise Unfit("each may go, and a facilitator may say that somebody has gone")
    if len(state.present) == 1:
        raise Unfit("the last member cannot go")
    members = state.members.with_entry(who, state.members[who].with_left(request.at.date()))
    present = tuple(one for one in state.present if one != who)
    moved = state.but(members=members, present=present, ratified=_without_open(state))
    return moved, (Left(to=state.present, member=who),)


def _without_open(state: State) -> Any:
    """Return the ratifications without those of a step that is still open: who belongs is part of what was ratified."""
    ratified = state.ratified
    for step, who in tuple(ratified):
        if state.stages.get(step) is Phase.OPEN:
            ratified = ratified.remove((step, who))
    return ratified


_Handler: TypeAlias = Callable[[State, Leaf | None, Any], Outcome]
_HANDLERS: Final[Mapping[type[Request], _Handler]] = {
    Answer: _answer,
    Clear: _clear,
    Pass: _pass,
    Submit: _submit,
    Withdraw: _withdraw,
    Reveal: _reveal,
    Propose: _propose,
    Accept: _respond,
    StandAside: _respond,
    Object: _respond,
    Decline: _respond,
    Ratify: _ratify,
    Join: _join,
    Leave: _leave,
}

# What moves no barrier by itself, unless a joint condition hangs on it.
_STILL: Final = frozenset({Answer, Clear, Pass, Withdraw, Propose})
