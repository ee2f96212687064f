"""Tables on which a role decides, and reveals for which a number of members is enough."""

import pytest

from alliancekit.errors import InvalidValueError
from alliancekit.flow import (
    Accept,
    AgreeStep,
    AskStep,
    Decline,
    Leave,
    Object,
    Propose,
    Quorum,
    RatifyStep,
    RevealStep,
    Session,
    Submit,
    play_script,
)
from tests.scripts import BANK, NOW, do, make_flow, make_session, refusal, send, walk


def table(*elements: str, rounds: int = 3) -> Session:
    """Return a session of three at a table where Cem decides."""
    asks = AskStep(id="first", prompts=["give", "ask"])
    settle = AgreeStep(
        id="settle", elements=elements or ["commitments", "expectations"], decided_by="lead", rounds=rounds
    )
    session = make_session(make_flow(asks, settle, RatifyStep(id="sign")), "ana", "ben", "cem", roles={"cem": ["lead"]})
    session = do(
        session, "ana", "answer", "give", [{"id": "early", "text": "Early.", "to": ["ben"], "known_by": "So."}]
    )
    session = do(session, "ben", "answer", "ask", [{"id": "calm", "text": "Stay calm.", "of": ["ana"]}])
    for who, prompt in {"ana": "ask", "ben": "give", "cem": "give"}.items():
        session = do(session, who, "pass_", prompt)
    session = do(session, "cem", "pass_", "ask")
    for who in ("ana", "ben", "cem"):
        session = do(session, who, "submit", "first")
    return session


def outcomes(session: Session) -> dict[str, str]:
    """Return what came of each proposal."""
    return {one.id: one.outcome for one in session.view("ana").table}


def stamp(by: str, name: str = "r") -> dict[str, object]:
    """Return what each request has."""
    return {"by": by, "id": name, "at": NOW}


