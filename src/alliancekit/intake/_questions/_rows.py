"""Tables: rows of cells, with or without names for the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen

from alliancekit.intake._questions._draft import Draft, Entry
from alliancekit.intake._questions._entries import entry_of
from alliancekit.intake._questions._names import field_of, language_of, split_language
from alliancekit.intake._questions._values import is_question

__all__ = ["Row", "known_names", "rows_into"]

Row = tuple[Entry, Sequence[Any]]
"""Where a row stands, and its cells."""

_LOOKED_AT: Final = 200


@frozen
class _Columns:
    """
    What the columns of a table are called.

    Attributes:
        names: The name of each, and of what stands beyond them.
        width: How many there are.
        begins: The first row that is no names.
    """

    names: list[str]
    width: int
    begins: int


def rows_into(rows: Sequence[Row], draft: Draft, *, is_named: bool = False) -> None:
    """
    Read the questions in *rows* into *draft*.

    Args:
        rows: A table.
        draft: Where they go.
        is_named: Whether the first row surely names the columns.
    """
    if not rows:
        return
    columns = _columns(rows, draft, is_named=is_named)
    for place, cells in rows[columns.begins :]:
        given = _given(columns, cells, place, draft)
        entry = entry_of(given, place, draft) if given else None
        if entry is not None:
            draft.entries.append(entry)
        elif given:
            draft.keep(place.line, place.end_line, place.raw, "the row has no question", place.pointer)


def known_names(cells: Sequence[Any]) -> int:
    """Return how many of *cells* are names that columns have."""
    return sum(_is_known(str(one)) for one in cells)


def _is_known(cell: str) -> bool:
    name = split_language(cell.strip())[0]
    return bool(field_of(name) or language_of(name))


def _columns(rows: Sequence[Row], draft: Draft, *, is_named: bool) -> _Columns:
    first = [str(one or "").strip() for one in rows[0][1]]
    most = max(len(cells) for _, cells in rows)
    body = rows[1 : _LOOKED_AT + 1]
    if is_named or _names_columns(first, body):
        names = _unique(first, most)
        if not any(_is_text(name) for name in names) and (place := _asking(body, most)) is not None:
            draft.note(rows[0][0].line, names[place], "the column with questions")
            names[place] = "question"
        draft.note(rows[0][0].line, ", ".join(filter(None, first)), "the names of the columns")
        return _Columns(names, len(first), 1)
    return _Columns(_guessed(rows, most, draft), most, 0)


def _is_text(name: str) -> bool:
    plain = split_language(name)[0]
    return field_of(plain) == "text" or bool(language_of(plain) and not field_of(plain))


def _names_columns(first: list[str], body: Sequence[Row]) -> bool:
    if any(map(is_question, first)) or not any(first):
        return False
    if known_names(first):
        return True
    # Names end as no question does, and what stands below them does.
    asking = _asking(body, len(first))
    return asking is not None and len(first) > 1


def _asking(rows: Sequence[Row], most: int) -> int | None:
    """Return the column in which most of the questions stand; where none asks, None."""
    counts = [sum(is_question(str(cells[n] or "")) for _, cells in rows if n < len(cells)) for n in range(most)]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _guessed(rows: Sequence[Row], most: int, draft: Draft) -> list[str]:
    """Return names for columns that have none: where the questions stand, and before them what comes again and again."""
    looked = rows[:_LOOKED_AT]
    asking = _asking(looked, most)
    place = 0 if asking is None else asking
    names = [f"column {n + 1}" for n in range(most)]
    names[place] = "question"
    for n in range(place):
        values = [str(cells[n]).strip() for _, cells in looked if n < len(cells) and str(cells[n] or "").strip()]
        if values and len(set(values)) * 2 <= len(values):
            names[n] = "section"
            break
    said = ", ".join(names)
    draft.note(rows[0][0].line, "columns without names", f"understood as {said}")
    return names


def _unique(names: list[str], most: int) -> list[str]:
    found: list[str] = []
    for place in range(most):
        name = (names[place] if place < len(names) else "") or f"column {place + 1}"
        found.append(name if name not in found else f"{name} {place + 1}")
    return found


def _given(columns: _Columns, cells: Sequence[Any], place: Entry, draft: Draft) -> dict[str, Any]:
    is_longer = any(str(one or "").strip() for one in cells[columns.width :])
    if is_longer or len(cells) < columns.width:
        draft.note(
            place.line, "a row", f"has {len(cells)} cells where the table has {columns.width} columns; all are kept"
        )
    return {name: one for name, one in zip(columns.names, cells, strict=False) if one not in (None, "")}
