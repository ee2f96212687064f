"""
What somebody waits for who has nothing to do, as far as it may be said.

It never hangs on an answer that is not revealed, on a pass, or on whether something is shared. Who is not ready is said of
open asks, where what is submitted is before everybody's eyes. Of blind ones it is said how many are, in a group of three
or more: between two it would tell one about the other. Where what somebody has answered decides what they still owe, even
the number would tell, and it is not said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from alliancekit.flow._barriers import is_ready
from alliancekit.flow._conditions import TheAnswer, subjects
from alliancekit.flow._eyes import is_asked
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import RatifyStep, RevealStep
from alliancekit.flow._state import State
from alliancekit.flow._view import Waiting
from alliancekit.flow._where import closing, frontier, phase_of

__all__ = ["in_words", "waiting"]

_FEWEST: Final = 3
_NUMBERS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OTHERS: Final = Waiting(why="others")


def waiting(state: State, who: str) -> Waiting:
    """Return what *who* waits for."""
    barrier = frontier(state)
    if barrier is not None and barrier.id in state.stages:
        if not isinstance(barrier.step, RatifyStep):
            return Waiting(why="agree")
        rest = (one for one in state.present if one != who and phase_of(state, barrier, one) is Phase.OPEN)
        return Waiting(why="ratify", members=tuple(rest))
    found, opened_by = _for_answers(state, tuple(closing(state, barrier)), who), _openers(state, barrier, who)
    if not opened_by:
        return found or _OTHERS
    assert barrier is not None
    assert isinstance(barrier.step, RevealStep)
    if found is None or barrier.step.missing == "pass":
        return Waiting(why="open", opened_by=opened_by)
    return Waiting(why="others", opened_by=opened_by) if found == _OTHERS else found


def _openers(state: State, barrier: Leaf | None, who: str) -> tuple[str, ...]:
    """Return who else opens a reveal that does not open by itself."""
    if barrier is None or not isinstance(barrier.step, RevealStep) or barrier.step.once != "facilitator":
        return ()
    return tuple(one for one in state.roles("facilitator") if one != who)


def _for_answers(state: State, asks: tuple[Leaf, ...], who: str) -> Waiting | None:
    """Return whose answers are waited for, as far as it may be said; None where all may know that it is nobody's."""
    if any(_is_personal(ask) for ask in asks):
        return _OTHERS
    asked = [tuple(one for one in state.present if is_asked(state, ask, one)) for ask in asks]
    rest = tuple(one for one in state.present if not is_ready(state, asks, one))
    if not any(state.route.is_blind(ask) for ask in asks):
        return Waiting(why="members", members=tuple(one for one in rest if one != who)) if rest else None
    # Of questions that are put to different people, the number that is ready could tell whose answers are missing.
    if len(set(asked)) > 1 or len(asked[0]) < _FEWEST:
        return _OTHERS
    return Waiting(why="ready", ready=len(asked[0]) - len(rest), asked=len(asked[0])) if rest else None


def _is_personal(ask: Leaf) -> bool:
    """Return whether an answer of each decides who owes what in a step."""
    personal = (one for condition, joint in ask.conditions if not joint for one in subjects(condition))
    return any(isinstance(one, TheAnswer) for one in personal)


def in_words(state: State, found: Waiting) -> str:
    """Return the same as a sentence."""
    names, openers = _listed(state, found.members, "and"), _listed(state, found.opened_by, "or")
    match found.why:
        case "members":
            return f"Waiting for {names}."
        case "ready":
            return f"{_number(found.ready).capitalize()} of {_number(found.asked)} {'is' if found.ready <= 1 else 'are'} ready."
        case "open":
            return f"Waiting for {openers} to open it."
        case "agree":
            return "Waiting for the others to agree."
        case "ratify":
            return f"Waiting for {names} to ratify."
        case _:
            return (
                f"Waiting for the others, and then for {openers} to open it." if openers else "Waiting for the others."
            )


def _listed(state: State, who: Iterable[str], word: str) -> str:
    names = [state.members[one].name for one in who]
    return f" {word} ".join(one for one in (", ".join(names[:-1]), *names[-1:]) if one)


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
