"""What an agreement says of each person, and which of it a member has a field for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias, final

from alliancekit.intake._draft import Draft, Heading
from alliancekit.intake._outline import Block
from alliancekit.intake._people import People, Person
from alliancekit.intake._sayings import split_label, split_person
from alliancekit.intake._slugs import slug
from alliancekit.intake._under import Under, field_of, role_of
from alliancekit.intake._vocabulary import lexicon
from alliancekit.model import Member, Preferences, timezones
from alliancekit.values import pointer_of

__all__ = ["GIVEN", "Members", "member_of"]

GIVEN: Final = frozenset({"commitments", "expectations", "concerns"})
"""The elements whose clauses are somebody's."""

_PREFERS: Final = ("communication", "acknowledgment", "feedback")
_NO_ROLE: Final = re.compile(r"[@\d:.!?]|https?")

Statements: TypeAlias = Callable[[Iterable[Block], Under, Heading | None], None]
"""What reads blocks that are about nobody in particular."""


@final
class Members:
    """What puts the words about a person where they belong."""

    def __init__(self, draft: Draft, statements: Statements) -> None:
        self._draft = draft
        self._statements = statements

    def place(self, names: Iterable[str], people: People, block: Block, heading: Heading | None) -> None:
        """Note that *block* names *names* as members, and what stands beside each name."""
        for text in names:
            name, pronouns, rest = split_person(text)
            if person := people.called(name):
                self._named(person, block, heading)
                self._beside(person, pronouns, rest, block)

    def in_role(self, people: Sequence[Person], role: str, block: Block, above: Heading | None) -> bool:
        """Read ``Scribe: Ada``; return False where one of *people* has another role already."""
        if any(one.said.get("role", role) != role for one in people):
            return False
        heading = self._draft.heading(block, above)
        taken = [self._draft.say(one, "role", role, block, heading) for one in people]
        return all(taken)

    def section(self, block: Block, person: Person, above: Heading | None) -> None:
        """Read a heading that is a person's name, with what stands below it."""
        _, pronouns, rest = split_person(block.text)
        self._named(person, block, above)
        self._beside(person, pronouns, rest, block)
        for child in block.children:
            self._fact(child, person)

    def item(self, block: Block, person: Person, rest: str, under: Under, heading: Heading | None) -> bool:
        """Read an item that begins with a person's name; return False where it is a rule that only begins so."""
        if under.role in GIVEN and rest:
            self.given(under.role, rest, block, [person], heading)
            return True
        if under.role not in {"", "members"} or (under.topic and not (under.each or under.field)):
            return False
        # A heading of which nothing found a place is kept with it.
        self._named(person, block, heading if under.role == "members" else None)
        _, pronouns, beside = split_person(split_label(block.text)[0] or block.text)
        if split_label(block.text)[0]:
            self._beside(person, pronouns, beside, block)
        elif pronouns and not self._draft.say(person, "pronouns", pronouns, block):
            self._draft.keep(block, _NO_FIELD, alone=True)
        if under.field and rest and not block.children:
            whole = self._draft.heading(block, heading)
            if not self._draft.say(person, under.field, rest, block, whole):
                self._draft.forget(whole)
                self._draft.keep(block, _NO_FIELD)
        elif rest and not (under.role == "members" and self._role(person, rest, block)):
            self._draft.keep(block, _NO_FIELD)
        else:
            for child in block.children:
                self._fact(child, person)
        return True

    def given(self, element: str, rest: str, block: Block, persons: Sequence[Person], heading: Heading | None) -> None:
        """Read what *persons* give, ask or fear together: *rest* is its words, with what stands below *block*."""
        text = "\n".join([rest, *(f"- {one.text}" for child in block.children for one in child.walk() if one.text)])
        for person in persons:
            self._named(person, block, heading if person.line == block.line else None)
        whose = "a member's name" if len(persons) == 1 else "names of members"
        self._draft.note(block.line, block.text, f"begins with {whose}, so it is among the {element}")
        # The names go to one place and the rest to another: the line as it was shows that they were one.
        id = self._draft.add(element, text, block, heading, by=tuple(one.id for one in persons))
        if id and rest != block.text:
            self._draft.heading(block, heading).hold(id)

    def cell(self, person: Person, column: str, text: str, block: Block, heading: Heading | None) -> bool:
        """Read what stands in the *column* of a table of members; return whether a member has a field for it."""
        columns = lexicon("columns")
        if columns.has("role", column):
            return self._role(person, text, block, heading) or self._draft.say(person, "role", text, block, heading)
        if columns.has("pronouns", column):
            return self._draft.say(person, "pronouns", text, block, heading)
        if columns.has("timezone", column) and text in timezones():
            return self._draft.say(person, "timezone", text, block, heading)
        name = field_of(column)
        return bool(name) and self._draft.say(person, name, text, block, heading)

    def _named(self, person: Person, block: Block, heading: Heading | None) -> None:
        self._draft.places.setdefault(pointer_of("members", person.id), (block.line, block.end_line))
        if heading:
            heading.hold(person.id)

    def _beside(self, person: Person, pronouns: str, rest: str, block: Block) -> None:
        """Read what stands beside a name; what of it has no field is kept with the name."""
        placed = [self._draft.say(person, "pronouns", pronouns, block) if pronouns else True]
        placed.append(self._role(person, rest, block) if rest else True)
        if not all(placed):
            self._draft.keep(block, _NO_FIELD, alone=True)

    def _role(self, person: Person, text: str, block: Block, heading: Heading | None = None) -> bool:
        is_role = len(text.split()) <= 4 and not _NO_ROLE.search(text)
        return is_role and self._draft.say(person, "role", text, block, heading)

    def _fact(self, block: Block, person: Person) -> None:
        """Read one line, or one part, of what is said about *person*."""
        heading, label, text = self._draft.heading(block, None), _label_of(block), _value_of(block)
        name, role = field_of(label), role_of(label)
        is_label = bool(label) and len(label.split()) <= 8
        if role in GIVEN and is_label:
            for one in block.children or [block]:
                said = one.text if block.children else text
                if said:
                    self.given(role, said, one, [person], heading)
        elif (
            is_label and name == "accountable_for" and block.children and all(_is_plain(one) for one in block.children)
        ):
            for one in block.children:
                if not self._draft.say(person, name, one.text, one, heading):
                    self._draft.keep(one, _NO_FIELD)
        elif not (is_label and text and self._said(person, label, heading, text, block)):
            self._draft.forget(heading)
            self._draft.keep(block, _NO_FIELD)

    def _said(self, person: Person, label: str, heading: Heading, text: str, block: Block) -> bool:
        columns, name = lexicon("columns"), field_of(label)
        if name:
            return self._draft.say(person, name, text, block, heading)
        if any(columns.has(one, label) for one in ("role", "timezone", "pronouns")):
            return self.cell(person, label, text, block, heading)
        return False


