"""What rules about several documents know of each."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, cast, final

from attrs import frozen

from alliancekit import wire
from alliancekit.model import Alliance, BankTranslation, Cadence, CheckIn
from alliancekit.typing import Pointer

__all__ = ["Facts", "facts_of"]


@final
@frozen(kw_only=True)
class Facts:
    """
    What rules about several documents know of one; flat, so that it is cheap to keep and to send.

    What could not be read is None, or left out.

    Attributes:
        path: What findings call the document.
        kind: What its header says: ``alliance``, ``check-in``, …
        is_whole: Whether all of it could be read.
        id: What it is called; None where it has no id.
        status: Of an alliance.
        supersedes: The alliance in whose place it stands.
        team: The team's alliance that it belongs to.
        cadence: Of an alliance, as JSON; only where rules about time are asked.
        members: Of an alliance, the ids of all who are or were in it; of a check-in, of all who were there.
        commitments: Of an alliance, their ids.
        lasting: Those of them that stand open, and have no day by which they are done.
        translates: Of a translation, the bank or flow that it is of.
        language: Of a translation, the language that it is in.
        alliance: Of a check-in, the alliance that it is about.
        date: Of a check-in, as ISO text.
        next: The day of the one that follows, as a check-in says it.
        reviewed: The commitments that a check-in looked at.
        broken: Those of them that it calls broken.
        amended: The clauses that it amends, of whatever element.
        added: The commitments among them that it adds.
        changed: Those that it changes.
        dropped: Those that it drops.
    """

    path: str
    kind: str
    is_whole: bool = True
    id: str | None = None
    status: str | None = None
    supersedes: str | None = None
    team: str | None = None
    cadence: str | None = None
    members: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    translates: str | None = None
    language: str | None = None
    alliance: str | None = None
    date: str | None = None
    next: str | None = None
    reviewed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def read_cadence(self) -> Cadence:
        """Return the cadence of an alliance; one without anything where it has none."""
        return wire.structure(json.loads(self.cadence), Cadence) if self.cadence is not None else Cadence()


def facts_of(
    path: str | None, kind: str, value: object, broken: Collection[Pointer] = (), *, has_day: bool = False
) -> Facts | None:
    """
    Return the facts of a document; None where nothing could be made of it, or nobody could find it again.

    Args:
        path: What findings call it.
        kind: What its header says.
        value: What it says.
        broken: Pointers to what could not be read of it; in *value* something stands there in its place.
        has_day: Whether rules about time are asked too; else its cadence is left out, which is most of the work.
    """
    if path is None or value is None:
        return None
    found: dict[str, Any]
    match value:
        case Alliance():
            found = _of_alliance(value, has_day=has_day)
        case CheckIn():
            found = _of_check_in(value)
        case BankTranslation():
            found = _of_translation(value)
        case _ if kind == "flow-translation":
            found = _of_translation(cast("BankTranslation", value))
        case _:
            found = {"id": getattr(value, "id", None)}
    told = {name: one for name, one in found.items() if f"/{name}" not in broken}
    return Facts(path=path, kind=kind, is_whole=not broken, **told)


def _of_alliance(alliance: Alliance, *, has_day: bool) -> dict[str, Any]:
    commitments = alliance.commitments.values()
    return {
        "id": alliance.id,
        "status": alliance.status,
        "supersedes": alliance.supersedes,
        "team": alliance.team,
        "cadence": json.dumps(wire.unstructure(alliance.cadence)) if alliance.cadence and has_day else None,
        "members": tuple(alliance.members),
        "commitments": tuple(alliance.commitments),
        "lasting": tuple(one.id for one in commitments if one.standing == "open" and one.due is None),
    }


def _of_translation(translation: BankTranslation) -> dict[str, Any]:
    return {"id": translation.id, "translates": translation.translates, "language": translation.language}


def _of_check_in(record: CheckIn) -> dict[str, Any]:
    amended = [(one.id, one.action) for one in record.amendments.values() if one.element == "commitments"]
    return {
        "alliance": record.alliance,
        "date": record.date.isoformat(),
        "members": record.present,
        "next": record.next and record.next.isoformat(),
        "reviewed": tuple(record.reviewed),
        "broken": tuple(one.id for one in record.reviewed.values() if one.standing == "broken"),
        "amended": tuple(record.amendments),
        "added": tuple(one for one, action in amended if action == "add"),
        "changed": tuple(one for one, action in amended if action == "change"),
        "dropped": tuple(one for one, action in amended if action == "drop"),
    }
