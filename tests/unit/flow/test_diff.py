"""Two versions of a plan: each kind of change, where it stands, and what it is the opposite of."""

import pytest
from attrs import evolve, fields

from alliancekit.flow import (
    AgreeStep,
    AskStep,
    ChangeKind,
    Flow,
    GroupStep,
    Plan,
    Quorum,
    RatifyStep,
    RepeatStep,
    RevealStep,
    SayStep,
    Some,
    diff,
)
from alliancekit.flow._versions._compared import FIELDS
from alliancekit.flow._versions._diff import kept_in_order
from alliancekit.model import (
    ChoiceAnswer,
    ClausesAnswer,
    FollowUp,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    TextAnswer,
)

PAIRS = (
    ("step-added", "step-removed"),
    ("prompt-added", "prompt-removed"),
    ("mode-opened", "mode-blinded"),
    ("made-optional", "made-required"),
    ("of-added", "of-removed"),
    ("attribution-widened", "attribution-narrowed"),
    ("element-added", "element-removed"),
    ("rounds-raised", "rounds-lowered"),
    ("most-raised", "most-lowered"),
    ("option-added", "option-removed"),
    ("bounds-widened", "bounds-narrowed"),
    ("points-raised", "points-lowered"),
    ("note-added", "note-removed"),
    ("evidence-required", "evidence-dropped"),
    ("visibility-opened", "visibility-closed"),
    ("informs-added", "informs-removed"),
    ("follow-up-added", "follow-up-removed"),
)
OPPOSITE = {**dict(PAIRS), **{second: first for first, second in PAIRS}}
"""What a kind is the other way round, where it is not the same."""

SAY = SayStep(id="hear", text="Hear.")
WHY, HOPES = AskStep(id="why"), AskStep(id="hopes")
BOTH = AskStep(id="both", prompts=["why", "hopes"])
SEEN = RevealStep(id="seen", of=["why"])
SETTLE = AgreeStep(id="settle", elements=["values"])
GROUP = GroupStep(id="part", steps=[SAY])
REPEAT = RepeatStep(id="each", over="members", steps=[SAY])
TEXT = Prompt(id="why", text="Why?")
CHOICE = ChoiceAnswer(options={"a": "A", "b": "B"})
SCALE = ScaleAnswer(points=5)
NUMBER = NumberAnswer(least=0, most=9)


def plan(*steps, prompts=(), **more):
    return Plan(flow=Flow(id="small", title="Small", bank="small", steps=steps or [SAY], **more), prompts=prompts)


def asked(**more):
    return plan(AskStep(id="why"), prompts=[evolve(TEXT, **more)])


