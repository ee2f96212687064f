"""What people have already, read as drafts: Markdown agreements, charters and lists of questions."""

from alliancekit.intake._report import Kept, Note

__all__ = ["Kept", "Note"]
