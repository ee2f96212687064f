"""A plan compiled to indexes, once: what a request needs to know of the flow is looked up, never searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, final

from attrs import field, frozen

from alliancekit.flow._conditions import Condition, TheAnswer, parts, subjects
from alliancekit.flow._moves import StepKind
from alliancekit.flow._plan import (
    AgreeStep,
    AskStep,
    Flow,
    GroupStep,
    JointStep,
    Plan,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Step,
)
from alliancekit.model import Prompt
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["Leaf", "Read", "Route", "leaves", "route_of"]

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
        id: Its id.
        kind: What kind of step it is.
        index: Its place in the flow, counted from 0 over the leaves.
        within: The groups and repeats around it, the outermost first.
        pointer: Where it stands in the flow document.
        conditions: What must hold for it to be shown, each with whether it is judged for all alike.
    """

    step: SayStep | AskStep | RevealStep | AgreeStep | RatifyStep
    id: str
    kind: StepKind
    index: int
    within: tuple[GroupStep | RepeatStep, ...]
    pointer: Pointer
    conditions: tuple[tuple[Condition, bool], ...]


@final
@frozen(eq=False)
class Read:
    """
    What a condition reads in a conditional step.

    Attributes:
        ask: The step.
        question: The prompt or follow-up.
        is_own: Whether one answer is read, and not those of all.
        joint: Whether the condition is judged for all alike.
    """

    ask: Leaf
    question: str
    is_own: bool
    joint: bool


def leaves(flow: Flow) -> Iterator[Leaf]:
    """Yield the steps of *flow* that hold no others, in order."""
    count = 0

    def walk(
        steps: tuple[Step, ...], within: tuple[GroupStep | RepeatStep, ...], at: tuple[str | int, ...]
    ) -> Iterator[Leaf]:
        nonlocal count
        for index, step in enumerate(steps):
            here = (*at, "steps", index)
            if isinstance(step, GroupStep | RepeatStep):
                yield from walk(step.steps, (*within, step), here)
            else:
                yield Leaf(
                    step=step,
                    id=step.id,
                    kind=_KINDS[type(step)],
                    index=count,
                    within=within,
                    pointer=pointer_of(*here),
                    conditions=_conditions(step, within),
                )
                count += 1

    return walk(flow.steps, (), ())


def _conditions(step: Step, within: tuple[Step, ...]) -> tuple[tuple[Condition, bool], ...]:
    joint = not isinstance(step, SayStep | AskStep)
    around = tuple((one.when, True) for one in within if one.when is not None)
    return (*around, (step.when, joint)) if step.when is not None else around


@final
@frozen(kw_only=True, eq=False)
class Route:
    """
    What the engine looks up about a plan.

    Attributes:
        leaves: The steps in order.
        places: The place of each step.
        prompts: The prompts.
        asked_in: The ask step of each prompt.
        barriers: The joint steps, in order.
        closing: The asks that each barrier closes, where no barrier before it was hidden.
        shown_by: The reveal of each blind ask that has one.
        needs: For each conditional step, what its conditions read in steps that are conditional themselves.
        readers: For each ask step, the steps whose conditions read its answers.
        trailing: The asks after the last barrier.
        agreed: The elements that enter the alliance only through an agree step.
    """

    leaves: tuple[Leaf, ...]
    places: Mapping[str, Leaf]
    prompts: Mapping[str, Prompt]
    asked_in: Mapping[str, Leaf]
    barriers: tuple[Leaf, ...]
    closing: Mapping[str, tuple[Leaf, ...]]
    shown_by: Mapping[str, Leaf]
    needs: Mapping[str, tuple[Read, ...]]
    readers: Mapping[str, frozenset[str]]
    trailing: tuple[Leaf, ...]
    agreed: frozenset[str]
    _hanging: dict[str, frozenset[str]] = field(factory=dict[str, frozenset[str]], init=False)

    def hanging_on(self, ask: str) -> frozenset[str]:
        """Return the steps that the answers in an ask step can show or hide, directly or by way of others."""
        if ask not in self._hanging:
            found: set[str] = set()
            rest = [*self.readers.get(ask, ())]
            while rest:
                if (one := rest.pop()) not in found:
                    found.add(one)
                    rest.extend(self.readers.get(one, ()))
            self._hanging[ask] = frozenset(found)
        return self._hanging[ask]

    def ask_of(self, question: str) -> Leaf | None:
        """Return the step that asks a prompt or follow-up; None where the flow asks no such thing."""
        name, _, follow_up = question.partition(".")
        leaf = self.asked_in.get(name)
        if leaf is None or not follow_up or any(one.id == follow_up for one in self.prompts[name].follow_ups):
            return leaf
        return None

    def prompt_of(self, question: str) -> Prompt:
        """Return the prompt that a question is, or belongs to."""
        return self.prompts[question.partition(".")[0]]

    def is_shared(self, question: str) -> bool:
        """Return whether there is one answer for all."""
        return self.prompt_of(question).scope == "shared"

    def questions(self) -> tuple[str, ...]:
        """Return everything that can be answered."""
        return tuple(
            question
            for name in self.asked_in
            for question in (name, *(f"{name}.{one.id}" for one in self.prompts[name].follow_ups))
        )

    def questions_of(self, ask: AskStep) -> tuple[str, ...]:
        """Return everything that can be answered in one step, in order."""
        return tuple(
            question
            for name in ask.asked
            for question in (name, *(f"{name}.{one.id}" for one in self.prompts[name].follow_ups))
        )


