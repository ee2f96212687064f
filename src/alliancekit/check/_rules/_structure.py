"""Rules about the structure of a document, which the reading of values finds: its keys, their kinds and their values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check._rule import ERROR, Hit, Rule, Subject
from alliancekit.model import Channel, ScheduledCheckIn
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["RULES"]


def _duplicate_id(subject: Subject) -> Iterator[Hit]:
    first: dict[str, Pointer] = {}
    for key, pointer in _clause_places(subject):
        earlier = first.setdefault(key, pointer)
        if earlier != pointer:
            message = f"two clauses are called {key}: here and in {_place(earlier)}"
            hint = "call one of them something else, and change what names it"
            yield Hit(pointer=pointer, message=message, hint=hint, on_key=True, related=((earlier, "the first one"),))


def _place(pointer: Pointer) -> str:
    return pointer[1:].rpartition("/")[0].replace("/", ".") or "cadence"


def _clause_places(subject: Subject) -> Iterator[tuple[str, Pointer]]:
    for element, one in subject.alliance.clauses():
        match one:
            case ScheduledCheckIn(id=key):
                yield key, pointer_of("cadence", "check_ins", key)
            case Channel(id=key):
                yield key, pointer_of("cadence", "channels", key)
            case _:
                yield one.id, pointer_of(element, one.id)


def _structure(code: str, why: str, failing: str, passing: str, source: str) -> Rule:
    return Rule(code=code, group="Structure", severity=ERROR, why=why, failing=failing, passing=passing, source=source)


RULES: Final = (
    _structure(
        "unknown-field",
        "A key that nobody knows is a slip of the pen or a thing that no tool would honour. Keys of your own begin with x-.",
        """
            intension: Ship the payments platform together.
            """,
        """
            intention: Ship the payments platform together.
            x-colour: teal
            """,
        "A misspelt key would otherwise be lost in silence.",
    ),
    _structure(
        "missing-field",
        "What a document or a clause cannot do without.",
        """
            commitments:
              flag-slips:
                by: [ben]
            """,
        """
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
            """,
        "The document reference.",
    ),
    _structure(
        "wrong-type",
        "A list in place of a text, or a number in place of a list, is never converted: what was meant is for its author to say.",
        """
            title: 12
            """,
        """
            title: "12"
            """,
        "The document reference.",
    ),
    _structure(
        "wrong-value",
        "The key has a closed set of values, or bounds, and this is none of them.",
        """
            kind: pair
            """,
        """
            kind: one-to-one
            """,
        "The document reference.",
    ),
    _structure(
        "bad-id",
        "Ids are lower-case words and digits joined by hyphens, so that they can be typed, compared and used in file names; words that YAML readers take for something else are none.",
        """
            commitments:
              Flag_Slips:
                by: [ben]
                text: Say it the same day when a date moves.
            """,
        """
            commitments:
              flag-slips:
                by: [ben]
                text: Say it the same day when a date moves.
            """,
        "The document reference.",
    ),
    _structure(
        "bad-date",
        "Dates are written year, month, day, and exist in the calendar.",
        """
            expires: "2027-02-30"
            """,
        """
            expires: "2027-02-28"
            """,
        "ISO 8601.",
    ),
    _structure(
        "bad-time",
        "Times are written with two digits for the hour and two for the minute.",
        """
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
                  at: "9:30"
            """,
        """
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
                  at: "09:30"
            """,
        "ISO 8601.",
    ),
    _structure(
        "bad-timezone",
        "A time zone has the name that the tz database gives it: only then are its clock changes known.",
        """
            members:
              ana:
                name: Ana Silva
                timezone: Europe/Lisbonn
              ben:
                name: Ben Osei
            """,
        """
            members:
              ana:
                name: Ana Silva
                timezone: Europe/Lisbon
              ben:
                name: Ben Osei
            """,
        "The IANA tz database.",
    ),
    _structure(
        "bad-language",
        "A language has a tag such as en or pt-BR.",
        """
            language: English!
            """,
        """
            language: en
            """,
        "BCP 47.",
    ),
    _structure(
        "empty-text",
        "A text with nothing in it says nothing; leave the key out.",
        """
            intention: " "
            """,
        """
            intention: Ship the payments platform together.
            """,
        "The document reference.",
    ),
    Rule(
        code="private-text-shared",
        is_fixed=True,
        group="Privacy",
        severity=ERROR,
        why="An alliance is read by others, so what is private is never in it. It stays in the session, with its author.",
        failing="""
            concerns:
              overload:
                by: [ben]
                text: This becomes one more meeting.
                visibility: private
            """,
        passing="""
            concerns:
              overload:
                by: [ben]
                text: This becomes one more meeting.
                visibility: members
            """,
        source="Whoever answers decides who reads it.",
    ),
    Rule(
        code="duplicate-id",
        group="Across files",
        severity=ERROR,
        find=_duplicate_id,
        why="A clause is named by its id alone, in waivers, amendments and check-ins, so it is unique in its alliance, across the elements.",
        failing="""
            atmosphere:
              direct:
                text: We say the hard thing early.
                known_by: We disagree in the room.
            values:
              direct:
                text: Candour beats comfort.
                known_by: Each of us was contradicted last month.
            """,
        passing="""
            atmosphere:
              direct:
                text: We say the hard thing early.
                known_by: We disagree in the room.
            values:
              candour:
                text: Candour beats comfort.
                known_by: Each of us was contradicted last month.
            """,
        source="A reference survives when clauses move.",
    ),
)
