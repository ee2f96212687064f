"""
Going back to what is done: a member revises answers that stand, everybody opens a settled table again.

A revision is visible and undoes nothing. While somebody writes it the others go on seeing what stood; once it is
submitted they see the new answer and, beside it, what had been shown before. What was never shown is shown by no
revision: a share can be ended, and what it had shown stays among the earlier values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from attrs import evolve

from alliancekit.flow._aims import question_of, together
from alliancekit.flow._answers import chosen_of
from alliancekit.flow._eyes import Eyes, eyes_of, is_asked
from alliancekit.flow._facts import Readied, Reopened, Revised
from alliancekit.flow._leaves import Leaf, split
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AgreeStep
from alliancekit.flow._ratifying import with_revision
from alliancekit.flow._requests import Answer, Clear, Pass, Reopen, Request
from alliancekit.flow._state import ALL, Item, Slot, Slots, State, Stood, holder_of
from alliancekit.flow._tables import elements_to_come, gather
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, Prompt
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = [
    "check_everybodys",
    "drop",
    "drop_all",
    "is_replaced",
    "on_tables",
    "reason_against",
    "reopen",
    "revise",
]

Tables: TypeAlias = Mapping[str, list[Item]]
"""What lies or lay on a table, by the prompts that it came from."""

_NOTHING_STOOD: Final = Stood()


def reopen(state: State, leaf: Leaf | None, request: Reopen) -> Outcome:
    assert leaf is not None
    by, leaves = request.by, together(state, leaf, request)
    if reason := next(filter(None, (reason_against(state, one, by) for one in leaves)), ""):
        raise Unfit(reason)
    is_table = isinstance(leaf.step, AgreeStep)
    for one in leaves:
        state = _table_again(state, one) if is_table else _begun(state, one, by)
    to = state.present if is_table else (by,)
    return state, (Reopened(to=to, by=by, step=leaf.step.id, for_=request.for_),)


def reason_against(state: State, leaf: Leaf, who: str, tables: Tables | None = None) -> str:
    """
    Return why *who* may not go back to a step that is done, in words for them; empty where they may.

    Args:
        state: Where the session is.
        leaf: The ask or agree step.
        who: The member.
        tables: What `on_tables` says of the state, where somebody asks about many steps.
    """
    if state.is_over:
        return "everything is done; what changes from here on belongs to the next check-in"
    if isinstance(leaf.step, AgreeStep):
        return _against_table(state, leaf)
    if not is_asked(state, leaf, who) or (leaf.id, who) not in state.ready or not eyes_of(state, who).is_shown(leaf):
        return "there is nothing of yours here that you could revise"
    if leaf.id in state.route.veiled:
        return "this was shown without its authors, and a revision would tell whose it is"
    if tabled := next(_tabled(state, leaf, who, tables or on_tables(state)), None):
        return f"{tabled.id!r} comes from here and was put on a table: propose another version of it there"
    return ""


def _against_table(state: State, leaf: Leaf) -> str:
    route = state.route
    place = route.barriers.index(leaf)
    if state.anchor > place + 1 or not eyes_of(state).is_shown(leaf):
        return "what comes after this is done already, and rests on it"
    if any(isinstance(one.step, AgreeStep) and one.id in state.stages for one in route.barriers[place + 1 :]):
        return "the next table lies open already, and rests on this one"
    return ""


def on_tables(state: State) -> Tables:
    """Return what lies or lay on a table, by the prompts that it came from."""
    found: dict[str, list[Item]] = {}
    for barrier in state.route.barriers:
        for item in state.on_table(barrier.id):
            for name in item.prompts:
                found.setdefault(name, []).append(item)
    return found


def _tabled(state: State, leaf: Leaf, who: str, tables: Tables) -> Iterator[Item]:
    """Yield what lies or lay on a table and comes from what *who* answered in a step."""
    for name in leaf.asked:
        told = tables.get(state.route.prompts[name].id, ())
        if told and _value(state, name, who) is not None:
            # Whose the first version was, a later one does not say.
            yield from (one for one in told if one.version > 1 or _is_of(state, one, who, name))


def _is_of(state: State, item: Item, who: str, name: str) -> bool:
    """Return whether *item* comes from what *who* answered to a prompt, or from what all did."""
    return state.route.prompts[name].id in item.prompts and (who in item.by or state.route.is_shared(name))


def _value(state: State, name: str, who: str) -> Json:
    stood = state.revising.get((state.route.asked_in[name].id, who))
    slot = None if stood is None else stood.slots.get(name)
    if stood is None or state.route.is_shared(name):
        slot = state.slots.get((name, holder_of(state.route, name, who)))
    return slot.value if slot is not None else None


# A table, once more --------------------------------------------------------------------------------------------------


def _table_again(state: State, leaf: Leaf) -> State:
    """Return a state in which a settled table lies open, everybody is asked again, and what they ratified since is void."""
    for item in tuple(state.on_table(leaf.id)):
        state = state.with_item(evolve(item, outcome="open"))
    place, stages, ready, ratified = state.route.barriers.index(leaf), state.stages, state.ready, state.ratified
    for who in state.members:
        ready = ready.discard((leaf.id, who))
    for barrier in state.route.barriers[place + 1 :]:
        stages = stages.discard(barrier.id)
        for who in state.members:
            ratified = ratified.discard((barrier.id, who))
    granted = state.granted.insert(leaf.id, state.granted.get(leaf.id, 0) + 1)
    stages = stages.insert(leaf.id, Phase.OPEN)
    return state.but(stages=stages, ready=ready, ratified=ratified, granted=granted, anchor=place)


# Answers, once more --------------------------------------------------------------------------------------------------


def _begun(state: State, leaf: Leaf, who: str) -> State:
    """Return a state in which *who* writes their answers anew, and what stood is kept."""
    own = Stood(
        FrozenMap(_held(state, leaf, who)),
        frozenset(name for name in leaf.asked if (name, who) in state.passes),
    )
    revising = state.revising.insert((leaf.id, who), own)
    if (leaf.id, ALL) not in revising:
        revising = revising.insert((leaf.id, ALL), Stood(FrozenMap(_held(state, leaf, ALL))))
    return state.but(revising=revising)


def _held(state: State, leaf: Leaf, holder: str) -> Iterator[tuple[str, Slot]]:
    for question in state.route.answerable[leaf.id]:
        is_shared = state.route.is_shared(question)
        slot = state.slots.get((question, holder))
        if slot is not None and is_shared == (holder == ALL):
            yield question, slot


def check_everybodys(state: State, leaf: Leaf, request: Request) -> None:
    """Refuse what one member cannot do to everybody's answer once it stands: change it when late, or take it away."""
    if not isinstance(request, Answer | Clear | Pass):
        return
    question = question_of(state, request)
    if (leaf.id, request.by) in state.late and state.route.is_shared(question):
        raise Unfit("this is the one answer of all, and what comes late does not change it")
    stood = state.revising.get((leaf.id, ALL), _NOTHING_STOOD).slots
    if not isinstance(request, Answer) and question in stood:
        raise Unfit("this is the one answer of all, and it stands; write it anew, or leave it as it is")


