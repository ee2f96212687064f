"""What lies on the table: candidates, responses, rounds, and what comes of them."""

import pytest

from alliancekit.flow import (
    Accept,
    AgreeStep,
    Answer,
    AskStep,
    Decline,
    Leave,
    Object,
    Phase,
    Propose,
    RequestNotAllowedError,
    RevealStep,
    Settled,
    StandAside,
)
from alliancekit.model import Bank, ClausesAnswer, Prompt
from tests.scripts import BLIND, NOW, do, make_flow, make_session, refusal, send, walk

RULES = make_flow(AskStep(id="rules"), AgreeStep(id="settle", elements=["ground_rules"], rounds=2))
UNANIMOUS = make_flow(AskStep(id="rules"), AgreeStep(id="settle", elements=["ground_rules"], rule="unanimous"))
GIVING = make_flow(
    AskStep(id="first", prompts=["give", "ask"], mode="blind"),
    RevealStep(id="seen", of=["first"]),
    AgreeStep(id="settle", elements=["commitments", "expectations"]),
)


def ruled(flow=RULES, *members):
    """Return a session in which Ana has put the rule `stop` on the table."""
    session = make_session(flow, *members)
    session = do(session, "ana", "answer", "rules", [{"id": "stop", "text": "Stop."}])
    for who in session.present:
        session = do(session, who, "submit", "rules")
    return session


def given(*members, **answers):
    """Return a session with a table of what Ana gives and asks."""
    session = make_session(GIVING, *members)
    for who in session.present:
        for prompt in ("give", "ask"):
            value = answers.get(prompt) if who == "ana" else None
            session = do(session, who, *(("answer", prompt, value) if value else ("pass_", prompt)))
        session = do(session, who, "submit", "first")
    return session


def lies(session, clause):
    (found,) = [one for one in session.view("ana").table if one.id == clause]
    return found


def word(kind, by, clause, count=0, **more):
    return kind(by=by, id=f"{kind.__name__}-{by}-{clause}-{count}", at=NOW, clause=clause, **more)


def propose(by, element, value, count=0):
    return Propose(by=by, id=f"propose-{by}-{count}", at=NOW, element=element, value=value)


class TestCandidates:
    def test_are_accepted_by_those_who_gave_them(self):
        """Whoever wrote a clause has said yes to it; the others are asked."""
        shown = lies(ruled(), "stop")
        assert (shown.by, dict(shown.responses), shown.awaits) == (("ana",), {"ana": "accept"}, ("ben",))

    def test_join_where_choices_are_equal(self):
        """An option that several have chosen is one quality, with its label as text, accepted by all of them."""
        session = make_session(BLIND)
        for who, chosen in (("ana", ["direct", "warm"]), ("ben", ["direct"])):
            session = do(session, who, "answer", "tone", chosen)
            for name in ("why", "worries", "give", "ask"):
                session = do(session, who, "pass_", name)
            session = do(session, who, "submit", "first")
        session = walk(session, until="settle")
        assert [(one.id, one.text, one.by) for one in session.view("ana").table if one.element == "atmosphere"] == [
            ("direct", "Direct", ("ana", "ben")),
            ("warm", "Warm", ("ana",)),
        ]

    def test_have_ids_given_or_made(self):
        """Without an id it is the prompt, the author and a number; for all, the prompt and a number."""
        session = given(give=[{"text": "One.", "known_by": "x"}, {"id": "mine", "text": "Two.", "known_by": "x"}])
        assert [one.id for one in session.view("ana").table] == ["give-ana-1", "mine"]
        flow = make_flow(AskStep(id="rules"), AgreeStep(id="settle", elements=["ground_rules"]))
        session = do(make_session(flow), "ana", "answer", "rules", [{"text": "One."}, {"text": "Two."}])
        session = do(do(session, "ana", "submit", "rules"), "ben", "submit", "rules")
        assert [one.id for one in session.view("ana").table] == ["rules-1", "rules-2"]

    def test_with_one_id_given_blind_by_two_stay_two(self):
        """Nobody could know that the id was taken, so the second gets one of its own and nothing is lost."""
        session = make_session(GIVING)
        for who in ("ana", "ben"):
            session = do(session, who, "answer", "give", [{"id": "early", "text": f"By {who}.", "known_by": "x"}])
            session = do(session, who, "pass_", "ask")
            session = do(session, who, "submit", "first")
        assert [(one.id, one.text) for one in session.view("ana").table] == [
            ("early", "By ana."),
            ("give-ben-1", "By ben."),
        ]

    def test_concern_those_whom_they_name(self):
        """A commitment concerns who gives and who gets it, an expectation who asks and who is asked, the rest everybody."""
        session = given(
            "ana",
            "ben",
            "cem",
            give=[
                {"id": "for-ben", "text": "x", "known_by": "x", "to": ["ben"]},
                {"id": "for-all", "text": "x", "known_by": "x"},
            ],
            ask=[{"id": "of-cem", "text": "x", "of": ["cem"]}],
        )
        found = {one.id: one.concerns for one in session.view("ana").table}
        assert found == {"for-ben": ("ana", "ben"), "for-all": ("ana", "ben", "cem"), "of-cem": ("ana", "cem")}
        assert "does not concern you" in refusal(session, word(Accept, "cem", "for-ben"))
        assert "to" not in [one.about for one in session.view("cem").tasks]

    def test_of_the_intention_enter_only_by_agreement(self):
        """The shared answer to the intention is the candidate for it, where an agree step names it."""
        session = walk(make_session(BLIND), until="settle")
        assert session.alliance().intention is None
        assert lies(session, "intention").text == "Ship it."
        session = send(session, word(Accept, "ben", "intention"))
        assert walk(session, until="sign").alliance().intention == "Ship it."


