"""Several members' requests in one file: for examples, for tests, and for a run without a terminal."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, final

from attrs import evolve, field, frozen

from alliancekit.errors import AllianceKitError, DocumentError
from alliancekit.findings import Finding
from alliancekit.flow._facts import AnyFact, Refused
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import Flow
from alliancekit.flow._requests import Answer, AnyRequest, Clear, Pass, Propose, Request, Respond
from alliancekit.flow._session import Session
from alliancekit.flow._view import Task
from alliancekit.model import BY_ID, Bank, Id, Kind, Label, Language, Member, Ref
from alliancekit.shapes import Key, Text, Wired, keyed, many
from alliancekit.values import FrozenMap, pointer_of

__all__ = ["Script", "play", "play_script"]


@final
@frozen(kw_only=True, repr=False)
class Script(Wired):
    """
    The requests of several members, in order.

    Attributes:
        flow: The flow that they go through.
        alliance_id: The id of the alliance that comes of it.
        title: What people call that alliance.
        kind: How many it binds, where the flow allows both.
        relationship: What kind of relationship it is, in an open word.
        language: The language of the alliance.
        at: When it takes place.
        members: Who takes part, by id.
        requests: The requests, one verb each.

    .. versionadded:: 0.1
    """

    flow: Ref
    alliance_id: Annotated[Id, Key("alliance")]
    title: Label
    kind: Kind | None = None
    relationship: Annotated[str, Text()] | None = None
    language: Language | None = None
    at: datetime
    members: Annotated[FrozenMap[Member], BY_ID] = field(converter=keyed)
    requests: tuple[AnyRequest, ...] = field(default=(), converter=many)


def play_script(
    script: Script, flow: Flow, bank: Bank, *, id: str | None = None
) -> tuple[Session, tuple[AnyFact, ...]]:
    """
    Return the session to which *script* leads, and what happened; it need not be done.

    Args:
        script: The requests.
        flow: The flow that the script names.
        bank: Where its prompts come from.
        id: The id of the session; by default the alliance's.

    Raises:
        DocumentError: The flow cannot be run, or a request of the script does not fit; the finding points at it.

    .. versionadded:: 0.1
    """
    session = Session.start(
        flow,
        bank,
        id=id or script.alliance_id,
        alliance_id=script.alliance_id,
        title=script.title,
        members=script.members.values(),
        kind=script.kind,
        relationship=script.relationship,
        language=script.language,
    )
    return play(session, script)


def play(session: Session, script: Script) -> tuple[Session, tuple[AnyFact, ...]]:
    """
    Return *session* after the requests of *script*, and what happened.

    After the last request for a step, what its members have answered is submitted, prompts that they left are passed, and
    who is silent accepts and ratifies. A step in which a member said nothing of their own stays open, and so does what
    comes after it.

    Raises:
        DocumentError: A request does not fit; the finding points at it, and *session* still stands.

    .. versionadded:: 0.1
    """
    player = _Player(session, script.at)
    for index, request in enumerate(script.requests):
        stamped = evolve(request, id=request.id or f"r{index + 1}", at=request.at or script.at)
        try:
            player.reach(stamped)
            player.send(stamped)
        except (AllianceKitError, _Refusal) as error:
            where = pointer_of("requests", index)
            raise DocumentError((Finding(rule="wrong-value", message=str(error), pointer=where),)) from error
    while player.close():
        pass
    return player.session, tuple(player.facts)


class _Refusal(Exception):  # noqa: N818 - inside this module
    """A request of the script was refused."""


class _Player:
    """Sends what the script says, and between that what silence says."""

    def __init__(self, session: Session, at: datetime) -> None:
        self.session, self.at = session, at
        self.facts: list[AnyFact] = []
        self.own = 0

    def send(self, request: AnyRequest) -> None:
        self.session, facts = self.session.send(request)
        for fact in facts:
            if isinstance(fact, Refused):
                raise _Refusal(fact.reason)
        self.facts.extend(facts)

    def reach(self, request: Request) -> None:
        """Close what stands before the step that *request* is about, until that step is open."""
        while self._is_before(request) and self.close():
            pass

    def _is_before(self, request: Request) -> bool:
        if request.by not in self.session.present:
            return False
        state = self.session.state
        match request:
            case Respond():
                item = state.items.get(request.clause)
                return item is None or item.step is None
            case Propose():
                tables = [
                    leaf for leaf in state.route.barriers if request.element in getattr(leaf.step, "elements", ())
                ]
                return bool(tables) and all(
                    leaf.id not in state.stages for leaf in tables if state.stages.get(leaf.id) is not Phase.SETTLED
                )
            case Answer() | Clear() | Pass():
                leaf = state.route.ask_of(request.prompt)
                step = leaf.id if leaf is not None else None
            case _:
                step = getattr(request, "step", None)
        return step in state.route.places and self.session.phase_of(str(step), request.by) is Phase.PENDING

    def close(self) -> bool:
        """Let the members say, once each, what their silence means; return whether anything was said."""
        before = self.own
        for member in self.session.present:
            for request in self._silence(member):
                self.send(request)
        return self.own > before

    def _silence(self, member: str) -> list[AnyRequest]:
        view = self.session.view(member)
        begun = {task.step for task in view.changeable}
        said: list[AnyRequest] = []
        for task in view.tasks:
            request = self._word(
                task, begun, {one.step for one in view.tasks if one.kind == "answer" and not one.is_optional}
            )
            if request is not None:
                said.append(request)
        return said

    def _word(self, task: Task, begun: set[str], unanswered: set[str]) -> Any:
        self.own += 1
        name = f"auto{self.own}"
        match task.kind:
            case "answer" if task.step in begun and not task.is_optional:
                return task.pass_(at=self.at, id=name)
            case "submit" if task.elements or task.step not in unanswered:
                return task.submit(at=self.at, id=name)
            case "respond":
                return task.accept(at=self.at, id=name)
            case "ratify":
                return task.ratify(at=self.at, id=name)
            case _:
                self.own -= 1
                return None
