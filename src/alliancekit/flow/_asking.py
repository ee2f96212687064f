"""What members do with questions: answer, pass, take back, say that they are ready, and open the reveal."""

from __future__ import annotations

from typing import Any

from alliancekit.flow._aims import question_of, together
from alliancekit.flow._amending import action_of, name_of
from alliancekit.flow._answers import text_misfit, unsuitable
from alliancekit.flow._attribution import attribution_of
from alliancekit.flow._barriers import is_everybody_ready, is_ready, reveal
from alliancekit.flow._clauses import REVIEW, as_entry, ids_in, is_list
from alliancekit.flow._eyes import Eyes, eyes_of
from alliancekit.flow._facts import Changed, Passed, Readied, Revealed, Withdrawn
from alliancekit.flow._leaves import Leaf, split
from alliancekit.flow._plan import AskStep, RatifyStep, RevealStep
from alliancekit.flow._ratifying import take_back_yes
from alliancekit.flow._requests import Answer, Clear, Pass, Reveal, Submit, Withdraw
from alliancekit.flow._revising import drop, is_replaced, revise
from alliancekit.flow._state import ALL, Slot, Slots, State, holder_of
from alliancekit.flow._tables import elements_to_come, gather
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.flow._where import answered_late, closing
from alliancekit.model import ClausesAnswer
from alliancekit.typing import Json
from alliancekit.values import shorten

__all__ = ["answer", "clear", "make_ready", "open_questions", "open_reveal", "pass_", "take_back"]


def answer(state: State, _: Leaf | None, request: Answer) -> Outcome:
    question = question_of(state, request)
    prompt, is_follow_up = state.route.prompt_of(question), "." in question
    if reason := unsuitable(
        request.value, prompt, follow_up=is_follow_up, members=state.present, held=state.head.clauses
    ):
        raise Unfit(reason)
    route, is_private = state.route, prompt.visibility == "private"
    if request.share and not is_private and attribution_of(route, question) != "aggregate":
        raise Unfit("share is for private prompts; what is answered here is read by the members anyway")
    if is_follow_up and _value(eyes_of(state, request.by), question.partition(".")[0]) is None:
        raise Unfit(f"{request.prompt} follows the answer to {prompt.id}; answer that first")
    if isinstance(prompt.answer, ClausesAnswer) and not is_follow_up and attribution_of(route, question) != "anonymous":
        _refuse_taken(state, request, question)
    slot = Slot(request.value, request.by, request.share or not is_private, request.share)
    holder = ALL if prompt.scope == "shared" else request.by
    slots, passes = state.slots.insert((question, holder), slot), state.passes.discard((question, request.by))
    return state.but(slots=slots, passes=passes), (
        Changed(to=(request.by,), by=request.by, prompt=request.prompt, for_=request.for_, is_answered=True),
    )


def _refuse_taken(state: State, request: Answer, question: str) -> None:
    """Refuse ids that are taken, as far as the author may know."""
    wanted, amended = set(ids_in(request.value)) - {REVIEW}, _amended(request.value)
    _refuse_tabled(state, amended)
    wanted -= amended
    taken = {name for name in wanted if name in state.items or name in state.head.clauses}
    taken = {name for name in taken if not is_replaced(state, question, request.by, name)}
    if wanted and not taken:
        taken = wanted & _own_ids(state, request.by, question)
    if taken:
        raise Unfit(f"another clause is called {shorten(min(taken))} already; give this one another id")


def _refuse_tabled(state: State, amended: set[str]) -> None:
    """Refuse amendments of what lies on a table, and of what was settled there where no other table is to come."""
    for item in (state.items[name] for name in sorted(amended) if name in state.items):
        if item.step is not None and item.outcome == "open":
            raise Unfit(f"{item.id!r} lies on a table already; put another version forward there")
        if item.outcome == "adopted":
            raise Unfit(f"{item.id!r} was agreed on before, and that stands")
        if item.outcome == "unresolved" and item.element not in elements_to_come(state):
            raise Unfit(f"{item.id!r} stayed unresolved, and no other table for it is to come")


def _amended(value: Json) -> set[str]:
    """Return the ids of the clauses that an answer changes or drops."""
    entries = (as_entry(one) for one in (value if is_list(value) else ()))
    return {str(name_of(one)) for one in entries if one is not None and action_of(one) != "add"}


def _own_ids(state: State, by: str, but: str) -> set[str]:
    found: set[str] = set()
    for name, prompt in state.route.prompts.items():
        if name == but or not isinstance(prompt.answer, ClausesAnswer):
            continue
        if attribution_of(state.route, name) == "anonymous":
            continue  # no clause is called by these
        slot = state.slots.get((name, holder_of(state.route, name, by)))
        if slot is not None and slot.by == by:
            found.update(ids_in(slot.value))
    return found - {REVIEW}


