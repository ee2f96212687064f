import pytest

from alliancekit import wire
from alliancekit.flow import AskStep, Condition, Flow, SayStep
from alliancekit.flow._conditions import holds, parts
from alliancekit.values import freeze


class Known:
    """Answers by hand: one's own, and what everybody may know."""

    def __init__(self, own=None, known=(), asked=2):
        self._own, self._known, self._asked = freeze(own), freeze(known), asked

    def own(self, question):
        return self._own

    def known(self, question):
        return self._known

    def each(self, question):
        return (*self._known, *[None] * (self._asked - len(self._known)))


def condition(data) -> Condition:
    flow = {"id": "f", "title": "T", "bank": "b", "steps": [{"say": "hello", "text": "Hi.", "when": data}]}
    return wire.structure(flow, Flow).steps[0].when


@pytest.mark.parametrize(
    ("data", "known", "expected"),
    [
        ({"answer": "meet"}, Known("weekly"), True),
        ({"answer": "meet"}, Known(None), False),
        ({"answer": "meet", "eq": "weekly"}, Known("weekly"), True),
        ({"answer": "meet", "eq": "weekly"}, Known("daily"), False),
        ({"answer": "meet", "eq": "weekly"}, Known({"choice": "weekly", "note": "Please."}), True),
        ({"answer": "trust", "ge": 2, "le": 4}, Known(2), True),
        ({"answer": "trust", "ge": 2, "le": 4}, Known(5), False),
        ({"answer": "trust", "gt": 2, "lt": 4}, Known(3), True),
        ({"answer": "trust", "gt": 2, "lt": 4}, Known(2), False),
        ({"answer": "trust", "in": [1, 2]}, Known(2), True),
        ({"answer": "trust", "in": [1, 2]}, Known(True), False),
        ({"answer": "day", "lt": "2026-12-01"}, Known("2026-11-30"), True),
        ({"answer": "tone", "has": "direct"}, Known({"choices": ["direct"]}), True),
        ({"answer": "tone", "has": "direct"}, Known(["warm"]), False),
        ({"answer": "sure", "eq": True}, Known(True), True),
        ({"answer": "sure", "eq": False}, Known(None), False),
        ({"some": "worries"}, Known(known=["a"]), True),
        ({"some": "worries"}, Known(known=[]), False),
        ({"some": "trust", "lt": 3}, Known(known=[5, 2]), True),
        ({"every": "trust", "ge": 3}, Known(known=[3, 4]), True),
        ({"every": "trust", "ge": 3}, Known(known=[3]), False),
        ({"every": "trust"}, Known(known=[], asked=0), False),
        ({"at_least": 2, "of": "tone", "has": "direct"}, Known(known=[["direct"], ["direct", "warm"]]), True),
        ({"at_least": 2, "of": "tone", "has": "direct"}, Known(known=[["direct"], ["warm"]]), False),
        ({"count": "hopes"}, Known(known=["a"]), True),
        ({"count": "hopes", "ge": 3}, Known(known=["a", "b"]), False),
        ({"count": "hopes", "eq": 0}, Known(known=[]), True),
        ({"not": {"answer": "why"}}, Known(None), True),
        ({"all": [{"answer": "why"}, {"not": {"answer": "why"}}]}, Known("x"), False),
        ({"any": [{"answer": "why"}, {"not": {"answer": "why"}}]}, Known(None), True),
    ],
)
def test_a_condition_holds_as_it_reads(data, known, expected):
    """A subject key, then tests: none means answered, several are all required, and nothing is converted."""
    assert expected == holds(condition(data), known)


def test_a_condition_survives_the_wire():
    """What is written is what was read, ``in`` and ``not`` under their own names."""
    data = {"all": [{"answer": "meet", "in": ["weekly", "daily"]}, {"not": {"answer": "why"}}]}
    assert wire.unstructure(condition(data))["all"][1] == {"not": {"answer": "why"}}
    assert wire.structure(
        wire.unstructure(Flow(id="f", title="T", bank="b", steps=[AskStep(id="why", when=condition(data))])), Flow
    )


def test_parts_have_their_place():
    """Each part of a condition is found with the way to it."""
    found = [at for at, _ in parts(condition({"any": [{"not": {"answer": "why"}}, {"some": "why"}]}))]
    assert found == [(), ("any", 0), ("any", 0, "not"), ("any", 1)]


def test_a_say_step_needs_its_text():
    """A step without what makes it one is not built."""
    with pytest.raises(TypeError):
        SayStep(id="hello")  # type: ignore[call-arg]
