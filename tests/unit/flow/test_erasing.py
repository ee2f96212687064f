"""Forgetting an answer: what its author typed is nowhere any more, and what the others built on it stays where it fits."""

import json

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

import alliancekit as ak
from alliancekit import wire
from alliancekit.errors import DocumentError, InvalidValueError, UnknownNameError
from alliancekit.flow import (
    Accept,
    AgreeStep,
    Answer,
    AskStep,
    Blank,
    Clear,
    Erase,
    Erased,
    Leave,
    Migrate,
    Pass,
    Propose,
    RatifyStep,
    RevealStep,
    Session,
    Some,
    Submit,
    make_plan,
)
from tests.property.test_engine import FLOWS, requests
from tests.scripts import BANK, BLIND, NOW, do, make_flow, make_session, refusal, send, walk

WORD = "xanadu"
PLANTED = {
    "why": WORD,
    "hopes": WORD,
    "secret": WORD,
    "worries": [{"id": f"{WORD}-1", "text": WORD}, {"text": f"And {WORD}."}],
    "tone": {"choices": ["warm"], "note": WORD},
    "give": [{"id": WORD, "text": WORD, "known_by": WORD}, {"text": "More.", "known_by": WORD}],
    "ask": [{"id": WORD, "text": WORD, "known_by": WORD}],
    "aim": WORD,
}


def erase(prompt, by="ana", number=1, **more):
    return Erase(by=by, id=f"erase-{number}", at=NOW, prompt=prompt, **more)


def everything(session):
    """Return, as one text, everything that can be had of a session."""
    parts = [ak.dumps(session), repr(session), repr(session.state), repr(session.state.items)]
    for who in session.members:
        view = session.view(who)
        parts += [str(view), repr(view), json.dumps(view.to_dict(), default=str), ak.dumps(view.draft)]
    parts += [ak.dumps(session.alliance()), repr(session.requests)]
    for one in session.state.items.values():
        parts += [one.id, str(wire.unstructure(one.clause) if not isinstance(one.clause, str) else one.clause)]
    parts += [str(slot.value) for slot in session.state.slots.values()]
    parts += [str(stood.slots) for stood in session.state.revising.values()]
    parts += [str(one) for values in session.state.earlier.values() for one in values]
    return "\n".join(parts)


def resumed(session):
    """Return *session* as it comes back from its document; it must show everybody the same."""
    again = Session.resume(ak.loads(ak.dumps(session), Session, format="json"))
    assert again == session
    for who in session.members:
        assert again.view(who) == session.view(who)
    assert again.state.slots == session.state.slots
    assert again.state.stages == session.state.stages
    assert again.state.passes == session.state.passes
    assert again.state.ratified == session.state.ratified
    assert {*again.state.items} == {*session.state.items}
    return again


