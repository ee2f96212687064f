"""The rule about rules that are not ours."""

from __future__ import annotations

from typing import Final

from alliancekit.check._rule import ERROR, Rule

__all__ = ["RULES"]

RULES: Final = (
    Rule(
        code="plugin-failed",
        group="Custom",
        severity=ERROR,
        about="document",
        why="A rule that an installed package or a program brings did not do its work: it cannot be loaded, it raised an error, or it found what is no finding. All other rules were heard.",
        failing="""
            # A rule that raises: def no_emoji(alliance): return alliance.naem
            """,
        passing="""
            # The rule, mended: def no_emoji(alliance): return ()
            """,
        source="What others wrote must not stand in the way of what is ours to say.",
    ),
)
