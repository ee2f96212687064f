"""The JSON Schemas of what checking reads beside documents, and of what it writes."""

from __future__ import annotations

import json
from typing import Any

from alliancekit.check._configuration._table import SettingsTable
from alliancekit.check._formats import REPORT_FILE, report_schema
from alliancekit.check._rules import RULES
from alliancekit.schema import file_name, make_schema

__all__ = ["schema_files", "settings_schema"]

_SETTINGS = "settings/1"


def settings_schema(*, draft_07: bool = False) -> dict[str, Any]:
    """
    Return the JSON Schema of a configuration: of an ``alliancekit.toml``, and of the table in a ``pyproject.toml``.

    Args:
        draft_07: Whether to write draft-07, which editors of TOML read, in place of 2020-12.

    .. versionadded:: 0.1
    """
    schema = make_schema(_SETTINGS, SettingsTable, draft_07=draft_07, headed=False)
    definitions = "definitions" if draft_07 else "$defs"
    rules, entry = _by_name(
        schema["properties"]["rules"], {"$ref": f"#/{definitions}/RuleLevel"}, stands_alone=draft_07
    )
    properties = {**schema["properties"], "rules": rules}
    return {**schema, "properties": properties, definitions: {**schema[definitions], "RuleLevel": entry}}


def _by_name(
    table: dict[str, Any], ref: dict[str, Any], *, stands_alone: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    Return the schema of a table of rules with ours by name, so that an editor offers them, and what each of them holds.

    It takes what it took before: rules that come with a package have names too.
    """
    (pattern, entry), (free, anything) = table["patternProperties"].items()
    named = {"oneOf": [ref]} if stands_alone else ref
    by_name = {
        "description": table["description"],
        "type": "object",
        "properties": {code: {"description": _first_sentence(rule.why), **named} for code, rule in RULES.items()},
        "patternProperties": {free: anything},
        "propertyNames": {"type": "string", "pattern": f"{free}|{pattern}"},
        "additionalProperties": ref,
    }
    return by_name, entry


def _first_sentence(text: str) -> str:
    return f"{text.partition('. ')[0].rstrip('.')}."


def schema_files() -> dict[str, str]:
    """
    Return the text of these schemas, by the path of their file below ``schemas/``.

    .. versionadded:: 0.1
    """
    settings = {file_name(_SETTINGS, draft_07=old): settings_schema(draft_07=old) for old in (False, True)}
    schemas = {REPORT_FILE: report_schema(), **settings}
    return {name: f"{json.dumps(one, indent=2, ensure_ascii=False)}\n" for name, one in schemas.items()}
