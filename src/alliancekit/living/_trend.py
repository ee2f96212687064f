"""Where a scale has been going over all its pulses."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from statistics import median
from typing import Any, Final, Literal, final

from attrs import frozen

from alliancekit.living._chance import UNLIKELY, in_words, kendall
from alliancekit.living._points import Point

__all__ = ["Trend", "trend_of"]

_FEWEST: Final = 5  # four that all rise are one of 24 orders, and fall in another: 8 times in 100
_MOST: Final = 100  # pulses: two years of one every week
_MONTH: Final = 30  # days


@final
@frozen(kw_only=True)
class Trend:
    """
    Where a scale has been going over its pulses.

    Attributes:
        pulses: How many were looked at: those of which a mean is shown, the newest 100 at most.
        slope: By how much the mean moves in 30 days, the median of what any two pulses say; None of fewer than two.
        chance: How often pulses in an order by chance rise or fall as clearly; None of fewer than two.
        verdict: ``clear``, where chance does it at most 5 times in 100; ``unclear``; or ``too-few`` to tell.
        is_better: Whether it goes to the good end; None where it does not go anywhere, or nobody said which end that is.
        words: All this in a sentence.

    .. versionadded:: 0.1
    """

    pulses: int
    slope: float | None = None
    chance: float | None = None
    verdict: Literal["clear", "unclear", "too-few"]
    is_better: bool | None = None
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "pulses": self.pulses,
            "slope": self.slope,
            "chance": self.chance,
            "verdict": self.verdict,
            "is_better": self.is_better,
            "words": self.words,
        }

    def __str__(self) -> str:
        return self.words


def trend_of(points: Iterable[Point], *, better: str | None) -> Trend:
    """
    Return where *points* have been going: the slope of H. Theil (1950) and P. K. Sen (1968), and how sure it is.

    Args:
        points: The pulses in the order of their days. Means of all are looked at; where there is none, those by name.
        better: ``higher`` or ``lower``; None where nobody said it.
    """
    shown = [(one, one.mean) for one in points if one.mean is not None]
    of_all = [pair for pair in shown if pair[0].kind == "mean"]
    told = (of_all or shown)[-_MOST:]
    slopes = [
        (later - sooner) / (two.date - one.date).days * _MONTH
        for (one, sooner), (two, later) in combinations(told, 2)
        if two.date > one.date
    ]
    if not slopes:
        return Trend(pulses=len(told), verdict="too-few", words="too few pulses to tell where it goes")
    slope, chance = round(median(slopes), 2), kendall([mean for _, mean in told])
    is_better = (slope > 0) == (better == "higher") if slope and better else None
    course: dict[str, Any] = {"pulses": len(told), "slope": slope, "chance": chance, "is_better": is_better}
    said = _going(slope, len(told), is_better=is_better)
    if len(told) < _FEWEST:
        return Trend(**course, verdict="too-few", words=f"{said}: too few to tell where it goes")
    if chance > UNLIKELY:
        words = f"{said}: chance alone does that {in_words(chance)}, so it may be nothing"
        return Trend(**course, verdict="unclear", words=words)
    return Trend(**course, verdict="clear", words=f"{said}: chance alone does that {in_words(chance)}")


def _going(slope: float, pulses: int, *, is_better: bool | None) -> str:
    going = f"{'up' if slope > 0 else 'down'} by {abs(slope):g} a month" if slope else "level"
    good = "" if is_better is None else f", which is {'better' if is_better else 'worse'}"
    return f"{going} over {pulses} pulses{good}"
