"""
A bank as a table: a row for each prompt, a column for each thing to say of one, and one for each of its words in a language.

Whatever somebody wrote, no cell is a formula where a spreadsheet opens the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from alliancekit.errors import require
from alliancekit.model import Bank, BankTranslation, Prompt, PromptTranslation, Section
from alliancekit.render._exports._columns import Cell, listed, loose, prompt_cells, shelved

__all__ = ["to_csv"]

_COLUMNS: Final = (
    "id", "section", "section_title", "text", "why", "scope", "visibility", "kind", "options", "note", "points", "low",
    "high", "polarity", "least", "most", "unit", "evidence", "informs", "follow_ups", "tags",
)  # fmt: skip
_TRANSLATED: Final = ("section_title", "text", "why", "options", "low", "high", "unit", "follow_ups")
_ALWAYS: Final = frozenset({"id", "text"})
# What begins a formula in a spreadsheet, also behind spaces, or behind what is taken off again when the table is read.
_FORMULA: Final = re.compile("'*[ \u3000]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

Row = Mapping[str, Cell | None]


def to_csv(bank: Bank, translations: Iterable[BankTranslation] = ()) -> str:
    """
    Return the prompts of a bank, in their sections, as comma-separated values in the order of the bank.

    Every cell is in quotes, and one that a spreadsheet would take for a formula begins with an apostrophe; reading it
    with `alliancekit.intake.read_bank` takes that off again. A key of a prompt that begins with ``x-`` has a column of its
    own. What a bank says about itself, as its title, is not in it.

    Args:
        bank: The bank, whole: with what it extends under it.
        translations: Its words in other languages, each in columns of its own, such as ``text@ja``.

    .. versionadded:: 0.1
    """
    import csv
    from io import StringIO

    require(bank, Bank, "to_csv", "bank")
    others = {one.language: one for one in translations}
    rows = list(_rows(bank, others))
    free = dict.fromkeys(name for row in rows for name in row if name.startswith("x-"))
    names = (*_COLUMNS, *free, *(f"{name}@{language}" for language in others for name in _TRANSLATED))
    used = [name for name in names if name in _ALWAYS or any(row.get(name) for row in rows)]
    stream = StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([_guarded(_text(row.get(name))) for name in used] for row in rows)
    return stream.getvalue()


def _rows(bank: Bank, others: Mapping[str, BankTranslation]) -> Iterator[Row]:
    for name in loose(bank):
        yield _prompt_row(bank.prompts[name], others)
    for section, own in shelved(bank):
        head = _section_row(section, others)
        if not section.prompts:
            yield head
        for name in section.prompts:
            yield {**(_prompt_row(bank.prompts[name], others) if name in own else {"id": name}), **head}


def _section_row(section: Section, others: Mapping[str, BankTranslation]) -> Row:
    titles = {
        f"section_title@{language}": one.title
        for language, other in others.items()
        for one in other.sections
        if one.id == section.id
    }
    return {"section": section.id, "section_title": section.title, **titles}


def _prompt_row(prompt: Prompt, others: Mapping[str, BankTranslation]) -> Row:
    row: dict[str, Cell | None] = {"id": prompt.id, "text": prompt.text, "why": prompt.why, **prompt_cells(prompt)}
    for language, other in others.items():
        if prompt.id in other.prompts:
            row |= {f"{name}@{language}": cell for name, cell in _words(other.prompts[prompt.id]).items()}
    return row


def _words(other: PromptTranslation) -> Row:
    plain = {"text": other.text, "why": other.why, "low": other.low, "high": other.high, "unit": other.unit}
    return {**plain, "options": other.options, "follow_ups": {one.id: one.text for one in other.follow_ups}}


def _text(cell: Cell | None) -> str:
    match cell:
        case str():
            return cell
        case None:
            return ""
        case tuple():
            return listed(cell)
        case _:
            return "\n".join(f"{name}: {label}".replace("\n", "\n  ") for name, label in cell.items())


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
