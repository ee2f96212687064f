"""People who act at random, and where they can come to rest."""

import pickle

import pytest

from alliancekit import library
from alliancekit.errors import InvalidValueError
from alliancekit.flow import (
    AgreeStep,
    Answer,
    AskStep,
    GroupStep,
    Quorum,
    RatifyStep,
    RepeatStep,
    RevealStep,
    Some,
    simulate,
    standstills,
)
from alliancekit.flow._tools._chance import made_for
from alliancekit.flow._tools._standstills import rest_of
from alliancekit.model import Member
from tests.scripts import BANK, BLIND, do, make_flow, make_session, walk

ASK = AskStep(id="first", prompts=["why", "score"], mode="blind")


def through(*steps, seeds=range(30), **more):
    """Return simulations of a flow of *steps* by four, in which people drop out."""
    given = {"members": 4, "drop_out": 0.6, **more}
    return [simulate(make_flow(*steps), BANK, seed=seed, **given) for seed in seeds]


def causes(*steps):
    return [(one.step, one.cause) for one in standstills(make_flow(*steps))]


class TestSimulate:
    def test_is_all_in_the_seed(self):
        """The same seed gives the same session, request by request, and another seed another one."""
        one, again, other = (simulate(BLIND, BANK, members=3, seed=seed, drop_out=0.3) for seed in (7, 7, 8))
        assert one == again
        assert one.session.requests == again.session.requests
        assert one.session.requests != other.session.requests
        assert pickle.loads(pickle.dumps(one)) == one

    def test_comes_to_the_end(self):
        """Where nobody drops out, everybody ratifies in the end, and what came twice was taken once."""
        for seed in range(10):
            one = simulate(BLIND, BANK, members=2 + seed % 4, seed=seed, twice=0.5, late=0.5, unsuitable=0.5)
            assert one.outcome == "done", str(one)
            assert one.faults == ()
            assert one.standstill is None
            assert {*one.session.alliance().ratifications} == {*one.session.present}
            assert one.accepted == len(one.session.requests)
            assert one.delivered == one.accepted + one.refused + one.not_allowed + one.repeated

    def test_has_a_bad_day_when_asked(self):
        """Some requests come twice, some do not fit, some have no place; without being asked for, nothing does."""
        bad = [simulate(BLIND, BANK, members=4, seed=seed, twice=0.4, late=0.6, unsuitable=0.6) for seed in range(5)]
        assert all(sum(getattr(one, name) for one in bad) for name in ("repeated", "refused", "not_allowed"))
        assert simulate(BLIND, BANK, members=4, seed=1, twice=0, late=0, unsuitable=0).repeated == 0

    def test_lets_people_come_and_go(self):
        """Who arrives late takes part, who leaves is not waited for, and between two nobody arrives."""
        found = [simulate(BLIND, BANK, members=4, seed=seed, arrivals=2, drop_out=0.5) for seed in range(20)]
        assert all(one.came == ("late1", "late2")[: len(one.came)] for one in found)
        assert any(one.came for one in found)
        assert any(one.left for one in found)
        assert any(one.silent for one in found)
        pair = simulate(library.flow("one-to-one"), library.bank("one-to-one"), members=2, seed=0, arrivals=2)
        assert pair.came == ()

    def test_takes_members_with_their_roles(self):
        """Members can be given; of a number of them, the first has the roles that the flow names."""
        steps = (AskStep(id="why", who="lead"), RatifyStep(id="sign"))
        people = [Member(id=who, name=who, roles=["lead"]) for who in ("ana", "ben")]
        assert simulate(make_flow(*steps), BANK, members=people, seed=0).session.present == ("ana", "ben")
        (one,) = through(*steps, seeds=[0], drop_out=0)
        assert [member.roles for member in one.session.members.values()] == [("lead",), (), (), ()]

    def test_answers_every_kind_of_prompt(self):
        """Prompts of every kind are answered with what suits them, and private answers are sometimes shared."""
        flow = make_flow(*(AskStep(id=name) for name in BANK.prompts))
        log = [one for seed in range(4) for one in simulate(flow, BANK, members=3, seed=seed).session.requests]
        answers = [one for one in log if isinstance(one, Answer)]
        assert {one.prompt.partition(".")[0] for one in answers} == {*BANK.prompts}
        assert {one.share for one in answers if one.prompt == "secret"} == {True, False}

    def test_gives_up_at_a_limit(self):
        """What does not end is stopped, and says so."""
        one = simulate(BLIND, BANK, members=2, seed=0, most=3)
        assert (one.outcome, one.delivered) == ("limit", 3)
        assert str(one).startswith("seed 0: no end in sight; 3 requests delivered")

    def test_shows_no_answer(self):
        """Neither its text nor its repr has anything that was answered."""
        one = simulate(BLIND, BANK, members=2, seed=0)
        words = {word for request in one.session.requests if request_text(request) for word in request_text(request)}
        assert not words & {*str(one).split(), *repr(one).split()} - {"and", "or"}

    @pytest.mark.parametrize("name", ["drop_out", "twice", "late", "unsuitable"])
    def test_refuses_odds_that_are_none(self, name):
        """A likelihood is from 0 to 1."""
        with pytest.raises(InvalidValueError, match=f"{name}.*must be from 0 to 1, not 2"):
            simulate(BLIND, BANK, members=2, seed=0, **{name: 2})


