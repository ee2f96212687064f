"""The pulse of an alliance: what its members answered to each scale over time, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, final

from attrs import frozen

from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.findings import Finding
from alliancekit.living._change import Change, change_of
from alliancekit.living._points import Point
from alliancekit.living._trend import Trend, trend_of
from alliancekit.model import ScaleAnswer
from alliancekit.values import FrozenMap

__all__ = ["Pulse", "Series"]

_MOST_POINTS: Final = 10  # of any scale; what is not known is taken to be the widest


@final
@frozen(kw_only=True, repr=False)
class Series:
    """
    One scale over time.

    Attributes:
        prompt: What was asked.
        scale: The scale, with the words at its ends; None where no bank was given that has it.
        points: What each pulse says, by date.

    .. versionadded:: 0.1
    """

    prompt: str
    scale: ScaleAnswer | None = None
    points: tuple[Point, ...] = ()

    @property
    def ends(self) -> tuple[int, int | None]:
        """The first and the last point of the scale; None where nobody said it."""
        return 1, self.scale.points if self.scale is not None else None

    @property
    def polarity(self) -> str | None:
        """``positive``, where more is better, or ``negative``; None where nobody said it."""
        return self.scale.polarity if self.scale is not None else None

    @property
    def better(self) -> str | None:
        """Which direction is the good one, ``higher`` or ``lower``; None where nobody said it."""
        return {"positive": "higher", "negative": "lower"}.get(self.polarity or "")

    @property
    def trend(self) -> Trend:
        """Where it has been going."""
        return trend_of(self.points, better=self.better)

    def change(self, first: date | None = None, second: date | None = None) -> Change:
        """
        Return how it moved between two pulses, and how sure that is.

        Args:
            first: The day of one; by default the last that the other can be compared with.
            second: The day of the other; by default the last of which something is shown.

        Raises:
            UnknownNameError: No pulse was taken on that day.
            InvalidValueError: There are fewer than two pulses to compare.
        """
        told = [one for one in self.points if one.is_shown or one.since is not None]
        later = self._on(second) if second is not None else _last(told)
        sooner = self._on(first) if first is not None else self._before(later)
        sooner, later = sorted((sooner, later), key=lambda one: one.date)
        return change_of(sooner, later, points=self.ends[1] or _MOST_POINTS, better=self.better)

    def _before(self, later: Point) -> Point:
        """Return the last pulse that *later* can be compared with, or else the last that is shown."""
        if not later.is_shown and later.since is not None:
            return self._on(later.since)
        shown = [one for one in self.points if one.is_shown and one.date < later.date]
        return _last([one for one in shown if one.kind == later.kind] or shown)

    def _on(self, day: date) -> Point:
        found = [one for one in self.points if one.date == day]
        if not found:
            known = tuple(one.date.isoformat() for one in self.points)
            raise UnknownNameError("pulse", str(day), known)
        return found[-1]

    def records(self) -> list[dict[str, Any]]:
        """Return a plain row for each pulse, for a data frame; the same keys in each, and nobody's name."""
        return [
            {
                "prompt": self.prompt,
                "date": one.date,
                "kind": one.kind,
                "answers": one.answers,
                "mean": one.mean,
                "least": one.least,
                "most": one.most,
                "moved": one.moved,
                "since": one.since,
                "low": self.ends[0],
                "high": self.ends[1],
                "better": self.better,
                "reason": one.reason,
            }
            for one in self.points
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, without what is shared by name."""
        return {
            "prompt": self.prompt,
            "low": self.ends[0],
            "high": self.ends[1],
            "better": self.better,
            "points": [one.to_dict() for one in self.points],
            "trend": self.trend.to_dict(),
        }

    def __str__(self) -> str:
        low, high = self.ends
        scale = f" (from {low} to {high}{f', {self.better} is better' if self.better else ''})" if high else ""
        return "\n".join([f"{self.prompt}{scale}", *(f"  {one}" for one in self.points)])

    def __repr__(self) -> str:
        return f"Series({self.prompt!r}, {len(self.points)} pulses)"


def _last(points: list[Point]) -> Point:
    if not points:
        raise InvalidValueError("change", "second", "needs two pulses that are shown; there are fewer")
    return points[-1]


@final
@frozen(kw_only=True, repr=False)
class Pulse:
    """
    The pulse of an alliance over time.

    Attributes:
        alliance: Its id; None where there was no record.
        fewest: Of how many answers at least a mean is shown.
        series: Each scale, by its prompt, in the order in which they were first asked.
        findings: What is wrong with the records; what is, is left out of the figures.

    .. versionadded:: 0.1
    """

    alliance: str | None
    fewest: int
    series: FrozenMap[Series]
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, prompt: str) -> Series:
        if prompt not in self.series:
            raise UnknownNameError("scale", prompt, tuple(self.series))
        return self.series[prompt]

    def __iter__(self) -> Iterator[str]:
        """Yield the prompts of the scales, as a mapping does."""
        return iter(self.series)

    def __len__(self) -> int:
        return len(self.series)

    def records(self) -> list[dict[str, Any]]:
        """Return a plain row for each scale and pulse, for a data frame; the same keys in each, and nobody's name."""
        return [row for one in self.series.values() for row in one.records()]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, without what is shared by name."""
        return {
            "alliance": self.alliance,
            "fewest": self.fewest,
            "series": [one.to_dict() for one in self.series.values()],
            "findings": [{"rule": one.rule, "message": one.message} for one in self.findings],
        }

    def __str__(self) -> str:
        return "\n".join(map(str, self.series.values()))

    def __repr__(self) -> str:
        return f"Pulse({self.alliance!r}, {', '.join(map(repr, self.series.values()))})"
