"""What installed packages offer."""

from importlib.metadata import Distribution, EntryPoint
from pathlib import Path

import pytest

from alliancekit._installed import _owner, offered


class Damaged(Distribution):
    """A distribution of which nothing is left that could be read."""

    def read_text(self, filename: str) -> str:
        raise UnicodeDecodeError("utf-8", b"", 0, 1, filename)

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


class TestOwner:
    def test_of_none(self) -> None:
        """An entry point that belongs to nobody has no owner."""
        assert _owner(EntryPoint("sea", "acme_sea", "alliancekit.packs")) == ("", "")

    def test_one_that_cannot_be_read(self) -> None:
        """A distribution that is damaged has no name that anybody could tell."""
        entry = EntryPoint("sea", "acme_sea", "alliancekit.packs")
        assert _owner(entry._for(Damaged())) == ("", "")  # type: ignore[attr-defined]


class TestOffered:
    def test_when_something_is_installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is installed while the program runs is found, and so is what an archive on the path may hold."""
        monkeypatch.syspath_prepend(str(tmp_path))
        assert offered("acme.things") == ()
        info = tmp_path / "acme_sea-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Name: acme-sea\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text("[acme.things]\nb = x\na = y\n", encoding="utf-8")
        assert [one.name for one, *_ in offered("acme.things")] == ["a", "b"]
        (tmp_path / "some.zip").write_bytes(b"")
        monkeypatch.syspath_prepend(str(tmp_path / "some.zip"))
        assert [owner for _, *owner in offered("acme.things")] == [["acme-sea", "1.0"]] * 2
