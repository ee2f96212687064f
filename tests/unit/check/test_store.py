"""The store of small values: what it keeps, and that nothing about its file is ever an error."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from alliancekit.check._many._store import Store

# What a file's owner alone may do is a matter of POSIX, and root may do everything.
posix = pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
not_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read and write everything")


def key(number: int) -> bytes:
    return sha256(str(number).encode()).digest()


def file_of(folder: Path) -> Path:
    (found,) = folder.rglob("*.sqlite3")
    return found


def filled(folder: Path, count: int = 3) -> Path:
    store = Store(str(folder), pytest.fail)
    for number in range(count):
        store.put(key(number), b"%d" % number)
    store.close()
    return file_of(folder)


def kept(folder: Path, *numbers: int) -> dict[bytes, bytes]:
    store = Store(str(folder), lambda _: None)
    found = store.get([key(number) for number in numbers])
    store.close()
    return found


class TestKeeping:
    def test_what_was_put_is_there_in_the_next_run(self, tmp_path: Path) -> None:
        """A value is found by its key, and by no other."""
        filled(tmp_path)
        assert kept(tmp_path, 1, 2, 9) == {key(1): b"1", key(2): b"2"}

    def test_more_than_a_statement_takes_are_found(self, tmp_path: Path) -> None:
        """Any number of keys may be asked for at once."""
        filled(tmp_path, 1_000)
        assert len(kept(tmp_path, *range(1_000))) == 1_000

    def test_the_last_value_counts(self, tmp_path: Path) -> None:
        """What is put again replaces what was there."""
        store = Store(str(tmp_path), pytest.fail)
        store.put(key(1), b"old")
        store.put(key(1), b"new")
        store.close()
        assert kept(tmp_path, 1) == {key(1): b"new"}

    @posix
    def test_nobody_else_can_look_into_it(self, tmp_path: Path) -> None:
        """Lines of agreements stand in it, so its folder and its file are for their owner alone."""
        file = filled(tmp_path / "new")
        assert (file.parent.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)

    @posix
    def test_a_folder_that_was_open_is_closed(self, tmp_path: Path) -> None:
        """A copy that was restored with other permissions is made private again."""
        file = filled(tmp_path)
        file.parent.chmod(0o777)
        file.chmod(0o666)
        filled(tmp_path)
        assert (file.parent.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)

    def test_it_does_not_grow_without_end(self, tmp_path: Path) -> None:
        """Beyond its size the oldest values go, and the newest are there."""
        store = Store(str(tmp_path), pytest.fail, most_bytes=200_000)
        for number in range(5_000):
            store.put(key(number), b"x" * 200)
        store.close()
        assert key(4_999) in kept(tmp_path, 4_999)
        assert not kept(tmp_path, 0)
        assert file_of(tmp_path).stat().st_size < 500_000

    def test_a_value_without_measure_is_not_kept(self, tmp_path: Path) -> None:
        """A hostile file cannot fill the disk."""
        store = Store(str(tmp_path), pytest.fail)
        store.put(key(1), b"x" * 1_000_000)
        store.close()
        assert not kept(tmp_path, 1)


class TestDamage:
    @pytest.mark.parametrize("content", [b"garbage" * 999, b"", b"SQLite format 3\x00" + b"\xff" * 5_000])
    def test_a_file_that_is_no_database_is_replaced(self, tmp_path: Path, content: bytes) -> None:
        """The next run keeps and finds again, and nobody is bothered."""
        filled(tmp_path).write_bytes(content)
        filled(tmp_path)
        assert kept(tmp_path, 1) == {key(1): b"1"}

    def test_a_database_of_another_kind_is_replaced(self, tmp_path: Path) -> None:
        """A table with other columns is not believed."""
        file = filled(tmp_path)
        with sqlite3.connect(file) as connection:
            connection.execute("DROP TABLE kept")
            connection.execute("CREATE TABLE kept (other TEXT)")
        connection.close()
        filled(tmp_path)
        assert kept(tmp_path, 1) == {key(1): b"1"}

    def test_a_page_that_was_overwritten_gives_nothing(self, tmp_path: Path) -> None:
        """Of a damaged file nothing wrong is read; it is said once, and the run after it keeps again."""
        file = filled(tmp_path, 2_000)
        size = file.stat().st_size
        with file.open("r+b") as stream:
            stream.seek(4096)
            stream.write(os.urandom(size - 4096))
        notes: list[str] = []
        store = Store(str(tmp_path), notes.append)
        assert store.get([key(number) for number in range(2_000)]) == {}
        store.close()
        assert len(notes) <= 1
        filled(tmp_path)
        assert kept(tmp_path, 1) == {key(1): b"1"}

    @pytest.mark.parametrize("forged", [b"", b"x", b"\x00" * 40, "text", 7, None])
    def test_a_value_that_was_not_sealed_here_is_none(self, tmp_path: Path, forged: object) -> None:
        """A row that somebody else wrote, or that was mixed up with another, is passed over."""
        with sqlite3.connect(filled(tmp_path)) as connection:
            connection.execute("CREATE TABLE other AS SELECT * FROM kept")
            connection.execute("DROP TABLE kept")
            connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, key, value)")
            connection.execute("INSERT INTO kept (key, value) VALUES (?, ?)", (key(1), forged))
            connection.execute(
                "INSERT INTO kept (key, value) SELECT ?, value FROM other WHERE key = ?", (key(2), key(0))
            )
            connection.execute("INSERT INTO kept (key, value) SELECT key, value FROM other WHERE key = ?", (key(0),))
        connection.close()
        assert kept(tmp_path, 0, 1, 2) == {key(0): b"0"}


class TestPlaces:
    def test_a_folder_that_cannot_be_made_is_no_error(self, tmp_path: Path) -> None:
        """It is said once, and nothing is kept."""
        (tmp_path / "file").write_text("in the way")
        notes: list[str] = []
        store = Store(str(tmp_path / "file"), notes.append)
        store.put(key(1), b"1")
        assert store.get([key(1)]) == {}
        store.close()
        assert len(notes) == 1
        assert "the cache is not used" in notes[0]

    @not_root
    def test_a_folder_that_may_not_be_written_to_is_no_error(self, tmp_path: Path) -> None:
        """A read-only home, as some build runners have it, is said once."""
        tmp_path.chmod(0o500)
        notes: list[str] = []
        Store(str(tmp_path), notes.append).close()
        tmp_path.chmod(0o700)
        assert len(notes) == 1

    @posix
    def test_a_file_of_somebody_else_is_not_believed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is in the cache is believed, so only its owner may have written it."""
        filled(tmp_path)
        monkeypatch.setattr(os, "geteuid", lambda: 12_345)
        notes: list[str] = []
        store = Store(str(tmp_path), notes.append)
        assert store.get([key(1)]) == {}
        assert "belongs to somebody else" in notes[0]

    @posix
    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        """Nothing outside of the folder is opened or written to."""
        file = filled(tmp_path)
        target = tmp_path / "target"
        file.rename(target)
        file.symlink_to(target)
        notes: list[str] = []
        Store(str(tmp_path), notes.append).close()
        assert len(notes) == 1

    def test_a_full_disk_is_no_error(self, tmp_path: Path) -> None:
        """Nothing new is kept, and what there is is still found."""
        filled(tmp_path)
        notes: list[str] = []
        store = Store(str(tmp_path), notes.append)
        assert store._connection is not None
        store._connection.execute("PRAGMA max_page_count = 1")
        for number in range(10, 2_000):
            store.put(key(number), b"x" * 200)
        assert store.get([key(1)]) == {key(1): b"1"}
        store.close()
        assert len(notes) == 1
        assert "nothing new is kept" in notes[0]

    def test_a_file_that_is_locked_is_no_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever holds it too long is not waited for."""
        monkeypatch.setattr("alliancekit.check._many._store._PATIENCE_SECONDS", 0.05)
        other = sqlite3.connect(filled(tmp_path), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        notes: list[str] = []
        store = Store(str(tmp_path), notes.append)
        assert store.get([key(1)]) == {}
        store.close()
        other.close()
        assert len(notes) == 1
        assert "locked" in notes[0]

    def test_a_python_without_sqlite_is_no_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Some are built without it."""
        monkeypatch.setitem(sys.modules, "sqlite3", None)
        notes: list[str] = []
        store = Store(str(tmp_path), notes.append)
        store.put(key(1), b"1")
        store.close()
        assert notes == ["the cache is not used: this Python has no SQLite"]


