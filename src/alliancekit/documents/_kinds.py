"""The kinds of documents: what their header says, which class they are, and how they are kept."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, final

from attrs import frozen

from alliancekit.limits import LIMITS, SESSION_LIMITS, Limits

__all__ = ["HEADER", "HEADERS", "DocumentKind", "kind_of"]

HEADER: Final = "alliancekit"
"""The key that every document begins with."""


@final
@frozen(kw_only=True)
class DocumentKind:
    """
    One kind of document.

    Attributes:
        name: What the header says before the slash.
        module: Where its class is; imported only when such a document is met.
        class_name: What the class is called.
        version: The version that is written, and the newest that is read.
        limits: How much one may hold.
        json_only: Whether it is never YAML.
        is_private: Whether it holds what only its host may read.

    .. versionadded:: 0.1
    """

    name: str
    module: str
    class_name: str
    version: int = 1
    limits: Limits = LIMITS
    json_only: bool = False
    is_private: bool = False

    @property
    def header(self) -> str:
        """What the header says."""
        return f"{self.name}/{self.version}"

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
)
HEADERS: Final = {row.name: row for row in _ROWS}
"""The kinds, by the name in their header."""


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
