"""
Changing a document where it is kept: locked, in its own text, saved at once.

What an author wrote out although it is the default, or in another form of the same value, stays: only what differs
between the value before and the value after goes into the text.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, final

from attrs import define

from alliancekit.documents._differ import steps
from alliancekit.documents._kinds import kind_of
from alliancekit.documents._load import examine, sound, to_plain
from alliancekit.documents._reading import format_of, read_bytes
from alliancekit.documents._saving import locked, replace_bytes
from alliancekit.documents._splice import splice
from alliancekit.errors import EditRefusedError
from alliancekit.limits import Limits
from alliancekit.typing import Source
from alliancekit.values import is_list, is_mapping, is_same

__all__ = ["OpenDocument", "edit"]

T = TypeVar("T")


@final
@define
class OpenDocument(Generic[T]):
    """
    A document that is open for a change; it is saved when the block ends.

    Attributes:
        value: What it says; set it to what it shall say.
        path: The file.

    .. versionadded:: 0.1
    """

    value: T
    path: str


@contextmanager
def edit(path: Source, cls: type[T], *, limits: Limits | None = None) -> Generator[OpenDocument[T]]:
    """
    Open the document *path* for a change, and save it when the block ends.

    The file is locked for the whole block. Comments, order and quoting survive; an equal value writes nothing; an
    error in the block writes nothing.

    Args:
        path: The file.
        cls: The class of its value.
        limits: How much it may hold, before and after; None goes by its kind.

    Raises:
        UnreadableError: If there is no file to read, or it cannot be written.
        DocumentError: If it is not sound.
        ConflictError: If someone changed it meanwhile without asking for the lock, or holds the lock.
        EditRefusedError: If the change cannot be written without harm to the rest of the text.

    .. versionadded:: 0.1
    """
    kind = kind_of(cls)
    most = limits or kind.limits
    with locked(path):
        before = read_bytes(path, most)
        value = sound(examine(before, cls, path=path, limits=most))
        document = OpenDocument(value, os.fspath(path))
        yield document
        after = changed(before, value, document.value, path, most)
        mode = 0o600 if kind.is_private else None
        replace_bytes(path, after, expected=before, mode=mode, limits=most)


def changed(before: bytes, old: T, new: T, path: Source, limits: Limits) -> bytes:
    """Return the bytes *before*, which say *old*, changed to say *new*."""
    if type(new) is not type(old):
        message = f"the document holds a {type(old).__name__}, not a {type(new).__name__}"
        raise TypeError(message)
    base, wanted = to_plain(old), to_plain(new)
    if is_same(base, wanted):
        return before
    plain = examine(before, type(old), path=path, limits=limits).tree.value
    text = splice(before.decode("utf-8"), patched(plain, base, wanted), format=format_of(path), limits=limits)
    after = text.encode("utf-8")
    again = examine(after, type(old), path=path, limits=limits)
    if again.findings or again.value != new:
        reason = str(again.findings[0]) if again.findings else "the text would not say the new value; edit it by hand"
        raise EditRefusedError("", reason)
    return after


def patched(written: Any, base: Any, wanted: Any) -> Any:
    """Return *written* with the differences between *base*, another form of it, and *wanted*."""
    if is_same(base, wanted):
        return written
    if is_mapping(written) and is_mapping(base) and is_mapping(wanted):
        stays = {key: value for key, value in written.items() if key in wanted or key not in base}
        news = {key: patched(written.get(key), base.get(key), value) for key, value in wanted.items()}
        return {**stays, **news}
    if is_list(written) and is_list(base) and is_list(wanted) and len(written) == len(base):
        return [entry for step in steps(base, wanted) for entry in _stretch(step, written, base, wanted)]
    return wanted


def _stretch(step: tuple[str, int, int, int, int], written: list[Any], base: list[Any], wanted: list[Any]) -> list[Any]:
    _, low, high, new_low, new_high = step
    both = min(high - low, new_high - new_low)
    pairs = ((low + k, new_low + k) for k in range(both))
    return [*(patched(written[i], base[i], wanted[k]) for i, k in pairs), *wanted[new_low + both : new_high]]
