from itertools import pairwise

import pytest

from alliancekit import library
from alliancekit.flow import (
    AgreeStep,
    All,
    Any_,
    AskStep,
    AtLeast,
    Count,
    Every,
    GroupStep,
    Not,
    Phase,
    Quorum,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    TheAnswer,
    analyse,
)
from alliancekit.model import Prompt, YesNoAnswer
from tests.scripts import BANK, make_flow

REST = (
    AskStep(id="the-rest", prompts=["aim", "give", "rhythm"]),
    AgreeStep(id="settle", elements=["intention", "commitments", "cadence"]),
    RatifyStep(id="sign"),
)
"""What makes a flow sound that ends with it."""

FIRST = AskStep(id="first", prompts=["why", "score", "sure", "tone", "meet", "hours", "day", "secret"])
BLIND = AskStep(id="blind", prompts=["score", "sure"], mode="blind")
SEEN = RevealStep(id="seen", of=["blind"])


def flaws(*steps, **more):
    return analyse(make_flow(*steps, *REST, **more), BANK)


def found(*steps, **more):
    return [(one.finding.rule, one.finding.pointer) for one in flaws(*steps, **more)]


def say(when, name="say"):
    return SayStep(id=name, text="!", when=when)


def every(*conditions):
    return All(conditions=conditions)


def no(condition):
    return Not(condition=condition)


def run(flaw, *steps, **more):
    """Return the session to which the requests of a flaw lead, and the steps that had something to do in it."""
    session = Session.start(
        make_flow(*steps, **more), BANK, id="s", alliance_id="ours", title="Ours", members=flaw.members
    )
    offered = set()
    for request in flaw.requests:
        offered |= {task.step for who in session.present for task in session.view(who).tasks}
        after, _ = session.send(request)
        assert after is not session
        session = after
    return session, offered


class TestAnalyse:
    @pytest.mark.parametrize("name", library.flow_names())
    def test_of_a_built_in_flow_is_nothing(self, name):
        """The flows that come with the library have no flaw."""
        flow = library.flow(name)
        assert analyse(flow, library.bank(flow.bank)) == ()

    def test_tells_what_keeps_it_from_starting_too(self):
        """All that is wrong comes in one go, in the order of the flow, and without a run where none can start."""
        steps = [FIRST, say(every(TheAnswer(prompt="score", lt=2), TheAnswer(prompt="score", gt=2))), AskStep(id="wy")]
        assert found(*steps) == [("contradiction", "/steps/1/when"), ("unknown-reference", "/steps/2")]
        assert all(not one.requests for one in flaws(*steps, AskStep(id="late")))

    def test_has_no_secret_in_its_repr(self):
        """A flaw says its rule and place, and not what is answered in its run."""
        (flaw,) = flaws(BLIND, say(Some(prompt="sure")), SEEN)
        assert repr(flaw) == "Flaw(leak at /steps/1/when, 4 requests)"


