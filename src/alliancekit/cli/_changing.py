"""Amending what there is: which clause is meant, whether it changes or goes, and what it says from now on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from alliancekit.cli._clause import Entry, clause, variant_of
from alliancekit.cli._console import tell
from alliancekit.cli._line import BACK, Aside, Stop, choose, yes

_VERBS: Final = {
    "add": "add something new",
    "changes": "change something that there is",
    "drops": "drop something that there is",
}
# A promise has a day or a rhythm: who gives the one takes the other away.
_EITHER: Final = frozenset({"due", "repeats"})


@frozen
class Held:
    """
    The clauses that one may change or drop.

    Attributes:
        plain: What each says, as plain data with its element, by id.
        words: The same in one line.
        names: The members whom a changed clause may name, by id.
    """

    plain: Mapping[str, Entry]
    words: Mapping[str, str]
    names: Mapping[str, str]

    def without(self, *taken: str) -> Held:
        """Return what is left when some are spoken for."""
        plain = {name: one for name, one in self.plain.items() if name not in taken}
        return Held(plain, {name: self.words[name] for name in plain}, self.names)


def entry(schema: Mapping[str, Any], held: Held, add: Callable[[], Entry], *, may_end: bool) -> Entry:
    """
    Return a clause that is added, or one that changes or drops what there is; empty for none.

    Args:
        schema: The JSON Schema of a clause that is added.
        held: What there is.
        add: Asks for a clause that is added.
        may_end: Whether nothing means that there is no clause.

    Raises:
        Stop: The person stops; it holds the clause if it is whole.
        Aside: They leave it, and likewise.
    """
    options = _VERBS if held.plain else {"add": _VERBS["add"]}
    while True:
        verb = choose(options, "number (Enter: no more)" if may_end else "number", optional=may_end)
        if not verb:
            return {}
        try:
            found = add() if verb == "add" else amendment(verb, schema, held)
        except Aside as aside:
            if type(aside) is not Aside or aside.word != BACK or aside.answer:
                raise
            continue
        if found:
            return found


def amendment(verb: str, schema: Mapping[str, Any], held: Held) -> Entry:
    """Return what changes or drops the clause that the person picks; empty where nothing comes of it."""
    name = choose(held.words)
    return {"drops": name} if verb == "drops" else changed(schema, held, {"changes": name})


def changed(schema: Mapping[str, Any], held: Held, before: Entry) -> Entry:
    """
    Return what the person changes in a clause, field by field with what it says now; empty for nothing.

    Args:
        schema: The JSON Schema of a clause that is added.
        held: What there is.
        before: What they changed in it before.
    """
    name = before["changes"]
    plain = held.plain[name]
    tell(f"Now: {held.words[name]}", indent="  ", hang="    ")
    tell("Enter keeps what stands in brackets.", indent="  ")
    known = variant_of(schema, plain)["properties"]
    was = {key: value for key, value in plain.items() if key in known and key != "id"}
    try:
        written = clause(schema, held.names, {"id": name, **was, **_without(before)})
    except (Stop, Aside) as left:
        left.answer = _difference(name, was, left.answer) if left.answer else None
        raise
    found = _difference(name, was, written)
    if found is None:
        tell("That is what it says already.", indent="  ")
    if lost := [key for key in was if key not in written and not {key, *written} >= _EITHER]:
        told = "stays as it is: to be rid of it, drop the clause and add another"
        tell(f"What you took out ({', '.join(lost)}) {told}.", indent="  ")
    return found or {}


def again(schema: Mapping[str, Any], held: Held, before: Entry) -> Entry:
    """Go once more through what somebody wrote who changes or drops a clause; empty when they take it back."""
    if "changes" in before:
        return changed(schema, held, before)
    return before if yes(f"  Drop it still: {held.words[before['drops']]}?", default=True) else {}


def is_amendment(one: Mapping[str, Any], held: Held | None) -> bool:
    """Return whether *one* changes or drops a clause that there is."""
    return held is not None and (one.get("changes") in held.plain or one.get("drops") in held.plain)


def _without(before: Entry) -> Entry:
    return {key: value for key, value in before.items() if key != "changes"}


def _difference(name: str, was: Entry, written: Entry) -> Entry | None:
    said = {key: value for key, value in written.items() if key not in ("id", "element") and value != was.get(key)}
    return {"changes": name, **said} if said else None
