"""The table of moves, tested as a table: every request in every phase of every kind of step."""

import pytest

from alliancekit.flow import (
    MOVES,
    Accept,
    AgreeStep,
    Answer,
    AskStep,
    Clear,
    Decline,
    Erase,
    Join,
    Leave,
    Migrate,
    Object,
    Pass,
    Phase,
    Propose,
    Ratify,
    Refused,
    Reopen,
    RequestNotAllowedError,
    Reveal,
    RevealStep,
    StandAside,
    StepKind,
    Submit,
    Withdraw,
)
from tests.scripts import BLIND, DULL, NOW, make_flow, make_session, walk

LATE = make_flow(
    AskStep(id="why", mode="blind"),
    RevealStep(id="seen", of=["why"], missing="pass", late="mark"),
    AskStep(id="give"),
    AgreeStep(id="settle", elements=["commitments"]),
)
OPENLY = make_flow(AskStep(id="why"), RevealStep(id="seen", of=["why"]), AskStep(id="meet"))
BY = {"by": "ana", "id": "probe", "at": NOW}
HELD = {"id": "held", "text": "Answer.", "known_by": "It is there."}


def blind(*, until, who=("ana", "ben")):
    return lambda: walk(make_session(BLIND), who, until=until)


def submitted(step):
    def build():
        session = walk(make_session(BLIND), ["ana"], until=step)
        return walk(session, ["ana"])

    return build


def late():
    session = walk(make_session(LATE), ["ben"])
    return session.send(Reveal(by="ben", id="r", at=NOW, step="seen"))[0]


def revising(build, step):
    return lambda: build().send(Reopen(**{**BY, "id": "again"}, step=step))[0]


def ratified_by_one():
    return walk(walk(make_session(BLIND), until="sign"), ["ana"])


def on_the_table():
    session = walk(make_session(BLIND), until="settle")
    return session.send(Propose(**{**BY, "by": "ben", "id": "b"}, element="commitments", value=HELD))[0]


def ready_with_the_table():
    return on_the_table().send(Submit(**{**BY, "id": "s"}, step="settle"))[0]


ASKED = {Answer: ("first", "why"), Clear: ("first", "why"), Pass: ("first", "why")}
ROWS = {
    (StepKind.FLOW, Phase.OPEN): (make_session, None),
    (StepKind.FLOW, Phase.CLOSED): (lambda: walk(make_session(BLIND)), None),
    (StepKind.SAY, Phase.OPEN): (make_session, "welcome"),
    (StepKind.SAY, Phase.PENDING): (make_session, "talk"),
    (StepKind.ASK, Phase.PENDING): (make_session, "aim"),
    (StepKind.ASK, Phase.OPEN): (make_session, "first"),
    (StepKind.ASK, Phase.SUBMITTED): (blind(until="aim", who=["ana"]), "first"),
    (StepKind.ASK, Phase.REVEALED): (blind(until="aim"), "first"),
    (StepKind.ASK, Phase.CLOSED): (blind(until="settle"), "aim"),
    (StepKind.ASK, Phase.LATE): (late, "why"),
    (StepKind.ASK, Phase.REVISING): (revising(blind(until="aim"), "first"), "first"),
    (StepKind.REVEAL, Phase.PENDING): (lambda: walk(make_session(LATE), until="settle"), None),
    (StepKind.REVEAL, Phase.OPEN): (make_session, "seen"),
    (StepKind.REVEAL, Phase.REVEALED): (blind(until="aim"), "seen"),
    (StepKind.AGREE, Phase.PENDING): (make_session, "settle"),
    (StepKind.AGREE, Phase.OPEN): (on_the_table, "settle"),
    (StepKind.AGREE, Phase.SUBMITTED): (ready_with_the_table, "settle"),
    (StepKind.AGREE, Phase.SETTLED): (blind(until="sign"), "settle"),
    (StepKind.RATIFY, Phase.PENDING): (make_session, "sign"),
    (StepKind.RATIFY, Phase.OPEN): (blind(until="sign"), "sign"),
    (StepKind.RATIFY, Phase.RATIFIED): (lambda: walk(make_session(BLIND)), "sign"),
}


def probes(kind, step, session):
    """Return every request that can be about a step of that kind."""
    if kind is StepKind.FLOW:
        return [
            Join(**BY, member="dora", name="Dora"),
            Leave(**BY, member="ana"),
            Erase(**BY, prompt="why"),
            Migrate(**BY, plan=session.plan),
        ]
    stepwise = [one(**BY, step=step) for one in (Submit, Withdraw, Reveal, Ratify, Reopen)]
    if kind is StepKind.ASK:
        (prompt, *_) = session.state.route.places[step].asked
        more = [
            Answer(**BY, prompt=prompt, value=DULL[prompt]),
            *(one(**BY, prompt=prompt) for one in (Clear, Pass)),
        ]
        return [*stepwise, *more]
    if kind is StepKind.AGREE:
        value = {"text": "More.", "known_by": "It is seen."}
        asked = Propose(**BY, element="commitments", value=value)
        if step not in session.state.tables:
            return [*stepwise, asked]
        about = session.state.tables[step][-1]
        words = [one(**BY, clause=about) for one in (Accept, StandAside, Decline)]
        return [*stepwise, asked, *words, Object(**BY, clause=about, reason="No.")]
    return stepwise


# The same phases, come to in another way: what was shown by no reveal, and a yes while others are still asked.
MORE = [
    (StepKind.ASK, Phase.REVISING, revising(lambda: walk(make_session(OPENLY), until="meet"), "why"), "why"),
    (StepKind.RATIFY, Phase.RATIFIED, ratified_by_one, "sign"),
    (StepKind.AGREE, Phase.SETTLED, ratified_by_one, "settle"),
]


@pytest.mark.parametrize(("kind", "phase", "build", "step"), [*((*key, *one) for key, one in ROWS.items()), *MORE])
def test_every_request_is_in_the_table_or_not_allowed(kind, phase, build, step):
    """In each phase a step takes what its row says, goes where the row says, and refuses the rest with nothing changed."""
    session = build()
    if step is None and kind is not StepKind.FLOW:
        return
    if step is not None:
        assert session.phase_of(step, "ana") is phase
    allowed = MOVES.get((kind, phase), {})
    for request in probes(kind, step, session):
        if type(request) not in allowed:
            with pytest.raises(RequestNotAllowedError) as caught:
                session.send(request)
            assert caught.value.phase is phase
            assert caught.value.allowed == tuple(sorted(one.__name__ for one in allowed))
            continue
        after, facts = session.send(request)
        if isinstance(facts[0], Refused):
            assert after is session
        elif step is None:
            assert (Phase.CLOSED if after.is_done else Phase.OPEN) in allowed[type(request)]
        else:
            assert after.phase_of(step, "ana") in allowed[type(request)]


def test_every_row_is_tested():
    """The table has no row that the test above does not enter."""
    assert set(MOVES) <= set(ROWS)


def test_the_error_says_what_would_be_allowed():
    """A host reads what it sent, where the step is, and what there is room for."""
    with pytest.raises(RequestNotAllowedError) as caught:
        make_session().send(Ratify(**BY, step="sign"))
    assert str(caught.value) == "Ratify is not allowed while the step is pending; allowed: nothing"
