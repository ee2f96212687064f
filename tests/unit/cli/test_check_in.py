"""A check-in on an alliance that exists: from a script, in the terminal, and what it leaves behind."""

import stat
from pathlib import Path

import pytest
from attrs import evolve

from alliancekit import Alliance, CheckIn, Session, dump, load
from alliancekit.cli._showing import show_agreement, show_answers, show_figures, show_proposal
from alliancekit.errors import EditRefusedError
from alliancekit.flow import Figure, Given, OnTable, Revelation
from alliancekit.model import ClausesAnswer, GroundRule, Member, Prompt, PulseByName, ScaleAnswer
from alliancekit.values import FrozenMap, thaw
from tests.unit.cli.terminal import ALLIANCE, NOW, Said, run, write
from tests.unit.flow.test_check_in import CIRCLE, amend, begin, silent, silent_to_sign, stands

SECRET = "PLANTEDSECRET"

FLOW = """\
alliancekit: flow/1
id: again
title: Look at it again
language: en
kinds:
  - one-to-one
bank: again
steps:
  - repeat: promises
    over: open-commitments
    steps:
      - ask: kept
  - ask: since
    prompts: [changed]
    mode: blind
  - reveal: seen
    of: [since]
  - ask: next
  - agree: settle
    elements: [expectations, commitments, cadence]
  - ratify: sign
"""

BANK = """\
alliancekit: bank/1
id: again
title: Once more
language: en
licence: MIT
prompts:
  kept:
    text: Where does “{for}” stand?
    answer:
      kind: choice
      note: true
      options:
        kept: Kept
        broken: Broken
        change: Change it
  changed:
    text: What is different?
    visibility: private
  next:
    text: What next?
    scope: shared
    answer:
      kind: clauses
    informs: [expectations, commitments]
"""

ANSWERS = f"""\
alliancekit: answers/1
flow: again
alliance: ana-ben
at: "2026-11-12T09:00:00Z"
requests:
  - by: ana
    answer: kept
    for: flag-slips
    value:
      choice: broken
      note: Twice.
  - by: ben
    pass: kept
    for: flag-slips
  - by: ana
    answer: changed
    value: {SECRET}
  - by: ben
    pass: changed
  - by: ana
    answer: next
    value:
      - changes: flag-slips
        text: Say it within the hour.
"""

NAMED = "ana-ben-2026-11-12"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    write(tmp_path, "again.flow.yaml", FLOW)
    write(tmp_path, "again.bank.yaml", BANK)
    write(tmp_path, "a.answers.yaml", ANSWERS)
    write(tmp_path, "ana-ben.alliance.yaml", ALLIANCE)
    return tmp_path


def play(*more: str) -> Said:
    return run(
        "guide", "./again.flow.yaml", "--alliance", "ana-ben.alliance.yaml", "--answers", "a.answers.yaml", *more
    )


def ask(lines: list[str], *more: str) -> Said:
    typed = "".join(f"{line}\n" for line in lines)
    return run("guide", "./again.flow.yaml", "--alliance", "ana-ben.alliance.yaml", *more, typed=typed)


