"""
What of a flow a set of sessions has been through, and what none of them has.

A case counts only where the flow makes it possible: a reveal that nobody can open by hand is not missing a hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import Final, final

from attrs import evolve, frozen

from alliancekit.errors import InvalidValueError
from alliancekit.flow._facts import AnyFact, Proposed, Ratified, Responded, Revealed, Settled
from alliancekit.flow._leaves import Leaf, leaves
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import AgreeStep, AskStep, Flow, Plan, Quorum, RatifyStep, RepeatStep, RevealStep, SayStep
from alliancekit.flow._requests import Answer, Erase, Migrate, Pass, Reveal, Stored, Submit
from alliancekit.flow._session import Session
from alliancekit.flow._walk import walk
from alliancekit.model import EVERYONE, Prompt

__all__ = ["Case", "Coverage", "coverage"]

_WORDS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("steps", "shown"): "{} was never shown",
        ("conditions", "held"): "the condition of {} never held",
        ("conditions", "not held"): "the condition of {} always held",
        ("prompts", "answered"): "{} was never answered",
        ("prompts", "passed"): "nobody passed on {}",
        ("prompts", "shared"): "nobody shared their answer to {}",
        ("prompts", "kept"): "nobody kept their answer to {} private",
        ("reveals", "by itself"): "{} never opened by itself",
        ("reveals", "by hand"): "nobody opened {} by hand",
        ("reveals", "somebody missing"): "{} never opened with somebody missing",
        ("reveals", "late"): "nobody came late to {}",
        ("agreements", "adopted"): "nothing was adopted in {}",
        ("agreements", "unresolved"): "nothing stayed unresolved in {}",
        ("agreements", "objection"): "nobody objected in {}",
        ("agreements", "stood aside"): "nobody stood aside in {}",
        ("agreements", "declined"): "nobody declined an expectation in {}",
        ("agreements", "further version"): "nobody put another version forward in {}",
        ("ratifications", "ratified"): "nobody ratified in {}",
        ("repeats", "none"): "{} was never repeated for nothing",
        ("repeats", "one"): "{} was never repeated for one",
        ("repeats", "several"): "{} was never repeated for several",
    }
)
_KINDS: Final = tuple(dict.fromkeys(kind for kind, _ in _WORDS))


@final
@frozen(order=True)
class Case:
    """
    Something that can happen in a flow.

    Attributes:
        kind: Of what: ``steps``, ``conditions``, ``prompts``, ``reveals``, ``agreements``, ``ratifications``, ``repeats``.
        about: The step or prompt.
        what: What happens.
    """

    kind: str
    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.about}: {self.what}"


@final
@frozen(kw_only=True, repr=False)
class Coverage:
    """
    What of a flow a set of sessions has been through; its `str` is a table.

    Attributes:
        flow: The flow.
        sessions: How many sessions there were.
        possible: What can happen in the flow, in its order.
        covered: What has happened.

    .. versionadded:: 0.1
    """

    flow: str
    sessions: int
    possible: tuple[Case, ...]
    covered: frozenset[Case]

    @property
    def uncovered(self) -> tuple[Case, ...]:
        """What no session did, in the order of the flow."""
        return tuple(case for case in self.possible if case not in self.covered)

    @property
    def missing(self) -> tuple[str, ...]:
        """What no session did, in words."""
        return tuple(_WORDS[case.kind, case.what].format(case.about) for case in self.uncovered)

    @property
    def percent(self) -> int:
        """How much of what is possible has happened, in whole percent, rounded down."""
        return _percent(len(self.possible) - len(self.uncovered), len(self.possible))

    def __repr__(self) -> str:
        return f"Coverage(flow={self.flow!r}, {self.sessions} sessions, {self.percent} %)"

    def __str__(self) -> str:
        return "\n".join(_table(self)) + "\n"


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 100


def _table(found: Coverage) -> Iterator[str]:
    several = "session" if found.sessions == 1 else "sessions"
    yield f"{found.flow}, by {found.sessions} {several}"
    yield f"{'':<16}{'done':>6}{'of':>6}{'%':>6}"
    missing = found.uncovered
    for kind in _KINDS:
        whole = sum(case.kind == kind for case in found.possible)
        if whole:
            part = whole - sum(case.kind == kind for case in missing)
            yield f"{kind:<16}{part:>6}{whole:>6}{_percent(part, whole):>6}"
    whole = len(found.possible)
    yield f"{'all':<16}{whole - len(missing):>6}{whole:>6}{found.percent:>6}"
    if missing:
        yield "missing:"
        yield from (f"  {line}" for line in found.missing)


def coverage(flow: Flow | Plan, sessions: Iterable[Session]) -> Coverage:
    """
    Return what *sessions* have been through of *flow*; each is gone through from its first request.

    Of a session that went on with another version of its plan, only what took place while it ran this flow counts.

    Args:
        flow: The flow, or a plan of it; with a plan, prompts that no session has are looked at too.
        sessions: Sessions of that flow, done or not.

    Raises:
        InvalidValueError: A session never ran that flow.

    .. versionadded:: 0.1
    """
    several = tuple(sessions)
    script = flow.flow if isinstance(flow, Plan) else flow
    plans = [flow] if isinstance(flow, Plan) else list[Plan]()
    covered: set[Case] = set()
    for one in several:
        ran = [plan for plan in _plans(one) if plan.flow == script]
        if not ran:
            raise InvalidValueError("Coverage", "sessions", f"{one.id!r} runs another flow, or a changed one")
        plans += ran if not isinstance(flow, Plan) else ()
        covered |= _Walk(one, script).found()
    prompts = {name: prompt for plan in plans for name, prompt in plan.prompts.items()}
    possible = tuple(dict.fromkeys(_possible(script, prompts)))
    return Coverage(flow=script.id, sessions=len(several), possible=possible, covered=frozenset(covered & {*possible}))


def _plans(session: Session) -> Iterator[Plan]:
    """Yield the plan that a session started with, and those that it went on with."""
    yield session.plan
    yield from (one.plan for one in session.requests if isinstance(one, Migrate))


# What is possible ------------------------------------------------------------------------------------------------------


def _possible(flow: Flow, prompts: Mapping[str, Prompt]) -> Iterator[Case]:
    for _, step in walk(flow):
        if step.when is not None:
            yield from (Case("conditions", step.id, what) for what in ("held", "not held"))
        match step:
            case RepeatStep():
                several = ("one", "several") if step.over == "open-commitments" else ("several",)
                several = ("none", *several) if step.over == "open-commitments" else several
                yield from (Case("repeats", step.id, what) for what in several)
                continue
            case AskStep():
                yield from (case for name in step.asked for case in _of_prompt(name, prompts.get(name)))
            case RevealStep():
                yield from (Case("reveals", step.id, what) for what in _of_reveal(step, flow))
            case AgreeStep():
                yield from (Case("agreements", step.id, what) for what in _of_agree(step))
            case RatifyStep():
                yield Case("ratifications", step.id, "ratified")
            case SayStep():
                pass
            case _:
                continue
        yield Case("steps", step.id, "shown")


def _of_prompt(name: str, prompt: Prompt | None) -> Iterator[Case]:
    private = prompt is not None and prompt.visibility == "private"
    yield from (
        Case("prompts", name, what) for what in ("answered", "passed", *(("shared", "kept") if private else ()))
    )
    for one in prompt.follow_ups if prompt is not None else ():
        yield Case("prompts", f"{name}.{one.id}", "answered")


def _of_reveal(step: RevealStep, flow: Flow) -> Iterator[str]:
    if step.once != "facilitator":
        yield "by itself"
    if step.once == "facilitator" or step.missing == "pass":
        yield "by hand"
    if step.missing == "pass" or isinstance(step.once, Quorum):
        yield "somebody missing"
        if step.late == "mark" and _leaves_time(step, flow):
            yield "late"


def _leaves_time(reveal: RevealStep, flow: Flow) -> bool:
    """Return whether the members stay with something before they ratify, so that somebody can be late."""
    behind = [leaf.step for leaf in leaves(flow)]
    behind = behind[behind.index(reveal) + 1 :]
    until = takewhile(lambda step: not isinstance(step, RatifyStep), behind)
    return any(isinstance(step, AskStep | AgreeStep) for step in until)


def _of_agree(step: AgreeStep) -> Iterator[str]:
    yield from ("adopted", "unresolved", "objection")
    if step.rule == "consent":
        yield "stood aside"
    if "expectations" in step.elements:
        yield "declined"
    if step.rounds > 1:
        yield "further version"


# What has happened -----------------------------------------------------------------------------------------------------

_SHOWN: Final = frozenset(Phase) - {Phase.PENDING, Phase.CLOSED}
# An ask is closed with the others of its kind, whether it was shown or not.
_SHOWN_ASK: Final = _SHOWN - {Phase.REVEALED}
_RESPONSES: Final = {"object": "objection", "stand_aside": "stood aside", "decline": "declined"}


class _Walk:
    """One session, gone through again while it ran *flow*; what was shown is kept by step, by what it is for, and by member."""

    def __init__(self, session: Session, flow: Flow) -> None:
        self.now = evolve(session, requests=(), seal=None)
        self.requests, self.flow = session.requests, flow
        self.erasures = [one for one in session.requests if isinstance(one, Erase)]
        self.leaves = tuple(leaves(flow))
        self.shown: set[tuple[str, str | None, str]] = set()
        self.cases: set[Case] = set()

    def found(self) -> set[Case]:
        """Return what happened."""
        after, runs = self.now, self.now.running.flow == self.flow
        if runs:
            self.look()
        for request in self.requests:
            before = after
            after, facts = before.take(request)
            if after.running is not before.running:
                runs = after.running.flow == self.flow
            if runs:
                self.now = after
                self.cases.update(self.by(request, facts, before))
                self.look()
        self.cases |= {Case("steps", step, "shown") for step, _, _ in self.shown}
        self.cases.update(self.conditions())
        self.cases.update(self.repeats())
        return self.cases

    def look(self) -> None:
        """Note what is shown to whom."""
        for leaf in self.leaves:
            for one in self.now.state.route.steps[leaf.id]:
                unseen = [who for who in self.now.present if (leaf.id, one.for_, who) not in self.shown]
                self.shown |= {(leaf.id, one.for_, who) for who in unseen if self.is_shown(one, who)}

    def is_shown(self, leaf: Leaf, who: str) -> bool:
        """Return whether *leaf* is shown to *who* now."""
        step, phase = leaf.step, self.now.phase_of(leaf.step.id, who, leaf.for_)
        if not isinstance(step, SayStep):
            return phase in (_SHOWN_ASK if isinstance(step, AskStep) else _SHOWN)
        # A text is behind the members when a later barrier is done, and then its condition says nothing any more.
        return phase is Phase.OPEN and any(one.step == step.id for one in self.now.view(who).items)

    def by(self, request: Stored, facts: tuple[AnyFact, ...], before: Session) -> Iterator[Case]:
        """Yield what *request* and its *facts* show of prompts and of joint steps."""
        if isinstance(request, Pass) and not self.may_be_erased(request):
            yield Case("prompts", request.prompt, "passed")
        if isinstance(request, Answer):
            yield Case("prompts", request.prompt, "answered")
            yield Case("prompts", request.prompt, "shared" if request.share else "kept")
        for fact in facts:
            match fact:
                case Revealed():
                    yield from (Case("reveals", fact.step, what) for what in self.revealed(request, fact, before))
                case Proposed() if fact.version > 1:
                    yield Case("agreements", fact.step, "further version")
                case Responded() if fact.response in _RESPONSES:
                    yield Case("agreements", fact.step, _RESPONSES[fact.response])
                case Settled():
                    both = {"adopted": fact.adopted, "unresolved": fact.unresolved}
                    yield from (Case("agreements", fact.step, what) for what, names in both.items() if names)
                case Ratified():
                    yield Case("ratifications", fact.step, "ratified")
                case _:
                    pass

    def may_be_erased(self, request: Pass) -> bool:
        """Return whether a pass in the log may be what an erasure has left of an answer."""
        return any(
            one.by == request.by and one.prompt == request.prompt and one.for_ in (None, request.for_)
            for one in self.erasures
        )

    def revealed(self, request: Stored, fact: Revealed, before: Session) -> Iterator[str]:
        """Yield how a reveal came about."""
        if before.phase_of(fact.step, for_=fact.for_) is Phase.REVEALED:
            yield "late"
            return
        yield "by hand" if isinstance(request, Reveal) else "by itself"
        ready = {request.by} if isinstance(request, Submit) else set[str]()
        waiting = {*before.present} & {*self.now.present} - ready
        if any(before.phase_of(ask, who, fact.for_) is Phase.OPEN for ask in fact.of for who in waiting):
            yield "somebody missing"

    # Conditions --------------------------------------------------------------------------------------------------------

    def conditions(self) -> Iterator[Case]:
        """Yield which conditions held, and which did not, where the members came past them."""
        shown = {step for step, _, _ in self.shown}
        for leaf in self.leaves:
            around = [one for one in leaf.within if one.when is not None]
            inside = [one.id for one in around if self.is_any_shown(one.id, shown)]
            yield from (Case("conditions", name, "held") for name in inside)
            if self.is_past(leaf):
                yield from (Case("conditions", one.id, "not held") for one in around if one.id not in inside)
            if leaf.step.when is None:
                continue
            if leaf.id in shown:
                yield Case("conditions", leaf.id, "held")
            if len(inside) == len(around) and self.is_past(leaf) and self.is_kept_from_somebody(leaf):
                yield Case("conditions", leaf.id, "not held")

    def is_any_shown(self, name: str, shown: set[str]) -> bool:
        """Return whether anything in a group or repeat was shown."""
        return any(leaf.id in shown for leaf in self.leaves if any(one.id == name for one in leaf.within))

    def is_past(self, leaf: Leaf) -> bool:
        """Return whether the members came past *leaf*."""
        behind = (one.id for one in self.leaves if one.index > leaf.index)
        barriers = {one.step.id for one in self.now.state.route.barriers}
        return self.now.is_done or any(one in barriers and self.now.phase_of(one) in _SHOWN for one in behind)

    def is_kept_from_somebody(self, leaf: Leaf) -> bool:
        """Return whether somebody who would have been shown *leaf* was not."""
        role = leaf.step.who if isinstance(leaf.step, AskStep) else EVERYONE
        members = self.now.state.members
        who = [one for one in self.now.present if role == EVERYONE or role in members[one].roles]
        several = self.now.state.route.steps[leaf.id]
        return any((leaf.id, one.for_, name) not in self.shown for one in several for name in who)

    def repeats(self) -> Iterator[Case]:
        """Yield how often what is repeated was."""
        for name, several in self.now.state.route.instances.items():
            yield Case("repeats", name, ("none", "one")[len(several)] if len(several) < 2 else "several")
