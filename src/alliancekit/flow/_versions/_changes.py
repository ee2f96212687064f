"""What can differ between two versions of a plan: one kind for each difference that matters to those who answer."""

from __future__ import annotations

from enum import StrEnum
from typing import final

from attrs import frozen

from alliancekit.typing import Pointer

__all__ = ["Change", "ChangeKind"]


class ChangeKind(StrEnum):
    """
    What a change is; where it has a direction that matters, each direction is a kind of its own.

    .. versionadded:: 0.1
    """

    FLOW_RENAMED = "flow-renamed"
    FLOW_RETITLED = "flow-retitled"
    FLOW_LANGUAGE = "flow-language"
    FLOW_KINDS = "flow-kinds"
    FLOW_BANK = "flow-bank"
    LANGUAGES = "languages"
    """Another language of a member."""
    RESTATED = "restated"
    """Written in another way, or with other keys beginning ``x-``; it means the same."""

    STEP_ADDED = "step-added"
    STEP_REMOVED = "step-removed"
    STEP_MOVED = "step-moved"
    """It stands in another group, or at another place among the steps beside it."""
    STEP_RETYPED = "step-retyped"
    """Another kind of step under the same id."""
    STEP_RETITLED = "step-retitled"
    STEP_REWORDED = "step-reworded"
    STEP_RECONDITIONED = "step-reconditioned"

    PROMPT_ADDED = "prompt-added"
    PROMPT_REMOVED = "prompt-removed"
    PROMPT_MOVED = "prompt-moved"
    """Another step asks it."""
    PROMPTS_REORDERED = "prompts-reordered"
    MODE_OPENED = "mode-opened"
    """Blind before, and open now."""
    MODE_BLINDED = "mode-blinded"
    WHO = "who"
    MADE_OPTIONAL = "made-optional"
    MADE_REQUIRED = "made-required"

    OF_ADDED = "of-added"
    OF_REMOVED = "of-removed"
    OF_REORDERED = "of-reordered"
    ONCE = "once"
    MISSING = "missing"
    LATE = "late"
    ATTRIBUTION_WIDENED = "attribution-widened"
    """Aggregate, anonymous, named: what is shown says more about who answered what."""
    ATTRIBUTION_NARROWED = "attribution-narrowed"

    ELEMENT_ADDED = "element-added"
    ELEMENT_REMOVED = "element-removed"
    ELEMENTS_REORDERED = "elements-reordered"
    RULE = "rule"
    ROUNDS_RAISED = "rounds-raised"
    ROUNDS_LOWERED = "rounds-lowered"
    DECIDED_BY = "decided-by"

    OVER = "over"
    MOST_RAISED = "most-raised"
    MOST_LOWERED = "most-lowered"

    PROMPT_REWORDED = "prompt-reworded"
    """Its text, why, labels, or the text of a follow-up."""
    ANSWER_KIND = "answer-kind"
    OPTION_ADDED = "option-added"
    OPTION_REMOVED = "option-removed"
    BOUNDS_WIDENED = "bounds-widened"
    BOUNDS_NARROWED = "bounds-narrowed"
    POINTS_RAISED = "points-raised"
    POINTS_LOWERED = "points-lowered"
    MEANING = "meaning"
    """Another polarity or unit: the same number says something else."""
    NOTE_ADDED = "note-added"
    NOTE_REMOVED = "note-removed"
    EVIDENCE_REQUIRED = "evidence-required"
    EVIDENCE_DROPPED = "evidence-dropped"
    SCOPE = "scope"
    VISIBILITY_OPENED = "visibility-opened"
    """Private before, and for all members now."""
    VISIBILITY_CLOSED = "visibility-closed"
    INFORMS_ADDED = "informs-added"
    INFORMS_REMOVED = "informs-removed"
    INFORMS_REORDERED = "informs-reordered"
    FOLLOW_UP_ADDED = "follow-up-added"
    FOLLOW_UP_REMOVED = "follow-up-removed"
    FOLLOW_UPS_REORDERED = "follow-ups-reordered"
    TAGS = "tags"


@final
@frozen(kw_only=True)
class Change:
    """
    One difference between two versions of a plan.

    Attributes:
        kind: What it is.
        step: The step that it is about; None for the flow, and for a prompt that nothing asks.
        prompt: The prompt that it is about; None where it is about none.
        pointer: Where it stands in the new plan; for what was removed, in the old one.
        text: The same in words.

    .. versionadded:: 0.1
    """

    kind: ChangeKind
    step: str | None = None
    prompt: str | None = None
    pointer: Pointer
    text: str
