"""Going back: answers that stand are revised for all to see, and a settled table is opened again."""

import pytest
from attrs import evolve

from alliancekit import wire
from alliancekit.consent import digest
from alliancekit.flow import (
    AgreeStep,
    Answer,
    AskStep,
    Clear,
    Join,
    Leave,
    Object,
    Pass,
    Phase,
    Propose,
    Ratify,
    RatifyStep,
    Reopen,
    Reopened,
    RevealStep,
    Revised,
    Session,
    Submit,
    Withdraw,
)
from alliancekit.render import to_mermaid
from tests.scripts import BLIND, DULL, NOW, do, make_flow, make_session, refusal, send, task, walk

SHOWN = make_flow(
    AskStep(id="first", prompts=["why", "secret", "tone", "worries"], mode="blind"),
    RevealStep(id="seen", of=["first"]),
    AskStep(id="aim"),
    RevealStep(id="then", of=["aim"]),
    AskStep(id="hopes"),
    RatifyStep(id="sign"),
)


def shown(until="hopes"):
    """Return a session in which everybody has answered, and all was shown."""
    return walk(make_session(SHOWN, "ana", "ben", "cem"), until=until)


def reopened(session, step="first", who="ana"):
    return send(session, Reopen(by=who, id=f"{who}-{step}-again", at=NOW, step=step))


def given(session, prompt, by="ana", eyes="ben"):
    """Return what *eyes* read of one answer."""
    found = [one for each in session.view(eyes).revealed for one in each.answers]
    return next((one for one in found if (one.prompt, one.by) == (prompt, by)), None)


