import copy
import pickle
from datetime import datetime

import pytest
from attrs import evolve

from alliancekit import wire
from alliancekit.errors import DocumentError, InvalidValueError, UnknownNameError
from alliancekit.flow import (
    Accept,
    AgreeStep,
    Answer,
    Asked,
    AskStep,
    Changed,
    Clear,
    Finished,
    GroupStep,
    Join,
    Joined,
    Leave,
    Left,
    Pass,
    Phase,
    Quorum,
    Ratified,
    RatifyStep,
    Readied,
    Reveal,
    Revealed,
    RevealStep,
    SayStep,
    Session,
    Some,
    Submit,
    TheAnswer,
    Withdraw,
)
from alliancekit.values import FrozenMap
from tests.scripts import BLIND, NOW, do, make_flow, make_session, refusal, send, task, walk

QUESTION = make_flow(AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"]))


class TestSend:
    def test_follows_the_example(self):
        """The first task makes the request, and sending it gives the next session."""
        session = make_session()
        one = session.view("ana").tasks[0]
        after, facts = session.send(one.answer("Tell me early.", at=NOW))
        assert facts == (Changed(to=("ana",), by="ana", prompt="why", is_answered=True),)
        assert [len(session.requests), len(after.requests)] == [0, 1]
        assert after.view("ana").tasks[0].about == "worries"

    def test_takes_a_request_once(self):
        """The second delivery of a request gives the same session and tells nothing."""
        session = make_session()
        request = task(session, "ana", "why").answer("Because.", at=NOW)
        after, _ = session.send(request)
        assert after.send(request) == (after, ())
        assert after.send(evolve(request, value="Another.")) == (after, ())

    @pytest.mark.parametrize("lacking", [{"id": None}, {"at": None}, {"at": datetime(2026, 11, 1)}])  # noqa: DTZ001
    def test_needs_id_and_time(self, lacking):
        """Nothing here reads the clock or makes up an id, so the host gives both."""
        with pytest.raises(InvalidValueError):
            make_session().send(Pass(**{"by": "ana", "id": "a", "at": NOW, "prompt": "why", **lacking}))

    @pytest.mark.parametrize(
        "request_",
        [
            Pass(by="zoe", id="a", at=NOW, prompt="why"),
            Pass(by="ana", id="a", at=NOW, prompt="wy"),
            Pass(by="ana", id="a", at=NOW, prompt="tone.wroks"),
            Submit(by="ana", id="a", at=NOW, step="frist"),
            Accept(by="ana", id="a", at=NOW, clause="nothing"),
        ],
    )
    def test_of_what_there_is_not_is_the_hosts_mistake(self, request_):
        """A stranger, an unknown prompt, step or clause is an error, and the session still stands."""
        session = make_session()
        with pytest.raises(UnknownNameError):
            session.send(request_)
        assert session == make_session()

    def test_tells_each_fact_to_those_who_may_know(self):
        """That somebody is ready with blind answers is told to nobody else; the reveal is told to all."""
        session = walk(make_session(QUESTION), ["ben"])
        session = do(session, "ana", "answer", "why", "Because.")
        _, facts = session.send(task(session, "ana", "why", "submit").submit(at=NOW))
        assert facts[0] == Readied(to=("ana",), by="ana", step="why")
        assert facts[1] == Revealed(to=("ana", "ben"), step="seen", of=("why",))
        assert isinstance(facts[-1], Finished)

    def test_tells_what_opens(self):
        """When a barrier is done, the host learns which steps are open now."""
        session = walk(make_session(), until="seen")
        session = make_session()
        for who in ("ana", "ben"):
            for name in ("why", "worries", "tone", "give", "ask"):
                session = do(session, who, "pass_", name)
        session = do(session, "ana", "submit", "first")
        _, facts = session.send(task(session, "ben", "first").submit(at=NOW))
        assert Asked(to=("ana", "ben"), steps=("aim",)) in facts


class TestValue:
    def test_is_equal_by_value(self):
        """Two sessions with the same plan, members and requests are the same."""
        assert walk(make_session()) == walk(make_session())
        assert walk(make_session()) != make_session()
        assert hash(walk(make_session())) == hash(walk(make_session()))

    def test_is_copied_and_pickled(self):
        """A session goes through pickle and copy, in the middle too."""
        session = walk(make_session(), until="aim")
        assert pickle.loads(pickle.dumps(session)) == session
        assert copy.deepcopy(session) == session
        assert walk(copy.copy(session)).is_done

    def test_shows_no_words_in_its_repr(self):
        """A repr ends up in logs, so neither session, state, view, task nor request shows an answer."""
        session = do(make_session(), "ana", "answer", "why", "planted-secret")
        request = session.requests[0]
        view = session.view("ana")
        shown = map(repr, (session, session.state, view, *view.items, *view.changeable, request, *view.revealed))
        assert not [text for text in shown if "planted-secret" in text]

    def test_survives_the_wire(self):
        """A saved session resumes as it was, with its private answers."""
        session = walk(make_session(), until="aim")
        document = wire.unstructure(session)
        assert document["alliance"] == "ours"
        assert document["plan"]["prompts"]["why"]["text"] == "Why?"
        again = Session.resume(wire.structure(document, Session))
        assert again == session
        assert again.view("ana") == session.view("ana")


class TestResume:
    def test_points_at_a_request_that_was_never_accepted(self):
        """A log with a gap is a finding at the first request that does not follow."""
        session = walk(make_session())
        cut = evolve(session, requests=[one for one in session.requests if getattr(one, "prompt", "") != "why"])
        with pytest.raises(DocumentError) as caught:
            Session.resume(cut)
        (one,) = caught.value.findings
        assert one.pointer.startswith("/requests/")
        assert "answer or pass first" in one.message

    def test_points_at_a_forged_author(self):
        """A request by somebody who takes no part was never accepted."""
        forged = evolve(make_session(), requests=[Pass(by="zoe", id="a", at=NOW, prompt="why")])
        with pytest.raises(DocumentError) as caught:
            Session.resume(forged)
        assert caught.value.findings[0].pointer == "/requests/0"

    def test_points_at_a_repeated_id(self):
        """Two requests with one id cannot both have been accepted."""
        request = Pass(by="ana", id="a", at=NOW, prompt="why")
        with pytest.raises(DocumentError) as caught:
            Session.resume(evolve(make_session(), requests=[request, request]))
        assert caught.value.findings[0].pointer == "/requests/1"

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            (lambda log: [log[1], log[0], *log[2:]], ""),
            (lambda log: log[:7], ""),
            (lambda log: [*log[10:12], *log[:10], *log[12:]], "/requests/0"),
            (lambda log: [evolve(log[0], value=3), *log[1:]], "/requests/0"),
            (lambda log: [evolve(log[0], prompt="wy"), *log[1:]], "/requests/0"),
            (lambda log: [*log, log[3]], "/requests/"),
            (lambda log: [evolve(log[0], by="ben"), *log[1:]], "/requests/10"),
        ],
    )
    def test_points_at_what_was_changed_in_the_log(self, change, pointer):
        """A log in another order, cut short or edited is one that could have been, or a finding at the first that could not."""
        session = walk(make_session())
        changed = evolve(session, requests=change([*session.requests]))
        if not pointer:
            assert Session.resume(changed).requests == changed.requests
            return
        with pytest.raises(DocumentError) as caught:
            Session.resume(changed)
        (one,) = caught.value.findings
        assert one.pointer.startswith(pointer)

    def test_points_into_a_plan_that_cannot_be_run(self):
        """A plan that was changed so that it does not hold together is found where it breaks."""
        session = make_session()
        with pytest.raises(DocumentError) as caught:
            Session.resume(evolve(session, plan=evolve(session.plan, prompts=[])))
        assert caught.value.findings[0].pointer.startswith("/plan/flow/steps/1")


