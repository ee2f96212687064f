"""The page about changing a flow shows the table that the engine uses. Run this file to draw it anew."""

from alliancekit.flow import VERDICTS, ChangeKind, Place
from tests.shared import ROOT

PAGE = ROOT / "docs" / "how-to" / "change-a-flow.md"
START, END = "<!-- verdicts -->\n", "<!-- end of verdicts -->\n"


def table() -> str:
    """Return the verdicts as a table."""
    lines = ["| change | open | done |", "|---|---|---|"]
    lines += [f"| {kind.value} | {cell(kind, Place.OPEN)} | {cell(kind, Place.DONE)} |" for kind in ChangeKind]
    return "\n".join(lines) + "\n"


def cell(kind: ChangeKind, place: Place) -> str:
    """Return what a kind of change means in a place."""
    ruling = VERDICTS.get((kind, place))
    if ruling is None:
        return ""
    said = f"**{ruling.verdict.value}**: {ruling.reason}"
    return f"{said}; **{ruling.otherwise.value}**: {ruling.because}" if ruling.otherwise is not None else said


def drawn(page: str) -> str:
    """Return *page* with the table that the engine uses."""
    before, rest = page.split(START)
    return before + START + table() + END + rest.split(END)[1]


def test_the_page_shows_the_verdicts() -> None:
    """Nobody reads a verdict that the engine does not give."""
    page = PAGE.read_text(encoding="utf-8")
    assert drawn(page) == page


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
