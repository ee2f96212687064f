"""A yes that is taken back, members who come and go, what somebody is not held to, and what is settled later."""

from __future__ import annotations

from datetime import date
from typing import Any, final

from attrs import evolve, frozen

from alliancekit.consent._content import filled
from alliancekit.errors import InvalidValueError, UnknownNameError, require
from alliancekit.model import Alliance, Clause, Member

__all__ = ["Departure", "join", "leave", "settle", "waived", "withdraw"]


def withdraw(alliance: Alliance, member: str) -> Alliance:
    """
    Return a copy without *member*'s yes; where there is none, *alliance* itself.

    Its status stays: what follows from a yes that was taken back is for people to decide. The yes of somebody who is no
    member can be taken back too.

    Raises:
        UnknownNameError: No such member is in the alliance, and nobody of that name has said yes.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "withdraw", "alliance")
    if member in alliance.ratifications:
        return evolve(alliance, ratifications=alliance.ratifications.without(member))
    if member not in alliance.members:
        raise UnknownNameError("member", member, (*alliance.members, *alliance.ratifications))
    return alliance


def join(alliance: Alliance, member: Member, date: date) -> Alliance:
    """
    Return a copy that *member* has joined; somebody who had left comes back.

    Args:
        alliance: What they join.
        member: Who.
        date: The day on which they do.

    Raises:
        InvalidValueError: They are in it already.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "join", "alliance")
    if member.id in alliance.present():
        raise InvalidValueError("join", "member", f"{member.id!r} is in the alliance already; give another id")
    return alliance.with_members(evolve(member, joined=date, left=None))


@final
@frozen(kw_only=True)
class Departure:
    """
    What is left when a member leaves.

    Attributes:
        alliance: The alliance, which they have left; nothing else in it is changed.
        member: Who left.
        given: The commitments that stand open and that they gave.
        received: The open ones that were given to nobody else.
        asked: The expectations that they had.
        expected: Those that were asked of nobody else.
        waivers: The waivers that are for nobody else.
        was_steward: Whether they looked after the alliance.

    .. versionadded:: 0.1
    """

    alliance: Alliance
    member: str
    given: tuple[str, ...]
    received: tuple[str, ...]
    asked: tuple[str, ...]
    expected: tuple[str, ...]
    waivers: tuple[str, ...]
    was_steward: bool

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left open."""
        return not any((self.given, self.received, self.asked, self.expected, self.waivers, self.was_steward))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, without the alliance."""
        lists = {key: list(getattr(self, key)) for key in ("given", "received", "asked", "expected", "waivers")}
        return {"member": self.member, **lists, "was_steward": self.was_steward, "is_clean": self.is_clean}


def leave(alliance: Alliance, member: str, date: date) -> Departure:
    """
    Return what is left when *member* leaves on *date*: the alliance, and what they leave open in it.

    Raises:
        UnknownNameError: No such member is in the alliance, or they have left it.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "leave", "alliance")
    if member not in alliance.present():
        raise UnknownNameError("member", member, alliance.present())
    alone = (member,)
    open_ = [one for one in alliance.commitments.values() if one.standing == "open"]
    asking = alliance.expectations.values()
    return Departure(
        alliance=alliance.with_members(alliance.members[member].with_left(date)),
        member=member,
        given=tuple(one.id for one in open_ if member in one.by),
        received=tuple(one.id for one in open_ if filled(alliance, one) == alone),
        asked=tuple(one.id for one in asking if member in one.by),
        expected=tuple(one.id for one in asking if filled(alliance, one) == alone),
        waivers=tuple(one.id for one in alliance.waivers.values() if one.members == alone),
        was_steward=member in alliance.steward,
    )


def waived(alliance: Alliance, member: str, on: date) -> tuple[str, ...]:
    """
    Return the clauses that *member* is not held to on that day, in the order of the waivers.

    Raises:
        UnknownNameError: The alliance has no such member.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "waived", "alliance")
    if member not in alliance.members:
        raise UnknownNameError("member", member, tuple(alliance.members))
    holds = (one for one in alliance.waivers.values() if one.until is None or on <= one.until)
    return tuple(dict.fromkeys(one.clause for one in holds if member in one.members))


def settle(alliance: Alliance, unresolved: str, clause: Clause) -> Alliance:
    """
    Return a copy in which what was not agreed is a clause of the element in which it would stand.

    Args:
        alliance: What it is unresolved in.
        unresolved: Its id there.
        clause: What was agreed after all; its id may be another.

    Raises:
        UnknownNameError: Nothing unresolved has that id, or its element holds no clauses.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "settle", "alliance")
    if unresolved not in alliance.unresolved:
        raise UnknownNameError("unresolved clause", unresolved, tuple(alliance.unresolved))
    added = alliance.with_clauses(alliance.unresolved[unresolved].element, [clause])
    return evolve(added, unresolved=alliance.unresolved.without(unresolved))
