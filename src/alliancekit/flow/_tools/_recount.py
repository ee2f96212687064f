"""A transcript in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Final

from alliancekit.flow._facts import (
    AnyFact,
    Asked,
    Fact,
    Finished,
    Joined,
    Left,
    Proposed,
    Ratified,
    Readied,
    Reopened,
    Responded,
    Revealed,
    Revised,
    Settled,
    Withdrawn,
)
from alliancekit.flow._requests import Request
from alliancekit.flow._text import value_text, verb_of
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

if TYPE_CHECKING:
    from alliancekit.flow._task import OnTable
    from alliancekit.flow._tools._transcript import Entry, Standing, Transcript
    from alliancekit.flow._view import Given, Revelation

__all__ = ["about_of", "recount"]

_WIDTH: Final = 100

_DID: Final = {
    "respond": "answers or passes: {}",
    "clear": "takes back {}",
    "pass": "passes, as nothing was said: {}",
    "submit": "is ready with {}",
    "withdraw": "is not ready with {} any more",
    "reveal": "opens {}",
    "reopen": "goes back to {}",
    "propose": "proposes {}",
    "accept": "accepts {}",
    "stand_aside": "stands aside: {}",
    "object": "objects to {}",
    "decline": "declines {}",
    "ratify": "ratifies: {}",
    "join": "takes in {}",
    "leave": "says that {} goes",
    "erase": "has an answer forgotten: {}",
    "blank": "says nothing any more: {}",
    "migrate": "goes on with another plan: {}",
}

_TO_DO: Final = {
    "answer": "answer {}",
    "submit": "say that they are ready with {}",
    "respond": "give their word about {}",
    "ratify": "ratify in {}",
    "reveal": "open {}",
}


def about_of(request: Request, facts: Iterable[Fact]) -> str:
    """Return what *request* is about: a clause where it proposes one, else a prompt, step, clause or member."""
    clause = next((fact.clause for fact in facts if isinstance(fact, Proposed)), None)
    if clause is not None:
        return clause
    found = (getattr(request, name, None) for name in ("prompt", "clause", "step", "member"))
    return next((str(one) for one in found if one is not None), "the flow")


def recount(told: Transcript) -> str:
    """Return *told* as a text that a coach can read."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Transcript) -> Iterator[str]:
    yield f"{told.title}, through the flow {told.flow}"
    yield from _wrapped("With " + ", ".join(f"{who} ({name})" for who, name in told.members.items()), "")
    yield ""
    for entries in _turns(told.entries):
        yield from _turn(entries)
    yield from ("", "At the end")
    for one in told.standings:
        yield from _wrapped(f"{one.member} {_standing(told, one)}", "  ")
    yes = _listed(one.member for one in told.standings if one.has_ratified)
    yield from _wrapped(f"The alliance is {told.status}; {yes or 'nobody'} said yes to it", "  ")


