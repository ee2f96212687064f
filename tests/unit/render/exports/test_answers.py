"""From what SurveyJS collected back to requests."""

from typing import Any

import pytest

from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.flow import AskStep, RepeatStep
from alliancekit.render import answers_from_surveyjs
from alliancekit.values import thaw
from tests.scripts import NOW, make_flow, make_session, refusal, send, task

ASKED = ("why", "worries", "secret", "tone", "meet", "score", "sure", "hours", "day", "give", "rules")
SESSION = make_session(make_flow(AskStep(id="all", prompts=ASKED)))
VIEW = SESSION.view("ana")
DATA: dict[str, Any] = {
    "why": "Because.",
    "worries": [{"text": "More meetings."}, {}],
    "worries-Share": True,
    "secret": "Mine.",
    "tone": ["warm"],
    "tone-Comment": "Mostly.",
    "tone_works": "Calm.",
    "meet": "daily",
    "score": 4,
    "sure": False,
    "hours": 2.5,
    "day": "2026-11-01",
    "give": [{"text": "One page.", "known_by": "It is there."}],
    "rules": [{"text": "We stop.", "known_by": "A pause."}],
}


def given(data: dict[str, Any]) -> dict[str, Any]:
    return {one.prompt: one.value for one in answers_from_surveyjs(VIEW, data, at=NOW)}


def test_every_kind() -> None:
    """Each answer is the request that the engine takes, under the member's name."""
    answers = answers_from_surveyjs(VIEW, DATA, at=NOW)
    session = send(SESSION, *answers)
    assert {one.by for one in answers} == {"ana"}
    assert session.view("ana").progress.done == len(ASKED)
    assert [one.prompt for one in answers] == [
        "why", "worries", "secret", "tone", "tone.works", "meet", "score", "sure", "hours", "day", "give", "rules",
    ]  # fmt: skip
    assert {one.prompt: one.share for one in answers if one.share} == {"worries": True}
    assert thaw(task(session, "ana", "tone").value) == {"choices": ["warm"], "note": "Mostly."}
    assert thaw(task(session, "ana", "worries").value) == [{"text": "More meetings."}]


def test_nothing_is_no_answer() -> None:
    """What was left out is not answered, and neither is a panel that was opened and left empty."""
    assert given({}) == {}
    assert given({"worries": [{}], "worries-Share": True}) == {}


def test_what_does_not_suit_is_for_the_engine_to_say() -> None:
    """An answer of another form becomes a request too, which the engine refuses with a reason."""
    (answer,) = answers_from_surveyjs(VIEW, {"score": "much"}, at=NOW)
    assert "whole number" in refusal(SESSION, answer)
    (note,) = answers_from_surveyjs(VIEW, {"tone-Comment": "None of them."}, at=NOW)
    assert "one or more of" in refusal(SESSION, note)
    (follow_up,) = answers_from_surveyjs(VIEW, {"tone_works": "Calm."}, at=NOW)
    assert follow_up.prompt == "tone.works"
    (odd,) = answers_from_surveyjs(VIEW, {"give": "One page."}, at=NOW)
    assert "list of clauses" in refusal(SESSION, odd)


def test_repeats() -> None:
    """What was asked about each of several is answered about each of them."""
    session = make_session(make_flow(RepeatStep(id="each", over="members", steps=[AskStep(id="tone")])))
    data = {"tone_for_ana": ["warm"], "tone_for_ben": ["calm"], "tone_works_for_ben": "Time."}
    answers = answers_from_surveyjs(session.view("ana"), data, at=NOW)
    assert [(one.prompt, one.for_) for one in answers] == [("tone", "ana"), ("tone", "ben"), ("tone.works", "ben")]
    assert send(session, *answers).view("ana").progress.done == 2


def test_wrong_use() -> None:
    """A name that is no question there is told, and so is what is no view or no object."""
    with pytest.raises(UnknownNameError, match="did you mean 'score'"):
        given({"scores": 3})
    wrong: Any = [1]
    with pytest.raises(InvalidValueError, match="must be a Mapping, not list"):
        given(wrong)
    with pytest.raises(InvalidValueError, match="must be a View, not list"):
        answers_from_surveyjs(wrong, {}, at=NOW)
