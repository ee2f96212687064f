"""What another version of a plan means for a running session: the table of verdicts, tested as a table."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import pytest
from attrs import evolve

from alliancekit.flow import (
    VERDICTS,
    AgreeStep,
    AskStep,
    ChangeKind,
    Flow,
    GroupStep,
    Migrate,
    Pass,
    Place,
    Plan,
    Quorum,
    RatifyStep,
    Refused,
    RepeatStep,
    RevealStep,
    SayStep,
    Session,
    Some,
    Step,
    Submit,
    Verdict,
    make_plan,
)
from alliancekit.model import (
    ClausesAnswer,
    FollowUp,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    TextAnswer,
)
from tests.scripts import BANK as SMALL
from tests.scripts import DULL, NOW, do, make_flow, make_session, send, walk, word

TWO = [FollowUp(id="works", text="What works?"), FollowUp(id="fails", text="What does not?")]
BANK = SMALL.with_prompts(
    *(Prompt(id=name, text="What else?") for name in ("extra", "told", "noted")),
    evolve(SMALL.prompts["likes"], follow_ups=TWO),
)
FIRST = ["why", "worries", "tone", "meet", "score", "hours", "give"]
FLOW = make_flow(
    AskStep(id="sure", mode="blind"),
    RevealStep(id="begun", of=["sure"]),
    SayStep(id="hear", text="Hear."),
    GroupStep(
        id="part",
        steps=[
            AskStep(id="first", prompts=FIRST, mode="blind"),
            AskStep(id="said", prompts=["likes", "rhythm", "rules"], optional=True),
            AskStep(id="told"),
            AskStep(id="secret", mode="blind"),
            AskStep(id="day", mode="blind"),
            RevealStep(id="blurred", of=["day"]),
            RevealStep(id="seen", of=["first", "secret"]),
        ],
    ),
    AskStep(id="noted", mode="blind"),
    RevealStep(id="never", of=["noted"], when=Some(prompt="secret")),
    RepeatStep(id="each", over="members", steps=[AskStep(id="owns")]),
    AskStep(id="aim"),
    AgreeStep(id="settle", elements=["commitments", "intention"]),
    AskStep(id="hopes"),
    RatifyStep(id="sign"),
)
"""A flow with a gate in front, so that all the rest can be ahead; and a reveal that everybody passes unseen."""


# How far a session is ------------------------------------------------------------------------------------------------


@cache
def ahead(base: Flow = FLOW) -> Session:
    """Return a session in which nobody has said anything."""
    roles = {"ana": ["lead", "staff"], "ben": ["staff"], "cem": ["staff"]}
    return make_session(base, *roles, bank=BANK, roles=roles)


@cache
def fresh(base: Flow = FLOW) -> Session:
    """Return a session that has come to the first part, in which nobody has said anything yet."""
    session = ahead(base)
    for who in ("ana", "ben", "cem"):
        session = do(do(session, who, "answer", "sure", True), who, "submit", "sure")
    return session


@cache
def answered(base: Flow = FLOW) -> Session:
    """Return a session in which Ana is ready with the first part, and Ben has answered it and is not."""
    session = fresh(base)
    for prompt in ("likes", "rhythm", "rules"):
        session = do(session, "ana", "answer", prompt, DULL[prompt])
    session = walk(do(session, "ana", "answer", "likes", "Yes.", follow_up="works"), ["ana"])
    for prompt in (*FIRST, "day"):
        session = do(session, "ben", "answer", prompt, DULL[prompt])
    return send(session, Pass(by="ben", id="p", at=NOW, prompt="secret"))


@cache
def between(base: Flow = FLOW) -> Session:
    """Return a session in which one reveal took place, and what the next shows is not answered yet."""
    session = answered(base)
    for who in ("ben", "cem"):
        for prompt, step in (("day", "day"), ("told", "told"), ("", "said")):
            if prompt and step in [one.step for one in session.view(who).tasks if one.kind == "answer"]:
                session = do(session, who, "answer", prompt, DULL.get(prompt, "Something."))
            session = do(session, who, "submit", step)
    assert session.phase_of("blurred") == "revealed"
    return session


@cache
def shown(base: Flow = FLOW) -> Session:
    """Return a session in which the first part is shown."""
    session = walk(answered(base), until="noted")
    assert session.phase_of("seen") == "revealed"
    return session


@cache
def passed(base: Flow = FLOW) -> Session:
    """Return a session in which everybody passed on the first part, and it is shown."""
    session = fresh(base)
    for who in ("ana", "ben", "cem"):
        for prompt in (*FIRST, "secret", "likes", "rhythm", "rules", "day", "told"):
            session = send(session, Pass(by=who, id=f"{prompt}-{who}", at=NOW, prompt=prompt))
        for step in ("first", "said", "told", "secret", "day"):
            session = send(session, Submit(by=who, id=f"{step}-{who}-ready", at=NOW, step=step))
    assert session.phase_of("seen") == "revealed"
    return session


@cache
def repeating(base: Flow = FLOW) -> Session:
    """Return a session in which something is asked for each member."""
    return walk(shown(base), until="owns")


@cache
def tabled(base: Flow = FLOW) -> Session:
    """Return a session in which the table lies open."""
    session = walk(shown(base), until="settle")
    assert session.phase_of("settle") == "open"
    return session


@cache
def settled(base: Flow = FLOW) -> Session:
    """Return a session in which the table is settled."""
    return walk(tabled(base), until="hopes")


@cache
def signing(base: Flow = FLOW) -> Session:
    """Return a session in which the members ratify."""
    return walk(settled(base), until="sign")


# How a plan changes --------------------------------------------------------------------------------------------------


def rebuilt(steps: tuple[Step, ...], change: Any) -> Iterator[Step]:
    """Yield *steps*, where *change* gives what stands in the place of each."""
    for step in steps:
        holds = isinstance(step, GroupStep | RepeatStep)
        yield from change(evolve(step, steps=tuple(rebuilt(step.steps, change))) if holds else step)


def flow(plan: Plan, change: Any) -> Plan:
    """Return *plan* with its steps changed, and with the prompts that they ask."""
    made = make_plan(evolve(plan.flow, steps=tuple(rebuilt(plan.flow.steps, change))), BANK)
    return evolve(
        made, prompts={**made.prompts, **{name: one for name, one in plan.prompts.items() if name in made.prompts}}
    )


def step(name: str, **fields: Any) -> Any:
    """Return the change of one step's fields."""
    return lambda plan: flow(plan, lambda one: [evolve(one, **fields) if one.id == name else one])


