"""Which files are agreements, by their names: those of ours, and those that teams keep as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

__all__ = ["AGREEMENT_NAMES", "is_alliance", "is_check_in", "plain_agreements"]

AGREEMENT_NAMES: Final = (
    "working agreement",
    "ways of working",
    "team agreement",
    "team alliance",
    "team charter",
    "team contract",
    "team norms",
    "group agreement",
    "group charter",
    "group contract",
    "designed alliance",
    "social contract",
)
"""What a file is called that holds an agreement as plain text; case, and what stands between the words, mean nothing."""

_ALLIANCE: Final = re.compile(r"\.alliance\.(?:ya?ml|json)\Z")
_CHECK_IN: Final = re.compile(r"\.check-in\.(?:ya?ml|json)\Z")
_ENDINGS: Final = frozenset({"", "adoc", "asciidoc", "markdown", "md", "mdx", "org", "rst", "txt"})
# A form that nobody has filled in is no agreement of anybody.
_FORMS: Final = ("template", "example", "sample")
_NEVER: Final = frozenset({"node_modules", ".git"})


def is_alliance(path: str) -> bool:
    """Return whether the file at *path* is an alliance, by its name."""
    return _ALLIANCE.search(path) is not None and _is_own(path)


def is_check_in(path: str) -> bool:
    """Return whether the file at *path* is the record of a check-in, by its name."""
    return _CHECK_IN.search(path) is not None and _is_own(path)


def plain_agreements(names: Iterable[str]) -> Callable[[str], bool]:
    """Return what says whether the file at a path is an agreement in plain text, called by one of *names*."""
    wanted = tuple(letters for one in names if (letters := _letters(one)))

    def is_agreement(path: str) -> bool:
        stem, dot, ending = path.rpartition("/")[2].rpartition(".")
        if (ending if dot else "").casefold() not in _ENDINGS or not _is_own(path):
            return False
        letters = _letters(stem if dot else ending)
        return any(one in letters for one in wanted) and not any(one in letters for one in _FORMS)

    return is_agreement


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _is_own(path: str) -> bool:
    """Return whether a file is the repository's own, and did not come with a package."""
    return _NEVER.isdisjoint(path.split("/")[:-1])
