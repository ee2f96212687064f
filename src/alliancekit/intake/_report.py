"""What an import says beside its result: what was understood how, and what was kept aside, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, final

from attrs import field, frozen

from alliancekit.limits import LIMITS
from alliancekit.shapes import many
from alliancekit.typing import Pointer

__all__ = ["Imported", "Kept", "Note", "aside"]


@final
@frozen(order=True)
class Note:
    """
    How a part of the source was understood.

    Attributes:
        line: Where it begins, counted from 1.
        what: The part: a heading, a list, the words that decided.
        how: What became of it, and by which rule.

    .. versionadded:: 0.1
    """

    line: int
    what: str
    how: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}: {self.how}"


@final
@frozen(order=True)
class Kept:
    """
    A part of the source that has no place in the result: kept as it stands there.

    Attributes:
        line: Where it begins, counted from 1.
        end_line: Its last line.
        text: The part itself, verbatim.
        pointer: Where it stood in JSON (RFC 6901); empty in other formats.
        why: Why it has no place.

    .. versionadded:: 0.1
    """

    line: int
    end_line: int
    text: str
    pointer: Pointer = ""
    why: str = ""


@frozen(kw_only=True)
class Imported:
    """
    What every import says beside its result.

    Attributes:
        notes: What was understood how, by line.
        kept: What could not be placed, by line, verbatim.
    """

    notes: tuple[Note, ...] = field(default=(), converter=many)
    kept: tuple[Kept, ...] = field(default=(), converter=many)


def aside(kept: Iterable[Kept]) -> dict[str, Any]:
    """
    Return the entry ``x-kept`` that carries *kept* in a document, so that the file alone loses nothing.

    A part that is longer than one text may be stands there in several entries, one after another.
    """
    entries = [_entry(one, text) for one in kept for text in _pieces(one.text)]
    return {"x-kept": entries} if entries else {}


def _entry(one: Kept, text: str) -> dict[str, Any]:
    place: dict[str, Any] = {"pointer": one.pointer} if one.pointer else {}
    return {"line": one.line, **place, "text": text}


def _pieces(text: str) -> Iterable[str]:
    return (text[start : start + LIMITS.text] for start in range(0, len(text), LIMITS.text))