FOLLOWED = [FollowUp(id="when", text="When?"), FollowUp(id="where", text="Where?")]
ROWS = [
    (plan(SAY), evolve(plan(SAY), flow=evolve(plan(SAY).flow, id="other")), "flow-renamed", "/flow/id"),
    (plan(SAY), evolve(plan(SAY), flow=evolve(plan(SAY).flow, title="Other")), "flow-retitled", "/flow/title"),
    (plan(SAY), plan(SAY, language="en"), "flow-language", "/flow/language"),
    (plan(SAY), plan(SAY, kinds=["team"]), "flow-kinds", "/flow/kinds"),
    (plan(SAY), evolve(plan(SAY), flow=evolve(plan(SAY).flow, bank="other")), "flow-bank", "/flow/bank"),
    (plan(SAY), evolve(plan(SAY), languages={"ana": "pt"}), "languages", "/languages/ana"),
    (plan(SAY), evolve(plan(SAY), extra={"x-a": 1}), "restated", "/extra"),
    (plan(WHY), plan(evolve(WHY, prompts=["why"])), "restated", "/flow/steps/0"),
    (plan(SAY), plan(SAY, SETTLE), "step-added", "/flow/steps/1"),
    (plan(SAY, SETTLE), plan(SETTLE), "step-removed", "/flow/steps/0"),
    (plan(SAY, SETTLE), plan(SETTLE, SAY), "step-moved", "/flow/steps/0"),
    (plan(GROUP, SETTLE), plan(evolve(GROUP, steps=[SAY, SETTLE])), "step-moved", "/flow/steps/0/steps/1"),
    (plan(SAY, SETTLE), plan(SAY, RatifyStep(id="settle")), "step-retyped", "/flow/steps/1"),
    (plan(SAY), plan(evolve(SAY, title="Hear")), "step-retitled", "/flow/steps/0/title"),
    (plan(SAY), plan(evolve(SAY, text="Listen.")), "step-reworded", "/flow/steps/0/text"),
    (plan(SAY), plan(evolve(SAY, when=Some(prompt="why"))), "step-reconditioned", "/flow/steps/0/when"),
    (plan(evolve(BOTH, prompts=["why"])), plan(BOTH), "prompt-added", "/flow/steps/0/prompts/1"),
    (plan(BOTH), plan(evolve(BOTH, prompts=["why"])), "prompt-removed", "/prompts/hopes"),
    (plan(SAY), plan(SAY, prompts=[TEXT]), "prompt-added", "/prompts/why"),
    (plan(SAY, prompts=[TEXT]), plan(SAY), "prompt-removed", "/prompts/why"),
    (plan(WHY), plan(WHY, prompts=[TEXT]), "prompt-added", "/flow/steps/0"),
    (plan(BOTH), plan(evolve(BOTH, prompts=["hopes", "why"])), "prompts-reordered", "/flow/steps/0/prompts"),
    (plan(WHY), plan(evolve(WHY, mode="blind")), "mode-blinded", "/flow/steps/0/mode"),
    (plan(evolve(WHY, mode="blind")), plan(WHY), "mode-opened", "/flow/steps/0/mode"),
    (plan(WHY), plan(evolve(WHY, who="lead")), "who", "/flow/steps/0/who"),
    (plan(WHY), plan(evolve(WHY, optional=True)), "made-optional", "/flow/steps/0/optional"),
    (plan(evolve(WHY, optional=True)), plan(WHY), "made-required", "/flow/steps/0/optional"),
    (plan(SEEN), plan(evolve(SEEN, of=["why", "hopes"])), "of-added", "/flow/steps/0/of/1"),
    (plan(evolve(SEEN, of=["why", "hopes"])), plan(SEEN), "of-removed", "/flow/steps/0/of/1"),
    (plan(evolve(SEEN, of=["a", "b"])), plan(evolve(SEEN, of=["b", "a"])), "of-reordered", "/flow/steps/0/of"),
    (plan(SEEN), plan(evolve(SEEN, once=Quorum(quorum=2))), "once", "/flow/steps/0/once"),
    (plan(SEEN), plan(evolve(SEEN, missing="pass")), "missing", "/flow/steps/0/missing"),
    (plan(SEEN), plan(evolve(SEEN, late="mark")), "late", "/flow/steps/0/late"),
    (plan(SEEN), plan(evolve(SEEN, attribution="anonymous")), "attribution-narrowed", "/flow/steps/0/attribution"),
    (plan(evolve(SEEN, attribution="aggregate")), plan(SEEN), "attribution-widened", "/flow/steps/0/attribution"),
    (plan(SETTLE), plan(evolve(SETTLE, elements=["values", "success"])), "element-added", "/flow/steps/0/elements/1"),
    (plan(evolve(SETTLE, elements=["values", "success"])), plan(SETTLE), "element-removed", "/flow/steps/0/elements/1"),
    (
        plan(evolve(SETTLE, elements=["values", "success"])),
        plan(evolve(SETTLE, elements=["success", "values"])),
        "elements-reordered",
        "/flow/steps/0/elements",
    ),
    (plan(SETTLE), plan(evolve(SETTLE, rule="unanimous")), "rule", "/flow/steps/0/rule"),
    (plan(SETTLE), plan(evolve(SETTLE, rounds=4)), "rounds-raised", "/flow/steps/0/rounds"),
    (plan(SETTLE), plan(evolve(SETTLE, rounds=2)), "rounds-lowered", "/flow/steps/0/rounds"),
    (plan(SETTLE), plan(evolve(SETTLE, decided_by="lead")), "decided-by", "/flow/steps/0/decided_by"),
    (plan(REPEAT), plan(evolve(REPEAT, over="open-commitments")), "over", "/flow/steps/0/over"),
    (plan(REPEAT), plan(evolve(REPEAT, most=60)), "most-raised", "/flow/steps/0/most"),
    (plan(REPEAT), plan(evolve(REPEAT, most=40)), "most-lowered", "/flow/steps/0/most"),
    (asked(), asked(text="Why so?"), "prompt-reworded", "/prompts/why/text"),
    (asked(), asked(why="Because."), "prompt-reworded", "/prompts/why/why"),
    (asked(answer=CHOICE), asked(answer=evolve(CHOICE, options={"a": "A", "b": "Bee"})), "prompt-reworded", None),
    (asked(answer=SCALE), asked(answer=evolve(SCALE, low="Not")), "prompt-reworded", "/prompts/why/answer/low"),
    (asked(answer=SCALE), asked(answer=evolve(SCALE, high="Much")), "prompt-reworded", "/prompts/why/answer/high"),
    (
        asked(follow_ups=FOLLOWED),
        asked(follow_ups=[FOLLOWED[0], FollowUp(id="where", text="Where to?")]),
        "prompt-reworded",
        "/prompts/why/follow_ups/1/text",
    ),
    (asked(), asked(answer=CHOICE), "answer-kind", "/prompts/why/answer"),
    (
        asked(answer=CHOICE),
        asked(answer=evolve(CHOICE, options={"a": "A", "b": "B", "c": "C"})),
        "option-added",
        "/prompts/why/answer/options/c",
    ),
    (asked(answer=CHOICE), asked(answer=evolve(CHOICE, options={"a": "A"})), "option-removed", None),
    (asked(answer=NUMBER), asked(answer=evolve(NUMBER, least=-1)), "bounds-widened", "/prompts/why/answer/least"),
    (asked(answer=NUMBER), asked(answer=evolve(NUMBER, least=None)), "bounds-widened", "/prompts/why/answer/least"),
    (asked(answer=NUMBER), asked(answer=evolve(NUMBER, most=8)), "bounds-narrowed", "/prompts/why/answer/most"),
    (asked(answer=NumberAnswer()), asked(answer=evolve(NumberAnswer(), most=8)), "bounds-narrowed", None),
    (asked(answer=SCALE), asked(answer=evolve(SCALE, points=7)), "points-raised", "/prompts/why/answer/points"),
    (asked(answer=SCALE), asked(answer=evolve(SCALE, points=4)), "points-lowered", "/prompts/why/answer/points"),
    (asked(answer=SCALE), asked(answer=evolve(SCALE, polarity="negative")), "meaning", "/prompts/why/answer/polarity"),
    (asked(answer=NUMBER), asked(answer=evolve(NUMBER, unit="days")), "meaning", "/prompts/why/answer/unit"),
    (asked(answer=CHOICE), asked(answer=evolve(CHOICE, note=True)), "note-added", "/prompts/why/answer/note"),
    (asked(answer=evolve(CHOICE, note=True)), asked(answer=CHOICE), "note-removed", "/prompts/why/answer/note"),
    (asked(answer=ClausesAnswer()), asked(answer=ClausesAnswer(evidence=True)), "evidence-required", None),
    (asked(answer=ClausesAnswer(evidence=True)), asked(answer=ClausesAnswer()), "evidence-dropped", None),
    (asked(), asked(scope="shared"), "scope", "/prompts/why/scope"),
    (asked(), asked(visibility="private"), "visibility-closed", "/prompts/why/visibility"),
    (asked(visibility="private"), asked(), "visibility-opened", "/prompts/why/visibility"),
    (asked(), asked(informs=["values"]), "informs-added", "/prompts/why/informs/0"),
    (asked(informs=["values"]), asked(), "informs-removed", "/prompts/why/informs/0"),
    (asked(informs=["values", "success"]), asked(informs=["success", "values"]), "informs-reordered", None),
    (asked(), asked(follow_ups=FOLLOWED[:1]), "follow-up-added", "/prompts/why/follow_ups/0"),
    (asked(follow_ups=FOLLOWED), asked(follow_ups=FOLLOWED[:1]), "follow-up-removed", "/prompts/why/follow_ups/1"),
    (asked(follow_ups=FOLLOWED), asked(follow_ups=FOLLOWED[::-1]), "follow-ups-reordered", "/prompts/why/follow_ups"),
    (asked(), asked(tags=["aim"]), "tags", "/prompts/why/tags"),
    (asked(), asked(extra={"x-a": 1}), "restated", "/prompts/why/extra"),
]


