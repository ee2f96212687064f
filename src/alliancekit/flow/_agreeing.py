"""What members do at a table: put a clause or its next version on it, and give their word about what lies there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve

from alliancekit.errors import did_you_mean
from alliancekit.flow._amending import action_of, amendment_misfit, whole
from alliancekit.flow._answers import text_misfit
from alliancekit.flow._clauses import REVIEW, as_entry, clause, generated, misfit
from alliancekit.flow._concerns import asked_to_meet, concerned, parties
from alliancekit.flow._facts import Proposed, Responded
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._plan import AgreeStep
from alliancekit.flow._requests import Decline, Object, Propose, Respond, StandAside
from alliancekit.flow._state import Item, State, Word
from alliancekit.flow._tables import INTENTION, asked_again, laid, rounds_of
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.model import Channel, GroundRule, Review, ScheduledCheckIn
from alliancekit.values import shorten

__all__ = ["propose", "respond"]

_CADENCE: Final = ("cadence.check_ins", "cadence.channels", "cadence.review")
_NOT_YOURS: Final = "{0!r} does not concern you; those whom it concerns may put another version forward"


def propose(state: State, leaf: Leaf | None, request: Propose) -> Outcome:
    assert leaf is not None
    assert isinstance(leaf.step, AgreeStep)
    item = _proposed(state, leaf, request)
    state = laid(state, item)
    item = state.items[item.id]
    state = state.but(ready=state.ready.discard((leaf.id, request.by)))
    whom = concerned(state, item)
    fact = Proposed(
        to=state.present,
        by=request.by,
        step=leaf.step.id,
        element=item.element,
        clause=item.id,
        version=item.version,
        concerns=whom,
    )
    return state, (fact,)


def _proposed(state: State, leaf: Leaf, request: Propose) -> Item:
    if request.element == INTENTION:
        return _proposed_text(state, leaf, request)
    element, said, by = request.element, as_entry(request.value), request.by
    if said is None:
        raise Unfit(f"a proposal is one clause, a mapping, not {shorten(request.value)}")
    amended = state.head.clauses
    if reason := amendment_misfit(said, amended, _CADENCE if element == "cadence" else (element,)):
        raise Unfit(reason)
    value, action = whole(said, amended), action_of(said)
    target, named = _target(state, element, value), value.get("id")
    if target == "cadence.review":
        named = REVIEW
    held = state.items.get(named) if isinstance(named, str) else None
    version = _next_version(state, leaf, held, element, by)
    if reason := misfit(said, (target,), state.present, amended):
        raise Unfit(reason)
    _refuse_unmet(state, said)
    if held is not None and isinstance(held.clause, GroundRule):
        value = {"topic": held.clause.topic, **value}
    if action == "add" and named in amended and named != REVIEW:
        if held is None:
            raise Unfit(f"another clause is called {shorten(named)} already; to give it other words, say changes")
        action = "change"
    name = named if isinstance(named, str) else _unused(state, element, by)
    was = held.clause if held is not None else amended[name][1] if name in amended else None
    prompts = held.prompts if held is not None else ()
    made = clause(value, (target,), name, getattr(was, "by", (by,)), prompts)
    item = Item(id=name, element=element, clause=made, by=(by,), action=action, version=version, prompts=prompts)
    if by not in concerned(state, item):
        raise Unfit(_NOT_YOURS.format(name))
    return item


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
    while (name := generated(element.replace("_", "-"), by, number)) in state.items or name in state.head.clauses:
        number += 1
    return name


def _target(state: State, element: str, value: Mapping[str, Any]) -> str:
    if element != "cadence":
        return element
    if (target := value.get("element")) in _CADENCE:
        return str(target)
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
    is_elsewhere = held.step != leaf.id
    if held.element != element or (is_elsewhere and held.outcome == "open"):
        raise Unfit(f"another clause is called {held.id!r} already; give this one another id")
    if is_elsewhere and held.outcome == "adopted":
        raise Unfit(f"{held.id!r} was agreed on before, and that stands; a new clause needs another id")
    if by not in (*concerned(state, held), *parties(state, held)):
        raise Unfit(_NOT_YOURS.format(held.id))
    if is_elsewhere:
        return 1  # what stayed unresolved there is tried again here
    rounds = rounds_of(state, leaf)
    if held.version >= rounds:
        raise Unfit(f"{held.id!r} has been through {rounds} rounds, and there is no further one")
    return held.version + 1


def _refuse_unmet(state: State, value: Mapping[str, Any]) -> None:
    held = (name for name, (element, _) in state.head.clauses.items() if element == "expectations")
    known = tuple(sorted({*held, *(item.id for item in state.items.values() if item.element == "expectations")}))
    for name in value.get("meets", ()):
        if name not in known:
            hint = did_you_mean(name, known) or (f"there are {', '.join(known)}" if known else "there is none")
            raise Unfit(f"meets: no expectation is called {shorten(name)}; {hint}")


def respond(state: State, leaf: Leaf | None, request: Respond) -> Outcome:
    assert leaf is not None
    assert isinstance(leaf.step, AgreeStep)
    item, by = state.items[request.clause], request.by
    asked = asked_to_meet(state, item)
    # Who decides is one thing; what is asked of me I may decline all the same.
    if by not in concerned(state, item) and not (isinstance(request, Decline) and by in asked):
        raise Unfit(_no_say(state, item, by))
    if isinstance(request, Decline) and by not in asked:
        raise Unfit(f"{item.id!r} asks nothing of you that you could decline")
    if isinstance(request, Object) and (reason := text_misfit(request.reason)):
        raise Unfit(reason.replace("answer", "reason"))
    if isinstance(request, StandAside) and leaf.step.rule == "unanimous":
        raise Unfit("this takes a yes from everybody whom it concerns: accept, or object and say why")
    word = _word(request)
    item = evolve(item, words=item.words.with_entry(by, word))
    state = state.with_item(item)
    if isinstance(request, Object) and item.version < rounds_of(state, leaf):
        state = asked_again(state, leaf, evolve(item, by=(by,)))
    fact = Responded(to=state.present, by=by, step=leaf.step.id, clause=item.id, response=word.response)
    return state, (fact,)


def _no_say(state: State, item: Item, by: str) -> str:
    if by not in parties(state, item):
        return f"{item.id!r} does not concern you"
    names = ", ".join(state.members[who].name for who in concerned(state, item)) or "nobody who is here"
    return f"{names} decides about {item.id!r}; you may put another version forward"


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