class TestConsent:
    def test_is_given_when_nobody_objects(self):
        """A yes or a standing aside of everybody concerned, and everybody ready: it is adopted."""
        session = send(ruled(RULES, "ana", "ben", "cem"), word(Accept, "ben", "stop"), word(StandAside, "cem", "stop"))
        session = do(do(session, "ana", "submit", "settle"), "ben", "submit", "settle")
        assert not session.alliance().ground_rules
        _, facts = session.send(session.view("cem").tasks[0].submit(at=NOW))
        assert facts[1] == Settled(to=("ana", "ben", "cem"), step="settle", adopted=("stop",), unresolved=())

    def test_waits_for_whoever_has_not_spoken(self):
        """Being ready is not a yes."""
        session = do(do(ruled(), "ana", "submit", "settle"), "ben", "submit", "settle")
        assert session.phase_of("settle", "ben") is Phase.SUBMITTED
        assert [one.kind for one in session.view("ben").tasks] == ["respond"]
        assert send(session, word(Accept, "ben", "stop")).phase_of("settle") is Phase.SETTLED

    def test_is_blocked_by_an_objection(self):
        """An objection gives those whom it concerns the say again, with its reason before them."""
        session = do(ruled(), "ana", "submit", "settle")
        session = send(session, word(Object, "ben", "stop", reason="Too blunt."))
        assert session.phase_of("settle", "ana") is Phase.OPEN
        assert dict(lies(session, "stop").objections) == {"ben": "Too blunt."}

    def test_asks_again_about_another_version(self):
        """A proposal with a known id is the next round: what was said about the one before counts no more."""
        session = send(ruled(), word(Object, "ben", "stop", reason="Too blunt."))
        session = send(session, propose("ana", "ground_rules", {"id": "stop", "text": "Pause.", "topic": "conflict"}))
        shown = lies(session, "stop")
        assert (shown.version, shown.text, shown.awaits, dict(shown.objections)) == (2, "Pause.", ("ben",), {})
        done = walk(session)
        assert done.alliance().ground_rules["stop"].text == "Pause."
        assert done.alliance().ground_rules["stop"].source_prompts == ("rules",)

    def test_ends_after_the_last_round(self):
        """There is no version beyond the last round; what is objected to then is unresolved, and not lost."""
        session = ruled()
        session = send(session, propose("ben", "ground_rules", {"id": "stop", "text": "Pause."}))
        session = send(session, word(Object, "ana", "stop", reason="Too soft."))
        assert "2 rounds" in refusal(session, propose("ana", "ground_rules", {"id": "stop", "text": "Rest."}))
        session = walk(session)
        assert not session.alliance().ground_rules
        held = session.alliance().unresolved["stop"]
        assert session.state.items["stop"].clause.topic == "conflict"
        assert (held.element, held.text, dict(held.objections)) == ("ground_rules", "Pause.", {"ana": "Too soft."})

    def test_leaves_what_nobody_moves_on_from_unresolved(self):
        """When everybody is ready and an objection stands, it goes to unresolved before the last round too."""
        session = walk(send(ruled(), word(Object, "ben", "stop", reason="No.")))
        assert [*session.alliance().unresolved] == ["stop"]

    def test_may_be_changed_until_the_table_is_settled(self):
        """The last word of a member counts."""
        session = send(ruled(), word(Object, "ben", "stop", reason="No."), word(Accept, "ben", "stop"))
        assert [*walk(session).alliance().ground_rules] == ["stop"]

    def test_does_not_hang_on_somebody_who_left(self):
        """An objection goes with the one who made it."""
        session = send(ruled(RULES, "ana", "ben", "cem"), word(Object, "cem", "stop", reason="No."))
        session = send(session, Leave(by="cem", id="l", at=NOW, member="cem"))
        assert [*walk(session).alliance().ground_rules] == ["stop"]


