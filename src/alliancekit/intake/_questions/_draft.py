"""What readers of every format make of a list: entries and sections with words by language, before any is a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen

from alliancekit.intake._report import Kept, Note
from alliancekit.values import EMPTY

__all__ = ["PLAIN", "Answering", "Choice", "Draft", "Entry", "SectionDraft", "Words"]

Words: TypeAlias = Mapping[str, str]
"""A text by language; what names no language has the key `PLAIN`."""

PLAIN: Final = ""
"""The language of the list, whatever it is."""


@final
@frozen(kw_only=True)
class Choice:
    """
    An option or a follow-up.

    Attributes:
        id: As the source has it; may be empty.
        words: What people read.
    """

    id: str = ""
    words: Words


@final
@frozen(kw_only=True)
class Answering:
    """
    What a source says about an answer; `kind` is empty where it says nothing.

    Attributes:
        kind: One of our kinds.
        options: Of a choice.
        note: Whether free text may be added.
        points: Of a scale.
        low: What its first point means.
        high: What its last point means.
        polarity: Which end is the good one.
        least: Of a number.
        most: Of a number.
        unit: What it counts.
        evidence: Of clauses.
    """

    kind: str = ""
    options: tuple[Choice, ...] = ()
    note: bool = False
    points: int | None = None
    low: Words = EMPTY
    high: Words = EMPTY
    polarity: str = ""
    least: float | None = None
    most: float | None = None
    unit: Words = EMPTY
    evidence: bool = False


@final
@frozen(kw_only=True)
class Entry:
    """
    A question as its source has it.

    Attributes:
        line: Where it begins.
        end_line: Its last line.
        raw: It, verbatim.
        pointer: Where it stood in JSON.
        text: The question.
        why: What asking it is good for.
        id: As the source has it; may be empty.
        sections: The keys of the sections in which it stands.
        scope: As in a prompt; may be empty.
        visibility: As in a prompt; may be empty.
        answer: What the source says about an answer.
        informs: As in a prompt.
        follow_ups: Questions that may follow.
        tags: Words to find it by.
        extra: What else the source says about it: entries whose keys begin with ``x-``.
        is_exact: Whether its texts are ours and not to be trimmed.
    """

    line: int
    end_line: int
    raw: str = ""
    pointer: str = ""
    text: Words = EMPTY
    why: Words = EMPTY
    id: str = ""
    sections: tuple[str, ...] = ()
    scope: str = ""
    visibility: str = ""
    answer: Answering = field(factory=Answering)
    informs: tuple[str, ...] = ()
    follow_ups: tuple[Choice, ...] = ()
    tags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = EMPTY
    is_exact: bool = False


@final
class SectionDraft:
    """A section as its source has it."""

    __slots__ = ("id", "members", "stays", "title")

    def __init__(self, title: Words, name: str = "", *, stays: bool = False) -> None:
        self.id = name
        self.title = dict(title)
        self.stays = stays  # though it has no question
        self.members: list[str] = []


@final
class Draft:
    """What was read so far; readers fill it, and it is the last thing here that changes."""

    def __init__(self) -> None:
        self.id = self.title = self.licence = self.language = ""
        self.titles: dict[str, str] = {}
        self.kinds: list[str] = []
        self.extends: tuple[str, ...] = ()
        self.remove: tuple[str, ...] = ()
        self.languages: list[str] = []
        self.is_ours = False  # an export of a bank, which may have no prompts
        self.sections: dict[str, SectionDraft] = {}
        self.entries: list[Entry] = []
        self.kept: list[Kept] = []
        self._notes: dict[tuple[str, str], list[int]] = {}

    def note(self, line: int, what: str, how: str) -> None:
        """Note how a part was understood; what is said again is counted."""
        self._notes.setdefault((what, how), [line, 0])[1] += 1

    def add_notes(self, other: Draft) -> None:
        """Note what *other* noted."""
        for said, (line, count) in other._notes.items():
            self._notes.setdefault(said, [line, 0])[1] += count

    def keep(self, line: int, end_line: int, text: str, why: str, pointer: str = "") -> None:
        """Keep a part of the source aside."""
        last = self.kept[-1] if self.kept else None
        # Line after line of one list or table, kept for one reason, is one part.
        if last and not pointer and not last.pointer and (last.end_line + 1, last.why) == (line, why):
            self.kept[-1] = Kept(last.line, end_line, f"{last.text}\n{text}", "", why)
        else:
            self.kept.append(Kept(line, end_line, text, pointer, why))

    def section(self, key: str, title: Words | None = None, name: str = "", *, stays: bool = False) -> str:
        """Return *key*, the key of a section that is now there."""
        known = self.sections.setdefault(key, SectionDraft(title or {PLAIN: key}, name, stays=stays))
        known.stays |= stays
        if title:
            known.title |= {language: words for language, words in title.items() if words}
        return key

    def notes(self) -> tuple[Note, ...]:
        """Return what was noted, by line; what was said more than once has its count."""
        said = (
            Note(line, what, how if count == 1 else f"{how} ({count:,} times)")
            for (what, how), (line, count) in self._notes.items()
        )
        return tuple(sorted(said))
