"""
How often chance alone does what is seen: exact where the answers are known, and bounded where only means are.

Nothing is assumed of how answers are spread. If nothing had changed, each person's change could as well have had the
other sign: that is the test of R. A. Fisher, *The Design of Experiments* (1935), §21.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil, exp, floor
from statistics import NormalDist
from typing import Final

__all__ = ["UNLIKELY", "in_words", "kendall", "sign_flip", "sign_flip_bounds"]

UNLIKELY: Final = 0.05
"""What chance does so seldom, or less often, is taken for a change."""

_MOST_EXACT: Final = 100  # pairs of answers; of more, the exact count says the same as the normal curve


def sign_flip(changes: Iterable[int]) -> float:
    """Return how often changes of these sizes, each with a sign by chance, come to as much in either direction."""
    moved = [one for one in changes if one]
    found, much = [abs(one) for one in moved], abs(sum(moved))
    if not much:
        return 1.0
    if len(found) > _MOST_EXACT:
        deviation = sum(one * one for one in found) ** 0.5
        return min(1.0, 2 * NormalDist().cdf(-(much - 1) / deviation))  # sums are two apart: half of that is one
    ways: Counter[int] = Counter({0: 1})
    for one in found:
        after: Counter[int] = Counter()
        for total, count in ways.items():
            after[total + one] += count
            after[total - one] += count
        ways = after
    return sum(count for total, count in ways.items() if abs(total) >= much) / (1 << len(found))


def sign_flip_bounds(people: int, *, much: tuple[float, float], most: int, against: float) -> tuple[float, float]:
    """
    Return between which bounds `sign_flip` lies, where only sums are known.

    Below: whatever the changes are, if their sum is *d*, chance does it at least ``2 ** (1 - d)`` times: they fall into
    *d* parts of sum one, of which each is held back by half of the signs, and these hold together at least as often as
    if they were independent (T. E. Harris, 1960). And all signs are alike ``2 ** (1 - people)`` times.
    Above: ``2 exp(-d² / 2Q)``, where *Q* is the sum of the squares (W. Hoeffding, 1963); no change is over *most*, so
    *Q* is at most *most* times all that was moved.

    Args:
        people: How many answered both times.
        much: Between which bounds the sum of their changes lies, in size.
        most: The largest change that one person can make.
        against: The most that was moved the other way.
    """
    least, greatest = ceil(much[0] - 1e-9), floor(much[1] + 1e-9)
    if greatest < 1:
        return 1.0, 1.0
    low = 0.5 ** (min(people, greatest) - 1)
    if least < 1:
        return low, 1.0
    squares = min(people * most * most, most * (least + 2 * against))
    return low, max(low, min(1.0, 2 * exp(-least * least / (2 * squares))))


def kendall(values: Sequence[float]) -> float:
    """
    Return how often these values in an order by chance rise, or fall, as clearly as they do in theirs.

    It is H. B. Mann's test, *Nonparametric tests against trend* (1945), counted exactly, with ties: how many orders have
    so many falls is a coefficient of the Gaussian multinomial.
    """
    pairs = [(one, other) for place, one in enumerate(values) for other in values[place + 1 :]]
    rises, falls = sum(one < other for one, other in pairs), sum(one > other for one, other in pairs)
    ways = _falls(Counter(values).values(), len(values))
    few = min(rises, falls)
    counted = sum(ways[: few + 1])
    return min(1.0, 2 * counted / sum(ways))


def _falls(alike: Iterable[int], total: int) -> list[int]:
    """Return of how many orders there are no falls, one, two, … where some of the values are *alike*."""
    degree = total * (total - 1) // 2
    ways = [1] + [0] * degree
    for size in range(1, total + 1):  # times 1 - q^size
        for place in range(degree, size - 1, -1):
            ways[place] -= ways[place - size]
    for count in alike:
        for size in range(1, count + 1):  # divided by 1 - q^size
            for place in range(size, degree + 1):
                ways[place] += ways[place - size]
    return ways


def in_words(chance: float) -> str:
    """Return how often that is, as people say it."""
    if chance >= 0.995:
        return "nearly always"
    times = round(100 * chance)
    if times < 1:
        return "less than once in 100 times"
    return "once in 100 times" if times == 1 else f"{times} times in 100"
