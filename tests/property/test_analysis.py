"""
What is found in a flow before it runs, against the engine itself: on small flows, with few people and few answers.

A random flow is run many times, with answers, passes, people who come late and people who go. What the analysis says can
never be shown is shown in none of the runs; and what a run is said to show, it shows.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from alliancekit.errors import AllianceKitError
from alliancekit.flow import (
    AgreeStep,
    All,
    Any_,
    AskStep,
    AtLeast,
    Count,
    Every,
    Flow,
    GroupStep,
    Join,
    Leave,
    Not,
    RatifyStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    TheAnswer,
    analyse,
    problems,
)
from alliancekit.flow import Phase as StepPhase
from alliancekit.flow._eyes import eyes_of
from alliancekit.model import Bank, ClausesAnswer, Member, Prompt, ScaleAnswer, YesNoAnswer
from tests.scripts import NOW

BANK = Bank(
    id="small",
    title="Small questions",
    prompts=[
        Prompt(id="a", text="A?", answer=YesNoAnswer()),
        Prompt(id="b", text="B?", answer=YesNoAnswer()),
        Prompt(id="c", text="C?", answer=ScaleAnswer(points=3), visibility="private"),
        Prompt(id="d", text="D?", answer=YesNoAnswer(), scope="shared"),
        Prompt(id="e", text="E?", scope="shared", informs=["intention"]),
        Prompt(id="f", text="F?", answer=ClausesAnswer(), informs=["commitments"]),
    ],
)
CLAUSES = [{"text": "Something.", "known_by": "It shows."}]
VALUES: dict[str, list[Any]] = {"c": [1, 2, 3], "e": ["Words."], "f": [CLAUSES]}
TESTS: dict[str, list[dict[str, Any]]] = {
    "c": [{}, {"lt": 2}, {"ge": 2}, {"eq": 3}, {"ge": 2, "le": 1}],
    "e": [{}],
    "f": [{}],
}
YES_NO: list[dict[str, Any]] = [{}, {"eq": True}, {"eq": False}]


@st.composite
def conditions(draw: st.DrawFn, before: tuple[str, ...], *, joint: bool, depth: int = 2) -> Any:
    """Return a condition on what was asked before; often on the same, so that it may contradict itself."""
    if depth and draw(st.integers(0, 1)) == 0:
        inner = conditions(before, joint=joint, depth=depth - 1)
        match draw(st.integers(0, 4)):
            case 0:
                return Not(condition=draw(inner))
            case 1:
                return Any_(conditions=draw(st.lists(inner, min_size=1, max_size=2)))
            case _:
                return All(conditions=draw(st.lists(inner, min_size=2, max_size=3)))
    name = draw(st.sampled_from(before))
    tests = draw(st.sampled_from(TESTS.get(name, YES_NO)))
    kinds: list[Any] = [Some, Every, lambda **more: AtLeast(number=2, **more)]
    if draw(st.integers(0, 5)) == 0:
        return Count(prompt=name, **draw(st.sampled_from([{}, {"ge": 2}, {"eq": 1}, {"lt": 1}, {"ge": 3}])))
    if not joint or name in {"d", "e"}:
        kinds += [TheAnswer] * 3
    return draw(st.sampled_from(kinds))(prompt=name, **tests)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Return a flow that can be run."""
    prompts = [*draw(st.permutations("abcdef"))]
    steps: list[Any] = []
    asked: tuple[str, ...] = ()
    hidden: list[str] = []

    def when(*, joint: bool, often: int = 2) -> Any:
        return draw(conditions(asked, joint=joint)) if asked and draw(st.integers(0, 2)) < often else None

    def grouped(step: Any) -> Any:
        if draw(st.integers(0, 3)):
            return step
        return GroupStep(id=f"g{step.id}", steps=[step], when=when(joint=True))

    for name in prompts:
        blind = name in "abcf" and draw(st.booleans())
        who = "lead" if draw(st.integers(0, 7)) == 0 else "everyone"
        more = {"mode": "blind" if blind else "open", "optional": draw(st.integers(0, 5)) == 0}
        steps.append(grouped(AskStep(id=name, who=who, when=when(joint=False, often=1), **more)))
        if draw(st.integers(0, 1)):
            steps.append(grouped(SayStep(id=f"say-{name}", text="Hear.", when=when(joint=False, often=3))))
        asked = (*asked, name)
        hidden += [name] if blind else []
        if hidden and draw(st.booleans()):
            missing = draw(st.sampled_from(["wait", "pass"]))
            steps.append(
                grouped(RevealStep(id=f"seen-{name}", of=hidden, missing=missing, when=when(joint=True, often=1)))
            )
            hidden = []
    if draw(st.booleans()):
        steps.append(AgreeStep(id="settle", elements=["intention", "commitments"], when=when(joint=True, often=1)))
    if draw(st.integers(0, 3)):
        steps.append(RatifyStep(id="sign", when=when(joint=True, often=1)))
    kinds = draw(st.sampled_from([["one-to-one"], ["team"], []]))
    return Flow(id="small", title="A small flow", bank="small", kinds=kinds, steps=steps)


def started(flow: Flow, *names: str) -> Session:
    people = [Member(id=who, name=who.title(), roles=["lead", "facilitator"] if who == "ana" else []) for who in names]
    return Session.start(flow, BANK, id="s", alliance_id="ours", title="Ours", members=people)


