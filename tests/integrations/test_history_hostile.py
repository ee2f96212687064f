"""A repository whose configuration names programs: none of them is run, whatever is asked."""

import subprocess
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from alliancekit.errors import UnreadableError
from alliancekit.living import audit, read_history
from tests.integrations.histories import alone, begun, plain, run_git, write, write_on
from tests.integrations.repositories import environment

CHARTER = "TEAM_CHARTER.md"


@pytest.fixture(autouse=True)
def _no_settings_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A program that leaves a file behind for each time that it is run."""
    write(tmp_path, {"bin/evil": f'#!/bin/sh\necho "$0 $@" >> {tmp_path}/ran\nexit 0\n'})
    (tmp_path / "bin/evil").chmod(0o755)
    return tmp_path / "bin/evil"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a rename, a change and a merge, so that all is asked that ever is."""
    folder = begun(tmp_path / "team")
    write_on(folder, "2026-01-05", {"notes.md": plain(), "ana-ben.alliance.yaml": "x\n"})
    write_on(folder, "2026-02-05", {"notes.md": None, CHARTER: plain(line3="Else.")})
    run_git(folder, "checkout", "--quiet", "-b", "side")
    write_on(folder, "2026-03-05", {CHARTER: plain(line3="Else.", line9="More.")})
    run_git(folder, "checkout", "--quiet", "main")
    write_on(folder, "2026-03-06", {"a.check-in.yaml": "x\n"})
    run_git(folder, "merge", "--quiet", "-m", "x", "side")
    return folder


def ran(planted: Path) -> str:
    log = planted.parent.parent / "ran"
    return log.read_text() if log.exists() else ""


def configure(folder: Path, planted: Path) -> None:
    """Name *planted* in each setting that git ever runs, and in each hook."""
    evil = str(planted)
    settings = {
        "core.fsmonitor": evil,
        "core.pager": evil,
        "core.editor": evil,
        "core.askPass": evil,
        "core.sshCommand": evil,
        "core.gitProxy": evil,
        "core.alternateRefsCommand": evil,
        "core.hooksPath": str(folder / ".git/hooks"),
        "pager.log": evil,
        "pager.diff-tree": evil,
        "diff.external": evil,
        "diff.evil.command": evil,
        "diff.evil.textconv": evil,
        "diff.evil.xfuncname": "^(.*)$",
        "filter.evil.clean": evil,
        "filter.evil.smudge": evil,
        "filter.evil.process": evil,
        "filter.evil.required": "true",
        "merge.evil.driver": evil,
        "interactive.diffFilter": evil,
        "log.showSignature": "true",
        "gpg.program": evil,
        "gpg.ssh.program": evil,
        "gpg.x509.program": evil,
        "credential.helper": evil,
        "sequence.editor": evil,
        "trailer.evil.command": evil,
        "uploadpack.packObjectsHook": evil,
        "alias.log": f"!{evil}",
        "alias.cat-file": f"!{evil}",
        "color.ui": "always",
        "log.follow": "true",
        "log.diffMerges": "first-parent",
        "log.showRoot": "false",
        "format.pretty": "oneline",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.relative": "true",
        "diff.orderFile": "/nonexistent",
        "diff.renameLimit": "1",
        "core.quotePath": "true",
        "core.abbrev": "4",
        "i18n.logOutputEncoding": "UTF-16",
        "log.date": "relative",
    }
    for key, value in settings.items():
        run_git(folder, "config", key, value)
    for hook in ("post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout", "fsmonitor-watchman"):
        (folder / ".git/hooks" / hook).parent.mkdir(exist_ok=True)
        write(folder, {f".git/hooks/{hook}": planted.read_text()})
        (folder / ".git/hooks" / hook).chmod(0o755)
    attributes = "* diff=evil filter=evil merge=evil text\n"
    write(folder, {".gitattributes": attributes, ".git/info/attributes": attributes})


