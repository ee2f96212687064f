"""
What waits for somebody who is never asked.

The joint steps of a flow are done in order, and each waits only for asks before it, and only for those members who are
asked, are shown the ask, and have not left. Nothing that stands behind a joint step is needed to get past it; tables close
after so many rounds, or when everybody is ready; whoever is missing can be passed over or leave. So nothing in the engine
waits in a circle, and what is left is a step that waits for what cannot come: for more people than there can be, for
answers to a question that is never put when they are to be shown, or for an answer that only the step itself would show
(that one is found with what reads it, in `alliancekit.flow._analysis._leaks`).
"""

from __future__ import annotations

from collections.abc import Iterator

from alliancekit.findings import Finding
from alliancekit.flow._analysis._scene import Place, Scene
from alliancekit.flow._analysis._search import Budget, Search, Shown, ShownToSome
from alliancekit.flow._analysis._showing import Showing
from alliancekit.flow._analysis._world import World
from alliancekit.flow._plan import AskStep, Quorum, RevealStep

__all__ = ["waiting"]


def waiting(scene: Scene, budget: Budget, showing: Showing) -> Iterator[Finding]:
    """Yield a finding for each reveal that waits for what cannot come."""
    asks = {one.id: one for one in scene.places if isinstance(one.step, AskStep)}
    for place in scene.places:
        if isinstance(place.step, RevealStep) and not showing.is_never(place):
            yield from _people(scene, place, place.step)
            shown = [asks[name] for name in place.step.of if name in asks and asks[name].first < place.first]
            yield from _asks(scene, budget, place, shown, showing)


def _people(scene: Scene, place: Place, step: RevealStep) -> Iterator[Finding]:
    if scene.most_members is None:
        return
    if isinstance(step.once, Quorum) and step.once.quorum > scene.most_members:
        message = f"{place.id} opens once {step.once.quorum} have submitted, and this flow is for two"
        hint = "a quorum of 2 at most, or once: all"
        yield Finding(rule="deadlock", message=message, pointer=f"{place.at}/once/quorum", hint=hint)
    if step.attribution == "anonymous":
        message = f"{place.id} hides who answered, which takes three people, and this flow is for two: nothing is shown"
        yield Finding(rule="deadlock", message=message, pointer=f"{place.at}/attribution", hint="attribution: named")


def _asks(scene: Scene, budget: Budget, place: Place, asks: list[Place], showing: Showing) -> Iterator[Finding]:
    if not asks or any(not scene.is_conditional(one) for one in asks):
        return
    never = all(showing.is_never(one) for one in asks)
    if never or not any(_can_show(scene, budget, place, one, showing) for one in asks):
        names = " and ".join(one.id for one in asks)
        message = f"{place.id} shows what {names} asks, and that is never asked" + (
            "" if never else f" where {place.id} is shown"
        )
        hint = "change one of the conditions, or take the reveal out"
        yield Finding(rule="deadlock", message=message, pointer=f"{place.at}/of", hint=hint)


def _can_show(scene: Scene, budget: Budget, reveal: Place, ask: Place, showing: Showing) -> bool:
    if showing.is_never(ask):
        return False
    taken = frozenset(showing.never)
    search = Search(scene, budget, now=reveal.first + 1, taken=taken, most_members=scene.most_members)
    goals = (Shown(reveal), ShownToSome(ask))
    return search.find(goals, World()) is not None or search.is_exhausted
