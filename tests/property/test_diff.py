"""The difference of two plans: it is empty only where they are equal, and it names the same things both ways."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.errors import AllianceKitError
from alliancekit.flow import Plan, diff
from alliancekit.wire import structure, unstructure
from tests.strategies import mutated, values
from tests.unit.flow.test_diff import OPPOSITE

PLANS = values(Plan)


def changed(plan: Plan, seed: int) -> Plan:
    """Return *plan* with a few small changes, where they leave one."""
    try:
        return structure(mutated(unstructure(plan), Random(seed)), Plan)
    except (AllianceKitError, ValueError):
        return plan


@given(PLANS, PLANS, st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_nothing_differs_only_between_equal_plans(plan, other, seed):
    """Of any two plans, alike or not, a difference is named where there is one, and only there."""
    assert diff(plan, plan) == ()
    for one in (other, changed(plan, seed)):
        assert (diff(plan, one) == ()) == (plan == one)


@given(PLANS, PLANS, st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_what_differs_one_way_differs_the_other_way_too(plan, other, seed):
    """Backwards each change is its opposite, about the same step or prompt."""
    for one in (other, changed(plan, seed)):
        there = {(change.kind, change.prompt or change.step) for change in diff(plan, one)}
        back = {(OPPOSITE.get(change.kind, change.kind), change.prompt or change.step) for change in diff(one, plan)}
        assert there == back
