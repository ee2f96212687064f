"""Lists of questions, in the shapes that people keep them in, read as banks."""

from alliancekit.intake._questions._build import ImportedBank
from alliancekit.intake._questions._reading import ListFormat, read_bank

__all__ = ["ImportedBank", "ListFormat", "read_bank"]
