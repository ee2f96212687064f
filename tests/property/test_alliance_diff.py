"""Laws of the difference of two alliances: nothing is lost, and who agrees again is whose digest differs."""

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.consent import AllianceDiff, diff, digest
from alliancekit.errors import AllianceKitError
from alliancekit.model import Alliance
from alliancekit.wire import structure, unstructure
from tests.strategies import mutated, values

ALLIANCES = values(Alliance)
PAIRS = st.tuples(ALLIANCES, ALLIANCES, st.integers(0, 10**6))


def pair(old: Alliance, other: Alliance, seed: int) -> list[tuple[Alliance, Alliance]]:
    """Return two alliances that have little in common, and two that have nearly everything."""
    try:
        near = structure(mutated(unstructure(old), Random(seed), 6), Alliance)
    except (AllianceKitError, ValueError):
        near = old
    return [(old, other), (old, near)]


def applied(found: AllianceDiff) -> Any:
    """Return the plain data of the old alliance after every change of *found*."""
    plain = deepcopy(unstructure(found.old))
    answers = Counter(map(repr, plain.pop("responses", [])))
    for change in found.changes:
        said = change.to_dict()
        if change.element == "responses":
            answers -= Counter([repr(said["before"])] if change.before is not None else [])
            answers += Counter([repr(said["after"])] if change.after is not None else [])
            continue
        if change.was_in:
            _put(plain, change.was_in, change.id, None)
        _put(plain, change.element, change.id, said["after"])
    return _bare(plain), answers


def _put(plain: Any, element: str, id: str, value: Any) -> None:
    """Put *value* at its place, or take away what is there."""
    *way, last = element.split(".") if element == "cadence.review" or not id else [*element.split("."), id]
    node = plain
    for key in way:
        node = node.setdefault(key, {})
    node.pop(last, None)
    if value is not None:
        node[last] = value


def _bare(plain: Any) -> Any:
    """Return *plain* without a default, and without the mappings that became empty."""
    kept = {key: value for key, value in plain.items() if (key, value) != ("status", "draft")}
    cadence = {key: value for key, value in kept.pop("cadence", {}).items() if value != {}}
    return {key: value for key, value in kept.items() if value != {}} | ({"cadence": cadence} if cadence else {})


def wanted(new: Alliance) -> Any:
    plain = unstructure(new)
    return _bare(plain), Counter(map(repr, plain.pop("responses", [])))


@given(PAIRS)
@settings(max_examples=80, deadline=None)
def test_nothing_is_lost(three: tuple[Alliance, Alliance, int]) -> None:
    """Whoever makes every change to the old document has the new one; and without a change they are one."""
    for old, new in pair(*three):
        found = diff(old, new)
        plain, answers = wanted(new)
        plain.pop("responses", None)
        assert applied(found) == (plain, answers)
        assert diff(old, old).is_empty


@given(PAIRS)
@settings(max_examples=80, deadline=None)
def test_the_digests_decide(three: tuple[Alliance, Alliance, int]) -> None:
    """Exactly those agree again whose digest is another, and each of them is told at least one reason."""
    for old, new in pair(*three):
        found, before = diff(old, new), {one: digest(old, one) for one in old.present()}
        assert set(found.consents_again) == {one for one in new.present() if before.get(one) != digest(new, one)}
        assert all(found.consents_again.values())
        assert all(one in found.for_member(name).asked for name, why in found.consents_again.items() for one in why)


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_backwards(three: tuple[Alliance, Alliance, int]) -> None:
    """Backwards each change is its opposite, about the same thing and the same people."""
    opposite = {"added": "removed", "removed": "added"}
    for old, new in pair(*three):
        there = Counter(
            (one.was_in or one.element, one.id, frozenset(opposite.get(kind, kind) for kind in one.kinds), one.concerns)
            for one in diff(old, new).changes
        )
        back = Counter(
            (one.element, one.id, frozenset(map(str, one.kinds)), one.concerns) for one in diff(new, old).changes
        )
        assert there == back


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_whom(three: tuple[Alliance, Alliance, int]) -> None:
    """Who has to agree to a change is touched by it, and each change is told to whom it touches."""
    for old, new in pair(*three):
        found = diff(old, new)
        for change in found.changes:
            assert set(change.concerns) <= set(change.touches)
            assert change.kinds
        for member in new.present():
            said = found.for_member(member)
            assert len(said.asked) + len(said.told) + said.others == len(found.changes)
