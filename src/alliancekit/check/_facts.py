"""What rules about several documents know of each."""

from __future__ import annotations

from typing import final

from attrs import frozen

from alliancekit.model import Alliance, CheckIn

__all__ = ["Facts", "facts_of"]


@final
@frozen(kw_only=True)
class Facts:
    """
    What rules about several documents know of one; flat, so that it is cheap to keep and to send.

    Attributes:
        path: What findings call the document.
        kind: What its header says: ``alliance``, ``check-in``, …
        id: What it is called; None where it has no id.
        status: Of an alliance.
        supersedes: The alliance in whose place it stands.
        team: The team's alliance that it belongs to.
        alliance: Of a check-in, the alliance that it is about.

    .. versionadded:: 0.1
    """

    path: str
    kind: str
    id: str | None = None
    status: str | None = None
    supersedes: str | None = None
    team: str | None = None
    alliance: str | None = None


def facts_of(path: str | None, kind: str, value: object) -> Facts | None:
    """Return the facts of the document *value*; None where nobody could find it again."""
    if path is None or value is None:
        return None
    match value:
        case Alliance():
            return Facts(
                path=path, kind=kind, id=value.id, status=value.status, supersedes=value.supersedes, team=value.team
            )
        case CheckIn():
            return Facts(path=path, kind=kind, alliance=value.alliance)
        case _:
            return Facts(path=path, kind=kind, id=getattr(value, "id", None))
