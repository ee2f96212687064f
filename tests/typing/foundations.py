"""Never run: what a type checker knows of plain values and findings."""

from typing import assert_type

from alliancekit.errors import AllianceKitError, DocumentError
from alliancekit.findings import Finding, Severity
from alliancekit.values import FrozenMap


def maps(counts: FrozenMap[int]) -> None:
    assert_type(counts["a"], int)
    assert_type(counts.with_entry("b", 2), FrozenMap[int])
    assert_type(list(counts), list[str])


def findings(error: DocumentError) -> None:
    assert_type(error.findings, tuple[Finding, ...])
    assert_type(error.findings[0].severity, Severity)
    as_root(error)
    as_stranger(error)


def as_root(_error: AllianceKitError) -> None: ...


def as_stranger(_error: ValueError) -> None: ...
