"""Flows that are made up from a seed: asks in both modes with reveals of every kind, conditions, repeats and tables."""

from random import Random
from typing import Any

from alliancekit.flow import (
    AgreeStep,
    All,
    Any_,
    AskStep,
    AtLeast,
    Count,
    Every,
    Flow,
    GroupStep,
    Not,
    Quorum,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Some,
    TheAnswer,
    problems,
)
from tests.scripts import BANK, make_flow

SHARED = frozenset({"aim", "rules", "rhythm"})
ELEMENTS = {
    "aim": "intention", "tone": "atmosphere", "give": "commitments", "ask": "expectations", "rules": "ground_rules",
    "rhythm": "cadence",
}  # fmt: skip
TESTS: dict[str, list[dict[str, Any]]] = {
    "score": [{}, {"lt": 3}, {"ge": 4}],
    "sure": [{}, {"eq": True}],
    "meet": [{}, {"in_": ["weekly"]}],
    "tone": [{}, {"has": "direct"}],
    "hours": [{}, {"gt": 20}],
    "day": [{}, {"lt": "2026-12-01"}],
}


def some_flow(seed: int) -> Flow:
    """Return a flow that can be run; the same seed gives the same flow."""
    chance = Random(seed)
    while True:
        flow = _Maker(chance).flow()
        if not problems(flow, BANK):
            return flow


class _Maker:
    """Puts one flow together."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.asked: list[str] = []
        self.blind: list[str] = []
        self.crowd = chance.random() < 0.6
        self.count = 0

    def flow(self) -> Flow:
        prompts = [*BANK.prompts]
        self.chance.shuffle(prompts)
        del prompts[self.chance.randint(3, 9) :]
        steps: list[Any] = []
        while prompts:
            names = [prompts.pop() for _ in range(min(len(prompts), self.chance.randint(1, 3)))]
            steps += self.round(names)
        if self.often(0.9):
            steps.append(RatifyStep(id="sign"))
        return make_flow(*steps)

    def round(self, names: list[str]) -> list[Any]:
        """Return an ask step with what belongs to it."""
        inside = self.often(0.15)
        ask = self.ask(names, repeated=inside)
        steps: list[Any] = [ask]
        if self.often(0.3):
            steps.append(SayStep(id=self.name("s"), text="Hear.", when=self.when(joint=False)))
        if inside:
            return [self.repeat(ask, steps)]
        self.asked += names
        if ask.mode == "blind":
            self.blind.append(ask.id)
        if self.blind and self.often(0.7):
            steps.append(self.reveal(self.blind))
            self.blind = []
        if self.often(0.2):
            steps = [GroupStep(id=self.name("g"), steps=steps, when=self.when(joint=True, ours=names))]
        if (elements := [ELEMENTS[one] for one in names if one in ELEMENTS]) and self.often(0.6):
            steps.append(self.agree(elements))
        return steps

    def ask(self, names: list[str], *, repeated: bool) -> AskStep:
        return AskStep(
            id=self.name("q"),
            prompts=names,
            mode="blind" if not SHARED & {*names} and self.often(0.7) else "open",
            who="lead" if not self.crowd and self.often(0.4) else "everyone",  # of so few, nobody would stay unnamed
            optional=self.often(0.15),
            when=None if repeated else self.when(joint=False),
        )

    def reveal(self, of: list[str]) -> RevealStep:
        return RevealStep(
            id=self.name("r"),
            of=of,
            once=self.chance.choice(["all", "all", "facilitator", Quorum(quorum=self.chance.randint(1, 4))]),
            missing=self.chance.choice(["wait", "pass"]),
            late=self.chance.choice(["refuse", "mark"]),
            attribution=self.chance.choice(["named", "named", *(("anonymous", "aggregate") if self.crowd else ())]),
            when=self.when(joint=True),
        )

    def agree(self, elements: list[str]) -> AgreeStep:
        rule: Any = self.chance.choice(["consent", "consent", "unanimous"])
        decided = "lead" if self.often(0.1) else None
        return AgreeStep(
            id=self.name("a"),
            elements=elements,
            rule=rule,
            rounds=self.chance.randint(1, 3),
            decided_by=decided,
            when=self.when(joint=True),
        )

    def repeat(self, ask: AskStep, steps: list[Any]) -> RepeatStep:
        if ask.mode == "blind" and self.often(0.7):
            steps = [*steps, RevealStep(id=self.name("r"), of=[ask.id], missing=self.chance.choice(["wait", "pass"]))]
        return RepeatStep(id=self.name("e"), over=self.chance.choice(["members", "open-commitments"]), steps=steps)

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def often(self, odds: float) -> bool:
        return self.chance.random() < odds

    def when(self, *, joint: bool, ours: list[str] = ()) -> Any:  # type: ignore[assignment]
        """Return a condition on what was asked before, or none."""
        before = [one for one in self.asked if one not in ours]
        return self.condition(before, joint=joint, depth=1) if before and self.often(0.3) else None

    def condition(self, before: list[str], *, joint: bool, depth: int) -> Any:
        if depth and self.often(0.3):
            parts = [self.condition(before, joint=joint, depth=0) for _ in range(2)]
            return self.chance.choice(
                [Not(condition=parts[0]), All(conditions=parts), Any_(conditions=parts)],
            )
        name = self.chance.choice(before)
        tests = self.chance.choice(TESTS.get(name, [{}]))
        kinds: list[Any] = [Some, Every, lambda **more: AtLeast(number=2, **more)]
        if not tests:
            kinds.append(Count)
        if not joint or name in SHARED:
            kinds += [TheAnswer] * 3
        return self.chance.choice(kinds)(prompt=name, **tests)