class TestAnswers:
    def test_are_edited_until_submitted_and_withdrawn_until_the_reveal(self):
        """Until the others are ready too, a member may take everything back."""
        session = do(make_session(QUESTION), "ana", "answer", "why", "One.")
        session = do(session, "ana", "answer", "why", "Two.")
        session = do(session, "ana", "submit", "why")
        assert session.phase_of("why", "ana") is Phase.SUBMITTED
        session = do(session, "ana", "withdraw", "why")
        session = do(session, "ana", "clear", "why")
        assert session.view("ana").tasks[0].value is None
        assert walk(session).is_done

    def test_are_all_given_or_passed_before_submitting(self):
        """Passing is an answer, and a gap is none."""
        session = make_session()
        reason = refusal(session, Submit(by="ana", id="a", at=NOW, step="first"))
        assert reason == "answer or pass first: why, worries, tone, give, ask"

    def test_are_shared_only_where_they_are_private(self):
        """Whoever shares what is shared anyway is told so."""
        assert "private" in refusal(make_session(), task(make_session(), "ana", "why").answer("x", at=NOW, share=True))

    def test_to_follow_ups_follow_the_answer(self):
        """A follow-up is answered once the prompt is, goes with it, and is nothing to pass on."""
        session = make_session()
        tone = task(session, "ana", "tone")
        assert "follows" in refusal(session, tone.answer("Calls.", at=NOW, follow_up="works"))
        session = send(session, tone.answer(["warm"], at=NOW), tone.answer("Calls.", at=NOW, follow_up="works"))
        assert task(session, "ana", "tone").follow_ups == FrozenMap({"works": "Calls."})
        assert "left out" in refusal(session, Pass(by="ana", id="p", at=NOW, prompt="tone.works"))
        session = do(session, "ana", "clear", "tone")
        assert not task(session, "ana", "tone").follow_ups

    def test_to_a_shared_prompt_stand_for_all(self):
        """The last answer stands, only its author takes it back, and everybody submits."""
        session = make_session(make_flow(AskStep(id="aim")))
        session = do(session, "ana", "answer", "aim", "One.")
        assert task(session, "ben", "aim").value == "One."
        session = do(session, "ben", "answer", "aim", "Two.")
        assert "cannot take theirs" in refusal(session, task(session, "ana", "aim").clear(at=NOW))
        session = do(session, "ana", "submit", "aim")
        assert not session.is_done
        assert do(session, "ben", "submit", "aim").alliance().intention == "Two."

    def test_to_a_shared_prompt_pass_only_when_all_do(self):
        """Each passes for themselves; the answer of another still stands."""
        session = make_session(make_flow(AskStep(id="aim")))
        session = do(session, "ana", "pass_", "aim")
        session = do(session, "ana", "submit", "aim")
        session = do(session, "ben", "answer", "aim", "Mine.")
        assert do(session, "ben", "submit", "aim").alliance().intention == "Mine."
        both = walk_passing(make_session(make_flow(AskStep(id="aim"))))
        assert both.is_done
        assert both.alliance().intention is None

    def test_may_be_left_out_of_an_optional_step(self):
        """Prompts of an optional step need no pass; everybody still says that they are ready."""
        flow = make_flow(AskStep(id="first", prompts=["why", "hopes"], optional=True), AskStep(id="aim"))
        session = do(make_session(flow), "ana", "answer", "why", "Because.")
        session = do(session, "ana", "submit", "first")
        session = do(session, "ana", "answer", "aim", "Ship.")
        for who in ("ana", "ben"):
            session = do(session, who, "submit", "aim")
        assert not session.is_done
        session = do(session, "ben", "submit", "first")
        assert session.is_done
        assert session.alliance().members["ana"].why == "Because."


