"""The nouns: members, clauses, alliances, cadences, prompts, banks and check-ins; frozen values, and nothing else."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from alliancekit.model._alliance import (
    Alliance,
    MadeWith,
    Status,
)
from alliancekit.model._base import (
    BY_ID,
    BY_NAME,
    EVERYONE,
    PER_MEMBER,
    RESERVED,
    Audience,
    Element,
    Id,
    Kind,
    Label,
    Language,
    Prose,
    Question,
    Ref,
    Timezone,
    Topic,
    Visibility,
    timezones,
)
from alliancekit.model._cadence import (
    REVIEW,
    Cadence,
    Channel,
    Frequency,
    Recurrence,
    Review,
    ScheduledCheckIn,
    Weekday,
)
from alliancekit.model._clauses import (
    Clause,
    Commitment,
    Concern,
    Digest,
    Expectation,
    GroundRule,
    Quality,
    Ratification,
    Response,
    Sign,
    Standing,
    Unresolved,
    Value,
    Waiver,
)
from alliancekit.model._members import (
    Member,
    Preferences,
)

if TYPE_CHECKING:
    from alliancekit.model._bank_coverage import BankCoverage
    from alliancekit.model._bank_diff import (
        BankDiff,
        MovedPrompt,
        ReplacedPrompt,
        SectionChange,
    )
    from alliancekit.model._banks import (
        Bank,
        BankTranslation,
        PromptTranslation,
        Section,
        SectionTranslation,
    )
    from alliancekit.model._check_in import (
        FEWEST_RESPONDENTS,
        Amendment,
        CheckIn,
        PulseAggregate,
        PulseByName,
        Reviewed,
        mean_of,
    )
    from alliancekit.model._prompts import (
        AnswerKind,
        ChoiceAnswer,
        ChoicesAnswer,
        ClausesAnswer,
        DateAnswer,
        FollowUp,
        NumberAnswer,
        Prompt,
        ScaleAnswer,
        TextAnswer,
        YesNoAnswer,
    )
    from alliancekit.model._sampling import Rotation

__all__ = [
    "BY_ID",
    "BY_NAME",
    "EVERYONE",
    "FEWEST_RESPONDENTS",
    "PER_MEMBER",
    "RESERVED",
    "REVIEW",
    "Alliance",
    "Amendment",
    "AnswerKind",
    "Audience",
    "Bank",
    "BankCoverage",
    "BankDiff",
    "BankTranslation",
    "Cadence",
    "Channel",
    "CheckIn",
    "ChoiceAnswer",
    "ChoicesAnswer",
    "Clause",
    "ClausesAnswer",
    "Commitment",
    "Concern",
    "DateAnswer",
    "Digest",
    "Element",
    "Expectation",
    "FollowUp",
    "Frequency",
    "GroundRule",
    "Id",
    "Kind",
    "Label",
    "Language",
    "MadeWith",
    "Member",
    "MovedPrompt",
    "NumberAnswer",
    "Preferences",
    "Prompt",
    "PromptTranslation",
    "Prose",
    "PulseAggregate",
    "PulseByName",
    "Quality",
    "Question",
    "Ratification",
    "Recurrence",
    "Ref",
    "ReplacedPrompt",
    "Response",
    "Review",
    "Reviewed",
    "Rotation",
    "ScaleAnswer",
    "ScheduledCheckIn",
    "Section",
    "SectionChange",
    "SectionTranslation",
    "Sign",
    "Standing",
    "Status",
    "TextAnswer",
    "Timezone",
    "Topic",
    "Unresolved",
    "Value",
    "Visibility",
    "Waiver",
    "Weekday",
    "YesNoAnswer",
    "mean_of",
    "timezones",
]

# An alliance is read without what is asked before it and what happens after it: these come when somebody asks for them.
_LATER: Final = ("_prompts", "_banks", "_check_in", "_sampling", "_bank_diff", "_bank_coverage")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    files = (import_module(f"{__name__}.{file}") for file in _LATER)
    found = next(getattr(file, name) for file in files if hasattr(file, name))
    globals()[name] = found
    return found
