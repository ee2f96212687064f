"""What formats share: the choices that one has in telling a report, and in which order and how long it is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Final, final

from attrs import frozen

from alliancekit.check._report import FailOn
from alliancekit.findings import Finding, Severity, Span

__all__ = ["Telling", "cut", "most_severe_first", "other_places", "rank"]

# What a file made a message long with is in the JSON whole.
_LONGEST: Final = 1_000
_ORDER: Final = tuple(Severity)


@final
@frozen(kw_only=True)
class Telling:
    """
    What one may choose when a report is told; a format for which there is nothing to choose looks at none of it.

    Attributes:
        color: Whether to colour how bad things are, by escapes of ours.
        fail_on: What makes a file fail.
        fail_on_time: Whether rules about time make one fail too.
        root: The folder that services see paths from; None where that is not known.
    """

    color: bool = False
    fail_on: FailOn = "error"
    fail_on_time: bool = False
    root: PurePath | None = None

    def path(self, named: str | None) -> str:
        """Return the path *named* as services match it: with slashes, below the root, and as short as it can be."""
        path = PurePath(named or "-")
        if self.root is not None and path.is_relative_to(self.root):
            path = path.relative_to(self.root)
        return path.as_posix()


def rank(finding: Finding) -> int:
    """Return how bad *finding* is, as a number: the worst is 0."""
    return _ORDER.index(finding.severity)


def most_severe_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* by how bad they are, and else in their order: services show only so many."""
    return sorted(findings, key=rank)


def other_places(finding: Finding) -> tuple[tuple[str | None, Span, str], ...]:
    """Return the other places that belong to *finding*, in its file and in others: the file, where, and what it is."""
    return (*((finding.path, span, what) for span, what in finding.related), *finding.elsewhere)


def cut(text: str, longest: int = _LONGEST) -> str:
    """Return *text*, cut where it is longer than anybody reads."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
