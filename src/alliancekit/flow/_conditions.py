"""
When a step is shown: *a subject key, then tests; no test means "was answered"; several tests are all required*.

A condition is data: there is no arithmetic, no regular expression and no function, so it can be typed when the flow is
loaded and judged without a surprise. A pass counts as not answered, and so does the answer to a hidden step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Final, Protocol, TypeAlias, final

from attrs import field, frozen

from alliancekit.model import (
    AnswerKind,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    NumberAnswer,
    Prompt,
    Question,
    ScaleAnswer,
    YesNoAnswer,
)
from alliancekit.shapes import Items, Key, Number, Scalar, Wired, many
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = [
    "All",
    "Answers",
    "Any_",
    "AtLeast",
    "Condition",
    "Count",
    "Every",
    "Not",
    "Some",
    "Subject",
    "TheAnswer",
    "holds",
    "parts",
    "passes",
    "subjects",
    "tests_of",
    "untypable",
]

Datum: TypeAlias = Annotated[Any, Scalar()]


@frozen(kw_only=True, repr=False)
class Subject(Wired):
    """
    What a condition is about, with its tests.

    Attributes:
        eq: The value is this.
        in_: The value is one of these.
        has: Among the chosen options is this one.
        lt: The value is less than this, or before this day.
        le: The value is at most this, or not after this day.
        gt: The value is more than this, or after this day.
        ge: The value is at least this, or not before this day.
    """

    eq: Datum | None = None
    in_: Annotated[tuple[Datum, ...], Items(least=1)] = field(default=(), converter=many)
    has: Datum | None = None
    lt: Datum | None = None
    le: Datum | None = None
    gt: Datum | None = None
    ge: Datum | None = None


@final
@frozen(kw_only=True, repr=False)
class TheAnswer(Subject):
    """
    The answer of the member who is looking, or the one answer of all.

    Attributes:
        prompt: The prompt.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("answer", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class Some(Subject):
    """
    At least one answer that everybody may know.

    Attributes:
        prompt: The prompt.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("some", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class Every(Subject):
    """
    The answer of each member, as far as everybody may know them.

    Attributes:
        prompt: The prompt.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("every", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class AtLeast(Subject):
    """
    At least so many of the answers that everybody may know.

    Attributes:
        number: How many.
        prompt: The prompt.

    .. versionadded:: 0.1
    """

    number: Annotated[int, Number(1, 1000), Key("at_least", tag=True)]
    prompt: Annotated[Question, Key("of")]


@final
@frozen(kw_only=True, repr=False)
class Count(Subject):
    """
    How many members have answered, as far as everybody may know it.

    Attributes:
        prompt: The prompt.

    .. versionadded:: 0.1
    """

    prompt: Annotated[Question, Key("count", tag=True)]


@final
@frozen(kw_only=True, repr=False)
class All(Wired):
    """
    Every one of several conditions holds.

    Attributes:
        conditions: The conditions.

    .. versionadded:: 0.1
    """

    conditions: Annotated[tuple[Condition, ...], Items(least=1), Key("all", tag=True)] = field(converter=many)


@final
@frozen(kw_only=True, repr=False)
class Any_(Wired):  # noqa: N801 - the wire calls it any, and typing.Any stands beside it
    """
    At least one of several conditions holds.

    Attributes:
        conditions: The conditions.

    .. versionadded:: 0.1
    """

    conditions: Annotated[tuple[Condition, ...], Items(least=1), Key("any", tag=True)] = field(converter=many)


@final
@frozen(kw_only=True, repr=False)
class Not(Wired):
    """
    A condition does not hold.

    Attributes:
        condition: The condition.

    .. versionadded:: 0.1
    """

    condition: Annotated[Condition, Key("not", tag=True)]


Condition: TypeAlias = TheAnswer | Some | Every | AtLeast | Count | All | Any_ | Not
"""When a step is shown."""

COMPARISONS: Final = ("lt", "le", "gt", "ge")
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda value, other: _like(value, other) and value == other,
    "in": lambda value, others: any(_like(value, other) and value == other for other in others),
    "has": lambda value, other: isinstance(value, tuple) and other in value,
    "lt": lambda value, other: _like(value, other) and value < other,
    "le": lambda value, other: _like(value, other) and value <= other,
    "gt": lambda value, other: _like(value, other) and value > other,
    "ge": lambda value, other: _like(value, other) and value >= other,
}


class Answers(Protocol):
    """What one pair of eyes may know of the answers."""

    def own(self, question: str) -> Json:
        """Return the answer of the member who is looking, or the shared one; None where there is none."""
        ...

    def known(self, question: str) -> Sequence[Json]:
        """Return the answers that everybody may know."""
        ...

    def each(self, question: str) -> Sequence[Json]:
        """Return, of each member who is asked and has not left, the answer that everybody may know; None where there is none."""
        ...


def holds(condition: Condition, answers: Answers) -> bool:
    """Return whether *condition* holds for what *answers* knows."""
    match condition:
        case All():
            return all(holds(one, answers) for one in condition.conditions)
        case Any_():
            return any(holds(one, answers) for one in condition.conditions)
        case Not():
            return not holds(condition.condition, answers)
        case TheAnswer():
            value = answers.own(condition.prompt)
            return value is not None and passes(condition, value)
        case Count():
            number = len(answers.known(condition.prompt))
            return passes(condition, number) if tests_of(condition) else number > 0
        case Every():
            each = answers.each(condition.prompt)
            return bool(each) and all(value is not None and passes(condition, value) for value in each)
        case _:
            passed = sum(passes(condition, value) for value in answers.known(condition.prompt))
            return passed >= (condition.number if isinstance(condition, AtLeast) else 1)


def tests_of(subject: Subject) -> dict[str, Any]:
    """Return the tests of *subject* that are written, by their key."""
    found = {name: getattr(subject, name) for name in ("eq", "has", *COMPARISONS)}
    found["in"] = subject.in_ or None
    return {name: value for name, value in found.items() if value is not None}


def passes(subject: Subject, value: Json) -> bool:
    """Return whether *value*, an answer or a number of them, passes every test of *subject*."""
    value = _bare(value)
    return all(_COMPARE[name](value, other) for name, other in tests_of(subject).items())


def _bare(value: Json) -> Json:
    """Return the options that were chosen, without the note beside them."""
    if isinstance(value, FrozenMap):
        chosen: Json = value.get("choice", value.get("choices"))
        return chosen
    return value


def _like(value: object, other: object) -> bool:
    # In Python True == 1 and 1 == 1.0; in a condition the first is a mistake, and the second is not.
    if isinstance(value, bool) or isinstance(other, bool):
        return isinstance(value, bool) and isinstance(other, bool)
    if isinstance(value, str) or isinstance(other, str):
        return isinstance(value, str) and isinstance(other, str)
    return isinstance(value, int | float) and isinstance(other, int | float)


def parts(condition: Condition, *at: str | int) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    """Yield *condition* and all that it is made of, each with its place below *at*."""
    yield at, condition
    match condition:
        case All():
            for index, one in enumerate(condition.conditions):
                yield from parts(one, *at, "all", index)
        case Any_():
            for index, one in enumerate(condition.conditions):
                yield from parts(one, *at, "any", index)
        case Not():
            yield from parts(condition.condition, *at, "not")
        case _:
            pass


def subjects(condition: Condition) -> Iterator[TheAnswer | Some | Every | AtLeast | Count]:
    """Yield the subjects that *condition* names."""
    for _, one in parts(condition):
        if not isinstance(one, All | Any_ | Not):
            yield one


def untypable(subject: Subject, prompt: Prompt, *, follow_up: bool) -> Iterable[tuple[str, str]]:
    """Yield each test that can never fit an answer to *prompt*: its key, and why."""
    for name, other in tests_of(subject).items():
        values = other if name == "in" else (other,)
        for value in values:
            reason = _misfit(name, value, None if follow_up else prompt.answer, counts=isinstance(subject, Count))
            if reason:
                yield name, reason
                break


def _misfit(name: str, value: object, answer: AnswerKind | None, *, counts: bool) -> str:
    if counts or isinstance(answer, ScaleAnswer | NumberAnswer):
        fits = name != "has" and isinstance(value, int | float) and not isinstance(value, bool)
        return "" if fits else "is compared with a number, by eq, in, lt, le, gt or ge"
    if isinstance(answer, ClausesAnswer):
        return "is a list of clauses, and can only be answered or not"
    if isinstance(answer, YesNoAnswer):
        return "" if name in ("eq", "in") and isinstance(value, bool) else "is true or false, by eq"
    if isinstance(answer, ChoicesAnswer):
        fits = name == "has" and isinstance(value, str) and value in answer.options
        return "" if fits else f"is tested by has, with one of {', '.join(answer.options)}"
    if isinstance(answer, ChoiceAnswer):
        fits = name in ("eq", "in") and isinstance(value, str) and value in answer.options
        return "" if fits else f"is tested by eq or in, with one of {', '.join(answer.options)}"
    if isinstance(answer, DateAnswer):
        return "" if name != "has" and _is_date(value) else "is a date like 2026-11-01, by eq, in, lt, le, gt or ge"
    return "" if name in ("eq", "in") and isinstance(value, str) else "is a text, by eq or in"


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or len(value) != len("2026-11-01"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