def walk_passing(session):
    for who in session.present:
        for one in session.view(who).tasks:
            session = send(session, one.pass_(at=NOW))
        session = walk(session, [who])
    return session


class TestHidden:
    FLOW = make_flow(
        AskStep(id="score"),
        AskStep(id="hopes", when=TheAnswer(prompt="score", lt=3)),
        GroupStep(id="later", when=Some(prompt="hopes"), steps=[AskStep(id="sure"), SayStep(id="hear", text="Hear.")]),
    )

    def test_steps_are_personal(self):
        """What one member is asked hangs on their own answer."""
        session = do(make_session(self.FLOW), "ana", "answer", "score", 1)
        session = do(session, "ben", "answer", "score", 5)
        assert "hopes" in [one.about for one in session.view("ana").tasks]
        assert "hopes" not in [one.about for one in session.view("ben").tasks]
        assert session.phase_of("hopes", "ben") is Phase.PENDING

    def test_answers_are_kept_and_come_back(self):
        """A hidden step reads as not answered; when it is shown again, the answer is there."""
        session = do(make_session(self.FLOW), "ana", "answer", "score", 1)
        session = do(session, "ana", "answer", "hopes", "Much.")
        session = do(session, "ana", "answer", "score", 5)
        assert "hopes" not in [one.about for one in session.view("ana").changeable]
        session = do(session, "ana", "answer", "score", 2)
        assert task(session, "ana", "hopes").value == "Much."

    def test_groups_hide_their_steps(self):
        """A group is judged by what all may know, and hides everything in it."""
        session = do(make_session(self.FLOW), "ana", "answer", "score", 1)
        session = do(session, "ana", "answer", "hopes", "Much.")
        assert "sure" not in [one.about for one in session.view("ben").tasks]
        session = do(session, "ana", "submit", "score")
        session = do(session, "ana", "submit", "hopes")
        assert "sure" in [one.about for one in session.view("ben").tasks]
        assert any(getattr(one, "text", "") == "Hear." for one in session.view("ben").items)

    def test_answers_of_a_step_that_hangs_on_a_secret_stay_with_their_author(self):
        """What others may not know cannot tell them anything by way of what it made a member answer."""
        flow = make_flow(AskStep(id="secret"), AskStep(id="sure", when=TheAnswer(prompt="secret")))
        session = do(make_session(flow), "ana", "answer", "secret", "Mine.")
        session = do(session, "ana", "answer", "sure", True)
        assert walk(session).view("ben").revealed == ()


