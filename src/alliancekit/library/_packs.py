"""
Packs: installed packages that offer banks and flows as files.

A package says so by an entry point of the group ``alliancekit.packs``, whose value is a package in which the folders
``banks`` and ``flows`` lie. None is imported before somebody asks for a name that is not built in. Packs are not ours,
so whatever is wrong with one is said about it and stands in the way of no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, final

from attrs import field, frozen

from alliancekit._installed import aside, offered, said_by
from alliancekit.documents import loads
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.findings import Finding
from alliancekit.library._problems import PackError, PackProblem
from alliancekit.library._shelf import PACKS
from alliancekit.limits import LIMITS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["KINDS", "Pack", "Shelved", "clash", "contents", "find", "found_by_name", "in_full", "packs"]

D = TypeVar("D")

KINDS: Final = ("bank", "flow")
"""What a pack may hold; the files of a kind lie in a folder that is called so, in the plural."""

# What somebody's package may raise instead of being imported: one that ends the program is no more than a failing one.
_FAILURES: Final = (Exception, SystemExit)
_ENDINGS: Final = (".yaml", ".yml", ".json")
_TELL: Final = "tell whoever made the package, or uninstall it"

Stamp: TypeAlias = tuple[int, int] | None


@final
@frozen
class Pack:
    """
    A package that offers banks and flows.

    Attributes:
        name: The name of its entry point; before a colon it says whose bank or flow is meant.
        package: The distribution that brings it.
        version: The version of that.
        value: What the entry point says: the package in which the files lie.

    .. versionadded:: 0.1
    """

    name: str
    package: str
    version: str
    value: str

    @property
    def stamp(self) -> tuple[object, ...]:
        """What says which pack it is, and how its files stand."""
        return (self.name, self.package, self.version, self.value, *_files_of(self))

    def problem(self, message: str, *, file: str = "", line: int | None = None, hint: str = _TELL) -> PackProblem:
        """Return that something is wrong with the pack, or with its *file*."""
        return PackProblem(
            pack=self.name,
            package=self.package,
            version=self.version,
            message=message,
            file=file,
            line=line,
            hint=hint,
        )

    def near(self, kind: str, name: str) -> Shelved | None:
        """Return what the pack itself has of that name; None where it has nothing, or nothing that can be had."""
        mine = (one for one in contents(self).files if (one.kind, one.name, one.language) == (kind, name, ""))
        return next(mine, None)

    def translations(self, kind: str, name: str) -> Iterator[tuple[str, Shelved]]:
        """Yield the translations of the bank or flow of that name by what their own names say of the language."""
        for one in contents(self).files:
            if (one.kind, one.name) == (kind, name) and one.language:
                yield one.language, one


@final
@frozen
class Shelved:
    """
    One file of a pack.

    Attributes:
        pack: The pack.
        kind: ``bank`` or ``flow``.
        name: What its name says that it is: the id of the bank or flow.
        language: For a translation, what its name says of the language; else empty.
        file: Where it lies in the pack.
        resource: The file itself.
    """

    pack: Pack
    kind: str
    name: str
    language: str
    file: str
    resource: Traversable = field(eq=False)  # in an archive, one is not equal to itself

    def load(self, cls: type[D]) -> D:
        """
        Return what it says.

        Raises:
            PackError: It cannot be read, has findings, or is not what its name says.
        """
        key, stamp = (str(self.resource), cls), _stamp(self.resource)
        known = _READ.get(key)
        if known is None or stamp is None or known[0] != (self, stamp):
            known = _READ[key] = ((self, stamp), self._load(cls))
        found: D = known[1]
        return found

    def _load(self, cls: type[D]) -> D:
        try:
            with self.resource.open("rb") as file:
                data = file.read(LIMITS.file_bytes + 1)
            value = loads(data, cls, path=self.file)
        except DocumentError as error:
            raise self.refused(error.findings) from error
        except _FAILURES as error:
            raise PackError((self.problem(f"it cannot be read: {said_by(error)}"),)) from error
        if wrong := self._misnamed(value):
            raise PackError((self.problem(wrong),))
        return value

    def _misnamed(self, value: Any) -> str:
        if self.language:
            if value.translates != self.name:
                return f"it translates {value.translates!r}, and its name says {self.name!r}"
            is_other = value.language.casefold() != self.language.casefold()
            return f"its language is {value.language!r}, and its name says {self.language!r}" if is_other else ""
        return f"its id is {value.id!r}, and its name says {self.name!r}" if value.id != self.name else ""

    @property
    def stem(self) -> str:
        """What its name says, without what kind it is."""
        return self.name

    @property
    def home(self) -> Pack:
        """Where what it names is looked for first."""
        return self.pack

    def refused(self, findings: Iterable[Finding], causes: Iterable[Finding] = ()) -> PackError:
        """Return the error that says *findings*, and what is wrong elsewhere, as what is wrong with the pack."""
        return PackError(tuple(self.problems((*findings, *causes))))

    def problem(self, message: str, *, line: int | None = None, hint: str = _TELL) -> PackProblem:
        """Return that something is wrong with it."""
        return self.pack.problem(message, file=self.file, line=line, hint=hint)

    def problems(self, findings: Iterable[Finding]) -> Iterator[PackProblem]:
        """Yield *findings* as what is wrong with it."""
        for one in findings:
            yield self.problem(one.message, line=one.line, hint=one.hint or _TELL)


@final
@frozen
class Contents:
    """
    What lies in a pack.

    Attributes:
        files: The files that can be told by their names, by kind and name.
        problems: What is wrong with the pack, or with how its files are called.
    """

    files: tuple[Shelved, ...] = ()
    problems: tuple[PackProblem, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether nobody can say what is in it."""
        return any(not one.file for one in self.problems)