def is_replaced(state: State, question: str, who: str, item: str) -> bool:
    """Return whether the clause *item* goes when *who* has revised their answer to *question*, so that its id is free."""
    leaf = state.route.asked_in[question]
    if (leaf.id, who) not in state.revising:
        return False
    held = state.items.get(item)
    return held is not None and held.step is None and _is_of(state, held, who, question)


def drop(state: State, leaves: Iterable[Leaf], who: str) -> State:
    """Return a state in which the answers of *who* in some steps stand again as they stood."""
    for leaf in leaves:
        state = _dropped(state, leaf, who)
    return state


def drop_all(state: State, who: str | None = None) -> State:
    """Return a state in which nobody revises anything, or *who* does not: what was not submitted is forgotten."""
    for step, one in tuple(state.revising):
        if one != ALL and who in (None, one):
            state = _dropped(state, state.route.places[step], one)
    return state


def _dropped(state: State, leaf: Leaf, who: str) -> State:
    stood, everybodys = state.revising[leaf.id, who], state.revising[leaf.id, ALL]
    slots, passes = state.slots, state.passes
    for question in state.route.answerable[leaf.id]:
        if not state.route.is_shared(question):
            slots = _put(slots, question, who, stood.slots.get(question))
            continue
        held = slots.get((question, ALL))
        if held is None or held.by == who:
            slots = _put(slots, question, ALL, everybodys.slots.get(question))
    for name in leaf.asked:
        passes = passes.insert((name, who)) if name in stood.passes else passes.discard((name, who))
    return _ended(state.but(slots=slots, passes=passes), leaf, who)


def _put(slots: Slots, question: str, holder: str, slot: Slot | None) -> Slots:
    return slots.discard((question, holder)) if slot is None else slots.insert((question, holder), slot)


def _ended(state: State, leaf: Leaf, who: str) -> State:
    revising = state.revising.discard((leaf.id, who))
    if not any((leaf.id, one) in revising for one in state.members):
        revising = revising.discard((leaf.id, ALL))
    return state.but(revising=revising)


def revise(state: State, leaves: Iterable[Leaf], who: str, ready: Readied) -> Outcome:
    """Return the state in which what *who* wrote anew stands, and what the others had been shown is kept beside it."""
    facts: list[Revised] = []
    before = state
    for leaf in leaves:
        state, changed = _revised(state, leaf, who)
        if changed:
            names = tuple(split(name)[0] for name in changed)
            facts.append(Revised(to=state.present, by=who, step=leaf.step.id, for_=leaf.for_, prompts=names))
    return with_revision(before, state) if facts else state, (ready, *facts)


