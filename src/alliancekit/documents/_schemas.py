"""The JSON Schemas of all kinds of documents: each is made from the class of the values."""

from __future__ import annotations

import json
from typing import Any, Final

from alliancekit.documents._kinds import HEADERS, TRANSLATES, translation_of
from alliancekit.errors import UnknownNameError

__all__ = ["SCHEMA_NAMES", "schema_files", "schema_of"]

SCHEMA_NAMES: Final = tuple(HEADERS)
"""The kinds of documents that have a schema: all of them."""


def schema_of(name: str, *, draft_07: bool = False) -> dict[str, Any]:
    """
    Return the JSON Schema of the documents of a kind.

    Args:
        name: The kind: what the header says before the slash.
        draft_07: Whether to write draft-07, for tools that read no newer one, in place of 2020-12.

    Raises:
        UnknownNameError: If there is no such kind.

    .. versionadded:: 0.1
    """
    from alliancekit.schema import make_schema

    if name not in HEADERS:
        raise UnknownNameError("schema", name, SCHEMA_NAMES)
    kind = HEADERS[name]
    other = translation_of(kind)
    marked = None if other is None else (TRANSLATES, other.cls)
    return make_schema(kind.header, kind.cls, marked=marked, draft_07=draft_07)


def schema_files() -> dict[str, str]:
    """
    Return the text of every schema, by the path of its file below ``schemas/``.

    .. versionadded:: 0.1
    """
    from alliancekit.schema import file_name

    both = [(name, old) for name in SCHEMA_NAMES for old in (False, True)]
    return {file_name(HEADERS[name].header, draft_07=old): _text(schema_of(name, draft_07=old)) for name, old in both}


def _text(schema: dict[str, Any]) -> str:
    return f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n"
