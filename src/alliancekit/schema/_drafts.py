"""The second pass: descriptions to a draft of JSON Schema."""

from __future__ import annotations

from typing import Any, Final, final

from attrs import frozen

from alliancekit.findings import HOME
from alliancekit.schema._describe import Described, Ref, describe, describe_root
from alliancekit.shapes import Shape, Wired, shape_of
from alliancekit.values import is_list, is_mapping


@final
@frozen
class _Draft:
    """
    How a draft writes what the drafts write differently.

    Attributes:
        uri: What ``$schema`` says.
        folder: Where the schemas of that draft lie, below those of the newest.
        definitions: The keyword that holds definitions.
        ref_stands_alone: Whether what stands beside a ``$ref`` is passed over.
    """

    uri: str
    folder: str
    definitions: str
    ref_stands_alone: bool


_NEW: Final = _Draft("https://json-schema.org/draft/2020-12/schema", "", "$defs", ref_stands_alone=False)
_OLD: Final = _Draft("http://json-schema.org/draft-07/schema#", "draft-07/", "definitions", ref_stands_alone=True)


def file_name(header: str, *, draft_07: bool = False) -> str:
    """
    Return the file that holds the schema of a kind of document, below ``schemas/``.

    Args:
        header: What the documents say in ``alliancekit:``, as ``alliance/1``.
        draft_07: Whether the twin in draft-07 is meant.

    .. versionadded:: 0.1
    """
    return f"{(_OLD if draft_07 else _NEW).folder}{header.replace('/', '-')}.schema.json"


def schema_id(header: str, *, draft_07: bool = False) -> str:
    """
    Return the ``$id`` of the schema of a kind of document: where it is published.

    .. versionadded:: 0.1
    """
    return f"{HOME}schemas/{file_name(header, draft_07=draft_07)}"


def make_schema(
    header: str,
    cls: type[Wired],
    *,
    marked: tuple[str, type[Wired]] | None = None,
    draft_07: bool = False,
    headed: bool = True,
) -> dict[str, Any]:
    """
    Return the JSON Schema of a kind of document.

    Args:
        header: What the documents say in ``alliancekit:``, as ``alliance/1``.
        cls: The class that they are read into.
        marked: A key, and the class that documents with it are read into; None where there is one class only.
        draft_07: Whether to write draft-07, for tools that read no newer one, in place of 2020-12.
        headed: Whether what it describes says *header*; settings do not.

    .. versionadded:: 0.1
    """
    draft = _OLD if draft_07 else _NEW
    head = {"$schema": draft.uri, "$id": schema_id(header, draft_07=draft_07), "title": f"alliancekit: {header}"}
    other = None if marked is None else (marked[0], shape_of(marked[1]))
    return {**head, **_whole(describe_root(shape_of(cls), header if headed else None, other), draft)}


def make_part(shape: Shape, *, draft_07: bool = False) -> dict[str, Any]:
    """
    Return a JSON Schema of one shape, that stands by itself: for a form that asks for just that.

    .. versionadded:: 0.1
    """
    return _whole(describe(shape), _OLD if draft_07 else _NEW)


def _whole(described: Described, draft: _Draft) -> dict[str, Any]:
    schema: dict[str, Any] = _write(described.node, draft)
    definitions = {name: _write(one, draft) for name, one in sorted(described.definitions.items())}
    return {**schema, draft.definitions: definitions} if definitions else schema


def _write(node: Any, draft: _Draft) -> Any:
    """Return *node* as *draft* writes it."""
    if isinstance(node, Ref):
        ref = {"$ref": f"#/{draft.definitions}/{node.name}"}
        return {**node.beside, "oneOf": [ref]} if node.beside and draft.ref_stands_alone else {**node.beside, **ref}
    if is_mapping(node):
        return {key: _write(value, draft) for key, value in node.items()}
    return [_write(one, draft) for one in node] if is_list(node) else node
