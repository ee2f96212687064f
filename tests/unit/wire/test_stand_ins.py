from datetime import date, datetime, time
from typing import Annotated, Any, Literal

import pytest
from attrs import field, frozen

from alliancekit.errors import InvalidValueError
from alliancekit.model import Id, Language, Timezone
from alliancekit.shapes import Flag, Items, Number, Options, Scalar, Table, Text, Wired, ids, keyed, table
from alliancekit.values import FrozenMap
from alliancekit.wire import explain, structure


@frozen(kw_only=True, repr=False)
class Pair(Wired):
    """
    Two numbers that belong together.

    Attributes:
        id: Which.
        low: The smaller.
        high: The larger.
    """

    id: Id
    low: int
    high: int = 9

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.low > self.high:
            raise InvalidValueError("Pair", "low", "must not be above high; swap them")


@frozen(kw_only=True, repr=False)
class Everything(Wired):
    """One of everything, all of it required."""

    kind: Literal["everything"] = "everything"
    id: Id
    prose: Annotated[str, Text(prose=True)]
    day: date
    hour: time
    instant: datetime
    language: Language
    zone: Timezone
    number: Annotated[int, Number(3, 5)]
    ratio: float
    flag: Annotated[bool, Flag()]
    option: Annotated[Literal["a", "b"], Options(docs={"a": "A.", "b": "B."})]
    scalar: Annotated[Any, Scalar()]
    names: Annotated[tuple[Id, ...], Items(least=1)] = field(converter=ids)
    counts: Annotated[FrozenMap[int], Table(key=Text())] = field(converter=table)
    pair: Pair
    either: int | Literal["none"]


@frozen(kw_only=True, repr=False)
class Pairs(Wired):
    """
    Pairs.

    Attributes:
        pairs: The pairs.
    """

    pairs: Annotated[FrozenMap[Pair], Table(key=Text(pattern="^[a-z]+$", rule="bad-id"), keyed=True)] = field(
        converter=keyed
    )


class TestStandIns:
    def test_everything(self) -> None:
        """A document that lacks everything is filled with something legal, whatever it needs."""
        explained = explain({}, Everything)
        assert explained.data is not None
        value = structure(explained.data, Everything)
        assert (value.id, value.prose, value.number, value.option, value.names) == (
            "unnamed",
            "?",
            3,
            "a",
            ("unnamed",),
        )
        assert len(explained.findings) == len(explained.broken) == 17


class TestTogether:
    def test_said(self) -> None:
        """What a class refuses about its fields together is a finding at the field it names, and the entry goes."""
        explained = explain({"pairs": {"a": {"low": 10}, "b": {"low": 1}}}, Pairs)
        (finding,) = explained.findings
        assert (finding.rule, finding.pointer) == ("wrong-value", "/pairs/a/low")
        assert (finding.message, finding.hint) == ("low: must not be above high", "swap them")
        assert explained.data == {"pairs": {"b": {"low": 1}}}

    def test_not_said_twice(self) -> None:
        """Where a part is wrong already, its absence is not held against the rest."""
        explained = explain({"pairs": {"a": {"low": 10, "high": "20"}}}, Pairs)
        assert [one.pointer for one in explained.findings] == ["/pairs/a/high"]
        assert explained.data == {"pairs": {}}

    def test_the_document_itself(self) -> None:
        """A document whose fields do not go together is filled anew, and is broken as a whole."""
        explained = explain({"id": "a", "low": 10}, Pair)
        assert [one.rule for one in explained.findings] == ["wrong-value"]
        assert explained.data == {"id": "unnamed", "low": 0}
        assert "" in explained.broken


@pytest.mark.parametrize(("levels", "rules"), [(30, []), (33, ["limit"])])
def test_nesting(levels: int, rules: list[str]) -> None:
    """Free data nests as deep as a document may, and no deeper."""
    free: Any = 1
    for _ in range(levels):
        free = [free]
    explained = explain({"pairs": {}, "x-free": free}, Pairs)
    assert [one.rule for one in explained.findings] == rules