class TestAnswers:
    def test_are_seen_as_they_stood_until_they_are_submitted(self):
        """While Ana writes, Ben sees what stood and not that she writes; then both the new answer and the one before."""
        before = shown()
        session = reopened(before)
        assert session.phase_of("first", "ana") is Phase.REVISING
        assert session.phase_of("first", "ben") is Phase.REVEALED
        assert session.phase_of("first") is Phase.REVEALED
        assert to_mermaid(session) == to_mermaid(before)
        session = do(session, "ana", "answer", "why", "Something else.")
        assert session.view("ben") == before.view("ben")
        assert session.alliance() == before.alliance()
        session = do(session, "ana", "submit", "first")
        assert session.phase_of("first", "ana") is Phase.REVEALED
        one = given(session, "why")
        assert (one.value, one.is_revised, one.earlier) == ("Something else.", True, ("Because.",))
        assert session.alliance().members["ana"].why == "Something else."
        assert "ana (revised), why: Something else.\n    before: Because.\n" in str(session.view("ben"))

    def test_tell_all_which_prompts_have_changed(self):
        """Everybody is told of a revision, once it stands, by the prompts of which they are shown something else."""
        session, facts = shown().send(Reopen(by="ana", id="again", at=NOW, step="first"))
        assert facts == (Reopened(to=("ana",), by="ana", step="first"),)
        session = do(session, "ana", "answer", "why", "Else.")
        session, facts = session.send(Submit(by="ana", id="s", at=NOW, step="first"))
        assert Revised(to=("ana", "ben", "cem"), by="ana", step="first", prompts=("why",)) in facts

    def test_tell_nobody_where_nothing_that_was_shown_has_changed(self):
        """What is kept private before and after a revision stays between its author and the host."""
        session = do(reopened(shown()), "ana", "answer", "secret", "Still mine.")
        session, facts = session.send(Submit(by="ana", id="s", at=NOW, step="first"))
        assert {fact.to for fact in facts} == {("ana",)}
        assert "mine" not in str(session.view("ben").to_dict())
        assert given(session, "secret") is None

    def test_keep_every_value_that_was_shown(self):
        """The second revision stands beside both answers before it."""
        session = shown()
        for number in ("1", "2"):
            session = send(session, Reopen(by="ana", id=f"again-{number}", at=NOW, step="first"))
            session = do(session, "ana", "answer", "why", f"Answer {number}.")
            session = do(session, "ana", "submit", "first")
        assert given(session, "why").earlier == ("Because.", "Answer 1.")

    def test_are_as_they_were_when_the_revision_is_withdrawn(self):
        """Withdrawing drops what was written anew: answers, passes and follow-ups."""
        before = do(make_session(SHOWN), "ana", "answer", "tone", {"choices": ["warm"]})
        before = walk(do(before, "ana", "answer", "tone", "Calm words.", follow_up="works"), until="hopes")
        session = reopened(before)
        session = send(session, Pass(by="ana", id="p", at=NOW, prompt="tone"))
        session = do(session, "ana", "answer", "why", "Else.")
        session = do(session, "ana", "withdraw", "first")
        assert session.state.slots == before.state.slots
        assert session.state.passes == before.state.passes
        assert session.phase_of("first", "ana") is Phase.REVEALED
        assert not given(session, "why").is_revised

    def test_hold_no_barrier_up(self):
        """The others go on while somebody revises, and what was not submitted at the end is dropped."""
        session = do(reopened(shown()), "ana", "answer", "why", "Half writ")
        session = walk(session, until="first")
        assert session.is_done
        assert session.alliance().members["ana"].why == "Because."
        assert not session.state.revising
        assert "Half writ" not in str(session.view("ana").to_dict())

    def test_of_whoever_leaves_stay_as_they_stood(self):
        """Who goes in the middle of a revision leaves behind what they had submitted."""
        session = do(reopened(shown()), "ana", "answer", "why", "Half writ")
        session = send(session, Leave(by="ana", id="l", at=NOW, member="ana"))
        assert given(session, "why").value == "Because."
        assert not session.state.revising

    def test_can_end_a_share_and_not_unsay_it(self):
        """Where nothing is shown any more, what had been shown still is, and the new answer is its author's alone."""
        session = make_session(SHOWN)
        session = do(session, "ana", "answer", "secret", "A secret.", share=True)
        session = do(reopened(walk(session, until="hopes")), "ana", "answer", "secret", "Mine again.")
        session = do(session, "ana", "submit", "first")
        one = given(session, "secret")
        assert (one.value, one.is_revised, one.earlier) == (None, True, ("A secret.",))
        assert "Mine again" not in str(session.view("ben").to_dict()) + str(session.view("ben"))
        assert "nothing any more" in str(session.view("ben"))

    @pytest.mark.parametrize("kept", [True, False])
    def test_that_were_kept_or_passed_look_alike_when_they_are_shared(self, kept):
        """A share that begins with a revision shows the new answer, and not whether there was one before."""
        stamp = {"by": "ana", "id": "one", "at": NOW, "prompt": "secret"}
        session = send(make_session(SHOWN), Answer(**stamp, value="Mine.") if kept else Pass(**stamp))
        session = do(reopened(walk(session, until="hopes")), "ana", "answer", "secret", "For all.", share=True)
        one = given(do(session, "ana", "submit", "first"), "secret")
        assert (one.value, one.is_revised, one.earlier) == ("For all.", True, ())

    def test_that_follow_up_are_revised_too(self):
        """A follow-up is shown with what it said before, also when it is taken back."""
        session = do(make_session(SHOWN), "ana", "answer", "tone", {"choices": ["warm"]})
        session = walk(do(session, "ana", "answer", "tone", "Calm words.", follow_up="works"), until="hopes")
        session = send(reopened(session), Clear(by="ana", id="c", at=NOW, prompt="tone.works"))
        session = do(session, "ana", "submit", "first")
        assert (given(session, "tone.works").value, given(session, "tone.works").earlier) == (None, ("Calm words.",))

    def test_put_something_else_into_the_alliance(self):
        """What came of an answer and lies on no table makes way for what comes of the new one, under the same ids."""
        session = make_session(SHOWN)
        old = [{"id": "meetings", "text": "Too many meetings."}, {"id": "noise", "text": "Noise."}]
        session = do(session, "ana", "answer", "worries", old, share=True)
        session = do(session, "ben", "answer", "tone", {"choices": ["direct", "calm"]})
        session = walk(session, until="hopes")
        assert [*session.alliance().concerns] == ["meetings", "noise"]
        session = do(reopened(session), "ana", "answer", "worries", [{"id": "meetings", "text": "None."}], share=True)
        session = do(session, "ana", "answer", "tone", {"choices": ["warm"]})
        session = do(session, "ana", "submit", "first")
        alliance = session.alliance()
        assert {name: one.text for name, one in alliance.concerns.items()} == {"meetings": "None."}
        assert sorted(alliance.atmosphere) == ["calm", "direct", "warm"]
        assert session.state.items["direct"].by == ("ben",)
        assert [*session.state.items["direct"].words] == ["ben"]

    def test_that_nobody_else_gave_take_their_choice_along(self):
        """A quality that only Ana chose goes with her choice."""
        session = do(make_session(SHOWN), "ana", "answer", "tone", {"choices": ["warm"]})
        session = do(reopened(walk(session, until="hopes")), "ana", "answer", "tone", {"choices": ["calm"]})
        assert sorted(do(session, "ana", "submit", "first").alliance().atmosphere) == ["calm", "direct"]

    def test_are_refused_before_they_are_complete(self):
        """A revision is submitted as the answers were: each prompt answered or passed."""
        session = send(reopened(shown()), Clear(by="ana", id="c", at=NOW, prompt="why"))
        assert refusal(session, Submit(by="ana", id="s", at=NOW, step="first")) == "answer or pass first: why"
        assert [one.about for one in session.view("ana").tasks if one.is_revision] == ["why"]


