"""What is said of one agreement: how old it is, how often it was revised, and in what it is neglected."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, final

from attrs import field, frozen

from alliancekit.values import EMPTY, FrozenMap

__all__ = ["AllianceFacts", "AuditedAgreement", "Neglect"]


class Neglect(StrEnum):
    """
    In what an agreement is neglected; the last three are rules of `check` too.

    Attributes:
        one-and-done: It was never revised after the day on which it was made.
        untouched: It was revised, and nobody has come back to it for long.
        review-overdue: The day of its own review has passed, and nobody has agreed since.
        check-in-missed: The check-in after the last one was due, and there is no record of it.
        stale-ratification: Somebody's yes was to something else than what it says now.
    """

    ONE_AND_DONE = "one-and-done"
    UNTOUCHED = "untouched"
    REVIEW_OVERDUE = "review-overdue"
    CHECK_IN_MISSED = "check-in-missed"
    STALE_RATIFICATION = "stale-ratification"


@final
@frozen(kw_only=True)
class AllianceFacts:
    """
    What an alliance says itself about how it is kept alive.

    Attributes:
        id: Its id.
        title: What people call it.
        status: Its own word: draft, active, paused or closed.
        members: How many have not left.
        agreed: How many of them have agreed to what it says now.
        stale: How many have agreed to something else.
        agreed_on: The day of the newest ratification.
        review_due: The first day of its review after that; None where it says none, or nobody has agreed.
        check_ins: How many records of check-ins the repository has.
        last_check_in: The day of the newest.
        next_check_in: The day on which the one after it is due.

    .. versionadded:: 0.1
    """

    id: str
    title: str
    status: str
    members: int
    agreed: int
    stale: int
    agreed_on: date | None = None
    review_due: date | None = None
    check_ins: int = 0
    last_check_in: date | None = None
    next_check_in: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "id": self.id,
            "title": self.title,
            "status": self.status,
            "members": self.members,
            "agreed": self.agreed,
            "stale": self.stale,
            "agreed_on": _day(self.agreed_on),
            "review_due": _day(self.review_due),
            "check_ins": self.check_ins,
            "last_check_in": _day(self.last_check_in),
            "next_check_in": _day(self.next_check_in),
        }


@final
@frozen(kw_only=True)
class AuditedAgreement:
    """
    What is said of one agreement.

    Attributes:
        path: Where it is, from the top of the repository.
        is_alliance: Whether it is an alliance by its name, and not a plain text.
        is_whole: Whether its history is known from the beginning.
        created: The day on which it was made; None where that is not known.
        changed: The last day on which it came to say something else; where nothing else is known, the day on which the
            clone begins, and it may be older.
        age_days: Days since then, at the least where it is not whole.
        revisions: How often it came to say something else after it was made. Merges, renames and white space are none;
            of an alliance only what asks somebody for a new yes is one.
        quarters: How many of them fell into each quarter, ``2026-Q4`` and so on; a quarter without any is left out.
        per_quarter: How many a quarter on average since it was made; None where that day is not known.
        authors: How many people made and revised it.
        names: Who they are; said only where it is asked for.
        neglect: In what it is neglected; empty where it is looked after, or rests.
        alliance: What it says itself; None for a plain text, and for an alliance with errors.

    .. versionadded:: 0.1
    """

    path: str
    is_alliance: bool
    is_whole: bool
    created: date | None
    changed: date | None
    age_days: int
    revisions: int
    quarters: FrozenMap[int] = EMPTY
    per_quarter: float | None = None
    authors: int = 0
    names: tuple[str, ...] = field(default=(), repr=False)
    neglect: tuple[Neglect, ...] = ()
    alliance: AllianceFacts | None = None

    @property
    def is_one_and_done(self) -> bool | None:
        """Whether it was never revised after the day on which it was made; None where that is not known."""
        return (self.changed == self.created) if self.is_whole else None

    @property
    def is_sound(self) -> bool:
        """Whether it could be read as what its name says."""
        return self.alliance is not None or not self.is_alliance

    def to_dict(self, *, names: bool = False) -> dict[str, Any]:
        """
        Return it as plain data.

        Args:
            names: Whether to say who wrote it.
        """
        return {
            "path": self.path,
            "kind": "alliance" if self.is_alliance else "text",
            "is_sound": self.is_sound,
            "is_whole": self.is_whole,
            "created": _day(self.created),
            "changed": _day(self.changed),
            "age_days": self.age_days,
            "revisions": self.revisions,
            "quarters": dict(self.quarters),
            "per_quarter": self.per_quarter,
            "is_one_and_done": self.is_one_and_done,
            "authors": self.authors,
            **({"names": list(self.names)} if names else {}),
            "neglect": [one.value for one in self.neglect],
            "alliance": self.alliance and self.alliance.to_dict(),
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
