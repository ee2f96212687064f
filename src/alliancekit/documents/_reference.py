"""The reference page of all documents, made from the classes of their values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from alliancekit.documents._kinds import HEADER, HEADERS, KINDS, DocumentKind
from alliancekit.shapes import (
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
    shape_of,
)

__all__ = ["describe_keys", "reference_page"]

_HEAD: Final = """\
# Documents

What each kind of document may hold, key by key.
This page is made from the classes that read the documents, by `make schemas`; the [JSON Schemas](../../schemas/) are made from the same.
How values are read is told in [wire](wire.md).

Every mapping may also have keys that begin with `x-`: they are free, and carried along untouched.
Where a mapping is "by id", each entry stands under its own id, and that id is written nowhere else.
"""

_PER_KIND: Final = """\
## {title}

{doc}
A document begins with `{key}: {header}`, and is kept as {files}.

"""


def reference_page() -> str:
    """
    Return the page that describes every kind of document, in Markdown.

    .. versionadded:: 0.1
    """
    told: set[type[Any]] = set()
    return "\n".join([_HEAD, *(_kind(kind, told) for kind in KINDS.values())])


def describe_keys(cls: type[Wired]) -> str:
    """
    Return tables of the keys of *cls*, and of the classes inside it under headings of their own, in Markdown.

    .. versionadded:: 0.1
    """
    root = shape_of(cls)
    inner = [f"### {_name(one)}\n\n{one.doc}\n\n{_table(one, keyed=keyed)}" for one, keyed in _below(root)]
    return "\n".join([_table(root, keyed=False), *inner])


def _kind(kind: DocumentKind, told: set[type[Any]]) -> str:
    root = shape_of(kind.cls)
    name = f"<language>.{kind.translates}" if kind.translates else kind.name
    files = f"`*.{name}.json`" if kind.json_only else f"`*.{name}.yaml` (or `.yml`, or `.json`)"
    parts = [
        _PER_KIND.format(title=_title(kind), header=kind.header, doc=root.doc, key=HEADER, files=files)
        + _table(root, keyed=False)
    ]
    told.add(root.cls)
    for record, keyed in _below(root):
        if record.cls not in told:
            told.add(record.cls)
            parts.append(f"### {_name(record)}\n\n{record.doc}\n\n{_table(record, keyed=keyed)}")
    return "\n".join(parts)


def _title(kind: DocumentKind) -> str:
    return f"{kind.header} with `translates`" if kind.translates else kind.header


def _name(record: Record) -> str:
    return record.cls.__name__.strip("_")


def _below(root: Record) -> Iterator[tuple[Record, bool]]:
    """Yield the classes inside *root*, each once, in the order in which a reader meets them."""
    seen: set[type[Any]] = {root.cls}
    waiting: list[tuple[Shape, bool]] = [(one.shape, False) for one in root.fields.values()]
    while waiting:
        shape, keyed = waiting.pop(0)
        if isinstance(shape, Record) and shape.cls not in seen:
            seen.add(shape.cls)
            yield shape, keyed
            waiting = [*((one.shape, False) for one in shape.fields.values()), *waiting]
        elif isinstance(shape, Items):
            waiting.insert(0, (shape.item, False))
        elif isinstance(shape, Table):
            waiting.insert(0, (shape.item, shape.keyed))
        elif isinstance(shape, OneOf):
            waiting = [*((variant, keyed) for variant in shape.variants), *waiting]


def _table(record: Record, *, keyed: bool) -> str:
    fields = [one for one in record.fields.values() if not (keyed and one.key == "id")]
    if not fields:
        return "It has no keys of its own.\n"
    rows = "".join(f"| `{one.key}` | {_holds(one.shape)} | {_default(one)} | {_meaning(one)} |\n" for one in fields)
    return f"| key | holds | default | meaning |\n|---|---|---|---|\n{rows}"


def _default(one: Field) -> str:
    if one.required:
        return "**required**"
    if isinstance(one.default, Wired):
        return f"a {_name(shape_of(type(one.default)))}"
    if one.default is False or (one.default and isinstance(one.default, str | int | float)):
        text = one.default if isinstance(one.default, str) else json.dumps(one.default)
        return f"`{text}`"
    return ""


def _meaning(one: Field) -> str:
    docs: Mapping[str, str] = one.shape.docs if isinstance(one.shape, Options) else {}
    return "<br>".join([one.doc, *(f"`{value}`: {doc}" for value, doc in docs.items() if doc)])


def _holds(shape: Shape) -> str:
    match shape:
        case Record():
            # A document inside another one is described under its header.
            below = next((kind.header.replace("/", "") for kind in HEADERS.values() if kind.cls is shape.cls), None)
            return f"[{_name(shape)}](#{below or _name(shape).casefold()})"
        case Items(item=item, least=least):
            return f"list of {_holds(item)}{f', at least {least}' if least else ''}"
        case Table(item=item, keyed=keyed):
            return f"mapping{' by id' if keyed else ''} of {_holds(item)}"
        case OneOf(variants=variants):
            return " or ".join(map(_holds, variants))
        case _:
            return _scalar(shape)


def _scalar(shape: Shape) -> str:
    match shape:
        case Text(rule="empty-text", examples=()):
            return "text"
        case Text(rule="empty-text", examples=examples):
            return f"text, such as {', '.join(f'`{one}`' for one in examples)}"
        case Text(rule="bad-id", expected=expected):
            return expected.partition(":")[0].removeprefix("an ")
        case Text(expected=expected):
            return expected.removeprefix("a ")
        case Number() | Flag() | Scalar():
            return shape.expected.removeprefix("a ")
        case Options(docs=docs):
            return ", ".join(f"`{value}`" for value in docs)
        case Const(value=value):
            return f"`{value}`"
        case _:
            return "anything but null"
