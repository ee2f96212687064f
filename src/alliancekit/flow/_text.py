"""Answers, requests and facts in words."""

from __future__ import annotations

import re

from alliancekit.flow._answers import chosen_of, note_of
from alliancekit.flow._facts import Fact
from alliancekit.flow._requests import Request
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, Prompt
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["answer_text", "value_text", "verb_of"]


def answer_text(value: Json, prompt: Prompt, question: str) -> str:
    """Return the answer to a prompt, or to one of its follow-ups, in words for a member: an option by its label."""
    answer = prompt.answer
    if "." in question or not isinstance(answer, ChoiceAnswer | ChoicesAnswer):
        return value_text(value)
    note = note_of(value)
    labels = (answer.options.get(one, one) for one in chosen_of(value))
    return ", ".join(labels) + (f" ({note})" if note else "")


def value_text(value: Json) -> str:
    """Return an answer in words, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, FrozenMap):
        note = note_of(value)
        return ", ".join(chosen_of(value)) + (f" ({note})" if note else "")
    if isinstance(value, tuple):
        return "; ".join(_clause_text(one) if isinstance(one, FrozenMap) else str(one) for one in value)
    return str(value)


def _clause_text(clause: FrozenMap[Json]) -> str:
    verb = next((verb for verb in ("drops", "changes") if verb in clause), None)
    named = (clause[key] for key in ("text", "purpose", "frequency") if key in clause)
    words = str(next(named, ""))
    return words if verb is None else f"{verb} {clause[verb]}" + (f": {words}" if words else "")


def verb_of(request: Request | Fact) -> str:
    """Return what was done, as a script says it, or what has happened."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(request).__name__).lower()
