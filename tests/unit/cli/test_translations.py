"""``banks coverage``, ``banks stamp``, and ``guide --language``."""

import json
from pathlib import Path

import pytest

from alliancekit import Alliance, Session, library, load
from tests.unit.cli.terminal import ALLIANCE, BANK, FLOW, flow, run, write
from tests.unit.cli.test_guide import ANSWERS

PORTUGUESE = """\
alliancekit: bank/1
translates: short
language: pt
title: Poucas perguntas
prompts:
  # As Ana says it.
  worries:
    text: O que te preocupa?
  why:
    text: Porque fazes isto?
    why: Ajuda num dia mau.
  tone:
    text: Que tom?
    options:
      direct: Direto
      warm: Caloroso
    follow_ups:
      - id: works
        text: O que resulta?
"""
STEPS = """\
alliancekit: flow/1
translates: short
language: pt
title: Um percurso breve
steps:
  welcome:
    text: Sejam francos.
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a flow and its bank, both in Portuguese too."""
    monkeypatch.chdir(tmp_path)
    flow(tmp_path)
    write(tmp_path, "short.pt.bank.yaml", PORTUGUESE)
    write(tmp_path, "short.pt.flow.yaml", STEPS)
    write(tmp_path, "a.answers.yaml", ANSWERS)
    return tmp_path


class TestCoverage:
    def test_what_is_built_in(self) -> None:
        """Of all that is built in, everything is there in Japanese."""
        said = run("banks", "coverage", "--language", "ja")
        assert (said.code, said.err) == (0, "")
        names = library.bank_names()
        assert len(said.out.splitlines()) == 2 * len(names)
        assert "bank team in ja: 16/16 prompts, 5/5 titles, 16/16 reasons, 5/5 options, 6/6 follow-ups\n" in said.out

    def test_every_language(self) -> None:
        """Without a language each is shown in every language that there is."""
        said = run("banks", "coverage", "team")
        heads = [line.split(":")[0] for line in said.out.splitlines()]
        assert heads == [f"{kind} team in {tag}" for kind in ("bank", "flow") for tag in ("de", "ja", "pt")]

    def test_gaps(self, here: Path) -> None:
        """What is missing and not stamped is told, and the exit code is 1."""
        said = run("banks", "coverage", "short.bank.yaml", "short.flow.yaml", "--language", "pt-BR")
        assert (said.code, said.err) == (1, "")
        assert said.out == (
            "bank short in pt-BR (read in pt): 0/12 prompts, 1/1 titles, 1/1 reasons, 2/4 options, 0/2 ends of scales, "
            "0/1 units, 1/1 follow-ups\n"
            "  4 entries say not what was translated, so nobody sees when it changes: title, worries, why and tone "
            "(alliancekit banks stamp FILE writes it, as `source`) [stale-translation]\n"
            "  the prompts aim, give, ask, rhythm, meet and 4 more are not translated [missing-translation]\n"
            "flow short in pt-BR (read in pt): 0/1 steps, 1/1 titles\n"
            "  2 entries say not what was translated, so nobody sees when it changes: title and welcome "
            "(alliancekit banks stamp FILE writes it, as `source`) [stale-translation]\n"
        )

    def test_json(self, here: Path) -> None:
        """As JSON, with what is documented."""
        run("banks", "stamp", "short.pt.flow.yaml")
        said = run("banks", "coverage", "./short.flow.yaml", "./short.bank.yaml", "--format", "json")
        found = json.loads(said.out)
        assert (said.code, found["is_complete"]) == (1, False)
        assert found["coverage"][0] == {
            "kind": "flow",
            "name": "short",
            "language": "pt",
            "from": ["pt"],
            "is_complete": True,
            "total": 1,
            "complete": 1,
            "missing": [],
            "stale": [],
            "unstamped": [],
            "texts": {"titles": {"done": 1, "total": 1}, "texts": {"done": 1, "total": 1}},
            "findings": [],
        }
        bank = found["coverage"][1]
        assert (bank["complete"], bank["unstamped"]) == (0, ["worries", "why", "tone"])
        assert bank["findings"][1]["rule"] == "missing-translation"

    def test_no_translation(self, here: Path) -> None:
        """A bank without any says so, and is not incomplete."""
        write(here, "other.bank.yaml", BANK.replace("id: short", "id: other"))
        said = run("banks", "coverage", "other.bank.yaml")
        assert (said.code, said.out) == (0, "there are no translations\n")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["taem"], "no bank or flow is named 'taem'; did you mean 'team'?"),
            (["team", "--language", "ja_JP"], "'ja_JP' is no language tag (BCP 47); write ja-JP"),
            (["./none.bank.yaml"], "there is no such file"),
        ],
    )
    def test_wrong_usage(self, here: Path, arguments: list[str], told: str) -> None:
        """An unknown name, a language that is none and a missing file are wrong usage: 2."""
        said = run("banks", "coverage", *arguments)
        assert (said.code, said.out) == (2, "")
        assert told in said.err

    def test_a_file_with_findings(self, here: Path) -> None:
        """A translation that is not sound is a finding: 1."""
        write(here, "short.pt.bank.yaml", PORTUGUESE.replace("prompts:", "promts:"))
        said = run("banks", "coverage", "short.bank.yaml")
        assert (said.code, said.out) == (1, "")
        assert "did you mean 'prompts'?" in said.err


