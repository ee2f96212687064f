"""What tools that compare two reports know a finding by, wherever in its file it has moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from alliancekit.check._formats._telling import Telling
from alliancekit.findings import Finding

__all__ = ["fingerprints"]

_MOVING: Final = re.compile(r"\bline \d+")
_INDEX: Final = re.compile(r"(?<=/)\d+(?=/|\Z)")


def fingerprints(findings: Iterable[Finding], telling: Telling) -> list[str]:
    """
    Return for each of *findings*, in their order, what stays the same when lines or list entries come before it.

    It is made of the rule, the file, the pointer and the message; equal ones in a file are counted, so that no two are
    the same.
    """
    from hashlib import sha256

    told, found = Counter[str](), list[str]()
    for one in findings:
        same = "\0".join(
            (one.rule, telling.path(one.path), _INDEX.sub("*", one.pointer), _MOVING.sub("line", one.message))
        )
        told[same] += 1
        found.append(sha256(f"{same}\0{told[same]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found
