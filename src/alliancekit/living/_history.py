"""What a git repository knows of the agreements in it: when each was written, in which words, and what is in it now."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, final

from attrs import field, frozen

from alliancekit.living._git import Git, Output, open_git
from alliancekit.living._names import AGREEMENT_NAMES, is_alliance, is_check_in, plain_agreements
from alliancekit.living._texts import Prints, read_objects
from alliancekit.living._touches import Touch, Touches, day_of, read_touches
from alliancekit.typing import Source

__all__ = ["AgreementHistory", "AgreementVersion", "History", "read_history"]

# More agreements than anybody keeps in one repository, and more changes than anybody makes to them.
_MOST_FILES: Final = 2_000
_MOST_COMMITS: Final = 20_000
_MOST_TEXT: Final = 32 * 1024 * 1024


@final
@frozen(kw_only=True)
class AgreementVersion:
    """
    One commit that wrote an agreement.

    Attributes:
        commit: Its hash.
        day: The day on which its author wrote it, where they were.
        author: Who that was, name and address.
        path: What the file was called from then on.
        before: A print of what it said before, which two texts share that say the same; empty where it was not there.
        after: The print of what it says since.

    .. versionadded:: 0.1
    """

    commit: str
    day: date
    author: str = field(repr=False)
    path: str
    before: str = field(repr=False)
    after: str = field(repr=False)


@final
@frozen(kw_only=True)
class AgreementHistory:
    """
    What is known of one agreement.

    Attributes:
        path: Where it is, from the top of the repository.
        is_alliance: Whether it is an alliance, and not a plain text.
        versions: The commits that wrote it, the oldest first, through all its names.
        is_whole: Whether the first of them made it; else what was before is not in this clone, or was not read.
        text: What an alliance holds now; None for a plain text, and where it could not be read.

    .. versionadded:: 0.1
    """

    path: str
    is_alliance: bool
    versions: tuple[AgreementVersion, ...] = ()
    is_whole: bool = True
    text: bytes | None = field(default=None, repr=False)


@final
@frozen(kw_only=True)
class History:
    """
    What a git repository knows of the agreements in it, as of its last commit.

    Attributes:
        repository: The folder, as it was named.
        commit: The hash of that commit; empty where there is none yet.
        last_commit: Its day.
        agreements: The agreements that are in it, by path.
        check_ins: The records of check-ins that are in it, each with its path.
        is_shallow: Whether the clone lacks what was before some day.
        notes: What could not be found out and why, each a sentence for a person.

    .. versionadded:: 0.1
    """

    repository: str
    commit: str = ""
    last_commit: date | None = None
    agreements: tuple[AgreementHistory, ...] = ()
    check_ins: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    is_shallow: bool = False
    notes: tuple[str, ...] = ()


def read_history(repository: Source, *, names: Iterable[str] = AGREEMENT_NAMES, timeout: float = 120) -> History:
    """
    Return what the git repository knows of the agreements in it.

    Only what is committed is read, and only on the branch that is checked out; the files beside it are not. Nothing that
    the repository configures is run, and nothing is fetched. Sessions are never read.

    Args:
        repository: The folder of a clone, bare or not; a folder in one asks about the agreements in that folder.
        names: What plain agreements are called; a file is one whose name has such words in it.
        timeout: Seconds that git may take for one question.

    Raises:
        UnreadableError: There is no repository, or git cannot or will not read it.

    .. versionadded:: 0.1
    """
    git = open_git(repository, timeout=timeout)
    is_shallow, folder = _where(git.told("rev-parse", "--is-shallow-repository", "--show-prefix"))
    head = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").out.decode("ascii", "replace").strip()
    name = os.fspath(repository)
    if not head:
        return History(repository=name, is_shallow=is_shallow, notes=("there is no commit yet",))
    newest = git.told("log", "--max-count=1", "--format=%ad", "--date=raw", "--no-show-signature", head)
    tree = git.told("ls-tree", "-r", "-z", "--full-tree", head, *(("--", folder) if folder else ()))
    found = _Found.of(tree, plain_agreements(names))
    touches = read_touches(git, head, found.agreements, up="../" * folder.count("/"), most=_MOST_COMMITS)
    reading = _Reading(git, found, touches, is_shallow=is_shallow)
    return History(
        repository=name,
        commit=head,
        last_commit=day_of(newest.out.decode("ascii", "replace")),
        agreements=tuple(map(reading.agreement, sorted(found.agreements))),
        check_ins=tuple(reading.check_ins()),
        is_shallow=is_shallow,
        notes=tuple(reading.notes()),
    )


def _where(answer: Output) -> tuple[bool, str]:
    shallow, _, folder = answer.out.partition(b"\n")
    return shallow == b"true", os.fsdecode(folder.removesuffix(b"\n"))


@final
@frozen(kw_only=True)
class _Found:
    """Which files there are: objects by path."""

    agreements: dict[str, str]
    check_ins: dict[str, str]
    is_cut: bool

    @classmethod
    def of(cls, tree: Output, is_plain: Callable[[str], bool]) -> _Found:
        files = list(_files(tree.out))
        agreements = {path: name for path, name in files if is_alliance(path) or is_plain(path)}
        check_ins = {path: name for path, name in files if is_check_in(path)}
        is_cut = tree.is_cut or len(agreements) > _MOST_FILES
        return cls(agreements=dict(sorted(agreements.items())[:_MOST_FILES]), check_ins=check_ins, is_cut=is_cut)


def _files(out: bytes) -> Iterator[tuple[str, str]]:
    """Yield each file with its object; links and other repositories are passed over."""
    for entry in out.split(b"\0")[:-1]:  # what is behind the last is nothing, or breaks off
        about, tab, path = entry.partition(b"\t")
        mode, *rest = about.decode("ascii", "replace").split(" ")
        if tab and mode in {"100644", "100755", "100664"} and len(rest) == 2:
            yield os.fsdecode(path), rest[1]


@final
class _Reading:
    """What is read once for all agreements: contents, and where the clone ends."""

    def __init__(self, git: Git, found: _Found, touches: Touches, *, is_shallow: bool) -> None:
        self._found = found
        self._touches = touches
        self._is_shallow = is_shallow
        plain = _objects(touches, (one for one in found.agreements if not is_alliance(one)))
        self._prints = Prints(git, plain, _objects(touches, filter(is_alliance, found.agreements)))
        alliances = [name for path, name in found.agreements.items() if is_alliance(path)]
        self._texts = dict(read_objects(git, [*alliances, *found.check_ins.values()], most=_MOST_TEXT))
        self._ends = _ends(git, touches) if is_shallow else frozenset[str]()

    def agreement(self, path: str) -> AgreementHistory:
        touches = [one for one in self._touches.by_path[path] if one.new]
        known = [one for one in touches if one.commit not in self._ends]
        return AgreementHistory(
            path=path,
            is_alliance=is_alliance(path),
            versions=tuple(map(self._version, reversed(known or touches[:1]))),
            is_whole=len(known) == len(touches) > 0 and touches[-1].is_birth,
            text=self._texts.get(self._found.agreements[path]) if is_alliance(path) else None,
        )

    def _version(self, touch: Touch) -> AgreementVersion:
        before, after = self._prints.pair(touch.old, touch.new)
        author = f"{touch.author} <{touch.email}>"
        return AgreementVersion(
            commit=touch.commit, day=touch.day, author=author, path=touch.path, before=before, after=after
        )

    def check_ins(self) -> Iterator[tuple[str, bytes]]:
        for path, name in sorted(self._found.check_ins.items()):
            if name in self._texts:
                yield path, self._texts[name]

    def notes(self) -> Iterator[str]:
        if self._is_shallow:
            yield "the clone is shallow, so what was before it is not known; git fetch --unshallow brings it"
        if self._found.is_cut:
            yield f"there are more files than are read; the first {_MOST_FILES:,} agreements are"
        if self._touches.is_cut:
            yield f"there is more history than is read; the newest {_MOST_COMMITS:,} changes are"
        if self._touches.is_exact:
            yield "contents are missing in this clone, so a file that was renamed and changed at once counts as made then"
        asked = [name for path, name in self._found.agreements.items() if is_alliance(path)]
        missing = sum(name not in self._texts for name in [*asked, *self._found.check_ins.values()])
        if missing:
            yield f"{missing} of the files are too large, or missing in this clone, and were not read"


def _objects(touches: Touches, paths: Iterable[str]) -> Sequence[str]:
    return [name for path in paths for one in touches.by_path[path] for name in (one.old, one.new) if name]


def _ends(git: Git, touches: Touches) -> Collection[str]:
    """Return of the commits that made a file those which have parents that the clone lacks: they only show it first."""
    births = (one for found in touches.by_path.values() for one in found if one.is_birth and not one.parents)
    commits = read_objects(git, (one.commit for one in births), "commit")
    return frozenset(name for name, data in commits if b"\nparent " in data.partition(b"\n\n")[0])
