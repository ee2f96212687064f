"""What members agree to, and what stands beside it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.model._base import (
    PER_MEMBER,
    Audience,
    Element,
    Id,
    Members,
    Prose,
    Question,
    Ref,
    Refs,
    Topic,
    Visibility,
)
from alliancekit.model._cadence import Recurrence
from alliancekit.shapes import Options, Text, Wired, ids, table
from alliancekit.values import EMPTY, FrozenMap, freeze

__all__ = [
    "Clause",
    "Commitment",
    "Concern",
    "Expectation",
    "GroundRule",
    "Quality",
    "Ratification",
    "Response",
    "Sign",
    "Standing",
    "Unresolved",
    "Value",
    "Waiver",
]

Standing: TypeAlias = Annotated[
    Literal["open", "kept", "broken", "released"],
    Options(
        docs={
            "open": "It holds.",
            "kept": "It was kept, at the last check-in or for good.",
            "broken": "It was not kept.",
            "released": "Those to whom it was given let it go.",
        }
    ),
]
"""How a commitment stands."""

Digest: TypeAlias = Annotated[
    str,
    Text(pattern="^sha256:[0-9a-f]{64}$", rule="wrong-value", expected="sha256: and 64 hexadecimal digits"),
]
"""The digest of what a member agreed to."""


def _frozen(answer: Any) -> Any:
    return freeze(answer)


@frozen(kw_only=True, repr=False)
class Clause(Wired):
    """
    One thing that people agree to.

    Some kinds declare these fields again: a document reads best when who comes before what.

    Attributes:
        id: Unique in the alliance, across its elements.
        text: What is agreed, in the members' own words.
        known_by: The observable evidence: how would we know we had that?
        source_prompts: The prompts that it came from.
    """

    id: Id
    text: Prose
    known_by: Prose | None = None
    source_prompts: Refs = field(default=(), converter=ids)

    def with_text(self, text: str) -> Self:
        """Return a copy that says *text*."""
        return evolve(self, text=text)

    def with_known_by(self, known_by: str) -> Self:
        """Return a copy that is known by *known_by*."""
        return evolve(self, known_by=known_by)


@final
@frozen(kw_only=True, repr=False)
class Quality(Clause):
    """
    A quality that the members want between them.

    .. versionadded:: 0.1
    """


@final
@frozen(kw_only=True, repr=False)
class Value(Clause):
    """
    A value that the members hold.

    .. versionadded:: 0.1
    """


@final
@frozen(kw_only=True, repr=False)
class Sign(Clause):
    """
    A sign that the alliance works.

    .. versionadded:: 0.1
    """


@final
@frozen(kw_only=True, repr=False)
class Expectation(Clause):
    """
    What one member asks of another: a request, until a commitment meets it.

    Attributes:
        by: Who asks.
        of: Who is asked; left out, the other of two, or everyone in a team.
        declined_by: Who said no.

    .. versionadded:: 0.1
    """

    by: Audience = field(converter=ids)
    of: Audience = field(default=(), converter=ids)
    text: Prose
    known_by: Prose | None = None
    declined_by: Members = field(default=(), converter=ids)
    source_prompts: Refs = field(default=(), converter=ids)

    def with_declined_by(self, *members: str) -> Expectation:
        """Return a copy that exactly *members* have declined."""
        return evolve(self, declined_by=members)


@final
@frozen(kw_only=True, repr=False)
class Commitment(Clause):
    """
    What someone gives: by whom, to whom, what, and how everyone will know.

    Attributes:
        by: Who gives it.
        to: To whom; left out, the other of two, or everyone in a team.
        meets: The expectations that it answers.
        due: The day by which it is done once.
        repeats: The rhythm in which it is done again and again.
        standing: How it stands.

    .. versionadded:: 0.1
    """

    by: Audience = field(converter=ids)
    to: Audience = field(default=(), converter=ids)
    text: Prose
    known_by: Prose | None = None
    meets: Refs = field(default=(), converter=ids)
    due: dt.date | None = None
    repeats: Recurrence | None = None
    standing: Standing = "open"
    source_prompts: Refs = field(default=(), converter=ids)

    def with_standing(self, standing: Standing) -> Commitment:
        """Return a copy that stands as *standing*."""
        return evolve(self, standing=standing)


@final
@frozen(kw_only=True, repr=False)
class GroundRule(Clause):
    """
    A rule for all members.

    Attributes:
        topic: What it is about.

    .. versionadded:: 0.1
    """

    topic: Topic = "other"
    text: Prose
    known_by: Prose | None = None
    source_prompts: Refs = field(default=(), converter=ids)


@final
@frozen(kw_only=True, repr=False)
class Concern(Wired):
    """
    A worry or fear about the relationship, or about making the alliance.

    Attributes:
        id: Unique in the alliance.
        by: Whose it is.
        text: What worries them, in their own words.
        visibility: Who may read it; what is private is never in an alliance.
        source_prompts: The prompts that it came from.

    .. versionadded:: 0.1
    """

    id: Id
    by: Audience = field(converter=ids)
    text: Prose
    visibility: Visibility = "members"
    source_prompts: Refs = field(default=(), converter=ids)


@final
@frozen(kw_only=True, repr=False)
class Response(Wired):
    """
    An answer that is kept with the alliance.

    Attributes:
        prompt: What was asked: a prompt, or a follow-up as ``prompt.follow_up``.
        by: Who answered; left out for an answer of all.
        for_: What it was asked about, where it was asked for each of something: a clause, or a member.
        answer: What was answered, in the form that the prompt asks for.
        visibility: Who may read it.

    .. versionadded:: 0.1
    """

    prompt: Question
    by: Ref | None = None
    for_: Ref | None = None
    answer: Any = field(converter=_frozen)  # pyright: ignore[reportUnknownVariableType] - free JSON is Any on purpose
    visibility: Visibility = "members"


@final
@frozen(kw_only=True, repr=False)
class Unresolved(Wired):
    """
    What the members could not agree; it is kept, so that nothing is lost.

    Attributes:
        id: What it would have been called.
        element: Where it would stand.
        text: What was proposed.
        objections: Who objected, and why.

    .. versionadded:: 0.1
    """

    id: Id
    element: Element
    text: Prose
    objections: Annotated[FrozenMap[Prose], PER_MEMBER] = field(default=EMPTY, converter=table)


@final
@frozen(kw_only=True, repr=False)
class Waiver(Wired):
    """
    An exemption that everybody can see: who is not held to what, why, and until when.

    Attributes:
        id: Unique among the waivers.
        clause: What they are not held to.
        members: Who.
        reason: Why.
        until: The last day on which it holds; left out, as long as the alliance.

    .. versionadded:: 0.1
    """

    id: Id
    clause: Ref
    members: Members = field(converter=ids)
    reason: Prose
    until: dt.date | None = None


@final
@frozen(kw_only=True, repr=False)
class Ratification(Wired):
    """
    One member's yes to exactly the content that concerns them.

    It is a record among people who trust each other, and not a signature.

    Attributes:
        id: The member.
        date: The day on which they said it.
        digest: The digest of what they said it to: ``sha256:`` and 64 hexadecimal digits.

    .. versionadded:: 0.1
    """

    id: Ref
    date: dt.date
    digest: Digest
