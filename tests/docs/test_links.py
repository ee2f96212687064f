"""No link on a page leads nowhere."""

import re
from pathlib import Path

import pytest

from tests.shared import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "examples" / "README.md"]


def without_blocks(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(page: Path) -> list[str]:
    return [anchor(one) for one in re.findall(r"^#+ (.*)$", without_blocks(page), re.MULTILINE)]


def leads_nowhere(page: Path) -> list[str]:
    """Return the links on *page*, to other files here, that have no end."""
    found = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_blocks(page)):
        name, _, part = link.partition("#")
        target = page.parent / name if name else page
        if link.startswith(("https:", "http:", "mailto:")):
            continue
        if not target.exists() or (part and part not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links(page: Path) -> None:
    """Each file that the page links to is there, and so is the heading."""
    assert leads_nowhere(page) == []


def test_this_test(tmp_path: Path) -> None:
    """A link to no file and one to no heading are found; a link in a block is none."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A *Title*\n\n[a](gone.md) [b](#a-title) [c](#no-title) [e](gone.md#title)\n\n```\n[d](gone.md)\n```\n",
        encoding="utf-8",
    )
    assert leads_nowhere(page) == ["gone.md", "#no-title", "gone.md#title"]
