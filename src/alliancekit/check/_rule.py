"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, Literal, TypeAlias, final

from attrs import field, frozen

from alliancekit.check._facts import Facts
from alliancekit.check._settings import Settings
from alliancekit.check._subject import TEXT_ELEMENTS, Subject
from alliancekit.check._together import Together
from alliancekit.documents import Tree
from alliancekit.findings import Finding, Fix, Severity, Span
from alliancekit.typing import Pointer

__all__ = ["ERROR", "INFO", "TEXT_ELEMENTS", "WARNING", "About", "Group", "Hit", "MakeFix", "Rule", "Subject"]

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
INFO: Final = Severity.INFO

Group: TypeAlias = Literal[
    "Document",
    "Structure",
    "References",
    "Alliance",
    "Clauses",
    "Consent",
    "Living",
    "Time",
    "Privacy",
    "Across files",
    "Banks",
    "Flows",
    "Suppressions",
    "Custom",
]
"""Which rules belong together; those that a package or a caller brings are custom."""

About: TypeAlias = Literal[
    "document", "alliance", "check-in", "bank", "bank-translation", "flow", "flow-translation", "answers"
]
"""What a rule looks at: the text of any document, or the value of one of a kind. No rule looks at a session."""


@final
@frozen(kw_only=True)
class Hit:
    """
    What a rule found; the runner adds the rule's code and severity.

    Attributes:
        pointer: The element meant; one that does not exist is placed at its nearest ancestor.
        message: What is wrong, in one sentence.
        hint: What would be right.
        on_key: Whether the key is meant, and not the value.
        span: The place, where a rule knows it better than by its pointer.
        related: Pointers of other places that belong to it, each with what it is.
        elsewhere: The same in other documents, for rules about several.

    .. versionadded:: 0.1
    """

    pointer: Pointer
    message: str
    hint: str = ""
    on_key: bool = False
    span: Span | None = None
    related: tuple[tuple[Pointer, str], ...] = ()
    elsewhere: tuple[tuple[Facts, Pointer, str], ...] = ()


Find: TypeAlias = Callable[[Subject], Iterable[Hit]]
FindAcross: TypeAlias = Callable[[Together], Iterable[tuple[Facts, Hit]]]
MakeFix: TypeAlias = Callable[[Tree, Finding], Fix | None]


@final
@frozen(kw_only=True)
class Rule:
    """
    One rule: what it is called, how bad it is, how it is found, and why it exists.

    Attributes:
        code: Stable and kebab-case.
        group: Which rules it belongs to.
        severity: How bad it is.
        once_active: How bad it is in an alliance that is active, where that is another.
        find: The function that finds it in one document; None where reading the document does.
        across: The function that finds it among all documents of a run, each hit with the document that it is in.
        about: What it looks at; several where it looks at more than one kind.
        hint: What would be right, for findings that cannot say it themselves.
        fix: The function that says what would mend one of its findings, once that has its place.
        once_closed: Whether it speaks of an alliance that has ended too: what is still to be done there is nothing.
        is_fixed: Whether it can be neither switched off nor suppressed: without it a file would pass unread.
        is_heard: Whether no comment can suppress it, though settings may switch it off: it is about a yes, and whoever
            changes what others agreed to would have the last word.
        needs: The parts of the document that must be whole for it to speak: it would misjudge what is left of others.
        why: Why it exists, for a person.
        failing: An example that breaks it: whole, or the parts of an alliance that matter.
        passing: The example, mended.
        source: Where it comes from.
        url: The address of the page that explains it, for one that is not ours; may be empty.

    .. versionadded:: 0.1
    """

    code: str
    group: Group = "Custom"
    severity: Severity = WARNING
    once_active: Severity | None = None
    find: Find | None = None
    across: FindAcross | None = None
    about: About | tuple[About, ...] = "alliance"
    hint: str = ""
    fix: MakeFix | None = None
    once_closed: bool = True
    is_fixed: bool = False
    is_heard: bool = False
    needs: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    why: str = ""
    failing: str = ""
    passing: str = ""
    source: str = ""
    url: str = ""

    @property
    def kinds(self) -> tuple[About, ...]:
        """What it looks at, one after another."""
        return (self.about,) if isinstance(self.about, str) else self.about

    @property
    def may_be_suppressed(self) -> bool:
        """Whether a comment in a document can silence it."""
        return not (self.is_fixed or self.is_heard)

    def severity_in(self, subject: Subject) -> Severity:
        """Return how bad it is in *subject*, if nobody has said otherwise."""
        return self.once_active if self.once_active and subject.is_active else self.severity

    def may_speak(self, subject: Subject) -> bool:
        """Return whether *subject* is what it looks at, and whole enough for it."""
        if self.find is None or not self.is_asked(subject.settings, subject.as_of):
            return False
        if self.about != "document" and subject.kind not in self.kinds:
            return False
        if subject.is_closed and not self.once_closed:
            return False
        return not (subject.broken and any(subject.is_broken(f"/{part}") for part in self.needs))

    def could_find(self, subject: Subject) -> bool:
        """
        Return whether it would have found in *subject* whatever there is.

        A rule that compares files depends on which are checked, and one about flows on their bank, as one about banks
        does on those that they build on; and something that could not be read may have kept any of them silent.
        """
        if subject.value is None or not self.is_asked(subject.settings, subject.as_of):
            return False
        if self.across is not None or self.group == "Flows":
            return False
        if self.find is None or self.about == "document":
            return True
        if subject.kind in self.kinds and not subject.stands_alone:
            return False
        return not subject.broken and (self.once_closed or not subject.is_closed)

    def is_asked(self, settings: Settings, as_of: date | None) -> bool:
        """Return whether it is to be looked for at all: it is not switched off, and one about time is given a day."""
        return (self.is_fixed or not settings.is_off(self.code)) and not (self.group == "Time" and as_of is None)
