"""Everything in `examples/` is what the product makes of it now."""

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import alliancekit as ak
from alliancekit import check, consent, library, living, render
from alliancekit.findings import Severity
from alliancekit.flow import analyse
from alliancekit.flow._walk import walk
from tests.examples.golden import (
    BEFORE,
    EXAMPLES,
    LAST,
    SCRIPTS,
    WHOLE,
    alliance_of,
    beside,
    covered,
    named,
    played,
    told,
)
from tests.integrations.repositories import environment, git
from tests.shared import ROOT

YEAR = EXAMPLES / "year"
# What people write by hand, and no flow makes.
BY_HAND = {"dawn", *(path.name.split(".")[0] for path in YEAR.glob("*.check-in.yaml"))}
ALLIANCES = sorted(path for path in EXAMPLES.rglob("*.alliance.yaml") if path.parent != YEAR)
CHOICES = {
    "mode": ("open", "blind"),
    "who": ("everyone", "facilitator"),
    "once": ("all", "facilitator"),
    "missing": ("wait", "pass"),
    "late": ("refuse", "mark"),
    "attribution": ("named", "anonymous", "aggregate"),
    "rule": ("consent", "unanimous"),
    "over": ("members", "open-commitments"),
}
STALE = "what is committed differs from what the product makes now: run make examples, and look at the difference"


def test_each_has_its_script() -> None:
    """No alliance, no record, no session and no transcript lies there that no script explains."""
    made = {
        named(path)
        for ending in ("alliance.yaml", "check-in.yaml", "session.json", "transcript.txt")
        for path in EXAMPLES.rglob(f"*.{ending}")
    }
    assert made == {named(path) for path in SCRIPTS} | BY_HAND
    assert len(WHOLE) == 8
    assert sorted(map(alliance_of, LAST)) == ALLIANCES
    assert len(ALLIANCES) == 5


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_transcript(path: Path) -> None:
    """What happens on the way is what is committed, byte for byte, and it comes to an alliance that all said yes to."""
    text = told(path)
    assert beside(path, "transcript.txt").read_text(encoding="utf-8") == text, STALE
    assert "  The alliance is active; " in text


@pytest.mark.parametrize("path", WHOLE, ids=named)
class TestScript:
    """Each script whose session is committed, played again."""

    def test_session(self, path: Path) -> None:
        """It comes to the committed session, byte for byte."""
        text = beside(path, "session.json").read_text(encoding="utf-8")
        assert text == ak.dumps(played(path), format="json"), STALE

    def test_record(self, path: Path) -> None:
        """A check-in leaves the committed record, byte for byte; what makes a first alliance leaves none."""
        record = beside(path, "check-in.yaml")
        assert record.exists() == (path in BEFORE)
        if path in BEFORE:
            assert record.read_text(encoding="utf-8") == ak.dumps(played(path).check_in()), STALE

    def test_resumed(self, path: Path) -> None:
        """The committed session, folded anew, is done and says the same alliance."""
        session = ak.Session.resume(ak.load(beside(path, "session.json"), ak.Session))
        assert session.is_done
        assert session.alliance() == played(path).alliance()


@pytest.mark.parametrize("path", LAST, ids=named)
def test_alliance(path: Path) -> None:
    """It comes to the committed alliance: byte for byte, or where check-ins changed a file, what it says."""
    text, alliance = alliance_of(path).read_text(encoding="utf-8"), played(path).alliance()
    assert ak.loads(text, ak.Alliance) == alliance, STALE
    assert path in BEFORE or text == ak.dumps(alliance), STALE


