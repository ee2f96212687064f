"""Versions of a plan: what changed between two of them, and how a session that runs goes over to the next."""

from alliancekit.flow._versions._carrying import is_wider
from alliancekit.flow._versions._changes import Change, ChangeKind
from alliancekit.flow._versions._diff import diff
from alliancekit.flow._versions._migrating import migrate, migration
from alliancekit.flow._versions._migration import Again, Judgement, Migration, Place, Verdict
from alliancekit.flow._versions._verdicts import VERDICTS, Ruling

__all__ = [
    "VERDICTS",
    "Again",
    "Change",
    "ChangeKind",
    "Judgement",
    "Migration",
    "Place",
    "Ruling",
    "Verdict",
    "diff",
    "is_wider",
    "migrate",
    "migration",
]
