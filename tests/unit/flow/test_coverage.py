"""What of a flow a set of sessions has been through, and what it has not."""

import pytest

from alliancekit.errors import InvalidValueError
from alliancekit.flow import (
    AgreeStep,
    AskStep,
    Case,
    Erase,
    GroupStep,
    Migrate,
    Object,
    Pass,
    Propose,
    Quorum,
    RatifyStep,
    RepeatStep,
    Reveal,
    RevealStep,
    SayStep,
    Some,
    StandAside,
    TheAnswer,
    coverage,
    make_plan,
    simulate,
)
from tests.flows import some_flow
from tests.scripts import BANK, BLIND, NOW, do, make_flow, make_session, send, walk

ASK = AskStep(id="why", mode="blind")


def done(flow, *sessions):
    """Return what the sessions covered, without saying of what kind it is."""
    return {(one.about, one.what) for one in coverage(flow, sessions).covered}


def missing(flow, *sessions):
    return {(one.about, one.what) for one in coverage(flow, sessions).uncovered}


class TestPossible:
    def test_of_steps_and_prompts(self):
        """Each step can be shown, each prompt answered and passed, a private one shared and kept."""
        flow = make_flow(SayStep(id="hello", text="Hello."), AskStep(id="first", prompts=["secret", "tone"]))
        found = coverage(make_session(flow).plan, [])
        assert [str(one) for one in found.possible] == [
            "hello: shown",
            "secret: answered",
            "secret: passed",
            "secret: shared",
            "secret: kept",
            "tone: answered",
            "tone: passed",
            "tone.works: answered",
            "first: shown",
        ]
        assert found.percent == 0
        assert coverage(flow, []).possible == tuple(
            Case("prompts", name, what) if what != "shown" else Case("steps", name, what)
            for name, what in (
                ("hello", "shown"), ("secret", "answered"), ("secret", "passed"), ("tone", "answered"),
                ("tone", "passed"), ("first", "shown"),
            )
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            ({}, {"by itself"}),
            ({"once": "facilitator"}, {"by hand"}),
            ({"missing": "pass"}, {"by itself", "by hand", "somebody missing"}),
            ({"missing": "pass", "late": "mark"}, {"by itself", "by hand", "somebody missing", "late"}),
            ({"once": Quorum(quorum=1)}, {"by itself", "somebody missing"}),
            ({"late": "mark"}, {"by itself"}),
        ],
    )
    def test_of_reveals_is_only_what_can_happen(self, more, expected):
        """A reveal that waits for everybody is not missing somebody who was missing."""
        flow = make_flow(ASK, RevealStep(id="seen", of=["why"], **more), AskStep(id="aim"), RatifyStep(id="sign"))
        found = coverage(flow, []).possible
        assert {one.what for one in found if one.kind == "reveals"} == expected

    def test_of_a_reveal_without_time_to_be_late(self):
        """Where the yes comes straight after a reveal, nobody can come late to it."""
        seen = RevealStep(id="seen", of=["why"], missing="pass", late="mark")
        found = coverage(make_flow(ASK, seen, RatifyStep(id="sign"), AskStep(id="aim")), []).possible
        assert Case("reveals", "seen", "late") not in found

    def test_of_tables_is_only_what_can_happen(self):
        """Nobody stands aside where all must say yes, and nothing has a second version in one round."""
        step = AgreeStep(id="settle", elements=["expectations"], rule="unanimous", rounds=1)
        found = coverage(make_flow(AskStep(id="ask"), step), []).possible
        assert [one.what for one in found if one.kind == "agreements"] == [
            "adopted",
            "unresolved",
            "objection",
            "declined",
        ]

    def test_of_repeats(self):
        """Commitments may be none, one or several; members are always several."""
        for over, expected in (("members", ["several"]), ("open-commitments", ["none", "one", "several"])):
            flow = make_flow(RepeatStep(id="each", over=over, steps=[AskStep(id="score")]))
            assert [one.what for one in coverage(flow, []).possible if one.kind == "repeats"] == expected
        assert ("each", "none") in done(flow, make_session(flow))


