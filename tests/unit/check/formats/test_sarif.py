"""SARIF 2.1.0."""

import json
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft4Validator

from alliancekit import __version__, check
from alliancekit.check import RULES, Report, Rule
from alliancekit.check._formats import _sarif
from alliancekit.findings import HOME, Finding
from tests.shared import ROOT, SHARED, needs_shared
from tests.unit.check.formats.sample import GONE, ID, MEMBER, QUIET, REPORT, VAGUE, report_of

ACME = Rule(code="acme-a", why="It is ours. It stays.")


@cache
def published() -> Draft4Validator:
    return Draft4Validator(json.loads((SHARED / "schemas" / "sarif-2.1.0.json").read_text("utf-8")))


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(report.to("sarif"))
    assert (log["$schema"], log["version"]) == ("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0")
    (run,) = log["runs"]
    return run


def uri_of(path: str) -> dict[str, str]:
    return run_of(report_of(evolve(GONE, path=path)))["results"][0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ]


@needs_shared
def test_the_published_schema() -> None:
    """Every report holds to the schema of OASIS, with the rules of every finding that there is."""
    all_rules = report_of(*(Finding(rule=code, message="m", path="x") for code in RULES))
    nowhere = report_of(evolve(GONE, path=None), Finding(rule="of-somebody-else", message="m"))
    custom = evolve(report_of(Finding(rule="acme-a", message="m", page="")), rules=(ACME,))
    wordless = evolve(custom, rules=(Rule(code="acme-a"),))
    for report in (REPORT, Report(), all_rules, nowhere, custom, wordless, check.check_paths([ROOT / "examples"])):
        errors = [f"{one.json_path}: {one.message}" for one in published().iter_errors(json.loads(report.to("sarif")))]
        assert errors == []


def test_the_tool() -> None:
    """A run says what made it, that it came to its end, and how columns count."""
    run = run_of(REPORT)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["informationUri"]) == ("alliancekit", __version__, HOME)
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"


def test_rules() -> None:
    """Only rules that found something are described, in a stable order, with their reasons and examples."""
    rules = run_of(REPORT)["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == ["bad-id", "no-steward", "unknown-member", "unreadable", "vague-wording"]
    member = rules[2]
    assert member["shortDescription"] == {"text": "A clause that names nobody binds nobody."}
    assert member["fullDescription"] == {"text": RULES["unknown-member"].why}
    assert member["help"]["text"].startswith("unknown-member (References; error)\n")
    assert "```yaml\ncommitments:\n" in member["help"]["markdown"]
    assert member["helpUri"] == MEMBER.url
    assert member["defaultConfiguration"] == {"level": "error"}
    assert member["properties"] == {"tags": ["References"], "problem.severity": "error"}
    assert rules[1]["defaultConfiguration"] == {"level": "note"}


def test_a_rule_of_somebody_else() -> None:
    """A rule that is not ours says why it exists too, and leads to no page that there is not; unknown, it has its name."""
    found = Finding(rule="acme-a", message="m", page="")
    (told,) = run_of(evolve(report_of(found), rules=(ACME,)))["tool"]["driver"]["rules"]
    assert told["fullDescription"] == {"text": "It is ours. It stays."}
    assert told["shortDescription"] == {"text": "It is ours."}
    assert told["help"]["text"] == "acme-a (Custom; warning)\n\nIt is ours. It stays."
    assert "helpUri" not in told
    (told,) = run_of(evolve(report_of(found), rules=(evolve(ACME, url="https://acme.example"),)))["tool"]["driver"][
        "rules"
    ]
    assert told["helpUri"] == "https://acme.example"
    assert run_of(report_of(found))["tool"]["driver"]["rules"] == [{"id": "acme-a"}]


def test_no_link_that_leads_nowhere() -> None:
    """What stands in the help of a rule links to nothing beside it, since nothing is."""
    for code in RULES:
        assert "](" not in check.explain(code).to_markdown()


def test_a_result() -> None:
    """A result has all that is known of the finding."""
    result = run_of(REPORT)["results"][1]
    file = {"uri": "a/ana%20ben.alliance.yaml", "uriBaseId": "%SRCROOT%"}
    there = {"startLine": 6, "startColumn": 10, "endLine": 6, "endColumn": 14}
    fingerprint = result.pop("partialFingerprints")["finding/v1"]
    assert result == {
        "ruleId": "unknown-member",
        "ruleIndex": 2,
        "level": "error",
        "message": {"text": "no member is named 'anna' (did you mean 'ana'?)"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": file, "region": there},
                "logicalLocations": [{"fullyQualifiedName": "/commitments/早い/by/0", "kind": "value"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 6},
                },
                "message": {"text": "who is meant"},
            },
            {
                "id": 2,
                "physicalLocation": {
                    "artifactLocation": {"uri": "b.alliance.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 9},
                },
                "message": {"text": "who was meant there"},
            },
        ],
        "fixes": [
            {
                "description": {"text": "write 'ana'"},
                "artifactChanges": [
                    {
                        "artifactLocation": file,
                        "replacements": [{"deletedRegion": there, "insertedContent": {"text": "ana"}}],
                    }
                ],
            }
        ],
    }
    assert fingerprint == json.loads(REPORT.to("gitlab"))[1]["fingerprint"]


def test_what_is_suppressed() -> None:
    """What a comment keeps quiet is a result too, with the comment's reason."""
    *others, quiet = run_of(REPORT)["results"]
    assert quiet["ruleId"] == QUIET.rule
    assert quiet["suppressions"] == [{"kind": "inSource", "justification": "there are two of us"}]
    assert not any("suppressions" in one for one in others)


def test_indices() -> None:
    """Each result points at its rule."""
    run = run_of(REPORT)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./a/b.yaml", "a/b.yaml"),
        ("Ana & Ben #1?.yaml", "Ana%20%26%20Ben%20%231%3F.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("../früh.yaml", "../fr%C3%BCh.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
        ("\ud800.yaml", "%3F.yaml"),
        ("a\nb.yaml", "a%0Ab.yaml"),
    ],
)
def test_relative_uris(path: str, uri: str) -> None:
    """A path is a relative URI below the folder where we ran, whatever its name is made of."""
    assert uri_of(path) == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_an_absolute_path() -> None:
    """A path from the root is a file URI."""
    assert uri_of("/home/Ana Ben.yaml") == {"uri": "file:///home/Ana%20Ben.yaml"}


