"""What only the engine raises."""

from __future__ import annotations

from attrs import frozen

from alliancekit.errors import AllianceKitError
from alliancekit.flow._moves import Phase
from alliancekit.flow._requests import Request

__all__ = ["RequestNotAllowedError"]


@frozen(slots=False)
class RequestNotAllowedError(AllianceKitError, RuntimeError):
    """
    The host sent a request that the step's phase has no room for; the session that it has still stands.

    Attributes:
        request: What was sent.
        phase: Where the step is for the member who sent it.
        allowed: The requests that it has room for.

    .. versionadded:: 0.1
    """

    request: Request
    phase: Phase
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        name, options = type(self.request).__name__, ", ".join(self.allowed)
        return f"{name} is not allowed while the step is {self.phase.value}; allowed: {options or 'nothing'}"
