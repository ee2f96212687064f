"""What becomes of an alliance over time: the chain of its check-ins, its pulse, its relations, and its history in git."""

from __future__ import annotations

from alliancekit.living._audit import MOST_DAYS, Audit, audit
from alliancekit.living._audited import AllianceFacts, AuditedAgreement, Neglect
from alliancekit.living._history import AgreementHistory, AgreementVersion, History, read_history
from alliancekit.living._names import AGREEMENT_NAMES

__all__ = [
    "AGREEMENT_NAMES",
    "MOST_DAYS",
    "AgreementHistory",
    "AgreementVersion",
    "AllianceFacts",
    "Audit",
    "AuditedAgreement",
    "History",
    "Neglect",
    "audit",
    "read_history",
]
