import pickle

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from alliancekit.findings import Finding, Position, Severity, Span
from alliancekit.limits import LIMITS, SESSION_LIMITS, Limits

SPAN = Span(Position(3, 5), Position(3, 9))
FINDING = Finding(rule="bad-id", message="'A' is no id", pointer="/members/A", on_key=True, hint="for example 'a'")


class TestFinding:
    def test_unplaced(self) -> None:
        """Without a place the pointer says where."""
        assert str(FINDING) == "/members/A: 'A' is no id (for example 'a') [bad-id]"
        assert (FINDING.line, FINDING.column, FINDING.severity) == (None, None, Severity.ERROR)
        assert str(Finding(rule="limit", message="too long")) == "(document): too long [limit]"

    def test_placed(self) -> None:
        """A placed one begins as compilers do."""
        placed = FINDING.with_place("a.yaml", SPAN)
        assert str(placed) == "a.yaml:3:5: 'A' is no id (for example 'a') [bad-id]"
        assert (placed.line, placed.column) == (3, 5)
        assert FINDING.span is None

    def test_severity(self) -> None:
        """A copy may be less bad; severities are their words."""
        assert FINDING.with_severity(Severity.INFO).severity == "info"

    def test_url(self) -> None:
        """Each rule is explained at a stable address."""
        assert FINDING.url.endswith("/reference/rules/bad-id/")
        assert evolve(FINDING, page="https://acme.example").url == "https://acme.example"

    def test_a_value(self) -> None:
        """It is frozen, hashed by what it says, and can be pickled."""
        assert pickle.loads(pickle.dumps(FINDING)) == FINDING
        assert len({FINDING, evolve(FINDING)}) == 1
        with pytest.raises(FrozenInstanceError):
            FINDING.rule = "x"  # type: ignore[misc]

    def test_order(self) -> None:
        """Places are sorted by line, then by column."""
        assert Span(Position(2, 9), Position(2, 9)) < SPAN < Span(Position(10, 1), Position(10, 2))


def test_limits() -> None:
    """The limits are the agreed ones, and a host may raise them for its own files."""
    assert (LIMITS.file_bytes, LIMITS.line_bytes, LIMITS.nodes) == (1_048_576, 16_384, 30_000)
    assert (LIMITS.depth, LIMITS.keys, LIMITS.text) == (32, 5_000, 10_000)
    assert (SESSION_LIMITS.file_bytes, SESSION_LIMITS.requests, SESSION_LIMITS.depth) == (67_108_864, 100_000, 32)
    assert Limits(depth=64).depth == 64
