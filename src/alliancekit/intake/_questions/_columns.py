"""The columns of a bank that we wrote as CSV: everything comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, Final

from attrs import evolve

from alliancekit.documents import examine_tree
from alliancekit.intake._questions._draft import PLAIN, Answering, Choice, Draft, Entry
from alliancekit.intake._questions._ids import is_id
from alliancekit.intake._questions._names import tag_of
from alliancekit.intake._questions._rows import Row
from alliancekit.intake._questions._values import flag_of, number_of

__all__ = ["lines", "listed", "own_entry", "own_into", "reads_own"]

_PLAIN: Final = frozenset(
    [
        "id",
        "section",
        "section_title",
        "text",
        "why",
        "scope",
        "visibility",
        "kind",
        "options",
        "note",
        "points",
        "low",
        "high",
        "polarity",
        "least",
        "most",
        "unit",
        "evidence",
        "informs",
        "follow_ups",
        "tags",
    ]
)
_WORDS: Final = frozenset(["section_title", "text", "why", "options", "low", "high", "unit", "follow_ups"])
# What nobody else calls a column.
_OURS: Final = frozenset(
    ["section_title", "follow_ups", "scope", "visibility", "informs", "points", "polarity", "evidence", "least", "most"]
)
_APART: Final = re.compile(r"((?:[^\\;]|\\.|;(?! ))*)(?:; |\Z)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_JSON: Final = re.compile(r"[\s\"{\[\-0-9tfn]")
_DECIMAL: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_LINES: Final = re.compile(r"\n(?!  )")
_LABEL: Final = re.compile(r"([a-z][a-z0-9-]*): (.*)", re.DOTALL)


def reads_own(names: Sequence[str], *, is_quoted: bool) -> bool:
    """Return whether *names* are columns that we write."""
    plain = {name.partition("@")[0] for name in names}
    if not {"id", "text"} <= set(names) or not all(map(_is_own, names)) or len(set(names)) < len(names):
        return False
    return is_quoted or bool(plain & _OURS) or any("@" in name for name in names)


def _is_own(name: str) -> bool:
    plain, at, language = name.partition("@")
    if name.startswith("x-"):
        return True
    return (plain in _WORDS and bool(tag_of(language))) if at else plain in _PLAIN


def own_into(rows: Sequence[Row], draft: Draft, *, is_exact: bool) -> None:
    """
    Read the rows of a bank that we wrote into *draft*.

    Args:
        rows: The table, its names first.
        draft: Where they go.
        is_exact: Whether every cell stands as we wrote it; where a person saved it again, spaces at its ends mean nothing.
    """
    draft.is_ours = True
    names = [str(one) for one in rows[0][1]]
    seen: set[str] = set()
    for place, cells in rows[1:]:
        given = {name: cell if is_exact else cell.strip() for name, cell in zip(names, cells, strict=False) if cell}
        sections = _section(given, draft)
        if len(cells) != len(names):
            _uneven(place, cells, names, draft)
        if "text" not in given:
            _without_text(given, place, sections, draft)
            continue
        own = given.get("id", "")
        if sections and is_id(own) and own not in seen:
            draft.sections[sections[0]].members.append(own)
            sections = ()
        seen.add(own)
        draft.entries.append(evolve(own_entry(given, place), sections=sections, is_exact=is_exact))


def _uneven(place: Entry, cells: Sequence[str], names: list[str], draft: Draft) -> None:
    how = f"has {len(cells)} cells where the table has {len(names)} columns"
    draft.note(place.line, "a row", how)
    if any(cells[len(names) :]):
        draft.keep(place.line, place.end_line, place.raw, f"it {how}")


def _section(given: Mapping[str, str], draft: Draft) -> tuple[str, ...]:
    key = given.get("section") or given.get("section_title", "")
    if not key:
        return ()
    title = _words(given, "section_title") or {PLAIN: key}
    return (draft.section(key, title, given.get("section", ""), stays=is_id(given.get("section", ""))),)


def _without_text(given: Mapping[str, str], place: Entry, sections: tuple[str, ...], draft: Draft) -> None:
    """A section without prompts, or a prompt of the bank below that stands in a section of this one."""
    others = set(given) - {"id", "section"} - {one for one in given if one.startswith("section_title")}
    if others or not sections:
        draft.keep(place.line, place.end_line, place.raw, "the row has no question")
    elif is_id(given.get("id", "")):
        draft.sections[sections[0]].members.append(given["id"])


def _words(given: Mapping[str, str], name: str, read: Callable[[str], str] = str) -> dict[str, str]:
    found = {tag_of(key.partition("@")[2]): cell for key, cell in given.items() if key.startswith(f"{name}@")}
    whole = {PLAIN: given[name]} if name in given else {}
    return {tag: read(cell) for tag, cell in {**whole, **found}.items()}


def own_entry(given: Mapping[str, str], place: Entry) -> Entry:
    """Return the entry that cells of ours describe."""
    return evolve(
        place,
        id=given.get("id", ""),
        text=_words(given, "text"),
        why=_words(given, "why"),
        scope=given.get("scope", ""),
        visibility=given.get("visibility", ""),
        answer=Answering(
            kind=given.get("kind", ""),
            options=_choices(given, "options"),
            note=bool(flag_of(given.get("note", ""))),
            points=_whole(given.get("points", "")),
            low=_words(given, "low"),
            high=_words(given, "high"),
            polarity=given.get("polarity", ""),
            least=_decimal(given.get("least", "")),
            most=_decimal(given.get("most", "")),
            unit=_words(given, "unit"),
            evidence=bool(flag_of(given.get("evidence", ""))),
        ),
        informs=listed(given.get("informs", "")),
        follow_ups=_choices(given, "follow_ups"),
        tags=listed(given.get("tags", "")),
        extra={name: _plain(cell) for name, cell in given.items() if name.startswith("x-")},
    )


def _whole(cell: str) -> int | None:
    number = number_of(cell)
    return number if isinstance(number, int) else None


def _decimal(cell: str) -> float | None:
    if not _DECIMAL.fullmatch(cell[:400].strip()):
        return None
    number = float(cell)
    return number if isfinite(number) else None


def _plain(cell: str) -> Any:
    """Return what a cell of ours says: JSON where it is some, else a text."""
    if not _JSON.match(cell):
        return cell
    tree = examine_tree(cell, format="json")
    return cell if tree.findings else tree.value


def listed(cell: str) -> tuple[str, ...]:
    """Return the entries of ``a; b``, where a semicolon in an entry has a backslash before it."""
    found = [one[1] for one in _APART.finditer(cell)] if cell else []
    if found and cell and not found[-1] and not cell.endswith("; "):
        found.pop()
    told = (_ESCAPE.sub(lambda e: "\n" if e[1] == "n" else e[1], one) for one in found if one)
    return tuple(dict.fromkeys(told))


def lines(cell: str) -> tuple[tuple[str, str], ...]:
    """Return the ids and labels of the lines ``id: label``; what goes on after a line break is indented by two spaces."""
    both = [(_LABEL.fullmatch(line), line) for line in _LINES.split(cell)]
    told = [(found[1], found[2]) if found else ("", line) for found, line in both]
    return tuple((name, label.replace("\n  ", "\n")) for name, label in told if label)


def _choices(given: Mapping[str, str], name: str) -> tuple[Choice, ...]:
    whole = lines(given.get(name, ""))
    found: dict[str, dict[str, str]] = {key or str(n): {PLAIN: label} for n, (key, label) in enumerate(whole)}
    for tag, cell in _words(given, name).items():
        for key, label in lines(cell) if tag else ():
            if key in found:
                found[key][tag] = label
    return tuple(Choice(id="" if key.isdecimal() else key, words=words) for key, words in found.items())
