"""What the accepted requests of a session come to, and how one more is added: at the same cost at any length of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, final

from attrs import frozen
from rpds import HashTrieMap, HashTrieSet, List

from alliancekit.errors import AllianceKitError, DocumentError, InvalidValueError, UnknownNameError
from alliancekit.findings import Finding
from alliancekit.flow._advance import advance
from alliancekit.flow._erasing import check_known, erased, hidden, is_meant, misplaced
from alliancekit.flow._facts import AnyFact, Refused
from alliancekit.flow._look import look
from alliancekit.flow._moves import PAST, Phase
from alliancekit.flow._requests import Answer, Blank, Erase, Propose, Request, Stored
from alliancekit.flow._state import ALL, State
from alliancekit.flow._view import View
from alliancekit.flow._where import phase_of
from alliancekit.limits import SESSION_LIMITS
from alliancekit.values import pointer_of, shorten

__all__ = ["Fold", "folded"]

_NO_IDS: HashTrieSet[tuple[str, str]] = HashTrieSet()
_NO_COUNTS: HashTrieMap[str, int] = HashTrieMap()
_NO_LOG: List[Any] = List()


@final
@frozen
class Fold:
    """
    What the accepted requests come to.

    Attributes:
        state: The state.
        log: The requests, the newest first.
        ids: Whose requests they are, with their ids: what one member sent is nothing to another.
        counts: How many each member has made.
        length: How many there are.
        blanks: How many of them are only what an erasure left.
        origin: The state before the first of them; None where this is it.
    """

    state: State
    log: List[Any] = _NO_LOG
    ids: HashTrieSet[tuple[str, str]] = _NO_IDS
    counts: HashTrieMap[str, int] = _NO_COUNTS
    length: int = 0
    blanks: int = 0
    origin: State | None = None

    @property
    def requests(self) -> tuple[Stored, ...]:
        """The requests, in order."""
        return tuple(self.log)[::-1]

    def send(self, request: Stored) -> tuple[Fold, tuple[AnyFact, ...]]:
        """Return what the requests come to with *request*, and what happened; see `Session.send`."""
        if isinstance(request, Blank):
            raise InvalidValueError("Session", "send", "takes no Blank: that is what an erasure leaves in the log")
        if isinstance(request, Erase) and not self._has(_stamp(request)):
            return self._forget(request)
        return self.take(request)

    def take(self, request: Stored) -> tuple[Fold, tuple[AnyFact, ...]]:
        """Return what the requests come to with one that is stored; in a stored log, what was erased is gone already."""
        stamp = _stamp(request)
        if self._has(stamp):
            return self, ()
        state, facts = advance(self.state, request)
        if facts and type(facts[0]) is Refused:
            return self, facts
        if self.length >= SESSION_LIMITS.requests:
            return self, (_refused(request, "this session is full"),)
        counts = self.counts.insert(request.by, self.counts.get(request.by, 0) + 1)
        log, ids = self.log.push_front(request), self.ids.insert(stamp)
        blanks, origin = self.blanks + isinstance(request, Blank), self.origin or self.state
        return Fold(state, log, ids, counts, self.length + 1, blanks, origin), facts

    def _has(self, stamp: tuple[str, str]) -> bool:
        return stamp in self.ids or (self.blanks > 0 and (stamp[0], hidden(stamp[1])) in self.ids)

    def _forget(self, request: Erase) -> tuple[Fold, tuple[AnyFact, ...]]:
        """Return what the requests come to without an answer: the one request that goes through all of the log."""
        if request.by not in self.state.members:
            raise UnknownNameError("member", request.by, tuple(self.state.members))
        requests = self.requests
        if not any(is_meant(one, request) for one in requests):
            check_known(self.state.route, request)
            return self, (_refused(request, "there is nothing of yours here that could be forgotten"),)
        if self.length >= SESSION_LIMITS.requests:
            return self, (_refused(request, "this session is full"),)
        state, log, facts = erased(self.origin or self.state, requests, request)
        counts = self.counts.insert(request.by, self.counts.get(request.by, 0) + 1)
        ids, blanks = HashTrieSet(map(_stamp, log)), sum(isinstance(one, Blank) for one in log)
        return Fold(state, List(log[::-1]), ids, counts, len(log), blanks, self.origin), facts

    @property
    def active(self) -> tuple[str, ...]:
        """Who takes part and has said anything, in their order."""
        return tuple(who for who in self.state.present if self.counts.get(who, 0))

    def view(self, member: str) -> View:
        """Return what *member* may see."""
        _check_name("member", member, self.state.members)
        return look(self._seen_by(member), member, self.counts.get(member, 0))

    def _seen_by(self, member: str) -> State:
        """Return what a member sees of everything: who has left, what there was then."""
        return self.state.gone.get(member, self.state)

    def phase_of(self, step: str, member: str = ALL, for_: str | None = None) -> Phase:
        """Return where a step is for *member*; see `Session.phase_of`."""
        steps = self.state.route.steps
        _check_name("step", step, steps)
        if member != ALL:
            _check_name("member", member, self.state.members)
        state = self._seen_by(member)
        if for_ is not None:
            known = {one.for_ or "": one for one in steps[step]}
            _check_name("clause or member that this is repeated for", for_, known)
        leaves = (one for one in state.route.steps.get(step, ()) if for_ in (None, one.for_))
        found = [phase_of(state, one, member) for one in leaves]
        return next((one for one in found if one not in PAST), found[-1] if found else Phase.PENDING)


def _check_name(kind: str, name: object, known: Mapping[str, object]) -> None:
    if not isinstance(name, str) or name not in known:
        raise UnknownNameError(kind, name if isinstance(name, str) else shorten(name), tuple(known))


def _stamp(request: object) -> tuple[str, str]:
    """Return whose request it is, and its id."""
    if not isinstance(request, Request):
        raise InvalidValueError(
            "Session",
            "send",
            f"takes a request, as the methods of a task make it, not {shorten(type(request).__name__)}",
        )
    if request.id is None:
        raise _lacking(request, "id", "a session needs the id of a request, so that a second delivery changes nothing")
    if request.at is None:
        raise _lacking(request, "at", "a session needs the time of a request; nothing here reads the clock")
    return request.by, request.id


def _refused(request: Request, reason: str) -> Refused:
    return Refused(to=(request.by,), request=request.id or "", reason=reason)


def _lacking(request: Request, field: str, reason: str) -> InvalidValueError:
    return InvalidValueError(type(request).__name__, field, reason)


# What was stored -------------------------------------------------------------------------------------------------------


def folded(state: State, requests: Sequence[Stored]) -> Fold:
    """
    Return what *requests* come to after *state*.

    Raises:
        DocumentError: One of them was never accepted there; the finding points at it.
    """
    now = Fold(state)
    if (found := misplaced(requests)) is not None:
        raise _broken(*found)
    for index, request in enumerate(requests):
        before = now
        try:
            now, facts = before.take(request)
        except AllianceKitError as error:
            raise _broken(index, str(error)) from error
        if now is before:
            raise _broken(index, _why(request, facts))
    return now


def _why(request: Request, facts: tuple[AnyFact, ...]) -> str:
    match facts:
        case ():
            return "its id stands in the log already"
        case (Refused(), *_) if isinstance(request, Answer | Propose):
            # The reason quotes what was answered, and a finding is read by more than its author.
            return f"its value does not suit {request.prompt if isinstance(request, Answer) else request.element}"
        case (Refused(reason=reason), *_):
            return reason
        case _:  # no cover - what is neither refused nor known is accepted
            raise AssertionError(facts)


def _broken(index: int, reason: str) -> DocumentError:
    message = f"this request was never accepted here: {reason}"
    return DocumentError((Finding(rule="wrong-value", message=message, pointer=pointer_of("requests", index)),))
