"""Banks, and what a member of a session has to answer, on the command line."""

import json
from pathlib import Path

import pytest

from alliancekit import dumps, library
from alliancekit.flow import AskStep, RevealStep
from alliancekit.render import EXPORTS, to_csv, to_form_schema, to_surveyjs
from tests.scripts import do, make_flow, make_session
from tests.unit.cli.terminal import ALLIANCE, run, write

BANK = """\
alliancekit: bank/1
id: walk
title: Walking
extends: [one-to-one]
remove: [worries]
prompts:
  pace: {text: How fast?, answer: {kind: scale}}
"""
SECRET = "the secret of Ben"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return write(tmp_path, "walk.bank.yaml", BANK)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    begun = make_session(
        make_flow(AskStep(id="q", prompts=["why", "tone"], mode="blind"), RevealStep(id="r", of=["q"]))
    )
    return write(tmp_path, "s.session.json", dumps(do(begun, "ben", "answer", "why", SECRET)))


class TestBank:
    @pytest.mark.parametrize("form", EXPORTS)
    def test_formats(self, bank: Path, form: str) -> None:
        """A bank is written whole, with what it builds on, and the same into a file."""
        said = run("render", bank, "--to", form)
        assert (said.code, said.err) == (0, "")
        if form in ("markdown", "json-schema"):
            assert said.out == EXPORTS[form](library.bank(bank), ())
        assert "pace" in said.out
        assert "count-on" in said.out
        assert "worries" not in said.out
        target = bank.with_name("out")
        assert run("render", bank, "--to", form, "-o", target).out == ""
        assert target.read_bytes() == said.out.encode()

    def test_one_at_hand(self) -> None:
        """A bank that has a name and no file is written by its name."""
        team = library.bank("team")
        assert run("render", "team", "--to", "csv").out == to_csv(team, library.translations_of("team"))
        assert json.loads(run("render", "team", "--to", "json-schema").out) == to_form_schema(team)

    def test_languages(self, bank: Path) -> None:
        """Every translation comes along: those of the bank, and those of what it builds on for what is theirs."""
        write(
            bank.parent,
            "walk.ja.bank.yaml",
            "alliancekit: bank/1\ntranslates: walk\nlanguage: ja\nprompts:\n  pace: {text: どのくらい速く?}\n",
        )
        survey = json.loads(run("render", bank, "--to", "surveyjs").out)
        titles = {one["name"]: one["title"] for page in survey["pages"] for one in page["elements"]}
        assert titles["pace"] == {"default": "How fast?", "ja": "どのくらい速く?"}
        (japanese,) = [one for one in library.translations_of("one-to-one") if one.language == "ja"]
        assert titles["count-on"]["ja"] == japanese.prompts["count-on"].text
        assert {"default", "de", "ja", "pt"} == {*titles["count-on"]}

    def test_a_base_in_a_file_of_another_name(self, bank: Path) -> None:
        """What a bank builds on may be called otherwise than its file; its translations are then not found."""
        write(bank.parent, "below.bank.yaml", "alliancekit: bank/1\nid: other\ntitle: O\nprompts: {q: {text: Why?}}\n")
        write(bank.parent, bank.name, BANK.replace("one-to-one", "below").replace("remove: [worries]\n", ""))
        said = run("render", bank, "--to", "csv")
        assert (said.code, said.out.splitlines()[1:]) == (0, ['"q","Why?","",""', '"pace","How fast?","scale","5"'])

    def test_one_language(self, bank: Path) -> None:
        """``--language`` writes a bank in that language alone."""
        said = run("render", "team", "--to", "csv", "--language", "pt-BR")
        assert said.out == to_csv(library.bank("team", language="pt"))
        said = run("render", bank, "--to", "csv", "--language", "pt_BR")
        assert (said.code, said.out) == (2, "")
        assert "write pt-BR" in said.err

    def test_a_translation_with_findings(self, bank: Path) -> None:
        """A translation that cannot be read is told, and not left out."""
        write(bank.parent, "walk.ja.bank.yaml", "alliancekit: bank/1\ntranslates: walk\nlanguage: ja\nprompt: {}\n")
        said = run("render", bank, "--to", "csv")
        assert (said.code, said.out) == (1, "")
        assert "did you mean 'prompts'?" in said.err

    def test_a_name_of_a_pack(self) -> None:
        """What is called like a bank of a pack is looked for among the packs."""
        said = run("render", "no-pack:team", "--to", "csv")
        assert (said.code, said.out) == (2, "")
        assert "no pack is named 'no-pack'" in said.err

    def test_a_base_that_there_is_not(self, bank: Path) -> None:
        """A bank that builds on an unknown one, or on itself, has a finding."""
        write(bank.parent, bank.name, BANK.replace("one-to-one", "one-to-on"))
        said = run("render", bank, "--to", "csv")
        assert (said.code, said.out) == (1, "")
        assert "did you mean 'one-to-one'?" in said.err
        write(bank.parent, bank.name, BANK.replace("one-to-one", "walk"))
        said = run("render", bank, "--to", "csv")
        assert (said.code, said.out) == (1, "")
        assert "walk → walk" in said.err

    def test_wrong_usage(self, bank: Path) -> None:
        """A bank has no reader and is about no alliance."""
        said = run("render", bank, "--to", "csv", "--for", "ana")
        assert (said.code, said.out) == (2, "")
        assert "a bank is the same for everybody" in said.err
        assert run("render", bank, "--to", "markdown", "--alliance", bank).code == 2


