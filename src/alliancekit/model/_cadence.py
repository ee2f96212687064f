"""How an alliance gets time and attention."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Final, Literal, TypeAlias, final

from attrs import field, frozen

from alliancekit.model._base import BY_ID, Id, Prose, Timezone
from alliancekit.shapes import Items, Number, Options, Wired, entries, ids
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["REVIEW", "Cadence", "Channel", "Frequency", "Recurrence", "Review", "ScheduledCheckIn", "Weekday"]

_WORKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")

Frequency: TypeAlias = Annotated[
    Literal["daily", "weekly", "monthly", "yearly"],
    Options(
        docs={
            "daily": "Every day, or every few days.",
            "weekly": "Every week, or every few weeks.",
            "monthly": "Every month, or every few months.",
            "yearly": "Every year, or every few years.",
        },
        others={
            **dict.fromkeys(("biweekly", "bi-weekly", "fortnightly"), "write weekly with interval: 2"),
            **dict.fromkeys(("bimonthly", "bi-monthly"), "write monthly with interval: 2"),
            **dict.fromkeys(("quarterly", "quarter"), "write monthly with interval: 3"),
            **dict.fromkeys(("half-yearly", "biannually", "semiannually"), "write monthly with interval: 6"),
            **dict.fromkeys(("annually", "annual"), "write yearly"),
            **dict.fromkeys(("workdays", "weekdays"), f"write weekly with weekdays: [{', '.join(_WORKDAYS)}]"),
        },
    ),
]
"""The unit in which something recurs (RFC 5545, FREQ)."""

Weekday: TypeAlias = Annotated[
    Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    Options(
        docs={
            "monday": "Monday.",
            "tuesday": "Tuesday.",
            "wednesday": "Wednesday.",
            "thursday": "Thursday.",
            "friday": "Friday.",
            "saturday": "Saturday.",
            "sunday": "Sunday.",
        },
        others={
            **dict.fromkeys(("workdays", "weekdays"), f"write {', '.join(_WORKDAYS)}"),
            **{day[:3]: f"write {day}" for day in (*_WORKDAYS, "saturday", "sunday")},
        },
    ),
]
"""A day of the week."""


REVIEW: Final = "review"
"""The clause id of the review of an alliance."""


def _each_once(days: tuple[str, ...]) -> str | None:
    return "names a weekday twice" if len(set(days)) < len(days) else None


@frozen(kw_only=True, repr=False)
class Recurs(Wired):
    """
    Something that comes back, by the calendar on the wall.

    Attributes:
        frequency: The unit in which it comes back.
        interval: Every how many of them, 1 to 999.
        weekdays: On which days of the week; left out, the weekday on which it starts.
        nth: Which of those weekdays in a month: 1 to 5, or ``last``; monthly only.
        day: Which day of the month, 1 to 31; the last one of a shorter month; monthly only.
    """

    frequency: Frequency
    interval: Annotated[int, Number(1, 999)] = 1
    weekdays: Annotated[tuple[Weekday, ...], Items(least=1, check=_each_once)] = field(default=(), converter=ids)
    nth: Annotated[int, Number(1, 5)] | Annotated[Literal["last"], Options(docs={"last": "The last one."})] | None = (
        None
    )
    day: Annotated[int, Number(1, 31)] | None = None


@final
@frozen(kw_only=True, repr=False)
class Recurrence(Recurs):
    """
    The rhythm of something that is done again and again.

    .. versionadded:: 0.1
    """


@frozen(kw_only=True, repr=False)
class Appointment(Recurs):
    """
    Something that recurs at an hour and in a place.

    Attributes:
        starts: The day from which it is counted.
        at: The local time.
        timezone: The zone in which that time is local, by the tz database.
        minutes: How long it takes, 1 to 1440.
        where: The room, or the link.
    """

    starts: date | None = None
    at: time | None = None
    timezone: Timezone | None = None
    minutes: Annotated[int, Number(1, 1440)] | None = None
    where: Prose | None = None


@final
@frozen(kw_only=True, repr=False)
class ScheduledCheckIn(Appointment):
    """
    A check-in that recurs.

    Attributes:
        id: Unique in the alliance.

    .. versionadded:: 0.1
    """

    id: Id


@final
@frozen(kw_only=True, repr=False)
class Review(Appointment):
    """
    When the alliance itself is looked at again.

    .. versionadded:: 0.1
    """

    @property
    def id(self) -> str:
        """What a waiver or an amendment calls it: always ``review``, for there is only one."""
        return REVIEW


@final
@frozen(kw_only=True, repr=False)
class Channel(Wired):
    """
    A way for members to reach each other between check-ins.

    Attributes:
        id: Unique in the alliance.
        purpose: What it is for, in the members' own words.
        hours: When it may be used; left out, at any time.
        reply_within_hours: Hours within which a reply can be counted on, 1 to 720; left out, nothing is promised.

    .. versionadded:: 0.1
    """

    id: Id
    purpose: Prose
    hours: Prose | None = None
    reply_within_hours: Annotated[int, Number(1, 720)] | None = None


@final
@frozen(kw_only=True, repr=False)
class Cadence(Wired):
    """
    How the alliance gets time and attention.

    Attributes:
        check_ins: The meetings about it that recur.
        channels: The ways to reach each other between them.
        review: When it is looked at again as a whole.

    .. versionadded:: 0.1
    """

    check_ins: Annotated[FrozenMap[ScheduledCheckIn], BY_ID] = field(default=EMPTY, converter=entries)
    channels: Annotated[FrozenMap[Channel], BY_ID] = field(default=EMPTY, converter=entries)
    review: Review | None = None
