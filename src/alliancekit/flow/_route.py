"""A plan compiled to indexes, once: what a request needs to know of the flow is looked up, never searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import final

from attrs import evolve, field, frozen

from alliancekit.flow._conditions import Condition, TheAnswer, parts, subjects
from alliancekit.flow._leaves import ByIdentity, Instances, Leaf, leaves, split
from alliancekit.flow._moves import StepKind
from alliancekit.flow._plan import (
    AskStep,
    Attribution,
    Flow,
    JointStep,
    Plan,
    RevealStep,
)
from alliancekit.model import Prompt

__all__ = ["Read", "Route", "route_of", "size_of"]


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


@final
@frozen(kw_only=True, eq=False)
class Route:
    """
    What the engine looks up about a plan.

    Attributes:
        plan: The plan.
        instances: What each repeat is taken for.
        leaves: The steps in order.
        places: The place of each step, by the id of the leaf.
        steps: The leaves of each step that holds no others, by the id of the step: one, or as many as it is repeated.
        prompts: The prompts, by how the engine knows them.
        asks: The ask steps in order.
        asked_in: The ask step of each prompt.
        shared: The prompts and follow-ups to which there is one answer for all.
        answerable: Everything that can be answered in each ask step, in order.
        repeated: How the engine knows a prompt that is repeated, once for each that it is for.
        barriers: The joint steps, in order.
        closing: The asks that each barrier closes, where no barrier before it was hidden; of several reveals, each.
        shown_by: The reveal of each ask that has one; of several, the last.
        shows: The asks of each reveal, in order.
        veiled: How the answers of an ask are shown that are not shown with their authors.
        needs: For each conditional step, what its conditions read in steps that are conditional themselves.
        readers: For each ask step, the steps whose conditions read its answers.
        trailing: The asks after the last barrier.
        agreed: The elements that enter the alliance only through an agree step.
    """

    plan: Plan
    instances: Instances
    leaves: tuple[Leaf, ...]
    places: Mapping[str, Leaf]
    steps: Mapping[str, tuple[Leaf, ...]]
    prompts: Mapping[str, Prompt]
    asks: tuple[Leaf, ...]
    asked_in: Mapping[str, Leaf]
    shared: frozenset[str]
    answerable: Mapping[str, tuple[str, ...]]
    repeated: Mapping[str, tuple[str, ...]]
    barriers: tuple[Leaf, ...]
    closing: Mapping[str, tuple[Leaf, ...]]
    shown_by: Mapping[str, Leaf]
    shows: Mapping[str, tuple[Leaf, ...]]
    veiled: Mapping[str, Attribution]
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

    def is_blind(self, ask: Leaf) -> bool:
        """Return whether nobody reads the answers of another before their reveal: what hides its authors is never open."""
        assert isinstance(ask.step, AskStep)
        return ask.step.mode == "blind" or ask.id in self.veiled

    def ask_of(self, question: str) -> Leaf | None:
        """Return the step that asks a prompt or follow-up; None where the flow asks no such thing."""
        name, _, follow_up = question.partition(".")
        leaf = self.asked_in.get(name)
        if leaf is None or not follow_up or any(one.id == follow_up for one in self.prompts[name].follow_ups):
            return leaf
        return None

    def prompt_of(self, question: str) -> Prompt:
        """Return the prompt that a question is, or belongs to."""
        return _prompt(question, self.prompts)

    def is_shared(self, question: str) -> bool:
        """Return whether there is one answer for all."""
        return question in self.shared

    def questions(self) -> tuple[str, ...]:
        """Return everything that can be answered."""
        return tuple(question for several in self.answerable.values() for question in several)

    def read_from(self, leaf: Leaf, question: str) -> tuple[str, ...]:
        """
        Return what a condition or a text of *leaf* means by a prompt or follow-up.

        In the repeat in which it is asked, it is the one for the same; from outside, it is all of them.
        """
        name, dot, follow_up = question.partition(".")
        if name not in self.repeated:
            return (question,)
        found = self.repeated[name]
        if (
            leaf.for_ is not None
            and (own := f"{name}@{leaf.for_}") in found
            and self.asked_in[own].repeat is leaf.repeat
        ):
            found = (own,)
        return tuple(f"{one}{dot}{follow_up}" for one in found)


@lru_cache(maxsize=64)
def _compiled(plan_key: ByIdentity, instances: tuple[tuple[str, tuple[str, ...]], ...]) -> Route:
    return _compile(plan_key.value, dict(instances))


def route_of(plan: Plan, instances: Instances = MappingProxyType({})) -> Route:
    """Return *plan*, compiled for what its repeats are taken for."""
    return _compiled(ByIdentity(plan), tuple(instances.items()))


def _compile(plan: Plan, instances: Instances) -> Route:
    found = tuple(leaves(plan.flow, instances))
    asks = tuple(leaf for leaf in found if leaf.kind is StepKind.ASK)
    barriers = tuple(leaf for leaf in found if isinstance(leaf.step, JointStep))
    steps = _by_step(plan.flow, found)
    asked_in = {name: leaf for leaf in asks for name in leaf.asked}
    shows = {leaf.id: _shown(leaf, steps) for leaf in barriers if isinstance(leaf.step, RevealStep)}
    shown_by = {ask.id: leaf for leaf in barriers for ask in shows.get(leaf.id, ())}
    prompts = {name: plan.prompts[split(name)[0]] for name in asked_in}
    answerable = {leaf.id: tuple(_with_follow_ups(leaf, prompts)) for leaf in asks}
    veiled = _veiled(barriers, shows)
    route = Route(
        plan=plan,
        instances=instances,
        leaves=found,
        places={leaf.id: leaf for leaf in found},
        steps=steps,
        prompts=prompts,
        asks=asks,
        asked_in=asked_in,
        shared=frozenset(
            one for several in answerable.values() for one in several if _prompt(one, prompts).scope == "shared"
        ),
        answerable=answerable,
        repeated=_repeated(plan.flow, asked_in),
        barriers=barriers,
        closing=_closing(asks, barriers, shows, veiled),
        shown_by=shown_by,
        shows=shows,
        veiled=veiled,
        needs={},
        readers={},
        trailing=tuple(leaf for leaf in asks if not barriers or leaf.index > barriers[-1].index),
        agreed=frozenset(e for leaf in leaves(plan.flow) for e in getattr(leaf.step, "elements", ())),
    )
    return evolve(route, needs=_needs(route), readers=_readers(route))


def _with_follow_ups(ask: Leaf, prompts: Mapping[str, Prompt]) -> Iterator[str]:
    for name in ask.asked:
        yield name
        yield from (f"{name}.{one.id}" for one in prompts[name].follow_ups)


def _prompt(question: str, prompts: Mapping[str, Prompt]) -> Prompt:
    return prompts[question.partition(".")[0]]


def _by_step(flow: Flow, found: tuple[Leaf, ...]) -> Mapping[str, tuple[Leaf, ...]]:
    steps: dict[str, list[Leaf]] = {leaf.step.id: [] for leaf in leaves(flow)}
    for leaf in found:
        steps[leaf.step.id].append(leaf)
    return {name: tuple(several) for name, several in steps.items()}


def _repeated(flow: Flow, asked_in: Mapping[str, Leaf]) -> Mapping[str, tuple[str, ...]]:
    inside = (leaf for leaf in leaves(flow) if leaf.repeat is not None)
    found: dict[str, list[str]] = {name: [] for leaf in inside for name in leaf.asked}
    for key in asked_in:
        if "@" in key:
            found[split(key)[0]].append(key)
    return {name: tuple(keys) for name, keys in found.items()}


def _shown(reveal: Leaf, steps: Mapping[str, tuple[Leaf, ...]]) -> tuple[Leaf, ...]:
    assert isinstance(reveal.step, RevealStep)
    asks = (ask for name in reveal.step.of for ask in steps.get(name, ()))
    return tuple(ask for ask in asks if ask.repeat is not reveal.repeat or ask.for_ == reveal.for_)


def _veiled(barriers: tuple[Leaf, ...], shows: Mapping[str, tuple[Leaf, ...]]) -> Mapping[str, Attribution]:
    found: dict[str, Attribution] = {}
    for leaf in barriers:
        # Of two reveals of one ask, the one that hides more is meant.
        how: Attribution = leaf.step.attribution if isinstance(leaf.step, RevealStep) else "named"
        for ask in shows.get(leaf.id, ()):
            if how == "aggregate" or (how == "anonymous" and ask.id not in found):
                found[ask.id] = how
    return found


def _closing(
    asks: tuple[Leaf, ...],
    barriers: tuple[Leaf, ...],
    shows: Mapping[str, tuple[Leaf, ...]],
    veiled: Mapping[str, Attribution],
) -> Mapping[str, tuple[Leaf, ...]]:
    closed: dict[str, list[Leaf]] = {leaf.id: [] for leaf in barriers}
    for ask in asks:
        assert isinstance(ask.step, AskStep)
        is_blind = ask.step.mode == "blind" or ask.id in veiled
        reveals = [leaf for leaf in barriers if ask in shows.get(leaf.id, ())] if is_blind else []
        for barrier in reveals or [leaf for leaf in barriers if leaf.index > ask.index][:1]:
            closed[barrier.id].append(ask)
    return {name: tuple(found) for name, found in closed.items()}


def _needs(route: Route) -> Mapping[str, tuple[Read, ...]]:
    conditional = {leaf.id: leaf for leaf in route.leaves if leaf.conditions}
    return {name: tuple(_reads(route, leaf, conditional)) for name, leaf in conditional.items()}


def _readers(route: Route) -> Mapping[str, frozenset[str]]:
    readers: dict[str, set[str]] = {}
    for leaf in route.leaves:
        for subject in (one for condition, _ in leaf.conditions for one in subjects(condition)):
            for ask in _asks_read(route, leaf, subject.prompt):
                readers.setdefault(ask[0].id, set()).add(leaf.id)
    return {name: frozenset(names) for name, names in readers.items()}


def _reads(route: Route, leaf: Leaf, conditional: Mapping[str, Leaf]) -> Iterator[Read]:
    for condition, joint in leaf.conditions:
        for subject in subjects(condition):
            for ask, question in _asks_read(route, leaf, subject.prompt):
                if ask.id in conditional:
                    yield Read(ask, question, isinstance(subject, TheAnswer), joint)


def _asks_read(route: Route, leaf: Leaf, question: str) -> Iterable[tuple[Leaf, str]]:
    return ((route.asked_in[one.partition(".")[0]], one) for one in route.read_from(leaf, question))


def size_of(condition: Condition) -> tuple[int, int]:
    """Return how deep *condition* nests, and of how many parts it consists."""
    found = [at for at, _ in parts(condition)]
    return max(sum(isinstance(token, str) for token in at) for at in found) + 1, len(found)
