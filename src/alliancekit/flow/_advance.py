"""
One request against one state: `advance` is pure, and the only way from a state to the next.

A request first finds the step that it is about, and the row of `MOVES` for that step's phase. If the row lacks the
request, the host was wrong and `RequestNotAllowedError` is raised. Then the handler of the request looks at what the
member wants. If it does not fit, that is an ordinary day: a `Refused` fact, and the same state. Last, `proceed` carries
the state through every barrier that has nothing left to wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from alliancekit.flow._agreeing import propose, respond
from alliancekit.flow._aims import where
from alliancekit.flow._asking import answer, clear, make_ready, open_reveal, pass_, take_back
from alliancekit.flow._barriers import proceed
from alliancekit.flow._belonging import blanked, erase, join, leave
from alliancekit.flow._errors import RequestNotAllowedError
from alliancekit.flow._eyes import remember
from alliancekit.flow._facts import Refused
from alliancekit.flow._leaves import Leaf
from alliancekit.flow._moves import MOVES, Phase, StepKind
from alliancekit.flow._ratifying import ratify
from alliancekit.flow._requests import (
    Accept,
    Answer,
    Blank,
    Clear,
    Decline,
    Erase,
    Join,
    Leave,
    Migrate,
    Object,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Request,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)
from alliancekit.flow._revising import check_everybodys, reopen
from alliancekit.flow._state import State
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.flow._versions import migrate

__all__ = ["advance"]


def advance(state: State, request: Request) -> Outcome:
    """
    Return the state after *request*, and the facts that follow from it.

    Raises:
        RequestNotAllowedError: The step's phase has no room for it.
        UnknownNameError: It names a member, prompt, step or clause that there is not.
    """
    if isinstance(request, Blank):
        return blanked(state, request), ()
    try:
        leaf, kind, phase = where(state, request)
        allowed = MOVES.get((kind, phase), {})
        if type(request) not in allowed:
            raise RequestNotAllowedError(request, phase, tuple(sorted(one.__name__ for one in allowed)))
        if phase in _AFTERWARDS and leaf is not None:
            check_everybodys(state, leaf, request)
        moved, facts = _HANDLERS[type(request)](state, leaf, request)
    except Unfit as unfit:
        return state, (Refused(to=(request.by,), request=request.id or "", reason=str(unfit)),)
    if leaf is not None and kind is StepKind.ASK:
        remember(state, moved, state.route.steps[leaf.step.id])
    if type(request) in _STILL and (leaf is None or leaf.id not in state.route.readers):
        return moved, facts
    moved, more = proceed(moved)
    return moved, (*facts, *more)


_Handler: TypeAlias = Callable[[State, Leaf | None, Any], Outcome]
_HANDLERS: Final[Mapping[type[Request], _Handler]] = {
    Answer: answer,
    Clear: clear,
    Pass: pass_,
    Submit: make_ready,
    Withdraw: take_back,
    Reveal: open_reveal,
    Reopen: reopen,
    Propose: propose,
    Accept: respond,
    StandAside: respond,
    Object: respond,
    Decline: respond,
    Ratify: ratify,
    Join: join,
    Leave: leave,
    Erase: erase,
    Migrate: migrate,
}

# What was shown stands, and not all of it is one member's to change.
_AFTERWARDS: Final = frozenset({Phase.LATE, Phase.REVISING})

# What moves no barrier by itself, unless it may show or hide another step.
_STILL: Final = frozenset({Answer, Clear, Pass, Withdraw, Propose})
