"""
Forms of banks and views, whatever is in them.

One verdict: what the engine takes, the schema of the form takes, and what the schema refuses, the engine refuses. And
nothing but the view of a member is in the form that they get.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from alliancekit.flow import Answer, AskStep, Refused, Session
from alliancekit.model import Bank
from alliancekit.render import answers_from_surveyjs, to_form_schema, to_surveyjs
from alliancekit.values import freeze
from tests.node import needs_node, run_node
from tests.scripts import BANK, NOW, VALUES, make_flow, make_session
from tests.strategies import mutated, values

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
ASKED = tuple(BANK.prompts)
SESSION: Session = make_session(make_flow(AskStep(id="all", prompts=ASKED)))
SCHEMA = to_form_schema(SESSION.view("ana"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def takes(prompt: str, value: Any) -> bool:
    """Return whether the engine takes *value* as Ana's answer."""
    _, facts = SESSION.send(Answer(by="ana", id="a", at=NOW, prompt=prompt, value=value))
    return not isinstance(facts[0], Refused)


@given(data=st.data())
@QUICK
def test_what_the_engine_takes_is_valid(data: st.DataObject) -> None:
    """A form that is filled in with answers that the engine takes is valid as a whole, here and in Ajv's dialect."""
    asked = data.draw(st.lists(st.sampled_from([*VALUES]), unique=True))
    filled = {prompt: data.draw(VALUES[prompt]) for prompt in asked if prompt in SCHEMA["properties"]}
    assert all(takes(prompt, value) for prompt, value in filled.items())
    VALIDATOR.validate(filled)


@given(data=st.data(), random=st.randoms(use_true_random=False))
@QUICK
def test_what_the_form_refuses_the_engine_refuses(data: st.DataObject, random: Any) -> None:
    """A form and the engine differ only where a schema cannot say it: there the engine is the stricter one."""
    prompt = data.draw(st.sampled_from([one for one in VALUES if one in SCHEMA["properties"]]))
    value = mutated({"value": data.draw(VALUES[prompt])}, random).get("value")
    try:
        value = json.loads(json.dumps(value))
        taken = takes(prompt, value)
    except ValueError:  # no session could carry it
        return
    valid = VALIDATOR.is_valid({prompt: value})
    event(f"engine {taken}, form {valid}")
    assert valid or not taken


@given(data=st.data())
@QUICK
def test_a_survey_brings_answers_back(data: st.DataObject) -> None:
    """What a member filled in becomes requests that the engine takes, each with the value that was given."""
    asked = data.draw(st.lists(st.sampled_from([one for one in VALUES if one in ASKED]), unique=True, min_size=1))
    filled = {prompt: data.draw(VALUES[prompt]) for prompt in asked}
    answers = answers_from_surveyjs(SESSION.view("ana"), filled, at=NOW)
    assert {one.prompt: one.value for one in answers} == {prompt: freeze(value) for prompt, value in filled.items()}
    assert all(not isinstance(SESSION.send(one)[1][0], Refused) for one in answers)


@needs_node
@given(banks=st.lists(values(Bank), min_size=20, max_size=20))
@settings(max_examples=2, deadline=None, suppress_health_check=[*HealthCheck], phases=[Phase.generate])
def test_every_bank_is_a_survey_and_a_schema(banks: list[Bank], tmp_path_factory: Any) -> None:
    """Any bank is a survey that survey-core reads without errors and writes again, and a schema that Ajv compiles."""
    surveys = [to_surveyjs(bank) for bank in banks]
    for survey, found in zip(surveys, run_node("survey_load.mjs", [{"survey": one} for one in surveys]), strict=True):
        assert (found["errors"], {"pages": [], **found["again"]}) == ([], survey)
    folder: Path = tmp_path_factory.mktemp("schemas")
    paths = [folder / f"{number}.schema.json" for number, _ in enumerate(banks)]
    for path, bank in zip(paths, banks, strict=True):
        path.write_text(json.dumps(to_form_schema(bank)), encoding="utf-8")
    compiled = run_node("ajv_compile.mjs", {"schemas": [{"path": str(path), "instances": [{}]} for path in paths]})
    assert {one["error"] for one in compiled} == {None}
