"""
The prompt-flow engine: several people answer, reveal, agree and ratify together, as a pure value that any host can drive.

A host uses `Session.view` and `Session.send`, and nothing else. The accepted requests are the truth; state is their fold.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from alliancekit.flow._advance import advance
from alliancekit.flow._answers import answer_schema, proposal_schema
from alliancekit.flow._conditions import All, Any_, AtLeast, Condition, Count, Every, Not, Some, Subject, TheAnswer
from alliancekit.flow._errors import RequestNotAllowedError
from alliancekit.flow._facts import (
    AnyFact,
    Asked,
    Changed,
    Erased,
    Fact,
    Finished,
    Joined,
    Left,
    Migrated,
    Passed,
    Proposed,
    Ratified,
    Readied,
    Refused,
    Reopened,
    Responded,
    Revealed,
    Revised,
    Settled,
    Withdrawn,
)
from alliancekit.flow._moves import MOVES, Phase, StepKind
from alliancekit.flow._people import roles_needed
from alliancekit.flow._placeholders import placeholders, stray_braces
from alliancekit.flow._plan import (
    AgreeStep,
    AskStep,
    Flow,
    GroupStep,
    Plan,
    Quorum,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Step,
    make_plan,
)
from alliancekit.flow._problems import problems
from alliancekit.flow._requests import (
    Accept,
    Answer,
    AnyRequest,
    Blank,
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
    Respond,
    Reveal,
    StandAside,
    Submit,
    Withdraw,
)
from alliancekit.flow._script import Script
from alliancekit.flow._seal import check_seal, seal_of
from alliancekit.flow._session import Session, play, play_script
from alliancekit.flow._task import OnTable, Task, TaskKind
from alliancekit.flow._text import value_text
from alliancekit.flow._versions import (
    VERDICTS,
    Again,
    Change,
    ChangeKind,
    Judgement,
    Migration,
    Place,
    Ruling,
    Verdict,
    diff,
)
from alliancekit.flow._view import Figure, Given, Progress, Revelation, Said, View, Waiting

if TYPE_CHECKING:
    from alliancekit.flow._analysis import Flaw, analyse
    from alliancekit.flow._tools import (
        Case,
        Coverage,
        Entry,
        PossibleStandstill,
        Simulation,
        Standing,
        Standstill,
        Transcript,
        coverage,
        simulate,
        standstills,
        transcript,
    )
    from alliancekit.flow._translation import FlowTranslation, StepTranslation

__all__ = [
    "MOVES",
    "VERDICTS",
    "Accept",
    "Again",
    "AgreeStep",
    "All",
    "Answer",
    "AnyFact",
    "AnyRequest",
    "Any_",
    "AskStep",
    "Asked",
    "AtLeast",
    "Blank",
    "Case",
    "Change",
    "ChangeKind",
    "Changed",
    "Clear",
    "Condition",
    "Count",
    "Coverage",
    "Decline",
    "Entry",
    "Erase",
    "Erased",
    "Every",
    "Fact",
    "Figure",
    "Finished",
    "Flaw",
    "Flow",
    "FlowTranslation",
    "Given",
    "GroupStep",
    "Join",
    "Joined",
    "Judgement",
    "Leave",
    "Left",
    "Migrate",
    "Migrated",
    "Migration",
    "Not",
    "Object",
    "OnTable",
    "Pass",
    "Passed",
    "Phase",
    "Place",
    "Plan",
    "PossibleStandstill",
    "Progress",
    "Propose",
    "Proposed",
    "Quorum",
    "Ratified",
    "Ratify",
    "RatifyStep",
    "Readied",
    "Refused",
    "Reopen",
    "Reopened",
    "RepeatStep",
    "Request",
    "RequestNotAllowedError",
    "Respond",
    "Responded",
    "Reveal",
    "RevealStep",
    "Revealed",
    "Revelation",
    "Revised",
    "Ruling",
    "Said",
    "SayStep",
    "Script",
    "Session",
    "Settled",
    "Simulation",
    "Some",
    "StandAside",
    "Standing",
    "Standstill",
    "Step",
    "StepKind",
    "StepTranslation",
    "Subject",
    "Submit",
    "Task",
    "TaskKind",
    "TheAnswer",
    "Transcript",
    "Verdict",
    "View",
    "Waiting",
    "Withdraw",
    "Withdrawn",
    "advance",
    "analyse",
    "answer_schema",
    "check_seal",
    "coverage",
    "diff",
    "make_plan",
    "placeholders",
    "play",
    "play_script",
    "problems",
    "proposal_schema",
    "roles_needed",
    "seal_of",
    "simulate",
    "standstills",
    "stray_braces",
    "transcript",
    "value_text",
]

# A host runs a flow without what those need who write one: it comes when somebody asks for it.
_LATER: Final = ("_translation", "_analysis", "_tools")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    folders = (import_module(f"{__name__}.{folder}") for folder in _LATER)
    found = next(getattr(folder, name) for folder in folders if hasattr(folder, name))
    globals()[name] = found
    return found
