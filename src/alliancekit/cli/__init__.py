"""
The command line: arguments in, exit code out; the only room that prints, asks, and reads the clock.

Exit codes are 0 for done, 1 for findings or not finished, 2 for wrong usage or our own fault.
"""

from __future__ import annotations

from alliancekit.cli._main import main

__all__ = ["main"]