@pytest.mark.parametrize("path", ALLIANCES, ids=named)
class TestAlliance:
    """Each alliance that came out."""

    def test_rendered(self, path: Path) -> None:
        """It renders for anybody and for each member, with its title above."""
        alliance = ak.load(path, ak.Alliance)
        for member in (None, *alliance.members):
            assert render.to_markdown(alliance, member=member).startswith(f"# {alliance.title}\n")

    def test_private(self, path: Path) -> None:
        """It holds no answer that its author kept private, and the session does."""
        sessions = [played(script) for script in WHOLE if alliance_of(script) == path]
        private = {id for one in sessions for id, prompt in one.plan.prompts.items() if prompt.visibility == "private"}
        requests = [request for one in sessions for request in one.requests]
        answers = [one for one in requests if isinstance(one, ak.Answer) and one.prompt in private]
        kept = [clause["text"] for one in answers if not one.share for clause in one.value]
        assert kept or not private
        assert [text for text in kept if text in path.read_text(encoding="utf-8")] == []


class TestSteps:
    """The small flows in `examples/steps/`."""

    FLOWS = tuple(ak.load(path, ak.Flow) for path in sorted((EXAMPLES / "steps").glob("*.flow.yaml")))

    def test_every_option(self) -> None:
        """Together with the flows that come along, they use every kind of step and every value of each option."""
        flows = (*self.FLOWS, library.flow("check-in"))
        steps = [step for flow in flows for _, step in walk(flow)]
        named = [cls.__name__ for cls in get_args(ak.Step)]
        assert {type(step).__name__ for step in steps} == {*named}
        used = {(name, getattr(step, name)) for step in steps for name in CHOICES if hasattr(step, name)}
        assert used >= {(name, value) for name, values in CHOICES.items() for value in values}
        assert any(isinstance(step, ak.RevealStep) and isinstance(step.once, ak.Quorum) for step in steps)
        assert any(isinstance(step, ak.AskStep) and step.optional for step in steps)
        assert any(isinstance(step, ak.AgreeStep) and step.rounds != 3 for step in steps)
        assert any(isinstance(step, ak.AgreeStep) and step.decided_by for step in steps)
        assert any(step.title for step in steps)

    def test_every_condition(self) -> None:
        """They use every subject of a condition, every test and every way to join them."""
        texts = "".join(path.read_text(encoding="utf-8") for path in (EXAMPLES / "steps").glob("*.flow.yaml"))
        words = [
            "answer",
            "some",
            "every",
            "at_least",
            "of",
            "count",
            "eq",
            "in",
            "has",
            "lt",
            "le",
            "gt",
            "ge",
            "all",
            "any",
            "not",
        ]
        assert [word for word in words if f" {word}:" not in texts] == []

    def test_nothing_is_wrong(self) -> None:
        """The analysis finds nothing in them."""
        bank = library.bank(EXAMPLES / "steps" / "steps.bank.yaml")
        assert [str(flaw.finding) for flow in self.FLOWS for flaw in analyse(flow, bank)] == []


def test_coverage() -> None:
    """What the scripts go through of each flow is committed, with what none of them does."""
    assert (EXAMPLES / "coverage.txt").read_text(encoding="utf-8") == covered(), STALE


def test_check() -> None:
    """Nothing worse than information is found in any file of the examples."""
    findings = check.check_paths([str(EXAMPLES)]).findings
    assert [str(one) for one in findings if one.severity is not Severity.INFO] == []


def test_embed(tmp_path: Path) -> None:
    """The host script runs from any folder, takes a second delivery for nothing, and prints what is committed."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "embed.py")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout == (EXAMPLES / "embed.txt").read_text(encoding="utf-8"), STALE
    assert done.stdout.count("it was here before") == 2
    assert len((EXAMPLES / "embed.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_chat(tmp_path: Path) -> None:
    """The chat host runs from any folder, tells nobody of a second delivery, and prints what is committed."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "chat.py")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout == (EXAMPLES / "chat.txt").read_text(encoding="utf-8"), STALE
    first, again = done.stdout.split("> m5 sam: ")[1:]
    assert len(first.splitlines()) > 1
    assert len(again.partition("> ")[0].splitlines()) == 1


