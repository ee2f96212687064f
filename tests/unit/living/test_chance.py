"""How often chance does what is seen, held against counting all that can be."""

from itertools import permutations, product
from math import isclose
from random import Random

import pytest

from alliancekit.living._chance import in_words, kendall, sign_flip, sign_flip_bounds


def counted(changes: tuple[int, ...]) -> float:
    """Return the same as `sign_flip`, sign by sign."""
    much = abs(sum(changes))
    sums = [
        abs(sum(sign * one for sign, one in zip(signs, changes, strict=True)))
        for signs in product((1, -1), repeat=len(changes))
    ]
    return sum(one >= much for one in sums) / len(sums)


@pytest.mark.parametrize("seed", range(40))
def test_sign_flip(seed: int) -> None:
    """It is the share of all signs that come to as much."""
    random = Random(seed)
    changes = tuple(random.randint(-4, 4) for _ in range(random.randint(1, 9)))
    assert isclose(sign_flip(changes), counted(changes))


def test_sign_flip_of_many() -> None:
    """Of a great many, the normal curve says the same as the exact count."""
    changes = [1] * 58 + [-1] * 42
    assert abs(sign_flip(changes) - sign_flip([*changes, 1, -1])) < 0.02
    assert sign_flip([1, -1] * 200) == 1.0
    assert sign_flip([1] * 2000) < 1e-12


@pytest.mark.parametrize(("people", "points"), [(1, 6), (2, 5), (3, 4), (4, 3), (6, 2)])
def test_bounds(people: int, points: int) -> None:
    """Whatever was answered, chance lies between the bounds that the two means alone give."""
    for before, after in product(product(range(1, points + 1), repeat=people), repeat=2):
        moved = sum(after) - sum(before)
        against = min(sum(before) - people, points * people - sum(after))
        if moved < 0:
            against = min(points * people - sum(before), sum(after) - people)
        low, high = sign_flip_bounds(people, much=(abs(moved), abs(moved)), most=points - 1, against=against)
        chance = counted(tuple(two - one for one, two in zip(before, after, strict=True)))
        assert low - 1e-12 <= chance <= high + 1e-12, (before, after)


def test_bounds_of_many() -> None:
    """A whole room that moves by two points of five is more than chance, and a few points in all are not."""
    assert sign_flip_bounds(40, much=(80, 80), most=4, against=40)[1] < 0.05
    assert sign_flip_bounds(40, much=(3, 3), most=4, against=40)[0] == 0.25


def test_bounds_are_bounds_where_little_is_known() -> None:
    """A sum that may be none says nothing from above; of an impossible one, no less is said than from below."""
    assert sign_flip_bounds(8, much=(0, 9), most=4, against=8) == (0.0078125, 1.0)
    assert sign_flip_bounds(8, much=(0, 0), most=4, against=8) == (1.0, 1.0)
    low, high = sign_flip_bounds(2, much=(2, 2), most=1, against=-9)
    assert 0 < low <= high <= 1


@pytest.mark.parametrize("seed", range(30))
def test_kendall(seed: int) -> None:
    """It is the share of all orders that rise or fall as clearly, with values that are alike."""
    random = Random(seed)
    values = [random.randint(1, 4) for _ in range(random.randint(2, 6))]

    def clear(order: tuple[int, ...]) -> int:
        return abs(sum((b > a) - (b < a) for place, a in enumerate(order) for b in order[place + 1 :]))

    orders = list(permutations(values))
    expected = sum(clear(order) >= clear(tuple(values)) for order in orders) / len(orders)
    assert isclose(kendall(values), expected)


def test_kendall_of_a_hundred() -> None:
    """A hundred pulses are counted exactly too."""
    assert 0 < kendall([*range(100)]) < 1e-100
    assert kendall([1] * 100) == 1.0


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (1.0, "nearly always"),
        (0.3, "30 times in 100"),
        (0.014, "once in 100 times"),
        (0.004, "less than once in 100 times"),
    ],
)
def test_in_words(chance: float, words: str) -> None:
    """A chance is said as people say it."""
    assert in_words(chance) == words
