"""Playing a script: one verb each, in order, and what silence means."""

import pytest
from attrs import evolve

from alliancekit import wire
from alliancekit.errors import DocumentError
from alliancekit.flow import (
    Accept,
    Answer,
    AskStep,
    Object,
    Pass,
    Propose,
    RepeatStep,
    Reveal,
    RevealStep,
    Script,
    Session,
    Submit,
    play_script,
)
from alliancekit.model import Bank, Member, Prompt
from tests.scripts import BANK, BLIND, NOW, make_flow

PEOPLE = [Member(id="ana", name="Ana"), Member(id="ben", name="Ben")]


def script(*requests, **more):
    return Script(flow="small", alliance_id="ours", title="Ours", at=NOW, members=PEOPLE, requests=requests, **more)


def opened():
    """Return requests with which both answer, or pass, the first step."""
    names = ("why", "worries", "tone", "give", "ask")
    value = [{"id": "early", "text": "Tell early.", "known_by": "Same day."}]
    first = [Pass(by="ana", prompt=name) for name in names if name != "give"]
    return (*first, Answer(by="ana", prompt="give", value=value), *(Pass(by="ben", prompt=name) for name in names))


class TestSilence:
    def test_nothing_happens_where_nobody_said_anything(self):
        """A script without requests only says who is there: no step is submitted for anybody."""
        flow = make_flow(AskStep(id="why", optional=True, mode="blind"), RevealStep(id="seen", of=["why"]))
        session, _ = play_script(script(), flow, BANK)
        assert not session.requests

    def test_a_reveal_shows_what_was_answered_before_it(self):
        """Answers are submitted before somebody opens them by hand, for then it would be too late."""
        flow = make_flow(
            AskStep(id="why", mode="blind"), RevealStep(id="seen", of=["why"], once="facilitator", missing="pass")
        )
        ana = Member(id="ana", name="Ana", roles=["facilitator"])
        said = script(Answer(by="ben", prompt="why", value="Because."), Reveal(by="ana", step="seen"))
        session, _ = play_script(evolve(said, members=[ana, PEOPLE[1]]), flow, BANK)
        assert [(one.by, one.value) for one in session.view("ana").revealed[0].answers] == [("ben", "Because.")]


class TestPlay:
    def test_closes_what_is_behind_the_last_request_for_it(self):
        """Answers are submitted, who is silent accepts and ratifies, and the alliance is active."""
        session, facts = play_script(script(*opened(), Answer(by="ben", prompt="aim", value="Ship.")), BLIND, BANK)
        assert session.is_done
        assert session.alliance().status == "active"
        assert [*session.alliance().commitments] == ["early"]
        assert facts

    def test_gives_each_request_its_place_as_id(self):
        """A request of the script is stored as r and its number, at the time of the script."""
        session, _ = play_script(script(Pass(by="ana", prompt="why")), BLIND, BANK)
        assert [(one.id, one.at) for one in session.requests[:1]] == [("r1", NOW)]

    def test_goes_on_where_another_script_ended(self):
        """A second script is heard like the first: its requests go on with the count, and are no second delivery."""
        session, _ = play_script(script(Pass(by="ana", prompt="why")), BLIND, BANK)
        number = len(session.requests)
        session, facts = session.play(script(Answer(by="ben", prompt="why", value="Because.")))
        assert facts
        assert session.requests[number].id == f"r{number + 1}"

    def test_leaves_open_a_round_in_which_somebody_said_nothing(self):
        """In a repeat, who spoke in one round has said nothing in the next."""
        prompt = Prompt(id="praise", text="What do you value in {for}?")
        steps = [AskStep(id="praise", mode="blind"), RevealStep(id="heard", of=["praise"])]
        flow = make_flow(RepeatStep(id="round", over="members", steps=steps))
        said = [Answer(by=who, prompt="praise", for_="ana", value="x") for who in ("ana", "ben")]
        session, _ = play_script(script(*said), flow, Bank(id="small", title="Small", prompts=[prompt]))
        assert session.phase_of("heard", for_="ana").value == "revealed"
        assert session.phase_of("praise", "ana", for_="ben").value == "open"

    def test_leaves_open_what_somebody_said_nothing_to(self):
        """Silence is no answer: a step in which a member said nothing stays open, and so does all behind it."""
        session, _ = play_script(script(Pass(by="ana", prompt="why")), BLIND, BANK)
        assert not session.is_done
        assert session.phase_of("first", "ana").value == "submitted"
        assert session.phase_of("first", "ben").value == "open"

    def test_lets_an_objection_stand(self):
        """What was objected to and not proposed again goes to unresolved."""
        requests = (
            *opened(),
            Answer(by="ben", prompt="aim", value="Ship."),
            Object(by="ben", clause="early", reason="Too often."),
        )
        session, _ = play_script(script(*requests), BLIND, BANK)
        assert dict(session.alliance().unresolved["early"].objections) == {"ben": "Too often."}
        assert session.is_done

    def test_goes_on_with_another_version(self):
        """A proposal after an objection is the next round, and silence accepts it."""
        value = {"id": "early", "text": "Tell me the same day.", "known_by": "Same day."}
        more = (
            Object(by="ben", clause="early", reason="Too often."),
            Propose(by="ana", element="commitments", value=value),
        )
        session, _ = play_script(script(*opened(), Answer(by="ben", prompt="aim", value="Ship."), *more), BLIND, BANK)
        assert session.alliance().commitments["early"].text == "Tell me the same day."

    def test_is_the_same_from_the_session(self):
        """A session is started from a script in one call."""
        made = script(*opened())
        assert Session.from_script(made, BLIND, BANK) == play_script(made, BLIND, BANK)

    @pytest.mark.parametrize(
        ("expected", "request_"),
        [
            ("the answer is a text, not 3", Answer(by="ana", prompt="why", value=3)),
            ("no member is named 'zoe'", Pass(by="zoe", prompt="why")),
            ("no prompt is named 'wy'; did you mean 'why'?", Pass(by="ana", prompt="wy")),
            ("no step is named 'frist'; did you mean 'first'?", Submit(by="ana", step="frist")),
            ("no clause on the table is named 'gone'", Accept(by="ana", clause="gone")),
            ("this waits until everybody has submitted", Reveal(by="ana", step="seen")),
            (
                "aim is not open yet: seen comes first, and waits for first: ben; let them answer, pass or submit",
                Answer(by="ana", prompt="aim", value="Ship."),
            ),
        ],
    )
    def test_points_at_a_request_that_does_not_fit(self, expected, request_):
        """The finding names the request of the script and says why."""
        with pytest.raises(DocumentError) as caught:
            play_script(script(Pass(by="ana", prompt="why"), request_), BLIND, BANK)
        (one,) = caught.value.findings
        assert one.pointer == "/requests/1"
        assert expected in one.message


def test_a_script_survives_the_wire():
    """Each request has its verb as its key."""
    data = {
        "flow": "small",
        "alliance": "ours",
        "title": "Ours",
        "at": "2026-11-01T09:00:00Z",
        "members": {"ana": {"name": "Ana"}, "ben": {"name": "Ben", "roles": ["facilitator"]}},
        "requests": [
            {"by": "ana", "answer": "tone.works", "value": "Walks."},
            {"by": "ana", "pass": "hopes"},
            {"by": "ben", "object": "early", "reason": "Too often."},
            {"by": "ben", "stand_aside": "early"},
            {"by": "ben", "propose": "ground_rules", "value": {"text": "Stop."}},
            {"by": "cem", "join": "cem", "name": "Cem"},
        ],
    }
    made = wire.structure(data, Script)
    assert wire.unstructure(made) == data