class TestDecidedBy:
    def test_only_the_role_is_asked(self):
        """Who decides is asked about everything, whether it concerns them or not; nobody else has to say a word."""
        session = table()
        assert {one.concerns for one in session.view("ana").table} == {("cem",)}
        asked = {who: [one.about for one in session.view(who).tasks if not one.is_optional] for who in session.present}
        assert asked == {"ana": ["settle"], "ben": ["settle"], "cem": ["early", "calm", "settle"]}

    def test_it_stands_when_the_role_says_so(self):
        """One yes of who decides, and everybody ready, and it is agreed."""
        session = do(do(table(), "cem", "accept", "early"), "cem", "object", "calm", "Not now.")
        for who in session.present:
            session = do(session, who, "submit", "settle")
        assert outcomes(session) == {"early": "adopted", "calm": "unresolved"}

    def test_nobody_else_can_block(self):
        """An objection of somebody who does not decide is refused, with who does and what can be done."""
        probe = Object(**stamp("ben"), clause="early", reason="No.")
        assert refusal(table(), probe) == "Cem decides about 'early'; you may put another version forward"

    def test_everybody_may_propose(self):
        """Something new, or another version of what they are part of."""
        session = send(
            table(), Propose(**stamp("ben"), element="commitments", value={"text": "Mine.", "known_by": "So."})
        )
        assert session.view("ana").table[-1].concerns == ("cem",)
        (fact,) = table().send(
            Propose(**stamp("ben"), element="commitments", value={"id": "early", "text": "Earlier.", "known_by": "So."})
        )[1]
        assert (fact.version, fact.concerns) == (2, ("cem",))

    def test_what_concerns_others_is_not_mine_to_rewrite(self):
        """Who neither decides nor is part of it puts no other version forward."""
        session = make_session(
            make_flow(AskStep(id="give"), AgreeStep(id="settle", elements=["commitments"], decided_by="lead")),
            *("ana", "ben", "cem", "dora"),
            roles={"cem": ["lead"]},
        )
        session = do(session, "ana", "answer", "give", [{"id": "early", "text": "E.", "to": ["ben"], "known_by": "S."}])
        session = walk(session, until="settle")
        change = Propose(**stamp("dora"), element="commitments", value={"id": "early", "text": "L.", "known_by": "So."})
        assert "does not concern you" in refusal(session, change)
        assert "does not concern you" in refusal(session, Object(**stamp("dora"), clause="early", reason="No."))

    def test_who_is_asked_may_decline_all_the_same(self):
        """Whether the request is agreed is for the role; to say no to it is for who is asked."""
        session = table()
        (mine,) = [one for one in session.view("ana").tasks if one.kind == "respond"]
        assert (mine.about, mine.may, mine.is_optional) == ("calm", ("decline",), True)
        session = send(session, Decline(**stamp("ana"), clause="calm"))
        session = walk(do(session, "cem", "accept", "calm"))
        assert session.alliance().expectations["calm"].declined_by == ("ana",)

    def test_nothing_hangs_when_the_role_is_gone(self):
        """What nobody has decided is unresolved; what was decided before they went stands, and so does their no."""
        session = do(do(table(), "cem", "accept", "early"), "cem", "object", "calm", "No.")
        for now in (table(), session):
            after = send(now, Leave(**stamp("cem"), member="cem"), Submit(**stamp("ana"), step="settle"))
            after = send(after, Submit(**stamp("ben"), step="settle"))
            decided = "unresolved" if now is not session else "adopted"
            assert outcomes(after) == {"early": decided, "calm": "unresolved"}
        gone = send(table(), Leave(**stamp("cem"), member="cem"))
        assert "nobody who is here decides" in refusal(gone, Accept(**stamp("ana"), clause="early"))

    def test_needs_somebody_with_the_role(self):
        """A session in which nobody could decide does not start."""
        flow = make_flow(AskStep(id="give"), AgreeStep(id="settle", elements=["commitments"], decided_by="lead"))
        with pytest.raises(InvalidValueError, match="the step settle needs a member with the role lead"):
            make_session(flow)

    def test_everyone_is_no_role(self):
        """``everyone`` means those whom it concerns, as when nothing is said."""
        flow = make_flow(AskStep(id="give"), AgreeStep(id="settle", elements=["commitments"], decided_by="everyone"))
        session = walk(make_session(flow), until="settle")
        assert {one.concerns for one in session.view("ana").table} == {("ana", "ben")}

    def test_silence_of_who_may_only_decline_is_no_word(self):
        """A script goes through a table where somebody else decides."""
        from alliancekit.flow import Answer, Script
        from alliancekit.model import Member

        asks = AskStep(id="ask", mode="open")
        settle = AgreeStep(id="settle", elements=["expectations"], decided_by="lead")
        people = [Member(id="ana", name="Ana"), Member(id="ben", name="Ben", roles=["lead"])]
        entry = [{"id": "calm", "text": "Stay calm.", "of": ["ana"]}]
        said = [Answer(by="ben", prompt="ask", value=entry)]
        said.append(Answer(by="ana", prompt="ask", value=[{"id": "more", "text": "More."}]))
        script = Script(flow="small", alliance_id="ours", title="Ours", at=NOW, members=people, requests=said)
        session, _ = play_script(script, make_flow(asks, settle), BANK)
        assert session.is_done
        assert session.alliance().expectations["calm"].declined_by == ()


class TestQuorum:
    FLOW = make_flow(
        AskStep(id="first", prompts=["hopes"], mode="blind", who="lead"),
        RevealStep(id="seen", of=["first"], once=Quorum(quorum=2)),
        AskStep(id="day"),
    )

    def test_counts_only_who_is_asked(self):
        """Who is not asked is not one of the two who are enough."""
        session = make_session(
            self.FLOW, "ana", "ben", "cem", "dora", roles={key: ["lead"] for key in ["ana", "ben", "cem"]}
        )
        for who, phase in {"ana": "pending", "ben": "revealed"}.items():
            assert session.phase_of("seen").value != "revealed"
            session = do(do(session, who, "answer", "hopes", "Much."), who, "submit", "first")
            assert (session.phase_of("seen").value == "revealed") is (phase == "revealed")

    def test_is_never_more_than_those_who_are_asked(self):
        """Where one is asked, one is enough; where none is left, none."""
        session = make_session(self.FLOW, "ana", "ben", roles={"ana": ["lead"]})
        after = do(do(session, "ana", "answer", "hopes", "Much."), "ana", "submit", "first")
        assert after.phase_of("seen").value == "revealed"
        session = make_session(self.FLOW, "ana", "ben", "cem", roles={"ana": ["lead"]})
        assert send(session, Leave(**stamp("ana"), member="ana")).phase_of("seen").value == "revealed"
