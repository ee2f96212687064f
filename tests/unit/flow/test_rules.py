"""The rules of the engine, each where it would first be broken."""

import pytest

from alliancekit.flow import (
    Answer,
    AskStep,
    Clear,
    Every,
    GroupStep,
    Leave,
    Pass,
    Phase,
    RatifyStep,
    Refused,
    Reveal,
    RevealStep,
    SayStep,
    Session,
    Some,
    Submit,
    TheAnswer,
    problems,
)
from alliancekit.model import Bank, Prompt
from tests.scripts import BANK, NOW, do, make_flow, make_session, refusal, send, task, walk

SECRET = "planted-secret"


def stamp(by, name):
    return {"by": by, "id": name, "at": NOW}


def test_what_one_member_sends_is_nothing_to_another():
    """An id that Ben used tells Ana nothing, and swallows no answer of hers."""
    session = send(make_session(), Answer(**stamp("ben", "m1"), prompt="why", value="His."))
    session, facts = session.send(Answer(**stamp("ana", "m1"), prompt="why", value="Hers."))
    assert len(facts) == 1
    assert len(session.requests) == 2
    assert Session.resume(session) == session


def test_no_repr_and_no_finding_quotes_an_answer():
    """What was refused is told to its author in words; a log, and whoever opens a forged file, reads none of them."""
    session = make_session(make_flow(AskStep(id="score")))
    wrong = Answer(**stamp("ana", "a"), prompt="score", value=SECRET)
    _, facts = session.send(wrong)
    assert SECRET in facts[0].reason
    assert SECRET not in repr(facts)
    forged = Session(
        **{name: getattr(session, name) for name in ("id", "plan", "alliance_id", "title", "kind", "members")},
        requests=[wrong],
    )
    with pytest.raises(ValueError, match="its value does not suit score") as caught:
        Session.resume(forged)
    assert SECRET not in str(caught.value) + repr(caught.value)


def test_a_shared_answer_in_a_step_that_a_secret_opened_stays_with_its_author():
    """Ana learns neither what Ben wrote there nor that he could."""
    flow = make_flow(
        AskStep(id="secret"),
        AskStep(id="aim", when=TheAnswer(prompt="secret")),
        RatifyStep(id="sign"),
    )
    session = make_session(flow)
    for who in ("ana", "ben"):
        session = do(session, who, "answer", "secret", SECRET)
    other = do(session, "ben", "answer", "aim", "His.")
    assert other.view("ana") == session.view("ana")
    assert "nothing to take back" in refusal(other, Clear(**stamp("ana", "c"), prompt="aim"))
    assert "answer or pass first" in refusal(other, Submit(**stamp("ana", "s"), step="aim"))
    assert task(other, "ben", "aim", "answer").value == "His."


def test_one_answer_for_all_can_be_kept_from_nobody():
    """A shared prompt that is private is a contradiction, found before anybody is asked."""
    bank = Bank(id="small", title="S", prompts=[Prompt(id="aim", text="?", scope="shared", visibility="private")])
    (found,) = problems(make_flow(AskStep(id="aim")), bank)
    assert (found.rule, found.pointer) == ("type-mismatch", "/steps/0")


def test_a_pass_is_taken_back_also_where_somebody_answered_since():
    """One's own pass on a shared prompt is one's own to take back; the answer of another stands."""
    session = make_session(make_flow(AskStep(id="aim")))
    session = do(session, "ana", "pass_", "aim")
    session = do(session, "ben", "answer", "aim", "His.")
    session = send(session, Clear(**stamp("ana", "c"), prompt="aim"))
    assert task(session, "ana", "aim", "answer").value == "His."
    assert not task(session, "ana", "aim", "answer").has_passed
    assert "cannot take theirs" in refusal(session, Clear(**stamp("ana", "d"), prompt="aim"))


