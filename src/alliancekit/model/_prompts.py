"""Guiding questions, and what their answers look like."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.model._base import NEW_ID, Id, Label, Prose, Words
from alliancekit.shapes import Items, Number, Options, Table, Wired, ids, many, table
from alliancekit.values import EMPTY, FrozenMap

__all__ = [
    "AnswerKind",
    "ChoiceAnswer",
    "ChoicesAnswer",
    "ClausesAnswer",
    "DateAnswer",
    "FollowUp",
    "NumberAnswer",
    "Prompt",
    "ScaleAnswer",
    "TextAnswer",
    "YesNoAnswer",
]

Informs: TypeAlias = Annotated[
    Literal[
        "intention",
        "atmosphere",
        "values",
        "success",
        "expectations",
        "commitments",
        "concerns",
        "ground_rules.conflict",
        "ground_rules.challenge",
        "ground_rules.decisions",
        "ground_rules.communication",
        "ground_rules.meetings",
        "ground_rules.repair",
        "ground_rules.leaving",
        "ground_rules.other",
        "members.why",
        "members.accountable_for",
        "members.stuck_signal",
        "members.prefers.communication",
        "members.prefers.acknowledgment",
        "members.prefers.feedback",
        "cadence.check_ins",
        "cadence.channels",
        "cadence.review",
        "pulse",
    ],
    Options(
        docs={
            "intention": "What the alliance is for.",
            "atmosphere": "The qualities that the members want.",
            "values": "The values that they hold.",
            "success": "The signs that it works.",
            "expectations": "What members ask of each other.",
            "commitments": "What members give each other.",
            "concerns": "What worries members.",
            "ground_rules.conflict": "A rule for when the members clash.",
            "ground_rules.challenge": "A rule for how anyone may challenge anyone.",
            "ground_rules.decisions": "A rule for how the members decide.",
            "ground_rules.communication": "A rule for how they talk and write.",
            "ground_rules.meetings": "A rule for how they meet.",
            "ground_rules.repair": "A rule for when an agreement was not kept.",
            "ground_rules.leaving": "A rule for how somebody leaves.",
            "ground_rules.other": "A rule for anything else.",
            "members.why": "Why a member wants the relationship to last.",
            "members.accountable_for": "What a member answers for.",
            "members.stuck_signal": "What others notice when a member is stuck.",
            "members.prefers.communication": "How a member likes to communicate.",
            "members.prefers.acknowledgment": "How a member likes to be acknowledged.",
            "members.prefers.feedback": "How a member likes to be criticised.",
            "cadence.check_ins": "The meetings about the alliance.",
            "cadence.channels": "The ways to reach each other between them.",
            "cadence.review": "When the alliance is looked at again.",
            "pulse": "How the members are doing, on a scale.",
        }
    ),
]
"""What an answer goes into."""

Scope: TypeAlias = Annotated[
    Literal["each", "shared"],
    Options(docs={"each": "Every member gives an answer.", "shared": "There is one answer for all."}),
]
"""How many answers a prompt has."""

PromptVisibility: TypeAlias = Annotated[
    Literal["members", "private"],
    Options(
        docs={
            "members": "The members read it once it is revealed.",
            "private": "Its author decides, when answering, whether to share it.",
        }
    ),
]
"""Who may read the answers to a prompt."""

Polarity: TypeAlias = Annotated[
    Literal["positive", "negative"],
    Options(docs={"positive": "More is better.", "negative": "Less is better."}),
]
"""Which end of a scale is the good one."""

OPTIONS = Table(key=NEW_ID)


@final
@frozen(kw_only=True, repr=False)
class TextAnswer(Wired):
    """
    The answer is a text.

    Attributes:
        kind: Always ``text``.

    .. versionadded:: 0.1
    """

    kind: Literal["text"] = "text"


@final
@frozen(kw_only=True, repr=False)
class ChoiceAnswer(Wired):
    """
    The answer is one of several options.

    Attributes:
        kind: Always ``choice``.
        options: The options: the id of each with what people read.
        note: Whether free text may be added.

    .. versionadded:: 0.1
    """

    kind: Literal["choice"] = "choice"
    options: Annotated[FrozenMap[Label], OPTIONS] = field(default=EMPTY, converter=table)
    note: bool = False


@final
@frozen(kw_only=True, repr=False)
class ChoicesAnswer(Wired):
    """
    The answer is some of several options.

    Attributes:
        kind: Always ``choices``.
        options: The options: the id of each with what people read.
        note: Whether free text may be added.

    .. versionadded:: 0.1
    """

    kind: Literal["choices"] = "choices"
    options: Annotated[FrozenMap[Label], OPTIONS] = field(default=EMPTY, converter=table)
    note: bool = False


@final
@frozen(kw_only=True, repr=False)
class ScaleAnswer(Wired):
    """
    The answer is a point on a scale, counted from 1.

    Attributes:
        kind: Always ``scale``.
        points: How many points it has, 2 to 10.
        low: What the first point means.
        high: What the last point means.
        polarity: Which end is the good one.

    .. versionadded:: 0.1
    """

    kind: Literal["scale"] = "scale"
    points: Annotated[int, Number(2, 10)] = 5
    low: Label | None = None
    high: Label | None = None
    polarity: Polarity | None = None


@final
@frozen(kw_only=True, repr=False)
class YesNoAnswer(Wired):
    """
    The answer is yes or no.

    Attributes:
        kind: Always ``yes-no``.

    .. versionadded:: 0.1
    """

    kind: Literal["yes-no"] = "yes-no"


@final
@frozen(kw_only=True, repr=False)
class NumberAnswer(Wired):
    """
    The answer is a number.

    Attributes:
        kind: Always ``number``.
        least: The least that it may be.
        most: The most that it may be.
        unit: What is counted.

    .. versionadded:: 0.1
    """

    kind: Literal["number"] = "number"
    least: float | None = None
    most: float | None = None
    unit: Label | None = None


@final
@frozen(kw_only=True, repr=False)
class DateAnswer(Wired):
    """
    The answer is a day.

    Attributes:
        kind: Always ``date``.

    .. versionadded:: 0.1
    """

    kind: Literal["date"] = "date"


@final
@frozen(kw_only=True, repr=False)
class ClausesAnswer(Wired):
    """
    The answer is a list of clauses for what the prompt informs.

    Attributes:
        kind: Always ``clauses``.
        evidence: Whether each clause must say what it is known by.

    .. versionadded:: 0.1
    """

    kind: Literal["clauses"] = "clauses"
    evidence: bool = False


AnswerKind: TypeAlias = (
    TextAnswer | ChoiceAnswer | ChoicesAnswer | ScaleAnswer | YesNoAnswer | NumberAnswer | DateAnswer | ClausesAnswer
)
"""What an answer looks like."""


@final
@frozen(kw_only=True, repr=False)
class FollowUp(Wired):
    """
    A second question to somebody who has just answered the first; its answer is an optional text.

    Attributes:
        id: Unique in its prompt.
        text: The question.

    .. versionadded:: 0.1
    """

    id: Id
    text: Prose


@final
@frozen(kw_only=True, repr=False)
class Prompt(Wired):
    """
    A guiding question.

    Attributes:
        id: Unique in its bank.
        text: The question, as it is put to a member.
        why: What asking it is good for.
        scope: How many answers it has.
        visibility: Who may read the answers.
        answer: What an answer looks like.
        informs: The elements of the alliance that an answer goes into; empty when it is for talking only.
        follow_ups: Questions that may follow the answer, in their order.
        tags: Words to find it by.

    .. versionadded:: 0.1
    """

    id: Id
    text: Prose
    why: Prose | None = None
    scope: Scope = "each"
    visibility: PromptVisibility = "members"
    answer: AnswerKind = field(factory=TextAnswer)
    informs: Annotated[tuple[Informs, ...], Items()] = field(default=(), converter=ids)
    follow_ups: tuple[FollowUp, ...] = field(default=(), converter=many)
    tags: Words = field(default=(), converter=ids)

    def with_text(self, text: str) -> Prompt:
        """Return a copy that asks *text*."""
        return evolve(self, text=text)