class TestReveal:
    def flow(self, **more):
        return make_flow(
            AskStep(id="why", mode="blind"),
            RevealStep(id="seen", of=["why"], **more),
            AskStep(id="give", mode="blind"),
            RevealStep(id="given", of=["give"]),
        )

    def test_waits_for_everybody(self):
        """Without a word to the contrary, nobody opens it and it opens itself."""
        session = walk(make_session(self.flow()), ["ana"])
        assert session.view("ana").waiting == "Waiting for the others."
        assert "waits until everybody" in refusal(session, Reveal(by="ana", id="r", at=NOW, step="seen"))
        assert walk(session, ["ben"], until="give").phase_of("seen") is Phase.REVEALED

    def test_passes_over_who_is_missing(self):
        """With missing: pass, who is ready may open it, and whoever is not counts as having passed."""
        session = make_session(self.flow(missing="pass"), "ana", "ben", "cem")
        assert "submit your own" in refusal(session, Reveal(by="ana", id="r", at=NOW, step="seen"))
        session = walk(session, ["ana"])
        (opening,) = session.view("ana").tasks
        assert opening.kind == "reveal"
        session = send(session, opening.reveal(at=NOW))
        assert session.phase_of("why", "ben") is Phase.REVEALED
        assert [one.by for one in session.view("ben").revealed[0].answers] == ["ana"]

    def test_is_opened_by_whoever_owes_it_nothing(self):
        """Who is not asked may open it as well, so that it waits for nobody who does not act any more."""
        flow = make_flow(AskStep(id="why", mode="blind", who="lead"), RevealStep(id="seen", of=["why"], missing="pass"))
        session = make_session(flow, "ana", "ben", roles={"ana": ["lead"]})
        assert "submit your own" in refusal(session, Reveal(by="ana", id="r", at=NOW, step="seen"))
        (opening,) = session.view("ben").tasks
        assert send(session, opening.reveal(at=NOW)).phase_of("seen") is Phase.REVEALED

    def test_is_opened_by_anybody_when_the_facilitator_has_gone(self):
        """What is shown as a task is taken: where the role has nobody any more, and nobody is asked, anybody opens it."""
        flow = make_flow(
            AskStep(id="why", mode="blind", who="lead"), RevealStep(id="seen", of=["why"], once="facilitator")
        )
        session = make_session(flow, "ana", "ben", "cem", roles={"ana": ["lead", "facilitator"]})
        session = send(session, Leave(by="ana", id="gone", at=NOW, member="ana"))
        (opening,) = session.view("ben").tasks
        assert send(session, opening.reveal(at=NOW)).phase_of("seen") is Phase.REVEALED

    def test_marks_what_comes_late(self):
        """With late: mark, an answer that comes afterwards is taken in, shown at once, and marked."""
        session = walk(make_session(self.flow(missing="pass", late="mark"), "ana", "ben", "cem"), ["ana"])
        session = send(session, session.view("ana").tasks[0].reveal(at=NOW))
        assert session.phase_of("why", "ben") is Phase.LATE
        session = do(session, "ben", "answer", "why", "Late.")
        assert [one.by for one in session.view("ana").revealed[0].answers] == ["ana"]
        session = do(session, "ben", "submit", "why")
        assert [(one.by, one.is_late) for one in session.view("ana").revealed[0].answers] == [
            ("ana", False),
            ("ben", True),
        ]
        assert session.alliance().members["ben"].why == "Late."
        session = walk(session, until="nothing")
        assert session.phase_of("why", "cem") in {Phase.REVEALED, Phase.LATE}

    def test_comes_with_a_quorum(self):
        """So many are enough, and it opens itself."""
        session = make_session(self.flow(once=Quorum(quorum=2)), "ana", "ben", "cem")
        session = walk(session, ["ana", "ben"], until="give")
        assert session.phase_of("seen") is Phase.REVEALED

    def test_is_the_facilitators(self):
        """With once: facilitator, nobody else opens it, and it does not open itself."""
        session = make_session(self.flow(once="facilitator"), roles={"ben": ["facilitator"]})
        session = walk(session, ["ana"])
        session = do(session, "ben", "answer", "why", "Because.")
        session = do(session, "ben", "submit", "why")
        assert session.phase_of("seen") is Phase.OPEN
        assert "facilitator" in refusal(session, Reveal(by="ana", id="r", at=NOW, step="seen"))
        assert walk(session, ["ben"], until="give").phase_of("seen") is Phase.REVEALED


