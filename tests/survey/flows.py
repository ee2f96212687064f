"""
Random flows of what a survey can say too: every kind of answer that it has, nested groups, and conditions that chain.

Where a condition is judged for all alike, every answer that it can hang on is one of all: groups, and what they show, hang
on shared prompts; only what is personal hangs on what a member answers for themselves.
"""

from random import Random
from typing import Any

from alliancekit.flow import (
    All,
    Any_,
    AskStep,
    AtLeast,
    Condition,
    Count,
    Every,
    Flow,
    GroupStep,
    Not,
    SayStep,
    Some,
    Step,
    TheAnswer,
)
from alliancekit.model import (
    Bank,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    FollowUp,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)

__all__ = ["random_flow", "value_for"]

OPTIONS = {"daily": "Every day", "weekly": "Every week", "later": "Later"}
# Texts that a loose comparison would take for each other, or for something that is no text.
TEXTS = ("yes", "Yes", " yes", "1", "01", "1.0", "true", "0", "null", "daily")
NUMBERS = (-2, -0.5, 0, 0.1, 1, 2.5, 10, 40.0)
DAYS = ("2025-12-31", "2026-01-01", "2026-02-28", "2026-10-01", "2027-01-01")
KINDS: tuple[Any, ...] = (
    TextAnswer(),
    ChoiceAnswer(options=OPTIONS),
    ChoiceAnswer(options=OPTIONS, note=True),
    ChoicesAnswer(options=OPTIONS, note=True),
    ScaleAnswer(points=5),
    YesNoAnswer(),
    NumberAnswer(),
    DateAnswer(),
)


def value_for(rng: Random, prompt: Prompt) -> Any:
    """Return some answer to *prompt*."""
    answer = prompt.answer
    match answer:
        case ChoiceAnswer():
            chosen = rng.choice([*answer.options])
            return {"choice": chosen, "note": "Mostly."} if answer.note and rng.random() < 0.3 else chosen
        case ChoicesAnswer():
            several = rng.sample([*answer.options], rng.randint(1, len(answer.options)))
            return {"choices": several, "note": "Mostly."} if answer.note and rng.random() < 0.3 else several
        case ScaleAnswer():
            return rng.randint(1, answer.points)
        case YesNoAnswer():
            return rng.random() < 0.5
        case NumberAnswer():
            return rng.choice(NUMBERS)
        case DateAnswer():
            return rng.choice(DAYS)
        case _:
            return rng.choice(TEXTS)


def random_flow(rng: Random) -> tuple[Flow, Bank]:
    """Return a flow, and the bank that its prompts come from."""
    maker = _Maker(rng)
    steps = maker.steps(rng.randint(4, 8), 0)
    flow = Flow(id="walk", title="A walk", bank="walk", steps=[AskStep(id="s0", prompts=maker.first), *steps])
    return flow, Bank(id="walk", title="A walk", prompts=maker.prompts)


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.count = 0
        self.prompts: list[Prompt] = []
        self.asked: list[Prompt] = []
        self.first = [self.prompt("shared").id, self.prompt("each").id]
        self.asked = [*self.prompts]

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def steps(self, count: int, depth: int) -> list[Step]:
        return [self.step(depth) for _ in range(count)]

    def step(self, depth: int) -> Step:
        chance = self.rng.random()
        if depth < 3 and chance < 0.25:
            when = self.when(joint=True)
            return GroupStep(id=self.name("g"), when=when, steps=self.steps(self.rng.randint(1, 4), depth + 1))
        if chance < 0.35:
            return SayStep(id=self.name("t"), text="Something to read.", when=self.when(joint=False))
        return self.ask()

    def ask(self) -> Step:
        prompts = [self.prompt(self.rng.choice(["shared", "each"])) for _ in range(self.rng.randint(1, 3))]
        shared = any(one.scope == "shared" for one in prompts)
        when = self.when(joint=shared)
        self.asked += prompts
        mode: Any = "open" if shared else self.rng.choice(["open", "blind"])
        return AskStep(id=self.name("s"), prompts=[one.id for one in prompts], mode=mode, when=when)

    def prompt(self, scope: Any) -> Prompt:
        further = scope == "each" and self.rng.random() < 0.2
        made = Prompt(
            id=self.name("q"),
            text="What do you say?",
            scope=scope,
            answer=self.rng.choice(KINDS),
            follow_ups=[FollowUp(id="more", text="And what more?")] if further else [],
        )
        self.prompts.append(made)
        return made

    def when(self, *, joint: bool) -> Condition | None:
        known = [one for one in self.asked if one.scope == "shared" or not joint]
        return self.condition(known, 0) if self.rng.random() < 0.8 else None

    def condition(self, known: list[Prompt], depth: int) -> Condition:
        chance = self.rng.random()
        if depth < 3 and chance < 0.3:
            several = [self.condition(known, depth + 1) for _ in range(self.rng.randint(1, 3))]
            return All(conditions=several) if self.rng.random() < 0.5 else Any_(conditions=several)
        if depth < 3 and chance < 0.5:
            return Not(condition=self.condition(known, depth + 1))
        # What was asked last is read most, so that conditions chain.
        return self.subject(self.rng.choice(known[-4:] if self.rng.random() < 0.5 else known))

    def subject(self, prompt: Prompt) -> Condition:
        if prompt.scope == "each":
            if prompt.follow_ups and self.rng.random() < 0.5:
                return TheAnswer(prompt=f"{prompt.id}.more", **self.tests(TextAnswer()))
            return TheAnswer(prompt=prompt.id, **self.tests(prompt.answer))
        match self.rng.randrange(8):
            case 0:
                return Some(prompt=prompt.id, **self.tests(prompt.answer))
            case 1:
                return Every(prompt=prompt.id, **self.tests(prompt.answer))
            case 2:
                return AtLeast(number=self.rng.randint(1, 2), prompt=prompt.id, **self.tests(prompt.answer))
            case 3:
                test = self.rng.choice(["eq", "lt", "le", "gt", "ge"])
                return Count(prompt=prompt.id, **{test: self.rng.randint(0, 2)})
            case _:
                return TheAnswer(prompt=prompt.id, **self.tests(prompt.answer))

    def tests(self, answer: Any) -> dict[str, Any]:
        rng = self.rng
        if rng.random() < 0.25:
            return {}
        if isinstance(answer, ChoicesAnswer):
            return {"has": rng.choice([*answer.options])}
        value = self.values(answer)
        if isinstance(answer, YesNoAnswer):
            return {"eq": value()}
        if isinstance(answer, ChoiceAnswer | TextAnswer) or rng.random() < 0.4:
            return {"eq": value()} if rng.random() < 0.5 else {"in_": [value() for _ in range(rng.randint(1, 3))]}
        return {test: value() for test in rng.sample(["lt", "le", "gt", "ge"], rng.randint(1, 2))}

    def values(self, answer: Any) -> Any:
        bare = answer if not isinstance(answer, ChoiceAnswer) else ChoiceAnswer(options=answer.options)
        return lambda: value_for(self.rng, Prompt(id="any", text="Any?", answer=bare))
