"""``import`` and ``gaps``."""

import json
from pathlib import Path

import pytest

from alliancekit import Alliance, Bank, BankTranslation, load, loads
from tests.unit.cli.terminal import ALLIANCE, run, write

AGREEMENT = """\
# How we work

People: Ana Silva, Ben Osei, Cem Aydin

## Ground rules

- We start on time.
- In a conflict we stop, and go on the next day.

<marquee>Old</marquee>
"""

QUESTIONS = """\
[
  {"text": {"en": "What helps you?", "pt": "O que te ajuda?"}, "category": "Help"},
  {"text": {"en": "What is in the way?", "pt": "O que estorva?"}, "category": "Help"}
]
"""


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    return write(tmp_path, "AGREEMENT.md", AGREEMENT)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write(tmp_path, "questions.json", QUESTIONS)


class TestImportAgreement:
    def test_to_the_screen(self, agreement: Path) -> None:
        """Without -o the draft goes to the screen, the report to the error stream, and gaps are exit code 1."""
        said = run("import", agreement, "--as", "alliance")
        draft = loads(said.out, Alliance)
        assert said.code == 1
        assert [one.name for one in draft.members.values()] == ["Ana Silva", "Ben Osei", "Cem Aydin"]
        assert next(iter(draft.ground_rules.values())).text == "We start on time."
        assert said.err.startswith("How we work (how-we-work): team, draft\nhas: members 3, ground rules 2")

    def test_to_a_file(self, agreement: Path, tmp_path: Path) -> None:
        """With -o the draft is in the file, and the report on the screen."""
        path = tmp_path / "ours.alliance.yaml"
        said = run("import", agreement, "--as", "alliance", "-o", path)
        assert (said.code, said.err) == (1, "")
        assert load(path, Alliance).title == "How we work"
        assert said.out.startswith(f"written: {path}\n")
        assert "no-review: nothing says when the alliance itself is looked at again" in said.out

    def test_what_has_no_place_is_named(self, agreement: Path) -> None:
        """What was kept aside stands in the draft and in the report, with its line."""
        said = run("import", agreement, "--as", "alliance")
        assert "<marquee>Old</marquee>" in said.out
        assert "kept word for word, without a place:\n  line 10: <marquee>Old</marquee>" in said.err

    def test_a_gap_comes_with_its_question(self, agreement: Path) -> None:
        """What is missing is said with the question that would bring it."""
        lines = run("import", agreement, "--as", "alliance").err.splitlines()
        place = lines.index("  no-intention: nothing says what the alliance is for")
        assert lines[place + 1] == "    ask: In one sentence, what is this team here to do together?"

    def test_in_json(self, agreement: Path, tmp_path: Path) -> None:
        """The report as JSON has notes, gaps with places, and what was kept."""
        path = tmp_path / "ours.alliance.yaml"
        said = run("import", agreement, "--as", "alliance", "-o", path, "--format", "json")
        plain = json.loads(said.out)
        assert list(plain) == ["written", "notes", "alliance", "has", "missing", "kept"]
        assert plain["written"] == [str(path)]
        assert plain["kept"][0]["line"] == 10
        assert {"rule", "message", "hint", "places", "asks"} == set(plain["missing"][0])

    def test_a_file_that_is_there_stays(self, agreement: Path, tmp_path: Path) -> None:
        """A file that says something else is only replaced with --force."""
        path = write(tmp_path, "ours.alliance.yaml", ALLIANCE)
        said = run("import", agreement, "--as", "alliance", "-o", path)
        assert (said.code, path.read_text()) == (2, ALLIANCE)
        assert "add --force" in said.err
        assert run("import", agreement, "--as", "alliance", "-o", path, "--force").code == 1
        assert load(path, Alliance).id == "how-we-work"

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["nowhere.md", "--as", "alliance"], "nowhere.md"),
            (["nowhere.md"], "--as"),
            (["nowhere.md", "--as", "flow"], "'alliance', 'bank'"),
        ],
    )
    def test_wrong_usage(self, arguments: list[str], words: str) -> None:
        """What is missing or unknown is said in a line: exit code 2."""
        said = run("import", *arguments)
        assert (said.code, said.out) == (2, "")
        assert words in said.err

    def test_the_source_stays(self, questions: Path) -> None:
        """What is imported is never written over, not even with --force."""
        said = run("import", questions, "--as", "bank", "-o", questions, "--force")
        assert (said.code, questions.read_text()) == (2, QUESTIONS)
        assert "give the draft another name" in said.err

    def test_a_name_by_which_nobody_finds_it(self, agreement: Path, tmp_path: Path) -> None:
        """A draft goes into a file that readers know."""
        said = run("import", agreement, "--as", "alliance", "-o", tmp_path / "draft.md")
        assert (said.code, (tmp_path / "draft.md").exists()) == (2, False)
        assert "end its name in .yaml, .yml or .json" in said.err

    def test_a_document_of_ours(self, tmp_path: Path) -> None:
        """What is an alliance already is none to be imported."""
        said = run("import", write(tmp_path, "ours.alliance.yaml", ALLIANCE), "--as", "alliance")
        assert (said.code, said.out) == (2, "")
        assert "is a document of alliancekit already, of the kind 'alliance/1'" in said.err

    @pytest.mark.parametrize("name", ["s.session.json", "s.json", "s.txt"])
    @pytest.mark.parametrize("cut", [0, 1])
    def test_a_session(self, tmp_path: Path, name: str, cut: int) -> None:
        """Of a session, sound or damaged, and whatever it is called, nothing is quoted and no draft is made."""
        text = '{"alliancekit": "session/1", "secret words": "secret words"}'
        said = run("import", write(tmp_path, name, text[: len(text) - cut]), "--as", "alliance")
        assert (said.code, said.out) == (2, "")
        assert "is a session" in said.err
        assert "secret words" not in said.err

    def test_nothing(self, tmp_path: Path) -> None:
        """Of an empty page nothing is made."""
        said = run("import", write(tmp_path, "empty.md", "\n"), "--as", "alliance")
        assert (said.code, said.out) == (2, "")
        assert "there is nothing in it that could be agreed to" in said.err

    def test_no_language(self, agreement: Path) -> None:
        """A tag that is none is refused, and what was meant is named."""
        said = run("import", agreement, "--as", "alliance", "--language", "en_GB")
        assert (said.code, said.out) == (2, "")
        assert "en-GB" in said.err

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        """A file in another encoding is refused with its place."""
        path = tmp_path / "a.md"
        path.write_bytes(b"# Caf\xe9\n")
        said = run("import", path, "--as", "alliance")
        assert (said.code, said.out) == (2, "")
        assert "a.md:1:" in said.err
        assert "UTF-8" in said.err