class TestFromAScript:
    def test_leaves_three_files(self, here: Path) -> None:
        """The session, the record and the next alliance: the first two with the day of the meeting in their names."""
        said = play()
        assert (said.code, said.err) == (0, "")
        assert sorted(one.name for one in here.iterdir() if "2026" in one.name) == [
            f"{NAMED}.check-in.yaml",
            f"{NAMED}.session.json",
        ]
        session, record = load(f"{NAMED}.session.json", Session), load(f"{NAMED}.check-in.yaml", CheckIn)
        assert session.id == NAMED
        assert record == session.check_in()
        assert (record.reviewed["flag-slips"].standing, record.amendments["flag-slips"].action) == ("broken", "change")
        assert load("ana-ben.alliance.yaml", Alliance) == session.alliance()
        assert said.out.endswith("ana-ben.alliance.yaml: the alliance, ratified anew by Ana Silva and Ben Osei\n")

    def test_the_alliance_is_spliced(self, here: Path) -> None:
        """Comments, order and quoting of the file survive: only what was agreed is another line."""
        play()
        after = (here / "ana-ben.alliance.yaml").read_text()
        assert "# Ben's idea." in after
        assert after.startswith(ALLIANCE[: ALLIANCE.index("    text: Say it")])
        assert "    text: Say it within the hour.\n    known_by: No surprise at the Thursday review.\n" in after

    def test_what_is_private_stays_in_the_session(self, here: Path) -> None:
        """The session is its owner's alone; the record and the alliance hold what all may know."""
        said = play()
        assert stat.S_IMODE((here / f"{NAMED}.session.json").stat().st_mode) == 0o600
        assert SECRET in (here / f"{NAMED}.session.json").read_text()
        others = [one.read_text() for one in here.glob("ana-ben*.yaml")]
        assert [text for text in (*others, said.out, said.err) if SECRET in text] == []

    def test_elsewhere(self, here: Path) -> None:
        """With ``-o`` the file it began with stays as it was, and what comes of it lies together."""
        assert play("-o", "later.alliance.json").code == 0
        assert (here / "ana-ben.alliance.yaml").read_text() == ALLIANCE
        assert load("later.alliance.json", Alliance).commitments["flag-slips"].text == "Say it within the hour."
        assert load("later-2026-11-12.check-in.json", CheckIn).alliance == "ana-ben"
        assert (here / "later-2026-11-12.session.json").exists()

    def test_a_name_that_has_the_day(self, here: Path) -> None:
        """The day stands in each name once."""
        assert play("-o", f"{NAMED}.alliance.yaml").code == 0
        assert len(list(here.glob(f"{NAMED}.*"))) == 3

    def test_elsewhere_the_same_again(self, here: Path) -> None:
        """To play it again writes the same."""
        play("-o", "later.alliance.yaml")
        before = (here / "later.alliance.yaml").read_bytes()
        assert play("-o", "later.alliance.yaml").code == 0
        assert (here / "later.alliance.yaml").read_bytes() == before

    def test_what_is_there_is_not_overwritten(self, here: Path) -> None:
        """A file that says something else is left alone, before anything is written, unless ``--force``."""
        write(here, "later.alliance.yaml", ALLIANCE.replace("id: ana-ben", "id: others"))
        said = play("-o", "later.alliance.yaml")
        assert said.code == 2
        assert "later.alliance.yaml is there already and says something else" in said.err
        assert not list(here.glob("*.session.json"))
        assert play("-o", "later.alliance.yaml", "--force").code == 0
        write(here, "later-2026-11-12.check-in.yaml", "mine")
        said = play("-o", "later.alliance.yaml")
        assert (said.code, "check-in.yaml is there already" in said.err) == (2, True)

    def test_an_unfinished_script(self, here: Path) -> None:
        """The session is saved, neither record nor alliance is written, and how to go on is said."""
        write(here, "a.answers.yaml", ANSWERS[: ANSWERS.index("  - by: ben\n    pass: changed")])
        said = play()
        assert said.code == 1
        assert f"alliancekit guide again --resume {NAMED}.session.json" in said.out
        assert not list(here.glob("*.check-in.yaml"))
        assert (here / "ana-ben.alliance.yaml").read_text() == ALLIANCE

    def test_nothing_changed(self, here: Path) -> None:
        """Where everybody has agreed already and nothing changed, the file is as it was, and that is said."""
        play()
        before = (here / "ana-ben.alliance.yaml").read_bytes()
        answers = ANSWERS[: ANSWERS.index("  - by: ana\n    answer: next")] + "  - by: ana\n    pass: next\n"
        answers += "  - by: ben\n    pass: next\n"
        write(here, "a.answers.yaml", answers.replace("11-12", "11-19"))
        said = play()
        assert (said.code, said.err) == (0, "")
        assert said.out.endswith("the alliance, as it was: nothing in it changed\n")
        assert (here / "ana-ben.alliance.yaml").read_bytes() == before


