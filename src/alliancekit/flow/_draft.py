"""From what all may know to the alliance: what was adopted, what needed no agreement, and the answers that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve

from alliancekit.flow._answers import note_of
from alliancekit.flow._concerns import asked_to_meet
from alliancekit.flow._eyes import Eyes, eyes_of
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import RatifyStep
from alliancekit.flow._route import split
from alliancekit.flow._state import Item, State
from alliancekit.flow._tables import INTENTION
from alliancekit.model import (
    Alliance,
    Cadence,
    Channel,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    Member,
    Preferences,
    Response,
    Review,
    ScheduledCheckIn,
    TextAnswer,
    Unresolved,
)
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["draft", "said_by"]

_CLAUSES = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules", "concerns")


def draft(state: State) -> Alliance:
    """Return the alliance as far as all may know it, with the ratifications of what it says."""
    head, eyes = state.head, eyes_of(state)
    items = sorted((item for item in state.items.values() if _enters(state, item)), key=lambda item: item.place)
    clauses: dict[str, Any] = {name: [item.clause for item in items if item.element == name] for name in _CLAUSES}
    clauses["expectations"] = [_declined(state, item) for item in items if item.element == "expectations"]
    asked = {one.id for one in clauses["expectations"]}
    clauses["commitments"] = [_meeting(one, asked) for one in clauses["commitments"]]
    ratifications = _ratifications(state)
    return Alliance(
        id=head.alliance_id,
        kind=head.kind,
        title=head.title,
        relationship=head.relationship,
        status="active" if _is_active(state) else "draft",
        language=head.language,
        made_with=head.made_with,
        intention=next((item.clause for item in items if item.element == INTENTION), None),
        members=[_member(state, eyes, member) for member in state.members.values()],
        cadence=_cadence([item.clause for item in items if item.element == "cadence"]),
        responses=_responses(state, eyes),
        unresolved=_unresolved(state),
        ratifications=ratifications,
        **clauses,
    )


def _enters(state: State, item: Item) -> bool:
    return item.outcome == "adopted" or item.element not in state.route.agreed


def _declined(state: State, item: Item) -> Any:
    names = tuple(
        who for who in asked_to_meet(state, item) if who in item.words and item.words[who].response == "decline"
    )
    return item.clause.with_declined_by(*names)


def _meeting(commitment: Any, expectations: set[str]) -> Any:
    # What was asked and not agreed is not in the alliance, so nothing there can meet it.
    return evolve(commitment, meets=tuple(name for name in commitment.meets if name in expectations))


def _cadence(clauses: list[Any]) -> Cadence | None:
    if not clauses:
        return None
    return Cadence(
        check_ins=[one for one in clauses if isinstance(one, ScheduledCheckIn)],
        channels=[one for one in clauses if isinstance(one, Channel)],
        review=next((one for one in clauses if isinstance(one, Review)), None),
    )


def _unresolved(state: State) -> Iterator[Unresolved]:
    found = sorted((item for item in state.items.values() if item.outcome == "unresolved"), key=lambda item: item.place)
    for item in found:
        yield Unresolved(id=item.id, element=item.element, text=said_by(item.clause), objections=item.objections)  # type: ignore[arg-type]


def said_by(clause: Any) -> str:
    """Return what a clause, or a single field, says in words."""
    if isinstance(clause, str):
        return clause
    for name in ("text", "purpose"):
        if (words := getattr(clause, name, None)) is not None:
            return str(words)
    every = f"{clause.frequency}" if clause.interval == 1 else f"{clause.frequency}, every {clause.interval}"
    return ", ".join((every, *clause.weekdays))


def _member(state: State, eyes: Eyes, member: Member) -> Member:
    told: dict[str, str] = {}
    for name in state.route.asked_in:
        for target in _fields(state, name):
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


def _responses(state: State, eyes: Eyes) -> Iterator[Response]:
    for question in state.route.questions():
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
            return INTENTION in prompt.informs
        case _:
            return "pulse" in prompt.informs or bool(_fields(state, question))


def _ratifications(state: State) -> FrozenMap[Any]:
    steps = [leaf.id for leaf in state.route.barriers if isinstance(leaf.step, RatifyStep)]
    for step in reversed(steps):
        found = {who: state.ratified[step, who] for who in state.members if (step, who) in state.ratified}
        if found:
            return FrozenMap(found)
    return FrozenMap()


def _is_active(state: State) -> bool:
    steps = [leaf.id for leaf in state.route.barriers if isinstance(leaf.step, RatifyStep)]
    done = bool(steps) and state.stages.get(steps[-1]) is Phase.RATIFIED
    return done and len(state.present) > 1
