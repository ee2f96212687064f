import pickle
from typing import Any

import pytest

from alliancekit.values import EMPTY, FrozenMap, freeze, pointer_of, shorten, thaw, tokens_of


class TestFrozenMap:
    def test_order(self) -> None:
        """It iterates in the order in which it was built, and the order means nothing."""
        one, other = FrozenMap({"b": 1, "a": 2}), FrozenMap([("a", 2), ("b", 1)])
        assert (list(one), list(other)) == (["b", "a"], ["a", "b"])
        assert one == other
        assert hash(one) == hash(other)

    def test_mapping(self) -> None:
        """It reads like any mapping."""
        held = FrozenMap({"a": 1, "b": 2})
        assert (held["a"], held.get("c"), "b" in held, len(held)) == (1, None, True, 2)
        assert (list(held.keys()), list(held.values()), list(held.items())) == (
            ["a", "b"],
            [1, 2],
            [("a", 1), ("b", 2)],
        )
        with pytest.raises(KeyError):
            held["c"]

    def test_what_it_was_built_from_may_change(self) -> None:
        """It is its own: a change to the dictionary it came from changes nothing."""
        source = {"a": 1}
        held = FrozenMap(source)
        source["b"] = 2
        assert list(held) == ["a"]

    def test_copies(self) -> None:
        """A copy with a known key keeps its place; the original stays, and free keys come along."""
        held = FrozenMap({"a": 1, "b": 2}, extra={"x-a": [1]})
        assert list(held.with_entry("a", 3).items()) == [("a", 3), ("b", 2)]
        assert list(held.with_entry("c", 3)) == ["a", "b", "c"]
        assert list(held.without("a", "z")) == ["b"]
        assert held.with_entry("a", 3).extra == held.without("a").extra == FrozenMap({"x-a": (1,)})
        assert held["a"] == 1

    def test_equality(self) -> None:
        """Entries and free keys count; a dictionary is something else."""
        assert FrozenMap({"a": 1}) != FrozenMap({"a": 1}, extra={"x-a": 1})
        assert FrozenMap({"a": 1}) != {"a": 1}
        assert FrozenMap() == EMPTY
        assert EMPTY.extra == EMPTY

    def test_pickled(self) -> None:
        """It can be sent to another process."""
        held = FrozenMap({"a": FrozenMap({"b": (1,)})}, extra={"x-a": {"c": []}})
        again = pickle.loads(pickle.dumps(held))
        assert again == held
        assert again.extra == held.extra

    def test_repr(self) -> None:
        """A repr shows keys only: a value may be somebody's answer."""
        assert repr(FrozenMap({"a": "secret", "b": 1})) == "FrozenMap(a, b)"


class TestFreeze:
    @pytest.mark.parametrize("data", [None, True, 1, 1.5, "ab", [], {}, [{"a": [1, [2]]}, "x"], {"a": {"b": []}}])
    def test_there_and_back(self, data: Any) -> None:
        """Thawing what was frozen gives what it was."""
        assert thaw(freeze(data)) == data

    def test_hashable(self) -> None:
        """What is frozen can be hashed, and freezing again changes nothing."""
        frozen = freeze([{"a": [1]}])
        assert frozen == (FrozenMap({"a": (1,)}),)
        assert freeze(frozen) == frozen
        assert isinstance(hash(frozen), int)


@pytest.mark.parametrize(
    ("tokens", "pointer"), [((), ""), (("a", "0"), "/a/0"), (("a/b", "m~n", ""), "/a~1b/m~0n/"), (("~1",), "/~01")]
)
def test_pointers(tokens: tuple[str, ...], pointer: str) -> None:
    """Pointers are RFC 6901's, there and back."""
    assert pointer_of(*tokens) == pointer
    assert tokens_of(pointer) == tokens


@pytest.mark.parametrize(
    ("value", "short"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (30, "30"),
        (1.5, "1.5"),
        ("ana", "'ana'"),
        ("a" * 99, f"'{'a' * 58}…"),
        ("\n" * 99, "'" + "\\n" * 29 + "…"),
        ({"a": 1}, "a mapping"),
        (FrozenMap(), "a mapping"),
        ([1], "a list"),
        ((1,), "a list"),
        pytest.param(10**5000, "a very large number", id="large"),
        pytest.param(-(10**5000), "a very large number", id="small"),
    ],
)
def test_shorten(value: object, short: str) -> None:
    """A message quotes at most 60 characters of what it found, and of a collection nothing."""
    assert shorten(value) == short
    assert len(short) <= 60