class TestUnanimity:
    def test_takes_a_yes_from_everybody(self):
        """Standing aside is no yes."""
        assert "a yes from everybody" in refusal(ruled(UNANIMOUS), word(StandAside, "ben", "stop"))
        assert "stand_aside" not in ruled(UNANIMOUS).view("ben").tasks[0].may
        assert [*walk(ruled(UNANIMOUS)).alliance().ground_rules] == ["stop"]


class TestProposals:
    def test_need_no_prompt(self):
        """Anybody may put a new clause on the table; with the author's yes, and asked of the others."""
        session = do(ruled(), "ben", "submit", "settle")
        session = send(session, propose("ana", "ground_rules", {"topic": "repair", "text": "Say sorry."}))
        assert session.phase_of("settle", "ben") is Phase.OPEN
        assert lies(session, "ground-rules-ana-1").awaits == ("ben",)
        assert walk(session).alliance().ground_rules["ground-rules-ana-1"].topic == "repair"

    @pytest.mark.parametrize(
        ("expected", "element", "value"),
        [
            ("a mapping", "ground_rules", "Stop."),
            ("text", "ground_rules", {"id": "more"}),
            ("no 'texts'; did you mean 'text'?", "ground_rules", {"texts": "x"}),
            ("no 'by'", "ground_rules", {"text": "x", "by": ["ben"]}),
            ("topic", "ground_rules", {"text": "x", "topic": "weather"}),
            ("kept for the review", "ground_rules", {"id": "review", "text": "x"}),
            ("bad id", "ground_rules", {"id": "Not An Id", "text": "x"}),
        ],
    )
    def test_that_do_not_fit_are_refused_in_words(self, expected, element, value):
        """The member reads what is wrong and what would be right."""
        reason = refusal(ruled(), propose("ana", element, value))
        assert expected in reason or expected == "bad id"

    def test_keep_out_of_other_tables(self):
        """An element that another table, or none, is for cannot be proposed here."""
        with pytest.raises(LookupError):
            ruled().send(propose("ana", "values", {"text": "x"}))

    def test_with_an_id_that_is_taken_are_refused(self):
        """An id is unique in an alliance, across its elements."""
        session = given(ask=[{"id": "early", "text": "Tell me early."}])
        reason = refusal(session, propose("ben", "commitments", {"id": "early", "text": "x"}))
        assert reason == "another clause is called 'early' already; give this one another id"

    def test_that_meet_an_expectation_name_it(self):
        """Who is asked gives a commitment that meets it; what it names must be there."""
        session = given(ask=[{"id": "early", "text": "Tell me early."}])
        reason = refusal(session, propose("ben", "commitments", {"text": "x", "meets": ["erly"]}))
        assert reason == "meets: no expectation is called 'erly'; did you mean 'early'?"
        session = send(session, propose("ben", "commitments", {"id": "say-so", "text": "Say so.", "meets": ["early"]}))
        made = walk(session).alliance().commitments["say-so"]
        assert (made.by, made.to, made.meets) == (("ben",), (), ("early",))

    def test_keep_whose_commitment_it_is(self):
        """Another version by somebody else changes the words and not the one who gives."""
        session = given(give=[{"id": "early", "text": "One.", "known_by": "x"}])
        session = send(session, propose("ben", "commitments", {"id": "early", "text": "Two.", "known_by": "x"}))
        assert lies(session, "early").awaits == ("ana",)
        assert walk(session).alliance().commitments["early"].by == ("ana",)


class TestDeclining:
    def test_keeps_the_request_with_the_no_beside_it(self):
        """Whoever is asked may decline; the expectation stays, and says who did."""
        session = send(given(ask=[{"id": "calls", "text": "Take my calls."}]), word(Decline, "ben", "calls"))
        assert walk(session).alliance().expectations["calls"].declined_by == ("ben",)

    def test_is_for_whoever_is_asked(self):
        """Nobody declines what they ask themselves, or what is no request."""
        session = given(
            give=[{"id": "gift", "text": "x", "known_by": "x"}], ask=[{"id": "calls", "text": "Take my calls."}]
        )
        for by, clause in (("ana", "calls"), ("ben", "gift")):
            assert "decline" in refusal(session, word(Decline, by, clause))


