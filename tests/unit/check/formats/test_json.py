"""Our own JSON, and its schema."""

import json
from typing import Any

from attrs import evolve
from jsonschema import Draft202012Validator

from alliancekit import check
from tests.node import needs_node, run_node
from tests.shared import ROOT
from tests.unit.check.formats.sample import GONE, MEMBER, QUIET, REPORT, report_of

SCHEMA = ROOT / "schemas" / "report-1.schema.json"


def test_a_finding() -> None:
    """A finding has its place, where else to look, and how it would be mended."""
    found = json.loads(REPORT.to("json"))["findings"][1]
    assert found == {
        "rule": "unknown-member",
        "severity": "error",
        "message": "no member is named 'anna'",
        "path": "a/ana ben.alliance.yaml",
        "line": 6,
        "column": 10,
        "end_line": 6,
        "end_column": 14,
        "pointer": "/commitments/早い/by/0",
        "hint": "did you mean 'ana'?",
        "url": MEMBER.url,
        "related": [
            {
                "path": "a/ana ben.alliance.yaml",
                "line": 3,
                "column": 3,
                "end_line": 3,
                "end_column": 6,
                "message": "who is meant",
            },
            {
                "path": "b.alliance.yaml",
                "line": 4,
                "column": 5,
                "end_line": 4,
                "end_column": 9,
                "message": "who was meant there",
            },
        ],
        "fix": {
            "message": "write 'ana'",
            "is_safe": True,
            "edits": [{"line": 6, "column": 10, "end_line": 6, "end_column": 14, "text": "ana"}],
        },
    }


def test_the_rest() -> None:
    """What is suppressed is told with its reason, beside the summary."""
    told = json.loads(REPORT.to("json"))
    assert [*told] == ["version", "findings", "suppressed", "summary"]
    assert [(one["rule"], one["reason"]) for one in told["suppressed"]] == [(QUIET.rule, "there are two of us")]
    assert told["summary"] == {
        "files_checked": 2,
        "files_skipped": 1,
        "errors": 3,
        "warnings": 1,
        "infos": 0,
        "suppressed": 1,
        "fixable": 1,
    }


def test_what_has_no_place() -> None:
    """Where nothing is known of a place, null says so."""
    (found,) = report_of(evolve(GONE, path=None)).to_dict()["findings"]
    assert [found[one] for one in ("path", "line", "column", "end_line", "end_column", "fix")] == [None] * 6


def closed(node: Any) -> Any:
    """Return a schema that takes no key that it does not name."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    inner = {key: closed(one) for key, one in node.items()}
    return {**inner, "additionalProperties": False} if node.get("type") == "object" else inner


def test_the_schema_names_all_that_is_told() -> None:
    """What is written holds to the schema, and has no key that the schema does not name."""
    validator = Draft202012Validator(closed(json.loads(SCHEMA.read_text("utf-8"))))
    examples = check.check_paths([ROOT / "examples"])
    for report in (REPORT, report_of(evolve(GONE, path=None)), check.Report(), examples):
        assert [one.message for one in validator.iter_errors(report.to_dict())] == []
    assert [one.message for one in validator.iter_errors({**REPORT.to_dict(), "version": 2})] != []


def test_the_schema_lets_later_keys_pass() -> None:
    """A reader that holds to the schema takes the report of a later version."""
    assert Draft202012Validator(check.report_schema()).is_valid({**REPORT.to_dict(), "tempo": 1})


@needs_node
def test_ajv_agrees() -> None:
    """Ajv takes the same reports, and refuses the same ones."""
    instances = [REPORT.to_dict(), check.Report().to_dict(), {**REPORT.to_dict(), "findings": [{}]}]
    (answer,) = run_node("ajv_compile.mjs", {"schemas": [{"path": str(SCHEMA), "instances": instances}]})
    assert answer["error"] is None
    assert [one["valid"] for one in answer["verdicts"]] == [True, True, False]
