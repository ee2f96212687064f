"""Rules about an alliance as a whole: what is missing, one-sided or unanswered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from alliancekit import wire
from alliancekit.check._rule import ERROR, INFO, TEXT_ELEMENTS, WARNING, Hit, Rule, Subject
from alliancekit.model import EVERYONE, Alliance, Clause
from alliancekit.typing import Json, Pointer
from alliancekit.values import pointer_of, shorten

__all__ = ["RULES", "has_evidence"]


def _member_count(subject: Subject) -> Iterator[Hit]:
    count, kind = len(subject.alliance.present()), subject.alliance.kind
    if subject.alliance.status == "closed":
        return
    if kind == "one-to-one" and count != 2:
        hint = "write kind: team" if count > 2 else "name both, or write status: closed"
        yield Hit(pointer="/members", message=f"a one-to-one binds exactly two, not {count}", hint=hint, on_key=True)
    elif count < 2:
        hint = "name them all, or write status: closed"
        yield Hit(pointer="/members", message=f"a team is at least two, not {count}", hint=hint, on_key=True)


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
        yield Hit(pointer="/ground_rules", message="nothing says what happens when you clash", hint=hint)


def _no_decision_rule(subject: Subject) -> Iterator[Hit]:
    if subject.alliance.kind == "team" and not _has_topic(subject, "decisions"):
        hint = "add a ground rule with topic: decisions"
        yield Hit(pointer="/ground_rules", message="nothing says how the team decides", hint=hint)


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
        yield Hit(pointer="/ground_rules", message="nothing says what happens when an agreement is not kept", hint=hint)


def _no_leaving_rule(subject: Subject) -> Iterator[Hit]:
    if not _has_topic(subject, "leaving"):
        hint = "add a ground rule with topic: leaving"
        yield Hit(pointer="/ground_rules", message="nothing says how somebody leaves, or how it ends", hint=hint)


def _no_steward(subject: Subject) -> Iterator[Hit]:
    if subject.alliance.kind == "team" and not subject.alliance.steward:
        yield Hit(pointer="/steward", message="nobody looks after the alliance itself", hint="name a steward")


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


def _one_sided(subject: Subject) -> Iterator[Hit]:
    alliance = subject.alliance
    givers = {name for one in alliance.commitments.values() for name in one.by}
    if alliance.kind == "one-to-one" and len(givers) == 1 and EVERYONE not in givers:
        message = f"only {givers.pop()} gives anything"
        yield Hit(pointer="/commitments", message=message, hint="ask the other what you can count on", on_key=True)


def _unheard_member(subject: Subject) -> Iterator[Hit]:
    heard = _heard(subject.alliance)
    for member in subject.alliance.present():
        if member not in heard and EVERYONE not in heard:
            message = f"{member} is in no clause, no response and no ratification"
            hint = f"ask {member} what they want, or write when they left"
            yield Hit(pointer=pointer_of("members", member), message=message, hint=hint, on_key=True)


def _heard(alliance: Alliance) -> set[str]:
    """Return who said something, or is named in what another said; everyone as a giver is everyone."""
    found = {*alliance.ratifications, *(one.by for one in alliance.responses if one.by is not None)}
    for one in alliance.expectations.values():
        found |= {*one.by, *_named(one.of or alliance.others(*one.by)), *one.declined_by}
    for given in alliance.commitments.values():
        found |= {*given.by, *_named(given.to or alliance.others(*given.by))}
    for concern in alliance.concerns.values():
        found |= {*concern.by}
    for left_open in alliance.unresolved.values():
        found |= {*left_open.objections}
    return found


def _named(names: tuple[str, ...]) -> set[str]:
    return {*names} - {EVERYONE}


def _expectation_unanswered(subject: Subject) -> Iterator[Hit]:
    met = {name for one in subject.alliance.commitments.values() for name in one.meets}
    for key, one in subject.alliance.expectations.items():
        if key not in met and not one.declined_by:
            asked = " and ".join(one.of or subject.alliance.others(*one.by))
            message = f"nobody meets or declines {key}"
            hint = f"ask {asked} for a commitment with meets: [{key}], or write declined_by"
            yield Hit(pointer=pointer_of("expectations", key), message=message, hint=hint, on_key=True)


def _unresolved(subject: Subject) -> Iterator[Hit]:
    for key, one in subject.alliance.unresolved.items():
        message = f"{key} was proposed for {one.element} and is not agreed"
        yield Hit(
            pointer=pointer_of("unresolved", key), message=message, hint="take it up at the next check-in", on_key=True
        )


_PLACEHOLDER: Final = re.compile(
    r"\s*(?:\?+|n/?a|tb[adc]|to ?do|to be (?:added|agreed|announced|decided|defined|determined)|fixme|xxx+|lorem ipsum.*"
    r"|\.{2,}|…|-+|–|—|_+)[.!?\s]*\Z"
    r"|.*?(?:\b(?-i:TB[ADC]|TODO|FIXME|XXX)\b|_{3,}|\[\s*(?:\.{2,}|…|\?+|_+|)\s*\](?!\()"
    r"|\[\s*(?:insert|your|name|date|time|who|what|when|where|fill in)\b[^\[\]\n]{0,60}\](?!\())",
    re.IGNORECASE | re.DOTALL,
)
# Answers are free, and a digest or an id cannot be a blank to fill.
_NOT_JUDGED: Final = frozenset({"responses", "ratifications", "id", "kind", "made_with", "team", "supersedes"})


def _placeholder(subject: Subject) -> Iterator[Hit]:
    for pointer, text in _texts(wire.unstructure(subject.alliance), ""):
        if _PLACEHOLDER.match(text):
            hint = "fill it in, or take it out"
            yield Hit(pointer=pointer, message=f"{shorten(text.strip())} is a placeholder", hint=hint)


def _texts(data: Json, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(data, str):
        yield pointer, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if not key.startswith("x-") and (pointer or key not in _NOT_JUDGED):
                yield from _texts(value, pointer + pointer_of(key))
    elif isinstance(data, Sequence):
        for index, value in enumerate(data):
            yield from _texts(value, f"{pointer}/{index}")


def _dates_out_of_order(subject: Subject) -> Iterator[Hit]:
    for pointer, day, before, what in _days(subject.alliance):
        if day is not None and before is not None and day < before:
            message = f"{day.isoformat()} is before {before.isoformat()}, {what}"
            yield Hit(pointer=pointer, message=message, hint="one of the two dates is wrong")


def _days(alliance: Alliance) -> Iterator[tuple[Pointer, date | None, date | None, str]]:
    """Yield each date with the one that it must not precede, and what that one is."""
    for key, member in alliance.members.items():
        yield pointer_of("members", key, "left"), member.left, member.joined, f"when {key} joined"
    for key, said in alliance.ratifications.items():
        yield "/expires", alliance.expires, said.date, f"when {key} agreed"
    if alliance.cadence is not None:
        for key, meeting in alliance.cadence.check_ins.items():
            yield "/expires", alliance.expires, meeting.starts, f"when the check-in {key} starts"
        if alliance.cadence.review is not None:
            yield "/expires", alliance.expires, alliance.cadence.review.starts, "when the review starts"


_SPEAKING: Final = ("expectations", "concerns", "commitments", "unresolved", "responses", "ratifications")

RULES: Final = (
    Rule(
        code="member-count",
        group="Alliance",
        severity=ERROR,
        find=_member_count,
        needs=("members", "kind", "status"),
        why="A one-to-one is between exactly two, and a team is at least two, among those who have not left. With anybody else in it, `to` left out would mean nobody or somebody else. One that is closed keeps whoever was in it.",
        failing="""
            members:
              ana:
                name: Ana Silva
            """,
        passing="""
            members:
              ana:
                name: Ana Silva
              ben:
                name: Ben Osei
            """,
        source="The words: an alliance is between two people, or a team.",
    ),
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
    Rule(
        code="one-sided",
        group="Alliance",
        severity=WARNING,
        find=_one_sided,
        needs=("kind", "commitments"),
        why="Where only one of two gives anything, it is an instruction and not an alliance.",
        failing="""
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
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
        source="Sociocracy 3.0: an agreement benefits all its parties.",
    ),
    Rule(
        code="unheard-member",
        group="Alliance",
        severity=WARNING,
        find=_unheard_member,
        needs=("kind", *_SPEAKING),
        why="Somebody who gives nothing, asks nothing, answered nothing and agreed to nothing is on the list and not in the alliance.",
        failing="""
            kind: team
            members:
              ana:
                name: Ana Silva
              ben:
                name: Ben Osei
              cleo:
                name: Cleo Brandt
            """,
        passing="""
            kind: team
            members:
              ana:
                name: Ana Silva
              ben:
                name: Ben Osei
              cleo:
                name: Cleo Brandt
            expectations:
              quiet-hours:
                by: [cleo]
                text: No calls before 10:00.
                declined_by: [ben]
            """,
        source="Practice: everyone's voice is heard.",
    ),
    Rule(
        code="expectation-unanswered",
        group="Alliance",
        severity=WARNING,
        find=_expectation_unanswered,
        needs=("commitments",),
        why="A request is not a promise until somebody accepts it. One that nobody met or declined is counted on by one and unknown to the other.",
        failing="""
            expectations:
              early-warning:
                by: [ana]
                of: [ben]
                text: Tell me on the same day when a date slips.
            """,
        passing="""
            expectations:
              early-warning:
                by: [ana]
                of: [ben]
                text: Tell me on the same day when a date slips.
                declined_by: [ben]
            """,
        source="Requests, promises, actions and decisions are four different things.",
    ),
    Rule(
        code="unresolved",
        group="Alliance",
        severity=INFO,
        find=_unresolved,
        why="What the members could not agree is kept, so that they come back to it.",
        failing="""
            unresolved:
              remote-fridays:
                element: ground_rules
                text: Fridays are remote.
                objections:
                  ben: It is my only day with the team.
            """,
        passing="""
            ground_rules:
              cool-off:
                topic: conflict
                text: Voices rise, and we stop until the next day.
              remote-fridays:
                topic: meetings
                text: Every second Friday is remote.
            """,
        source="Sociocracy 3.0: an objection blocks, and is worth keeping.",
    ),
    Rule(
        code="placeholder",
        group="Alliance",
        severity=WARNING,
        once_active=ERROR,
        find=_placeholder,
        why="A blank that was never filled looks like an agreement. Texts such as TBD, ?, N/A and […] are blanks.",
        failing="""
            intention: TBD
            """,
        passing="""
            intention: Ship the payments platform together by June 2027.
            """,
        source="Real charters were handed in with the template's blanks in them.",
    ),
    Rule(
        code="dates-out-of-order",
        group="Alliance",
        severity=ERROR,
        find=_dates_out_of_order,
        why="Nobody leaves before joining, and nothing that has expired begins or is agreed to.",
        failing="""
            expires: "2026-12-31"
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
              review:
                frequency: monthly
                interval: 3
                starts: "2027-02-01"
            """,
        passing="""
            expires: "2027-12-31"
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
              review:
                frequency: monthly
                interval: 3
                starts: "2027-02-01"
            """,
        source="Plain sense.",
    ),
)
