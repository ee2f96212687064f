import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated, Any, Literal

import pytest
from attrs import evolve, field, frozen

from alliancekit.errors import InvalidValueError
from alliancekit.shapes import (
    Anything,
    Const,
    Flag,
    Items,
    Key,
    Number,
    OneOf,
    Options,
    Record,
    Table,
    Text,
    Wired,
    entries,
    ids,
    keyed,
    shape_of,
    table,
)
from alliancekit.values import EMPTY, FrozenMap

ID = Text(pattern="^[a-z]+$", rule="bad-id", expected="an id")


@frozen(kw_only=True, repr=False)
class Leaf(Wired):
    """
    A leaf of the tree, with a sentence that is so long that it goes on
    in ``two`` lines.

    And a second paragraph.

    Attributes:
        id: Which.
        text: What it says.
    """  # noqa: D205 - how a sentence of two lines is read is tested

    id: Annotated[str, ID]
    text: Annotated[str, Text(prose=True)] | None = None


@frozen(kw_only=True, repr=False)
class Round(Wired):
    """Told apart by its kind."""

    kind: Literal["round"] = "round"


@frozen(kw_only=True, repr=False)
class Square(Wired):
    """Told apart by its kind."""

    kind: Literal["square"] = "square"


@frozen(kw_only=True, repr=False)
class Tree(Leaf):
    """
    A tree.

    Attributes:
        in_: Where it stands,
            in which garden.
    """

    in_: Annotated[str, Text(), Key("garden", tag=True)]
    tall: bool = False
    height: Annotated[int, Number(1, 100)] = 2
    weight: float | None = None
    planted: date | None = None
    at: time | None = None
    seen: datetime | None = None
    free: Any = None
    names: tuple[Annotated[str, Text()], ...] = field(default=(), converter=ids)
    leaves: Annotated[FrozenMap[Leaf], Table(key=ID, keyed=True)] = field(default=EMPTY, converter=entries)
    counts: Annotated[FrozenMap[int], Table(key=ID)] = field(default=EMPTY, converter=table)
    form: Round | Square = field(factory=Round)
    branch: "Tree | None" = None
    size: int | Literal["huge"] | None = None
    colour: Annotated[Literal["red", "blue"], Options(docs={"red": "Red.", "blue": "Blue."})] = "red"


TREE = Tree(id="oak", in_="North")


class TestShape:
    def test_kinds(self) -> None:
        """Annotations become shapes: what a type cannot say stands beside it."""
        shapes = {key: type(one.shape) for key, one in shape_of(Tree).fields.items()}
        assert shapes == {
            "id": Text, "text": Text, "garden": Text, "tall": Flag, "height": Number, "weight": Number, "planted": Text,
            "at": Text, "seen": Text, "free": Anything, "names": Items, "leaves": Table, "counts": Table, "form": OneOf,
            "branch": Record, "size": OneOf, "colour": Options,
        }  # fmt: skip

    def test_unions(self) -> None:
        """A union is told apart by kind where every class has one, and by type where some part is no class."""
        fields = shape_of(Tree).fields
        form, size = fields["form"].shape, fields["size"].shape
        assert isinstance(form, OneOf)
        assert isinstance(size, OneOf)
        assert (form.by, list(form.tags), size.by) == ("kind", ["round", "square"], "type")

    def test_docs(self) -> None:
        """The first paragraph of a docstring is the class's, and each attribute's is its field's, inherited too."""
        fields = shape_of(Tree).fields
        assert (
            shape_of(Leaf).doc == "A leaf of the tree, with a sentence that is so long that it goes on in `two` lines."
        )
        assert (fields["garden"].doc, fields["id"].doc) == ("Where it stands, in which garden.", "Which.")

    def test_required(self) -> None:
        """What has no default is required, and so is a constant that is always written."""
        required = [key for key, one in shape_of(Tree).fields.items() if one.required]
        assert required == ["id", "garden"]
        assert shape_of(Round).fields["kind"].required
        assert isinstance(shape_of(Round).fields["kind"].shape, Const)

    def test_tags(self) -> None:
        """A class has a tag by a marked key or by its kind, or has none."""
        assert (shape_of(Tree).tag, shape_of(Square).tag, shape_of(Leaf).tag) == ("garden", "square", "")

    def test_one_shape(self) -> None:
        """A class has one shape."""
        assert shape_of(Tree) is shape_of(Tree)


