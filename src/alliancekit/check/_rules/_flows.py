"""
Rules about flows: what would go wrong in a run, found before anybody answers.

They are found by `alliancekit.flow.analyse`, which looks at a flow and its bank together; here is why each exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check import _fixes
from alliancekit.check._rule import ERROR, WARNING, Hit, Rule, Subject

__all__ = ["RULES"]


def _unknown_reference(subject: Subject) -> Iterator[Hit]:
    """Yield what a translation says of a step that there is not; in a flow itself its analysis finds it."""
    for one in subject.beneath:
        if one.rule == "unknown-reference":
            yield Hit(pointer=one.pointer, message=one.message, hint=one.hint, on_key=True)


RULES: Final = (
    Rule(
        code="unknown-reference",
        group="Flows",
        severity=ERROR,
        about=("flow", "flow-translation"),
        find=_unknown_reference,
        fix=_fixes.unknown_name,
        why="A step, a condition or a text names a prompt or a step that there is not, so the question is never put and the condition never holds.",
        failing="""
            steps:
              - ask: hops
            """,
        passing="""
            steps:
              - ask: hopes
            """,
        source="Form engines: an unknown name that reads as empty is the slip that takes longest to find.",
    ),
    Rule(
        code="forward-reference",
        group="Flows",
        severity=ERROR,
        why="A condition, a text or a reveal reads what is asked later. When it is judged, nobody has answered.",
        failing="""
            steps:
              - say: hopes-heard
                text: Somebody has hopes.
                when:
                  some: hopes
              - ask: hopes
            """,
        passing="""
            steps:
              - ask: hopes
              - say: hopes-heard
                text: Somebody has hopes.
                when:
                  some: hopes
            """,
        source="A flow is read from the top down, by people and by the engine.",
    ),
    Rule(
        code="self-reference",
        group="Flows",
        severity=ERROR,
        why="A question that is put only to those who have answered it is put to nobody.",
        failing="""
            steps:
              - ask: hopes
                when:
                  answer: hopes
            """,
        passing="""
            steps:
              - ask: hopes
            """,
        source="Form engines report it as a cycle, or hang.",
    ),
    Rule(
        code="type-mismatch",
        group="Flows",
        severity=ERROR,
        why="A test does not fit the answers to its prompt, or a prompt does not fit the step: a list of options is never equal to one of them, and one answer for all cannot be given blind.",
        failing="""
            steps:
              - ask: tone
              - say: be-direct
                text: You asked for a direct tone.
                when:
                  answer: tone
                  eq: direct
            """,
        passing="""
            steps:
              - ask: tone
              - say: be-direct
                text: You asked for a direct tone.
                when:
                  answer: tone
                  has: direct
            """,
        source="Engines that compare '1' with 1 as they like have their users guess.",
    ),
    Rule(
        code="contradiction",
        group="Flows",
        severity=ERROR,
        why="The tests of one condition rule each other out, so it never holds, whatever anybody answers.",
        failing="""
            steps:
              - ask: tone
              - say: gently
                text: Direct, and of no tone at all.
                when:
                  all:
                    - answer: tone
                      has: direct
                    - not:
                        answer: tone
            """,
        passing="""
            steps:
              - ask: tone
              - say: gently
                text: Direct, and supportive too.
                when:
                  all:
                    - answer: tone
                      has: direct
                    - answer: tone
                      has: supportive
            """,
        source="Found by search: the answers that the tests can tell apart are finitely many.",
    ),
    Rule(
        code="never-visible",
        group="Flows",
        severity=WARNING,
        why="The condition could hold by itself, and cannot where it stands: a group around it, or the step that asks what it reads, is shown only when it does not hold.",
        failing="""
            steps:
              - ask: tone
              - ask: hopes
                when:
                  answer: tone
                  has: direct
              - say: silent-on-tone
                text: You hope, and said nothing of the tone.
                when:
                  all:
                    - answer: hopes
                    - not:
                        answer: tone
            """,
        passing="""
            steps:
              - ask: tone
              - ask: hopes
              - say: silent-on-tone
                text: You hope, and said nothing of the tone.
                when:
                  all:
                    - answer: hopes
                    - not:
                        answer: tone
            """,
        source="A hidden step reads as not answered: the largest single source of surprises in form engines.",
    ),
    Rule(
        code="deadlock",
        group="Flows",
        severity=ERROR,
        why="A step waits for somebody who is never asked, or for answers that only the step itself would show. People would sit before it and wonder who is missing.",
        failing="""
            kinds:
              - one-to-one
            steps:
              - ask: hopes
                mode: blind
              - reveal: hopes-seen
                of:
                  - hopes
                once:
                  quorum: 3
            """,
        passing="""
            kinds:
              - one-to-one
            steps:
              - ask: hopes
                mode: blind
              - reveal: hopes-seen
                of:
                  - hopes
                once: all
            """,
        source="Programs for several people stall most often at the step where all wait for all.",
    ),
    Rule(
        code="agree-without-ask",
        group="Flows",
        severity=ERROR,
        why="An agree step settles what was asked before. Where nothing was, an empty table is laid.",
        failing="""
            steps:
              - agree: early
                elements:
                  - values
            """,
        passing="""
            steps:
              - ask: values
              - agree: early
                elements:
                  - values
            """,
        source="Practice: people agree to what they have said, and not to a blank page.",
    ),
    Rule(
        code="ends-without-ratify",
        group="Flows",
        severity=WARNING,
        why="An alliance holds when each has said yes to what concerns them. A flow that ends without that yes, or settles something after it, leaves a draft.",
        failing="""
            # no steps
            steps:
              - ask: aim
                prompts:
                  - intention
                  - count-on
                  - check-ins
                  - review
              - agree: settle
                elements:
                  - intention
                  - commitments
                  - cadence
            """,
        passing="""
            # no steps
            steps:
              - ask: aim
                prompts:
                  - intention
                  - count-on
                  - check-ins
                  - review
              - agree: settle
                elements:
                  - intention
                  - commitments
                  - cadence
              - ratify: sign
            """,
        source="Of nineteen working agreements in public repositories, two were ratified by anyone.",
    ),
    Rule(
        code="leak",
        group="Flows",
        severity=ERROR,
        why="What all see would depend on what one has answered for themselves: a step that is shown to all if somebody has a worry says that somebody has one. The engine does not let it happen, so the step would not do what its author meant.",
        failing="""
            steps:
              - ask: hopes
                mode: blind
              - say: hopes-heard
                text: Somebody has hopes.
                when:
                  some: hopes
              - reveal: hopes-seen
                of:
                  - hopes
            """,
        passing="""
            steps:
              - ask: hopes
                mode: blind
              - reveal: hopes-seen
                of:
                  - hopes
              - say: hopes-heard
                text: Somebody has hopes.
                when:
                  some: hopes
            """,
        source="Planning tools that hid the votes on the screen only, and sent them to everybody.",
    ),
    Rule(
        code="element-never-elicited",
        group="Flows",
        severity=WARNING,
        why="An alliance needs to say what it is for, what each gives, when the members meet about it, and when it is looked at again. Here some run comes to its end without having asked.",
        failing="""
            # no steps
            steps:
              - ask: aim
                prompts:
                  - intention
                  - count-on
                  - check-ins
              - ask: review
                when:
                  some: check-ins
              - ratify: sign
            """,
        passing="""
            # no steps
            steps:
              - ask: aim
                prompts:
                  - intention
                  - count-on
                  - check-ins
              - ask: review
              - ratify: sign
            """,
        source="Research on team charters: one that is never revised hardly helps.",
    ),
    Rule(
        code="unbounded",
        group="Flows",
        severity=ERROR,
        why="A repeat within a repeat, or one of thousands of questions, is a flow that nobody comes to the end of.",
        failing="""
            steps:
              - repeat: each
                over: members
                steps:
                  - repeat: each-again
                    over: members
                    steps:
                      - ask: hopes
            """,
        passing="""
            steps:
              - repeat: each
                over: members
                steps:
                  - ask: hopes
            """,
        source="An engine that runs flows of strangers has to know that they end.",
    ),
)
