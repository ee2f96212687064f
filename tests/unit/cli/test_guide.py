import json
import stat
from pathlib import Path

import pytest

from alliancekit import Alliance, Session, load
from tests.unit.cli.terminal import ALLIANCE, asking, flow, run, write

SECRET = "PLANTEDSECRET"
ANSWERS = f"""\
alliancekit: answers/1
flow: short
alliance: ana-ben
title: Ana and Ben
at: "2026-11-01T09:00:00Z"
members:
  ana:
    name: Ana
  ben:
    name: Ben
requests:
  - by: ana
    answer: worries
    value:
      - text: {SECRET}
  - by: ana
    answer: why
    value: For the long run.
  - by: ben
    pass: worries
  - by: ben
    answer: why
    value: For fun.
  - by: ana
    answer: aim
    value: Ship it.
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    flow(tmp_path)
    write(tmp_path, "a.answers.yaml", ANSWERS)
    return tmp_path


def play(*more: str) -> object:
    return run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml", *more)


class TestAnswers:
    def test_a_script_leaves_a_session_and_an_alliance(self, here: Path) -> None:
        """The script is played to its end: exit code 0, and both files are there."""
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        assert (said.code, said.err) == (0, "")
        assert load("ana-ben.alliance.yaml", Alliance).status == "active"
        assert load("ana-ben.session.json", Session).is_done
        assert "ana-ben.alliance.yaml: the alliance, ratified by Ana and Ben" in said.out

    def test_the_session_is_for_its_owner_only(self, here: Path) -> None:
        """The session file, which holds private answers, can be read by nobody else."""
        play()
        assert stat.S_IMODE((here / "ana-ben.session.json").stat().st_mode) == 0o600

    def test_what_is_private_stays_in_the_session(self, here: Path) -> None:
        """A private answer is in the session, and in nothing that any other command says or writes."""
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        assert SECRET in (here / "ana-ben.session.json").read_text()
        others = [run("check", "."), run("status", "ana-ben.alliance.yaml")]
        others += [run("render", "ana-ben.alliance.yaml", "--to", "markdown", "--for", who) for who in ("ana", "ben")]
        others += [run("render", "ana-ben.session.json", "--to", "markdown"), run("status", "ana-ben.session.json")]
        assert SECRET not in (here / "ana-ben.alliance.yaml").read_text()
        assert [one for one in (said, *others) if SECRET in one.out + one.err] == []

    def test_where_it_goes(self, here: Path) -> None:
        """``-o`` names the alliance, the session lies beside it, and ``.json`` makes it JSON."""
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml", "-o", "ours.alliance.json")
        assert said.code == 0
        assert json.loads(Path("ours.alliance.json").read_text())["id"] == "ana-ben"
        assert Path("ours.session.json").exists()

    def test_the_same_again(self, here: Path) -> None:
        """To play it again writes the same, and is no conflict."""
        play()
        before = (here / "ana-ben.alliance.yaml").read_bytes()
        assert run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml").code == 0
        assert (here / "ana-ben.alliance.yaml").read_bytes() == before

    def test_what_is_there_is_not_overwritten(self, here: Path) -> None:
        """A file that says something else is left alone, with exit code 2, unless ``--force``."""
        write(here, "ana-ben.alliance.yaml", "mine")
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        assert said.code == 2
        assert "ana-ben.alliance.yaml is there already and says something else" in said.err
        assert Path("ana-ben.alliance.yaml").read_text() == "mine"
        assert not Path("ana-ben.session.json").exists()
        assert run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml", "--force").code == 0
        assert Path("ana-ben.alliance.yaml").read_text() != "mine"

    def test_a_session_of_a_flow_file_needs_no_file(self, here: Path) -> None:
        """What the unfinished run says to type works, though no built-in flow has that name."""
        write(here, "a.answers.yaml", ANSWERS[: ANSWERS.index("  - by: ben\n    pass")])
        run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        (here / "short.flow.yaml").unlink()
        said = run("guide", "short", "--resume", "ana-ben.session.json", "--as", "ana")
        assert said.code == 1
        assert "not finished; Ben can go on" in said.out

    def test_nobody_answers_in_vain(self, here: Path) -> None:
        """An alliance that is there already is said once the names are known, and not after the last question."""
        write(here, "ana-ben.alliance.yaml", "mine")
        said = run("guide", "./short.flow.yaml", typed="Ana\nBen\n\n")
        assert said.code == 2
        assert "ana-ben.alliance.yaml is there already" in said.err
        assert not Path("ana-ben.session.json").exists()

    def test_an_unfinished_script(self, here: Path) -> None:
        """Where somebody said nothing, the session is saved and not finished: exit code 1, and how to go on."""
        write(here, "a.answers.yaml", ANSWERS[: ANSWERS.index("  - by: ben\n    pass")])
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        assert said.code == 1
        assert "not finished; Ben can go on:\n  alliancekit guide short --resume ana-ben.session.json" in said.out
        assert not Path("ana-ben.alliance.yaml").exists()

    def test_a_request_that_does_not_fit(self, here: Path) -> None:
        """What does not fit is said with its place in the file, without the answer, and nothing is written."""
        write(here, "a.answers.yaml", ANSWERS.replace("      - text: " + SECRET, f"      - known_by: {SECRET}"))
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        line = ANSWERS[: ANSWERS.index("  - by: ana")].count("\n") + 1
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"alliancekit: a.answers.yaml:{line}:")
        assert SECRET not in said.err
        assert not Path("ana-ben.session.json").exists()

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (("answer: why", "answer: wy"), "did you mean 'why'?"),
            (("by: ben", "by: bem"), "bem"),
            (("at: ", "att: "), "did you mean 'at'?"),
            (("answers/1", "alliance/1"), "a.answers.yaml:1"),
            (("requests:", "requests: ["), "syntax"),
        ],
    )
    def test_bad_scripts(self, here: Path, change: tuple[str, str], words: str) -> None:
        """What is wrong with a script is said with its place: exit code 2."""
        write(here, "a.answers.yaml", ANSWERS.replace(*change))
        said = run("guide", "./short.flow.yaml", "--answers", "a.answers.yaml")
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert "a.answers.yaml" in said.err


class TestResume:
    def test_another_flow(self, here: Path) -> None:
        """A session is resumed with the flow that it is of."""
        play()
        said = run("guide", "team", "--resume", "ana-ben.session.json")
        assert said.code == 2
        assert "is a session of the flow 'short', and not of 'team'" in said.err

    def test_a_stranger(self, here: Path) -> None:
        """Only who takes part can take a turn."""
        play()
        said = run("guide", "./short.flow.yaml", "--resume", "ana-ben.session.json", "--as", "bem")
        assert said.code == 2
        assert "did you mean 'ben'?" in said.err

    def test_one_that_is_done(self, here: Path) -> None:
        """Nothing is asked where everything is done, and the alliance is there again."""
        play()
        Path("ana-ben.alliance.yaml").unlink()
        said = run("guide", "./short.flow.yaml", "--resume", "ana-ben.session.json")
        assert said.code == 0
        assert Path("ana-ben.alliance.yaml").exists()

    @pytest.mark.parametrize("text", ["", "{", '{"alliancekit": "bank/1"}', None])
    def test_no_session(self, here: Path, text: str | None) -> None:
        """What is no session is said in lines that name the file: exit code 2."""
        if text is not None:
            write(here, "s.session.json", text)
        said = run("guide", "./short.flow.yaml", "--resume", "s.session.json")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("alliancekit: s.session.json")


class TestFlow:
    def test_a_flow_whose_bank_is_not_there(self, here: Path) -> None:
        """A bank that the flow names is looked for beside it, and missed by name."""
        Path("short.bank.yaml").unlink()
        said = run("guide", "./short.flow.yaml")
        assert said.code == 2
        assert "no bank is named 'short'" in said.err

    def test_a_flow_with_findings(self, here: Path) -> None:
        """A flow that cannot be run is refused before anybody is asked."""
        text = Path("short.flow.yaml").read_text().replace("of: [opening]", "of: [openin]")
        write(here, "short.flow.yaml", text)
        said = run("guide", "./short.flow.yaml", typed="Ana\nBen\n\n")
        assert said.code == 2
        assert "openin" in said.err
        assert not list(here.glob("*.session.json"))

    def test_a_script_for_another_flow(self, here: Path) -> None:
        """A script names its flow, and is played through no other."""
        said = run("guide", "one-to-one", "--answers", "a.answers.yaml")
        assert (said.code, said.out) == (2, "")
        assert "a.answers.yaml is a script for the flow 'short', and not for 'one-to-one'" in said.err


class TestRoles:
    """A flow that needs roles is told who has them, behind the names or when it asks."""

    @pytest.fixture(autouse=True)
    def needy(self, here: Path) -> None:
        steps = asking("why", "day").replace("ask: day\n", "ask: day\n    who: note-taker\n")
        write(here, "short.flow.yaml", steps.replace("one-to-one", "team") + "    once: facilitator\n")

    def begin(self, *typed: str) -> tuple[str, dict[str, tuple[str, ...]]]:
        said = run("guide", "./short.flow.yaml", typed="".join(f"{one}\n" for one in (*typed, ":save")))
        assert (said.code, said.err) == (1, "")
        (saved,) = Path().glob("*.session.json")
        return said.out, {one.name: one.roles for one in load(saved, Session).members.values()}

    def test_behind_a_name(self) -> None:
        """Roles stand in brackets behind a name, several with commas; which ones it needs is said before the names."""
        said, roles = self.begin("Kim (Facilitator, note taker)", "Ben Osei", "", "")
        assert roles == {"Kim": ("facilitator", "note-taker"), "Ben Osei": ()}
        told = "Write it behind the name: Kim (note-taker), or Kim (note-taker, facilitator)."
        assert f"Somebody has to be note-taker and facilitator; one person can be several. {told}" in said
        assert said.index(told) < said.index("name 1")

    def test_a_role_that_is_missing(self) -> None:
        """Where nobody has a role that is needed, who has it is asked, until it is somebody who is there."""
        said, roles = self.begin("Kim (facilitator)", "Ben Osei", "", "bem", ",", "ben osei, kim", "")
        assert roles == {"Kim": ("facilitator", "note-taker"), "Ben Osei": ("note-taker",)}
        assert "Nobody is note-taker yet, and this flow needs somebody." in said
        assert "No member is named 'bem'" in said
        assert "A name, please: Kim and Ben Osei." in said

    def test_a_role_that_is_none(self) -> None:
        """A misspelt role is answered with the nearest one, and the name is asked again."""
        said, roles = self.begin("Kim (facilitater)", "Kim (facilitator, note-taker)", "Ben", "", "")
        assert "In brackets stand roles: no role is named 'facilitater'; did you mean 'facilitator'?" in said
        assert list(roles) == ["Kim", "Ben"]

    def test_where_none_is_needed(self, here: Path) -> None:
        """Without a role that is needed, brackets belong to the name; a facilitator may be there all the same."""
        write(here, "short.flow.yaml", asking("why").replace("one-to-one", "team"))
        said, roles = self.begin("Kim (Lisbon)", "Ben (facilitator)", "", "")
        assert roles == {"Kim (Lisbon)": (), "Ben": ("facilitator",)}
        assert "Somebody has to be" not in said

    def test_about_an_alliance(self, here: Path) -> None:
        """About an alliance that exists, who has a role that nobody has yet is asked too."""
        write(here, "ours.alliance.yaml", ALLIANCE.replace("kind: one-to-one", "kind: team"))
        typed = "".join(f"{one}\n" for one in ("Kim (note-taker)", "", "Ben", ":save"))
        said = run(
            "guide", "./short.flow.yaml", "--alliance", "ours.alliance.yaml", typed=typed.replace("Ben", "Ben Osei")
        )
        assert (said.code, said.err) == (1, "")
        (saved,) = here.glob("*.session.json")
        members = load(saved, Session).members
        assert {who: one.roles for who, one in members.items()} == {
            "ana": (),
            "ben": ("facilitator",),
            "kim": ("note-taker",),
        }

    def test_too_few_to_hide_who_spoke(self, here: Path) -> None:
        """A flow that cannot begin with so few says so in a sentence, and nothing is saved."""
        hidden = asking("meet").replace("of: [meet]", "of: [meet]\n    attribution: anonymous")
        write(here, "short.flow.yaml", hidden.replace("one-to-one", "team"))
        said = run("guide", "./short.flow.yaml", typed="Kim\nBen\n\n\n")
        assert said.code == 2
        assert "with these members short cannot begin: the step seen hides who said what, which takes 3" in said.err
        assert not list(here.glob("*.session.json"))
