"""A flow with its bank, as the analysis looks at it: every step in its place, and what each condition can see from there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias, final

from attrs import frozen

from alliancekit.flow._analysis._domains import Domain, domain_of
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
    subjects,
    tests_of,
    untypable,
)
from alliancekit.flow._plan import AskStep, Flow, GroupStep, RepeatStep, RevealStep, SayStep, Step
from alliancekit.model import Bank, Prompt
from alliancekit.typing import Pointer
from alliancekit.values import is_tuple, pointer_of, shorten

__all__ = ["AnySubject", "Place", "Scene", "Sight", "told"]

AnySubject: TypeAlias = TheAnswer | Some | Every | AtLeast | Count

# More tests of one question than these are not told apart: nobody writes them, and a hostile flow does.
_MOST_TESTS: Final = 500
_KEYS: Final = {TheAnswer: "answer", Some: "some", Every: "every", Count: "count"}


@final
@frozen(kw_only=True, eq=False)
class Place:
    """
    A step where it stands.

    Attributes:
        step: The step.
        at: Its pointer.
        within: The groups and repeats around it, the outermost first.
        first: How many steps that hold no others stand before it.
    """

    step: Step
    at: Pointer
    within: tuple[Place, ...]
    first: int

    @property
    def id(self) -> str:
        """The id of the step."""
        return self.step.id

    @property
    def when(self) -> Condition | None:
        """The condition of the step itself."""
        return self.step.when

    @property
    def is_joint(self) -> bool:
        """Whether it is the same for all."""
        return not isinstance(self.step, SayStep | AskStep)

    @property
    def repeat(self) -> Place | None:
        """The repeat that it stands in."""
        return next((one for one in self.within if isinstance(one.step, RepeatStep)), None)


@final
@frozen(kw_only=True, eq=False)
class Sight:
    """
    What a subject of a condition reads.

    Attributes:
        ask: The step that asks it.
        prompt: The prompt.
        question: The prompt or follow-up.
        domain: The answers that can be told apart.
        mask: Those that pass the tests.
    """

    ask: Place
    prompt: Prompt
    question: str
    domain: Domain
    mask: int

    @property
    def role(self) -> str:
        """Who is asked: everyone, or a role."""
        assert isinstance(self.ask.step, AskStep)
        return self.ask.step.who

    @property
    def is_shared(self) -> bool:
        """Whether there is one answer for all."""
        return self.prompt.scope == "shared"


@final
class Scene:
    """
    One flow with its bank. Nothing here presumes that the two fit: what does not can hold and not hold, as one likes.

    Args:
        flow: The flow.
        bank: The bank.
    """

    def __init__(self, flow: Flow, bank: Bank) -> None:
        self.flow, self.bank = flow, bank
        self.places = tuple(_places(flow))
        self.asks: dict[str, Place] = {}
        self.shown_by: dict[str, Place] = {}
        for place in self.places:
            if isinstance(place.step, AskStep):
                for name in place.step.asked:
                    self.asks.setdefault(name, place)
            elif isinstance(place.step, RevealStep):
                self.shown_by.update(dict.fromkeys(place.step.of, place))
        self._constants = self._collected()
        self._domains: dict[str, Domain | None] = {}
        self._sights: dict[tuple[Pointer, int], Sight | None] = {}

    @property
    def most_members(self) -> int | None:
        """How many people a run can have; None where there is no end."""
        return 2 if self.flow.kinds == ("one-to-one",) else None

    def sight(self, place: Place, subject: AnySubject) -> Sight | None:
        """Return what *subject* reads in the condition of *place*; None where that cannot be said, or is an error anyway."""
        key = (place.at, id(subject))
        if key not in self._sights:
            self._sights[key] = self._seen(place, subject)
        return self._sights[key]

    def reveal_of(self, ask: Place) -> Place | None:
        """Return the reveal that shows the blind answers of *ask*."""
        return self.shown_by.get(ask.id)

    def is_conditional(self, place: Place) -> bool:
        """Return whether it hangs on something that *place* is shown."""
        return place.when is not None or any(one.when is not None for one in place.within)

    def is_told(self, sight: Sight, now: int) -> bool:
        """Return whether what *sight* reads can be before everybody's eyes with *now* steps behind them."""
        assert isinstance(sight.ask.step, AskStep)
        reveal = self.reveal_of(sight.ask)
        if sight.ask.step.mode == "open":
            return True
        if reveal is None or reveal.first >= now:
            return False
        return isinstance(reveal.step, RevealStep) and reveal.step.attribution != "aggregate"

    def found(self, condition: Condition, at: Pointer) -> Iterator[tuple[Pointer, AnySubject]]:
        """Yield the subjects of *condition*, which stands *at* a place, each with its pointer."""
        for below, one in parts(condition):
            if not isinstance(one, All | Any_ | Not):
                yield at + pointer_of(*below), one

    def _seen(self, place: Place, subject: AnySubject) -> Sight | None:
        main, _, follow_up = subject.prompt.partition(".")
        prompt, ask = self.bank.prompts.get(main), self.asks.get(main)
        if prompt is None or ask is None or ask.first >= place.first or ask in place.within:
            return None
        if follow_up and all(one.id != follow_up for one in prompt.follow_ups):
            return None
        if ask.repeat is not None and ask.repeat not in place.within:
            return None  # what is asked once for each of something is pooled, and the number of those is not known
        if isinstance(subject, TheAnswer) and place.is_joint and prompt.scope == "each":
            return None
        if any(untypable(subject, prompt, follow_up=bool(follow_up))):
            return None
        domain = self.domain(subject.prompt)
        if domain is None:
            return None
        # A count is tested by its number, and what it counts is any answer.
        mask = domain.answered if isinstance(subject, Count) else domain.mask(subject)
        return Sight(ask=ask, prompt=prompt, question=subject.prompt, domain=domain, mask=mask)

    def domain(self, question: str) -> Domain | None:
        """Return the answers to *question* that the tests of the flow tell apart; None where they are too many."""
        if question not in self._domains:
            main, _, follow_up = question.partition(".")
            constants = self._constants.get(question, [])
            few = len(constants) <= _MOST_TESTS
            answer = None if follow_up else self.bank.prompts[main].answer
            self._domains[question] = domain_of(answer, constants) if few else None
        return self._domains[question]

    def _collected(self) -> dict[str, list[object]]:
        """Return the values with which the tests compare the answers to each question."""
        found: dict[str, list[object]] = {}
        for place in self.places:
            for subject in subjects(place.when) if place.when is not None else ():
                constants = found.setdefault(subject.prompt, [])
                if isinstance(subject, Count) or len(constants) > _MOST_TESTS:
                    continue
                for name, value in tests_of(subject).items():
                    constants.extend(value if name == "in" else (value,))
        return found


