"""Rules about the comments that silence other rules, which reading the comments finds."""

from __future__ import annotations

from typing import Final

from alliancekit.check import _fixes
from alliancekit.check._rule import INFO, WARNING, Rule

__all__ = ["RULES"]

RULES: Final = (
    Rule(
        code="unused-suppression",
        group="Suppressions",
        severity=WARNING,
        fix=_fixes.unneeded_suppression,
        about="document",
        why="The comment silences a rule that finds nothing there: the reason for it has gone, or it stands at another line. Left where it is, it would silence what somebody writes there next. A rule that is switched off, one about time without a day, and one that compares files make no comment unused; nor does anything in a document that could not be read as a whole.",
        failing="""
            intention: Ship the payments platform together by June 2027. # alliancekit: ignore[placeholder] to be agreed next week
            """,
        passing="""
            intention: Ship the payments platform together by June 2027.
            """,
        source="Linters whose exceptions outlived their reasons.",
    ),
    Rule(
        code="unknown-suppression",
        group="Suppressions",
        severity=WARNING,
        fix=_fixes.misspelt_suppression,
        about="document",
        why="The comment was to silence a rule, and silences nothing: it names a rule that nobody knows or that cannot be silenced, or it is written in another way than it has to be.",
        failing="""
            intention: TBD # alliancekit: ignore[placeholders] to be agreed next week
            """,
        passing="""
            intention: TBD # alliancekit: ignore[placeholder] to be agreed next week
            """,
        source="A slip of the pen would otherwise do nothing, in silence.",
    ),
    Rule(
        code="suppression-without-reason",
        group="Suppressions",
        severity=INFO,
        about="document",
        why="Whoever reads the exception later has to know whether its reason still holds.",
        failing="""
            intention: TBD # alliancekit: ignore[placeholder]
            """,
        passing="""
            intention: TBD # alliancekit: ignore[placeholder] to be agreed next week
            """,
        source="Practice: an exemption is published with its reason.",
    ),
)
