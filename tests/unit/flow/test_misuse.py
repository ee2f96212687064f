"""What a host gets wrong: always an error of ours, and the session that it has still stands."""

from datetime import datetime

import pytest

from alliancekit import documents
from alliancekit.errors import AllianceKitError, InvalidValueError, UnknownNameError
from alliancekit.flow import Answer, Phase, Refused, Request, RequestNotAllowedError, Session, play, play_script
from alliancekit.model import Alliance, Member
from tests.scripts import BANK, BLIND, NOW, make_session, task, walk

ANA, BEN = Member(id="ana", name="Ana"), Member(id="ben", name="Ben")


def start(**parts):
    given = {"flow": BLIND, "bank": BANK, "id": "s1", "alliance_id": "ours", "title": "Ours", "members": [ANA, BEN]}
    return Session.start(**{**given, **parts})


def nested(depth, leaf="x"):
    for _ in range(depth):
        leaf = [leaf]
    return leaf


CYCLE = []
CYCLE.append(CYCLE)
CIRCLE = {}
CIRCLE["x-a"] = CIRCLE


@pytest.mark.parametrize(
    "parts",
    [
        {"members": ["ana"]},
        {"members": {}},
        {"members": None},
        {"members": "ana"},
        {"members": [ANA, ANA]},
        {"members": [BLIND, ANA]},
        {"flow": BANK},
        {"flow": "one-to-one"},
        {"bank": BLIND},
        {"bank": None},
        {"id": 3},
        {"id": "No Id"},
        {"title": None},
        {"kind": "pair"},
        {"kind": 3},
        {"seed": "x"},
        {"language": 3},
        {"relationship": 7},
        {"alliance": 4},
    ],
    ids=str,
)
def test_a_session_starts_from_what_fits_or_not_at_all(parts):
    """Whatever is given in place of a flow, a bank, members or a name is named in an error of ours."""
    with pytest.raises(AllianceKitError) as caught:
        start(**parts)
    assert str(caught.value)


@pytest.mark.parametrize("given", ["hello", None, 3, [], object(), make_session(), task(make_session(), "ana", "why")])
def test_only_requests_are_sent(given):
    """Anything else is refused with what would be right."""
    with pytest.raises(InvalidValueError, match="takes a request, as the methods of a task make it"):
        make_session().send(given)


def test_a_bare_request_fits_nowhere():
    """A request says what it wants."""
    with pytest.raises(RequestNotAllowedError):
        make_session().send(Request(by="ana", id="a", at=NOW))


@pytest.mark.parametrize("name", [None, 3, [], {}, "zoe", "x" * 1000])
def test_nobody_and_nothing_of_that_name(name):
    """A view, or a phase, is asked for by a name that there is."""
    session = make_session()
    for ask in (session.view, session.phase_of, lambda one: session.phase_of("first", one)):
        with pytest.raises(UnknownNameError) as caught:
            ask(name)
        assert str(caught.value)


@pytest.mark.parametrize("given", [None, 3, BLIND])
def test_only_what_was_saved_is_resumed_and_only_scripts_are_played(given):
    """Something else in the place of a session or a script is an error of ours."""
    for call in (
        Session.resume,
        lambda one: play_script(one, BLIND, BANK),
        lambda one: play(make_session(), one),
        lambda one: Session.from_script(one, BLIND, BANK),
    ):
        with pytest.raises(InvalidValueError):
            call(given)


@pytest.mark.parametrize(
    "parts",
    [
        {"by": 3},
        {"by": None},
        {"by": "Ana Silva"},
        {"id": 3},
        {"id": ""},
        {"at": "now"},
        {"at": datetime(2026, 11, 1)},  # noqa: DTZ001 - that is the mistake
        {"prompt": None},
        {"prompt": "a b"},
        {"share": "yes"},
        {"value": None},
        {"value": object()},
        {"value": b"x"},
        {"value": {1}},
        {"value": (one for one in "x")},
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": CYCLE},
        {"value": CIRCLE},
        {"value": nested(100_000)},
        {"value": {1: "x"}},
        {"value": [{"x-a": object()}]},
    ],
    ids=lambda one: str([*one]),
)
def test_a_request_is_legal_once_it_is_built(parts):
    """What is no name, no time or no plain data never becomes a request."""
    with pytest.raises(InvalidValueError):
        Answer(**{"by": "ana", "id": "a", "at": NOW, "prompt": "why", "value": "x", **parts})


@pytest.mark.parametrize(
    "value",
    ["x" * 10_001, "\ud800", "\0", [1, "y" * 10_001], {"a": ["\x07"]}, 2**60, {"\x00": 1}, [1] * 501],
    ids=lambda one: repr(one)[:20],
)
def test_what_no_document_can_carry_is_refused_also_under_keys_of_ones_own(value):
    """A text that is too long or cannot be written, and a number no reader agrees on, are the member's to mend."""
    session = make_session()
    clause = {"text": "Answer.", "known_by": "It is there.", "x-more": value}
    after, (fact,) = session.send(task(session, "ana", "give").answer([clause], at=NOW))
    assert after is session
    assert isinstance(fact, Refused)


def test_what_was_taken_is_saved_and_read_again():
    """The deepest value and odd but sound ones come back from the session's file and from the alliance's."""
    session = make_session()
    for name, value in {"give": nested(27), "ask": {"a b": [1, 2.5, True, ""], "a\nb": "x" * 10_000}}.items():
        clause = {"text": "Answer.", **({"known_by": "It is there."} if name == "give" else {}), "x-more": value}
        session, _ = session.send(task(session, "ana", name).answer([clause], at=NOW))
    assert Session.resume(documents.loads(documents.dumps(session, format="json"), Session)) == session
    alliance = walk(session).alliance()
    assert alliance.commitments["give-ana-1"].extra
    assert documents.loads(documents.dumps(alliance), Alliance) == alliance
    with pytest.raises(InvalidValueError, match="nested more than 29 deep"):
        task(session, "ana", "give").answer([{"x-more": nested(28)}], at=NOW)


def test_the_session_that_one_has_still_stands():
    """After every error, the next request goes on from where the session was."""
    session = make_session()
    for wrong in ("hello", None):
        with pytest.raises(InvalidValueError):
            session.send(wrong)
    after, _ = session.send(task(session, "ana", "why").answer("Because.", at=NOW))
    assert (after.phase_of("first", "ana"), len(after.requests), len(session.requests)) == (Phase.OPEN, 1, 0)
