"""A session about an alliance that exists: what was promised, what changes, and who has to agree again."""

from datetime import date

import pytest
from attrs import evolve

from alliancekit import library
from alliancekit.consent import digest, ratify
from alliancekit.errors import InvalidValueError
from alliancekit.flow import (
    AgreeStep,
    AskStep,
    Join,
    Leave,
    Phase,
    Propose,
    RatifyStep,
    RepeatStep,
    RevealStep,
    Session,
    Withdraw,
)
from alliancekit.model import (
    Alliance,
    Amendment,
    Bank,
    Cadence,
    Channel,
    ChoiceAnswer,
    ClausesAnswer,
    Commitment,
    Expectation,
    GroundRule,
    Member,
    Prompt,
    PulseAggregate,
    PulseByName,
    Quality,
    Reviewed,
    ScaleAnswer,
    ScheduledCheckIn,
    Waiver,
)
from alliancekit.values import FrozenMap
from tests.scripts import NOW, do, make_flow, refusal, send, task

BANK = Bank(
    id="again",
    title="Questions for a check-in",
    prompts=[
        Prompt(
            id="kept",
            text="Where does “{for}” stand?",
            answer=ChoiceAnswer(
                note=True, options={"kept": "Kept", "broken": "Broken", "release": "Let go", "change": "Change"}
            ),
        ),
        Prompt(id="changed", text="What is different?"),
        Prompt(
            id="next",
            text="What next?",
            scope="shared",
            answer=ClausesAnswer(),
            informs=["expectations", "commitments", "ground_rules.conflict", "ground_rules.other", "atmosphere"],
        ),
    ],
)

FLOW = make_flow(
    RepeatStep(id="commitments", over="open-commitments", steps=[AskStep(id="kept")]),
    AskStep(id="since", prompts=["changed", "next"]),
    AgreeStep(id="settle", elements=["expectations", "commitments", "ground_rules", "atmosphere"]),
    RatifyStep(id="sign"),
)

CIRCLE = Alliance(
    id="circle",
    kind="team",
    title="The circle",
    status="active",
    members=[Member(id=who, name=who.title()) for who in ("ana", "ben", "cem")],
    intention="Ship it.",
    atmosphere=[Quality(id="direct", text="Direct")],
    expectations=[Expectation(id="early", by=["ana"], of=["ben"], text="Tell me early.")],
    commitments=[
        Commitment(id="flag", by=["ben"], to=["ana"], text="Say it the same day.", known_by="No surprise."),
        Commitment(id="report", by=["ben"], to=["cem"], text="Write the report.", due=date(2026, 12, 1)),
        Commitment(id="old", by=["ana"], to=["ben"], text="Done long ago.", standing="kept"),
    ],
    ground_rules=[GroundRule(id="stop", topic="conflict", text="We stop and breathe.")],
    cadence=Cadence(channels=[Channel(id="chat", purpose="Questions")]),
)
for one in ("ana", "ben", "cem"):
    CIRCLE = ratify(CIRCLE, one, date(2026, 10, 1))


def begin(alliance=CIRCLE, **more) -> Session:
    return Session.start(FLOW, BANK, id="c1", alliance=alliance, at=NOW, **more)


def stands(session, for_, **said):
    """Return *session* after each of *said* told how a commitment stood."""
    for who, value in said.items():
        one = next(one for one in session.view(who).tasks if (one.about, one.for_) == ("kept", for_))
        session = send(session, one.answer(value, at=NOW))
    return session


def silent(session) -> Session:
    """Return *session* after everybody passed on what is left, and said yes to the rest."""
    moved = True
    while moved and not session.is_done:
        moved = False
        for who in session.present:
            for one in session.view(who).tasks[:1]:
                request = one.pass_(at=NOW) if one.kind == "answer" else None
                if one.kind == "respond":
                    request = one.accept(at=NOW)
                elif one.kind in ("submit", "ratify"):
                    request = getattr(one, one.kind)(at=NOW)
                session, moved = send(session, request), True
    return session


def amend(session, *clauses):
    """Return *session* with *clauses* as what all want next, up to the table."""
    return walk_to_table(do(session, "ana", "answer", "next", list(clauses)))


