"""
Where a step is, and every legal move of it.

A step has a phase for each member. What is joint has the same phase for all; of an ask step each member has their own,
and of an agree step each says for themselves that they have nothing more to propose.

A row of `MOVES` says to which phase the step may go for the member *who sent the request*. Where a request also changes
the phase for others, it is because it makes the table's last column true for them: the last one to submit opens the
reveal, and with it everybody's answers; a new proposal gives the say again to those whom it concerns.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from alliancekit.flow._requests import (
    Accept,
    Answer,
    Clear,
    Decline,
    Erase,
    Join,
    Leave,
    Migrate,
    Object,
    Pass,
    Propose,
    Ratify,
    Reopen,
    Request,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)

__all__ = ["MOVES", "PAST", "Phase", "StepKind"]


class StepKind(StrEnum):
    """
    What kind of step it is; the flow as a whole counts as one.

    .. versionadded:: 0.1
    """

    FLOW = "flow"
    SAY = "say"
    ASK = "ask"
    REVEAL = "reveal"
    AGREE = "agree"
    RATIFY = "ratify"
    GROUP = "group"
    REPEAT = "repeat"


class Phase(StrEnum):
    """
    Where a step is, for one member.

    .. versionadded:: 0.1
    """

    PENDING = "pending"
    """Not reached: a barrier before it is not done, or it is hidden, or it is not for this member."""
    OPEN = "open"
    """The member can act."""
    SUBMITTED = "submitted"
    """The member is ready, and others are not."""
    LATE = "late"
    """The answers are revealed, and this member may still give theirs, which will be marked as late."""
    REVISING = "revising"
    """This member writes answers anew that stand; until they submit, the others see what stood."""
    REVEALED = "revealed"
    """The answers that were shared are known to all, and stand."""
    CLOSED = "closed"
    """The next barrier was reached; the answers stand."""
    SETTLED = "settled"
    """Everything on the table is adopted or unresolved."""
    RATIFIED = "ratified"
    """The member has said yes."""


PAST: Final = frozenset({Phase.REVEALED, Phase.CLOSED, Phase.SETTLED, Phase.RATIFIED})
"""The phases of what is done."""

_OPEN: Final = frozenset({Phase.OPEN})
_LATE: Final = frozenset({Phase.LATE})
# An answer can show or hide the barrier behind it, and a barrier that is content with fewer closes the step.
_EDITED: Final = frozenset({Phase.OPEN, Phase.CLOSED})
_STANDS: Final = frozenset({Phase.REVEALED, Phase.CLOSED})
# In the same way a revision can be what ends the session, and what was not submitted by then is dropped.
_REVISED: Final = frozenset({Phase.REVISING, *_STANDS})
_REOPENED: Final = frozenset({Phase.REVISING})
_RESPONSES: Final = (Accept, StandAside, Object, Decline)

# Every legal move of a step, whole: nothing elsewhere may change a phase.
MOVES: Final[Mapping[tuple[StepKind, Phase], Mapping[type[Request], frozenset[Phase]]]] = MappingProxyType(
    {
        (StepKind.FLOW, Phase.OPEN): {
            Join: _OPEN,
            # Whoever goes may be the one for whom everybody waited.
            Leave: frozenset({Phase.OPEN, Phase.CLOSED}),
            Erase: _EDITED,
            # Another plan may have nothing left to wait for.
            Migrate: frozenset({Phase.OPEN, Phase.CLOSED}),
        },
        # What is forgotten may be what somebody said yes to, and that is asked for again.
        (StepKind.FLOW, Phase.CLOSED): {Erase: _EDITED},
        (StepKind.ASK, Phase.OPEN): {
            Answer: _EDITED,
            Clear: _EDITED,
            Pass: _EDITED,
            # The last one to submit carries the step through the barrier behind it.
            Submit: frozenset({Phase.SUBMITTED, Phase.REVEALED, Phase.CLOSED}),
        },
        (StepKind.ASK, Phase.SUBMITTED): {Withdraw: _EDITED},
        (StepKind.ASK, Phase.LATE): {
            Answer: _LATE,
            Clear: _LATE,
            Pass: _LATE,
            Submit: frozenset({Phase.REVEALED}),
        },
        (StepKind.ASK, Phase.REVEALED): {Reopen: _REOPENED},
        (StepKind.ASK, Phase.CLOSED): {Reopen: _REOPENED},
        (StepKind.ASK, Phase.REVISING): {
            Answer: _REVISED,
            Clear: _REVISED,
            Pass: _REVISED,
            Submit: _STANDS,
            Withdraw: _STANDS,
        },
        (StepKind.REVEAL, Phase.OPEN): {Reveal: frozenset({Phase.REVEALED})},
        (StepKind.AGREE, Phase.OPEN): {
            Propose: _OPEN,
            **dict.fromkeys(_RESPONSES, frozenset({Phase.OPEN, Phase.SETTLED})),
            Submit: frozenset({Phase.SUBMITTED, Phase.SETTLED}),
        },
        (StepKind.AGREE, Phase.SUBMITTED): {
            # A response is asked of everybody; a proposal takes back that one had none.
            Propose: _OPEN,
            **dict.fromkeys(_RESPONSES, frozenset({Phase.SUBMITTED, Phase.SETTLED})),
            Withdraw: _OPEN,
        },
        (StepKind.AGREE, Phase.SETTLED): {Reopen: _OPEN},
        (StepKind.RATIFY, Phase.OPEN): {Ratify: frozenset({Phase.RATIFIED})},
        (StepKind.RATIFY, Phase.RATIFIED): {Withdraw: _OPEN},
    }
)
