"""Static analysis: what is wrong with a flow, found before anybody answers, each with a run that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from alliancekit.findings import Finding
from alliancekit.flow._analysis._flaw import Flaw
from alliancekit.flow._analysis._leaks import Leak, leaks
from alliancekit.flow._analysis._outcomes import Outcomes
from alliancekit.flow._analysis._runs import Answers, Runs
from alliancekit.flow._analysis._scene import Scene
from alliancekit.flow._analysis._search import Budget
from alliancekit.flow._analysis._showing import Showing
from alliancekit.flow._analysis._waiting import waiting
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import Flow
from alliancekit.flow._problems import problems
from alliancekit.flow._requests import Answer
from alliancekit.flow._session import Session
from alliancekit.model import Bank
from alliancekit.values import tokens_of

__all__ = ["Flaw", "analyse"]


def analyse(flow: Flow, bank: Bank) -> tuple[Flaw, ...]:
    """
    Return everything that is wrong with *flow* when it is run with the prompts of *bank*, in the order of the flow.

    First `problems`, which keep it from starting. Then what a run would come to: contradiction, never-visible, deadlock,
    leak, element-never-elicited, ends-without-ratify. What cannot be decided within bounds is not claimed.

    .. versionadded:: 0.1
    """
    wrong = problems(flow, bank)
    if any(one.rule in _FATAL for one in wrong):
        return _sorted(Flaw(finding=one) for one in wrong)
    return _sorted([*(Flaw(finding=one) for one in wrong), *_found(Scene(flow, bank), can_start=not wrong)])


# A condition beyond its limits is not looked at, and with two steps of one name nothing can be said of either.
_FATAL = frozenset({"limit", "duplicate-id", "duplicate-prompt"})


def _found(scene: Scene, *, can_start: bool) -> Iterator[Flaw]:
    showing, runs = Showing(scene, Budget()), Runs(scene, can_start=can_start)
    told = tuple(leaks(scene))
    yield from map(_bare, showing.found())
    yield from (_leak(scene, runs, one) for one in told if not showing.is_never(one.place))
    yield from map(_bare, waiting(scene, Budget(), showing))
    yield from Outcomes(scene, Budget(), runs).found()


def _bare(finding: Finding) -> Flaw:
    return Flaw(finding=finding)


# What shows a leak ------------------------------------------------------------------------------------------------------


def _leak(scene: Scene, runs: Runs, leak: Leak) -> Flaw:
    """Return the flaw with a run in which what should be told has been answered, and nobody is told."""
    sight = leak.sight
    value = sight.domain.first(sight.mask)
    values = {(who.id, sight.question): value for who in runs.members}
    answers = Answers(values=values, shared=frozenset(values))
    reveal = scene.reveal_of(sight.ask)
    waits = leak.finding.rule == "deadlock" and reveal is not None

    def until(session: Session) -> bool:
        if waits and reveal is not None:
            return session.phase_of(reveal.id) is Phase.REVEALED
        return len(_answered_by(session, sight.question)) == len(runs.members)

    run = runs.run(answers, until)
    shows = run is not None and until(run.session) and _answered_by(run.session, sight.question)
    if run is None or not shows or (waits and leak.place.id in run.offered):
        return Flaw(finding=leak.finding)
    return Flaw(finding=leak.finding, members=run.members, requests=run.requests)


def _answered_by(session: Session, question: str) -> set[str]:
    return {one.by for one in session.requests if isinstance(one, Answer) and one.prompt == question}


# The order of the flow --------------------------------------------------------------------------------------------------


def _sorted(flaws: Iterator[Flaw] | list[Flaw]) -> tuple[Flaw, ...]:
    return tuple(sorted(flaws, key=_place))


def _place(flaw: Flaw) -> tuple[tuple[int, int, str], ...]:
    tokens = tokens_of(flaw.finding.pointer)
    # What a step says of itself stands before the steps in it, and steps are counted.
    return tuple((int(one == "steps" or one.isdigit()), int(one) if one.isdigit() else 0, one) for one in tokens)
