"""What members ask of a session: imperative, frozen, legal once built; each has one verb as its key on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Annotated, Any, Final, TypeAlias, final

from attrs import field, frozen

from alliancekit.errors import InvalidValueError
from alliancekit.flow._plan import Plan
from alliancekit.limits import SESSION_LIMITS
from alliancekit.model import Digest, Element, Id, Label, Prose, Question, Ref
from alliancekit.shapes import Anything, Items, Key, Wired, ids
from alliancekit.typing import Json
from alliancekit.values import FrozenMap, shorten

__all__ = [
    "Accept",
    "Answer",
    "AnyRequest",
    "Blank",
    "Clear",
    "Decline",
    "Erase",
    "Join",
    "Leave",
    "Migrate",
    "Object",
    "Pass",
    "Propose",
    "Ratify",
    "Reopen",
    "Request",
    "Respond",
    "Reveal",
    "StandAside",
    "Stored",
    "Submit",
    "Withdraw",
]


# A session's file holds a value four levels down: in it, in the list of requests, in one of them.
_DEEPEST: Final = SESSION_LIMITS.depth - 3


def _plain(value: Any) -> Any:
    """Return *value*, frozen; what JSON cannot carry is nobody's answer, but a mistake of the host."""
    if value is None:
        raise InvalidValueError("Request", "value", "must be plain data, as JSON has it, and null is no answer")
    return _carried(value, _DEEPEST)