class TestStamp:
    def test_files(self, here: Path) -> None:
        """Banks and flows are stamped, and it is said what was."""
        said = run("banks", "stamp", "short.pt.bank.yaml", "short.pt.flow.yaml")
        assert (said.code, said.err) == (0, "")
        assert said.out == (
            "short.pt.bank.yaml:\n  stamped: title, worries, why, tone\nshort.pt.flow.yaml:\n  stamped: title, welcome\n"
        )
        assert "  # As Ana says it.\n" in (here / "short.pt.bank.yaml").read_text()
        assert run("banks", "stamp", "short.pt.bank.yaml").out == "short.pt.bank.yaml: all is stamped\n"

    def test_check(self, here: Path) -> None:
        """``--check`` writes nothing, says what it would, and its exit code says whether there is something."""
        said = run("banks", "stamp", "--check", "short.pt.bank.yaml")
        assert (said.code, said.out) == (1, "short.pt.bank.yaml:\n  not stamped: title, worries, why, tone\n")
        assert (here / "short.pt.bank.yaml").read_text() == PORTUGUESE
        run("banks", "stamp", "short.pt.bank.yaml")
        assert run("banks", "stamp", "--check", "short.pt.bank.yaml").code == 0

    def test_what_changed(self, here: Path) -> None:
        """What was changed since is named; with ``--only`` the rest stays stale."""
        run("banks", "stamp", "short.pt.bank.yaml")
        newer = BANK.replace("What worries you?", "What would worry you?").replace("Warm", "Cosy")
        write(here, "short.bank.yaml", newer)
        said = run("banks", "stamp", "--check", "short.pt.bank.yaml")
        assert (said.code, said.out) == (1, "short.pt.bank.yaml:\n  changed since it was translated: worries, tone\n")
        said = run("banks", "stamp", "--only", "tone", "short.pt.bank.yaml")
        assert (said.code, said.out) == (0, "short.pt.bank.yaml:\n  changed since and stamped again: tone\n")
        found = run("banks", "coverage", "short.bank.yaml")
        assert "the prompt worries was changed after it was translated" in found.out

    def test_what_translates_nothing(self, here: Path) -> None:
        """An entry whose prompt there is not cannot be stamped: 1."""
        write(here, "short.pt.bank.yaml", PORTUGUESE.replace("  why:\n", "  wherefore:\n"))
        said = run("banks", "stamp", "short.pt.bank.yaml")
        assert said.code == 1
        assert "  translates nothing: wherefore\n" in said.out

    @pytest.mark.parametrize(
        ("name", "told", "code"),
        [
            ("short.bank.yaml", "short.bank.yaml is no translation: its kind is bank", 2),
            ("none.pt.bank.yaml", "there is no such file", 2),
            ("lost.pt.bank.yaml", "lost.pt.bank.yaml: no bank is named 'lost'", 2),
            ("bad.pt.bank.yaml", "did you mean 'prompts'?", 1),
        ],
    )
    def test_what_cannot_be_stamped(self, here: Path, name: str, told: str, code: int) -> None:
        """What is no translation, or of nothing, is told, and the other files are stamped all the same."""
        write(here, "lost.pt.bank.yaml", PORTUGUESE.replace("translates: short", "translates: lost"))
        write(here, "bad.pt.bank.yaml", PORTUGUESE.replace("prompts:", "promts:"))
        said = run("banks", "stamp", name, "short.pt.bank.yaml")
        assert said.code == code
        assert told in said.err
        assert "short.pt.bank.yaml:\n  stamped" in said.out

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("short.ja_JP.bank.yaml", "short.pt.bank.yaml"),
            ("pt.yaml", "short.pt.bank.yaml"),
            ("short.PT.bank.yaml", ""),
        ],
    )
    def test_a_name_that_nobody_finds(self, here: Path, name: str, meant: str) -> None:
        """A file whose name does not say its language is stamped, and it is said what to call it."""
        write(here, name, PORTUGUESE)
        said = run("banks", "stamp", name)
        assert said.code == 0
        assert ("finds it by this name; call it " in said.out) == bool(meant)
        assert meant in said.out

    def test_what_is_built_in(self, here: Path) -> None:
        """A translation of what is built in is stamped wherever it lies."""
        other = PORTUGUESE.replace("translates: short", "translates: team")
        write(here, "team.pt.bank.yaml", other)
        said = run("banks", "stamp", "--only", "title", "team.pt.bank.yaml")
        assert (said.code, said.out) == (0, "team.pt.bank.yaml:\n  stamped: title\n")

    def test_an_unknown_id(self, here: Path) -> None:
        """``--only`` with what the file has not is wrong usage."""
        said = run("banks", "stamp", "--only", "worry", "short.pt.bank.yaml")
        assert said.code == 2
        assert "did you mean 'worries'?" in said.err


