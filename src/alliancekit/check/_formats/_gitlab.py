"""GitLab's code quality report, which is shown in a merge request."""

from __future__ import annotations

from typing import Any, Final

from alliancekit.check._escape import json_text
from alliancekit.check._formats._identity import fingerprints
from alliancekit.check._formats._telling import Telling, cut
from alliancekit.check._report import Report
from alliancekit.findings import Finding, Severity

__all__ = ["to_gitlab"]

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def to_gitlab(report: Report, telling: Telling) -> str:
    """Return *report* as JSON: a list with an object for each finding."""
    found = report.findings
    known_by = fingerprints(found, telling)
    return json_text([_plain(one, same, telling) for one, same in zip(found, known_by, strict=True)])


def _plain(finding: Finding, fingerprint: str, telling: Telling) -> dict[str, Any]:
    span = finding.span  # what is wrong with a whole file is shown at its first line
    begin, end = (span.start.line, span.end.line) if span else (1, 1)
    return {
        "description": cut(f"{finding.message} ({finding.hint})" if finding.hint else finding.message),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": telling.path(finding.path), "lines": {"begin": begin, "end": end}},
    }
