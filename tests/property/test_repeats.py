"""
What is not revealed makes no difference to anybody else in a repeat either, and in texts that hold earlier answers.

As in `test_interference`, a random session is played, and then Ben says something else in one place that nobody has seen.
"""

from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from alliancekit.errors import AllianceKitError
from alliancekit.flow import (
    AgreeStep,
    Answer,
    AskStep,
    AtLeast,
    Clear,
    Flow,
    Join,
    Leave,
    Pass,
    RatifyStep,
    Refused,
    RepeatStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    TheAnswer,
    problems,
)
from alliancekit.flow._leaves import key_of
from tests.property.test_interference import told
from tests.scripts import BANK, NOW, VALUES, make_flow, make_session

TESTS: dict[str, dict[str, Any]] = {"score": {"ge": 4}, "meet": {"eq": "weekly"}, "sure": {"eq": True}}
INSIDE = ("why", "secret", "score", "meet", "give")


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Return a flow with a repeat over the members: asked blind or open, revealed inside or behind it, read in between."""
    names = draw(st.lists(st.sampled_from(INSIDE), min_size=1, max_size=3, unique=True))
    read = draw(st.sampled_from(names))
    tests = draw(st.sampled_from([{}, TESTS.get(read, {})]))
    blind, inside = draw(st.booleans()), draw(st.booleans())
    steps: list[Any] = [AskStep(id="round", prompts=names, mode="blind" if blind else "open")]
    steps.append(SayStep(id="heard", text=f"You said {{{read}}} of {{for}}.", when=TheAnswer(prompt=read, **tests)))
    steps.append(AskStep(id="tone", mode="blind", when=TheAnswer(prompt=read, **tests)))
    if inside:
        steps.append(
            RevealStep(id="seen", of=["round", "tone"], missing="pass", late=draw(st.sampled_from(["mark", "refuse"])))
        )
        steps.append(SayStep(id="after", text="Somebody said so of {for}.", when=Some(prompt=read, **tests)))
    whole: list[Any] = [RepeatStep(id="each", over="members", steps=steps)]
    if not inside:
        whole.append(RevealStep(id="seen", of=["round", "tone"], missing="pass"))
    whole.append(
        AskStep(id="hopes", when=AtLeast(number=2, prompt=read, **tests) if blind is False or not inside else None)
    )
    if "give" in names:
        whole.append(AgreeStep(id="settle", elements=["commitments"]))
    return make_flow(*whole, RatifyStep(id="sign"))


@st.composite
def requests(draw: st.DrawFn, session: Session, by: str, name: str) -> Any:
    """Return something that *by* is offered, and now and then something else."""
    stamp = {"by": by, "id": name, "at": NOW}
    view = session.view(by)
    chance = draw(st.integers(0, 29))
    if chance == 0 and "dora" not in session.state.members:
        return Join(**{**stamp, "by": "dora"}, member="dora", name="Dora")
    if chance == 1 or not (options := [*view.tasks, *view.tasks, *view.changeable]):
        return Leave(**stamp, member=by)
    task = draw(st.sampled_from(options))
    if task.kind == "answer":
        if draw(st.integers(0, 5)) == 0:
            return draw(st.sampled_from([Pass, Clear]))(**stamp, prompt=task.about, for_=task.for_)
        share = task.prompt.visibility == "private" and draw(st.booleans())
        return Answer(**stamp, prompt=task.about, for_=task.for_, value=draw(VALUES[task.about]), share=share)
    made = task.accept(at=NOW) if task.kind == "respond" else getattr(task, task.kind)(at=NOW)
    return evolve(made, id=name)


def _is_hidden(session: Session, request: Any) -> bool:
    if not isinstance(request, Answer | Pass):
        return False
    leaf = session.state.route.asked_in.get(key_of(request.prompt, request.for_))
    if leaf is None:
        return False
    kept = session.state.route.prompt_of(request.prompt if request.for_ is None else f"{request.prompt}@{request.for_}")
    private = kept.visibility == "private" and not getattr(request, "share", False)
    return private or (leaf.step.mode == "blind" and str(session.state.stages.get(leaf.id)) != "revealed")


@given(data=st.data())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a long play shorter takes minutes
)
def test_a_round_keeps_what_is_not_revealed(data):
    """Another value in one round, or a pass: the others get the same bytes, as long as the same barriers fall."""
    flow = data.draw(flows())
    assert [str(one) for one in problems(flow, BANK)] == []
    start = make_session(flow, "ana", "ben", "cem")
    session, log = start, []
    for count in range(data.draw(st.integers(3, 50))):
        by = data.draw(st.sampled_from(session.present))
        request = data.draw(requests(session, by, f"r{count}"))
        try:
            session, facts = session.send(request)
        except AllianceKitError:
            continue
        if not isinstance(facts[0], Refused):
            log.append(request)
    secrets = [one for one in log if _is_hidden(session, one)]
    if not secrets:
        return
    one = data.draw(st.sampled_from(secrets))
    stamp = {"by": one.by, "id": one.id, "at": NOW, "prompt": one.prompt, "for_": one.for_}
    for variant in (Answer(**stamp, value=data.draw(VALUES[one.prompt])), Pass(**stamp)):
        again = [variant if request is one else request for request in log]
        for who in ("ana", "ben", "cem", "dora"):
            before, after = told(start, log, who), told(start, again, who)
            if who == one.by or before is None or after is None:
                continue
            # How much is left to do may hang on the answer, and so when a barrier falls: what all wait for, all see.
            if before[1].state.stages == after[1].state.stages:
                note(f"{one.by} said {variant!r} for {one!r}; {who} looks")
                assert before[0] == after[0]
