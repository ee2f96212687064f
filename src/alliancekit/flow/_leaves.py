"""
A flow as leaves: its steps that hold no others, in order, each in its place.

A repeat is taken once for each of something, and so each leaf in it exists once for each: `Leaf.id` is then
``step@for``, and what is asked there is known inside the engine as ``prompt@for`` and ``prompt@for.follow_up``. Neither
can be mistaken for an id, which has no ``@``; outside the engine there is always a prompt or step, and what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from alliancekit.flow._conditions import Condition
from alliancekit.flow._moves import StepKind
from alliancekit.flow._plan import (
    AgreeStep,
    AskStep,
    Flow,
    GroupStep,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Step,
)
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["ByIdentity", "Instances", "Leaf", "key_of", "leaves", "split"]

Instances: TypeAlias = Mapping[str, tuple[str, ...]]
"""What each repeat is taken for, by the id of the repeat: clauses or members."""

_Within: TypeAlias = tuple[GroupStep | RepeatStep, ...]

_KINDS: Final[Mapping[type[Any], StepKind]] = {
    SayStep: StepKind.SAY,
    AskStep: StepKind.ASK,
    RevealStep: StepKind.REVEAL,
    AgreeStep: StepKind.AGREE,
    RatifyStep: StepKind.RATIFY,
    GroupStep: StepKind.GROUP,
    RepeatStep: StepKind.REPEAT,
}


@final
@frozen(kw_only=True, eq=False)
class Leaf:
    """
    A step that holds no others, in its place.

    Attributes:
        step: The step.
        id: Its id, with what it is for behind an ``@`` where it is repeated.
        kind: What kind of step it is.
        index: Its place in the flow, counted from 0 over the leaves.
        within: The groups and repeats around it, the outermost first.
        pointer: Where it stands in the flow document.
        conditions: What must hold for it to be shown, each with whether it is judged for all alike.
        repeat: The repeat around it, if there is one.
        for_: What it is taken for in that repeat; None outside of one.
        asked: For an ask step: its prompts, as the engine knows them.
    """

    step: SayStep | AskStep | RevealStep | AgreeStep | RatifyStep
    id: str
    kind: StepKind
    index: int
    within: tuple[GroupStep | RepeatStep, ...]
    pointer: Pointer
    conditions: tuple[tuple[Condition, bool], ...]
    repeat: RepeatStep | None = None
    for_: str | None = None
    asked: tuple[str, ...] = ()


def key_of(question: str, for_: str | None) -> str:
    """Return how the engine knows a prompt, a follow-up or a step that is taken for *for_*."""
    if for_ is None:
        return question
    name, dot, follow_up = question.partition(".")
    return f"{name}@{for_}{dot}{follow_up}"


def split(key: str) -> tuple[str, str | None]:
    """Return the prompt, follow-up or step that *key* stands for, and what it is for; see `key_of`."""
    name, at, rest = key.partition("@")
    if not at:
        return key, None
    for_, dot, follow_up = rest.partition(".")
    return f"{name}{dot}{follow_up}", for_


def leaves(flow: Flow, instances: Instances | None = None) -> Iterator[Leaf]:
    """Yield the steps of *flow* that hold no others, in order; without *instances*, those of a repeat once, for nothing."""
    return iter(_written(ByIdentity(flow))) if instances is None else _walked(flow, instances)


@lru_cache(maxsize=64)
def _written(flow_key: ByIdentity) -> tuple[Leaf, ...]:
    return tuple(_walked(flow_key.value, None))


def _walked(flow: Flow, instances: Instances | None) -> Iterator[Leaf]:
    count = 0

    def walk(steps: tuple[Step, ...], within: _Within, at: tuple[str | int, ...], for_: str | None) -> Iterator[Leaf]:
        nonlocal count
        for index, step in enumerate(steps):
            here = (*at, "steps", index)
            if isinstance(step, RepeatStep):
                for one in (None,) if instances is None else instances.get(step.id, ()):
                    yield from walk(step.steps, (*within, step), here, one)
            elif isinstance(step, GroupStep):
                yield from walk(step.steps, (*within, step), here, for_)
            else:
                yield Leaf(
                    step=step,
                    id=key_of(step.id, for_),
                    kind=_KINDS[type(step)],
                    index=count,
                    within=within,
                    pointer=pointer_of(*here),
                    conditions=_conditions(step, within),
                    repeat=next((one for one in within if isinstance(one, RepeatStep)), None),
                    for_=for_,
                    asked=tuple(key_of(name, for_) for name in step.asked) if isinstance(step, AskStep) else (),
                )
                count += 1

    return walk(flow.steps, (), (), None)


def _conditions(step: Step, within: tuple[Step, ...]) -> tuple[tuple[Condition, bool], ...]:
    joint = not isinstance(step, SayStep | AskStep)
    around = tuple((one.when, True) for one in within if one.when is not None)
    return (*around, (step.when, joint)) if step.when is not None else around


class ByIdentity:
    """A plan or flow as a key that costs nothing to compare: one of 500 prompts is compiled once, and never hashed."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.value is self.value
