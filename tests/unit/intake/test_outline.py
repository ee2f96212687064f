"""Markdown as a tree of blocks."""

import builtins
from collections.abc import Mapping
from typing import Any

import pytest

from alliancekit.errors import MissingExtraError
from alliancekit.intake._outline import Block, outline


def told(blocks: tuple[Block, ...]) -> list[Any]:
    """Return what each block is and says, with what stands below it."""
    return [(one.kind, one.text, told(one.children)) if one.children else (one.kind, one.text) for one in blocks]


def test_a_heading_holds_what_stands_below_it() -> None:
    """Up to the next heading of its level or above; one that skips levels is held all the same."""
    found = outline("before\n# A\none\n### B\ntwo\n## C\n# D\n")
    assert told(found) == [
        ("paragraph", "before"),
        ("heading", "A", [("paragraph", "one"), ("heading", "B", [("paragraph", "two")]), ("heading", "C")]),
        ("heading", "D"),
    ]


def test_an_item_holds_what_is_indented_under_it() -> None:
    """Its own words are those of its first line or paragraph."""
    found = outline("- a\n  - b\n\n    more\n-\n  late\n- - twice\n-\n")
    assert told(found) == [
        ("item", "a", [("item", "b", [("paragraph", "more")])]),
        ("item", "late"),
        ("item", "twice"),
        ("item", ""),
    ]
    assert [(one.level, one.group) for top in found for one in top.walk()] == [
        (1, 1),
        (2, 2),
        (0, 0),
        (1, 1),
        (2, 3),
        (1, 1),
    ]


def test_items_have_numbers_and_boxes() -> None:
    """A numbered item says its number, one with a box whether it is ticked; the marks are in no text."""
    found = outline("3. a\n4) b\n\n- [ ] c\n- [x] d\n- [y] e\n")
    assert [(one.text, one.number, one.checked) for one in found] == [
        ("a", 3, None),
        ("b", 4, None),
        ("c", None, False),
        ("d", None, True),
        ("[y] e", None, None),
    ]


def test_tables_are_rows() -> None:
    """The first row names the columns; cells beyond them are not lost, and an escaped bar is one of its cell."""
    found = outline("| a | **b** |\n|---|---|\n| 1 | 2 | 3 |\n| x \\| y | |\n")
    assert [(one.cells, one.header, one.line, one.end_line) for one in found] == [
        (("a", "b"), True, 1, 2),
        (("1", "2", "3"), False, 3, 3),
        (("x | y", ""), False, 4, 4),
    ]
    assert [one.text for one in found] == ["a | b", "1 | 2 | 3", "x | y"]


READ: Mapping[str, str] = {
    "**bold** and _soft_ ~~gone~~": "bold and soft gone",
    "two\nlines": "two lines",
    "日本\n語": "日本語",
    "[a *b*](http://x/%20y 'T')": '[a b](http://x/%20y "T")',
    "[a][ref] and [b]": "[a](http://ref) and [b]",
    "<http://x/%C3%A9>": "http://x/%C3%A9",
    "![alt *t*](i.png)": "![alt t](i.png)",
    "`a *b*` &amp; \\*c\\*": "`a *b*` & *c*",
    "<b>x</b><br>y <a href='z'>z</a>": "x y <a href='z'>z</a>",
    "2 * 3 * 4": "2 * 3 * 4",
    "snake_case_word": "snake_case_word",
}


@pytest.mark.parametrize("source", READ)
def test_the_reading_text_is_what_a_reader_reads(source: str) -> None:
    """Marks of emphasis are dropped; links, pictures and code are not."""
    assert outline(f"{source}\n\n[ref]: http://ref\n")[0].text == READ[source]


def test_what_is_no_prose_is_kept_as_it_stands() -> None:
    """Code, HTML, what MDX adds, and the addresses of links are blocks of their own."""
    found = outline("```py\na\n```\n\n<div>\nb\n</div>\n\nimport C from 'c'\n\n<D e={f}/>\n\n[g]: http://h\n\n***\n")
    assert told(found) == [
        ("code", "a"),
        ("html", "<div>\nb\n</div>"),
        ("html", "import C from 'c'"),
        ("html", "<D e={f}/>"),
        ("definition", "[g]: http://h"),
        ("rule", ""),
    ]
    assert outline("import what you need from others")[0].kind == "paragraph"


def test_front_matter_stands_first_or_nowhere() -> None:
    """It is one block; lines of dashes elsewhere are rules and headings."""
    found = outline("---\ntitle: A\n---\n# B\n")
    assert [(one.kind, one.text, one.line, one.end_line) for one in found] == [
        ("front-matter", "title: A", 1, 3),
        ("heading", "B", 4, 4),
    ]
    assert [one.kind for one in outline("---\nwe meet\n\n---\n")] == ["rule", "paragraph", "rule"]
    assert [one.kind for one in outline("---\ntitle: A\n")] == ["rule", "paragraph"]


def test_a_quoted_heading_holds_what_is_quoted() -> None:
    """What stands below the quotation belongs to the section around it."""
    found = outline("# A\n> ## B\n> c\n>\n> - d\n\ne\n")
    below = [("heading", "B", [("paragraph", "c"), ("rule", ""), ("item", "d")]), ("paragraph", "e")]
    assert told(found) == [("heading", "A", below)]


def test_a_heading_may_give_its_id() -> None:
    """It is taken off the text."""
    assert [(one.text, one.anchor) for one in outline("# A b {#a-b}\n## C\n")[0].walk()] == [("A b", "a-b"), ("C", "")]


def test_what_comes_after_very_many_lines_is_kept_as_it_stands() -> None:
    """An outline has bounds, and what is beyond them is text."""
    found = outline("a\n\n" * 10_000 + "# b\nc\n")
    assert (found[-1].kind, found[-1].text) == ("paragraph", "# b c")


def test_without_the_extra_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package is named with the extra that brings it."""
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("markdown_it"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtraError, match=r"pip install 'alliancekit\[markdown\]'"):
        outline("a")
