"""
How answers are shown: by name, without their authors, or as figures only.

Answers without their authors are put in one form and then in an order that hangs on the seed of the session, on the
question and on the answers, and on nothing else: so two members may swap theirs, and nobody else can tell. Whose answers
they are is kept as it stood at the reveal. If somebody who leaves took theirs along, it would be known which one it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final

from alliancekit.flow._answers import chosen_of, note_of
from alliancekit.flow._clauses import as_entry, is_list
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._plan import Attribution
from alliancekit.flow._route import Route
from alliancekit.flow._state import Crowd, Slot, State
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ClausesAnswer, Prompt
from alliancekit.typing import Json
from alliancekit.values import FrozenMap, thaw

__all__ = ["FEWEST_AUTHORS", "attribution_of", "each_unnamed", "is_named", "of_crowd", "unnamed", "withhold"]

FEWEST_AUTHORS: Final = 3
"""Between two, who did not write it knows who did."""

_NOBODY: Final = Crowd((), 0)


def attribution_of(route: Route, question: str) -> Attribution:
    """Return how the answers to a prompt or follow-up are shown; the one answer of all has no author to hide."""
    if not route.veiled or route.is_shared(question):
        return "named"
    return route.veiled.get(route.asked_in[question.partition(".")[0]].id, "named")


def of_crowd(state: State, question: str) -> tuple[Slot, ...]:
    """Return the answers that were shown without their authors, or in figures, and not kept private."""
    leaf = state.route.asked_in[question.partition(".")[0]]
    held = (state.slots.get((question, who)) for who in state.crowds.get(leaf.id, _NOBODY).authors)
    return tuple(slot for slot in held if slot is not None and slot.value is not None and slot.is_shared)


def is_named(state: State, leaf: Leaf, slot: Slot) -> bool:
    """Return whether all may know whose answer *slot* is, in a step that does not show the authors of the others."""
    authors = state.crowds.get(leaf.id, _NOBODY).authors
    return state.route.veiled[leaf.id] == "aggregate" and slot.is_named and slot.by in authors


def unnamed(state: State, question: str) -> tuple[Json, ...]:
    """Return the answers to a question that are shown without their authors, in an order that tells nothing of them."""
    leaf = state.route.asked_in[question.partition(".")[0]]
    if len(state.crowds.get(leaf.id, _NOBODY).authors) < FEWEST_AUTHORS:
        return ()
    prompt = state.route.prompt_of(question) if "." not in question else None
    values = [_in_one_form(slot.value, prompt) for slot in of_crowd(state, question)]
    return _mixed(state.head.seed, question, values)


def each_unnamed(state: State, question: str) -> tuple[Json, ...]:
    """Return the same with None for everybody else who was asked: also who has left since, or it would tell of them."""
    leaf, values = state.route.asked_in[question.partition(".")[0]], unnamed(state, question)
    asked = state.crowds.get(leaf.id, _NOBODY).asked
    return (*values, *(None,) * (asked - len(values)))


def withhold(state: State, question: str) -> State:
    """Return a state that shows no figures about *question* any more: the change in them would tell of one answer."""
    return state.but(withheld=state.withheld.insert(question))


# One form, and one order -----------------------------------------------------------------------------------------------


def _in_one_form(value: Json, prompt: Prompt | None) -> Json:
    """Return an answer without what is only somebody's own way to write it: ids, keys of one's own, and the order of both."""
    match prompt.answer if prompt is not None else None:
        case ClausesAnswer():
            entries = map(as_entry, value if is_list(value) else ())
            return tuple(_bare(FrozenMap(entry).without("id")) for entry in entries if entry is not None)
        case ChoiceAnswer() | ChoicesAnswer() as answer:
            return _chosen(value, answer)
        case _:
            return _bare(value)


def _chosen(value: Json, answer: ChoiceAnswer | ChoicesAnswer) -> Json:
    chosen, note = chosen_of(value), note_of(value)
    several = tuple(name for name in answer.options if name in chosen)
    key, plain = ("choice", several[0]) if isinstance(answer, ChoiceAnswer) else ("choices", several)
    return plain if note is None else FrozenMap({key: plain, "note": note})


def _bare(value: Any) -> Json:
    if (entry := as_entry(value)) is not None:
        return FrozenMap((key, _bare(entry[key])) for key in sorted(entry) if not key.startswith("x-"))
    if is_list(value):
        return tuple(_bare(one) for one in value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _mixed(seed: int, question: str, values: Iterable[Json]) -> tuple[Json, ...]:
    ordered = sorted(values, key=_text)
    salt = sha256(json.dumps([seed, question, [_text(value) for value in ordered]]).encode()).hexdigest()
    places = sorted(range(len(ordered)), key=lambda place: sha256(f"{salt}.{place}".encode()).digest())
    return tuple(ordered[place] for place in places)


def _text(value: Json) -> str:
    return json.dumps(thaw(value), sort_keys=True)