_NO_FIELD: Final = "a member has no field for it"


def _label_of(block: Block) -> str:
    return block.text if block.kind == "heading" else split_label(block.text)[0] or block.text


def _value_of(block: Block) -> str:
    """Return the words below a heading or behind a label, where they are one text."""
    if block.kind == "heading":
        return block.children[0].text if len(block.children) == 1 and _is_plain(block.children[0]) else ""
    label, rest = split_label(block.text)
    if label and not rest and len(block.children) == 1 and _is_plain(block.children[0]):
        return block.children[0].text
    return rest if label and not block.children else ""


def _is_plain(block: Block) -> bool:
    return block.kind in {"item", "paragraph"} and bool(block.text) and not block.children


def member_of(person: Person) -> Member:
    """Return the member that *person* is."""
    said = dict(person.said)
    prefers: dict[str, Any] = {name: said[name] for name in _PREFERS if name in said}
    role, extra = said.get("role", ""), {"x-pronouns": said["pronouns"]} if "pronouns" in said else {}
    roles = (slug(role),) if role and slug(role) == role.casefold() else ()
    rest: dict[str, Any] = {name: said[name] for name in ("timezone", "why", "stuck_signal") if name in said}
    return Member(
        id=person.id,
        name=person.name,
        roles=roles,
        accountable_for=tuple(filter(None, said.get("accountable_for", "").split("\n"))),
        prefers=Preferences(**prefers) if prefers else None,
        extra={**extra, **({"x-role": role} if role and not roles else {})},
        **rest,
    )
