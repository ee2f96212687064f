"""What is wrong between the parts of a flow, and between a flow and its bank: each a finding with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from alliancekit.errors import Suggestions
from alliancekit.findings import Finding
from alliancekit.flow._attribution_problems import attribution_problems
from alliancekit.flow._clauses import element_of
from alliancekit.flow._conditions import (
    All,
    Any_,
    AtLeast,
    Condition,
    Count,
    Every,
    Not,
    Some,
    TheAnswer,
    parts,
    untypable,
)
from alliancekit.flow._leaves import Leaf, leaves
from alliancekit.flow._plan import AgreeStep, AskStep, Flow, GroupStep, RepeatStep, RevealStep, SayStep, Step
from alliancekit.flow._route import size_of
from alliancekit.flow._text_problems import text_problems
from alliancekit.flow._walk import walk, walk_in
from alliancekit.model import Bank, FollowUp
from alliancekit.values import pointer_of, shorten

__all__ = ["problems"]

_KEYS: Final = {TheAnswer: "answer", Some: "some", Every: "every", AtLeast: "of", Count: "count"}
DEEPEST: Final = 16
LARGEST: Final = 256
MOST_QUESTIONS: Final = 5_000
"""How many questions one repeat may come to."""


def problems(flow: Flow, bank: Bank) -> tuple[Finding, ...]:
    """
    Return what keeps *flow* from being run with the prompts of *bank*: each an error, with its place in the flow.

    Rules: unknown-reference, forward-reference, self-reference, type-mismatch, leak (by how answers are attributed),
    agree-without-ask, unbounded, duplicate-id, duplicate-prompt, limit. What else is wrong with a flow that can be run,
    `alliancekit.flow.analyse` says.

    .. versionadded:: 0.1
    """
    return tuple(_Problems(flow, bank).found())


def _wrong(rule: str, message: str, pointer: str, hint: str = "") -> Finding:
    return Finding(rule=rule, message=message, pointer=pointer, hint=hint)


class _Problems:
    """One flow with its bank, and what is known of both."""

    def __init__(self, flow: Flow, bank: Bank) -> None:
        self.flow, self.bank = flow, bank
        self.steps = tuple(walk(flow))
        self.suggestions = Suggestions()
        self.leaves = {leaf.id: leaf for leaf in leaves(flow)}
        self.asked: dict[str, Leaf] = {}
        for leaf in leaves(flow):
            for name in getattr(leaf.step, "asked", ()):
                self.asked.setdefault(name, leaf)
        self.asks = {one.id: one for _, one in self.steps if isinstance(one, AskStep)}
        self.firsts: dict[int, int] = {}  # of the steps that hold others: where the first inside them stands
        self.asked_within: Counter[int] = Counter()  # and how many questions are asked inside them
        for leaf in self.leaves.values():
            for one in leaf.within:
                self.firsts.setdefault(id(one), leaf.index)
                self.asked_within[id(one)] += len(leaf.asked)
        self.told = self._told()

    def found(self) -> Iterator[Finding]:
        yield from self._twice()
        for at, step in self.steps:
            if step.when is not None:
                yield from self._condition(step, step.when, f"{at}/when")
            if isinstance(step, AskStep):
                yield from self._ask(step, at)
            elif isinstance(step, RevealStep):
                yield from self._reveal(step, at)
            elif isinstance(step, AgreeStep):
                yield from self._agree(step, at)
            elif isinstance(step, RepeatStep):
                yield from self._repeat(step, at)
        yield from text_problems(self.flow, self.bank.prompts, self.suggestions)

    def _twice(self) -> Iterator[Finding]:
        seen: dict[str, str] = {}
        for at, step in self.steps:
            if step.id in seen:
                yield _wrong("duplicate-id", f"two steps are called {step.id}", at, f"the other is {seen[step.id]}")
            seen.setdefault(step.id, at)

    def _ask(self, step: AskStep, at: str) -> Iterator[Finding]:
        for index, name in enumerate(step.asked):
            here = f"{at}/prompts/{index}" if step.prompts else at
            prompt = self.bank.prompts.get(name)
            if prompt is None:
                hint = self.suggestions.did_you_mean(name, self.bank.prompts)
                yield _wrong("unknown-reference", f"the bank {self.bank.id} has no prompt {shorten(name)}", here, hint)
                continue
            if self.asked[name].step is not step or step.asked.index(name) != index:
                yield _wrong("duplicate-prompt", f"{name} is asked twice", here, "a prompt is asked by one step")
            if prompt.scope == "shared" and step.mode == "blind":
                message = f"{name} has one answer for all, which nobody can give blind"
                yield _wrong("type-mismatch", message, here, "ask it open, or make its scope each")
            if prompt.scope == "shared" and prompt.visibility == "private":
                message = f"{name} has one answer for all, which nobody can keep private"
                yield _wrong("type-mismatch", message, here, "make its visibility members, or its scope each")

    def _reveal(self, step: RevealStep, at: str) -> Iterator[Finding]:
        yield from attribution_problems(step, at, self.asks, self.bank.prompts)
        for index, name in enumerate(step.of):
            here, leaf = f"{at}/of/{index}", self.leaves.get(name)
            if leaf is None or not isinstance(leaf.step, AskStep):
                hint = self.suggestions.did_you_mean(name, self.asks)
                yield _wrong("unknown-reference", f"{shorten(name)} is no ask step", here, hint)
            elif leaf.index > self.leaves[step.id].index:
                yield _wrong(
                    "forward-reference", f"{name} is asked after this reveal", here, "reveal it after it was asked"
                )

    def _agree(self, step: AgreeStep, at: str) -> Iterator[Finding]:
        index = self.leaves[step.id].index
        if not any(self.told.get(one, index) < index for one in step.elements):
            message = f"nothing that is asked before informs {', '.join(step.elements)}"
            yield _wrong("agree-without-ask", message, f"{at}/elements", "ask for it first")

    def _told(self) -> dict[str, int]:
        """Return where it is first asked for each element."""
        found: dict[str, int] = {}
        for name, leaf in self.asked.items():
            for one in self.bank.prompts[name].informs if name in self.bank.prompts else ():
                found.setdefault(element_of(one), leaf.index)
        return found

    def _repeat(self, step: RepeatStep, at: str) -> Iterator[Finding]:
        number = step.most * self.asked_within[id(step)]
        if number > MOST_QUESTIONS:
            message = f"{step.id} comes to {number:,} questions; at most {MOST_QUESTIONS:,} are allowed"
            yield _wrong("unbounded", message, f"{at}/most", "lower most")
        for below, one in walk_in(step):
            if isinstance(one, RepeatStep):
                message = f"{one.id} repeats within {step.id}, and how often that comes to has no bound"
                yield _wrong("unbounded", message, f"{at}{below}", "put one after the other")

    def _condition(self, step: Step, condition: Condition, at: str) -> Iterator[Finding]:
        depth, size = size_of(condition)
        if depth > DEEPEST or size > LARGEST:
            message = f"the condition is {depth} deep and has {size} parts; at most {DEEPEST} and {LARGEST} are allowed"
            yield _wrong("limit", message, at)
            return
        for below, one in parts(condition):
            if not isinstance(one, All | Any_ | Not):
                yield from self._subject(step, one, at + pointer_of(*below))

    def _subject(self, step: Step, subject: TheAnswer | Some | Every | AtLeast | Count, at: str) -> Iterator[Finding]:
        name, key = subject.prompt, _KEYS[type(subject)]
        main, _, follow_up = name.partition(".")
        prompt, leaf = self.bank.prompts.get(main), self.asked.get(main)
        if prompt is None or (follow_up and all(one.id != follow_up for one in prompt.follow_ups)):
            asked = [one for one in self.asked if one in self.bank.prompts]  # the others are no help either
            known = (*asked, *(f"{one}.{two.id}" for one in asked for two in self._follow_ups(one)))
            yield _wrong(
                "unknown-reference",
                f"no prompt is called {shorten(name)}",
                f"{at}/{key}",
                self.suggestions.did_you_mean(name, known),
            )
            return
        if leaf is None:
            yield _wrong(
                "unknown-reference",
                f"{main} is not asked in this flow",
                f"{at}/{key}",
                self.suggestions.did_you_mean(main, self.asked),
            )
            return
        own, after = self._is_own(step, leaf), leaf.index >= self._first(step)
        if own or after:
            rule, what = ("self-reference", "here itself") if own else ("forward-reference", "later")
            yield _wrong(rule, f"{main} is asked {what}", f"{at}/{key}", "a condition reads what was asked before")
            return
        joint = not isinstance(step, SayStep | AskStep)
        if isinstance(subject, TheAnswer) and joint and prompt.scope == "each":
            message = f"{main} has an answer of each member, and this step is for all alike"
            yield _wrong("type-mismatch", message, f"{at}/{key}", "use some, every, at_least or count")
        elif isinstance(subject, TheAnswer) and leaf.repeat is not None and not self._is_within(step, leaf.repeat):
            message = (
                f"{main} has an answer for each that {leaf.repeat.id} is taken for, and this step is in none of them"
            )
            yield _wrong("type-mismatch", message, f"{at}/{key}", "use some, every, at_least or count")
        for test, reason in untypable(subject, prompt, follow_up=bool(follow_up)):
            yield _wrong("type-mismatch", f"{test}: the answer to {name} {reason}", f"{at}/{test}")

    def _follow_ups(self, name: str) -> tuple[FollowUp, ...]:
        return self.bank.prompts[name].follow_ups if name in self.bank.prompts else ()

    def _first(self, step: Step) -> int:
        if isinstance(step, GroupStep | RepeatStep):
            return self.firsts.get(id(step), 0)
        return self.leaves[step.id].index

    def _is_within(self, step: Step, repeat: RepeatStep) -> bool:
        return any(one is step for _, one in walk_in(repeat))

    def _is_own(self, step: Step, leaf: Leaf) -> bool:
        return leaf.step is step or any(one is step for one in leaf.within)
