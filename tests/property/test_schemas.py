"""One verdict: what the converter says of a document's structure, its schemas say too, in Python and in JavaScript."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from alliancekit.documents import HEADERS, KINDS, schema_of
from alliancekit.wire import structure
from tests.node import needs_node, run_node
from tests.strategies import documents, mutated

EACH = [(kind.header, kind.cls) for kind in KINDS.values()]
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def fits(data: Any, header: str) -> bool:
    name = name_of(header)
    name = next((one.name for one in KINDS.values() if one.translates == name and "translates" in data), name)
    try:
        structure(data, KINDS[name].cls)
    except ValueError:
        return False
    return True


def collected(header: str, cls: type[Any], each: int) -> list[tuple[Any, bool]]:
    """Return documents, right and mutated, with what the converter says; jsonschema has to say the same."""
    validators = [
        Draft202012Validator(schema_of(name_of(header))),
        Draft7Validator(schema_of(name_of(header), draft_07=True)),
    ]
    found: list[tuple[Any, bool]] = []

    @SLOW
    @given(document=documents(cls), seed=st.integers(0, 2**32))
    def collect(document: Any, seed: int) -> None:
        random = Random(seed)
        for data in [document, *(mutated(document, random, structural=True) for _ in range(each))]:
            verdict, whole = fits(data, header), {"alliancekit": header, **data}
            assert [one.is_valid(whole) for one in validators] == [verdict, verdict], whole
            found.append((whole, verdict))

    collect()
    return found


def name_of(header: str) -> str:
    return header.partition("/")[0]


@pytest.mark.parametrize(("header", "cls"), EACH)
class TestVerdicts:
    def test_python(self, header: str, cls: type[Any]) -> None:
        """Converter and jsonschema agree about documents and their structural mutations, in both drafts."""
        verdicts = {verdict for _, verdict in collected(header, cls, each=12)}
        assert verdicts == {True, False}

    @needs_node
    def test_ajv(self, header: str, cls: type[Any], tmp_path: Path) -> None:
        """Ajv compiles both schemas in strict mode, and agrees with the converter."""
        judged = collected(header, cls, each=4)
        instances = [data for data, _ in judged]
        schemas = []
        for old in (False, True):
            path = tmp_path / f"{old}.schema.json"
            path.write_text(json.dumps(schema_of(name_of(header), draft_07=old)), encoding="utf-8")
            schemas.append({"path": str(path), "instances": instances})

        for answer in run_node("ajv_compile.mjs", {"schemas": schemas}):
            assert answer["error"] is None
            verdicts = zip(judged, answer["verdicts"], strict=True)
            assert [(data, said["errors"]) for (data, verdict), said in verdicts if said["valid"] is not verdict] == []


@pytest.mark.parametrize("name", HEADERS)
def test_is_a_schema(name: str) -> None:
    """Each is a schema of its draft."""
    Draft202012Validator.check_schema(schema_of(name))
    Draft7Validator.check_schema(schema_of(name, draft_07=True))
