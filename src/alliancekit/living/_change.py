"""How a scale moved between two pulses, and how sure that is."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal, TypeAlias, final

from attrs import frozen

from alliancekit.living._chance import UNLIKELY, in_words, sign_flip, sign_flip_bounds
from alliancekit.living._points import Point

__all__ = ["Change", "Verdict", "change_of"]

Verdict: TypeAlias = Literal["same", "clear", "unclear", "too-few", "too-little", "unlike", "withheld"]
"""How sure a change is."""

_FEWEST_PAIRS: Final = 6  # of five who all move the same way, chance does it 2 times in 32, which is more than 5 in 100
_TINY: Final = 1e-9


@final
@frozen(kw_only=True, repr=False)
class Change:
    """
    How a scale moved between two pulses, and how sure that is.

    Attributes:
        first: The day of the earlier pulse.
        second: The day of the later one.
        amount: By how much the mean moved; None where the two cannot be compared.
        least: The least by which it moved for those who answered both times; None where nothing is known of them.
        most: The most by which it moved for them.
        people: How many answered both times, as far as the records say it.
        chance: Between which bounds lies how often chance alone does that; None where nothing can be said.
        verdict: ``same``; ``clear``, where chance does it at most 5 times in 100; ``unclear``; ``too-few`` people or
            ``too-little`` change to tell; ``unlike``, where it is about other people; or ``withheld``.
        is_better: Whether it moved to the good end; None where it did not move, or nobody said which end that is.
        words: All this in a sentence.

    .. versionadded:: 0.1
    """

    first: dt.date
    second: dt.date
    amount: float | None = None
    least: float | None = None
    most: float | None = None
    people: int = 0
    chance: tuple[float, float] | None = None
    verdict: Verdict
    is_better: bool | None = None
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "first": self.first.isoformat(),
            "second": self.second.isoformat(),
            "amount": self.amount,
            "least": self.least,
            "most": self.most,
            "people": self.people,
            "chance": list(self.chance) if self.chance else None,
            "verdict": self.verdict,
            "is_better": self.is_better,
            "words": self.words,
        }

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        # Of one person who shares theirs, the amount is an answer; a repr ends up in logs.
        return f"Change({self.first.isoformat()}, {self.second.isoformat()}, {self.verdict})"


def change_of(first: Point, second: Point, *, points: int, better: str | None) -> Change:
    """
    Return how a scale moved from *first* to *second*.

    Args:
        first: The earlier pulse.
        second: The later one.
        points: How many points the scale has.
        better: ``higher`` or ``lower``; None where nobody said it.
    """
    days: dict[str, Any] = {"first": first.date, "second": second.date}
    is_withheld = first.mean is None or second.mean is None
    if is_withheld and (second.moved is None or second.since != first.date):
        return Change(**days, verdict="withheld", words="a mean is withheld, so there is nothing to compare")
    if not is_withheld and first.kind != second.kind:
        words = "the one is of those who shared theirs by name, the other of all: these cannot be compared"
        return Change(**days, verdict="unlike", words=words)
    if is_withheld:
        found = _by_move(second, points)
    else:
        found = _by_name(first, second) if first.kind == "named" else _by_mean(first, second, points)
    amount = found["amount"]
    is_better = (amount > 0) == (better == "higher") if amount and better else None
    words = f"{_moved(amount, is_better=is_better)}{found.pop('whom')}: {_judged(found['verdict'], found['chance'])}"
    return Change(**days, **found, is_better=is_better, words=words)


def _by_name(first: Point, second: Point) -> dict[str, Any]:
    both = [who for who in first.named if who in second.named]
    if not both:
        return _found(None, None, 0, None, whom="nobody shared theirs both times")
    changes = [second.named[who] - first.named[who] for who in both]
    amount, chance = round(sum(changes) / len(both), 2), sign_flip(changes)
    if not any(changes):
        verdict: Verdict = "same"
    elif len(both) < _FEWEST_PAIRS:
        verdict = "too-few"
    else:
        verdict = "clear" if chance <= UNLIKELY else "unclear"
    whom = (
        f", of the {len(both)} who shared theirs both times"
        if len(both) > 1
        else ", of the one who shared it both times"
    )
    return _found(amount, (amount, amount), len(both), (chance, chance), whom=whom, verdict=verdict)


def _by_mean(first: Point, second: Point, points: int) -> dict[str, Any]:
    amount = round((second.mean or 0) - (first.mean or 0), 2)
    if first.answered is None or second.answered is None:
        return _found(amount, None, 0, None, whom="; the records do not say who answered", verdict="unclear")
    both = len(first.answered & second.answered)
    if not both:
        return _found(amount, None, 0, None, whom="; nobody answered both times")
    before, after = _sums(first, both, points), _sums(second, both, points)
    least, most = after[0] - before[1], after[1] - before[0]
    chance = _chance(both, before, after, points)
    low, high = round(least / both, 2), round(most / both, 2)
    if first.answered == second.answered:
        verdict = _verdict(chance, both) if amount else "same"
        return _found(amount, (low, high), both, chance, whom=f", of the same {both} people", verdict=verdict)
    return _found(amount, (low, high), both, chance, whom=_stayed(both, low, high), verdict=_verdict(chance, both))


def _by_move(second: Point, points: int) -> dict[str, Any]:
    """Return the change where only it is known, and not from where to where."""
    moved, people = second.moved or 0.0, second.answers
    off = 0.1 + _TINY  # both means had one decimal
    size = max(0.0, abs(moved) - off) * people, (abs(moved) + off) * people
    chance = sign_flip_bounds(people, much=size, most=points - 1, against=people * (points - 1))
    verdict = _verdict(chance, people) if moved else "same"
    bounds = round(moved - off, 2), round(moved + off, 2)
    return _found(moved, bounds, people, chance, whom=f", of the same {people} people", verdict=verdict)


def _verdict(chance: tuple[float, float], people: int) -> Verdict:
    if chance[0] > UNLIKELY:
        return "too-few" if people < _FEWEST_PAIRS else "too-little"
    return "clear" if chance[1] <= UNLIKELY else "unclear"


def _sums(point: Point, both: int, points: int) -> tuple[float, float]:
    """Return between which bounds the sum of those who answered both times lies: the others said 1 to *points*."""
    others = point.answers - both
    low, high = ((bound or 0) * point.answers for bound in (point.least, point.most))
    return max(both, low - points * others), min(points * both, high - others)


def _chance(both: int, before: tuple[float, float], after: tuple[float, float], points: int) -> tuple[float, float]:
    least, most = after[0] - before[1], after[1] - before[0]
    size = (0.0, max(-least, most)) if least <= 0 <= most else (min(abs(least), abs(most)), max(abs(least), abs(most)))
    falls, rises = min(before[1] - both, points * both - after[0]), min(points * both - before[0], after[1] - both)
    return sign_flip_bounds(both, much=size, most=points - 1, against=falls if least > 0 else rises)


def _found(
    amount: float | None,
    bounds: tuple[float, float] | None,
    people: int,
    chance: tuple[float, float] | None,
    *,
    whom: str,
    verdict: Verdict = "unlike",
) -> dict[str, Any]:
    least, most = bounds if bounds is not None else (None, None)
    return {
        "amount": amount,
        "least": least,
        "most": most,
        "people": people,
        "chance": chance,
        "whom": whom,
        "verdict": verdict,
    }


# In words --------------------------------------------------------------------------------------------------------------


def _moved(amount: float | None, *, is_better: bool | None) -> str:
    if amount is None:
        return ""
    if not amount:
        return "no change"
    word = f"{'up' if amount > 0 else 'down'} by {abs(amount):g}"
    return word if is_better is None else f"{word}, which is {'better' if is_better else 'worse'}"


def _stayed(both: int, low: float, high: float) -> str:
    return f"; of the {both} who answered both times, between {low:+g} and {high:+g}"


def _judged(verdict: Verdict, chance: tuple[float, float] | None) -> str:
    match verdict:
        case "same":
            return "the same as before"
        case "clear" | "unclear" if chance is not None:
            return _likely(verdict, *chance)
        case "unclear":
            return "it may be other people"
        case "too-few" | "too-little":
            return f"{verdict.replace('-', ' ')} to tell from the ups and downs of a day"
        case _:
            return "these cannot be compared"


def _likely(verdict: Verdict, low: float, high: float) -> str:
    if verdict == "clear":
        return f"chance alone does that {in_words(high)}{' at most' if low < high else ''}"
    if low < high:
        return "it may be more than chance, but means alone do not tell"
    return f"chance alone does that {in_words(low)}, so it may be nothing"
