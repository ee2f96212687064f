"""Rules about what others may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check._rule import ERROR, Hit, Rule, Subject
from alliancekit.model import FEWEST_RESPONDENTS, PulseAggregate
from alliancekit.values import pointer_of

__all__ = ["RULES"]


def _pulse_too_few(subject: Subject) -> Iterator[Hit]:
    record = subject.check_in
    for prompt, one in record.pulse.items():
        if not isinstance(one, PulseAggregate):
            continue
        named = len({said.by for said in record.responses if said.prompt == prompt and said.by is not None})
        if one.answers < FEWEST_RESPONDENTS:
            message = (
                f"a mean of {one.answers} tells who answered what; at least {FEWEST_RESPONDENTS} must have answered"
            )
        elif 0 < one.answers - named < FEWEST_RESPONDENTS:
            message = f"of {one.answers} answers {named} are shown by name, which tells those of the other {one.answers - named}"
        else:
            continue
        hint = "leave it out, or show each answer whose author shares it, under named"
        yield Hit(pointer=pointer_of("pulse", prompt), message=message, hint=hint, on_key=True)


RULES: Final = (
    Rule(
        code="pulse-too-few",
        group="Privacy",
        severity=ERROR,
        find=_pulse_too_few,
        about="check-in",
        needs=("pulse", "responses"),
        why="The mean of two answers tells each of the two what the other said, and so does a mean of many of which all but two are known by name. A pulse is shown in aggregate of three at least, also without those who show theirs; or by name, of those who share it.",
        failing="""
            pulse:
              pulse-trust:
                answers: 2
                mean: 3.5
              pulse-safe:
                answers: 5
                mean: 3.4
            responses:
              - prompt: pulse-safe
                by: ana
                answer: 4
              - prompt: pulse-safe
                by: ben
                answer: 2
              - prompt: pulse-safe
                by: cleo
                answer: 5
            """,
        passing="""
            pulse:
              pulse-trust:
                named:
                  ana: 3
                  ben: 4
              pulse-safe:
                answers: 5
                mean: 3.4
            responses:
              - prompt: pulse-safe
                by: ana
                answer: 4
              - prompt: pulse-safe
                by: ben
                answer: 2
            """,
        source="k-anonymity; the built-in flows show figures of five.",
    ),
)