class TestWhatItIsAbout:
    def test_a_flow_that_looks_at_promises_needs_an_alliance(self) -> None:
        """The remedy is said, before anybody has typed a name."""
        said = run("guide", "./again.flow.yaml", typed="Ana\nBen\n")
        assert (said.code, said.out) == (2, "")
        assert "the flow again looks at the promises of an alliance that exists" in said.err
        assert "alliancekit guide ./again.flow.yaml --alliance FILE" in said.err

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (("kind: one-to-one", "kind: team"), "of the kind team, and the flow again is for one-to-one"),
            (("alliance/1", "bank/1"), "a.yaml:1:"),
            (("by: [ben]\n    to", "by: [bem]\n    to"), "unknown-member"),
            (("  ben:\n    name: Ben Osei\n", "  ben:\n    name: Ben Osei\n    left: '2026-10-01'\n"), "member-count"),
        ],
    )
    def test_one_that_does_not_fit(self, here: Path, change: tuple[str, str], words: str) -> None:
        """Another kind, no alliance, one with errors: exit code 2, and nothing is written."""
        write(here, "a.yaml", ALLIANCE.replace(*change))
        said = run("guide", "./again.flow.yaml", "--alliance", "a.yaml", "--answers", "a.answers.yaml")
        assert said.code == 2
        assert words in said.err.replace("\n  ", " ")
        assert not list(here.glob("*.session.json"))

    def test_no_file(self) -> None:
        """A file that is not there is said."""
        said = run("guide", "./again.flow.yaml", "--alliance", "none.yaml")
        assert (said.code, "none.yaml" in said.err) == (2, True)

    def test_a_script_for_another_alliance(self, here: Path) -> None:
        """The script and the file name the same alliance."""
        write(here, "a.answers.yaml", ANSWERS.replace("alliance: ana-ben", "alliance: others"))
        said = play()
        assert (said.code, "is a script for the alliance 'others', and not for 'ana-ben'" in said.err) == (2, True)

    def test_a_script_without_people(self, here: Path) -> None:
        """Only where the alliance exists may a script leave out who takes part, and what it is called."""
        write(
            here, "again.flow.yaml", FLOW.replace("  - repeat: promises\n    over: open-commitments\n    steps:\n", "")
        )
        write(here, "again.flow.yaml", (here / "again.flow.yaml").read_text().replace("      - ask: kept\n", ""))
        said = run("guide", "./again.flow.yaml", "--answers", "a.answers.yaml")
        assert (said.code, "a.answers.yaml needs a title" in said.err) == (2, True)

    def test_a_session_carries_its_alliance_along(self) -> None:
        """``--alliance`` and ``--resume`` exclude each other."""
        said = run("guide", "again", "--alliance", "ana-ben.alliance.yaml", "--resume", "x.session.json")
        assert (said.code, "a session carries its alliance along" in said.err) == (2, True)


DAY = NOW.date().isoformat()
REVIEW = ["", "1", "Most weeks.", SECRET, "n", ""]
OTHER = ["", "2", "", ":pass"]
CHANGE = ["2", "1", "Say it within the hour.", "", "", "", "", "", ""]
AGREE = ["", "", "", "1", "", "", "", "", "y", "", "", "y", ""]
"""Where each promise stands, what is different, other words for the one that there is, and a yes to them by both."""


