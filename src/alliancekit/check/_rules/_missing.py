"""Rules about what an alliance lacks: what it is for, what anyone gives, evidence, ground rules, time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check._rule import ERROR, INFO, TEXT_ELEMENTS, WARNING, Hit, Rule, Subject
from alliancekit.model import Alliance, Clause
from alliancekit.values import pointer_of

__all__ = ["RULES", "has_evidence"]


def _no_intention(subject: Subject) -> Iterator[Hit]:
    if subject.alliance.intention is None:
        yield Hit(pointer="/intention", message="nothing says what the alliance is for", hint="add an intention")


def _no_commitments(subject: Subject) -> Iterator[Hit]:
    if not subject.alliance.commitments:
        hint = "ask each member what the others can count on"
        yield Hit(pointer="/commitments", message="nobody gives anything", hint=hint)


def _text_clauses(alliance: Alliance) -> Iterator[Clause]:
    return (one for _, one in alliance.clauses() if isinstance(one, Clause))


def has_evidence(alliance: Alliance) -> bool:
    """Return whether any clause says how anyone would know."""
    return any(one.known_by is not None for one in _text_clauses(alliance))


def _no_evidence(subject: Subject) -> Iterator[Hit]:
    if any(_text_clauses(subject.alliance)) and not has_evidence(subject.alliance):
        hint = "ask of each clause: how would we know that we had it? and add known_by"
        yield Hit(pointer="", message="no clause says by what it would be known", hint=hint)


def _has_topic(subject: Subject, topic: str) -> bool:
    return any(one.topic == topic for one in subject.alliance.ground_rules.values())


def _no_conflict_rule(subject: Subject) -> Iterator[Hit]:
    if not _has_topic(subject, "conflict"):
        hint = "add a ground rule with topic: conflict"
        yield Hit(pointer="/ground_rules", message="nothing says what happens when you clash", hint=hint, on_key=True)


def _no_decision_rule(subject: Subject) -> Iterator[Hit]:
    if subject.alliance.kind == "team" and not _has_topic(subject, "decisions"):
        hint = "add a ground rule with topic: decisions"
        yield Hit(pointer="/ground_rules", message="nothing says how the team decides", hint=hint, on_key=True)


def _no_preferences(subject: Subject) -> Iterator[Hit]:
    for member in subject.alliance.members.values() if subject.alliance.kind == "one-to-one" else ():
        likes = member.prefers
        is_said = likes and (likes.communication or likes.acknowledgment or likes.feedback)
        if not is_said and member.left is None and not member.agent:
            message = f"nothing says how {member.id} likes to be talked to, thanked and criticised"
            hint = "add prefers: communication, acknowledgment, feedback"
            yield Hit(pointer=pointer_of("members", member.id, "prefers"), message=message, hint=hint)


def _no_repair_rule(subject: Subject) -> Iterator[Hit]:
    if not _has_topic(subject, "repair"):
        hint = "add a ground rule with topic: repair"
        yield Hit(
            pointer="/ground_rules",
            message="nothing says what happens when an agreement is not kept",
            hint=hint,
            on_key=True,
        )


def _no_leaving_rule(subject: Subject) -> Iterator[Hit]:
    if not _has_topic(subject, "leaving"):
        hint = "add a ground rule with topic: leaving"
        yield Hit(
            pointer="/ground_rules", message="nothing says how somebody leaves, or how it ends", hint=hint, on_key=True
        )


def _no_steward(subject: Subject) -> Iterator[Hit]:
    alliance = subject.alliance
    left = {member.id for member in alliance.members.values() if member.left is not None}
    if alliance.kind == "team" and left.issuperset(alliance.steward):
        message = "nobody looks after the alliance itself"
        gone = f", for {' and '.join(alliance.steward)} left" if alliance.steward else ""
        yield Hit(pointer="/steward", message=f"{message}{gone}", hint="name a steward")


def _no_check_in(subject: Subject) -> Iterator[Hit]:
    cadence = subject.alliance.cadence
    if cadence is None or not cadence.check_ins:
        hint = "add cadence.check_ins: how often, when and where you meet about it"
        yield Hit(pointer="/cadence/check_ins", message="nothing says when you meet about it", hint=hint)


def _no_review(subject: Subject) -> Iterator[Hit]:
    cadence = subject.alliance.cadence
    if cadence is None or cadence.review is None:
        hint = "add cadence.review, such as frequency: monthly and interval: 3"
        message = "nothing says when the alliance itself is looked at again"
        yield Hit(pointer="/cadence/review", message=message, hint=hint)


RULES: Final = (
    Rule(
        code="no-intention",
        group="Alliance",
        severity=WARNING,
        once_active=ERROR,
        find=_no_intention,
        why="People who do not know what their agreement is for cannot say whether it serves them, and it is the first thing that newcomers ask.",
        failing="""
            # no intention
            title: Ana and Ben
            """,
        passing="""
            intention: Ship the payments platform together by June 2027.
            """,
        source="Sociocracy 3.0 records the driver of every agreement; team canvases begin with the purpose.",
    ),
    Rule(
        code="no-commitments",
        group="Alliance",
        severity=WARNING,
        once_active=ERROR,
        find=_no_commitments,
        why="Values and tone are wishes until somebody gives something that the others can count on.",
        failing="""
            commitments: {}
            """,
        passing="""
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
              one-page-plan:
                by: [ana]
                text: Send the plan for the week on Friday.
                known_by: It is in the shared folder by 16:00.
            """,
        source="Practice: what can the other count on from you?",
    ),
    Rule(
        code="no-evidence",
        group="Alliance",
        severity=WARNING,
        find=_no_evidence,
        once_closed=False,
        needs=TEXT_ELEMENTS,
        why="Without evidence each member judges by a picture of their own, and the disagreement shows when it is too late. While no clause has any, this is said once and not for each of them.",
        failing="""
            atmosphere: {}
            values: {}
            success: {}
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
              one-page-plan:
                by: [ana]
                text: Send the plan for the week on Friday.
            """,
        passing="""
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
              one-page-plan:
                by: [ana]
                text: Send the plan for the week on Friday.
                known_by: It is in the shared folder by 16:00.
            """,
        source="Of 19 real agreements that were read closely, 2 said how anyone would know that it works.",
    ),
    Rule(
        code="no-conflict-rule",
        group="Alliance",
        severity=WARNING,
        find=_no_conflict_rule,
        once_closed=False,
        why="Every relationship has conflicts. What to do in one is agreed most easily before it.",
        failing="""
            ground_rules:
              mend:
                topic: repair
                text: Whoever broke an agreement says so within a day.
            """,
        passing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
            """,
        source="Practice: how do you want to be when things are hard between you? 11 of 19 real agreements do not say.",
    ),
    Rule(
        code="no-decision-rule",
        group="Alliance",
        severity=WARNING,
        find=_no_decision_rule,
        once_closed=False,
        needs=("kind",),
        why="A team that has not said how it decides finds out in the middle of a decision.",
        failing="""
            kind: team
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
            """,
        passing="""
            kind: team
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
              by-consent:
                topic: decisions
                text: A proposal stands after 2 days without an objection.
            """,
        source="14 of 19 real agreements have none.",
    ),
    Rule(
        code="no-preferences",
        group="Alliance",
        severity=INFO,
        find=_no_preferences,
        once_closed=False,
        needs=("kind",),
        why="People differ in how they like to be reached, thanked and criticised, and mostly guess from themselves.",
        failing="""
            members:
              ana:
                name: Ana Silva
              ben:
                name: Ben Osei
                prefers:
                  feedback: In writing first.
            """,
        passing="""
            members:
              ana:
                name: Ana Silva
                prefers:
                  feedback: Direct and on the same day.
              ben:
                name: Ben Osei
                prefers:
                  feedback: In writing first.
            """,
        source="Practice: how do you like to be acknowledged and critiqued? 16 of 19 real agreements do not say.",
    ),
    Rule(
        code="no-repair-rule",
        group="Alliance",
        severity=INFO,
        find=_no_repair_rule,
        once_closed=False,
        why="Agreements get broken. Those that last say what happens next: clean up, follow up, and change what is broken again and again.",
        failing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
            """,
        passing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
              mend:
                topic: repair
                text: Whoever broke an agreement says so within a day.
            """,
        source="Sociocracy 3.0, breaking agreements; most real agreements are silent.",
    ),
    Rule(
        code="no-leaving-rule",
        group="Alliance",
        severity=INFO,
        find=_no_leaving_rule,
        once_closed=False,
        why="An end that was thought of can be a good one.",
        failing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
            """,
        passing="""
            ground_rules:
              farewell:
                topic: leaving
                text: Whoever leaves hands over in 2 weeks, and we close with a lunch.
            """,
        source="None of 19 real agreements says how it ends.",
    ),
    Rule(
        code="no-steward",
        group="Alliance",
        severity=INFO,
        find=_no_steward,
        once_closed=False,
        needs=("kind",),
        why="What everybody looks after, nobody does: somebody keeps the file and calls the reviews.",
        failing="""
            # no steward
            kind: team
            """,
        passing="""
            kind: team
            steward: [ana]
            """,
        source="Sociocracy 3.0 names a keeper of the logbook.",
    ),
    Rule(
        code="no-check-in",
        group="Alliance",
        severity=WARNING,
        find=_no_check_in,
        once_closed=False,
        why="An agreement that nobody meets about is forgotten. Time and attention are the third habit, after openness and being specific.",
        failing="""
            cadence:
              review:
                frequency: monthly
                interval: 3
            """,
        passing="""
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
              review:
                frequency: monthly
                interval: 3
            """,
        source="Practice: decide together how often to meet, where, and when.",
    ),
    Rule(
        code="no-review",
        group="Alliance",
        severity=WARNING,
        once_active=ERROR,
        find=_no_review,
        once_closed=False,
        why="Revising an agreement is what makes it work: one that was made once hardly helps. So it says when it is looked at again.",
        failing="""
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
            """,
        passing="""
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
              review:
                frequency: monthly
                interval: 3
            """,
        source="A study of 1,891 teams found little effect of a one-time charter; 18 of 19 real agreements name no review.",
    ),
)
