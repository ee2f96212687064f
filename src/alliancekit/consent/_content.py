"""
What concerns a member, and its digest.

A digest must come out the same for every implementation, so everything that can be written in two ways is made one way
first: texts are NFC, trimmed of white space, with line feeds; sets are sorted; defaults and empty parts are left out; an
omitted ``to`` or ``of`` is filled. What changes without anyone having to agree again is left out: how a commitment
stands, who declined, where a text came from, the hour and the room of a meeting, and every key beginning ``x-``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, TypeAlias, cast, final
from unicodedata import normalize

from attrs import frozen

from alliancekit import wire
from alliancekit.errors import UnknownNameError
from alliancekit.model import (
    EVERYONE,
    Alliance,
    Channel,
    Clause,
    Commitment,
    Expectation,
    Review,
    ScheduledCheckIn,
)

__all__ = ["Agreed", "Contents", "audience", "concerns", "content", "digest", "one_way"]

Agreed: TypeAlias = Clause | ScheduledCheckIn | Channel | Review
"""What `Alliance.clauses` yields."""

FORMAT: Final = "alliance/1"

_ELEMENTS: Final = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules")
_SETS: Final = frozenset({"by", "to", "of", "meets", "weekdays", "members"})
_NOT_AGREED: Final = frozenset({"id", "standing", "declined_by", "source_prompts"})
_NOT_AGREED_OF_A_MEETING: Final = frozenset({"id", "starts", "at", "timezone", "minutes", "where"})


def digest(alliance: Alliance, member: str) -> str:
    """
    Return the digest of what *member* would say yes to now: ``sha256:`` and 64 hexadecimal digits.

    It is the SHA-256 of the canonical JSON (RFC 8785) of the format, the alliance's id, the sorted ids of the members
    who have not left, and `content`.

    Raises:
        UnknownNameError: The alliance has no such member.

    .. versionadded:: 0.1
    """
    _check_member(alliance, member)
    return Contents.of(alliance).digest(member)


def content(alliance: Alliance, member: str) -> dict[str, Any]:
    """
    Return, as plain data in one way of writing, everything that concerns *member*.

    By key of the document, clauses by id; what is empty is left out.

    Raises:
        UnknownNameError: The alliance has no such member.

    .. versionadded:: 0.1
    """
    _check_member(alliance, member)
    found: dict[str, Any] = {}
    for part in Contents.of(alliance).concerning(member):
        if part.key:
            found.setdefault(part.element, {})[part.key] = part.plain
        else:
            found[part.element] = part.plain
    return found


def _check_member(alliance: Alliance, member: str) -> None:
    if member not in alliance.members:
        raise UnknownNameError("member", member, alliance.present())


@final
@frozen
class Part:
    """
    One part of what is agreed to.

    Attributes:
        element: The key of the document under which it stands.
        key: Its id there; empty where it is all that stands there.
        people: Whom it concerns; ``everyone`` is not expanded.
        plain: What it says, in one way of writing.
    """

    element: str
    key: str
    people: frozenset[str]
    plain: Any

    @cached_property
    def canonical(self) -> bytes:
        """Its canonical JSON, with its key before it where it has one."""
        import rfc8785

        own: bytes = rfc8785.dumps(self.plain)
        return b'"%s":%s' % (self.key.encode(), own) if self.key else own


@final
@frozen
class Contents:
    """
    What is agreed to in one alliance, made once for all of its members.

    Attributes:
        alliance: Its id.
        present: The ids of the members who have not left, sorted.
        parts: Everything, sorted by element and key.
    """

    alliance: str
    present: tuple[str, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, alliance: Alliance) -> Contents:
        """Return the contents of *alliance*."""
        parts = [*_clause_parts(alliance), *_shared_parts(alliance)]
        parts += _waiver_parts(alliance, parts)
        return cls(alliance.id, alliance.present(), tuple(sorted(parts, key=lambda one: (one.element, one.key))))

    def concerning(self, member: str) -> Iterator[Part]:
        """Yield the parts that concern *member*."""
        named = {EVERYONE, member}
        return (part for part in self.parts if not named.isdisjoint(part.people))

    def digest(self, member: str) -> str:
        """Return the digest of what concerns *member*."""
        # Every key here is ASCII, and the parts are sorted: joined, they are the canonical form.
        elements: dict[str, list[bytes]] = {}
        whole: dict[str, bytes] = {}
        for part in self.concerning(member):
            if part.key:
                elements.setdefault(part.element, []).append(part.canonical)
            else:
                whole[part.element] = part.canonical
        whole |= {key: b"{%s}" % b",".join(held) for key, held in elements.items()}
        content = b",".join(b'"%s":%s' % (key.encode(), whole[key]) for key in sorted(whole))
        before, after = self._around
        return f"sha256:{sha256(b'%s%s%s' % (before, content, after)).hexdigest()}"

    @cached_property
    def _around(self) -> tuple[bytes, bytes]:
        """The canonical form before and after what the content holds, which is the same for every member."""
        import rfc8785

        before, after = b'{"alliance":%s,"content":{', b'},"format":%s,"members":%s}'
        about = (rfc8785.dumps(FORMAT), rfc8785.dumps(list(self.present)))
        return before % rfc8785.dumps(self.alliance), after % about


def _clause_parts(alliance: Alliance) -> Iterator[Part]:
    for element in _ELEMENTS:
        held: Mapping[str, Clause] = getattr(alliance, element)
        for key, one in held.items():
            yield Part(element, key, frozenset(audience(alliance, one)), _clause(alliance, one))


def _shared_parts(alliance: Alliance) -> Iterator[Part]:
    shared = {"intention": _text(alliance.intention or ""), "cadence": _cadence(alliance)}
    return (Part(element, "", frozenset({EVERYONE}), plain) for element, plain in shared.items() if plain)


def _waiver_parts(alliance: Alliance, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the waivers, which concern those whom the waived clause concerns."""
    people: dict[str, frozenset[str]] = {}
    for part in parts:
        people[part.key] = people.get(part.key, frozenset()) | part.people
    people |= {one.id: frozenset({EVERYONE}) for element, one in alliance.clauses() if element == "cadence"}
    for key, waiver in alliance.waivers.items():
        if waiver.clause in people:
            yield Part("waivers", key, people[waiver.clause], _plain(waiver, frozenset({"id"})))


