"""What is supposed of the members and their answers while it is searched whether a step can be shown."""

from __future__ import annotations

from typing import Final, final

from attrs import evolve, frozen
from rpds import HashTrieMap, HashTrieSet

from alliancekit.flow._analysis._domains import NOTHING
from alliancekit.flow._analysis._scene import Sight

__all__ = ["EVERYBODY", "World"]

EVERYBODY: Final = -1
"""Whose a shared answer is, and in whose eyes a joint step is judged."""

_NO_READINGS: HashTrieMap[tuple[int, str, bool], int] = HashTrieMap()
_NO_STEPS: HashTrieSet[tuple[str, int, int]] = HashTrieSet()


@final
@frozen(kw_only=True, eq=False)
class World:
    """
    What is supposed; whatever it leaves open can be as one likes.

    An answer has two readings: what its author reads, and what everybody does. Either may be nothing, where the answer
    was not given, is not shown, or its step is hidden in those eyes; where both are something, it is the same.

    Attributes:
        members: How many people are in it, by number from 0.
        readings: The answers that a member may have given to a question, as their author or as everybody reads them.
        shown: The steps that are shown, with the member that is meant and the eyes that look.
        present: Who has not left.
        roles: Who has which role.
        every: What everybody answers who is asked and present.
        most: How many answers pass at most.
    """

    members: int = 0
    readings: HashTrieMap[tuple[int, str, bool], int] = _NO_READINGS
    shown: HashTrieSet[tuple[str, int, int]] = _NO_STEPS
    present: frozenset[int] = frozenset()
    roles: frozenset[tuple[int, str]] = frozenset()
    every: tuple[Sight, ...] = ()
    most: tuple[tuple[Sight, int], ...] = ()

    def reads(self, sight: Sight, member: int, *, public: bool, passing: bool) -> World | None:
        """Return the world in which the answer of *member* passes, or does not; None where that cannot be."""
        key = (member, sight.question, public)
        before = self.readings.get(key, sight.domain.whole)
        after = before & sight.mask if passing else before & ~sight.mask
        if after == before:
            return self
        other = self.readings.get((member, sight.question, not public), sight.domain.whole)
        both = not (after | other) & NOTHING
        if not after or (both and not after & other):
            return None
        world = evolve(self, readings=self.readings.insert(key, after))
        return world if not (passing and public) or _is_within(world, sight.question) else None

    def limited(self, sight: Sight, number: int) -> World | None:
        """Return the world in which at most *number* members give an answer that passes; None where more do."""
        world: World | None = evolve(self, most=(*self.most, (sight, number)))
        for member in range(self.members if not number else 0):
            world = world and world.reads(sight, member, public=True, passing=False)
        return world if world is not None and _is_within(world, sight.question) else None

    def joined(self) -> World:
        """Return the world with one more member, of whom nothing is known but what holds for all."""
        member = self.members
        world = evolve(self, members=member + 1)
        for sight, number in self.most:
            if not number:
                world = world.reads(sight, member, public=True, passing=False) or world
        return world


def _is_within(world: World, question: str) -> bool:
    return all(_passing(world, sight) <= number for sight, number in world.most if sight.question == question)


def _passing(world: World, sight: Sight) -> int:
    readings = (world.readings.get((who, sight.question, True), sight.domain.whole) for who in range(world.members))
    return sum(not reading & ~sight.mask for reading in readings)
