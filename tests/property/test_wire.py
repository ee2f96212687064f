"""Laws of the wire: what is written is read again, and the two readers of shapes give one verdict."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancekit.documents import KINDS as DOCUMENT_KINDS
from alliancekit.model import Alliance
from alliancekit.wire import explain, structure, unstructure
from tests.strategies import documents, mutated, values

KINDS = [kind.cls for kind in DOCUMENT_KINDS.values()]
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

# Any JSON, with the keys of the nouns thrown in so that the walk goes deep.
WORDS = st.sampled_from(
    ["id", "members", "kind", "text", "by", "prompts", "answer", "cadence", "review", "x-a", "pulse"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=6),
    max_leaves=25,
)


def fits(data: Any, cls: type[Any]) -> bool:
    try:
        structure(data, cls)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("cls", KINDS)
class TestLaws:
    @SLOW
    @given(data=st.data())
    def test_what_is_written_is_read_again(self, cls: type[Any], data: st.DataObject) -> None:
        """``structure(unstructure(x)) == x``."""
        value = data.draw(values(cls))
        again = structure(unstructure(value), cls)
        assert again == value
        assert hash(again) == hash(value)

    @SLOW
    @given(data=st.data(), seed=st.integers(0, 2**32))
    def test_one_verdict(self, cls: type[Any], data: st.DataObject, seed: int) -> None:
        """A mutated document has findings exactly when the converter refuses it, and what is left of it fits."""
        document, random = data.draw(documents(cls)), Random(seed)
        for _ in range(20):
            wrong = mutated(document, random)
            explained = explain(wrong, cls)
            assert bool(explained.findings) is not fits(wrong, cls), (wrong, explained.findings)
            assert explained.data is not None
            structure(explained.data, cls)
            assert bool(explained.broken) is bool(explained.findings)
            assert explained.findings or explained.data == wrong

    @SLOW
    @given(data=JSON)
    def test_any_json_is_answered(self, cls: type[Any], data: Any) -> None:
        """Whatever JSON comes, it is described, and what is left of it fits."""
        explained = explain(data, cls)
        assert bool(explained.findings) is not fits(data, cls)
        assert (explained.data is None) is not isinstance(data, dict)
        if explained.data is not None:
            structure(explained.data, cls)


def deep(levels: int) -> Any:
    data: Any = 1
    for _ in range(levels):
        data = {"a": [data]}
    return data


@pytest.mark.parametrize("where", ["x-free", "responses", "members"])
def test_nesting_without_end_is_answered(where: str) -> None:
    """Data that nests a hundred thousand deep is refused by both, and breaks neither."""
    data = {"id": "a", "kind": "team", "title": "A", "members": {}, where: deep(50_000)}
    if where == "responses":
        data[where] = [{"prompt": "a", "answer": deep(50_000)}]
    try:
        assert not fits(data, Alliance)
        assert explain(data, Alliance).findings
    finally:
        _dismantle(data)


def _dismantle(data: Any) -> None:
    # Python frees such a tree by recursion of its own; taken apart it is harmless.
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting.extend(one.values() if isinstance(one, dict) else one)
            one.clear()
