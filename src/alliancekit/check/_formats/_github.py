"""Workflow commands, which GitHub Actions shows at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check._escape import escape_data, escape_property
from alliancekit.check._formats._telling import Telling, most_severe_first
from alliancekit.check._report import Report
from alliancekit.findings import Finding, Severity

__all__ = ["to_github"]

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# Of each command in one step; the others stay in its log.
_SHOWN: Final = 10


def to_github(report: Report, telling: Telling) -> str:
    """Return *report* as one workflow command for each finding, most severe first, since GitHub shows only some."""
    return "".join(f"{line}\n" for line in _lines(report, telling))


def _lines(report: Report, telling: Telling) -> Iterator[str]:
    if any(report.count(one) > _SHOWN for one in Severity):
        message = f"{report.summary}; GitHub marks {_SHOWN} of a kind, and all are in the log"
        yield f"::notice title=alliancekit::{escape_data(message)}"
    yield from (_command(one, telling) for one in most_severe_first(report.findings))


def _command(finding: Finding, telling: Telling) -> str:
    file = {"file": telling.path(finding.path)} if finding.path else {}
    properties = {"title": f"alliancekit: {finding.rule}", **file, **_place(finding)}
    told = ",".join(f"{name}={escape_property(str(value))}" for name, value in properties.items())
    # The only line break in the message is ours.
    message = "%0A".join(map(escape_data, filter(None, (finding.message, finding.hint))))
    return f"::{_COMMANDS[finding.severity]} {told}::{message}"


def _place(finding: Finding) -> dict[str, int]:
    if finding.span is None:
        return {}
    start, end = finding.span.start, finding.span.end
    if start.line != end.line:  # GitHub takes columns within one line only
        return {"line": start.line, "endLine": end.line}
    return {"line": start.line, "endLine": end.line, "col": start.column, "endColumn": end.column}
