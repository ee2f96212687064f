"""The rules of the engine, each where it would first be broken."""

import pytest
from attrs import evolve

from alliancekit.flow import (
    All,
    Answer,
    AskStep,
    Clear,
    Every,
    GroupStep,
    Leave,
    Not,
    Object,
    Pass,
    Phase,
    Propose,
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
from tests.scripts import BANK, BLIND, NOW, do, make_flow, make_session, refusal, send, task, walk

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
    """Who opens a reveal that waits is refused until all are ready, and is told how many are and not who."""
    flow = make_flow(AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"], once="facilitator"))
    session = make_session(flow, "ana", "ben", "cem", roles={"ana": ["facilitator"]})
    before = walk(session, ["ana"])
    after = walk(before, ["ben"])
    probe = Reveal(**stamp("ana", "r"), step="seen")
    assert after.view("ana") == walk(before, ["cem"]).view("ana")
    assert refusal(before, probe) == refusal(after, probe)
    assert isinstance(before.send(probe)[1][0], Refused)
    assert BANK.prompts["why"].visibility == "members"


def test_an_answer_in_a_chain_of_open_steps_is_read_when_it_is_submitted():
    """What a member has shown opens, for the others too, what hangs on it."""
    flow = make_flow(
        AskStep(id="sure"),
        AskStep(id="score", when=TheAnswer(prompt="sure")),
        AskStep(id="hopes", when=TheAnswer(prompt="score")),
        RatifyStep(id="sign"),
    )
    session = make_session(flow)
    for name, value in {"sure": True, "score": 3, "hopes": "Much."}.items():
        session = do(session, "ana", "answer", name, value)
    session = do(do(session, "ana", "submit", "hopes"), "ana", "submit", "score")
    assert session.view("ben").revealed == ()
    session = do(session, "ana", "submit", "sure")
    assert [one.prompt for shown in session.view("ben").revealed for one in shown.answers] == ["sure", "score", "hopes"]


def test_a_follow_up_is_cleared_alone():
    """Taking the answer to a follow-up back leaves the answer to the prompt."""
    session = do(make_session(), "ana", "answer", "tone", ["warm"])
    session = send(session, task(session, "ana", "tone").answer("Walks.", at=NOW, follow_up="works"))
    session = send(session, Clear(**stamp("ana", "c"), prompt="tone.works"))
    assert (task(session, "ana", "tone").value, len(task(session, "ana", "tone").follow_ups)) == (("warm",), 0)


def test_a_full_session_takes_nothing_more():
    """At n it is full: the request is refused, and what was accepted is still accepted once."""
    fold = make_session()._fold
    request = Pass(**stamp("ana", "p"), prompt="why")
    after, _ = evolve(fold, length=99_999).send(request)
    assert after.length == 100_000
    same, facts = evolve(fold, length=100_000).send(request)
    assert (same.length, facts[0].reason) == (100_000, "this session is full")
    assert after.send(request) == (after, ())


def test_a_yes_to_a_step_that_is_done_stays_when_somebody_goes():
    """Only the ratifications of the step that is still open are asked again."""
    flow = make_flow(AskStep(id="why"), RatifyStep(id="one"), AskStep(id="hopes"), RatifyStep(id="two"))
    session = walk(make_session(flow, "ana", "ben", "cem"), until="two")
    session = do(session, "ana", "ratify", "two")
    session = send(session, Leave(**stamp("cem", "l"), member="cem"))
    assert sorted(session.state.ratified) == [("one", "ana"), ("one", "ben"), ("one", "cem")]


def test_an_id_that_somebody_took_blind_gives_way():
    """Whoever is second gets an id of their own, and learns nothing before the reveal."""
    session = make_session()
    clause = {"text": "Answer.", "known_by": "It is there."}
    session = do(session, "ana", "answer", "give", [{**clause, "id": "give-ben-1"}])
    session = walk(session, until="settle")
    assert [*session.state.tables["settle"]].count("give-ben-1") == 1
    assert "give-ben-2" in session.state.tables["settle"]


def test_a_kind_may_be_named():
    """Where a flow is for both kinds, the host may say that two are a team."""
    from alliancekit.model import Member

    people = [Member(id=who, name=who) for who in ("ana", "ben")]
    flow = make_flow(AskStep(id="why"))
    assert Session.start(flow, BANK, id="s1", alliance_id="ours", title="O", members=people, kind="team").kind == "team"


class TestTheTable:
    def session(self, *members, **more):
        return walk(make_session(BLIND, *members, **more), until="settle")

    def test_takes_an_intention(self):
        """The next version of the intention is a text; too long a one is refused."""
        session = self.session()
        session = send(session, Propose(**stamp("ben", "p"), element="intention", value="Better."))
        item = session.state.items["intention"]
        assert (item.clause, item.version, item.by) == ("Better.", 2, ("ben",))
        long = Propose(**stamp("ben", "q"), element="intention", value="x" * 10_001)
        assert refusal(session, long).startswith("the proposal has 10,001 characters")
        assert "a mapping" in refusal(session, Propose(**stamp("ben", "r"), element="commitments", value="x"))

    def test_gives_each_unnamed_clause_an_id(self):
        """Two of one member have two."""
        value = {"text": "More.", "known_by": "It is seen."}
        session = self.session()
        for name in ("one", "two"):
            session = send(session, Propose(**stamp("ana", name), element="commitments", value=value))
        assert {"commitments-ana-1", "commitments-ana-2"} <= set(session.state.items)

    def test_is_changed_by_those_whom_it_concerns(self):
        """Somebody whom a clause does not concern puts no version of it forward."""
        session = make_session(BLIND, "ana", "ben", "cem")
        mine = [{"id": "between", "text": "Call.", "known_by": "It rang.", "to": ["ben"]}]
        session = walk(do(session, "ana", "answer", "give", mine), until="settle")
        value = {"id": "between", "text": "Write.", "known_by": "It came."}
        assert "does not concern you" in refusal(
            session, Propose(**stamp("cem", "p"), element="commitments", value=value)
        )
        long = Object(**stamp("ben", "o"), clause="between", reason="x" * 10_001)
        assert refusal(session, long).startswith("the reason has 10,001 characters")

    def test_shows_whose_word_is_missing_and_makes_every_request(self):
        """Each task makes the requests that fit; what lies there says who has not spoken."""
        session = self.session()
        one = task(session, "ben", "ask-ana-1")
        assert one.proposal.awaits == ("ben",)
        assert repr(one.proposal) == "OnTable(ask-ana-1, version 1, open)"
        made = [one.stand_aside(at=NOW), one.decline(at=NOW), one.object("No.", at=NOW), one.reveal(at=NOW)]
        assert [type(each).__name__ for each in made] == ["StandAside", "Decline", "Object", "Reveal"]
        ready = task(session, "ben", "settle", "submit")
        assert send(session, ready.propose("intention", "Better.", at=NOW)).state.items["intention"].version == 2
        assert one.schema["type"] == "object"
        (shown, *_) = session.view("ben").revealed
        assert repr(shown).startswith("Revelation(seen, ")
        assert repr(shown.answers[0]) == "Given(why, by ana)"


def test_clauses_are_not_without_end():
    """A hundred clauses are taken in one answer, and one more is not; a prompt that informs nothing takes none."""
    from alliancekit.flow._answers import unsuitable
    from alliancekit.model import ClausesAnswer
    from alliancekit.values import freeze

    clauses = [{"text": f"Number {count}.", "known_by": "It is there."} for count in range(101)]
    for count, expected in {100: "", 101: "that is 101 clauses; at most 100 are taken in one answer"}.items():
        found = unsuitable(freeze(clauses[:count]), BANK.prompts["give"], follow_up=False, members=("ana",))
        assert found == expected
    bare = Prompt(id="bare", text="?", answer=ClausesAnswer())
    assert unsuitable(freeze(clauses[:1]), bare, follow_up=False, members=("ana",)) == "this takes no clauses"


@pytest.mark.parametrize(
    ("tests", "fits"),
    [
        ({"prompt": "meet", "eq": "weekly"}, True),
        ({"prompt": "meet", "in_": ["weekly", "hourly"]}, False),
        ({"prompt": "meet", "lt": "weekly"}, False),
        ({"prompt": "day", "lt": "2026-12-01"}, True),
        ({"prompt": "day", "lt": "2026-02-30"}, False),
        ({"prompt": "day", "eq": "soon"}, False),
        ({"prompt": "tone", "has": "direct"}, True),
        ({"prompt": "tone", "eq": "direct"}, False),
        ({"prompt": "sure", "eq": 1}, False),
        ({"prompt": "score", "ge": True}, False),
        ({"prompt": "give", "eq": "x"}, False),
        ({"prompt": "tone.works", "eq": "x"}, True),
    ],
)
def test_conditions_are_typed_when_the_flow_is_loaded(tests, fits):
    """A test that could never fit an answer to its prompt is found before anybody is asked."""
    first = AskStep(id="first", prompts=["meet", "day", "tone", "sure", "score", "give"])
    found = problems(make_flow(first, SayStep(id="hear", text="Hear.", when=TheAnswer(**tests))), BANK)
    assert [one.rule for one in found] == ([] if fits else ["type-mismatch"])


@pytest.mark.parametrize(("count", "depth", "fits"), [(255, 1, True), (256, 1, False), (1, 15, True), (1, 16, False)])
def test_a_condition_is_bounded(count, depth, fits):
    """It has at most 256 parts, and is at most 16 deep."""
    when = All(conditions=[TheAnswer(prompt="why")] * count) if depth == 1 else TheAnswer(prompt="why")
    for _ in range(depth if depth > 1 else 0):
        when = Not(condition=when)
    found = problems(make_flow(AskStep(id="why"), SayStep(id="hear", text="Hear.", when=when)), BANK)
    assert [one.rule for one in found] == ([] if fits else ["limit"])
