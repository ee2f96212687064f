"""From what a source says about an answer to one of our kinds of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from alliancekit.errors import InvalidValueError
from alliancekit.intake._questions._draft import Answering, Choice, Words
from alliancekit.intake._questions._ids import Ids
from alliancekit.model import (
    AnswerKind,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    NumberAnswer,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)

__all__ = ["Read", "made_answer", "named"]

_ENDS: Final[Mapping[str, Literal["positive", "negative"]]] = MappingProxyType(
    {"positive": "positive", "negative": "negative"}
)

Read: TypeAlias = Callable[[Words], str]
"""What is read of words in the language of the bank."""


def named(choices: tuple[Choice, ...], prefix: str, read: Read) -> tuple[tuple[str, Choice], ...]:
    """Return *choices* with their ids; those that say nothing are left out."""
    ids = Ids(prefix)
    said = [(one, read(one.words)) for one in choices]
    return tuple((ids.give(one.id, text, n)[0], one) for n, (one, text) in enumerate(said, 1) if text)


def made_answer(
    answer: Answering, options: tuple[tuple[str, Choice], ...], read: Read, beside: Read
) -> AnswerKind | None:
    """
    Return the kind of answer that *answer* describes; None where its parts do not make one.

    Args:
        answer: What a source says.
        options: Its options, with their ids.
        read: What is read of the words of an option.
        beside: What is read of words that need not be there.
    """
    try:
        return _made(answer, {name: read(one.words) for name, one in options}, beside)
    except InvalidValueError:
        return None


def _made(answer: Answering, labels: dict[str, str], read: Read) -> AnswerKind:
    low, high = read(answer.low) or None, read(answer.high) or None
    match answer.kind:
        case "choice":
            return ChoiceAnswer(options=labels, note=answer.note)
        case "choices":
            return ChoicesAnswer(options=labels, note=answer.note)
        case "scale":
            return ScaleAnswer(points=answer.points or 5, low=low, high=high, polarity=_ENDS.get(answer.polarity))
        case "number":
            return NumberAnswer(least=answer.least, most=answer.most, unit=read(answer.unit) or None)
        case "yes-no":
            return YesNoAnswer()
        case "date":
            return DateAnswer()
        case "clauses":
            return ClausesAnswer(evidence=answer.evidence)
        case _:
            return TextAnswer()
