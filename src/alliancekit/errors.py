"""
What goes wrong, by what a caller can do about it.

::

    AllianceKitError
    ├── DocumentError            (ValueError)   a document has findings: show them, ask for a better one
    │   └── UnreadableError      (OSError)      there is nothing to read: another path
    ├── ConfigurationError       (ValueError)   what a project says about checking has problems: show them
    ├── InvalidValueError        (ValueError)   a value was built with a part that is not legal: pass another
    ├── UnknownNameError         (LookupError)  no bank, flow, member, clause or prompt has that name: pass another
    ├── PackError                (LookupError)  an installed pack has it, and it cannot be had; in `alliancekit.library`
    ├── ConflictError            (RuntimeError) the file changed since it was read: read again, and repeat the change
    ├── MissingExtraError        (ImportError)  an optional package is not installed: install the extra
    ├── EditRefusedError         (ValueError)   the change cannot be written without harm: edit by hand
    └── RequestNotAllowedError   (RuntimeError) the host sent what the step has no room for; in `alliancekit.flow`
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar, cast, final

from attrs import fields, frozen, has

from alliancekit.findings import Finding

T = TypeVar("T")

# Without slots, because a slotted exception cannot also be an OSError.

__all__ = [
    "AllianceKitError",
    "ConfigurationError",
    "ConflictError",
    "DocumentError",
    "EditRefusedError",
    "InvalidValueError",
    "MissingExtraError",
    "Suggestions",
    "UnknownNameError",
    "UnreadableError",
    "did_you_mean",
    "nearest",
    "require",
    "require_all",
]


class AllianceKitError(Exception):
    """The root of everything that alliancekit raises; every error is frozen and picklable."""

    def __reduce__(self) -> tuple[type[AllianceKitError], tuple[object, ...]]:
        # The stock way restores attributes one by one, which a frozen class refuses.
        cls: Any = type(self)
        return cls, tuple(getattr(self, part.name) for part in fields(cls)) if has(cls) else self.args


@frozen(slots=False)
class DocumentError(AllianceKitError, ValueError):
    """
    A document was read and is not sound.

    Attributes:
        findings: Everything that is wrong with it, by place; never empty.
    """

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


@frozen(slots=False)
class UnreadableError(DocumentError, OSError):
    """There is no document to read: no such file, a folder, no permission."""


@frozen(slots=False)
class ConfigurationError(AllianceKitError, ValueError):
    """
    What a project says about how it wants to be checked cannot be read, or is not sound.

    Attributes:
        findings: Everything that is wrong with it, by place; never empty.
    """

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return "\n".join(map(_in_settings, self.findings))


def _in_settings(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.path, finding.line) if part is not None)
    return f"{f'{place}: ' if place else ''}{finding.message}{f'; {finding.hint}' if finding.hint else ''}"


@frozen(slots=False)
class InvalidValueError(AllianceKitError, ValueError):
    """
    A value was built with a part that is not legal.

    Attributes:
        type_name: The class that was built.
        field: The argument.
        reason: What is wrong with it, and what would be right.
    """

    type_name: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.type_name}.{self.field}: {self.reason}"


@frozen(slots=False)
class UnknownNameError(AllianceKitError, LookupError):
    """
    Nothing has that name.

    Attributes:
        kind: What was looked for: ``bank``, ``flow``, ``member``, …
        name: The name that was given.
        known: The names that there are.
        note: Why there may be more than those; empty where that is all.
    """

    kind: str
    name: str
    known: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        hint = did_you_mean(self.name, self.known)
        if not hint and self.known:
            hint = f"there are {', '.join(map(str, self.known))}"
        return "; ".join(filter(None, (f"no {self.kind} is named {self.name!r}", hint, self.note)))


@frozen(slots=False)
class ConflictError(AllianceKitError, RuntimeError):
    """
    The file changed after it was read, so it was left as it is.

    Attributes:
        path: The file.
    """

    path: str

    def __str__(self) -> str:
        return f"{self.path} changed after it was read; nothing was written: read it again and repeat the change"


@frozen(slots=False)
class MissingExtraError(AllianceKitError, ImportError):
    """
    What was asked for needs a package that is not installed.

    Attributes:
        extra: The extra of alliancekit that brings it.
        purpose: What was asked for.

    .. versionadded:: 0.1
    """

    extra: str
    purpose: str

    def __str__(self) -> str:
        return f"{self.purpose} needs the extra {self.extra!r}: pip install 'alliancekit[{self.extra}]'"


@frozen(slots=False)
class EditRefusedError(AllianceKitError, ValueError):
    """
    A change cannot be written into the text without harm to the rest of it, so nothing was written.

    Attributes:
        pointer: The element whose change cannot be written.
        reason: Why not, and what to do.
    """

    pointer: str
    reason: str

    def __str__(self) -> str:
        return f"{self.pointer or 'the document'} cannot be changed in place: {self.reason}"


def require(value: object, cls: type, caller: str, argument: str) -> None:
    """Raise `InvalidValueError` when what *caller* was given as *argument* is no *cls*."""
    if not isinstance(value, cls):
        article = "an" if cls.__name__[0] in "AEIOU" else "a"
        reason = f"must be {article} {cls.__name__}, not {type(value).__name__}"
        raise InvalidValueError(caller, argument, reason)


def require_all(values: Iterable[T], cls: type[T], caller: str, argument: str) -> tuple[T, ...]:
    """Return *values*; raise `InvalidValueError` when what *caller* was given as *argument* are not several *cls*."""
    given = cast("object", values)
    if isinstance(given, cls) or not isinstance(given, Iterable):
        raise InvalidValueError(caller, argument, f"must be a list of {cls.__name__}, not one {type(given).__name__}")
    found = tuple(values)
    for one in found:
        require(one, cls, caller, argument)
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to *word*, or an empty text when none is near."""
    from difflib import get_close_matches

    # What was given in place of a name may be anything, and this runs when an error is told.
    folded = {k.casefold(): k for k in known if isinstance(cast("object", k), str)}
    if not isinstance(cast("object", word), str):
        return ""
    meant = word[:64].casefold()
    near = get_close_matches(meant, folded, n=3)
    # Of several that are as near, the one with the same letters: two of them were typed the other way round.
    return folded[next((one for one in near if sorted(one) == sorted(meant)), near[0])] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` for the known word nearest to *word*, or an empty text when none is near."""
    return _asked(nearest(word, known))


def _asked(near: str) -> str:
    return f"did you mean {near!r}?" if near else ""


@final
class Suggestions:
    """
    The nearest words for one document, within bounds: to look for one is dear, and a hostile file asks without end.

    Args:
        most: How many known words are looked at in all; after that none is near.
    """

    def __init__(self, most: int = 25_000) -> None:
        self._left = most

    def nearest(self, word: str, known: Collection[str]) -> str:
        """Return the known word nearest to *word*, or an empty text when none is near."""
        self._left -= len(known)
        return nearest(word, known) if self._left >= 0 else ""

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """Return ``did you mean 'x'?`` for the known word nearest to *word*, or an empty text when none is near."""
        return _asked(self.nearest(word, known))
