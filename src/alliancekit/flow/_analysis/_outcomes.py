"""What a flow comes to: whether the members ratify it, and whether it asks for what an alliance needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, final

from alliancekit.findings import Finding, Severity
from alliancekit.flow._analysis._flaw import Flaw
from alliancekit.flow._analysis._runs import Answers, Run, Runs
from alliancekit.flow._analysis._scene import Place, Scene
from alliancekit.flow._analysis._search import Budget, Goal, Hidden, Search
from alliancekit.flow._analysis._world import World
from alliancekit.flow._eyes import eyes_of
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AgreeStep, AskStep, RatifyStep, RepeatStep
from alliancekit.flow._session import Session
from alliancekit.model import ClausesAnswer, Prompt, TextAnswer

__all__ = ["Outcomes"]

# What every alliance needs, with how a person calls it.
_NEEDED: Final = {
    "intention": "what the alliance is for",
    "commitments": "commitments",
    "cadence.check_ins": "the check-ins",
    "cadence.review": "the review of the alliance itself",
}


@final
class Outcomes:
    """
    What runs of a flow come to.

    Args:
        scene: The flow.
        budget: How much may be searched.
        runs: Where runs are made up.
    """

    def __init__(self, scene: Scene, budget: Budget, runs: Runs) -> None:
        self.scene, self.budget, self.runs = scene, budget, runs

    def found(self) -> Iterator[Flaw]:
        """Yield what is wrong with how the flow ends."""
        yield from self._unratified()
        if not any(
            isinstance(one.step, RepeatStep) and one.step.over == "open-commitments" for one in self.scene.places
        ):
            for element, what in _NEEDED.items():
                yield from self._never_elicited(element, what)

    # The end -----------------------------------------------------------------------------------------------------------

    def _unratified(self) -> Iterator[Flaw]:
        signs = [one for one in self.scene.places if isinstance(one.step, RatifyStep)]
        if not signs:
            message = "the flow ends without a ratify step: nobody says yes to what it comes to"
            yield _flaw("ends-without-ratify", message, "/steps", self.runs.silent(), "end with a ratify step")
            return
        if (run := self._hiding([(one,) for one in signs])) is not None:
            message = f"the flow can end without {_listed(signs)}: nobody says yes to what it comes to then"
            yield _flaw(
                "ends-without-ratify", message, f"{signs[-1].at}{_at(signs[-1])}", run, "ratify without a condition"
            )
        for place in self.scene.places:
            if isinstance(place.step, AgreeStep) and place.first > signs[-1].first:
                message = f"{place.id} settles what nobody says yes to: {signs[-1].id} comes before it"
                run = self.runs.run(Answers(), _is_open(place))
                shown = run if run is not None and _is_open(place)(run.session) else None
                yield _flaw("ends-without-ratify", message, place.at, shown, f"put {signs[-1].id} behind {place.id}")

    # What it asks for --------------------------------------------------------------------------------------------------

    def _never_elicited(self, element: str, what: str) -> Iterator[Flaw]:
        asks = [place for place in self.scene.places if self._elicits(place, element)]
        code = "element-never-elicited"
        if not asks:
            message = f"nothing asks for {what} ({element}), so no run comes to an alliance that has it"
            yield _flaw(code, message, "/steps", self.runs.silent(), f"ask a prompt that informs {element}")
            return
        # Of a blind ask nothing is known where its reveal is hidden.
        ways = [tuple(one for one in (ask, self._reveal(ask)) if one is not None) for ask in asks]
        if (run := self._hiding(ways)) is not None:
            message = f"a run can come to an end in which {_listed(asks)} is hidden, so nothing says {what} ({element})"
            hint = f"ask one prompt that informs {element} without a condition"
            yield _flaw(code, message, f"{asks[-1].at}{_at(asks[-1])}", run, hint)

    def _elicits(self, place: Place, element: str) -> bool:
        if not isinstance(place.step, AskStep) or (place.step.mode == "blind" and self._reveal(place) is None):
            return False
        prompts = (self.scene.bank.prompts.get(name) for name in place.step.asked)
        return any(one is not None and element in one.informs and _enters(one) for one in prompts)

    def _reveal(self, ask: Place) -> Place | None:
        is_blind = isinstance(ask.step, AskStep) and ask.step.mode == "blind"
        return self.scene.reveal_of(ask) if is_blind else None

    # A run in which steps are hidden -----------------------------------------------------------------------------------

    def _hiding(self, ways: Iterable[tuple[Place, ...]]) -> Run | None:
        """Return a run to the end in which, of each of *ways*, a step is hidden from everybody; None where none is found."""
        ways = tuple(ways)
        if any(not any(self.scene.is_conditional(one) for one in places) for places in ways):
            return None
        for run in self._tried(ways):
            if run is not None and run.session.is_done and all(_is_hidden(run, places) for places in ways):
                return run
        return None

    def _tried(self, ways: tuple[tuple[Place, ...], ...]) -> Iterator[Run | None]:
        yield self.runs.silent()  # most conditions ask for an answer, so where all pass, most is hidden
        people = range(len(self.runs.members))
        roles = frozenset((who, role) for who in people for role in self.runs.members[0].roles)
        world = World(members=len(people), present=frozenset(people), roles=roles)
        search = Search(self.scene, self.budget, now=len(self.scene.places), most_members=len(people))
        goals: list[Goal] = [Hidden(places, len(people)) for places in ways]
        if (found := search.find(goals, world)) is not None:
            yield self.runs.run(Answers.of(self.scene, found))


def _enters(prompt: Prompt) -> bool:
    """Return whether the answers to a prompt enter the alliance, and are not only kept with it."""
    if "intention" in prompt.informs and isinstance(prompt.answer, TextAnswer):
        return prompt.scope == "shared"
    return isinstance(prompt.answer, ClausesAnswer)


def _is_hidden(run: Run, places: tuple[Place, ...]) -> bool:
    # A reveal takes place by itself, and is offered to nobody.
    if any(run.session.phase_of(one.id) is not Phase.REVEALED for one in places[1:]):
        return True
    place, state = places[0], run.session.state
    if place.is_joint:
        return place.id not in run.offered
    # It may have been open until somebody answered what hides it; what was answered there then reads as not answered.
    leaves = state.route.steps[place.id]
    return not any(eyes_of(state, who).is_shown(leaf) for leaf in leaves for who in state.present)


def _is_open(place: Place) -> Callable[[Session], bool]:
    def is_open(session: Session) -> bool:
        return session.phase_of(place.id) is Phase.OPEN

    return is_open


def _at(place: Place) -> str:
    return "/when" if place.when is not None else ""


def _listed(places: list[Place]) -> str:
    return " or ".join(one.id for one in places)


def _flaw(rule: str, message: str, at: str, run: Run | None, hint: str) -> Flaw:
    finding = Finding(rule=rule, message=message, severity=Severity.WARNING, pointer=at, hint=hint)
    if run is None:
        return Flaw(finding=finding)
    return Flaw(finding=finding, members=run.members, requests=run.requests)
