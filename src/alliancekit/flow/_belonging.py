"""Who belongs, and what is forgotten: members come, go, and have an answer of theirs erased."""

from __future__ import annotations

from alliancekit.flow._facts import Erased, Joined, Left
from alliancekit.flow._leaves import Leaf, key_of
from alliancekit.flow._moves import Phase
from alliancekit.flow._ratifying import asked_anew
from alliancekit.flow._repeats import after_move
from alliancekit.flow._requests import Blank, Erase, Join, Leave
from alliancekit.flow._revising import drop_all
from alliancekit.flow._state import ALL, State
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.model import Member
from alliancekit.values import shorten

__all__ = ["blanked", "erase", "join", "leave"]


def join(state: State, _: Leaf | None, request: Join) -> Outcome:
    if request.member in state.members:
        raise Unfit(f"{request.member!r} is, or was, a member already")
    facilitators = state.roles("facilitator")
    if facilitators and request.by not in (request.member, *facilitators):
        raise Unfit("a facilitator takes people in")
    if state.head.kind == "one-to-one":
        raise Unfit("this alliance is between two, and both are here")
    member = Member(id=request.member, name=request.name, roles=request.roles)
    members = state.members.with_entry(member.id, member)
    moved = after_move(asked_anew(state.but(members=members, present=(*state.present, member.id))))
    return moved, (Joined(to=moved.present, member=member.id),)


def leave(state: State, _: Leaf | None, request: Leave) -> Outcome:
    assert request.at is not None
    who = request.member
    if who not in state.present:
        raise Unfit(f"no member here is called {shorten(who)}")
    if request.by != who and request.by not in state.roles("facilitator"):
        raise Unfit("each may go, and a facilitator may say that somebody has gone")
    if len(state.present) == 1:
        raise Unfit("the last member cannot go")
    state = drop_all(state, who)
    members = state.members.with_entry(who, state.members[who].with_left(request.at.date()))
    present = tuple(one for one in state.present if one != who)
    moved = after_move(asked_anew(state.but(members=members, present=present)))
    moved = moved.but(gone=moved.gone.insert(who, moved))
    return moved, (Left(to=state.present, member=who),)


# What was forgotten --------------------------------------------------------------------------------------------------


def erase(state: State, _: Leaf | None, request: Erase) -> Outcome:
    """Return the state in which something was forgotten: what is left of it in the log is all that a state is made of."""
    keys = (key for key in _keys(state, request.prompt, request.for_) if key.partition(".")[0] in state.route.prompts)
    withheld = state.withheld
    for key in keys:
        if state.stages.get(state.route.asked_in[key.partition(".")[0]].id) is Phase.REVEALED:
            withheld = withheld.insert(key)
    fact = Erased(to=(request.by,), by=request.by, prompt=request.prompt, for_=request.for_)
    gone = state.gone
    for who, left in tuple(gone.items()):  # or who has left would see by how much a figure is another
        gone = gone.insert(who, left.but(withheld=withheld))
    return state.but(withheld=withheld, gone=gone), (fact,)


def blanked(state: State, request: Blank) -> State:
    """Return *state*; where the one answer of all stood, with nobody who owes another."""
    if request.prompt is None:
        return state
    passes = state.passes
    for key in _keys(state, request.prompt, request.for_):
        if state.route.is_shared(key):
            passes = passes.insert((key, ALL))
    return state.but(passes=passes)


def _keys(state: State, question: str, for_: str | None) -> tuple[str, ...]:
    """Return how the engine knows a question: of what is repeated, for one or for all that it is for."""
    name, dot, follow_up = question.partition(".")
    if for_ is not None:
        return (key_of(question, for_),)
    return tuple(f"{key}{dot}{follow_up}" for key in state.route.repeated.get(name, (name,)))
