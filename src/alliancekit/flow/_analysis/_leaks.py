"""What would tell all what one has not shown to all: joint conditions, and titles that all read alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from attrs import frozen

from alliancekit.findings import Finding
from alliancekit.flow._analysis._scene import AnySubject, Place, Scene, Sight, told
from alliancekit.flow._conditions import TheAnswer
from alliancekit.flow._plan import AskStep, RevealStep
from alliancekit.values import shorten

__all__ = ["Leak", "leaks"]


@final
@frozen(kw_only=True)
class Leak:
    """
    A condition that reads what nobody but its author may know at that point.

    Attributes:
        finding: What is wrong.
        place: The step whose condition it is.
        sight: What it reads.
    """

    finding: Finding
    place: Place
    sight: Sight


def leaks(scene: Scene) -> Iterator[Leak]:
    """Yield each condition that reads, for all alike, an answer that is not shown to all before it."""
    for place in scene.places:
        if place.when is None:
            continue
        for at, subject in scene.found(place.when, f"{place.at}/when"):
            sight = scene.sight(place, subject)
            if sight is not None and _is_joint(place, subject) and not scene.is_told(sight, place.first):
                finding = _waits(scene, place, subject, sight, at) or _leak(scene, place, subject, sight, at)
                yield Leak(finding=finding, place=place, sight=sight)


def _is_joint(place: Place, subject: AnySubject) -> bool:
    return place.is_joint or not isinstance(subject, TheAnswer)


def _leak(scene: Scene, place: Place, subject: AnySubject, sight: Sight, at: str) -> Finding:
    reveal = scene.reveal_of(sight.ask)
    ask = f"what {sight.ask.id} asks blind"
    if reveal is None:
        why, hint = f"reads {ask} and nothing reveals", "add a reveal before it, or ask it open"
    elif isinstance(reveal.step, RevealStep) and reveal.step.attribution == "aggregate":
        why = f"reads single answers of {sight.ask.id}, of which {reveal.id} shows figures only"
        hint = "take the condition out, or reveal the answers named or anonymous"
    else:
        why, hint = f"reads {ask} before {reveal.id} shows it", f"put it behind {reveal.id}, or ask it open"
    message = f"{place.id} {why}: whether it is shown ({_short(subject)}) would tell all what one has not shown"
    return Finding(rule="leak", message=message, pointer=at, hint=hint)


def _waits(scene: Scene, place: Place, subject: AnySubject, sight: Sight, at: str) -> Finding | None:
    """Return that an ask waits for the very reveal that closes it; None where it is no such thing."""
    reveal = scene.reveal_of(sight.ask)
    if reveal is None or not isinstance(place.step, AskStep) or reveal.first <= place.first:
        return None
    message = (
        f"{place.id} waits for {reveal.id} to show {sight.question} ({_short(subject)}), and {reveal.id} does not wait"
        f" for it: it is never asked before, and closed behind it"
    )
    return Finding(rule="deadlock", message=message, pointer=at, hint=f"put {place.id} behind {reveal.id}")


def _short(subject: AnySubject) -> str:
    return shorten(told(subject), 120).strip("'\"")
