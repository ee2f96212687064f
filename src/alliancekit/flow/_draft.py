"""From what all may know to the alliance: what was adopted, what needed no agreement, and the answers that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from alliancekit.flow._answers import note_of
from alliancekit.flow._concerns import asked_to_meet
from alliancekit.flow._eyes import Eyes, eyes_of, told
from alliancekit.flow._leaves import split
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import RatifyStep
from alliancekit.flow._reviews import reviewed
from alliancekit.flow._state import Item, State
from alliancekit.flow._tables import INTENTION
from alliancekit.model import (
    Alliance,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    Member,
    Preferences,
    Ratification,
    Response,
    Reviewed,
    TextAnswer,
    Unresolved,
)
from alliancekit.typing import Json
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["draft", "entering", "responses", "said_by"]

_CLAUSES = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules", "concerns")


def draft(state: State) -> Alliance:
    """
    Return the alliance as far as all may know it, with the ratifications of what it says.

    A session about an alliance that exists gives the next one: as it was, with what was agreed to change. What was
    answered on the way is in the record of the check-in then, and not in the alliance.
    """
    from alliancekit.consent import amended

    head, eyes, before = state.head, eyes_of(state), state.head.before
    items = entering(state)
    fields = tuple((name, found) for name in state.route.asked_in if (found := _fields(state, name)))
    members = {who: _member(eyes, member, fields) for who, member in state.members.items()}
    base = before or Alliance(
        id=head.alliance_id, kind=head.kind, title=head.title, made_with=head.made_with, members=members.values()
    )
    stood: Mapping[str, Reviewed] = reviewed(state) if before is not None else EMPTY
    return evolve(
        amended(base, [evolve(item, clause=_as_told(state, item)) for item in items], stood),
        title=head.title,
        relationship=head.relationship,
        language=head.language,
        status="active" if base.status == "draft" and _is_active(state) else base.status,
        members=FrozenMap({**base.members, **members}, extra=base.members.extra),
        responses=base.responses if before is not None else responses(state),
        unresolved=_unresolved(state, base),
        ratifications=FrozenMap(_ratifications(state, base), extra=base.ratifications.extra),
    )


def _as_told(state: State, item: Item) -> Any:
    return _declined(state, item) if item.element == "expectations" else item.clause


def entering(state: State) -> list[Item]:
    """Return what enters the alliance: what was adopted, and what needs no agreement, in its order."""
    found = (one for one in state.items.values() if one.outcome == "adopted" or one.element not in state.route.agreed)
    return sorted(found, key=lambda one: one.place)


def _declined(state: State, item: Item) -> Any:
    names = tuple(
        who for who in asked_to_meet(state, item) if who in item.words and item.words[who].response == "decline"
    )
    return item.clause.with_declined_by(*names)


def _unresolved(state: State, base: Alliance) -> FrozenMap[Unresolved]:
    items = sorted((item for item in state.items.values() if item.outcome != "open"), key=lambda item: item.place)
    found = dict(base.unresolved)
    for item in items:
        found.pop(item.id, None)
        if item.outcome == "unresolved":
            found[item.id] = Unresolved(
                id=item.id,
                element=item.element,  # type: ignore[arg-type]
                text=said_by(item.clause),
                objections=item.objections,
            )
    return FrozenMap(found, extra=base.unresolved.extra)


def said_by(clause: Any) -> str:
    """Return what a clause, or a single field, says in words."""
    if isinstance(clause, str):
        return clause
    for name in ("text", "purpose"):
        if (words := getattr(clause, name, None)) is not None:
            return str(words)
    every = f"{clause.frequency}" if clause.interval == 1 else f"{clause.frequency}, every {clause.interval}"
    return ", ".join((every, *clause.weekdays))


def _member(eyes: Eyes, member: Member, fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Member:
    told: dict[str, str] = {}
    for name, targets in fields:
        for target in targets:
            if (value := eyes.shown(name, member.id)) is not None:
                told[target] = str(value)
    plain: dict[str, Any] = {name: told[name] for name in ("why", "stuck_signal") if name in told}
    if "accountable_for" in told:
        lines = (line.strip() for line in told["accountable_for"].splitlines())
        plain["accountable_for"] = tuple(dict.fromkeys(line for line in lines if line))
    prefers: dict[str, Any] = {
        name.partition(".")[2]: value for name, value in told.items() if name.startswith("prefers.")
    }
    if prefers:
        plain["prefers"] = evolve(member.prefers or Preferences(), **prefers)
    return evolve(member, **plain) if plain else member


def _fields(state: State, question: str) -> tuple[str, ...]:
    """Return the fields of a member that the answers to a prompt fill; one that is repeated has too many for them."""
    prompt = state.route.prompt_of(question)
    if question != prompt.id or prompt.scope == "shared" or not isinstance(prompt.answer, TextAnswer):
        return ()
    return tuple(one.removeprefix("members.") for one in prompt.informs if one.startswith("members."))


def responses(state: State) -> tuple[Response, ...]:
    """Return the answers that all may know and that stand nowhere else, as responses."""
    return tuple(_responses(state, eyes_of(state)))


def _responses(state: State, eyes: Eyes) -> Iterator[Response]:
    for question in (one for leaf in told(state) for one in state.route.answerable[leaf.id]):
        prompt = state.route.prompt_of(question)
        if prompt.scope == "shared":
            pairs: Iterable[tuple[str | None, Json]] = ((None, eyes.shown(question)),)
        else:
            pairs = ((who, eyes.shown(question, who)) for who in state.members)
        for who, value in pairs:
            if value is not None and ("." in question or not _is_placed(state, question, value)):
                name, for_ = split(question)
                yield Response(prompt=name, by=who, for_=for_, answer=value)


def _is_placed(state: State, question: str, value: Json) -> bool:
    """Return whether an answer stands elsewhere in the alliance, or in a check-in."""
    prompt = state.route.prompt_of(question)
    match prompt.answer:
        case ClausesAnswer():
            return True
        case ChoiceAnswer() | ChoicesAnswer():
            return "atmosphere" in prompt.informs and note_of(value) is None
        case TextAnswer() if prompt.scope == "shared":
            item = state.items.get(INTENTION)
            # What was asked again after it was agreed on stands nowhere else.
            is_past = item is not None and item.outcome == "adopted" and prompt.id not in item.prompts
            return INTENTION in prompt.informs and not is_past
        case _:
            return "pulse" in prompt.informs or bool(_fields(state, question))


def _ratifications(state: State, base: Alliance) -> dict[str, Ratification]:
    steps = [leaf.id for leaf in state.route.barriers if isinstance(leaf.step, RatifyStep)]
    held = dict(base.ratifications)
    if any(state.stages.get(step) is Phase.OPEN for step in steps):
        # Who is asked for a yes has none now.
        held = {who: one for who, one in held.items() if who in state.bound or who not in state.present}
    for step in reversed(steps):
        if found := {who: state.ratified[step, who] for who in state.members if (step, who) in state.ratified}:
            return {**held, **found}
    return held


def _is_active(state: State) -> bool:
    steps = [leaf.id for leaf in state.route.barriers if isinstance(leaf.step, RatifyStep)]
    done = bool(steps) and state.stages.get(steps[-1]) is Phase.RATIFIED
    return done and len(state.present) > 1