def test_a_path_below_the_root() -> None:
    """Where the top of the repository is known, a path below it is told from there, to every service."""
    report = report_of(evolve(MEMBER, path="/ci/repo/a.yaml"), evolve(GONE, path="/ci/other.yaml"))
    log = json.loads(report.to("sarif", root=PurePosixPath("/ci/repo")))
    first, second = (one["locations"][0]["physicalLocation"]["artifactLocation"] for one in log["runs"][0]["results"])
    assert first == {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}
    assert second == {"uri": "file:///ci/other.yaml"}
    gitlab = json.loads(report.to("gitlab", root=PurePosixPath("/ci/repo")))
    assert [one["location"]["path"] for one in gitlab] == ["a.yaml", "/ci/other.yaml"]
    assert gitlab[0] == json.loads(report_of(evolve(MEMBER, path="a.yaml")).to("gitlab"))[0]
    assert ",file=a.yaml," in report.to("github", root=PurePosixPath("/ci/repo"))


def test_no_link_in_a_message() -> None:
    """What a viewer would make a link of is text."""
    result = run_of(report_of(Finding(rule="r", message="[x](javascript:1) [y]", path="x")))["results"][0]
    assert result["message"] == {"text": r"[x\](javascript:1) [y]"}


def test_as_many_as_a_run_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """What GitHub takes is told; of more the least severe are left out, and the last result says how many."""
    assert _sarif._MOST == 25_000
    monkeypatch.setattr(_sarif, "_MOST", 50)
    full = run_of(report_of(*[VAGUE] * 49, ID))
    assert len(full["results"]) == 50
    more = run_of(report_of(*[VAGUE] * 50, ID))
    assert len(more["results"]) == 50
    assert more["results"][-2]["ruleId"] == "bad-id"
    assert more["results"][-1]["ruleId"] == "report-cut-short"
    assert more["results"][-1]["message"]["text"] == "2 more findings are left out here: a run may have 50 results"
    assert more["tool"]["driver"]["rules"][more["results"][-1]["ruleIndex"]] == {"id": "report-cut-short"}
    assert len({one["partialFingerprints"]["finding/v1"] for one in more["results"][:-1]}) == 49
