"""The page about the engine shows the table that the engine uses, and draws it. Run this file to draw both anew."""

from collections.abc import Iterator
from itertools import groupby

from alliancekit.flow import MOVES, Phase, StepKind
from tests.node import needs_node, run_node
from tests.shared import ROOT

PAGE = ROOT / "docs" / "explanation" / "engine.md"
START, END = "<!-- moves -->\n", "<!-- end of moves -->\n"
PICTURES_START, PICTURES_END = "<!-- pictures -->\n", "<!-- end of pictures -->\n"


def table() -> str:
    """Return the moves as a table."""
    return "\n".join(["| step | phase | request | then |", "|---|---|---|---|", *rows()]) + "\n"


def rows() -> Iterator[str]:
    order = [*Phase]
    for (kind, phase), moves in MOVES.items():
        pairs = [(one.__name__, ", ".join(sorted(then, key=order.index))) for one, then in moves.items()]
        for then, group in groupby(pairs, key=lambda pair: pair[1]):
            yield f"| {kind.value} | {phase.value} | {', '.join(name for name, _ in group)} | {then} |"


def pictures() -> str:
    """Return the moves as a picture for each kind of step."""
    kinds = dict.fromkeys(kind for kind, _ in MOVES)
    return "\n".join(f"### {_named(kind)}\n\n```mermaid\n{picture(kind)}```\n" for kind in kinds)


def _named(kind: StepKind) -> str:
    return "The flow" if kind is StepKind.FLOW else kind.value.capitalize()


def picture(kind: StepKind) -> str:
    """Return the moves of one kind of step as a state diagram."""
    arrows: dict[tuple[Phase, Phase], list[str]] = {}
    order = [*Phase]
    for (of, phase), moves in MOVES.items():
        for request, then in moves.items() if of is kind else ():
            for target in sorted(then, key=order.index):
                arrows.setdefault((phase, target), []).append(request.__name__)
    lines = (_drawn(phase, then, _stacked(names)) for (phase, then), names in arrows.items())
    return "\n".join(["stateDiagram-v2", "  direction LR", "  [*] --> open", *lines]) + "\n"


def _drawn(phase: Phase, then: Phase, requests: str) -> str:
    # What changes no phase stands in the state: an arrow back to itself would lie under the others.
    return f"  {phase}: {phase}\n  {phase}: {requests}" if phase is then else f"  {phase} --> {then}: {requests}"


def _stacked(names: list[str]) -> str:
    """Return *names* in lines of two, so that an arrow does not become too long."""
    return ",<br/>".join(", ".join(names[at : at + 2]) for at in range(0, len(names), 2))


def drawn(page: str) -> str:
    """Return *page* with the table that the engine uses, and its pictures."""
    return _between(_between(page, START, table(), END), PICTURES_START, pictures(), PICTURES_END)


def _between(page: str, start: str, text: str, end: str) -> str:
    before, rest = page.split(start)
    return before + start + text + end + rest.split(end)[1]


def test_the_page_shows_the_moves() -> None:
    """Nobody reads a table or a picture that the engine does not follow."""
    page = PAGE.read_text(encoding="utf-8")
    assert drawn(page) == page


@needs_node
def test_the_pictures_can_be_drawn() -> None:
    """Mermaid itself takes each picture for a state diagram."""
    kinds = dict.fromkeys(kind for kind, _ in MOVES)
    for one in run_node("mermaid_parse.mjs", [picture(kind) for kind in kinds]):
        assert (one["error"], one["type"]) == (None, "stateDiagram")


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