def concerns(alliance: Alliance, clause: Agreed, member: str) -> bool:
    """
    Return whether *member* has to agree to *clause*.

    Expectations and commitments concern those whom they name; every other clause concerns everybody.

    .. versionadded:: 0.1
    """
    return not {EVERYONE, member}.isdisjoint(audience(alliance, clause))


def audience(alliance: Alliance, clause: Agreed) -> tuple[str, ...]:
    """
    Return whom *clause* concerns: sorted member ids, or ``everyone`` among them, which is not expanded.

    .. versionadded:: 0.1
    """
    match clause:
        case Expectation():
            return _sorted((*clause.by, *filled(alliance, clause)))
        case Commitment():
            return _sorted((*clause.by, *filled(alliance, clause)))
        case _:
            return (EVERYONE,)


def filled(alliance: Alliance, clause: Expectation | Commitment) -> tuple[str, ...]:
    """Return whom *clause* asks or is given to, whether or not it says so."""
    named = clause.to if isinstance(clause, Commitment) else clause.of
    return named or alliance.others(*clause.by)


def _clause(alliance: Alliance, clause: Clause) -> dict[str, Any]:
    plain = _plain(clause, _NOT_AGREED)
    if isinstance(clause, Expectation):
        plain["of"] = list(_sorted(filled(alliance, clause)))
    elif isinstance(clause, Commitment):
        plain["to"] = list(_sorted(filled(alliance, clause)))
    return plain


def _cadence(alliance: Alliance) -> dict[str, Any]:
    cadence = alliance.cadence
    if cadence is None:
        return {}
    found: dict[str, Any] = {
        "check_ins": {key: _plain(one, _NOT_AGREED_OF_A_MEETING) for key, one in cadence.check_ins.items()},
        "channels": {key: _plain(one, frozenset({"id"})) for key, one in cadence.channels.items()},
        "review": _plain(cadence.review, _NOT_AGREED_OF_A_MEETING) if cadence.review else {},
    }
    return {key: value for key, value in found.items() if value}


def _plain(value: object, left_out: frozenset[str]) -> dict[str, Any]:
    # The wire leaves out defaults already.
    plain: dict[str, Any] = wire.unstructure(value)
    return {key: one_way(key, part) for key, part in plain.items() if key not in left_out and not _is_free(key)}


def one_way(key: str, value: Any) -> Any:
    """Return *value*, which stands under *key*, in one way of writing."""
    if isinstance(value, str):
        return _text(value)
    if key in _SETS:
        return list(_sorted(value))
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {inner: one_way(inner, part) for inner, part in parts.items() if not _is_free(inner)}
    return value


def _is_free(key: str) -> bool:
    return key.startswith("x-")


def _text(text: str) -> str:
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