def instead(name: str, *steps: Step) -> Any:
    """Return the change that puts *steps* in the place of one; none, and it is gone."""
    return lambda plan: flow(plan, lambda one: steps if one.id == name else [one])


def before(name: str, *steps: Step) -> Any:
    """Return the change that puts *steps* in front of one."""
    return lambda plan: flow(plan, lambda one: [*steps, one] if one.id == name else [one])


def moved(name: str, to: str) -> Any:
    """Return the change that takes a step to the front of another."""

    def change(plan: Plan) -> Plan:
        found: list[Step] = []
        flow(plan, lambda one: found.append(one) or [one] if one.id == name else [one])
        return before(to, *found)(instead(name)(plan))

    return change


def prompt(name: str, **fields: Any) -> Any:
    """Return the change of one prompt's fields."""
    return lambda plan: evolve(plan, prompts={**plan.prompts, name: evolve(plan.prompts[name], **fields)})


def whole(**fields: Any) -> Any:
    """Return the change of the flow's own fields."""
    return lambda plan: evolve(plan, flow=evolve(plan.flow, **fields))


def both(first: Any, second: Any) -> Any:
    """Return one change after another."""
    return lambda plan: second(first(plan))


def changed(base: Flow, change: Any) -> Flow:
    """Return a flow that starts otherwise."""
    return change(make_plan(base, BANK)).flow


# A blind ask that nothing shows, and two reveals without names.
UNSEEN = changed(FLOW, step("seen", of=["first"]))
NAMELESS = changed(FLOW, both(step("blurred", attribution="anonymous"), step("never", attribution="anonymous")))

