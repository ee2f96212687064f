"""Rules about ids, which tie documents together: no two of one kind have the same, and what is named is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from alliancekit.check._facts import Facts
from alliancekit.check._hints import Hints
from alliancekit.check._rule import ERROR, WARNING, Hit, Rule, Subject
from alliancekit.check._together import Together
from alliancekit.model import Channel, ScheduledCheckIn
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, shorten

__all__ = ["RULES", "unknown_member"]

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
    first: dict[tuple[str, ...], Facts] = {}
    for one in together.facts:
        if (key := _identity(one)) and (earlier := first.setdefault(key, one)) is not one:
            yield one, _same_id(one, earlier)


def _identity(one: Facts) -> tuple[str, ...]:
    """Return what no two documents have in common; nothing where there is no such thing."""
    if one.kind in _NAMED and one.id is not None:
        return one.kind, one.id
    if one.translates is not None and one.language is not None:
        return one.kind, one.translates, one.language.lower()
    return ()


def _same_id(one: Facts, earlier: Facts) -> Hit:
    if one.translates is None:
        message = f"two {one.kind}s are called {one.id}: this one and {earlier.path}"
        hint = "call one of them something else; earlier versions of a file are kept by git"
        return Hit(pointer="/id", message=message, hint=hint, elsewhere=((earlier, "/id", "the first one"),))
    message = f"{one.translates} is translated into {shorten(one.language)} twice: here and in {earlier.path}"
    hint = "keep one of them: nobody knows whose words are read"
    return Hit(pointer="/language", message=message, hint=hint, elsewhere=((earlier, "/language", "the first one"),))


def _superseded_missing(together: Together) -> Iterator[tuple[Facts, Hit]]:
    return _missing(
        together, "supersedes", "the alliance {0} that this one replaces is not here", "keep it, with status: closed"
    )


def _team_missing(together: Together) -> Iterator[tuple[Facts, Hit]]:
    return _missing(
        together, "team", "the alliance {0} of the team is not here", "put it beside this one, or take team out"
    )


def _unknown_alliance(together: Together) -> Iterator[tuple[Facts, Hit]]:
    return _missing(together, "alliance", "no alliance is called {0}", "")


def _missing(together: Together, part: str, message: str, instead: str) -> Iterator[tuple[Facts, Hit]]:
    """Yield what names in *part* an alliance that is not there; who did not look everywhere cannot say so."""
    hints = Hints(together.alliances, instead or None)
    for one in together.facts:
        name: str | None = getattr(one, part)
        if name is None or name in together.alliances or not together.is_searched(one):
            continue
        if not together.may_hide(name):
            hint = hints.about(name)
            meant_itself = hint.endswith(f" {one.id!r}?")
            yield (
                one,
                Hit(
                    pointer=f"/{part}",
                    message=message.format(shorten(name)),
                    hint=instead if meant_itself else hint,
                ),
            )


def _two_active_versions(together: Together) -> Iterator[tuple[Facts, Hit]]:
    places = _places_in_line(together)
    lines: defaultdict[str, list[tuple[int, str, Facts]]] = defaultdict(list)
    for name, one in together.alliances.items():
        if one.status == "active":
            first, steps = places[name]
            lines[first].append((steps, one.path, one))
    for line in lines.values():
        *earlier, (_, _, newest) = sorted(line)
        for _, _, one in earlier:
            message = f"{one.id} is active, and so is {newest.id} in its place"
            there = ((newest, "/supersedes", "it says whose place it takes"),)
            yield one, Hit(pointer="/status", message=message, hint="write status: closed here", elsewhere=there)


def _places_in_line(together: Together) -> dict[str, tuple[str, int]]:
    """Return for each alliance with which one its line of successors began, and the how manieth it is after that."""
    found: dict[str, tuple[str, int]] = {}
    for alliance in sorted(together.alliances):
        name, line = alliance, dict[str, None]()
        # A line ends with one that replaces none, or is not here; a circle where it is entered.
        while name not in found and name not in line:
            line[name] = None
            one = together.alliances.get(name)
            name = (one and one.supersedes) or name
        first, steps = found.get(name, (name, -1))
        found |= {one: (first, steps + number) for number, one in enumerate(reversed(line), 1)}
    return found


def _unknown_commitment(together: Together) -> Iterator[tuple[Facts, Hit]]:
    for name, chain in together.chains.items():
        alliance = together.alliances.get(name)
        if alliance is None or not alliance.is_whole or not together.is_searched(alliance, *chain):
            continue
        # What was dropped since has been there, and nothing tells from when to when.
        since = {clause for one in chain for clause in (*one.added, *one.dropped)}
        known = {*alliance.commitments, *since}
        hints = Hints(known)
        for one in chain:
            for pointer, clause in _named_commitments(one):
                if clause not in known:
                    message = f"{name} has no commitment {shorten(clause)}, and no check-in added it"
                    yield one, Hit(pointer=pointer, message=message, hint=hints.about(clause), on_key=True)


def unknown_member(together: Together) -> Iterator[tuple[Facts, Hit]]:
    """Yield who was at a check-in and is no member of its alliance."""
    for name, chain in together.chains.items():
        alliance = together.alliances.get(name)
        if alliance is None or not alliance.is_whole:
            continue
        hints = Hints(alliance.members)
        for one in chain:
            for index, member in enumerate(one.members):
                if member not in alliance.members:
                    message = f"{name} has no member named {shorten(member)}"
                    yield one, Hit(pointer=pointer_of("present", index), message=message, hint=hints.about(member))


def _named_commitments(record: Facts) -> Iterator[tuple[Pointer, str]]:
    yield from ((pointer_of("reviewed", clause), clause) for clause in record.reviewed)
    yield from ((pointer_of("amendments", clause), clause) for clause in record.changed)


RULES: Final = (
    Rule(
        code="duplicate-id",
        group="Across files",
        severity=ERROR,
        find=_duplicate_id,
        across=_duplicate_id_of_documents,
        why="A clause is named by its id alone, in waivers, amendments and check-ins, so it is unique in its alliance, across the elements. So is an alliance, a bank or a flow among the files that are checked together: a check-in says which alliance it is about by its id. A bank or a flow is translated once into a language.",
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
    Rule(
        code="superseded-missing",
        group="Across files",
        severity=WARNING,
        across=_superseded_missing,
        why="What an alliance replaces is where its promises and its history are. It is kept beside it, closed. It is looked for only where a folder was searched: who names single files has others too.",
        failing="""
            # ana-ben-2.alliance.yaml
            id: ana-ben-2
            supersedes: ana-ben
            """,
        passing="""
            # ana-ben-2.alliance.yaml
            id: ana-ben-2
            supersedes: ana-ben
            # ana-ben.alliance.yaml
            status: closed
            """,
        source="Sociocracy 3.0: agreements are tracked.",
    ),
    Rule(
        code="two-active-versions",
        group="Across files",
        severity=ERROR,
        across=_two_active_versions,
        why="Where an alliance was replaced and both are active, nobody knows which holds. The same goes for two that replace the same one.",
        failing="""
            # ana-ben-2.alliance.yaml
            id: ana-ben-2
            status: active
            supersedes: ana-ben
            # ana-ben.alliance.yaml
            status: active
            """,
        passing="""
            # ana-ben-2.alliance.yaml
            id: ana-ben-2
            status: active
            supersedes: ana-ben
            # ana-ben.alliance.yaml
            status: closed
            """,
        source="Plain sense.",
    ),
    Rule(
        code="team-missing",
        group="Across files",
        severity=WARNING,
        across=_team_missing,
        why="A one-to-one that belongs to the alliance of a team stands on what the team has agreed. It is looked for only where a folder was searched.",
        failing="""
            # ana-ben.alliance.yaml
            team: harbour
            # harbor.alliance.yaml
            id: harbor
            """,
        passing="""
            # ana-ben.alliance.yaml
            team: harbour
            # harbour.alliance.yaml
            id: harbour
            """,
        source="Practice: individual alliances come first, and then the whole team aligns.",
    ),
    Rule(
        code="unknown-alliance",
        group="Across files",
        severity=ERROR,
        across=_unknown_alliance,
        why="The record of a check-in that belongs to no alliance is read by nobody, and its amendments change nothing. The alliance is looked for only where a folder was searched.",
        failing="""
            # 2026-11-12.check-in.yaml
            alliance: anna-ben
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        passing="""
            # 2026-11-12.check-in.yaml
            alliance: ana-ben
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        source="A record says what it is about.",
    ),
    Rule(
        code="unknown-commitment",
        group="Across files",
        severity=ERROR,
        across=_unknown_commitment,
        why="A check-in looks at commitments that there are, that another one added, or that one has dropped since. Of any other name nobody knows what was kept. It is said only where a folder was searched, because another record may have added it.",
        failing="""
            # 2026-11-12.check-in.yaml
            reviewed:
              flag-slipps:
                standing: kept
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        passing="""
            # 2026-11-12.check-in.yaml
            reviewed:
              flag-slips:
                standing: kept
            # ana-ben.alliance.yaml
            id: ana-ben
            """,
        source="A reference survives when clauses move, and not when they are misspelt.",
    ),
)