def _turns(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries; what one member says in silence without a break is one turn, up to where something follows."""
    turn: list[Entry] = []
    for entry in entries:
        last = turn[-1] if turn else entry
        if turn and not (entry.is_silence and last.is_silence and entry.by == last.by and not _has_more(last)):
            yield turn
            turn = []
        turn.append(entry)
    if turn:
        yield turn


def _has_more(entry: Entry) -> bool:
    return bool(entry.shown or entry.table) or any(not isinstance(fact, _SAID_ALREADY) for fact in entry.facts)


def _turn(entries: list[Entry]) -> Iterator[str]:
    first, last = entries[0], entries[-1]
    number = f"{first.number:>3}" if first is last else f"{first.number}-{last.number}"
    silence = "(silence) " if first.is_silence else ""
    did = "; ".join(_did([*several]) for _, several in groupby(entries, lambda one: (one.verb, one.told)))
    yield from _wrapped(f"{number}. {silence}{first.by} {did}", "", hang=5)
    for fact in last.facts:
        if not isinstance(fact, _SAID_ALREADY):
            yield from _wrapped(f"-> {_happened(fact)} [to {_to(fact.to, last)}]", "     ", hang=3)
    for shown in last.shown:
        yield from _shown(shown)
    # What was adopted lay there before, word for word, and the fact names it.
    news = [one for one in last.table if one.outcome != "adopted"]
    if news:
        yield "     on the table:"
        for one in news:
            yield from _wrapped(_laid(one), "       ")


def _did(entries: list[Entry]) -> str:
    first = entries[0]
    about = _listed(_named(one.about, one.for_) for one in entries)
    because = f", because: {' '.join(first.reason.split())}" if first.reason else ""
    told = f" [to {_to(first.told, first)}]" if first.told else ""
    return _DID.get(first.verb, f"{first.verb} {{}}").format(about) + because + told


def _to(names: tuple[str, ...], entry: Entry) -> str:
    return "all" if {*names} == {*entry.present} else _listed(names)


_SAID_ALREADY: Final = (Readied, Withdrawn, Ratified, Reopened, Joined, Left, Responded)
"""What a request says as well as its fact."""


def _happened(fact: AnyFact) -> str:
    match fact:
        case Asked():
            return f"open now: {', '.join(fact.steps)}"
        case Revealed():
            return f"shown by {_named(fact.step, fact.for_)}: {', '.join(fact.of)}"
        case Proposed():
            return f"{fact.clause} ({fact.element}, version {fact.version}) needs the word of {_listed(fact.concerns)}"
        case Revised():
            return f"revised in {_named(fact.step, fact.for_)}: {', '.join(fact.prompts)}"
        case Settled():
            return f"{fact.step} is settled; adopted: {_names(fact.adopted)}; unresolved: {_names(fact.unresolved)}"
        case Finished():
            return f"finished: the alliance is {fact.status}"
        case _:
            return verb_of(fact)


def _shown(shown: Revelation) -> Iterator[str]:
    yield f"     all know now, by {_named(shown.step, shown.for_)}:"
    for (prompt, for_, text), answers in groupby(shown.answers, lambda one: (one.prompt, one.for_, one.text)):
        yield from _wrapped(f"{_named(prompt, for_)}: {text}", "       ")
        for given in answers:
            yield from _wrapped(_given(given), "         ")
    for one in shown.figures:
        yield from _wrapped(f"{_named(one.prompt, one.for_)}: {one.text}", "       ")
        counts = ", ".join(f"{name} {count}" for name, count in (one.counts or {}).items())
        yield f"         {one.answers} answers, {f'mean {one.mean}' if one.mean is not None else counts}"


def _given(given: Given) -> str:
    marks = [mark for mark, is_so in (("late", given.is_late), ("revised", given.is_revised)) if is_so]
    mark = f" ({', '.join(marks)})" if marks else ""
    name = given.by or ("somebody" if given.is_anonymous else "together")
    return f"{name}{mark}: {'nothing any more' if given.value is None else _in_words(given.value)}"


def _in_words(value: Json) -> str:
    if isinstance(value, tuple):
        return "; ".join(_in_words(one) for one in value)
    if isinstance(value, FrozenMap) and not value.keys() & {"choice", "choices"}:
        name = f"{value['id']}: " if "id" in value else ""
        text = value.get("text", value.get("purpose"))
        rest = (f"{key} {_in_words(one)}" for key, one in value.items() if key != "id")
        return name + (str(text) if text is not None else ", ".join(rest))
    return value_text(value)


def _laid(one: OnTable) -> str:
    version = f", version {one.version}" if one.version > 1 else ""
    outcome = f" - {one.outcome}" if one.outcome != "open" else ""
    reasons = "".join(f"; {who} objects: {reason}" for who, reason in one.objections.items())
    by = f" by {_listed(one.by)}" if one.by else ""
    return f"{one.id} ({one.element}{version}){by}: {one.text}{outcome}{reasons if outcome else ''}"


def _standing(told: Transcript, one: Standing) -> str:
    if not one.is_present:
        return "has left"
    if one.tasks:
        return f"has still to {_listed(_TO_DO.get(kind, kind + ' {}').format(about) for kind, about in one.tasks)}"
    if told.is_done:
        return "has nothing left to do"
    return f"can do nothing now: {one.waiting[:1].lower()}{one.waiting[1:].rstrip('.')}"


def _listed(names: Iterable[str]) -> str:
    found = [*names]
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1] if found else ""


def _named(name: str, for_: str | None) -> str:
    return f"{name} for {for_}" if for_ else name


def _names(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _wrapped(text: str, indent: str, hang: int = 2) -> list[str]:
    wrapper = TextWrapper(_WIDTH, initial_indent=indent, subsequent_indent=indent + " " * hang)
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    return wrapper.wrap(text) or [indent]
