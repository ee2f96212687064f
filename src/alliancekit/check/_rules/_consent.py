"""Rules about who has agreed to what the alliance now says."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import Final

from alliancekit import consent
from alliancekit.check._hints import Hints
from alliancekit.check._rule import ERROR, TEXT_ELEMENTS, WARNING, Hit, Rule, Subject
from alliancekit.check._rules._clauses import is_owed
from alliancekit.values import pointer_of, shorten

__all__ = ["CONSENT_RULES", "RULES", "to_ratify"]

CONSENT_RULES: Final = frozenset({"unratified", "stale-ratification"})
"""The rules whose findings go away when those who have not agreed do so."""


def _unratified(subject: Subject) -> Iterator[Hit]:
    alliance = subject.alliance
    for member in alliance.present() if subject.is_active else ():
        if member not in alliance.ratifications:
            message = f"the alliance is active, and {member} has not agreed to it"
            hint = f"{member} agrees, with {to_ratify(subject, member)}; or write status: draft"
            yield Hit(pointer=pointer_of("members", member), message=message, hint=hint, on_key=True)


def _stale_ratification(subject: Subject) -> Iterator[Hit]:
    alliance = subject.alliance
    for member in consent.stale_members(alliance) if alliance.ratifications else ():
        day = alliance.ratifications[member].date.isoformat()
        message = f"what concerns {member} has changed since {member} agreed on {day}"
        hint = f"{member} has to agree again: {to_ratify(subject, member)}"
        yield Hit(pointer=pointer_of("ratifications", member), message=message, hint=hint, on_key=True)


def to_ratify(subject: Subject, member: str = "MEMBER") -> str:
    """Return the command that records the yes of *member*; the day is for whoever gives it."""
    path = subject.path
    return f"alliancekit ratify {quote(path) if path and path != '-' else 'FILE'} --as {member} --date YYYY-MM-DD"


def _unknown_ratifier(subject: Subject) -> Iterator[Hit]:
    known = subject.member_ids
    hints = Hints(known)
    for name in subject.alliance.ratifications:
        if name not in known:
            hint = hints.about(name)
            message = f"{shorten(name)} has agreed and is no member"
            yield Hit(pointer=pointer_of("ratifications", name), message=message, hint=hint, on_key=True)


def _left_with_commitments(subject: Subject) -> Iterator[Hit]:
    left = {member.id for member in subject.alliance.members.values() if member.left is not None}
    for key, one in subject.alliance.commitments.items():
        for index, name in enumerate(one.by if is_owed(one) else ()):
            if name in left:
                pointer = pointer_of("commitments", key, "by", index)
                hint = "give it to somebody else, or write standing: released"
                yield Hit(pointer=pointer, message=f"{name} has left, and still owes {key}", hint=hint)


_CONTENT: Final = ("id", "kind", "intention", "members", *TEXT_ELEMENTS, "cadence", "waivers")

RULES: Final = (
    Rule(
        code="unratified",
        is_heard=True,
        group="Consent",
        severity=ERROR,
        find=_unratified,
        needs=("status",),
        why="An alliance holds when each of its members has said yes to it, not when most have and the others are silent.",
        failing="""
            status: active
            """,
        passing="""
            status: draft
            """,
        source="Practice: silent nods are not agreement. Newcomers never agreed until they have.",
    ),
    Rule(
        code="stale-ratification",
        is_heard=True,
        group="Consent",
        severity=ERROR,
        find=_stale_ratification,
        needs=_CONTENT,
        why="A yes is bound to a digest of exactly what concerned the member. When that changes they have not agreed to what it says now, so they are asked again, and nobody else is.",
        failing="""
            ratifications:
              ana:
                date: "2026-11-01"
                digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"
            """,
        passing="""
            ratifications:
              ana:
                date: "2026-11-01"
                digest: "sha256:923879d6577b36b18d84422398ac149c39b04023e686a07b43b661959db87be1"
            """,
        source="Teams whose members or rules changed had to agree anew, and nothing told them.",
    ),
    Rule(
        code="unknown-ratifier",
        is_heard=True,
        group="Consent",
        severity=ERROR,
        find=_unknown_ratifier,
        why="The yes of somebody who is no member counts for nobody.",
        failing="""
            ratifications:
              anna:
                date: "2026-11-01"
                digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"
            """,
        passing="""
            ratifications: {}
            """,
        source="A record says who agreed.",
    ),
    Rule(
        code="left-with-commitments",
        group="Consent",
        severity=WARNING,
        find=_left_with_commitments,
        once_closed=False,
        why="Who has left keeps no promise here, and those who count on it should know.",
        failing="""
            kind: team
            members:
              ana:
                name: Ana Silva
              ben:
                name: Ben Osei
                left: "2027-01-31"
              cleo:
                name: Cleo Brandt
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
            """,
        passing="""
            kind: team
            members:
              ana:
                name: Ana Silva
              ben:
                name: Ben Osei
                left: "2027-01-31"
              cleo:
                name: Cleo Brandt
            commitments:
              flag-slips:
                by: [cleo]
                text: Say it the same day when a date moves.
                known_by: No surprise at the Thursday review.
            """,
        source="Whoever leaves takes their promises with them.",
    ),
)