class TestGuide:
    def test_a_language(self, here: Path) -> None:
        """The flow and its bank are played in the language, which the session and the alliance record."""
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml", "--language", "pt-br")
        assert (said.code, said.err) == (0, "")
        session = load("ana-ben.session.json", Session)
        assert session.plan.prompts["why"].text == "Porque fazes isto?"
        assert session.plan.flow.title == "Um percurso breve"
        assert session.language == load("ana-ben.alliance.yaml", Alliance).language == "pt-BR"
        # What nobody has translated is asked as it was written.
        assert session.plan.prompts["aim"].text == "What is it for?"

    def test_in_the_terminal(self, here: Path) -> None:
        """What is asked is in that language, and what the terminal itself says is English."""
        typed = "Ana\nBen\n\nsim\n:save\n"
        said = run("guide", "./short.flow.yaml", "--language", "pt", "--as", "ana", typed=typed)
        assert "Um percurso breve" in said.out
        assert "Sejam francos." in said.out
        assert "O que te preocupa?" in said.out
        assert "Who makes this alliance?" in said.out

    def test_it_goes_on_in_that_language(self, here: Path) -> None:
        """A session that is resumed keeps its texts, even when the translations are gone."""
        run("guide", "./short.flow.yaml", "--language", "pt", "--as", "ana", typed="Ana\nBen\n\n:save\n")
        (here / "short.pt.bank.yaml").unlink()
        saved = next(here.glob("*.session.json"))
        said = run("guide", "short", "--resume", saved, "--as", "ben", typed=":save\n")
        assert "O que te preocupa?" in said.out
        again = run("guide", "short", "--resume", saved, "--language", "pt")
        assert (again.code, again.out) == (2, "")
        assert "--language and --resume exclude each other" in again.err

    def test_in_the_language_of_the_alliance(self, here: Path) -> None:
        """What is about an alliance is asked in its language, where that is there, and leaves it as it is."""
        written = (
            ALLIANCE.replace("title:", "language: pt-BR\ntitle:").replace("Ana Silva", "Ana").replace("Ben Osei", "Ben")
        )
        write(here, "ana-ben.alliance.yaml", written)
        said = run("guide", "check-in", "--alliance", "ana-ben.alliance.yaml", typed="\n:save\n")
        assert library.flow("check-in", language="pt").title in said.out
        session = load(next(here.glob("*.session.json")), Session)
        assert (session.language, session.plan.flow.language) == ("pt-BR", "pt")
        assert session.before is not None
        asked = run(
            "guide", "check-in", "--alliance", "ana-ben.alliance.yaml", "--language", "de", "--force", typed=":save\n"
        )
        assert library.flow("check-in", language="de").title in asked.out
        assert load(next(here.glob("*.session.json")), Session).language == "pt-BR"

    @pytest.mark.parametrize(
        ("tag", "told"),
        [
            ("fr", "the flow short and its bank are not translated into fr; they are there in en and pt"),
            ("ja_JP", "'ja_JP' is no language tag (BCP 47); write ja-JP"),
        ],
    )
    def test_a_language_that_there_is_not(self, here: Path, tag: str, told: str) -> None:
        """A language in which there is nothing is refused before anybody types a name."""
        said = run("guide", "./short.flow.yaml", "--language", tag)
        assert (said.code, said.out) == (2, "")
        assert told in said.err

    def test_a_flow_that_says_no_language(self, here: Path) -> None:
        """Where nobody says which language a flow is in, none is refused."""
        write(here, "short.flow.yaml", FLOW.replace("language: en\n", ""))
        write(here, "short.bank.yaml", BANK.replace("language: en\n", ""))
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml", "--language", "fr")
        assert said.code == 0
        assert load("ana-ben.session.json", Session).language == "fr"
