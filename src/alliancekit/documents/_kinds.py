"""The kinds of documents: what their header says, which class they are, and how they are kept."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, final

from attrs import frozen

from alliancekit.limits import LIMITS, SESSION_LIMITS, Limits

__all__ = ["HEADER", "HEADERS", "KINDS", "TRANSLATES", "DocumentKind", "kind_of", "translation_of"]

HEADER: Final = "alliancekit"
"""The key that every document begins with."""

TRANSLATES: Final = "translates"
"""The key by which a translation is told from what it translates: they share a header."""


@final
@frozen(kw_only=True)
class DocumentKind:
    """
    One kind of document.

    Attributes:
        name: What it is called; what the header says before the slash, but for translations.
        module: Where its class is; imported only when such a document is met.
        class_name: What the class is called.
        version: The version that is written, and the newest that is read.
        limits: How much one may hold.
        json_only: Whether it is never YAML.
        is_private: Whether it holds what only its host may read.
        translates: The kind that it translates, and whose header it shares; empty for all that are no translation.

    .. versionadded:: 0.1
    """

    name: str
    module: str
    class_name: str
    version: int = 1
    limits: Limits = LIMITS
    json_only: bool = False
    is_private: bool = False
    translates: str = ""

    @property
    def header(self) -> str:
        """What the header says."""
        return f"{self.translates or self.name}/{self.version}"

    @property
    def cls(self) -> type[Any]:
        """The class of its values."""
        found: type[Any] = getattr(import_module(self.module), self.class_name)
        return found


_ROWS: Final = (
    DocumentKind(name="alliance", module="alliancekit.model", class_name="Alliance"),
    DocumentKind(name="bank", module="alliancekit.model", class_name="Bank"),
    DocumentKind(name="check-in", module="alliancekit.model", class_name="CheckIn"),
    DocumentKind(name="flow", module="alliancekit.flow", class_name="Flow"),
    DocumentKind(name="answers", module="alliancekit.flow", class_name="Script"),
    DocumentKind(
        name="session",
        module="alliancekit.flow",
        class_name="Session",
        limits=SESSION_LIMITS,
        json_only=True,
        is_private=True,
    ),
    DocumentKind(name="bank-translation", module="alliancekit.model", class_name="BankTranslation", translates="bank"),
    DocumentKind(name="flow-translation", module="alliancekit.flow", class_name="FlowTranslation", translates="flow"),
)
KINDS: Final = {row.name: row for row in _ROWS}
"""The kinds, by name."""

HEADERS: Final = {row.name: row for row in _ROWS if not row.translates}
"""The kinds that a header says by itself."""


def kind_of(cls: type[Any]) -> DocumentKind:
    """
    Return the kind of document that a value of *cls* is.

    Raises:
        TypeError: If no document holds such values by themselves.
    """
    for row in _ROWS:
        if row.class_name == cls.__name__ and cls.__module__.startswith(f"{row.module}."):
            return row
    kinds = ", ".join(row.class_name for row in _ROWS)
    message = f"{cls.__name__} is no document by itself; these are: {kinds}"
    raise TypeError(message)


def translation_of(kind: DocumentKind) -> DocumentKind | None:
    """Return the kind of the translations of documents of *kind*, or None where such are not translated."""
    return next((row for row in _ROWS if row.translates == kind.name), None)