class TestContradiction:
    @pytest.mark.parametrize(
        "when",
        [
            TheAnswer(prompt="score", ge=4, le=2),
            TheAnswer(prompt="score", gt=5),
            TheAnswer(prompt="hours", gt=1, lt=1),
            TheAnswer(prompt="day", gt="2026-11-01", lt="2026-11-02"),
            every(TheAnswer(prompt="why", eq="x"), TheAnswer(prompt="why", eq="y")),
            every(TheAnswer(prompt="meet", eq="daily"), no(TheAnswer(prompt="meet", in_=["daily", "weekly"]))),
            every(TheAnswer(prompt="tone", has="direct"), no(TheAnswer(prompt="tone"))),
            every(
                TheAnswer(prompt="tone"), *(no(TheAnswer(prompt="tone", has=one)) for one in ("direct", "warm", "calm"))
            ),
            every(Some(prompt="sure"), no(Some(prompt="sure"))),
            every(AtLeast(number=2, prompt="sure"), Count(prompt="sure", le=1)),
            every(Every(prompt="sure"), Count(prompt="sure", eq=0)),
            no(Any_(conditions=[TheAnswer(prompt="sure"), no(TheAnswer(prompt="sure"))])),
            Count(prompt="sure", gt=2, lt=3),
        ],
    )
    def test_is_what_never_holds(self, when):
        """Tests that rule each other out are found at the condition, with no run, for there is none."""
        (flaw,) = flaws(FIRST, say(when))
        assert (flaw.finding.rule, flaw.finding.pointer) == ("contradiction", "/steps/1/when")
        assert flaw.requests == ()

    @pytest.mark.parametrize(
        "when",
        [
            TheAnswer(prompt="score", ge=4, le=4),
            TheAnswer(prompt="hours", gt=1, lt=2),
            TheAnswer(prompt="day", gt="2026-11-01", lt="2026-11-03"),
            every(Some(prompt="why", eq="x"), Some(prompt="why", eq="y")),
            every(Some(prompt="sure", eq=True), no(TheAnswer(prompt="sure"))),
            every(TheAnswer(prompt="secret"), no(Some(prompt="secret"))),
            every(AtLeast(number=2, prompt="sure"), Count(prompt="sure", ge=5)),
            every(TheAnswer(prompt="tone", has="direct"), TheAnswer(prompt="tone", has="warm")),
            Any_(conditions=[TheAnswer(prompt="score", ge=4, le=2), TheAnswer(prompt="sure")]),
        ],
    )
    def test_is_not_what_can_hold(self, when):
        """What several people, or one alone, can answer is no contradiction."""
        assert found(FIRST, say(when)) == []

    def test_counts_people_by_the_kind(self):
        """Three answers are too many between two, and not in a team."""
        when = Count(prompt="sure", ge=3)
        assert found(FIRST, say(when)) == found(FIRST, say(when), kinds=["team"]) == []
        (flaw,) = flaws(FIRST, say(when), kinds=["one-to-one"])
        assert flaw.finding.message == "count: sure, ge: 3 never holds between two"

    def test_names_the_tests_in_conflict(self):
        """Of a long condition those parts are named that rule each other out."""
        when = every(TheAnswer(prompt="why"), TheAnswer(prompt="score", ge=4), TheAnswer(prompt="score", le=2))
        (flaw,) = flaws(FIRST, say(when))
        assert flaw.finding.message == "(answer: score, ge: 4) and (answer: score, le: 2) never hold together"


class TestNeverVisible:
    def test_is_what_the_group_around_it_rules_out(self):
        """A condition that cannot hold where the group is shown is found; what stands in what is hidden is not."""
        hidden = GroupStep(id="in", steps=[say(Some(prompt="why"))], when=Some(prompt="sure"))
        group = GroupStep(id="out", steps=[hidden, say(Some(prompt="why"), "other")], when=no(Some(prompt="sure")))
        (flaw,) = flaws(FIRST, group)
        assert (flaw.finding.rule, flaw.finding.pointer) == ("never-visible", "/steps/1/steps/0/when")
        assert flaw.finding.severity == "warning"
        assert "where the group out is shown" in flaw.finding.message

    def test_is_what_the_ask_that_it_reads_rules_out(self):
        """An answer that is asked only where the condition does not hold is never there."""
        ask = AskStep(id="hopes", when=TheAnswer(prompt="sure", eq=True))
        assert found(FIRST, ask, say(every(TheAnswer(prompt="hopes"), TheAnswer(prompt="sure", eq=False)))) == [
            ("never-visible", "/steps/2/when")
        ]
        assert found(FIRST, ask, say(every(TheAnswer(prompt="hopes"), Some(prompt="sure", eq=False)))) == []

    def test_is_named_once(self):
        """What reads an answer of a step that is never shown is not found again."""
        ask = AskStep(id="hopes", when=every(TheAnswer(prompt="sure", eq=True), TheAnswer(prompt="sure", eq=False)))
        assert found(FIRST, ask, say(TheAnswer(prompt="hopes"))) == [("contradiction", "/steps/1/when")]


