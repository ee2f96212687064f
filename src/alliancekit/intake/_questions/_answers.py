"""What a source says about answers: options, scales, numbers. Where it says nothing, nothing is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from attrs import evolve

from alliancekit.intake._questions._draft import PLAIN, Answering, Choice, Words
from alliancekit.intake._questions._fields import Fields
from alliancekit.intake._questions._names import ANSWER_KINDS, field_of, plain_key
from alliancekit.intake._questions._values import choices_of, flag_of, labels_of, number_of, words_of
from alliancekit.values import EMPTY, is_list, is_mapping

__all__ = ["answer_of"]

_RANGE: Final = re.compile(r"(-?\d{1,3})\s*(?:-|–|to|\.\.\.?|…|a|bis)\s*(\d{1,3})", re.IGNORECASE)
_ENDS: Final = ("labels", "ends", "anchors")
_FEWEST: Final = 2
_MOST: Final = 10


def answer_of(fields: Fields, say: Callable[[str, str], None]) -> Answering:
    """
    Take out of *fields* what is said about the answer; where that is not the whole of one, it is left as it stands.

    Args:
        fields: The fields of an entry.
        say: Notes what was understood how.
    """
    left, taken = dict(fields.left), dict(fields.taken)
    answer = _answer(fields)
    if reason := _lack(answer):
        # The labels of a scale are no words to find a prompt by.
        is_scale = answer.kind == "scale"
        fields.left = {f"x-{key}" if is_scale and plain_key(key) in _ENDS else key: one for key, one in left.items()}
        fields.taken = taken
        say("the kind of answer", f"{reason}: the answer is a text")
        return Answering()
    if answer.kind == "scale" and not answer.polarity:
        say("a scale", "which of its ends is the good one is not said")
    return answer


def _lack(answer: Answering) -> str:
    """Return what *answer* lacks to be one that can be given; empty where it lacks nothing."""
    if answer.kind in ("choice", "choices") and len(answer.options) < _FEWEST:
        return "a choice has two options or more, and they are not said"
    if answer.kind == "scale" and answer.points is None:
        return f"a scale goes from 1 to between {_FEWEST} and {_MOST} points, and such are not said"
    return ""


def _answer(fields: Fields) -> Answering:
    given = fields.peek("answer")
    if is_mapping(given) and any(field_of(key) == "kind" for key in given):
        inner = Fields(given)
        answer = _said(inner)
        if answer.kind and not inner.left:
            fields.take("answer", lambda value: value if is_mapping(value) else None)
            return answer
    return _said(fields)


def _said(fields: Fields) -> Answering:
    kind = fields.take("kind", _kind) or ""
    made = {"scale": _scale, "number": _number, "clauses": _clauses}.get(kind)
    if made is not None:
        return made(fields, kind)
    if not kind and fields.peek("scale") is not None:
        return _scale(fields, kind)
    return _choice(fields, kind) if kind in ("", "choice", "choices") else Answering(kind=kind)


def _kind(value: Any) -> str | None:
    return ANSWER_KINDS.get(plain_key(value)) if isinstance(value, str) else None


def _choice(fields: Fields, kind: str) -> Answering:
    options = fields.take("options", _options if not kind else _listed_options)
    several = fields.take("multiple", flag_of) if options or kind else None
    if not options and not kind:
        return Answering()
    note = fields.take("why", lambda value: value if isinstance(value, bool) else None)
    return Answering(kind="choices" if several else kind or "choice", options=options or (), note=bool(note))


def _options(value: Any) -> tuple[Choice, ...] | None:
    found = choices_of(value)
    return found if found and len(found) > 1 else None


def _listed_options(value: Any) -> tuple[Choice, ...] | None:
    """Return options where there must be some: commas part a text that nothing else does."""
    found = _options(value)
    if found is not None or not isinstance(value, str):
        return found
    return _options([*(labels_of(value) or ())])


def _number(fields: Fields, kind: str) -> Answering:
    least, most = fields.take("least", number_of), fields.take("most", number_of)
    return Answering(kind=kind, least=least, most=most, unit=fields.words("unit"))


def _clauses(fields: Fields, kind: str) -> Answering:
    return Answering(kind=kind, evidence=bool(fields.take("evidence", flag_of)))


def _scale(fields: Fields, kind: str) -> Answering:
    """Return a scale, where it is one that we have: of 2 to 10 points."""
    found = fields.take("scale", _scale_in) or _between_ends(fields.peek("scale"))
    if found is None and fields.peek("scale") is not None:
        return Answering(kind=kind)  # it cannot be said here, and is left as it stands
    found = (
        found or fields.take("options", _scale_in) or _between_ends(fields.peek("options")) or Answering(kind="scale")
    )
    points = _counted(fields) or found.points
    polarity = fields.take("polarity", lambda v: v if v in ("positive", "negative") else None)
    labels = _take_labels(fields)
    low, high = fields.words("low") or labels[0] or found.low, fields.words("high") or labels[1] or found.high
    return evolve(found, points=points, low=low, high=high, polarity=polarity or "")


def _points(value: Any) -> int | None:
    number = number_of(value)
    return number if isinstance(number, int) and _FEWEST <= number <= _MOST else None


def _counted(fields: Fields) -> int | None:
    """Return how many points there are, where they count from 1 as ours do."""
    if fields.peek("least") is not None and number_of(fields.peek("least")) != 1:
        return None
    return fields.take("points", _points) or _between(fields)


def _between(fields: Fields) -> int | None:
    points = _points(fields.peek("most"))
    if points is not None:
        fields.take("least", number_of)
        fields.take("most", number_of)
    return points


def _scale_in(value: Any) -> Answering | None:
    if isinstance(value, str) and (found := _RANGE.fullmatch(value.strip())):
        points = _points(int(found[2])) if found[1] == "1" else None
        return Answering(kind="scale", points=points) if points else None
    if (points := _points(value)) is not None:
        return Answering(kind="scale", points=points)
    if is_list(value):
        return _labelled([words_of(one) for one in value])
    return _scale_object(value) if is_mapping(value) else None


def _labelled(labels: list[dict[str, str] | None]) -> Answering | None:
    """Return the scale whose points have *labels*; only the ends keep theirs, so there may be no others."""
    if not all(labels) or len(labels) != 2:
        return None
    return Answering(kind="scale", low=labels[0] or EMPTY, high=labels[1] or EMPTY)


def _between_ends(value: Any) -> Answering | None:
    """Return the scale of a list with a label for each point, which is kept beside it: only the ends have a place."""
    listed = value if is_list(value) else labels_of(value) if isinstance(value, str) else None
    labels = [words_of(one) for one in listed or ()]
    if not 2 < len(labels) <= _MOST or not all(labels):
        return None
    return Answering(kind="scale", points=len(labels), low=labels[0] or EMPTY, high=labels[-1] or EMPTY)


def _scale_object(value: dict[str, Any]) -> Answering | None:
    if value and all(number_of(key) is not None for key in value):
        return _numbered({int(number_of(key) or 0): words_of(one) for key, one in value.items()})
    fields = Fields(value)
    labels = _take_labels(fields)
    low, high = fields.words("low") or labels[0], fields.words("high") or labels[1]
    points = _counted(fields)
    polarity = fields.take("polarity", lambda v: v if v in ("positive", "negative") else None)
    if fields.left or not (points or low or high):
        return None
    return Answering(kind="scale", points=points, low=low, high=high, polarity=polarity or "")


def _take_labels(fields: Fields) -> tuple[Words, Words]:
    key = next((one for one in fields.left if plain_key(one) in _ENDS), "")
    value = fields.left.get(key)
    if is_list(value) and len(value) == 2 and all(words_of(one) for one in value):
        del fields.left[key]
        return words_of(value[0]) or EMPTY, words_of(value[1]) or EMPTY
    if is_mapping(value) and (found := _scale_object(value)) is not None:
        del fields.left[key]
        return found.low, found.high
    return EMPTY, EMPTY


def _numbered(labels: dict[int, dict[str, str] | None]) -> Answering | None:
    """Return the scale of ``{"1": "never", "5": "always"}``, where only its ends have labels."""
    first, last = min(labels), max(labels)
    if first != 1 or _points(last) is None or len(labels) > 2 or not all(labels.values()):
        return None
    return Answering(kind="scale", points=last, low=labels[first] or {PLAIN: ""}, high=labels[last] or {PLAIN: ""})