class TestSession:
    def test_a_form(self, session: Path) -> None:
        """What a member has to answer now is a form, and holds nothing of what others keep until the reveal."""
        ours = run("render", session, "--to", "surveyjs", "--for", "ana")
        assert (ours.code, ours.err) == (0, "")
        assert json.loads(ours.out) == to_surveyjs(
            make_session(make_flow(AskStep(id="q", prompts=["why", "tone"]))).view("ana")
        )
        schema = run("render", session, "--to", "json-schema", "--for", "ben")
        assert [*json.loads(schema.out)["properties"]] == ["tone", "tone_works"]
        assert SECRET not in ours.out + schema.out

    def test_wrong_usage(self, session: Path) -> None:
        """A form is for one member, who takes part; tables and pages are for banks."""
        said = run("render", session, "--to", "surveyjs")
        assert (said.code, said.out) == (2, "")
        assert "say who with --for" in said.err
        said = run("render", session, "--to", "json-schema", "--for", "anna")
        assert (said.code, said.out) == (2, "")
        assert "did you mean 'ana'?" in said.err
        for form, words in (("csv", "csv is for a bank, and this"), ("markdown", "markdown shows an alliance")):
            said = run("render", session, "--to", form, "--for", "ana")
            assert (said.code, said.out) == (1, "")
            assert words in said.err

    def test_a_log_that_never_was(self, session: Path) -> None:
        """A session that the engine would not accept again has findings, which quote nothing."""
        session.write_text(session.read_text(encoding="utf-8").replace('"by": "ben"', '"by": "zoe"'), encoding="utf-8")
        said = run("render", session, "--to", "surveyjs", "--for", "ana")
        assert (said.code, said.out) == (1, "")
        assert SECRET not in said.err


def test_other_kinds(tmp_path: Path) -> None:
    """An alliance is no form, and a translation is no bank."""
    alliance = write(tmp_path, "a.alliance.yaml", ALLIANCE)
    said = run("render", alliance, "--to", "markdown", "--language", "ja")
    assert (said.code, said.out) == (2, "")
    assert "--language goes with a bank" in said.err
    said = run("render", alliance, "--to", "surveyjs")
    assert (said.code, said.out) == (1, "")
    assert "surveyjs is for a bank, or for a session of one member, and this is of the kind 'alliance/1'" in said.err
    translation = "alliancekit: bank/1\ntranslates: walk\nlanguage: ja\n"
    said = run("render", write(tmp_path, "walk.ja.bank.yaml", translation), "--to", "csv")
    assert (said.code, said.out) == (1, "")
    assert "of the kind 'bank/1', a translation" in said.err
