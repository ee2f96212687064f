"""Laws of the engine, on small flows and random people."""

import json
import pickle
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

from alliancekit import wire
from alliancekit.errors import AllianceKitError, DocumentError, InvalidValueError, UnknownNameError
from alliancekit.flow import (
    MOVES,
    Accept,
    AgreeStep,
    Answer,
    AskStep,
    Clear,
    Decline,
    Leave,
    Object,
    Pass,
    Phase,
    Propose,
    Ratify,
    RatifyStep,
    Refused,
    Reopen,
    RequestNotAllowedError,
    Reveal,
    RevealStep,
    SayStep,
    Session,
    Some,
    StandAside,
    Submit,
    TheAnswer,
    Withdraw,
)
from alliancekit.flow._advance import advance, where
from alliancekit.flow._where import phase_of
from alliancekit.model import Alliance
from tests.scripts import BANK, BLIND, NOW, VALUES, make_flow, make_session, send, walk

CONDITIONAL = make_flow(
    AskStep(id="first", prompts=["why", "secret", "score"], mode="blind"),
    SayStep(id="low", text="You gave a low number.", when=TheAnswer(prompt="score", lt=3)),
    AskStep(id="more", prompts=["hopes", "meet"], mode="blind", when=TheAnswer(prompt="score", lt=3)),
    AskStep(id="openly", prompts=["sure"], when=TheAnswer(prompt="secret")),
    RevealStep(id="seen", of=["first", "more"]),
    SayStep(id="talk", text="Somebody told a secret.", when=Some(prompt="secret")),
    AskStep(id="last", prompts=["tone", "worries"], mode="blind", when=Some(prompt="why")),
    RevealStep(id="then", of=["last"], missing="pass", late="mark"),
    AskStep(id="give"),
    AgreeStep(id="settle", elements=["commitments", "atmosphere"], rounds=2),
    RatifyStep(id="sign"),
)
PROPOSED = ("intention", "atmosphere", "commitments", "expectations", "ground_rules", "cadence")
KEYS = st.sampled_from(["id", "text", "known_by", "to", "of", "by", "meets", "due", "repeats", "topic", "element"])
FLOWS = {"blind": BLIND, "conditional": CONDITIONAL}
QUICK = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None
)


@st.composite
def requests(draw: st.DrawFn, session: Session, count: int) -> Any:
    """Return some request, most of them suitable: by one of the members, about what there is."""
    by = draw(st.sampled_from([*session.members]))
    view = session.view(by)
    options = [*view.tasks, *view.changeable]
    stamp = {"by": by, "id": f"q{count}", "at": NOW}
    if not options or draw(st.integers(0, 9)) == 0:
        return draw(wild(session, stamp))
    task = draw(st.sampled_from(options))
    match task.kind:
        case "answer":
            name = task.about
            if name not in VALUES or draw(st.integers(0, 3)) == 0:
                return draw(st.sampled_from([Pass, Clear]))(**stamp, prompt=name)
            private = task.prompt.visibility == "private"
            return Answer(**stamp, prompt=name, value=draw(VALUES[name]), share=private and draw(st.booleans()))
        case "respond":
            name = task.about
            made = [
                Accept(**stamp, clause=name),
                StandAside(**stamp, clause=name),
                Object(**stamp, clause=name, reason="No."),
            ]
            return draw(st.sampled_from([*made, Decline(**stamp, clause=name)]))
        case "submit" if task.elements and draw(st.booleans()):
            element = draw(st.sampled_from(task.elements))
            value: Any = draw(VALUES["give"])[0]
            return Propose(**stamp, element=element, value=value["text"] if element == "intention" else value)
        case "submit":
            return Submit(**stamp, step=task.step)
        case "withdraw":
            return Withdraw(**stamp, step=task.step)
        case "ratify":
            return Ratify(**stamp, step=task.step, digest=task.digest)
        case "reopen":
            return Reopen(**stamp, step=task.step)
        case _:
            return Reveal(**stamp, step=task.step)


