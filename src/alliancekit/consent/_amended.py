"""An alliance after clauses of it were added, changed and dropped: one code for a session and for its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from attrs import evolve

from alliancekit.consent._standing import standing_after
from alliancekit.model import (
    REVIEW,
    Alliance,
    Cadence,
    Channel,
    Commitment,
    Review,
    Reviewed,
    ScheduledCheckIn,
    Waiver,
)
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["Amends", "amended"]

_LISTED: Final = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules", "concerns")
_INTENTION: Final = "intention"


class Amends(Protocol):
    """What becomes of one clause, as `amended` takes it."""

    @property
    def id(self) -> str:
        """The clause."""
        ...

    @property
    def element(self) -> str:
        """Where it stands."""
        ...

    @property
    def action(self) -> str:
        """What happens to it: ``add``, ``change`` or ``drop``."""
        ...

    @property
    def clause(self) -> Any:
        """What it says from now on, whole; of the intention its text. Of one that is dropped, what it said."""
        ...


def amended(alliance: Alliance, amendments: Iterable[Amends], reviewed: Mapping[str, Reviewed] = EMPTY) -> Alliance:
    """
    Return *alliance* after *amendments*, and with its commitments as they stand after they were *reviewed*.

    What is dropped takes its waivers along, and nothing answers an expectation any more that is not there. A promise
    that is changed has just begun, however the one before it stood. Nobody's yes is touched.

    Args:
        alliance: What was agreed before.
        amendments: What becomes of which clause; one that is added goes last, one that is changed keeps its place.
        reviewed: How commitments stood, by id.
    """
    changes = tuple(amendments)
    of = {name: [one for one in changes if one.element == name] for name in (*_LISTED, _INTENTION, "cadence")}
    found: dict[str, Any] = {name: _merged(getattr(alliance, name), of[name]) for name in _LISTED if of[name]}
    if of[_INTENTION]:
        last = of[_INTENTION][-1]
        found[_INTENTION] = None if last.action == "drop" else last.clause
    if changes:
        found |= {"cadence": _cadence(alliance.cadence, of["cadence"]), "waivers": _waivers(alliance, changes)}
    if changes or reviewed:
        held = found.get("commitments", alliance.commitments)
        found["commitments"] = _commitments(alliance, held, changes, reviewed)
    return evolve(alliance, **found)


def _merged(held: FrozenMap[Any], changes: Iterable[Amends]) -> FrozenMap[Any]:
    found = dict(held)
    for one in changes:
        if one.action == "drop":
            found.pop(one.id, None)
        else:
            found[one.id] = one.clause
    return FrozenMap(found, extra=held.extra)


def _commitments(
    before: Alliance, held: FrozenMap[Commitment], changes: Sequence[Amends], reviewed: Mapping[str, Reviewed]
) -> FrozenMap[Commitment]:
    asked = _merged(before.expectations, [one for one in changes if one.element == "expectations"])
    lost = {*before.expectations} - {*asked}
    anew = {one.id for one in changes if one.element == "commitments"}
    found: dict[str, Commitment] = {}
    for name, one in held.items():
        # What was there already may answer what never was: that is for whoever wrote it to mend.
        met = [it for it in one.meets if (it in asked if name in anew else it not in lost)]
        now = one if len(met) == len(one.meets) else evolve(one, meets=met)
        found[name] = now if name in anew or name not in reviewed else _stands(now, reviewed[name])
    return FrozenMap(found, extra=held.extra)


def _stands(commitment: Commitment, said: Reviewed) -> Commitment:
    return commitment.with_standing(standing_after(commitment, said.standing))


def _cadence(held: Cadence | None, changes: Sequence[Amends]) -> Cadence | None:
    if not changes:
        return held
    was = held or Cadence()
    of = {cls: [one for one in changes if isinstance(one.clause, cls)] for cls in (ScheduledCheckIn, Channel, Review)}
    review = _merged(FrozenMap({REVIEW: was.review} if was.review is not None else {}), of[Review])
    return evolve(
        was,
        check_ins=_merged(was.check_ins, of[ScheduledCheckIn]),
        channels=_merged(was.channels, of[Channel]),
        review=review.get(REVIEW),
    )


def _waivers(alliance: Alliance, changes: Iterable[Amends]) -> FrozenMap[Waiver]:
    """Return the waivers of what is in the alliance still."""
    dropped = {one.id for one in changes if one.action == "drop"}
    kept = {name: one for name, one in alliance.waivers.items() if one.clause not in dropped}
    return FrozenMap(kept, extra=alliance.waivers.extra)
