"""Rules about ids, which tie documents together: no two of one kind have the same, and what is named is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancekit.check._facts import Facts
from alliancekit.check._rule import ERROR, Hit, Rule, Subject
from alliancekit.check._together import Together
from alliancekit.model import Channel, ScheduledCheckIn
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of

__all__ = ["RULES"]

_NAMED: Final = ("alliance", "bank", "flow")


def _duplicate_id(subject: Subject) -> Iterator[Hit]:
    first: dict[str, Pointer] = {}
    for key, pointer in _clause_places(subject):
        earlier = first.setdefault(key, pointer)
        if earlier != pointer:
            message = f"two clauses are called {key}: here and in {_place(earlier)}"
            hint = "call one of them something else, and change what names it"
            yield Hit(pointer=pointer, message=message, hint=hint, on_key=True, related=((earlier, "the first one"),))


def _place(pointer: Pointer) -> str:
    return pointer[1:].rpartition("/")[0].replace("/", ".") or "cadence"


def _clause_places(subject: Subject) -> Iterator[tuple[str, Pointer]]:
    for element, one in subject.alliance.clauses():
        match one:
            case ScheduledCheckIn(id=key):
                yield key, pointer_of("cadence", "check_ins", key)
            case Channel(id=key):
                yield key, pointer_of("cadence", "channels", key)
            case _:
                yield one.id, pointer_of(element, one.id)


def _duplicate_id_of_documents(together: Together) -> Iterator[tuple[Facts, Hit]]:
    first: dict[tuple[str, str], Facts] = {}
    for one in together.facts:
        if one.kind in _NAMED and one.id is not None:
            earlier = first.setdefault((one.kind, one.id), one)
            if earlier is not one:
                message = f"two {one.kind}s are called {one.id}: this one and {earlier.path}"
                hint = "call one of them something else; earlier versions of a file are kept by git"
                yield (
                    one,
                    Hit(pointer="/id", message=message, hint=hint, elsewhere=((earlier, "/id", "the first one"),)),
                )


RULES: Final = (
    Rule(
        code="duplicate-id",
        group="Across files",
        severity=ERROR,
        find=_duplicate_id,
        across=_duplicate_id_of_documents,
        why="A clause is named by its id alone, in waivers, amendments and check-ins, so it is unique in its alliance, across the elements. So is an alliance, a bank or a flow among the files that are checked together: a check-in says which alliance it is about by its id.",
        failing="""
            atmosphere:
              direct:
                text: We say the hard thing early.
                known_by: We disagree in the room.
            values:
              direct:
                text: Candour beats comfort.
                known_by: Each of us was contradicted last month.
            """,
        passing="""
            atmosphere:
              direct:
                text: We say the hard thing early.
                known_by: We disagree in the room.
            values:
              candour:
                text: Candour beats comfort.
                known_by: Each of us was contradicted last month.
            """,
        source="A reference survives when clauses move.",
    ),
)
