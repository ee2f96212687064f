"""Going on with another version of the plan: who may, what is told to whom, and what a stored log holds."""

import pickle

import pytest
from attrs import evolve

from alliancekit import dumps, loads
from alliancekit.errors import DocumentError, InvalidValueError
from alliancekit.flow import (
    AskStep,
    Changed,
    Migrate,
    Migrated,
    RequestNotAllowedError,
    RevealStep,
    Session,
    Verdict,
    make_plan,
)
from alliancekit.model import NumberAnswer, ScaleAnswer
from tests.scripts import BANK, BLIND, NOW, do, make_flow, make_session, refusal, send, walk
from tests.unit.flow.test_verdicts import ahead, answered, prompt, shown, signing, step, whole


def going(session, change, by="ana"):
    """Return the request that takes *session* to a changed plan."""
    return Migrate(by=by, id="migrate", at=NOW, plan=change(session.running))


NARROWER = prompt("hours", answer=NumberAnswer(least=3, most=40))


class TestMigrate:
    """The request."""

    def test_an_answer_that_does_not_stay_is_told_to_its_author_alone(self):
        """The others hear that there is another plan, and not who has to answer again."""
        session = answered()
        after, facts = session.send(going(session, NARROWER))
        told = {fact.by: fact.to for fact in facts if isinstance(fact, Changed)}
        assert told == {"ana": ("ana",), "ben": ("ben",)}
        assert [fact.to for fact in facts if isinstance(fact, Migrated)] == [("ana", "ben", "cem")]
        assert "hours" in [task.about for task in after.view("ben").tasks]
        assert "meet" not in [task.about for task in after.view("ben").tasks]

    def test_a_facilitator_decides_where_there_is_one(self):
        """Anybody else is refused, and anybody at all may where there is none."""
        session = make_session(BLIND, "ana", "ben", roles={"ana": ["facilitator"]})
        request = going(session, whole(title="Other"), by="ben")
        assert refusal(session, request) == "a facilitator decides whether to go on with another version of the flow"
        assert session.send(going(session, whole(title="Other")))[0].running.flow.title == "Other"

    def test_a_refusal_names_the_change_and_the_reason(self):
        """Whoever asked for it reads what stands in its way, and nothing of what was answered."""
        session = shown()
        reason = refusal(session, going(session, NARROWER))
        assert reason.startswith("prompt hours: the least was 0")
        assert reason.endswith("an answer that was shown does not fit")

    def test_a_plan_that_cannot_be_run_is_refused(self):
        """What keeps a flow from starting keeps a session from going on with it."""
        session = ahead()
        found = session.migration(step("said", who="nobody")(session.running))
        assert found.verdict is Verdict.REFUSE
        assert [one.message for one in found.findings] == ["the step said needs a member with the role nobody"]
        assert "2 findings" not in repr(found)
        assert "needs a member" in refusal(session, going(session, step("said", who="nobody")))
        broken = session.migration(evolve(session.running, prompts={}))
        assert {one.rule for one in broken.findings} >= {"unknown-reference"}
        assert all(one.pointer.startswith("/flow") for one in broken.findings)

    def test_a_flow_that_is_for_others_is_refused(self):
        """A team does not go on with a flow for two."""
        found = ahead().migration(whole(kinds=["one-to-one"])(ahead().running))
        assert found.reasons == ("the flow small is not for a team",)

    def test_nothing_goes_on_with_a_session_that_is_over(self):
        """The dry run says so, and the request has no room."""
        session = walk(make_session(BLIND))
        assert "is over" in session.migration(session.plan).reasons[0]
        with pytest.raises(RequestNotAllowedError):
            session.send(going(session, whole(title="Other")))

    def test_the_log_folds_to_the_same_session(self):
        """The plan of the start and the plan that is run now are both in what is stored."""
        session = answered()
        after = send(session, going(session, NARROWER))
        after = do(after, "ben", "answer", "hours", 5)
        again = Session.resume(loads(dumps(after, format="json")))
        assert again.running == after.running == NARROWER(session.plan)
        assert again.plan == session.plan
        assert again.view("ben") == after.view("ben")
        assert pickle.loads(pickle.dumps(after)).running == after.running

    def test_a_stored_plan_that_was_never_gone_on_with_is_found(self):
        """A log in which somebody put another plan is not one that the engine accepted."""
        session = shown()
        forged = evolve(session, requests=(*session.requests, going(session, NARROWER)))
        with pytest.raises(DocumentError, match="was never accepted here"):
            Session.resume(forged)

    def test_a_yes_to_what_the_plan_does_not_change_still_stands(self):
        """Nobody ratifies again because of a title."""
        session = do(signing(), "ana", "ratify", "sign")
        after = send(session, going(session, step("sign", title="Sign")))
        assert after.phase_of("sign", "ana") == "ratified"

    def test_a_revision_that_was_not_submitted_is_dropped(self):
        """What stood stands again; it can be revised under the new plan."""
        session = do(do(shown(), "ana", "reopen", "first"), "ana", "answer", "why", "New.")
        after = send(session, going(session, whole(title="Other")))
        assert after.phase_of("first", "ana") == "revealed"

    def test_to_share_what_one_says_is_not_to_put_ones_name_to_it(self):
        """What was shared while no names were shown is only counted where figures are."""
        ask, later = AskStep(id="secret", mode="blind"), AskStep(id="why")
        people = ("ana", "ben", "cem", "dora", "ela", "fay")
        score = evolve(BANK.prompts["secret"], answer=ScaleAnswer(points=5))
        flow = make_flow(ask, RevealStep(id="seen", of=["secret"], attribution="anonymous"), later)
        session = make_session(flow, *people, bank=BANK.with_prompts(score))
        session = do(session, "ana", "answer", "secret", 5, share=True)
        figures = make_flow(ask, RevealStep(id="seen", of=["secret"], attribution="aggregate"), later)
        plan = make_plan(figures, BANK.with_prompts(evolve(score, visibility="members")))
        session = send(session, Migrate(by="ana", id="migrate", at=NOW, plan=plan))
        for who in people:
            if who != "ana":
                session = do(session, who, "answer", "secret", 3)
            session = do(session, who, "submit", "secret")
        (shown_,) = session.view("ben").revealed
        assert shown_.answers == ()
        assert [one.answers for one in shown_.figures] == [6]