class TestInTheTerminal:
    def test_the_whole_way(self, here: Path) -> None:
        """Two people look at a promise, give it other words, and say yes to it again."""
        said = ask([*REVIEW, *OTHER, *CHANGE, *AGREE])
        assert (said.code, said.err) == (0, ""), said.out
        assert load("ana-ben.alliance.yaml", Alliance).commitments["flag-slips"].text == "Say it within the hour."
        assert "# Ben's idea." in (here / "ana-ben.alliance.yaml").read_text()
        assert load(f"ana-ben-{DAY}.check-in.yaml", CheckIn).reviewed["flag-slips"].standing == "open"
        assert f"alliancekit render ana-ben-{DAY}.check-in.yaml --to markdown" in said.out

    def test_what_is_said_of_a_promise(self) -> None:
        """The question has its words, and beside it stand who gave it, what it is known by, and how often."""
        said = ask(["", ":save"])
        assert "Ana Silva, [1 of 3] Where does “Say it the same day when a date moves.” stand?" in said.out
        assert "Ben Osei to Ana Silva\n      known by: No surprise at the Thursday review." in said.out

    def test_a_private_answer_stays_with_its_author(self) -> None:
        """What Ana keeps to herself is on her own screen only."""
        hers, others = ask([*REVIEW, *OTHER, ":save"]).out.split("Ben Osei, this is yours alone", 1)
        assert SECRET in hers
        assert SECRET not in others

    def test_goes_on_another_day(self, here: Path) -> None:
        """A session finds its alliance again by its name; what was changed meanwhile is not overwritten."""
        assert ask([*REVIEW, ":save"]).code == 1
        saved = f"ana-ben-{DAY}.session.json"
        rest = "".join(f"{one}\n" for one in [*OTHER, *CHANGE, *AGREE])
        write(here, "ana-ben.alliance.yaml", ALLIANCE.replace("Ana and Ben", "Us"))
        said = run("guide", "again", "--resume", saved, typed=rest)
        assert said.code == 2
        assert "ana-ben.alliance.yaml was changed since the check-in began" in said.err.replace("\n  ", " ")
        write(here, "ana-ben.alliance.yaml", ALLIANCE)
        assert run("guide", "again", "--resume", saved).code == 0
        assert "Say it within the hour." in (here / "ana-ben.alliance.yaml").read_text()

    def test_elsewhere_on_another_day(self, here: Path) -> None:
        """Who named another file is told to name it again."""
        said = ask([*REVIEW, ":save"], "-o", "next.alliance.yaml")
        assert said.code == 1
        assert f"--resume next-{DAY}.session.json\n" in said.out
        said = ask([*REVIEW, ":save"], "-o", f"ana-ben-{DAY}.alliance.yaml")
        assert f"--resume ana-ben-{DAY}.session.json -o ana-ben-{DAY}.alliance.yaml\n" in said.out

    def test_one_that_began_today(self) -> None:
        """What was begun is not begun anew: how to go on is said."""
        ask([*REVIEW, ":save"])
        said = ask([""])
        assert said.code == 2
        assert f"--resume ana-ben-{DAY}.session.json" in said.err

    def test_a_stranger(self) -> None:
        """``--as`` names a member."""
        said = ask([""], "--as", "anna")
        assert (said.code, "did you mean 'ana'" in said.err) == (2, True)


