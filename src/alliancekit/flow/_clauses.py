"""From what a member wrote to a clause: defaults, whose it is, and what a person reads where it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeGuard, cast

from attrs import evolve

from alliancekit import wire
from alliancekit.errors import InvalidValueError, did_you_mean
from alliancekit.flow._amending import UNWRITTEN, Entry, Held, action_of, amendment_misfit, name_of, whole
from alliancekit.limits import LIMITS
from alliancekit.model import (
    EVERYONE,
    Channel,
    ClausesAnswer,
    Commitment,
    Concern,
    Expectation,
    GroundRule,
    Prompt,
    Quality,
    Review,
    ScheduledCheckIn,
    Sign,
    Value,
)
from alliancekit.shapes import Text, shape_of
from alliancekit.values import EMPTY, shorten, thaw

__all__ = [
    "CLASSES",
    "RESERVED",
    "REVIEW",
    "TOPICS",
    "as_entry",
    "class_for",
    "clause",
    "element_of",
    "generated",
    "ids_in",
    "is_list",
    "misfit",
    "misfits",
    "pick",
    "targets",
]

REVIEW: Final = "review"
"""The id of the review, which needs none."""

RESERVED: Final = frozenset({"intention", REVIEW})
"""Ids that name what there is only one of."""

TOPICS: Final = ("conflict", "challenge", "decisions", "communication", "meetings", "repair", "leaving", "other")

CLASSES: Final[Mapping[str, type[Any]]] = {
    "atmosphere": Quality,
    "values": Value,
    "success": Sign,
    "expectations": Expectation,
    "commitments": Commitment,
    "concerns": Concern,
    "ground_rules": GroundRule,
    "cadence.check_ins": ScheduledCheckIn,
    "cadence.channels": Channel,
    "cadence.review": Review,
}

_ANY_TEXT: Final = Text(pattern="^")
_MOST_PARTS: Final = 500


def targets(prompt: Prompt) -> tuple[str, ...]:
    """Return what the clauses of an answer may be for, the default first: ``values``, ``ground_rules.repair``, …."""
    return tuple(one for one in prompt.informs if one.partition(".")[0] in {*CLASSES, "ground_rules", "cadence"})


def element_of(target: str) -> str:
    """Return the element of the alliance that a target is in."""
    return target.partition(".")[0]


def class_for(target: str) -> type[Any]:
    """Return the class of a clause for a target."""
    return CLASSES["ground_rules" if element_of(target) == "ground_rules" else target]


def pick(data: Entry, among: tuple[str, ...]) -> tuple[str, str]:
    """Return for which of the targets a clause is, and what is wrong where it is for none."""
    element, topic = data.get("element"), data.get("topic")
    fitting = among
    if element is not None:
        fitting = tuple(one for one in fitting if element in (one, element_of(one)))
    if topic is not None:
        fitting = tuple(one for one in fitting if one in ("ground_rules", f"ground_rules.{topic}"))
    if fitting:
        return fitting[0], ""
    named = shorten(topic if topic is not None else element)
    return among[0], f"{named} is not what this is for; it is for {', '.join(among)}"


def misfits(value: Any, prompt: Prompt, members: Iterable[str], held: Held = EMPTY) -> str:
    """Return what is wrong with an answer that is a list of clauses, for its author to read; empty where it fits."""
    if not is_list(value) or not value:
        return "the answer is a list of clauses, at least one; to leave it out, pass"
    if len(value) > 100:
        return f"that is {len(value)} clauses; at most 100 are taken in one answer"
    answer, names = prompt.answer, tuple(members)
    evidence = isinstance(answer, ClausesAnswer) and answer.evidence
    for index, entry in enumerate(value, 1):
        reason = misfit(entry, targets(prompt), names, held, evidence=evidence)
        if reason:
            return f"clause {index}: {reason}" if len(value) > 1 else reason
    written = ids_in(value)
    twice = next((name for index, name in enumerate(written) if name in written[:index]), None)
    return f"two clauses have the id {shorten(twice)}; give one of them another" if twice else ""


def is_list(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Return whether *value* is a list, as it is kept."""
    return isinstance(value, tuple)


def as_entry(value: Any) -> Entry | None:
    """Return *value* where it may be a clause as it is written, else None."""
    return cast("Entry", value) if isinstance(value, Mapping) else None


def ids_in(value: Any) -> tuple[str, ...]:
    """Return the ids that are written in an answer that is a list of clauses, of those that it amends too."""
    entries = (as_entry(one) for one in (value if is_list(value) else ()))
    return tuple(str(name) for entry in entries if entry is not None and (name := name_of(entry)) is not None)


