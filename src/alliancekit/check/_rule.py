"""What a rule is, what it looks at, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Final, Literal, TypeAlias, cast, final

from attrs import field, frozen

from alliancekit.check._facts import Facts
from alliancekit.check._settings import SETTINGS, Settings
from alliancekit.check._together import Together
from alliancekit.check._words import Reading, words_of
from alliancekit.documents import Tree, kind_of
from alliancekit.findings import Finding, Fix, Severity, Span
from alliancekit.model import Alliance, Bank, BankTranslation, CheckIn
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, tokens_of

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

TEXT_ELEMENTS: Final = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules")
"""The elements whose clauses are texts."""

About: TypeAlias = Literal[
    "document", "alliance", "check-in", "bank", "bank-translation", "flow", "flow-translation", "answers"
]
"""What a rule looks at: the text of any document, or the value of one of a kind. No rule looks at a session."""

_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")
# What is judged by nothing but its own text.
_ALONE: Final = frozenset({"alliance", "check-in"})


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


@final
@frozen(kw_only=True)
class Subject:
    """
    What rules look at: one document, as far as it could be read.

    Attributes:
        value: The document; None when there is none, or none that rules know.
        tree: Its text; None for a value in memory.
        broken: Pointers to what was left out of the value, or filled in, because it was malformed.
        origin: From a pointer into the value to the one into the text, from whose lists entries may be missing.
        settings: The numbers that rules may be told.
        as_of: The day for rules about time; None leaves those out.
        path: What the file is called; None where there is none.
        beside: The file beside which the documents that it builds on are looked for; None looks among those at hand.

    .. versionadded:: 0.1
    """

    value: object
    tree: Tree | None = None
    broken: frozenset[Pointer] = frozenset()
    origin: Callable[[Pointer], Pointer] = str
    settings: Settings = SETTINGS
    as_of: date | None = None
    path: str | None = None
    beside: str | None = None

    @cached_property
    def kind(self) -> str:
        """The kind of document that it is; empty where there is none."""
        return "" if self.value is None else kind_of(type(self.value)).name

    @property
    def stands_alone(self) -> bool:
        """Whether no other document has a part in what is wrong with it, but for rules about several."""
        return self.kind in _ALONE or (isinstance(self.value, Bank) and not self.value.extends)

    @property
    def alliance(self) -> Alliance:
        """The alliance; asked for by rules about alliances only."""
        return cast("Alliance", self.value)

    @property
    def check_in(self) -> CheckIn:
        """The check-in; asked for by rules about check-ins only."""
        return cast("CheckIn", self.value)

    @property
    def bank(self) -> Bank:
        """The bank; asked for by rules about banks only."""
        return cast("Bank", self.value)

    @property
    def bank_translation(self) -> BankTranslation:
        """The translation; asked for by rules about translations of banks only."""
        return cast("BankTranslation", self.value)

    @property
    def is_active(self) -> bool:
        """Whether it is an alliance that holds."""
        return isinstance(self.value, Alliance) and self.value.status == "active"

    @property
    def is_closed(self) -> bool:
        """Whether it is an alliance that has ended."""
        return isinstance(self.value, Alliance) and self.value.status == "closed"

    @cached_property
    def member_ids(self) -> frozenset[str]:
        """The ids of all members; of those whose entry or id is broken too, as they should be written."""
        return frozenset(self.alliance.members) | self._broken_ids("members")

    def is_lost(self, *parts: str) -> bool:
        """Return whether one of *parts* is as a whole not what it must be, so that nobody knows what it has."""
        return bool(self.broken) and any(f"/{part}" in self.broken for part in parts)

    def clause_ids(self, *elements: str) -> frozenset[str]:
        """Return the ids of the clauses of *elements*; of broken ones too, as they should be written."""
        found: set[str] = set()
        for element in elements:
            found |= set(getattr(self.alliance, element)) | self._broken_ids(element)
        return frozenset(found)

    def all_clause_ids(self) -> frozenset[str]:
        """Return the ids of all clauses, broken ones too."""
        whole = frozenset(one.id for _, one in self.alliance.clauses())
        broken = self._broken_ids("cadence", "check_ins") | self._broken_ids("cadence", "channels")
        return whole | self.clause_ids(*TEXT_ELEMENTS) | broken

    def is_broken(self, pointer: Pointer) -> bool:
        """Return whether something at, in or around *pointer* was left out."""
        if not self.broken:
            return False
        return pointer in self._around_broken or any(one in self.broken for one in _ancestors(pointer))

    @cached_property
    def _around_broken(self) -> frozenset[Pointer]:
        """The broken pointers, and those of all that holds them."""
        return self.broken | {around for one in self.broken for around in _ancestors(one)}

    @cached_property
    def unheld(self) -> tuple[tuple[Pointer, Reading], ...]:
        """The texts of clauses that nothing observable holds to anything, read with the words of their language."""
        without_evidence = [
            (element, key, one.text)
            for element in TEXT_ELEMENTS
            for key, one in getattr(self.alliance, element).items()
            if one.known_by is None
        ]
        # The words are read from a file; whoever says by what each clause is known need not wait for that.
        words = words_of(self.alliance.language, self.settings.words) if without_evidence else None
        if words is None:
            return ()
        return tuple(
            (pointer_of(element, key, "text"), reading)
            for element, key, text in without_evidence
            if not (reading := Reading(text, words)).is_held
        )

    def _broken_ids(self, *path: str) -> frozenset[str]:
        tokens, depth = (tokens_of(one) for one in self.broken), len(path)
        return frozenset(_folded(found[depth]) for found in tokens if len(found) > depth and found[:depth] == path)


def _folded(name: str) -> str:
    return _BETWEEN_WORDS.sub("-", name.casefold()).strip("-")


def _ancestors(pointer: Pointer) -> Iterator[Pointer]:
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


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
