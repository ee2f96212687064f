"""Rules about the structure of a document, which the reading of values finds: its keys, their kinds and their values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check import _fixes
from alliancekit.check._rule import ERROR, Find, Hit, MakeFix, Rule, Subject
from alliancekit.values import shorten

__all__ = ["RULES"]


def _names_itself(subject: Subject) -> Iterator[Hit]:
    """Yield where an alliance names itself as another: a schema cannot say so, and neither can reading."""
    alliance = subject.alliance
    for key, what in (("supersedes", "replaces"), ("team", "is the team of")):
        if getattr(alliance, key) == alliance.id:
            hint = "name another alliance, or leave it out"
            yield Hit(pointer=f"/{key}", message=f"{shorten(alliance.id)} {what} itself", hint=hint)


def _structure(
    code: str,
    why: str,
    failing: str,
    passing: str,
    source: str,
    *,
    fix: MakeFix | None = None,
    find: Find | None = None,
) -> Rule:
    return Rule(
        code=code,
        group="Structure",
        severity=ERROR,
        find=find,
        needs=("id",) if find is not None else (),
        fix=fix,
        why=why,
        failing=failing,
        passing=passing,
        source=source,
    )


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
        fix=_fixes.unknown_field,
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
        fix=_fixes.wrong_type,
    ),
    _structure(
        "wrong-value",
        "The key has a closed set of values, or bounds, and this is none of them. No alliance replaces itself, or is its own team.",
        """
            kind: pair
            """,
        """
            kind: one-to-one
            """,
        "The document reference.",
        fix=_fixes.wrong_value,
        find=_names_itself,
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
        fix=_fixes.bad_id,
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
        fix=_fixes.bad_date,
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
        fix=_fixes.bad_time,
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
        fix=_fixes.bad_timezone,
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
        fix=_fixes.bad_language,
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
        fix=_fixes.empty_text,
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
)
