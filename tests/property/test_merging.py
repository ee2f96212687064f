"""Laws of merging: it is the same from both sides, changes nothing by itself, and loses nothing."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.consent import Merged, merge, merged_order
from alliancekit.consent._units import AGREED, Key, assembled, plain_of, units_of
from alliancekit.model import Alliance
from alliancekit.values import is_same
from tests.strategies import values

ALLIANCES = values(Alliance)
NEEDED = {("id", ""), ("kind", ""), ("title", ""), ("cadence", "")}

# Three whole alliances take their time to be made.
FEW = settings(max_examples=25)


@st.composite
def edits(draw: st.DrawFn, base: Alliance) -> Alliance:
    """Return *base* with some of its units changed, taken away, added and moved."""
    old, more = units_of(base, answers=True), units_of(draw(ALLIANCES), answers=True)
    keys = list(dict.fromkeys([*old, *more]))
    if draw(st.booleans()):
        keys = draw(st.permutations(keys))
    changed = draw(st.sets(st.sampled_from(keys), max_size=4))
    units = {}
    for key in keys:
        source = more if key in changed and (key in more or key not in NEEDED) else old
        if key in source:
            units[key] = source[key]
    return assembled(units)


THREE = ALLIANCES.flatmap(lambda base: st.tuples(st.just(base), edits(base), edits(base)))


def units(alliance: Alliance) -> dict[Key, Any]:
    return {key: plain_of(value) for key, value in units_of(alliance, answers=True).items()}


def alike(one: Alliance, other: Alliance) -> bool:
    return is_same(plain_of(one), plain_of(other))


def conflicts(merged: Merged) -> dict[Key, tuple[Any, Any, Any]]:
    """Return what stands in the conflicts: before, ours, theirs."""
    return {(one.element, one.id): tuple(map(plain_of, (one.base, one.ours, one.theirs))) for one in merged.conflicts}


@FEW
@given(THREE)
def test_who_changes_nothing_changes_nothing(three: tuple[Alliance, Alliance, Alliance]) -> None:
    """Where one side is as the base, or both are alike, the result is the other side, and there is no conflict."""
    base, one, _ = three
    for merged in (merge(base, one, base), merge(base, base, one), merge(base, one, one)):
        assert merged.is_clean
        assert merged.alliance == merged.alternative == one
        assert alike(merged.alliance, one)


@FEW
@given(THREE)
def test_whose_side_it_is_means_nothing(three: tuple[Alliance, Alliance, Alliance]) -> None:
    """From the other side there are the same clauses and the same conflicts, turned round."""
    base, one, other = three
    here, there = merge(base, one, other), merge(base, other, one)
    assert conflicts(here) == {key: (old, b, a) for key, (old, a, b) in conflicts(there).items()}
    assert is_same(units(here.alliance), units(there.alternative))
    assert is_same(units(here.alternative), units(there.alliance))


@FEW
@given(THREE)
def test_nothing_is_lost_and_nothing_invented(three: tuple[Alliance, Alliance, Alliance]) -> None:
    """Every change of either side is in the result or in a conflict, and what nobody changed is as it was."""
    base, one, other = three
    merged = merge(base, one, other)
    told = conflicts(merged)
    old, ours, theirs, new = map(units, (base, one, other, merged.alliance))
    for key in {*old, *ours, *theirs, *new} - told.keys() - {("cadence", "")}:
        sides = [ours.get(key), theirs.get(key)]
        changed = [side for side in sides if not is_same(side, old.get(key))]
        if key[0] == "ratifications" and len(changed) > 1 and None not in changed:
            changed.sort(key=lambda yes: (yes["date"], yes["digest"]), reverse=True)  # the later yes stands
        assert is_same(new.get(key), changed[0] if changed else old.get(key))
    for key, (before, a, b) in told.items():
        assert is_same([before, a, b], [old.get(key), ours.get(key), theirs.get(key)])
        assert is_same(new.get(key), a)


@FEW
@given(THREE)
def test_no_id_is_there_twice(three: tuple[Alliance, Alliance, Alliance]) -> None:
    """Where no clause of either side shares its id with another, none of the result does."""
    base, one, other = three
    merged = merge(base, one, other)
    if all(_are_unique(side) for side in (one, other)):
        assert _are_unique(merged.alliance)
        assert _are_unique(merged.alternative)


def _are_unique(alliance: Alliance) -> bool:
    names = Counter(key for element, key in units(alliance) if element in AGREED and not key.startswith("x-"))
    return max(names.values(), default=1) == 1


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(KEYS, KEYS, KEYS)
def test_both_sides_find_their_order_again(base: list[str], ours: list[str], theirs: list[str]) -> None:
    """Every key of both sides is there once; ours keeps its order, or theirs where only they moved something."""
    order = merged_order(base, ours, theirs)
    assert sorted(order) == sorted({*ours, *theirs})
    both = [key for key in base if key in ours and key in theirs]
    ours_moved, theirs_moved = ([key for key in side if key in both] != both for side in (ours, theirs))
    kept = theirs if theirs_moved and not ours_moved else ours
    assert [key for key in order if key in kept] == kept