class TestAmending:
    @pytest.mark.parametrize(
        ("typed", "value"),
        [
            (["3", "1", ""], [{"drops": "flag-slips"}]),
            (
                ["2", "1", "", "The whole board.", "", "", "", "", ""],
                [{"changes": "flag-slips", "known_by": "The whole board."}],
            ),
            (
                ["1", "2", "Call.", "", "2026-12-24", ""],
                [{"element": "commitments", "text": "Call.", "due": "2026-12-24"}],
            ),
            (["2", ":back", "3", "1", ""], [{"drops": "flag-slips"}]),
        ],
    )
    def test_what_is_written(self, typed: list[str], value: object) -> None:
        """Something new, other words for what there is, and an end to it, each picked by number."""
        ask([*REVIEW, *OTHER, *typed, ":save"])
        session = load(f"ana-ben-{DAY}.session.json", Session)
        found = [one.value for one in session.requests if getattr(one, "prompt", "") == "next"]
        assert [thaw(one) for one in found] == [value]

    def test_nothing_is_changed(self) -> None:
        """Who keeps all of it has changed nothing, and is asked again."""
        said = ask([*REVIEW, *OTHER, "2", "1", "", "", "", "", "", "", ":save"])
        assert "That is what it says already." in said.out

    def test_the_old_words_stand_beside_the_new(self) -> None:
        """On the table one sees what it said before."""
        said = ask([*REVIEW, *OTHER, *CHANGE, "", "", "", ":save"])
        asked = said.out.split("Ana Silva, [1 of 1]")[1]
        assert asked.startswith(" What we give each other: Ben Osei to Ana Silva, in other words\n")
        assert "    Say it within the hour." in asked
        assert "    before: Say it the same day when a date moves.\n" in asked

    def test_on_the_table(self) -> None:
        """What nobody thought of before can be amended at the table, too."""
        said = ask([*REVIEW, *OTHER, ":pass", "", "", ":pass", "5", "1", "", "", "", ":save"])
        session = load(f"ana-ben-{DAY}.session.json", Session)
        assert [(one.id, one.action) for one in session.view("ana").table] == [("flag-slips", "drop")], said.out

    def test_what_one_agrees_to_again(self) -> None:
        """What is new or says something else is marked when somebody is asked for their yes."""
        said = ask([*REVIEW, *OTHER, *CHANGE, *AGREE[:8], ":save"])
        assert "  * in other words than before\n  Ben Osei to Ana Silva:" in said.out, said.out


class TestRender:
    def test_a_record(self) -> None:
        """A record is a page: with the alliance beside it in names and words, and for a member with all that was said."""
        play()
        said = run(
            "render",
            f"{NAMED}.check-in.yaml",
            "--to",
            "markdown",
            "--for",
            "ben",
            "--alliance",
            "ana-ben.alliance.yaml",
        )
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("# Ana and Ben: check-in of 2026-11-12\n\n**There were:** Ana Silva and Ben Osei\n")
        assert "- **Broken:** Say it within the hour.\n  - Ana Silva: broken (Twice.)\n" in said.out
        said = run("render", f"{NAMED}.check-in.yaml", "--to", "markdown")
        assert (said.code, "Twice" in said.out, "members only" in said.out) == (0, False, True)

    def test_wrong_usage(self, here: Path) -> None:
        """Another alliance, an alliance for an alliance, and a stranger are each told in a sentence."""
        play()
        write(here, "b.alliance.yaml", ALLIANCE.replace("id: ana-ben", "id: others"))
        render = ("render", f"{NAMED}.check-in.yaml", "--to", "markdown")
        assert "is the alliance 'others'" in run(*render, "--alliance", "b.alliance.yaml").err
        said = run("render", "b.alliance.yaml", "--to", "markdown", "--alliance", "ana-ben.alliance.yaml")
        assert (said.code, "goes with the record of a check-in" in said.err) == (2, True)
        said = run(*render, "--for", "anna")
        assert (said.code, "did you mean 'ana'" in said.err) == (2, True)

    def test_status_and_check(self, here: Path) -> None:
        """What comes of a check-in is sound, and everybody has agreed to it."""
        play()
        assert run("status", "ana-ben.alliance.yaml").code == 0
        assert run("check", here / f"{NAMED}.check-in.yaml").code == 0


