"""A bank, or what one member may see, as one JSON Schema: an object with a property for each question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from alliancekit.flow import View, answer_schema
from alliancekit.model import Bank, Prompt
from alliancekit.render._exports._form import SHARE, SHARED, Question, form_of

__all__ = ["to_form_schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def to_form_schema(source: Bank | View) -> dict[str, Any]:
    """
    Return a bank, or what one member is to answer now, as the JSON Schema of a form: plain data for `json.dumps`.

    It describes an object with a property for each question, named ``prompt``; for a follow-up ``prompt_follow-up``, and
    inside a repeat ``prompt_for_subject``. What stands under a prompt is what the engine takes as its answer. Nothing is
    required: to leave a question out is to answer nothing.

    Args:
        source: The bank, whole; or the view of the member who fills the form in.

    Raises:
        InvalidValueError: It is neither.

    .. versionadded:: 0.1
    """
    form = form_of(source, "to_form_schema")
    definitions: dict[str, Any] = {}
    properties = {name: one for asked in form.questions() for name, one in _properties(asked, definitions)}
    schema = {
        "$schema": _DRAFT,
        "title": form.title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return {**schema, "$defs": definitions} if definitions else schema


def _properties(asked: Question, definitions: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = asked.schema
    # A definition goes by the name of its class, so each is the same wherever it is used.
    definitions.update(schema.pop("$defs", {}))
    prompt = asked.prompt
    described = (asked.about, prompt.why, schema.pop("description", None))
    description = "\n".join(text for text in described if text)
    head = {"title": prompt.text, **({"description": description} if description else {})}
    yield asked.name, {**head, **schema}
    if asked.may_share:
        yield f"{asked.name}{SHARE}", {"title": SHARED, "type": "boolean"}
    for one in prompt.follow_ups:
        yield asked.follow_up_name(one.id), {"title": one.text, **answer_schema(Prompt(id=one.id, text=one.text))}