@pytest.mark.parametrize(("old", "new", "kind", "pointer"), ROWS, ids=[f"{row[2]} {row[3]}" for row in ROWS])
def test_a_change_is_named_with_its_kind_and_its_place(old, new, kind, pointer):
    """One thing that differs is one change of its kind, which stands where it differs, and is its opposite backwards."""
    (change,) = diff(old, new)
    assert change.kind == kind
    assert pointer in (None, change.pointer)
    (back,) = diff(new, old)
    assert OPPOSITE.get(change.kind, change.kind) == back.kind
    assert (back.step, back.prompt) == (change.step, change.prompt)


def test_every_kind_has_a_row():
    """There is no kind of change that nothing leads to; a prompt that another step asks takes two plans of its own."""
    assert set(ChangeKind) == {row[2] for row in ROWS} | {"prompt-moved"}


def test_a_prompt_that_another_step_asks_has_moved():
    """Its answer goes with it, so it was neither added nor removed."""
    old = plan(BOTH, AskStep(id="more", prompts=["aim"]), prompts=[TEXT])
    new = plan(evolve(BOTH, prompts=["why"]), AskStep(id="more", prompts=["aim", "hopes"]), prompts=[TEXT])
    (change,) = diff(old, new)
    assert (change.kind, change.step, change.prompt) == ("prompt-moved", "more", "hopes")
    assert change.pointer == "/flow/steps/1/prompts/1"
    assert change.text == "prompt hopes: step both asked it, and step more does"


