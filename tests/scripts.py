"""Small flows and the means to walk them: what the tests of the engine share."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from alliancekit import wire
from alliancekit.flow import (
    AgreeStep,
    AskStep,
    Flow,
    RatifyStep,
    Refused,
    RevealStep,
    SayStep,
    Script,
    Session,
    Some,
    Task,
    Transcript,
    transcript,
)
from alliancekit.model import (
    Bank,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    FollowUp,
    Member,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    YesNoAnswer,
)

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
"""When everything in these tests takes place."""

TONES = {"direct": "Direct", "warm": "Warm", "calm": "Calm"}

BANK = Bank(
    id="small",
    title="Small questions",
    prompts=[
        Prompt(id="why", text="Why?", informs=["members.why"]),
        Prompt(id="hopes", text="What do you hope for?"),
        Prompt(
            id="worries", text="What worries you?", visibility="private", answer=ClausesAnswer(), informs=["concerns"]
        ),
        Prompt(id="secret", text="What do you keep to yourself?", visibility="private"),
        Prompt(
            id="tone",
            text="Which tone?",
            answer=ChoicesAnswer(options=TONES, note=True),
            informs=["atmosphere"],
            follow_ups=[FollowUp(id="works", text="What works?")],
        ),
        Prompt(id="meet", text="How often?", answer=ChoiceAnswer(options={"daily": "Daily", "weekly": "Weekly"})),
        Prompt(id="score", text="How much?", answer=ScaleAnswer(points=5)),
        Prompt(id="sure", text="Sure?", answer=YesNoAnswer()),
        Prompt(id="hours", text="How many hours?", answer=NumberAnswer(least=0, most=40)),
        Prompt(id="day", text="Which day?", answer=DateAnswer()),
        Prompt(id="give", text="What do you give?", answer=ClausesAnswer(evidence=True), informs=["commitments"]),
        Prompt(id="ask", text="What do you ask?", answer=ClausesAnswer(), informs=["expectations"]),
        Prompt(id="aim", text="What for?", scope="shared", informs=["intention"]),
        Prompt(
            id="rules", text="Which rules?", scope="shared", answer=ClausesAnswer(), informs=["ground_rules.conflict"]
        ),
        Prompt(id="owns", text="What do you answer for?", informs=["members.accountable_for"]),
        Prompt(id="likes", text="How do you like feedback?", informs=["members.prefers.feedback"]),
        Prompt(
            id="rhythm",
            text="When?",
            scope="shared",
            answer=ClausesAnswer(),
            informs=["cadence.check_ins", "cadence.channels", "cadence.review"],
        ),
    ],
)


def make_flow(*steps: Any, **more: Any) -> Flow:
    """Return a flow of *steps*."""
    return Flow(id="small", title="A small flow", bank="small", steps=steps, **more)


BLIND = make_flow(
    SayStep(id="welcome", text="Welcome."),
    AskStep(id="first", prompts=["why", "worries", "tone", "give", "ask"], mode="blind"),
    RevealStep(id="seen", of=["first"]),
    SayStep(id="talk", text="Somebody shared a worry.", when=Some(prompt="worries")),
    AskStep(id="aim"),
    AgreeStep(id="settle", elements=["intention", "atmosphere", "commitments", "expectations"]),
    RatifyStep(id="sign"),
)
"""The whole way, small: blind answers, a reveal, a table, and a yes."""


def make_session(
    flow: Flow = BLIND, *members: str, bank: Bank = BANK, roles: dict[str, list[str]] | None = None
) -> Session:
    """Return a session of *members*, by default Ana and Ben."""
    people = [Member(id=who, name=who.title(), roles=(roles or {}).get(who, ())) for who in members or ("ana", "ben")]
    return Session.start(flow, bank, id="s1", alliance_id="ours", title="Ours", members=people)


def send(session: Session, *requests: Any) -> Session:
    """Return *session* after *requests*, none of which may be refused."""
    for request in requests:
        session, facts = session.send(request)
        refusals = [fact.reason for fact in facts if isinstance(fact, Refused)]
        assert not refusals, refusals
    return session


def do(session: Session, member: str, verb: str, about: str, /, *args: Any, **more: Any) -> Session:
    """Return *session* after *member* did something by a task of theirs: ``do(s, "ana", "answer", "why", "Because.")``."""
    kind = "answer" if verb in {"answer", "pass_", "clear"} else verb
    found = task(session, member, about, kind if kind in {"answer", "submit", "withdraw"} else "")
    return send(session, getattr(found, verb)(*args, at=NOW, **more))


def task(session: Session, member: str, about: str, kind: str = "") -> Task:
    """Return the task of *member* that is about a prompt, a clause or a step."""
    view = session.view(member)
    tasks = sorted((*view.tasks, *view.changeable), key=lambda one: one.kind != "answer")
    found = [one for one in tasks if one.about == about and one.kind == (kind or one.kind)]
    assert found, f"{member} has no task about {about}, only {[one.id for one in view.tasks]}"
    return found[0]


def refusal(session: Session, request: Any) -> str:
    """Return why *request* is refused; the session must be the same."""
    after, facts = session.send(request)
    assert after is session
    (fact,) = facts
    assert isinstance(fact, Refused)
    assert fact.to == (request.by,)
    return fact.reason


def make_script(*answers: dict[str, Any], members: Iterable[str] = ("ana", "ben"), flow: Flow = BLIND) -> Script:
    """Return a script of *answers*, each as an answers file has it."""
    head = {"flow": flow.id, "alliance": "ours", "title": "Ours", "at": "2026-11-01T09:00:00Z"}
    people = {who: {"name": who.title()} for who in members}
    return wire.structure({**head, "members": people, "requests": [*answers]}, Script)


def play(
    flow: Flow, *answers: dict[str, Any], members: Iterable[str] = ("ana", "ben"), bank: Bank = BANK
) -> Transcript:
    """Return what *answers* make of *flow*: ``play(BLIND, {"by": "ana", "answer": "why", "value": "Because."})``."""
    return transcript(make_script(*answers, members=members, flow=flow), flow, bank)


DULL: dict[str, Any] = {
    "why": "Because.",
    "hopes": "Much.",
    "worries": [{"text": "Too many meetings."}],
    "secret": "Hidden.",
    "tone": {"choices": ["direct"], "note": "Gently."},
    "meet": "weekly",
    "score": 3,
    "sure": True,
    "hours": 2,
    "day": "2026-12-01",
    "give": [{"text": "Answer within a day.", "known_by": "No question waits longer."}],
    "ask": [{"text": "Tell me early."}],
    "aim": "Ship it.",
    "rules": [{"text": "Stop and breathe."}],
    "owns": "The roadmap",
    "likes": "Directly.",
    "rhythm": [{"id": "weekly", "frequency": "weekly"}],
}
"""A suitable answer to each prompt."""


def word(one: Task) -> Any:
    """Return the request by which a member who has no opinion gets a task done."""
    match one.kind:
        case "answer":
            assert one.prompt is not None
            return one.answer(DULL.get(one.prompt.id, "Something."), at=NOW)
        case "submit":
            return one.submit(at=NOW)
        case "respond":
            return one.accept(at=NOW)
        case "ratify":
            return one.ratify(at=NOW)
        case _:
            return one.reveal(at=NOW)


def walk(session: Session, members: Iterable[str] | None = None, *, until: str = "") -> Session:
    """Return *session* after *members* did all that they have to, up to the first task about *until*."""
    moved = True
    while moved and not session.is_done:
        moved = False
        for member in members or session.present:
            for one in [one for one in session.view(member).tasks if not one.is_optional][:1]:
                if until in (one.about, one.step):
                    continue
                session, moved = send(session, word(one)), True
    return session


TEXT = st.text("abc XYZ'\"\n<", min_size=1, max_size=12).filter(str.strip)
IDS = st.sampled_from(["direct", "early", "late", "warm", "overload", "give-ana-1"])


def _name(entry: dict[str, str]) -> str:
    return entry.get("id", entry["text"])


CLAUSE = st.fixed_dictionaries({"text": TEXT, "known_by": TEXT}, optional={"id": IDS})
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "why": TEXT,
    "hopes": TEXT,
    "worries": st.lists(
        st.fixed_dictionaries({"text": TEXT}, optional={"id": IDS}), min_size=1, max_size=2, unique_by=_name
    ),
    "secret": TEXT,
    "tone": st.builds(
        lambda chosen, note: {"choices": chosen, **({"note": note} if note else {})},
        st.lists(st.sampled_from(sorted(TONES)), min_size=1, max_size=3, unique=True),
        st.none() | TEXT,
    ),
    "meet": st.sampled_from(["daily", "weekly"]),
    "score": st.integers(1, 5),
    "sure": st.booleans(),
    "hours": st.integers(0, 40),
    "day": st.dates().map(str),
    "give": st.lists(CLAUSE, min_size=1, max_size=2, unique_by=_name),
    "ask": st.lists(CLAUSE, min_size=1, max_size=2, unique_by=_name),
    "aim": TEXT,
}
"""Suitable answers to the prompts."""