class TestEverybodysAnswer:
    def test_is_read_as_it_is_written(self):
        """The one answer of all is on the page for everybody, and what it said before stays beside it once submitted."""
        session = do(reopened(shown(), "aim"), "ana", "answer", "aim", "Ship more.")
        assert given(session, "aim", None).value == "Ship more."
        session = do(session, "ana", "submit", "aim")
        assert (given(session, "aim", None).value, given(session, "aim", None).earlier) == ("Ship more.", ("Ship it.",))
        assert session.alliance().intention == "Ship more."

    def test_comes_back_when_the_revision_is_withdrawn(self):
        """Who gives a revision up gives the answer back that stood."""
        session = do(reopened(shown(), "aim"), "ana", "answer", "aim", "Ship more.")
        assert given(do(session, "ana", "withdraw", "aim"), "aim", None).value == "Ship it."

    def test_is_not_taken_away_by_one(self):
        """One member may write it anew; passing and clearing it are everybody's."""
        session = reopened(shown(), "aim")
        for kind in (Pass, Clear):
            assert "the one answer of all" in refusal(session, kind(by="ana", id="p", at=NOW, prompt="aim"))

    def test_survives_two_who_write_it_at_once(self):
        """What Ben submits stands when Ana then gives up, and what she had written does not come back with him."""
        session = reopened(reopened(shown(), "aim"), "aim", "ben")
        session = do(session, "ana", "answer", "aim", "By Ana.")
        session = do(session, "ben", "answer", "aim", "By Ben.")
        assert (
            given(do(do(session, "ben", "withdraw", "aim"), "ana", "withdraw", "aim"), "aim", None).value == "Ship it."
        )
        session = do(session, "ben", "submit", "aim")
        session = do(session, "ana", "withdraw", "aim")
        assert given(session, "aim", None).value == "By Ben."
        assert given(session, "aim", None).earlier == ("Ship it.",)


class TestWhoMay:
    def test_is_offered_where_it_would_be_taken(self):
        """A view offers to go back exactly where the request is accepted."""
        session = shown()
        for who in session.members:
            offered = {one.step for one in session.view(who).changeable if one.kind == "reopen"}
            for step in ("first", "aim"):
                _, (fact, *_) = session.send(Reopen(by=who, id="again", at=NOW, step=step))
                assert (step in offered) == isinstance(fact, Reopened)
            assert offered == {"first", "aim"}

    def test_is_nobody_who_gave_no_answers(self):
        """Who was passed over has nothing to revise: what came after the reveal stays out."""
        flow = make_flow(
            AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"], missing="pass"), AskStep(id="hopes")
        )
        session = do(walk(make_session(flow), ["ben"]), "ben", "reveal", "seen")
        assert "nothing of yours" in refusal(session, Reopen(by="ana", id="again", at=NOW, step="why"))

    def test_is_nobody_when_it_was_put_on_a_table(self):
        """What people talk about at a table is changed there."""
        session = walk(make_session(BLIND), until="settle")
        reason = refusal(session, Reopen(by="ana", id="again", at=NOW, step="first"))
        assert reason == "'direct' comes from here and was put on a table: propose another version of it there"
        assert not [one for one in session.view("ana").changeable if one.kind == "reopen"]

    def test_is_nobody_when_all_is_done(self):
        """A session that is over is not changed any more."""
        reason = refusal(walk(shown()), Reopen(by="ana", id="again", at=NOW, step="first"))
        assert reason.startswith("everything is done")

    def test_cannot_submit_what_lies_on_a_table_by_then(self):
        """A table that opened meanwhile holds what stood, so the revision of it is taken there."""
        session = do(reopened(walk(make_session(BLIND), until="aim")), "ana", "answer", "tone", {"choices": ["calm"]})
        session = walk(session, until="sign")
        assert session.phase_of("settle") is Phase.SETTLED
        reason = refusal(session, Submit(by="ana", id="s", at=NOW, step="first"))
        assert reason == "'direct' lies on a table by now: withdraw this revision, and propose another version there"

    def test_cannot_add_to_a_table_that_is_settled(self):
        """What would be on no table any more, and so in no alliance, is refused with the way that is left."""
        session = send(make_session(BLIND), Pass(by="ana", id="p1", at=NOW, prompt="give"))
        session = send(
            session, Pass(by="ana", id="p2", at=NOW, prompt="ask"), Pass(by="ana", id="p3", at=NOW, prompt="tone")
        )
        session = reopened(walk(session, until="sign"))
        session = do(session, "ana", "answer", "give", DULL["give"])
        reason = refusal(session, Submit(by="ana", id="s", at=NOW, step="first"))
        assert reason.startswith("the table for commitments is settled")

    def test_can_add_to_a_table_that_is_open(self):
        """What was passed and is given now is laid there, and everybody whom it concerns is asked."""
        session = send(
            make_session(BLIND), *(Pass(by="ana", id=one, at=NOW, prompt=one) for one in ("give", "ask", "tone"))
        )
        session = do(reopened(walk(session, until="settle")), "ana", "answer", "give", DULL["give"])
        session = do(session, "ana", "submit", "first")
        assert "give-ana-1" in session.state.tables["settle"]
        assert "give-ana-1" in [one.about for one in session.view("ben").tasks]


