"""What checking found, and how it is told: as text with the lines in question, or as JSON."""

from __future__ import annotations

import json
from functools import cached_property
from itertools import zip_longest
from typing import Any, Final, Literal, TypeAlias, final

from attrs import evolve, frozen

from alliancekit.check._checked import Checked
from alliancekit.check._escape import escape_terminal
from alliancekit.check._excerpt import Excerpt
from alliancekit.check._rules import RULES
from alliancekit.findings import Finding, Severity, Span

__all__ = ["FailOn", "Report"]

FailOn: TypeAlias = Literal["error", "warning", "never"]
"""What makes the exit code 1."""

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_COLORS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_NOUNS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
# What a file made a message long with is in the JSON whole.
_LONGEST: Final = 400


@final
@frozen(kw_only=True)
class Report:
    """
    What was found in some documents.

    Attributes:
        files: What was found in each, in their order.

    .. versionadded:: 0.1
    """

    files: tuple[Checked, ...] = ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, file after file, each sorted by place."""
        return tuple(finding for one in self.files for finding in one.findings)

    @property
    def files_checked(self) -> int:
        """How many files were judged."""
        return sum(one.path is not None and one.is_readable for one in self.files)

    @property
    def files_skipped(self) -> int:
        """How many could not be read; each has its finding."""
        return sum(not one.is_readable for one in self.files)

    def with_findings(self, *findings: Finding) -> Report:
        """Return a copy that begins with *findings*, which belong to no file."""
        own = Checked(path=None, findings=findings, excerpts=(None,) * len(findings))
        return Report(files=(own, *self.files)) if findings else self

    def count(self, severity: Severity) -> int:
        """Return how many findings are exactly as bad as *severity*."""
        return sum(one.severity is severity for one in self.findings)

    def fails(self, level: Severity | None = Severity.ERROR) -> bool:
        """Return whether anything was found that is at least as bad as *level*; None never fails."""
        return level is not None and any(self.count(one) for one in _ORDER[: _ORDER.index(level) + 1])

    def exit_code(self, fail_on: FailOn = "error", *, fail_on_time: bool = False) -> int:
        """
        Return 1 where something at or above *fail_on* was found, else 0.

        Args:
            fail_on: The least severity that counts.
            fail_on_time: Whether findings of rules about time count too; else what was right yesterday stays so.
        """
        level = None if fail_on == "never" else Severity(fail_on)
        return int(self.fails(level) if fail_on_time else self._without_time.fails(level))

    @property
    def _without_time(self) -> Report:
        return Report(files=tuple(evolve(one, findings=tuple(filter(_is_lasting, one.findings))) for one in self.files))

    def to_text(self, *, color: bool = False) -> str:
        """
        Return it for a terminal or a log: each finding with its line and its remedy, and a summary.

        Nothing that stands in a document, or in the name of one, can command the terminal or a build runner.

        Args:
            color: Whether to colour how bad things are, by escapes of ours.
        """
        told = [
            _told(one, line, color=color)
            for file in self.files
            for one, line in zip_longest(file.findings, file.excerpts[: len(file.findings)])
        ]
        return "\n\n".join([*told, self.summary]) + "\n"

    def to_json(self) -> str:
        """Return it as JSON in ASCII: ``version``, ``findings`` and ``summary``."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=True) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "version": 1,
            "findings": [_plain(one) for one in self.findings],
            "summary": {
                "files_checked": self.files_checked,
                "files_skipped": self.files_skipped,
                "errors": self.count(Severity.ERROR),
                "warnings": self.count(Severity.WARNING),
                "infos": self.count(Severity.INFO),
            },
        }

    @property
    def summary(self) -> str:
        """How many findings in how many files, in one line."""
        found = [_counted(count, _NOUNS[one]) for one in _ORDER if (count := self.count(one))]
        files = f"{_counted(self.files_checked, 'file')} checked"
        skipped = f", {self.files_skipped} not readable" if self.files_skipped else ""
        return f"{files}{skipped}: {', '.join(found) or 'nothing found'}"


def _is_lasting(finding: Finding) -> bool:
    rule = RULES.get(finding.rule)
    return rule is None or rule.group != "Time"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _told(finding: Finding, excerpt: Excerpt | None, *, color: bool) -> str:
    place = ":".join(str(part) for part in (finding.path or "-", finding.line, finding.column) if part is not None)
    how_bad = _painted(f"{finding.severity.value}[{finding.rule}]", finding.severity, color=color)
    lines = [f"{escape_terminal(place)}: {how_bad} {_cut(finding.message)}"]
    if excerpt is not None:
        margin = " " * len(str(excerpt.line))
        mark = _painted("^" * excerpt.width, finding.severity, color=color)
        lines += [f" {excerpt.line} | {excerpt.text}".rstrip(), f" {margin} | {' ' * excerpt.indent}{mark}"]
    lines += [f"   also line {span.start.line}: {_cut(what)}" for span, what in finding.related[:3]]
    lines += [f"   also {_placed(path, span)}: {_cut(what)}" for path, span, what in finding.elsewhere[:3]]
    if finding.hint:
        lines.append(f"   hint: {_cut(finding.hint)}")
    return "\n".join(lines)


def _placed(path: str, span: Span) -> str:
    return f"{escape_terminal(path)}:{span.start.line}:{span.start.column}"


def _cut(text: str) -> str:
    return escape_terminal(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _painted(text: str, severity: Severity, *, color: bool) -> str:
    return f"\x1b[{_COLORS[severity]}m{text}\x1b[0m" if color else text


def _plain(finding: Finding) -> dict[str, Any]:
    span = finding.span
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "line": span.start.line if span else None,
        "column": span.start.column if span else None,
        "end_line": span.end.line if span else None,
        "end_column": span.end.column if span else None,
        "pointer": finding.pointer,
        "hint": finding.hint,
        "url": finding.url,
        "related": [
            {"path": path, "line": one.start.line, "column": one.start.column, "message": what}
            for path, one, what in (*((finding.path, *one) for one in finding.related), *finding.elsewhere)
        ],
    }