_WRITER = """
import sys
from hashlib import sha256
from alliancekit.check._many._store import Store

def key(number): return sha256(str(number).encode()).digest()

notes = []
for round in range(int(sys.argv[2])):
    store = Store(sys.argv[1], notes.append)
    assert all(value == b"%d" % number for number in range(700) for value in store.get([key(number)]).values())
    for number in range(700):
        store.put(key(number), b"%d" % number)
    store.close()
assert not notes, notes
"""


def writer(folder: Path, rounds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(rounds)], stderr=subprocess.PIPE, text=True
    )


class TestProcesses:
    def test_six_at_once_keep_and_find(self, tmp_path: Path) -> None:
        """None is refused, none reads anything wrong, and all is there in the end."""
        running = [writer(tmp_path, 5) for _ in range(6)]
        said = [one.communicate(timeout=60)[1] for one in running]
        assert [one.returncode for one in running] == [0] * 6, said
        assert len(kept(tmp_path, *range(700))) == 700

    def test_a_process_that_is_killed_does_no_harm(self, tmp_path: Path) -> None:
        """Whenever it is killed, the next run reads what was kept and keeps more."""
        filled(tmp_path, 700)
        for pause in (0.15, 0.2, 0.25, 0.3):
            one = writer(tmp_path, 10_000)
            time.sleep(pause)
            one.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            one.communicate(timeout=60)
        assert len(kept(tmp_path, *range(700))) == 700
        connection = sqlite3.connect(file_of(tmp_path))
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