class TestDeadlock:
    def test_is_a_wait_for_more_people_than_there_can_be(self):
        """Between two there is no quorum of three, and nobody is anonymous."""
        many = RevealStep(id="seen", of=["blind"], once=Quorum(quorum=3))
        assert found(BLIND, many, kinds=["one-to-one"]) == [("deadlock", "/steps/1/once/quorum")]
        assert found(BLIND, many) == []
        nameless = RevealStep(id="seen", of=["blind"], attribution="anonymous")
        assert found(BLIND, nameless, kinds=["one-to-one"]) == [("deadlock", "/steps/1/attribution")]

    def test_is_a_reveal_of_what_is_never_asked(self):
        """A reveal that is shown only where its ask is not has nothing to show."""
        ask = AskStep(id="hopes", mode="blind", when=TheAnswer(prompt="aim"))
        reveal = RevealStep(id="shown", of=["hopes"], when=no(TheAnswer(prompt="aim")))
        rest = [AskStep(id="aim"), ask, reveal]
        assert ("deadlock", "/steps/2/of") in [
            (one.finding.rule, one.finding.pointer) for one in analyse(make_flow(*rest), BANK)
        ]
        assert "deadlock" not in [
            one.finding.rule for one in analyse(make_flow(*rest[:2], RevealStep(id="shown", of=["hopes"])), BANK)
        ]

    def test_is_two_steps_that_wait_for_each_other(self):
        """An ask that hangs on what only the reveal behind it shows is closed without having been open."""
        steps = [
            BLIND,
            AskStep(id="hopes", mode="blind", when=Some(prompt="sure")),
            RevealStep(id="seen", of=["blind", "hopes"]),
        ]
        (flaw,) = flaws(*steps)
        assert (flaw.finding.rule, flaw.finding.pointer) == ("deadlock", "/steps/1/when")
        session, offered = run(flaw, *steps, *REST)
        assert session.phase_of("seen") is Phase.REVEALED
        assert "hopes" not in offered


class TestLeak:
    @pytest.mark.parametrize(
        ("at", "steps"),
        [
            ("/steps/1/when", [BLIND, say(Some(prompt="sure")), SEEN]),
            ("/steps/1/when/not", [BLIND, say(no(Every(prompt="score", ge=3))), SEEN]),
            ("/steps/1/when", [BLIND, RevealStep(id="seen", of=["blind"], when=Count(prompt="sure"))]),
            ("/steps/1/when", [BLIND, GroupStep(id="both", steps=[SEEN], when=AtLeast(number=1, prompt="score"))]),
            ("/steps/1/when", [AskStep(id="secret", mode="blind"), say(Some(prompt="secret"))]),
        ],
    )
    def test_is_a_joint_condition_on_what_is_not_shown(self, at, steps):
        """It is found where it stands; in its run all have answered, and nobody is told."""
        (flaw,) = flaws(*steps)
        assert (flaw.finding.rule, flaw.finding.pointer) == ("leak", at)
        session, _ = run(flaw, *steps, *REST)
        assert {one.by for one in flaw.requests} == {"ana", "ben"}
        assert not [one for who in session.present for one in session.view(who).revealed]

    def test_is_a_condition_on_figures(self):
        """Of answers that are shown in figures no single one may show a step."""
        seen = RevealStep(id="seen", of=["blind"], attribution="aggregate")
        assert found(BLIND, seen, say(Some(prompt="score", ge=3))) == [("leak", "/steps/2/when")]

    def test_is_not_what_is_shown_before_or_ones_own(self):
        """Behind the reveal all may know, and each knows their own."""
        assert found(BLIND, say(TheAnswer(prompt="sure")), SEEN, say(Some(prompt="sure"), "then")) == []


