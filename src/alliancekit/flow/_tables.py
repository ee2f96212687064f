"""
From answers to what lies on the table, and from there into the alliance or to what stays unresolved.

Clause answers become candidates, choices join into qualities, and the shared answer to the intention is the candidate
for it. Whoever put something there has accepted it. Only what all may know is ever gathered.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from attrs import evolve

from alliancekit.flow._amending import Entry, action_of, whole
from alliancekit.flow._answers import chosen_of
from alliancekit.flow._attribution import attribution_of, unnamed
from alliancekit.flow._clauses import RESERVED, REVIEW, class_for, clause, element_of, generated, pick, targets
from alliancekit.flow._concerns import concerned, was_decided
from alliancekit.flow._eyes import eyes_of
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AgreeStep, AskStep
from alliancekit.flow._state import Item, State, Word
from alliancekit.flow._where import table_step
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ClausesAnswer, Prompt, Quality, TextAnswer
from alliancekit.shapes import shape_of
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["INTENTION", "elements_to_come", "gather", "is_settled", "laid", "open_table", "rounds_of", "settle"]

INTENTION: Final = "intention"
ACCEPTED: Final = Word("accept")


def gather(state: State, ask: Leaf, who: Iterable[str], among: Container[str] | None = None) -> State:
    """Return a state that holds what *who* said in an ask step that all may know now, as candidates."""
    assert isinstance(ask.step, AskStep)
    eyes = eyes_of(state)
    for name in ask.asked:
        if among is not None and name not in among:
            continue
        prompt = state.route.prompts[name]
        if prompt.scope == "shared":
            value, slot = eyes.shown(name), state.slots.get((name, ""))
            if value is not None and slot is not None:
                state = _take(state, prompt, value, slot.by)
            continue
        if attribution_of(state.route, name) == "anonymous":
            for value in unnamed(state, name):
                state = _take(state, prompt, value, "")
            continue
        for one in who:
            if (value := eyes.shown(name, one)) is not None:
                state = _take(state, prompt, value, one)
    return state


def _take(state: State, prompt: Prompt, value: Json, by: str) -> State:
    match prompt.answer:
        case ClausesAnswer():
            return _take_clauses(state, prompt, value, by)
        case ChoiceAnswer() | ChoicesAnswer() as answer if "atmosphere" in prompt.informs:
            for option in chosen_of(value):
                state = _take_choice(state, prompt, option, answer.options[option], by)
            return state
        case TextAnswer() if prompt.scope == "shared" and INTENTION in prompt.informs:
            said = Item(id=INTENTION, element=INTENTION, clause=str(value), by=(by,), prompts=(prompt.id,))
            return _gathered(state, said)
        case _:
            return state


def _take_clauses(state: State, prompt: Prompt, value: Json, by: str) -> State:
    assert isinstance(value, tuple)
    for number, entry in enumerate(value, 1):
        assert isinstance(entry, FrozenMap)
        if by or _is_everybodys(state, entry, prompt):
            state = _gathered(state, _candidate(state, entry, prompt, by, number))
    return state


def _gathered(state: State, item: Item) -> State:
    """Return a state in which *item* is there, unless what has its id was settled: what was adopted stands."""
    held = state.items.get(item.id)
    if held is None or held.outcome == "open":
        return laid(state, item)
    tries_again = held.outcome == "unresolved" and item.element in elements_to_come(state)
    return laid(state, item) if tries_again else state


def _candidate(state: State, said: Entry, prompt: Prompt, by: str, number: int) -> Item:
    among, entry, action = targets(prompt), whole(said, state.head.clauses), action_of(said)
    target = pick(entry, among)[0]
    if action == "add":
        author = "" if prompt.scope == "shared" else by
        name = _free(state, REVIEW if target == "cadence.review" else entry.get("id"), prompt.id, author, number)
        authors, version = _authors(by), 1
    else:
        # Of two who amend the same clause without knowing of each other, what comes second takes the place of the first;
        # it is a round of the table only once a table has it.
        name = entry["id"]
        authors, held = getattr(state.head.clauses[name][1], "by", _authors(by)), state.items.get(name)
        version = held.version + 1 if held is not None and held.step is not None and held.outcome == "open" else 1
    made = clause(entry, among, name, authors, (prompt.id,))
    return Item(
        id=name,
        element=element_of(target),
        clause=made,
        by=_authors(by),
        action=action,
        version=version,
        prompts=(prompt.id,),
    )


def _is_everybodys(state: State, said: Entry, prompt: Prompt) -> bool:
    """Return whether a clause may stand without its author: what somebody gives or asks says who it is."""
    target = pick(whole(said, state.head.clauses), targets(prompt))[0]
    return action_of(said) != "add" or "by" not in shape_of(class_for(target)).fields


def _authors(by: str) -> tuple[str, ...]:
    """Return who put something there; what is shown without its author was put there by nobody, who has accepted nothing."""
    return (by,) if by else ()


def _free(state: State, wanted: Json, prompt: str, author: str, number: int) -> str:
    """Return the id for a clause: the wanted one, unless somebody else who could not know it took it first."""
    if isinstance(wanted, str) and (wanted == REVIEW or not _is_taken(state, wanted)):
        return wanted
    while _is_taken(state, name := generated(prompt, author, number)) or name in RESERVED:
        number += 1
    return name


def _is_taken(state: State, name: str) -> bool:
    return name in state.items or name in state.head.clauses


def _take_choice(state: State, prompt: Prompt, option: str, label: str, by: str) -> State:
    if any(one.text == label for element, one in state.head.clauses.values() if element == "atmosphere"):
        return state  # they want that of each other already
    held = state.items.get(option)
    if held is not None and held.element == "atmosphere" and held.version == 1 and held.clause.text == label:
        prompts = held.prompts if prompt.id in held.prompts else (*held.prompts, prompt.id)
        made = evolve(held.clause, source_prompts=prompts)
        words = held.words.with_entry(by, ACCEPTED) if by else held.words
        return state.with_item(evolve(held, by=(*held.by, *_authors(by)), words=words, prompts=prompts, clause=made))
    name = (
        option if not _is_taken(state, option) and option not in RESERVED else _free(state, None, prompt.id, option, 1)
    )
    made = Quality(id=name, text=label, source_prompts=(prompt.id,))
    return laid(state, Item(id=name, element="atmosphere", clause=made, by=_authors(by), prompts=(prompt.id,)))


def laid(state: State, item: Item) -> State:
    """
    Return a state in which *item* is there, accepted by those who put it there.

    Where a table lies open for its element, it lies there, and those whom it concerns have the say again.
    """
    leaf = table_step(state, item.element)
    step = leaf.id if leaf is not None else None
    held = state.items.get(item.id)
    words = FrozenMap(dict.fromkeys(item.by, ACCEPTED))
    item = evolve(item, step=step, words=words, place=held.place if held is not None else state.placed)
    state = state.with_item(item).but(placed=state.placed + (held is None))
    tables = state.tables
    if held is not None and held.step not in (None, step):
        tables = tables.insert(held.step, tuple(name for name in tables[held.step] if name != item.id))
    if leaf is None:
        return state.but(tables=tables)
    if held is None or held.step != step:
        tables = tables.insert(leaf.id, (*tables.get(leaf.id, ()), item.id))
    return asked_again(state.but(tables=tables), leaf, item)


def asked_again(state: State, leaf: Leaf, item: Item) -> State:
    """Return a state in which those whom *item* concerns, but not those who put it there, are not ready with the table."""
    ready = state.ready
    for who in concerned(state, item):
        if who not in item.by:
            ready = ready.discard((leaf.id, who))
    return state.but(ready=ready)


def rounds_of(state: State, leaf: Leaf) -> int:
    """Return how many versions there may be of what lies on a table: each time that it was opened again grants more."""
    assert isinstance(leaf.step, AgreeStep)
    return leaf.step.rounds * (1 + state.granted.get(leaf.id, 0))


def elements_to_come(state: State) -> frozenset[str]:
    """Return the elements for which a table lies open, or is still to come."""
    tables = (leaf.step for leaf in state.route.barriers[state.anchor :] if isinstance(leaf.step, AgreeStep))
    return frozenset(element for step in tables for element in step.elements)


def open_table(state: State, leaf: Leaf) -> State:
    """Return a state in which everything for the elements of an agree step lies on its table."""
    assert isinstance(leaf.step, AgreeStep)
    elements = leaf.step.elements
    waiting = (item for item in state.items.values() if item.step is None and item.element in elements)
    found = sorted(waiting, key=lambda item: item.place)
    for item in found:
        state = state.with_item(evolve(item, step=leaf.id))
    tables = state.tables.insert(leaf.id, tuple(item.id for item in found))
    return state.but(tables=tables, stages=state.stages.insert(leaf.id, Phase.OPEN))


def is_settled(state: State, leaf: Leaf) -> bool:
    """Return whether everybody is ready with the table, and whoever is concerned by what lies there has spoken."""
    if any((leaf.id, who) not in state.ready for who in state.present):
        return False
    return all(who in item.words for item in state.on_table(leaf.id) for who in concerned(state, item))


def settle(state: State, leaf: Leaf) -> State:
    """Return a state in which everything on the table is adopted, or unresolved where an objection stands."""
    for item in tuple(state.on_table(leaf.id)):
        held = any(who in state.present for who in item.objections) or not (
            concerned(state, item) or was_decided(state, item)
        )
        state = state.with_item(evolve(item, outcome="unresolved" if held else "adopted"))
    return state.but(stages=state.stages.insert(leaf.id, Phase.SETTLED))