class TestAmendingAgain:
    """What somebody wrote who changes or drops a clause is there when they come back to it."""

    def test_left_in_the_middle(self) -> None:
        """Who goes back out of a change keeps it, and goes through it again from what they wrote."""
        left = ["2", "1", "Say it within the hour.", ":back", ":back", ":pass", "", "", "", "", "", "", "", ":save"]
        ask([*REVIEW, *OTHER, *left])
        session = load(f"ana-ben-{DAY}.session.json", Session)
        found = [
            thaw(one.value) for one in session.requests if getattr(one, "prompt", "") == "next" and one.by == "ben"
        ]
        assert found[-1] == [{"changes": "flag-slips", "text": "Say it within the hour."}]

    def test_stopped_in_the_middle(self) -> None:
        """Who stops in a change finds it as far as they came."""
        ask([*REVIEW, *OTHER, "2", "1", "Say it within the hour.", ":save"])
        session = load(f"ana-ben-{DAY}.session.json", Session)
        assert thaw(session.requests[-1].value) == [{"changes": "flag-slips", "text": "Say it within the hour."}]

    def test_stopped_before_it_began(self) -> None:
        """Who stops before they changed anything has written nothing."""
        ask([*REVIEW, *OTHER, "2", "1", ":save"])
        assert load(f"ana-ben-{DAY}.session.json", Session).requests[-1].by == "ben"

    @pytest.mark.parametrize(("word", "count"), [("n", 0), ("y", 1)])
    def test_a_drop(self, word: str, count: int) -> None:
        """Who comes back to what they drop is asked whether they still do."""
        said = ask([*REVIEW, *OTHER, "3", "1", ":back", word, ":save"])
        assert "Drop it still: Ben Osei to Ana Silva: Say it the same day when a date moves.?" in said.out
        session = load(f"ana-ben-{DAY}.session.json", Session)
        assert len([one for one in session.requests if getattr(one, "prompt", "") == "next"]) == count

    def test_what_cannot_be_taken_out(self) -> None:
        """To take out a part says how one gets rid of it."""
        said = ask([*REVIEW, *OTHER, "2", "1", "Say it now.", "-", "", "", "", "", "", ":save"])
        assert "What you took out (known_by) stays as it is" in said.out

    def test_a_proposal_that_does_not_fit(self) -> None:
        """At the table a change that does not fit is asked again with what was typed."""
        said = ask(
            [
                *REVIEW,
                *OTHER,
                ":pass",
                "",
                "",
                ":pass",
                "4",
                "1",
                "Say it now.",
                "",
                "2020-13-40",
                "2026-12-24",
                "",
                "",
                ":save",
            ]
        )
        assert "2026-12-24" in said.out
        table = load(f"ana-ben-{DAY}.session.json", Session).view("ana").table
        assert [(one.id, one.action, one.text) for one in table] == [("flag-slips", "change", "Say it now.")], said.out


class TestTeam:
    def test_somebody_joins(self, here: Path) -> None:
        """In a team somebody new can join when it begins; a name that is taken is asked again."""
        write(here, "again.flow.yaml", FLOW.replace("  - one-to-one", "  - team"))
        write(here, "ana-ben.alliance.yaml", ALLIANCE.replace("kind: one-to-one", "kind: team"))
        assert ask(["Ana Silva", "Cem", "", ":save"]).code == 1
        session = load(f"ana-ben-{DAY}.session.json", Session)
        assert [(one.id, one.joined) for one in session.members.values()] == [
            ("ana", None),
            ("ben", None),
            ("cem", NOW.date()),
        ]

    def test_who_is_here_alone_adds_nobody(self, here: Path) -> None:
        """With ``--as`` one member speaks for themselves only."""
        write(here, "again.flow.yaml", FLOW.replace("  - one-to-one", "  - team"))
        write(here, "ana-ben.alliance.yaml", ALLIANCE.replace("kind: one-to-one", "kind: team"))
        assert "Does somebody join" not in ask([":save"], "--as", "ana").out


