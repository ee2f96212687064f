"""
Forgetting: the log is written again without an answer, and what it comes to is made anew.

Each answer that its author has erased becomes a pass with the same id and time, so that a second delivery of it still
changes nothing. Then the log is gone through once more, beside the one that it was: a request that does not fit any
more, or that would mean something else now, becomes a `Blank`, which says nothing and only keeps its id. A yes was given
to exactly what it said: where that is something else now, it is asked for again. And where the session no longer comes to
another plan that it went on with, an answer stands only if the plan that it has instead promises as much about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from attrs import evolve

from alliancekit.errors import AllianceKitError, UnknownNameError
from alliancekit.flow._advance import advance
from alliancekit.flow._aims import question_of
from alliancekit.flow._facts import AnyFact, Proposed, Ratified, Refused
from alliancekit.flow._leaves import split
from alliancekit.flow._requests import Answer, Blank, Erase, Pass, Propose, Ratify, Respond, Stored
from alliancekit.flow._route import Route
from alliancekit.flow._state import State
from alliancekit.flow._text import verb_of
from alliancekit.flow._versions import is_wider

__all__ = ["check_known", "erased", "hidden", "is_meant", "misplaced"]


def is_meant(one: Stored, erase: Erase) -> bool:
    """Return whether a stored request holds something that *erase* has forgotten."""
    if one.by != erase.by or not isinstance(one, Answer | Pass) or erase.for_ not in (None, one.for_):
        return False
    if isinstance(one, Pass):
        return one.reason is not None and one.prompt == erase.prompt
    return erase.prompt in (one.prompt, one.prompt.partition(".")[0])


def check_known(route: Route, erase: Erase) -> None:
    """
    Refuse a prompt that the flow does not ask.

    Raises:
        UnknownNameError: No prompt has that name.
    """
    known = tuple(dict.fromkeys(split(one)[0] for one in route.questions()))
    if erase.prompt not in known:
        raise UnknownNameError("prompt", erase.prompt, known)


def misplaced(requests: Sequence[Stored]) -> tuple[int, str] | None:
    """Return where a stored log is none that an erasure leaves, and why; None where it may be one."""
    gone: set[tuple[str, str, str | None]] = set()
    for index in range(len(requests) - 1, -1, -1):
        one = requests[index]
        if isinstance(one, Erase):
            gone.add((one.by, one.prompt, one.for_))
        elif isinstance(one, Blank) and not gone:
            return index, "nothing after it was erased"
        elif isinstance(one, Answer | Pass) and gone:
            names, places = {one.prompt, one.prompt.partition(".")[0]}, {None, one.for_}
            found = ((one.by, name, place) for name in names for place in places)
            if any(is_meant(one, Erase(by=by, prompt=name, for_=for_)) for by, name, for_ in gone.intersection(found)):
                return index, "it was erased later, and stands here still"
    return None


def erased(
    origin: State, requests: Iterable[Stored], erase: Erase
) -> tuple[State, tuple[Stored, ...], tuple[AnyFact, ...]]:
    """Return what *requests* come to without what *erase* has forgotten, the log of that, and what is told of it."""
    was = now = origin
    log: list[Stored] = []
    for one in requests:
        is_gone, is_alike = is_meant(one, erase), now is was
        before, (was, facts) = was, advance(was, one)
        if is_alike and not is_gone:  # up to what is forgotten, both are the same
            now, stands = was, one
        else:
            said = _without(one, now.route) if is_gone else one
            now, stands = _again(now, said, before, was, facts)
        log.append(stands)
    now, told = advance(now, erase)
    return now, (*log, erase), told


def _without(one: Any, route: Route) -> Stored:
    """Return what stays of a request whose value is forgotten."""
    if isinstance(one, Pass):
        return evolve(one, reason=None)
    if "." in one.prompt:
        return _blank(one)
    keys = route.repeated.get(one.prompt, (one.prompt,))
    if any(key in route.prompts and route.is_shared(key) for key in keys):
        # Others may have been content with it: nobody owes another answer because this one is gone.
        return evolve(_blank(one), prompt=one.prompt, for_=one.for_)
    return Pass(by=one.by, id=one.id, at=one.at, prompt=one.prompt, for_=one.for_)


def _blank(one: Stored) -> Blank:
    # The id of a request about a clause may hold the clause's, which its author typed.
    name = hidden(one.id or "") if isinstance(one, Respond | Propose) else one.id
    return Blank(by=one.by, id=name, at=one.at, verb=one.verb if isinstance(one, Blank) else verb_of(one))


def hidden(name: str) -> str:
    """Return what stands for the id of a request, where it is not to be read any more."""
    return f"sha256:{sha256(name.encode()).hexdigest()}"


def _again(now: State, said: Stored, before: State, was: State, facts: tuple[AnyFact, ...]) -> tuple[State, Stored]:
    """Return the state after *said*, and *said* as it stands: blank where it does not fit, or means something else."""
    if isinstance(said, Answer) and not _is_as_promised(before, now, said):
        return now, _blank(said)
    if isinstance(said, Respond) and not _is_same(before, now, (said.clause,)):
        return now, _blank(said)
    try:
        after, again = advance(now, said)
    except AllianceKitError:
        return now, _blank(said)
    if again and isinstance(again[0], Refused):
        return now, _blank(said)
    if isinstance(said, Propose) and not _is_same(was, after, _named(facts, Proposed, "clause")):
        return now, _blank(said)
    if isinstance(said, Ratify) and [*_named(facts, Ratified, "digest")] != [*_named(again, Ratified, "digest")]:
        return now, _blank(said)
    return after, said


def _is_as_promised(before: State, now: State, said: Answer) -> bool:
    """Return whether an answer is to the same question as when it was given, and nobody would know more of it."""
    was, route = before.route, now.route
    if was.plan == route.plan:
        return True
    name = question_of(before, said).partition(".")[0]
    return name in route.asked_in and was.prompt_of(name) == route.prompt_of(name) and not is_wider(was, route, name)


def _named(facts: tuple[AnyFact, ...], kind: type[Any], name: str) -> Iterator[str]:
    return (getattr(fact, name) for fact in facts if isinstance(fact, kind))


def _is_same(was: State, now: State, names: Iterable[str]) -> bool:
    """Return whether some clauses say in both states the same, in the name of the same members."""
    return all(name in now.items and _said(now.items[name].clause) == _said(was.items[name].clause) for name in names)


def _said(clause: Any) -> Any:
    # Where it came from may have been forgotten; what it says has not changed by that.
    return evolve(clause, source_prompts=()) if hasattr(clause, "source_prompts") else clause