class TestTable:
    def test_is_open_again_for_everybody(self):
        """A settled table that is opened again asks all of them whether they are ready, and what they ratified is void."""
        session = do(walk(make_session(BLIND), until="sign"), "ana", "ratify", "sign")
        after, facts = session.send(Reopen(by="ben", id="again", at=NOW, step="settle"))
        assert Reopened(to=("ana", "ben"), by="ben", step="settle") in facts
        assert after.phase_of("settle", "ana") is Phase.OPEN
        assert after.phase_of("sign", "ana") is Phase.PENDING
        assert not after.state.ratified
        assert not after.alliance().commitments
        assert [one.kind for one in after.view("ana").tasks] == ["submit"]
        done = walk(after)
        assert done.is_done
        assert [*done.alliance().commitments] == ["give-ana-1", "give-ben-1"]

    def test_has_its_rounds_again(self):
        """As many versions as before may be put forward."""
        session = walk(
            make_session(
                make_flow(AskStep(id="give"), AgreeStep(id="t", elements=["commitments"], rounds=1), AskStep(id="why"))
            ),
            until="why",
        )
        session = reopened(session, "t")
        value = {"id": "give-ana-1", "text": "Within an hour.", "known_by": "No question waits."}
        session = send(session, Propose(by="ana", id="p", at=NOW, element="commitments", value=value))
        assert (session.view("ben").table[0].version, session.view("ben").table[0].rounds) == (2, 2)
        session = send(session, Object(by="ben", id="o", at=NOW, clause="give-ana-1", reason="No."))
        again = {**value, "text": "Within a minute."}
        assert "2 rounds" in refusal(session, Propose(by="ana", id="q", at=NOW, element="commitments", value=again))

    def test_keeps_what_was_answered_behind_it(self):
        """Asks behind it wait, with their answers, until the table is settled again."""
        session = do(
            walk(
                make_session(
                    make_flow(AskStep(id="give"), AgreeStep(id="t", elements=["commitments"]), AskStep(id="why"))
                ),
                until="why",
            ),
            "ana",
            "answer",
            "why",
            "Mine.",
        )
        session = reopened(session, "t", "ben")
        assert session.phase_of("why", "ana") is Phase.PENDING
        session = walk(session, until="why")
        assert [one.value for one in session.view("ana").changeable if one.about == "why"] == ["Mine."]

    def test_stays_settled_when_something_behind_it_is_done(self):
        """What was done since rests on it."""
        flow = make_flow(
            AskStep(id="give"),
            AgreeStep(id="t", elements=["commitments"]),
            AskStep(id="why", mode="blind"),
            RevealStep(id="seen", of=["why"]),
            AskStep(id="hopes"),
        )
        reason = refusal(walk(make_session(flow), until="hopes"), Reopen(by="ana", id="again", at=NOW, step="t"))
        assert reason == "what comes after this is done already, and rests on it"

    def test_stays_settled_when_the_next_lies_open(self):
        """Of two tables, one at a time lies open."""
        flow = make_flow(
            AskStep(id="both", prompts=["give", "ask"]),
            AgreeStep(id="one", elements=["commitments"]),
            AgreeStep(id="two", elements=["expectations"]),
        )
        session = walk(make_session(flow), until="two")
        assert "next table" in refusal(session, Reopen(by="ana", id="again", at=NOW, step="one"))


