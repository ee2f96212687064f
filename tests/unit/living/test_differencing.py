"""
Attacks by adding and subtracting what is shown.

The attacker knows who answered each time, and supposes that everybody always answers the same: the worst that can be.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from random import Random

import pytest

from alliancekit.living import Point
from alliancekit.living._crowds import Told
from tests.unit.living.pulses import kinds, people, points, record

Column = tuple[int, ...]


@cache
def rank(columns: frozenset[Column]) -> int:
    """Return how many independent things the crowds with these columns tell."""
    rows = [[Fraction(one) for one in row] for row in zip(*sorted(columns), strict=True)]
    found = 0
    for place in range(len(columns)):
        pivot = next((row for row in rows[found:] if row[place]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for other in rows[found + 1 :]:
            times = other[place] / pivot[place]
            other[:] = [one - times * part for one, part in zip(other, pivot, strict=True)]
        found += 1
    return found


def tells_of_few(crowds: list[frozenset[str]], known: frozenset[str] = frozenset()) -> bool:
    """Return whether a sum or difference of these crowds hangs on one person or two who are not *known*."""
    everybody = sorted(frozenset().union(*crowds) - known)
    columns = {who: tuple(int(who in crowd) for crowd in crowds) for who in everybody}
    whole = rank(frozenset(columns.values()))
    return any(
        rank(frozenset(column for who, column in columns.items() if who not in few)) < whole
        for size in (1, 2)
        for few in combinations(everybody, size)
    )


def groups(pulses: int, most: int) -> Iterator[tuple[frozenset[str], ...]]:
    """Yield the crowds of so many pulses of *most* people at most, one case of all that are alike but for the names."""
    kinds_of_people = list(product((0, 1), repeat=pulses))[1:]
    for sizes in sizes_of(len(kinds_of_people), most):
        column = [kind for kind, size in zip(kinds_of_people, sizes, strict=True) for _ in range(size)]
        yield tuple(
            frozenset(who for who, kind in zip(people(len(column)), column, strict=True) if kind[place])
            for place in range(pulses)
        )


def sizes_of(parts: int, most: int) -> Iterator[tuple[int, ...]]:
    if not parts:
        yield ()
        return
    for size in range(most + 1):
        for rest in sizes_of(parts - 1, most - size):
            yield (size, *rest)


@pytest.mark.parametrize(("pulses", "most"), [(2, 8), (3, 8)])
def test_every_small_group(pulses: int, most: int) -> None:
    """However up to eight people join, leave or stay away, a mean is withheld exactly where it would tell of few."""
    seen = {"mean": 0, "withheld": 0}
    for crowds in groups(pulses, most):
        if min(map(len, crowds)) < 3:
            continue
        told: list[frozenset[str]] = []
        shown = kinds(*(record(place, 3.0, sorted(crowd)) for place, crowd in enumerate(crowds)))
        for crowd, kind in zip(crowds, shown, strict=True):
            assert (kind == "withheld") is tells_of_few([*told, crowd]), crowds
            told += [crowd] if kind == "mean" else []
            seen[kind] += 1
        assert not tells_of_few(told), crowds
    assert min(seen.values()) > 20


def test_a_third_that_is_the_sum_of_two() -> None:
    """A mean of all who answered before and one more is withheld, though it differs from each by four people."""
    one, two = people(3), people(3, first=3)
    assert kinds(record(0, 3.0, one), record(1, 3.0, two), record(2, 3.0, people(7))) == ["mean", "mean", "withheld"]


@pytest.mark.parametrize("crowd", range(3, 9))
def test_names_that_uncover_the_others(crowd: int) -> None:
    """Names that would leave one or two of an earlier mean are withheld; any others are shown."""
    for inside, outside in product(range(crowd + 1), range(9 - crowd)):
        if not inside + outside:
            continue
        named = dict.fromkeys((*people(inside), *people(outside, first=crowd)), 4)
        expected = "withheld" if 0 < crowd - inside < 3 else "named"
        assert kinds(record(0, 3.0, people(crowd)), record(1, named)) == ["mean", expected]


def test_names_between_two_means() -> None:
    """Of a mean, then names, then a mean, what is shown never tells about one or two who shared nothing."""
    for first, second in groups(2, 8):
        if min(len(first), len(second)) < 3:
            continue
        for size in range(1, 5):
            named = frozenset(sorted(first)[:size])
            shown = kinds(
                record(0, 3.0, sorted(first)), record(1, dict.fromkeys(named, 4)), record(2, 3.0, sorted(second))
            )
            told = [crowd for crowd, kind in zip((first, second), shown[::2], strict=True) if kind == "mean"]
            assert not tells_of_few(told, named if shown[1] == "named" else frozenset())


def test_somebody_in_the_middle_is_never_sure() -> None:
    """Where all answered the middle of three points, each may have answered something else, for all that is shown."""
    for first, second in groups(2, 6):
        if min(len(first), len(second)) < 3:
            continue
        shown = kinds(record(0, 2.0, sorted(first)), record(1, 2.0, sorted(second)))
        told = [crowd for crowd, kind in zip((first, second), shown, strict=True) if kind == "mean"]
        everybody = sorted(first | second)
        possible: dict[str, set[int]] = {who: set() for who in everybody}
        for answers in product((1, 2, 3), repeat=len(everybody)):
            said = dict(zip(everybody, answers, strict=True))
            if all(sum(said[who] for who in crowd) == 2 * len(crowd) for crowd in told):
                for who in everybody:
                    possible[who].add(said[who])
        assert all(len(found) > 1 for found in possible.values()), (first, second)


@pytest.mark.parametrize("most", [5])
@pytest.mark.parametrize("count", range(3, 9))
def test_the_ends_of_a_scale(count: int, most: int) -> None:
    """No mean that is shown can only come of all having answered the same."""
    shown: dict[tuple[float | None, ...], set[int]] = {}
    for total in range(count, count * most + 1):
        (one,) = points(record(0, round(total / count, 1), people(count)))
        assert one.least is not None
        assert one.most is not None
        assert one.least * count - 1e-6 <= total <= one.most * count + 1e-6
        shown.setdefault((one.mean, one.least, one.most), set()).add(total)
    assert all(len(totals) > 1 for totals in shown.values() if totals & {count, count * most})


def test_how_it_moved_tells_nothing_of_a_level() -> None:
    """How far the same people moved is told of a withheld mean by the records alone, also near the ends of the scale."""
    before = record(0, 4.0, people(5))
    (_, _, high) = points(before, record(1, 4.0, people(6)), record(2, 5.0, people(6)))
    (_, _, low) = points(before, record(1, 3.0, people(6)), record(2, 4.0, people(6)))
    assert (high.mean, high.moved, high.since) == (None, 1.0, before.date.replace(day=16))
    assert high == low


def test_moves_that_differ_by_one() -> None:
    """Of six who moved, and of these and Pia who moved in the same weeks, the difference is Pia: one of them is told."""
    five, six, seven = (people(count) for count in (5, 6, 7))
    shown = points(
        record(0, 3.0, five), record(1, 3.0, six), record(2, 3.3, seven), record(3, 3.0, six), record(4, 2.7, seven)
    )
    assert [one.moved for one in shown] == [None, None, None, 0.0, None]


def test_a_mean_beside_a_move() -> None:
    """After it was told how six moved, a mean of five of them from before and after is how the sixth did."""
    five, six = people(5), people(6)
    before = [record(0, 3.0, five), record(1, 2.7, six), record(2, 3.3, six)]
    assert [one.moved for one in points(*before)] == [None, None, 0.6]
    assert kinds(*before, record(3, 3.0, five))[-1] == "withheld"
    assert kinds(*before, record(3, 3.0, people(9)))[-1] == "mean"
    assert kinds(*before, record(3, 3.0, answers=5))[-1] == "withheld"
    assert kinds(*before, record(3, dict.fromkeys(five, 3)))[-1] == "withheld"


def moves_tell_of_few(shown: tuple[Point, ...]) -> bool:
    """Return whether what is *shown* tells about one person or two, were the answers the same but for one time."""
    everybody = sorted(frozenset().union(*(one.answered or () for one in shown)))
    return any(
        rank(frozenset(column for who in everybody if who not in few for column in columns[who])) < whole
        for split in [one.date for one in shown[1:]]
        for columns in [{who: columns_of(who, shown, split) for who in everybody}]
        for whole in [rank(frozenset(column for who in everybody for column in columns[who]))]
        for size in (1, 2)
        for few in combinations(everybody, size)
    )


def columns_of(who: str, shown: tuple[Point, ...], split: date) -> list[Column]:
    """Return what each that is shown has to do with somebody's answer before *split*, and with that after it."""
    halves = ((False, -1), (True, 1))
    return [tuple(part(who, one, split, is_later=is_later, sign=sign) for one in shown) for is_later, sign in halves]


