"""The bridge to node itself: what the other tests rely on when they ask Ajv."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.node import needs_node, run_node

DIALECTS = ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"]


def judge(folder: Path, schema: dict[str, Any], *instances: Any, refs: tuple[dict[str, Any], ...] = ()) -> Any:
    path = folder / "one.schema.json"
    path.write_text(json.dumps(schema), encoding="utf-8")
    others = [folder / f"ref-{n}.json" for n, _ in enumerate(refs)]
    for other, ref in zip(others, refs, strict=True):
        other.write_text(json.dumps(ref), encoding="utf-8")
    payload = {"schemas": [{"path": str(path), "instances": instances}], "refs": [str(other) for other in others]}
    (answer,) = run_node("ajv_compile.mjs", payload)
    return answer


@needs_node
@pytest.mark.parametrize("dialect", DIALECTS)
class TestAjv:
    def test_verdicts(self, dialect: str, tmp_path: Path) -> None:
        """Each instance gets its own verdict, and a bad one the places of its errors."""
        schema = {"$schema": dialect, "type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}

        answer = judge(tmp_path, schema, {"a": 1}, {"a": "1"})

        assert answer["error"] is None
        assert [one["valid"] for one in answer["verdicts"]] == [True, False]
        assert answer["verdicts"][1]["errors"][0]["pointer"] == "/a"

    def test_strict(self, dialect: str, tmp_path: Path) -> None:
        """A keyword that Ajv does not know is refused, and not passed over."""
        answer = judge(tmp_path, {"$schema": dialect, "discriminator": {"propertyName": "kind"}, "typo": 1})

        assert "strict mode: unknown keyword" in answer["error"]

    def test_references(self, dialect: str, tmp_path: Path) -> None:
        """One schema may refer to another by its $id, without the network."""
        other = {"$schema": dialect, "$id": "https://example.org/text.json", "type": "string"}

        answer = judge(
            tmp_path,
            {"$schema": dialect, "$id": "https://example.org/a.json", "$ref": "text.json"},
            "x",
            1,
            refs=(other,),
        )

        assert [one["valid"] for one in answer["verdicts"]] == [True, False]
