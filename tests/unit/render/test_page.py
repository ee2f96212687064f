"""The page about the built-in flows shows them as they are. Run this file to draw them anew."""

from alliancekit import library
from alliancekit.render import to_mermaid
from tests.shared import ROOT

PAGE = ROOT / "docs" / "reference" / "flows.md"
HEAD = """\
# The flows that come along

Each is drawn by `alliancekit render FILE --to mermaid`, which draws a flow of your own the same way, and a session on its way through it.

What is dashed is to be read, and what is blue is asked; both hang side by side on what they wait for.
A yellow hexagon shows answers to all, a yellow box with double sides lays them on the table, and the last shape is everybody's yes; all that comes after waits for these.
An arrow leads from a question to what shows or closes its answers, and says what must hold where a step may be hidden.
"""


def page() -> str:
    """Return the page with every flow that comes along."""
    return HEAD + "".join(map(section, library.flow_names()))


def section(name: str) -> str:
    """Return what the page says of one flow."""
    flow = library.flow(name)
    kinds = " or ".join({"one-to-one": "two", "team": "a team"}[kind] for kind in flow.kinds)
    picture = f"```mermaid\n{to_mermaid(flow)}```\n"
    return f"\n## {name}\n\n{flow.title}: for {kinds}, with the bank `{flow.bank}`.\n\n{picture}"


def test_the_page_shows_the_flows() -> None:
    """Nobody looks at the picture of a flow that is another by now."""
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