def _carried(value: Json, left: int) -> Json:
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool or (isinstance(value, float) and isfinite(value)):
        return value  # null inside an answer is plain data; whether it fits, the prompt judges
    if left == 0:
        raise InvalidValueError("Request", "value", f"is nested more than {_DEEPEST} deep")
    if isinstance(value, Mapping):
        return FrozenMap((_key(key), _carried(one, left - 1)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(_carried(one, left - 1) for one in value)
    wrong = shorten(value) if isinstance(value, float) else kind.__name__
    raise InvalidValueError("Request", "value", f"must be plain data, as JSON has it, and {wrong} is none")


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    raise InvalidValueError("Request", "value", f"must have texts for keys, not {shorten(key)}")


@frozen(kw_only=True, repr=False)
class Request(Wired):
    """
    Something that a member wants the session to do.

    Attributes:
        by: The member.
        id: Unique among the requests of the member: a second one with it changes nothing. A script may leave it out.
        at: When it was made; a script may leave it out.
    """

    by: Ref
    id: Label | None = None
    at: datetime | None = None


@final
@frozen(kw_only=True, repr=False)
class Answer(Request):
    """
    Answer a prompt, or one of its follow-ups.

    Attributes:
        prompt: The prompt, or ``prompt.follow_up``.
        value: The answer, in the form that the prompt asks for.
        share: Whether the others may read it, by name: for private prompts, and where the others see figures only.
        for_: The clause or member that it is about, inside a repeat.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("answer", tag=True)]
    value: Annotated[Any, Anything()] = field(converter=_plain)  # pyright: ignore[reportUnknownVariableType] - free JSON is Any on purpose
    share: bool = False
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Clear(Request):
    """
    Take an answer, or a pass, back.

    Attributes:
        prompt: The prompt, or ``prompt.follow_up``.
        for_: The clause or member that it is about, inside a repeat.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("clear", tag=True)]
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Pass(Request):
    """
    Leave a prompt unanswered, which is an answer too.

    Attributes:
        prompt: The prompt.
        reason: Why; it stays private.
        for_: The clause or member that it is about, inside a repeat.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("pass", tag=True)]
    reason: Prose | None = None
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Submit(Request):
    """
    Say that one is ready with a step: with one's answers, or with what one proposes.

    Attributes:
        step: The ask or agree step.
        for_: Inside a repeat, for which clause or member; left out, for each where the step is at the same point.

    .. versionadded:: 0.1
    """

    step: Annotated[Ref, Key("submit", tag=True)]
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Withdraw(Request):
    """
    Take back that one was ready, that one has ratified, or what one has begun to revise.

    Attributes:
        step: The ask, agree or ratify step.
        for_: Inside a repeat, for which clause or member; left out, for each where the step is at the same point.

    .. versionadded:: 0.1
    """

    step: Annotated[Ref, Key("withdraw", tag=True)]
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Reveal(Request):
    """
    Show the answers now.

    Attributes:
        step: The reveal step.
        for_: Inside a repeat, for which clause or member; left out, for each where the step is at the same point.

    .. versionadded:: 0.1
    """

    step: Annotated[Ref, Key("reveal", tag=True)]
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Reopen(Request):
    """
    Go back to a step that was done: revise one's own answers, for all to see, or open a settled table again.

    Attributes:
        step: The ask or agree step.
        for_: Inside a repeat, for which clause or member; left out, for each where the step is at the same point.

    .. versionadded:: 0.1
    """

    step: Annotated[Ref, Key("reopen", tag=True)]
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Propose(Request):
    """
    Put a clause on the table, or another version of one that lies there.

    Attributes:
        element: The element of the alliance that it is for.
        value: The clause, as in an answer; for the intention, its text. A known ``id`` makes it another version.

    .. versionadded:: 0.1
    """

    element: Annotated[Element, Key("propose", tag=True)]
    value: Annotated[Any, Anything()] = field(converter=_plain)  # pyright: ignore[reportUnknownVariableType] - free JSON is Any on purpose


@frozen(kw_only=True, repr=False)
class Respond(Request):
    """
    A member's word about a proposal that concerns them.

    Attributes:
        clause: The clause, or a single-field element like ``intention``.
    """

    clause: Ref


@final
@frozen(kw_only=True, repr=False)
class Accept(Respond):
    """
    Say yes to a proposal.

    Attributes:
        clause: The clause, or a single-field element like ``intention``.

    .. versionadded:: 0.1
    """

    clause: Annotated[Ref, Key("accept", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class StandAside(Respond):
    """
    Let a proposal pass without a yes of one's own.

    Attributes:
        clause: The clause, or a single-field element like ``intention``.

    .. versionadded:: 0.1
    """

    clause: Annotated[Ref, Key("stand_aside", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class Object(Respond):
    """
    Say no to a proposal, and why; the reason is for all, because it is where the next version begins.

    Attributes:
        clause: The clause, or a single-field element like ``intention``.
        reason: What would go wrong with it.

    .. versionadded:: 0.1
    """

    clause: Annotated[Ref, Key("object", tag=True)]
    reason: Prose


@final
@frozen(kw_only=True, repr=False)
class Decline(Respond):
    """
    Say no to an expectation that one is asked to meet: it stays a request, with that no beside it.

    Attributes:
        clause: The expectation.

    .. versionadded:: 0.1
    """

    clause: Annotated[Ref, Key("decline", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class Ratify(Request):
    """
    Say yes to exactly the content that concerns one.

    Attributes:
        step: The ratify step.
        digest: The digest of what the member was shown: when that has changed since, the yes is refused.

    .. versionadded:: 0.1
    """

    step: Annotated[Ref, Key("ratify", tag=True)]
    digest: Digest | None = None


@final
@frozen(kw_only=True, repr=False)
class Join(Request):
    """
    Take somebody in; they answer what is open from now on.

    Attributes:
        member: The id of the one who comes.
        name: What people call them.
        roles: Names that the host gives them.

    .. versionadded:: 0.1
    """

    member: Annotated[Id, Key("join", tag=True)]
    name: Label
    roles: Annotated[tuple[Ref, ...], Items()] = field(default=(), converter=ids)


@final
@frozen(kw_only=True, repr=False)
class Leave(Request):
    """
    Go; nothing waits for one any more.

    Attributes:
        member: The one who goes.

    .. versionadded:: 0.1
    """

    member: Annotated[Ref, Key("leave", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class Erase(Request):
    """
    Have an answer of one's own forgotten: every version of it, and why one passed; also by who has left.

    What its author said in another place stays: a proposal, an objection.

    Attributes:
        prompt: The prompt, or ``prompt.follow_up``.
        for_: Inside a repeat, for which clause or member; left out, for all of them.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("erase", tag=True)]
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Blank(Request):
    """
    What is left in the log of a request that was erased, or that fitted no more when something was; no host sends it.

    It says nothing. It keeps the id, so that a second delivery of what stood there changes nothing.

    Attributes:
        verb: What had been done.
        prompt: The prompt whose one answer for all was erased, so that nobody is waited for to give another; else None.
        for_: The clause or member that it was about, inside a repeat.

    .. versionadded:: 0.1
    """

    verb: Annotated[Label, Key("blank", tag=True)]
    prompt: Question | None = None
    for_: Ref | None = None


@final
@frozen(kw_only=True, repr=False)
class Migrate(Request):
    """
    Go on with another version of the plan.

    Attributes:
        plan: The new plan.

    .. versionadded:: 0.1
    """

    plan: Annotated[Plan, Key("migrate", tag=True)]


AnyRequest: TypeAlias = (
    Answer
    | Clear
    | Pass
    | Submit
    | Withdraw
    | Reveal
    | Reopen
    | Propose
    | Accept
    | StandAside
    | Object
    | Decline
    | Ratify
    | Join
    | Leave
    | Erase
    | Migrate
)
"""Any request; its verb is the key that carries what it is about."""

Stored: TypeAlias = AnyRequest | Blank
"""What stands in the log of a session: a request that was accepted, or what an erasure left of one."""
