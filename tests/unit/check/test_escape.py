"""Text from files on its way to a terminal or a log."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancekit.check import Checked, Report, check_text, escape_terminal
from alliancekit.check._escape import pieces
from tests.shared import SHARED, needs_shared


def cases(*prefixes: str) -> list[str]:
    return sorted(path.name for one in prefixes for path in (SHARED / "render").glob(f"{one}*.json"))


@needs_shared
@pytest.mark.parametrize("name", cases("term_", "gha_v1", "gha_plain", "gha_stop", "gha_add"))
def test_attacks(name: str) -> None:
    """No attack by another author reaches the terminal: alone, and as part of a report."""
    case = json.loads((SHARED / "render" / name).read_text(encoding="utf-8"))
    forbidden = [one for one in case["must_not_contain"] if one != "\r"] + ["\r"]
    document = json.dumps({"alliancekit": case["input"], case["input"]: case["input"]})
    report = Report(files=(Checked(path="x", findings=check_text(document, path=case["input"])),))

    assert [one for one in forbidden if one in escape_terminal(case["input"])] == []
    assert [one for one in forbidden if one in report.to_text()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, Grüße, 早い, 👩‍👩‍👧", "plain, Grüße, 早い, 👩‍👩‍👧"),
        ("a\tb", "a\tb"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("two\nlines\r", r"two\nlines\r"),
        ("\u202eelif", r"\u202eelif"),
        ("ad\u200bmin", r"ad\u200bmin"),
        ("a\U000e0041", r"a\U000e0041"),
        ("\ud800", r"\ud800"),
        ("text ##[error]x", r"text \x23#[error]x"),
        ("##vso[task]", r"\x23#vso[task]"),
        ("::error::x", r"\x3a:error::x"),
        ("   ::error::x", r"   \x3a:error::x"),
        ("a::b, # comment, ## heading", "a::b, # comment, ## heading"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    """What is visible stays; what is not is written as its code; what a build runner obeys is broken."""
    assert expected == escape_terminal(text)


@given(st.text())
def test_pieces(text: str) -> None:
    """Each character has its own piece, and together they are one line."""
    assert len(pieces(text)) == len(text)
    assert "\n" not in escape_terminal(text)
    assert escape_terminal(text) == "".join(pieces(text))