class TestImportQuestions:
    def test_each_language_has_a_file(self, questions: Path, tmp_path: Path) -> None:
        """The translations go beside the bank, where the library finds them; nothing is missing: exit code 0."""
        said = run("import", questions, "--as", "bank", "-o", tmp_path / "helping.bank.yaml")
        assert (said.code, said.err) == (0, "")
        assert len(load(tmp_path / "helping.bank.yaml", Bank).prompts) == 2
        assert load(tmp_path / "helping.pt.bank.yaml", BankTranslation).language == "pt"
        assert "pt: 2 prompts translated" in said.out

    def test_to_the_screen(self, questions: Path) -> None:
        """To the screen goes the bank alone, and the report says what that leaves out."""
        said = run("import", questions, "--as", "bank")
        assert [one.text for one in loads(said.out, Bank).prompts.values()] == [
            "What helps you?",
            "What is in the way?",
        ]
        assert "pt: 2 prompts translated; only -o writes it, to a file beside the bank" in said.err

    def test_in_json(self, questions: Path, tmp_path: Path) -> None:
        """The report as JSON counts prompts and languages."""
        path = tmp_path / "helping.bank.json"
        said = run("import", questions, "--as", "bank", "-o", path, "--format", "json")
        plain = json.loads(said.out)
        assert (plain["prompts"], plain["languages"], plain["kept"]) == (2, {"pt": 2}, [])
        assert [Path(one).name for one in plain["written"]] == ["helping.bank.json", "helping.pt.bank.json"]
        assert load(path, Bank).id == plain["bank"]

    def test_broken_json(self, tmp_path: Path) -> None:
        """What cannot be read is said with its place: exit code 2."""
        said = run("import", write(tmp_path, "q.json", '["a?",'), "--as", "bank")
        assert (said.code, said.out) == (2, "")
        assert "1:" in said.err


class TestGaps:
    def test_of_an_alliance(self, tmp_path: Path) -> None:
        """What an alliance has and lacks is said, with lines, and nothing is written."""
        path = write(tmp_path, "ana-ben.alliance.yaml", ALLIANCE)
        said = run("gaps", path)
        assert (said.code, said.err, path.read_text()) == (1, "", ALLIANCE)
        assert said.out.startswith("Ana and Ben (ana-ben): one-to-one, active\nhas: intention 1, members 2, ")
        assert "  no-check-in: nothing says when you meet about it (line 2" in said.out

    def test_of_markdown(self, agreement: Path) -> None:
        """An agreement in Markdown is read as import reads it."""
        said = run("gaps", agreement)
        assert said.code == 1
        assert "no-decision-rule: nothing says how the team decides" in said.out
        assert said.out.endswith("1 passage kept aside\n")

    def test_in_json(self, agreement: Path) -> None:
        """As JSON it is the same."""
        plain = json.loads(run("gaps", agreement, "--format", "json").out)
        assert plain["missing"][0]["rule"] == "no-intention"
        assert plain["has"]["ground_rules.conflict"] == 1

    def test_of_something_else(self, tmp_path: Path) -> None:
        """A document of ours that is no alliance is refused, and so is one that is broken: exit code 2."""
        path = write(tmp_path, "b.bank.yaml", "alliancekit: bank/1\nid: b\ntitle: B\n")
        said = run("gaps", path)
        assert (said.code, said.out) == (2, "")
        assert "'alliance/1' is expected here" in said.err
