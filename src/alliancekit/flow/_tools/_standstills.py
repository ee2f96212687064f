"""
Where a session can come to rest before it is done: a step waits for somebody who does not act any more.

Which steps can is written in the flow: it follows from the kinds of its barriers and from what they wait for. Where a
session stands is read as any host can read it, from phases and from the views of those who have fallen silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from alliancekit.flow._leaves import Leaf, leaves
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AgreeStep, AskStep, Flow, JointStep, Quorum, RatifyStep, RevealStep
from alliancekit.flow._session import Session
from alliancekit.flow._task import Task

__all__ = ["Cause", "PossibleStandstill", "Standstill", "rest_of", "standstills"]

Cause: TypeAlias = Literal["answers", "everybody", "quorum", "facilitator", "anybody", "word", "yes"]
"""
What is waited for: the answers that an ask step wants from each before an agree or ratify step or the end; everybody, so
many, a facilitator, or anybody at all at a reveal; a word on a proposal; a yes to the alliance.
"""

_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "answers": "everybody whom it asks has to be ready before what comes next opens",
        "everybody": "it waits until everybody has submitted",
        "quorum": "it waits until enough have submitted",
        "facilitator": "a facilitator has to open it",
        "anybody": "somebody who has submitted has to open it, and nobody is there any more",
        "word": "everybody has to be ready, and to give their word on what concerns them",
        "yes": "everybody has to ratify",
    }
)

_GONE: Final = "a facilitator can say that somebody has gone; nobody is waited for then"

_REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "answers": f"ask it blind with a reveal behind it that has missing: pass; or {_GONE}",
        "everybody": f"missing: pass lets the others open it; or {_GONE}",
        "quorum": f"a smaller quorum, or missing: pass; or {_GONE}",
        "facilitator": "give the role to more than one member, or let it open by itself with once: all",
        "anybody": "while one member is there, it goes on",
        "word": f"the host reminds them, or they leave; or {_GONE}",
        "yes": f"the host reminds them, or they leave; or {_GONE}",
    }
)


@final
@frozen(kw_only=True)
class Standstill:
    """
    Where a session came to rest before it was done.

    Attributes:
        step: The step.
        cause: What is waited for, in one word.
        reason: The same as a sentence.
        waiting_for: The members who would have to act.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    step: str
    cause: Cause
    reason: str
    waiting_for: tuple[str, ...]
    for_: str | None = None

    def __str__(self) -> str:
        about = f"{self.step} for {self.for_}" if self.for_ else self.step
        return f"{about}: {self.reason}; waiting for {', '.join(self.waiting_for) or 'nobody who is there'}"


@final
@frozen(kw_only=True)
class PossibleStandstill:
    """
    A place where sessions of a flow can come to rest before they are done, when somebody does not act any more.

    Attributes:
        step: The step.
        cause: What is waited for, in one word.
        reason: The same as a sentence.
        remedy: What a flow author or a host can do about it.

    .. versionadded:: 0.1
    """

    step: str
    cause: Cause
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.step}: {self.reason}; {self.remedy}"


def standstills(flow: Flow) -> tuple[PossibleStandstill, ...]:
    """
    Return where sessions of *flow* can come to rest before they are done, in the order of the flow.

    Each needs somebody who falls silent without leaving; while everybody acts, or leaves, every session comes to its end.

    .. versionadded:: 0.1
    """
    found = tuple(leaves(flow))
    return tuple(
        PossibleStandstill(step=leaf.id, cause=cause, reason=_REASONS[cause], remedy=_REMEDIES[cause])
        for leaf in found
        for cause in _causes(leaf, found)
    )


def _causes(leaf: Leaf, found: tuple[Leaf, ...]) -> Iterator[Cause]:
    match leaf.step:
        case AskStep() if _holds_up(leaf, found):
            yield "answers"
        case RevealStep(once="facilitator", missing="wait"):
            yield from ("everybody", "facilitator", "anybody")
        case RevealStep(once=Quorum(), missing="wait"):
            yield "quorum"
        case RevealStep(missing="wait"):
            yield "everybody"
        case RevealStep():
            # Where somebody is a facilitator, nobody else opens it by hand.
            yield from ("facilitator", "anybody")
        case AgreeStep():
            yield "word"
        case RatifyStep():
            yield "yes"
        case _:
            pass


def _holds_up(ask: Leaf, found: tuple[Leaf, ...]) -> bool:
    """Return whether something else than a reveal that is always there waits for the answers of *ask*."""
    assert isinstance(ask.step, AskStep)
    joint = [leaf for leaf in found if isinstance(leaf.step, JointStep)]
    shown = [leaf for leaf in joint if isinstance(leaf.step, RevealStep) and ask.id in leaf.step.of]
    behind = shown if ask.step.mode == "blind" and shown else [leaf for leaf in joint if leaf.index > ask.index]
    return not behind or not isinstance(behind[0].step, RevealStep) or _may_be_hidden(behind[0], ask)


def _may_be_hidden(barrier: Leaf, ask: Leaf) -> bool:
    """Return whether there may be no *barrier* where there is an *ask*: a condition hides it, or its repeat is empty."""
    further = [one for one in barrier.conditions if one not in ask.conditions]
    return bool(further) or (barrier.repeat is not None and barrier.repeat is not ask.repeat)


# Where a session stands ------------------------------------------------------------------------------------------------


def rest_of(session: Session, silent: Iterable[str]) -> Standstill:
    """Return where *session* rests, in which those who are *silent* do nothing any more, and the others cannot."""
    owed = {who: session.view(who).tasks for who in session.present if who in {*silent}}
    joint = (leaf for leaf in leaves(session.running.flow) if isinstance(leaf.step, JointStep))
    opened = next((leaf for leaf in joint if session.phase_of(leaf.id) is Phase.OPEN), None)
    must = {who: [task for task in tasks if not task.is_optional] for who, tasks in owed.items()}
    if opened is None:
        first = next((task for tasks in must.values() for task in tasks), None)
        step = first.step if first is not None else ""
        return _rest(step, "answers", (who for who, tasks in must.items() if _has(tasks, step)), first)
    if not isinstance(opened.step, RevealStep):
        cause: Cause = "word" if isinstance(opened.step, AgreeStep) else "yes"
        return _rest(opened.id, cause, (who for who, tasks in must.items() if _has(tasks, opened.id)))
    answering = tuple(who for who, tasks in must.items() if any(task.kind != "reveal" for task in tasks))
    opening = tuple(who for who, tasks in owed.items() if any(task.kind == "reveal" for task in tasks))
    return _unopened(session, opened.step, answering, opening)


def _unopened(session: Session, step: RevealStep, answering: tuple[str, ...], opening: tuple[str, ...]) -> Standstill:
    lead = tuple(who for who in session.present if "facilitator" in session.state.members[who].roles)
    by_hand = step.missing == "pass" or (step.once == "facilitator" and not answering)
    if by_hand:
        return _rest(step.id, "facilitator", lead) if lead else _rest(step.id, "anybody", opening or answering)
    return _rest(step.id, "quorum" if isinstance(step.once, Quorum) else "everybody", answering)


def _rest(step: str, cause: Cause, waiting_for: Iterable[str], task: Task | None = None) -> Standstill:
    for_ = task.for_ if task is not None else None
    return Standstill(step=step, cause=cause, reason=_REASONS[cause], waiting_for=tuple(waiting_for), for_=for_)


def _has(tasks: Iterable[Task], step: str) -> bool:
    return any(task.step == step for task in tasks)
