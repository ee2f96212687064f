"""A script played from its first request to its last, with what silence says in between."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any, final

from attrs import evolve, frozen

from alliancekit.errors import AllianceKitError, DocumentError
from alliancekit.findings import Finding
from alliancekit.flow._errors import RequestNotAllowedError
from alliancekit.flow._facts import AnyFact, Refused
from alliancekit.flow._fold import Fold
from alliancekit.flow._leaves import Leaf, key_of
from alliancekit.flow._moves import PAST, Phase
from alliancekit.flow._requests import Answer, AnyRequest, Clear, Pass, Propose, Reopen, Request, Respond, Reveal
from alliancekit.flow._script import Script
from alliancekit.flow._task import Task
from alliancekit.flow._where import closing, frontier, phase_of
from alliancekit.values import pointer_of

__all__ = ["Moment", "moments"]


@final
@frozen(repr=False)
class Moment:
    """
    One request of a script that was accepted, or one that silence made.

    Attributes:
        request: The request.
        is_silence: Whether it stands for a member's silence.
        facts: What happened.
        now: What everything came to.
    """

    request: AnyRequest
    is_silence: bool
    facts: tuple[AnyFact, ...]
    now: Fold


def moments(now: Fold, script: Script) -> tuple[Moment, ...]:
    """Return what *now* goes through in the requests of *script*, one by one; see `alliancekit.flow.play`."""
    player = _Player(now, script.at)
    for index, request in enumerate(script.requests):
        stamped = evolve(request, id=request.id or f"r{now.length + index + 1}", at=request.at or script.at)
        try:
            player.reach(stamped)
            player.send(stamped)
        except (AllianceKitError, _Refusal) as error:
            message, where = player.too_early(error) or str(error), pointer_of("requests", index)
            raise DocumentError((Finding(rule="wrong-value", message=message, pointer=where),)) from error
    while script.requests and player.close():
        pass
    return tuple(player.moments)


class _Refusal(Exception):  # noqa: N818 - inside this module
    """A request of the script was refused."""


class _Player:
    """Sends what the script says, and between that what silence says."""

    def __init__(self, now: Fold, at: datetime) -> None:
        self.now, self.at = now, at
        self.moments: list[Moment] = []
        self.own = now.length

    def send(self, request: AnyRequest, *, is_silence: bool = False) -> None:
        before = self.now
        self.now, facts = before.send(request)
        for fact in facts:
            if isinstance(fact, Refused):
                raise _Refusal(fact.reason)
        if self.now is not before:
            self.moments.append(Moment(request, is_silence, facts, self.now))

    def reach(self, request: Request) -> None:
        """Close what stands before the step that *request* is about, until that step is open."""
        while self._is_before(request) and self.close():
            pass

        if isinstance(request, Reveal):
            self._submit_for(request)

    def _submit_for(self, reveal: Reveal) -> None:
        """Submit what was answered in the steps that a reveal shows: it opens with what there is, and is never undone."""
        route = self.now.state.route
        shown = {ask.step.id for leaf in route.steps.get(reveal.step, ()) for ask in route.shows[leaf.id]}
        for member in self.now.state.present:
            for request in self._silence(member, among=shown):
                self.send(request, is_silence=True)

    def too_early(self, error: Exception) -> str:
        """Return why a request came before its step was open, and what would be right; empty for another error."""
        if not isinstance(error, RequestNotAllowedError) or error.phase is not Phase.PENDING:
            return ""
        state, request = self.now.state, error.request
        barrier = frontier(state)
        if barrier is None or barrier.id in state.stages:
            return ""
        asks = {
            ask.step.id: [who for who in state.present if phase_of(state, ask, who) is Phase.OPEN]
            for ask in closing(state, barrier)
        }
        rest = "; ".join(f"{name}: {', '.join(whom)}" for name, whom in asks.items() if whom)
        about = (
            getattr(request, "prompt", None) or getattr(request, "step", None) or getattr(request, "element", "this")
        )
        late = f"{about} is not open yet: {barrier.step.id} comes first"
        return f"{late}, and waits for {rest}; let them answer, pass or submit" if rest else f"{late}; reveal it"

    def _is_before(self, request: Request) -> bool:
        if request.by not in self.now.state.present:
            return False
        state = self.now.state
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
                leaf = state.route.asked_in.get(key_of(request.prompt.partition(".")[0], request.for_))
                meant: tuple[Leaf, ...] = (leaf,) if leaf is not None else ()
            case _:
                for_ = getattr(request, "for_", None)
                several = state.route.steps.get(getattr(request, "step", ""), ())
                meant = tuple(one for one in several if for_ in (None, one.for_))
        phases = [phase_of(state, one, request.by) for one in meant]
        # Whoever goes back to a step has done it before.
        early = set(Phase) - PAST if isinstance(request, Reopen) else {Phase.PENDING}
        return bool(phases) and all(one in early for one in phases)

    def close(self) -> bool:
        """Let the members say, once each, what their silence means; return whether anything was said."""
        before = self.own
        for member in self.now.state.present:
            for request in self._silence(member):
                self.send(request, is_silence=True)
        return self.own > before

    def _silence(self, member: str, among: Container[str] | None = None) -> list[AnyRequest]:
        view = self.now.view(member)
        # To have been there in another round of a repeat is no word in this one.
        begun = {task.step for task in view.changeable if task.kind != "reopen"}
        said: list[AnyRequest] = []
        for task in view.tasks:
            if among is not None and (task.step not in among or task.step not in begun):
                continue
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
            case "respond" if "accept" in task.may:
                return task.accept(at=self.at, id=name)
            case "ratify":
                return task.ratify(at=self.at, id=name)
            case _:
                self.own -= 1
                return None
