"""
Whom an agreement names as its members, and by which evidence.

A name is taken for a member's only where the source says so: in a list of members, below a heading about each person,
with pronouns behind it, or where the same names stand before a colon again and again. A capital letter is no evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, final

from attrs import field, mutable

from alliancekit.intake._outline import Block
from alliancekit.intake._sayings import (
    looks_like_name,
    names_in,
    split_label,
    split_person,
    without_title,
)
from alliancekit.intake._slugs import slug
from alliancekit.intake._vocabulary import expected_of, lexicon

__all__ = ["People", "Person", "find_people", "is_each"]

_MOST: Final = 500
_BETWEEN: Final = re.compile(
    r"(?:[Bb]etween|[Zz]wischen|[Ee]ntre)\s+(?P<one>[^,.;:]{2,60}?)\s+(?:and|und|e|&)\s+(?P<two>[^,.;:()]{2,60}?)(?=[,.;:()]|\s+(?:in|on|for|who|about|für|über|sobre|para)\b|$)"
)

_BOTH: Final = re.compile(
    r"(?:We|Wir|Nós|Nos|Us|The two of us)\s*[,:(–—]\s*(?P<one>[^,.;:()]{2,60}?)\s+(?:and|und|e|&)\s+(?P<two>[^,.;:()–—]{2,60}?)\s*[,.;:()–—]"
)
_LAST: Final = re.compile(r"\s*[:：|]\s+|\s[–—-]\s")
_ASIDE: Final = re.compile(r"[(（][^()（）]*[)）]")
_JOINED: Final = re.compile(r"[&+/＆＋／]|\s(?:and|und|sowie|e|y|plus|with|mit|com|or|oder|ou)\s", re.IGNORECASE)


@final
@mutable(kw_only=True)
class Person:
    """
    Somebody whom the source names.

    Attributes:
        id: The id as a member.
        name: The fullest form of the name in the source.
        line: Where it was found first.
        evidence: By what it was taken for a member's.
    """

    id: str
    name: str
    line: int
    evidence: str
    said: dict[str, str] = field(factory=dict[str, str])


@final
class People:
    """Whom the source names, in the order in which it does."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.are_two = False

    def add(self, name: str, line: int, evidence: str) -> Person | None:
        """Return who is called *name*, known or new; None when it is no name or there are too many."""
        if found := self.called(name):
            if len(name.split()) > len(found.name.split()):
                found.name = name
            return found
        if not looks_like_name(name) or len(self.all) >= _MOST:
            return None
        person = Person(id=self._id(name), name=name, line=line, evidence=evidence)
        self.all.append(person)
        return person

    def called(self, name: str) -> Person | None:
        """Return who is called *name*: by the whole name, or by a first name that only one of them has."""
        said = _folded(name)
        if not said:
            return None
        whole = [one for one in self.all if _folded(one.name) == said]
        first = [one for one in self.all if _folded(one.name).split()[0] == said]
        # A first name that came before the full one.
        is_fuller = " " in said and not _JOINED.search(said)
        fuller = [one for one in self.all if is_fuller and _folded(one.name) == said.split()[0]]
        return next((found[0] for found in (whole, first, fuller) if len(found) == 1), None)

    def before_colon(self, label: str) -> list[Person]:
        """Return who stands before a colon, one or several; nobody where one of several is not known."""
        names = names_in(label)
        is_one = len(names) < 2 and not _JOINED.search(_ASIDE.sub("", label))
        found = [self.called(split_person(one)[0]) for one in ([label] if is_one else names)]
        return list({one.id: one for one in found if one}.values()) if all(found) else []

    def named(self, text: str) -> list[Person]:
        """Return those whom *text* lists, where it is a list of known names and nothing else."""
        parts = re.split(r"\s*[,;、，/&+]\s*|\s+(?:and|und|e)\s+", text.strip())
        found = [self.called(one) for one in parts if one]
        return [one for one in found if one] if found and all(found) else []

    def within(self, text: str) -> list[Person]:
        """Return those whom *text* names anywhere, by the whole name or the first."""
        words = set(re.findall(r"[^\W\d_]+", text.casefold()))
        return [one for one in self.all if _folded(one.name).split()[0] in words]

    def expecting(self, heading: str) -> tuple[str, str] | None:
        """
        Return the ids of who expects and of whom, as *heading* names them; None where it does not.

        Of two, one may stand there as "I" or "you"; of whom may be left open, and is an empty text then.
        """
        found = expected_of(heading)
        if not found:
            return None
        by, of = (self.called(name) if name else None for name in found)
        is_open, (one, two) = found[1] is None, (found[0], found[1])
        if len(self.all) == 2 and not is_open:
            by = by or (self._other(of) if not one else None)
            of = of or (self._other(by) if not two else None)
        if not by or by is of or not (of or is_open):
            return None
        return by.id, of.id if of else ""

    def _other(self, person: Person | None) -> Person | None:
        return next((one for one in self.all if one is not person), None) if person else None

    def _id(self, name: str) -> str:
        taken = {one.id for one in self.all}
        first = slug(name.split(maxsplit=1)[0])
        known = next((one for one in (first, slug(name)) if one and one not in taken), "")
        return known or next(f"member-{number}" for number in range(1, _MOST + 2) if f"member-{number}" not in taken)