class TestEvery:
    def flow(self, name="score", **more):
        return make_flow(
            AskStep(id="first", prompts=[name], **more),
            AskStep(id="why"),
            RatifyStep(id="mid"),
            SayStep(id="all", text="All.", when=Every(prompt=name)),
            AskStep(id="hopes"),
        )

    def hears(self, session):
        session = walk(session, until="hopes")
        return [one.step for one in session.view("ana").items if one.step == "all"] == ["all"]

    def test_means_each_who_is_there(self):
        """Somebody who left is not waited for, and their answer stands in for nobody's."""
        session = make_session(self.flow(), "ana", "ben", "cem")
        session = do(do(session, "cem", "answer", "score", 3), "cem", "submit", "first")
        session = send(session, Leave(**stamp("cem", "l"), member="cem"))
        session = do(do(session, "ana", "answer", "score", 3), "ben", "pass_", "score")
        assert not self.hears(session)

    def test_means_each_who_is_asked(self):
        """Who has not the role has no answer to give."""
        session = make_session(self.flow(who="lead"), "ana", "ben", roles={"ana": ["lead"]})
        assert self.hears(session)

    def test_means_the_one_answer_of_all(self):
        """Of a shared prompt there is one."""
        assert self.hears(make_session(self.flow("aim")))


class TestAnAnswerThatHidesAStep:
    def test_opens_the_barrier_that_waited_for_it(self):
        """What nobody has to wait for any more is passed at once, also when a late or blind answer says so."""
        flow = make_flow(
            AskStep(id="score", mode="blind"),
            AskStep(id="why"),
            AskStep(id="hopes", when=TheAnswer(prompt="score", lt=3)),
            RatifyStep(id="mid"),
            RevealStep(id="seen", of=["score"]),
        )
        session = do(make_session(flow), "ben", "answer", "score", 1)
        for who in ("ana", "ben"):
            session = do(do(session, who, "pass_", "why"), who, "submit", "why")
        assert session.phase_of("mid") is Phase.PENDING
        assert do(session, "ben", "answer", "score", 5).phase_of("mid") is Phase.OPEN

    def test_is_judged_anew_for_all_that_hangs_on_it(self):
        """Groups, texts and asks that hang on an answer, directly or not, follow it to and fro."""
        flow = make_flow(
            AskStep(id="sure"),
            GroupStep(id="more", when=Some(prompt="sure", eq=True), steps=[AskStep(id="score")]),
            SayStep(id="low", text="Low.", when=TheAnswer(prompt="score", lt=3)),
            RatifyStep(id="sign"),
        )
        session = make_session(flow)
        for count in range(3):
            session = do(do(session, "ana", "answer", "sure", True), "ana", "submit", "sure")
            if not count:
                session = do(session, "ana", "answer", "score", 1)
            assert "low" in [one.step for one in session.view("ana").items]
            assert "score" in [one.about for one in session.view("ben").tasks]
            session = do(session, "ana", "withdraw", "sure")
            assert "low" not in [one.step for one in session.view("ana").items]
            assert "score" not in [one.about for one in session.view("ben").tasks]


def test_a_reveal_is_never_undone():
    """What was shown stays shown: nothing about it can be cleared, passed or withdrawn afterwards."""
    from alliancekit.flow import RequestNotAllowedError, Withdraw

    flow = make_flow(AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"]), AskStep(id="hopes"))
    session = walk(make_session(flow), until="hopes")
    for one in (
        Clear(**stamp("ana", "a"), prompt="why"),
        Pass(**stamp("ana", "a"), prompt="why"),
        Withdraw(**stamp("ana", "a"), step="why"),
    ):
        with pytest.raises(RequestNotAllowedError):
            session.send(one)


def test_the_reason_of_a_pass_stays_private():
    """Why somebody passed is in the log of the host and before nobody's eyes."""
    session = make_session(
        make_flow(AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"]), AskStep(id="hopes"))
    )
    session = send(session, Pass(**stamp("ana", "p"), prompt="why", reason=SECRET))
    session = walk(session, until="hopes")
    for who in ("ana", "ben"):
        assert SECRET not in str(session.view(who).to_dict()) + str(session.view(who))
    assert SECRET not in str(session.alliance())


def test_a_facilitator_waits_like_everybody():
    """Who opens a reveal that waits is refused until all are ready, and is not told who is not."""
    flow = make_flow(AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"], once="facilitator"))
    session = make_session(flow, "ana", "ben", "cem", roles={"ana": ["facilitator"]})
    before = walk(session, ["ana"])
    after = walk(before, ["ben"])
    probe = Reveal(**stamp("ana", "r"), step="seen")
    assert before.view("ana") == after.view("ana")
    assert refusal(before, probe) == refusal(after, probe)
    assert isinstance(before.send(probe)[1][0], Refused)
    assert BANK.prompts["why"].visibility == "members"
