"""What a member is told who has nothing to do, and what they are not."""

import pytest

from alliancekit.flow import (
    AskStep,
    Leave,
    RatifyStep,
    RevealStep,
    Session,
    Some,
    TheAnswer,
    Waiting,
)
from tests.scripts import NOW, do, make_flow, make_session, send, walk

TEAM = ("ana", "ben", "cem", "dora", "eva")


def waits(session: Session, who: str = "ana") -> str:
    """Return the reason that *who* is told."""
    return session.view(who).waiting


class TestOpen:
    FLOW = make_flow(AskStep(id="hopes"), RatifyStep(id="sign"))

    def test_says_for_whom(self):
        """Of open asks it is before everybody's eyes who has submitted, so who is missing is named."""
        session = walk(make_session(self.FLOW, *TEAM[:3]), ["ana"])
        assert waits(session) == "Waiting for Ben and Cem."
        assert session.view("ana").waits == Waiting(why="members", members=("ben", "cem"))
        assert session.view("ana").to_dict()["waits"]["members"] == ["ben", "cem"]
        assert waits(walk(session, ["ben"], until="sign")) == "Waiting for Cem."
        assert waits(walk(make_session(self.FLOW, *TEAM), ["ana"])) == "Waiting for Ben, Cem, Dora and Eva."

    def test_is_the_same_whatever_was_said(self):
        """A pass, an answer, and a private answer kept or shared leave the same reason."""
        flow = make_flow(AskStep(id="secret"), RatifyStep(id="sign"))
        session = make_session(flow, *TEAM[:3])
        for name, more in {"pass_": (), "answer": ("Mine.",)}.items():
            after = do(do(session, "ben", name, "secret", *more), "ben", "submit", "secret")
            assert waits(walk(after, ["ana"])) == "Waiting for Cem."

    def test_a_step_that_all_may_know_is_shown_to_all(self):
        """A condition on what all may know decides for all alike who owes what."""
        flow = make_flow(AskStep(id="hopes"), AskStep(id="score", when=Some(prompt="hopes")), RatifyStep(id="sign"))
        session = walk(make_session(flow, *TEAM[:3]), ["ana"])
        assert waits(session) == "Waiting for Ben and Cem."

    def test_says_nothing_where_an_answer_decides_what_is_owed(self):
        """Where the next step is for those who said yes, to name who is missing would tell what they said."""
        flow = make_flow(
            AskStep(id="sure"), AskStep(id="score", when=TheAnswer(prompt="sure", eq=True)), RatifyStep(id="sign")
        )
        session = walk(make_session(flow, *TEAM[:3]), ["ana"])
        assert waits(session) == "Waiting for the others."

    def test_after_the_last_barrier(self):
        """What is asked at the end is waited for like the rest."""
        session = walk(make_session(make_flow(AskStep(id="hopes")), *TEAM[:3]), ["ana"])
        assert waits(session) == "Waiting for Ben and Cem."


