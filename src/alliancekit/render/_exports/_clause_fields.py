"""A prompt that is answered with clauses, as questions of SurveyJS: made from the schema of its answer, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["clause_fields"]

# What is asked of a clause, and how; the rest of what one may say, such as whom it is for, is left to the host.
_TITLES: Final[Mapping[str, str]] = {
    "text": "What, in your words",
    "known_by": "How would you know that you had it?",
    "due": "By which day, where there is one",
    "purpose": "What it is for",
    "hours": "At which hours",
    "reply_within_hours": "Hours until a reply",
    "frequency": "How often",
    "interval": "Every how many of these",
    "weekdays": "On which days",
    "starts": "From which day",
    "at": "At what time",
    "timezone": "In which time zone",
    "minutes": "For how many minutes",
    "where": "Where",
}
_LONG: Final = frozenset({"text", "known_by", "purpose"})
_DATES: Final = frozenset({"due", "starts"})
# Of several, these say which is meant; where there is one, it goes without saying.
_CHOOSERS: Final[Mapping[str, str]] = {"element": "What it belongs to", "topic": "What it is about"}


def clause_fields(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """
    Return the questions that ask for one clause.

    Args:
        schema: The schema of the answer: a list of clauses, of one kind or of several.
    """
    kinds = [one for one in _kinds(schema["items"]) if not {"changes", "drops"} & {*one["properties"]}]
    names = [[str(name) for name in one["properties"].get("element", {}).get("enum", ())] for one in kinds]
    among = [name for each in names for name in each]
    # It decides which others are shown, so it begins as what a clause is for that does not say.
    found = [{**_chooser("element", among), "defaultValue": among[0]}] if len(among) > 1 else []
    for key in ("topic", *_TITLES):
        having = [index for index, one in enumerate(kinds) if key in one["properties"]]
        if not having:
            continue
        field = next(iter(_fields(key, kinds[having[0]])), None)
        if field is not None:
            where = [name for index in having for name in names[index]]
            found.append(field if len(having) == len(kinds) else {**field, "visibleIf": _only(where)})
    return found


def _kinds(items: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    several: list[Mapping[str, Any]] = items.get("anyOf", [items])
    return [one for one in several if "properties" in one]  # a prompt that informs nothing takes no clause


def _only(elements: list[str]) -> str:
    return f"{{panel.element}} anyof [{', '.join(map(repr, elements))}]"


def _fields(key: str, kind: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the question for one key, if it is one to ask."""
    schema = kind["properties"][key]
    if key == "topic":
        if len(schema["enum"]) > 1:
            yield _chooser(key, schema["enum"])
        return
    required = {"isRequired": True} if key in kind["required"] else {}
    yield {**_typed(key, schema), "title": _TITLES[key], **required}


def _chooser(key: str, names: list[str]) -> dict[str, Any]:
    return {"type": "dropdown", "name": key, "title": _CHOOSERS[key], "choices": names}


def _typed(key: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    if key in _LONG:
        return {"type": "comment", "name": key}
    if "oneOf" in schema:
        return {"type": "dropdown", "name": key, "choices": _constants(schema)}
    if schema["type"] == "array":
        return {"type": "checkbox", "name": key, "choices": _constants(schema["items"])}
    text: dict[str, Any] = {"type": "text", "name": key}
    if schema["type"] == "integer":
        return {**text, "inputType": "number", "min": schema["minimum"], "max": schema["maximum"]}
    if key in _DATES:
        return {**text, "inputType": "date"}
    return {**text, "inputType": "time"} if key == "at" else text


def _constants(schema: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the constants with what people read: ``monday`` as *Monday*."""
    return [{"value": one["const"], "text": str(one["const"]).capitalize()} for one in schema["oneOf"]]
