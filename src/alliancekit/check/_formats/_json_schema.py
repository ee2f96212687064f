"""The JSON Schema of our own JSON: what a program may rely on, in the words that it reads there."""

from __future__ import annotations

from typing import Any, Final

from alliancekit.findings import HOME, Severity

__all__ = ["REPORT_FILE", "report_schema"]

REPORT_FILE: Final = "report-1.schema.json"


def report_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (2020-12) of what ``--format json`` writes.

    A key that it does not name is one that a later version has added: it stays valid.

    .. versionadded:: 0.1
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{HOME}schemas/{REPORT_FILE}",
        "title": "alliancekit: report/1",
        **_object(
            "What `alliancekit check --format json` writes.",
            version={"const": 1, "description": "Another number when one of these keys goes or means something else."},
            findings=_list("What was found, file after file, each sorted by place.", {"$ref": "#/$defs/finding"}),
            suppressed=_list("What a comment keeps quiet; it counts for nothing.", {"$ref": "#/$defs/suppressed"}),
            summary={"$ref": "#/$defs/summary", "description": "How many there are of what."},
        ),
        "$defs": {
            "finding": _object("One thing that is wrong.", **_FINDING),
            "suppressed": _object(
                "A finding that a comment keeps quiet.", **_FINDING, reason=_text("Why, in the words of the comment.")
            ),
            "related": _object(
                "Another place that belongs to it.", path=_PATH, **_PLACED, message=_text("What it is.")
            ),
            "fix": _object(
                "What would mend it.",
                message=_text("What it does."),
                is_safe={"type": "boolean", "description": "Whether --fix applies it; others need --unsafe-fixes."},
                edits=_list("What changes in the text, none over another.", {"$ref": "#/$defs/edit"}),
            ),
            "edit": _object(
                "A stretch of the text that is replaced.", **_PLACED, text=_text("What stands there afterwards.")
            ),
            "summary": _object("How many there are of what.", **{name: _count(what) for name, what in _COUNTS.items()}),
        },
    }


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "description": description, "required": [*properties], "properties": properties}


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _count(description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "description": description}


def _number(description: str, *, or_null: bool) -> dict[str, Any]:
    whole = {"type": "integer", "minimum": 1}
    return (
        {"description": description, "oneOf": [whole, {"type": "null"}]}
        if or_null
        else {**whole, "description": description}
    )


def _place(*, or_null: bool) -> dict[str, Any]:
    return {
        "line": _number("The line of its first character, from 1.", or_null=or_null),
        "column": _number("The column of its first character, from 1, in characters.", or_null=or_null),
        "end_line": _number("The line where it ends.", or_null=or_null),
        "end_column": _number("The column after its last character.", or_null=or_null),
    }


_PLACED: Final = _place(or_null=False)
_PATH: Final[dict[str, Any]] = {
    "description": "The file, as it was named; null for what belongs to none.",
    "oneOf": [{"type": "string"}, {"type": "null"}],
}
_FINDING: Final[dict[str, dict[str, Any]]] = {
    "rule": _text("The code of the rule: stable and kebab-case."),
    "severity": {"enum": [one.value for one in Severity], "description": "How bad it is."},
    "message": _text("What is wrong, in one sentence."),
    "path": _PATH,
    **_place(or_null=True),
    "pointer": _text("The element meant (RFC 6901); empty for the whole document."),
    "hint": _text("What would be right; empty when nothing can be said."),
    "url": _text("Where it is explained; empty where no page does."),
    "related": _list("Other places that belong to it.", {"$ref": "#/$defs/related"}),
    "fix": {
        "description": "What would mend it; null where that is for a person to say.",
        "oneOf": [{"$ref": "#/$defs/fix"}, {"type": "null"}],
    },
}
_COUNTS: Final = {
    "files_checked": "Files that were judged.",
    "files_skipped": "Files that could not be read; each has its finding.",
    "errors": "Findings that are errors.",
    "warnings": "Findings that are warnings.",
    "infos": "Findings that are worth knowing.",
    "suppressed": "Findings that a comment keeps quiet.",
    "fixable": "Findings that --fix mends.",
}