class TestBlind:
    FLOW = make_flow(AskStep(id="hopes", mode="blind"), RevealStep(id="seen", of=["hopes"]), AskStep(id="day"))

    def test_says_how_many_in_a_group(self):
        """In a group it is said how many are ready, and not who."""
        session = walk(make_session(self.FLOW, *TEAM), ["ana"], until="day")
        assert waits(session) == "One of five is ready."
        session = walk(session, ["dora"], until="day")
        assert waits(session) == "Two of five are ready."
        assert session.view("ana").waits == Waiting(why="ready", ready=2, asked=5)
        assert waits(send(session, Leave(by="eva", id="go", at=NOW, member="eva"))) == "Two of four are ready."

    def test_says_nothing_between_two(self):
        """Between two it would be known who is not."""
        assert waits(walk(make_session(self.FLOW), ["ana"], until="day")) == "Waiting for the others."

    def test_says_nothing_to_those_who_are_asked_with_one_other(self):
        """It is the number of those who are asked that counts."""
        flow = make_flow(
            AskStep(id="hopes", mode="blind", who="lead"), RevealStep(id="seen", of=["hopes"]), AskStep(id="day")
        )
        session = make_session(flow, *TEAM, roles={"ana": ["lead"], "ben": ["lead"]})
        assert waits(session, "eva") == "Waiting for the others."
        more = make_session(flow, *TEAM, roles={key: ["lead"] for key in TEAM[:3]})
        assert waits(more, "eva") == "None of three is ready."

    def test_says_nothing_where_not_all_are_asked_the_same(self):
        """Four of five would be everybody but the one who is asked more."""
        flow = make_flow(
            AskStep(id="hopes", mode="blind"),
            AskStep(id="score", mode="blind", who="lead"),
            RevealStep(id="seen", of=["hopes", "score"]),
            AskStep(id="day"),
        )
        session = walk(make_session(flow, *TEAM, roles={"eva": ["lead"]}), ["ana"], until="day")
        assert waits(session) == "Waiting for the others."

    def test_says_nothing_where_an_answer_decides_what_is_owed(self):
        """The number would fall when somebody has said yes."""
        flow = make_flow(
            AskStep(id="sure", mode="blind"),
            AskStep(id="score", mode="blind", when=TheAnswer(prompt="sure", eq=True)),
            RevealStep(id="seen", of=["sure", "score"]),
            AskStep(id="day"),
        )
        session = walk(make_session(flow, *TEAM), ["ana"], until="day")
        assert waits(session) == "Waiting for the others."

    def test_large_numbers_are_digits(self):
        """Beyond ten nobody reads words."""
        many = [f"p{number}" for number in range(12)]
        session = walk(make_session(self.FLOW, *many), many[:11], until="day")
        assert waits(session, "p0") == "11 of 12 are ready."


class TestOpening:
    def flow(self, mode: str = "blind", missing: str = "wait"):
        """Return a flow in which a facilitator opens the reveal."""
        reveal = RevealStep(id="seen", of=["hopes"], once="facilitator", missing=missing)  # type: ignore[arg-type]
        return make_flow(AskStep(id="hopes", mode=mode), reveal, AskStep(id="day"))

    def test_says_who_opens_it(self):
        """When all that is waited for is the facilitator, they are named."""
        session = walk(make_session(self.flow(), *TEAM, roles={"eva": ["facilitator"]}), until="seen")
        assert waits(session) == "Waiting for Eva to open it."
        assert session.view("ana").waits == Waiting(why="open", opened_by=("eva",))
        assert waits(session, "eva") == ""

    def test_says_how_many_before_that(self):
        """As long as others are missing, it waits for these."""
        session = walk(make_session(self.flow(), *TEAM, roles={"eva": ["facilitator"]}), ["ana"], until="seen")
        assert waits(session) == "One of five is ready."
        assert waits(walk(session, ["eva"], until="seen"), "eva") == "Two of five are ready."

    def test_one_that_does_not_wait_hangs_on_the_facilitator_alone(self):
        """Where they may open it at any time, that is said from the beginning."""
        flow = self.flow(missing="pass")
        session = walk(make_session(flow, *TEAM, roles={"eva": ["facilitator"]}), ["ana"], until="seen")
        assert waits(session) == "Waiting for Eva to open it."

    @pytest.mark.parametrize("members", [["ana"], ["ana", "ben"]])
    def test_between_two_it_is_the_same_sentence_all_the_time(self, members):
        """Whether the other is ready would tell one about the other."""
        session = walk(make_session(self.flow(), "ana", "ben", roles={"ben": ["facilitator"]}), members, until="seen")
        assert waits(session) == "Waiting for the others, and then for Ben to open it."

    def test_any_of_several(self):
        """Where several may open it, one of them is enough."""
        roles = {"dora": ["facilitator"], "eva": ["facilitator"]}
        session = walk(make_session(self.flow("open"), *TEAM, roles=roles), until="seen")
        assert waits(session) == "Waiting for Dora or Eva to open it."


class TestRatifying:
    def test_names_who_has_not(self):
        """A yes is given before everybody's eyes."""
        session = walk(make_session(make_flow(AskStep(id="day"), RatifyStep(id="sign")), *TEAM[:3]), until="sign")
        session = do(session, "ana", "ratify", "sign")
        assert waits(session) == "Waiting for Ben and Cem to ratify."
        assert session.view("ana").waits == Waiting(why="ratify", members=("ben", "cem"))