class TestTwoReveals:
    def session(self, **first):
        """Return a session in which Ana and Ben have answered what two reveals show, with a table between these."""
        flow = make_flow(
            AskStep(id="sure"),
            AskStep(id="why", mode="blind"),
            RevealStep(id="seen", of=["why"], when=Some(prompt="sure", eq=True), **first),
            AskStep(id="rules"),
            AgreeStep(id="settle", elements=["ground_rules"]),
            RevealStep(id="again", of=["why"]),
        )
        session = make_session(flow, "ana", "ben")
        for who in ("ana", "ben"):
            session = do(do(session, who, "answer", "why", f"{who}."), who, "submit", "why")
        return session

    def test_the_first_that_takes_place_shows_the_answers(self):
        """Nobody waits for the second to read what the first was for."""
        session = self.session()
        for who in ("ana", "ben"):
            session = do(do(session, who, "answer", "sure", True), who, "submit", "sure")
        assert session.phase_of("why") is Phase.REVEALED
        assert [(one.step, len(one.answers)) for one in session.view("ana").revealed if one.step == "seen"] == [
            ("seen", 2)
        ]

    def test_a_hidden_one_leaves_them_to_the_next(self):
        """They stay blind, and open, beyond the table in between."""
        session = self.session()
        for who in ("ana", "ben"):
            session = do(do(session, who, "answer", "sure", False), who, "submit", "sure")
        session = walk(session, until="settle")
        assert session.phase_of("settle") is Phase.OPEN
        assert not [one for one in session.view("ben").revealed if one.step == "seen"]
        session = walk(session)
        assert session.phase_of("why") is Phase.REVEALED
        assert session.is_done

    def test_who_comes_late_is_told_of_by_the_first(self):
        """The fact names the reveal that showed the others."""
        session = self.session(missing="pass", late="mark")
        session = send(session, Withdraw(by="ben", id="w", at=NOW, step="why"))
        for who in ("ana", "ben"):
            session = do(do(session, who, "answer", "sure", True), who, "submit", "sure")
        session = do(session, "ana", "reveal", "seen")
        _, facts = session.send(Submit(by="ben", id="late", at=NOW, step="why"))
        assert [one.step for one in facts if isinstance(one, Revealed)] == ["seen"]


