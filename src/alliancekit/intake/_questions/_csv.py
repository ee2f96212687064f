"""CSV, with whatever separator: the cells and the lines on which their rows stand."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice
from typing import Final, NoReturn

from alliancekit.errors import DocumentError
from alliancekit.findings import Finding, Position, Span
from alliancekit.intake._questions._columns import own_into, reads_own
from alliancekit.intake._questions._draft import Draft, Entry
from alliancekit.intake._questions._rows import Row, known_names, rows_into

__all__ = ["looks_like_table", "read_csv_into"]

_SEPARATORS: Final = (",", ";", "\t", "|")
_NONE: Final = "\x1f"
"""The separator of a table with one column: nobody writes it."""

_NO_CELLS: Final[list[str]] = []
_LOOKED_AT: Final = 50
_STEADY: Final = 0.9
_DIRECTIVE: Final = re.compile(r"\A\"?sep=(.)\"?(?:\r\n|\r|\n)", re.IGNORECASE)
_LINE: Final = re.compile(r"\r\n|\r|\n")
# What a spreadsheet would compute, as a program defused it: with a quote in front.
_DEFUSED: Final = re.compile("'+[ \u3000]*[=+\\-@\t\r\n＝＋－＠]")


def read_csv_into(text: str, draft: Draft) -> None:
    """Read the table *text* into *draft*."""
    first = _DIRECTIVE.match(text)
    body = text[first.end() :] if first else text
    separator = first[1] if first else _separator(body)
    rows = list(_rows(body, separator, 1 if first else 0))
    if rows and reads_own(rows[0][1], is_quoted=body.startswith('"id"')):
        own_into(rows, draft, is_exact=body.startswith('"id"'))
    else:
        rows_into(rows, draft)


def looks_like_table(text: str) -> bool:
    """Return whether *text* begins with names of columns."""
    head = "\n".join(_LINE.split(text[:20_000], maxsplit=1)[:1])
    rows = [next(_parsed(head, one), _NO_CELLS) for one in _SEPARATORS]
    if head.lstrip().startswith("|"):
        return False  # a table of Markdown
    return any(len(row) > 1 and known_names(row) > 1 for row in rows) or bool(_DIRECTIVE.match(text))


def _separator(text: str) -> str:
    """Return what stands between cells: what makes names of the first row, else what parts all rows alike."""
    best, found = (0, 0.0, 0), _NONE
    for one in _SEPARATORS:
        rows = list(islice((row for row in _parsed(text, one) if any(row)), _LOOKED_AT))
        widths = [len(row) for row in rows]
        if not widths or widths[0] < 2:
            continue
        steady = sum(width == widths[0] for width in widths) / len(widths)
        known = known_names(rows[0])
        if (known or (steady >= _STEADY and len(rows) > 1)) and (known, steady, widths[0]) > best:
            best, found = (known, steady, widths[0]), one
    return found


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the rows of *text*, as far as they can be read."""
    with suppress(csv.Error):
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)


def _rows(text: str, separator: str, skipped: int) -> Iterator[Row]:
    lines = _LINE.split(text)
    is_strict = _is_sound(text, separator, skipped)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=is_strict)
    begun = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _refuse(begun + 1 + skipped, error)
        if cells is None:
            return
        line, begun = begun + 1, reader.line_num
        if any(map(str.strip, cells)):
            raw = "\n".join(lines[line - 1 : begun])
            yield Entry(line=line + skipped, end_line=begun + skipped, raw=raw), [_armed(one) for one in cells]


def _armed(cell: str) -> str:
    """Return *cell* without the quote that kept a spreadsheet from computing it."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def _is_sound(text: str, separator: str, skipped: int) -> bool:
    """Return whether quotes stand where they may; raises where one is not closed, for it swallows all that follows."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begun = 0
    try:
        for _ in reader:
            begun = reader.line_num
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            _refuse(begun + 1 + skipped, error)
        return False
    return True


def _refuse(line: int, error: csv.Error) -> NoReturn:
    place = Position(line, 1)
    if "unexpected end" in str(error):
        message, hint = "a cell of the row that begins here opens a quote and does not close it", "close the quote"
    else:
        message, hint = "the row that begins here cannot be read", f"the reader says: {error}"
    finding = Finding(rule="syntax", message=message, hint=hint, span=Span(place, place))
    raise DocumentError((finding,)) from error