class TestConditions:
    FLOW = make_flow(
        AskStep(id="first", prompts=["score", "hopes"]),
        SayStep(id="low", text="Low.", when=TheAnswer(prompt="score", lt=3)),
        AskStep(id="sure", when=TheAnswer(prompt="score", lt=3)),
        GroupStep(id="both", steps=[AskStep(id="meet")], when=Some(prompt="hopes")),
        RatifyStep(id="sign"),
    )

    def answered(self, *scores, hopes="Much."):
        session = make_session(self.FLOW)
        for who, score in zip(("ana", "ben"), scores, strict=True):
            session = do(session, who, "answer", "score", score)
            session = do(session, who, "answer", "hopes", hopes) if hopes else do(session, who, "pass_", "hopes")
        return walk(session)

    def test_held_and_did_not(self):
        """A condition held when its step was shown to somebody, and did not when somebody came past it without."""
        both = {("low", "held"), ("low", "not held"), ("sure", "held"), ("sure", "not held"), ("both", "held")}
        assert both <= done(self.FLOW, self.answered(1, 5))
        assert missing(self.FLOW, self.answered(5, 5)) >= {("low", "held"), ("low", "shown"), ("sure", "held")}
        assert missing(self.FLOW, self.answered(1, 1)) >= {("low", "not held"), ("sure", "not held")}

    def test_of_groups(self):
        """A group's condition did not hold where nothing in it was shown."""
        assert ("both", "not held") in done(self.FLOW, self.answered(1, 1, hopes=None))
        assert ("both", "held") in missing(self.FLOW, self.answered(1, 1, hopes=None))

    def test_are_not_judged_before_they_are_passed(self):
        """A session that stops before a step says nothing about its condition."""
        session = make_session(self.FLOW)
        assert {("low", "held"), ("low", "not held")} <= missing(self.FLOW, session)


class TestReveals:
    FLOW = make_flow(
        ASK, RevealStep(id="seen", of=["why"], missing="pass", late="mark"), AskStep(id="aim"), RatifyStep(id="sign")
    )

    def test_by_themselves(self):
        """When all have submitted it opens by itself, and nobody is missing."""
        found = done(self.FLOW, walk(make_session(self.FLOW)))
        assert ("seen", "by itself") in found
        assert not {("seen", "by hand"), ("seen", "somebody missing"), ("seen", "late")} & found

    def test_by_hand_and_late(self):
        """Opened by hand with somebody missing, who comes late."""
        session = walk(make_session(self.FLOW), ["ana"])
        session = send(session, Reveal(by="ana", id="r", at=NOW, step="seen"))
        assert {("seen", "by hand"), ("seen", "somebody missing")} <= done(self.FLOW, session)
        session = do(do(session, "ben", "answer", "why", "Late."), "ben", "submit", "why")
        assert ("seen", "late") in done(self.FLOW, session)
        assert ("seen", "by itself") in missing(self.FLOW, session)


class TestAgreements:
    def test_tell_what_was_said(self):
        """Objections, standing aside, further versions, and both ends of a table."""
        flow = make_flow(
            AskStep(id="first", prompts=["aim", "rules"]),
            AgreeStep(id="settle", elements=["intention", "ground_rules"]),
            RatifyStep(id="sign"),
        )
        session = walk(make_session(flow), until="settle")
        assert missing(flow, session) >= {("settle", "adopted"), ("settle", "objection"), ("sign", "ratified")}
        by = {"by": "ben", "at": NOW}
        session = send(
            session,
            Propose(**by, id="1", element="intention", value="Another."),
            StandAside(**by, id="2", clause="rules-1"),
            Object(**by, id="3", clause="intention", reason="No."),
        )
        found = done(flow, walk(session))
        assert {
            ("settle", what) for what in ("adopted", "unresolved", "objection", "stood aside", "further version")
        } <= found
        assert ("sign", "ratified") in found


