"""Which step, and which question, a request is about."""

from __future__ import annotations

from typing import NoReturn

from alliancekit.errors import UnknownNameError
from alliancekit.flow._errors import RequestNotAllowedError
from alliancekit.flow._leaves import Leaf, key_of, split
from alliancekit.flow._moves import MOVES, Phase, StepKind
from alliancekit.flow._plan import AgreeStep
from alliancekit.flow._requests import (
    Answer,
    Clear,
    Erase,
    Join,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Request,
    Respond,
    Reveal,
    Submit,
    Withdraw,
)
from alliancekit.flow._state import State
from alliancekit.flow._unfit import Unfit
from alliancekit.flow._where import phase_of, table_step

__all__ = ["question_of", "together", "where"]


def where(state: State, request: Request) -> tuple[Leaf | None, StepKind, Phase]:
    """Return the step that *request* is about, its kind, and where it is for the one who sent it."""
    newcomer = isinstance(request, Join) and request.by == request.member
    is_past = isinstance(request, Erase) and request.by in state.members
    if request.by not in state.present and not newcomer and not is_past:
        if request.by in state.members:
            raise RequestNotAllowedError(request, Phase.CLOSED)
        raise UnknownNameError("member", request.by, tuple(state.members))
    leaf = _leaf(state, request)
    if leaf is None:
        return None, StepKind.FLOW, Phase.CLOSED if state.is_over else Phase.OPEN
    return leaf, leaf.kind, phase_of(state, leaf, request.by)


def _leaf(state: State, request: Request) -> Leaf | None:
    match request:
        case Answer() | Clear() | Pass():
            return state.route.asked_in[question_of(state, request).partition(".")[0]]
        case Submit() | Withdraw() | Reveal() | Reopen():
            return _step(state, request, request.step, request.for_)
        case Ratify():
            return _step(state, request, request.step, None)
        case Propose():
            return _table_for(state, request.element)
        case Respond():
            item = state.items.get(request.clause)
            if item is None or item.step is None:
                tables = (state.tables.get(leaf.id, ()) for leaf in state.route.barriers)
                _unknown("clause on the table", request.clause, tuple(name for names in tables for name in names))
            return state.route.places[item.step]
        case _:
            return None


def question_of(state: State, request: Answer | Clear | Pass | Erase) -> str:
    """
    Return what a request asks about, as the engine knows it.

    Raises:
        Unfit: It does not say for what, inside a repeat; or it says so outside of one.
        UnknownNameError: Nothing of that name is asked, or for nothing of that name.
    """
    route = state.route
    # Mostly nothing is repeated, and then what is asked is known by its own name.
    if request.for_ is None and not route.repeated and request.prompt in route.asked_in:
        return request.prompt
    name = request.prompt.partition(".")[0]
    if name in route.repeated:
        key = key_of(request.prompt, _named(request.for_, tuple(map(_for, route.repeated[name]))))
    elif request.for_ is None:
        key = request.prompt
    else:
        raise Unfit("for says which clause or member is meant inside a repeat, and this is in none")
    if "@" in request.prompt or route.ask_of(key) is None:
        _unknown("prompt", request.prompt, tuple(dict.fromkeys(split(one)[0] for one in route.questions())))
    return key


def _for(key: str) -> str:
    return split(key)[1] or ""


def _named(for_: str | None, known: tuple[str, ...]) -> str:
    if not known:
        raise Unfit("this is repeated, and there is nothing to repeat it for")
    if for_ is None:
        raise Unfit(f"this is repeated; say for which: {', '.join(known)}")
    return for_ if for_ in known else _unknown("clause or member that this is repeated for", for_, known)


def _step(state: State, request: Request, step: str, for_: str | None) -> Leaf:
    several = state.route.steps.get(step)
    if several is None:
        _unknown("step", step, tuple(state.route.steps))
    if len(several) == 1 and several[0].repeat is None:
        if for_ is not None:
            raise Unfit("for says which clause or member is meant inside a repeat, and this is in none")
        return several[0]
    if for_ is not None or not several:
        known = tuple(one.for_ or "" for one in several)
        return several[known.index(_named(for_, known))]
    fitting = (one for one in several if type(request) in MOVES.get((one.kind, phase_of(state, one, request.by)), {}))
    return next(fitting, several[-1])


def together(state: State, leaf: Leaf, request: Submit | Withdraw | Reopen) -> tuple[Leaf, ...]:
    """Return the leaves that a request means which says nothing of what it is for: those at the same point."""
    several = state.route.steps[leaf.step.id]
    if request.for_ is not None or len(several) == 1:
        return (leaf,)
    phase = phase_of(state, leaf, request.by)
    return tuple(one for one in several if phase_of(state, one, request.by) is phase)


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


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> NoReturn:
    raise UnknownNameError(kind, name, known)
