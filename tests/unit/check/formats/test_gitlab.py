"""GitLab's code quality report."""

import json

from attrs import evolve
from jsonschema import Draft202012Validator

from alliancekit import check
from alliancekit.findings import Finding
from tests.shared import ROOT
from tests.unit.check.formats.sample import GONE, HERE, ID, MEMBER, REPORT, at, report_of

SCHEMA = Draft202012Validator(json.loads((ROOT / "tests/schemas/gitlab-code-quality.schema.json").read_text("utf-8")))


def fingerprints(*findings: Finding) -> list[str]:
    return [one["fingerprint"] for one in json.loads(report_of(*findings).to("gitlab"))]


def test_a_finding() -> None:
    """A finding has its description, its rule, how bad it is in GitLab's words, and its lines."""
    told = json.loads(REPORT.to("gitlab"))
    assert {**told[1], "fingerprint": ""} == {
        "description": "no member is named 'anna' (did you mean 'ana'?)",
        "check_name": "unknown-member",
        "fingerprint": "",
        "severity": "major",
        "location": {"path": "a/ana ben.alliance.yaml", "lines": {"begin": 6, "end": 6}},
    }
    assert [one["severity"] for one in told] == ["major", "major", "minor", "major"]
    assert told[3]["location"] == {"path": "gone.alliance.yaml", "lines": {"begin": 1, "end": 1}}


def test_the_schema() -> None:
    """Every report holds to what GitLab asks for."""
    for report in (REPORT, check.Report(), report_of(evolve(GONE, path=None)), check.check_paths([ROOT / "examples"])):
        assert [one.message for one in SCHEMA.iter_errors(json.loads(report.to("gitlab")))] == []


def test_paths() -> None:
    """A path is as GitLab matches it: without what leads to the same place."""
    told = json.loads(report_of(evolve(GONE, path="./a//b.alliance.yaml")).to("gitlab"))
    assert told[0]["location"]["path"] == "a/b.alliance.yaml"


def test_fingerprints_stay_when_lines_move() -> None:
    """A finding is the same when lines or entries of a list come before it."""
    moved = evolve(MEMBER, span=at(60, 10, 60, 14), pointer="/commitments/早い/by/4")
    assert fingerprints(MEMBER) == fingerprints(moved)
    first, second = (evolve(GONE, message=f"a second document begins on line {line}") for line in (3, 12))
    assert fingerprints(first) == fingerprints(second)


def test_fingerprints_differ() -> None:
    """Two findings never share one: neither equal ones in a file, nor one of another rule, file, place or message."""
    others = [
        evolve(ID, rule="bad-date"),
        evolve(ID, path="b.alliance.yaml"),
        evolve(ID, pointer="/values/早い"),
        evolve(ID, message="'x' is no id"),
    ]
    found = fingerprints(*[ID] * 3, *others, *HERE)
    assert len(set(found)) == len(found) == 10


def test_equal_findings_keep_theirs() -> None:
    """Of equal findings the first ones keep their fingerprints when there is one more, or one fewer."""
    assert fingerprints(ID, ID) == fingerprints(ID, ID, ID)[:2]
