"""
Figures about answers: how many there are, their mean, and how often each option was chosen.

Figures are shown of so many answers as the session asks for, and never of fewer. Who shares theirs by name takes it out
of the crowd: so there must be as many others, or what is shown by name and the figures together would tell too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alliancekit.flow._answers import chosen_of
from alliancekit.flow._attribution import attribution_of, of_crowd, unnamed
from alliancekit.flow._eyes import eyes_of
from alliancekit.flow._leaves import split
from alliancekit.flow._state import State
from alliancekit.flow._view import Figure
from alliancekit.flow._words import text_for
from alliancekit.model import (
    ChoiceAnswer,
    ChoicesAnswer,
    NumberAnswer,
    PulseAggregate,
    PulseByName,
    ScaleAnswer,
    YesNoAnswer,
    mean_of,
)
from alliancekit.values import FrozenMap

__all__ = ["figure_of", "figures", "pulse"]


def figures(state: State, questions: Iterable[str]) -> Iterator[Figure]:
    """Yield the figures that all may know about *questions*."""
    for question in questions:
        if (figure := figure_of(state, question)) is not None:
            yield figure


def figure_of(state: State, question: str) -> Figure | None:
    """Return the figures about a prompt; None where there are too few answers, or none that can be counted."""
    if "." in question or attribution_of(state.route, question) != "aggregate" or question in state.withheld:
        return None
    slots = of_crowd(state, question)
    if sum(not slot.is_named for slot in slots) < state.head.fewest:
        return None
    values: list[Any] = [slot.value for slot in slots]
    prompt, leaf = state.route.prompt_of(question), state.route.asked_in[question]
    match prompt.answer:
        case ScaleAnswer() | NumberAnswer():
            told: dict[str, Any] = {"mean": mean_of(values)}
        case ChoiceAnswer() | ChoicesAnswer() as answer:
            chosen = [name for value in values for name in chosen_of(value)]
            told = {"counts": FrozenMap((name, chosen.count(name)) for name in answer.options)}
        case YesNoAnswer():
            told = {"counts": FrozenMap({"yes": values.count(True), "no": values.count(False)})}
        case _:
            return None
    return Figure(
        prompt=split(question)[0],
        for_=leaf.for_,
        text=text_for(state, leaf, "", prompt.text),
        answers=len(values),
        **told,
    )


def pulse(state: State) -> FrozenMap[PulseByName | PulseAggregate]:
    """
    Return the answers to the scales that take the pulse, as far as all may know them, by prompt.

    Where they are shown in figures, these; where there are none, those of the members who share theirs by name.
    """
    found: dict[str, PulseByName | PulseAggregate] = {}
    for name in state.route.asked_in:
        prompt = state.route.prompts[name]
        takes = "pulse" in prompt.informs and isinstance(prompt.answer, ScaleAnswer) and prompt.scope == "each"
        # What is repeated has an answer for each of something, and one pulse has no place for these.
        if takes and name == prompt.id and (one := _pulse(state, name)) is not None:
            found[name] = one
    return FrozenMap(found)


def _pulse(state: State, name: str) -> PulseByName | PulseAggregate | None:
    if (figure := figure_of(state, name)) is not None:
        assert figure.mean is not None
        return PulseAggregate(answers=figure.answers, mean=figure.mean)
    values: tuple[Any, ...] = unnamed(state, name) if attribution_of(state.route, name) == "anonymous" else ()
    if len(values) >= state.head.fewest:
        return PulseAggregate(answers=len(values), mean=mean_of(values))
    eyes = eyes_of(state)
    named: dict[str, Any] = {who: eyes.shown(name, who) for who in state.members}
    named = {who: value for who, value in named.items() if value is not None}
    return PulseByName(named=named) if named else None
