"""What the objects of a repository hold, within bounds, and whether two of them say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import Final, final

from alliancekit import consent, documents
from alliancekit.limits import LIMITS
from alliancekit.living._git import Git, lacks_objects
from alliancekit.model import Alliance

__all__ = ["Prints", "read_objects"]

# Contents that are asked for at once, and at most in all; what is beyond is not compared word by word.
_MOST_AT_ONCE: Final = 8 * 1024 * 1024
_MOST_IN_ALL: Final = 128 * 1024 * 1024
_LENIENT: Final = ("--ignore-missing", "--no-object-names", "--stdin")
# Versions of alliances that are read as such: nobody has more, and a hostile file is slow to read.
_MOST_READ: Final = 4 * 1024 * 1024


def read_objects(
    git: Git, objects: Iterable[str], kind: str = "blob", *, most: int = _MOST_IN_ALL
) -> Iterator[tuple[str, bytes]]:
    """
    Yield what *objects* hold, each once; those that the clone lacks, that are too large, or of another kind are left out.

    Args:
        git: The repository.
        objects: Their hashes.
        kind: What they have to be: ``blob`` or ``commit``.
        most: How many bytes are read in all.
    """
    wanted = list(dict.fromkeys(objects))
    left = most
    part: list[str] = []
    size = 0
    for name, length in _sizes(git, wanted, kind):
        if length > LIMITS.file_bytes or length > left:
            continue
        if part and size + length > _MOST_AT_ONCE:
            yield from _contents(git, part)
            part, size = [], 0
        part.append(name)
        size += length
        left -= length
    yield from _contents(git, part)


def _sizes(git: Git, objects: Collection[str], kind: str) -> Iterator[tuple[str, int]]:
    if not objects:
        return
    given = "".join(f"{one}\n" for one in objects).encode()
    answer = git.ask("cat-file", "--batch-check", given=given)
    if lacks_objects(answer):  # git gives up at the first that is missing, so it is asked first which are not
        present = git.told("rev-list", "--objects", "--no-walk", "--missing=allow-any", *_LENIENT, given=given)
        answer = git.told("cat-file", "--batch-check", given=present.out)
    for line in answer.out.decode("ascii", "replace").splitlines():
        name, _, rest = line.partition(" ")
        is_of, _, size = rest.partition(" ")
        if is_of == kind and size.isdecimal():
            yield name, int(size)


def _contents(git: Git, objects: Collection[str]) -> Iterator[tuple[str, bytes]]:
    if not objects:
        return
    out = git.told("cat-file", "--batch", given="".join(f"{one}\n" for one in objects).encode()).out
    at = 0
    while (end := out.find(b"\n", at)) >= 0:
        name, *rest = out[at:end].decode("ascii", "replace").split(" ")
        if len(rest) != 2 or not rest[1].isdecimal():  # gone since it was measured
            at = end + 1
            continue
        size = int(rest[1])
        yield name, out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


@final
class Prints:
    """
    A short text for each object, which two share where they say the same.

    Of a plain text it is all but the white space. Of an alliance it is what its members say yes to, so that a yes, a
    comment, a promise that was kept or a meeting that was moved makes no other of it.
    """

    def __init__(self, git: Git, plain: Iterable[str], alliances: Iterable[str]) -> None:
        self._found: dict[str, str] = {}
        read = set(alliances)
        left = _MOST_READ
        for name, data in read_objects(git, [*plain, *read]):
            agreed = _agreed(data) if name in read and len(data) <= left else ""
            left -= len(data) if name in read else 0
            self._found[name] = agreed or f"text:{sha256(b''.join(data.split())).hexdigest()}"

    def pair(self, old: str, new: str) -> tuple[str, str]:
        """Return the prints of two objects; of two of which one could not be read, their hashes."""
        if any(one and one not in self._found for one in (old, new)):
            return old, new
        return self._found.get(old, ""), self._found.get(new, "")


def _agreed(data: bytes) -> str:
    """Return a digest of what the members of the alliance *data* agree to; empty where it is no sound alliance."""
    value = documents.examine(data, Alliance).value
    if value is None:
        return ""
    return f"agreed:{consent.fingerprint({one.id: one.digest for one in consent.status(value).members})}"
