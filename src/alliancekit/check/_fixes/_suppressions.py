"""What mends the comments that silence findings; where they are read, that is seen already."""

from __future__ import annotations

from alliancekit.documents import Tree
from alliancekit.findings import Finding, Fix

__all__ = ["misspelt_suppression", "unneeded_suppression"]


def unneeded_suppression(_tree: Tree, finding: Finding) -> Fix | None:
    """Take out the comment, or the rules that it need not name."""
    return finding.fix


def misspelt_suppression(_tree: Tree, finding: Finding) -> Fix | None:
    """Write the rule that was meant."""
    return finding.fix
