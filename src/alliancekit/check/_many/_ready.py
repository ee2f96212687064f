"""
Everything that judging needs, read before there is anything to judge: for a process from which others are forked.

Most of it is imported only when it is used. So it is used here once, on an agreement that says next to nothing.
"""

from __future__ import annotations

from alliancekit.check import check_text

check_text("alliancekit: alliance/1\nid: a\nkind: one-to-one\nmembers:\n  a: {}\n", path="a.alliance.yaml")
