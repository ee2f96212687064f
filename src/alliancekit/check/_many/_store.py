"""
A store of small values by key, in one SQLite file that every process of a user may share.

It may be absent, locked, damaged, full or read-only, and none of that is an error: then it keeps nothing. The journal is
SQLite's own rollback journal and not the write-ahead log, because home folders may lie on a network, where that log is
not safe. A value is sealed with its key, so that a page that was torn or mixed up is no value.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, final
from zlib import crc32

if TYPE_CHECKING:
    from sqlite3 import Connection, Error

__all__ = ["Store"]

_FORMAT: Final = 1
# In a folder of its own, because the one that was named may be open to others.
_FILE: Final = Path("check", f"findings-{_FORMAT}.sqlite3")
# Long enough for the short transactions of many processes, and short enough that nobody wonders what it waits for.
_PATIENCE_SECONDS: Final = 2.0
_MOST_BYTES: Final = 256 << 20
_MOST_VALUE_BYTES: Final = 256 << 10
_AT_ONCE: Final = 64
_ROUNDS: Final = 30
_MOST_WAITING: Final = 512
# Of SQLite's codes: no such table, a malformed page, no database at all. Others are about the place and not the file.
_DAMAGED: Final = frozenset({1, 11, 26})

_MAKE: Final = "CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"
_GET: Final = f"SELECT key, value FROM kept WHERE key IN ({', '.join('?' * _AT_ONCE)})"  # noqa: S608 - only marks
_PUT: Final = "INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)"
_SIZE: Final = """
SELECT (pages.page_count - free.freelist_count) * size.page_size
FROM pragma_page_count AS pages, pragma_freelist_count AS free, pragma_page_size AS size
"""
# A tenth at a time: what is removed goes through the journal, and the room it leaves is used again.
_DROP: Final = "DELETE FROM kept WHERE id <= (SELECT MIN(id) + (MAX(id) - MIN(id)) / 10 FROM kept)"

OnNote: TypeAlias = Callable[[str], None]


@final
class Store:
    """
    Values by key, for as long as the file serves; afterwards nothing, and one note that says why.

    Args:
        folder: Where it is kept; made where it is not there, for this user alone.
        on_note: Told once, in a sentence, why values are not kept.
        most_bytes: How large it may become; the oldest values go first.
    """

    def __init__(self, folder: str, on_note: OnNote, *, most_bytes: int = _MOST_BYTES) -> None:
        self._folder = folder
        self._on_note: OnNote | None = on_note
        self._most_bytes = most_bytes
        self._waiting: dict[bytes, bytes] = {}
        self._connection: Connection | None = None
        self._may_write = True
        self._guarded(self._open)

    @property
    def is_open(self) -> bool:
        """Whether there is anything to look in."""
        return self._connection is not None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values of those of *keys* that have one."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            self._guarded(partial(self._find, part, found))
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Keep *value*, sooner or later."""
        if self._connection is None or not self._may_write or len(value) > _MOST_VALUE_BYTES:
            return
        self._waiting[key] = value
        if len(self._waiting) >= _MOST_WAITING:
            self._guarded(self._write, writes=True)

    def close(self) -> None:
        """Write what was put, and let go of the file."""
        if self._waiting:
            self._guarded(self._write, writes=True)
        self._leave()

    def _find(self, keys: Sequence[bytes], found: dict[bytes, bytes]) -> None:
        if self._connection is None:
            return
        marks = (*keys, *[None] * (_AT_ONCE - len(keys)))
        for key, sealed in self._connection.execute(_GET, marks):
            if (value := _unsealed(key, sealed)) is not None:
                found[key] = value

    def _write(self) -> None:
        if self._connection is None:
            return
        waiting, self._waiting = self._waiting, {}
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(_PUT, [(key, _sealed(key, value)) for key, value in waiting.items()])
            self._make_room(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(Exception):  # what failed may have undone it already
                self._connection.execute("ROLLBACK")
            raise

    def _make_room(self, connection: Connection) -> None:
        for _ in range(_ROUNDS):
            if connection.execute(_SIZE).fetchone()[0] <= self._most_bytes:
                return
            connection.execute(_DROP)

    def _open(self) -> None:
        import sqlite3

        path = _own_file(self._folder)
        try:
            self._connection = _connected(path)
        except sqlite3.DatabaseError as error:
            if not _is_damaged(error):
                raise
            _remove(path)
            self._connection = _connected(_own_file(self._folder))

    def _guarded(self, act: Callable[[], object], *, writes: bool = False) -> None:
        """Do *act*; when the file does not serve, go on without it."""
        try:
            import sqlite3
        except ImportError:
            return self._stop("this Python has no SQLite")
        try:
            act()
        except sqlite3.Error as error:
            if _is_damaged(error):
                self._leave()
                _remove(str(Path(self._folder, _FILE)))
                return self._stop(f"{Path(self._folder, _FILE)} was damaged, and is made anew in the next run")
            if writes:  # what it holds can still be read
                self._may_write = False
                return self._say(f"nothing new is kept in {self._folder}: {error}")
            return self._stop(f"{self._folder}: {error}")
        except OSError as error:
            return self._stop(f"{error.filename or self._folder}: {error.strerror or error}")
        return None

    def _stop(self, why: str) -> None:
        self._leave()
        self._say(f"the cache is not used: {why}")

    def _say(self, note: str) -> None:
        tell, self._on_note = self._on_note, None
        if tell is not None:
            tell(note)

    def _leave(self) -> None:
        connection, self._connection = self._connection, None
        self._waiting = {}
        if connection is not None:
            with suppress(Exception):  # a damaged file may not even close well
                connection.close()


def _own_file(folder: str) -> str:
    """Return the path of the file, which nobody else may write to: what it says is believed."""
    path = Path(folder, _FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _take(path.parent, os.lstat(path.parent), 0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        _take(path, os.fstat(handle), 0o600)
    finally:
        os.close(handle)
    return str(path)


def _take(path: Path, found: os.stat_result, mode: int) -> None:
    """Make sure that *path* is this user's, and open to nobody else."""
    if os.name != "posix":
        return  # a home folder is closed to others there
    if found.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "it belongs to somebody else", str(path))
    if found.st_mode & 0o077:
        path.chmod(mode)


def _connected(path: str) -> Connection:
    import sqlite3

    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_MAKE)
        connection.execute(_GET, (None,) * _AT_ONCE).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _is_damaged(error: Error) -> bool:
    # The lowest byte is the kind; what stands above it says more.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _remove(path: str) -> None:
    # The journal first: one that is left behind would be rolled into the file that comes next.
    for one in (f"{path}-journal", path):
        with suppress(OSError):
            Path(one).unlink()


def _sealed(key: bytes, value: bytes) -> bytes:
    return crc32(value, crc32(key)).to_bytes(4, "big") + value


def _unsealed(key: object, sealed: object) -> bytes | None:
    if not isinstance(key, bytes) or not isinstance(sealed, bytes):
        return None
    value = sealed[4:]
    return value if crc32(value, crc32(key)) == int.from_bytes(sealed[:4], "big") else None
