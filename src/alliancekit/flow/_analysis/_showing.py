"""Conditions that never hold, by themselves or where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, final

from alliancekit.findings import Finding, Severity
from alliancekit.flow._analysis._scene import AnySubject, Place, Scene, told
from alliancekit.flow._analysis._search import Budget, Holds, Search, Shown
from alliancekit.flow._analysis._world import EVERYBODY, World
from alliancekit.flow._conditions import All, Condition, subjects
from alliancekit.flow._plan import AskStep
from alliancekit.model import EVERYONE
from alliancekit.values import shorten

__all__ = ["Showing"]

# To name what is in conflict, each of so many parts is left out once.
_MOST_PARTS: Final = 24
_LONGEST: Final = 200
# What is tried first is a world in which a step before it is shown; mostly little has to be added.
_AT_FIRST: Final = 200


@final
class Showing:
    """
    Which steps of a flow can be shown at all.

    Args:
        scene: The flow.
        budget: How much may be searched.
    """

    def __init__(self, scene: Scene, budget: Budget) -> None:
        self.scene, self.budget = scene, budget
        self.never: set[str] = set()
        self._worlds: dict[str, World] = {}

    def found(self) -> Iterator[Finding]:
        """Yield a finding for each step that is never shown; what hangs on it, or stands in it, is not named again."""
        for place in self.scene.places:
            if place.when is None or any(one.at in self.never for one in place.within):
                continue
            finding = self._contradiction(place, place.when) or self._never_visible(place, place.when)
            if finding is not None:
                self.never.add(place.at)
                yield finding

    def is_never(self, place: Place) -> bool:
        """Return whether a finding says that *place*, or what it stands in, is never shown."""
        return place.at in self.never or any(one.at in self.never for one in place.within)

    # By itself ---------------------------------------------------------------------------------------------------------

    def _contradiction(self, place: Place, when: Condition) -> Finding | None:
        if self._can_hold(place, (when,)):
            return None
        core = self._core(place, when)
        words = " and ".join(f"({_short(one)})" if len(core) > 1 else _short(one) for one in core)
        message = f"{words} never holds" if len(core) == 1 else f"{words} never hold together"
        hint = "change one of the tests"
        if self.scene.most_members is not None and self._can_hold(place, (when,), most_members=None):
            message, hint = f"{message} between two", "this flow is for two; write kinds if it is for a team too"
        return Finding(rule="contradiction", message=message, pointer=f"{place.at}/when", hint=hint)

    def _can_hold(self, place: Place, parts: tuple[Condition, ...], most_members: int | None = -1) -> bool:
        most = self.scene.most_members if most_members == -1 else most_members
        search = Search(self.scene, self.budget, now=place.first, alone=True, most_members=most)
        who = EVERYBODY if place.is_joint else 0
        goals = [Holds(one, True, place, who, who) for one in parts]
        return search.find(goals, _start(place)) is not None or search.is_exhausted

    def _core(self, place: Place, when: Condition) -> tuple[Condition, ...]:
        """Return the parts of a condition that are in conflict, and no more of them than it takes."""
        parts = tuple(_parts(when))
        if len(parts) > _MOST_PARTS:
            return (when,)
        for one in parts:
            fewer = tuple(other for other in parts if other is not one)
            if fewer and not self._can_hold(place, fewer):
                parts = fewer
        return parts

    # Where it stands ---------------------------------------------------------------------------------------------------

    def _never_visible(self, place: Place, when: Condition) -> Finding | None:
        if self._can_be_shown(place):
            return None
        others = [one for one in place.within if one.when is not None]
        asks = dict.fromkeys(one.prompt.partition(".")[0] for one in self._read(place))
        others += [self.scene.asks[name] for name in asks if name in self.scene.asks]
        guilty = [one for one in dict.fromkeys(others) if self._can_be_shown(place, without=one)]
        because = " and ".join(_named(one) for one in guilty if one.when is not None or one.within)
        message = f"{place.id} is never shown: ({_short(when)}) does not hold"
        message += f" where {because} is shown" if because else " with what may be known there"
        hint = "change one of the conditions, or take the step out"
        return Finding(
            rule="never-visible", message=message, severity=Severity.WARNING, pointer=f"{place.at}/when", hint=hint
        )

    def _read(self, place: Place) -> Iterator[AnySubject]:
        for one in (*place.within, place):
            yield from subjects(one.when) if one.when is not None else ()

    def _can_be_shown(self, place: Place, *, without: Place | None = None) -> bool:
        left_out = (without.at, *(one.at for one in without.within)) if without is not None else ()
        taken = frozenset({*self.never, *left_out})
        search = Search(self.scene, self.budget, now=place.first, taken=taken, most_members=self.scene.most_members)
        who = EVERYBODY if place.is_joint else 0
        goals = (Shown(place, who, who),)
        world = None
        if without is None and (before := self._before(place)) is not None:
            world = search.find(goals, before, most=_AT_FIRST)
        world = world or search.find(goals, _start(place))
        if world is not None and without is None:
            self._worlds[place.at] = world
        return world is not None or search.is_exhausted

    def _before(self, place: Place) -> World | None:
        """Return a world in which the last conditional ask that *place* reads is shown."""
        names = [one.prompt.partition(".")[0] for one in self._read(place)]
        asks = [self.scene.asks[name] for name in names if name in self.scene.asks]
        known = [one for one in asks if one.at in self._worlds]
        world = self._worlds[max(known, key=lambda one: one.first).at] if known else None
        mine = {one for one in _start(place).roles if world is not None and one not in world.roles}
        return None if mine else world


def _start(place: Place) -> World:
    if place.is_joint:
        return World()
    role = place.step.who if isinstance(place.step, AskStep) else EVERYONE
    return World(members=1, present=frozenset({0}), roles=frozenset({(0, role)} if role != EVERYONE else ()))


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for one in condition.conditions:
            yield from _parts(one)
    else:
        yield condition


def _named(place: Place) -> str:
    return f"the {'group' if place.is_joint else 'ask'} {place.id}"


def _short(condition: Condition) -> str:
    return shorten(told(condition), _LONGEST).strip("'\"")