def clear(state: State, _: Leaf | None, request: Clear) -> Outcome:
    question, by = question_of(state, request), request.by
    holder, slot = holder_of(state.route, question, by), eyes_of(state, by).held(question)
    slots, has_passed = state.slots, (question, by) in state.passes
    if slot is None and not has_passed:
        raise Unfit("there is nothing to take back")
    if slot is not None and slot.by == by:
        slots = slots.discard((question, holder))
    elif not has_passed:
        raise Unfit("somebody else gave the answer that stands; you may answer anew, and cannot take theirs back")
    slots, passes = _without_follow_ups(state, slots, question, by), state.passes.discard((question, by))
    return state.but(slots=slots, passes=passes), (
        Changed(to=(by,), by=by, prompt=request.prompt, for_=request.for_, is_answered=False),
    )


def _without_follow_ups(state: State, slots: Slots, question: str, by: str) -> Slots:
    """Return *slots* without what *by* answered to the follow-ups of *question*, which go with its answer."""
    if "." in question:
        return slots
    holder = holder_of(state.route, question, by)
    for one in state.route.prompts[question].follow_ups:
        held = slots.get((f"{question}.{one.id}", holder))
        if held is not None and held.by == by:
            slots = slots.discard((f"{question}.{one.id}", holder))
    return slots


def pass_(state: State, _: Leaf | None, request: Pass) -> Outcome:
    question, by = question_of(state, request), request.by
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
    slots = _without_follow_ups(state, slots, question, by)
    passes = state.passes.insert((question, by))
    return state.but(slots=slots, passes=passes), (Passed(to=(by,), by=by, prompt=request.prompt, for_=request.for_),)


def open_questions(state: State, ask: Leaf, eyes: Eyes) -> tuple[str, ...]:
    """Return the prompts of a step that a member has neither answered nor passed; a shared answer is everybody's."""
    who, passes = eyes.who, state.passes
    asked = answered_late(state.route, ask) if (ask.id, who) in state.late else ask.asked
    rest = (name for name in asked if (name, who) not in passes and (name, ALL) not in passes)
    return tuple(name for name in rest if _value(eyes, name) is None)


def _value(eyes: Eyes, question: str) -> Any:
    slot = eyes.held(question)
    return slot.value if slot is not None else None


def make_ready(state: State, leaf: Leaf | None, request: Submit) -> Outcome:
    assert leaf is not None
    by, leaves = request.by, together(state, leaf, request)
    fact = Readied(to=(by,), by=by, step=leaf.step.id, for_=request.for_)
    ready = state.ready
    for one in leaves:
        ready = ready.insert((one.id, by))
    if not isinstance(leaf.step, AskStep):
        return state.but(ready=ready), (fact,)
    eyes = eyes_of(state, by)
    rest = [name for one in leaves for name in open_questions(state, one, eyes)]
    if rest and not leaf.step.optional:
        raise Unfit(f"answer or pass first: {', '.join(map(_in_words, rest))}")
    if (leaf.id, by) in state.revising:
        return revise(state, leaves, by, fact)
    late = tuple(one for one in leaves if (one.id, by) in state.late)
    state = state.but(ready=ready)
    return _after(state, late, by, fact) if late else (state, (fact,))


def _in_words(key: str) -> str:
    name, for_ = split(key)
    return name if for_ is None else f"{name} for {for_}"


def _after(state: State, leaves: tuple[Leaf, ...], by: str, fact: Readied) -> Outcome:
    """Take in what comes after the reveal."""
    facts: list[Revealed] = []
    for leaf in leaves:
        state = state.but(late=state.late.discard((leaf.id, by)), after=state.after.insert((leaf.id, by)))
        reveals = (one for one in state.route.barriers if leaf in state.route.shows.get(one.id, ()))
        reveal = next(one for one in reveals if one.id in state.stages)
        state = gather(state, leaf, (by,), answered_late(state.route, leaf))
        facts.append(Revealed(to=state.present, step=reveal.step.id, of=(leaf.step.id,), for_=reveal.for_))
    return state, (fact, *facts)


def take_back(state: State, leaf: Leaf | None, request: Withdraw) -> Outcome:
    assert leaf is not None
    if isinstance(leaf.step, RatifyStep):
        return take_back_yes(state, leaf, request)
    fact = Withdrawn(to=(request.by,), by=request.by, step=leaf.step.id, for_=request.for_)
    leaves, ready = together(state, leaf, request), state.ready
    if (leaf.id, request.by) in state.revising:
        return drop(state, leaves, request.by), (fact,)
    for one in leaves:
        ready = ready.discard((one.id, request.by))
    return state.but(ready=ready), (fact,)


def open_reveal(state: State, leaf: Leaf | None, request: Reveal) -> Outcome:
    assert leaf is not None
    assert isinstance(leaf.step, RevealStep)
    step, facilitators, asks = leaf.step, state.roles("facilitator"), tuple(closing(state, leaf))
    if facilitators and request.by not in facilitators:
        raise Unfit("a facilitator opens this")
    if step.missing == "wait" and not is_everybody_ready(state, asks):
        raise Unfit("this waits until everybody has submitted")
    own = [ask for ask in asks if ask in state.route.shows[leaf.id]]
    if not facilitators and not is_ready(state, own, request.by):
        raise Unfit("submit your own answers first")
    return reveal(state, leaf)