def _folded(name: str) -> str:
    return without_title(name.strip().lstrip("@")).casefold()


def is_each(heading: str) -> bool:
    """Return whether *heading* speaks of each person by itself."""
    return lexicon("words").has("each", heading)


def is_members(heading: str) -> bool:
    """Return whether *heading* is about who is in the agreement."""
    roles = lexicon("roles")
    return roles.has("members", heading) and not is_each(heading) and len(heading.split()) <= 5


def find_people(blocks: Sequence[Block]) -> People:
    """Return whom *blocks* name as members; what is surer is looked at first."""
    people = People()
    for look in (_listed, _in_tables, _under_each, _with_pronouns, _in_sections, _again_and_again, _between):
        look(blocks, people)
    return people


def _headings(blocks: Iterable[Block]) -> Iterator[Block]:
    return (one for top in blocks for one in top.walk() if one.children)


def _listed(blocks: Sequence[Block], people: People) -> None:
    for block in (one for top in blocks for one in top.walk()):
        label, rest = split_label(block.text)
        if block.kind in {"item", "paragraph"} and label and is_members(label):
            _add_all(names_in(rest), block, people, f"listed after {label!r}")
        if block.kind in {"heading", "item"} and is_members(label if label and not rest else block.text):
            for child in block.children:
                _add_member(child, people, f"listed under {block.text!r}")


def _add_member(block: Block, people: People, evidence: str) -> None:
    if block.kind in {"item", "heading"}:
        name, _, rest = split_person(block.text)
        listed = names_in(block.text)
        if len(listed) > 1 and not (len(listed) == 2 and rest and not looks_like_name(rest)):
            _add_all(listed, block, people, evidence)
        else:
            people.add(name, block.line, evidence)
    elif block.kind == "paragraph":
        _add_all(names_in(block.text), block, people, evidence)


def _add_all(parts: Iterable[str], block: Block, people: People, evidence: str) -> None:
    for part in parts:
        people.add(split_person(part)[0], block.line, evidence)


def _in_tables(blocks: Sequence[Block], people: People) -> None:
    for heading, rows in _tables(blocks):
        column = name_column(rows[0].cells, heading)
        for row in rows[1:]:
            if column is not None and column < len(row.cells):
                people.add(split_person(row.cells[column])[0], row.line, "named in a table of members")


def _tables(blocks: Sequence[Block], heading: str = "") -> Iterator[tuple[str, list[Block]]]:
    groups: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.kind == "row":
            groups[block.group].append(block)
        elif block.children:
            yield from _tables(block.children, block.text if block.kind == "heading" else heading)
    yield from ((heading, rows) for rows in groups.values() if rows[0].header)


def name_column(cells: Sequence[str], heading: str) -> int | None:
    """Return which column of a table names members; None when it is no table of members."""
    columns = lexicon("columns")
    of_members = is_members(heading) or is_each(heading)
    about_people = any(columns.has("role", one) or columns.has("timezone", one) for one in cells)
    if not (of_members or about_people):
        return None
    return next((number for number, one in enumerate(cells) if columns.has("name", one)), 0 if of_members else None)