# What was read before, as the file stood then; frozen, so all may share it.
_READ: dict[tuple[str, type[Any]], tuple[tuple[Shelved, Stamp], Any]] = {}


# What lay in a pack before, as its folders stood then.
_HELD: dict[Pack, tuple[dict[str, Stamp], Contents]] = {}


def packs() -> tuple[Pack, ...]:
    """
    Return the packs that are installed, by their names; none of them is imported for it.

    .. versionadded:: 0.1
    """
    return tuple(Pack(entry.name, package, version, entry.value) for entry, package, version in offered(PACKS))


def contents(pack: Pack) -> Contents:
    """Return what lies in *pack*; whatever that does when it is imported, this returns."""
    try:
        root = _root(pack)
        folders = {kind: folder for kind in KINDS if (folder := root.joinpath(f"{kind}s")).is_dir()}
        stamps = {kind: _stamp(folder) for kind, folder in folders.items()}
        if pack not in _HELD or _HELD[pack][0] != stamps or None in stamps.values():
            _HELD[pack] = stamps, _listed(pack, folders)
    except _FAILURES as error:
        return Contents(problems=(pack.problem(f"it cannot be used: {said_by(error)}"),))
    return _HELD[pack][1]


def _listed(pack: Pack, folders: Mapping[str, Traversable]) -> Contents:
    named = sorted(
        ((kind, one.name, one) for kind in folders for one in folders[kind].iterdir()), key=lambda one: one[:2]
    )
    files = [_shelved(pack, *one) for one in named if _is_document(one[2])]
    if not files:
        return Contents(problems=(pack.problem("nothing is in it: no banks/*.bank.yaml and no flows/*.flow.yaml"),))
    return _told_apart(files)


def _root(pack: Pack) -> Traversable:
    """Return the folder of *pack*, wherever that is: on the disk, in several places, or in an archive."""
    from importlib.resources import files

    with aside():
        module = import_module(pack.value.strip())
    if not hasattr(module, "__path__"):  # its folder would be that of many others
        raise TypeError(f"{pack.value!r} is a module, and no package that files could lie in")
    return files(module)


def _is_document(entry: Traversable) -> bool:
    return entry.name.endswith(_ENDINGS) and not entry.name.startswith(".") and entry.is_file()


def _shelved(pack: Pack, kind: str, called: str, resource: Traversable) -> Shelved:
    """Return a file as its name says; one whose name says nothing has none."""
    parts = called.split(".")
    is_told = len(parts) in (3, 4) and parts[-2] == kind
    name, language = (parts[0], parts[1] if len(parts) == 4 else "") if is_told else ("", "")
    return Shelved(pack, kind, name, language, f"{kind}s/{called}", resource)


