"""What the nouns share: ids, prose, audiences, and the things that a document may name."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Annotated, Final, Literal, TypeAlias

from alliancekit.shapes import Items, Options, Table, Text
from alliancekit.values import FrozenMap, shorten

EVERYONE: Final = "everyone"
"""The audience that is all members, whoever they are at the time."""

RESERVED: Final = frozenset({EVERYONE, "true", "false", "null", "yes", "no", "on", "off"})
"""What no id can be."""

# RE2 and ECMAScript read it the same; at most 64 characters is a limit, and so is not in the pattern.
_ID_PATTERN: Final = "^([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*$"
_ID_EXPECTED: Final = (
    "an id: lower-case words and digits joined by hyphens, begun with a letter and not with x-, at most 64 characters"
)


def _id_length(text: str) -> str | None:
    return f"is an id of {len(text)} characters; at most 64 are allowed" if len(text) > 64 else None


def _unreserved(text: str) -> str | None:
    if text in RESERVED:
        return f"{text!r} cannot be an id: YAML readers or alliancekit itself take it for something else"
    return _id_length(text)


@cache
def timezones() -> frozenset[str]:
    """Return the names of the time zones of the tz database that comes with alliancekit."""
    # `importlib.resources` would bring more than it is asked for: it doubles what a first time zone costs.
    from pkgutil import get_data

    return frozenset((get_data("tzdata", "zones") or b"").decode().split())


def _zone(text: str) -> str | None:
    if text in timezones():
        return None
    return f"{shorten(text)} is no time zone of the tz database; use a name like Europe/Lisbon"


def _alone(names: tuple[str, ...]) -> str | None:
    if EVERYONE in names and len(names) > 1:
        return "names everyone and somebody too; everyone stands alone"
    return _distinct(names)


def _distinct(names: tuple[str, ...]) -> str | None:
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    return f"names {shorten(twice)} twice" if twice else None


NEW_ID: Final = Text(pattern=_ID_PATTERN, rule="bad-id", expected=_ID_EXPECTED, check=_unreserved)
ANY_ID: Final = Text(pattern=_ID_PATTERN, rule="bad-id", expected=_ID_EXPECTED, check=_id_length)

Id: TypeAlias = Annotated[str, NEW_ID]
"""The id of something that stands here."""

Ref: TypeAlias = Annotated[str, ANY_ID]
"""The id of something that stands elsewhere."""

_WORDS: Final = "([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*"

Question: TypeAlias = Annotated[
    str,
    Text(pattern=f"^{_WORDS}([.]{_WORDS})?$", rule="bad-id", expected="the id of a prompt, or prompt.follow_up"),
]
"""The id of a prompt, or of one of its follow-ups as ``prompt.follow_up``."""

Prose: TypeAlias = Annotated[str, Text(prose=True)]
"""Somebody's words."""

Label: TypeAlias = Annotated[str, Text()]
"""A name or a title."""

Language: TypeAlias = Annotated[
    str,
    Text(
        pattern="^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$",
        rule="bad-language",
        expected="a language tag (BCP 47) like en or pt-BR",
        examples=("en", "pt-BR"),
    ),
]
"""A language, as a BCP 47 tag."""

Timezone: TypeAlias = Annotated[
    str,
    Text(
        pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$",
        rule="bad-timezone",
        expected="a time zone of the tz database like Europe/Lisbon",
        examples=("Europe/Lisbon",),
        check=_zone,
        known=timezones,
    ),
]
"""A time zone of the IANA tz database."""

Audience: TypeAlias = Annotated[tuple[Ref, ...], Items(least=1, rule="to-nobody", lacking="names nobody", check=_alone)]
"""Member ids, or ``everyone`` alone."""

Members: TypeAlias = Annotated[
    tuple[Ref, ...], Items(least=1, rule="to-nobody", lacking="names nobody", check=_distinct)
]
"""Member ids."""

Refs: TypeAlias = Annotated[tuple[Ref, ...], Items(check=_distinct)]
"""Ids of things that stand elsewhere; each once."""

Words: TypeAlias = Annotated[tuple[Prose, ...], Items(check=_distinct)]
"""Somebody's words, one after another; each once."""

BY_ID: Final = Table(key=NEW_ID, keyed=True)
"""Entries that carry their own key as ``id``."""

BY_NAME: Final = Table(key=ANY_ID, keyed=True)
"""Entries about things that stand elsewhere: each carries as ``id`` what it is about."""

PER_MEMBER: Final = Table(key=ANY_ID)
"""Something for each of some members."""

Kind: TypeAlias = Annotated[
    Literal["one-to-one", "team"],
    Options(docs={"one-to-one": "Exactly two members.", "team": "Two members or more."}),
]
"""How many an alliance binds."""

SHARED: Final = FrozenMap(
    {
        "members": "Read by the members.",
        "public": "Read by anyone.",
    }
)

Visibility: TypeAlias = Annotated[
    Literal["members", "public"],
    Options(
        docs=SHARED,
        refused={
            "private": (
                "private-text-shared",
                "private text is in a file that others read; it belongs in the session of its author alone",
            )
        },
    ),
]
"""Who may read a text that stands in an alliance."""

Topic: TypeAlias = Annotated[
    Literal["conflict", "challenge", "decisions", "communication", "meetings", "repair", "leaving", "other"],
    Options(
        docs={
            "conflict": "What happens when the members clash.",
            "challenge": "How anyone may challenge anyone.",
            "decisions": "How the members decide.",
            "communication": "How the members talk and write to each other.",
            "meetings": "How the members meet.",
            "repair": "What happens when an agreement was not kept.",
            "leaving": "How somebody leaves, or the alliance ends.",
            "other": "Anything else.",
        }
    ),
]
"""What a ground rule is about."""

Element: TypeAlias = Annotated[
    Literal["intention", "atmosphere", "values", "success", "expectations", "commitments", "ground_rules", "cadence"],
    Options(
        docs={
            "intention": "What the alliance is for.",
            "atmosphere": "The qualities that the members want.",
            "values": "The values that they hold.",
            "success": "The signs that it works.",
            "expectations": "What members ask of each other.",
            "commitments": "What members give each other.",
            "ground_rules": "The rules for all.",
            "cadence": "The check-ins, the channels and the review.",
        }
    ),
]
"""A part of an alliance that members agree to."""

__all__ = [
    "BY_ID",
    "BY_NAME",
    "EVERYONE",
    "PER_MEMBER",
    "Audience",
    "Element",
    "Id",
    "Kind",
    "Label",
    "Language",
    "Prose",
    "Question",
    "Ref",
    "Timezone",
    "Topic",
    "Visibility",
    "timezones",
]
