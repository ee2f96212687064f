import pytest
from attrs import evolve

from alliancekit.errors import DocumentError, InvalidValueError, UnknownNameError
from alliancekit.flow import (
    AgreeStep,
    All,
    AskStep,
    AtLeast,
    Count,
    Every,
    GroupStep,
    Not,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    TheAnswer,
    problems,
)
from alliancekit.model import FollowUp, Prompt
from tests.scripts import BANK, BLIND, make_flow, make_session

GIVE = AskStep(id="give")


def found(*steps):
    return [(one.rule, one.pointer) for one in problems(make_flow(*steps), BANK)]


def when(condition, *before):
    return found(
        *(before or (AskStep(id="first", prompts=["why", "tone", "score", "day", "give"]),)),
        SayStep(id="say", text="!", when=condition),
    )


class TestProblems:
    def test_of_a_sound_flow_are_none(self):
        """A flow that fits its bank has no problems."""
        assert problems(BLIND, BANK) == ()

    def test_hints_do_not_repeat_the_mistake(self):
        """A prompt that is asked but stands in no bank is not offered as what was meant."""
        wrong = problems(make_flow(AskStep(id="wy"), SayStep(id="say", text="!", when=TheAnswer(prompt="wy"))), BANK)
        assert [one.pointer for one in wrong] == ["/steps/0", "/steps/1/when/answer"]
        assert [one.hint for one in wrong if "'wy'" in one.hint] == []

    @pytest.mark.parametrize(
        ("expected", "steps"),
        [
            (("unknown-reference", "/steps/0"), [AskStep(id="wy")]),
            (("unknown-reference", "/steps/0/prompts/1"), [AskStep(id="first", prompts=["why", "wy"])]),
            (("duplicate-prompt", "/steps/1"), [AskStep(id="first", prompts=["why"]), AskStep(id="why")]),
            (("duplicate-id", "/steps/1"), [AskStep(id="why"), SayStep(id="why", text="!")]),
            (("type-mismatch", "/steps/0"), [AskStep(id="aim", mode="blind")]),
            (
                ("unknown-reference", "/steps/1/of/0"),
                [AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["wy"])],
            ),
            (("forward-reference", "/steps/0/of/0"), [RevealStep(id="seen", of=["why"]), AskStep(id="why")]),
            (
                ("agree-without-ask", "/steps/1/elements"),
                [AskStep(id="why"), AgreeStep(id="settle", elements=["values"])],
            ),
            (("self-reference", "/steps/0/when/answer"), [AskStep(id="why", when=TheAnswer(prompt="why"))]),
            (
                ("forward-reference", "/steps/0/steps/0/when/answer"),
                [
                    GroupStep(id="both", steps=[SayStep(id="say", text="!", when=TheAnswer(prompt="why"))]),
                    AskStep(id="why"),
                ],
            ),
            (
                ("self-reference", "/steps/0/when/some"),
                [GroupStep(id="both", when=Some(prompt="why"), steps=[AskStep(id="why")])],
            ),
        ],
    )
    def test_of_references_have_their_place(self, expected, steps):
        """What is named and is not there, is later, or is the step itself, is found where it is named."""
        assert expected in found(*steps)

    def test_suggest_the_nearest_name(self):
        """A misspelt prompt comes with the one that was meant."""
        (one,) = problems(make_flow(AskStep(id="wy")), BANK)
        assert one.hint == "did you mean 'why'?"

    @pytest.mark.parametrize(
        ("expected", "condition"),
        [
            ("/steps/1/when/eq", TheAnswer(prompt="score", eq="3")),
            ("/steps/1/when/has", TheAnswer(prompt="score", has=3)),
            ("/steps/1/when/lt", TheAnswer(prompt="why", lt=3)),
            ("/steps/1/when/eq", TheAnswer(prompt="tone", eq="direct")),
            ("/steps/1/when/has", TheAnswer(prompt="tone", has="loud")),
            ("/steps/1/when/ge", TheAnswer(prompt="day", ge=3)),
            ("/steps/1/when/eq", Some(prompt="give", eq="x")),
            ("/steps/1/when/has", Count(prompt="why", has="x")),
            ("/steps/1/when/not/in", Not(condition=Every(prompt="score", in_=["low"]))),
        ],
    )
    def test_of_conditions_are_typed(self, expected, condition):
        """A test that can never fit an answer is found at the test."""
        assert ("type-mismatch", expected) in when(condition)

    def test_of_unknown_prompts_in_conditions_are_found(self):
        """A prompt that the bank lacks, one that is never asked, and a follow-up that is none."""
        assert when(AtLeast(number=2, prompt="wy")) == [("unknown-reference", "/steps/1/when/of")]
        assert when(Count(prompt="hopes")) == [("unknown-reference", "/steps/1/when/count")]
        assert when(Some(prompt="tone.wroks")) == [("unknown-reference", "/steps/1/when/some")]
        assert when(Some(prompt="tone.works", eq="Nothing.")) == []

    def test_of_joint_steps_that_read_one_members_answer_are_found(self):
        """A step for all alike cannot hang on `answer` of a prompt that each member answers."""
        steps = [AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"], when=TheAnswer(prompt="why"))]
        assert ("type-mismatch", "/steps/1/when/answer") in found(*steps)

    def test_of_too_large_conditions_are_found(self):
        """16 deep and 256 parts are allowed, and one more is not."""
        deep = TheAnswer(prompt="why")
        for _ in range(15):
            deep = Not(condition=deep)
        assert when(deep) == []
        assert when(Not(condition=deep)) == [("limit", "/steps/1/when")]
        wide = [Some(prompt="why")] * 255
        assert when(All(conditions=wide)) == []
        assert when(All(conditions=[*wide, wide[0]])) == [("limit", "/steps/1/when")]

    def test_of_repeats_are_found(self):
        """A repeat within a repeat has no bound, nor has one that comes to thousands of questions."""
        inner = RepeatStep(id="inner", over="members", steps=[AskStep(id="why")])
        assert found(RepeatStep(id="outer", over="members", steps=[inner])) == [("unbounded", "/steps/0/steps/0")]
        both = [AskStep(id="first", prompts=["why", "hopes", "score", "sure", "day"])]
        assert found(RepeatStep(id="often", over="members", most=1000, steps=both)) == []
        both = [AskStep(id="first", prompts=["why", "hopes", "score", "sure", "day", "meet"])]
        assert found(RepeatStep(id="often", over="members", most=1000, steps=both)) == [("unbounded", "/steps/0/most")]

    def test_of_the_answer_to_what_is_repeated_are_found(self):
        """From outside a repeat there is no one answer to what is asked in it, and within it there is."""
        say = SayStep(id="say", text="!", when=TheAnswer(prompt="why"))
        again = RepeatStep(id="again", over="members", steps=[AskStep(id="why"), say])
        assert found(again) == []
        again = RepeatStep(id="again", over="members", steps=[AskStep(id="why")])
        assert found(again, say) == [("type-mismatch", "/steps/1/when/answer")]

    @pytest.mark.parametrize(
        ("expected", "prompts", "more"),
        [
            ([], ["why", "score"], {"attribution": "named"}),
            ([], ["hopes", "score", "tone"], {"attribution": "anonymous"}),
            ([], ["sure", "score", "tone", "meet", "hours"], {"attribution": "aggregate"}),
            ([("leak", "/late")], ["score"], {"attribution": "anonymous", "late": "mark"}),
            ([("leak", "/late")], ["score"], {"attribution": "aggregate", "late": "mark"}),
            ([("leak", "/of/0")], ["hopes", "why"], {"attribution": "anonymous"}),
            ([("leak", "/of/0")], ["give"], {"attribution": "anonymous"}),
            ([("type-mismatch", "/of/0"), ("type-mismatch", "/of/0")], ["why", "day"], {"attribution": "aggregate"}),
            ([("type-mismatch", "/of/0")], ["worries"], {"attribution": "aggregate"}),
        ],
    )
    def test_of_attribution_are_found(self, expected, prompts, more):
        """What names its author is not shown without one, and what makes no figure is not shown in figures."""
        steps = [AskStep(id="first", prompts=prompts, mode="blind"), RevealStep(id="seen", of=["first"], **more)]
        assert found(*steps) == [(rule, f"/steps/1{pointer}") for rule, pointer in expected]

    def test_of_figures_of_private_answers_are_found(self):
        """A figure of answers that each may keep would tell of those that were kept."""
        secret = BANK.prompts["score"]
        bank = BANK.with_prompts(evolve(secret, visibility="private"))
        steps = [AskStep(id="score", mode="blind"), RevealStep(id="seen", of=["score"], attribution="aggregate")]
        (one,) = problems(make_flow(*steps), bank)
        assert (one.rule, one.pointer) == ("type-mismatch", "/steps/1/of/0")

    @pytest.mark.parametrize(
        ("expected", "steps"),
        [
            ([], [AskStep(id="why"), SayStep(id="say", text="You said {why}, and {{why}} is literal.")]),
            ([], [AskStep(id="tone"), SayStep(id="say", text="Works: {tone.works}")]),
            ([("unknown-reference", "/steps/1/text")], [AskStep(id="why"), SayStep(id="say", text="{wy}")]),
            ([("unknown-reference", "/steps/1/text")], [AskStep(id="why"), SayStep(id="say", text="{why.not}")]),
            ([("unknown-reference", "/steps/0/text")], [SayStep(id="say", text="{why}")]),
            ([("unknown-reference", "/steps/0/title")], [AskStep(id="why", title="For {for}")]),
            ([], [RepeatStep(id="r", over="members", title="{for}", steps=[AskStep(id="why", title="{for}")])]),
            ([("forward-reference", "/steps/0/text")], [SayStep(id="say", text="{why}"), AskStep(id="why")]),
            ([("forward-reference", "/steps/0/title")], [AskStep(id="why", title="{why}")]),
            ([("leak", "/steps/1/title")], [AskStep(id="why"), RatifyStep(id="sign", title="{why}")]),
            ([], [AskStep(id="aim"), RatifyStep(id="sign", title="{aim}")]),
        ],
    )
    def test_of_placeholders_are_found(self, expected, steps):
        """A text says what its reader has answered before it, and one that all read alike what all have."""
        assert found(*steps) == expected

    def test_of_a_text_that_is_full_of_them_the_first_are_told(self):
        """A hostile flow does not choose how much is said about it."""
        text = " ".join(f"{{no{number}}}" for number in range(1_000))
        assert len(found(SayStep(id="say", text=text), SayStep(id="more", text=text))) == 40

    def test_of_placeholders_in_prompts_are_found_where_they_are_asked(self):
        """A prompt may say what was answered before it, and a follow-up what it follows."""
        telling = [
            Prompt(id="more", text="You said {why}."),
            Prompt(id="then", text="Then?", why="{more}", follow_ups=[FollowUp(id="so", text="After {then}?")]),
        ]
        bank = BANK.with_prompts(*telling)
        assert problems(make_flow(AskStep(id="first", prompts=["why", "more", "then"])), bank) == ()
        wrong = problems(make_flow(AskStep(id="first", prompts=["then", "more", "why"])), bank)
        assert [(one.rule, one.pointer) for one in wrong] == [
            ("forward-reference", "/steps/0/prompts/0"),
            ("forward-reference", "/steps/0/prompts/1"),
        ]


class TestStart:
    def test_refuses_a_flow_with_problems(self):
        """Nothing starts that cannot be run; the error carries the findings."""
        with pytest.raises(DocumentError) as caught:
            make_session(make_flow(AskStep(id="wy")))
        assert caught.value.findings[0].rule == "unknown-reference"

    def test_holds_the_kind_to_its_number_of_members(self):
        """A one-to-one is between two; the kind of a flow for both follows from the number."""
        assert make_session(make_flow(AskStep(id="why"))).kind == "one-to-one"
        assert make_session(make_flow(AskStep(id="why")), "ana", "ben", "cem").kind == "team"
        for members in (["ana"], ["ana", "ben", "cem"]):
            with pytest.raises(InvalidValueError, match="members"):
                make_session(make_flow(AskStep(id="why"), kinds=["one-to-one"]), *members)
        with pytest.raises(InvalidValueError, match="members"):
            make_session(make_flow(AskStep(id="why"), kinds=["team"]), "ana")

    def test_refuses_a_kind_that_the_flow_is_not_for(self):
        """A flow for teams makes no one-to-one."""
        with pytest.raises(UnknownNameError):
            Session.start(
                make_flow(AskStep(id="why"), kinds=["team"]),
                BANK,
                id="s",
                alliance_id="o",
                title="O",
                members=(),
                kind="one-to-one",
            )

    def test_needs_somebody_for_each_role(self):
        """A step for a role that nobody has would wait for ever, so the session does not start."""
        flow = make_flow(AskStep(id="why", who="lead"))
        with pytest.raises(InvalidValueError, match="lead"):
            make_session(flow)
        assert make_session(flow, roles={"ana": ["lead"]}).view("ana").tasks