class TestOutcome:
    def test_without_a_ratify_step(self):
        """A flow with no ratify step ends in a draft."""
        steps = REST[:-1]
        (flaw,) = analyse(make_flow(*steps), BANK)
        assert (flaw.finding.rule, flaw.finding.pointer) == ("ends-without-ratify", "/steps")
        session, _ = run(flaw, *steps)
        assert session.is_done
        assert session.alliance().status == "draft"

    def test_past_a_hidden_ratify_step(self):
        """Where the ratify step can be hidden, its run comes to an end without a yes."""
        steps = [FIRST, *REST[:-1], RatifyStep(id="sign", when=no(Every(prompt="sure", eq=True)))]
        (flaw,) = analyse(make_flow(*steps), BANK)
        assert (flaw.finding.rule, flaw.finding.pointer) == ("ends-without-ratify", "/steps/3/when")
        session, offered = run(flaw, *steps)
        assert session.is_done
        assert "sign" not in offered

    def test_with_a_table_behind_the_last_yes(self):
        """What is agreed after the last ratify step has nobody's yes."""
        steps = [*REST, AgreeStep(id="more", elements=["commitments"])]
        (flaw,) = analyse(make_flow(*steps), BANK)
        assert (flaw.finding.rule, flaw.finding.pointer) == ("ends-without-ratify", "/steps/3")
        session, _ = run(flaw, *steps)
        assert session.phase_of("sign") is Phase.RATIFIED
        assert session.phase_of("more") is Phase.OPEN

    @pytest.mark.parametrize(
        ("at", "ask"),
        [
            ("/steps/1/when", [AskStep(id="give", when=Some(prompt="sure"))]),
            ("/steps/1/when", [AskStep(id="give", when=no(Some(prompt="sure", eq=True)))]),
            ("/steps/1", [GroupStep(id="in", steps=[AskStep(id="give")], when=Some(prompt="sure"))]),
            ("/steps", [AskStep(id="give", mode="blind")]),
            ("/steps", []),
        ],
    )
    def test_without_an_element(self, at, ask):
        """What is never asked, or can be hidden, is found, and its run ends without it."""
        steps = [FIRST, *ask, AskStep(id="rest", prompts=["aim", "rhythm"]), RatifyStep(id="sign")]
        (flaw,) = analyse(make_flow(*steps), BANK)
        assert flaw.finding.rule == "element-never-elicited"
        assert flaw.finding.pointer.startswith(at)
        session, _ = run(flaw, *steps)
        assert session.is_done
        assert not session.alliance().commitments

    def test_of_a_check_in_needs_no_element(self):
        """A flow that goes over open commitments amends an alliance that has them."""
        again = RepeatStep(id="again", over="open-commitments", steps=[AskStep(id="why")])
        assert analyse(make_flow(again, RatifyStep(id="sign")), BANK) == ()


class TestBounds:
    def test_a_long_chain_is_followed(self):
        """A condition at the end of a chain of hundreds is judged with all of them."""
        names = [f"q{number}" for number in range(300)]
        bank = BANK.with_prompts(*(Prompt(id=name, text="?", answer=YesNoAnswer()) for name in names))
        chain = [AskStep(id=names[0])]
        chain += [AskStep(id=name, when=TheAnswer(prompt=before, eq=True)) for before, name in pairwise(names)]
        end = say(every(TheAnswer(prompt=names[-1]), no(TheAnswer(prompt=names[0]))))
        flow = make_flow(*chain, end, *REST)
        assert [(one.finding.rule, one.finding.pointer) for one in analyse(flow, bank)] == [
            ("never-visible", "/steps/300/when")
        ]

    def test_beyond_them_nothing_is_claimed(self):
        """What would take too long to decide is not said to be wrong."""
        crowd = every(AtLeast(number=1000, prompt="score", ge=3), no(AtLeast(number=1000, prompt="score")))
        assert found(FIRST, say(crowd)) == []

    def test_a_count_among_hundreds_of_numbers_is_not_judged(self):
        """Each would have to be tried with each of the others."""
        assert found(FIRST, say(Count(prompt="score", in_=[0.5, 1.5])))
        assert found(FIRST, say(Count(prompt="score", in_=[one + 0.5 for one in range(300)]))) == []

    @pytest.mark.parametrize(("number", "size", "is_shown"), [(1, 2, True), (10, 100, False)])
    def test_a_leak_that_takes_too_long_to_show_is_told_without_a_run(self, number, size, is_shown):
        """Thousands of joint conditions are judged at each request; each leak is told all the same."""
        when = Any_(conditions=[Some(prompt="score")] * size)
        told = flaws(BLIND, *(RatifyStep(id=f"sign-{one}", when=when) for one in range(number)))
        leaks = [one for one in told if one.finding.rule == "leak"]
        assert len(leaks) == size * number
        assert bool(leaks[-1].requests) is is_shown

    @pytest.mark.parametrize(("number", "rules"), [(3, ["ends-without-ratify"]), (2_500, [])])
    def test_a_flow_of_thousands_of_questions_is_not_run_to_its_end(self, number, rules):
        """What only a run can show is not claimed of it, and it is answered soon."""
        asked = [Prompt(id=f"q{one}", text="?") for one in range(number)]
        steps = (*(AskStep(id=one.id) for one in asked), *REST[:-1], RatifyStep(id="sign", when=Some(prompt="q0")))
        assert [one.finding.rule for one in analyse(make_flow(*steps), BANK.with_prompts(*asked))] == rules
