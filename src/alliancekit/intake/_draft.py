"""What an import gathers: clauses with their places, headings with what they hold, and what is kept aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, final

from attrs import field, mutable

from alliancekit.errors import InvalidValueError
from alliancekit.intake._outline import Block
from alliancekit.intake._people import People, Person
from alliancekit.intake._report import Kept, Note
from alliancekit.intake._slugs import fresh, slug
from alliancekit.limits import LIMITS
from alliancekit.model import Channel, Commitment, Concern, Expectation, GroundRule, Quality, Sign, Value
from alliancekit.values import pointer_of

__all__ = ["Draft", "Heading"]

# A document has at most 30,000 nodes, and a clause comes to eight of them.
_MOST: Final = 2_000
_WORD: Final = re.compile(r"\w")
_CLASSES: Final[dict[str, Any]] = {
    "values": Value,
    "atmosphere": Quality,
    "success": Sign,
    "expectations": Expectation,
    "concerns": Concern,
    "commitments": Commitment,
    "ground_rules": GroundRule,
    "channels": Channel,
}


@final
@mutable(eq=False)
class Heading:
    """Words over other words: a heading, a question or a label, with the ids of what came of what stands below."""

    line: int
    end_line: int
    raw: str
    text: str
    above: Heading | None
    pointer: str = ""
    holds: list[str] = field(factory=list[str])
    about: str = ""
    used: bool = False

    def hold(self, id: str) -> None:
        """Note that the clause or member *id* came of what stands below."""
        if id not in self.holds:
            self.holds.append(id)
        one: Heading | None = self
        while one and not one.used:
            one.used = True
            one = one.above


@final
class Draft:
    """An alliance that is being put together."""

    def __init__(self, lines: Sequence[str], people: People) -> None:
        self._lines = lines
        self._people = people
        self._kept: list[Kept] = []
        self._headings: list[Heading] = []
        self._taken = {"review"}
        self.clauses: dict[str, list[Any]] = {name: [] for name in _CLASSES}
        self.places: dict[str, tuple[int, int]] = {}
        self._notes: list[Note] = []
        self.intention: str | None = None

    def heading(self, block: Block, above: Heading | None, *, about: str = "") -> Heading:
        """
        Return the heading that *block* is, or the line that is divided; it is kept aside if it comes to hold nothing.

        Args:
            block: What it is, or stands in.
            above: The heading over it.
            about: What it was understood to stand over, for a note.
        """
        made = Heading(block.line, block.end_line, block.raw, block.text, above, block.pointer, about=about)
        self._headings.append(made)
        return made

    def forget(self, heading: Heading) -> None:
        """Take *heading* for none after all."""
        self._headings.remove(heading)

    def note(self, line: int, what: str, how: str) -> None:
        """Note that *what* was understood by the rule *how*."""
        self._notes.append(_note(line, what, how))

    def notes(self) -> list[Note]:
        """Return what was noted, with what each heading stands over."""
        return self._notes + [_note(one.line, one.text, one.about) for one in self._headings if one.used and one.about]

    def keep(self, block: Block, why: str, *, alone: bool = False) -> None:
        """Keep *block* aside, with what stands below it unless *alone*."""
        for one in [block] if alone else block.walk():
            if _WORD.search(one.raw):
                self._kept.append(Kept(one.line, one.end_line, one.raw, one.pointer, why))

    def add(self, element: str, text: str, block: Block, heading: Heading | None, **rest: Any) -> str:
        """
        Add a clause that says *text*, or keep *block* aside where it is too long or one too many; return its id or "".

        Args:
            element: Where it goes.
            text: Its words.
            block: Where they stand, with what stands below it.
            heading: What stands over it.
            rest: The other fields of the clause; those that are empty are left out.
        """
        name = "purpose" if element == "channels" else "text"
        id = fresh(slug(rest.pop("called", "") or text.partition("\n\n")[0]), self._taken, "clause")
        given = {key: value for key, value in rest.items() if value}
        texts = [text, given.get("known_by", ""), *given.get("extra", {}).values()]
        if max(map(len, texts)) > LIMITS.text:
            self.keep(block, f"a text has at most {LIMITS.text} characters")
            return ""
        try:
            clause = _CLASSES[element](id=id, **{name: text}, **given)
        except InvalidValueError as error:
            self.keep(block, error.reason)
            return ""
        if sum(map(len, self.clauses.values())) >= _MOST:
            self.keep(block, f"a draft has at most {_MOST} clauses")
            return ""
        self._taken.add(id)
        self.clauses[element].append(clause)
        where = ("cadence", element, id) if element == "channels" else (element, id)
        self.places[pointer_of(*where)] = (block.line, _last_line(block))
        if heading:
            heading.hold(id)
        return id

    def intend(self, text: str, block: Block, heading: Heading | None) -> None:
        """Take *text* as the intention, or keep *block* aside where there is one already."""
        if self.intention is not None:
            self.keep(block, "there is one intention, and another came before")
        elif len(text) > LIMITS.text:
            self.keep(block, f"a text has at most {LIMITS.text} characters")
        else:
            self.intention = text
            self.places["/intention"] = (block.line, _last_line(block))
            self.note(block.line, text, "the intention, because of the words over it")
            if heading:
                heading.hold("intention")

    def say(self, person: Person, name: str, text: str, block: Block, heading: Heading | None = None) -> bool:
        """Take *text* as the field *name* of *person*, unless it has one; return whether it was taken."""
        if not text or len(text) > LIMITS.text:
            return False
        if name in person.said and name != "accountable_for":
            if person.said[name] == text and heading:
                heading.hold(person.id)
            return person.said[name] == text
        held = person.said.get(name, "")
        if name == "accountable_for" and text in held.split("\n"):
            return False
        text = " ".join(text.split("\n")) if name == "accountable_for" else text
        person.said[name] = f"{held}\n{text}" if held else text
        tokens = ("prefers", name) if name in {"communication", "feedback", "acknowledgment"} else (name,)
        self.places.setdefault(pointer_of("members", person.id, *tokens), (block.line, _last_line(block)))
        if heading:
            heading.hold(person.id)
        return True

    def headings(self) -> list[dict[str, Any]]:
        """Return the headings below which something found its place, as data."""
        return [
            {"line": one.line, "text": text, **({"holds": one.holds} if one.holds else {})}
            for one in self._headings
            if one.used
            for text in _pieces(one.text)
        ]

    def kept(self) -> tuple[Kept, ...]:
        """Return what is kept aside, by line; neighbours that are kept for one reason are one part."""
        rest = [
            Kept(one.line, one.end_line, one.raw, one.pointer, "nothing below it found a place")
            for one in self._headings
            if not one.used
        ]
        had = {(one.line, one.pointer) for one in self._kept}
        every = sorted([*self._kept, *(one for one in rest if (one.line, one.pointer) not in had)])
        joined: list[Kept] = []
        for one in every:
            if joined and (both := self._together(joined[-1], one)):
                joined[-1] = both
            else:
                joined.append(one)
        return tuple(joined)

    def _together(self, one: Kept, two: Kept) -> Kept | None:
        if one.pointer or two.pointer:
            return None
        is_next = not any(line.strip() for line in self._lines[one.end_line : two.line - 1])
        if not is_next or (one.why != two.why and not one.why.startswith("nothing below")):
            return None
        text = "\n".join(self._lines[one.line - 1 : two.end_line])
        return Kept(one.line, two.end_line, text, "", two.why)


def _note(line: int, what: str, how: str) -> Note:
    return Note(line, what if len(what) <= 60 else f"{what[:59]}…", how)


def _last_line(block: Block) -> int:
    return max((one.end_line for one in block.walk()), default=block.end_line)


def _pieces(text: str) -> Iterable[str]:
    return (text[start : start + LIMITS.text] for start in range(0, max(len(text), 1), LIMITS.text))
