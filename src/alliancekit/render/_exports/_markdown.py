"""A bank as a page: a heading for each section and each prompt, and below it what is not so by default."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from alliancekit.model import Bank, Prompt
from alliancekit.render._escape import escape_markdown
from alliancekit.render._exports._columns import Cell, is_kept_whole, listed, loose, prompt_cells, shelved

__all__ = ["bank_page"]

_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n")


def bank_page(bank: Bank) -> str:
    """Return a page of Markdown that says what *bank* says."""
    return "\n\n".join(_blocks(bank)) + "\n"


def _blocks(bank: Bank) -> Iterator[str]:
    yield f"# {_headed(bank.title, bank.id)}"
    yield from _list(
        {
            "language": bank.language or "",
            "licence": bank.licence or "",
            "kinds": bank.kinds,
            "extends": bank.extends,
            "remove": bank.remove,
        }
    )
    for name in loose(bank):
        yield from _prompt(bank.prompts[name])
    for section, own in shelved(bank):
        yield f"## {_headed(section.title, section.id)}"
        if not is_kept_whole(section, own):
            yield from _list({"prompts": section.prompts})
        for name in own:
            yield from _prompt(bank.prompts[name])


def _headed(text: str, name: str) -> str:
    return f"{escape_markdown(text)} {{#{name}}}"


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield f"### {_headed(prompt.text, prompt.id)}"
    if prompt.why is not None:
        yield from (_paragraph(part) for part in _PARAGRAPHS.split(prompt.why) if part.strip())
    yield from _list(prompt_cells(prompt))


def _paragraph(text: str) -> str:
    """Return *text* as a paragraph that breaks where it does."""
    return "\\\n".join(escape_markdown(line) for line in text.split("\n") if line.strip())


def _list(cells: Mapping[str, Cell]) -> Iterator[str]:
    lines = [line for name, cell in cells.items() if cell for line in _lines(_label(name), cell)]
    if lines:
        yield "\n".join(lines)


def _label(name: str) -> str:
    return escape_markdown(name) if name.startswith("x-") else name.capitalize().replace("_", "-")


def _lines(label: str, cell: Cell) -> Iterator[str]:
    if isinstance(cell, str):
        yield f"- {label}: {escape_markdown(cell)}"
    elif isinstance(cell, tuple):
        yield f"- {label}: {escape_markdown(listed(cell))}"
    else:
        yield f"- {label}:"
        yield from (f"  - {name}: {escape_markdown(text)}" for name, text in cell.items())
