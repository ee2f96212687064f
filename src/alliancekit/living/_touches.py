"""
Which commits wrote a file, under all the names that it had.

``git log --follow`` knows one file at a time, and where branches meet it can lose one. Here the history of all names is
read at once, without simplifying any of it away; where a file appears, one more question says whether it was renamed,
and then the history of that name is read too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final, final

from attrs import evolve, field, frozen

from alliancekit.living._git import Git, Output

__all__ = ["FORMAT", "Touch", "Touches", "day_of", "read_touches"]

FORMAT: Final = "--format=%H%x00%P%x00%ad%x00%ae%x00%an"
_HEAD: Final = re.compile(rb"[0-9a-f]{40,64}\Z")
_DATE: Final = re.compile(r"(-?\d{1,18}) ([+-])(\d\d)(\d\d)\Z")

# A file that had more names than this is followed no further.
_MOST_NAMES: Final = 8
# As many characters as the command line of any system takes.
_MOST_CHARACTERS: Final = 20_000
# The last second of the year 9998, so that no zone leads out of the calendar.
_LAST: Final = int(datetime(9998, 12, 31, tzinfo=UTC).timestamp())


@final
@frozen(kw_only=True)
class Touch:
    """
    One commit that wrote, made or took away one file.

    Attributes:
        commit: Its hash.
        parents: The hashes of those before it; none where it is the first, or the clone has no more.
        day: The day of the author, where they were.
        email: Their address.
        author: Their name.
        path: What the file was called.
        old: The object that it was before; empty where it was none.
        new: The object that it is after; empty where it is none.
    """

    commit: str
    parents: tuple[str, ...]
    day: date
    email: str = field(repr=False)
    author: str = field(repr=False)
    path: str
    old: str
    new: str

    @property
    def is_birth(self) -> bool:
        """Whether there was no such file before."""
        return not self.old and bool(self.new)


@final
@frozen(kw_only=True)
class Touches:
    """
    What was found out about the files that were asked for.

    Attributes:
        by_path: The touches of each file, the newest first, through all its names.
        is_cut: Whether there were more than are read.
        is_exact: Whether renames could be told only where nothing else changed, because contents are missing.
    """

    by_path: Mapping[str, tuple[Touch, ...]]
    is_cut: bool = False
    is_exact: bool = False


def read_touches(git: Git, head: str, paths: Collection[str], *, up: str = "", most: int) -> Touches:
    """
    Return which commits wrote the files at *paths*, as of the commit *head*.

    Args:
        git: The repository.
        head: The hash of a commit.
        paths: Names of files that it has, from the top of the repository.
        up: The way to that top from the folder that git is asked about: ``../`` and so on.
        most: How many commits are read for each name.
    """
    read = _Reading(git, head, up, most)
    waiting = set(paths)
    for _ in range(_MOST_NAMES):
        if not waiting:
            break
        waiting = read.follow(waiting)
    by_path = {path: tuple(read.line(path)) for path in paths}
    return Touches(by_path=by_path, is_cut=read.is_cut or bool(waiting), is_exact=read.is_exact)


@final
class _Reading:
    """What is known so far: the touches of each name, and from which name a file came."""

    def __init__(self, git: Git, head: str, up: str, most: int) -> None:
        self.git = git
        self.head = head
        self.up = up
        self.most = most
        self.is_cut = False
        self.is_exact = False
        self._touches: dict[str, list[Touch]] = {}
        self._sources: dict[tuple[str, str], str] = {}

    def follow(self, paths: Collection[str]) -> set[str]:
        """Read the history of *paths*, and return the names that they had before and that are not read yet."""
        for path in paths:
            self._touches[path] = []
        for some in _in_parts(sorted(paths)):
            for touch in self._log(some):
                self._touches[touch.path].append(touch)
        # Nothing can have been renamed in the first commit, and of a merge git does not say it.
        births = {one.commit for path in paths for one in self._touches[path] if one.is_birth and len(one.parents) == 1}
        found = self._renames(births)
        self._sources |= {key: source for key, source in found.items() if key[1] in paths}
        return {self._sources[key] for key in found if key in self._sources} - self._touches.keys()

    def line(self, path: str) -> Iterator[Touch]:
        """Yield the touches of the file that is now at *path*, the newest first."""
        touches: Sequence[Touch] = self._touches[path]
        seen: set[tuple[str, str]] = set()
        while (place := next((at for at, one in enumerate(touches) if self._has_source(one, seen)), None)) is not None:
            birth = touches[place]
            seen.add((birth.commit, birth.path))
            yield from touches[:place]
            older = self._touches[self._sources[birth.commit, birth.path]]
            left = next((at for at, one in enumerate(older) if one.commit == birth.commit), len(older))
            yield evolve(birth, old=older[left].old) if left < len(older) else birth
            # What follows the rename on another branch belongs to it, unless the name was given to another file.
            yield from () if any(one.is_birth for one in older[:left]) else older[:left]
            touches = older[left + 1 :]
        yield from map(self._unfollowed, touches)

    def _unfollowed(self, touch: Touch) -> Touch:
        """Return *touch*, which made no file where that had a name before which is not read."""
        source = self._sources.get((touch.commit, touch.path)) if touch.is_birth else None
        return touch if source is None or source in self._touches else evolve(touch, old=touch.new)

    def _has_source(self, touch: Touch, seen: Collection[tuple[str, str]]) -> bool:
        """Return whether *touch* is a rename, of a file whose history was read, and was not followed yet."""
        key = touch.commit, touch.path
        return touch.is_birth and key not in seen and self._sources.get(key) in self._touches

    def _log(self, paths: Iterable[str]) -> Iterator[Touch]:
        answer = self.git.told(
            *("log", "--topo-order", "--full-history", f"--max-count={self.most + 1}", FORMAT, "--date=raw"),
            *("--raw", "-c", "-z", "--no-abbrev", "--no-renames", "--no-color", "--encoding=UTF-8"),
            *("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-relative", "--end-of-options"),
            *(self.head, "--", *(f"{self.up}{path}" for path in paths)),
        )
        commits, touches = _parsed(answer)
        if answer.is_cut or commits > self.most:
            self.is_cut = True
        return iter(touches)

    def _renames(self, commits: Collection[str]) -> dict[tuple[str, str], str]:
        """Return for each of *commits* and each file that it renamed what that was called before."""
        if not commits:
            return {}
        given = "".join(f"{one}\n" for one in sorted(commits)).encode()
        arguments = ("diff-tree", "--stdin", "-r", "-l400", "--raw", "-z", "--no-abbrev", "--diff-filter=R")
        quiet = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-relative")
        answer = self.git.ask(*arguments, "-M", *quiet, given=given)
        if answer.code and not answer.is_cut:  # in a clone without all contents they cannot be compared
            self.is_exact = True
            answer = self.git.told(*arguments, "-M100%", *quiet, given=given)
        self.is_cut = self.is_cut or answer.is_cut
        return dict(_parsed_renames(answer.out))


def _in_parts(paths: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    length = 0
    for path in paths:
        if part and length + len(path) > _MOST_CHARACTERS:
            yield part
            part, length = [], 0
        part.append(path)
        length += len(path) + 1
    if part:
        yield part


def _parsed(answer: Output) -> tuple[int, list[Touch]]:
    """Return how many commits *answer* names, and what each did; the last is left out where the answer breaks off."""
    tokens = iter(answer.out.split(b"\0"))
    commits = 0
    found: list[list[Touch]] = []
    head: tuple[bytes, ...] = ()
    for token in tokens:
        mark = token.lstrip(b"\n")
        if _HEAD.match(mark):
            head = (mark, *islice(tokens, 4))
            commits += 1
            found.append([])
        elif mark.startswith(b":") and len(head) == 5:
            found[-1] += _touched(head, mark.decode("ascii", "replace"), os.fsdecode(next(tokens, b"")))
    kept = found[:-1] if answer.is_cut else found
    return commits, [touch for one in kept for touch in one]


def _touched(head: tuple[bytes, ...], raw: str, path: str) -> Iterator[Touch]:
    """Yield what a line of git says of one file: colons as many as parents, modes, objects, and a word."""
    count = len(raw) - len(raw.lstrip(":"))
    parts = raw.lstrip(":").split(" ")
    objects = [one if one.strip("0") else "" for one in parts[count + 1 : -1]]
    # A merge that only brings two together is nobody's word; one that brings a file that neither had makes it.
    if len(objects) != count + 1 or (count > 1 and any(objects[:-1])):
        return
    commit, parents, when, email, author = (one.decode("utf-8", "replace") for one in head)
    yield Touch(
        commit=commit,
        parents=tuple(parents.split()),
        day=day_of(when),
        email=email,
        author=author,
        path=path,
        old=objects[0],
        new=objects[-1],
    )


def _parsed_renames(out: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    tokens = iter(out.split(b"\0"))
    commit = ""
    for token in tokens:
        mark = token.lstrip(b"\n")
        if mark.startswith(b":"):
            source, path = (os.fsdecode(one) for one in (next(tokens, b""), next(tokens, b"")))
            yield (commit, path), source
        else:
            commit = mark.strip().decode("ascii", "replace")


def day_of(raw: str) -> date:
    """Return the day that a date of git says, seconds and a zone; the nearest that there is where it says none."""
    found = _DATE.match(raw.strip())
    if found is None:
        return date(1970, 1, 1)
    seconds = max(0, min(int(found[1]), _LAST))
    minutes = min(int(found[3]) * 60 + int(found[4]), 24 * 60)
    shift = timedelta(minutes=minutes if found[2] == "+" else -minutes)
    return (datetime.fromtimestamp(seconds, UTC) + shift).date()