def wild(session: Session, stamp: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return some request about anything that the flow names."""
    route = session.state.route
    prompts, steps = st.sampled_from(route.questions()), st.sampled_from([*route.places])
    clauses = st.sampled_from([*session.state.items, "nothing"])
    return st.one_of(
        st.builds(lambda one: Answer(**stamp, prompt=one, value="Words."), prompts),
        st.builds(lambda kind, one: kind(**stamp, prompt=one), st.sampled_from([Clear, Pass]), prompts),
        st.builds(
            lambda kind, one: kind(**stamp, step=one),
            st.sampled_from([Submit, Withdraw, Reveal, Reopen, Ratify]),
            steps,
        ),
        st.builds(lambda kind, one: kind(**stamp, clause=one), st.sampled_from([Accept, StandAside, Decline]), clauses),
        st.just(Leave(**stamp, member=stamp["by"])),
    )


def played(data: st.DataObject, name: str, most: int = 30) -> Session:
    """Return a session after some requests."""
    session = make_session(FLOWS[name], "ana", "ben", "cem")
    for count in range(data.draw(st.integers(0, most))):
        request = data.draw(requests(session, count))
        try:
            session, _ = session.send(request)
        except (RequestNotAllowedError, UnknownNameError):
            continue
    return session


def shown(session: Session, member: str) -> str:
    """Return, as one text, everything that the engine lets *member* see."""
    view = session.view(member)
    return json.dumps(view.to_dict(), sort_keys=True, default=str) + str(view) + repr(view) + repr(session)


class TestFold:
    @pytest.mark.parametrize("name", FLOWS)
    @given(data=st.data())
    @QUICK
    def test_of_what_is_stored_is_the_state(self, name, data):
        """A session that was saved and read again is the same, and shows everybody the same."""
        session = played(data, name)
        again = Session.resume(wire.structure(wire.unstructure(session), Session))
        assert again == session
        assert pickle.loads(pickle.dumps(session)) == session
        for member in session.members:
            assert shown(again, member) == shown(session, member)
        assert again.alliance() == session.alliance()
        assert again.state.stages == session.state.stages

    @pytest.mark.parametrize("name", FLOWS)
    @given(data=st.data())
    @QUICK
    def test_takes_each_request_once(self, name, data):
        """Any accepted request that is delivered again changes nothing and tells nothing."""
        session = played(data, name)
        for request in session.requests:
            assert session.send(request) == (session, ())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


class TestAnything:
    @given(data=st.data())
    @QUICK
    def test_as_an_answer_is_taken_or_refused(self, data):
        """Whatever is given as an answer or a proposal, the session goes on, and what it took fits in an alliance."""
        prompts = [*BANK.prompts]
        flow = make_flow(AskStep(id="first", prompts=prompts), AgreeStep(id="settle", elements=[*PROPOSED]))
        session = make_session(flow)
        for prompt in data.draw(st.lists(st.sampled_from(prompts), max_size=5, unique=True)):
            value = data.draw(ANYTHING | st.lists(st.dictionaries(KEYS, ANYTHING, max_size=4), max_size=2))
            session = attempt(session, Answer, by="ana", id=prompt, at=NOW, prompt=prompt, value=value)
        session = walk(session, until="settle")
        for index, element in enumerate(data.draw(st.lists(st.sampled_from(PROPOSED), max_size=4))):
            value = data.draw(ANYTHING | st.dictionaries(KEYS, ANYTHING, max_size=4))
            session = attempt(session, Propose, by="ben", id=f"p{index}", at=NOW, element=element, value=value)
        session = walk(session)
        assert session.is_done
        assert wire.structure(wire.unstructure(session.alliance()), Alliance) == session.alliance()


class TestMoves:
    @pytest.mark.parametrize("name", FLOWS)
    @given(data=st.data())
    @QUICK
    def test_happen_as_the_table_says(self, name, data):
        """A request lands where its row says, or is refused, or is not allowed; otherwise nothing has changed."""
        session = played(data, name)
        request = data.draw(requests(session, 999))
        before = {who: shown(session, who) for who in session.members}
        try:
            leaf, kind, phase = where(session.state, request)
        except (RequestNotAllowedError, UnknownNameError):
            return
        allowed = MOVES.get((kind, phase), {})
        if type(request) not in allowed:
            with pytest.raises(RequestNotAllowedError):
                session.send(request)
        else:
            state, facts = advance(session.state, request)
            if facts and isinstance(facts[0], Refused):
                assert state is session.state
            elif leaf is not None:
                assert phase_of(state, leaf, request.by) in allowed[type(request)]
            else:
                assert (Phase.CLOSED if state.is_over else Phase.OPEN) in allowed[type(request)]
        assert {who: shown(session, who) for who in session.members} == before


class TestBlind:
    @pytest.mark.parametrize("name", FLOWS)
    @given(data=st.data())
    @QUICK
    def test_answers_reach_nobody_before_the_reveal(self, name, data):
        """Whatever one member does with an unrevealed answer, what every other member is shown stays byte for byte."""
        session = played(data, name, 25)
        state = session.state
        hidden = [
            (index, one)
            for index, one in enumerate(session.requests)
            if isinstance(one, Answer | Pass)
            and one.prompt in VALUES
            and state.route.asked_in[one.prompt].step.mode == "blind"
            and phase_of(state, state.route.asked_in[one.prompt], one.by) in {Phase.OPEN, Phase.SUBMITTED}
        ]
        assume(hidden)
        index, told = data.draw(st.sampled_from(hidden))
        stamp = {"by": told.by, "id": told.id, "at": told.at, "prompt": told.prompt}
        private = state.route.prompts[told.prompt].visibility == "private"
        others = [Answer(**stamp, value=data.draw(VALUES[told.prompt]), share=shared) for shared in {False, private}]
        variants = [session, *(retold(session, index, one) for one in (*others, Pass(**stamp)))]
        variants = [one for one in variants if one is not None]
        assume(len(variants) > 1)
        for other in session.members:
            if other != told.by:
                seen = {shown(variant, other) for variant in variants}
                note(f"{told.by} changed {told.prompt}; {other} looks")
                assert len(seen) == 1
        probe = data.draw(requests(session, 500).filter(lambda one: one.by != told.by))
        results = {outcome(variant, probe) for variant in variants}
        # What opens a reveal shows what was revealed; that is what it is for.
        assert len(results) == 1 or any("Revealed" in one for one in results)

    @pytest.mark.parametrize("name", FLOWS)
    @given(data=st.data())
    @settings(QUICK, max_examples=15, phases=[Stage.explicit, Stage.reuse, Stage.generate])  # shrinking takes minutes
    def test_a_revision_reaches_nobody_before_it_is_submitted(self, name, data):
        """While somebody writes anew what stands, the others get the same bytes; dropped, it leaves nothing behind."""
        session = walk(played(data, name), until=data.draw(st.sampled_from(["aim", "last", "give", "sign"])))
        tasks = [one for who in session.present for one in session.view(who).changeable if one.kind == "reopen"]
        tasks = [one for one in tasks if one.step not in session.state.tables]
        assume(tasks)
        task = data.draw(st.sampled_from(tasks))
        begun, now = session, send(session, task.reopen(at=NOW, id="again"))
        for one in [*now.view(task.member).changeable, *now.view(task.member).tasks]:
            if one.is_revision and one.kind == "answer" and data.draw(st.booleans()):
                assert one.prompt is not None
                share = one.prompt.visibility == "private" and data.draw(st.booleans())
                value = data.draw(VALUES[one.about])
                now, _ = now.send(one.answer(value, at=NOW, share=share, id=f"new-{one.about}"))
        for other in session.members:
            assert other == task.member or str(now.view(other).to_dict()) == str(begun.view(other).to_dict())
        back = send(now, Withdraw(by=task.member, id="back", at=NOW, step=task.step))
        assert back.state.slots == session.state.slots
        assert back.state.passes == session.state.passes
        assert {*back.state.items} == {*session.state.items}

    @given(data=st.data())
    @QUICK
    def test_kept_private_looks_like_a_pass_for_ever(self, data):
        """After the reveal, a private answer that was not shared and a pass cannot be told apart."""
        value = data.draw(VALUES["worries"])
        session = make_session(BLIND, "ana", "ben")
        texts = []
        for kept in (True, False):
            one = session
            for who in ("ana", "ben"):
                for name in ("why", "worries", "tone", "give", "ask"):
                    stamp = {"by": who, "id": f"{who}-{name}", "at": NOW, "prompt": name}
                    if who == "ana" and name == "worries" and kept:
                        one = send(one, Answer(**stamp, value=value))
                    else:
                        one = send(one, Pass(**stamp))
                one = send(one, Submit(by=who, id=f"{who}-first", at=NOW, step="first"))
            assert one.phase_of("seen") is Phase.REVEALED
            texts.append(shown(one, "ben"))
        assert texts[0] == texts[1]


def attempt(session: Session, kind: Any, **parts: Any) -> Session:
    """Return *session* after such a request, if there can be one."""
    try:
        return session.send(kind(**parts))[0]
    except InvalidValueError:
        return session


def retold(session: Session, index: int, request: Any) -> Session | None:
    """Return *session* as if another request stood at *index* of its log; None where that could not have been."""
    log = [*session.requests[:index], request, *session.requests[index + 1 :]]
    try:
        return Session.resume(evolve(session, requests=log))
    except DocumentError:
        return None


def outcome(session: Session, request: Any) -> str:
    """Return what the host can tell the one who sent *request*."""
    try:
        after, facts = session.send(request)
    except AllianceKitError as error:
        return repr(error) + str(error)
    return str([fact for fact in facts if request.by in fact.to]) + shown(after, request.by)
