"""
Whether something can be: a bounded search for a world in which all of several goals hold.

It supposes less than the engine knows: it looks at one moment, in which any answer may have been given at some time, and
lets a member be away, be asked nothing, or come later, wherever nothing else is said. So a world that it finds need not
be one that a run comes to; but where it finds none, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import floor
from typing import Final, TypeAlias, final

from attrs import evolve, frozen

from alliancekit.flow._analysis._scene import AnySubject, Place, Scene, Sight
from alliancekit.flow._analysis._world import EVERYBODY, World
from alliancekit.flow._conditions import (
    All,
    Any_,
    AtLeast,
    Condition,
    Count,
    Every,
    Not,
    Some,
    TheAnswer,
    passes,
    tests_of,
)
from alliancekit.model import EVERYONE
from alliancekit.values import is_tuple

__all__ = ["Budget", "Goal", "Hidden", "Holds", "Search", "Shown", "ShownToSome"]


@final
@frozen(eq=False)
class Holds:
    """A condition holds, or does not, for one member or for all, in somebody's eyes."""

    condition: Condition
    wanted: bool
    place: Place
    who: int = EVERYBODY
    eyes: int = EVERYBODY


@final
@frozen(eq=False)
class Shown:
    """A step is shown to a member, in somebody's eyes."""

    place: Place
    who: int = EVERYBODY
    eyes: int = EVERYBODY


@final
@frozen(eq=False)
class _Gives:
    """A member has given an answer that passes, and everybody may know it."""

    sight: Sight
    who: int


@final
@frozen(eq=False)
class _Need:
    """So many members, each after the last in number, have given an answer that passes."""

    sight: Sight
    number: int
    last: int = -1


@final
@frozen(eq=False)
class ShownToSome:
    """A step is shown to somebody, and everybody may know it."""

    place: Place


@final
@frozen(eq=False)
class Hidden:
    """One of several steps is shown to none of so many members."""

    places: tuple[Place, ...]
    members: int


Goal: TypeAlias = Holds | Shown | Hidden | _Gives | _Need | ShownToSome
_Rest: TypeAlias = "tuple[Goal, _Rest] | None"
_Ways: TypeAlias = Iterable[tuple[tuple[Goal, ...], World]]


@final
class Budget:
    """
    How much may be searched: for one question, and for one flow.

    Args:
        each: Steps of the search for one question.
        whole: Steps of the search for all of them.
    """

    def __init__(self, each: int = 6_000, whole: int = 60_000) -> None:
        self.each, self.whole = each, whole

    def spend(self, cost: int) -> bool:
        """Return whether there was something left."""
        self.whole -= cost
        return self.whole >= 0


