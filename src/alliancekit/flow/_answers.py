"""What an answer must look like: the judgement of a value by its prompt, and the same as a JSON Schema for a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from math import isfinite
from typing import Any, Final

from alliancekit.flow._amending import UNWRITTEN, Held, is_for
from alliancekit.flow._clauses import TOPICS, class_for, element_of, misfits, targets
from alliancekit.limits import LIMITS
from alliancekit.model import (
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    YesNoAnswer,
)
from alliancekit.shapes import Text, shape_of
from alliancekit.typing import Json
from alliancekit.values import EMPTY, FrozenMap, shorten

__all__ = ["answer_schema", "proposal_schema", "text_misfit", "unsuitable"]

_PROSE: Final = Text(prose=True)
_NOTHING: Final[dict[str, Any]] = {"not": {}}  # an empty list of choices is no schema
_TEXT_SCHEMA: Final[dict[str, Any]] = {"type": "string", "pattern": "[^ \\t\\n\\r]", "maxLength": LIMITS.text}


def unsuitable(value: Json, prompt: Prompt, *, follow_up: bool, members: Iterable[str], held: Held = EMPTY) -> str:
    """Return why *value* is no answer to *prompt*, in words for the member who gave it; empty where it is one."""
    answer = prompt.answer
    if follow_up:
        return text_misfit(value)
    match answer:
        case ChoiceAnswer() | ChoicesAnswer():
            return _choice_misfit(value, answer)
        case ScaleAnswer():
            fits = type(value) is int and 1 <= value <= answer.points
            return "" if fits else f"the answer is a whole number from 1 to {answer.points}, not {shorten(value)}"
        case YesNoAnswer():
            return "" if isinstance(value, bool) else f"the answer is yes or no (true or false), not {shorten(value)}"
        case NumberAnswer():
            return _number_misfit(value, answer)
        case DateAnswer():
            return _date_misfit(value)
        case ClausesAnswer():
            return misfits(value, prompt, members, held)
        case _:
            return text_misfit(value)


def text_misfit(value: Json) -> str:
    """Return why *value* is no text that a document can carry, or an empty text."""
    if not isinstance(value, str):
        return f"the answer is a text, not {shorten(value)}"
    if not value.strip():
        return "the answer is empty; to leave it out, pass"
    if len(value) > LIMITS.text:
        return f"the answer has {len(value):,} characters; at most {LIMITS.text:,} are allowed"
    return f"the answer {reason}" if (reason := _PROSE.problem(value)) else ""


def _choice_misfit(value: Json, answer: ChoiceAnswer | ChoicesAnswer) -> str:
    key = "choice" if isinstance(answer, ChoiceAnswer) else "choices"
    if isinstance(value, Mapping):
        if not answer.note:
            return f"there is no room for a note here; the answer is only the {key}"
        if unknown := next((one for one in value if one not in (key, "note")), None):
            return f"the answer has {key} and note, and no {shorten(unknown)}"
        if (note := value.get("note")) is not None and (reason := text_misfit(note)):
            return reason.replace("answer", "note")
        value = value.get(key)
    chosen = (value,) if key == "choice" else value
    if not isinstance(chosen, tuple) or not chosen:
        return f"the answer is one or more of {', '.join(answer.options)}"
    wrong = next((one for one in chosen if not isinstance(one, str) or one not in answer.options), None)
    if wrong is not None or None in chosen:
        return f"{shorten(wrong)} is not among the options: {', '.join(answer.options)}"
    return "an option is chosen twice" if len(set(chosen)) < len(chosen) else ""


def _number_misfit(value: Json, answer: NumberAnswer) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value) or abs(value) > 2**53:
        return f"the answer is a number, not {shorten(value)}"
    if answer.least is not None and value < answer.least:
        return f"the answer is at least {answer.least:g}, not {shorten(value)}"
    if answer.most is not None and value > answer.most:
        return f"the answer is at most {answer.most:g}, not {shorten(value)}"
    return ""


def _date_misfit(value: Json) -> str:
    wrong = f"the answer is a date like 2026-11-01, not {shorten(value)}"
    if not isinstance(value, str) or len(value) != len("2026-11-01"):
        return wrong
    try:
        date.fromisoformat(value)
    except ValueError:
        return wrong
    return ""


def chosen_of(value: Json) -> tuple[str, ...]:
    """Return the options in an answer to a choice."""
    if isinstance(value, FrozenMap):
        value = value.get("choice", value.get("choices"))
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def note_of(value: Json) -> Json:
    """Return the note in an answer to a choice, or None."""
    return value.get("note") if isinstance(value, FrozenMap) else None


# The same for a form -------------------------------------------------------------------------------------------------


def answer_schema(prompt: Prompt, amendable: Mapping[str, str] = EMPTY) -> dict[str, Any]:
    """
    Return the JSON Schema of an answer to *prompt*, with its labels as titles.

    Args:
        prompt: The prompt.
        amendable: The clauses that the answer may change or drop: the id of each, with what it is for.
    """
    answer = prompt.answer
    match answer:
        case ChoiceAnswer() | ChoicesAnswer():
            return _choice_schema(answer)
        case ScaleAnswer():
            labels = [
                text
                for text in (answer.low and f"1: {answer.low}", answer.high and f"{answer.points}: {answer.high}")
                if text
            ]
            described = {"description": "; ".join(labels)} if labels else {}
            return {"type": "integer", "minimum": 1, "maximum": answer.points, **described}
        case YesNoAnswer():
            return {"type": "boolean"}
        case NumberAnswer():
            bounds = {"minimum": answer.least, "maximum": answer.most, "description": answer.unit}
            return {"type": "number", **{key: value for key, value in bounds.items() if value is not None}}
        case DateAnswer():
            return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case ClausesAnswer():
            return _clauses_schema(targets(prompt), amendable, evidence=answer.evidence)
        case _:
            return dict(_TEXT_SCHEMA)


def _choice_schema(answer: ChoiceAnswer | ChoicesAnswer) -> dict[str, Any]:
    options = [{"const": name, "title": label} for name, label in answer.options.items()]
    option: dict[str, Any] = {"oneOf": options} if options else _NOTHING
    several = {"type": "array", "items": option, "minItems": 1, "uniqueItems": True}
    key, bare = ("choice", option) if isinstance(answer, ChoiceAnswer) else ("choices", several)
    if not answer.note:
        return bare
    noted = {
        "type": "object",
        "properties": {key: bare, "note": dict(_TEXT_SCHEMA)},
        "required": [key],
        "additionalProperties": False,
    }
    return {"anyOf": [noted, bare]}


def _clauses_schema(among: tuple[str, ...], amendable: Mapping[str, str], *, evidence: bool) -> dict[str, Any]:
    items, definitions = _entry_schemas(among, amendable, evidence=evidence)
    schema: dict[str, Any] = {"type": "array", "items": items, "minItems": 1, "maxItems": 100}
    return {**schema, "$defs": definitions} if definitions else schema


def proposal_schema(element: str, amendable: Mapping[str, str] = EMPTY) -> dict[str, Any]:
    """Return the JSON Schema of a proposal for *element*, which may change or drop a clause in *amendable*."""
    if element == "intention":
        return dict(_TEXT_SCHEMA)
    among = ("cadence.check_ins", "cadence.channels", "cadence.review") if element == "cadence" else (element,)
    schema, definitions = _entry_schemas(among, amendable, evidence=False)
    return {**schema, "$defs": definitions} if definitions else schema


def _entry_schemas(
    among: tuple[str, ...], amendable: Mapping[str, str], *, evidence: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    classes = {class_for(target): target for target in reversed(among)}
    topics = tuple(one.partition(".")[2] for one in among if element_of(one) == "ground_rules" and "." in one)
    found: list[dict[str, Any]] = []
    definitions: dict[str, Any] = {}
    for cls, target in reversed(classes.items()):
        entry, others = _entry_schema(target)
        entry, definitions = dict(entry), {**definitions, **others}
        properties = {key: value for key, value in entry["properties"].items() if key not in UNWRITTEN}
        if len(classes) > 1:
            names = list(dict.fromkeys(_named(one) for one in among if class_for(one) is cls))
            properties["element"] = {"type": "string", "enum": names}
        if "topic" in properties:
            properties["topic"] = {"type": "string", "enum": list(topics or TOPICS)}
        required = [key for key in entry.get("required", ()) if key not in {*UNWRITTEN, "id"}]
        if evidence and "known_by" in properties:
            required.append("known_by")
        found.append({**entry, "properties": properties, "required": required})
        names = sorted(name for name, one in amendable.items() if is_for(one, among) and class_for(one) is cls)
        if names:
            found.extend(_amendment_schemas(entry, properties, names))
    if not found:
        return _NOTHING, definitions
    return (found[0] if len(found) == 1 else {"anyOf": found}), definitions


def _amendment_schemas(entry: dict[str, Any], properties: dict[str, Any], names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the schemas of a clause that changes, and of one that drops, one that exists."""
    which = {"type": "string", "enum": names}
    said = {key: value for key, value in properties.items() if key != "id"}
    yield {**entry, "properties": {"changes": which, **said}, "required": ["changes"]}
    yield {"type": "object", "properties": {"drops": which}, "required": ["drops"], "additionalProperties": False}


def _named(target: str) -> str:
    """Return what a clause says in ``element``: what is in the cadence has a class for each target."""
    return target if element_of(target) == "cadence" else element_of(target)


@cache
def _entry_schema(target: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the schema of a clause for a target, and the definitions that it refers to."""
    from alliancekit.schema import make_part

    cls = class_for(target)
    whole = make_part(shape_of(cls))
    definitions = dict(whole.pop("$defs", {}))
    return definitions.pop(cls.__name__), definitions
