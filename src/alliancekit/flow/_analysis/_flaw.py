"""What is wrong with a flow, and what people would have to do to run into it."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from alliancekit.findings import Finding
from alliancekit.flow._requests import AnyRequest
from alliancekit.model import Member
from alliancekit.shapes import many

__all__ = ["Flaw"]


@final
@frozen(kw_only=True, repr=False)
class Flaw:
    """
    What is wrong with a flow, and a run that shows it.

    Attributes:
        finding: What is wrong, where in the flow, and what would be right.
        members: People who were made up for the run, with the roles that the flow knows.
        requests: What they send, in order, to a session of the flow that has just started; empty where no run can show
            it, because it is about what never takes place or keeps the flow from starting.

    .. versionadded:: 0.1
    """

    finding: Finding
    members: tuple[Member, ...] = field(default=(), converter=many)
    requests: tuple[AnyRequest, ...] = field(default=(), converter=many)

    def __repr__(self) -> str:
        return f"Flaw({self.finding.rule} at {self.finding.pointer or 'the flow'}, {len(self.requests)} requests)"
