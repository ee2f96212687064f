"""Clauses that amend one that exists: ``changes`` gives another wording of it, ``drops`` ends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from alliancekit import wire
from alliancekit.errors import did_you_mean
from alliancekit.model import Alliance, Channel, Review, ScheduledCheckIn
from alliancekit.values import EMPTY, FrozenMap, freeze, shorten

__all__ = [
    "UNWRITTEN",
    "Action",
    "Entry",
    "Held",
    "action_of",
    "amendment_misfit",
    "clauses_of",
    "is_for",
    "name_of",
    "whole",
]

Entry: TypeAlias = Mapping[str, Any]
"""A clause as a member writes it."""

Action: TypeAlias = Literal["add", "change", "drop"]
"""What a clause does to the alliance."""

Held: TypeAlias = FrozenMap[tuple[str, Any]]
"""The clauses of the alliance as it was, by id: what each is for, and the clause."""

_VERBS: Final = ("changes", "drops")

# Who says it is known, where it came from is recorded, and how it stands shows later.
UNWRITTEN: Final = frozenset({"by", "source_prompts", "standing", "declined_by", "visibility"})
_CADENCE: Final[Mapping[type[Any], str]] = {
    ScheduledCheckIn: "cadence.check_ins",
    Channel: "cadence.channels",
    Review: "cadence.review",
}
# A promise has a day or a rhythm: who gives the one takes the other away.
_EITHER: Final = {"due": "repeats", "repeats": "due"}


def clauses_of(alliance: Alliance | None) -> Held:
    """Return the clauses of *alliance* that can be amended; none where there is no alliance yet."""
    if alliance is None:
        return EMPTY
    found = alliance.clauses()
    return FrozenMap((one.id, (_CADENCE.get(type(one), element), one)) for element, one in found)


def action_of(entry: Entry) -> Action:
    """Return what a clause as it is written does to the alliance."""
    if "changes" in entry:
        return "change"
    return "drop" if "drops" in entry else "add"


def name_of(entry: Entry) -> Any:
    """Return the id that is written in a clause: its own, or that of the one it amends; None where there is none."""
    return next((entry[key] for key in ("id", *_VERBS) if key in entry), None)


def amendment_misfit(entry: Entry, held: Held, among: tuple[str, ...]) -> str:
    """Return what is wrong with the amending part of a clause, or an empty text."""
    verb = next((one for one in _VERBS if one in entry), None)
    if verb is None:
        return ""
    if not held:
        return f"{verb} amends a clause of an alliance that exists, and here there is none yet"
    if len([one for one in ("id", *_VERBS) if one in entry]) > 1:
        return f"{verb} says which clause is meant; leave the other out"
    name, known = entry[verb], tuple(one for one, (target, _) in held.items() if is_for(target, among))
    if not isinstance(name, str) or name not in known:
        hint = did_you_mean(name, known) if isinstance(name, str) else ""
        return f"{verb}: no clause that this is for is called {shorten(name)}; {hint or _listed(known)}"
    more = [key for key in entry if key not in (verb, "element", "topic") and not key.startswith("x-")]
    if verb == "drops" and more:
        return f"a clause that is dropped needs no {shorten(more[0])}"
    if verb == "changes" and not [key for key in entry if key not in (verb, "element")]:
        return "say what is to change: its text, what it is known by, or whatever else it says"
    same = verb == "changes" and whole(entry, held) == whole({verb: name}, held)
    return f"{name} says that already" if same else ""


def is_for(target: str, among: tuple[str, ...]) -> bool:
    """Return whether what a clause is for is one of several targets, or in one of their elements."""
    return any(target in (one, one.partition(".")[0]) for one in among)


def _listed(known: tuple[str, ...]) -> str:
    return f"there are {', '.join(known)}" if known else "there is none"


def whole(entry: Entry, held: Held) -> Entry:
    """Return a clause as it would be written anew: an amendment with all that it leaves as it was."""
    name = next((entry[verb] for verb in _VERBS if verb in entry), None)
    if name is None:
        return entry
    target, clause = held[name]
    said = {key: value for key, value in entry.items() if key not in (*_VERBS, "element")}
    was = {key: freeze(value) for key, value in wire.unstructure(clause).items() if key not in UNWRITTEN}
    for key in said:
        was.pop(_EITHER.get(key, ""), None)
    return FrozenMap({**was, **said, "id": name, "element": target})
