"""
The way of the answers through a flow, as arrows.

What stands between two barriers is open at once, so it hangs side by side on the first of them, and each question leads
to the barrier that shows or closes its answers. A condition is said on the arrow to a personal step. What is joint and
may be hidden has a dotted arrow beside it, and both ways meet again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias, final

from attrs import frozen

from alliancekit.flow import (
    AgreeStep,
    AskStep,
    Condition,
    Flow,
    GroupStep,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Step,
    StepKind,
)

__all__ = ["BEGIN", "END", "Arrow", "Part", "Single", "is_barrier", "kind_of", "meetings", "node_of", "singles", "way"]

Part: TypeAlias = GroupStep | RepeatStep
Single: TypeAlias = SayStep | AskStep | RevealStep | AgreeStep | RatifyStep

# A step's node has its kind before its id, so that none is taken for one of these, or for a word of Mermaid.
BEGIN: Final = "begin"
END: Final = "finish"
_MEETING: Final = "after"
_KINDS: Final[Mapping[type[Step], StepKind]] = {
    SayStep: StepKind.SAY,
    AskStep: StepKind.ASK,
    RevealStep: StepKind.REVEAL,
    AgreeStep: StepKind.AGREE,
    RatifyStep: StepKind.RATIFY,
    GroupStep: StepKind.GROUP,
    RepeatStep: StepKind.REPEAT,
}


@final
@frozen
class Arrow:
    """
    From one node to another.

    Attributes:
        source: Where it begins.
        target: Where it leads.
        when: What must hold; None means nothing.
        is_bypass: Whether it is taken when what lies beside it is hidden.
    """

    source: str
    target: str
    when: Condition | None = None
    is_bypass: bool = False


def kind_of(step: Step) -> StepKind:
    """Return what kind of step it is."""
    return _KINDS[type(step)]


def node_of(step: Step) -> str:
    """Return what a step is called in the picture."""
    return f"{kind_of(step)}_{step.id}"


def singles(*steps: Step) -> Iterator[Single]:
    """Yield the steps that hold no others, in order."""
    for step in steps:
        if isinstance(step, Part):
            yield from singles(*step.steps)
        else:
            yield step


def is_barrier(step: Single) -> bool:
    """Return whether all take a step together, so that what comes after it waits for it."""
    return not isinstance(step, SayStep | AskStep)


def way(flow: Flow) -> tuple[Arrow, ...]:
    """Return the arrows of *flow*, from `BEGIN` to `END`."""
    walk = _Walk(_closed_by(flow))
    walk.take(flow.steps, is_sure=True)
    walk.reach(END)
    return tuple(walk.arrows)


def meetings(arrows: Iterable[Arrow]) -> tuple[str, ...]:
    """Return the nodes in which a way through what may be hidden meets the one around it."""
    return tuple(dict.fromkeys(one.target for one in arrows if one.target.startswith(_MEETING)))


def _closed_by(flow: Flow) -> Mapping[str, str]:
    """Return, for each question, the barrier that shows or closes its answers."""
    closed: dict[str, str] = {}
    barrier = END
    for step in reversed(tuple(singles(*flow.steps))):
        if isinstance(step, AskStep):
            closed[step.id] = barrier
        elif not isinstance(step, SayStep):
            barrier = node_of(step)
    found = tuple(singles(*flow.steps))
    blind = {step.id for step in found if isinstance(step, AskStep) and step.mode == "blind"}
    reveals = (step for step in found if isinstance(step, RevealStep))
    return closed | {name: node_of(step) for step in reveals for name in step.of if name in blind}


class _Walk:
    """How far the way has come."""

    def __init__(self, closed_by: Mapping[str, str]) -> None:
        self.arrows: list[Arrow] = []
        self.closed_by = closed_by
        self.asides: list[str] = []
        self.go_on(BEGIN)

    def go_on(self, last: str) -> None:
        self.arrows += [Arrow(one, last) for one in self.asides]
        self.asides = []
        self.last = last
        # Where the questions that hang on what is last lead to: in any case, or if they are shown.
        self.surely: set[str] = set()
        self.perhaps: set[str] = set()

    def take(self, steps: tuple[Step, ...], *, is_sure: bool) -> None:
        for step in steps:
            match step:
                case GroupStep() | RepeatStep():
                    self.take_part(step, is_sure=is_sure)
                case SayStep():
                    self.arrows.append(Arrow(self.last, node_of(step), step.when))
                    if step.when is None:
                        self.go_on(node_of(step))
                    else:
                        self.asides.append(node_of(step))
                case AskStep():
                    target = self.closed_by[step.id]
                    self.arrows += [Arrow(self.last, node_of(step), step.when), Arrow(node_of(step), target)]
                    (self.surely if is_sure and step.when is None else self.perhaps).add(target)
                case _:
                    before = self.last
                    self.reach(node_of(step))
                    self.pass_by(step, before)

    def take_part(self, part: Part, *, is_sure: bool) -> None:
        if part.when is None:
            self.take(part.steps, is_sure=is_sure)
        elif any(is_barrier(one) for one in singles(part)):
            before = self.last
            self.take(part.steps, is_sure=True)
            self.pass_by(part, before)
        else:
            before, surely, perhaps = self.last, self.surely, self.perhaps
            self.take(part.steps, is_sure=False)
            if self.last != before:
                self.asides.append(self.last)
            self.last, self.surely, self.perhaps = before, surely, perhaps | self.perhaps

    def reach(self, barrier: str) -> None:
        """Lead to a barrier, if no question leads there in any case."""
        if barrier not in self.surely:
            self.arrows.append(Arrow(self.last, barrier, is_bypass=barrier in self.perhaps))
        self.go_on(barrier)

    def pass_by(self, step: Step, before: str) -> None:
        """Lead around what may be hidden."""
        if step.when is not None:
            meeting = f"{_MEETING}_{node_of(step)}"
            self.arrows += [Arrow(self.last, meeting), Arrow(before, meeting, is_bypass=True)]
            self.go_on(meeting)
