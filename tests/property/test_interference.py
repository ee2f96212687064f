"""
What one member says before it is revealed reaches nobody else: rule 1 of the engine, on flows that are made up too.

A random flow is played by random people. Then Ben says something else in one place that is not revealed: another value,
a pass, the same kept or shared. Wherever the rest of the log can be replayed unchanged, nothing that Ana gets may differ.
"""

import json
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, Phase, event, given, note, settings
from hypothesis import strategies as st

from alliancekit import wire
from alliancekit.errors import AllianceKitError
from alliancekit.flow import (
    AgreeStep,
    All,
    Answer,
    Any_,
    AskStep,
    AtLeast,
    Clear,
    Count,
    Erase,
    Every,
    Flow,
    GroupStep,
    Join,
    Leave,
    Not,
    Pass,
    Propose,
    Quorum,
    RatifyStep,
    Refused,
    Reopen,
    Reveal,
    RevealStep,
    SayStep,
    Session,
    Some,
    Submit,
    TheAnswer,
    Withdraw,
    problems,
)
from alliancekit.flow._conditions import subjects
from alliancekit.render import to_form_schema, to_mermaid, to_surveyjs
from tests.scripts import BANK, NOW, VALUES, make_flow, make_session

VEILED: dict[str, tuple[str, ...]] = {
    "anonymous": ("hopes", "secret", "tone", "meet", "score", "sure"),
    "aggregate": ("tone", "meet", "score", "sure"),
}
"""Which prompts may be revealed in which way: what has an author by nature is not revealed without one."""
EACH = ("why", "hopes", "worries", "secret", "tone", "meet", "score", "sure", "give", "ask")
SHARED = ("aim",)
TESTS: dict[str, list[dict[str, Any]]] = {
    "score": [{}, {"lt": 3}, {"ge": 4}],
    "sure": [{}, {"eq": True}],
    "meet": [{}, {"in_": ["weekly"]}],
    "tone": [{}, {"has": "direct"}],
}