def misfit(
    written: Any, among: tuple[str, ...], members: tuple[str, ...], held: Held = EMPTY, *, evidence: bool = False
) -> str:
    """Return what is wrong with one clause, or an empty text; *held* are the clauses that it may amend."""
    said = as_entry(written)
    if said is None:
        return f"a clause is a mapping with its text, not {shorten(written)}"
    if not among:
        return "this takes no clauses"
    if reason := amendment_misfit(said, held, among):
        return reason
    if action_of(said) == "drop":
        return ""
    entry = whole(said, held)
    target, wrong = pick(entry, among)
    if wrong:
        return wrong
    fields = shape_of(class_for(target)).fields
    if (name := entry.get("id")) in RESERVED and (name != REVIEW or target != "cadence.review"):
        return f"{name!r} is kept for the {name} itself; choose another id"
    for key in map(str, entry):
        if key in UNWRITTEN or (key not in {*fields, "id", "element", "topic"} and not key.startswith("x-")):
            return (
                f"a clause here has no {shorten(key)}; {did_you_mean(key, set(fields) - UNWRITTEN) or 'leave it out'}"
            )
    if reason := _unwritable(entry):
        return reason
    if evidence and "known_by" in fields and not entry.get("known_by"):
        return "say in known_by how you would know that you had it"
    for key in ("to", "of"):
        stranger = next((who for who in _names(said.get(key)) if who not in (*members, EVERYONE)), None)
        if stranger is not None:
            return f"{key}: no member is called {shorten(stranger)}; {did_you_mean(stranger, members) or 'there are ' + ', '.join(members)}"
    return _build(entry, target, "stand-in", members[:1])[1]


def _unwritable(entry: Entry) -> str:
    """Return why no document can carry what a member wrote, also under keys of their own; or an empty text."""
    for count, (key, value) in enumerate(_parts(entry)):
        if count >= _MOST_PARTS:
            return f"a clause has at most {_MOST_PARTS} parts"
        if isinstance(value, str) and len(value) > LIMITS.text:
            return f"{shorten(key)} has {len(value):,} characters; at most {LIMITS.text:,} are allowed"
        if isinstance(value, str) and (reason := _ANY_TEXT.flaw(value)):
            return f"{shorten(key)} {reason}"
        if isinstance(value, int | float) and abs(value) > 2**53:
            return f"{shorten(key)} is a number that not every program can read"
    return ""


def _parts(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every scalar in *value*, keys too, with the key that it stands under."""
    if isinstance(value, Mapping):
        for name, one in cast("Entry", value).items():
            yield name, name
            yield from _parts(one, name)
    elif is_list(value):
        for one in value:
            yield from _parts(one, key)
    else:
        yield key, value


def _names(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if is_list(value) else ()


def clause(entry: Entry, among: tuple[str, ...], name: str, by: tuple[str, ...], prompts: tuple[str, ...]) -> Any:
    """Return the clause that *entry* describes, which `misfit` found nothing wrong with."""
    made, reason = _build(entry, pick(entry, among)[0], name, by)
    assert not reason, reason
    cls: type[Any] = class_for(pick(entry, among)[0])
    return evolve(made, source_prompts=prompts) if "source_prompts" in shape_of(cls).fields else made


def _build(entry: Entry, target: str, name: str, by: tuple[str, ...]) -> tuple[Any, str]:
    cls = class_for(target)
    fields = shape_of(cls).fields
    data = {key: thaw(value) for key, value in entry.items() if key not in ("element", "topic", "id")}
    if "id" in fields:
        data["id"] = entry.get("id", name) if name == "stand-in" else name
    if "by" in fields:
        data["by"] = list(by)
    if "topic" in fields:
        data["topic"] = entry.get("topic") or target.partition(".")[2] or "other"
    try:
        return wire.structure(data, cls), ""
    except (ValueError, InvalidValueError):
        return None, _explained(data, cls)


def _explained(data: Mapping[str, Any], cls: type[Any]) -> str:
    findings = wire.explain(dict(data), cls).findings
    if not findings:  # no cover - one verdict: what is refused is explained
        return "this does not fit"
    first = findings[0]
    where = first.pointer.removeprefix("/").replace("/", ".")
    hint = f"; {first.hint}" if first.hint else ""
    return f"{where + ': ' if where else ''}{first.message}{hint}"


def generated(prompt: str, author: str, number: int) -> str:
    """Return an id for a clause that has none: ``<prompt>-<author>-<n>``, or ``<prompt>-<n>`` for what all said."""
    tail = f"-{author}-{number}" if author else f"-{number}"
    if len(tail) > 40:
        tail = f"-{author[: 38 - len(str(number))].rstrip('-')}-{number}"
    return f"{prompt[: 64 - len(tail)].rstrip('-')}{tail}"
