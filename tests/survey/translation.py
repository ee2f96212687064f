"""
A flow and its bank as a survey of SurveyJS: the part that both mean the same by.

In it are conditions of every kind about answers that the one who looks may know: their own, and those to shared prompts.
A survey has one answer set, so what quantifies over several members, and every barrier, has no counterpart there.

SurveyJS compares loosely: it takes '1' for 1 and 'true' for true. ``{#name}`` reads an answer as it is, and an answer is
compared with a value of its own type only, which our flows are held to when they are loaded.
"""

from collections.abc import Iterator
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
from alliancekit.flow._conditions import Subject, tests_of
from alliancekit.model import Bank, Prompt

__all__ = ["FORMS", "survey_of"]

FORMS = ("onHidden", "onHiddenContainer")
"""
How hidden answers are cleared. ``onHidden`` clears that of a question whose own condition fails, and keeps those in a panel
that is hidden; so in that form each question repeats the conditions of the groups around it.
"""

QUESTIONS: dict[str, dict[str, Any]] = {
    "text": {"type": "text"},
    "choice": {"type": "radiogroup"},
    "choices": {"type": "checkbox"},
    "scale": {"type": "rating"},
    "yes-no": {"type": "boolean"},
    "number": {"type": "text", "inputType": "number"},
    "date": {"type": "text", "inputType": "date"},
}
OPERATORS = {"eq": "=", "in": "anyof", "has": "contains", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def survey_of(flow: Flow, bank: Bank, form: str) -> dict[str, Any]:
    """Return *flow* as a survey, in one of `FORMS`."""
    elements = list(_elements(flow.steps, bank, form, ()))
    return {"clearInvisibleValues": form, "elements": elements}


def name_of(question: str) -> str:
    """Return what a prompt or follow-up is called there, where a dot is a path."""
    return question.replace(".", "_")


def _elements(steps: tuple[Step, ...], bank: Bank, form: str, around: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for step in steps:
        own = (expression(step.when),) if step.when is not None else ()
        conditions = (*around, *own)
        match step:
            case GroupStep():
                inner = conditions if form == "onHidden" else ()
                panel = {"type": "panel", "name": step.id, "elements": list(_elements(step.steps, bank, form, inner))}
                yield panel | _visible(own)
            case SayStep():
                yield {"type": "html", "name": step.id, "html": step.text} | _visible(conditions)
            case AskStep():
                for name in step.asked:
                    yield from _questions(bank.prompts[name], conditions)
            case _:
                raise AssertionError(step)


def _questions(prompt: Prompt, conditions: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    more: dict[str, Any] = {}
    if prompt.answer.kind in {"choice", "choices"}:
        more["choices"] = [{"value": one, "text": text} for one, text in prompt.answer.options.items()]
    if prompt.answer.kind == "scale":
        more["rateMax"] = prompt.answer.points
    yield {"name": prompt.id, **QUESTIONS[prompt.answer.kind], **more} | _visible(conditions)
    for one in prompt.follow_ups:
        answered = f"{{#{prompt.id}}} notempty"
        yield {"name": name_of(f"{prompt.id}.{one.id}"), "type": "text"} | _visible((*conditions, answered))


def _visible(conditions: tuple[str, ...]) -> dict[str, str]:
    return {"visibleIf": " and ".join(f"({one})" for one in conditions)} if conditions else {}


def expression(condition: Condition) -> str:
    """Return *condition* in the language of SurveyJS, in which ``not`` is written ``!``."""
    match condition:
        case All():
            return " and ".join(f"({expression(one)})" for one in condition.conditions)
        case Any_():
            return " or ".join(f"({expression(one)})" for one in condition.conditions)
        case Not():
            return f"!({expression(condition.condition)})"
        case Count():
            return _counted(condition)
        case AtLeast() if condition.number > 1:
            return _never(condition)  # of one answer, there are never two
        case TheAnswer() | Some() | Every() | AtLeast():
            return _judged(condition)


def _judged(subject: Any) -> str:
    name, tests = name_of(subject.prompt), tests_of(subject)
    if not tests:
        return f"{{#{name}}} notempty"
    return " and ".join(f"{{#{name}}} {OPERATORS[test]} {literal(value)}" for test, value in tests.items())


def _counted(count: Count) -> str:
    """Return whether the number of answers passes: of a shared prompt there is one, or none."""
    name, tests = name_of(count.prompt), tests_of(count) or {"gt": 0}
    passed = [number for number in (0, 1) if all(_compare(number, *test) for test in tests.items())]
    return {(): _never(count), (0,): f"{{#{name}}} empty", (1,): f"{{#{name}}} notempty", (0, 1): "1 = 1"}[
        tuple(passed)
    ]


def _compare(number: int, test: str, other: Any) -> bool:
    match test:
        case "eq":
            return bool(number == other)
        case "in":
            return number in other
        case "lt":
            return bool(number < other)
        case "le":
            return bool(number <= other)
        case "gt":
            return bool(number > other)
        case _:
            return bool(number >= other)


def _never(_: Subject) -> str:
    return "1 = 2"


def literal(value: Any) -> str:
    """Return a value as it stands in an expression."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        assert "'" not in value
        return f"'{value}'"
    return repr(value)