class TestLateForWhatIsEverybodys:
    FLOW = make_flow(
        AskStep(id="first", prompts=["rules", "why"]),
        AskStep(id="aim"),
        RevealStep(id="seen", of=["first", "aim"], once="facilitator", missing="pass", late="mark"),
        AskStep(id="hopes"),
        AgreeStep(id="settle", elements=["ground_rules"]),
    )

    def session(self):
        """Return a session in which Ana alone has answered, and has opened the reveal."""
        session = make_session(self.FLOW, "ana", "ben", roles={"ana": ["facilitator"]})
        session = do(session, "ana", "answer", "rules", [{"text": "Stop."}])
        for prompt in ("why", "aim"):
            session = do(session, "ana", "answer", prompt, "x")
        return do(do(do(session, "ana", "submit", "first"), "ana", "submit", "aim"), "ana", "reveal", "seen")

    def test_it_is_told_once(self):
        """Who comes late gives their own answer; of the one answer of all nothing is put on the table again."""
        session = self.session()
        late = [one for one in (*session.view("ben").tasks, *session.view("ben").changeable) if one.is_late]
        assert [(one.kind, one.about) for one in late] == [("answer", "why")]
        session = do(do(session, "ben", "answer", "why", "y"), "ben", "submit", "first")
        assert [one.id for one in walk(session).view("ana").table] == ["rules-1"]

    @pytest.mark.parametrize("verb", [Answer, Clear, Pass])
    def test_it_stands_as_it_was_shown(self, verb):
        """What comes late does not change it."""
        value = {"value": [{"text": "Go on."}]} if verb is Answer else {}
        request = verb(by="ben", id="late", at=NOW, prompt="rules", **value)
        assert "what comes late does not change it" in refusal(self.session(), request)

    def test_a_step_of_nothing_else_is_not_late(self):
        """Nobody is asked to submit where they could say nothing."""
        assert self.session().phase_of("aim", "ben") is Phase.CLOSED


class TestGone:
    def test_who_has_left_sees_what_there_was(self):
        """What is revealed after somebody went is not for them, and neither is how far the others are."""
        session = make_session(BLIND, "ana", "ben", "cem")
        session = send(session, Leave(by="cem", id="gone", at=NOW, member="cem"))
        before = session.view("cem")
        assert before.waiting == "You have left; this is what there was."
        session = walk(session, ["ana", "ben"])
        assert session.is_done
        assert session.view("cem") == before
        assert session.phase_of("first", "cem") is not Phase.REVEALED
        assert session.view("ana").revealed

    def test_where_there_is_a_facilitator_they_take_people_in(self):
        """Nobody else brings somebody along; a newcomer comes by themselves, when the host lets them."""
        session = make_session(BLIND, "ana", "ben", "cem", roles={"ana": ["facilitator"]})
        request = Join(by="ben", id="j1", at=NOW, member="dora", name="Dora")
        assert refusal(session, request) == "a facilitator takes people in"
        for by in ("ana", "dora"):
            assert "dora" in send(session, Join(by=by, id="j2", at=NOW, member="dora", name="Dora")).present


