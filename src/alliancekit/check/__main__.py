"""
Writes what is made from the rules into a checkout: ``python -m alliancekit.check`` in its top folder.

That is ``docs/reference/rules.md``; a test says when it is not what the rules say.
"""

from __future__ import annotations

from pathlib import Path

from alliancekit.check import reference_page

if __name__ == "__main__":
    Path("docs/reference/rules.md").write_text(reference_page(), encoding="utf-8", newline="\n")
