import json
from pathlib import Path

import pytest

from alliancekit import Alliance, dumps, library, load
from alliancekit.render import to_mermaid
from tests.scripts import make_session, walk
from tests.unit.cli.terminal import ALLIANCE, run, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path, "ana-ben.alliance.yaml", ALLIANCE)


def ratify(path: Path, *members: str) -> None:
    for member in members:
        assert run("ratify", path, "--as", member, "--date", "2026-11-01").code == 0


class TestRatify:
    def test_a_yes_is_written_beside_everything_else(self, path: Path) -> None:
        """The yes is added to the file; each line that was there stays as it was, comments too."""
        said = run("ratify", path, "--as", "ana", "--date", "2026-11-01")
        assert (said.code, said.err) == (0, "")
        assert path.read_text().startswith(ALLIANCE.rstrip("\n"))
        assert list(load(path, Alliance).ratifications) == ["ana"]
        assert "Ana Silva (ana): agreed on 2026-11-01" in said.out

    def test_the_same_yes_again(self, path: Path) -> None:
        """The same yes on the same day changes nothing."""
        ratify(path, "ana")
        before = path.read_bytes()
        ratify(path, "ana")
        assert path.read_bytes() == before

    def test_unsound_files_are_left_alone(self, path: Path) -> None:
        """A file with errors is not ratified: exit code 1, and what is wrong."""
        write(path.parent, path.name, ALLIANCE.replace("to: [ana]", "to: [anna]"))
        before = path.read_bytes()
        said = run("ratify", path, "--as", "ana", "--date", "2026-11-01")
        assert said.code == 1
        assert "unknown-member" in said.err
        assert path.read_bytes() == before

    def test_today(self, path: Path) -> None:
        """``today`` is the day of the clock of the command."""
        assert run("ratify", path, "--as", "ana", "--date", "today").code == 0
        assert "agreed on 2026-11-01" in run("status", path).out

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--as", "anna", "--date", "2026-11-01"], "did you mean 'ana'?"),
            (
                ["--as", "ana", "--date", "2026-02-30"],
                "is no date: there is no day 30; 2026-02 has 28 days; write it like 2026-11-05, or today",
            ),
            (["--as", "ana"], "--date"),
            (["--date", "2026-11-01"], "--as"),
        ],
    )
    def test_wrong_usage(self, path: Path, options: list[str], words: str) -> None:
        """Who and when have to be said, and to be possible: exit code 2."""
        said = run("ratify", path, *options)
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert path.read_text() == ALLIANCE

    def test_a_save_that_fails_leaves_the_old_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the disk is full, the file is what it was, and one line says so."""

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device", str(path))

        monkeypatch.setattr("os.replace", full)
        said = run("ratify", path, "--as", "ana", "--date", "2026-11-01")
        assert said.code == 2
        assert "No space left on device" in said.err
        assert said.err.count("\n") == 1
        assert path.read_text() == ALLIANCE


class TestStatus:
    def test_who_has_not_agreed(self, path: Path) -> None:
        """Exit code 1 while somebody's yes is missing, and what comes next."""
        ratify(path, "ana")
        said = run("status", path)
        assert (said.code, said.err) == (1, "")
        assert "Ben Osei (ben): has not agreed yet" in said.out
        assert "next: " in said.out

    def test_all_have_agreed(self, path: Path) -> None:
        """Exit code 0 when everybody has agreed to what the file says."""
        ratify(path, "ana", "ben")
        assert run("status", path).code == 0

    def test_json(self, path: Path) -> None:
        """``--format json`` gives the same as data."""
        ratify(path, "ana")
        said = run("status", path, "--format", "json")
        assert said.code == 1
        assert json.loads(said.out)["alliance"] == "ana-ben"


class TestRender:
    def test_for_a_member(self, path: Path) -> None:
        """A member reads what is for members; without one, only what is public is shown."""
        ours, public = run("render", path, "--to", "markdown", "--for", "ana"), run("render", path, "--to", "markdown")
        assert (ours.code, public.code) == (0, 0)
        assert ours.out.startswith("# Ana and Ben\n")
        assert "one more meeting" in ours.out
        assert "one more meeting" not in public.out

    def test_into_a_file(self, path: Path) -> None:
        """``-o`` writes it there."""
        target = path.with_name("a.md")
        said = run("render", path, "--to", "markdown", "-o", target)
        assert (said.code, said.out) == (0, "")
        assert target.read_text().startswith("# Ana and Ben\n")

    def test_wrong_usage(self, path: Path) -> None:
        """An unknown form or reader is wrong usage, and an unsound file is not."""
        assert run("render", path, "--to", "pdf").code == 2
        assert run("render", path, "--to", "markdown", "--for", "cem").code == 2
        assert run("render", write(path.parent, "b.yaml", "alliancekit: alliance/1\n"), "--to", "markdown").code == 1