@st.composite
def conditions(draw: st.DrawFn, before: tuple[str, ...], *, joint: bool, depth: int = 2) -> Any:
    """Return a condition on what was asked before."""
    if depth and draw(st.integers(0, 3)) == 0:
        inner = conditions(before, joint=joint, depth=depth - 1)
        match draw(st.integers(0, 2)):
            case 0:
                return Not(condition=draw(inner))
            case 1:
                return All(conditions=draw(st.lists(inner, min_size=1, max_size=2)))
            case _:
                return Any_(conditions=draw(st.lists(inner, min_size=1, max_size=2)))
    name = draw(st.sampled_from(before))
    tests = draw(st.sampled_from(TESTS.get(name, [{}])))
    kinds: list[Any] = [Some, Every, lambda **more: AtLeast(number=2, **more)]
    if not tests:
        kinds.append(Count)
    if not joint or name in SHARED:
        kinds += [TheAnswer] * 3
    return draw(st.sampled_from(kinds))(prompt=name, **tests)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Return a flow that can be run: asks in both modes with reveals, texts, conditions on all of them, and a table."""
    prompts = [*draw(st.permutations((*EACH, *SHARED)))]
    steps: list[Any] = []
    asked: tuple[str, ...] = ()
    hidden: list[str] = []
    veiled: set[str] = set()  # what only figures are shown of, so that no joint step may hang on it
    joint_reads: set[str] = set()

    def when(*, joint: bool) -> Any:
        known = tuple(name for name in asked if not joint or name not in veiled)
        found = draw(conditions(known, joint=joint)) if known and draw(st.integers(0, 2)) == 0 else None
        if joint and found is not None:
            joint_reads.update(one.prompt for one in subjects(found))
        return found

    while prompts and len(steps) < 9:
        names = [prompts.pop() for _ in range(min(len(prompts), draw(st.integers(1, 3))))]
        blind = not set(SHARED) & {*names} and draw(st.integers(0, 3)) > 0
        who = "lead" if draw(st.integers(0, 7)) == 0 else "everyone"
        made = AskStep(
            id=f"q{len(steps)}",
            prompts=names,
            mode="blind" if blind else "open",
            who=who,
            optional=draw(st.integers(0, 5)) == 0,
            when=when(joint=False),
        )
        if draw(st.integers(0, 6)) == 0:
            steps.append(GroupStep(id=f"g{len(steps)}", steps=[made], when=when(joint=True)))
        else:
            steps.append(made)
        asked = (*asked, *names)
        if blind:
            hidden.append(made.id)
        if draw(st.integers(0, 3)) == 0:
            steps.append(SayStep(id=f"s{len(steps)}", text="Hear.", when=when(joint=False)))
        if hidden and draw(st.booleans()):
            once: Any = draw(st.sampled_from(["all", "all", "facilitator", Quorum(quorum=2)]))
            missing, late = draw(st.sampled_from(["wait", "pass"])), draw(st.sampled_from(["refuse", "mark"]))
            shown = {name for one in steps for name in getattr(one, "asked", ()) if one.id in hidden}
            grouped = any(isinstance(one, GroupStep) and one.steps[0].id in hidden for one in steps)
            grouped |= any(getattr(one, "who", "") == "lead" for one in steps if one.id in hidden)  # of two, each knows
            ways = [how for how, names in VEILED.items() if not grouped and shown <= {*names}]
            how = draw(st.sampled_from(["named", *ways, *ways])) if not shown & joint_reads else "named"
            late = late if how == "named" else "refuse"
            veiled |= shown if how == "aggregate" else set()
            more = {"once": once, "missing": missing, "late": late, "attribution": how}
            steps.append(RevealStep(id=f"r{len(steps)}", of=hidden, when=when(joint=True), **more))
            hidden = []
    agreed = [one for one, name in {"commitments": "give", "expectations": "ask"}.items() if name in asked]
    if agreed:
        steps.append(AgreeStep(id="settle", elements=agreed, rounds=2))
    steps.append(RatifyStep(id="sign"))
    return make_flow(*steps)


@st.composite
def requests(draw: st.DrawFn, session: Session, by: str, name: str) -> Any:
    """Return something that *by* may want, mostly from what they are shown."""
    stamp = {"by": by, "id": name, "at": NOW}
    view = session.view(by)
    options = [*view.tasks, *view.tasks, *view.changeable]
    if not options or draw(st.integers(0, 14)) == 0:
        return draw(st.sampled_from([*_anything(session, stamp)]))
    task = draw(st.sampled_from(options))
    match task.kind:
        case "answer":
            assert task.prompt is not None
            if draw(st.integers(0, 4)) == 0:
                return draw(st.sampled_from([Pass, Clear]))(**stamp, prompt=task.about)
            if task.value is not None and task.prompt.follow_ups and draw(st.booleans()):
                return Answer(**stamp, prompt=f"{task.about}.{task.prompt.follow_ups[0].id}", value="Yes.")
            share = task.prompt.visibility == "private" and draw(st.booleans())
            return Answer(**stamp, prompt=task.about, value=draw(VALUES[task.about]), share=share)
        case "submit" if task.elements and draw(st.integers(0, 3)) == 0:
            value = draw(VALUES["give"])[0]
            return Propose(**stamp, element=draw(st.sampled_from(task.elements)), value=value)
        case "respond":
            made = [task.accept(at=NOW), task.object("No.", at=NOW), task.stand_aside(at=NOW)]
            return evolve(draw(st.sampled_from(made)), id=name)
        case kind:
            return evolve(getattr(task, kind)(at=NOW), id=name)


def _anything(session: Session, stamp: dict[str, Any]) -> Any:
    places = session.state.route.places
    by = stamp["by"]
    yield Leave(**stamp, member=by)
    if "dora" not in session.members:
        yield Join(**{**stamp, "by": "dora"}, member="dora", name="Dora")
    for name in places:
        yield from (Submit(**stamp, step=name), Withdraw(**stamp, step=name), Reveal(**stamp, step=name))
        yield Reopen(**stamp, step=name)
    for name in session.state.route.questions():
        yield from (Pass(**stamp, prompt=name), Clear(**stamp, prompt=name), Erase(**stamp, prompt=name))
        yield Answer(**stamp, prompt=name, value=[{"id": "early", "text": "x", "known_by": "x"}])


def met(session: Session) -> Session:
    """Return *session* as one about the alliance that its members have already, so that there is a record of it."""
    return evolve(session, before=session.alliance(), at=NOW)


def told(session: Session, log: list[Any], who: str) -> tuple[list[str], Session] | None:
    """Return all that *who* gets while *log* is sent, step by step; None where not all of it is accepted."""
    got = [shown(session, who)]
    for request in log:
        try:
            session, facts = session.send(request)
        except AllianceKitError:
            return None
        if facts and isinstance(facts[0], Refused):
            return None
        got.append(repr([fact for fact in facts if who in fact.to]) + shown(session, who))
    return got, session


def shown(session: Session, who: str) -> str:
    """Return everything of a session that may be before the eyes of *who*."""
    if who not in session.state.members:
        return repr(session)
    view = session.view(who)
    parts = [view.to_dict(), str(view), repr(view), repr(session), *map(repr, (*view.items, *view.changeable))]
    public = [wire.unstructure(session.alliance())]
    if session.before is not None:
        public.append(wire.unstructure(session.check_in()))
    phases = [str(session.phase_of(leaf.step.id, who, leaf.for_)) for leaf in session.state.route.leaves]
    phases += [str(session.phase_of(leaf.step.id, for_=leaf.for_)) for leaf in session.state.route.leaves]
    pictures = [to_mermaid(session, member=who), to_mermaid(session), view._repr_html_()]
    forms = [json.dumps(to_surveyjs(view)), json.dumps(to_form_schema(view))]
    return json.dumps([*parts, public, phases, pictures, forms, session.is_done, [*session.present]], sort_keys=True)


def probed(session: Session, request: Any) -> str:
    """Return what the host can tell the one who sent *request*, errors too."""
    try:
        after, facts = session.send(request)
    except AllianceKitError as error:
        return f"{error!r} {error}"
    reasons = [getattr(fact, "reason", "") for fact in facts]
    if any(getattr(fact, "of", ()) for fact in facts):
        return "revealed"  # this is what a reveal is for
    return repr([fact for fact in facts if request.by in fact.to]) + repr(reasons) + shown(after, request.by)


def hidden(session: Session, request: Any) -> bool:
    """Return whether the prompt of *request* was asked blind and is not revealed."""
    if not isinstance(request, Answer | Pass) or request.prompt not in VALUES:
        return False
    leaf = session.state.route.asked_in[request.prompt]
    return leaf.step.mode == "blind" and str(session.state.stages.get(leaf.id)) != "revealed"


def kept(session: Session, request: Any) -> bool:
    """Return whether *request* is a private answer that was not shared, or a pass that could have been one."""
    if not isinstance(request, Answer | Pass) or request.prompt not in VALUES:
        return False
    return session.state.route.prompts[request.prompt].visibility == "private" and not getattr(request, "share", False)


@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a long play shorter takes minutes
)
def test_what_is_not_revealed_makes_no_difference_to_anybody_else(data):
    """Another value, a pass, a private answer kept or shared: until it is revealed, the others get the same bytes."""
    flow = data.draw(flows())
    assert not problems(flow, BANK)
    start = make_session(flow, "ana", "ben", "cem", roles={"ana": ["facilitator", "lead"], "cem": ["lead"]})
    start = met(start) if data.draw(st.booleans()) else start
    session, log = start, []
    for count in range(data.draw(st.integers(3, 40))):
        by = data.draw(st.sampled_from([who for who in (*session.present, "ben") if who in session.present]))
        request = data.draw(requests(session, by, f"r{count}"))
        try:
            session, facts = session.send(request)
        except AllianceKitError:
            continue
        if not isinstance(facts[0], Refused):
            log.append(request)
    secrets = [one for one in log if hidden(session, one) or kept(session, one)]
    if not secrets:
        return
    told_by = data.draw(st.sampled_from(secrets))
    stamp = {"by": told_by.by, "id": told_by.id, "at": NOW, "prompt": told_by.prompt}
    private = start.plan.prompts[told_by.prompt].visibility == "private"
    shares = {False, private} if hidden(session, told_by) else {False}
    variants = [Answer(**stamp, value=data.draw(VALUES[told_by.prompt]), share=share) for share in sorted(shares)]
    whole = {who: told(start, log, who) for who in ("ana", "ben", "cem", "dora") if who != told_by.by}
    for variant in (*variants, Pass(**stamp)):
        again = [variant if one is told_by else one for one in log]
        for who, before in whole.items():
            after = told(start, again, who)
            if before is None or after is None:
                continue
            note(f"{told_by.by} said {variant!r} for {told_by!r}; {who} looks")
            # How much is left to do may hang on the answer, and so when a barrier falls: what all wait for, all see.
            if is_read(start, told_by.prompt) and session.state.stages != after[1].state.stages:
                continue
            assert before[0] == after[0]
            probe = data.draw(requests(before[1], who, "probe")) if who in before[1].present else None
            if probe is not None:
                got = {probed(before[1], probe), probed(after[1], probe)}
                assert len(got) == 1 or "revealed" in got


def is_read(session: Session, prompt: str) -> bool:
    """Return whether a condition hangs on the step that asks *prompt*."""
    route = session.state.route
    return route.asked_in[prompt].id in route.readers


# Without authors, and in figures ---------------------------------------------------------------------------------------

TEAM = ("ana", "ben", "cem", "eva")
QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@st.composite
def veiled(draw: st.DrawFn) -> Flow:
    """Return a flow with a reveal that hides its authors, and with steps that hang on what it shows."""
    how = draw(st.sampled_from([*VEILED]))
    names = draw(st.lists(st.sampled_from(VEILED[how]), min_size=1, max_size=3, unique=True))
    rest = [name for name in ("why", "give") if draw(st.booleans())]
    reads = conditions((*names, *rest) if how == "anonymous" or rest else ("hours",), joint=how == "anonymous")
    agreed = [one for one, name in {"atmosphere": "tone", "commitments": "give"}.items() if name in (*names, *rest)]
    says = [SayStep(id=f"s{number}", text="Hear.", when=draw(reads)) for number in range(draw(st.integers(0, 3)))]
    return make_flow(
        AskStep(id="first", prompts=["hours", *rest], mode="open"),
        AskStep(id="q", prompts=names, mode=draw(st.sampled_from(["open", "blind", "blind"]))),
        RevealStep(
            id="r",
            of=["q"],
            attribution=how,
            missing=draw(st.sampled_from(["wait", "pass"])),
            once=draw(st.sampled_from(["all", Quorum(quorum=3)])),
        ),
        *says,
        *([AgreeStep(id="settle", elements=agreed)] if agreed else []),
        RatifyStep(id="sign"),
    )


def lively(data: st.DataObject, session: Session) -> tuple[Session, list[Any]]:
    """Return *session* after its members did most of what they had to, with some leaving, and all that they sent."""
    log: list[Any] = []
    for count in range(data.draw(st.integers(16, 60))):
        by = data.draw(st.sampled_from(session.present))
        if data.draw(st.integers(0, 3)):
            todo = [one for one in session.view(by).tasks if not one.is_optional]
            request = data.draw(_word(todo[0], f"r{count}")) if todo else None
        else:
            request = data.draw(requests(session, by, f"r{count}"))
        try:
            after, facts = session.send(request) if request is not None else (session, ())
        except AllianceKitError:
            continue
        if after is not session and not isinstance(facts[0], Refused):
            session, log = after, [*log, request]
    return session, log


@st.composite
def _word(draw: st.DrawFn, task: Any, name: str) -> Any:
    if task.kind != "answer":
        kind = "accept" if task.kind == "respond" else task.kind
        return evolve(getattr(task, kind)(at=NOW), id=name)
    share = task.may_share and draw(st.integers(0, 3)) == 0
    return Answer(by=task.member, id=name, at=NOW, prompt=task.about, value=draw(VALUES[task.about]), share=share)


def last_words(log: list[Any], prompt: str) -> dict[str, Any]:
    """Return the last word of each member on a prompt, where it is an answer, and nobody had it forgotten."""
    if any(isinstance(one, Erase) and one.prompt.partition(".")[0] == prompt for one in log):
        return {}
    found = {one.by: one for one in log if isinstance(one, Answer | Pass | Clear) and one.prompt == prompt}
    return {who: one for who, one in found.items() if isinstance(one, Answer)}


def veiled_session(data: st.DataObject) -> tuple[Session, Session, list[Any], str, dict[str, Any]]:
    """Return a session at its start and its end, what was sent, a prompt of it, and who answered that."""
    start = evolve(make_session(data.draw(veiled()), *TEAM), fewest=3)
    start = met(start) if data.draw(st.booleans()) else start
    end, log = lively(data, start)
    prompt = data.draw(st.sampled_from(end.state.route.places["q"].asked))
    return start, end, log, prompt, last_words(log, prompt)


@given(data=st.data())
@QUICK
def test_to_swap_two_answers_without_names_changes_nothing_for_the_others(data):
    """What Ben and Cem said may be the other way round: Ana and Eva get the same bytes, all the way."""
    start, end, log, prompt, said = veiled_session(data)
    crowd = end.state.crowds.get("q")
    shown_of = {who: crowd is None or who in crowd.authors for who in said}  # who was too late is among no answers
    pair = [who for who in said if not shared_by_name(start, said[who]) and shown_of[who]][:2]
    if len(pair) < 2:
        return
    one, two = (said[who] for who in pair)
    swapped = {
        id(one): evolve(one, value=two.value, share=two.share),
        id(two): evolve(two, value=one.value, share=one.share),
    }
    again = [swapped.get(id(request), request) for request in log]
    for who in (who for who in TEAM if who not in pair):
        before, after = told(start, log, who), told(start, again, who)
        event(f"shown {bool(end.view(who).revealed)} {one.value != two.value} {before is not None} {after is not None}")
        note(f"{pair} swap {one.value!r} and {two.value!r} for {prompt}; {who} looks")
        assert after is None or before is None or before[0] == after[0]


def shared_by_name(session: Session, answer: Any) -> bool:
    """Return whether all may read whose answer it is."""
    how = session.state.route.veiled[session.state.route.asked_in[answer.prompt].id]
    return bool(how == "aggregate" and answer.share)


@given(data=st.data())
@QUICK
def test_of_figures_the_others_know_the_figures_only(data):
    """Ben may have said something else: where the figures are the same, or there are none, so is all that Ana gets."""
    start, _, log, prompt, said = veiled_session(data)
    mine = [who for who in said if not shared_by_name(start, said[who])]
    if start.state.route.veiled["q"] != "aggregate" or not mine:
        return
    old = said[data.draw(st.sampled_from(mine))]
    stamp = {"by": old.by, "id": old.id, "at": NOW, "prompt": prompt}
    new = data.draw(st.sampled_from([Answer(**stamp, value=data.draw(VALUES[prompt])), Pass(**stamp)]))
    again = [new if one is old else one for one in log]
    for who in (who for who in TEAM if who != old.by):
        before, after = told(start, log, who), told(start, again, who)
        if before is None or after is None:
            continue
        note(f"{old.by} said {new!r} for {old!r}; {who} looks")
        event(f"figures {[bool(shown.figures) for shown in before[1].view(who).revealed]}")
        figures = [[shown.figures for shown in one[1].view(who).revealed] for one in (before, after)]
        assert figures[0] != figures[1] or before[0] == after[0]
