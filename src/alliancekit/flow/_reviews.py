"""What a check-in says of the commitments that were open: how each stood, as far as all may know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from alliancekit.flow._answers import chosen_of, note_of
from alliancekit.flow._eyes import eyes_of
from alliancekit.flow._state import ALL, State
from alliancekit.model import ChoiceAnswer, Prompt, Reviewed, Standing
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["is_review", "reviewed"]

STANDINGS: Final[Mapping[str, Standing]] = {
    "kept": "kept",
    "broken": "broken",
    "release": "released",
    "released": "released",
}
"""How a commitment stands by an option; under any other it stays open."""


def is_review(state: State, question: str) -> bool:
    """
    Return whether a prompt asks how a commitment stands.

    It does when it is repeated over the open commitments and lets people choose between kept and broken.
    """
    leaf = state.route.asked_in[question.partition(".")[0]]
    over = leaf.repeat is not None and leaf.repeat.over == "open-commitments"
    return over and "." not in question and _asks_for_standing(state.route.prompt_of(question))


def _asks_for_standing(prompt: Prompt) -> bool:
    return isinstance(prompt.answer, ChoiceAnswer) and {"kept", "broken"} <= set(prompt.answer.options)


def reviewed(state: State) -> FrozenMap[Reviewed]:
    """
    Return how each open commitment stood, of which somebody said so.

    Where people see it differently it stays open: nobody is outvoted. A note is taken over where there is one only;
    several are kept as the answers that they are.
    """
    asked = tuple(question for question in state.route.asked_in if is_review(state, question))
    return FrozenMap(
        (one.id, one) for question in asked for one in _reviewed(question.partition("@")[2], _known(state, question))
    )


def _known(state: State, question: str) -> tuple[Json, ...]:
    eyes = eyes_of(state)
    holders = (ALL,) if state.route.is_shared(question) else tuple(state.members)
    found = (eyes.shown(question, who) for who in holders)
    return tuple(value for value in found if value is not None)


def _reviewed(commitment: str, answers: tuple[Json, ...]) -> Iterator[Reviewed]:
    if not answers:
        return
    said: set[Standing] = {STANDINGS.get(chosen_of(value)[0], "open") for value in answers}
    notes = [note for value in answers if (note := note_of(value)) is not None]
    yield Reviewed(
        id=commitment,
        standing=said.pop() if len(said) == 1 else "open",
        note=str(notes[0]) if len(notes) == 1 else None,
    )
