"""The record of one meeting about an alliance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Final, Literal, TypeAlias, final

from attrs import field, frozen

from alliancekit.model._base import (
    ANY_ID,
    BY_ID,
    BY_NAME,
    PER_MEMBER,
    Audience,
    Element,
    Id,
    Members,
    Prose,
    Ref,
    Refs,
    Topic,
)
from alliancekit.model._cadence import Recurrence
from alliancekit.model._clauses import Response, Standing
from alliancekit.shapes import Key, Number, Options, Table, Wired, entries, ids, many, table
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["FEWEST_RESPONDENTS", "Amendment", "CheckIn", "PulseAggregate", "PulseByName", "Reviewed", "mean_of"]

Action: TypeAlias = Annotated[
    Literal["add", "change", "drop"],
    Options(docs={"add": "A new clause.", "change": "Another wording.", "drop": "It no longer holds."}),
]
"""What an amendment does to a clause."""

FEWEST_RESPONDENTS: Final = 3
"""A pulse aggregate of fewer would tell who said what; the default of a host is five."""


@final
@frozen(kw_only=True, repr=False)
class Reviewed(Wired):
    """
    How a commitment stood at a check-in.

    Attributes:
        id: The commitment.
        standing: How it stood.
        note: What was said about it.

    .. versionadded:: 0.1
    """

    id: Ref
    standing: Standing
    note: Prose | None = None


@final
@frozen(kw_only=True, repr=False)
class PulseByName(Wired):
    """
    The answers to a scale of those who share them.

    Attributes:
        named: The answer of each member who shares it.

    .. versionadded:: 0.1
    """

    named: Annotated[FrozenMap[Annotated[int, Number(1, 10)]], PER_MEMBER, Key("named", tag=True)] = field(
        converter=table
    )


@final
@frozen(kw_only=True, repr=False)
class PulseAggregate(Wired):
    """
    The answers to a scale, taken together.

    Attributes:
        answers: How many answered.
        mean: The mean of their answers.

    .. versionadded:: 0.1
    """

    answers: Annotated[int, Number(1, 5000), Key("answers", tag=True)]
    mean: Annotated[float, Number(1, 10, whole=False)]


def mean_of(values: Iterable[float]) -> float:
    """Return the mean, rounded to one decimal; fractions make it the same in whatever order the values come."""
    found = [Fraction(value) for value in values]
    return float(round(sum(found, Fraction(0)) / len(found), 1))


@final
@frozen(kw_only=True, repr=False)
class Amendment(Wired):
    """
    A change to one clause that a check-in agreed.

    Attributes:
        id: The clause.
        action: What happens to it.
        element: Where it stands.
        text: What it says from now on.
        known_by: What it is known by from now on.
        by: Who gives or asks it.
        to: To whom it is given.
        of: Who is asked.
        meets: The expectations that a commitment answers.
        due: The day by which it is done once.
        repeats: The rhythm in which it is done again and again.
        topic: What a ground rule is about.

    .. versionadded:: 0.1
    """

    id: Id
    action: Action
    element: Element
    text: Prose | None = None
    known_by: Prose | None = None
    by: Audience = field(default=(), converter=ids)
    to: Audience = field(default=(), converter=ids)
    of: Audience = field(default=(), converter=ids)
    meets: Refs = field(default=(), converter=ids)
    due: dt.date | None = None
    repeats: Recurrence | None = None
    topic: Topic | None = None


@final
@frozen(kw_only=True, repr=False)
class CheckIn(Wired):
    """
    The record of one meeting about an alliance.

    Attributes:
        alliance: The alliance.
        date: The day of the meeting.
        present: Who was there.
        reviewed: How each commitment stood, by its id.
        pulse: The answers to each scale, by its prompt.
        amendments: What was agreed to change, by clause.
        responses: Answers that all may know and that stand nowhere else, each with who gave it.
        notes: What else was said.
        next: The day of the next meeting.

    .. versionadded:: 0.1
    """

    alliance: Ref
    date: dt.date
    present: Members = field(default=(), converter=ids)
    reviewed: Annotated[FrozenMap[Reviewed], BY_NAME] = field(default=EMPTY, converter=entries)
    pulse: Annotated[FrozenMap[PulseByName | PulseAggregate], Table(key=ANY_ID)] = field(default=EMPTY, converter=table)
    amendments: Annotated[FrozenMap[Amendment], BY_ID] = field(default=EMPTY, converter=entries)
    responses: tuple[Response, ...] = field(default=(), converter=many)
    notes: Prose | None = None
    next: dt.date | None = None
