from datetime import date
from pathlib import Path

import pytest

from alliancekit.errors import UnreadableError
from alliancekit.living import AgreementHistory, History, audit, read_history
from tests.integrations.histories import alone, begun, follow, plain, run_git, write, write_on
from tests.unit.cli.terminal import ALLIANCE

CHARTER = "TEAM_CHARTER.md"
TODAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _no_settings_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return begun(tmp_path / "team")


def the_only(history: History) -> AgreementHistory:
    [one] = history.agreements
    return one


def revisions(folder: Path) -> int:
    [one] = audit(read_history(folder), as_of=TODAY).agreements
    return one.revisions


class TestWhatIsRead:
    def test_an_agreement(self, folder: Path) -> None:
        """Who wrote it, on which of their days, in which commits, the oldest first."""
        first = write_on(folder, "2026-01-05", {CHARTER: plain(), "code.py": "x = 1\n"})
        write_on(folder, "2026-01-06", {"code.py": "x = 2\n"})
        second = write_on(folder, "2026-03-01", {CHARTER: plain(line3="Else.")}, by="Ben")
        last = write_on(folder, "2026-04-01", {"code.py": "x = 3\n"})
        history = read_history(folder)
        one = the_only(history)
        assert [version.commit for version in one.versions] == [first, second]
        assert [str(version.day) for version in one.versions] == ["2026-01-05", "2026-03-01"]
        assert [version.author for version in one.versions] == ["Ana <ana@example.org>", "Ben <ben@example.org>"]
        assert (one.is_whole, one.is_alliance, one.text) == (True, False, None)
        assert (history.commit, str(history.last_commit), history.notes) == (last, "2026-04-01", ())

    def test_the_day_is_that_of_the_author(self, folder: Path) -> None:
        """An evening in Auckland is not the morning in London: the author's own day counts."""
        write(folder, {CHARTER: plain()})
        run_git(folder, "add", "--all")
        run_git(folder, "commit", "--quiet", "-m", "x", GIT_AUTHOR_DATE="2026-06-02T07:00:00+1300")
        assert the_only(read_history(folder)).versions[0].day == date(2026, 6, 2)

    def test_names(self, folder: Path) -> None:
        """Agreements are found by their names, in any folder; forms, code, links and packages are not."""
        found = [
            "docs/2025 Team Working-Agreement v2.md",
            "WorkingAgreements.MD",
            "TEAM_CHARTER",
            "team/social_contract.rst",
            "a.alliance.yaml",
            "b.alliance.json",
        ]
        passed = [
            "team-charter-template.md",
            "team_charter.py",
            "notes.md",
            "node_modules/x/TEAM_CHARTER.md",
            "node_modules/x/c.alliance.yaml",
            "my.session.json",
            "alliance.yaml",
        ]
        (folder / "linked-team-charter.md").symlink_to("TEAM_CHARTER")
        write_on(folder, "2026-01-05", {name: f"{name}\n" for name in [*found, *passed]})
        assert [one.path for one in read_history(folder).agreements] == sorted(found)

    def test_names_of_ones_own(self, folder: Path) -> None:
        """Other names are taken where they are given, whatever stands between their words."""
        write_on(folder, "2026-01-05", {"docs/how_we-Work.md": plain(), CHARTER: plain()})
        assert [one.path for one in read_history(folder, names=["How we work"]).agreements] == ["docs/how_we-Work.md"]
        assert read_history(folder, names=["", "--"]).agreements == ()

    @pytest.mark.parametrize(
        "name",
        [
            b"-team-charter.md",
            b"--team-charter.md",
            b":(exclude)team-charter.md",
            b"team-charter \xff\xfe.md",
            "team-charter-é-\u202e.md".encode(),
            b"team-charter\n0000000000000000000000000000000000000000\n.md",
            b'team-charter\x1b[2J\t".md',
            b"*team-charter?[a].md",
            b":100644 team-charter.md",
        ],
    )
    def test_hostile_names(self, folder: Path, name: bytes) -> None:
        """A name may hold anything; it is taken for a name and nothing else."""
        import os

        path = os.fsdecode(name)
        write_on(folder, "2026-01-05", {path: plain(), CHARTER: plain(line1="Other.")})
        write_on(folder, "2026-02-05", {path: plain(line3="Else.")})
        found = {one.path: len(one.versions) for one in read_history(folder).agreements}
        assert found == {path: 2, CHARTER: 1}

    def test_check_ins_and_what_an_alliance_says_now(self, folder: Path) -> None:
        """The text of an alliance and the records of check-ins come along, and no session does."""
        files = {"ana-ben.alliance.yaml": ALLIANCE, "a/2026.check-in.yaml": "x\n", "a.session.json": "{}\n"}
        write_on(folder, "2026-01-05", files)
        history = read_history(folder)
        assert the_only(history).text == ALLIANCE.encode()
        assert history.check_ins == (("a/2026.check-in.yaml", b"x\n"),)


