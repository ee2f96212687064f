"""Saving: the old file or the new one, never a torn one, and no update lost."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from alliancekit.documents import read_bytes, save_atomically, write_atomically
from alliancekit.errors import ConflictError, UnreadableError
from alliancekit.limits import Limits

WRITER = """
import sys
from alliancekit.documents import read_bytes, save_atomically
from alliancekit.limits import Limits
path, many = sys.argv[1], Limits(file_bytes=1 << 24)
texts = [letter * 2_000_000 for letter in (b"a", b"b")]
print("ready", flush=True)
now = read_bytes(path, many)
while True:
    new = texts[now[:1] == b"a"]
    save_atomically(path, new, expected=now, limits=many)
    now = new
"""
COUNTER = """
import sys
from alliancekit.documents import read_bytes, save_atomically
from alliancekit.limits import Limits
from alliancekit.errors import ConflictError
done = 0
while done < 50:
    old = read_bytes(sys.argv[1])
    try:
        save_atomically(sys.argv[1], str(int(old) + 1).encode(), expected=old)
    except ConflictError:
        continue
    done += 1
"""


def leftovers(folder: Path) -> list[str]:
    return [name.name for name in folder.iterdir() if name.suffix == ".tmp"]


class TestSaving:
    def test_a_new_file_is_written(self, tmp_path: Path) -> None:
        """Where there was none, there is the file, and True says that it was written."""
        path = tmp_path / "a.yaml"

        assert save_atomically(path, b"new", expected=None) is True
        assert path.read_bytes() == b"new"
        assert leftovers(tmp_path) == []

    def test_equal_bytes_are_not_written(self, tmp_path: Path) -> None:
        """A save that changes nothing leaves even the time of the last change."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"same")
        os.utime(path, ns=(1, 1))

        assert save_atomically(path, b"same", expected=b"same") is False
        assert path.stat().st_mtime_ns == 1

    def test_a_changed_file_is_a_conflict(self, tmp_path: Path) -> None:
        """What somebody else wrote meanwhile stays."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"theirs")

        with pytest.raises(ConflictError, match=r"a\.yaml changed after it was read"):
            save_atomically(path, b"mine", expected=b"old")
        with pytest.raises(ConflictError):
            save_atomically(path, b"mine", expected=None)
        assert path.read_bytes() == b"theirs"

    def test_a_file_that_vanished_is_a_conflict(self, tmp_path: Path) -> None:
        """It is not made again behind the back of whoever deleted it."""
        with pytest.raises(ConflictError):
            save_atomically(tmp_path / "a.yaml", b"mine", expected=b"old")

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        """The file that it names is replaced."""
        target, link = tmp_path / "target.yaml", tmp_path / "link.yaml"
        target.write_bytes(b"old")
        link.symlink_to(target)

        save_atomically(link, b"new", expected=b"old")

        assert link.is_symlink()
        assert target.read_bytes() == b"new"

    @pytest.mark.parametrize(("mode", "expected"), [(None, 0o640), (0o600, 0o600)])
    def test_permissions(self, tmp_path: Path, mode: int | None, expected: int) -> None:
        """Those of the original are kept, unless others are asked for."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"old")
        path.chmod(0o640)

        save_atomically(path, b"new", expected=b"old", mode=mode)

        assert stat.S_IMODE(path.stat().st_mode) == expected

    def test_a_new_private_file_is_private(self, tmp_path: Path) -> None:
        """A session is never readable by others, not for a moment."""
        save_atomically(tmp_path / "s.json", b"{}", expected=None, mode=0o600)

        assert stat.S_IMODE((tmp_path / "s.json").stat().st_mode) == 0o600

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        """Only a file can be saved."""
        with pytest.raises(UnreadableError, match="a folder"):
            save_atomically(tmp_path, b"new", expected=None)
        with pytest.raises(UnreadableError, match="a folder"):
            write_atomically(tmp_path, b"new")

    def test_a_missing_folder_is_refused(self, tmp_path: Path) -> None:
        """There is no place for the file."""
        with pytest.raises(UnreadableError):
            save_atomically(tmp_path / "none" / "a.yaml", b"new", expected=None)

    def test_a_file_that_grew_beyond_the_limit_is_a_conflict(self, tmp_path: Path) -> None:
        """It cannot be what was read."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"12345")
        with pytest.raises(ConflictError):
            save_atomically(path, b"new", expected=b"1", limits=Limits(file_bytes=4))
        assert path.read_bytes() == b"12345"

    def test_who_waits_too_long_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another writer that does not let go is a conflict, and nothing is written."""
        from filelock import FileLock

        monkeypatch.setattr("alliancekit.documents._saving._PATIENCE", 0.01)
        path = tmp_path / "a.yaml"
        with FileLock(tmp_path / ".a.yaml.lock"), pytest.raises(ConflictError):
            write_atomically(path, b"new")
        assert not path.exists()

    def test_nothing_stays_beside_the_document(self, tmp_path: Path) -> None:
        """The lock goes when the writing is done."""
        write_atomically(tmp_path / "a.yaml", b"new")
        assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]

    def test_a_lock_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        """A folder stands where the lock belongs."""
        (tmp_path / ".a.yaml.lock").mkdir()
        with pytest.raises(UnreadableError, match="cannot be written"):
            write_atomically(tmp_path / "a.yaml", b"new")

    def test_writing_over_reports_a_failing_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The old file is whole, and the reason is the system's."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"old")

        def fail(handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(UnreadableError, match="No space left"):
            write_atomically(path, b"new")
        assert path.read_bytes() == b"old"

    def test_a_name_that_is_none_is_refused(self) -> None:
        """A zero byte is in no file name."""
        with pytest.raises(UnreadableError):
            save_atomically("a\0b", b"new", expected=None)
        with pytest.raises(UnreadableError):
            read_bytes("a\0b")

    def test_writing_over_needs_no_expectation(self, tmp_path: Path) -> None:
        """`write_atomically` replaces whatever was there, and keeps its permissions."""
        path = tmp_path / "report.json"
        path.write_bytes(b"old")
        path.chmod(0o604)

        write_atomically(path, b"new")

        assert path.read_bytes() == b"new"
        assert stat.S_IMODE(path.stat().st_mode) == 0o604


class TestOrder:
    def test_the_new_bytes_are_on_disk_before_they_have_the_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is synced, then takes the name, then the folder is synced: a power cut leaves the old or the new."""
        calls: list[str] = []

        def watched(name: str) -> None:
            real = getattr(os, name)

            def call(*args: object, **kwargs: object) -> object:
                calls.append(name)
                return real(*args, **kwargs)

            monkeypatch.setattr(os, name, call)

        watched("fsync")
        watched("replace")
        write_atomically(tmp_path / "a.yaml", b"new")
        assert calls == ["fsync", "replace", "fsync"]


class TestFailingDisk:
    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
    @pytest.mark.parametrize("call", ["open", "write", "fchmod", "fsync", "replace", "close"])
    def test_a_failing_call_leaves_the_old_file_or_the_new(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
    ) -> None:
        """Whatever fails: one of the two, and no temporary file."""
        path = tmp_path / "a.yaml"
        path.write_bytes(b"old")
        real = getattr(os, call)

        def fail(*args: object, **kwargs: object) -> object:
            if call == "open" and not str(args[0]).endswith(".tmp"):
                return real(*args, **kwargs)
            if call == "close":
                real(*args, **kwargs)
            raise OSError(code, os.strerror(code))

        with monkeypatch.context() as patch:
            patch.setattr(os, call, fail)
            with suppress(UnreadableError):
                save_atomically(path, b"new", expected=b"old")

        assert path.read_bytes() in (b"old", b"new")
        assert leftovers(tmp_path) == []

    def test_short_writes_are_continued(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk that takes one byte at a time gets them all."""
        real = os.write
        monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data[:1])))

        save_atomically(tmp_path / "a.yaml", b"new", expected=None)

        assert (tmp_path / "a.yaml").read_bytes() == b"new"


class TestProcesses:
    def test_a_killed_writer_leaves_the_old_file_or_the_new(self, tmp_path: Path) -> None:
        """Thirty kills at random moments, and never a torn file."""
        path, random = tmp_path / "a.txt", Random(7)
        whole = {b"a" * 2_000_000, b"b" * 2_000_000}
        path.write_bytes(b"a" * 2_000_000)
        for _ in range(30):
            with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
                assert writer.stdout is not None
                writer.stdout.readline()
                time.sleep(random.uniform(0.002, 0.03))
                writer.send_signal(signal.SIGKILL)
            assert path.read_bytes() in whole
        save_atomically(path, b"c", expected=path.read_bytes(), limits=Limits(file_bytes=1 << 24))
        assert leftovers(tmp_path) == []

    def test_two_writers_lose_nothing(self, tmp_path: Path) -> None:
        """Two processes that count to fifty each end at a hundred."""
        path = tmp_path / "count.txt"
        path.write_bytes(b"0")

        both = [subprocess.Popen([sys.executable, "-c", COUNTER, str(path)]) for _ in range(2)]

        assert [one.wait() for one in both] == [0, 0]
        assert path.read_bytes() == b"100"
