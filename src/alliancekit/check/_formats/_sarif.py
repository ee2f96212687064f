"""SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final

from alliancekit._version import __version__
from alliancekit.check._escape import json_text
from alliancekit.check._explain import explain
from alliancekit.check._formats._identity import fingerprints
from alliancekit.check._formats._telling import Telling, cut, other_places, rank
from alliancekit.check._report import Report
from alliancekit.check._rule import Rule
from alliancekit.errors import UnknownNameError
from alliancekit.findings import HOME, Finding, Fix, Severity, Span

__all__ = ["to_sarif"]

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# GitHub's words; what is no problem it calls a recommendation.
_PROBLEMS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
# GitHub takes no more of one run, and refuses the whole file.
_MOST: Final = 25_000
_MOST_RELATED: Final = 100
_ROOT: Final = "%SRCROOT%"
_CUT_SHORT: Final = "report-cut-short"
# Between these two a viewer would make a link of [text](address).
_LINK: Final = re.compile(r"\](?=\()")


def to_sarif(report: Report, telling: Telling) -> str:
    """Return *report* as a SARIF log with one run."""
    return json_text(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [_run(report, telling)],
        }
    )


def _run(report: Report, telling: Telling) -> dict[str, Any]:
    told, left = _told(report)
    codes = sorted({one.rule for one, _ in told})
    index = {code: at for at, code in enumerate(codes)}
    known_by = fingerprints((one for one, _ in told), telling)
    results = [_result(one, why, index, same, telling) for (one, why), same in zip(told, known_by, strict=True)]
    return {
        "tool": {
            "driver": {
                "name": "alliancekit",
                "version": __version__,
                "informationUri": HOME,
                "rules": [*(_rule(code, report.rules) for code in codes), *({"id": _CUT_SHORT} for _ in left[:1])],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which alliancekit was run."}}},
        "columnKind": "unicodeCodePoints",
        "results": [*results, *(_rest(len(left), one, len(codes), telling) for one in left[:1])],
    }


def _told(report: Report) -> tuple[list[tuple[Finding, str | None]], list[Finding]]:
    """Return what is told, with the reason where it is suppressed, and the least severe, for which there is no room."""
    found: list[tuple[Finding, str | None]] = [*((one, None) for one in report.findings), *report.suppressed]
    if len(found) <= _MOST:
        return found, []
    by_severity = sorted(range(len(found)), key=lambda at: rank(found[at][0]))
    kept, left = by_severity[: _MOST - 1], by_severity[_MOST - 1 :]
    return [found[at] for at in sorted(kept)], [found[at][0] for at in left]


def _rest(count: int, first: Finding, index: int, telling: Telling) -> dict[str, Any]:
    """Return the last result: it stands where the first one does that is left out, since each needs a place."""
    return {
        "ruleId": _CUT_SHORT,
        "ruleIndex": index,
        "level": "note",
        "message": {"text": f"{count:,} more findings are left out here: a run may have {_MOST:,} results"},
        "locations": [_location(first, telling)],
    }


def _rule(code: str, others: Iterable[Rule]) -> dict[str, Any]:
    try:
        told = explain(code, others)
    except UnknownNameError:  # a report may be made of findings alone
        return {"id": code}
    described = {
        "shortDescription": {"text": cut(told.why.partition(". ")[0].rstrip(".") + ".")},
        "fullDescription": {"text": cut(told.why)},
    }
    return {
        "id": code,
        **(described if told.why else {}),
        "help": {"text": told.to_text(), "markdown": told.to_markdown()},
        **({"helpUri": told.url} if told.url else {}),
        "defaultConfiguration": {"level": _LEVELS[told.severity]},
        "properties": {"tags": [told.group], "problem.severity": _PROBLEMS[told.severity]},
    }


def _result(
    finding: Finding, reason: str | None, index: dict[str, int], known_by: str, telling: Telling
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": _message(f"{finding.message} ({finding.hint})" if finding.hint else finding.message),
        "locations": [_location(finding, telling)],
        "partialFingerprints": {"finding/v1": known_by},
    }
    if others := other_places(finding)[:_MOST_RELATED]:
        result["relatedLocations"] = _related(others, telling)
    if finding.fix:
        result["fixes"] = [_fix(finding.path, finding.fix, telling)]
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _message(text: str) -> dict[str, str]:
    return {"text": _LINK.sub(r"\\]", cut(text))}


def _related(places: Iterable[tuple[str | None, Span, str]], telling: Telling) -> list[dict[str, Any]]:
    return [
        {"id": number, "physicalLocation": _physical(telling.path(path), span), "message": _message(what)}
        for number, (path, span, what) in enumerate(places, 1)
    ]


def _location(finding: Finding, telling: Telling) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(telling.path(finding.path), finding.span)}
    if finding.pointer:
        kind = "property" if finding.on_key else "value"
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer, "kind": kind}]
    return location


def _physical(path: str, span: Span | None) -> dict[str, Any]:
    # What is wrong with a whole file is shown at its first line: GitHub shows no result without one.
    return {"artifactLocation": _artifact(path), "region": _region(span) if span else {"startLine": 1}}


def _artifact(path: str) -> dict[str, str]:
    if not PurePath(path).is_absolute():
        return {"uri": _quoted(path, "/"), "uriBaseId": _ROOT}
    return {"uri": f"file://{'' if path.startswith('/') else '/'}{_quoted(path, '/:')}"}


def _quoted(path: str, safe: str) -> str:
    from urllib.parse import quote

    try:
        return quote(path, safe, errors="surrogateescape")  # the bytes of a name that is no UTF-8
    except UnicodeEncodeError:
        return quote(path, safe, errors="replace")


def _region(span: Span) -> dict[str, int]:
    start, end = span.start, span.end
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _fix(path: str | None, fix: Fix, telling: Telling) -> dict[str, Any]:
    return {
        "description": {"text": cut(fix.message)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(telling.path(path)),
                "replacements": [
                    {"deletedRegion": _region(one.span), "insertedContent": {"text": one.text}} for one in fix.edits
                ],
            }
        ],
    }
