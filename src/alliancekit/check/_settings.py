"""What judging a document may be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, final

from attrs import field, frozen

from alliancekit.check._patterns import Patterns
from alliancekit.check._words import Words
from alliancekit.findings import Finding, Severity
from alliancekit.limits import LIMITS, Limits
from alliancekit.values import FrozenMap

__all__ = ["SETTINGS", "PerFile", "Settings"]


@final
@frozen(kw_only=True)
class PerFile:
    """
    What some files are spared.

    Attributes:
        patterns: The files.
        rules: The codes of the rules that do not speak of them.

    .. versionadded:: 0.1
    """

    patterns: Patterns
    rules: frozenset[str]


def _by_language(words: Mapping[str, Words]) -> FrozenMap[Words]:
    return FrozenMap(words)


@final
@frozen(kw_only=True)
class Settings:
    """
    How strictly documents are judged.

    Attributes:
        severities: By the code of a rule how bad its findings are, in every alliance; None switches the rule off.
        per_file: What some files are spared beside that.
        limits: How much a document may hold.
        most_ground_rules: How many rules people remember.
        most_commitments: How many commitments one member can keep in mind.
        most_quiet_check_ins: After how many check-ins that changed nothing one asks whether nobody wants to.
        words: By the tag of a language the words that wording rules look for, beside those that they know.

    .. versionadded:: 0.1
    """

    severities: FrozenMap[Severity | None] = field(
        factory=FrozenMap[Severity | None], converter=FrozenMap[Severity | None]
    )
    per_file: tuple[PerFile, ...] = field(default=(), converter=tuple[PerFile, ...])
    limits: Limits = LIMITS
    most_ground_rules: int = 7
    most_commitments: int = 5
    most_quiet_check_ins: int = 3
    words: FrozenMap[Words] = field(factory=FrozenMap[Words], converter=_by_language)

    def spared(self, path: str | None) -> frozenset[str]:
        """Return the codes of the rules that do not speak of the file *path*."""
        fitting = (one.rules for one in self.per_file if path is not None and one.patterns.cover(path))
        return frozenset[str]().union(*fitting)

    def graded(self, finding: Finding) -> Finding | None:
        """Return *finding* as bad as its rule is here; None where that is switched off."""
        severity = self.severities.get(finding.rule, finding.severity)
        if severity is finding.severity:
            return finding
        return None if severity is None else finding.with_severity(severity)

    def is_off(self, code: str) -> bool:
        """Return whether the rule *code* is switched off."""
        return self.severities.get(code, Severity.ERROR) is None


SETTINGS: Final = Settings()
"""What holds where nobody says otherwise."""