def test_chat_in_the_docs() -> None:
    """The chat host that the page about it shows is the one that runs here."""
    page = (ROOT / "docs" / "how-to" / "embed-chat.md").read_text(encoding="utf-8")
    code = (EXAMPLES / "chat.py").read_text(encoding="utf-8")
    host = "class Chat:" + code.partition("class Chat:")[2].partition("\n\n\nBANK = ")[0]
    assert f"{host}\n```\n" in page


def test_shown_in_the_docs() -> None:
    """The bank and the flow that the page about prompts shows are the ones that run here."""
    page = (ROOT / "docs" / "how-to" / "write-prompts.md").read_text(encoding="utf-8")
    for name in ("walk.bank.yaml", "walk.flow.yaml"):
        assert f"```yaml\n{(EXAMPLES / 'walk' / name).read_text(encoding='utf-8')}```\n" in page, name


def test_layers_in_the_docs() -> None:
    """The banks that the page about layers shows are the ones that lie there, and nothing is wrong with them."""
    page = (ROOT / "docs" / "how-to" / "layer-banks.md").read_text(encoding="utf-8")
    for name in ("house.bank.yaml", "harbour.bank.yaml"):
        assert f"```yaml\n{(EXAMPLES / 'layers' / name).read_text(encoding='utf-8')}```\n" in page, name
    for path in (EXAMPLES / "layers").iterdir():
        assert library.layer_problems(ak.load(path, ak.Bank), beside=path) == ()


@pytest.fixture(scope="module")
def dawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year") / "dawn"
    source = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, str(YEAR / "year.py"), str(folder)],
        cwd=folder.parent,
        env=environment(PYTHONPATH=source),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.stderr == ""
    (folder.parent / "said.txt").write_text(done.stdout, encoding="utf-8")
    return folder


class TestYear:
    """The year of one team, played again in a repository of its own."""

    PAGE = ROOT / "docs" / "tutorials" / "a-year.md"

    def test_what_it_says(self, dawn: Path) -> None:
        """It prints what is committed."""
        assert (dawn.parent / "said.txt").read_text(encoding="utf-8") == (YEAR / "year.txt").read_text(
            encoding="utf-8"
        ), STALE

    def test_what_comes_of_it(self, dawn: Path) -> None:
        """It leaves the committed alliance, to which all five have said yes, and in which the comments still stand."""
        text = (YEAR / "dawn.alliance.yaml").read_text(encoding="utf-8")
        assert (dawn / "dawn.alliance.yaml").read_text(encoding="utf-8") == text, STALE
        assert consent.status(ak.loads(text, ak.Alliance)).is_settled
        founding = (YEAR / "dawn.founding.yaml").read_text(encoding="utf-8")
        assert [line for line in founding.splitlines() if "#" in line and line not in text] == []

    def test_what_git_says(self, dawn: Path) -> None:
        """Two merges are in the history, one of which git's own way would have stopped at or not."""
        assert git(dawn, "rev-list", "--count", "--merges", "HEAD") == "2"
        assert git(dawn, "status", "--porcelain") == ""

    def test_the_records_tell_it_too(self) -> None:
        """Applied one after another to what was founded, the records come to the same promises."""
        founded = ak.loads((YEAR / "dawn.founding.yaml").read_text(encoding="utf-8"), ak.Alliance)
        now = ak.load(YEAR / "dawn.alliance.yaml", ak.Alliance)
        records = [ak.load(path, ak.CheckIn) for path in sorted(YEAR.glob("*.check-in.yaml"))]
        replayed = living.chain(now, records).replayed(founded)
        assert replayed.findings == ()
        reworded = now.commitments["guest-list"].with_text(founded.commitments["guest-list"].text)
        assert {**replayed.alliance.commitments} == {**now.commitments, "guest-list": reworded}

    def test_the_page_shows_it(self) -> None:
        """What the tutorial shows of the year is what happens in it."""
        said = (YEAR / "year.txt").read_text(encoding="utf-8")
        blocks = self.PAGE.read_text(encoding="utf-8").split("```text\n")[1:]
        shown = [block.partition("```")[0] for block in blocks]
        assert len(shown) > 5
        assert [one for one in shown if one not in said] == []
