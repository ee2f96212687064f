"""What each field of a flow, a step or a prompt may say otherwise: a table of fields, each with how it is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from alliancekit.flow._plan import (
    AgreeStep,
    AskStep,
    Flow,
    GroupStep,
    Plan,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
)
from alliancekit.flow._versions._changes import ChangeKind
from alliancekit.model import (
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    FollowUp,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)
from alliancekit.shapes import Wired
from alliancekit.values import FrozenMap, is_tuple, shorten

__all__ = ["FIELDS", "WIDTH", "differences"]

Difference: TypeAlias = tuple[ChangeKind, tuple[str | int, ...], str]
"""What differs, where below the value, and in words."""

Comparison: TypeAlias = Callable[[Any, Any], Iterator[Difference]]

WIDTH: Final = {"aggregate": 1, "anonymous": 2, "named": 3}
"""How much an attribution says about who answered what."""


def differences(old: Wired, new: Wired) -> Iterator[Difference]:
    """Yield how *new* differs from *old*, which is of the same class, in its own fields."""
    for name, comparison in FIELDS[type(old)].items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from ((kind, (name, *at), text) for kind, at, text in comparison(before, after))


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Wired):
        return "something else"
    return ", ".join(map(str, value)) or "nothing" if is_tuple(value) else shorten(value)


def _as(kind: ChangeKind, what: str) -> Comparison:
    def compare(old: object, new: object) -> Iterator[Difference]:
        yield kind, (), f"{what} was {_said(old)} and is {_said(new)}"

    return compare


def _otherwise(kind: ChangeKind, what: str) -> Comparison:
    def compare(_old: object, _new: object) -> Iterator[Difference]:
        yield kind, (), what

    return compare


def _turned(more: ChangeKind, less: ChangeKind, what: str, size: Callable[[Any], float] = float) -> Comparison:
    def compare(old: Any, new: Any) -> Iterator[Difference]:
        yield more if size(new) > size(old) else less, (), f"{what} was {_said(old)} and is {_said(new)}"

    return compare


def _listed(added: ChangeKind, removed: ChangeKind, reordered: ChangeKind, what: str) -> Comparison:
    def compare(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Difference]:
        for index, name in enumerate(new):
            if name not in old:
                yield added, (index,), f"{what} {name} was added"
        for index, name in enumerate(old):
            if name not in new:
                yield removed, (index,), f"{what} {name} was removed"
        if [name for name in old if name in new] != [name for name in new if name in old]:
            yield reordered, (), f"{what}: another order, {', '.join(new)}"

    return compare


def _bound(widened: Callable[[float, float], bool], what: str) -> Comparison:
    def compare(old: float | None, new: float | None) -> Iterator[Difference]:
        is_wider = new is None or (old is not None and widened(old, new))
        kind = ChangeKind.BOUNDS_WIDENED if is_wider else ChangeKind.BOUNDS_NARROWED
        yield kind, (), f"{what} was {_said(old)} and is {_said(new)}"

    return compare


def _options(old: FrozenMap[str], new: FrozenMap[str]) -> Iterator[Difference]:
    for name in new:
        if name not in old:
            yield ChangeKind.OPTION_ADDED, (name,), f"option {name} was added"
        elif new[name] != old[name]:
            yield ChangeKind.PROMPT_REWORDED, (name,), f"the label of option {name} was reworded"
    for name in old:
        if name not in new:
            yield ChangeKind.OPTION_REMOVED, (name,), f"option {name} was removed"
    if old.extra != new.extra:
        yield _RESTATED, (), "keys beginning x- differ"


def _languages(old: FrozenMap[str], new: FrozenMap[str]) -> Iterator[Difference]:
    for who in dict.fromkeys((*new, *old)):
        if old.get(who) != new.get(who):
            was, now = _said(old.get(who)), _said(new.get(who))
            yield ChangeKind.LANGUAGES, (who,), f"the language of {who} was {was} and is {now}"
    if old.extra != new.extra:
        yield _RESTATED, (), "keys beginning x- differ"


def _follow_ups(old: tuple[FollowUp, ...], new: tuple[FollowUp, ...]) -> Iterator[Difference]:
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    added, removed = ChangeKind.FOLLOW_UP_ADDED, ChangeKind.FOLLOW_UP_REMOVED
    names = tuple(one.id for one in old), tuple(one.id for one in new)
    yield from _listed(added, removed, ChangeKind.FOLLOW_UPS_REORDERED, "follow-up")(*names)
    for index, one in enumerate(new):
        if one.id in before and one.text != before[one.id].text:
            yield ChangeKind.PROMPT_REWORDED, (index, "text"), f"follow-up {one.id} was reworded"
        if one.id in before and one.extra != before[one.id].extra:
            yield _RESTATED, (index,), f"follow-up {one.id} is written otherwise"
    if len(before) < len(old) or len(after) < len(new):
        yield _RESTATED, (), "a follow-up stands there twice"


def _answer(old: Wired, new: Wired) -> Iterator[Difference]:
    if type(old) is not type(new):
        kinds: Any = (old, new)
        yield ChangeKind.ANSWER_KIND, (), f"the answer was {kinds[0].kind} and is {kinds[1].kind}"
    else:
        yield from differences(old, new)


_RESTATED: Final = ChangeKind.RESTATED
_EXTRA: Final[Mapping[str, Comparison]] = {"extra": _otherwise(_RESTATED, "keys beginning x- differ")}
_REWORDED: Final = ChangeKind.PROMPT_REWORDED
_COMMON: Final[Mapping[str, Comparison]] = {
    "title": _as(ChangeKind.STEP_RETITLED, "the title"),
    "when": _otherwise(ChangeKind.STEP_RECONDITIONED, "it is shown on another condition"),
    **_EXTRA,
}
_NOTE: Final = _turned(ChangeKind.NOTE_ADDED, ChangeKind.NOTE_REMOVED, "room for a note")
_CHOICE: Final[Mapping[str, Comparison]] = {"options": _options, "note": _NOTE, **_EXTRA}

# Every field but ids, kinds, and what holds other steps or prompts, which are matched by id.
FIELDS: Final[Mapping[type[Any], Mapping[str, Comparison]]] = MappingProxyType(
    {
        Plan: {"languages": _languages, **_EXTRA},
        Flow: {
            "id": _as(ChangeKind.FLOW_RENAMED, "the id of the flow"),
            "title": _as(ChangeKind.FLOW_RETITLED, "the title of the flow"),
            "language": _as(ChangeKind.FLOW_LANGUAGE, "the language of the flow"),
            "kinds": _as(ChangeKind.FLOW_KINDS, "the kinds of alliance that it is for"),
            "bank": _as(ChangeKind.FLOW_BANK, "the bank"),
            **_EXTRA,
        },
        SayStep: {"text": _otherwise(ChangeKind.STEP_REWORDED, "its text was reworded"), **_COMMON},
        AskStep: {
            "mode": _turned(
                ChangeKind.MODE_OPENED, ChangeKind.MODE_BLINDED, "the mode", {"blind": 0.0, "open": 1.0}.__getitem__
            ),
            "who": _as(ChangeKind.WHO, "who is asked"),
            "optional": _turned(ChangeKind.MADE_OPTIONAL, ChangeKind.MADE_REQUIRED, "that it is optional"),
            **_COMMON,
        },
        RevealStep: {
            "of": _listed(ChangeKind.OF_ADDED, ChangeKind.OF_REMOVED, ChangeKind.OF_REORDERED, "what it shows:"),
            "once": _as(ChangeKind.ONCE, "when it takes place"),
            "missing": _as(ChangeKind.MISSING, "what it does about who is missing"),
            "late": _as(ChangeKind.LATE, "what it does about late answers"),
            "attribution": _turned(
                ChangeKind.ATTRIBUTION_WIDENED, ChangeKind.ATTRIBUTION_NARROWED, "the attribution", WIDTH.__getitem__
            ),
            **_COMMON,
        },
        AgreeStep: {
            "elements": _listed(
                ChangeKind.ELEMENT_ADDED, ChangeKind.ELEMENT_REMOVED, ChangeKind.ELEMENTS_REORDERED, "element"
            ),
            "rule": _as(ChangeKind.RULE, "the rule"),
            "rounds": _turned(ChangeKind.ROUNDS_RAISED, ChangeKind.ROUNDS_LOWERED, "the number of rounds"),
            "decided_by": _as(ChangeKind.DECIDED_BY, "who decides"),
            **_COMMON,
        },
        RatifyStep: _COMMON,
        GroupStep: _COMMON,
        RepeatStep: {
            "over": _as(ChangeKind.OVER, "what it is repeated for"),
            "most": _turned(ChangeKind.MOST_RAISED, ChangeKind.MOST_LOWERED, "how often at most"),
            **_COMMON,
        },
        Prompt: {
            "text": _otherwise(_REWORDED, "its text was reworded"),
            "why": _otherwise(_REWORDED, "its why was reworded"),
            "scope": _as(ChangeKind.SCOPE, "its scope"),
            "visibility": _turned(
                ChangeKind.VISIBILITY_OPENED,
                ChangeKind.VISIBILITY_CLOSED,
                "its visibility",
                {"private": 0.0, "members": 1.0}.__getitem__,
            ),
            "answer": _answer,
            "informs": _listed(
                ChangeKind.INFORMS_ADDED, ChangeKind.INFORMS_REMOVED, ChangeKind.INFORMS_REORDERED, "what it informs:"
            ),
            "follow_ups": _follow_ups,
            "tags": _as(ChangeKind.TAGS, "its tags"),
            **_EXTRA,
        },
        TextAnswer: _EXTRA,
        ChoiceAnswer: _CHOICE,
        ChoicesAnswer: _CHOICE,
        ScaleAnswer: {
            "points": _turned(ChangeKind.POINTS_RAISED, ChangeKind.POINTS_LOWERED, "the number of points"),
            "low": _otherwise(_REWORDED, "the label of the first point was reworded"),
            "high": _otherwise(_REWORDED, "the label of the last point was reworded"),
            "polarity": _as(ChangeKind.MEANING, "the polarity"),
            **_EXTRA,
        },
        YesNoAnswer: _EXTRA,
        NumberAnswer: {
            "least": _bound(lambda old, new: new < old, "the least"),
            "most": _bound(lambda old, new: new > old, "the most"),
            "unit": _as(ChangeKind.MEANING, "the unit"),
            **_EXTRA,
        },
        DateAnswer: _EXTRA,
        ClausesAnswer: {
            "evidence": _turned(ChangeKind.EVIDENCE_REQUIRED, ChangeKind.EVIDENCE_DROPPED, "that evidence is required"),
            **_EXTRA,
        },
    }
)
