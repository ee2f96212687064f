"""Small programs that stand in for others on the path of a test."""

import shlex
import sys
from pathlib import Path

OURS = f"""\
#!/bin/sh
exec {shlex.quote(sys.executable)} -c '
import sys
from alliancekit.cli import main
sys.exit(main())' "$@"
"""
"""The command, also where only src/ is on the path."""


def program(path: Path, text: str) -> None:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
