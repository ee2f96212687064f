"""What people have already, read as drafts: Markdown agreements, charters and lists of questions."""

from alliancekit.intake._agreements import AgreementFormat, ImportedAlliance, read_alliance
from alliancekit.intake._questions import ImportedBank, ListFormat, read_bank
from alliancekit.intake._report import Kept, Note

__all__ = [
    "AgreementFormat",
    "ImportedAlliance",
    "ImportedBank",
    "Kept",
    "ListFormat",
    "Note",
    "read_alliance",
    "read_bank",
]
