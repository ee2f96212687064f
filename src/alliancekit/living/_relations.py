"""How alliances belong together: a team and its one-to-ones, and what replaced what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import final

from attrs import frozen

from alliancekit.errors import UnknownNameError, require_all
from alliancekit.model import Alliance
from alliancekit.values import FrozenMap

__all__ = ["MissingAlliance", "Relations", "relations"]


@final
@frozen(kw_only=True)
class MissingAlliance:
    """
    An alliance that is named and not at hand.

    Attributes:
        id: Its id.
        named_by: The alliance that names it.
        key: Where: ``team`` or ``supersedes``.

    .. versionadded:: 0.1
    """

    id: str
    named_by: str
    key: str


@final
@frozen(kw_only=True)
class Relations:
    """
    How alliances belong together.

    People are the same where their ids are the same. Everything is in the order of the ids.

    Attributes:
        alliances: All of them, by id; of several with one id the first that was given.
        duplicates: The ids that more than one of them has.
        one_to_ones: The one-to-ones that say they belong to a team's alliance, by the id of that; closed ones too.
        successors: What replaced each alliance that was replaced; more than one where a line forks.
        circles: Alliances that replace each other in a circle, each from its smallest id on; one that replaces itself is
            a circle of one.
        missing: The alliances that are named and not here.

    .. versionadded:: 0.1
    """

    alliances: FrozenMap[Alliance]
    duplicates: tuple[str, ...]
    one_to_ones: FrozenMap[tuple[str, ...]]
    successors: FrozenMap[tuple[str, ...]]
    circles: tuple[tuple[str, ...], ...]
    missing: tuple[MissingAlliance, ...]

    @property
    def forks(self) -> FrozenMap[tuple[str, ...]]:
        """The alliances that more than one replaced, each with those."""
        return FrozenMap((name, after) for name, after in self.successors.items() if len(after) > 1)

    @property
    def newest(self) -> tuple[str, ...]:
        """The alliances that no other replaced."""
        return tuple(name for name in self.alliances if name not in self.successors)

    def line(self, alliance: str) -> tuple[str, ...]:
        """
        Return the alliances that led to one: from the first to itself, each replaced by the next.

        A circle is gone round once.

        Raises:
            UnknownNameError: There is no alliance of that id here.
        """
        return tuple(reversed(_back(self._known(alliance), self.alliances)))

    def pairs_without(self, team: str) -> Iterator[tuple[str, str]]:
        """
        Yield the pairs of a team that have no one-to-one, or only closed ones; who has left is in none.

        Raises:
            UnknownNameError: There is no alliance of that id here.
        """
        people = self.alliances[self._known(team)].present()
        held = (self.alliances[name] for name in self.one_to_ones.get(team, ()))
        have = {one.present() for one in held if one.status != "closed"}
        return (pair for pair in combinations(people, 2) if pair not in have)

    def outsiders(self, team: str) -> tuple[tuple[str, str], ...]:
        """
        Return who is in a one-to-one of a team and not in the team, or not any more: the one-to-one, and the member.

        Closed ones are passed over.

        Raises:
            UnknownNameError: There is no alliance of that id here.
        """
        people = {*self.alliances[self._known(team)].present()}
        held = (self.alliances[name] for name in self.one_to_ones.get(team, ()))
        return tuple(
            (one.id, who) for one in held if one.status != "closed" for who in one.present() if who not in people
        )

    def _known(self, alliance: str) -> str:
        if alliance not in self.alliances:
            raise UnknownNameError("alliance", alliance, tuple(self.alliances))
        return alliance


def relations(alliances: Iterable[Alliance]) -> Relations:
    """
    Return how *alliances* belong together: those that are at hand, in any order.

    Raises:
        InvalidValueError: One of them is something else.

    .. versionadded:: 0.1
    """
    given = require_all(alliances, Alliance, "relations", "alliances")
    first = {one.id: one for one in reversed(given)}
    held = FrozenMap({name: first[name] for name in sorted(first)})
    return Relations(
        alliances=held,
        duplicates=_twice(given),
        one_to_ones=_by_name((one.team, one.id) for one in held.values() if one.kind == "one-to-one"),
        successors=_by_name((one.supersedes, one.id) for one in held.values() if one.supersedes in held),
        circles=tuple(_circles(held)),
        missing=tuple(_missing(held)),
    )


def _twice(alliances: Iterable[Alliance]) -> tuple[str, ...]:
    seen, twice = set[str](), set[str]()
    for one in alliances:
        (twice if one.id in seen else seen).add(one.id)
    return tuple(sorted(twice))


def _by_name(pairs: Iterable[tuple[str | None, str]]) -> FrozenMap[tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, one in pairs:
        if name is not None:
            found[name].append(one)
    return FrozenMap((name, tuple(found[name])) for name in sorted(found))


def _back(alliance: str, held: Mapping[str, Alliance]) -> list[str]:
    """Return *alliance* and what it replaced, back to the first, or once round."""
    way = dict[str, None]()
    name: str | None = alliance
    while name is not None and name in held and name not in way:
        way[name] = None
        name = held[name].supersedes
    return list(way)


def _circles(held: Mapping[str, Alliance]) -> Iterator[tuple[str, ...]]:
    done = set[str]()
    for start in held:
        way, name = dict[str, int](), held[start].id
        while name in held and name not in done and name not in way:
            way[name] = len(way)
            name = held[name].supersedes or ""
        if name in way:
            ring = list(way)[way[name] :]
            least = ring.index(min(ring))
            # It was walked backwards: what replaces comes after what it replaced.
            around = [*ring[least:], *ring[:least]]
            yield (around[0], *reversed(around[1:]))
        done.update(way)


def _missing(held: Mapping[str, Alliance]) -> Iterator[MissingAlliance]:
    for one in held.values():
        for key, name in (("team", one.team), ("supersedes", one.supersedes)):
            if name is not None and name not in held:
                yield MissingAlliance(id=name, named_by=one.id, key=key)