def part(who: str, one: Point, split: date, *, is_later: bool, sign: int) -> int:
    if one.answered is None or who not in one.answered:
        return 0
    if one.mean is not None:
        return int(is_later is (one.date >= split))
    return sign if one.since is not None and one.since < split <= one.date else 0


@pytest.mark.parametrize("seed", range(60))
def test_answers_that_changed_once(seed: int) -> None:
    """Whoever comes and goes, no sum or difference of means and of moves tells about one or two who changed their mind."""
    chance = Random(seed)
    crowds = [people(chance.randint(3, 5)) + people(chance.randint(0, 3), first=5) for _ in range(3)]
    records = [record(place, 3.0, chance.choice(crowds)) for place in range(8)]
    shown = points(*records)
    assert not moves_tell_of_few(shown)


def test_from_end_to_end() -> None:
    """Where all must have gone from one end of the scale to the other, less than that is told."""
    shown = {
        points(record(0, 3.0, people(5)), record(1, 1.0, people(6)), record(2, mean, people(6)))[2].moved
        for mean in (4.7, 4.8, 5.0)
    }
    assert shown == {3.6}


class TestNumbersOnly:
    """Records that do not say who answered."""

    @pytest.mark.parametrize(("second", "expected"), [(5, "mean"), (6, "withheld"), (7, "withheld"), (8, "mean")])
    def test_two_means(self, second: int, expected: str) -> None:
        """Numbers that differ by one or two are taken for the same people and one or two more."""
        assert kinds(record(0, 3.0, answers=5), record(1, 3.0, answers=second)) == ["mean", expected]
        assert kinds(record(0, 3.0, people(5)), record(1, 3.0, answers=second)) == ["mean", expected]

    @pytest.mark.parametrize(("named", "expected"), [(2, "named"), (3, "withheld"), (5, "withheld")])
    def test_names_after_it(self, named: int, expected: str) -> None:
        """Names are taken for those of people who were in the mean."""
        assert kinds(record(0, 3.0, answers=5), record(1, dict.fromkeys(people(named), 4))) == ["mean", expected]


def test_many_pulses_of_many_people() -> None:
    """Fifty people of whom others are away each time are seen to, and nothing that is shown tells about two of them."""
    told = Told()
    for place in range(100):
        after = told.with_mean(frozenset(people(50)) - {f"p{place * 7 % 50}", f"p{place * 11 % 50}"}, 48)
        told = told if after.is_of_few else after
    assert not told.is_of_few
    assert 1 <= len(told.rows) <= len(told.crowds)
