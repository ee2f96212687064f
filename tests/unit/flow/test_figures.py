"""Figures about answers: of how many, which ones, and that they never tell about one member."""

import json
from typing import Any

import pytest

from alliancekit.errors import InvalidValueError
from alliancekit.flow import Answer, AskStep, Figure, Leave, RevealStep, SayStep, Session, Some
from alliancekit.flow._attribution import withhold
from alliancekit.flow._figures import figure_of, pulse
from alliancekit.model import Member, Prompt, PulseAggregate, PulseByName, ScaleAnswer
from alliancekit.values import FrozenMap
from tests.scripts import BANK, NOW, do, make_flow, refusal, send, task

TEAM = ("ana", "ben", "cem", "dora", "eva", "fay")
PULSE = BANK.with_prompts(
    Prompt(id="trust", text="Trust?", answer=ScaleAnswer(points=5), informs=["pulse"]),
)


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a flow start that should not: the engine must not tell more than figures even so."""
    for module in ("_starting", "_session"):
        monkeypatch.setattr(f"alliancekit.flow.{module}.problems", lambda *_: ())


def aggregate(
    *prompts: str, fewest: int = 5, members: Any = TEAM, how: Any = "aggregate", then: Any = (), **more: Any
) -> Session:
    """Return a session in which *prompts* are asked blind and revealed in figures."""
    reveal = RevealStep(id="seen", of=["first"], attribution=how, missing="pass", **more)
    flow = make_flow(AskStep(id="first", prompts=prompts, mode="blind"), reveal, *then, AskStep(id="day"))
    people = [Member(id=who, name=who.title()) for who in members]
    return Session.start(flow, PULSE, id="s1", alliance_id="ours", title="Ours", members=people, fewest=fewest)


def said(session: Session, prompt: str, *values: Any, named: str = "") -> Session:
    """Return *session* after the members have answered, in their order, those in *named* by name; None is a pass."""
    for who, value in zip(TEAM, values, strict=False):
        if value is None:
            session = do(session, who, "pass_", prompt)
        else:
            session = do(session, who, "answer", prompt, value, share=who in named)
    return session


def ready(session: Session, count: int = 6) -> Session:
    """Return *session* after the first *count* members have submitted, and the reveal."""
    for who in TEAM[:count]:
        session = do(session, who, "submit", "first")
    return session if count == len(session.members) else do(session, TEAM[0], "reveal", "seen")


def figures(session: Session, who: str = "ana") -> list[Figure]:
    """Return the figures that *who* sees."""
    return [one for revealed in session.view(who).revealed for one in revealed.figures]


def given(session: Session, who: str = "ana") -> list[tuple[Any, Any]]:
    """Return the answers that *who* sees one by one."""
    return [(one.by, one.value) for revealed in session.view(who).revealed for one in revealed.answers]


class TestFigures:
    def test_the_mean_of_a_scale(self):
        """How many answered, and their mean to one decimal; no answer stands by itself."""
        session = ready(said(aggregate("score"), "score", 5, 4, 4, 3, 5, None))
        assert figures(session) == [Figure(prompt="score", text="How much?", answers=5, mean=4.2)]
        assert given(session) == []
        assert "  score: 5 answers, mean 4.2\n" in str(session.view("ben"))
        assert repr(figures(session)[0]) == "Figure(score, 5 answers)"
        assert session.view("ana").to_dict()["revealed"][0]["figures"] == [
            {"prompt": "score", "text": "How much?", "answers": 5, "mean": 4.2}
        ]

    def test_the_mean_is_the_same_in_any_order(self):
        """Numbers with fractions are added without an error that would hang on who said which."""
        values = [0.1, 0.2, 0.3, 1e-9, 39.9, 0.7]
        one, two = (ready(said(aggregate("hours"), "hours", *order)) for order in (values, values[::-1]))
        assert figures(one) == figures(two)
        assert figures(one)[0].mean == 6.9

    def test_how_often_each_option_was_chosen(self):
        """Options that nobody chose are there too; notes are not."""
        noted = {"choices": ["warm"], "note": "Softly."}
        session = said(
            aggregate("tone", "meet", "sure"), "tone", ["direct", "warm"], ["direct"], noted, *[["calm"]] * 3
        )
        session = said(session, "meet", *["weekly"] * 6)
        session = ready(said(session, "sure", True, True, False, True, True, None))
        assert [one.counts for one in figures(session)] == [
            FrozenMap({"direct": 2, "warm": 2, "calm": 3}),
            FrozenMap({"daily": 0, "weekly": 6}),
            FrozenMap({"yes": 4, "no": 1}),
        ]
        assert "Softly" not in json.dumps(session.view("ana").to_dict())
        assert "  sure: 5 answers, yes 4, no 1\n" in str(session.view("ana"))

    @pytest.mark.usefixtures("unchecked")
    @pytest.mark.parametrize(("prompt", "value"), [("hopes", "Much."), ("ask", [{"text": "Tell me."}])])
    def test_what_cannot_be_counted_has_none(self, prompt, value):
        """Of texts and clauses there are no figures, and nothing else is shown of them either."""
        session = ready(said(aggregate(prompt), prompt, *[value] * 6))
        assert (figures(session), given(session), session.alliance().expectations) == ([], [], FrozenMap())


class TestTooFew:
    def test_fewer_than_asked_for_show_nothing(self):
        """Four of five show nothing, not even that they are four."""
        four = ready(said(aggregate("score"), "score", 1, 2, 3, 4, None, None))
        none = ready(said(aggregate("score"), "score", 1, None, None, None, None, None))
        assert (figures(four), given(four)) == ([], [])
        assert four.view("fay") == none.view("fay")

    def test_the_host_may_ask_for_more_and_not_for_fewer_than_three(self):
        """Three is the least there is."""
        assert figures(ready(said(aggregate("score", fewest=3), "score", 1, 2, 3, None, None, None)))
        assert not figures(ready(said(aggregate("score", fewest=6), "score", 1, 2, 3, 4, 5, None)))
        with pytest.raises(InvalidValueError, match="fewest"):
            aggregate("score", fewest=2)

    def test_who_shares_by_name_is_read(self):
        """An answer that its author shares stands there by name, also where there are too few for figures."""
        session = ready(said(aggregate("score"), "score", 1, 2, 3, None, None, None, named="ben"))
        assert (figures(session), given(session)) == ([], [("ben", 2)])
        assert ("score", "ben", 2) in {(one.prompt, one.by, one.answer) for one in session.alliance().responses}

    def test_too_few_others_show_nothing(self):
        """With two by name, the figures of six would give away the other four."""
        session = ready(said(aggregate("score"), "score", 1, 2, 3, 4, 5, 5, named="ana ben"))
        assert (figures(session), given(session)) == ([], [("ana", 1), ("ben", 2)])
        assert figures(ready(said(aggregate("score"), "score", 1, 2, 3, 4, 5, 5, named="ana")))[0].answers == 6

    def test_one_more_by_name_does_not_tell_who_passed(self):
        """Where all others share by name, a pass of one looks like an answer of one."""
        passed, kept = (
            ready(said(aggregate("score"), "score", 1, 2, 3, 4, 5, last, named="ana ben cem dora eva"))
            for last in (None, 5)
        )
        assert passed.view("ana") == kept.view("ana")


class TestTime:
    def test_who_leaves_takes_nothing_along(self):
        """The figures stand as they were: the difference would be the answer of who has gone."""
        session = ready(said(aggregate("score"), "score", 5, 4, 4, 3, 5, 1))
        after = send(session, Leave(by="ben", id="go", at=NOW, member="ben"))
        assert figures(after) == figures(session)

    @pytest.mark.usefixtures("unchecked")
    def test_nobody_is_late(self):
        """A number that comes later would be the change that it made."""
        session = ready(said(aggregate("score", late="mark"), "score", 5, 4, 4, 3, 5), 5)
        assert [one.about for one in session.view("fay").tasks] == ["day"]

    def test_what_is_withheld_stays_so(self):
        """Figures that were taken back are not shown again, and those by name stay."""
        session = ready(said(aggregate("trust"), "trust", 5, 4, 4, 3, 5, 1, named="ana"))
        state = withhold(session.state, "trust")
        assert figure_of(session.state, "trust") is not None
        assert figure_of(state, "trust") is None
        assert pulse(state) == FrozenMap({"trust": PulseByName(named={"ana": 5})})


class TestElsewhere:
    def test_no_condition_reads_them(self):
        """What is shown in figures is not there for a condition, by name or not."""
        says = [SayStep(id="low", text="Low.", when=Some(prompt="score", lt=3))]
        session = ready(said(aggregate("score", then=says), "score", 1, 1, 1, 1, 1, 1, named="ana"))
        assert [one.step for one in session.view("ana").items] == ["day"]

    def test_the_alliance_keeps_none_of_them(self):
        """Neither the figures nor what they are of is written down with the alliance."""
        session = ready(said(aggregate("score"), "score", 5, 4, 4, 3, 5, 1))
        assert session.alliance().responses == ()

    def test_the_task_says_how_it_will_be_shown(self):
        """Who answers knows that the others see figures, and that they may share theirs by name."""
        session = said(aggregate("score"), "score", 5, named="ana")
        asked = task(session, "ana", "score")
        assert (asked.attribution, asked.may_share, asked.is_shared) == ("aggregate", True, True)
        assert not task(session, "ben", "score").is_shared

    @pytest.mark.usefixtures("unchecked")
    def test_the_one_answer_of_all_is_not_shared_by_name(self):
        """It has no author who could."""
        flow = make_flow(
            AskStep(id="first", prompts=["score", "aim"]), RevealStep(id="seen", of=["first"], attribution="aggregate")
        )
        people = [Member(id=who, name=who.title()) for who in TEAM]
        session = Session.start(flow, BANK, id="s", alliance_id="o", title="O", members=people)
        assert "share is for" in refusal(
            session, Answer(by="ana", id="r", at=NOW, prompt="aim", value="A.", share=True)
        )


class TestPulse:
    def test_in_figures_where_there_are_enough(self):
        """A check-in records the mean of a team."""
        session = ready(said(aggregate("trust"), "trust", 5, 4, 4, 3, 5, 4, named="ana"))
        assert pulse(session.state) == FrozenMap({"trust": PulseAggregate(answers=6, mean=4.2)})

    def test_by_name_where_they_share(self):
        """Between two, and wherever there are too few, only what is shared by name is there."""
        session = said(aggregate("trust", members=TEAM[:2]), "trust", 5, 4, named="ana ben")
        assert pulse(ready(session, 2).state) == FrozenMap({"trust": PulseByName(named={"ana": 5, "ben": 4})})
        session = said(aggregate("trust", members=TEAM[:2]), "trust", 5, 4, named="ana")
        assert pulse(ready(session, 2).state) == FrozenMap({"trust": PulseByName(named={"ana": 5})})

    def test_nothing_where_nobody_shares(self):
        """What is too little to show is not there at all, and neither is what is not revealed yet."""
        session = said(aggregate("trust", members=TEAM[:2]), "trust", 5, 4)
        assert pulse(session.state) == FrozenMap()
        assert pulse(ready(session, 2).state) == FrozenMap()

    def test_a_reveal_by_name_gives_names(self):
        """Where the flow shows who said what, the check-in says so too."""
        session = ready(said(aggregate("trust", how="named"), "trust", 5, 4, 4, 3, 5, None))
        (found,) = pulse(session.state).values()
        assert found == PulseByName(named={"ana": 5, "ben": 4, "cem": 4, "dora": 3, "eva": 5})

    def test_without_names_it_is_the_mean_of_enough(self):
        """Answers that are shown without their authors have no names to record."""
        session = ready(said(aggregate("trust", how="anonymous"), "trust", 5, 4, 4, 3, 5, None))
        assert pulse(session.state) == FrozenMap({"trust": PulseAggregate(answers=5, mean=4.2)})
        session = ready(said(aggregate("trust", how="anonymous"), "trust", 5, 4, 4, 3, None, None))
        assert pulse(session.state) == FrozenMap()

    def test_other_scales_are_none(self):
        """Only what informs the pulse is in it."""
        session = ready(said(aggregate("score"), "score", 5, 4, 4, 3, 5, 1))
        assert pulse(session.state) == FrozenMap()
