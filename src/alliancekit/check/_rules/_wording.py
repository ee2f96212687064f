"""Rules about how clauses are worded; all are silent where something observable stands beside the word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check._rule import INFO, WARNING, Hit, Rule, Subject
from alliancekit.check._words import Found
from alliancekit.typing import Pointer
from alliancekit.values import shorten

__all__ = ["RULES"]

_MOST_NAMED: Final = 5


def _vague_wording(subject: Subject) -> Iterator[Hit]:
    for pointer, reading in subject.unheld:
        if found := reading.vague:
            hint = "say what a camera would show, or how often, or by when; or add known_by"
            yield _hit(subject, pointer, found[0], f"{_named(found)} cannot be seen or counted", hint)


def _weasel_wording(subject: Subject) -> Iterator[Hit]:
    for pointer, reading in subject.unheld:
        if found := reading.weasel:
            hint = "say what will be done, and by when; or add known_by"
            yield _hit(
                subject,
                pointer,
                found[0],
                f"{_named(found)} {_of(found, 'leaves', 'leave')} open whether it will be done",
                hint,
            )


def _absolute_wording(subject: Subject) -> Iterator[Hit]:
    for pointer, reading in subject.unheld:
        if found := reading.absolute:
            hint = "say how often would be enough, or what happens on the day when it is not kept; or add known_by"
            yield _hit(
                subject, pointer, found[0], f"{_named(found)} {_of(found, 'is', 'are')} more than anyone can keep", hint
            )


def _bare_adjective(subject: Subject) -> Iterator[Hit]:
    for pointer, reading in subject.unheld:
        if found := reading.quality:
            message = f"{_named((found,))} is a quality, and nothing that anyone does"
            hint = "say what somebody does who has it; or add known_by"
            yield Hit(pointer=pointer, message=message, hint=hint)


def _negative_only(subject: Subject) -> Iterator[Hit]:
    for pointer, reading in subject.unheld:
        if found := reading.negation:
            message = "it says what not to do, and nothing to do instead"
            yield _hit(subject, pointer, found, message, "say what you do instead; or add known_by")


def _compound_clause(subject: Subject) -> Iterator[Hit]:
    for pointer, reading in subject.unheld:
        if found := reading.second_promise:
            message = "it promises more than one thing"
            hint = "make a clause of each, so that one can be kept where another is broken; or add known_by"
            yield _hit(subject, pointer, found, message, hint)


def _hit(subject: Subject, pointer: Pointer, found: Found, message: str, hint: str) -> Hit:
    """Return a hit that is placed at the words themselves, where they can be pointed at."""
    span = None
    if subject.tree is not None and found.start is not None and found.end is not None:
        span = subject.tree.part(subject.origin(pointer), found.start, found.end)
    return Hit(pointer=pointer, message=message, hint=hint, span=span)


def _named(found: tuple[Found, ...]) -> str:
    return ", ".join(shorten(" ".join(one.words.split())) for one in found[:_MOST_NAMED])


def _of(found: tuple[Found, ...], one: str, several: str) -> str:
    return one if len(found) == 1 else several


RULES: Final = (
    Rule(
        code="vague-wording",
        group="Clauses",
        severity=WARNING,
        find=_vague_wording,
        once_closed=False,
        why="Nobody can film fairness, or count often. Where no number, time, channel or artefact stands beside such a word, and no `known_by`, each reads it in their own way.",
        failing="""
            ground_rules:
              answers:
                topic: conflict
                text: We answer each other promptly and politely.
            """,
        passing="""
            ground_rules:
              answers:
                topic: conflict
                text: We answer each other promptly, within 4 hours.
            """,
        source="The video-camera test; a fifth of 653 real statements fail it.",
    ),
    Rule(
        code="weasel-wording",
        group="Clauses",
        severity=WARNING,
        find=_weasel_wording,
        once_closed=False,
        why="Try to, if possible and as needed promise nothing, and the other one hears a promise.",
        failing="""
            ground_rules:
              answers:
                topic: conflict
                text: We try to listen, if possible.
            """,
        passing="""
            ground_rules:
              answers:
                topic: conflict
                text: Each repeats what the other said before they answer.
            """,
        source="Found in one of 25 real statements.",
    ),
    Rule(
        code="absolute-wording",
        group="Clauses",
        severity=INFO,
        find=_absolute_wording,
        once_closed=False,
        why="Always is broken on the first bad day, and from then on the clause is one that nobody keeps. A promise that can be kept leaves room for that day, or says what happens then.",
        failing="""
            ground_rules:
              answers:
                topic: conflict
                text: We always assume that the other one meant well.
            """,
        passing="""
            ground_rules:
              answers:
                topic: conflict
                text: Before we object we ask what the other one meant.
            """,
        source="Derby: aspirations that nobody can attain breed cynicism; leave room for human frailty.",
    ),
    Rule(
        code="bare-adjective",
        group="Clauses",
        severity=WARNING,
        find=_bare_adjective,
        once_closed=False,
        why="Transparent, or open and honest, is what everyone wants to be already. What will anyone do tomorrow that they did not do yesterday?",
        failing="""
            ground_rules:
              tone:
                topic: conflict
                text: Open and honest.
            """,
        passing="""
            ground_rules:
              tone:
                topic: conflict
                text: Open and honest.
                known_by: Whoever is hurt says so in the meeting, and not after it.
            """,
        source="Derby: values are not in themselves actionable.",
    ),
    Rule(
        code="negative-only",
        group="Clauses",
        severity=INFO,
        find=_negative_only,
        once_closed=False,
        why="A rule that only forbids leaves whoever wants to keep it with nothing to do. What is done instead can be seen, asked for and thanked for.",
        failing="""
            ground_rules:
              floor:
                topic: conflict
                text: Don't interrupt.
            """,
        passing="""
            ground_rules:
              floor:
                topic: conflict
                text: Don't interrupt; whoever speaks says when they have finished.
            """,
        source="The community guidelines of Haskell: describe positive behaviours. One of 17 real statements only forbids.",
    ),
    Rule(
        code="compound-clause",
        group="Clauses",
        severity=INFO,
        find=_compound_clause,
        once_closed=False,
        why="Of two promises in one clause one is kept and the other is not, and nobody can say what became of the clause. Neither can one of them be changed alone.",
        failing="""
            ground_rules:
              notes:
                topic: conflict
                text: We will share what we know, and we will ask for help.
            """,
        passing="""
            ground_rules:
              knowledge:
                topic: conflict
                text: We will share what we know.
              help:
                topic: communication
                text: We will ask for help.
            """,
        source="One fact, one place: a clause is what a check-in calls kept or broken.",
    ),
)