@lru_cache(maxsize=64)
def _compiled(plan_key: _ByIdentity) -> Route:
    return _compile(plan_key.plan)


class _ByIdentity:
    """A plan as a key that costs nothing to compare: a plan of 500 prompts is compiled once, and never hashed."""

    __slots__ = ("plan",)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.plan is self.plan


def route_of(plan: Plan) -> Route:
    """Return *plan*, compiled."""
    return _compiled(_ByIdentity(plan))


def _compile(plan: Plan) -> Route:
    found = tuple(leaves(plan.flow))
    asks = tuple(leaf for leaf in found if isinstance(leaf.step, AskStep))
    barriers = tuple(leaf for leaf in found if isinstance(leaf.step, JointStep))
    asked_in = {name: leaf for leaf in asks if isinstance(leaf.step, AskStep) for name in leaf.step.asked}
    shown_by = {name: leaf for leaf in barriers if isinstance(leaf.step, RevealStep) for name in leaf.step.of}
    return Route(
        leaves=found,
        places={leaf.id: leaf for leaf in found},
        prompts=dict(plan.prompts),
        asked_in=asked_in,
        barriers=barriers,
        closing=_closing(asks, barriers, shown_by),
        shown_by=shown_by,
        needs=_needs(found, asked_in),
        readers=_readers(found, asked_in),
        trailing=tuple(leaf for leaf in asks if not barriers or leaf.index > barriers[-1].index),
        agreed=frozenset(e for leaf in barriers if isinstance(leaf.step, AgreeStep) for e in leaf.step.elements),
    )


def _closing(
    asks: tuple[Leaf, ...], barriers: tuple[Leaf, ...], shown_by: Mapping[str, Leaf]
) -> Mapping[str, tuple[Leaf, ...]]:
    closed: dict[str, list[Leaf]] = {leaf.id: [] for leaf in barriers}
    for ask in asks:
        assert isinstance(ask.step, AskStep)
        reveal = shown_by.get(ask.id) if ask.step.mode == "blind" else None
        barrier = reveal or next((leaf for leaf in barriers if leaf.index > ask.index), None)
        if barrier is not None:
            closed[barrier.id].append(ask)
    return {name: tuple(found) for name, found in closed.items()}


def _needs(found: tuple[Leaf, ...], asked_in: Mapping[str, Leaf]) -> Mapping[str, tuple[Read, ...]]:
    conditional = {leaf.id: leaf for leaf in found if leaf.conditions}
    return {name: tuple(_reads(leaf, asked_in, conditional)) for name, leaf in conditional.items()}


def _readers(found: tuple[Leaf, ...], asked_in: Mapping[str, Leaf]) -> Mapping[str, frozenset[str]]:
    readers: dict[str, set[str]] = {}
    for leaf in found:
        for subject in (one for condition, _ in leaf.conditions for one in subjects(condition)):
            readers.setdefault(asked_in[subject.prompt.partition(".")[0]].id, set()).add(leaf.id)
    return {name: frozenset(names) for name, names in readers.items()}


def _reads(leaf: Leaf, asked_in: Mapping[str, Leaf], conditional: Mapping[str, Leaf]) -> Iterator[Read]:
    for condition, joint in leaf.conditions:
        for subject in subjects(condition):
            ask = asked_in[subject.prompt.partition(".")[0]]
            if ask.id in conditional:
                yield Read(ask, subject.prompt, isinstance(subject, TheAnswer), joint)


def size_of(condition: Condition) -> tuple[int, int]:
    """Return how deep *condition* nests, and of how many parts it consists."""
    found = [at for at, _ in parts(condition)]
    return max(sum(isinstance(token, str) for token in at) for at in found) + 1, len(found)
