"""Laws of the outline: whatever the Markdown is, each of its lines is in one block, and it takes no time to speak of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.intake._outline import Block, lines_of, outline

MARKS = (
    *("#", "##", "-", "*", "+", "1.", "2)", ">", "```", "~~~", "***", "---", "===", "|", "|---|---|", "[a]:", "[a]"),
    *(
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<A b={c}/>",
        "import a from 'b'",
        "\\",
        "&amp;",
        "`",
        "**",
        "_",
        "![",
        "](",
        ")",
    ),
    *(
        "[ ]",
        "[x]",
        "{#id}",
        "    ",
        "  ",
        "\t",
        " ",
        "a",
        "b c",
        "本",
        "\0",
        "\u2028",
        "\x0b",
        "é",
        "\ufeff",
        "title: x",
    ),
)
TEXTS = st.lists(st.sampled_from([*MARKS, "\n", "\n", "\n\n", "\r\n", "\r"]), max_size=40).map("".join) | st.text(
    max_size=80
)


def blocks(text: str) -> list[Block]:
    return [one for top in outline(text) for one in top.walk()]


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_line_is_in_one_block(text: str) -> None:
    """Each line that is not blank is in exactly one block, and no block claims a line that is not there."""
    lines = lines_of(text)
    claimed = [number for one in blocks(text) for number in range(one.line, one.end_line + 1)]
    assert len(set(claimed)) == len(claimed)
    assert (
        {number for number, line in enumerate(lines, 1) if line.strip()}
        <= set(claimed)
        <= set(range(1, len(lines) + 1))
    )


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_blocks_stand_in_the_order_of_the_source(text: str) -> None:
    """A block comes after those above it, and its raw text is that of its lines."""
    lines = lines_of(text)
    starts = [one.line for one in blocks(text)]
    assert starts == sorted(starts)
    assert all(one.raw == "\n".join(lines[one.line - 1 : one.end_line]) for one in blocks(text))


HOSTILE = {
    "quotations in each other": ">" * 200_000,
    "quotations, line by line": (">" * 400 + "a\n") * 500,
    "lists in each other": "- " * 100_000,
    "emphasis that is never closed": "*a **b " * 30_000,
    "emphasis of many paragraphs": ("**a *b " * 200 + "\n\n") * 30,
    "brackets": "[" * 200_000,
    "brackets of many paragraphs": ("[" * 490 + "\n\n") * 40,
    "ticks": "".join("`" * count + " " for count in range(600)),
    "a wide table": "|a" * 2_000 + "\n" + "|-" * 2_000 + "\n" + "|b\n" * 2_000,
    "tags": "<a " * 60_000,
    "definitions": "".join(f"[a{number}]: b\n" for number in range(15_000)),
    "short lines": "- a\n" * 250_000,
    "one long line": "a " * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markdown_ends_soon(name: str) -> None:
    """No nesting and no run of marks keeps the reader from coming to its end."""
    assert blocks(HOSTILE[name])
