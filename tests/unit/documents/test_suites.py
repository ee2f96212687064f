"""The files of others: hostile ones, and the suites that every reader of JSON and YAML is measured by."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from alliancekit.documents import Format, examine, examine_tree
from alliancekit.findings import Finding
from tests.property.plain_data import same
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
BOTH: list[Format] = ["yaml", "json"]

# What JSON allows and a document may not hold.
REFUSED_JSON = {
    "y_object_duplicated_key.json": "duplicate-key",
    "y_object_duplicated_key_and_value.json": "duplicate-key",
    "y_object_escaped_null_in_key.json": "unsupported-yaml",
    "y_string_allowed_escapes.json": "unsupported-yaml",
    "y_string_escaped_control_character.json": "unsupported-yaml",
    "y_string_null_escape.json": "unsupported-yaml",
    "y_string_unescaped_char_delete.json": "unsupported-yaml",
    "y_string_with_del_character.json": "unsupported-yaml",
}
# Legal YAML that is refused as `syntax`, and why.
REFUSED_YAML = {
    "a tab separates, or fills an empty line": (
        "6BCT 6CA3 A2M4 DC7X DK95-00 DK95-03 DK95-04 DK95-05 HS5T J3BT K54U NB6Z Q5MG UV7Q Y79Y-10"
    ),
    "a key in braces or brackets without a value": "4ABK 8KB6 9BXH FRK4 HM87-01 CFD4 DFF7 WZ62",
    "a key in braces with its colon on another line": "4MUZ-00 4MUZ-01 4MUZ-02 5MUD 9SA2 K3WX NJ66 UT92 VJP3-01 9MMW",
    "a text in braces that begins with a question mark": "652Z",
    "nothing in the document": "8G76 98YD AVM7 HWV9 QT73",
    "lines of spaces longer than the indentation before a folded text": "4QFQ DWX9 R4YG T26H",
}
# The suite gives the last line of a file a line feed that is not there.
OTHER_VALUE = {"L24T-01"}


def load_suite(name: str) -> list[dict[str, Any]]:
    path = SHARED / "suites" / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else []


def texts() -> Iterator[tuple[str, bytes]]:
    if SHARED.is_dir():
        for folder in ("hostile", "render", "agreements", "questions"):
            yield from ((path.name, path.read_bytes()) for path in sorted((SHARED / folder).iterdir()))
        yield from ((case["name"], base64.b64decode(case["base64"])) for case in load_suite("json-test-suite"))
        yield from ((case["id"], case["yaml"].encode()) for case in load_suite("yaml-test-suite"))


def test_whatever_the_bytes_there_is_a_value_or_a_finding() -> None:
    """Every file of others, read as each format: no other exception, and every finding has its place."""
    count = 0
    for name, data in texts():
        for format in BOTH:  # noqa: A001
            found = examine(data, format=format, path=name)
            assert found.findings or found.value is not None, name
            check_findings(found.findings, name)
            count += 1
    assert count > 1600


def check_findings(findings: tuple[Finding, ...], name: str) -> None:
    assert len(findings) <= 250, name
    for finding in findings:
        assert finding.path == name
        assert finding.span is not None, name
        assert finding.span.start <= finding.span.end, name
        assert len(finding.message) < 300, name


@pytest.mark.parametrize("case", load_suite("json-test-suite"), ids=lambda case: case["name"])
def test_json_suite(case: dict[str, Any]) -> None:
    """What must be accepted is, unless our own rules refuse it; what must be refused is."""
    data = base64.b64decode(case["base64"])
    tree = examine_tree(data, format="json")
    if case["name"].startswith("y_"):
        wanted = {REFUSED_JSON[case["name"]]} if case["name"] in REFUSED_JSON else set()
        assert {finding.rule for finding in tree.findings} == wanted
        assert wanted or same(tree.value, json.loads(data))
    elif case["name"].startswith("n_"):
        assert tree.findings


@pytest.mark.parametrize("case", load_suite("yaml-test-suite"), ids=lambda case: case["id"])
def test_yaml_suite(case: dict[str, Any]) -> None:
    """What is no YAML is refused; what we accept has the value that it must have."""
    tree = examine_tree(case["yaml"], format="yaml")
    rules = {finding.rule for finding in tree.findings}
    if case["fails"]:
        assert tree.findings
    elif not tree.findings and case["json"] is not None:
        assert (tree.value == json.loads(case["json"])) is (case["id"] not in OTHER_VALUE)
    elif "syntax" in rules:
        assert case["id"] in {one for reason in REFUSED_YAML.values() for one in reason.split()}
    else:
        assert not rules or rules <= {"unsupported-yaml", "duplicate-key"}
