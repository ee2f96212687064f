"""
The answers to a question, as far as the tests of a flow tell them apart.

A test compares an answer with constants of the flow, so the infinitely many answers fall into finitely many cells, and
one answer stands for each. A set of them is the bits of a number: the lowest is for no answer at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, combinations, pairwise
from typing import Any, Final, final

from alliancekit.flow._conditions import Subject, passes
from alliancekit.model import (
    AnswerKind,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    NumberAnswer,
    ScaleAnswer,
    YesNoAnswer,
)
from alliancekit.typing import Json

__all__ = ["NOTHING", "Domain", "domain_of"]

NOTHING: Final = 1
"""No answer, as a set."""

# 2 to the power of these are the sets of options that can be told apart.
_MOST_OPTIONS: Final = 8
_FURTHEST: Final = 2.0**53


@final
class Domain:
    """
    The answers that stand for all.

    Args:
        values: The answers.
    """

    def __init__(self, values: Iterable[Json]) -> None:
        self.values = tuple(values)
        self.answered = (1 << (len(self.values) + 1)) - 2
        self.whole = self.answered | NOTHING

    def mask(self, subject: Subject) -> int:
        """Return the answers that pass the tests of *subject*."""
        return sum(1 << (index + 1) for index, value in enumerate(self.values) if passes(subject, value))

    def first(self, mask: int) -> Json:
        """Return the first answer in a set; None where it holds none."""
        return next((value for index, value in enumerate(self.values) if mask >> (index + 1) & 1), None)


def domain_of(answer: AnswerKind | None, constants: Iterable[object]) -> Domain | None:
    """Return the domain of an answer, None for a follow-up's, that is compared with *constants*; None if it is too large."""
    match answer:
        case ChoicesAnswer():
            return _choices(answer, constants)
        case ChoiceAnswer():
            return Domain(answer.options)
        case YesNoAnswer():
            return Domain((True, False))
        case ScaleAnswer():
            return Domain(range(1, answer.points + 1))
        case NumberAnswer():
            return Domain(_numbers(answer, constants))
        case DateAnswer():
            return Domain(_days(constants))
        case ClausesAnswer():
            return Domain(("…",))
        case _:
            return Domain(_texts(constants))


def _choices(answer: ChoicesAnswer, constants: Iterable[object]) -> Domain | None:
    tested = [one for one in answer.options if one in set(constants)]
    rest = [one for one in answer.options if one not in tested][:1]
    if len(tested) > _MOST_OPTIONS:
        return None
    sets = chain.from_iterable(combinations(tested, size) for size in range(len(tested) + 1))
    return Domain(chosen for one in sets if (chosen := (*one, *rest)))


def _numbers(answer: NumberAnswer, constants: Iterable[object]) -> Iterator[float]:
    least = answer.least if answer.least is not None else -_FURTHEST
    most = answer.most if answer.most is not None else _FURTHEST
    given = {_tidy(one) for one in constants if isinstance(one, int | float) and least <= one <= most}
    points = sorted({_tidy(least), _tidy(most), *given})
    yield from points
    for low, high in pairwise(points):
        whole = low // 1 + 1
        middle = whole if low < whole < high else low + (high - low) / 2
        if low < middle < high:
            yield _tidy(middle)


def _tidy(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _days(constants: Iterable[object]) -> Iterator[str]:
    days: set[date] = {date(2026, 11, 2)}
    for one in constants:
        try:
            day = date.fromisoformat(str(one))
        except ValueError:
            continue
        days.add(day)
        days.update(day + timedelta(days=by) for by in (-1, 1) if date.min < day < date.max)
    return (day.isoformat() for day in sorted(days))


def _texts(constants: Iterable[object]) -> Iterator[Any]:
    named = dict.fromkeys(one for one in constants if isinstance(one, str) and one.strip())
    other = "Something."
    while other in named:
        other += "."
    yield other
    yield from named