@final
class Search:
    """
    One search.

    Args:
        scene: The flow.
        budget: How much may be searched.
        now: How many steps that hold no others stand before the moment that is looked at.
        alone: Whether conditions are judged by themselves: whatever they read is shown, and known.
        taken: Pointers of steps whose conditions are taken to hold.
        most_members: How many people there can be; None where there is no end.
    """

    def __init__(
        self,
        scene: Scene,
        budget: Budget,
        *,
        now: int,
        alone: bool = False,
        taken: frozenset[str] = frozenset(),
        most_members: int | None = None,
    ) -> None:
        self.scene, self.budget, self.now = scene, budget, now
        self.alone, self.taken, self.most_members = alone, taken, most_members
        self.is_exhausted = False

    def find(self, goals: Iterable[Goal], world: World, *, most: int | None = None) -> World | None:
        """Return a world in which all *goals* hold; None where there is none, or the budget is spent."""
        left, self.is_exhausted = self.budget.each if most is None else most, False
        # What is still to do is kept on a stack of our own: a flow may chain hundreds of conditions.
        stack: list[tuple[_Rest, World]] = [(_onto(None, tuple(goals)), world)]
        while stack:
            rest, supposed = stack.pop()
            if rest is None:
                return supposed
            # Who is in a world is gone through again and again, so a world of many is dear.
            cost = 1 + supposed.members * supposed.members // 16
            left -= cost
            if left < 0 or not self.budget.spend(cost):
                self.is_exhausted = True
                return None
            goal, rest = rest
            ways = [(_onto(rest, more), after) for more, after in self._ways(goal, supposed)]
            stack.extend(reversed(ways))
        return None

    def _ways(self, goal: Goal, world: World) -> _Ways:
        match goal:
            case Holds():
                return self._holds(goal, world)
            case Shown():
                return self._shown(goal, world)
            case Hidden():
                return self._hidden(goal, world)
            case _Gives():
                after = world.reads(goal.sight, goal.who, public=True, passing=True)
                return self._given(goal.sight, goal.who, EVERYBODY, after)
            case _Need():
                return self._need(goal, world)
            case ShownToSome():
                return (((Shown(goal.place, who),), now) for who, now in self._members(world))

    def _holds(self, goal: Holds, world: World) -> _Ways:
        condition, wanted = goal.condition, goal.wanted
        match condition:
            case Not():
                return (((evolve(goal, condition=condition.condition, wanted=not wanted),), world),)
            case All() | Any_():
                inner = [evolve(goal, condition=one) for one in condition.conditions]
                if isinstance(condition, All) is wanted:
                    # What leaves no choice comes first, so that a choice is not made in vain.
                    return ((tuple(sorted(inner, key=_leaves_choice)), world),)
                return (((one,), world) for one in inner)
            case _:
                sight = self.scene.sight(goal.place, condition)
                if sight is None or not (self.alone or _is_own(goal) or self.scene.is_told(sight, self.now)):
                    return _one(world)
                return self._subject(goal, condition, sight, world)

    def _subject(self, goal: Holds, subject: AnySubject, sight: Sight, world: World) -> _Ways:
        wanted = goal.wanted
        match subject:
            case TheAnswer():
                return self._answer(goal, sight, world)
            case Count():
                return self._count(goal, subject, sight, world)
            case AtLeast() if sight.is_shared and subject.number > 1:
                return () if wanted else _one(world)
            case _ if sight.is_shared:
                return self._answer(evolve(goal, who=EVERYBODY, eyes=EVERYBODY), sight, world)
            case Every():
                return self._every(sight, world) if wanted else self._not_every(sight, world)
            case Some() | AtLeast():
                number = subject.number if isinstance(subject, AtLeast) else 1
                return (((_Need(sight, number),), world),) if wanted else _one(world.limited(sight, number - 1))

    def _answer(self, goal: Holds, sight: Sight, world: World) -> _Ways:
        own = _is_own(goal)
        holder = EVERYBODY if sight.is_shared else goal.who
        after = world.reads(sight, holder, public=not own, passing=goal.wanted)
        if after is None or not goal.wanted:
            return _one(after)
        if sight.is_shared and not own:
            return (((ShownToSome(sight.ask),), after),) if self.scene.is_conditional(sight.ask) else _one(after)
        if sight.is_shared:
            return (((Shown(sight.ask, goal.who, goal.eyes),), after),)
        return self._given(sight, goal.who, goal.eyes, after)

    def _given(self, sight: Sight, who: int, eyes: int, world: World | None) -> _Ways:
        """Return the ways in which a member came to give what they are supposed to have given."""
        if world is None:
            return ()
        goals: tuple[Goal, ...] = (Shown(sight.ask, who, eyes),)
        if sight.role != EVERYONE and (who, sight.role) not in world.roles:
            world = evolve(world, roles=world.roles | {(who, sight.role)})
            goals = (*goals, *_expected(world, who))
        return ((goals, world),)

    def _need(self, goal: _Need, world: World) -> _Ways:
        if goal.number == 0:
            return _one(world)
        return (
            ((_Gives(goal.sight, who), _Need(goal.sight, goal.number - 1, who)), now)
            for who, now in self._members(world, goal.last + 1)
        )

    def _every(self, sight: Sight, world: World) -> _Ways:
        world = evolve(world, every=(*world.every, sight))
        owed = tuple(goal for who in world.present for goal in _expected(world, who))
        for who, now in self._members(world):
            there = evolve(now, present=now.present | {who})
            yield (*owed, _Gives(sight, who), *_expected(there, who)), there

    def _not_every(self, sight: Sight, world: World) -> _Ways:
        if sight.role != EVERYONE:  # nobody with that role may be left
            yield (), world
            return
        for who, now in self._members(world):
            there = evolve(now, present=now.present | {who}).reads(sight, who, public=True, passing=False)
            if there is not None:
                yield _expected(there, who), there

    def _count(self, goal: Holds, subject: Count, sight: Sight, world: World) -> _Ways:
        if sight.is_shared:
            for number in (1, 0):
                if _counted(subject, number) is goal.wanted:
                    yield from self._answer(
                        evolve(goal, wanted=bool(number), who=EVERYBODY, eyes=EVERYBODY), sight, world
                    )
            return
        for least, most in _spans(subject, wanted=goal.wanted):
            after = world if most is None else world.limited(sight, most)
            if after is not None and (self.most_members is None or least <= self.most_members):
                yield (_Need(sight, least),), after

    def _shown(self, goal: Shown, world: World) -> _Ways:
        place = goal.place
        if self.alone or not self.scene.is_conditional(place) or (place.at, goal.who, goal.eyes) in world.shown:
            return _one(world)
        goals: list[Goal] = []
        shown = world.shown.insert((place.at, goal.who, goal.eyes))
        for around in place.within:
            key = (around.at, EVERYBODY, EVERYBODY)
            if around.when is not None and around.at not in self.taken and key not in shown:
                shown = shown.insert(key)
                goals.append(Holds(around.when, True, around))
        if place.when is not None and place.at not in self.taken:
            who, eyes = (EVERYBODY, EVERYBODY) if place.is_joint else (goal.who, goal.eyes)
            goals.append(Holds(place.when, True, place, who, eyes))
        return ((tuple(goals), evolve(world, shown=shown)),)

    def _hidden(self, goal: Hidden, world: World) -> _Ways:
        for place in goal.places:
            yield from (
                ((Holds(around.when, False, around),), world) for around in place.within if around.when is not None
            )
            if place.when is not None and place.is_joint:
                yield (Holds(place.when, False, place),), world
            elif place.when is not None:
                when = place.when
                yield tuple(Holds(when, False, place, who, who) for who in range(goal.members)), world

    def _members(self, world: World, first: int = 0) -> Iterator[tuple[int, World]]:
        """Yield each member from *first* on, and one more where there can be one, with the world that they are in."""
        for who in range(first, world.members):
            yield who, world
        if self.most_members is None or world.members < self.most_members:
            yield world.members, world.joined()


