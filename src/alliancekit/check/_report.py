"""What checking found: values only; how it is told stands with the formats."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePath
from typing import Any, Final, Literal, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.check._checked import Checked
from alliancekit.check._rule import Rule
from alliancekit.check._rules import RULES
from alliancekit.errors import UnknownNameError
from alliancekit.findings import Finding, Severity

__all__ = ["FailOn", "Report"]

FailOn: TypeAlias = Literal["error", "warning", "never"]
"""What makes the exit code 1."""

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_NOUNS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


@final
@frozen(kw_only=True)
class Report:
    """
    What was found in some documents.

    Attributes:
        files: What was found in each, in their order.
        fixed: How many findings there were besides, and were mended.
        rules: The rules beside ours that were asked; they say nothing about what was found.

    .. versionadded:: 0.1
    """

    files: tuple[Checked, ...] = ()
    fixed: int = 0
    rules: tuple[Rule, ...] = field(default=(), eq=False, repr=False)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, file after file, each sorted by place."""
        return tuple(finding for one in self.files for finding in one.findings)

    @cached_property
    def suppressed(self) -> tuple[tuple[Finding, str], ...]:
        """What comments keep quiet, each with the reason that the comment gives."""
        return tuple(both for one in self.files for both in one.suppressed)

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
        return evolve(self, files=(own, *self.files)) if findings else self

    def with_fixed(self, count: int) -> Report:
        """
        Return a copy that says that *count* findings were mended.

        .. versionadded:: 0.1
        """
        return evolve(self, fixed=count)

    def count(self, severity: Severity) -> int:
        """Return how many findings are exactly as bad as *severity*."""
        return sum(one.severity is severity for one in self.findings)

    def count_fixable(self, *, is_safe: bool = True) -> int:
        """Return how many findings have a fix that is safe, or that is not."""
        return sum(one.fix is not None and one.fix.is_safe is is_safe for one in self.findings)

    def fails(self, level: Severity | None = Severity.ERROR) -> bool:
        """Return whether anything was found that is at least as bad as *level*; None never fails."""
        return level is not None and any(self.count(one) for one in _ORDER[: _ORDER.index(level) + 1])

    def exit_code(self, fail_on: FailOn = "error", *, fail_on_time: bool = False) -> int:
        """
        Return 1 where something at or above *fail_on* was found, else 0.

        Args:
            fail_on: The least severity that counts.
            fail_on_time: Whether errors and warnings of rules about time count too; else what was right yesterday stays so.
        """
        return int(any(self.is_failing(one, fail_on, fail_on_time=fail_on_time) for one in self.findings))

    def is_failing(self, finding: Finding, fail_on: FailOn = "error", *, fail_on_time: bool = False) -> bool:
        """
        Return whether *finding* makes the exit code 1.

        What rules about time find does so only where it is asked for, and then whatever is no mere information does: that
        a day has passed is a warning, because nobody has changed anything.
        """
        is_of_time = finding.rule in self._of_time
        if fail_on == "never" or (is_of_time and not fail_on_time):
            return False
        level = Severity.WARNING if is_of_time and fail_on == "error" else Severity(fail_on)
        return _ORDER.index(finding.severity) <= _ORDER.index(level)

    @cached_property
    def _of_time(self) -> frozenset[str]:
        return frozenset(rule.code for rule in (*RULES.values(), *self.rules) if rule.group == "Time")

    def to(
        self,
        form: str = "text",
        *,
        color: bool = False,
        fail_on: FailOn = "error",
        fail_on_time: bool = False,
        root: PurePath | None = None,
    ) -> str:
        """
        Return it in one of the formats of ``alliancekit check --format``.

        Nothing that stands in a document, or in the name of one, can command a terminal, a build runner or a page.

        Args:
            form: ``text``, ``json``, ``sarif``, ``github``, ``gitlab`` or ``junit``.
            color: Whether text is coloured, by escapes of ours.
            fail_on: What makes a file a failed test in JUnit: with the same level it agrees with `exit_code`.
            fail_on_time: Whether what rules about time find makes it one too.
            root: The top of the repository: SARIF, GitHub and GitLab are told of a path below it as they see it from
                there. None leaves every path as it was named.

        Raises:
            UnknownNameError: There is no such format.

        .. versionadded:: 0.1
        """
        from alliancekit.check._formats import FORMATS, Telling

        if form not in FORMATS:
            raise UnknownNameError("format", form, tuple(FORMATS))
        return FORMATS[form](self, Telling(color=color, fail_on=fail_on, fail_on_time=fail_on_time, root=root))

    def to_text(self, *, color: bool = False) -> str:
        """Return it for a terminal or a log: each finding with its line and its remedy, and a summary."""
        return self.to("text", color=color)

    def to_json(self) -> str:
        """Return it as JSON in ASCII, as ``schemas/report-1.schema.json`` describes it."""
        return self.to("json")

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON says as plain data."""
        from alliancekit.check._formats import to_dict

        return to_dict(self)

    def to_step_summary(self) -> str:
        """
        Return it as Markdown for the page that GitHub Actions shows of a step.

        .. versionadded:: 0.1
        """
        from alliancekit.check._formats import to_step_summary

        return to_step_summary(self)

    @property
    def summary(self) -> str:
        """How many findings in how many files, in one line."""
        found = [_counted(count, _NOUNS[one]) for one in _ORDER if (count := self.count(one))]
        files = f"{_counted(self.files_checked, 'file')} checked"
        skipped = f", {self.files_skipped} not readable" if self.files_skipped else ""
        fixed = f"; {self.fixed} fixed" if self.fixed else ""
        return f"{files}{skipped}: {', '.join(found) or 'nothing found'}{fixed}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
