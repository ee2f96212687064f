"""Rule 8: from answers to the alliance."""

from alliancekit.flow import AgreeStep, AskStep, Propose, RevealStep
from tests.scripts import BLIND, NOW, do, make_flow, make_session, send, walk


def answered(flow, answers, *members):
    """Return a session in which each member gave these answers, and passed the rest."""
    session = make_session(flow, *members)
    moved = True
    while moved and not session.is_done:
        moved = False
        for who in session.present:
            for one in session.view(who).tasks[:1]:
                if one.kind == "answer":
                    value = answers.get((who, one.about))
                    share = one.prompt.visibility == "private" and (who, one.about, "share") in answers
                    request = one.pass_(at=NOW) if value is None else one.answer(value, at=NOW, share=share)
                    session, moved = send(session, request), True
                    for follow_up in one.prompt.follow_ups:
                        told = answers.get((who, f"{one.about}.{follow_up.id}"))
                        if told:
                            session = send(session, one.answer(told, at=NOW, follow_up=follow_up.id))
                elif one.kind == "submit" and not one.elements:
                    session, moved = send(session, one.submit(at=NOW)), True
    return session


def each(*prompts):
    return make_flow(AskStep(id="first", prompts=prompts, mode="blind"), RevealStep(id="seen", of=["first"]))


class TestMembers:
    def test_are_filled_by_what_each_says_of_themselves(self):
        """Why, what they answer for, and how they like to be treated go to the member who said it."""
        answers = {
            ("ana", "why"): "Trust.",
            ("ana", "owns"): "The roadmap\nThe budget\nThe roadmap",
            ("ben", "likes"): "Directly.",
        }
        alliance = answered(each("why", "owns", "likes"), answers).alliance()
        ana, ben = alliance.members["ana"], alliance.members["ben"]
        assert (ana.why, ana.accountable_for, ana.prefers) == ("Trust.", ("The roadmap", "The budget"), None)
        assert (ben.why, ben.prefers.feedback) == (None, "Directly.")
        assert alliance.responses == ()

    def test_are_not_filled_before_the_reveal(self):
        """What nobody has revealed is not in the draft, not even for its author."""
        session = do(make_session(each("why")), "ana", "answer", "why", "Trust.")
        assert session.alliance().members["ana"].why is None
        assert session.view("ana").draft.members["ana"].why is None


class TestChoices:
    def test_become_atmosphere_and_the_note_a_response(self):
        """Equal ones join; what was added in words is kept as an answer."""
        answers = {
            ("ana", "tone"): {"choices": ["direct"], "note": "Kindly."},
            ("ben", "tone"): ["direct", "calm"],
            ("ben", "tone.works"): "Walks.",
        }
        alliance = answered(each("tone"), answers).alliance()
        assert [(one.id, one.text, one.source_prompts) for one in alliance.atmosphere.values()] == [
            ("direct", "Direct", ("tone",)),
            ("calm", "Calm", ("tone",)),
        ]
        assert [(one.prompt, one.by) for one in alliance.responses] == [("tone", "ana"), ("tone.works", "ben")]


class TestConcerns:
    def test_enter_when_shared_and_need_no_agreement(self):
        """A shared worry is in the alliance after the reveal; one that was kept is nowhere."""
        answers = {
            ("ana", "worries"): [{"id": "overload", "text": "One more meeting."}],
            ("ana", "worries", "share"): True,
            ("ben", "worries"): [{"id": "hidden", "text": "planted-secret"}],
        }
        session = answered(each("worries"), answers)
        alliance = session.alliance()
        assert [(one.id, one.by, one.visibility) for one in alliance.concerns.values()] == [
            ("overload", ("ana",), "members")
        ]
        assert "planted-secret" not in str(session.view("ana")) + str(session.view("ana").to_dict())


class TestResponses:
    def test_are_what_goes_nowhere_else(self):
        """An answer that informs nothing is kept as it was given."""
        answers = {("ana", "hopes"): "Much.", ("ben", "score"): 4, ("ben", "secret"): "Mine."}
        alliance = answered(each("hopes", "score", "secret"), answers).alliance()
        assert [(one.prompt, one.by, one.answer) for one in alliance.responses] == [
            ("hopes", "ana", "Much."),
            ("score", "ben", 4),
        ]


class TestCadence:
    FLOW = make_flow(AskStep(id="rhythm"), AgreeStep(id="settle", elements=["cadence"]))

    def test_holds_check_ins_channels_and_the_review(self):
        """What each clause is shows by what it says; the review needs no id."""
        session = make_session(self.FLOW)
        session = do(session, "ana", "answer", "rhythm", [{"id": "weekly", "frequency": "weekly", "at": "10:00"}])
        session = walk(session, until="settle")
        for count, value in enumerate(
            ({"id": "chat", "purpose": "Questions"}, {"id": "review", "frequency": "monthly", "interval": 3})
        ):
            session = send(session, Propose(by="ana", id=f"p{count}", at=NOW, element="cadence", value=value))
        cadence = walk(session).alliance().cadence
        assert ([*cadence.check_ins], [*cadence.channels], cadence.review.interval) == (["weekly"], ["chat"], 3)

    def test_is_changed_like_any_clause(self):
        """Another version of the review is proposed under its id."""
        session = walk(make_session(self.FLOW), until="settle")
        value = {"id": "weekly", "frequency": "weekly", "interval": 2}
        session = send(session, Propose(by="ben", id="p", at=NOW, element="cadence", value=value))
        assert walk(session).alliance().cadence.check_ins["weekly"].interval == 2


class TestClauses:
    def test_without_an_agree_step_enter_with_the_answer(self):
        """Only what an agree step names waits for one."""
        flow = make_flow(AskStep(id="give"), AskStep(id="rules"), AskStep(id="aim"))
        alliance = walk(make_session(flow)).alliance()
        assert ([*alliance.commitments], [*alliance.ground_rules], alliance.intention) == (
            ["give-ana-1", "give-ben-1"],
            ["rules-1"],
            "Ship it.",
        )
        assert alliance.commitments["give-ana-1"].source_prompts == ("give",)

    def test_meet_only_what_is_there(self):
        """A commitment does not name an expectation that the members did not agree on."""
        flow = make_flow(AskStep(id="give"))
        value = [{"id": "early", "text": "x", "known_by": "x", "meets": ["gone"]}]
        session = do(make_session(flow), "ana", "answer", "give", value)
        assert walk(session).alliance().commitments["early"].meets == ()


def test_a_draft_says_what_it_was_made_with():
    """The alliance carries the flow and the bank, its kind and its language."""
    alliance = make_session(BLIND).alliance()
    assert (alliance.made_with.flow, alliance.made_with.bank, alliance.kind, alliance.status) == (
        "small",
        "small",
        "one-to-one",
        "draft",
    )
