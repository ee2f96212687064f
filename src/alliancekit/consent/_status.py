"""Who has said yes to what the alliance now says, and recording it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, final

from attrs import frozen

from alliancekit.consent._content import Contents, audience
from alliancekit.errors import UnknownNameError, require
from alliancekit.model import EVERYONE, Alliance, Ratification

__all__ = ["Consent", "ConsentStatus", "MemberStatus", "ratify", "stale_members", "status"]


class Consent(StrEnum):
    """
    Where a member's yes stands.

    Attributes:
        agreed: They said yes to exactly what now concerns them.
        stale: They said yes to something else; they have to agree again.
        open: They have not said anything yet.
    """

    AGREED = "agreed"
    STALE = "stale"
    OPEN = "open"


@final
@frozen(kw_only=True)
class MemberStatus:
    """
    Where one member's yes stands.

    Attributes:
        id: The member.
        name: What people call them.
        consent: Whether they have agreed.
        date: The day on which they last said yes; None where they have not.
        clauses: The ids of the clauses that concern them, in the order of the document; the review's is ``review``.
        digest: The digest of what they would say yes to now.

    .. versionadded:: 0.1
    """

    id: str
    name: str
    consent: Consent
    date: date | None
    clauses: tuple[str, ...]
    digest: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        said = {"date": self.date.isoformat()} if self.date else {}
        return {
            "id": self.id,
            "name": self.name,
            "consent": self.consent.value,
            **said,
            "clauses": list(self.clauses),
            "digest": self.digest,
        }


@final
@frozen(kw_only=True)
class ConsentStatus:
    """
    Where an alliance stands with its members.

    Attributes:
        alliance: Its id.
        title: What people call it.
        status: Its own word: draft, active, paused or closed.
        members: Each member who has not left, in the order of the document.
        next_step: What comes next, in a sentence.

    .. versionadded:: 0.1
    """

    alliance: str
    title: str
    status: str
    members: tuple[MemberStatus, ...]
    next_step: str

    @property
    def is_settled(self) -> bool:
        """Whether every member has agreed to exactly what now concerns them."""
        return not self.waiting

    @property
    def waiting(self) -> tuple[str, ...]:
        """The members who have to agree, for the first time or again."""
        return tuple(one.id for one in self.members if one.consent is not Consent.AGREED)

    @property
    def stale(self) -> tuple[str, ...]:
        """The members who have to agree again."""
        return tuple(one.id for one in self.members if one.consent is Consent.STALE)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "alliance": self.alliance,
            "title": self.title,
            "status": self.status,
            "is_settled": self.is_settled,
            "members": [one.to_dict() for one in self.members],
            "next_step": self.next_step,
        }


def ratify(alliance: Alliance, member: str, date: date) -> Alliance:
    """
    Return a copy that records *member*'s yes to what it now says.

    The yes of the last member makes a draft active.

    Args:
        alliance: What is agreed to.
        member: Who says yes.
        date: The day on which they say it.

    Raises:
        UnknownNameError: No such member is in the alliance, or they have left it.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "ratify", "alliance")
    if member not in alliance.present():
        raise UnknownNameError("member", member, alliance.present())
    contents = Contents.of(alliance)
    agreed = alliance.with_ratification(Ratification(id=member, date=date, digest=contents.digest(member)))
    is_last = all(_consent(agreed, one, contents.digest(one)) is Consent.AGREED for one in contents.present)
    return agreed.with_status("active") if is_last and agreed.status == "draft" else agreed


def status(alliance: Alliance) -> ConsentStatus:
    """
    Return who has agreed to what *alliance* now says, who has to agree again, and what comes next.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "status", "alliance")
    contents = Contents.of(alliance)
    people = [(one.id, frozenset(audience(alliance, one))) for _, one in alliance.clauses()]
    present = frozenset(contents.present)
    members = tuple(_member_status(alliance, one, contents, people) for one in alliance.members if one in present)
    return ConsentStatus(
        alliance=alliance.id,
        title=alliance.title,
        status=alliance.status,
        members=members,
        next_step=_next_step(alliance, members),
    )


def _member_status(
    alliance: Alliance, member: str, contents: Contents, people: list[tuple[str, frozenset[str]]]
) -> MemberStatus:
    current = contents.digest(member)
    named = {EVERYONE, member}
    said = alliance.ratifications.get(member)
    return MemberStatus(
        id=member,
        name=alliance.members[member].name,
        consent=_consent(alliance, member, current),
        date=said.date if said else None,
        clauses=tuple(key for key, concerned in people if not named.isdisjoint(concerned)),
        digest=current,
    )


def _consent(alliance: Alliance, member: str, current: str) -> Consent:
    said = alliance.ratifications.get(member)
    if said is None:
        return Consent.OPEN
    return Consent.AGREED if said.digest == current else Consent.STALE


def stale_members(alliance: Alliance) -> tuple[str, ...]:
    """
    Return the members whose yes is to something else than what *alliance* now says.

    .. versionadded:: 0.1
    """
    require(alliance, Alliance, "stale_members", "alliance")
    contents = Contents.of(alliance)
    said = ((one, alliance.ratifications.get(one)) for one in contents.present)
    return tuple(one for one, yes in said if yes is not None and yes.digest != contents.digest(one))


def _next_step(alliance: Alliance, members: tuple[MemberStatus, ...]) -> str:
    again = _names(members, Consent.STALE)
    first = _names(members, Consent.OPEN)
    if again and first:
        return f"{first} to agree, and {again} to agree again: what concerns them has changed"
    if again:
        return f"{again} to agree again: what concerns them has changed"
    if first:
        return f"{first} to agree"
    if alliance.status == "draft":
        return "set its status to active, for everyone has agreed"
    has_review = alliance.cadence is not None and alliance.cadence.review is not None
    return (
        "the review of the alliance" if has_review and alliance.status == "active" else "nothing; everyone has agreed"
    )


def _names(members: tuple[MemberStatus, ...], consent: Consent) -> str:
    names = [one.name for one in members if one.consent is consent]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
