"""Banks and views as the JSON Schema of a form."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from alliancekit import library
from alliancekit.errors import InvalidValueError
from alliancekit.flow import answer_schema
from alliancekit.model import Bank
from alliancekit.render import to_form_schema
from tests.node import needs_node, run_node
from tests.scripts import BANK, DULL, do, make_session
from tests.unit.render.exports.banks import full

SHARED = {"title": "Share my answer, under my name, with the others", "type": "boolean"}


def banks() -> list[Bank]:
    return [full(), BANK, *map(library.bank, library.bank_names())]


class TestBank:
    def test_names(self) -> None:
        """Each prompt and follow-up has a property, and what is private one more; nothing is required."""
        schema = to_form_schema(full())
        assert [*schema["properties"]] == [
            "loose", "tone", "tone_works", "tone_fails", "meet", "score", "sure", "hours", "day", "worries",
            "worries-Share", "next",
        ]  # fmt: skip
        assert (schema["title"], schema["type"], schema["additionalProperties"]) == ("Everything", "object", False)
        assert "required" not in schema

    def test_words(self) -> None:
        """The question is the title; the reason, and what belongs to the answer, the description."""
        properties = to_form_schema(full())["properties"]
        assert properties["tone"]["title"] == "Which tone?"
        assert properties["tone"]["description"] == "People mean different things."
        assert properties["score"]["description"] == "1: Little; 7: Much"
        assert properties["hours"]["description"] == "hours"
        assert "description" not in properties["sure"]
        assert properties["tone_works"]["title"] == "What works?"
        assert properties["worries-Share"] == SHARED

    def test_options(self) -> None:
        """An option is a constant with its title."""
        options = [{"const": "direct", "title": "Direct"}, {"const": "warm", "title": "Warm"}]
        assert to_form_schema(full())["properties"]["meet"]["oneOf"] == options

    def test_answers_are_those_of_the_engine(self) -> None:
        """Under a prompt stands what the engine says of its answer, and nothing that was written twice."""
        for bank in banks():
            properties = to_form_schema(bank)["properties"]
            for prompt in bank.prompts.values():
                of_engine = {
                    key: part for key, part in answer_schema(prompt).items() if key not in ("$defs", "description")
                }
                assert of_engine.items() <= properties[prompt.id].items()

    def test_answers(self) -> None:
        """A form that is filled in is judged as a whole, references to definitions included."""
        validator = jsonschema.Draft202012Validator(to_form_schema(BANK))
        validator.validate({**DULL, "tone_works": "Silence.", "worries-Share": True})
        repeated = {"text": "x", "known_by": "x", "repeats": {"frequency": "weekly"}}
        assert validator.is_valid({"give": [repeated]})
        assert not validator.is_valid({"give": [{**repeated, "repeats": {"frequency": "often"}}]})
        assert not validator.is_valid({"whim": "x"})
        assert validator.is_valid({})

    def test_wrong_use(self) -> None:
        """What is neither a bank nor a view is refused in a sentence."""
        wrong: Any = "one-to-one"
        with pytest.raises(InvalidValueError, match="must be a Bank or a View, not str"):
            to_form_schema(wrong)


class TestView:
    def test_what_is_to_do(self) -> None:
        """A view asks what its member has to answer now, and holds nobody's answers."""
        session = do(make_session(), "ana", "answer", "why", "Because of the secret.")
        schema = to_form_schema(session.view("ana"))
        assert [*schema["properties"]] == ["worries", "worries-Share", "tone", "tone_works", "give", "ask"]
        assert schema["title"] == "Ours"
        assert "secret" not in json.dumps(schema)
        assert "why" in to_form_schema(session.view("ben"))["properties"]


@needs_node
def test_ajv_compiles_them(tmp_path: Path) -> None:
    """Ajv compiles each in strict mode, and takes what the engine takes."""
    schemas = [to_form_schema(one) for one in (*banks(), make_session().view("ana"))]
    payload: list[dict[str, Any]] = []
    for number, schema in enumerate(schemas):
        path = tmp_path / f"{number}.schema.json"
        path.write_text(json.dumps(schema), encoding="utf-8")
        payload.append({"path": str(path), "instances": [{}, {"whim": 1}]})
    payload[1]["instances"] += [DULL, {"score": 6}, {"give": [{"text": "x"}]}]
    answers = run_node("ajv_compile.mjs", {"schemas": payload})
    assert [one["error"] for one in answers] == [None] * len(schemas)
    assert [[verdict["valid"] for verdict in one["verdicts"]][:2] for one in answers] == [[True, False]] * len(schemas)
    assert [verdict["valid"] for verdict in answers[1]["verdicts"]][2:] == [True, False, False]
