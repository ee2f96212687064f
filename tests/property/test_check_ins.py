"""What a record does to an alliance is what its session did, but for what a record cannot say."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alliancekit as ak
from alliancekit import library, wire
from alliancekit.check import RULES, check_value
from alliancekit.check._across import checked_across
from alliancekit.check._judge import Job, judge
from alliancekit.consent import apply_check_in
from alliancekit.flow import AgreeStep, AskStep, RatifyStep, RepeatStep, Session, simulate
from alliancekit.living import chain
from alliancekit.model import Alliance, Amendment, Bank, CheckIn, ClausesAnswer, Prompt, Reviewed
from alliancekit.values import FrozenMap
from tests.scripts import make_flow
from tests.shared import ROOT
from tests.strategies import values

HARBOUR = ak.load(ROOT / "examples/team/harbour.alliance.yaml", Alliance)
ANA_BEN = ak.load(ROOT / "examples/one-to-one/ana-ben.alliance.yaml", Alliance)

ALL = ("atmosphere", "values", "success", "expectations", "commitments", "ground_rules", "cadence")
WIDE = Bank(
    id="wide",
    title="Everything that can be amended",
    prompts=[
        library.bank("check-in").prompts["kept"],
        Prompt(id="aim", text="What for?", scope="shared", informs=["intention"]),
        Prompt(
            id="worries",
            text="What worries you?",
            answer=ClausesAnswer(),
            informs=["concerns"],
        ),
        *(
            Prompt(
                id=f"on-{element.replace('_', '-')}",
                text="What next?",
                scope="shared",
                answer=ClausesAnswer(),
                informs=[f"{element}.other"]
                if element == "ground_rules"
                else [f"cadence.{one}" for one in ("check_ins", "channels", "review")]
                if element == "cadence"
                else [element],
            )
            for element in ALL
        ),
    ],
)
ASKED = [name for name in WIDE.prompts if name != "kept"]
TABLES: dict[str, Any] = {
    # Half of it is agreed on, and half enters without a table.
    "half": [AgreeStep(id="settle", elements=["intention", "commitments", "expectations", "cadence"])],
    "all": [AgreeStep(id="settle", elements=["intention", *ALL])],
}


def flow_of(tables: str) -> Any:
    return make_flow(
        RepeatStep(id="open", over="open-commitments", steps=[AskStep(id="kept")]),
        AskStep(id="next", prompts=ASKED),
        *TABLES[tables],
        RatifyStep(id="sign"),
    )


def told(alliance: Alliance) -> Any:
    """Return of an alliance what the record of a check-in can say, as plain data."""
    plain: Any = wire.unstructure(
        evolve(alliance, members=FrozenMap(), concerns=FrozenMap(), unresolved=FrozenMap(), ratifications=FrozenMap())
    )
    for key in ("status", "title"):
        plain.pop(key, None)
    for element in ALL:
        for clause in plain.get(element, {}).values():
            if isinstance(clause, dict):
                for key in ("source_prompts", "declined_by"):
                    clause.pop(key, None)
    cadence = plain.get("cadence", {})
    for one in (*cadence.get("check_ins", {}).values(), cadence.get("review", {})):
        for key in ("starts", "at", "timezone", "minutes", "where"):
            one.pop(key, None)
    for one in cadence.get("channels", {}).values():
        for key in ("hours", "reply_within_hours"):
            one.pop(key, None)
    return plain


def cleared(plain: Any, after: Any, record: CheckIn) -> Any:
    """Return *plain* without what a changed clause says no more, which no amendment can tell."""
    for one in record.amendments.values():
        held, now = plain.get(one.element, {}), after.get(one.element, {})
        if one.action == "change" and one.element not in ("intention", "cadence"):
            held[one.id] = {key: value for key, value in held[one.id].items() if key in now[one.id]}
    return plain


def joined(before: Alliance, session: Session) -> Alliance:
    """Return *before* with the members who came, which a record does not make."""
    return before.with_members(*session.alliance().members.values())


@pytest.mark.parametrize("tables", ["built-in", *TABLES])
@pytest.mark.parametrize("before", [ANA_BEN, HARBOUR], ids=["two", "team"])
def test_a_record_says_what_its_session_did(before: Alliance, tables: str) -> None:
    """Whatever people did at a check-in, its record applied to the alliance of before gives the alliance of after."""
    flow = library.flow("check-in") if tables == "built-in" else flow_of(tables)
    bank = library.bank("check-in") if tables == "built-in" else WIDE
    amended = 0
    for seed in range(12):
        session = simulate(flow, bank, seed=seed, alliance=before, arrivals=seed % 2, drop_out=0.1).session
        record, was = session.check_in(), joined(before, session)
        applied = apply_check_in(was, record)
        amended += len(record.amendments)
        after = told(session.alliance())
        assert cleared(told(applied.proposed), after, record) == after, seed
        wrong = [one for one in applied.findings if one.rule != "dates-out-of-order"]
        assert wrong == [], seed
        assert applied.left_over is None
    assert amended > 3


# Some rules are stricter once it is active; what is to be agreed to next is not yet.
DRAFT = ANA_BEN.with_status("draft")
CLAUSES = [one.id for _, one in ANA_BEN.clauses()]
PROMISES = [*ANA_BEN.commitments]
WHO = st.sampled_from([("ana",), ("ben",), ("everyone",), ("cleo",), ()])
AMENDMENTS = st.builds(
    lambda one, name, element, by, to: evolve(one, id=name, element=element or one.element, by=by, to=to),
    values(Amendment),
    st.sampled_from([*CLAUSES, "new", "newer", "intention"]),
    st.none() | st.sampled_from(["commitments", "cadence"]),
    WHO,
    WHO,
)
REVIEWS = st.builds(lambda one, name: evolve(one, id=name), values(Reviewed), st.sampled_from([*PROMISES, "new", "no"]))
RECORDS = st.builds(
    lambda one, amendments, reviewed: evolve(
        one,
        alliance="ana-ben",
        amendments={each.id: each for each in amendments}.values(),
        reviewed={each.id: each for each in reviewed}.values(),
    ),
    values(CheckIn),
    st.lists(AMENDMENTS, max_size=5),
    st.lists(REVIEWS, max_size=4),
)


def errors(alliance: Alliance) -> set[tuple[str, str]]:
    return {(one.rule, one.pointer) for one in check_value(alliance) if one.severity == "error"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(RECORDS)
def test_what_is_applied_is_sound_and_the_rest_is_left_over(record: CheckIn) -> None:
    """Whatever a record says: it is applied and sound, or left over with a finding that says why."""
    applied = apply_check_in(DRAFT, record)
    left = applied.left_over
    assert errors(applied.alliance) <= errors(DRAFT)
    assert {one for one in errors(applied.proposed) if one[0] != "stale-ratification"} <= errors(DRAFT)
    pointers = [one.pointer for one in applied.findings]
    for name in record.amendments:
        is_left = left is not None and name in left.amendments
        assert is_left == any(one.split("/")[1:3] == ["amendments", name] for one in pointers)
    assert applied.alliance.ratifications == applied.proposed.ratifications == DRAFT.ratifications
    assert {*applied.carried, *applied.closed} == {
        one.id for one in DRAFT.commitments.values() if one.standing == "open"
    }
    assert {*applied.carried, *applied.opened} == {
        one.id for one in applied.proposed.commitments.values() if one.standing == "open"
    }


LOOKS = st.dictionaries(
    st.sampled_from(PROMISES),
    st.sampled_from(["kept", "broken", "open"]).map(lambda one: {"standing": one}),
    max_size=3,
)
CHANGES = st.dictionaries(
    st.sampled_from(PROMISES),
    st.just({"action": "change", "element": "commitments", "text": "In other words."}),
    max_size=1,
)
SIX = st.lists(st.tuples(LOOKS, st.just({}) | CHANGES), min_size=6, max_size=6)


@settings(max_examples=15, deadline=None)
@given(SIX)
def test_rules_and_chain_tell_one_story(said: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Of six check-ins `check` says just what their chain tells: what was broken again and again, and what nobody asked."""
    records = [
        wire.structure(
            {"alliance": "ana-ben", "date": f"2026-11-{12 + day}", "reviewed": looks, "amendments": changes}, CheckIn
        )
        for day, (looks, changes) in enumerate(said)
    ]
    stories = chain(DRAFT, records).stories
    broken = {one.id for one in stories.values() if one.standing == "broken" and one.streak > 1}
    unasked = {one for one in PROMISES if not stories[one].looked and DRAFT.commitments[one].due is None}
    quiet = 0
    for one in reversed(records):
        if one.amendments:
            break
        quiet += 1
    found = rules_of(DRAFT, records)
    assert {name.rpartition("/")[2] for rule, name in found if rule == "broken-unchanged"} == broken
    assert {name.rpartition("/")[2] for rule, name in found if rule == "never-tested"} == unasked
    assert ("never-revised" in {rule for rule, _ in found}) is (quiet >= 3)
    assert {rule for rule, _ in found} - {"broken-unchanged", "never-tested", "never-revised"} == {
        "review-without-next"
    }


def rules_of(alliance: Alliance, records: list[CheckIn]) -> set[tuple[str, str]]:
    """Return what the rules about several documents find in an alliance and its records, each with its pointer."""
    texts = {"a.alliance.json": ak.dumps(alliance, format="json").encode()}
    texts |= {f"{one.date}.check-in.json": ak.dumps(one, format="json").encode() for one in records}
    files = [judge(text, path, Job()) for path, text in texts.items()]
    told = checked_across(files, Job(), texts.get, searched=texts)
    groups = {name for name, rule in RULES.items() if rule.group in ("Living", "Across files")}
    return {(one.rule, one.pointer) for file in told for one in file.findings if one.rule in groups}
