"""
Another version of the plan in the middle of a session: what is not revealed still makes no difference to anybody else.

Random flows are played by random people, as where there is one plan alone; then the plan changes in a few places at
random, in the middle of the log, and the play goes on.
"""

from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from alliancekit.errors import AllianceKitError
from alliancekit.flow import Answer, AskStep, Migrate, Pass, Plan, Refused, Revealed, Session, Verdict, make_plan
from alliancekit.model import ChoicesAnswer, ClausesAnswer, ScaleAnswer
from tests.property.test_interference import flows, hidden, is_read, kept, requests, shown, told
from tests.scripts import BANK, NOW, TONES, VALUES, make_session, send, word


@st.composite
def plans(draw: st.DrawFn, plan: Plan) -> Plan:
    """Return *plan* with a few changes."""
    for _ in range(draw(st.integers(1, 3))):
        plan = draw(st.sampled_from([_step, _prompt, _prompt]))(draw, plan)
    return plan


def _step(draw: st.DrawFn, plan: Plan) -> Plan:
    steps = [*plan.flow.steps]
    place = draw(st.integers(0, len(steps) - 1))
    one = steps[place]
    match draw(st.integers(0, 4)):
        case 0:
            steps[place] = evolve(one, when=None)
        case 1:
            steps.insert(draw(st.integers(0, len(steps) - 1)), steps.pop(place))
        case 2 if len(steps) > 1:
            del steps[place]
        case 3 if isinstance(one, AskStep):
            steps[place] = evolve(one, mode=draw(st.sampled_from(["open", "blind"])), optional=draw(st.booleans()))
        case _ if "hours" not in plan.prompts:
            steps.insert(place, AskStep(id="hours"))
        case _:
            pass
    made = make_plan(evolve(plan.flow, steps=steps), BANK)
    return evolve(made, prompts={name: plan.prompts.get(name, one) for name, one in made.prompts.items()})


ANSWERS: dict[str, list[Any]] = {
    "score": [ScaleAnswer(points=3), ScaleAnswer(points=7)],
    "tone": [ChoicesAnswer(options={"direct": "Direct"}), ChoicesAnswer(options=TONES)],
    "ask": [ClausesAnswer(evidence=True)],
}


def _prompt(draw: st.DrawFn, plan: Plan) -> Plan:
    name = draw(st.sampled_from(sorted(plan.prompts)))
    one = plan.prompts[name]
    if name in ANSWERS and draw(st.booleans()):
        changed = evolve(one, answer=draw(st.sampled_from(ANSWERS[name])))
    else:
        changed = evolve(one, visibility=draw(st.sampled_from(["members", "private"])))
    return evolve(plan, prompts={**plan.prompts, name: changed})


def played(data: Any, session: Session, log: list[Any], count: int) -> Session:
    """Return *session* after a few random requests, which are put into *log*."""
    for _ in range(count):
        by = data.draw(st.sampled_from(session.present))
        request = data.draw(requests(session, by, f"r{len(log)}-{session.state.anchor}"))
        try:
            after, facts = session.send(request)
        except AllianceKitError:
            continue
        if facts and not isinstance(facts[0], Refused):
            session = after
            log.append(request)
    return session


def is_secret(session: Session, request: Any) -> bool:
    """Return whether *request* says what nobody else may know."""
    return hidden(session, request) or kept(session, request)


def got(session: Session, facts: Any) -> tuple[list[Any], str]:
    """Return what Ana gets of it."""
    return [fact for fact in facts if "ana" in fact.to], shown(session, "ana")


SETTINGS = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
ROLES = {"ana": ["facilitator", "lead"], "ben": ["lead"], "cem": ["lead"]}


@given(data=st.data())
@SETTINGS
def test_what_is_not_revealed_makes_no_difference_behind_another_plan(data):
    """With another unrevealed answer the plan is refused alike, and the others get the same bytes before and after."""
    start = make_session(data.draw(flows()), "ana", "ben", "cem", roles=ROLES)
    log: list[Any] = []
    session = played(data, start, log, data.draw(st.integers(3, 20)))
    assume("ana" in session.present and not session.is_done)
    secrets = [one for one in log if is_secret(session, one)]
    migrate = Migrate(by="ana", id="migrate", at=NOW, plan=data.draw(plans(session.running)))
    before_it = [*log]
    after, facts = session.send(migrate)
    if not isinstance(facts[0], Refused):
        log.append(migrate)
        last = played(data, after, log, data.draw(st.integers(0, 12)))
        secrets = [one for one in secrets if one.prompt in last.state.route.asked_in and is_secret(last, one)]
    if not secrets:
        return
    told_by = data.draw(st.sampled_from(secrets))
    stamp = {"by": told_by.by, "id": told_by.id, "at": NOW, "prompt": told_by.prompt}
    for variant in (Answer(**stamp, value=data.draw(VALUES[told_by.prompt])), Pass(**stamp)):
        again = [variant if one is told_by else one for one in log]
        other = told(start, [variant if one is told_by else one for one in before_it], "ana")
        if other is not None and other[1].state.stages == session.state.stages and told_by.by != "ana":
            here, there = session.send(migrate), other[1].send(migrate)
            if any(isinstance(fact, Revealed) for _, facts in (here, there) for fact in facts):
                continue  # this is what a reveal is for
            assert got(*here) == got(*there)
        for who in {"ana", "ben", "cem"} - {told_by.by}:
            one, two = told(start, log, who), told(start, again, who)
            if one is None or two is None:
                continue
            if is_read(start, told_by.prompt) and one[1].state.stages != two[1].state.stages:
                continue
            assert one[0] == two[0]


@given(data=st.data())
@SETTINGS
def test_a_session_that_goes_on_with_another_plan_comes_to_its_end(data):
    """What is not refused leaves nobody waiting for what cannot come, and a second look finds the same."""
    log: list[Any] = []
    session = played(data, make_session(data.draw(flows()), "ana", "ben", "cem", roles=ROLES), log, 15)
    assume("ana" in session.present and not session.is_done)
    plan = data.draw(plans(session.running))
    found = session.migration(plan)
    after, facts = session.send(Migrate(by="ana", id="migrate", at=NOW, plan=plan))
    assert (found.verdict is Verdict.REFUSE) == isinstance(facts[0], Refused)
    if found.verdict is Verdict.REFUSE:
        assert after is session
        return
    while tasks := [one for who in after.present for one in after.view(who).tasks[:1]]:
        one = tasks[0]
        after = send(after, one.pass_(at=NOW) if one.kind == "answer" else word(one))
    assert after.is_done
