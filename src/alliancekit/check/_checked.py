"""What was found in one file."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from alliancekit.check._excerpt import Excerpt
from alliancekit.check._facts import Facts
from alliancekit.check._suppress import Suppression
from alliancekit.findings import Finding

__all__ = ["Checked"]


@final
@frozen(kw_only=True)
class Checked:
    """
    What was found in one file.

    Attributes:
        path: What the file is called; None for what belongs to no file.
        findings: What is wrong with it, by place.
        excerpts: For each finding the line that it is about, where there is one.
        is_readable: Whether it could be judged at all.
        facts: What rules about several files know of it; None where it says nothing to them.
        suppressions: The comments in it that silence findings.
        suppressed: What they silence, each with their reason.
        is_lasting: Whether the same bytes are always judged the same and may be kept: no other file had a part in it, and
            nothing of it is private.

    .. versionadded:: 0.1
    """

    path: str | None
    findings: tuple[Finding, ...] = ()
    excerpts: tuple[Excerpt | None, ...] = field(default=(), repr=False)
    is_readable: bool = True
    facts: Facts | None = field(default=None, repr=False)
    suppressions: tuple[Suppression, ...] = field(default=(), repr=False)
    suppressed: tuple[tuple[Finding, str], ...] = field(default=(), repr=False)
    is_lasting: bool = field(default=False, repr=False)