class TestRatifying:
    def test_is_refused_for_what_has_changed_since(self):
        """A yes is to what the member was shown: the task carries its digest, and another draft refuses it."""
        session = walk(make_session(BLIND, "ana", "ben", "cem"), until="sign")
        (task,) = session.view("ana").tasks
        assert task.ratify(at=NOW).digest == task.digest
        session = send(session, Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert refusal(session, task.ratify(at=NOW)).startswith("what concerns you has changed since you looked")
        assert do(session, "ana", "ratify", "sign").phase_of("sign", "ana") is Phase.RATIFIED

    PROMISED = make_flow(AskStep(id="give"), AskStep(id="hopes"), RatifyStep(id="sign"), AskStep(id="sure"))

    def revised(self, session, by="ben"):
        """Return a session in which a promise says something else."""
        session = do(reopened(session, "give", by), by, "answer", "give", [{"text": "Call.", "known_by": "It rings."}])
        return session, task(session, by, "give", "submit").submit(at=NOW)

    def test_is_asked_again_of_whom_a_revision_concerns(self):
        """Whoever said yes to what it said before has said it to something else; the others' yes holds."""
        session = walk(make_session(self.PROMISED, "ana", "ben", "cem"), until="sign")
        session = do(session, "ana", "ratify", "sign")
        same = do(do(reopened(session, "hopes", "ben"), "ben", "answer", "hopes", "More."), "ben", "submit", "hopes")
        assert same.phase_of("sign", "ana") is Phase.RATIFIED
        session = send(*self.revised(session))
        assert session.phase_of("sign", "ana") is Phase.OPEN
        assert not session.alliance().ratifications
        session = walk(session)
        alliance = session.alliance()
        assert {who: one.digest for who, one in alliance.ratifications.items()} == {
            who: digest(alliance, who) for who in ("ana", "ben", "cem")
        }

    def test_holds_against_a_revision_once_all_have_said_it(self):
        """What everybody has ratified does not become something else afterwards; what nobody said yes to may."""
        session = walk(make_session(self.PROMISED, "ana", "ben"), until="sure")
        assert "change it at a check-in" in refusal(*self.revised(session))
        session = do(do(reopened(session, "hopes", "ben"), "ben", "answer", "hopes", "More."), "ben", "submit", "hopes")
        assert [one.value for one in (given(session, "hopes", "ben"),)] == ["More."]

    def test_needs_no_digest(self):
        """A host that shows the text in its own way says yes without one."""
        session = walk(make_session(BLIND), until="sign")
        session = send(session, Ratify(by="ana", id="y", at=NOW, step="sign"))
        assert session.alliance().ratifications["ana"].digest

    def test_can_be_taken_back_while_others_are_asked(self):
        """Until the last yes each may think again, and everybody sees it."""
        session = do(walk(make_session(BLIND), until="sign"), "ana", "ratify", "sign")
        after, facts = session.send(Withdraw(by="ana", id="w", at=NOW, step="sign"))
        assert facts[0].to == ("ana", "ben")
        assert after.phase_of("sign", "ana") is Phase.OPEN
        assert not after.alliance().ratifications
        assert walk(after).is_done

    def test_stands_when_everybody_has(self):
        """The last yes makes it an agreement."""
        session = walk(make_session(BLIND))
        reason = refusal(session, Withdraw(by="ana", id="w", at=NOW, step="sign"))
        assert reason == "everybody has ratified; what changes from here on belongs to the next check-in"


def test_a_revision_is_stored_and_resumed():
    """A session that was saved in the middle of a revision goes on there."""
    session = do(reopened(shown()), "ana", "answer", "why", "Else.")
    again = Session.resume(wire.structure(wire.unstructure(session), Session))
    assert again.phase_of("first", "ana") is Phase.REVISING
    assert again.view("ana") == session.view("ana")
    assert evolve(again) == session