class TestMigration:
    """The dry run."""

    def test_it_changes_nothing_and_shows_nothing(self):
        """The same session, and a repr that names no member."""
        session = answered()
        found = session.migration(NARROWER(session.plan))
        assert session.running is session.plan
        assert repr(found) == "Migration(ask-again, 1 changes)"
        assert {repr(one) for one in found.again} == {"Again(first)"}

    def test_it_says_whose_answers_are_set_aside(self):
        """For the host: the authors are told by a fact."""
        session = answered()
        found = session.migration(step("first", prompts=["why"])(session.plan))
        assert ("ben", "hours") in [(one.member, one.prompt) for one in found.aside]
        assert found.verdict is Verdict.SAFE

    def test_it_takes_a_plan(self):
        """A flow alone has no prompts."""
        with pytest.raises(InvalidValueError, match="must be a Plan, not 'Flow'"):
            ahead().migration(BLIND)

    def test_the_same_plan_is_no_change(self):
        """Nothing is judged, and nothing is in its way."""
        assert (
            ahead().migration(make_plan(ahead().plan.flow, BANK.with_prompts(*ahead().plan.prompts.values()))).verdict
        )
        assert ahead().migration(ahead().plan).judgements == ()


def test_everybody_says_again_that_they_are_ready_where_one_answer_may_not_fit():
    """Else the others would learn from the barrier whose answer did."""
    flow = make_flow(AskStep(id="score", mode="blind"), AskStep(id="why"))
    session = do(do(make_session(flow), "ana", "answer", "score", 1), "ana", "submit", "score")
    change = prompt("score", answer=NumberAnswer(least=0))
    after = send(session, going(session, change))
    assert [task.kind for task in after.view("ana").tasks if task.step == "score"] == ["submit"]
