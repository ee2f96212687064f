"""Steps that are taken once for each of something."""

import pytest
from attrs import evolve

from alliancekit.errors import UnknownNameError
from alliancekit.flow import (
    Answer,
    AskStep,
    Clear,
    Join,
    Leave,
    Pass,
    Phase,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    Submit,
    TheAnswer,
)
from alliancekit.model import Bank, ChoiceAnswer, FollowUp, Prompt
from alliancekit.values import FrozenMap
from tests.scripts import NOW, do, make_flow, make_session, refusal, send, task, walk

BANK = Bank(
    id="small",
    title="Small questions",
    prompts=[
        Prompt(
            id="praise",
            text="What do you value in {for}?",
            answer=ChoiceAnswer(options={"calm": "Their calm", "wit": "Their wit"}, note=True),
            follow_ups=[FollowUp(id="when", text="When did {for} show it?")],
        ),
        Prompt(id="more", text="You said {praise}. What else?"),
        Prompt(id="hopes", text="What do you hope for?"),
    ],
)

ROUND = make_flow(
    RepeatStep(
        id="round",
        over="members",
        steps=[
            AskStep(id="praise", mode="blind"),
            RevealStep(id="heard", of=["praise"]),
            AskStep(id="more", when=TheAnswer(prompt="praise", eq="wit")),
        ],
    ),
    SayStep(id="thanks", text="Somebody is calm.", when=Some(prompt="praise", eq="calm")),
    AskStep(id="hopes"),
    RatifyStep(id="sign"),
)
"""Each member hears, one after the other, what the others value in them."""

BY = {"at": NOW}


def begin(*members, flow=ROUND) -> Session:
    return make_session(flow, *(members or ("ana", "ben", "cem")), bank=BANK)


def answer(by, for_, value, number=1):
    return Answer(by=by, id=f"{by}-{for_}-{number}", at=NOW, prompt="praise", for_=for_, value=value)


def submit(by, step, for_=None):
    return Submit(by=by, id=f"{by}-{step}-{for_}-submit", at=NOW, step=step, for_=for_)


def heard(session, for_, value="calm"):
    for who in session.present:
        session = send(session, answer(who, for_, value), submit(who, "praise", for_))
    return session


class TestInstances:
    def test_a_task_says_what_it_is_about(self):
        """The prompt is asked once for each member, and its text names them."""
        one = task(begin(), "ana", "praise")
        assert (one.for_, one.subject) == ("ana", "Ana")
        assert one.text == "What do you value in Ana?"
        assert one.prompt is not None
        assert one.prompt.follow_ups[0].text == "When did Ana show it?"

    def test_a_barrier_in_a_repeat_closes_one_round_after_the_other(self):
        """What is asked about Ben opens when what was said of Ana is revealed."""
        session = begin()
        assert session.phase_of("praise", "ana", "ana") is Phase.OPEN
        assert session.phase_of("praise", "ana", "ben") is Phase.PENDING
        session = heard(session, "ana")
        assert session.phase_of("praise", "ana", "ana") is Phase.REVEALED
        assert session.phase_of("praise", "ana", "ben") is Phase.OPEN
        assert [(one.step, one.for_, len(one.answers)) for one in session.view("ben").revealed] == [("heard", "ana", 3)]

    def test_without_a_barrier_all_are_open_and_are_submitted_together(self):
        """Who has something to say about each of several things says once that they are ready."""
        flow = make_flow(RepeatStep(id="round", over="members", steps=[AskStep(id="praise")]), RatifyStep(id="sign"))
        session = begin(flow=flow)
        assert [one.for_ for one in session.view("ana").tasks] == ["ana", "ben", "cem"]
        assert "praise for cem" in refusal(
            send(session, answer("ana", "ana", "calm"), answer("ana", "ben", "wit")), submit("ana", "praise")
        )
        session = send(session, *(answer("ana", who, "calm") for who in session.present))
        (last,) = session.view("ana").tasks
        assert (last.kind, last.step, last.for_) == ("submit", "praise", None)
        session = send(session, last.submit(at=NOW))
        assert all(session.phase_of("praise", "ana", who) is Phase.SUBMITTED for who in session.present)

    def test_no_more_than_it_may(self):
        """A repeat is taken at most as often as it says."""
        step = RepeatStep(id="round", over="members", most=2, steps=[AskStep(id="praise")])
        assert [one.for_ for one in begin(flow=make_flow(step)).view("ana").tasks] == ["ana", "ben"]

    def test_a_session_that_is_walked_ends(self):
        """Every round is taken, and then what is behind the repeat."""
        session = begin()
        for who in session.present:
            session = heard(session, who)
        session = walk(session)
        assert session.is_done
        assert [one.for_ for one in session.alliance().responses if one.prompt == "praise"] == [
            who for who in ("ana", "ben", "cem") for _ in range(3)
        ]


