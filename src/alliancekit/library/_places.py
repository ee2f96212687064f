"""Where documents lie: files, and the folders in which what they name is looked for first."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, final

from alliancekit.documents import examine_tree, format_of, load, read_bytes
from alliancekit.errors import AllianceKitError, DocumentError
from alliancekit.findings import Finding
from alliancekit.typing import Source

if TYPE_CHECKING:
    from alliancekit.library._packs import Pack, Shelved

__all__ = ["SHELF", "SUFFIXES", "File", "Folder", "Home", "Place", "is_path"]

D = TypeVar("D")

Place: TypeAlias = "File | Shelved"
"""Where one document lies: in a file, or in a pack."""

Home: TypeAlias = "Folder | Pack"
"""Where the documents lie that a document names."""

SHELF: Final = Path(__file__).parent
SUFFIXES: Final = ("yaml", "yml", "json")
_ENDING: Final = re.compile(r"(\.(bank|flow))?\.(ya?ml|json)\Z", re.IGNORECASE)
# How the folders of a pack are called, and our own.
_SHELVES: Final = ("banks", "flows")
_BUILT_IN: dict[Path, Any] = {}  # what was read from here before; frozen, so all may share it


@final
class File:
    """A document in a file."""

    __slots__ = ("path", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = Path(source)

    @property
    def stem(self) -> str:
        """What its name says, without what kind it is."""
        return _ENDING.sub("", self.path.name)

    @property
    def home(self) -> Folder:
        """The folder that it lies in."""
        return Folder(self.path.parent)

    @property
    def is_built_in(self) -> bool:
        """Whether it comes along with alliancekit."""
        return self.path.parent.parent == SHELF

    def load(self, cls: type[D]) -> D:
        """
        Return what it says.

        Raises:
            DocumentError: It has findings, or cannot be read.
        """
        if not self.is_built_in:
            return load(self.source, cls)
        if self.path not in _BUILT_IN:
            _BUILT_IN[self.path] = load(self.path, cls)
        found: D = _BUILT_IN[self.path]
        return found

    def refused(self, findings: Iterable[Finding], causes: Iterable[Finding] = ()) -> AllianceKitError:
        """
        Return the error that says what is wrong with it.

        Args:
            findings: What is wrong, not yet placed.
            causes: What is wrong elsewhere, for which that is wrong.
        """
        data = read_bytes(self.source)
        tree = examine_tree(data, format=format_of(self.source, data))
        return DocumentError((*tree.place(findings, os.fspath(self.source)), *causes))


@final
class Folder:
    """A folder with documents."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folder) and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)

    def near(self, kind: str, name: str) -> File | None:
        """Return the bank or flow of that name in it; None where there is none."""
        # In a pack that somebody is writing, each kind has a folder of its own.
        beside = (self.path.parent / f"{kind}s",) if self.path.name in _SHELVES else ()
        paths = (folder / f"{name}.{kind}.{ending}" for folder in (self.path, *beside) for ending in SUFFIXES)
        return next((File(one) for one in paths if _is_file(one)), None)

    def translations(self, kind: str, name: str) -> Iterator[tuple[str, File]]:
        """Yield the translations of the bank or flow of that name by what their own names say of the language."""
        called = re.compile(rf"{re.escape(name)}\.([^.]+)\.{kind}\.({'|'.join(SUFFIXES)})\Z")
        try:
            listed = sorted(self.path.iterdir())
        except OSError:
            return
        for one in listed:
            if found := called.match(one.name):
                yield found[1], File(one)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have, or a folder that nobody may look into
        return False


def is_path(name: Source) -> bool:
    """Return whether *name* is that of a file, and not of something at hand."""
    return not isinstance(name, str) or os.sep in name or "/" in name or name.endswith((".yaml", ".yml", ".json"))