AGAIN = Bank(
    id="again",
    title="The same, asked twice",
    prompts=[
        Prompt(id="aim", text="What for?", scope="shared", informs=["intention"]),
        Prompt(id="anew", text="What for, now?", scope="shared", informs=["intention"]),
        Prompt(id="look", text="When?", scope="shared", answer=ClausesAnswer(), informs=["cadence.review"]),
        Prompt(id="later", text="When, now?", scope="shared", answer=ClausesAnswer(), informs=["cadence.review"]),
    ],
)
ONE_TABLE = make_flow(
    AskStep(id="first", prompts=["aim", "look"]),
    AgreeStep(id="settle", elements=["intention", "cadence"]),
    AskStep(id="second", prompts=["anew", "later"]),
)
TWO_TABLES = make_flow(*ONE_TABLE.steps, AgreeStep(id="again", elements=["intention", "cadence"]))


def asked_twice(flow, *objects):
    """Return a session in which the aim and the review were settled, and are answered a second time."""
    session = do(make_session(flow, bank=AGAIN), "ana", "answer", "aim", "Ship it.")
    session = do(session, "ana", "answer", "look", [{"frequency": "monthly"}])
    session = do(do(session, "ana", "submit", "first"), "ben", "submit", "first")
    for clause in objects:
        session = send(session, word(Object, "ben", clause, reason="No."))
    for who in ("ana", "ben"):
        for one in [one for one in session.view(who).tasks if one.kind == "respond"]:
            session = send(session, one.accept(at=NOW))
        session = do(session, who, "submit", "settle")
    session = do(session, "ana", "answer", "anew", "Rest.")
    session = do(session, "ana", "answer", "later", [{"frequency": "yearly"}])
    return do(do(session, "ana", "submit", "second"), "ben", "submit", "second")


class TestAskedTwice:
    @pytest.mark.parametrize("flow", [ONE_TABLE, TWO_TABLES])
    def test_what_was_agreed_on_stands(self, flow):
        """A second answer takes nothing out of the alliance that was agreed on; it is kept as what somebody said."""
        alliance = asked_twice(flow).alliance()
        assert alliance.intention == "Ship it."
        assert alliance.cadence.review.frequency == "monthly"
        assert [(one.prompt, one.answer) for one in alliance.responses] == [("anew", "Rest.")]

    def test_what_stayed_unresolved_lies_on_the_next_table(self):
        """Where another table is to come, the second answer is what is agreed on there, in its first version."""
        session = asked_twice(TWO_TABLES, "intention")
        assert [(one.id, one.text, one.version) for one in session.view("ben").table if one.outcome == "open"] == [
            ("intention", "Rest.", 1)
        ]
        session = walk(session)
        assert (session.alliance().intention, list(session.alliance().unresolved)) == ("Rest.", [])

    def test_what_stayed_unresolved_stays_so_without_another_table(self):
        """Nothing would come of the second answer, and the first one is not forgotten for it."""
        alliance = asked_twice(ONE_TABLE, "intention").alliance()
        assert (alliance.intention, alliance.unresolved["intention"].text) == (None, "Ship it.")

    def test_what_stayed_unresolved_is_proposed_again(self):
        """The next table takes a proposal under the same id; what was agreed on takes none."""
        session = send(asked_twice(TWO_TABLES, "intention"), propose("ben", "intention", "Sleep."))
        assert (lies(session, "intention").text, lies(session, "intention").version) == ("Sleep.", 2)
        value = {"id": "review", "frequency": "daily"}
        assert "agreed on before" in refusal(session, propose("ben", "cadence", value, 1))
        rules = make_flow(*RULES.steps, AskStep(id="hopes"), AgreeStep(id="again", elements=["ground_rules"]))
        session = send(ruled(rules), word(Object, "ben", "stop", reason="No."))
        session = walk(do(do(session, "ana", "submit", "settle"), "ben", "submit", "settle"), until="again")
        session = send(session, propose("ben", "ground_rules", {"id": "stop", "text": "Pause."}))
        assert [(one.id, one.text, one.version) for one in session.view("ana").table] == [("stop", "Pause.", 1)]


def test_a_clause_on_a_closed_table_takes_no_more_words():
    """What was settled is settled."""
    session = walk(ruled())
    with pytest.raises(RequestNotAllowedError):
        session.send(word(Accept, "ben", "stop"))


def test_an_answer_cannot_take_an_id_that_its_author_knows():
    """Where the author can see that the id is taken, they are told."""
    flow = make_flow(AskStep(id="rules"), AgreeStep(id="settle", elements=["ground_rules"]), AskStep(id="give"))
    session = ruled(flow)
    session = walk(session, until="give")
    value = [{"id": "stop", "text": "x", "known_by": "x"}]
    assert "another id" in refusal(session, Answer(by="ben", id="b", at=NOW, prompt="give", value=value))
