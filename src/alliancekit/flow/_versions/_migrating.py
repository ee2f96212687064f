"""Going on with another version of the plan: what it would do, and doing it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from alliancekit.errors import InvalidValueError
from alliancekit.findings import Finding
from alliancekit.flow._facts import AnyFact, Changed, Migrated
from alliancekit.flow._leaves import Leaf, split
from alliancekit.flow._people import check_people
from alliancekit.flow._plan import Flow, Plan
from alliancekit.flow._problems import problems
from alliancekit.flow._requests import Migrate
from alliancekit.flow._revising import drop_all
from alliancekit.flow._state import State
from alliancekit.flow._unfit import Outcome, Unfit
from alliancekit.flow._versions._carrying import Carried, carried
from alliancekit.flow._versions._diff import diff
from alliancekit.flow._versions._migration import Migration, Verdict
from alliancekit.flow._versions._verdicts import judged
from alliancekit.model import Bank

__all__ = ["migrate", "migration"]


def migration(state: State, plan: Plan) -> Migration:
    """Return what *plan* would do to the session that has come to *state*."""
    return _looked_at(state, plan)[0]


def _looked_at(state: State, plan: Plan) -> tuple[Migration, Carried | None]:
    if wrong := tuple(_wrong(state, plan)):
        return Migration(findings=wrong), None
    state = drop_all(state)
    changes = diff(state.route.plan, plan)
    moved = carried(state, plan, changes)
    judgements = judged(state, moved, changes)
    found = Migration(judgements=judgements)
    if found.verdict is Verdict.REFUSE:
        return found, None
    again, aside = tuple(moved.again(state)), tuple(moved.aside(state))
    return Migration(judgements=judgements, again=again, aside=aside), moved


def migrate(state: State, _: Leaf | None, request: Migrate) -> Outcome:
    facilitators = state.roles("facilitator")
    if facilitators and request.by not in facilitators:
        raise Unfit("a facilitator decides whether to go on with another version of the flow")
    found, moved = _looked_at(state, request.plan)
    if moved is None:
        raise Unfit("; ".join(found.reasons))
    fact = Migrated(to=state.present, by=request.by, flow=request.plan.flow.id)
    return moved.state, (*_told(drop_all(state), moved), fact)


def _told(before: State, moved: Carried) -> Iterator[AnyFact]:
    """Yield for each answer that does not stay that it is gone, to its author alone."""
    for question, holder in sorted(moved.dropped):
        by, (prompt, for_) = before.slots[question, holder].by, split(question)
        yield Changed(to=(by,), by=by, prompt=prompt, is_answered=False, for_=for_)


# Whether it can be run at all ----------------------------------------------------------------------------------------


def _wrong(state: State, plan: Plan) -> Iterator[Finding]:
    flow = plan.flow
    if state.is_over:
        yield _finding("this session is over, and nothing is left to go on with", "")
    bank = Bank(id=flow.bank, title=flow.bank, prompts=plan.prompts)
    if wrong := problems(flow, bank):
        yield from (evolve(one, pointer=f"/flow{one.pointer}") for one in wrong)
        return
    if flow.kinds and state.head.kind not in flow.kinds:
        yield _finding(f"the flow {flow.id} is not for a {state.head.kind}", "/flow/kinds")
    reason = _unmanned(state, flow)
    if reason and reason != _unmanned(state, state.route.plan.flow):
        yield _finding(reason, "/flow")


def _unmanned(state: State, flow: Flow) -> str:
    """Return why those who are here cannot go through *flow*, in words; empty where they can."""
    try:
        check_people(flow, state.members)
    except InvalidValueError as error:
        return error.reason
    return ""


def _finding(message: str, pointer: str) -> Finding:
    return Finding(rule="wrong-value", message=message, pointer=pointer)
