"""
What several means tell together of one person.

A mean that is safe alone may not be safe beside another: of five people in November and of the same five and Noor in
December, the difference is Noor, as long as the others answered as before. So answers are held to be the same at each
pulse, which is the worst that can be, and a mean is the sum over a *crowd*. Whoever has all means can add and subtract
them: what they can learn is the row space of the crowds. It must hold nothing that hangs on fewer than three people, for
of two each knows the other. Who ever shared an answer by name is known, and counts for nothing there.

How far the same people moved is told of a withheld mean too. It tells nothing while everybody answers the same; so there
the worst is that all do but once, between two pulses. What is known of that one time hangs on the crowds of which it is
told, and on what follows from the means before it and from those after it alike.

The idea is that of auditing queries to statistical databases: F. Chin and G. Özsoyoğlu, *Auditing and inference control
in statistical databases*, IEEE Transactions on Software Engineering 8 (1982).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias, final

from attrs import evolve, frozen

from alliancekit.model import FEWEST_RESPONDENTS

__all__ = ["Told"]

_Row: TypeAlias = Mapping[str, Fraction]

_ONE: Final = Fraction(1)


@final
@frozen(kw_only=True)
class Told:
    """
    What was told of the answers to one scale, up to a day; it holds who answered, and nobody's answer.

    Attributes:
        crowds: The people of each mean that was shown, where they are known.
        counts: How many they were, where no more is known.
        named: Who has shared an answer by name.
        rows: What follows from the crowds without those who are named: one row for each first person (the reduced
            echelon form), which no other row has.
    """

    crowds: frozenset[frozenset[str]] = frozenset()
    counts: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()
    rows: tuple[tuple[str, _Row], ...] = ()

    def with_names(self, names: Iterable[str]) -> Told:
        """Return what is told when the answers of *names* are shown too."""
        named = self.named | frozenset(names)
        if named == self.named:
            return self
        found: tuple[tuple[str, _Row], ...] = ()
        for _, row in self.rows:
            found = _with_row(found, {who: part for who, part in row.items() if who not in named})
        return evolve(self, named=named, rows=found)

    def with_mean(self, crowd: frozenset[str] | None, count: int) -> Told:
        """Return what is told when the mean of *crowd* is shown too, or of *count* people of whom no more is known."""
        if crowd is None:
            return evolve(self, counts=self.counts | {count})
        if crowd in self.crowds:
            return self
        row = dict.fromkeys(sorted(crowd - self.named), _ONE)
        return evolve(self, crowds=self.crowds | {crowd}, rows=_with_row(self.rows, row))

    @property
    def is_independent(self) -> bool:
        """Whether none of the crowds follows from the others."""
        return len(self.rows) == len(self.crowds)

    @property
    def is_of_few(self) -> bool:
        """Whether some of it hangs on fewer than three people."""
        return self._is_near() or _is_short(self.rows)

    def _is_near(self) -> bool:
        """Return whether crowds of which only numbers are known may differ by fewer than three people."""
        if any(count - len(self.named) < FEWEST_RESPONDENTS for count in self.counts):
            return True
        sizes = {len(crowd) for crowd in self.crowds} | self.counts
        # Of two sizes that are near each other, any between them are nearer still.
        near = [(one, other) for one, other in pairwise(sorted(sizes)) if other - one < FEWEST_RESPONDENTS]
        return any(one in self.counts or other in self.counts for one, other in near)


def _with_row(rows: tuple[tuple[str, _Row], ...], row: _Row) -> tuple[tuple[str, _Row], ...]:
    """Return the reduced echelon form of *rows* and *row*."""
    for first, other in rows:
        row = _less(row, other, row.get(first))
    if not row:
        return rows
    first = min(row)
    row = {who: part / row[first] for who, part in row.items()}
    return (*((one, _less(other, row, other.get(first))) for one, other in rows), (first, row))


def _less(row: _Row, other: _Row, times: Fraction | None) -> _Row:
    if times is None:
        return row
    found = dict(row)
    for who, part in other.items():
        found[who] = found.get(who, Fraction(0)) - times * part
    return {who: part for who, part in found.items() if part}


def _is_short(rows: tuple[tuple[str, _Row], ...]) -> bool:
    """
    Return whether a combination of *rows* hangs on one person or two.

    Each row has a first person whom no other row has, so such a combination is of two rows at most; and of two, it has
    their first people and nobody else, so that the rest of the one is a multiple of the rest of the other.
    """
    seen: set[frozenset[tuple[str, Fraction]]] = set()
    for first, row in rows:
        rest = {who: part for who, part in row.items() if who != first}
        if len(row) < FEWEST_RESPONDENTS or (alike := _scaled(rest)) in seen:
            return True
        seen.add(alike)
    return False


def _scaled(row: _Row) -> frozenset[tuple[str, Fraction]]:
    return frozenset((who, part / row[min(row)]) for who, part in row.items())
