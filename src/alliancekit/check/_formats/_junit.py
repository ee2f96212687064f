"""JUnit XML, in which each file is a test: what continuous integration shows where it knows nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import final

from attrs import frozen

from alliancekit.check._checked import Checked
from alliancekit.check._escape import escape_xml
from alliancekit.check._formats._telling import Telling, cut
from alliancekit.check._report import Report
from alliancekit.findings import Finding

__all__ = ["to_junit"]


def to_junit(report: Report, telling: Telling) -> str:
    """Return *report* as XML with one suite, and in it a test for each file: it fails where the file makes us fail."""
    cases = [_Case.of(file, report, telling) for file in report.files]
    outcomes = Counter(one.outcome for one in cases)
    counts = f'tests="{len(cases)}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}"'
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="alliancekit" {counts}>',
            f'<testsuite name="alliancekit check" {counts} skipped="0">',
            *(one.to_xml() for one in cases),
            "</testsuite>",
            "</testsuites>\n",
        )
    )


@final
@frozen
class _Case:
    name: str
    failing: tuple[Finding, ...]
    others: tuple[Finding, ...]
    is_readable: bool

    @classmethod
    def of(cls, file: Checked, report: Report, telling: Telling) -> _Case:
        failing, others = list[Finding](), list[Finding]()
        for one in file.findings:
            fails = report.is_failing(one, telling.fail_on, fail_on_time=telling.fail_on_time)
            (failing if fails else others).append(one)
        return cls(file.path or "alliancekit", tuple(failing), tuple(others), file.is_readable)

    @property
    def outcome(self) -> str:
        if not self.failing:
            return "passed"
        return "failure" if self.is_readable else "error"

    def to_xml(self) -> str:
        parts = [f'<testcase name="{escape_xml(self.name)}" classname="alliancekit.check">']
        if self.failing:  # readers show one failure of a test, so all stand in one
            what = f'message="{escape_xml(self._first)}" type="{escape_xml(self.failing[0].rule)}"'
            parts.append(f"<{self.outcome} {what}>{_told(self.failing)}</{self.outcome}>")
        if self.others:
            parts.append(f"<system-out>{_told(self.others)}</system-out>")
        return "\n".join([*parts, "</testcase>"])

    @property
    def _first(self) -> str:
        more = len(self.failing) - 1
        return f"{cut(self.failing[0].message)} (and {more} more)" if more else cut(self.failing[0].message)


def _told(findings: Iterable[Finding]) -> str:
    return escape_xml("\n".join(map(_line, findings)))


def _line(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.path or "-", finding.line, finding.column) if part is not None)
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"{place}: {finding.severity.value}[{finding.rule}] {cut(finding.message)}{cut(hint)}"
