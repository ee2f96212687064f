from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import frozen

from alliancekit.shapes import (
    Anything,
    Const,
    Flag,
    Items,
    Number,
    OneOf,
    Options,
    Scalar,
    Shape,
    Table,
    Text,
    Wired,
    shape_of,
)
from alliancekit.values import FrozenMap

ID = Text(pattern="^[a-z]+$", rule="bad-id", expected="an id")
WORDS = Options(docs={"a": "The first.", "b": "The second."}, refused={"c": ("no-c", "c is not wanted")})


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (Text(), ["a", " a\n", "\u00e9", "\U0001f642"], ["", " \n", None, 3, b"a", "bell\a", "\ud800", "\x85"]),
        (ID, ["ana"], ["", "Ana", "ana\n", "\nana", "an a", None]),
        (Number(1, 5), [1, 5], [0, 6, 1.0, True, None, "1"]),
        (Number(), [0, 2**53, -(2**53)], [2**53 + 1, 10**400, 1.5]),
        (Number(1, 5, whole=False), [1, 1.5, 5], [0.99, 5.01, float("nan"), float("inf"), True]),
        (Flag(), [True, False], [0, 1, "true", None]),
        (WORDS, ["a", "b"], ["c", "A", "", None, 1]),
        (Const("text"), ["text"], ["texts", None]),
        (Scalar(), ["a", 1, 1.5, True], [None, (), FrozenMap()]),
        (Anything(), ["a", 1, (), FrozenMap(), False], [None, [], {}]),
        (Items(item=ID, least=1, most=2), [("a",), ("a", "b")], [(), ("a", "b", "c"), ["a"], "a", ("A",), None]),
        (Items(item=ID, check=lambda names: "is too much" if "z" in names else None), [(), ("a",)], [("z",)]),
        (Table(key=ID, item=Number(1, 3)), [FrozenMap(), FrozenMap({"a": 1})], [{}, FrozenMap({"A": 1}), FrozenMap({"a": 9})]),
        (OneOf(variants=(Number(1, 5), WORDS), by="type"), [1, "a"], [9, "z", None]),
    ],
)  # fmt: skip
class TestProblem:
    def test_right(self, shape: Shape, right: list[Any], wrong: list[Any]) -> None:
        """A value that is right has no problem."""
        assert [value for value in right if shape.problem(value) is not None] == []

    def test_wrong(self, shape: Shape, right: list[Any], wrong: list[Any]) -> None:
        """A value that is wrong has one, in words."""
        assert [value for value in wrong if not shape.problem(value)] == []

    def test_length(self, shape: Shape, right: list[Any], wrong: list[Any]) -> None:
        """What is said about a value does not grow with it."""
        assert len(shape.problem(("x" * 10_000).upper()) or "") < 200
        assert shape.expected


class TestText:
    def test_two_things_wrong(self) -> None:
        """A text that is blank is said to be blank, and not to hold what cannot be written."""
        assert Text().flaw("\t") == "must be text that is not empty, not '\\t'"
        assert Text().flaw("a\x00") == "holds a control character, which no document can carry"

    def test_parsed(self) -> None:
        """A text of the right form that means nothing is said to be none."""
        day = Text(pattern="^[0-9-]+$", expected="a day", parse=date.fromisoformat, render=date.isoformat, kind=date)
        assert day.flaw("2026-02-30") == "must be a day, and '2026-02-30' is none"
        assert day.problem("2026-02-03") == "must be a datetime.date, not the text '2026-02-03'"
        assert day.problem(date(2026, 2, 3)) is None


class TestItems:
    def test_lacking(self) -> None:
        """What an empty list means may be said better than by its length."""
        assert Items(least=1, lacking="names nobody").flaw(0) == "names nobody"
        assert Items(least=2).flaw(1) == "must be a list of at least 2, not of 1"
        assert Items(most=1).flaw(2) == "must be a list of at most 1, not of 2"


def test_an_instant_that_is_none_in_utc() -> None:
    """The first hours of the year 1 in the east lie before the first instant that can be written."""
    at = shape_of(_Stamped).fields["at"].shape
    assert at.problem(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
    assert at.problem(datetime(1, 1, 1, tzinfo=UTC)) is None


@frozen(kw_only=True, repr=False)
class _Stamped(Wired):
    """
    Something with a time.

    Attributes:
        at: When.
    """

    at: datetime
