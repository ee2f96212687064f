"""Steps and conditions of a flow, in few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from alliancekit.flow import (
    AgreeStep,
    All,
    Any_,
    AskStep,
    AtLeast,
    Condition,
    Count,
    Every,
    Not,
    Quorum,
    RatifyStep,
    RevealStep,
    SayStep,
    Some,
    Subject,
    TheAnswer,
    value_text,
)
from alliancekit.model import EVERYONE
from alliancekit.render._words import listed

__all__ = ["condition_in_words", "step_in_words"]

_MOST_NAMES: Final = 4

_ATTRIBUTIONS: Final[Mapping[str, str]] = {
    "named": "shown to all",
    "anonymous": "shown without names",
    "aggregate": "shown as figures",
}
_TESTS: Final[Mapping[str, str]] = {
    "eq": "is {}",
    "in_": "is {}",
    "has": "has {}",
    "gt": "is more than {}",
    "ge": "is at least {}",
    "lt": "is less than {}",
    "le": "is at most {}",
}


def step_in_words(step: SayStep | AskStep | RevealStep | AgreeStep | RatifyStep) -> tuple[str, ...]:
    """Return what a step is called, what it is about where its name does not say it, and what takes place in it."""
    name = step.title or step.id.replace("-", " ")
    match step:
        case SayStep():
            return name, "to read"
        case AskStep():
            about = () if step.asked == (step.id,) and not step.title else (_some(step.asked),)
            return (name, *about, ", ".join(_asked(step)))
        case RevealStep():
            return name, ", ".join(_shown(step))
        case AgreeStep():
            rule = "unanimously" if step.rule == "unanimous" else "by consent"
            decided = f", each {step.decided_by} decides" if step.decided_by is not None else ""
            elements = _some(tuple(one.replace("_", " ") for one in step.elements))
            return (name, *([elements] if elements != name else ()), f"agreed {rule}{decided}")
        case _:
            return name, "ratified by everybody"


def _some(names: tuple[str, ...]) -> str:
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return listed((*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} more"))


def _asked(step: AskStep) -> Iterator[str]:
    whom = "" if step.who == EVERYONE else f" of each {step.who}"
    yield f"asked {'blind' if step.mode == 'blind' else 'openly'}{whom}"
    if step.optional:
        yield "optional"


def _shown(step: RevealStep) -> Iterator[str]:
    yield _ATTRIBUTIONS[step.attribution]
    if isinstance(step.once, Quorum):
        yield f"once {step.once.quorum} are ready"
    elif step.once == "facilitator":
        yield "when a facilitator opens it"


def condition_in_words(condition: Condition) -> str:
    """Return *condition* in words, to stand behind *if*: ``somebody answered worries``."""
    match condition:
        case All():
            return " and ".join(map(_within, condition.conditions))
        case Any_():
            return " or ".join(map(_within, condition.conditions))
        case Not():
            return f"not {_within(condition.condition)}"
        case _:
            return _subject(condition)


def _within(condition: Condition) -> str:
    words = condition_in_words(condition)
    return f"({words})" if isinstance(condition, All | Any_) and len(condition.conditions) > 1 else words


def _subject(subject: TheAnswer | Some | Every | AtLeast | Count) -> str:
    tests = listed(_tests(subject))
    match subject:
        case Count():
            return f"the number of answers to {subject.prompt} {tests or 'is more than 0'}"
        case TheAnswer():
            return f"{subject.prompt} {tests or 'is answered'}"
        case Some():
            who = "somebody"
        case Every():
            who = "everybody"
        case _:
            who = f"at least {subject.number}"
    return f"{who} answered {subject.prompt}{f', and it {tests}' if tests else ''}"


def _tests(subject: Subject) -> Iterator[str]:
    for name, words in _TESTS.items():
        values = subject.in_ if name == "in_" else (getattr(subject, name),)
        if values and values[0] is not None:
            yield words.format(" or ".join(map(value_text, values)))
