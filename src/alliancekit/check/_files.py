"""Finding documents by name, in files and folders, without ever leaving the folder that was named."""

from __future__ import annotations

import os
import re
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeGuard, cast, final

from attrs import field, frozen

from alliancekit.check._patterns import Patterns
from alliancekit.findings import Finding
from alliancekit.typing import Openable, Source

__all__ = ["Found", "Search", "documents_in"]

_DOCUMENT: Final = re.compile(
    r".*\.(?:(?:alliance|bank|flow|check-in|answers)\.(?:ya?ml|json)|session\.json)\Z", re.DOTALL
)
_STDIN: Final = "-"
_NEVER: Final = frozenset({"node_modules", "__pycache__"})


@final
@frozen(kw_only=True)
class Search:
    """
    Which files of a folder are documents, beside those whose name says so, and which are passed over.

    Attributes:
        files: Patterns of further documents.
        exclude: Patterns of files and folders that are passed over.
        is_forced: Whether `exclude` holds for what was named too, and not only for what is found in folders.

    .. versionadded:: 0.1
    """

    files: tuple[Patterns, ...] = field(default=(), converter=tuple[Patterns, ...])
    exclude: tuple[Patterns, ...] = field(default=(), converter=tuple[Patterns, ...])
    is_forced: bool = False

    def takes(self, path: str) -> bool:
        """Return whether what was named *path* is looked at."""
        return not self.is_forced or not any(one.cover(path, is_folder=Path(path).is_dir()) for one in self.exclude)


@final
@frozen
class Found:
    """
    Something to check.

    Attributes:
        path: What it is called in findings, with ``/`` between its parts.
        finding: Why it cannot be looked into; None for a file.
        opened: What it is read from, where that is no file of this machine.
        is_searched: Whether it was found in a folder, together with whatever else is there, and not named by itself.
    """

    path: str
    finding: Finding | None = None
    opened: Openable | None = field(default=None, repr=False)
    is_searched: bool = False


def documents_in(paths: Iterable[Source | Openable], search: Search | None = None) -> Iterator[Found]:
    """
    Yield the documents that *paths* name, each once: a file as it is, a folder's by their names, in order of name.

    Links to folders are not followed, and a link to a file only where it stays inside the folder that was named.
    Folders whose name begins with a dot, and those of packages, are passed over.
    """
    seen: set[Hashable] = set()
    for source in paths:
        for found in _named(source, search or Search()):
            if (same := _identity(found)) not in seen:
                seen.add(same)
                yield found


def _named(source: Source | Openable, search: Search) -> Iterator[Found]:
    if _is_openable(source):
        yield from _opened(source)
        return
    path = os.fspath(cast("Source", source))
    if path != _STDIN and not search.takes(path):
        return
    if not os.path.isdir(path):  # noqa: PTH112 - a text, which may hold what no path can
        yield Found(_shown(path))
        return
    # Whoever names a folder that is excluded means it: then those patterns say nothing about what is in it.
    exclude = [one for one in search.exclude if not one.cover(path, is_folder=True)]
    yield from _walk(path, search.files, exclude)


def _identity(found: Found) -> Hashable:
    """Return what is equal for two names of one file."""
    if found.opened is not None:
        return found.path
    try:
        status = os.stat(found.path)  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return found.path
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(found.path)


def _walk(root: str, files: Iterable[Patterns], exclude: Iterable[Patterns]) -> Iterator[Found]:
    home = os.path.realpath(root)
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(_shown(folder), _unreadable(_shown(folder), error))
            continue
        kept = [one for one in entries if not any(p.fit(one.path, is_folder=_is_folder(one)) for p in exclude)]
        yield from (Found(_shown(one.path), is_searched=True) for one in kept if _is_document(one, home, files))
        waiting += [one.path for one in reversed(kept) if _is_folder(one) and _is_searched(one.name)]


def _is_document(entry: os.DirEntry[str], home: str, files: Iterable[Patterns]) -> bool:
    if _is_folder(entry) or not (_DOCUMENT.match(entry.name) or any(one.cover(entry.path) for one in files)):
        return False
    return not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(home)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_searched(name: str) -> bool:
    return not name.startswith(".") and name not in _NEVER


def _shown(path: str) -> str:
    return path.removeprefix(f".{os.sep}").replace(os.sep, "/")


def _unreadable(folder: str, error: OSError) -> Finding:
    message = f"the folder cannot be read: {error.strerror or type(error).__name__}"
    return Finding(rule="unreadable", message=message, path=folder)


# --- what is no path of this machine, and can be opened: a file in an archive, or in a store of objects


def _is_openable(source: Source | Openable) -> TypeGuard[Openable]:
    return not isinstance(source, str | os.PathLike) and hasattr(source, "open")


def _opened(source: Any) -> Iterator[Found]:
    if not _is_opened_folder(source):
        yield Found(str(source), opened=source)
        return
    waiting = [source]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: str(entry.name))
        except OSError as error:
            yield Found(str(folder), _unreadable(str(folder), error))
            continue
        folders = [one for one in entries if _is_opened_folder(one)]
        yield from (
            Found(str(one), opened=one, is_searched=True)
            for one in entries
            if one not in folders and _DOCUMENT.match(one.name)
        )
        waiting += [one for one in reversed(folders) if _is_searched(one.name)]


def _is_opened_folder(source: Any) -> bool:
    return hasattr(source, "iterdir") and bool(source.is_dir())
