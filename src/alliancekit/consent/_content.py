"""
What concerns a member, and its digest.

A digest must come out the same for every implementation, so everything that can be written in two ways is made one way
first: texts are NFC, trimmed of white space, with line feeds; sets are sorted; defaults and empty parts are left out; an
omitted ``to`` or ``of`` is filled. What changes without anyone having to agree again is left out: how a commitment
stands, who declined, where a text came from, the hour and the room of a meeting, and every key beginning ``x-``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, TypeAlias, cast
from unicodedata import normalize

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

__all__ = ["Agreed", "audience", "concerns", "content", "digest"]

Agreed: TypeAlias = Clause | ScheduledCheckIn | Channel | Review
"""What `Alliance.clauses` yields."""

FORMAT: Final = "alliance/1"
REVIEW: Final = "review"

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
    import rfc8785

    agreed: dict[str, Any] = {
        "format": FORMAT,
        "alliance": alliance.id,
        "members": list(alliance.present()),
        "content": content(alliance, member),
    }
    return f"sha256:{sha256(rfc8785.dumps(agreed)).hexdigest()}"


def content(alliance: Alliance, member: str) -> dict[str, Any]:
    """
    Return, as plain data in one way of writing, everything that concerns *member*.

    By key of the document, clauses by id; what is empty is left out.

    Raises:
        UnknownNameError: The alliance has no such member.

    .. versionadded:: 0.1
    """
    if member not in alliance.members:
        raise UnknownNameError("member", member, alliance.present())
    found: dict[str, Any] = {"intention": _text(alliance.intention or "")}
    for element in _ELEMENTS:
        held: Mapping[str, Clause] = getattr(alliance, element)
        found[element] = {key: _clause(alliance, one) for key, one in held.items() if concerns(alliance, one, member)}
    found["cadence"] = _cadence(alliance)
    found["waivers"] = _waivers(
        alliance, {id_of(one) for _, one in alliance.clauses() if concerns(alliance, one, member)}
    )
    return {key: value for key, value in found.items() if value}


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


def id_of(clause: Agreed) -> str:
    """Return the id by which a waiver names *clause*."""
    return REVIEW if isinstance(clause, Review) else clause.id


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


def _waivers(alliance: Alliance, clauses: set[str]) -> dict[str, Any]:
    return {key: _plain(one, frozenset({"id"})) for key, one in alliance.waivers.items() if one.clause in clauses}


def _plain(value: object, left_out: frozenset[str]) -> dict[str, Any]:
    # The wire leaves out defaults already.
    plain: dict[str, Any] = wire.unstructure(value)
    return {key: _one_way(key, part) for key, part in plain.items() if key not in left_out and not _is_free(key)}


def _one_way(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if key in _SETS:
        return list(_sorted(value))
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {inner: _one_way(inner, part) for inner, part in parts.items() if not _is_free(inner)}
    return value


def _is_free(key: str) -> bool:
    return key.startswith("x-")


def _text(text: str) -> str:
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