def walk_to_table(session):
    while session.phase_of("settle") is Phase.PENDING:
        for who in session.present:
            one = session.view(who).tasks[0]
            session = send(session, one.pass_(at=NOW) if one.kind == "answer" else one.submit(at=NOW))
    return session


class TestStart:
    def test_takes_from_the_alliance_what_the_host_leaves_out(self):
        """Id, title, kind and members come from it."""
        session = begin()
        assert (session.alliance_id, session.title, session.kind) == ("circle", "The circle", "team")
        assert session.present == ("ana", "ben", "cem")

    def test_another_id_is_a_mistake(self):
        """Whoever names another alliance is told which one it is."""
        with pytest.raises(InvalidValueError, match="the alliance is called 'circle'"):
            begin(alliance_id="square")

    def test_without_an_alliance_the_rest_is_needed(self):
        """A new alliance needs its id, its title and its members."""
        with pytest.raises(InvalidValueError, match="title"):
            Session.start(FLOW, BANK, id="c1", alliance_id="circle")

    def test_who_has_left_takes_no_part(self):
        """Members who have left stay in the alliance, and out of the session."""
        cem = CIRCLE.members["cem"].with_left(date(2026, 10, 5))
        session = begin(CIRCLE.with_members(cem))
        assert session.present == ("ana", "ben")
        assert session.alliance().members["cem"] == cem

    def test_all_take_part_whom_it_binds(self):
        """What is agreed binds who has not left, so nobody can be left out; the host gives roles, and may bring somebody."""
        cem, dora = Member(id="cem", name="C.", roles=["facilitator"]), Member(id="dora", name="Dora")
        session = begin(members=[cem, dora])
        assert session.present == ("ana", "ben", "cem", "dora")
        assert session.members["cem"] == CIRCLE.members["cem"].with_roles("facilitator")

    def test_nothing_is_open_where_nothing_was_promised(self):
        """Without open commitments the repeat is passed over."""
        session = begin(evolve(CIRCLE, commitments=[], ratifications=[]))
        assert [one.about for one in session.view("ana").tasks] == ["changed", "next"]


class TestReview:
    def test_asks_for_each_open_commitment(self):
        """What is kept or released already is not asked about."""
        asked = [(one.for_, one.text) for one in begin().view("cem").tasks if one.about == "kept"]
        assert asked == [
            ("flag", "Where does “Say it the same day.” stand?"),
            ("report", "Where does “Write the report.” stand?"),
        ]

    def test_a_commitment_with_a_day_is_over_when_it_is_kept(self):
        """It takes the standing that people saw."""
        session = silent(stands(begin(), "report", ben={"choice": "kept", "note": "On time."}, cem="kept"))
        assert session.alliance().commitments["report"].standing == "kept"
        assert session.check_in().reviewed["report"] == Reviewed(id="report", standing="kept", note="On time.")

    def test_any_other_comes_round_again(self):
        """That it was broken is in the record; the promise stays open for the next time."""
        session = silent(stands(begin(), "flag", ana="broken"))
        assert session.alliance().commitments["flag"].standing == "open"
        assert session.check_in().reviewed["flag"].standing == "broken"

    def test_one_that_is_let_go_is_released(self):
        """Releasing ends any commitment."""
        session = silent(stands(begin(), "flag", ana="release", ben="release"))
        assert session.alliance().commitments["flag"].standing == "released"

    def test_where_people_see_it_differently_it_stays_open(self):
        """Nobody is outvoted, and every note is kept as the answer that it is."""
        said = {"choice": "kept", "note": "I think so."}, {"choice": "broken", "note": "Not once."}
        session = silent(stands(begin(), "report", ben=said[0], cem=said[1]))
        record = session.check_in()
        assert record.reviewed["report"] == Reviewed(id="report", standing="open")
        assert session.alliance().commitments["report"].standing == "open"
        assert [(one.by, one.for_, one.answer["note"]) for one in record.responses] == [
            ("ben", "report", "I think so."),
            ("cem", "report", "Not once."),
        ]

    def test_what_nobody_spoke_of_is_not_in_the_record(self):
        """Silence about a commitment is no review."""
        assert not silent(begin()).check_in().reviewed

    def test_what_is_not_submitted_yet_is_in_no_record(self):
        """The record holds what all may know."""
        session = stands(begin(), "report", ben="kept")
        assert not session.check_in().reviewed

    def test_who_has_begun_and_shown_nothing_is_not_named_before_the_end(self):
        """That Ben has written something is his own until he submits it."""
        session = stands(begin(), "report", ben="kept")
        assert session.check_in().present == ()
        assert silent(session).check_in().present == ("ana", "ben", "cem")