class TestAnotherPlan:
    """A session that went on with another version of the flow."""

    OLD = make_flow(AskStep(id="why"), RatifyStep(id="sign"))
    NEW = make_flow(AskStep(id="why"), AskStep(id="hopes", when=Some(prompt="why")), RatifyStep(id="sign"))

    def gone_on(self):
        session = do(make_session(self.OLD), "ana", "answer", "why", "Because.")
        migrate = Migrate(by="ana", id="migrate", at=NOW, plan=make_plan(self.NEW, BANK))
        return walk(send(session, migrate))

    def test_counts_for_each_while_it_ran_it(self):
        """What was ratified under the new flow covers nothing of the old."""
        old = done(self.OLD, self.gone_on())
        assert {("why", "answered"), ("why", "shown")} <= old
        assert ("sign", "ratified") not in old
        new = done(self.NEW, self.gone_on())
        assert {("hopes", "answered"), ("hopes", "held"), ("sign", "ratified")} <= new

    def test_has_the_prompts_of_the_plans_that_ran_the_flow(self):
        """Of a private prompt it is asked whether it was shared only where the flow asks it."""
        assert ("hopes", "answered") in {(one.about, one.what) for one in coverage(self.NEW, [self.gone_on()]).possible}
        assert "hopes" not in {one.about for one in coverage(self.OLD, [self.gone_on()]).possible}


def test_what_an_erasure_left_is_no_pass():
    """Nobody passed: an answer was given and forgotten, and neither is counted."""
    session = walk(make_session(TestAnotherPlan.OLD), ["ana"], until="sign")
    session = send(session, Erase(by="ana", id="erase", at=NOW, prompt="why"))
    assert {("why", "answered"), ("why", "passed")} & done(TestAnotherPlan.OLD, session) == set()


class TestTable:
    def test_is_read_by_people(self):
        """The table has a row for each kind, and under it in words what no session did."""
        flow = make_flow(ASK, RevealStep(id="seen", of=["why"]), RatifyStep(id="sign"))
        found = coverage(flow, [walk(make_session(flow))])
        assert str(found) == (
            "small, by 1 session\n"
            "                  done    of     %\n"
            "steps                3     3   100\n"
            "prompts              1     2    50\n"
            "reveals              1     1   100\n"
            "ratifications        1     1   100\n"
            "all                  6     7    85\n"
            "missing:\n"
            "  nobody passed on why\n"
        )
        assert found.missing == ("nobody passed on why",)
        assert repr(found) == "Coverage(flow='small', 1 sessions, 85 %)"

    def test_is_whole_when_all_was_done(self):
        """Two sessions together cover what neither does alone, and then nothing is missing."""
        flow = make_flow(ASK, RevealStep(id="seen", of=["why"]), RatifyStep(id="sign"))
        passed = send(make_session(flow), *(Pass(by=who, id="p", at=NOW, prompt="why") for who in ("ana", "ben")))
        found = coverage(flow, [walk(make_session(flow)), walk(passed)])
        assert (found.percent, found.missing) == (100, ())
        assert "missing" not in str(found)

    def test_of_many_random_sessions_has_words_for_everything(self):
        """Whatever a flow makes possible can be told, and simulated sessions cover most of it."""
        for seed in range(6):
            flow = some_flow(seed)
            found = coverage(flow, [simulate(flow, BANK, members=4, seed=n, drop_out=0.2).session for n in range(3)])
            assert len(found.missing) == len(found.uncovered)
            assert found.percent > 20


class TestWrong:
    def test_another_flow(self):
        """A session of another flow, or of this one in another version, is refused."""
        with pytest.raises(InvalidValueError, match="'s1' runs another flow"):
            coverage(make_flow(ASK), [make_session(BLIND)])
