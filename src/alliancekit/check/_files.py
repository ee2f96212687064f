"""Finding documents by name, in files and folders, without ever leaving the folder that was named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, final

from attrs import frozen

from alliancekit.findings import Finding
from alliancekit.typing import Source

__all__ = ["Found", "documents_in"]

_DOCUMENT: Final = re.compile(
    r".*\.(?:(?:alliance|bank|flow|check-in|answers)\.(?:ya?ml|json)|session\.json)\Z", re.DOTALL
)
_NEVER: Final = frozenset({"node_modules", "__pycache__"})


@final
@frozen
class Found:
    """
    A path to check.

    Attributes:
        path: The path, as it is named in findings.
        finding: Why it cannot be looked into; None for a file.
    """

    path: str
    finding: Finding | None = None


def documents_in(paths: Iterable[Source]) -> Iterator[Found]:
    """
    Yield the documents that *paths* name, each once: a file as it is, a folder's by their names, in order of name.

    Links to folders are not followed, and a link to a file only where it stays inside the folder that was named.
    Folders whose name begins with a dot, and those of packages, are passed over.
    """
    seen: set[str] = set()
    for source in paths:
        path = os.fspath(source)
        for found in _walk(path) if Path(path).is_dir() else (Found(path),):
            if found.path not in seen:
                seen.add(found.path)
                yield found


def _walk(root: str) -> Iterator[Found]:
    home = os.path.realpath(root)
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(folder, _unreadable(folder, error))
            continue
        yield from (Found(_shown(one)) for one in entries if _is_document(one, home))
        waiting += [_shown(one) for one in reversed(entries) if _is_folder(one)]


def _is_document(entry: os.DirEntry[str], home: str) -> bool:
    if not _DOCUMENT.match(entry.name) or entry.is_dir(follow_symlinks=False):
        return False
    return not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(home)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".") and entry.name not in _NEVER


def _shown(entry: os.DirEntry[str]) -> str:
    return entry.path.removeprefix(f".{os.sep}")


def _unreadable(folder: str, error: OSError) -> Finding:
    message = f"the folder cannot be read: {error.strerror or type(error).__name__}"
    return Finding(rule="unreadable", message=message, path=folder)