class TestAmendments:
    def test_a_change_keeps_what_it_does_not_name(self):
        """Another wording of a promise is still given by the same member to the same member."""
        session = amend(begin(), {"changes": "flag", "text": "Say it within the hour."})
        (shown,) = session.view("cem").table
        assert (shown.action, shown.text, shown.was) == (
            "change",
            "Say it within the hour.",
            CIRCLE.commitments["flag"],
        )
        assert shown.concerns == ("ana", "ben")
        session = silent(session)
        now = session.alliance().commitments["flag"]
        assert (now.text, now.by, now.to, now.known_by) == (
            "Say it within the hour.",
            ("ben",),
            ("ana",),
            "No surprise.",
        )
        assert session.check_in().amendments["flag"] == Amendment(
            id="flag", action="change", element="commitments", text="Say it within the hour."
        )

    def test_a_clause_is_dropped(self):
        """What is dropped is gone from the next alliance, and its end is in the record."""
        session = silent(amend(begin(), {"drops": "early"}))
        assert "early" not in session.alliance().expectations
        assert session.check_in().amendments["early"].action == "drop"

    def test_a_clause_is_added(self):
        """What is new stands beside what there was, and the record says all of it."""
        clause = {"text": "Call on Fridays.", "to": ["cem"], "due": "2026-12-24", "element": "commitments"}
        session = silent(amend(begin(), clause))
        assert list(session.alliance().commitments) == ["flag", "report", "old", "next-1"]
        assert session.check_in().amendments["next-1"] == Amendment(
            id="next-1",
            action="add",
            element="commitments",
            text="Call on Fridays.",
            by=["ana"],
            to=["cem"],
            due=date(2026, 12, 24),
        )

    def test_a_day_takes_the_place_of_a_rhythm(self):
        """A promise is due on a day, or it repeats."""
        session = silent(amend(begin(), {"changes": "report", "repeats": {"frequency": "weekly"}}))
        assert session.alliance().commitments["report"].due is None

    def test_whom_the_old_wording_names_is_asked_too(self):
        """A promise that goes to somebody else needs the yes of the one who had it."""
        session = amend(begin(), {"changes": "flag", "to": ["cem"]})
        assert session.view("ana").table[0].concerns == ("ana", "ben", "cem")

    def test_an_objection_leaves_it_as_it_was(self):
        """What is not agreed changes nothing, and is kept as unresolved with its reason."""
        session = amend(begin(), {"drops": "stop"})
        session = send(session, task(session, "cem", "stop").object("We need it.", at=NOW))
        session = silent(session)
        assert session.alliance().ground_rules["stop"] == CIRCLE.ground_rules["stop"]
        assert session.alliance().unresolved["stop"].objections["cem"] == "We need it."
        assert not session.check_in().amendments

    @pytest.mark.parametrize(
        ("clause", "reason"),
        [
            ({"changes": "flagg", "text": "x"}, "no clause that this is for is called 'flagg'; did you mean 'flag'"),
            ({"changes": "chat", "purpose": "x"}, "no clause that this is for is called 'chat'"),
            ({"changes": "flag", "id": "other", "text": "x"}, "leave the other out"),
            ({"changes": "flag", "drops": "flag"}, "leave the other out"),
            ({"changes": "flag"}, "say what is to change"),
            ({"changes": "flag", "text": "Say it the same day."}, "says that already"),
            ({"changes": "flag", "colour": "red"}, "no 'colour'"),
            ({"changes": ["flag"], "text": "x"}, "no clause that this is for is called"),
            ({"drops": "flag", "text": "x"}, "needs no 'text'"),
            ({"id": "flag", "text": "x"}, "another clause is called 'flag'"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, clause, reason):
        """Each slip has its own sentence, and nothing changes."""
        session = begin()
        assert reason in refusal(session, task(session, "ana", "next").answer([clause], at=NOW))

    def test_where_there_is_no_alliance_nothing_can_be_amended(self):
        """A first alliance has nothing to change."""
        session = Session.start(
            FLOW, BANK, id="s", alliance_id="new", title="New", members=list(CIRCLE.members.values()), at=NOW
        )
        request = task(session, "ana", "next").answer([{"drops": "flag"}], at=NOW)
        assert "here there is none yet" in refusal(session, request)

    def test_a_promise_made_anew_has_just_begun(self):
        """However the one before stood, what it became is open; that it was broken is in the record."""
        session = stands(begin(), "report", ana="broken", ben="broken", cem="broken")
        session = silent(amend(session, {"changes": "report", "due": "2026-12-24"}))
        found = session.alliance().commitments["report"]
        assert (found.due, found.standing) == (date(2026, 12, 24), "open")
        assert session.check_in().reviewed["report"].standing == "broken"

    def test_what_is_dropped_takes_its_waivers_along(self):
        """Nobody is exempt from what there is no more; other waivers stay."""
        waivers = [Waiver(id=one, clause=one, members=["ben"], reason="Away.") for one in ("flag", "stop")]
        session = silent(amend(begin(evolve(CIRCLE, waivers=waivers)), {"drops": "flag"}))
        assert list(session.alliance().waivers) == ["stop"]

    def test_of_several_who_could_not_know_the_last_lies_on_the_table(self):
        """It is the first version there: what was written before the table is none of its rounds."""
        prompt = Prompt(id="next", text="What next?", answer=ClausesAnswer(), informs=["ground_rules.conflict"])
        flow = make_flow(
            AskStep(id="next", mode="blind"),
            RevealStep(id="seen", of=["next"]),
            AgreeStep(id="settle", elements=["ground_rules"], rounds=2),
        )
        bank = Bank(id="again", title="Again", prompts=[prompt])
        session = Session.start(flow, bank, id="c1", alliance=CIRCLE, at=NOW)
        for who in session.present:
            session = do(session, who, "answer", "next", [{"changes": "stop", "text": f"{who} stops."}])
            session = do(session, who, "submit", "next")
        (shown,) = session.view("ana").table
        assert (shown.text, shown.version, shown.by) == ("cem stops.", 1, ("cem",))

    def test_what_was_settled_takes_no_amendment(self):
        """An answer cannot amend what one table adopted, or left unresolved for good."""
        flow = make_flow(AskStep(id="next"), AgreeStep(id="settle", elements=["ground_rules"]), AskStep(id="more"))
        more = Prompt(
            id="more", text="What else?", scope="shared", answer=ClausesAnswer(), informs=["ground_rules.conflict"]
        )
        bank = Bank(id="again", title="Again", prompts=[*BANK.prompts.values(), more])
        for objects, reason in ((False, "'stop' was agreed on before"), (True, "'stop' stayed unresolved")):
            session = Session.start(flow, bank, id="c1", alliance=CIRCLE, at=NOW)
            session = do(session, "ana", "answer", "next", [{"drops": "stop"}])
            for who in session.present:
                session = do(session, who, "submit", "next")
            session = do(session, "ben", "accept", "stop")
            session = do(session, "cem", *(("object", "stop", "No.") if objects else ("accept", "stop")))
            for who in session.present:
                session = do(session, who, "submit", "settle")
            request = task(session, "ben", "more").answer([{"changes": "stop", "text": "z"}], at=NOW)
            assert reason in refusal(session, request)

    def test_on_the_table_too(self):
        """A proposal can amend a clause, and another one gives that amendment other words."""
        session = amend(begin(), {"drops": "stop"})
        session = send(
            session,
            Propose(by="cem", id="p1", at=NOW, element="ground_rules", value={"id": "stop", "text": "We stop."}),
            Propose(by="cem", id="p2", at=NOW, element="commitments", value={"changes": "report", "text": "Send it."}),
        )
        found = {one.id: (one.action, one.version, one.text) for one in session.view("ana").table}
        assert found == {"stop": ("change", 2, "We stop."), "report": ("change", 1, "Send it.")}
        session = silent(session)
        assert session.alliance().ground_rules["stop"].topic == "conflict"
        assert session.alliance().commitments["report"].by == ("ben",)

    def test_who_is_not_concerned_cannot_amend_it(self):
        """A promise between two is theirs."""
        session = amend(begin(), {"drops": "stop"})
        request = Propose(by="ana", id="p", at=NOW, element="commitments", value={"drops": "report"})
        assert "does not concern you" in refusal(session, request)

    def test_the_form_lists_what_can_be_amended(self):
        """A task's schema knows the clauses that there are."""
        schema = task(begin(), "ana", "next").schema
        assert schema is not None
        assert "flag" in str(schema)
        assert "chat" not in str(schema)


class TestAgreeingAgain:
    def test_only_whose_content_changed_is_asked(self):
        """A promise between two that gets other words voids two yeses."""
        session = amend(begin(), {"changes": "flag", "text": "Say it within the hour."})
        session = silent_to_sign(session)
        assert {who: session.phase_of("sign", who) for who in session.present} == {
            "ana": Phase.OPEN,
            "ben": Phase.OPEN,
            "cem": Phase.RATIFIED,
        }
        assert session.view("cem").waiting == "Waiting for Ana and Ben to ratify."
        done = silent(session).alliance()
        assert done.ratifications["cem"] == CIRCLE.ratifications["cem"]
        assert done.ratifications["ana"].date == NOW.date()
        assert all(done.ratifications[who].digest == digest(done, who) for who in ("ana", "ben", "cem"))

    def test_who_is_asked_has_no_yes_in_the_draft(self):
        """Neither what somebody said to other words is shown as a yes, nor what they took back."""
        session = silent_to_sign(amend(begin(), {"changes": "flag", "text": "Say it within the hour."}))
        assert list(session.alliance().ratifications) == ["cem"]
        session = send(session, Withdraw(by="cem", id="w", at=NOW, step="sign"))
        assert not session.alliance().ratifications
        assert session.phase_of("sign", "cem") is Phase.OPEN

    def test_where_nothing_changed_nobody_is_asked(self):
        """A check-in that changes nothing ends by itself, and every yes still holds."""
        session = silent(begin())
        assert session.is_done
        assert session.alliance() == CIRCLE

    def test_who_comes_voids_every_yes(self):
        """Who belongs is part of what was ratified."""
        session = silent_to_sign(amend(begin(), {"changes": "flag", "text": "Say it within the hour."}))
        session = send(session, Join(by="dora", id="j", at=NOW, member="dora", name="Dora"))
        assert session.phase_of("sign", "cem") is Phase.OPEN

    def test_who_goes_leaves_a_date(self):
        """Leaving at a check-in is in the next alliance."""
        session = silent(send(begin(), Leave(by="cem", id="l", at=NOW, member="cem")))
        assert session.alliance().members["cem"].left == NOW.date()


def silent_to_sign(session):
    while session.phase_of("sign") is Phase.PENDING:
        for who in session.present:
            for one in session.view(who).tasks[:1]:
                session = send(session, one.accept(at=NOW) if one.kind == "respond" else one.submit(at=NOW))
    return session


class TestRecord:
    def test_says_who_was_there_and_when(self):
        """The day is that on which the session began; there are those who said something."""
        record = silent(begin()).check_in()
        assert (record.alliance, record.date, record.present) == ("circle", NOW.date(), ("ana", "ben", "cem"))

    def test_keeps_what_else_was_said(self):
        """Answers that go nowhere else are in the record, and not in the alliance."""
        session = silent(do(begin(), "ana", "answer", "changed", "A new room."))
        assert [(one.prompt, one.by, one.answer) for one in session.check_in().responses] == [
            ("changed", "ana", "A new room.")
        ]
        assert session.alliance().responses == CIRCLE.responses

    def test_says_when_the_next_one_is(self):
        """The next meeting is the one that follows by the rhythm of the alliance; without one, nothing is said."""
        weekly = ScheduledCheckIn(id="weekly", frequency="weekly", weekdays=["thursday"], starts=date(2026, 10, 1))
        alliance = evolve(CIRCLE, cadence=Cadence(check_ins=[weekly]))
        assert silent(begin(alliance)).check_in().next == date(2026, 11, 5)
        assert silent(begin()).check_in().next is None
        assert silent(begin(evolve(CIRCLE, cadence=None))).check_in().next is None

    def test_a_first_alliance_has_none(self):
        """A session that makes a new alliance is no check-in."""
        session = Session.start(
            FLOW, BANK, id="s", alliance_id="new", title="New", members=list(CIRCLE.members.values()), at=NOW
        )
        with pytest.raises(InvalidValueError, match="started with an alliance"):
            session.check_in()

    def test_needs_a_day(self):
        """Nothing here reads the clock."""
        session = Session.start(FLOW, BANK, id="c1", alliance=CIRCLE)
        with pytest.raises(InvalidValueError, match="at"):
            session.check_in()
        assert do(session, "ana", "pass_", "changed").check_in().date == NOW.date()

    def test_survives_being_stored(self):
        """The document holds the alliance as it was, so the same record comes of it."""
        session = silent(amend(begin(), {"drops": "stop"}))
        again = Session.resume(evolve(session, requests=session.requests))
        assert again.alliance() == session.alliance()
        assert again.check_in() == session.check_in()


class TestPulse:
    FLOW = make_flow(
        AskStep(id="pulse", prompts=["trust"], mode="blind"),
        RevealStep(id="seen", of=["pulse"], attribution="aggregate"),
        AskStep(id="next"),
        AgreeStep(id="settle", elements=["commitments"]),
        RatifyStep(id="sign"),
    )
    TRUST = Prompt(id="trust", text="Trust?", answer=ScaleAnswer(points=5), informs=["pulse"])

    def felt(self, *values, share=False, fewest=3):
        """Return the record of a check-in in which the members answered with *values*."""
        session = Session.start(
            self.FLOW, BANK.with_prompts(self.TRUST), id="c", alliance=CIRCLE, at=NOW, fewest=fewest
        )
        for who, value in zip(session.present, values, strict=True):
            session = do(session, who, "answer", "trust", value, share=share)
        return silent(session).check_in()

    def test_is_the_mean_of_enough(self):
        """The record holds how many answered and their mean, and no answer of anybody."""
        record = self.felt(5, 4, 4)
        assert record.pulse == FrozenMap({"trust": PulseAggregate(answers=3, mean=4.3)})
        assert record.responses == ()

    def test_is_by_name_where_it_is_shared(self):
        """Who shares their number is in the record with it; of too few others there is nothing."""
        named = PulseByName(named={"ana": 5, "ben": 4, "cem": 4})
        assert self.felt(5, 4, 4, share=True, fewest=5).pulse == FrozenMap({"trust": named})
        assert self.felt(5, 4, 4, fewest=5).pulse == FrozenMap()

    @pytest.mark.parametrize("count", [2, 5])
    def test_the_built_in_flow_runs(self, count):
        """A check-in of two, and of five, goes from the first question to the last yes."""
        flow = library.flow("check-in")
        people = [Member(id=who, name=who.title()) for who in ("ana", "ben", "cem", "dora", "eva")[:count]]
        before = Alliance(
            id="ours",
            kind="team" if count > 2 else "one-to-one",
            title="Ours",
            members=people,
            intention="Ship it.",
            commitments=[Commitment(id="flag", by=["ben"], to=["ana"], text="Say it.", known_by="No surprise.")],
        )
        session = Session.start(flow, library.bank(flow.bank), id="c", alliance=before, at=NOW)
        for who in session.present:
            for name, value in {"pulse-trust": 4, "pulse-safe": 5, "pulse-aim": 3}.items():
                session = do(session, who, "answer", name, value)
        session = silent(session)
        assert session.is_done
        means = {"pulse-trust": 4.0, "pulse-safe": 5.0, "pulse-aim": 3.0} if count == 5 else {}
        assert session.check_in().pulse == FrozenMap(
            {name: PulseAggregate(answers=5, mean=mean) for name, mean in means.items()}
        )
