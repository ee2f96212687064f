"""Asking for clauses one after another: new ones, and what changes or drops one that there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliancekit.cli._changing import Held, again, entry, is_amendment
from alliancekit.cli._clause import Dropped, Entry, clause
from alliancekit.cli._line import PASS, Aside, Stop


def clauses(
    schema: Mapping[str, Any], names: Mapping[str, str], before: tuple[Entry, ...] = (), held: Held | None = None
) -> list[Entry]:
    """
    Return the clauses that the person writes, one after another until they have no more.

    Args:
        schema: The JSON Schema of one.
        names: The members whom a clause may name, by id.
        before: What they wrote before, which they go through again.
        held: The clauses that there are and that they may change or drop; None where there are none.

    Raises:
        Stop: They stop; it holds all that they wrote.
        Aside: They leave the question; it holds all that they wrote.
    """
    found: list[Entry] = []
    left = list(before)
    while True:
        draft = left.pop(0) if left else {}
        try:
            one = _one(schema, names, draft, [*found, *left], held)
        except Stop as stop:
            raise Stop(_kept(found, stop.answer or draft, left)) from None
        except Dropped:
            continue
        except Aside as aside:
            if not found:
                raise Aside(aside.word, _kept([], aside.answer or draft, left)) from None
            if aside.word == PASS:
                return _kept(found, aside.answer or draft, left)
            left[:0] = [found.pop(), *_kept([], aside.answer or draft, [])]
            continue
        if one:
            found.append(one)
        # There is only one review, and nothing more is asked where nothing else can be said.
        if (not one and found and not draft) or (one.get("id") == "review" and "anyOf" not in schema):
            return found


def _one(
    schema: Mapping[str, Any], names: Mapping[str, str], draft: Entry, written: list[Entry], held: Held | None
) -> Entry:
    """Return the next clause beside those *written*, or *draft* after they went through it again; empty for none."""
    may_end = bool(written or draft)
    taken = {str(each.get("id")) for each in written} | set(held.plain if held else ())
    if held is not None and is_amendment(draft, held):
        return again(schema, held, draft)
    if held is None or draft:
        return clause(schema, names, draft, may_end=may_end, taken=taken)
    rest = held.without(*(str(each.get("changes") or each.get("drops")) for each in written))
    return entry(schema, rest, lambda: clause(schema, names, taken=taken), may_end=may_end)


def _kept(found: list[Entry], draft: Entry, left: list[Entry]) -> list[Entry]:
    return [*found, *([draft] if draft else []), *left]