def request_text(request):
    return request.value.split() if isinstance(request, Answer) and isinstance(request.value, str) else []


class TestStandstills:
    """Each is allowed by the flow, and found by people who fall silent."""

    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            ((ASK, RevealStep(id="seen", of=["first"])), [("seen", "everybody")]),
            ((ASK, RevealStep(id="seen", of=["first"], once=Quorum(quorum=4))), [("seen", "quorum")]),
            (
                (ASK, RevealStep(id="seen", of=["first"], once="facilitator")),
                [("seen", "everybody"), ("seen", "facilitator"), ("seen", "anybody")],
            ),
            (
                (ASK, RevealStep(id="seen", of=["first"], missing="pass")),
                [("seen", "facilitator"), ("seen", "anybody")],
            ),
            (
                (AskStep(id="aim"), AgreeStep(id="settle", elements=["intention"])),
                [("aim", "answers"), ("settle", "word")],
            ),
            ((AskStep(id="aim"), RatifyStep(id="sign")), [("aim", "answers"), ("sign", "yes")]),
            ((AskStep(id="aim"),), [("aim", "answers")]),
        ],
    )
    def test_follow_from_the_barriers(self, steps, expected):
        """Which steps can come to rest, and why, is read off the flow; no simulation rests anywhere else."""
        assert causes(*steps) == expected
        rests = [
            one.standstill
            for one in through(*steps, members=2, drop_out=1.0, seeds=range(80))
            if one.standstill is not None
        ]
        assert rests
        assert {(one.step, one.cause) for one in rests} <= {*expected}

    def test_are_at_an_ask_whose_reveal_may_be_hidden(self):
        """Where no reveal is sure to come, the answers are waited for by what stands behind."""
        hidden = RevealStep(id="seen", of=["first"], when=Some(prompt="aim"))
        assert ("first", "answers") in causes(AskStep(id="aim"), ASK, hidden, RatifyStep(id="sign"))
        together = GroupStep(id="both", steps=[ASK, RevealStep(id="seen", of=["first"])], when=Some(prompt="aim"))
        assert ("first", "answers") not in causes(AskStep(id="aim"), together, RatifyStep(id="sign"))
        repeated = RepeatStep(id="each", over="open-commitments", steps=[ASK, RevealStep(id="seen", of=["first"])])
        assert ("aim", "answers") in causes(AskStep(id="aim"), repeated, RatifyStep(id="sign"))

    def test_name_a_remedy(self):
        """Each is a sentence with what can be done about it."""
        (one,) = standstills(make_flow(ASK, RevealStep(id="seen", of=["first"])))
        assert str(one).startswith(
            "seen: it waits until everybody has submitted; missing: pass lets the others open it"
        )

    def test_name_whom_they_wait_for(self):
        """Where a session rests, the step, the reason and the silent members are told, and nobody who did their part."""
        session = walk(make_session(BLIND, "ana", "ben", "cem"), ["ana"])
        rest = rest_of(session, ["ben", "cem"])
        assert (rest.step, rest.cause, rest.waiting_for) == ("seen", "everybody", ("ben", "cem"))
        assert str(rest) == "seen: it waits until everybody has submitted; waiting for ben, cem"

    def test_are_over_when_a_facilitator_says_who_has_gone(self):
        """Where a facilitator is there and acts, silent members are said to have gone, and the session ends."""
        people = [Member(id=who, name=who, roles=["facilitator"]) for who in ("ana", "ben", "cem")]
        found = [simulate(BLIND, BANK, members=people, seed=seed, drop_out=0.5) for seed in range(20)]
        assert any(one.left for one in found)
        assert all(one.outcome == "done" for one in found if len(one.silent) < len(one.session.present))


class TestMadeFor:
    def test_a_repeat_is_told_with_what_it_is_for(self):
        """Inside a repeat, the standstill says for which clause or member."""
        flow = make_flow(RepeatStep(id="each", over="members", steps=[AskStep(id="score")]), RatifyStep(id="sign"))
        session = do(make_session(flow), "ana", "answer", "score", 3)
        rest = rest_of(session, ["ben"])
        assert (rest.step, rest.for_, rest.cause) == ("score", "ana", "answers")
        assert str(rest).startswith("score for ana: ")

    def test_makes_what_a_schema_says(self):
        """What is made for a task fits its schema, for every prompt and element there is."""
        from random import Random

        from jsonschema import Draft202012Validator

        from alliancekit.flow import answer_schema, proposal_schema

        schemas = [
            answer_schema(one)
            for name in ("one-to-one", "team", "check-in")
            for one in library.bank(name).prompts.values()
        ]
        schemas += [
            proposal_schema(one) for one in ("intention", "commitments", "expectations", "ground_rules", "cadence")
        ]
        for seed, schema in enumerate(schemas * 3):
            value = made_for(schema, Random(seed), ("ana", "ben"))
            assert [*Draft202012Validator(schema).iter_errors(value)] == [], value
