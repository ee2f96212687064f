"""Patterns of paths, written and understood as in a ``.gitignore`` file."""

from __future__ import annotations

import os
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast, final

from attrs import field, frozen

if TYPE_CHECKING:
    from re import Match

    from pathspec import GitIgnoreSpec

__all__ = ["Patterns", "pattern_problem"]

# What a pattern costs grows with a power of how many there are, and whoever writes a pull request may write patterns.
_MOST_STARS: Final = 3
_MOST_DOUBLE_STARS: Final = 2
_MARK: Final = "ps_d"


@final
@frozen
class Patterns:
    """
    The lines of a ``.gitignore`` file: the last one that fits decides, and ``!`` takes back.

    Attributes:
        lines: The patterns.
        folder: Where they begin; empty for the working directory. What lies outside of it fits none.

    .. versionadded:: 0.1
    """

    lines: tuple[str, ...] = field(converter=tuple[str, ...])
    folder: str = ""

    def fit(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether *path* by itself fits, whatever holds for the folders that it is in."""
        inside = self._inside(path) if self.lines else None
        return inside is not None and self._decide(inside, is_folder=is_folder)

    def cover(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether *path* or a folder that it is in fits."""
        parts = (self._inside(path) or "").split("/") if self.lines else []
        around = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return any(self._decide(one, is_folder=True) for one in around) or self.fit(path, is_folder=is_folder)

    def _decide(self, inside: str, *, is_folder: bool) -> bool:
        """Return what the last line says that fits *inside* itself, and not only a folder that it is in."""
        patterns = _spec(self.lines).patterns
        for line, pattern in zip(reversed(self.lines), reversed(patterns), strict=True):
            asked = f"{inside}/" if is_folder and line.rstrip().endswith("/") else inside
            # The library leaves open what its match is of.
            found = cast("Any", pattern.match_file(asked))
            if found is None:
                continue
            match: Match[str] = found.match
            # The group marks the end of what fits, where something goes on below it; of "*/" that is each slash.
            if _MARK not in match.re.groupindex or any(
                not 0 <= one.start(_MARK) < len(inside) for one in match.re.finditer(asked)
            ):
                return bool(pattern.include)
        return False

    def _inside(self, path: str) -> str | None:
        """Return where in the folder *path* is; None where it is not in it, or is the folder itself."""
        folder, whole = os.path.abspath(self.folder or os.curdir), os.path.abspath(path)  # noqa: PTH100 - links stay
        if (found := _below(folder, whole)) is not None:
            return found
        # The same place may be named by a way that leads over a link.
        around, name = os.path.split(whole)
        return _below(os.path.realpath(folder), os.path.join(os.path.realpath(around), name))  # noqa: PTH118 - texts


def _below(folder: str, path: str) -> str | None:
    start = folder if folder.endswith(os.sep) else f"{folder}{os.sep}"
    return path[len(start) :].replace(os.sep, "/") if path.startswith(start) and path != start else None


@cache
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings(action="ignore"):  # Python's own, about sets of characters that may mean more one day
        return GitIgnoreSpec.from_lines(lines)


def pattern_problem(line: str) -> str | None:
    """Return what is wrong with *line* as a pattern, or None."""
    import re

    # Of a lone slash that is taken back, the library would take back everything.
    if not line.strip().removeprefix("!").strip("/") or line.startswith("#") or "\n" in line or "\0" in line:
        return "it fits nothing"
    if line.count("**") > _MOST_DOUBLE_STARS or line.replace("**", "").count("*") > _MOST_STARS:
        return f"it may have at most {_MOST_STARS} * and {_MOST_DOUBLE_STARS} **"
    # Of "a**/b", git's documentation and git itself say different things; of "a/**/", git and the library.
    if re.search(r"[^/]\*\*|\*\*[^/]|\*\*/$", line.strip().removeprefix("!")):
        return "** has to stand alone between slashes, or last"
    try:
        (pattern,) = _spec((line,)).patterns
    except (ValueError, re.error):
        return "it cannot be understood"
    return "it fits nothing" if pattern.include is None else None
