"""Our own JSON: everything that is known of a report, for programs."""

from __future__ import annotations

from typing import Any

from alliancekit.check._escape import json_text
from alliancekit.check._formats._telling import Telling, other_places
from alliancekit.check._report import Report
from alliancekit.findings import Finding, Fix, Severity, Span

__all__ = ["to_dict", "to_json"]


def to_json(report: Report, telling: Telling) -> str:  # noqa: ARG001 - what every format is handed
    """Return *report* as JSON in ASCII, as ``schemas/report-1.schema.json`` describes it."""
    return json_text(to_dict(report))


def to_dict(report: Report) -> dict[str, Any]:
    """Return *report* as plain data."""
    suppressed = [(one, reason) for file in report.files for one, reason in file.suppressed]
    return {
        "version": 1,
        "findings": [_plain(one) for one in report.findings],
        "suppressed": [{**_plain(one), "reason": reason} for one, reason in suppressed],
        "summary": {
            "files_checked": report.files_checked,
            "files_skipped": report.files_skipped,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            "suppressed": len(suppressed),
            "fixable": report.count_fixable(),
        },
    }


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        **_place(finding.span),
        "pointer": finding.pointer,
        "hint": finding.hint,
        "url": finding.url,
        "related": [{"path": path, **_place(span), "message": what} for path, span, what in other_places(finding)],
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _place(span: Span | None) -> dict[str, int | None]:
    return {
        "line": span.start.line if span else None,
        "column": span.start.column if span else None,
        "end_line": span.end.line if span else None,
        "end_column": span.end.column if span else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "message": fix.message,
        "is_safe": fix.is_safe,
        "edits": [{**_place(one.span), "text": one.text} for one in fix.edits],
    }