class TestConditions:
    def test_inside_a_repeat_the_same_round_is_meant(self):
        """What follows an answer about Ana hangs on the answer about Ana."""
        session = begin()
        session = send(session, answer("ana", "ana", {"choice": "wit", "note": "Dry."}), submit("ana", "praise"))
        for who in ("ben", "cem"):
            session = send(session, answer(who, "ana", "calm"), submit(who, "praise"))
        assert session.phase_of("more", "ana", "ana") is Phase.OPEN
        assert session.phase_of("more", "ben", "ana") is Phase.PENDING
        assert task(session, "ana", "more").text == "You said Their wit (Dry.). What else?"

    @pytest.mark.parametrize(("value", "phase"), [("calm", Phase.OPEN), ("wit", Phase.PENDING)])
    def test_outside_of_it_all_rounds_are_meant(self, value, phase):
        """A condition behind the repeat counts what was said in any of its rounds."""
        steps = [AskStep(id="praise", mode="blind"), RevealStep(id="heard", of=["praise"])]
        flow = make_flow(
            RepeatStep(id="round", over="members", steps=steps),
            SayStep(id="thanks", text="Somebody is calm.", when=Some(prompt="praise", eq="calm")),
            RatifyStep(id="sign"),
        )
        session = heard(heard(begin("ana", "ben", flow=flow), "ana", "wit"), "ben", value)
        assert session.phase_of("thanks", "ana") is phase


class TestRequests:
    def test_a_request_says_what_it_is_for(self):
        """Without that it is refused with what there is, and a name that there is not is the host's mistake."""
        session = begin()
        assert refusal(session, answer("ana", None, "calm")) == "this is repeated; say for which: ana, ben, cem"
        with pytest.raises(UnknownNameError, match="did you mean 'ana'"):
            session.send(answer("ana", "anna", "calm"))

    def test_outside_of_a_repeat_there_is_nothing_to_say_it_for(self):
        """A for that means nothing is not let through."""
        session = make_session()
        request = Answer(by="ana", id="a", at=NOW, prompt="why", for_="ben", value="Because.")
        assert "is in none" in refusal(session, request)

    def test_what_was_said_in_one_round_is_taken_back_in_it(self):
        """Clear and Pass are about one round too."""
        session = send(
            begin(), answer("ana", "ana", "calm"), Clear(by="ana", id="c", at=NOW, prompt="praise", for_="ana")
        )
        assert task(session, "ana", "praise").value is None
        session = send(session, Pass(by="ana", id="p", at=NOW, prompt="praise", for_="ana"))
        assert session.view("ana").tasks[0].kind == "submit"

    def test_a_follow_up_belongs_to_its_round(self):
        """It is asked and answered for the same member as its prompt."""
        session = send(begin(), answer("ana", "ana", "calm"))
        one = next(one for one in session.view("ana").changeable if one.for_ == "ana")
        session = send(session, one.answer("On Monday.", at=NOW, follow_up="when"))
        assert next(iter(session.view("ana").changeable)).follow_ups == FrozenMap({"when": "On Monday."})


class TestComingAndGoing:
    def test_who_comes_is_asked_about_too(self):
        """A newcomer gets a round, behind the others."""
        session = heard(begin("ana", "ben", "cem"), "ana")
        session = send(session, Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert session.state.route.instances == {"round": ("ana", "ben", "cem", "dora")}
        assert session.phase_of("praise", "dora", "ben") is Phase.OPEN

    def test_who_goes_is_passed_over_unless_it_was_begun(self):
        """Nobody is asked about who has left; what was revealed about them stays."""
        session = heard(begin("ana", "ben", "cem"), "ana")
        for who in ("ana", "ben"):
            session = send(session, Leave(by=who, id=f"{who}-leaves", at=NOW, member=who))
        assert session.state.route.instances == {"round": ("ana", "cem")}
        assert session.phase_of("praise", "cem", "cem") is Phase.OPEN

    def test_who_has_left_is_told_of_each_round_as_it_was(self):
        """Also when somebody came since, and there are other rounds now."""
        session = heard(begin("ana", "ben", "cem"), "ana")
        session = send(session, Leave(by="cem", id="l", at=NOW, member="cem"))
        session = send(session, Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert session.phase_of("praise", "cem", "ana") is Phase.REVEALED
        assert session.phase_of("praise", "cem", "dora") is Phase.PENDING

    def test_who_comes_after_it_is_done_is_not_asked_about(self):
        """What is behind a barrier that is done does not grow."""
        session = begin("ana", "ben", "cem")
        for who in session.present:
            session = heard(session, who)
        session = do(session, "ana", "answer", "hopes", "Much.")
        session = walk(session, until="sign")
        session = send(session, Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert session.state.route.instances == {"round": ("ana", "ben", "cem")}

    def test_the_log_says_it_all(self):
        """A session that was stored comes to the same rounds."""
        session = send(heard(begin(), "ana"), Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        again = Session.resume(evolve(session, requests=session.requests))
        assert again.state.route.instances == session.state.route.instances
        assert again.view("dora") == session.view("dora")
