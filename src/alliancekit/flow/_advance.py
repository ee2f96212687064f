"""
One request against one state: `advance` is pure, and the only way from a state to the next.

A request first finds the step that it is about, and the row of `MOVES` for that step's phase. If the row lacks the
request, the host was wrong and `RequestNotAllowedError` is raised. Then the handler of the request looks at what the
member wants. If it does not fit, that is an ordinary day: a `Refused` fact, and the same state. Last, `proceed` carries
the state through every barrier that has nothing left to wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

from alliancekit.errors import UnknownNameError
from alliancekit.flow._agreeing import propose, respond
from alliancekit.flow._asking import answer, clear, make_ready, open_reveal, pass_, take_back
from alliancekit.flow._barriers import proceed
from alliancekit.flow._belonging import join, leave, ratify
from alliancekit.flow._errors import RequestNotAllowedError
from alliancekit.flow._eyes import remember
from alliancekit.flow._facts import Refused
from alliancekit.flow._moves import MOVES, Phase, StepKind
from alliancekit.flow._plan import AgreeStep
from alliancekit.flow._requests import (
    Accept,
    Answer,
    Clear,
    Decline,
    Erase,
    Join,
    Leave,
    Object,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Request,
    Respond,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)
from alliancekit.flow._route import Leaf
from alliancekit.flow._state import State
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.flow._where import phase_of, table_step

__all__ = ["advance", "where"]


def advance(state: State, request: Request) -> Outcome:
    """
    Return the state after *request*, and the facts that follow from it.

    Raises:
        RequestNotAllowedError: The step's phase has no room for it.
        UnknownNameError: It names a member, prompt, step or clause that there is not.
    """
    leaf, kind, phase = where(state, request)
    allowed = MOVES.get((kind, phase), {})
    if type(request) not in allowed:
        raise RequestNotAllowedError(request, phase, tuple(sorted(one.__name__ for one in allowed)))
    try:
        moved, facts = _HANDLERS[type(request)](state, leaf, request)
    except Unfit as unfit:
        return state, (Refused(to=(request.by,), request=request.id or "", reason=str(unfit)),)
    if leaf is not None and kind is StepKind.ASK:
        remember(state, moved, (leaf,))
    if type(request) in _STILL and (leaf is None or leaf.id not in state.route.readers):
        return moved, facts
    moved, more = proceed(moved)
    return moved, (*facts, *more)


# Which step a request is about -----------------------------------------------------------------------------------------


def where(state: State, request: Request) -> tuple[Leaf | None, StepKind, Phase]:
    """Return the step that *request* is about, its kind, and where it is for the one who sent it."""
    newcomer = isinstance(request, Join) and request.by == request.member
    if request.by not in state.present and not newcomer:
        if request.by in state.members:
            raise RequestNotAllowedError(request, Phase.CLOSED)
        raise UnknownNameError("member", request.by, tuple(state.members))
    leaf = _leaf(state, request)
    if leaf is None:
        return None, StepKind.FLOW, Phase.CLOSED if state.is_over else Phase.OPEN
    return leaf, leaf.kind, phase_of(state, leaf, request.by)


def _leaf(state: State, request: Request) -> Leaf | None:
    route = state.route
    match request:
        case Answer() | Clear() | Pass() | Erase():
            found = route.ask_of(request.prompt)
            return found or _unknown("prompt", request.prompt, route.questions())
        case Submit() | Withdraw() | Reveal() | Reopen() | Ratify():
            return route.places.get(request.step) or _unknown("step", request.step, tuple(route.places))
        case Propose():
            return _table_for(state, request.element)
        case Respond():
            item = state.items.get(request.clause)
            if item is None or item.step is None:
                tables = (state.tables.get(leaf.id, ()) for leaf in route.barriers)
                _unknown("clause on the table", request.clause, tuple(name for names in tables for name in names))
            return route.places[item.step]
        case _:
            return None


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> NoReturn:
    raise UnknownNameError(kind, name, known)


def _table_for(state: State, element: str) -> Leaf:
    found = table_step(state, element)
    if found is not None:
        return found
    tables = [
        leaf for leaf in state.route.barriers if isinstance(leaf.step, AgreeStep) and element in leaf.step.elements
    ]
    if not tables:
        _unknown("element that this flow agrees on", element, tuple(sorted(state.route.agreed)))
    return next((leaf for leaf in tables if leaf.id not in state.stages), tables[-1])


_Handler: TypeAlias = Callable[[State, Leaf | None, Any], Outcome]
_HANDLERS: Final[Mapping[type[Request], _Handler]] = {
    Answer: answer,
    Clear: clear,
    Pass: pass_,
    Submit: make_ready,
    Withdraw: take_back,
    Reveal: open_reveal,
    Propose: propose,
    Accept: respond,
    StandAside: respond,
    Object: respond,
    Decline: respond,
    Ratify: ratify,
    Join: join,
    Leave: leave,
}

# What moves no barrier by itself, unless it may show or hide another step.
_STILL: Final = frozenset({Answer, Clear, Pass, Withdraw, Propose})