class TestWhatIsARevision:
    def test_white_space_is_none(self, folder: Path) -> None:
        """Lines that are wrapped anew, and other ends of lines, say nothing else."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write_on(folder, "2026-02-05", {CHARTER: plain().replace(" ", "\n  ").replace("\n", "\r\n")})
        assert revisions(folder) == 0

    def test_a_rename_is_none(self, folder: Path) -> None:
        """A file that only moves is the same agreement, as old as it was; one that moves and changes is revised."""
        first = write_on(folder, "2026-01-05", {"notes.md": plain()})
        write_on(folder, "2026-02-05", {"notes.md": None, "docs/old.md": plain()})
        write_on(folder, "2026-03-05", {"docs/old.md": None, CHARTER: plain()})
        assert revisions(folder) == 0
        write_on(folder, "2026-04-05", {CHARTER: None, "docs/team-charter.md": plain(line3="Else.")})
        one = the_only(read_history(folder))
        assert revisions(folder) == 1
        assert one.versions[0].commit == first
        assert [version.path for version in one.versions] == [
            "notes.md",
            "docs/old.md",
            CHARTER,
            "docs/team-charter.md",
        ]

    def test_a_name_that_is_used_again(self, folder: Path) -> None:
        """What is later kept under the old name of an agreement is none of its history."""
        write_on(folder, "2026-01-05", {"notes.md": plain()})
        write_on(folder, "2026-02-05", {"notes.md": None, CHARTER: plain()})
        write_on(folder, "2026-03-05", {"notes.md": "Something else.\n"})
        write_on(folder, "2026-04-05", {"notes.md": "Something else again.\n"})
        assert [str(version.day) for version in the_only(read_history(folder)).versions] == ["2026-01-05", "2026-02-05"]

    def test_more_names_than_are_followed(self, folder: Path) -> None:
        """A file that had more names than anybody gives one is followed through the newest of them."""
        names = [*(f"{at}.md" for at in range(9)), CHARTER]
        for at, name in enumerate(names):
            gone: dict[str, str | bytes | None] = {names[at - 1]: None} if at else {}
            write_on(folder, f"2026-01-{at + 1:02}", {**gone, name: plain()})
        history = read_history(folder)
        one = the_only(history)
        assert ([version.path for version in one.versions], one.is_whole) == (names[2:], False)
        assert "more history than is read" in history.notes[0]
        assert revisions(folder) == 0

    def test_two_that_change_names(self, folder: Path) -> None:
        """A file that goes by one name, another, and the first again, is followed without end or loss."""
        write_on(folder, "2026-01-05", {"a.md": plain()})
        write_on(folder, "2026-02-05", {"a.md": None, CHARTER: plain()})
        write_on(folder, "2026-02-06", {CHARTER: plain(line5="Else.")})
        write_on(folder, "2026-03-05", {CHARTER: None, "a.md": plain(line5="Else.")})
        write_on(folder, "2026-04-05", {"a.md": None, CHARTER: plain(line3="Else.", line5="Else.")})
        one = audit(read_history(folder), as_of=TODAY).agreements[0]
        assert (str(one.created), one.revisions, one.is_whole) == ("2026-01-05", 2, True)

    def test_taken_away_and_brought_back(self, folder: Path) -> None:
        """A file that was deleted and comes back as it was is no revision; in other words it is one."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write_on(folder, "2026-02-05", {CHARTER: None})
        write_on(folder, "2026-03-05", {CHARTER: plain()})
        assert revisions(folder) == 0
        write_on(folder, "2026-04-05", {CHARTER: None})
        write_on(folder, "2026-05-05", {CHARTER: plain(line1="Else.")})
        assert revisions(folder) == 1

    def test_a_mode_is_none(self, folder: Path) -> None:
        """A file that becomes executable says nothing else."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        (folder / CHARTER).chmod(0o755)
        write_on(folder, "2026-02-05")
        assert revisions(folder) == 0

    def test_a_merge_is_none(self, folder: Path) -> None:
        """What branches changed counts once for each change, and bringing them together does not, even by hand."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        run_git(folder, "checkout", "--quiet", "-b", "side")
        write_on(folder, "2026-02-05", {CHARTER: plain(line8="Ben's.")}, by="Ben")
        run_git(folder, "checkout", "--quiet", "main")
        write_on(folder, "2026-02-06", {CHARTER: plain(line1="Ana's.")})
        run_git(folder, "merge", "--quiet", "--no-commit", "side")
        write_on(folder, "2026-02-07", {CHARTER: plain(line1="Ana's.", line8="Both's.")})
        assert len(run_git(folder, "log", "-1", "--format=%P").split()) == 2
        assert revisions(folder) == 2

    def test_a_change_that_was_taken_over_is_one(self, folder: Path) -> None:
        """One change on two branches is one revision; the same change made again later is another."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        run_git(folder, "checkout", "--quiet", "-b", "side")
        change = write_on(folder, "2026-02-05", {CHARTER: plain(line8="Ben's.")}, by="Ben")
        run_git(folder, "checkout", "--quiet", "main")
        write_on(folder, "2026-02-06", {"code.py": "x\n"})
        run_git(folder, "cherry-pick", change)
        run_git(folder, "merge", "--quiet", "-m", "x", "side")
        assert len(the_only(read_history(folder)).versions) == 3
        assert revisions(folder) == 1
        write_on(folder, "2026-03-05", {CHARTER: plain()})
        write_on(folder, "2026-04-05", {CHARTER: plain(line8="Ben's.")}, by="Ben")
        assert revisions(folder) == 3

    def test_renamed_on_one_branch_and_changed_on_another(self, folder: Path) -> None:
        """Git brings the change to the new name, and so it counts; git log --follow may lose it."""
        write_on(folder, "2026-01-05", {"notes.md": plain()})
        run_git(folder, "checkout", "--quiet", "-b", "side")
        write_on(folder, "2026-02-05", {"notes.md": plain(line8="Ben's.")}, by="Ben")
        run_git(folder, "checkout", "--quiet", "main")
        write_on(folder, "2026-02-03", {"notes.md": None, CHARTER: plain()})
        run_git(folder, "merge", "--quiet", "-m", "x", "side")
        assert (folder / CHARTER).read_text() == plain(line8="Ben's.")
        assert revisions(folder) == 1

    def test_a_file_that_a_merge_made(self, folder: Path) -> None:
        """Where neither side had it, the merge made it."""
        write_on(folder, "2026-01-05", {"a": "a\n"})
        run_git(folder, "checkout", "--quiet", "-b", "side")
        write_on(folder, "2026-02-05", {"b": "b\n"})
        run_git(folder, "checkout", "--quiet", "main")
        write_on(folder, "2026-02-06", {"c": "c\n"})
        run_git(folder, "merge", "--quiet", "--no-commit", "side")
        commit = write_on(folder, "2026-02-07", {CHARTER: plain()})
        one = the_only(read_history(folder))
        assert ([version.commit for version in one.versions], one.is_whole) == ([commit], True)

    def test_of_an_alliance_what_asks_for_a_yes(self, folder: Path) -> None:
        """A comment, a promise kept, a yes, another order: no revision. Other words in a promise: one."""
        name = "ana-ben.alliance.yaml"
        write_on(folder, "2026-01-05", {name: ALLIANCE})
        write_on(folder, "2026-01-06", {name: "# Ours.\n" + ALLIANCE})
        write_on(folder, "2026-01-07", {name: ALLIANCE.replace("    repeats:", "    standing: kept\n    repeats:")})
        said = 'ratifications:\n  ana:\n    date: "2026-01-08"\n    digest: "sha256:' + "0" * 64 + '"\n'
        write_on(folder, "2026-01-08", {name: ALLIANCE + said})
        assert revisions(folder) == 0
        write_on(folder, "2026-01-09", {name: ALLIANCE.replace("same day", "next day")})
        assert revisions(folder) == 1
        write_on(folder, "2026-01-10", {name: ALLIANCE.replace("same day", "next day").replace("members:", "members")})
        assert revisions(folder) == 2


class TestWhereItIs:
    def test_a_folder_in_it(self, folder: Path) -> None:
        """A folder of a repository asks about what is in that folder, whatever it was called before."""
        write_on(folder, "2026-01-05", {"notes.md": plain(), "b/team-charter.md": plain(line1="Other.")})
        write_on(folder, "2026-02-05", {"notes.md": None, "a/x/team-charter.md": plain()})
        assert [one.path for one in read_history(folder).agreements] == ["a/x/team-charter.md", "b/team-charter.md"]
        for named in (folder / "a", folder / "a" / "x"):
            one = the_only(read_history(named))
            assert (one.path, len(one.versions)) == ("a/x/team-charter.md", 2)

    def test_a_bare_one(self, folder: Path, tmp_path: Path) -> None:
        """A repository without files beside it has the same history."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write_on(folder, "2026-02-05", {CHARTER: plain(line3="Else.")})
        run_git(tmp_path, "clone", "--quiet", "--bare", "team", "bare.git")
        for place in (tmp_path / "bare.git", folder / ".git"):
            assert read_history(place).agreements == read_history(folder).agreements

    def test_a_second_worktree(self, folder: Path, tmp_path: Path) -> None:
        """A worktree shows the history of what is checked out there."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        run_git(folder, "worktree", "add", "--quiet", "../second", "-b", "second")
        write_on(tmp_path / "second", "2026-02-05", {CHARTER: plain(line3="Else.")})
        assert [len(the_only(read_history(one)).versions) for one in (folder, tmp_path / "second")] == [1, 2]

    def test_only_what_is_committed(self, folder: Path) -> None:
        """Files that are not committed are not read, and nothing in the folder is touched."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write(folder, {CHARTER: "Else.\n", "team-norms.md": "New.\n"})
        before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}
        assert len(the_only(read_history(folder)).versions) == 1
        after = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}
        assert after == before

    def test_objects_of_a_neighbour(self, folder: Path, tmp_path: Path) -> None:
        """A clone that borrows the objects of another is read like any."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        run_git(tmp_path, "clone", "--quiet", "--shared", "team", "shared")
        assert read_history(tmp_path / "shared").agreements == read_history(folder).agreements

    def test_the_environment_of_a_hook(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Within a hook git's variables name another repository; the one that is named is read."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        monkeypatch.setenv("GIT_DIR", str(begun(tmp_path / "other") / ".git"))
        monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
        assert len(read_history(folder).agreements) == 1


class TestWhatIsNotThere:
    def test_no_repository(self, tmp_path: Path) -> None:
        """A folder in no repository, a file, and a name that nothing has are told apart."""
        write(tmp_path, {"file": ""})
        with pytest.raises(UnreadableError, match="it is no git repository, and in none"):
            read_history(tmp_path)
        for name in (tmp_path / "file", tmp_path / "none", "\0", "--help"):
            with pytest.raises(UnreadableError, match="there is no such folder"):
                read_history(name)

    def test_no_commit(self, folder: Path, tmp_path: Path) -> None:
        """A repository that was begun and nothing more has no agreements, and says why."""
        history = read_history(folder)
        assert (history.agreements, history.commit, history.notes) == ((), "", ("there is no commit yet",))
        run_git(tmp_path, "init", "--quiet", "--bare", "bare.git")
        assert read_history(tmp_path / "bare.git").notes == ("there is no commit yet",)

    def test_no_git(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the program git one sentence says so, and a git in the folder one is in is not taken for it."""
        write(folder, {"git": "#!/bin/sh\ntouch ../planted\n"})
        (folder / "git").chmod(0o755)
        monkeypatch.chdir(folder)
        monkeypatch.setenv("PATH", ":.:")
        with pytest.raises(UnreadableError, match="there is no program git on the path"):
            read_history(folder)
        assert not (tmp_path / "planted").exists()

    def test_a_git_that_cannot_be_started(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program of that name which is none is told too."""
        write(tmp_path, {"bin/git": "\x7fELF"})
        (tmp_path / "bin/git").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        with pytest.raises(UnreadableError, match="git cannot be started"):
            read_history(folder)

    def test_somebody_elses(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A repository that git does not trust is told with the command that lets it, and that helps."""
        from alliancekit.living import _git

        write_on(folder, "2026-01-05", {CHARTER: plain()})
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        monkeypatch.setattr(_git, "_KEPT", _git._KEPT | {"GIT_TEST_ASSUME_DIFFERENT_OWNER"})
        with pytest.raises(
            UnreadableError, match=r"belongs to somebody else.*git config --global --add safe.directory"
        ):
            read_history(folder)
        write(folder.parent, {"settings": f"[safe]\n\tdirectory = {folder}\n"})
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(folder.parent / "settings"))
        assert len(read_history(folder).agreements) == 1

    def test_a_broken_one(self, folder: Path) -> None:
        """What else git cannot read is told in its own words, in one line."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write(folder, {".git/config": "[core\n\trepositoryformatversion"})
        with pytest.raises(UnreadableError, match="git cannot read it: bad config"):
            read_history(folder)

    def test_objects_that_are_gone(self, folder: Path) -> None:
        """A repository that lost the tree of its last commit is told."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        tree = run_git(folder, "rev-parse", "HEAD^{tree}").decode().strip()
        (folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
        with pytest.raises(UnreadableError, match="git cannot read it"):
            read_history(folder)

    def test_too_slow(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A git that does not answer is stopped, and that is told."""
        write(tmp_path, {"bin/git": "#!/bin/sh\nexec sleep 600\n"})
        (tmp_path / "bin/git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
        with pytest.raises(UnreadableError, match=r"git took longer than 0\.2 seconds"):
            read_history(folder, timeout=0.2)


class TestWhatIsCut:
    def shallow(self, folder: Path, tmp_path: Path, depth: int) -> Path:
        run_git(tmp_path, "clone", "--quiet", f"--depth={depth}", folder.as_uri(), f"shallow{depth}")
        return tmp_path / f"shallow{depth}"

    def test_a_shallow_clone(self, folder: Path, tmp_path: Path) -> None:
        """What the clone begins with is not taken for what was made then, and its age is a least one."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write_on(folder, "2026-02-05", {CHARTER: plain(line3="Else.")}, by="Ben")
        write_on(folder, "2026-03-05", {"code.py": "x\n"}, by="Cy")
        history = read_history(self.shallow(folder, tmp_path, 1))
        [one] = audit(history, as_of=TODAY).agreements
        assert history.is_shallow
        assert "git fetch --unshallow" in history.notes[0]
        assert (one.is_whole, one.created, str(one.changed)) == (False, None, "2026-03-05")
        assert (one.revisions, one.authors, one.is_one_and_done, one.per_quarter) == (0, 0, None, None)
        assert [reason.value for reason in one.neglect] == ["untouched"]

    def test_a_change_that_the_clone_has(self, folder: Path, tmp_path: Path) -> None:
        """What was changed within a shallow clone is known as such."""
        write_on(folder, "2026-01-05", {CHARTER: plain()})
        write_on(folder, "2026-02-05", {"code.py": "x\n"})
        write_on(folder, "2026-03-05", {CHARTER: plain(line3="Else.")}, by="Ben")
        [one] = audit(read_history(self.shallow(folder, tmp_path, 2)), as_of=TODAY).agreements
        assert (one.is_whole, str(one.changed), one.revisions, one.authors) == (False, "2026-03-05", 1, 1)

    def test_a_shallow_clone_that_has_all_of_it(self, folder: Path, tmp_path: Path) -> None:
        """An agreement that was made within what the clone has is known from its beginning."""
        write_on(folder, "2026-01-05", {"code.py": "x\n"})
        write_on(folder, "2026-02-05", {"code.py": "y\n"})
        write_on(folder, "2026-03-05", {CHARTER: plain()})
        one = the_only(read_history(self.shallow(folder, tmp_path, 2)))
        assert (one.is_whole, [str(version.day) for version in one.versions]) == (True, ["2026-03-05"])

    def test_a_long_history(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of more changes than are read the newest count, and that is told."""
        from alliancekit.living import _history

        for day in range(1, 6):
            write_on(folder, f"2026-01-0{day}", {CHARTER: plain(line3=f"Else {day}.")})
        monkeypatch.setattr(_history, "_MOST_COMMITS", 5)
        assert (read_history(folder).notes, the_only(read_history(folder)).is_whole) == ((), True)
        monkeypatch.setattr(_history, "_MOST_COMMITS", 3)
        history = read_history(folder)
        [one] = audit(history, as_of=TODAY).agreements
        assert (one.is_whole, one.created, str(one.changed)) == (False, None, "2026-01-05")
        assert history.notes == ("there is more history than is read; the newest 3 changes are",)

    def test_more_agreements_than_are_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of more files than are read the first count, and that is told."""
        from alliancekit.living import _history

        write_on(folder, "2026-01-01", {f"{at}-team-charter.md": f"{at}\n" for at in range(4)})
        monkeypatch.setattr(_history, "_MOST_FILES", 3)
        history = read_history(folder)
        assert [one.path[0] for one in history.agreements] == ["0", "1", "2"]
        assert history.notes == ("there are more files than are read; the first 3 agreements are",)

    def test_an_answer_without_end(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of an answer that is larger than anybody needs the beginning is read, and its broken end is not."""
        from alliancekit.living import _git

        for day in range(1, 9):
            write_on(folder, f"2026-01-0{day}", {CHARTER: plain(line3=f"Else {day}.")})
        monkeypatch.setattr(_git, "MOST_OUTPUT", 1_000)
        history = read_history(folder)
        assert 0 < len(the_only(history).versions) < 8
        assert "more history than is read" in history.notes[0]

    def test_many_paths(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many agreements there are, git is asked in parts and answers the same."""
        from alliancekit.living import _touches

        write_on(folder, "2026-01-01", {f"{at}-team-charter.md": plain(line1=f"{at}") for at in range(9)})
        write_on(folder, "2026-02-01", {f"{at}-team-charter.md": plain(line1=f"{at}!") for at in range(0, 9, 2)})
        whole = read_history(folder)
        monkeypatch.setattr(_touches, "_MOST_CHARACTERS", 40)
        assert read_history(folder) == whole
        assert [len(one.versions) for one in whole.agreements] == [2, 1, 2, 1, 2, 1, 2, 1, 2]

    def test_many_contents(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Contents are read in parts; beyond what is read in all each change counts as one."""
        from alliancekit.living import _texts

        for day in range(1, 7):
            write_on(folder, f"2026-01-0{day}", {CHARTER: plain() + " " * day, "team-norms.md": f"{day}\n"})
        whole = read_history(folder)
        monkeypatch.setattr(_texts, "_MOST_AT_ONCE", 100)
        assert read_history(folder) == whole
        assert [one.revisions for one in audit(whole, as_of=TODAY).agreements] == [0, 5]
        monkeypatch.setitem(_texts.read_objects.__kwdefaults__, "most", 0)
        assert [one.revisions for one in audit(read_history(folder), as_of=TODAY).agreements] == [5, 5]

    def test_contents_that_vanish(self, folder: Path) -> None:
        """An object that is gone between two questions is left out, and the others are read."""
        from alliancekit.living import _git, _texts

        write_on(folder, "2026-01-01", {CHARTER: "a\n"})
        blob = run_git(folder, "rev-parse", f"HEAD:{CHARTER}").decode().strip()
        git = _git.open_git(folder, timeout=60)
        assert list(_texts._contents(git, ["0" * 40, blob, "1" * 40])) == [(blob, b"a\n")]

    def test_files_that_are_too_large(self, folder: Path) -> None:
        """An alliance that is larger than any may be is not read; of a large text each change counts."""
        write_on(folder, "2026-01-01", {"big.alliance.yaml": "x" * 1_048_577, CHARTER: "x" * 1_048_577})
        write_on(folder, "2026-02-01", {CHARTER: " " + "x" * 1_048_577})
        history = read_history(folder)
        found = audit(history, as_of=TODAY).agreements
        assert [(one.is_sound, one.revisions) for one in found] == [(True, 1), (False, 0)]
        assert history.notes == ("1 of the files are too large, or missing in this clone, and were not read",)

    def test_dates_that_are_none(self, folder: Path) -> None:
        """A date of git may be any number; the nearest day that there is stands for it."""
        write(folder, {CHARTER: plain()})
        run_git(folder, "add", "--all")
        tree = run_git(folder, "write-tree").decode().strip()
        for date_, day in {
            "99999999999999 +9999": date(9999, 1, 1),
            "18446744073709551615 +0000": None,
            "0 -1400": date(1969, 12, 31),
            "-1 +0000": None,
            "nonsense": None,
        }.items():
            raw = f"tree {tree}\nauthor A <a@b> {date_}\ncommitter A <a@b> {date_}\n\nx\n"
            write(folder.parent, {"raw": raw})
            commit = run_git(folder, "hash-object", "--literally", "-t", "commit", "-w", "../raw").decode().strip()
            run_git(folder, "update-ref", "refs/heads/main", commit)
            found = the_only(read_history(folder)).versions[0].day
            assert found == day or (day is None and date(1969, 1, 1) <= found <= date(9999, 1, 2)), (date_, found)


class TestSecondOpinions:
    def test_git_log_follow(self, folder: Path) -> None:
        """On a line of commits, through renames, git's own following finds the same commits."""
        text = plain(20)
        write_on(folder, "2026-01-01", {"notes.md": text, "other.md": plain(4, line1="Other.")})
        for at in range(2, 9):
            text = text.replace(f"number {at} ", f"number {at}, the new one, ")
            write_on(folder, f"2026-01-0{at}", {"notes.md": text, "code.py": f"{at}\n"})
        write_on(folder, "2026-02-01", {"notes.md": None, "docs/way.md": text + "More.\n"})
        write_on(folder, "2026-02-02", {"docs/way.md": text})
        write_on(folder, "2026-02-03", {"docs/way.md": None, CHARTER: text})
        one = the_only(read_history(folder))
        assert [version.commit for version in reversed(one.versions)] == follow(folder, CHARTER)
        assert len(one.versions) == 11