K, OPEN, DONE = ChangeKind, Place.OPEN, Place.DONE
SAFE, AGAIN, NO = Verdict.SAFE, Verdict.ASK_AGAIN, Verdict.REFUSE
CHOICES, TONES = BANK.prompts["tone"].answer, BANK.prompts["tone"].answer.options
MORE = [FollowUp(id="works", text="What works?"), FollowUp(id="else", text="What else?")]
# What changes nothing that anybody may know or must do, in the first part, and on the table.
HARMLESS = {
    K.RESTATED: step("first", extra={"x-a": 1}),
    K.TAGS: prompt("why", tags=["aim"]),
    K.FOLLOW_UPS_REORDERED: prompt("likes", follow_ups=TWO[::-1]),
    K.STEP_RETITLED: step("first", title="First"),
    K.PROMPT_REWORDED: prompt("why", text="Why so?"),
    K.PROMPTS_REORDERED: step("first", prompts=FIRST[::-1]),
    K.OF_REORDERED: step("seen", of=["secret", "first"]),
    K.MADE_OPTIONAL: step("first", optional=True),
    K.ONCE: step("seen", once=Quorum(quorum=2)),
    K.MISSING: step("seen", missing="pass"),
    K.LATE: step("seen", late="mark"),
    K.OPTION_ADDED: prompt("tone", answer=evolve(CHOICES, options={**TONES, "loud": "Loud"})),
    K.BOUNDS_WIDENED: prompt("hours", answer=NumberAnswer(least=0, most=50)),
    K.EVIDENCE_DROPPED: prompt("give", answer=ClausesAnswer()),
    K.VISIBILITY_CLOSED: prompt("why", visibility="private"),
    K.NOTE_ADDED: prompt("meet", answer=evolve(BANK.prompts["meet"].answer, note=True)),
}
OF_THE_FLOW = {
    K.FLOW_RENAMED: whole(id="other"),
    K.FLOW_RETITLED: whole(title="Other"),
    K.FLOW_LANGUAGE: whole(language="en"),
    K.FLOW_KINDS: whole(kinds=["team"]),
    K.FLOW_BANK: whole(bank="other"),
    K.LANGUAGES: lambda plan: evolve(plan, languages={"ana": "pt"}),
}
FIT = {
    K.OPTION_REMOVED: (
        prompt("tone", answer=evolve(CHOICES, options={"direct": "Direct"})),
        prompt("tone", answer=evolve(CHOICES, options={"warm": "Warm"})),
    ),
    K.BOUNDS_NARROWED: (
        prompt("hours", answer=NumberAnswer(least=0, most=30)),
        prompt("hours", answer=NumberAnswer(least=3, most=40)),
    ),
    K.NOTE_REMOVED: (
        both(prompt("meet", answer=evolve(BANK.prompts["meet"].answer, note=False)), lambda plan: plan),
        prompt("tone", answer=evolve(CHOICES, note=False)),
    ),
}
ROWS: list[tuple[ChangeKind, Place, Verdict, Any, Any]] = [
    *((kind, OPEN, SAFE, answered, change) for kind, change in {**HARMLESS, **OF_THE_FLOW}.items()),
    *((kind, DONE, SAFE, shown, change) for kind, change in HARMLESS.items()),
    (K.STEP_REWORDED, OPEN, SAFE, answered, step("hear", text="Listen.")),
    (K.STEP_REWORDED, DONE, SAFE, shown, step("hear", text="Listen.")),
    (K.ELEMENTS_REORDERED, OPEN, SAFE, tabled, step("settle", elements=["intention", "commitments"])),
    (K.ELEMENTS_REORDERED, DONE, SAFE, settled, step("settle", elements=["intention", "commitments"])),
    (K.ROUNDS_RAISED, OPEN, SAFE, tabled, step("settle", rounds=4)),
    (K.ROUNDS_RAISED, DONE, SAFE, settled, step("settle", rounds=4)),
    (K.MOST_RAISED, OPEN, SAFE, repeating, step("each", most=60)),
    (K.MOST_RAISED, DONE, SAFE, settled, step("each", most=60)),
    (K.MOST_LOWERED, OPEN, SAFE, repeating, step("each", most=1)),
    (K.MOST_LOWERED, DONE, SAFE, settled, step("each", most=1)),
    # Steps
    (K.STEP_ADDED, OPEN, SAFE, answered, before("secret", AskStep(id="extra"))),
    (K.STEP_ADDED, OPEN, SAFE, answered, before("secret", SayStep(id="new", text="New."))),
    (K.STEP_ADDED, DONE, SAFE, shown, before("seen", SayStep(id="new", text="New."))),
    (K.STEP_ADDED, DONE, NO, shown, before("said", AskStep(id="extra"))),
    (K.STEP_ADDED, DONE, NO, tabled, before("settle", AskStep(id="extra"))),
    (K.STEP_ADDED, DONE, NO, tabled, before("settle", RevealStep(id="new", of=["first"]))),
    (K.STEP_REMOVED, OPEN, SAFE, answered, instead("said")),
    (K.STEP_REMOVED, OPEN, SAFE, answered, instead("hear")),
    (K.STEP_REMOVED, OPEN, SAFE, answered, instead("seen")),
    (K.STEP_REMOVED, OPEN, NO, tabled, instead("settle")),
    (K.STEP_REMOVED, OPEN, NO, signing, instead("sign")),
    (K.STEP_REMOVED, DONE, SAFE, shown, instead("hear")),
    (K.STEP_REMOVED, DONE, SAFE, settled, instead("never")),
    (K.STEP_REMOVED, DONE, NO, shown, instead("seen")),
    (K.STEP_REMOVED, DONE, NO, settled, instead("settle")),
    (K.STEP_MOVED, OPEN, SAFE, answered, moved("said", "first")),
    (K.STEP_MOVED, OPEN, SAFE, answered, moved("said", "sign")),
    (K.STEP_MOVED, OPEN, NO, tabled, moved("settle", "sign")),
    (K.STEP_MOVED, DONE, SAFE, shown, moved("hear", "sure")),
    (K.STEP_MOVED, DONE, NO, shown, moved("hopes", "sure")),
    (K.STEP_MOVED, DONE, NO, answered, moved("said", "sure")),
    (K.STEP_MOVED, DONE, NO, shown, moved("seen", "sign")),
    (K.STEP_MOVED, DONE, NO, shown, moved("said", "owns")),
    (K.STEP_RETYPED, OPEN, SAFE, answered, instead("hear", AskStep(id="hear", prompts=["extra"]))),
    (K.STEP_RETYPED, OPEN, NO, tabled, instead("settle", RatifyStep(id="settle"))),
    (K.STEP_RETYPED, DONE, NO, shown, instead("hear", AskStep(id="hear", prompts=["extra"]))),
    (K.STEP_RECONDITIONED, OPEN, SAFE, answered, step("first", when=Some(prompt="sure"))),
    (K.STEP_RECONDITIONED, OPEN, NO, tabled, step("settle", when=Some(prompt="worries"))),
    (K.STEP_RECONDITIONED, DONE, SAFE, shown, step("first", when=Some(prompt="sure"))),
    (K.STEP_RECONDITIONED, DONE, NO, shown, step("part", when=Some(prompt="sure", eq=False))),
    (K.STEP_RECONDITIONED, DONE, NO, settled, step("never", when=Some(prompt="sure"))),
    # What is asked
    (K.PROMPT_ADDED, OPEN, SAFE, fresh, step("first", prompts=[*FIRST, "extra"])),
    (K.PROMPT_ADDED, OPEN, AGAIN, answered, step("first", prompts=[*FIRST, "extra"])),
    (K.PROMPT_ADDED, DONE, NO, shown, step("first", prompts=[*FIRST, "extra"])),
    (K.PROMPT_REMOVED, OPEN, SAFE, answered, step("first", prompts=FIRST[1:])),
    (K.PROMPT_REMOVED, DONE, SAFE, shown, step("first", prompts=[one for one in FIRST if one != "worries"])),
    (K.PROMPT_REMOVED, DONE, NO, shown, step("first", prompts=FIRST[1:])),
    (
        K.PROMPT_MOVED,
        OPEN,
        SAFE,
        fresh,
        both(step("first", prompts=FIRST[1:]), step("secret", prompts=["secret", "why"])),
    ),
    (
        K.PROMPT_MOVED,
        OPEN,
        AGAIN,
        answered,
        both(step("first", prompts=FIRST[1:]), step("said", prompts=["likes", "rhythm", "rules", "why"])),
    ),
    (K.PROMPT_MOVED, DONE, NO, shown, both(step("first", prompts=FIRST[1:]), step("hopes", prompts=["hopes", "why"]))),
    (K.MODE_OPENED, OPEN, SAFE, fresh, both(step("secret", mode="open"), step("seen", of=["first"]))),
    (K.MODE_OPENED, OPEN, AGAIN, answered, both(step("secret", mode="open"), step("seen", of=["first"]))),
    (K.MODE_OPENED, DONE, NO, partial(shown, UNSEEN), step("secret", mode="open")),
    (K.MODE_OPENED, DONE, SAFE, shown, step("first", mode="open")),
    (K.MODE_BLINDED, OPEN, SAFE, fresh, step("told", mode="blind")),
    (K.MODE_BLINDED, OPEN, NO, answered, step("told", mode="blind")),
    (K.MODE_BLINDED, DONE, SAFE, passed, step("told", mode="blind")),
    (K.MODE_BLINDED, DONE, NO, shown, step("told", mode="blind")),
    (K.WHO, OPEN, SAFE, answered, step("first", who="lead")),
    (K.WHO, DONE, SAFE, shown, step("first", who="staff")),
    (K.WHO, DONE, NO, shown, step("first", who="lead")),
    (K.MADE_REQUIRED, OPEN, SAFE, fresh, step("said", optional=False)),
    (K.MADE_REQUIRED, OPEN, AGAIN, answered, step("said", optional=False)),
    (K.MADE_REQUIRED, DONE, SAFE, shown, step("said", optional=False)),
    # What is shown
    (K.OF_REMOVED, OPEN, SAFE, answered, step("seen", of=["first"])),
    (K.OF_REMOVED, OPEN, NO, between, step("seen", of=["secret"])),
    (K.OF_REMOVED, DONE, NO, shown, step("seen", of=["first"])),
    (K.OF_REMOVED, DONE, SAFE, settled, step("never", of=["said"])),
    (K.OF_ADDED, OPEN, SAFE, partial(fresh, UNSEEN), step("seen", of=["first", "secret"])),
    (K.OF_ADDED, OPEN, AGAIN, partial(answered, UNSEEN), step("seen", of=["first", "secret"])),
    (K.OF_ADDED, DONE, NO, shown, step("never", of=["noted", "said"])),
    (K.ATTRIBUTION_WIDENED, OPEN, SAFE, partial(fresh, NAMELESS), step("blurred", attribution="named")),
    (K.ATTRIBUTION_WIDENED, OPEN, AGAIN, partial(answered, NAMELESS), step("blurred", attribution="named")),
    (K.ATTRIBUTION_WIDENED, DONE, NO, partial(shown, NAMELESS), step("blurred", attribution="named")),
    (K.ATTRIBUTION_WIDENED, DONE, SAFE, partial(settled, NAMELESS), step("never", attribution="named")),
    (K.ATTRIBUTION_NARROWED, OPEN, SAFE, answered, step("blurred", attribution="anonymous")),
    (K.ATTRIBUTION_NARROWED, DONE, NO, shown, step("blurred", attribution="anonymous")),
    (K.ATTRIBUTION_NARROWED, DONE, SAFE, settled, step("never", attribution="anonymous")),
    # What is agreed
    *(
        (kind, place, verdict, at, step("settle", **fields))
        for kind, fields, done in (
            (K.ELEMENT_ADDED, {"elements": ["commitments", "intention", "atmosphere"]}, NO),
            (K.ELEMENT_REMOVED, {"elements": ["commitments"]}, NO),
            (K.RULE, {"rule": "unanimous"}, SAFE),
            (K.DECIDED_BY, {"decided_by": "lead"}, SAFE),
            (K.ROUNDS_LOWERED, {"rounds": 1}, SAFE),
        )
        for place, verdict, at in ((OPEN, NO, tabled), (DONE, done, settled))
    ),
    (K.OVER, OPEN, NO, repeating, step("each", over="open-commitments")),
    (K.OVER, DONE, NO, settled, step("each", over="open-commitments")),
    # What an answer looks like
    (K.OPTION_REMOVED, OPEN, SAFE, fresh, FIT[K.OPTION_REMOVED][0]),
    (K.OPTION_REMOVED, OPEN, AGAIN, answered, FIT[K.OPTION_REMOVED][1]),
    (K.OPTION_REMOVED, DONE, SAFE, shown, FIT[K.OPTION_REMOVED][0]),
    (K.OPTION_REMOVED, DONE, NO, shown, FIT[K.OPTION_REMOVED][1]),
    (K.BOUNDS_NARROWED, OPEN, SAFE, fresh, FIT[K.BOUNDS_NARROWED][0]),
    (K.BOUNDS_NARROWED, OPEN, AGAIN, answered, FIT[K.BOUNDS_NARROWED][1]),
    (K.BOUNDS_NARROWED, DONE, SAFE, shown, FIT[K.BOUNDS_NARROWED][0]),
    (K.BOUNDS_NARROWED, DONE, NO, shown, FIT[K.BOUNDS_NARROWED][1]),
    (K.NOTE_REMOVED, OPEN, SAFE, fresh, FIT[K.NOTE_REMOVED][1]),
    (K.NOTE_REMOVED, OPEN, AGAIN, answered, FIT[K.NOTE_REMOVED][1]),
    (K.NOTE_REMOVED, DONE, SAFE, passed, FIT[K.NOTE_REMOVED][1]),
    (K.NOTE_REMOVED, DONE, NO, shown, FIT[K.NOTE_REMOVED][1]),
    (K.EVIDENCE_REQUIRED, OPEN, SAFE, fresh, prompt("worries", answer=ClausesAnswer(evidence=True))),
    (K.EVIDENCE_REQUIRED, OPEN, AGAIN, answered, prompt("worries", answer=ClausesAnswer(evidence=True))),
    (K.EVIDENCE_REQUIRED, DONE, SAFE, shown, prompt("worries", answer=ClausesAnswer(evidence=True))),
    (K.EVIDENCE_REQUIRED, DONE, NO, shown, prompt("rules", answer=ClausesAnswer(evidence=True))),
    (K.ANSWER_KIND, OPEN, SAFE, fresh, prompt("score", answer=NumberAnswer())),
    (K.ANSWER_KIND, OPEN, AGAIN, answered, prompt("score", answer=TextAnswer())),
    (K.ANSWER_KIND, DONE, SAFE, passed, prompt("score", answer=TextAnswer())),
    (K.ANSWER_KIND, DONE, NO, shown, prompt("score", answer=NumberAnswer())),
    (K.INFORMS_ADDED, OPEN, SAFE, fresh, prompt("why", informs=["members.why", "members.stuck_signal"])),
    (K.INFORMS_ADDED, OPEN, AGAIN, answered, prompt("why", informs=["members.why", "members.stuck_signal"])),
    (K.INFORMS_ADDED, DONE, SAFE, passed, prompt("why", informs=["members.why", "members.stuck_signal"])),
    (K.INFORMS_ADDED, DONE, NO, shown, prompt("why", informs=["members.why", "members.stuck_signal"])),
    *(
        (K.INFORMS_REORDERED, place, verdict, at, prompt("rhythm", informs=BANK.prompts["rhythm"].informs[::-1]))
        for place, verdict, at in (
            (OPEN, SAFE, fresh),
            (OPEN, AGAIN, answered),
            (DONE, SAFE, passed),
            (DONE, NO, shown),
        )
    ),
    (K.INFORMS_REMOVED, OPEN, SAFE, fresh, prompt("why", informs=[])),
    (K.INFORMS_REMOVED, OPEN, AGAIN, answered, prompt("why", informs=[])),
    (K.INFORMS_REMOVED, DONE, SAFE, passed, prompt("why", informs=[])),
    (K.INFORMS_REMOVED, DONE, NO, shown, prompt("why", informs=[])),
    *(
        (kind, place, verdict, at, prompt("score", answer=answer))
        for kind, answer in (
            (K.POINTS_RAISED, ScaleAnswer(points=7)),
            (K.POINTS_LOWERED, ScaleAnswer(points=4)),
            (K.MEANING, ScaleAnswer(points=5, polarity="negative")),
        )
        for place, verdict, at in (
            (OPEN, SAFE, fresh),
            (OPEN, AGAIN, answered),
            (DONE, SAFE, passed),
            (DONE, NO, shown),
        )
    ),
    (K.SCOPE, OPEN, SAFE, fresh, prompt("likes", scope="shared")),
    (K.SCOPE, OPEN, AGAIN, answered, prompt("likes", scope="shared")),
    (K.SCOPE, DONE, NO, shown, prompt("likes", scope="shared")),
    (K.VISIBILITY_OPENED, OPEN, SAFE, fresh, prompt("worries", visibility="members")),
    (K.VISIBILITY_OPENED, OPEN, AGAIN, answered, prompt("worries", visibility="members")),
    (K.VISIBILITY_OPENED, DONE, NO, shown, prompt("worries", visibility="members")),
    (K.FOLLOW_UP_ADDED, OPEN, SAFE, answered, prompt("tone", follow_ups=MORE)),
    (K.FOLLOW_UP_ADDED, DONE, NO, shown, prompt("tone", follow_ups=MORE)),
    (K.FOLLOW_UP_REMOVED, OPEN, SAFE, answered, prompt("tone", follow_ups=[])),
    (K.FOLLOW_UP_REMOVED, DONE, SAFE, shown, prompt("tone", follow_ups=[])),
    (K.FOLLOW_UP_REMOVED, DONE, NO, shown, prompt("likes", follow_ups=TWO[1:])),
]