class TestPlants:
    def test_nothing_that_is_configured_is_run(self, folder: Path, planted: Path) -> None:
        """Hooks, pagers, differences, filters, signatures, watchers: none is run, and the answer is the same."""
        before = read_history(folder)
        assert [len(one.versions) for one in before.agreements] == [3, 1]
        configure(folder, planted)
        assert read_history(folder) == before
        assert read_history(folder / ".git").agreements == before.agreements
        assert ran(planted) == ""

    def test_the_plants_work(self, folder: Path, planted: Path) -> None:
        """Git itself, without our care, does run them: the test above tests something."""
        configure(folder, planted)
        subprocess.run(
            ["git", "--paginate", "log", "-p", "--ext-diff"],
            cwd=folder,
            env=environment(),
            capture_output=True,
            check=False,
            timeout=60,
        )
        subprocess.run(["git", "status"], cwd=folder, env=environment(), capture_output=True, check=False, timeout=60)
        assert str(planted) in ran(planted)

    def test_signed_commits(self, folder: Path, planted: Path) -> None:
        """A signature is not judged, because the repository would say by which program."""
        raw = run_git(folder, "cat-file", "commit", "HEAD")
        head, _, body = raw.partition(b"\n\n")
        signed = head + b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n" + body
        write(folder.parent, {"raw": signed})
        commit = run_git(folder, "hash-object", "-t", "commit", "-w", "../raw").decode().strip()
        run_git(folder, "update-ref", "refs/heads/main", commit)
        configure(folder, planted)
        run_git(folder, "-c", "core.fsmonitor=false", "log", "--max-count=1")
        assert "--verify" in ran(planted)  # git alone would have asked
        (folder.parent / "ran").unlink()
        assert len(read_history(folder).agreements) == 2
        assert ran(planted) == ""

    def test_objects_that_others_would_have_to_send(self, folder: Path, tmp_path: Path, planted: Path) -> None:
        """In a clone that lacks contents nothing is fetched: what cannot be compared counts as changed, and it is said."""
        run_git(folder, "config", "uploadpack.allowFilter", "true")
        run_git(tmp_path, "clone", "--quiet", "--bare", "--filter=blob:none", folder.as_uri(), "partial.git")
        partial = tmp_path / "partial.git"
        for key, value in {
            "remote.origin.url": f"ext::{planted} %S",
            "protocol.ext.allow": "always",
            "protocol.allow": "always",
        }.items():
            run_git(partial, "config", key, value)
        blob = run_git(partial, "rev-parse", f"HEAD:{CHARTER}").decode().strip()
        with pytest.raises(subprocess.CalledProcessError):
            run_git(partial, "cat-file", "blob", blob)
        assert ran(planted) != ""  # git alone would have asked for it
        (tmp_path / "ran").unlink()
        history = read_history(partial)
        assert ran(planted) == ""
        [charter, alliance] = audit(history, as_of=date(2026, 4, 1)).agreements
        assert (charter.path, charter.revisions, str(charter.created)) == (CHARTER, 1, "2026-02-05")
        assert (alliance.is_sound, alliance.is_whole) == (False, True)
        assert history.notes == (
            "contents are missing in this clone, so a file that was renamed and changed at once counts as made then",
            "2 of the files are too large, or missing in this clone, and were not read",
        )

    def test_no_transport_without_the_newest_git(
        self, folder: Path, tmp_path: Path, planted: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A git that does not know how to leave fetching alone is refused every transport."""
        from alliancekit.living import _git

        run_git(folder, "config", "uploadpack.allowFilter", "true")
        run_git(tmp_path, "clone", "--quiet", "--bare", "--filter=blob:none", folder.as_uri(), "partial.git")
        partial = tmp_path / "partial.git"
        run_git(partial, "config", "protocol.ext.allow", "always")
        run_git(partial, "config", "remote.origin.url", f"ext::{planted} %S")
        monkeypatch.setattr(
            _git, "_GUARDS", {key: value for key, value in _git._GUARDS.items() if key != "GIT_NO_LAZY_FETCH"}
        )
        with suppress(UnreadableError):
            read_history(partial)
        assert ran(planted) == ""

    def test_a_clone_without_folders(self, folder: Path, tmp_path: Path, planted: Path) -> None:
        """A clone that lacks so much that nothing can be told says so, and what helps."""
        run_git(folder, "config", "uploadpack.allowFilter", "true")
        run_git(tmp_path, "clone", "--quiet", "--bare", "--filter=tree:0", folder.as_uri(), "partial.git")
        run_git(tmp_path / "partial.git", "config", "remote.origin.url", f"ext::{planted} %S")
        with pytest.raises(UnreadableError, match=r"lacks what its remote has.*clone it whole"):
            read_history(tmp_path / "partial.git")
        assert ran(planted) == ""


class TestFalsehoods:
    def test_replaced_objects_are_not_believed(self, folder: Path) -> None:
        """A commit that the repository shows in place of another is not taken for it, and no graft either."""
        before = read_history(folder)
        fake = run_git(folder, "commit-tree", "HEAD^{tree}", "-m", "x", GIT_AUTHOR_DATE="2001-01-01T00:00:00Z")
        run_git(folder, "replace", "HEAD", fake.decode().strip())
        head = run_git(folder, "--no-replace-objects", "rev-parse", "HEAD").decode().strip()
        write(folder, {".git/info/grafts": f"{head}\n"})
        assert len(run_git(folder, "log", "--format=%H").split()) == 1
        assert read_history(folder) == before

    def test_settings_that_point_elsewhere(self, folder: Path, tmp_path: Path) -> None:
        """A repository that says that its files are elsewhere is still read itself."""
        write(tmp_path, {"elsewhere/team-norms.md": "x\n"})
        before = read_history(folder).agreements
        run_git(folder, "config", "core.worktree", str(tmp_path / "elsewhere"))
        assert read_history(folder).agreements == before

    def test_links_and_other_repositories(self, folder: Path, tmp_path: Path) -> None:
        """A link and a submodule that are called like agreements are passed over."""
        (folder / "team-norms.md").symlink_to("/etc/passwd")
        write_on(begun(tmp_path / "other"), "2026-01-01", {"a": "a\n"})
        inner = run_git(tmp_path / "other", "rev-parse", "HEAD").decode().strip()
        run_git(folder, "update-index", "--add", "--cacheinfo", f"160000,{inner},working-agreement")
        run_git(folder, "add", "team-norms.md")
        run_git(folder, "commit", "--quiet", "-m", "x")
        assert [one.path for one in read_history(folder).agreements] == [CHARTER, "ana-ben.alliance.yaml"]

    def test_more_files_than_there_are_atoms(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Folders within folders, each ten times the same one: what is read is bounded, and that is told."""
        from alliancekit.living import _git

        blob = run_git(folder, "rev-parse", f"HEAD:{CHARTER}").decode().strip()
        tree = b"100644 blob %b\tTEAM_CHARTER.md\n" % blob.encode()
        for _ in range(12):
            inner = run_git(folder, "mktree", given=tree).strip()
            tree = b"".join(b"040000 tree %b\t%d\n" % (inner, at) for at in range(10))
        whole = run_git(folder, "mktree", given=tree).decode().strip()
        commit = run_git(folder, "commit-tree", whole, "-m", "x").decode().strip()
        run_git(folder, "update-ref", "refs/heads/main", commit)
        monkeypatch.setattr(_git, "MOST_OUTPUT", 4_000)
        history = read_history(folder)
        assert 0 < len(history.agreements) < 100
        assert {one.path.rpartition("/")[2] for one in history.agreements} == {CHARTER}
        assert "more files than are read" in history.notes[0]

    def test_people_who_are_none(self, folder: Path) -> None:
        """Names and addresses may be empty, long, or in no encoding; the rest is read all the same."""
        tree = run_git(folder, "rev-parse", "HEAD^{tree}").decode().strip().encode()
        for name in (b"", b" <", b"\xff\xfe\x1b[2J", b"a" * 70_000, b":100644 100644 a b M", b"0" * 40):
            raw = b"tree %b\nauthor %b <%b> 1767600000 +0000\ncommitter %b <> 1767600000 +0000\nencoding X-NONE\n\nx\n"
            write(folder.parent, {"raw": raw % (tree, name, name, name)})
            commit = run_git(folder, "hash-object", "--literally", "-t", "commit", "-w", "../raw").decode().strip()
            run_git(folder, "update-ref", "refs/heads/main", commit)
            history = read_history(folder)
            assert [len(one.versions) for one in history.agreements] == [1, 1]
            assert len(audit(history, as_of=date(2026, 4, 1)).agreements) == 2
