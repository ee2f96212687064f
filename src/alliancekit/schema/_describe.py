"""The first pass: shapes to descriptions that know no draft of JSON Schema."""

from __future__ import annotations

from typing import Any, Final, TypeAlias, final

from attrs import Factory, frozen

from alliancekit.limits import MOST_INTEGER
from alliancekit.shapes import (
    Anything,
    Const,
    Field,
    Flag,
    Items,
    Number,
    OneOf,
    Options,
    Record,
    Scalar,
    Shape,
    Table,
    Text,
    Wired,
)
from alliancekit.values import FrozenMap

FREE_KEYS: Final = "^x-"


@final
@frozen
class Ref:
    """
    A place that is described by a definition.

    Attributes:
        name: The definition.
        beside: What is said of this place only.
    """

    name: str
    beside: dict[str, Any] = Factory(dict[str, Any])


Node: TypeAlias = dict[str, Any] | Ref
"""A description: keywords, whose values may hold further nodes."""


@final
@frozen(kw_only=True)
class Described:
    """
    A shape with everything that it refers to.

    Attributes:
        node: The shape.
        definitions: The classes in it, by name, in the order in which they are first met.
    """

    node: Node
    definitions: dict[str, dict[str, Any]] = Factory(dict[str, dict[str, Any]])


def describe(shape: Shape) -> Described:
    """Return the description of *shape*; every class in it becomes a definition."""
    book = _Book()
    node = book.node(shape)
    return Described(node=node, definitions=book.definitions)


def describe_root(shape: Record, header: str | None, marked: tuple[str, Record] | None = None) -> Described:
    """
    Return the description of a document, whose own keys stand at the top, after the header where it has one.

    Documents with the key of *marked* are of its class instead; then the keys of both stand in definitions.
    """
    book = _Book()
    if header is None:
        return Described(node=book.record(shape, keyed=False), definitions=book.definitions)
    if marked is None:
        return Described(node=book.headed(shape, header), definitions=book.definitions)
    key, other = marked
    for one in (shape, other):
        book.definitions[one.cls.__name__] = book.headed(one, header)
    node: Node = {
        "type": "object",
        "if": {"type": "object", "properties": {key: True}, "required": [key]},
        "then": Ref(other.cls.__name__),
        "else": Ref(shape.cls.__name__),
    }
    return Described(node=node, definitions=book.definitions)


@frozen
class _Book:
    """The definitions that were met so far."""

    definitions: dict[str, dict[str, Any]] = Factory(dict[str, dict[str, Any]])

    def node(self, shape: Shape, *, keyed: bool = False) -> Node:
        match shape:
            case Record():
                return self.ref(shape, keyed=keyed)
            case Items():
                return self.items(shape)
            case Table():
                return self.table(shape)
            case OneOf():
                return {"oneOf": [self.node(variant, keyed=keyed) for variant in shape.variants]}
            case _:
                return _scalar(shape)

    def ref(self, shape: Record, *, keyed: bool) -> Ref:
        # The same class lacks its id where it is an entry under that id, and has it elsewhere.
        name = f"{shape.cls.__name__.strip('_')}{'Entry' if keyed else ''}"
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name].update(self.record(shape, keyed=keyed))
        return Ref(name)

    def headed(self, shape: Record, header: str) -> dict[str, Any]:
        doc = "What kind of document this is, and in which version of the format."
        record = self.record(shape, keyed=False)
        record["properties"] = {"alliancekit": {"const": header, "description": doc}, **record["properties"]}
        record["required"] = ["alliancekit", *record.get("required", [])]
        return record

    def record(self, shape: Record, *, keyed: bool) -> dict[str, Any]:
        fields = [one for one in shape.fields.values() if not (keyed and one.key == "id")]
        node: dict[str, Any] = {
            "description": shape.doc,
            "type": "object",
            "properties": {one.key: self.property(one) for one in fields},
        }
        if required := [one.key for one in fields if one.required]:
            node["required"] = required
        return {**node, "patternProperties": {FREE_KEYS: True}, "additionalProperties": False}

    def property(self, one: Field) -> Node:
        node = self.node(one.shape)
        known: dict[str, Any] = {"description": one.doc} if one.doc else {}
        if (default := _default(one)) is not None:
            known["default"] = default
        return Ref(node.name, known) if isinstance(node, Ref) else {**known, **node}

    def items(self, shape: Items) -> Node:
        node: dict[str, Any] = {"type": "array", "items": self.node(shape.item)}
        if shape.least:
            node["minItems"] = shape.least
        if shape.most is not None:
            node["maxItems"] = shape.most
        return node

    def table(self, shape: Table) -> Node:
        entry = self.node(shape.item, keyed=shape.keyed)
        patterns: dict[str, Any] = {shape.key.pattern: entry, FREE_KEYS: True}
        return {"type": "object", "patternProperties": patterns, "additionalProperties": False}


def _scalar(shape: Shape) -> Node:
    match shape:
        case Text(pattern=pattern, examples=examples):
            return {"type": "string", "pattern": pattern, **({"examples": list(examples)} if examples else {})}
        case Number():
            return _number(shape)
        case Flag():
            return {"type": "boolean"}
        case Const(value=value):
            return {"const": value}
        case Options(docs=docs):
            return _options(docs)
        case Scalar():
            return {"oneOf": [{"type": name} for name in ("string", "number", "boolean")]}
        case Anything():
            # Anything but null.
            return {"oneOf": [{"type": name} for name in ("string", "number", "boolean", "array", "object")]}
        case _:  # no cover: the shapes are listed above, and those of collections in `_Book.node`
            raise TypeError(f"no schema for {type(shape).__name__}")


def _number(shape: Number) -> Node:
    low = -MOST_INTEGER if shape.low is None else shape.low
    high = MOST_INTEGER if shape.high is None else shape.high
    return {"type": "integer" if shape.whole else "number", "minimum": low, "maximum": high}


def _options(docs: FrozenMap[str]) -> Node:
    if not all(docs.values()):
        return {"type": "string", "enum": list(docs)}
    return {"type": "string", "oneOf": [{"const": value, "description": doc} for value, doc in docs.items()]}


def _default(one: Field) -> Any:
    """Return the default of a field as plain data, where it says something: an absent or empty part says nothing."""
    if one.required or not one.default:
        return False if one.default is False else None
    if isinstance(one.default, Wired) and isinstance(one.shape, OneOf | Record):
        variants = one.shape.variants if isinstance(one.shape, OneOf) else (one.shape,)
        record = next(v for v in variants if isinstance(v, Record) and v.cls is type(one.default))
        return {part.key: getattr(one.default, part.name) for part in record.fields.values() if part.required}
    return one.default