def built(at: Any) -> Session:
    """Return the session of a row."""
    return at()


def about(session: Session, plan: Plan, kind: ChangeKind) -> list[Any]:
    """Return what the changes of a kind mean for a session."""
    found = session.migration(plan)
    assert not found.findings, found.findings
    return [one for one in found.judgements if one.change.kind is kind]


NAMES = [f"{row[0]} {row[1]} {row[2]} {number}" for number, row in enumerate(ROWS)]


@pytest.mark.parametrize(("kind", "place", "verdict", "at", "change"), ROWS, ids=NAMES)
def test_a_row_of_the_table(kind, place, verdict, at, change):
    """The change stands in that place of that session, and means what the table says it may."""
    session = built(at)
    found = about(session, change(session.running), kind)
    assert (place, verdict) in [(one.place, one.verdict) for one in found], found
    ruling = VERDICTS[kind, place]
    assert {(one.verdict, one.reason) for one in found} <= {
        (ruling.verdict, ruling.reason),
        (ruling.otherwise, ruling.because),
    }


def base_of(at: Any) -> Flow:
    """Return the flow that a session of a row runs."""
    return at.args[0] if isinstance(at, partial) else FLOW


AHEAD = {kind: (at, change) for kind, place, _, at, change in ROWS if (kind, Place.AHEAD) in VERDICTS}


