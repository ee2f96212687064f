"""The line in question, with a mark under the place: in columns of the screen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from alliancekit.check._escape import pieces
from alliancekit.check._excerpt import excerpt, widths_of
from alliancekit.findings import Position, Span

SCRIPTS = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "HEBREW",
    "ARABIC",
    "HANGUL",
    "HIRAGANA",
    "KATAKANA",
    "CJK UNIFIED",
    "FULLWIDTH",
)
PICTURES = ["👩‍👩‍👧", "👍🏽", "🇩🇪", "❤️", "1️⃣", "☺︎", "👩🏽‍🚀", "🏳️‍🌈", "👁️‍🗨️", "⛹🏽‍♀️", "✋🏿", "ℹ️", "❤️‍🔥", "🫠", "©️", "🀄"]
WORDS = [
    "e\u0301",
    "한국",
    "\u1112\u1161\u11ab",
    "早い",
    "שָׁלוֹם",
    "مُحَمَّد",
    "ｆｕｌｌ",
    "ﾊﾝｶｸ",
    "สวัสดี",
    "tiếng Việt",
    "→",
    "…",
    "–",
]


def width(text: str) -> int:
    return sum(widths_of(pieces(text)))


def marked(line: str, text: str) -> tuple[str, str]:
    """Return the line as it is shown, and the mark under *text* in it."""
    start = line.index(text) + 1
    shown = excerpt(line, Span(Position(1, start), Position(1, start + len(text))))
    return shown.text, " " * shown.indent + "^" * shown.width


@pytest.mark.parametrize("text", PICTURES + WORDS)
def test_as_others_count(text: str) -> None:
    """Words of many scripts, and pictures of several parts, take as many columns as another library counts."""
    assert (text, width(text)) == (text, wcswidth(text))


def test_every_character_of_some_scripts() -> None:
    """Each character of the scripts that are written without joining takes what another library counts."""
    known = (chr(code) for code in range(0x20, 0x30000))
    mine = [one for one in known if unicodedata.name(one, "").startswith(SCRIPTS) and pieces(one) == [one]]
    assert len(mine) > 40_000
    # Marks that stand beside their letter are counted in two ways by terminals too.
    assert [one for one in mine if width(one) != wcwidth(one) and unicodedata.category(one) != "Mc"] == []


@given(st.lists(st.sampled_from([*PICTURES, *WORDS, "a", " ", "-"]), max_size=8).map(" ".join))
def test_in_sentences(text: str) -> None:
    """Whatever stands beside it, a word takes the same."""
    assert width(text) == wcswidth(text)


@given(st.text(max_size=40), st.text(min_size=1, max_size=10), st.text(max_size=40))
def test_a_mark_is_under_its_place(before: str, text: str, after: str) -> None:
    """The mark begins where what stands before it ends, and is as wide as the place, whatever the characters are."""
    line, start = before + text + after, len(before) + 1
    shown = excerpt(line, Span(Position(1, start), Position(1, start + len(text))))
    if "\t" not in line and len(line) <= 100:
        every = widths_of(pieces(line))
        assert shown.indent == sum(every[: start - 1])
        assert shown.width == max(sum(every[start - 1 : start - 1 + len(text)]), 1)
    assert shown.width >= 1


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("by: [anna]", "anna", ("by: [anna]", "     ^^^^")),
        ("早い: [anna]", "anna", ("早い: [anna]", "       ^^^^")),
        ("é: 早い", "早い", ("é: 早い", "   ^^^^")),
        ("e\u0301: x", "x", ("e\u0301: x", "   ^")),
        ("👩‍👩‍👧: x", "x", ("👩‍👩‍👧: x", "    ^")),
        ("a\tb\tc", "c", ("a   b   c", "        ^")),
        ("早\tb", "b", ("早  b", "    ^")),
        ("wxyz\tb", "b", ("wxyz    b", "        ^")),
        ("a\tb", "\t", ("a   b", " ^^^")),
        ("\x1b[2J: x", "x", (r"\x1b[2J: x", "         ^")),
        ("\x1b\tx", "x", ("\\x1b    x", "        ^")),
    ],
)
def test_marks(line: str, text: str, expected: tuple[str, str]) -> None:
    """Wide characters, marks, pictures, tabs and codes move the mark by what they take on the screen."""
    assert marked(line, text) == expected


def test_several_lines() -> None:
    """A place of several lines is marked to the end of its first."""
    shown = excerpt("text: >-   ", Span(Position(1, 7), Position(3, 4)))
    assert (shown.indent, shown.width) == (6, 2)


def test_beyond_the_end() -> None:
    """What is missing at the end of a line is marked there."""
    shown = excerpt("by:", Span(Position(1, 4), Position(1, 4)))
    assert (shown.indent, shown.width) == (3, 1)


def test_a_long_line() -> None:
    """Of a long line what is around the place is shown, in time that grows with the line and no faster."""
    line = "早" * 100_000 + "x" + "\t" * 100_000
    text, mark = marked(line, "x")
    assert text.startswith("…")
    assert text.endswith("…")
    assert mark == " " * (1 + 2 * 40) + "^"