def _is_own(goal: Holds) -> bool:
    return isinstance(goal.condition, TheAnswer) and goal.who != EVERYBODY and goal.who == goal.eyes


def _expected(world: World, who: int) -> tuple[Goal, ...]:
    """Return what a member must have given because everybody has who is asked and has not left."""
    if who not in world.present:
        return ()
    asked = (one for one in world.every if one.role == EVERYONE or (who, one.role) in world.roles)
    return tuple(_Gives(one, who) for one in asked)


def _one(world: World | None) -> _Ways:
    return () if world is None else (((), world),)


def _onto(rest: _Rest, goals: tuple[Goal, ...]) -> _Rest:
    for goal in reversed(goals):
        rest = (goal, rest)
    return rest


def _leaves_choice(goal: Holds) -> bool:
    condition, wanted = goal.condition, goal.wanted
    while isinstance(condition, Not):
        condition, wanted = condition.condition, not wanted
    return isinstance(condition, Any_ if wanted else All)


def _counted(subject: Count, number: int) -> bool:
    return passes(subject, number) if tests_of(subject) else number > 0


# A count that is compared with more numbers than this can hold and not hold, as one likes: nobody writes that.
_MOST_BOUNDS: Final = 200


@lru_cache(maxsize=1_000)
def _spans(subject: Count, *, wanted: bool) -> tuple[tuple[int, int | None], ...]:
    """Return the numbers of answers with which a count holds, or does not: from, and to; None is without end."""
    bounds = {0, 1}
    for value in tests_of(subject).values():
        for one in value if is_tuple(value) else (value,):
            bounds |= {max(floor(one), 0), max(floor(one) + 1, 0)}
    return tuple(_runs(subject, sorted(bounds), wanted=wanted)) if len(bounds) <= _MOST_BOUNDS else ((0, None),)


def _runs(subject: Count, points: list[int], *, wanted: bool) -> Iterator[tuple[int, int | None]]:
    start: int | None = None
    for point in points:
        fits = _counted(subject, point) is wanted
        if fits and start is None:
            start = point
        elif not fits and start is not None:
            yield start, point - 1
            start = None
    if start is not None:
        yield start, None
