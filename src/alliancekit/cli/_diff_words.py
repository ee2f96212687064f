"""The difference of two versions of an alliance in words: for whoever looks at it, or for one member."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from shlex import quote
from typing import Any, Final

from attrs import evolve

from alliancekit.cli._console import is_list, is_mapping, one_line
from alliancekit.cli._names import listed
from alliancekit.consent import AllianceDiff, Change, MemberDiff
from alliancekit.model import EVERYONE, Alliance, Commitment, Expectation

__all__ = ["told", "told_to"]

_PEOPLE: Final = frozenset({"by", "to", "of", "members", "declined_by", "steward"})
# More reasons than anybody reads at once; each stands above.
_MOST: Final = 6
# From which question of a bank a clause came says nothing to those who wrote it.
_UNSEEN: Final = frozenset({"source_prompts"})


def told(found: AllianceDiff) -> Iterator[str]:
    """Yield what differs, line by line, and who has to agree again."""
    new = found.new
    if found.is_empty:
        yield f"{one_line(new.title)} ({new.id}): nothing differs"
        return
    shown, said = _apart(found)
    count = len(shown.changes) + found.withheld
    yield f"{one_line(new.title)} ({new.id}): {_counted(count, 'change') if count else 'nothing differs but who said yes'}"
    for change in shown.changes:
        yield ""
        yield from _change(found, change, "")
    if found.withheld:
        verb = "is" if found.withheld == 1 else "are"
        yield from ("", f"{_counted(found.withheld, 'change')} {verb} for members only; --for MEMBER shows what it is.")
    yield from said
    yield ""
    yield from _again(shown)


def _apart(found: AllianceDiff) -> tuple[AllianceDiff, list[str]]:
    """Return *found* without the yes of each member, and what there is to say about those."""
    given = [one for one in found.changes if one.element == "ratifications"]
    rest = evolve(found, changes=tuple(one for one in found.changes if one.element != "ratifications"))
    kept, gone = ([one.id for one in given if (one.after is None) is is_gone] for is_gone in (False, True))
    lines = [f"New is the yes of {_names(found, kept)}."] if kept else []
    lines += [f"No more in it is the yes of {_names(found, gone)}."] if gone else []
    return rest, ["", *lines] if lines else []


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _again(found: AllianceDiff) -> Iterator[str]:
    waiting = {*found.waiting}
    done = [one for one in found.consents_again if one not in waiting]
    if not waiting:
        yield "Nobody has to agree again."
    else:
        yield "Who has to agree again:"
    groups: dict[tuple[str, str], list[str]] = {}
    for member in found.waiting:
        first = ", for the first time" if member in found.joined else ""
        groups.setdefault((first, _reasons(found.consents_again[member])), []).append(member)
    for (first, reasons), members in groups.items():
        yield f"  {_names(found, members)}{first}: {reasons}"
    if done:
        yield f"{_names(found, done)} said yes to it already."


def _reasons(why: tuple[Change, ...]) -> str:
    more = [f"{len(why) - _MOST} more"] if len(why) > _MOST else []
    return listed([*(one.place for one in why[:_MOST]), *more])


def told_to(found: AllianceDiff, member: str, path: str) -> Iterator[str]:
    """Yield what differs for one member, line by line, and what they have to do."""
    shown, given = _apart(found)
    said, new, is_waiting = shown.for_member(member), found.new, member in shown.waiting
    yield f"{one_line(new.title)} ({new.id}), for {said.name}"
    yield from ("", _asked(said, path, is_waiting=is_waiting))
    for change in said.asked:
        yield from _change(shown, change, "  ")
    if said.told:
        yield from ("", "Good to know, and nobody asks you about it:")
    for change in said.told:
        yield from _change(shown, change, "  ")
    if said.others:
        yield from ("", f"{_counted(said.others, 'more change')}, between others; without --for it is shown.")
    yield from given
    if is_waiting:
        yield from ("", f"To agree: alliancekit ratify {quote(path)} --as {member} --date YYYY-MM-DD")


def _asked(said: MemberDiff, path: str, *, is_waiting: bool) -> str:
    """Return whether a member has to agree, with a colon where the changes follow that make it so."""
    if said.is_new:
        first = "agree for the first time, to all that concerns you" if is_waiting else "said yes to it already"
        return f"You are new, and {first}: see {quote(path)}."
    if not said.asked:
        return "You do not have to agree again."
    count = _counted(len(said.asked), "change")
    return f"You have to agree again, because of {count}:" if is_waiting else f"You said yes to {count} already:"


def _change(found: AllianceDiff, change: Change, indent: str) -> Iterator[str]:
    asked = ""
    if not indent:
        asks = [one for one in change.concerns if one in found.consents_again]
        is_all = len(asks) > 1 and len(asks) == len(found.new.present())
        asked = f"; asks {'everybody' if is_all else _names(found, asks)}" if asks else "; asks nobody"
    yield f"{indent}{change.place}: {_kinds(found, change)}{asked}"
    lines = list(_lines(found, change))
    if not change.was_in and not any(line.startswith(("-", "+")) for line in lines):
        is_origin = bool(change.keys()) and _UNSEEN.issuperset(change.keys())
        lines.append("it only came from another question" if is_origin else "it is only written in another way")
    yield from (f"{indent}  {line}" for line in lines)


def _kinds(found: AllianceDiff, change: Change) -> str:
    if change.element == "members" and change.id in (*found.joined, *found.left):
        return "joined" if change.id in found.joined else "left"
    if change.was_in:
        return ", ".join([f"moved from {change.was_in}", *change.kinds[2:]])
    return ", ".join(change.kinds)


def _lines(found: AllianceDiff, change: Change) -> Iterator[str]:
    """Yield what was, behind ``-``, and what is, behind ``+``; only what differs where both are there."""
    plain = change.to_dict()
    before, after = _filled(found.old, change.before, plain["before"]), _filled(found.new, change.after, plain["after"])
    if not _is_entry(change):
        before, after = {"": before}, {"": after}
    was, now = _entries(before), _entries(after)
    said = now.get("text")
    if isinstance(said, str) and was.get("text") == said:  # which one it is, people know by what it says
        yield from (f"  {line}" for line in said.split("\n"))
    for key in {**was, **now}:
        if was.get(key) != now.get(key) and key not in _UNSEEN:
            for sign, side, alliance in (("-", was, found.old), ("+", now, found.new)):
                yield from _signed(sign, key, side.get(key), alliance)


def _entries(plain: object) -> Mapping[str, Any]:
    return plain if is_mapping(plain) else {}


def _is_entry(change: Change) -> bool:
    return bool(change.id) and not change.id.startswith("x-")


def _signed(sign: str, key: str, value: Any, alliance: Alliance) -> Iterator[str]:
    if value is None:
        return
    head = f"{key}: " if key else ""
    first, *rest = _text(key, value, alliance).split("\n")
    yield f"{sign} {head}{first}"
    yield from (f"{sign} {' ' * len(head)}{line}" for line in rest)


def _text(key: str, value: Any, alliance: Alliance) -> str:
    if key in _PEOPLE and is_list(value):
        return listed([_name(alliance, one) for one in value])
    if is_mapping(value):
        return ", ".join(f"{name}: {_text(name, part, alliance)}" for name, part in value.items())
    if is_list(value):
        return ", ".join(_text("", one, alliance) for one in value)
    return value if isinstance(value, str) else json.dumps(value)


def _filled(alliance: Alliance, value: Any, plain: Any) -> Any:
    """Return *plain* with whom a clause means that names nobody, for they may be others now."""
    if isinstance(value, Commitment | Expectation) and is_mapping(plain):
        key = "to" if isinstance(value, Commitment) else "of"
        return {**plain, key: plain.get(key) or list(alliance.others(*value.by))}
    return plain


def _name(alliance: Alliance, member: str) -> str:
    known = alliance.members
    return "everyone" if member == EVERYONE else known[member].name if member in known else member


def _names(found: AllianceDiff, members: Iterable[str]) -> str:
    known = {**found.old.members, **found.new.members}
    return listed([known[one].name if one in known else one for one in members])
