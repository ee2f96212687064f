"""How a session starts: what the host says, and what the flow and the alliance say where the host does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, final

from attrs import frozen

from alliancekit.errors import DocumentError, InvalidValueError, UnknownNameError
from alliancekit.flow._people import check_people
from alliancekit.flow._plan import Flow, make_plan
from alliancekit.flow._problems import problems
from alliancekit.model import Alliance, Bank, Kind, MadeWith, Member
from alliancekit.shapes import keyed
from alliancekit.values import FrozenMap, shorten

__all__ = ["Start", "check_type"]


@final
@frozen(kw_only=True)
class Start:
    """
    What a host says when a session starts; see `Session.start`.

    Attributes:
        alliance: The alliance that the session is about, if it exists.
        alliance_id: The id of the alliance that it makes.
        title: What people call that alliance.
        members: Who takes part.
        kind: How many the alliance binds.
        relationship: What kind of relationship it is.
        language: The language of the alliance.
    """

    alliance: Alliance | None
    alliance_id: str | None
    title: str | None
    members: Iterable[Member] | None
    kind: Kind | None
    relationship: str | None
    language: str | None

    def fields(self, flow: Flow, bank: Bank) -> dict[str, Any]:
        """
        Return the fields of a session that runs *flow* with the prompts of *bank*.

        Raises:
            DocumentError: The flow and the bank do not fit together.
            UnknownNameError: The flow is not for that kind of alliance.
            InvalidValueError: The members are not as many as the kind asks for, or an argument is not legal.
        """
        check_type("flow", flow, Flow)
        check_type("bank", bank, Bank)
        if wrong := problems(flow, bank):
            raise DocumentError(wrong)
        said = self._said()
        people = _people(said.pop("members"))
        kind = _kind(flow, said["kind"], len(people))
        _check_members(flow, kind, people)
        spoken = {who: one.language or said["language"] for who, one in people.items()}
        plan = make_plan(flow, bank, languages={who: one for who, one in spoken.items() if one is not None})
        return {
            **said,
            "plan": plan,
            "kind": kind,
            "language": said["language"] or flow.language,
            "members": people,
            "before": self.alliance,
            "made_with": MadeWith(flow=flow.id, bank=bank.id),
        }

    def _said(self) -> dict[str, Any]:
        """Return what the host says, and what the alliance says where the host does not."""
        names = ("alliance_id", "title", "members", "kind", "relationship", "language")
        said = {name: getattr(self, name) for name in names}
        about = self.alliance
        if about is None:
            if missing := [name for name in names[:3] if said[name] is None]:
                raise InvalidValueError("Session", missing[0], "is needed where there is no alliance to begin with")
            return said
        check_type("alliance", about, Alliance)
        if said["alliance_id"] not in (None, about.id):
            reason = f"is {shorten(said['alliance_id'])}, and the alliance is called {about.id!r}"
            raise InvalidValueError("Session", "alliance_id", reason)
        held = {name: getattr(about, name, None) for name in names} | {"alliance_id": about.id}
        people = {"members": _joined(about, _people(said["members"] or ()))}
        return {name: held[name] if value is None else value for name, value in said.items()} | people


def _joined(about: Alliance, given: FrozenMap[Member]) -> list[Member]:
    """Return who takes part: all who have not left, with the roles that the host gives them, and who is new."""
    present = {who: one for who, one in about.members.items() if one.left is None}
    roles = {who: one.roles for who, one in given.items()}
    held = [one.with_roles(*(roles.get(who) or one.roles)) for who, one in present.items()]
    return [*held, *(one for who, one in given.items() if who not in present)]


def _people(members: Iterable[Member]) -> FrozenMap[Member]:
    try:
        people: FrozenMap[Member] = keyed(members)
    except (ValueError, TypeError, AttributeError) as error:
        reason = str(error) if isinstance(error, ValueError) else f"must be a list of members, not {shorten(members)}"
        raise InvalidValueError("Session", "members", reason) from error
    for one in people.values():
        check_type("members", one, Member)
    return people


def check_type(field: str, value: object, cls: type[Any]) -> None:
    """Refuse an argument of a session that is not of *cls*."""
    if type(value) is not cls:
        raise InvalidValueError("Session", field, f"must be a {cls.__name__}, not {shorten(type(value).__name__)}")


def _kind(flow: Flow, kind: Kind | None, count: int) -> Kind:
    known: tuple[Kind, ...] = flow.kinds or ("one-to-one", "team")
    if kind is None:
        return known[0] if len(known) == 1 else ("one-to-one" if count == 2 else "team")
    if kind not in known:
        raise UnknownNameError(f"kind for the flow {flow.id}", str(kind), known)
    return kind


def _check_members(flow: Flow, kind: Kind, people: FrozenMap[Member]) -> None:
    count = sum(member.left is None for member in people.values())
    if kind == "one-to-one" and count != 2:
        raise InvalidValueError("Session", "members", f"a one-to-one is between two members, and these are {count}")
    if count < 2:
        raise InvalidValueError("Session", "members", f"a team has two members or more, and this is {count}")
    check_people(flow, people)
