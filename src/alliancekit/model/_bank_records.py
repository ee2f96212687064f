"""A bank as rows: one flat row for each prompt, for a data frame, a spreadsheet or a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from alliancekit.model._prompts import Prompt
from alliancekit.values import is_frozen_map

if TYPE_CHECKING:  # banks tell their rows, so their module comes after this one
    from alliancekit.model._banks import Bank, Section

__all__ = ["in_order", "records_of", "table_of"]

_ANSWER = ("options", "note", "points", "low", "high", "polarity", "least", "most", "unit", "evidence")


def in_order(bank: Bank) -> Iterator[tuple[Section | None, Prompt]]:
    """Yield each prompt once, with the first section that has it: as the sections say, then those that are in none."""
    placed = {name: one for one in reversed(bank.sections) for name in one.prompts}
    for section in bank.sections:
        for name in section.prompts:
            if name in bank.prompts and placed[name] is section:
                yield section, bank.prompts[name]
    yield from ((None, one) for name, one in bank.prompts.items() if name not in placed)


def records_of(bank: Bank) -> list[dict[str, Any]]:
    """Return a flat row for each prompt of *bank*; see `Bank.records`."""
    return [_record(bank, section, prompt) for section, prompt in in_order(bank)]


def _record(bank: Bank, section: Section | None, prompt: Prompt) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "section": section and section.id,
        "section_title": section and section.title,
        "text": prompt.text,
        "why": prompt.why,
        "scope": prompt.scope,
        "visibility": prompt.visibility,
        "kind": prompt.answer.kind,
        **{name: _flat(getattr(prompt.answer, name, None)) for name in _ANSWER},
        "informs": "; ".join(prompt.informs),
        "follow_ups": "\n".join(f"{one.id}: {one.text}" for one in prompt.follow_ups),
        "tags": "; ".join(prompt.tags),
        "origin": bank.origin(prompt.id),
    }


def _flat(value: object) -> Any:
    if is_frozen_map(value):
        return "\n".join(f"{key}: {label}" for key, label in value.items())
    return value


def table_of(bank: Bank) -> str:
    """Return *bank* as an HTML table, a section after another; nothing that somebody wrote is taken for HTML."""
    from html import escape  # who reads a bank need not wait for it

    head = f"<caption>{escape(bank.title)} ({len(bank.prompts)} prompts)</caption>"
    names = "".join(f"<th>{name}</th>" for name in ("id", "question", "answer", "informs"))
    rows = "".join(_rows(bank))
    return f'<table class="alliancekit-bank">{head}<thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>'


def _rows(bank: Bank) -> Iterator[str]:
    from html import escape

    last: Section | None = None
    for section, prompt in in_order(bank):
        if section is not None and section is not last:
            yield f'<tr><th colspan="4">{escape(section.title)}</th></tr>'
        elif section is None and last is not None:
            yield '<tr><th colspan="4">In no section</th></tr>'
        last = section
        cells = (prompt.id, prompt.text, prompt.answer.kind, ", ".join(prompt.informs))
        told = "".join(f'<td dir="auto">{escape(one)}</td>' for one in cells)
        yield f"<tr>{told}</tr>"
