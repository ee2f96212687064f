"""What becomes of an alliance over time: the chain of its check-ins, its pulse, its relations, and its history in git."""

from __future__ import annotations

from alliancekit.living._audit import MOST_DAYS, Audit, audit
from alliancekit.living._audited import AllianceFacts, AuditedAgreement, Neglect
from alliancekit.living._chain import Chain, Meeting, Replayed, chain
from alliancekit.living._change import Change
from alliancekit.living._history import AgreementHistory, AgreementVersion, History, read_history
from alliancekit.living._merging import MergedText, merge_texts
from alliancekit.living._names import AGREEMENT_NAMES
from alliancekit.living._points import Point
from alliancekit.living._pulse import aggregate, pulse
from alliancekit.living._relations import MissingAlliance, Relations, relations
from alliancekit.living._series import Pulse, Series
from alliancekit.living._story import Looked, Story
from alliancekit.living._trend import Trend

__all__ = [
    "AGREEMENT_NAMES",
    "MOST_DAYS",
    "AgreementHistory",
    "AgreementVersion",
    "AllianceFacts",
    "Audit",
    "AuditedAgreement",
    "Chain",
    "Change",
    "History",
    "Looked",
    "Meeting",
    "MergedText",
    "MissingAlliance",
    "Neglect",
    "Point",
    "Pulse",
    "Relations",
    "Replayed",
    "Series",
    "Story",
    "Trend",
    "aggregate",
    "audit",
    "chain",
    "merge_texts",
    "pulse",
    "read_history",
    "relations",
]
