"""What may be known, and what happens at the edges."""

import pickle

import pytest

from alliancekit.flow import (
    Answer,
    AskStep,
    Clear,
    Leave,
    Pass,
    Phase,
    RatifyStep,
    RequestNotAllowedError,
    Submit,
    TheAnswer,
)
from alliancekit.model import Bank, Prompt
from tests.scripts import NOW, do, make_flow, make_session, refusal, send, task


def test_hundreds_of_conditions_may_hang_on_each_other():
    """A chain of conditions is judged without nesting, and changes at its far end."""
    count = 400
    bank = Bank(id="small", title="Chain", prompts=[Prompt(id=f"p{index}", text="?") for index in range(count)])
    asks = [AskStep(id=f"p{n}", when=TheAnswer(prompt=f"p{n - 1}") if n else None) for n in range(count)]
    session = make_session(make_flow(*asks, RatifyStep(id="sign")), bank=bank)
    for index in range(count):
        session = send(session, Answer(by="ana", id=f"a{index}", at=NOW, prompt=f"p{index}", value="x"))
    assert session.view("ana").progress.total == count
    session = send(session, Clear(by="ana", id="c", at=NOW, prompt="p0"))
    assert session.phase_of(f"p{count - 1}", "ana") is Phase.PENDING
    assert session.view("ana").progress.total == 1


def test_the_error_survives_pickle():
    """An error of the engine goes to another process as it is."""
    with pytest.raises(RequestNotAllowedError) as caught:
        make_session().send(Submit(by="ana", id="a", at=NOW, step="settle"))
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.phase) == (str(caught.value), Phase.PENDING)


@pytest.mark.parametrize(
    ("expected", "request_"),
    [
        ("inside a repeat", Answer(by="ana", id="a", at=NOW, prompt="why", value="x", for_="ben")),
        ("nothing to take back", Clear(by="ana", id="a", at=NOW, prompt="why")),
        ("at most 10,000", Pass(by="ana", id="a", at=NOW, prompt="why", reason="x" * 10_001)),
        ("no member here is called 'zoe'", Leave(by="ana", id="a", at=NOW, member="zoe")),
    ],
)
def test_what_does_not_suit_is_refused_in_words(expected, request_):
    """A member's mistake is told to that member, and nothing changes."""
    assert expected in refusal(make_session(), request_)


def test_the_last_member_stays():
    """Somebody has to be left to speak with."""
    session = send(make_session(), Leave(by="ana", id="l", at=NOW, member="ana"))
    assert "cannot go" in refusal(session, Leave(by="ben", id="m", at=NOW, member="ben"))


def test_two_clauses_of_one_author_have_two_ids():
    """An id that the author has given elsewhere is taken, as far as they know best."""
    value = [{"id": "early", "text": "x", "known_by": "x"}]
    session = do(make_session(), "ana", "answer", "give", value)
    assert "another id" in refusal(session, task(session, "ana", "ask").answer([{"id": "early", "text": "x"}], at=NOW))
    assert do(session, "ben", "answer", "give", value)


def test_passing_takes_the_follow_up_along():
    """What followed an answer goes with it."""
    session = do(make_session(), "ana", "answer", "tone", ["warm"])
    session = send(session, task(session, "ana", "tone").answer("Walks.", at=NOW, follow_up="works"))
    session = do(session, "ana", "pass_", "tone")
    assert not task(session, "ana", "tone").follow_ups


def test_passing_a_shared_prompt_takes_ones_own_answer_back():
    """Whoever wrote the shared answer may pass instead."""
    session = do(make_session(make_flow(AskStep(id="aim"))), "ana", "answer", "aim", "Mine.")
    assert task(do(session, "ana", "pass_", "aim"), "ben", "aim", "answer").value is None
