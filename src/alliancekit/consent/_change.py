"""One thing that differs between two versions of an alliance, and in which ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias, final

from attrs import frozen

from alliancekit import wire
from alliancekit.consent._content import one_way
from alliancekit.consent._parts import Unit
from alliancekit.shapes import Wired, shape_of
from alliancekit.values import is_mapping, is_tuple, thaw

__all__ = ["KINDS", "Change", "ChangeKind", "kinds_of"]

ChangeKind: TypeAlias = Literal["added", "removed", "reworded", "reassigned", "rescheduled", "noted"]
"""A way in which something differs."""

KINDS: Final[Mapping[ChangeKind, frozenset[str]]] = {
    "added": frozenset(),
    "removed": frozenset(),
    "reworded": frozenset(
        {
            *("text", "known_by", "topic", "meets", "purpose", "reason", "clause", "element", "objections", "answer"),
            *("title", "intention", "relationship", "name", "why", "accountable_for", "stuck_signal", "prefers"),
        }
    ),
    "reassigned": frozenset({"by", "to", "of", "members", "steward"}),
    "rescheduled": frozenset(
        {
            *("due", "repeats", "frequency", "interval", "weekdays", "nth", "day", "hours", "reply_within_hours"),
            *("starts", "at", "timezone", "minutes", "where", "until", "expires"),
        }
    ),
    "noted": frozenset(
        {
            *("id", "kind", "status", "language", "made_with", "team", "supersedes", "standing", "declined_by"),
            *("source_prompts", "visibility", "agent", "roles", "joined", "left", "date", "digest"),
            *("prompt", "for"),
        }
    ),
}
"""The kinds in the order in which they are named, each with the keys that make it so."""

_KIND_OF: Final[Mapping[str, ChangeKind]] = {key: kind for kind, keys in KINDS.items() for key in keys}


@final
@frozen(kw_only=True, repr=False)
class Change:
    """
    One entry, single field or free key that is not as it was.

    Attributes:
        element: Where it stands now, or stood: ``commitments``, ``cadence.check_ins``, ``members``, ``title``.
        id: What it is called there: the id of the clause or member, the prompt of an answer; empty for a single field.
        kinds: In which ways it differs: ``added``, ``removed``, ``reworded``, ``reassigned`` (``by``, ``to``, ``of``,
            ``members`` and who looks after the alliance), ``rescheduled`` (when, how often and where), and ``noted``
            for what is none of these: how a commitment stands, who declined, who came and went, free keys, and what is
            only written in another way. What moved to another element was removed there and added here, so it is
            both.
        before: What it was; None where it was not there.
        after: What it is; None where it is there no more.
        was_in: The element that it moved from; empty where it did not move.
        concerns: The members who have to agree to it, before or after, sorted; empty where nobody has to.
        touches: The members whom it is about, sorted, also where nobody has to agree.

    .. versionadded:: 0.1
    """

    element: str
    id: str = ""
    kinds: tuple[ChangeKind, ...]
    before: Any = None
    after: Any = None
    was_in: str = ""
    concerns: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()

    @property
    def is_for_members(self) -> bool:
        """Whether it has words that only members may read."""
        return "members" in {getattr(one, "visibility", None) for one in (self.before, self.after)}

    @property
    def place(self) -> str:
        """Where it stands, in one word: ``commitments/flag-slips``, ``title``; what is there once has no id behind it."""
        return self.element if not self.id or self.element == "cadence.review" else f"{self.element}/{self.id}"

    def keys(self) -> tuple[str, ...]:
        """Return the keys that differ, where it was there before and is there now; else none."""
        before, after = _plain(self.before), _plain(self.after)
        if not (is_mapping(before) and is_mapping(after)):
            return ()
        return tuple(key for key in {**after, **before} if before.get(key) != after.get(key))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        moved = {"was_in": self.was_in} if self.was_in else {}
        return {
            "element": self.element,
            "id": self.id,
            "kinds": list(self.kinds),
            **moved,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "concerns": list(self.concerns),
            "touches": list(self.touches),
        }

    def __repr__(self) -> str:
        # Somebody's words are never shown: a repr ends up in logs.
        return f"Change({self.place}: {', '.join(self.kinds)})"


def _plain(value: Any) -> Any:
    if isinstance(value, Wired):
        plain: dict[str, Any] = wire.unstructure(value)
        return {key: part for key, part in plain.items() if key != "id"}
    if isinstance(value, date):
        return value.isoformat()
    if is_tuple(value):
        return [_plain(one) for one in value]
    return thaw(value)


def kinds_of(before: Unit | None, after: Unit | None) -> tuple[ChangeKind, ...]:
    """Return in which ways a unit differs, in the order of `KINDS`."""
    is_elsewhere = before is None or after is None or before.element != after.element
    found = {"added": is_elsewhere and after is not None, "removed": is_elsewhere and before is not None}
    if before is not None and after is not None:
        found |= dict.fromkeys(_ways(before, after), True)
    return tuple(kind for kind in KINDS if found.get(kind))


def _ways(before: Unit, after: Unit) -> Iterator[ChangeKind]:
    was, now = _parts(before), _parts(after)
    agreed = _agreed_parts(before, after)
    for key in _comparable(before, after, dict.fromkeys((*was, *now, *agreed))):
        is_same = _is_same(key, *agreed[key]) if key in agreed else _is_same(key, was.get(key), now.get(key))
        if not is_same:
            yield _kind(after.element, key)
        elif was.get(key) != now.get(key):
            yield "noted"


def _comparable(before: Unit, after: Unit, keys: Iterable[str]) -> Iterable[str]:
    """Return of *keys* those that say something about both; what moved may have become another kind of thing."""
    if before.element == after.element:
        return keys
    known = _fields(before) & _fields(after)
    return [key for key in keys if key in known]


def _fields(unit: Unit) -> set[str]:
    return {*shape_of(unit.value.__class__).fields}


def _is_same(key: str, was: Any, now: Any) -> bool:
    """Return whether *was* and *now* mean the same, however they are written."""
    if was is None or now is None or key == "answer" or key.startswith("x-"):
        return bool(was == now)  # free data has one way of writing: its own
    # Who looks after an alliance, and who declined, are sets too; nobody agrees to them, so no digest needs to know.
    name = "members" if key in ("steward", "declined_by") else key
    return bool(one_way(name, was) == one_way(name, now))


def _parts(unit: Unit) -> Mapping[str, Any]:
    is_entry = unit.id and not unit.id.startswith("x-")
    return unit.plain if is_entry and is_mapping(unit.plain) else {unit.id or unit.element: unit.plain}


def _agreed_parts(before: Unit, after: Unit) -> Mapping[str, tuple[Any, Any]]:
    """Return by key what was agreed and what is, where both are agreed to: there an omitted ``to`` is filled."""
    was, now = before.agreed, after.agreed
    if not (is_mapping(was) and is_mapping(now)):
        return {}
    return {key: (was.get(key), now.get(key)) for key in {**was, **now}}


def _kind(element: str, key: str) -> ChangeKind:
    # Where a member's clock is says nothing of when anything takes place.
    return "noted" if element == "members" and key == "timezone" else _KIND_OF.get(key, "noted")
