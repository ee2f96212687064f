"""What is made from the classes is what lies in the folder: the schemas, and the page that describes every document."""

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from alliancekit import check, documents
from alliancekit.errors import UnknownNameError
from tests.node import needs_node, run_node
from tests.shared import ROOT

REMEDY = "run make schemas"


def test_the_schemas_are_what_the_classes_say() -> None:
    """``schemas/`` holds exactly the generated files."""
    folder = ROOT / "schemas"
    lying = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.json"))}
    made = {**documents.schema_files(), **check.schema_files()}
    assert sorted(lying) == sorted(made), REMEDY
    assert [name for name, text in made.items() if lying[name] != text] == [], REMEDY


def test_the_page_is_what_the_classes_say() -> None:
    """``docs/reference/documents.md`` is the generated page."""
    assert (ROOT / "docs" / "reference" / "documents.md").read_text("utf-8") == documents.reference_page(), REMEDY


@pytest.mark.parametrize("name", documents.SCHEMA_NAMES)
def test_each_is_a_schema(name: str) -> None:
    """Each is a schema of its draft, with the address of its file."""
    new, old = documents.schema_of(name), documents.schema_of(name, draft_07=True)
    Draft202012Validator.check_schema(new)
    Draft7Validator.check_schema(old)
    assert new["$id"].endswith(f"/schemas/{name}-1.schema.json")
    assert old["$id"].endswith(f"/schemas/draft-07/{name}-1.schema.json")


@needs_node
def test_ajv_compiles_them_in_strict_mode() -> None:
    """The strictest validator that editors use takes every one of the files."""
    paths = [ROOT / "schemas" / name for name in documents.schema_files()]
    answers = run_node("ajv_compile.mjs", {"schemas": [{"path": str(path), "instances": [{}]} for path in paths]})
    assert [(one["path"], one["error"]) for one in answers if one["error"]] == []
    assert [one["path"] for one in answers if one["verdicts"][0]["valid"]] == []


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").rglob("*.json")), ids=lambda path: path.name)
def test_each_key_is_described(path: Any) -> None:
    """Each key of each mapping says what it means, because editors show it."""

    def bare(node: Any, at: str) -> list[str]:
        if isinstance(node, list):
            return [one for index, inner in enumerate(node) for one in bare(inner, f"{at}/{index}")]
        if not isinstance(node, dict):
            return []
        properties = node.get("properties", {})
        found = [
            f"{at}/{key}" for key, one in properties.items() if isinstance(one, dict) and not one.get("description")
        ]
        return found + [one for key, inner in node.items() if key != "default" for one in bare(inner, f"{at}/{key}")]

    assert bare(json.loads(path.read_text("utf-8")), "") == []


def test_an_unknown_name() -> None:
    """A kind that there is not says which was meant."""
    with pytest.raises(UnknownNameError, match="did you mean 'alliance'"):
        documents.schema_of("aliance")