def test_what_a_step_that_was_added_asks_was_added_with_it():
    """Each prompt has a change of its own, because its answers are judged on their own."""
    changes = diff(plan(SAY), plan(SAY, BOTH))
    assert [(one.kind, one.prompt) for one in changes] == [
        ("step-added", None),
        ("prompt-added", "why"),
        ("prompt-added", "hopes"),
    ]


def test_of_two_steps_that_changed_places_one_has_moved_and_it_is_the_same_one_backwards():
    """The one that moved is the one whose name comes later, whichever plan is the old one."""
    old, new = plan(WHY, HOPES, SAY), plan(HOPES, WHY, SAY)
    assert [one.step for one in diff(old, new)] == [one.step for one in diff(new, old)] == ["why"]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [("abc", "abc", "abc"), ("abc", "cab", "ab"), ("ba", "ab", "a"), ("", "", ""), ("abcd", "dcba", "a")],
)
def test_as_few_steps_as_possible_have_moved(first, second, kept):
    """What keeps its order is the longest that does."""
    assert kept_in_order(first, second) == kept_in_order(second, first) == set(kept)


def test_every_field_is_compared():
    """No field of a flow, a step or a prompt is left out: ids match, and what holds others is walked through."""
    walked = {
        Plan: {"flow", "prompts"},
        Flow: {"steps"},
        GroupStep: {"steps"},
        RepeatStep: {"steps"},
        AskStep: {"prompts"},
    }
    for cls, compared in FIELDS.items():
        matched = set() if cls is Flow else {"id", "kind"}
        assert {one.name for one in fields(cls)} - matched - walked.get(cls, set()) == set(compared)


def test_a_change_says_what_was_and_what_is():
    """Its text is for the one who decides whether to go on with the new plan."""
    old, new = asked(answer=SCALE), asked(answer=evolve(SCALE, points=7))
    assert diff(old, new)[0].text == "prompt why: the number of points was 5 and is 7"
    assert diff(plan(SEEN), plan(evolve(SEEN, once=Quorum(quorum=2))))[0].text.endswith(
        "was 'all' and is something else"
    )
    assert diff(plan(WHY), plan(evolve(WHY, optional=True)))[0].text.endswith("was no and is yes")
    assert diff(asked(), asked(tags=["aim"]))[0].text == "prompt why: its tags was nothing and is aim"


def test_equal_plans_do_not_differ():
    """Order in a mapping means nothing, and nothing else is the same."""
    both = [TEXT, Prompt(id="hopes", text="Hopes?", answer=TextAnswer())]
    assert diff(plan(BOTH, prompts=both), plan(BOTH, prompts=both[::-1])) == ()