def _under_each(blocks: Sequence[Block], people: People) -> None:
    for block in _headings(blocks):
        if block.kind in {"heading", "item"} and is_each(block.text):
            for child in block.children:
                label = split_label(child.text)[0] if child.kind == "item" else split_person(child.text)[0]
                # Before a known name a label is that member's role.
                is_role = bool(people.named(split_label(child.text)[1])) and not people.called(label)
                if child.kind in {"item", "heading"} and label and not is_role:
                    people.add(split_person(label)[0], child.line, f"named under {block.text!r}")


def _with_pronouns(blocks: Sequence[Block], people: People) -> None:
    for block in (one for top in blocks for one in top.walk()):
        name, pronouns, _ = split_person(block.text) if block.kind in {"heading", "item"} else ("", "", "")
        if pronouns:
            people.add(name, block.line, "named with pronouns")


def _in_sections(blocks: Sequence[Block], people: People) -> None:
    """Find sections of which each is about one person: siblings whose items say what only people have."""
    for siblings in (blocks, *(one.children for one in _headings(blocks))):
        named = [one for one in siblings if one.kind == "heading" and looks_like_name(split_person(one.text)[0])]
        personal = [one for one in named if any(map(_is_personal, one.children))]
        for one in personal if len(personal) > 1 else ():
            people.add(split_person(one.text)[0], one.line, "heads a section about a person")


def _is_personal(block: Block) -> bool:
    label = split_label(block.text)[0] if block.kind != "heading" else block.text
    fields, columns, words = lexicon("fields"), lexicon("columns"), lexicon("words")
    about = (
        fields.first(label) or columns.has("role", label) or columns.has("timezone", label) or words.has("each", label)
    )
    return bool(label and about)


def _again_and_again(blocks: Sequence[Block], people: People) -> None:
    """Find names before a colon: where the text behind it names them again, or several lists have the same."""
    groups: dict[str, set[int]] = defaultdict(set)
    items = [one for top in blocks for one in top.walk() if one.kind == "item"]
    labels = [(split_label(one.text), one) for one in items]
    for (label, _), item in labels:
        if label and looks_like_name(label):
            groups[label].add(item.group)
    often = {label for label, found in groups.items() if len(found) > 1}
    for (label, rest), item in labels:
        again = label and looks_like_name(label) and re.search(rf"\b{re.escape(label.split()[0])}\b", rest)
        if again or (label in often and len(often) > 1):
            people.add(label, item.line, "stands before a colon, and is named again")


def _between(blocks: Sequence[Block], people: People) -> None:
    """Find an agreement between two: "between Ada and Ben", "We, Ada and Ben," or a title that is, or ends with, two names."""
    every = [one for top in blocks for one in top.walk()]
    first = [one for one in every if one.kind in {"heading", "paragraph"}][:8]
    of_two = any(lexicon("words").has("two", one.text) for one in first)
    for number, block in enumerate(first):
        found = _BETWEEN.search(block.text) or _BOTH.match(block.text)
        listed = _listed_two(block, is_first=number == 0) if number == 0 or of_two else []
        pair = [found["one"], found["two"]] if found else listed
        # "Courage and Care" has the shape of two names: it must be said that two are meant, or who they are.
        sure = found or of_two or all(map(people.called, pair)) or _named_again(pair, block, every)
        if len(pair) == 2 and sure and all(map(_is_cased, pair)) and len(people.all) in {0, 2}:
            before = len(people.all)
            added = [people.add(name, block.line, "an agreement between two") for name in pair]
            people.are_two = all(added) and len(people.all) == 2
            if before and not people.are_two:
                del people.all[before:]


def _listed_two(block: Block, *, is_first: bool) -> list[str]:
    text = _LAST.split(block.text)[-1] if is_first and block.kind == "heading" else block.text
    return [split_person(one)[0] for one in names_in(text)]


def _named_again(pair: Sequence[str], title: Block, blocks: Sequence[Block]) -> bool:
    """Return whether the text below *title* names both of *pair* again, and not side by side."""
    below = "\n".join(one.text for one in blocks if not all(name in one.text for name in pair) or expected_of(one.text))
    return title.kind == "heading" and all(re.search(rf"\b{re.escape(one)}\b", below) for one in pair)


def _is_cased(name: str) -> bool:
    return looks_like_name(name) and name[:1].isupper()
