from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from attrs import field, frozen
from jsonschema import Draft7Validator, Draft202012Validator

from alliancekit.findings import HOME
from alliancekit.model import Alliance, Bank, CheckIn, Prompt
from alliancekit.schema import file_name, make_part, make_schema, schema_id
from alliancekit.shapes import Items, Key, Number, Scalar, Table, Text, Wired, keyed, many, shape_of
from alliancekit.values import EMPTY, FrozenMap

# What every validator and editor implements, and what stands at the head of a schema.
KEYWORDS = {
    "$defs", "$ref", "oneOf", "const", "enum", "pattern", "type", "properties", "required", "additionalProperties",
    "patternProperties", "propertyNames", "items", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum",
    "description", "default", "examples", "definitions", "$schema", "$id", "title",
}  # fmt: skip
ID = Text(pattern="^[a-z]+$", rule="bad-id", expected="an id")


@frozen(kw_only=True, repr=False)
class Leaf(Wired):
    """
    A leaf.

    Attributes:
        id: Which.
        size: How large.
    """

    id: Annotated[str, ID]
    size: Annotated[int, Number(1, 9)] = 3


@frozen(kw_only=True, repr=False)
class Twig(Wired):
    """
    A twig.

    Attributes:
        name: Its name.
        leaf: The last leaf.
        leaves: The leaves.
        twigs: Smaller ones.
        data: Whatever.
        one: A scalar.
    """

    name: Annotated[str, Text(examples=("a",)), Key("twig", tag=True)]
    leaf: Leaf | None = None
    leaves: Annotated[FrozenMap[Leaf], Table(key=ID, keyed=True)] = field(default=EMPTY, converter=keyed)
    twigs: Annotated[tuple["Twig", ...], Items(least=1, most=3)] = field(default=(), converter=many)
    data: Any = None
    one: Annotated[Any, Scalar()] = None


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Yield *node* and every schema inside it."""
    if isinstance(node, dict):
        yield node
        named = [node.get(key, {}) for key in ("properties", "patternProperties", "$defs", "definitions")]
        inner = [*(one for group in named for one in group.values()), *node.get("oneOf", []), node.get("items")]
        for one in inner:
            yield from schemas(one)


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize(("header", "cls"), [("alliance/1", Alliance), ("bank/1", Bank), ("check-in/1", CheckIn)])
class TestEvery:
    def test_keywords(self, header: str, cls: type[Wired], old: bool) -> None:
        """Only keywords are used that every validator and editor implements."""
        used = {key for one in schemas(make_schema(header, cls, draft_07=old)) for key in one}
        assert used - KEYWORDS == set()

    def test_described(self, header: str, cls: type[Wired], old: bool) -> None:
        """Each class, each key and each option says what it means: it is the editor's hover text."""
        bare = [
            (key, one)
            for holder in schemas(make_schema(header, cls, draft_07=old))
            for key, one in [*holder.get("properties", {}).items(), *holder.get("$defs", {}).items()]
            if not one.get("description") or "``" in one["description"]
        ]
        assert bare == []

    def test_free_keys(self, header: str, cls: type[Wired], old: bool) -> None:
        """Every mapping takes free keys, and no others than its own."""
        mappings = [one for one in schemas(make_schema(header, cls, draft_07=old)) if "patternProperties" in one]
        assert [one for one in mappings if one["patternProperties"]["^x-"] is not True] == []
        assert [one for one in mappings if one["additionalProperties"] is not False] == []

    def test_head(self, header: str, cls: type[Wired], old: bool) -> None:
        """A document begins with its header, and the schema has its own address."""
        schema = make_schema(header, cls, draft_07=old)
        assert next(iter(schema["properties"])) == "alliancekit"
        assert schema["properties"]["alliancekit"]["const"] == header
        assert schema["required"][0] == "alliancekit"
        assert schema["$id"] == schema_id(header, draft_07=old)


class TestWritten:
    def test_record(self) -> None:
        """A class that refers to itself, to others and to tables is written whole."""
        schema = make_schema("twig/1", Twig)
        assert schema["required"] == ["alliancekit", "twig"]
        assert schema["properties"]["twig"] == {
            "description": "Its name.",
            "type": "string",
            "pattern": "[^ \\t\\n\\r]",
            "examples": ["a"],
        }
        assert schema["properties"]["leaf"] == {"description": "The last leaf.", "$ref": "#/$defs/Leaf"}
        assert schema["properties"]["twigs"] == {
            "description": "Smaller ones.",
            "type": "array",
            "items": {"$ref": "#/$defs/Twig"},
            "minItems": 1,
            "maxItems": 3,
        }
        assert list(schema["$defs"]) == ["Leaf", "LeafEntry", "Twig"]

    def test_an_entry_has_no_id(self) -> None:
        """The same class has its id where it stands alone, and not as an entry under that id."""
        definitions = make_schema("twig/1", Twig)["$defs"]
        assert definitions["Leaf"]["required"] == ["id"]
        assert "required" not in definitions["LeafEntry"]
        assert definitions["LeafEntry"]["properties"] == {
            "size": {"description": "How large.", "default": 3, "type": "integer", "minimum": 1, "maximum": 9}
        }

    def test_the_older_draft(self) -> None:
        """In draft-07 nothing may stand beside a reference, so it stands inside a oneOf."""
        schema = make_schema("twig/1", Twig, draft_07=True)
        assert schema["properties"]["leaf"] == {
            "description": "The last leaf.",
            "oneOf": [{"$ref": "#/definitions/Leaf"}],
        }
        assert "$defs" not in schema

    def test_null_is_nothing(self) -> None:
        """Free data may be anything but null, and a scalar no collection."""
        valid = Draft202012Validator(make_schema("twig/1", Twig)).is_valid
        twig = {"alliancekit": "twig/1", "twig": "a"}
        assert [valid({**twig, "data": one}) for one in ("a", 1, True, [None], {"a": None}, None)] == [True] * 5 + [
            False
        ]
        assert [valid({**twig, "one": one}) for one in ("a", 1, 1.5, True, [], {}, None)] == [True] * 4 + [False] * 3

    def test_part(self) -> None:
        """One shape alone gives a schema that stands by itself: a form can ask for just that."""
        part = make_part(shape_of(Prompt))
        assert part["$ref"] == "#/$defs/Prompt"
        assert Draft202012Validator(part).is_valid({"id": "tone", "text": "What tone?"})
        assert not Draft7Validator(make_part(shape_of(Prompt), draft_07=True)).is_valid({"id": "tone"})
        assert make_part(Number(1, 5)) == {"type": "integer", "minimum": 1, "maximum": 5}

    def test_names(self) -> None:
        """A schema's file and address say the kind and the version."""
        assert file_name("check-in/1") == "check-in-1.schema.json"
        assert file_name("check-in/1", draft_07=True) == "draft-07/check-in-1.schema.json"
        assert schema_id("bank/1") == f"{HOME}schemas/bank-1.schema.json"
