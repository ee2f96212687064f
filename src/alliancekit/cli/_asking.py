"""Asking one question: from what a person types to a value, by the kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliancekit.cli._changing import Held
from alliancekit.cli._clauses import clauses
from alliancekit.cli._console import is_list, is_mapping, say
from alliancekit.cli._line import BACK, Aside, Stop, choose_several, line, yes
from alliancekit.cli._showing import ends_of
from alliancekit.flow import answer_schema
from alliancekit.model import (
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    YesNoAnswer,
)
from alliancekit.values import thaw


def answer_to(prompt: Prompt, names: Mapping[str, str], before: Any = None, held: Held | None = None) -> Any:
    """
    Return the person's answer to *prompt* as plain data; the engine judges whether it fits.

    Args:
        prompt: What is asked.
        names: The other members, by id: whom a clause may name.
        before: What they answered before; None for nothing.
        held: The clauses that there are and that the answer may change or drop; None where there are none.
    """
    before = thaw(before)
    match prompt.answer:
        case ChoiceAnswer() | ChoicesAnswer() as kind:
            return _chosen(kind, before)
        case ScaleAnswer() as scale:
            return _scale(ends_of(scale), scale.points, before)
        case YesNoAnswer():
            return yes("yes or no", default=before)
        case NumberAnswer(unit=unit):
            return _number(line(unit or "a number", before=_typed(before)))
        case ClausesAnswer():
            return clauses(answer_schema(prompt)["items"], names, tuple(before or ()), held)
        case DateAnswer():
            return line("a day, like 2026-12-01", before=_typed(before))
        case _:
            return line(before=_typed(before))


def _typed(before: Any) -> str:
    return "" if before is None else str(before)


def _chosen(kind: ChoiceAnswer | ChoicesAnswer, before: Any) -> Any:
    several = isinstance(kind, ChoicesAnswer)
    key = "choices" if several else "choice"
    held, note = (before.get(key), before.get("note", "")) if is_mapping(before) else (before, "")
    typed = ", ".join(held) if is_list(held) else held or ""
    label = "one or more numbers, with commas" if several else "number"
    while True:
        found = choose_several(kind.options, label, before=typed, most=0 if several else 1)
        bare = found if several else found[0]
        try:
            note = line("a note (Enter: none)", optional=True, before=note) if kind.note else ""
        except Aside as aside:
            if aside.word == BACK:
                typed = ", ".join(found)
                continue
        except Stop:
            raise Stop(bare) from None
        return {key: bare, "note": note} if note else bare


def _scale(ends: str, points: int, before: Any) -> int:
    while True:
        text = line(ends, before=_typed(before))
        if text.isdecimal() and 1 <= int(text) <= points:
            return int(text)
        say(f"  A whole number from 1 to {points}, please.")


def _number(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
