"""Finding documents in files and folders."""

import os
from pathlib import Path

import pytest

from alliancekit import check
from alliancekit.check._files import documents_in
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
    (tree / "z.alliance.yaml").symlink_to(tree / "b.alliance.yaml")
    assert "z.alliance.yaml" in names(tree)
    assert not any("up" in one or "y.alliance" in one for one in names(tree))


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
