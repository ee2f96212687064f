"""Rules about an alliance as a whole: who is in it, what is one-sided, unanswered or left blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from alliancekit import wire
from alliancekit.check._rule import ERROR, INFO, WARNING, Hit, Rule, Subject
from alliancekit.model import EVERYONE, Alliance, CheckIn
from alliancekit.typing import Pointer
from alliancekit.values import is_list, is_mapping, pointer_of, shorten

__all__ = ["RULES"]


def _member_count(subject: Subject) -> Iterator[Hit]:
    count, kind = len(subject.alliance.present()), subject.alliance.kind
    if kind == "one-to-one" and count != 2:
        hint = "write kind: team" if count > 2 else "name both, or write status: closed"
        yield Hit(pointer="/members", message=f"a one-to-one binds exactly two, not {count}", hint=hint, on_key=True)
    elif count < 2:
        hint = "name them all, or write status: closed"
        yield Hit(pointer="/members", message=f"a team is at least two, not {count}", hint=hint, on_key=True)


def _one_sided(subject: Subject) -> Iterator[Hit]:
    alliance = subject.alliance
    givers = {name for one in alliance.commitments.values() for name in one.by}
    if alliance.kind == "one-to-one" and len(givers) == 1 and EVERYONE not in givers:
        message = f"only {givers.pop()} gives anything"
        yield Hit(pointer="/commitments", message=message, hint="ask the other what you can count on", on_key=True)


def _unheard_member(subject: Subject) -> Iterator[Hit]:
    heard = _heard(subject.alliance)
    # Where nobody was, no-commitments says so once.
    for member in subject.alliance.present() if heard and EVERYONE not in heard else ():
        if member not in heard:
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


# A text that is nothing but a blank. Na is a name, and so is no blank.
_BLANK: Final = re.compile(
    r"(?:\?+|n/a|(?-i:NA)|tb[adc]|to ?do|to be (?:added|agreed|announced|decided|defined|determined)|fixme|xxx+|lorem ipsum.*"
    r"|\.{2,}|…|-+|–|—|_+)[.!?\s]*+",
    re.IGNORECASE | re.DOTALL,
)
# A text with a blank in it. Code has its TODOs, and rules about them: one is a blank where a colon follows.
_BLANK_INSIDE: Final = re.compile(
    r"\b(?-i:TB[ADC])\b|\b(?-i:TODO|FIXME|XXX)\s*+:|_{3,}"
    r"|\[\s*+(?:(?:\.{2,}+|…|\?++|_++)?\s*+|(?:insert|your|name|date|time|who|what|when|where|fill in)\b[^\[\]\n]{0,60})\](?!\()",
    re.IGNORECASE,
)
# What each of them has: nearly every text has none of it, and a search for one character is over at once.
_MAY_BE_BLANK_INSIDE: Final = re.compile(r"[\[_TFX]")
# Answers are free, and a digest or an id cannot be a blank to fill.
_NOT_JUDGED: Final = frozenset(
    {"alliancekit", "responses", "ratifications", "id", "kind", "made_with", "team", "supersedes"}
)


def _placeholder(subject: Subject) -> Iterator[Hit]:
    for path, text in _texts(_plain(subject)):
        said = text.strip()
        if _BLANK.fullmatch(said):
            yield _blank(subject, path, said, None)
        elif _MAY_BE_BLANK_INSIDE.search(said) and (found := _BLANK_INSIDE.search(text)):
            yield _blank(subject, path, found[0], found.span())


def _blank(subject: Subject, path: tuple[str | int, ...], said: str, part: tuple[int, int] | None) -> Hit:
    pointer = pointer_of(*path)
    span = subject.tree.part(subject.origin(pointer), *part) if subject.tree and part else None
    message = f"{shorten(said)} is a placeholder"
    return Hit(pointer=pointer, message=message, hint="fill it in, or take it out", span=span)


def _plain(subject: Subject) -> dict[str, Any]:
    """Return the alliance as plain data; that of its document where nothing was left out of it."""
    if subject.tree is not None and not subject.broken and is_mapping(subject.tree.value):
        return subject.tree.value
    plain: dict[str, Any] = wire.unstructure(subject.alliance)
    return plain


def _texts(alliance: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts of people in plain data, each with its path: a pointer costs more, and most are never needed."""
    judged = {key: value for key, value in alliance.items() if key not in _NOT_JUDGED}
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), judged)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, str):
            yield path, one
        elif is_mapping(one):
            waiting += [((*path, key), one[key]) for key in reversed(one) if not key.startswith("x-")]
        elif is_list(one):
            waiting += [((*path, index), one[index]) for index in reversed(range(len(one)))]


def _dates_out_of_order(subject: Subject) -> Iterator[Hit]:
    days = _days_of_meeting(subject.check_in) if subject.kind == "check-in" else _days(subject.alliance)
    for pointer, day, before, what in days:
        if day is not None and before is not None and day < before:
            message = f"{day.isoformat()} is before {before.isoformat()}, {what}"
            yield Hit(pointer=pointer, message=message, hint="one of the two dates is wrong")


def _days(alliance: Alliance) -> Iterator[tuple[Pointer, date | None, date | None, str]]:
    """Yield each date with the one that it must not precede, and what that one is."""
    for key, member in alliance.members.items():
        yield pointer_of("members", key, "left"), member.left, member.joined, f"when {key} joined"
    # One day is wrong, however many others it precedes: the last of them says by how much.
    if later := max(_held(alliance), default=None):
        yield "/expires", alliance.expires, *later


def _days_of_meeting(record: CheckIn) -> Iterator[tuple[Pointer, date | None, date | None, str]]:
    yield "/next", record.next, record.date, "when this one was held"


def _held(alliance: Alliance) -> Iterator[tuple[date, str]]:
    """Yield the days on which the alliance holds, each with what happens on it."""
    yield from ((said.date, f"when {key} agreed") for key, said in alliance.ratifications.items())
    if alliance.cadence is not None:
        meetings = alliance.cadence.check_ins.items()
        yield from ((one.starts, f"when the check-in {key} starts") for key, one in meetings if one.starts is not None)
        if alliance.cadence.review is not None and alliance.cadence.review.starts is not None:
            yield alliance.cadence.review.starts, "when the review starts"


_SPEAKING: Final = ("expectations", "concerns", "commitments", "unresolved", "responses", "ratifications")

RULES: Final = (
    Rule(
        code="member-count",
        group="Alliance",
        severity=ERROR,
        find=_member_count,
        once_closed=False,
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
        code="one-sided",
        group="Alliance",
        severity=WARNING,
        find=_one_sided,
        once_closed=False,
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
        once_closed=False,
        needs=("kind", *_SPEAKING),
        why="Somebody who gives nothing, asks nothing, answered nothing and agreed to nothing is on the list and not in the alliance. Where that is so of all of them, no-commitments says it once.",
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
        once_closed=False,
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
        once_closed=False,
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
        about=("alliance", "check-in"),
        why="Nobody leaves before joining, nothing that has expired begins or is agreed to, and the next check-in is not before this one.",
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
