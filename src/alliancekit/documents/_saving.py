"""
Saving so that a kill at any moment leaves the old file or the new one, and two writers lose nothing.

The new bytes go into a temporary file in the same folder, to the disk, and over the old name in one step. A lock file
beside the original keeps writers apart, and goes with the last of them; only a kill leaves one behind, which harms nobody.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

from alliancekit.documents._reading import read_bytes
from alliancekit.errors import ConflictError, DocumentError, UnreadableError
from alliancekit.findings import Finding
from alliancekit.limits import LIMITS, Limits
from alliancekit.typing import Source

__all__ = ["locked", "replace_bytes", "save_atomically", "write_atomically"]

_PATIENCE: Final = 10.0
"""Seconds to wait for another writer."""

_USUAL: Final = 0o666


def save_atomically(
    path: Source, new_bytes: bytes, *, expected: bytes | None, mode: int | None = None, limits: Limits = LIMITS
) -> bool:
    """
    Write *new_bytes* to the file *path*, wholly or not at all, and return whether anything had to be written.

    A link is followed: the file that it names is replaced, and the link stays.

    Args:
        path: The file.
        new_bytes: What it shall hold.
        expected: What it held when it was read; None if there was no file.
        mode: Its permissions; None keeps those of the original.
        limits: How large the original may be.

    Raises:
        ConflictError: If the file is no longer what was *expected*, or another writer does not let go of it.
        UnreadableError: If it is a folder or a device, or cannot be written. The old file is whole.

    .. versionadded:: 0.1
    """
    with locked(path):
        return replace_bytes(path, new_bytes, expected=expected, mode=mode, limits=limits)


def write_atomically(path: Source, new_bytes: bytes, *, mode: int | None = None) -> None:
    """
    Write *new_bytes* to the file *path*, wholly or not at all, in place of whatever it held.

    Args:
        path: The file.
        new_bytes: What it shall hold.
        mode: Its permissions; None keeps those of the original.

    Raises:
        ConflictError: If another writer does not let go of it.
        UnreadableError: If it is a folder or a device, or cannot be written. The old file is whole.

    .. versionadded:: 0.1
    """
    with locked(path):
        target = _target(path)
        if target.exists() and not target.is_file():
            read_bytes(path)  # It says what the thing is.
        known = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        try:
            _write(target, new_bytes, mode if mode is not None else known)
        except OSError as error:
            _refuse(path, error)


@contextmanager
def locked(path: Source) -> Generator[None]:
    """
    Hold the lock of the file *path*, so that no other writer of this library comes in between.

    Raises:
        ConflictError: If another writer holds it for ten seconds.
        UnreadableError: If there can be no lock file beside it.
    """
    from filelock import FileLock, Timeout

    target = _target(path)
    held = target.with_name(f".{target.name}.lock")
    if not target.parent.is_dir():
        # The lock would make the folder; a name that is mistyped must not.
        _refuse(path, FileNotFoundError(0, "there is no such folder"))
    lock = FileLock(held, timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise ConflictError(os.fspath(path)) from error
    except (OSError, ValueError, NotImplementedError) as error:
        _refuse(path, error)
    try:
        yield
    finally:
        # While it is still held: whoever waits for it sees that it has no name any more, and begins anew.
        with suppress(OSError):
            held.unlink()
        lock.release()


def replace_bytes(
    path: Source, new_bytes: bytes, *, expected: bytes | None, mode: int | None = None, limits: Limits = LIMITS
) -> bool:
    """Do what `save_atomically` says, for one who holds the lock."""
    target = _target(path)
    current, current_mode = _current(path, target, limits)
    if current != expected:
        raise ConflictError(os.fspath(path))
    wanted = mode if mode is not None else current_mode
    if current == new_bytes and (mode is None or mode == current_mode):
        return False
    try:
        _write(target, new_bytes, wanted)
    except OSError as error:
        _refuse(path, error)
    return True


def _target(path: Source) -> Path:
    """Return the file itself, where *path* is a link to it."""
    try:
        return Path(path).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        _refuse(path, error)


def _current(path: Source, target: Path, limits: Limits) -> tuple[bytes | None, int | None]:
    """Return what the file holds and its permissions; None for both if there is none."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError) as error:
        _refuse(path, error)
    if not stat.S_ISREG(status.st_mode):
        read_bytes(path, limits)  # It says what the thing is.
    try:
        return read_bytes(target, limits), stat.S_IMODE(status.st_mode)
    except UnreadableError:
        raise
    except DocumentError as error:
        raise ConflictError(os.fspath(path)) from error


def _write(target: Path, data: bytes, mode: int | None) -> None:
    handle, temporary = _temporary(target, mode)
    try:
        try:
            _write_all(handle, data)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            os.fsync(handle)
        finally:
            os.close(handle)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _temporary(target: Path, mode: int | None) -> tuple[int, Path]:
    """Open a new file beside *target*; private until its permissions are set."""
    temporary = target.with_name(f".{target.name[:200]}.tmp")
    # Whoever writes holds the lock, so one that is there was left by a writer that was killed.
    temporary.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(temporary, flags | getattr(os, "O_BINARY", 0), _USUAL if mode is None else 0o600), temporary


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _sync_folder(folder: Path) -> None:
    """Make the new name last; where a folder cannot be synced, the file system does it in its own time."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refuse(path: Source, error: Exception) -> NoReturn:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not legal"
    message = f"it cannot be written: {reason}"
    raise UnreadableError((Finding(rule="unreadable", message=message, path=os.fspath(path)),)) from error
