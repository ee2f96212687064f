"""Who takes part, before there is a question: names that are typed one at a time, and roles behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from attrs import evolve

from alliancekit.cli._console import tell
from alliancekit.cli._line import Aside, line
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import RESERVED, Alliance, Member

_WITH_ROLES: Final = re.compile(r"(?P<name>.*\S)\s*\((?P<roles>[^()]*)\)")

# What a facilitator may do, the engine knows in every flow, so the word is a role also where no step needs one.
_ALWAYS: Final = "facilitator"


def plain_line(label: str, *, optional: bool = False) -> str:
    """Return what is typed where there is no question yet to pass or to go back to."""
    while True:
        try:
            return line(label, optional=optional)
        except Aside:
            tell("There is nothing to pass or to go back to yet; :save stops.")


def listed(words: Sequence[str]) -> str:
    """Return *words* as one says them."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def tell_roles(wanted: Sequence[str]) -> None:
    """Say which roles somebody must have, and how they are written; nothing where there are none."""
    if not wanted:
        return
    first = wanted[0]
    if len(wanted) == 1:
        tell(f"Somebody has to be {first}. Write it behind the name: Kim ({first}).")
    else:
        told = f"Write it behind the name: Kim ({first}), or Kim ({', '.join(wanted[:2])})."
        tell(f"Somebody has to be {listed(wanted)}; one person can be several. {told}")


def names(most: int, wanted: Sequence[str] = ()) -> list[Member]:
    """Return two members or more, and at most *most*, as they are typed, with the roles behind their names."""
    found: list[Member] = []
    while len(found) < most:
        is_enough = len(found) > 1
        label = f"name {len(found) + 1}{' (Enter: that is all)' if is_enough else ''}"
        one = _one_name(found, label, wanted, optional=is_enough)
        if one is None:
            break
        found.append(one)
    return found


def newcomers(about: Alliance, day: date, wanted: Sequence[str] = ()) -> list[Member]:
    """Return who joins *about* on *day*."""
    tell("Does somebody join today? Whoever does agrees with everybody, and everybody with them.")
    known = tuple(about.members.values())
    found: list[Member] = []
    while one := _one_name([*known, *found], "the name of somebody new (Enter: nobody)", wanted, optional=True):
        found.append(evolve(one, joined=day))
    return found


def with_roles(members: list[Member], wanted: Sequence[str]) -> list[Member]:
    """Return *members* such that somebody has each role of *wanted*; for one that nobody has, who it is is asked."""
    for role in wanted:
        if any(role in one.roles for one in members):
            continue
        tell(f"Nobody is {role} yet, and this flow needs somebody. Who is it? A name, or several with commas.")
        chosen = _chosen(members, role)
        members = [one.with_roles(*one.roles, role) if one.id in chosen else one for one in members]
    return members


def _chosen(members: list[Member], role: str) -> set[str]:
    ids = {word.casefold(): one.id for one in members for word in (one.id, one.name)}
    while True:
        typed = [word for part in plain_line(role).split(",") if (word := part.strip())]
        unknown = [word for word in typed if word.casefold() not in ids]
        if typed and not unknown:
            return {ids[word.casefold()] for word in typed}
        tell(_nobody(unknown, members), indent="  ")


def _nobody(unknown: list[str], members: list[Member]) -> str:
    if not unknown:
        return f"A name, please: {listed([one.name for one in members])}."
    reason = str(UnknownNameError("member", unknown[0], tuple(one.name for one in members)))
    return f"{reason[0].upper()}{reason[1:]}"


def _one_name(before: list[Member], label: str, wanted: Sequence[str], *, optional: bool) -> Member | None:
    """Return a member of the name that is typed, with an id that none of *before* has; None for none."""
    while typed := plain_line(label, optional=optional):
        name, roles = _parts(typed, wanted)
        if reason := _unfit(name, before) or _strange(roles, wanted):
            tell(reason, indent="  ")
            continue
        try:
            return Member(id=_id_for(name, {member.id for member in before}), name=name, roles=roles)
        except InvalidValueError as error:
            tell(f"  {error.reason}")
    return None


def _parts(typed: str, wanted: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the name and the roles behind it; where no role is needed, other words in brackets belong to the name."""
    found = _WITH_ROLES.fullmatch(typed.strip())
    if found is None:
        return typed, ()
    words = [word for part in found["roles"].split(",") if (word := "-".join(part.casefold().split()))]
    roles = tuple(dict.fromkeys(words))
    return (found["name"], roles) if wanted or roles == (_ALWAYS,) else (typed, ())


def _strange(roles: tuple[str, ...], wanted: Sequence[str]) -> str:
    """Return why *roles* are none of this flow; empty where they are."""
    known = tuple(dict.fromkeys([*wanted, _ALWAYS]))
    strange = next((role for role in roles if role not in known), None)
    return "" if strange is None else f"In brackets stand roles: {UnknownNameError('role', strange, known)}."


def _unfit(name: str, before: list[Member]) -> str:
    """Return why *name* is no name for one more; empty where it is."""
    if not any(letter.isalpha() for letter in name):
        return "A name has a letter in it, please."
    if name.casefold() in {one.name.casefold() for one in before}:
        return f"{name} is here already; add something that tells the two apart."
    return ""


def _id_for(name: str, taken: set[str]) -> str:
    word = re.sub("[^a-z0-9]", "", name.split(maxsplit=1)[0].casefold()).lstrip("0123456789x") or "member"
    numbered = (f"{word}{number}" for number in range(2, 5000))
    return next(one for one in (word, *numbered) if one not in taken and one not in RESERVED)
