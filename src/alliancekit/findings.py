"""What is wrong, where, and how bad: values only."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, final

from attrs import evolve, frozen

from alliancekit.typing import Pointer

__all__ = ["HOME", "Edit", "Finding", "Fix", "Position", "Severity", "Span"]

HOME: Final = "https://alliancekit.readthedocs.io/en/latest/"
"""Where the documentation and the schemas are published."""


class Severity(StrEnum):
    """
    How bad a finding is.

    Attributes:
        ERROR: The document is wrong; checking fails by default.
        WARNING: The document is sound, and the practice says that it will not serve.
        INFO: Worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@final
@frozen(order=True)
class Position:
    """
    A place in a text.

    Attributes:
        line: Counted from 1.
        column: Counted from 1, in characters.
    """

    line: int
    column: int


@final
@frozen(order=True)
class Span:
    """
    A stretch of a text.

    Attributes:
        start: Its first character.
        end: The place after its last character.
    """

    start: Position
    end: Position


@final
@frozen
class Edit:
    """
    A stretch of a text, and what shall stand there instead.

    Attributes:
        span: The stretch; an empty one is a place to write at.
        text: What shall stand there; empty to take the stretch out.

    .. versionadded:: 0.1
    """

    span: Span
    text: str


@final
@frozen(kw_only=True)
class Fix:
    """
    What would mend a finding.

    Attributes:
        message: What it does, in one sentence.
        edits: The changes to the text, none over another.
        is_safe: Whether it cannot change what the document means; what is not safe is for a person to look at.

    .. versionadded:: 0.1
    """

    message: str
    edits: tuple[Edit, ...]
    is_safe: bool = False


@final
@frozen(kw_only=True)
class Finding:
    """
    One thing that is wrong with a document, with its place and its remedy.

    Attributes:
        rule: The stable, kebab-case code of the rule.
        message: What is wrong, in one sentence.
        severity: How bad it is.
        pointer: The element meant (RFC 6901); empty for the whole document.
        on_key: Whether the key at *pointer* is meant, and not its value.
        hint: What would be right; empty when nothing can be said.
        path: The file, as it was named; None for a text without one.
        span: Where in the text; None until a reader has placed it.
        related: Other places of the same text that belong to it, each with what it is: the first of two equal keys.
        elsewhere: Places in other files that belong to it: the file, where in it, and what it is.
        fix: What would mend it; None where that is for a person to say.
        page: The address of the page that explains it, where the reference has no page of the rule; may be empty.

    .. versionadded:: 0.1
    """

    rule: str
    message: str
    severity: Severity = Severity.ERROR
    pointer: Pointer = ""
    on_key: bool = False
    hint: str = ""
    path: str | None = None
    span: Span | None = None
    related: tuple[tuple[Span, str], ...] = ()
    elsewhere: tuple[tuple[str, Span, str], ...] = ()
    fix: Fix | None = None
    page: str | None = None

    @property
    def line(self) -> int | None:
        """The line of its first character, from 1; None when it was not placed."""
        return self.span.start.line if self.span else None

    @property
    def column(self) -> int | None:
        """The column of its first character, from 1; None when it was not placed."""
        return self.span.start.column if self.span else None

    @property
    def url(self) -> str:
        """Where it is explained; empty where no page does."""
        return f"{HOME}reference/rules/{self.rule}/" if self.page is None else self.page

    def with_place(self, path: str | None, span: Span | None) -> Finding:
        """Return a copy at *span* of *path*."""
        return evolve(self, path=path, span=span)

    def with_severity(self, severity: Severity) -> Finding:
        """Return a copy that is as bad as *severity*."""
        return evolve(self, severity=severity)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place or self.pointer or '(document)'}: {self.message}{hint} [{self.rule}]"
