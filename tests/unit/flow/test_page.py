"""The page about the engine shows the table that the engine uses. Run this file to draw it anew."""

from collections.abc import Iterator
from itertools import groupby

from alliancekit.flow import MOVES, Phase
from tests.shared import ROOT

PAGE = ROOT / "docs" / "explanation" / "engine.md"
START, END = "<!-- moves -->\n", "<!-- end of moves -->\n"


def table() -> str:
    """Return the moves as a table."""
    return "\n".join(["| step | phase | request | then |", "|---|---|---|---|", *rows()]) + "\n"


def rows() -> Iterator[str]:
    order = [*Phase]
    for (kind, phase), moves in MOVES.items():
        pairs = [(one.__name__, ", ".join(sorted(then, key=order.index))) for one, then in moves.items()]
        for then, group in groupby(pairs, key=lambda pair: pair[1]):
            yield f"| {kind.value} | {phase.value} | {', '.join(name for name, _ in group)} | {then} |"


def drawn(page: str) -> str:
    """Return *page* with the table that the engine uses."""
    before, rest = page.split(START)
    return before + START + table() + END + rest.split(END)[1]


def test_the_page_shows_the_moves() -> None:
    """Nobody reads a table that the engine does not follow."""
    page = PAGE.read_text(encoding="utf-8")
    assert drawn(page) == page


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