class TestAnswer:
    def test_is_a_pass_in_the_log(self):
        """Every version of it is a pass with the same id and time, and the reason of a pass is gone."""
        session = do(make_session(BLIND), "ana", "answer", "why", WORD)
        session = do(session, "ana", "answer", "why", f"{WORD} again")
        session = send(session, Clear(by="ana", id="c", at=NOW, prompt="why"))
        session = send(session, Pass(by="ana", id="p", at=NOW, prompt="why", reason=WORD))
        after, facts = session.send(erase("why"))
        assert facts == (Erased(to=("ana",), by="ana", prompt="why"),)
        kinds = [(type(one), one.id, one.at) for one in after.requests]
        ids = [one.id for one in session.requests]
        assert kinds == [
            (kind, id, NOW) for kind, id in zip([Pass, Pass, Clear, Pass, Erase], [*ids, "erase-1"], strict=True)
        ]
        assert WORD not in everything(resumed(after))
        assert WORD in everything(session)

    def test_takes_its_follow_ups_along(self):
        """What follows an answer goes with it; a follow-up alone goes alone."""
        session = do(make_session(BLIND), "ana", "answer", "tone", {"choices": ["warm"]})
        session = do(session, "ana", "answer", "tone", WORD, follow_up="works")
        alone, _ = session.send(erase("tone.works"))
        assert WORD not in everything(alone)
        assert dict(alone.view("ana").changeable[0].value) == {"choices": ("warm",)}
        both, _ = session.send(erase("tone"))
        assert WORD not in everything(both)
        assert both.requests[1] == Blank(by="ana", id=session.requests[1].id, at=NOW, verb="answer")

    def test_changes_nothing_when_it_is_delivered_again(self):
        """A host that delivers late brings nothing back."""
        session = do(make_session(BLIND), "ana", "answer", "tone", {"choices": ["warm"]})
        session = do(session, "ana", "answer", "tone", WORD, follow_up="works")
        said = session.requests
        after = resumed(send(session, erase("tone")))
        for one in (*said, erase("tone")):
            assert after.send(one) == (after, ())

    def test_can_be_given_anew(self):
        """To forget is not to be silent: while the step is open, another answer is taken, and can be forgotten too."""
        session = send(do(make_session(BLIND), "ana", "answer", "why", "One."), erase("why"))
        session = do(session, "ana", "answer", "why", WORD)
        assert session.view("ana").changeable[0].value == WORD
        assert WORD not in everything(send(session, erase("why", number=2)))

    def test_is_gone_after_it_was_shown(self):
        """What all had read leaves every view, also as what stood before a revision."""
        flow = make_flow(AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"]), AskStep(id="hopes"))
        session = walk(do(make_session(flow), "ana", "answer", "why", WORD), until="hopes")
        session = do(session, "ana", "reopen", "why")
        session = do(do(session, "ana", "answer", "why", f"Else {WORD}."), "ana", "submit", "why")
        assert WORD in everything(session)
        after = resumed(send(session, erase("why")))
        assert WORD not in everything(after)
        assert [one.by for one in after.view("ben").revealed[0].answers] == ["ben"]

    def test_of_all_leaves_nobody_owing_another(self):
        """Where the one answer of all is gone, those who were content with it stay ready, and all goes on."""
        session = walk(do(walk(make_session(BLIND), until="aim"), "ana", "answer", "aim", WORD), until="sign")
        after = resumed(send(session, erase("aim")))
        assert WORD not in everything(after)
        assert after.alliance().intention is None
        assert after.phase_of("sign") is session.phase_of("sign")
        assert sorted(after.alliance().commitments) == sorted(session.alliance().commitments)

    def test_that_came_before_in_its_place_stands_again(self):
        """The last answer to what all answer together stands, of those that are left."""
        session = do(walk(make_session(BLIND), until="aim"), "ben", "answer", "aim", "Ben's words.")
        session = send(do(session, "ana", "answer", "aim", WORD), erase("aim"))
        assert session.view("ben").revealed[-1].answers[0].value == "Ben's words."


class TestOthers:
    def test_keep_what_they_built_on_it(self):
        """Ben's own version of a rule that Ana wrote stays; his word about hers goes with it."""
        flow = make_flow(AskStep(id="rules"), AgreeStep(id="settle", elements=["ground_rules"]), RatifyStep(id="sign"))
        session = do(
            make_session(flow), "ana", "answer", "rules", [{"id": "stop", "text": WORD}, {"id": "rest", "text": WORD}]
        )
        session = walk(session, until="settle")
        mine = {"id": "stop", "text": "We stop and breathe.", "topic": "conflict"}
        session = send(
            session,
            Accept(by="ben", id="b1", at=NOW, clause="rest"),
            Propose(by="ben", id="b2", at=NOW, element="ground_rules", value=mine),
            Accept(by="ana", id="a9", at=NOW, clause="stop"),
        )
        after = resumed(send(walk(session, until="sign"), erase("rules")))
        assert WORD not in everything(after)
        assert [*after.alliance().ground_rules] == ["stop"]
        assert after.alliance().ground_rules["stop"].text == "We stop and breathe."
        assert [one.verb for one in after.requests if isinstance(one, Blank) and one.by == "ben"] == ["accept"]

    def test_do_not_take_over_a_promise(self):
        """A next version of what Ana gives was hers to keep, so it does not become Ben's promise when hers is gone."""
        session = do(make_session(BLIND), "ana", "answer", "give", [{"id": "mine", "text": WORD, "known_by": "Seen."}])
        session = walk(session, until="settle")
        value = {"id": "mine", "text": "Sooner.", "known_by": "Seen."}
        session = send(session, Propose(by="ben", id="b", at=NOW, element="commitments", value=value))
        after = resumed(send(session, erase("give")))
        assert "mine" not in after.state.items

    def test_do_not_accept_what_takes_the_id(self):
        """Where another clause gets the id that is free now, a yes to the one that had it is no yes to this."""
        session = make_session(BLIND)
        for who, text in (("ana", WORD), ("ben", "Ben's.")):
            session = do(session, who, "answer", "give", [{"id": "same", "text": text, "known_by": "Seen."}])
        session = send(walk(session, until="settle"), Accept(by="ben", id="yes", at=NOW, clause="same"))
        after = send(session, erase("give"))
        assert after.state.items["same"].by == ("ben",)
        assert [one.verb for one in after.requests if isinstance(one, Blank)] == ["accept"]
        assert after.send(Accept(by="ben", id="yes", at=NOW, clause="same")) == (after, ())

    def test_are_asked_again_for_what_they_ratified(self):
        """A yes to what has changed is void; a yes to what has not stands."""
        session = walk(
            do(
                make_session(BLIND, "ana", "ben", "cem"),
                "ana",
                "answer",
                "give",
                [{"id": "to-ben", "text": WORD, "known_by": "x", "to": ["ben"]}],
            )
        )
        assert session.is_done
        after = resumed(send(session, erase("give")))
        assert not after.is_done
        assert [*after.alliance().ratifications] == ["cem"]
        assert walk(after).alliance().status == "active"

    def test_whose_steps_hung_on_it_lose_what_does_not_fit(self):
        """What was said in a step that is hidden now says nothing any more."""
        flow = make_flow(
            AskStep(id="why"), AskStep(id="more", prompts=["hopes"], when=Some(prompt="why")), RatifyStep(id="sign")
        )
        session = walk(make_session(flow), ["ana"], until="sign")
        after = resumed(send(session, erase("why")))
        assert [type(one) for one in after.requests] == [Pass, Submit, Blank, Blank, Erase]


class TestStored:
    """What no erasure leaves behind is nothing that the engine wrote."""

    def test_a_blank_needs_an_erasure_after_it(self):
        """Nobody takes a request out of a log, or a prompt from somebody, by writing a blank by hand."""
        blank = Blank(by="ana", id="b", at=NOW, verb="answer", prompt="why")
        with pytest.raises(DocumentError, match="nothing after it was erased"):
            Session.resume(evolve(make_session(BLIND), requests=[blank]))

    def test_a_blank_answers_nothing_for_somebody(self):
        """Only where one answer is everybody's does what was erased leave nobody who owes another."""
        log = [Blank(by="ana", id="b", at=NOW, verb="answer", prompt="why"), erase("why")]
        session = Session.resume(evolve(make_session(BLIND), requests=log))
        assert "why" in [task.about for task in session.view("ana").tasks]

    @pytest.mark.parametrize("prompt", ["tone", "tone.works"])
    def test_what_was_erased_stands_before_it_no_more(self, prompt):
        """A log in which the answer was put back is not resumed, and the finding says nothing of it."""
        session = do(make_session(BLIND), "ana", "answer", "tone", ["warm"])
        session = do(session, "ana", "answer", "tone", WORD, follow_up="works")
        after = send(session, erase(prompt))
        forged = evolve(after, requests=(*session.requests, after.requests[-1]))
        with pytest.raises(DocumentError, match="it was erased later, and stands here still") as error:
            Session.resume(forged)
        assert WORD not in str(error.value)
        assert Session.resume(evolve(after, requests=after.requests)).view("ana") == after.view("ana")


class TestWho:
    def test_may_be_somebody_who_has_left(self):
        """Who has gone may still have an answer forgotten, also when all is done."""
        session = do(make_session(BLIND, "ana", "ben", "cem"), "ana", "answer", "why", WORD)
        session = send(walk(session, until="aim"), Leave(by="ana", id="l", at=NOW, member="ana"))
        assert WORD not in everything(resumed(send(walk(session), erase("why"))))

    def test_is_the_author_alone(self):
        """What Ana said is hers to have forgotten, and not Ben's."""
        session = do(make_session(BLIND), "ana", "answer", "why", WORD)
        assert refusal(session, erase("why", by="ben")) == "there is nothing of yours here that could be forgotten"
        with pytest.raises(UnknownNameError):
            session.send(erase("why", by="dora"))

    def test_needs_something_to_forget(self):
        """What was never answered, and what the flow does not ask, is said to be so."""
        assert "nothing of yours" in refusal(make_session(BLIND), erase("why"))
        with pytest.raises(UnknownNameError):
            make_session(BLIND).send(erase("wy"))

    def test_is_nobody_who_sends_a_blank(self):
        """What an erasure leaves is not a request that a host can make."""
        with pytest.raises(InvalidValueError, match="takes no Blank"):
            make_session(BLIND).send(Blank(by="ana", id="b", at=NOW, verb="answer"))


def gone_on(session, flow):
    """Return *session* after it went on with *flow*."""
    return send(session, Migrate(by="ana", id="migrate", at=NOW, plan=make_plan(flow, BANK)))


class TestAfterAnotherPlan:
    """The log holds a change of the plan, and the answer was given before it."""

    def test_what_nothing_asks_any_more_can_be_forgotten(self):
        """It was set aside, and stands in the log until its author has it erased."""
        rest = (RevealStep(id="seen", of=["first"]), RatifyStep(id="sign"))
        flow = make_flow(AskStep(id="first", prompts=["why", "hopes"], mode="blind"), *rest)
        session = do(make_session(flow), "ana", "answer", "why", WORD)
        session = gone_on(session, make_flow(AskStep(id="first", prompts=["hopes"], mode="blind"), *rest))
        assert WORD in everything(session)
        after = resumed(send(session, erase("why")))
        assert WORD not in everything(after)
        assert after.running == session.running

    def test_the_plan_stays_and_so_does_what_was_answered_under_it(self):
        """Of a session that has come to its end, only the answer is gone."""
        rest = (AskStep(id="aim"), RatifyStep(id="sign"))
        session = do(make_session(make_flow(AskStep(id="why"), *rest)), "ana", "answer", "why", WORD)
        session = walk(gone_on(session, make_flow(AskStep(id="why"), AskStep(id="hopes"), *rest)), until="sign")
        after = resumed(send(session, erase("why")))
        assert WORD not in everything(after)
        assert after.running == session.running
        assert after.alliance().intention == session.alliance().intention
        assert [one for one in after.requests if isinstance(one, Blank)] == []

    def test_a_promise_of_a_plan_that_the_session_no_longer_comes_to_is_kept(self):
        """Without Ana's answer the table lies open before its elements change, so the first plan stays; it has no veil."""

        def flow(*elements, later):
            return make_flow(
                AskStep(id="first", prompts=["why", "give"]),
                AskStep(id="begun", prompts=["hopes"], mode="blind", when=Some(prompt="why")),
                RevealStep(id="seen", of=["begun"], when=Some(prompt="why")),
                AgreeStep(id="settle", elements=elements),
                *later,
                AskStep(id="day"),
                RatifyStep(id="sign"),
            )

        veiled = (AskStep(id="tone", mode="blind"), RevealStep(id="veil", of=["tone"], attribution="anonymous"))
        session = make_session(flow("commitments", later=[AskStep(id="tone")]), "ana", "ben", "cem")
        session = do(session, "ana", "answer", "why", "Because.")
        for who in ("ben", "cem"):
            session = do(session, who, "pass_", "why")
        session = gone_on(walk(session, until="begun"), flow("commitments", "atmosphere", later=veiled))
        session = do(walk(session, until="tone"), "ben", "answer", "tone", {"choices": ["warm"], "note": WORD})
        session = walk(session, until="day")
        assert WORD in str(session.view("cem"))
        after = resumed(send(session, erase("why")))
        assert after.running == after.plan
        assert ("ben", "answer") in [(one.by, one.verb) for one in after.requests if isinstance(one, Blank)]
        assert WORD not in everything(after)


@pytest.mark.parametrize("name", FLOWS)
@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Stage.explicit, Stage.reuse, Stage.generate],  # to make a long play shorter takes minutes
)
def test_a_planted_word_is_nowhere_after_it_was_erased(name, data):
    """Whatever was answered, and however far the session went: erased, it is in nothing that can be had of it."""
    prompt = data.draw(
        st.sampled_from([one for one in PLANTED if one in make_session(FLOWS[name]).state.route.prompts])
    )
    session = make_session(FLOWS[name], "ana", "ben", "cem")
    session = walk(session, until=session.state.route.asked_in[prompt].id)
    ask = session.state.route.asked_in[prompt].id
    if not [one for one in session.view("ana").tasks if one.about == prompt]:
        return
    private = session.state.route.prompts[prompt].visibility == "private"
    said = [
        Answer(
            by="ana",
            id="planted",
            at=NOW,
            prompt=prompt,
            value=PLANTED[prompt],
            share=private and data.draw(st.booleans()),
        )
    ]
    if prompt == "tone":
        said.append(Answer(by="ana", id="planted-2", at=NOW, prompt="tone.works", value=WORD))
    if data.draw(st.booleans()):
        said = [Pass(by="ana", id="planted-0", at=NOW, prompt=prompt, reason=WORD), *said]
    session = send(session, *said)
    if data.draw(st.booleans()):
        session = walk(session, until=data.draw(st.sampled_from(["nothing", *[*session.state.route.places][-4:]])))
    for count in range(data.draw(st.integers(0, 12))):
        request = data.draw(requests(session, count))
        try:
            session, _ = session.send(request)
        except ak.AllianceKitError:
            continue
    assert WORD in everything(session)
    after, facts = session.send(erase(prompt, number=data.draw(st.integers(1, 9))))
    assert [type(one) for one in facts] == [Erased]
    if any(isinstance(one, Propose) and WORD in str(one.value) for one in after.requests):
        return
    assert WORD not in everything(after)
    assert WORD not in everything(resumed(after))
    for one in said:
        assert after.send(one) == (after, ())
    assert ask in after.state.route.places
    assert walk(after).is_done
