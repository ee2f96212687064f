"""Somebody's words in a Markdown text."""

import json
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from alliancekit.render import escape_markdown
from tests.shared import SHARED, needs_shared

READERS = {name: MarkdownIt(name) for name in ("commonmark", "js-default", "gfm-like")}
PLACES = ("{}", "- {}", "# {}", "**Name:** {}", "- **Name:** {}\n  - Known by: {}", "> {}", "1. {}")
ATTACKS = (
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<script>alert(1)</script>",
    "<!-- -->",
    "&#64;octocat &commat;here &lt;b&gt;",
    "[a]: javascript:1",
    "x | APPROVED |\n| y",
    "# heading\n\n## another #",
    "1. one\n2. two",
    "1) one",
    "- [x] done",
    "+ one",
    "> quote",
    "***\n---\n===",
    "= =",
    "`code` ``two``",
    "**bold** __bold__ ~~gone~~ _x_ *y*",
    "    code",
    "\tcode",
    "```\nfence",
    "~~~\nfence",
    "http://evil.example www.evil.example a@evil.example mailto:a@b.example ftp://x //a.com a.de",
    "<http://evil.example>",
    "back\\slash \\",
    "line  \nbreak\\\nbreak",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[^1]: note",
    ": definition",
    "\u2028- item",
    "\x00\x1b[31m\u202e",
    "",
    "   ",
)


def plain(tokens: list[Token]) -> list[str]:
    """Return the kinds of all tokens, with neighbouring texts as one: what kind of text a page is."""
    kinds: list[str] = []
    for token in tokens:
        inner = [one.type for one in token.children or ()]
        for kind in (one.replace("text_special", "text") for one in [token.type, *inner]):
            if kind != "text" or kinds[-1:] != ["text"]:
                kinds.append(kind)
    return kinds


def check(words: str) -> None:
    for name, reader in READERS.items():
        for place in PLACES:
            page = plain(reader.parse(place.replace("{}", escape_markdown(words))))
            assert page == harmless(name, place), (name, place)


@cache
def harmless(name: str, place: str) -> list[str]:
    return plain(READERS[name].parse(place.replace("{}", "x")))


@pytest.mark.parametrize("words", ATTACKS)
def test_attacks(words: str) -> None:
    """No attack becomes markup, in any place and for any reader."""
    check(words)


@given(st.text())
@example("www.a.b")
def test_any_text(words: str) -> None:
    """No text at all becomes markup."""
    check(words)


@given(st.text(alphabet="\\`*_{}[]()<>#+-.!|~&;:=/@$^\n\t x1aw"))
def test_any_punctuation(words: str) -> None:
    """No mixture of what Markdown is made of becomes markup."""
    check(words)


@given(st.text(alphabet="\\`*_{}[]()<>#+-.!|~&;:=/@$^ x1a"))
def test_the_reader_reads_the_text(words: str) -> None:
    """What a reader shows is the text, without the marks against mentions."""
    (_, inline, _) = READERS["commonmark"].parse(escape_markdown(words))
    shown = "".join(one.content for one in inline.children or ()).replace("\u200b", "")
    assert (" ".join(words.split()) or "…") == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We say the hard thing early; 100 % & on-time (mostly).",
            "We say the hard thing early; 100 % & on-time (mostly).",
        ),
        ("two\n  lines", "two lines"),
        ("@ana, see #12 and GH-3", "@\u200bana, see \\#\u200b12 and GH-\u200b3"),
        ("&#64;octocat", "&amp;\\#\u200b64;octocat"),
        ("a < b", "a &lt; b"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("$5", "$5"),
        ("$x$", "\\$x\\$"),
        ("https://a.example", "https\\:\\//a\\.example"),
        ("at 10:00, 3.5 km, see: x", "at 10:00, 3.5 km, see: x"),
        ("", "…"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    """What does harm is escaped, and what does none is left as it is."""
    assert expected == escape_markdown(text)


@needs_shared
@pytest.mark.parametrize("name", sorted(path.name for path in (SHARED / "render").glob("md_*.json")))
def test_attacks_by_others(name: str) -> None:
    """The attacks by other authors fail too."""
    case = json.loads((SHARED / "render" / name).read_text(encoding="utf-8"))
    check(case["input"])
    page = f"# Title\n\n{escape_markdown(case['input'])}\n"
    assert [one for one in case["must_not_contain"] if one in page] == []
