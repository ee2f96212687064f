"""What the tables of an agreement come to: members, channels, promises with their owners, or rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, final

from alliancekit.intake._draft import Draft, Heading
from alliancekit.intake._members import Members
from alliancekit.intake._outline import Block
from alliancekit.intake._people import People, Person, name_column
from alliancekit.intake._sayings import split_person
from alliancekit.intake._slugs import fresh, slug
from alliancekit.intake._under import Under, element_of, topic_in, topic_of
from alliancekit.intake._vocabulary import lexicon

__all__ = ["Tables"]

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOURS: Final = re.compile(
    r"(?:within\s+|<\s*)?(\d{1,3})\s*(?:h|hours?|hrs?|stunden?|std\.?|horas?|時間)(?:以内)?", re.IGNORECASE
)
_COLUMNS: Final = ("known_by", "topic", "due", "owner")


@final
class Tables:
    """What reads tables; a table whose columns say nothing known is a list of rules, a row each."""

    def __init__(self, draft: Draft, people: People, members: Members) -> None:
        self._draft = draft
        self._people = people
        self._members = members

    def read(self, rows: Sequence[Block], under: Under, above: Heading | None) -> None:
        """Read the *rows* of one table."""
        header, *rest = rows
        if not header.header:
            for row in rows:
                self._rule(row, {}, under, above)
            return
        heading = self._draft.heading(header, above)
        column = name_column(header.cells, heading_text(above))
        channels = _channels(header.cells)
        of_members = column is not None and any(self._named(row, column) for row in rest)
        for row in rest:
            if column is not None and self._member(row, header.cells, column, heading):
                continue
            if of_members:
                self._draft.keep(row, "it stands with the members, and names none")
                continue
            if channels is None or not self._channel(row, channels, heading):
                self._rule(row, _columns(header.cells), under, heading, header.cells)

    def _member(self, row: Block, names: Sequence[str], column: int, heading: Heading) -> bool:
        cells, person = list(row.cells), self._named(row, column)
        if not person:
            return False
        self._members.place([cells[column]], self._people, row, heading)
        others = [
            (name, cell) for n, (name, cell) in enumerate(zip(names, cells, strict=False)) if n != column and cell
        ]
        placed = [self._members.cell(person, name, cell, row, heading) for name, cell in others]
        if not all(placed) or len(cells) > len(names):
            self._draft.keep(row, "a member has no field for all of it")
        return True

    def _named(self, row: Block, column: int) -> Person | None:
        return self._people.called(split_person(row.cells[column])[0]) if column < len(row.cells) else None

    def _channel(self, row: Block, columns: dict[str, int], heading: Heading) -> bool:
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in columns.items()}
        filled = sum(bool(one) for one in row.cells)
        if not (cells["channel"] and cells["purpose"]) or filled != sum(map(bool, cells.values())):
            return False
        reply = _HOURS.fullmatch(cells.get("reply", "").strip())
        hours = int(reply[1]) if reply else None
        if cells.get("reply") and not (hours and 1 <= hours <= 720):
            return False
        extra = {"x-name": cells["channel"], **({"x-reply": cells["reply"]} if reply else {})}
        given = {"hours": cells.get("hours"), "reply_within_hours": hours, "extra": extra, "called": cells["channel"]}
        return bool(self._draft.add("channels", cells["purpose"], row, heading, **given))

    def _rule(
        self, row: Block, columns: dict[str, int], under: Under, heading: Heading | None, names: Sequence[str] = ()
    ) -> None:
        cells = {name: row.cells[at] for name, at in columns.items() if at < len(row.cells) and row.cells[at]}
        text = cells.get("text", "")
        if not row.text:
            return
        if not text or len(row.cells) > len(names):
            topic = under.topic or topic_in(row.text)
            self._add(element_of(under.role), row.text, row, heading, topic)
            return
        given: dict[str, Any] = {"extra": {}}
        for n, cell in enumerate(row.cells):
            if cell and n != columns["text"] and not self._placed(cells, columns, n, cell, given):
                given["extra"][fresh(f"x-{slug(names[n]) or n + 1}", given["extra"], "x")] = cell
        element = "commitments" if "by" in given else element_of(under.role)
        if element != "commitments" and (due := given.pop("due", None)):
            given["extra"]["x-due"] = due.isoformat()
        topic = topic_of(cells.get("topic", "")) or under.topic or topic_in(text)
        id = self._add(element, text, row, heading, topic, **given)
        if id and element == "commitments":
            # Its names and its day are no texts any more: the row as it was shows them.
            self._draft.heading(row, heading).hold(id)

    def _placed(
        self, cells: dict[str, str], columns: dict[str, int], at: int, cell: str, given: dict[str, Any]
    ) -> bool:
        name = next((one for one in _COLUMNS if columns.get(one) == at), "")
        if name == "known_by":
            given["known_by"] = cell
        elif name == "due" and (day := _day(cell)) and "owner" in cells:
            given["due"] = day
        elif name == "owner" and (by := self._owners(cell)):
            given["by"] = by
        else:
            return False
        return True

    def _owners(self, cell: str) -> tuple[str, ...]:
        if lexicon("words").is_one("everyone", cell):
            return ()
        return tuple(dict.fromkeys(one.id for one in self._people.named(cell)))

    def _add(self, element: str, text: str, row: Block, heading: Heading | None, topic: str, **given: Any) -> str:
        topics = {"topic": topic} if element == "ground_rules" else {}
        return self._draft.add(element, text, row, heading, **given, **topics)


def heading_text(heading: Heading | None) -> str:
    """Return the words of *heading*, which may be none."""
    return heading.text if heading else ""


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Return which column is what; each is one thing, and the text is looked for last, so that it takes no name."""
    found: dict[str, int] = {}
    words = lexicon("columns")
    for name in (*_COLUMNS, "text"):
        at = next((n for n, one in enumerate(names) if n not in found.values() and words.has(name, one)), None)
        if at is not None:
            found[name] = at
    return found


def _channels(names: Sequence[str]) -> dict[str, int] | None:
    words, found = lexicon("columns"), dict[str, int]()
    for name in ("channel", "purpose", "reply", "hours"):
        at = next((n for n, one in enumerate(names) if n not in found.values() and words.has(name, one)), None)
        if at is not None:
            found[name] = at
    return found if {"channel", "purpose"} <= set(found) else None


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