class TestComingAndGoing:
    def test_who_leaves_stalls_nobody(self):
        """When somebody goes, what waited for them goes on."""
        session = walk(make_session(QUESTION, "ana", "ben", "cem"), ["ana", "ben"])
        assert not session.is_done
        after, facts = session.send(Leave(by="cem", id="l", at=NOW, member="cem"))
        assert after.is_done
        assert isinstance(facts[0], Left)
        assert str(after.alliance().members["cem"].left) == "2026-11-01"

    def test_nobody_sends_another_away(self):
        """Each may go; a facilitator may say that somebody has gone."""
        session = make_session(QUESTION, "ana", "ben", "cem", roles={"ben": ["facilitator"]})
        assert "each may go" in refusal(session, Leave(by="ana", id="l", at=NOW, member="cem"))
        assert send(session, Leave(by="ben", id="l", at=NOW, member="cem")).present == ("ana", "ben")

    def test_who_joins_is_asked_what_is_open(self):
        """A newcomer answers from here on, and the barrier waits for them."""
        session = walk(make_session(QUESTION, "ana", "ben", "cem"), ["ana", "ben"])
        session, facts = session.send(Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert facts == (Joined(to=("ana", "ben", "cem", "dora"), member="dora"),)
        session = walk(session, ["cem"])
        assert not session.is_done
        assert walk(session, ["dora"]).is_done
        assert "dora" in session.alliance().members

    def test_between_two_there_is_no_third(self):
        """A one-to-one takes nobody in."""
        assert "between two" in refusal(
            make_session(QUESTION), Join(by="ana", id="j", at=NOW, member="dora", name="Dora")
        )

    def test_one_who_left_says_nothing_more(self):
        """Nothing is heard from somebody who went."""
        from alliancekit.flow import RequestNotAllowedError

        session = send(make_session(QUESTION, "ana", "ben", "cem"), Leave(by="cem", id="l", at=NOW, member="cem"))
        with pytest.raises(RequestNotAllowedError):
            session.send(Pass(by="cem", id="p", at=NOW, prompt="why"))
        assert session.view("cem").tasks == ()


class TestRatify:
    def test_binds_to_what_concerns_the_member(self):
        """Each yes carries the digest of the draft, and the last one makes it active."""
        from alliancekit.consent import digest

        session = walk(make_session(), until="sign")
        assert session.alliance().status == "draft"
        session, facts = session.send(task(session, "ana", "sign").ratify(at=NOW))
        assert facts[0] == Ratified(to=("ana", "ben"), by="ana", step="sign", digest=digest(session.alliance(), "ana"))
        assert session.view("ana").waiting == "Waiting for Ben to ratify."
        session = do(session, "ben", "ratify", "sign")
        alliance = session.alliance()
        assert (alliance.status, [*alliance.ratifications], session.is_done) == ("active", ["ana", "ben"], True)
        assert {one.digest for one in alliance.ratifications.values()} == {
            digest(alliance, who) for who in ("ana", "ben")
        }

    def test_is_asked_again_of_all_when_somebody_comes(self):
        """Who belongs is part of what was ratified."""
        flow = make_flow(AskStep(id="why"), RatifyStep(id="sign"))
        session = walk(make_session(flow, "ana", "ben", "cem"), until="sign")
        session = do(session, "ana", "ratify", "sign")
        session = send(session, Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert session.phase_of("sign", "ana") is Phase.OPEN
        assert not session.alliance().ratifications


def test_answer_keeps_its_value_frozen():
    """A request cannot be changed through the list that it was made from."""
    value = [{"text": "One."}]
    request = Answer(by="ana", prompt="give", value=value)
    value[0]["text"] = "Two."
    assert request.value[0]["text"] == "One."
