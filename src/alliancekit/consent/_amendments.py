"""From the amendments of a record to clauses: what each is to say from now on, or why it cannot be applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias, final

from attrs import evolve, frozen

from alliancekit.errors import Suggestions
from alliancekit.findings import Finding
from alliancekit.model import (
    EVERYONE,
    REVIEW,
    Alliance,
    Amendment,
    Channel,
    CheckIn,
    Commitment,
    Expectation,
    GroundRule,
    Quality,
    Review,
    ScheduledCheckIn,
    Sign,
    Value,
)
from alliancekit.shapes import shape_of
from alliancekit.typing import Pointer
from alliancekit.values import FrozenMap, pointer_of, shorten

__all__ = ["Entry", "read_amendments"]


@final
@frozen
class _Kind:
    """
    What an amendment can say of one kind of clause.

    Attributes:
        cls: What it becomes.
        name: What people call it.
        says: The keys of an amendment that it has a place for.
        needs: Those of them that it cannot do without.
    """

    cls: type[Any]
    name: str
    says: tuple[str, ...]
    needs: tuple[str, ...]


def _of_text(cls: type[Any], name: str) -> _Kind:
    return _Kind(cls, name, ("text", "known_by"), ("text",))


_KINDS: Final[Mapping[str, _Kind]] = {
    "atmosphere": _of_text(Quality, "a quality"),
    "values": _of_text(Value, "a value"),
    "success": _of_text(Sign, "a sign"),
    "expectations": _Kind(Expectation, "an expectation", ("text", "known_by", "by", "of"), ("by", "text")),
    "commitments": _Kind(
        Commitment,
        "a commitment",
        ("text", "known_by", "by", "to", "meets", "due", "repeats"),
        ("by", "text"),
    ),
    "ground_rules": _Kind(GroundRule, "a ground rule", ("text", "known_by", "topic"), ("text",)),
    "intention": _Kind(str, "the intention", ("text",), ("text",)),
}
# Its words are for reading only: what a meeting or the review says is its rhythm.
_CADENCE: Final[Mapping[type[Any], _Kind]] = {
    Channel: _Kind(Channel, "a channel", ("text",), ("text",)),
    ScheduledCheckIn: _Kind(ScheduledCheckIn, "a check-in", ("text", "repeats"), ("repeats",)),
    Review: _Kind(Review, "the review", ("text", "repeats"), ("repeats",)),
}
_SAID: Final = ("text", "known_by", "by", "to", "of", "meets", "due", "repeats", "topic")
_HINTS: Final[Mapping[str, str]] = {
    "by": "say whose it is, in by",
    "text": "say it in text",
    "repeats": "say the rhythm in repeats",
}
_RHYTHM: Final = ("frequency", "interval", "weekdays", "nth", "day")
# A promise has a day or a rhythm: who gives the one takes the other away.
_EITHER: Final = {"due": "repeats", "repeats": "due"}
_INTENTION: Final = "intention"


@final
@frozen(kw_only=True)
class Entry:
    """
    What becomes of one clause.

    Attributes:
        id: The clause.
        element: Where it stands.
        action: What happens to it.
        clause: What it says from now on; of one that is dropped, what it said.
    """

    id: str
    element: str
    action: str
    clause: Any


Judged: TypeAlias = tuple[Entry | None, tuple[Finding, ...]]


def read_amendments(alliance: Alliance, record: CheckIn) -> dict[str, Judged]:
    """Return for each amendment of *record* what becomes of its clause, or what is wrong with it."""
    reader, found = _Reader(alliance), dict[str, Judged]()
    # What a promise answers may be asked at the same meeting.
    for one in sorted(record.amendments.values(), key=lambda one: one.element != "expectations"):
        found[one.id] = reader.judged(one)
    return {name: found[name] for name in record.amendments}


@final
class _Reader:
    """
    Judges amendments one after another: those of expectations first.

    Args:
        alliance: What they amend.
    """

    def __init__(self, alliance: Alliance) -> None:
        self._held: dict[tuple[str, str], Any] = {(element, one.id): one for element, one in alliance.clauses()}
        if alliance.intention is not None:
            self._held[_INTENTION, _INTENTION] = alliance.intention
        self._places = {name: element for element, name in self._held}
        self._members = alliance.members
        self._asked = dict.fromkeys(alliance.expectations)
        self._is_intended = False
        self._suggestions = Suggestions()

    def judged(self, amendment: Amendment) -> Judged:
        # There is one intention, whatever the amendment calls it.
        name = _INTENTION if amendment.element == _INTENTION else amendment.id
        was = self._held.get((amendment.element, name))
        wrong = tuple(self._misplaced(amendment, name, was))
        if not wrong and amendment.action != "drop":
            wrong = tuple(self._misfits(amendment, was))
        if wrong:
            return None, wrong
        entry = Entry(
            id=name,
            element=amendment.element,
            action=amendment.action,
            clause=was if amendment.action == "drop" else _clause(amendment, was),
        )
        self._note(entry)
        return entry, ()

    def _note(self, entry: Entry) -> None:
        self._is_intended |= entry.element == _INTENTION
        if entry.element == "expectations" and entry.action == "drop":
            self._asked.pop(entry.id, None)
        elif entry.element == "expectations":
            self._asked[entry.id] = None

    def _misplaced(self, amendment: Amendment, name: str, was: Any) -> Iterator[Finding]:
        """Yield what is wrong with where it is: an addition has a name of its own, anything else names what is there."""
        place = pointer_of("amendments", amendment.id)
        if amendment.element == _INTENTION and self._is_intended:
            message = "another amendment before it is about the intention, and there is one"
            yield _finding("duplicate-id", place, message, "make one of the two")
        elif amendment.action == "add":
            if name in self._places:
                message = f"there is a clause called {shorten(name)} already, in {self._places[name]}"
                hint = "write action: change, or give what is new another id"
                yield _finding("duplicate-id", place, message, hint)
        elif was is not None:
            return
        elif name in self._places:
            message = f"{shorten(name)} stands in {self._places[name]}, and not in {amendment.element}"
            yield _finding("wrong-value", f"{place}/element", message, f"write element: {self._places[name]}")
        else:
            is_promise = amendment.element == "commitments"
            message = f"{'no commitment' if is_promise else 'no clause'} is called {shorten(name)}"
            hint = self._near(name, [one for element, one in self._held if element == amendment.element])
            code = "unknown-commitment" if is_promise else "unknown-clause"
            yield _finding(code, place, message, hint or "write action: add for what is new")

    def _misfits(self, amendment: Amendment, was: Any) -> Iterator[Finding]:
        """Yield what keeps it from becoming a clause."""
        place, kind, told = pointer_of("amendments", amendment.id), _kind(amendment, was), _told(amendment)
        for key in (key for key in told if key not in kind.says):
            hint = "leave it out, or say it in the text"
            yield _finding("unknown-field", f"{place}/{key}", f"{kind.name} has no {key}", hint)
        if amendment.action == "add" or "repeats" in kind.needs:
            for key in (key for key in kind.needs if key not in told):
                yield _finding("missing-field", place, f"{kind.name} needs {key!r}, which is missing", _HINTS[key])
        elif not any(key in told for key in kind.says):
            message = "it does not say what changes"
            yield _finding("missing-field", place, message, f"write its {_listed(kind.says)}")
        yield from self._strangers(amendment, place)

    def _strangers(self, amendment: Amendment, place: Pointer) -> Iterator[Finding]:
        for key in ("by", "to", "of"):
            for index, who in enumerate(getattr(amendment, key)):
                if who not in self._members and who != EVERYONE:
                    hint = self._near(who, list(self._members)) or "who is new is put among the members first"
                    message = f"{shorten(who)} is no member"
                    yield _finding("unknown-member", f"{place}/{key}/{index}", message, hint)
        for index, name in enumerate(amendment.meets):
            if name not in self._asked:
                hint = self._near(name, list(self._asked)) or "meets names an expectation"
                yield _finding("unknown-clause", f"{place}/meets/{index}", f"{shorten(name)} is no expectation", hint)

    def _near(self, name: str, known: list[str]) -> str:
        return self._suggestions.did_you_mean(name, known)


def _kind(amendment: Amendment, was: Any) -> _Kind:
    if amendment.element != "cadence":
        return _KINDS[amendment.element]
    if was is not None:
        return _CADENCE[type(was)]
    if amendment.id == REVIEW:
        return _CADENCE[Review]
    return _CADENCE[Channel if amendment.repeats is None else ScheduledCheckIn]


def _told(amendment: Amendment) -> dict[str, Any]:
    """Return what an amendment says, by key."""
    said = {key: getattr(amendment, key) for key in _SAID}
    return {key: value for key, value in said.items() if value is not None and value != ()}


def _clause(amendment: Amendment, was: Any) -> Any:
    """Return what a clause says after an amendment in which nothing is amiss."""
    kind, told = _kind(amendment, was), _told(amendment)
    if amendment.element == _INTENTION:
        return amendment.text
    if "repeats" in kind.needs:
        told = {key: getattr(amendment.repeats, key) for key in _RHYTHM}
    elif amendment.element == "cadence":
        told = {"purpose": amendment.text}
    if was is not None:
        return _changed(was, {**told, "extra": FrozenMap({**was.extra, **amendment.extra})})
    own = {"id": amendment.id} if "id" in shape_of(kind.cls).fields else {}
    return kind.cls(**own, **told, extra=amendment.extra)


def _changed(was: Any, told: Mapping[str, Any]) -> Any:
    # What is promised anew has just begun, and what is asked anew nobody has declined.
    match was:
        case Commitment():
            gone = {_EITHER[key]: None for key in told if key in _EITHER}
            return evolve(was, **{**gone, **told, "standing": "open"})
        case Expectation():
            return evolve(was, **told, declined_by=())
        case _:
            return evolve(was, **told)


def _listed(keys: Iterable[str]) -> str:
    *most, last = keys
    return f"{', '.join(most)} or {last}" if most else last


def _finding(rule: str, pointer: Pointer, message: str, hint: str) -> Finding:
    return Finding(rule=rule, pointer=pointer, message=message, hint=hint)
