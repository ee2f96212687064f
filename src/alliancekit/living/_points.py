"""What one pulse says of one scale, as far as it may be shown."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, TypeAlias, final

from attrs import frozen

from alliancekit.values import EMPTY, FrozenMap

__all__ = ["Point", "PointKind"]

PointKind: TypeAlias = Literal["mean", "named", "withheld"]
"""How a point is shown: the mean of all who answered, that of those who share theirs by name, or not at all."""


@final
@frozen(kw_only=True, repr=False)
class Point:
    """
    What one pulse says of one scale, as far as it may be shown.

    Attributes:
        date: The day.
        kind: ``mean`` of all who answered; ``named``, of those who share theirs by name; or ``withheld``.
        answers: How many answers it is about.
        mean: Their mean; None where it is withheld.
        least: The least that the mean may be: a record rounds it, and an end of the scale, which would tell what each
            said, is shown as near the end.
        most: The most that the mean may be.
        named: The answers that are shared by name.
        reason: Why it is withheld; empty where it is shown.
        moved: How far the mean moved since the same people last answered, also where the mean itself is withheld because
            of who joined or left; None where that is not known, or where it would tell about one or two people.
        since: When the same people last answered.

    .. versionadded:: 0.1
    """

    date: dt.date
    kind: PointKind
    answers: int
    mean: float | None = None
    least: float | None = None
    most: float | None = None
    named: FrozenMap[int] = EMPTY
    reason: str = ""
    moved: float | None = None
    since: dt.date | None = None
    # Who answered, as far as the record says it: for bounds, and shown nowhere.
    answered: frozenset[str] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether there is a mean to show."""
        return self.mean is not None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, without what is shared by name."""
        said = {
            "mean": self.mean,
            "least": self.least,
            "most": self.most,
            "reason": self.reason or None,
            "moved": self.moved,
            "since": self.since.isoformat() if self.since else None,
        }
        shown = {key: value for key, value in said.items() if value is not None}
        return {"date": self.date.isoformat(), "kind": self.kind, "answers": self.answers, **shown}

    def __str__(self) -> str:
        told = "withheld" if self.mean is None else f"{self.mean:g}"
        told = f"{self.date.isoformat()}  {told:<8}  of {self.answers}{' by name' if self.kind == 'named' else ''}"
        moved = f"; for the same people {self.moved:+g} since {self.since}" if self.reason and self.since else ""
        return f"{told}{f': {self.reason}' if self.reason else ''}{moved}"

    def __repr__(self) -> str:
        return f"Point({self.date.isoformat()}, {self.kind}, {self.answers} answers)"