def _places(flow: Flow) -> Iterator[Place]:
    count = 0

    def walk(steps: tuple[Step, ...], within: tuple[Place, ...], at: str) -> Iterator[Place]:
        nonlocal count
        for index, step in enumerate(steps):
            place = Place(step=step, at=f"{at}/steps/{index}", within=within, first=count)
            yield place
            if isinstance(step, GroupStep | RepeatStep):
                yield from walk(step.steps, (*within, place), place.at)
            else:
                count += 1

    return walk(flow.steps, (), "")


def told(condition: Condition) -> str:
    """Return *condition* as one would write it, in one line."""
    match condition:
        case All():
            return "all of (" + "; ".join(map(told, condition.conditions)) + ")"
        case Any_():
            return "any of (" + "; ".join(map(told, condition.conditions)) + ")"
        case Not():
            return f"not ({told(condition.condition)})"
        case AtLeast():
            subject = f"at_least: {condition.number}, of: {condition.prompt}"
        case _:
            subject = f"{_KEYS[type(condition)]}: {condition.prompt}"
    tests = (f"{name}: {_value(value)}" for name, value in tests_of(condition).items())
    return ", ".join((subject, *tests))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_tuple(value):
        return f"[{', '.join(map(_value, value))}]"
    return shorten(value).strip("'\"")
