"""Finding documents in files and folders."""

import io
import os
import shutil
import socket
import tracemalloc
import zipfile
from pathlib import Path
from typing import Self

import pytest
from upath import UPath

from alliancekit import check
from alliancekit.check import Patterns, Search
from alliancekit.check._files import documents_in
from alliancekit.check._patterns import pattern_problem
from tests.documents.base import BASE


def names(root: Path, *paths: Path) -> list[str]:
    return [os.path.relpath(one.path, root) for one in documents_in(paths or (root,))]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.alliance.yaml",
        "a.bank.yml",
        "deep/c.flow.json",
        "deep/d.check-in.yaml",
        "e.answers.yaml",
        "f.session.json",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BASE, encoding="utf-8")
    for name in ("README.md", "x.yaml", "g.session.yaml", ".git/h.alliance.yaml", "node_modules/i.alliance.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BASE, encoding="utf-8")
    return tmp_path


def test_by_name(tree: Path) -> None:
    """A folder's documents are found by their names, in order of name; hidden folders and packages are passed over."""
    assert names(tree) == [
        "a.bank.yml",
        "b.alliance.yaml",
        "e.answers.yaml",
        "f.session.json",
        "deep/c.flow.json",
        "deep/d.check-in.yaml",
    ]


def test_explicit(tree: Path) -> None:
    """A file that is named is checked, whatever it is called; none is checked twice."""
    assert names(tree, tree / "x.yaml", tree / "x.yaml", tree) == ["x.yaml", *names(tree)]


def test_dot() -> None:
    """What is found in the folder one is in is named without it."""
    assert not any(one.path.startswith("./") for one in documents_in(["."]))


def test_links(tree: Path) -> None:
    """Links that lead in a circle or out of the folder are not followed."""
    (tree / "deep" / "up").symlink_to(tree, target_is_directory=True)
    (tree / "deep" / "y.alliance.yaml").symlink_to("/etc/passwd")
    (tree / "z.alliance.yaml").symlink_to(tree / "x.yaml")
    assert "z.alliance.yaml" in names(tree)
    assert not any("up" in one or "y.alliance" in one for one in names(tree))


def test_two_names(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file under two names is checked once, under the first of them."""
    (tree / "z.alliance.yaml").symlink_to(tree / "b.alliance.yaml")
    monkeypatch.chdir(tree)
    named = ["x.yaml", "./x.yaml", "deep/../x.yaml", str(tree / "x.yaml"), "z.alliance.yaml", "b.alliance.yaml"]
    assert [one.path for one in documents_in(named)] == ["x.yaml", "z.alliance.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_no_files(tree: Path) -> None:
    """A pipe, a socket and a folder with the name of a document are no documents, and nobody waits for them."""
    os.mkfifo(tree / "pipe.alliance.yaml")
    (tree / "folder.alliance.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tree / "s.alliance.yaml"))
        found = {os.path.relpath(one.path or "", tree): one for one in check.check_paths(tree).findings}
    refused = {name: one.message for name, one in found.items() if one.rule == "unreadable"}
    assert refused == {"pipe.alliance.yaml": "it is not a regular file", "s.alliance.yaml": "it is not a regular file"}


def test_a_very_large_file(tree: Path) -> None:
    """A file of 100 MB is refused by its size, and not read."""
    with (tree / "large.alliance.yaml").open("wb") as file:
        file.truncate(100 << 20)
    tracemalloc.start()
    report = check.check_paths(tree / "large.alliance.yaml")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(one.rule, one.message) for one in report.findings] == [
        ("limit", "the file is too large; the limit is 1,048,576 bytes")
    ]
    assert most < 8 << 20


def test_what_vanishes(tree: Path) -> None:
    """What is gone once it is looked into is a finding, and the others are found."""
    found = documents_in([tree])
    first = next(found).path
    shutil.rmtree(tree / "deep")
    assert os.path.relpath(first, tree) == "a.bank.yml"
    rest = list(found)
    assert [one.finding.message for one in rest if one.finding] == [
        "the folder cannot be read: No such file or directory"
    ]
    assert [os.path.relpath(one.path, tree) for one in rest if not one.finding] == [
        "b.alliance.yaml",
        "e.answers.yaml",
        "f.session.json",
    ]


def test_the_order_is_that_of_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the file system lists a folder, the order is that of the names."""
    for name in ("b", "a", "é", "B", "a-b", "10", "9"):
        (tmp_path / f"{name}.bank.yaml").write_text(BASE, encoding="utf-8")
    expected = [f"{one}.bank.yaml" for one in ("10", "9", "B", "a-b", "a", "b", "é")]
    assert names(tmp_path) == expected
    listed = os.scandir

    class Backwards(list[os.DirEntry[str]]):
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", lambda path: Backwards(reversed(list(listed(path)))))
    assert names(tmp_path) == expected


def test_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings name files with slashes, whatever stands between the parts of a path on the machine."""
    monkeypatch.setattr(os, "sep", "\\")
    assert [one.path for one in documents_in(["a\\b.alliance.yaml", ".\\c.bank.yaml"])] == [
        "a/b.alliance.yaml",
        "c.bank.yaml",
    ]


class TestPatterns:
    """Further documents, and what is passed over."""

    def found(self, root: Path, *paths: str, files: str = "", exclude: str = "", is_forced: bool = False) -> list[str]:
        search = Search(
            files=[Patterns(files.split(), str(root))],
            exclude=[Patterns(exclude.split(), str(root))],
            is_forced=is_forced,
        )
        named = [root / one for one in paths] or [root]
        return [Path(os.path.relpath(one.path, root)).as_posix() for one in documents_in(named, search)]

    def test_further_files(self, tree: Path) -> None:
        """A pattern makes documents of files whose name does not say so."""
        assert "x.yaml" in self.found(tree, files="*.yaml")
        assert "README.md" not in self.found(tree, files="*.yaml")
        assert self.found(tree, files="x.yaml !x.yaml") == names(tree)

    def test_excluded(self, tree: Path) -> None:
        """What fits is passed over: files, and folders with all that is in them."""
        assert self.found(tree, exclude="deep/ *.json e.*") == ["a.bank.yml", "b.alliance.yaml"]
        assert self.found(tree, exclude="/c.flow.json") == names(tree)
        assert self.found(tree, exclude="*.yaml !b.*") == [
            "a.bank.yml",
            "b.alliance.yaml",
            "f.session.json",
            "deep/c.flow.json",
        ]

    def test_what_is_named_is_checked(self, tree: Path) -> None:
        """Whoever names a file or a folder means it, whatever is excluded."""
        assert self.found(tree, "deep/c.flow.json", exclude="deep/ *.json") == ["deep/c.flow.json"]
        assert self.found(tree, "deep", exclude="deep/") == ["deep/c.flow.json", "deep/d.check-in.yaml"]
        assert self.found(tree, "deep", exclude="*.json") == ["deep/d.check-in.yaml"]

    def test_unless_it_is_forced(self, tree: Path) -> None:
        """A hook names every file that changed, so excludes can be made to hold for what is named."""
        forced = self.found(tree, "deep/c.flow.json", "deep", "b.alliance.yaml", exclude="deep/", is_forced=True)
        assert forced == ["b.alliance.yaml"]

    def test_elsewhere(self, tree: Path) -> None:
        """What lies outside of the folder of the patterns fits none of them."""
        search = Search(exclude=[Patterns(["*"], str(tree / "deep"))])
        found = [os.path.relpath(one.path, tree) for one in documents_in([tree], search)]
        assert found == ["a.bank.yml", "b.alliance.yaml", "e.answers.yaml", "f.session.json"]

    def test_over_a_link(self, tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        """A folder that is reached over a link is the same folder."""
        link = tmp_path_factory.mktemp("links") / "there"
        link.symlink_to(tree, target_is_directory=True)
        search = Search(exclude=[Patterns(["deep/", "*.json"], str(tree))])
        found = [os.path.relpath(one.path, link) for one in documents_in([link], search)]
        assert found == ["a.bank.yml", "b.alliance.yaml", "e.answers.yaml"]

    def test_where_one_is(self, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a folder, patterns begin where one is."""
        monkeypatch.chdir(tree)
        search = Search(exclude=[Patterns(["/deep", "?.session.json"])])
        assert [one.path for one in documents_in(["."], search)] == ["a.bank.yml", "b.alliance.yaml", "e.answers.yaml"]

    @pytest.mark.parametrize("line", ["", " ", "#x", "!", "/", "!/", "\\", "a\\", "[z-a]", "[a", "a\nb", "a\0b"])
    def test_what_is_no_pattern(self, line: str) -> None:
        """What git would pass over, or not understand, is told."""
        assert pattern_problem(line) in {"it fits nothing", "it cannot be understood"}

    @pytest.mark.parametrize("line", ["a**/b", "**b", "!a**", "***", "a/**/"])
    def test_stars_in_odd_places(self, line: str) -> None:
        """Two stars with anything beside them, of which git and its own documentation say different things, are refused."""
        assert pattern_problem(line) == "** has to stand alone between slashes, or last"
        assert pattern_problem("!a/**/b") is None

    def test_what_is_too_dear(self) -> None:
        """A pattern whose price would be out of hand is refused; one at the limit is cheap on any name."""
        assert pattern_problem("*a*a*a*b") == "it may have at most 3 * and 2 **"
        assert pattern_problem("**/a/**/b/**/c") == "it may have at most 3 * and 2 **"
        assert pattern_problem("**/a/**/*a*a*b") is None
        assert not Patterns(["**/*a/**/*a*b"]).fit(f"{'a/' * 2000}{'a' * 255}")


class TestOpened:
    """What is no file of the machine, and can be opened."""

    def archive(self, folder: Path) -> zipfile.Path:
        with zipfile.ZipFile(folder / "all.zip", "w") as archive:
            for name in ("b.alliance.yaml", "deep/c.alliance.yaml", "node_modules/x.alliance.yaml", "README.md"):
                archive.writestr(name, BASE)
        return zipfile.Path(folder / "all.zip")

    def test_an_archive(self, tmp_path: Path) -> None:
        """The documents of an archive are found and judged as those of a folder are."""
        root = self.archive(tmp_path)
        (tmp_path / "b.alliance.yaml").write_text(BASE, encoding="utf-8")
        report = check.check_paths([root])
        assert [Path(one.path or "").name for one in report.files] == ["b.alliance.yaml", "c.alliance.yaml"]
        plain = check.check_paths(tmp_path / "b.alliance.yaml").findings
        assert [(one.rule, one.span) for one in report.files[0].findings] == [(one.rule, one.span) for one in plain]

    def test_places_across_files(self, tmp_path: Path) -> None:
        """What is wrong between files of an archive has its place in both."""
        (found,) = (one for one in check.check_paths([self.archive(tmp_path)]).findings if one.rule == "duplicate-id")
        assert (found.line, [span.start.line for _, span, _ in found.elsewhere]) == (2, [2])

    def test_one_file(self, tmp_path: Path) -> None:
        """A file that is named is checked, whatever it is called."""
        assert check.check_paths([self.archive(tmp_path) / "README.md"]).files_checked == 1

    def test_a_store(self) -> None:
        """A store of objects is searched as a folder is; what is missing is a finding."""
        store = UPath("memory:///agreements")
        (store / "deep").mkdir(parents=True, exist_ok=True)
        (store / "deep" / "a.alliance.yaml").write_text(BASE)
        (store / "b.bank.yaml").write_text("alliancekit: bank/1\n")
        (store / "x.txt").write_text("")
        report = check.check_paths([store, store / "gone.alliance.yaml"])
        assert [one.path for one in report.files] == [
            "memory://agreements/b.bank.yaml",
            "memory://agreements/deep/a.alliance.yaml",
            "memory://agreements/gone.alliance.yaml",
        ]
        assert report.files[2].findings[0].message == "it cannot be read: FileNotFoundError"
        assert (report.files_checked, report.files_skipped) == (2, 1)

    def test_too_large(self) -> None:
        """No more is read than the limit and one byte."""

        class Endless:
            def open(self, mode: str, /) -> io.BytesIO:
                assert mode == "rb"
                return Zeros()

            def __str__(self) -> str:
                return "zeros"

        class Zeros(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                assert size is not None
                assert 0 < size <= (1 << 20) + 1
                return b"\0" * size

        assert [one.rule for one in check.check_paths([Endless()]).findings] == ["limit"]

    def test_a_folder_that_cannot_be_listed(self) -> None:
        """A folder of a store that cannot be listed is a finding."""

        class Locked:
            name = "locked"

            def open(self, mode: str, /) -> io.BytesIO:
                raise IsADirectoryError(mode)

            def is_dir(self) -> bool:
                return True

            def iterdir(self) -> list[object]:
                raise PermissionError(13, "Permission denied")

            def __str__(self) -> str:
                return "store:locked"

        report = check.check_paths([Locked()])
        assert [(one.path, one.message) for one in report.findings] == [
            ("store:locked", "the folder cannot be read: Permission denied")
        ]


def test_a_link_to_itself(tmp_path: Path) -> None:
    """A link to itself is a finding."""
    (tmp_path / "a.alliance.yaml").symlink_to(tmp_path / "a.alliance.yaml")
    report = check.check_paths([tmp_path])
    assert [one.rule for one in report.findings] == ["unreadable"]
    assert (report.files_checked, report.files_skipped) == (0, 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(tree: Path) -> None:
    """A folder that may not be read is a finding, and the others are checked."""
    (tree / "deep").chmod(0)
    report = check.check_paths([tree])
    (tree / "deep").chmod(0o700)
    assert [one.rule for one in report.findings if one.rule == "unreadable"] == ["unreadable"]


def test_a_folder_that_cannot_be_listed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be listed is a finding."""

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = check.check_paths([tree])
    assert [one.message for one in report.findings] == ["the folder cannot be read: Permission denied"]
    assert report.exit_code() == 1


@pytest.mark.parametrize("name", ["missing.alliance.yaml", "", "a\0b"])
def test_no_such_file(name: str) -> None:
    """A path that leads nowhere is a finding, and no exception."""
    report = check.check_paths([name])
    assert [one.rule for one in report.findings] == ["unreadable"]