@pytest.mark.parametrize("kind", AHEAD, ids=str)
def test_what_is_ahead_may_change(kind):
    """To a session that has not come to it, any change is safe."""
    at, change = next(row[3:] for row in ROWS if row[0] is kind)
    session = ahead(base_of(at))
    found = about(session, change(session.running), kind)
    assert {(one.place, one.verdict) for one in found} == {(Place.AHEAD, Verdict.SAFE)}, found


def test_every_row_is_tested():
    """No verdict stands in the table that nothing leads to, and no kind of change is missing from it."""
    entered = {(kind, place, verdict) for kind, place, verdict, *_ in ROWS}
    written = {
        (*key, verdict)
        for key, ruling in VERDICTS.items()
        if key[1] is not Place.AHEAD
        for verdict in (ruling.verdict, ruling.otherwise)
        if verdict is not None
    }
    assert entered == written
    assert {kind for kind, _ in VERDICTS} == set(ChangeKind)


def finished(session: Session) -> Session:
    """Return *session* after everybody passed on, and agreed to, what is left."""
    while tasks := [one for who in session.present for one in session.view(who).tasks[:1]]:
        one = tasks[0]
        session = send(session, one.pass_(at=NOW) if one.kind == "answer" else word(one))
    return session


LASTING = {(row[0], row[1], row[2]): number for number, row in enumerate(ROWS)}


@pytest.mark.parametrize("number", LASTING.values(), ids=[" ".join(key) for key in LASTING])
def test_the_dry_run_is_what_migrate_does(number):
    """What is refused leaves the same session; what is not asks again what was announced, and is no news twice."""
    kind, _, _, at, change = ROWS[number]
    session = built(at)
    plan = change(session.running)
    about(session, plan, kind)
    found = session.migration(plan)
    request = Migrate(by="ana", id="migrate", at=NOW, plan=plan)
    after, facts = session.send(request)
    if found.verdict is Verdict.REFUSE:
        assert after is session
        assert [type(fact) for fact in facts] == [Refused]
        return
    assert after.running == plan
    assert session.migration(plan) == found
    for one in found.again:
        asked = [task for task in after.view(one.member).tasks if task.step == one.step]
        assert [task for task in asked if one.prompt is None or task.about == one.prompt.partition(".")[0]], one
    assert after.send(request) == (after, ())
    if found.verdict is Verdict.ASK_AGAIN or kind.startswith("step-"):
        assert finished(after).is_done