def _told_apart(files: Iterable[Shelved]) -> Contents:
    """Return *files* without those whose names say nothing, or the same as another's."""
    kept: dict[tuple[str, str, str], Shelved] = {}
    problems: list[PackProblem] = []
    for one in files:
        key = (one.kind, one.name, one.language.casefold())
        if not one.name:
            like = f"call it like voyage.{one.kind}.yaml, or voyage.pt.{one.kind}.yaml"
            problems.append(one.problem("its name does not say what it is", hint=like))
        elif key in kept:
            problems.append(one.problem(f"{kept[key].file} says that it is the same"))
        else:
            kept[key] = one
    return Contents(tuple(kept.values()), tuple(problems))


def find(kind: str, name: str, built_in: Iterable[str]) -> Shelved:
    """
    Return the bank or flow of that name in the packs; before a colon may stand in which.

    Args:
        kind: ``bank`` or ``flow``.
        name: Its name.
        built_in: What is called so beside the packs.

    Raises:
        UnknownNameError: No pack has it.
        PackError: Several have it, or the one that is named cannot be used.
    """
    whose, colon, bare = name.rpartition(":")
    meant = [one for one in packs() if not colon or whose in (one.name, one.package)]
    if colon and not meant:
        raise UnknownNameError("pack", whose, tuple(one.name for one in packs()))
    held = [contents(one) for one in meant]
    found = [one for each in held for one in each.files if (one.kind, one.name, one.language) == (kind, bare, "")]
    if len(found) > 1:
        raise PackError((clash(found),))
    if found:
        return found[0]
    lost = tuple(problem for each in held if each.is_lost for problem in each.problems)
    if colon and lost:
        raise PackError(lost)
    note = "; ".join(f"{one}, so nobody knows what is in it" for one in lost)
    raise UnknownNameError(kind, name, (*built_in, *found_by_name(kind, built_in)), note)


def clash(files: list[Shelved]) -> PackProblem:
    """Return that several packs offer the same name."""
    first, *others = files
    ways = " or ".join(repr(one) for one in dict.fromkeys(map(in_full, files)))
    them = " and ".join(f"{one.pack.name!r} of {one.pack.package} {one.pack.version}".rstrip() for one in others)
    return first.problem(f"the {first.kind} {first.name!r} is in the pack {them} too", hint=f"say which: {ways}")


def found_by_name(kind: str, built_in: Iterable[str]) -> dict[str, Shelved]:
    """Return what the packs have, by the name by which it can be had: its own, or with the pack before a colon."""
    files = [one for pack in packs() for one in contents(pack).files if one.kind == kind and not one.language]
    taken = Counter((*built_in, *(one.name for one in files)))
    named = {in_full(one) if taken[one.name] > 1 else one.name: one for one in files}
    return {name: named[name] for name in sorted(named)}


def in_full(one: Shelved) -> str:
    """Return the name that says in which pack it is: by the name of that, or by its package where that is another's too."""
    same = [pack for pack in packs() if pack.name == one.pack.name]
    return f"{one.pack.name if len(same) == 1 else one.pack.package}:{one.name}"


def _files_of(pack: Pack) -> Iterator[tuple[str, int, int]]:
    top, *rest = pack.value.split(".")
    with suppress(Exception):  # what cannot be found has no files
        spec = find_spec(top)
        for place in (spec and spec.submodule_search_locations) or ():
            for kind in KINDS:
                folder = Path(place, *rest, f"{kind}s")
                files = sorted(folder.iterdir()) if folder.is_dir() else []
                yield from ((str(one), at.st_size, at.st_mtime_ns) for one in files for at in (one.stat(),))


def _stamp(resource: Traversable) -> Stamp:
    """Return how a file stands; None for one in an archive, which is read again."""
    try:
        at = resource.stat() if isinstance(resource, Path) else None
    except OSError:  # it went away under us; reading it says so
        return None
    return (at.st_size, at.st_mtime_ns) if at else None
