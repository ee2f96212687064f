"""Rules about the clauses: whether anyone could see them kept, and whether anyone can keep so many in mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from alliancekit.check._rule import INFO, WARNING, Hit, Rule, Subject
from alliancekit.check._rules._missing import has_evidence
from alliancekit.model import EVERYONE, Clause, Commitment
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["RULES", "is_owed"]


def is_owed(commitment: Commitment) -> bool:
    """Return whether somebody still has to do it: it is not released, and not kept once and for all."""
    return commitment.standing in ("open", "broken") or (
        commitment.standing == "kept" and commitment.repeats is not None
    )


def _clause_without_evidence(subject: Subject) -> Iterator[Hit]:
    # When nothing has evidence at all, no-evidence says so once.
    if not has_evidence(subject.alliance):
        return
    for pointer, one in _clauses(subject, ("commitments", "atmosphere", "values")):
        if one.known_by is None:
            message = f"nothing says by what {one.id} would be known"
            hint = "add known_by: how would we know that we had it?"
            yield Hit(pointer=pointer, message=message, hint=hint, on_key=True)


def _clauses(subject: Subject, elements: tuple[str, ...]) -> Iterator[tuple[Pointer, Clause]]:
    for element in elements:
        for key, one in getattr(subject.alliance, element).items():
            yield pointer_of(element, key), one


def _commitment_without_time(subject: Subject) -> Iterator[Hit]:
    for key, one in subject.alliance.commitments.items():
        if is_owed(one) and one.due is None and one.repeats is None:
            message = f"nothing says when {key} is done"
            hint = "give it a due date, or say how often it repeats"
            yield Hit(pointer=pointer_of("commitments", key), message=message, hint=hint, on_key=True)


def _owned_by_everyone(subject: Subject) -> Iterator[Hit]:
    if subject.alliance.steward:
        return
    for key, one in subject.alliance.commitments.items():
        if is_owed(one) and EVERYONE in one.by:
            message = f"everyone owes {key}, so nobody does"
            hint = "name who does it, or a steward who sees to it that it is done"
            yield Hit(pointer=pointer_of("commitments", key, "by"), message=message, hint=hint)


def _too_many_clauses(subject: Subject) -> Iterator[Hit]:
    alliance, settings = subject.alliance, subject.settings
    if (count := len(alliance.ground_rules)) > settings.most_ground_rules:
        message = f"{count} ground rules are more than people remember; at most {settings.most_ground_rules}"
        yield Hit(pointer="/ground_rules", message=message, hint="keep the few that matter most", on_key=True)
    owed = Counter(name for one in alliance.commitments.values() if is_owed(one) for name in one.by)
    for member in alliance.present():
        count = owed[member] + owed[EVERYONE]
        if count > settings.most_commitments:
            message = f"{member} owes {count} commitments; at most {settings.most_commitments}"
            hint = "keep the few that matter most, and release the others"
            yield Hit(pointer="/commitments", message=message, hint=hint, on_key=True)


_MANY: Final = "".join(
    f"""
              rule-{number}:
                topic: {topic}
                text: Rule {number}."""
    for number, topic in enumerate(("conflict", *["other"] * 7), 1)
)

RULES: Final = (
    Rule(
        code="clause-without-evidence",
        group="Clauses",
        severity=WARNING,
        find=_clause_without_evidence,
        once_closed=False,
        why="How would you know that you had it? A commitment, a quality or a value that nobody can see kept is argued about later.",
        failing="""
            atmosphere:
              direct:
                text: We say the hard thing early.
            """,
        passing="""
            atmosphere:
              direct:
                text: We say the hard thing early.
                known_by: We disagree in the room and not after it.
            """,
        source="Sociocracy 3.0 asks for evaluation criteria; Derby: values are not in themselves actionable.",
    ),
    Rule(
        code="commitment-without-time",
        group="Clauses",
        severity=INFO,
        find=_commitment_without_time,
        once_closed=False,
        why="A promise without a time is never late, so it is never talked about. With a due date or a repeat, the check-in that comes next asks for it.",
        failing="""
            commitments:
              one-page-plan:
                by: [ana]
                text: Send the plan for the week.
                known_by: It is in the shared folder.
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
                repeats:
                  frequency: weekly
            """,
        passing="""
            commitments:
              one-page-plan:
                by: [ana]
                text: Send the plan for the week.
                known_by: It is in the shared folder.
                repeats:
                  frequency: weekly
                  weekdays: [friday]
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
                repeats:
                  frequency: weekly
            """,
        source="Co-active coaching asks three things of a promise: what will you do, by when, and how will the other know?",
    ),
    Rule(
        code="owned-by-everyone",
        group="Clauses",
        severity=WARNING,
        find=_owned_by_everyone,
        once_closed=False,
        needs=("steward",),
        why="What everyone owes, each leaves to the others. It works where one person has it as their job to ask.",
        failing="""
            commitments:
              open-notes:
                by: [everyone]
                text: Put the notes of a meeting into the shared folder on the same day.
                known_by: The folder has a note for each meeting.
                repeats:
                  frequency: weekly
            """,
        passing="""
            steward: [ana]
            commitments:
              open-notes:
                by: [everyone]
                text: Put the notes of a meeting into the shared folder on the same day.
                known_by: The folder has a note for each meeting.
                repeats:
                  frequency: weekly
            """,
        source="The diffusion of responsibility; playbooks for teams ask for one owner.",
    ),
    Rule(
        code="too-many-clauses",
        group="Clauses",
        severity=WARNING,
        find=_too_many_clauses,
        once_closed=False,
        why="Nobody keeps what nobody remembers. More than 7 ground rules, or more than 5 commitments of one member, are read once.",
        failing=f"""
            ground_rules:{_MANY}
            """,
        passing="""
            ground_rules:
              rule-1:
                topic: conflict
                text: Rule 1.
            """,
        source="Derby: no more than seven. 17 of 19 real agreements have more, 31 in the middle and 96 at most.",
    ),
)