def _revised(state: State, leaf: Leaf, who: str) -> tuple[State, tuple[str, ...]]:
    before = dict(_shown(state, leaf, who))
    tabled = {name: item.id for item in _tabled(state, leaf, who, on_tables(state)) for name in item.prompts}
    after = _ended(state, leaf, who)
    if (leaf.id, ALL) in after.revising:
        # Others still write on what is everybody's; whoever drops that comes back to what stands now.
        stands = Stood(FrozenMap(_held(after, leaf, ALL)))
        after = after.but(revising=after.revising.insert((leaf.id, ALL), stands))
    now = dict(_shown(after, leaf, who))
    changed = tuple(name for name in state.route.answerable[leaf.id] if before.get(name) != now.get(name))
    earlier = after.earlier
    for name in changed:
        key = (name, holder_of(state.route, name, who))
        shown = (before[name],) if name in before else ()
        earlier = earlier.insert(key, (*earlier.get(key, ()), *shown))
    prompts = tuple(name for name in changed if "." not in name)
    ids = [state.route.prompts[name].id for name in prompts]
    if lies := next((tabled[name] for name in ids if name in tabled), None):
        raise Unfit(f"{lies!r} lies on a table by now: withdraw this revision, and propose another version there")
    return _gathered_anew(after.but(earlier=earlier), leaf, who, prompts), changed


def _shown(state: State, leaf: Leaf, who: str) -> Iterator[tuple[str, Json]]:
    """Yield what all were shown, before this revision or after it, of the answers that it can change."""
    eyes, stood = eyes_of(state), state.revising.get((leaf.id, ALL))
    is_under_way = (leaf.id, who) in state.revising
    for question in state.route.answerable[leaf.id]:
        value = eyes.shown(question, who)
        if is_under_way and stood is not None and state.route.is_shared(question):
            slot = stood.slots.get(question)
            value = slot.value if slot is not None and eyes.counts(leaf, slot.by) else None
        if value is not None:
            yield question, value


# What comes of them --------------------------------------------------------------------------------------------------


def _gathered_anew(state: State, leaf: Leaf, who: str, prompts: tuple[str, ...]) -> State:
    """Return a state in which what came of the answers of *who* to *prompts* has made way for what comes of them now."""
    for name in prompts:
        state = _lifted(state, name, who)
    known, ids = state.items, {state.route.prompts[name].id for name in prompts}
    # What is repeated has one prompt: what came of it for something else was lifted too.
    for one in state.route.steps[leaf.step.id]:
        if one.id in state.stages:
            state = gather(state, one, (who,), {name for name in one.asked if state.route.prompts[name].id in ids})
    to_come = elements_to_come(state)
    for item in state.items.values():
        is_new = item.id not in known and item.step is None and item.element in state.route.agreed
        if is_new and item.element not in to_come:
            raise Unfit(f"the table for {item.element} is settled, so nothing would come of it; have it reopened first")
    return state


def _lifted(state: State, name: str, who: str) -> State:
    eyes, prompt = eyes_of(state), state.route.prompts[name]
    for item in tuple(state.items.values()):
        if item.step is not None or not _is_of(state, item, who, name):
            continue
        rest = _others(state, eyes, item, prompt, who)
        state = state.but(items=state.items.discard(item.id)) if rest is None else state.with_item(rest)
    return state


def _others(state: State, eyes: Eyes, item: Item, prompt: Prompt, who: str) -> Item | None:
    """Return *item* as those gave it who did not revise it; None where it was theirs alone."""
    if prompt.scope == "shared" or not isinstance(prompt.answer, ChoiceAnswer | ChoicesAnswer):
        return None
    pairs = [(name, by) for name in item.prompts for by in dict.fromkeys(item.by) if (name, by) != (prompt.id, who)]
    pairs = [(name, by) for name, by in pairs if _chose(state, eyes, name, by, item)]
    authors = tuple(by for by in dict.fromkeys(item.by) if any(by == one for _, one in pairs))
    if not authors:
        return None
    prompts = tuple(name for name in item.prompts if any(name == one for one, _ in pairs))
    words = item.words if who in authors else item.words.without(who)
    return evolve(item, by=authors, prompts=prompts, words=words, clause=evolve(item.clause, source_prompts=prompts))


def _chose(state: State, eyes: Eyes, prompt: str, who: str, item: Item) -> bool:
    for name in state.route.repeated.get(prompt, (prompt,)):
        answer, value = state.route.prompts[name].answer, eyes.shown(name, who)
        if value is None or not isinstance(answer, ChoiceAnswer | ChoicesAnswer):
            continue
        if item.clause.text in (answer.options[one] for one in chosen_of(value)):
            return True
    return False