class TestWired:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"id": "Oak"}, "Tree.id: must be an id, not 'Oak'"),
            ({"height": 0}, "Tree.height: must be a whole number from 1 to 100, not 0"),
            ({"at": time(9, 30, 1)}, "Tree.at: must be a time like 09:30, not '09:30:01'"),
            ({"seen": datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1), "x"))}, None),
            ({"planted": datetime(2026, 1, 1, tzinfo=UTC)}, "Tree.planted: must be a datetime.date, not datetime"),
            ({"leaves": {"a": Leaf(id="b")}}, "Tree.leaves: a: its id is 'b'"),
            ({"leaves": {"a": 3}}, "Tree.leaves: a: must be a Leaf, not 3"),
            ({"counts": {"A": 3}}, "Tree.counts: A: must be an id, not 'A'"),
            ({"extra": {"y-a": 1}}, "Tree.extra: 'y-a' does not begin with x-"),
            ({"branch": Leaf(id="a")}, "Tree.branch: must be a Tree, not "),
        ],
    )  # fmt: skip
    def test_legal_once_built(self, change: dict[str, Any], reason: str | None) -> None:
        """A value that exists is legal by itself; a copy with a change is held to the same."""
        if reason is None:
            assert evolve(TREE, **change).seen is not None
            return
        with pytest.raises(InvalidValueError) as caught:
            evolve(TREE, **change)
        assert str(caught.value).startswith(reason)

    def test_conveniences(self) -> None:
        """A constructor takes lists and dictionaries, and keeps tuples and frozen mappings."""
        tree = evolve(TREE, names=["a"], leaves=[Leaf(id="a")], counts={"a": 1}, extra={"x-a": [{"b": 1}]})
        assert (tree.names, tree.leaves["a"], tree.counts["a"]) == (("a",), Leaf(id="a"), 1)
        assert tree.extra == FrozenMap({"x-a": (FrozenMap({"b": 1}),)})
        assert evolve(TREE, leaves={"a": Leaf(id="a")}).leaves == tree.leaves

    def test_one_text_is_no_list(self) -> None:
        """A text where a list belongs is refused by its field, because it would be taken for its letters."""
        assert ids("ab") == "ab"
        with pytest.raises(InvalidValueError, match="must be a list, not the text 'ab'"):
            evolve(TREE, names="ab")

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"names": None}, "Tree.names: must be a list, not null"),
            ({"leaves": "ab"}, "Tree.leaves: must be a mapping, or a list of values that have an id, not 'ab'"),
            ({"leaves": ["ab"]}, "Tree.leaves: must be a mapping, or a list of values that have an id, not a list of"),
            ({"leaves": 3}, "Tree.leaves: must be a mapping, or a list of values that have an id, not 3"),
            ({"counts": [1]}, "Tree.counts: must be a mapping, not a list"),
            ({"extra": "x-a"}, "Tree.extra: must be a mapping, not 'x-a'"),
            ({"extra": None}, "Tree.extra: must be a mapping, not null"),
        ],
    )
    def test_no_collection(self, change: dict[str, Any], message: str) -> None:
        """What is no collection is refused with the name of its field, like every other value."""
        with pytest.raises(InvalidValueError) as caught:
            evolve(TREE, **change)
        assert str(caught.value).startswith(message)

    def test_two_of_one_id(self) -> None:
        """Two entries with one id are refused, because one would be lost."""
        with pytest.raises(ValueError, match="two entries have the same id"):
            keyed([Leaf(id="a"), Leaf(id="a")])

    def test_repr(self) -> None:
        """A repr shows what is not the default, and nobody's words."""
        tree = evolve(TREE, text="secret", names=["a"], leaves=[Leaf(id="a", text="secret")], planted=date(2026, 1, 2))
        assert repr(tree) == "Tree(id='oak', in_='North', planted=2026-01-02, names=['a'], leaves={a})"

    def test_values(self) -> None:
        """Values are equal and hashed by what they hold, and can be pickled."""
        again = pickle.loads(pickle.dumps(evolve(TREE, counts={"a": 1}, extra={"x-a": [1]})))
        assert again == evolve(TREE, counts={"a": 1}, extra={"x-a": [1]})
        assert {again: 1}[evolve(TREE, counts={"a": 1}, extra={"x-a": [1]})] == 1
