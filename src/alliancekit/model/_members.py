"""Who is in an alliance."""

from __future__ import annotations

from datetime import date
from typing import final

from attrs import evolve, field, frozen

from alliancekit.model._base import Id, Label, Language, Prose, Refs, Timezone, Words
from alliancekit.shapes import Wired, ids

__all__ = ["Member", "Preferences"]


@final
@frozen(kw_only=True, repr=False)
class Preferences(Wired):
    """
    How a member likes to be treated, in their own words.

    Attributes:
        communication: How they like to communicate, and when they are best reached.
        acknowledgment: What good acknowledgment is to them.
        feedback: What good criticism is to them.

    .. versionadded:: 0.1
    """

    communication: Prose | None = None
    acknowledgment: Prose | None = None
    feedback: Prose | None = None


@final
@frozen(kw_only=True, repr=False)
class Member(Wired):
    """
    A person, or a software agent, in an alliance or a session.

    Attributes:
        id: What clauses call the member.
        name: What people call the member.
        agent: Whether it is a software agent and no person.
        roles: Names that a host gives to some members: ``facilitator``, ``manager``.
        timezone: Where the member's clock is, by the tz database.
        language: The member's language, where it is not the alliance's.
        joined: The day on which the member came.
        left: The day on which the member went.
        why: Why the member wants this relationship to last.
        accountable_for: What the member answers for.
        stuck_signal: What others notice when the member is stuck.
        prefers: How the member likes to be treated.

    .. versionadded:: 0.1
    """

    id: Id
    name: Label
    agent: bool = False
    roles: Refs = field(default=(), converter=ids)
    timezone: Timezone | None = None
    language: Language | None = None
    joined: date | None = None
    left: date | None = None
    why: Prose | None = None
    accountable_for: Words = field(default=(), converter=ids)
    stuck_signal: Prose | None = None
    prefers: Preferences | None = None

    def with_left(self, day: date) -> Member:
        """Return a copy that has gone on *day*."""
        return evolve(self, left=day)

    def with_roles(self, *roles: str) -> Member:
        """Return a copy with exactly *roles*."""
        return evolve(self, roles=roles)