class TestRenderMermaid:
    @pytest.fixture
    def flow(self, tmp_path: Path) -> Path:
        return write(tmp_path, "a.flow.yaml", dumps(library.flow("team")))

    @pytest.fixture
    def session(self, tmp_path: Path) -> Path:
        now = walk(make_session(), ["ana"])
        return write(tmp_path, "a.session.json", dumps(now))

    def test_flow(self, flow: Path) -> None:
        """A flow is drawn on the screen, or into a file."""
        said = run("render", flow, "--to", "mermaid")
        assert (said.code, said.err) == (0, "")
        assert said.out == to_mermaid(library.flow("team"))
        assert run("render", flow, "--to", "mermaid", "-o", flow.with_name("a.mmd")).out == ""
        assert flow.with_name("a.mmd").read_text(encoding="utf-8") == said.out

    def test_session(self, session: Path) -> None:
        """A session is drawn for one member, or as all may know it."""
        ours, public = (
            run("render", session, "--to", "mermaid", "--for", "ana"),
            run("render", session, "--to", "mermaid"),
        )
        assert (ours.code, public.code) == (0, 0)
        assert "as Ana sees it" in ours.out
        assert "as all may know it" in public.out
        assert "submitted" in ours.out
        assert "submitted" not in public.out

    def test_wrong_usage(self, flow: Path, session: Path, path: Path) -> None:
        """Somebody unknown, a member for a flow, and a file of another kind are each told in a sentence."""
        said = run("render", session, "--to", "mermaid", "--for", "anna")
        assert (said.code, said.out) == (2, "")
        assert "did you mean 'ana'?" in said.err
        said = run("render", flow, "--to", "mermaid", "--for", "ana")
        assert (said.code, said.out) == (2, "")
        assert "a flow is the same for everybody" in said.err
        said = run("render", path, "--to", "mermaid")
        assert (said.code, said.out) == (1, "")
        assert "mermaid draws a flow or a session, and this is of the kind 'alliance/1'" in said.err
        assert (
            "markdown shows an alliance, a check-in or a bank, and this is of the kind 'flow/1'"
            in run("render", flow, "--to", "markdown").err
        )

    def test_a_log_that_never_was(self, session: Path) -> None:
        """A session that the engine would not accept again has findings."""
        session.write_text(session.read_text(encoding="utf-8").replace('"by": "ana"', '"by": "zoe"'), encoding="utf-8")
        said = run("render", session, "--to", "mermaid")
        assert (said.code, said.out) == (1, "")
        assert "/requests/0" in said.err or "never accepted" in said.err


BAD = {
    "missing": None,
    "empty": b"",
    "latin": b"alliancekit: alliance/1\ntitle: \xe9\n",
    "broken": b"alliancekit: alliance/1\nid: [a\n",
    "unknown": b"alliancekit: pact/1\n",
    "newer": b"alliancekit: alliance/2\n",
    "keys": ALLIANCE.replace("title:", "titel:").encode(),
    "types": ALLIANCE.replace("kind: one-to-one", "kind: 3").encode(),
    "dates": ALLIANCE.encode() + b"expires: soon\n",
    "a translation": b"alliancekit: bank/1\ntranslates: b\nlanguage: pt\n",
}


@pytest.mark.parametrize("name", [*BAD, "folder"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("status", 2), ("render --to markdown", 1), ("render --to mermaid", 1), ("ratify --as ana --date 2026-11-01", 1)],
)
def test_bad_input(command: str, code: int, name: str, tmp_path: Path) -> None:
    """A file that is no sound alliance ends each command with lines that name it, and without a traceback."""
    path = tmp_path / "a.alliance.yaml"
    if name == "folder":
        path.mkdir()
    elif (data := BAD[name]) is not None:
        path.write_bytes(data)
    said = run(*command.split(), path)
    assert (said.code, said.out) == (code, "")
    assert all(line.startswith(f"alliancekit: {path}") or "hint" in line for line in said.err.splitlines()), said.err
    assert said.err
