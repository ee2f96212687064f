"""What has happened: past tense; each fact carries all that a host needs to act on it, and whom it may be told."""

from __future__ import annotations

from typing import TypeAlias, final

from attrs import field, frozen

from alliancekit.values import FrozenMap

__all__ = [
    "AnyFact",
    "Asked",
    "Changed",
    "Erased",
    "Fact",
    "Finished",
    "Joined",
    "Left",
    "Migrated",
    "Passed",
    "Proposed",
    "Ratified",
    "Readied",
    "Refused",
    "Reopened",
    "Responded",
    "Revealed",
    "Revised",
    "Settled",
    "Withdrawn",
]


@frozen(kw_only=True)
class Fact:
    """
    Something that has happened.

    Attributes:
        to: The members who may be told.
    """

    to: tuple[str, ...]


@final
@frozen(kw_only=True)
class Refused(Fact):
    """
    A member's request did not fit, and nothing changed.

    Attributes:
        request: The id of the request.
        reason: Why, in words for that member; it may quote what they answered, so no `repr` shows it.

    .. versionadded:: 0.1
    """

    request: str
    reason: str = field(repr=False)


@final
@frozen(kw_only=True)
class Changed(Fact):
    """
    A member answered a prompt, or took an answer or a pass back.

    Attributes:
        by: The member.
        prompt: The prompt, or ``prompt.follow_up``.
        is_answered: Whether there is an answer now.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    prompt: str
    is_answered: bool
    for_: str | None = None


@final
@frozen(kw_only=True)
class Passed(Fact):
    """
    A member passed on a prompt.

    Attributes:
        by: The member.
        prompt: The prompt.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    prompt: str
    for_: str | None = None


@final
@frozen(kw_only=True)
class Readied(Fact):
    """
    A member said that they are ready with a step.

    Attributes:
        by: The member.
        step: The step.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    for_: str | None = None


@final
@frozen(kw_only=True)
class Withdrawn(Fact):
    """
    A member took back that they were ready with a step, that they had ratified, or what they had begun to revise.

    Attributes:
        by: The member.
        step: The step.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    for_: str | None = None


@final
@frozen(kw_only=True)
class Asked(Fact):
    """
    Steps opened, and somebody has something to do or to read: fetch their view.

    Attributes:
        steps: The steps, in their order.

    .. versionadded:: 0.1
    """

    steps: tuple[str, ...]


@final
@frozen(kw_only=True)
class Revealed(Fact):
    """
    Answers became known to all: fetch the views, which show them.

    Attributes:
        step: The reveal step.
        of: The ask steps.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    step: str
    of: tuple[str, ...]
    for_: str | None = None


@final
@frozen(kw_only=True)
class Revised(Fact):
    """
    A member has revised answers that all had been shown: fetch the views, which show them beside what stood before.

    Attributes:
        by: The member.
        step: The ask step.
        prompts: The prompts and follow-ups of which all are shown something else now.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    prompts: tuple[str, ...]
    for_: str | None = None


@final
@frozen(kw_only=True)
class Reopened(Fact):
    """
    A member went back to a step: of an ask step they alone are told, of an agree step everybody, who is asked again.

    Attributes:
        by: The member.
        step: The step.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    for_: str | None = None


@final
@frozen(kw_only=True)
class Proposed(Fact):
    """
    A clause, or another version of one, was put on the table.

    Attributes:
        by: The member.
        step: The agree step.
        element: The element that it is for.
        clause: Its id.
        version: Which version it is, from 1.
        concerns: Whose word is asked.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    element: str
    clause: str
    version: int
    concerns: tuple[str, ...]


@final
@frozen(kw_only=True)
class Responded(Fact):
    """
    A member gave their word about a proposal.

    Attributes:
        by: The member.
        step: The agree step.
        clause: The id of the clause.
        response: ``accept``, ``stand_aside``, ``object`` or ``decline``.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    clause: str
    response: str


@final
@frozen(kw_only=True)
class Settled(Fact):
    """
    An agree step is done.

    Attributes:
        step: The step.
        adopted: The ids of what the members agree to.
        unresolved: The ids of what they do not.

    .. versionadded:: 0.1
    """

    step: str
    adopted: tuple[str, ...]
    unresolved: tuple[str, ...]


@final
@frozen(kw_only=True)
class Ratified(Fact):
    """
    A member said yes to the content that concerns them.

    Attributes:
        by: The member.
        step: The step.
        digest: The digest of that content.

    .. versionadded:: 0.1
    """

    by: str
    step: str
    digest: str


@final
@frozen(kw_only=True)
class Joined(Fact):
    """
    Somebody came.

    Attributes:
        member: Who.

    .. versionadded:: 0.1
    """

    member: str


@final
@frozen(kw_only=True)
class Left(Fact):
    """
    Somebody went.

    Attributes:
        member: Who.

    .. versionadded:: 0.1
    """

    member: str


@final
@frozen(kw_only=True)
class Erased(Fact):
    """
    A member had an answer of theirs forgotten: save the session in place of the one before, and fetch the views.

    Attributes:
        by: The member.
        prompt: The prompt, or ``prompt.follow_up``.
        for_: Inside a repeat, for which clause or member; None for all of them, and elsewhere.

    .. versionadded:: 0.1
    """

    by: str
    prompt: str
    for_: str | None = None


@final
@frozen(kw_only=True)
class Migrated(Fact):
    """
    The session goes on with another version of its plan: fetch the views.

    Attributes:
        by: Who asked for it.
        flow: The id of the flow.

    .. versionadded:: 0.1
    """

    by: str
    flow: str


@final
@frozen(kw_only=True)
class Finished(Fact):
    """
    Nothing is left to do: save the alliance.

    Attributes:
        status: The status of the alliance.
        ratified: Who has said yes, with the digest.

    .. versionadded:: 0.1
    """

    status: str
    ratified: FrozenMap[str]


AnyFact: TypeAlias = (
    Refused
    | Changed
    | Passed
    | Readied
    | Withdrawn
    | Asked
    | Revealed
    | Revised
    | Reopened
    | Proposed
    | Responded
    | Settled
    | Ratified
    | Joined
    | Left
    | Erased
    | Migrated
    | Finished
)
"""Any fact."""