def shown_in(session: Session, chance: Random) -> Iterator[str]:
    """Yield the steps that one run shows, in which people do as they like."""
    joints = [leaf.id for leaf in session.state.route.barriers]
    for count in range(60):
        yield from (one for one in joints if session.phase_of(one) is not StepPhase.PENDING)
        if session.is_done:
            return
        view = session.view(chance.choice(session.present))
        yield from (item.step for item in view.items)
        moves = [chance.choice([*requests(task, chance)] or [None]) for task in view.tasks]
        if view.changeable and chance.random() < 0.1:
            moves = [chance.choice([*requests(chance.choice(view.changeable), chance)] or [None])]
        if chance.random() < 0.02:
            moves = [Leave(by=session.present[-1], id=f"l{count}", at=NOW, member=session.present[-1])]
        elif chance.random() < 0.02:
            moves = [Join(by="eve", id=f"j{count}", at=NOW, member="eve", name="Eve", roles=["lead"])]
        for move in filter(None, moves):
            try:
                session, _ = session.send(move)
            except AllianceKitError:
                break


def requests(task: Any, chance: Random) -> Iterator[Any]:
    """Yield what can be done with a task; what goes on with the flow more often than what goes back."""
    match task.kind:
        case "answer":
            for value in VALUES.get(task.about, [True, False]):
                share = task.prompt.visibility == "private" and chance.random() < 0.6
                yield task.answer(value, at=NOW, share=share)
            yield task.pass_(at=NOW)
        case "submit":
            yield task.submit(at=NOW)
        case "withdraw":
            yield task.withdraw(at=NOW)
        case "respond":
            yield task.accept(at=NOW)
        case "ratify":
            yield task.ratify(at=NOW)
        case "reveal":
            yield task.reveal(at=NOW)
        case _:
            pass


@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_what_is_said_never_to_be_shown_is_shown_in_no_run(data):
    """A step of which the analysis says that it contradicts itself, or is never shown, is shown in no run."""
    flow = data.draw(flows())
    assert not problems(flow, BANK)
    claimed = [one.finding for one in analyse(flow, BANK) if one.finding.rule in {"contradiction", "never-visible"}]
    never = {name: one for one in claimed for name in inside(flow, one.pointer.removesuffix("/when"))}
    if not never:
        return
    note(f"{flow!r} {claimed}")
    people = ("ana", "ben") if flow.kinds == ("one-to-one",) or data.draw(st.booleans()) else ("ana", "ben", "cem")
    if flow.kinds == ("team",):
        people = ("ana", "ben", "cem")
    for seed in data.draw(st.lists(st.integers(0, 2**32), min_size=4, max_size=4)):
        for name in shown_in(started(flow, *people), Random(seed)):
            assert name not in never, str(never[name])


def inside(flow: Flow, pointer: str) -> Iterator[str]:
    """Yield the steps at and in a place of a flow that hold no others."""
    step: Any = flow
    for token in pointer.split("/")[1:]:
        step = step[int(token)] if token.isdigit() else getattr(step, token)
    waiting = [step]
    while waiting:
        one = waiting.pop()
        if isinstance(one, GroupStep):
            waiting.extend(one.steps)
        else:
            yield one.id


@given(flow=flows())
@settings(max_examples=30, deadline=None, suppress_health_check=[*HealthCheck])
def test_what_is_said_to_show_a_flaw_shows_it(flow):
    """Each run that comes with a finding can be sent to a session that has just started, and shows what is said."""
    for flaw in analyse(flow, BANK):
        if not flaw.requests:
            continue
        session = Session.start(flow, BANK, id="s", alliance_id="ours", title="Ours", members=flaw.members)
        offered: set[str] = set()
        for request in flaw.requests:
            offered |= {task.step for who in session.present for task in session.view(who).tasks}
            after, facts = session.send(request)
            assert after is not session, facts
            session = after
        note(str(flaw.finding))
        SHOWS[flaw.finding.rule](session, flaw, offered)


def _shows_no_yes(session: Session, flaw: Any, offered: set[str]) -> None:
    places = [leaf for leaf in session.state.route.barriers if isinstance(leaf.step, RatifyStep)]
    if session.is_done:
        assert not offered & {leaf.id for leaf in places}
        assert session.alliance().status == "draft"
        assert not session.alliance().ratifications
    else:
        (step,) = inside(session.plan.flow, flaw.finding.pointer)
        assert session.phase_of(step) is StepPhase.OPEN
        assert all(leaf.index < session.state.route.places[step].index for leaf in places)


def _shows_no_element(session: Session, flaw: Any, offered: set[str]) -> None:
    element = flaw.finding.message.partition("(")[2].partition(")")[0]
    assert session.is_done
    for leaf in session.state.route.leaves:
        if leaf.id in {*"abcdef"} and element in BANK.prompts[leaf.id].informs:
            blind = leaf.step.mode == "blind" and session.phase_of(leaf.id) is not StepPhase.REVEALED
            assert blind or not any(eyes_of(session.state, who).is_shown(leaf) for who in session.present)
    assert element != "intention" or session.alliance().intention is None


def _shows_a_secret(session: Session, flaw: Any, offered: set[str]) -> None:
    told = {
        (given.prompt, given.by)
        for who in session.present
        for one in session.view(who).revealed
        for given in one.answers
    }
    answers = {(one.prompt, one.by) for one in flaw.requests if hasattr(one, "value")}
    assert answers
    assert not answers & told


def _shows_who_is_not_asked(session: Session, flaw: Any, offered: set[str]) -> None:
    (step,) = inside(session.plan.flow, flaw.finding.pointer.partition("/when")[0])
    assert step not in offered
    assert session.phase_of(step) in {StepPhase.REVEALED, StepPhase.CLOSED}


SHOWS = {
    "ends-without-ratify": _shows_no_yes,
    "element-never-elicited": _shows_no_element,
    "leak": _shows_a_secret,
    "deadlock": _shows_who_is_not_asked,
}