class TestShowing:
    """What is shown of things that take a long meeting to come by."""

    def test_what_is_gone_and_who_is_new(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Before a yes one reads what the alliance no longer says, and who belongs to it from now on."""
        dropped = {one.id: one for one in CIRCLE.ground_rules.values() if one.id != "stop"}
        after = evolve(
            CIRCLE, ground_rules=dropped.values(), members=[*CIRCLE.members.values(), Member(id="dora", name="Dora")]
        )
        names = {who: one.name for who, one in after.members.items()}
        show_agreement(after, "cem", names, CIRCLE)
        told = capsys.readouterr().out
        assert "No longer in it\n    We stop and breathe." in told
        assert told.endswith("Dora is new, and agrees to all of it too.\n")
        show_agreement(after, "dora", names, CIRCLE)
        assert "No longer in it" not in capsys.readouterr().out

    def test_what_is_new_is_marked(self, capsys: pytest.CaptureFixture[str]) -> None:
        """How a promise stands is no news to agree to; a clause that was not there is."""
        kept = [evolve(one, standing="kept") for one in CIRCLE.commitments.values()]
        rule = GroundRule(id="new", topic="other", text="We sing.")
        after = evolve(CIRCLE, commitments=kept, ground_rules=[*CIRCLE.ground_rules.values(), rule])
        show_agreement(after, "ana", {}, CIRCLE)
        told = capsys.readouterr().out
        assert told.count("*") == 1
        assert "  * new\n    We sing." in told

    def test_answers(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A scale has its ends beside it; what amends a clause has that clause's words; a revision what was before."""
        scale = Prompt(
            id="trust", text="Trust?", answer=ScaleAnswer(points=5, low="none", high="full", polarity="positive")
        )
        prompts = {"trust": scale, "next": Prompt(id="next", text="Next?", answer=ClausesAnswer(), informs=["values"])}
        entries = ({"drops": "a"}, {"changes": "b", "known_by": "It rings."}, {"changes": "c", "text": "New."})
        answers = (
            Given(prompt="trust", text="Trust?", by="ana", value=4, is_revised=True, earlier=(2,)),
            Given(prompt="trust", text="Trust?", by="ben", value=None, is_revised=True),
            Given(prompt="next", text="Next?", by=None, value=tuple(FrozenMap(one) for one in entries)),
        )
        show_answers(
            Revelation(step="s", title="", answers=answers), prompts, {"ana": "Ana", "ben": "Ben"}, {"a": "Old a."}
        )
        assert capsys.readouterr().out == (
            "\n  Trust?\n    from 1 (none) to 5 (full)\n    Ana (revised): 4\n      before: 2\n"
            "    Ben (revised): taken back\n"
            "\n  Next?\n    Together:\n      - drop: Old a.\n      - change: b\n        known by: It rings.\n"
            "      - change: c\n        to: New.\n"
        )

    def test_figures(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Figures say how many answered, and their mean."""
        scale = Prompt(id="trust", text="Trust?", answer=ScaleAnswer(points=5, polarity="positive"))
        show_figures([Figure(prompt="trust", text="Trust?", answers=5, mean=4.2)], {"trust": scale})
        assert capsys.readouterr().out == "\n  Trust?\n    from 1 to 5\n    5 answers; on average 4.2\n"

    def test_a_proposal_that_drops(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What is to be dropped is shown with what it says."""
        rule = CIRCLE.ground_rules["stop"]
        one = OnTable(
            id="stop", element="ground_rules", text=rule.text, clause=rule, by=("ana",), version=1, rounds=3,
            concerns=("ana",), responses=FrozenMap(), objections=FrozenMap(), outcome="open", action="drop", was=rule,
        )  # fmt: skip
        show_proposal(one, {"ana": "Ana"}, "1", {})
        assert capsys.readouterr().out.startswith(
            "\n1 Ground rules, from Ana, to be dropped\n    This would no longer hold:\n    We stop and breathe.\n"
        )


class TestWhoNeedNotAgree:
    """Three people, of whom a change concerns two."""

    def test_is_told_so(self, here: Path) -> None:
        """Whoever is not asked reads that their yes still holds, and who is asked does not."""
        session = silent_to_sign(amend(begin(), {"changes": "flag", "text": "Say it within the hour."}))
        dump(session, "circle-2026-11-01.session.json")
        resume = ("guide", session.plan.flow.id, "--resume", "circle-2026-11-01.session.json", "--as")
        said = run(*resume, "cem", typed="")
        assert said.code == 1
        assert "Nothing that concerns you has changed, Cem: your yes of 2026-10-01 still holds" in said.out
        assert "still holds" not in run(*resume, "ana", typed=":save\n").out
        assert run(*resume, "ana", typed="y\n\n").code == 1
        said = run(*resume, "ben", typed="y\n\n")
        assert (said.code, said.err) == (0, "")
        assert said.out.count("nothing that concerns Cem changed, and the yes of before holds") == 1
        assert load("circle.alliance.yaml", Alliance).commitments["flag"].text == "Say it within the hour."

    def test_a_change_that_is_none(self, here: Path) -> None:
        """Where only how a promise stands is new, every yes holds."""
        session = silent(stands(begin(), "report", ben="kept", cem="kept"))
        dump(session, "circle-2026-11-01.session.json")
        dump(CIRCLE, "circle.alliance.yaml")
        said = run("guide", session.plan.flow.id, "--resume", "circle-2026-11-01.session.json")
        assert (said.code, said.err) == (0, "")
        assert "the alliance, with how its promises stand now; every yes holds" in said.out
        assert load("circle.alliance.yaml", Alliance).commitments["report"].standing == "kept"

    def test_a_file_that_cannot_be_spliced(self, here: Path) -> None:
        """What cannot be written without harm to the rest is refused in a sentence; the session is safe."""
        session = silent(amend(begin(), {"changes": "flag", "text": "Say it within the hour."}))
        dump(session, "circle-2026-11-01.session.json")
        dump(CIRCLE, "circle.alliance.yaml")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("alliancekit.documents.edit", _refuses)
            said = run("guide", session.plan.flow.id, "--resume", "circle-2026-11-01.session.json")
        assert (said.code, "edit it by hand" in said.err) == (2, True)


def _refuses(*_: object) -> None:
    raise EditRefusedError("", "edit it by hand")


class TestPulse:
    def test_two(self, here: Path) -> None:
        """Between two there are no figures; each says whether theirs is shown by name, and the record has no other."""
        first = ["", ":pass", "4", "y", "3", "n", ":pass", ""]
        second = ["", ":pass", "2", "n", "5", "y", ":pass", ":save"]
        typed = "".join(f"{one}\n" for one in (*first, *second))
        said = run("guide", "check-in", "--alliance", "ana-ben.alliance.yaml", typed=typed)
        hers, his = said.out.split("Ben Osei, this is yours alone", 1)
        assert hers.count("You are too few for figures: the others will see your answer only if you say so.") == 3
        shown = his.split("What you both said\n")[1]
        assert "    Ana Silva: 4\n" in shown
        assert "    Ben Osei: 5\n" in shown
        assert "Ana Silva: 3" not in shown
        assert "Ben Osei: 2" not in shown
        record = load(f"ana-ben-{DAY}.session.json", Session).check_in()
        assert {name: thaw(one.named) for name, one in record.pulse.items() if isinstance(one, PulseByName)} == {
            "pulse-trust": {"ana": 4},
            "pulse-safe": {"ben": 5},
        }

    def test_five(self, here: Path) -> None:
        """Five are enough for figures, and that is said."""
        names = "".join(f"  {one}:\n    name: {one.title()}\n" for one in ("cem", "dora", "eli"))
        team = ALLIANCE.replace("kind: one-to-one", "kind: team").replace("concerns:\n", f"{names}concerns:\n", 1)
        write(here, "ana-ben.alliance.yaml", team)
        said = run("guide", "check-in", "--alliance", "ana-ben.alliance.yaml", typed="\n\n:pass\n:save\n")
        assert "The others will see figures of all answers, and yours only if you say so." in said.out


class TestFilesThatAreThere:
    def test_a_record(self, here: Path) -> None:
        """A record of today that somebody else wrote is not replaced, and nobody answers in vain."""
        write(here, f"ana-ben-{DAY}.check-in.yaml", "mine")
        said = ask([""])
        assert (said.code, f"ana-ben-{DAY}.check-in.yaml is there already" in said.err) == (2, True)

    def test_no_alliance(self, here: Path) -> None:
        """What ``-o`` names is left alone where it is no alliance at all."""
        write(here, "notes.yaml", "mine")
        said = ask([""], "-o", "notes.yaml")
        assert (said.code, "notes.yaml is there already and says something else" in said.err) == (2, True)
