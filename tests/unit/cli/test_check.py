import io
import json
import sys
from pathlib import Path

import pytest

from alliancekit.check import RULES
from alliancekit.cli import main
from alliancekit.limits import SESSION_LIMITS
from tests.unit.cli.terminal import ALLIANCE, run, write

LINE = ALLIANCE.splitlines().index("    to: [ana]") + 1
BROKEN = ALLIANCE.replace("to: [ana]", "to: [anna]")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = write(tmp_path, "sound.alliance.yaml", ALLIANCE)
    for member in ("ana", "ben"):
        assert run("ratify", path, "--as", member, "--date", "2026-11-01").code == 0
    return path


class TestCheck:
    def test_nothing_is_wrong(self, sound: Path) -> None:
        """Exit code 0 where nothing reaches the level at which it fails."""
        said = run("check", sound)
        assert (said.code, said.err) == (0, "")
        assert "1 file checked" in said.out

    def test_warnings_fail_when_asked_to(self, sound: Path) -> None:
        """``--fail-on`` says from which severity on the exit code is 1."""
        write(
            sound.parent, "sound.alliance.yaml", sound.read_text().replace("text: Say it the", "text: Soon say it the")
        )
        broken = run("check", sound)
        assert run("check", sound, "--fail-on", "never").code == 0
        assert run("check", sound, "--fail-on", "warning").code == 1
        assert "stale-ratification" in broken.out

    def test_a_finding_has_its_line_and_a_hint(self, tmp_path: Path) -> None:
        """Exit code 1, and each finding with its place, the line, and what was meant."""
        path = write(tmp_path, "a.alliance.yaml", BROKEN)
        said = run("check", path)
        assert (said.code, said.err) == (1, "")
        assert f"{path}:{LINE}:10: error[unknown-member] no member is named 'anna'" in said.out
        assert "did you mean 'ana'?" in said.out

    def test_json(self, tmp_path: Path) -> None:
        """``--format json`` gives the same findings, and the same exit code."""
        said = run("check", write(tmp_path, "a.alliance.yaml", BROKEN), "--format", "json")
        assert said.code == 1
        assert "unknown-member" in {one["rule"] for one in json.loads(said.out)["findings"]}

    def test_a_format_may_go_to_a_file(self, tmp_path: Path) -> None:
        """``FORMAT:FILE`` writes there, and several formats come out of one run."""
        target = tmp_path / "report.json"
        said = run(
            "check", write(tmp_path, "a.alliance.yaml", BROKEN), "--format", f"json:{target}", "--format", "text"
        )
        assert said.code == 1
        assert "error[unknown-member]" in said.out
        assert json.loads(target.read_text())["findings"]

    def test_the_standard_input(self) -> None:
        """``-`` reads the standard input, under the name that it is given."""
        said = run("check", "-", "--stdin-filename", "mine.yaml", typed=BROKEN)
        assert said.code == 1
        assert f"mine.yaml:{LINE}:10: error[unknown-member]" in said.out

    def test_a_standard_input_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No more of it is read than says that it is too large."""
        asked: list[int] = []

        class Endless(io.RawIOBase):
            def read(self, size: int = -1, /) -> bytes:
                asked.append(size)
                return b"#" * size

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Endless()))  # type: ignore[type-var]
        assert main(["check", "-", "--format", "json"]) == 1
        assert asked == [SESSION_LIMITS.file_bytes + 1]

    def test_a_folder_without_documents(self, tmp_path: Path) -> None:
        """Nothing is wrong there, and the error stream says what a document is called."""
        (tmp_path / "notes.yaml").write_text("a: 1\n")
        said = run("check", tmp_path)
        assert (said.out, said.code) == ("0 files checked: nothing found\n", 0)
        assert "no document was found: their names end in .alliance.yaml, " in " ".join(said.err.split())

    def test_the_folder_one_is_in(self, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a path, the documents of the folder one is in are checked."""
        monkeypatch.chdir(sound.parent)
        said = run("check")
        assert said.code == 0
        assert "1 file checked" in said.out

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            (b"", "syntax"),
            (b"alliancekit: alliance/1\nid: \xff\xfe\n", "encoding"),
            (b"alliancekit: alliance/1\nid: [a\n", "syntax"),
            (b"alliancekit: pact/1\n", "unknown-document"),
            (b"alliancekit: alliance/9\n", "unsupported-version"),
            (ALLIANCE.replace("title:", "titel:").encode(), "unknown-field"),
            (ALLIANCE.replace("kind: one-to-one", "kind: 3").encode(), "wrong-type"),
            (ALLIANCE.replace("kind: one-to-one", "kind: pair").encode(), "wrong-value"),
            (ALLIANCE.encode() + b'expires: "2026-02-30"\n', "bad-date"),
        ],
    )
    def test_bad_input(self, text: bytes, rule: str, tmp_path: Path) -> None:
        """Whatever is in a file is a finding with its place and exit code 1."""
        path = write(tmp_path, "a.alliance.yaml", text)
        said = run("check", path)
        assert (said.code, said.err) == (1, "")
        assert f"error[{rule}]" in said.out
        assert f"{path}:" in said.out

    def test_broken_json(self, tmp_path: Path) -> None:
        """Broken JSON is a finding too."""
        said = run("check", write(tmp_path, "a.alliance.json", '{"alliancekit": "alliance/1",'))
        assert said.code == 1
        assert "error[syntax]" in said.out

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """A path that leads nowhere is a finding, and the others are still checked."""
        said = run("check", tmp_path / "none.alliance.yaml", write(tmp_path, "a.alliance.yaml", BROKEN))
        assert said.code == 1
        assert "error[unreadable]" in said.out
        assert "error[unknown-member]" in said.out


class TestExplain:
    def test_a_rule(self) -> None:
        """It says why the rule exists, with an example that breaks it and one that does not."""
        said = run("explain", "unknown-member")
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("unknown-member (References; error)\n")
        assert said.out.count("flag-slips:") == 2


def test_explain_lists_all() -> None:
    """Without a rule, every rule is listed with how bad it is."""
    lines = run("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    assert any(line.endswith("Alliance: warning; error once active") for line in lines)
