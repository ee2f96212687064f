"""The agreement document of a relationship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Annotated, Any, Final, Literal, TypeAlias, final

from attrs import evolve, field, frozen

from alliancekit.errors import UnknownNameError
from alliancekit.model._base import BY_ID, BY_NAME, EVERYONE, Id, Kind, Label, Language, Members, Prose, Ref
from alliancekit.model._cadence import Cadence, Channel, Review, ScheduledCheckIn
from alliancekit.model._clauses import (
    Clause,
    Commitment,
    Concern,
    Expectation,
    GroundRule,
    Quality,
    Ratification,
    Response,
    Sign,
    Unresolved,
    Value,
    Waiver,
)
from alliancekit.model._members import Member
from alliancekit.shapes import Options, Text, Wired, entries, ids, many
from alliancekit.values import EMPTY, FrozenMap, is_frozen_map

__all__ = ["Alliance", "MadeWith", "Status"]

Status: TypeAlias = Annotated[
    Literal["draft", "active", "paused", "closed"],
    Options(
        docs={
            "draft": "Not everyone has said yes yet.",
            "active": "It holds.",
            "paused": "It rests; nothing is expected meanwhile.",
            "closed": "It has ended.",
        }
    ),
]
"""Where an alliance is in its life."""


@final
@frozen(kw_only=True, repr=False)
class MadeWith(Wired):
    """
    The flow and the bank that an alliance came from.

    Attributes:
        flow: The id of the flow.
        bank: The id of the bank.

    .. versionadded:: 0.1
    """

    flow: Ref | None = None
    bank: Ref | None = None


_LISTED: Final = ("atmosphere", "values", "success", "expectations", "concerns", "commitments", "ground_rules")


def _with(held: FrozenMap[Any], more: Iterable[Any]) -> FrozenMap[Any]:
    added = entries(more)
    # What cannot be added is passed on, for the field to refuse.
    return FrozenMap({**held, **added}, extra=held.extra) if is_frozen_map(added) else added


@final
@frozen(kw_only=True, repr=False)
class Alliance(Wired):
    """
    What two people or a team have agreed that their relationship is to be.

    A value is legal by itself; what holds between its parts (that every named member exists) is for `alliancekit.check`.

    Attributes:
        id: Unique among the alliances of a place.
        kind: How many it binds.
        title: What people call it.
        relationship: What kind of relationship it is, in an open word.
        status: Where it is in its life.
        language: The language it is written in.
        made_with: The flow and the bank that it came from.
        team: The alliance of the team that this one-to-one belongs to.
        supersedes: The alliance that this one replaces.
        expires: The last day on which it holds.
        intention: What it is for.
        members: Who is in it, by id.
        atmosphere: The qualities that the members want, by id.
        values: The values that they hold, by id.
        success: The signs that it works, by id.
        expectations: What members ask of each other, by id.
        concerns: What worries members and was shared, by id.
        commitments: What members give each other, by id.
        ground_rules: The rules for all, by id.
        steward: Who looks after the alliance itself.
        cadence: How it gets time and attention.
        responses: Answers that are kept with it.
        unresolved: What the members could not agree, by id.
        waivers: Exemptions that everybody can see, by id.
        ratifications: Who has said yes to what, by member.

    .. versionadded:: 0.1
    """

    id: Id
    kind: Kind
    title: Label
    relationship: (
        Annotated[
            str,
            Text(examples=("colleagues", "friends", "partners", "family", "coaching", "mentoring", "reporting")),
        ]
        | None
    ) = None
    status: Status = "draft"
    language: Language | None = None
    made_with: MadeWith | None = None
    team: Ref | None = None
    supersedes: Ref | None = None
    expires: date | None = None
    intention: Prose | None = None
    members: Annotated[FrozenMap[Member], BY_ID] = field(converter=entries)
    atmosphere: Annotated[FrozenMap[Quality], BY_ID] = field(default=EMPTY, converter=entries)
    values: Annotated[FrozenMap[Value], BY_ID] = field(default=EMPTY, converter=entries)
    success: Annotated[FrozenMap[Sign], BY_ID] = field(default=EMPTY, converter=entries)
    expectations: Annotated[FrozenMap[Expectation], BY_ID] = field(default=EMPTY, converter=entries)
    concerns: Annotated[FrozenMap[Concern], BY_ID] = field(default=EMPTY, converter=entries)
    commitments: Annotated[FrozenMap[Commitment], BY_ID] = field(default=EMPTY, converter=entries)
    ground_rules: Annotated[FrozenMap[GroundRule], BY_ID] = field(default=EMPTY, converter=entries)
    steward: Members = field(default=(), converter=ids)
    cadence: Cadence | None = None
    responses: tuple[Response, ...] = field(default=(), converter=many)
    unresolved: Annotated[FrozenMap[Unresolved], BY_ID] = field(default=EMPTY, converter=entries)
    waivers: Annotated[FrozenMap[Waiver], BY_ID] = field(default=EMPTY, converter=entries)
    ratifications: Annotated[FrozenMap[Ratification], BY_NAME] = field(default=EMPTY, converter=entries)

    def present(self) -> tuple[str, ...]:
        """Return the ids of the members who have not left, sorted."""
        return tuple(sorted(member.id for member in self.members.values() if member.left is None))

    def clauses(self) -> Iterator[tuple[str, Clause | ScheduledCheckIn | Channel | Review]]:
        """Yield every clause with the element it stands in, in the order of the document."""
        for element in ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules"):
            for clause in getattr(self, element).values():
                yield element, clause
        if self.cadence is not None:
            yield from (("cadence", one) for one in self.cadence.check_ins.values())
            yield from (("cadence", one) for one in self.cadence.channels.values())
            if self.cadence.review is not None:
                yield "cadence", self.cadence.review

    def others(self, *members: str) -> tuple[str, ...]:
        """
        Return whom an omitted ``to`` or ``of`` means when *members* speak.

        The other of two; ``everyone`` in a team, or where both of two speak.
        """
        if self.kind != "one-to-one" or EVERYONE in members:
            return (EVERYONE,)
        # Two are enough to know: it is asked for every clause, and a hostile file has thousands of members.
        others = (one.id for one in self.members.values() if one.left is None and one.id not in members)
        rest = tuple(islice(others, 2))
        return rest if len(rest) == 1 else (EVERYONE,)

    def with_status(self, status: Status) -> Alliance:
        """Return a copy whose status is *status*."""
        return evolve(self, status=status)

    def with_members(self, *members: Member) -> Alliance:
        """Return a copy with *members* added; one with a known id takes that place."""
        return evolve(self, members=_with(self.members, members))

    def with_clauses(self, element: str, clauses: Iterable[Clause | Concern]) -> Alliance:
        """
        Return a copy with *clauses* added to *element*; one with a known id takes that place.

        Raises:
            UnknownNameError: No element that holds clauses has that name.
        """
        if element not in _LISTED:
            raise UnknownNameError("element", element, _LISTED)
        changes: dict[str, Any] = {element: _with(getattr(self, element), clauses)}
        return evolve(self, **changes)

    def without_clause(self, clause: str) -> Alliance:
        """Return a copy that lacks the clause with that id."""
        held = {element for element, one in self.clauses() if one.id == clause} - {"cadence"}
        changes: dict[str, Any] = {element: getattr(self, element).without(clause) for element in held}
        return evolve(self, **changes)

    def with_ratification(self, ratification: Ratification) -> Alliance:
        """Return a copy that records *ratification*."""
        return evolve(self, ratifications=self.ratifications.with_entry(ratification.id, ratification))
