"""Tables: rows of cells, with or without names for the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import evolve, frozen

from alliancekit.intake._questions._draft import PLAIN, Draft, Entry
from alliancekit.intake._questions._entries import deeper, entry_of
from alliancekit.intake._questions._names import field_of, language_of, plain_key, split_language, words
from alliancekit.intake._questions._values import is_question

__all__ = ["Row", "known_names", "rows_into"]

Row = tuple[Entry, Sequence[Any]]
"""Where a row stands, and its cells."""

_LOOKED_AT: Final = 200
_FEWEST_ROWS: Final = 2
_WORDS_ASKED: Final = 4
_WORDS_OF_TITLE: Final = 6
# What a program writes of each person who answered.
_OF_ANSWERS: Final = frozenset(words(
    "timestamp zeitstempel submitted_at submit_date start_date respondent respondent_id response_id email email_address"
    " marca_temporal carimbo_de_data_hora horodateur タイムスタンプ"
))  # fmt: skip


@frozen
class _Columns:
    """
    What the columns of a table are called.

    Attributes:
        names: The name of each, and of what stands beyond them.
        width: How many there are.
        begins: The first row that is no names.
        asking: Those that hold questions, where several do: each is a section.
    """

    names: list[str]
    width: int
    begins: int
    asking: tuple[str, ...] = ()


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
    if _holds_answers(rows):
        _names_that_ask(rows, draft)
        return
    columns = _columns(rows, draft, is_named=is_named)
    for place, cells in rows[columns.begins :]:
        given = _given(columns, cells, place, draft)
        made = [entry_of(one, where, draft) for where, one in _parted(columns, given, place, draft)]
        found = [one for one in made if one is not None]
        draft.entries += found
        if given and not found:
            draft.keep(place.line, place.end_line, place.raw, "the row has no question", place.pointer)


def _holds_answers(rows: Sequence[Row]) -> bool:
    """Return whether people answered in the rows what the names of the columns ask, as in an export of a survey."""
    names = [str(one or "").strip() for one in rows[0][1]]
    asking = [place for place, name in enumerate(names) if is_question(name)]
    if len(rows) < _FEWEST_ROWS or len(asking) + any(plain_key(one) in _OF_ANSWERS for one in names) < _FEWEST_ROWS:
        return False
    below = (cells[place] for _, cells in rows[1:_LOOKED_AT] for place in asking if place < len(cells))
    return not any(is_question(str(one or "")) for one in below)


def _names_that_ask(rows: Sequence[Row], draft: Draft) -> None:
    place, names = rows[0]
    asked = [one for one in names if isinstance(one, str) and (is_question(one) or len(one.split()) >= _WORDS_ASKED)]
    draft.entries += [evolve(place, text={PLAIN: one}, raw=one) for one in asked]
    draft.note(place.line, "the names of the columns", "understood as questions, for the rows below answer them")
    for where, _ in rows if len(asked) < len(names) else rows[1:]:
        draft.keep(where.line, where.end_line, where.raw, "it holds answers, or says who gave them", where.pointer)


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
        is_told = any(map(_is_text, names))
        several = () if is_told else _several(names, body)
        if several:
            draft.note(rows[0][0].line, ", ".join(several), "columns of questions: each is a section")
        elif not is_told and (place := _asking(body, most)) is not None:
            draft.note(rows[0][0].line, names[place], "the column with questions")
            names[place] = "question"
        draft.note(rows[0][0].line, ", ".join(filter(None, first)), "the names of the columns")
        return _Columns(names, len(first), 1, several)
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


def _several(names: list[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns that hold questions, where more than one does."""
    found: list[str] = []
    for place, name in enumerate(names):
        filled = [str(cells[place]) for _, cells in rows if place < len(cells) and str(cells[place] or "").strip()]
        if filled and not field_of(split_language(name)[0]) and sum(map(is_question, filled)) * 2 > len(filled):
            found.append(name)
    return tuple(found) if len(found) > 1 else ()


def _parted(columns: _Columns, given: dict[str, Any], place: Entry, draft: Draft) -> list[tuple[Entry, dict[str, Any]]]:
    """Return what a row says of each question in it; its number is that of the first."""
    if not given or not columns.asking:
        return [(place, given)] if given else []
    parted: list[tuple[Entry, dict[str, Any]]] = []
    for name in filter(given.__contains__, columns.asking):
        beside = {key: one for key, one in given.items() if key not in columns.asking}
        if parted:
            beside = {key: one for key, one in beside.items() if field_of(key) != "id"}
        where = evolve(place, sections=(draft.section(deeper(place.sections, name)),))
        parted.append((where, {"question": given[name], **beside}))
    return parted


def _guessed(rows: Sequence[Row], most: int, draft: Draft) -> list[str]:
    """Return names for columns that have none: where the questions stand, and before them what comes again and again."""
    looked = rows[:_LOOKED_AT]
    asking = _asking(looked, most)
    place = 0 if asking is None else asking
    names = [f"column {n + 1}" for n in range(most)]
    names[place] = "question"
    for n in range(place):
        values = [str(cells[n]).strip() for _, cells in looked if n < len(cells) and str(cells[n] or "").strip()]
        # A topic is a few words, and at least one question is under the same as another.
        if len(set(values)) < len(values) and all(len(one.split()) <= _WORDS_OF_TITLE for one in values):
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
