"""
One run of a flow by certain members, as a value.

What a session *is* is its document: the plan, the members and the accepted requests, in order. State is their fold, made
when it is first needed and carried along by `Session.send`, which costs the same at any length of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, final

from attrs import evolve, field, fields, frozen

from alliancekit.errors import DocumentError, InvalidValueError
from alliancekit.findings import Finding
from alliancekit.flow._amending import clauses_of
from alliancekit.flow._barriers import proceed
from alliancekit.flow._draft import draft
from alliancekit.flow._facts import AnyFact
from alliancekit.flow._fold import Fold, folded
from alliancekit.flow._moves import Phase
from alliancekit.flow._plan import Flow, Plan
from alliancekit.flow._play import moments
from alliancekit.flow._problems import problems
from alliancekit.flow._record import check_in
from alliancekit.flow._repeats import instances_of
from alliancekit.flow._requests import AnyRequest, Stored
from alliancekit.flow._route import route_of
from alliancekit.flow._script import Script
from alliancekit.flow._seal import check_seal
from alliancekit.flow._starting import Start, check_type
from alliancekit.flow._state import ALL, Head, State, start
from alliancekit.flow._versions import Migration, migration
from alliancekit.flow._view import View
from alliancekit.model import BY_ID, Alliance, Bank, CheckIn, Digest, Id, Kind, Label, Language, MadeWith, Member
from alliancekit.shapes import Key, Number, Text, Wired, keyed, many
from alliancekit.values import FrozenMap

__all__ = ["Session", "begin", "play", "play_script"]


@final
@frozen(kw_only=True, repr=False, slots=False)
class Session(Wired):
    """
    One run of a flow by certain members.

    It holds private answers: keep it where only the host can read it, and show a member nothing but their `view`.

    Attributes:
        id: Unique among the sessions of a host.
        plan: What is run.
        alliance_id: The id of the alliance that it makes.
        title: What people call that alliance.
        kind: How many it binds.
        relationship: What kind of relationship it is, in an open word.
        language: The language of the alliance.
        members: Who takes part from the start, by id.
        before: The alliance as it was when the session began, for a session about one that exists.
        made_with: The flow and the bank that the plan came from.
        seed: What the host gives where something is put in an arbitrary order.
        fewest: Of how many answers at least figures are shown where answers are not shown one by one.
        at: When it was started.
        requests: The requests that were accepted, in order.
        seal: A fingerprint of all the rest, written when it is saved and compared when it is resumed; without one,
            whatever fits is taken.

    .. versionadded:: 0.1
    """

    id: Id
    plan: Plan
    alliance_id: Annotated[Id, Key("alliance")]
    title: Label
    kind: Kind
    relationship: Annotated[str, Text()] | None = None
    language: Language | None = None
    members: Annotated[FrozenMap[Member], BY_ID] = field(converter=keyed)
    before: Alliance | None = None
    made_with: MadeWith | None = None
    seed: int = 0
    fewest: Annotated[int, Number(3, 1000)] = 5
    at: datetime | None = None
    requests: tuple[Stored, ...] = field(default=(), converter=many)
    seal: Digest | None = field(default=None, eq=False)  # it follows from the rest

    @classmethod
    def start(
        cls,
        flow: Flow,
        bank: Bank,
        *,
        id: str,
        alliance_id: str | None = None,
        title: str | None = None,
        members: Iterable[Member] | None = None,
        kind: Kind | None = None,
        relationship: str | None = None,
        language: str | None = None,
        alliance: Alliance | None = None,
        seed: int = 0,
        fewest: int = 5,
        at: datetime | None = None,
    ) -> Session:
        """
        Return a session in which nobody has said anything.

        Args:
            flow: The script.
            bank: Where its prompts come from, after layering.
            id: Unique among the sessions of the host.
            alliance_id: The id of the alliance that it makes; left out where *alliance* is given.
            title: What people call that alliance; left out where *alliance* is given.
            members: Who takes part, with their roles. All who are in *alliance* and have not left take part anyway: for
                them only roles are taken from here.
            kind: How many the alliance binds; by default what the flow is for, or what the number of members says.
            relationship: What kind of relationship it is.
            language: The language of the alliance; by default the flow's.
            alliance: An alliance that exists, for a check-in or another session about it: what is agreed amends it.
            seed: A number for whatever is put in an arbitrary order.
            fewest: Of how many answers at least figures are shown where answers are not shown one by one, 3 or more.
            at: Now, for the record; nothing here reads the clock.

        Raises:
            DocumentError: The flow and the bank do not fit together, or the flow uses what this version cannot run.
            UnknownNameError: The flow is not for that kind of alliance.
            InvalidValueError: The members are not as many as the kind asks for, or an argument is not legal.
        """
        said = Start(
            alliance=alliance,
            alliance_id=alliance_id,
            title=title,
            members=members,
            kind=kind,
            relationship=relationship,
            language=language,
        )
        return cls(id=id, seed=seed, fewest=fewest, at=at, **said.fields(flow, bank))

    @classmethod
    def resume(cls, document: Session) -> Session:
        """
        Return the session that was saved as *document*, after going through all that it holds.

        Raises:
            DocumentError: A request in it is not one that the engine accepted, or the plan cannot be run; each finding
                has its pointer.
        """
        check_type("resume", document, Session)
        document.state  # noqa: B018 - what can be folded is sound
        return document

    @classmethod
    def from_script(
        cls, script: Script, flow: Flow, bank: Bank, *, id: str | None = None, alliance: Alliance | None = None
    ) -> tuple[Session, tuple[AnyFact, ...]]:
        """Return the session to which *script* leads, and what happened: see `alliancekit.flow.play_script`."""
        return play_script(script, flow, bank, id=id, alliance=alliance)

    # Asking it ---------------------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Everything that was said, unrevealed answers too: for tools of the host, and never for a member."""
        return self._fold.state

    @property
    def running(self) -> Plan:
        """The plan that is run now: `plan`, with which the session began, or what the last `Migrate` put in its place."""
        return self._fold.state.route.plan

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do for anybody."""
        return self._fold.state.is_over

    @property
    def present(self) -> tuple[str, ...]:
        """Who takes part now, by id."""
        return self._fold.state.present

    def view(self, member: str) -> View:
        """
        Return what *member* may see: all that may leave the engine for them.

        Raises:
            UnknownNameError: Nobody of that id takes part.
        """
        return self._fold.view(member)

    def phase_of(self, step: str, member: str = ALL, for_: str | None = None) -> Phase:
        """
        Return where a step is for *member*; without one, where it is for all alike.

        Args:
            step: The step.
            member: The member.
            for_: Inside a repeat, for which clause or member; left out, the first for which the step is not done.

        Raises:
            UnknownNameError: The flow has no such step, or nobody of that id takes part.
        """
        return self._fold.phase_of(step, member, for_)

    def alliance(self) -> Alliance:
        """
        Return the alliance as far as all may know it: a draft until the last member has ratified.

        What nobody has revealed is not in it, and what the members have to agree on is in it once they have.
        """
        return draft(self._fold.state)

    def check_in(self) -> CheckIn:
        """
        Return the record of this meeting, as far as all may know it, for a session about an alliance that exists.

        Its day is that on which the session was started; without that, that of the last request. Present is who has said
        anything; until everything is done, who has said anything that all may know.

        Raises:
            InvalidValueError: The session makes a new alliance, or nothing tells the day.
        """
        if self.before is None:
            raise InvalidValueError("Session", "check_in", "is for a session that was started with an alliance")
        last = next(iter(self._fold.log), None)
        at = self.at or (last.at if last is not None else None)
        if at is None:
            raise InvalidValueError("Session", "at", "is needed: nothing else tells the day of the check-in")
        return check_in(self._fold.state, self._fold.active, at.date())

    def migration(self, plan: Plan) -> Migration:
        """
        Return what `Migrate` with *plan* would do: nothing changes, and what it says is for the host alone.

        Args:
            plan: Another version of the plan, as `alliancekit.flow.make_plan` makes it.
        """
        check_type("plan", plan, Plan)
        return migration(self._fold.state, plan)

    # Moving it ---------------------------------------------------------------------------------------------------------

    def send(self, request: AnyRequest) -> tuple[Session, tuple[AnyFact, ...]]:
        """
        Return the session after *request*, and what happened.

        A request whose id was accepted before changes nothing and tells nothing. One that does not suit gives this same
        session and a `Refused` fact.

        Raises:
            RequestNotAllowedError: The step has no room for it; the host was wrong.
            UnknownNameError: It names a member, prompt, step or clause that there is not.
            InvalidValueError: It lacks its id or its time, or is no request at all.
        """
        now, facts = self._fold.send(request)
        return (self if now is self._fold else self._after(now)), facts

    def take(self, request: Stored) -> tuple[Session, tuple[AnyFact, ...]]:
        """
        Return the session after a request as it stands in a log, and what happened: for tools that go through one again.

        It is `send` for what was accepted before. What an erasure left is taken as it is, and nothing more is forgotten.
        """
        now, facts = self._fold.take(request)
        return (self if now is self._fold else self._after(now)), facts

    def play(self, script: Script) -> tuple[Session, tuple[AnyFact, ...]]:
        """
        Return the session after the requests of *script*, and what happened.

        After the last request for a step, what its members have answered is submitted, prompts that they left are
        passed, and who is silent accepts and ratifies. A step in which a member said nothing of their own stays open,
        and so does what comes after it.

        Raises:
            DocumentError: A request does not fit; the finding points at it, and this session still stands.
        """
        found = tuple(self.step_by_step(script))
        facts = tuple(fact for _, _, several, _ in found for fact in several)
        return (found[-1][-1] if found else self), facts

    def step_by_step(self, script: Script) -> Iterator[tuple[AnyRequest, bool, tuple[AnyFact, ...], Session]]:
        """
        Yield each request that `play` sends: it, whether it stands for silence, what happened, and the session after it.

        Raises:
            DocumentError: A request does not fit, and none is given then.
        """
        check_type("script", script, Script)
        for one in moments(self._fold, script):
            yield one.request, one.is_silence, one.facts, self._after(one.now)

    # The document and its fold -----------------------------------------------------------------------------------------

    # What is written is the document; `send` only carries the fold along. So a session that was sent to does not hold
    # its log as a tuple, which would cost more at each request: it is written out when somebody asks for it.

    @property
    def _fold(self) -> Fold:
        found: Fold | None = self.__dict__.get("_now")
        if found is None:
            found = self.__dict__["_now"] = _folded(self)
        return found

    def _after(self, now: Fold) -> Session:
        after = object.__new__(Session)
        # What was sealed is not what this is; `alliancekit.dump` seals it anew.
        after.__dict__.update(self.__dict__, _now=now, seal=None)
        after.__dict__.pop("requests", None)
        object.__setattr__(after, "extra", self.extra)
        return after

    if not TYPE_CHECKING:  # pragma: no branch - a checker would take it to mean that a session has every attribute

        def __getattr__(self, name: str) -> Any:
            if name != "requests" or "_now" not in self.__dict__:
                raise AttributeError(name, name=name, obj=self)
            found = self.__dict__["requests"] = self._fold.requests
            return found

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, ({one.name: getattr(self, one.name) for one in fields(Session)},)

    def __repr__(self) -> str:
        now: Fold | None = self.__dict__.get("_now")
        count = now.length if now is not None else len(self.requests)
        return (
            f"Session({self.id!r}, flow={self.plan.flow.id!r}, members=[{', '.join(self.members)}], {count} requests)"
        )


def _rebuilt(parts: dict[str, Any]) -> Session:
    return Session(**parts)


# Resuming --------------------------------------------------------------------------------------------------------------


def _folded(session: Session) -> Fold:
    """
    Return what a session comes to as it is stored.

    Raises:
        DocumentError: It is not what the engine wrote; where that shows in one place, a finding points at it.
    """
    broken = check_seal(session)
    wrong = tuple(evolve(one, pointer=f"/plan/flow{one.pointer}") for one in _unfit(session.plan))
    if wrong:
        raise DocumentError((*broken, *wrong))
    try:
        now = folded(_beginning(session), session.requests)
    except DocumentError as error:
        raise DocumentError((*broken, *error.findings)) from error
    if broken:
        raise DocumentError(broken)
    return now


def _beginning(session: Session) -> State:
    head = Head(
        alliance_id=session.alliance_id,
        kind=session.kind,
        title=session.title,
        relationship=session.relationship,
        language=session.language,
        made_with=session.made_with,
        before=session.before,
        clauses=clauses_of(session.before),
        seed=session.seed,
        fewest=session.fewest,
    )
    present = tuple(who for who, one in session.members.items() if one.left is None)
    route = route_of(session.plan, instances_of(session.plan.flow, session.before, present))
    state, _ = proceed(start(route, head, session.members))
    return state


def _unfit(plan: Plan) -> tuple[Finding, ...]:
    bank = Bank(id=plan.flow.bank, title=plan.flow.bank, prompts=plan.prompts)
    return problems(plan.flow, bank)


# Scripts ---------------------------------------------------------------------------------------------------------------


def play_script(
    script: Script, flow: Flow, bank: Bank, *, id: str | None = None, alliance: Alliance | None = None
) -> tuple[Session, tuple[AnyFact, ...]]:
    """
    Return the session to which *script* leads, and what happened; it need not be done.

    Args:
        script: The requests.
        flow: The flow that the script names.
        bank: Where its prompts come from.
        id: The id of the session; by default the alliance's, with the day behind it where the alliance exists.
        alliance: The alliance that the session is about, if there is one; it is then started at the time of the script.

    Raises:
        DocumentError: The flow cannot be run, or a request of the script does not fit; the finding points at it.
        InvalidValueError: The script says too little to begin with, or is about another alliance.

    .. versionadded:: 0.1
    """
    return begin(script, flow, bank, id=id, alliance=alliance).play(script)


def begin(
    script: Script, flow: Flow, bank: Bank, *, id: str | None = None, alliance: Alliance | None = None
) -> Session:
    """Return the session of *script* before its first request."""
    check_type("script", script, Script)
    dated = f"{script.alliance_id[:53].rstrip('-')}-{script.at.date()}"
    return Session.start(
        flow,
        bank,
        id=id or (script.alliance_id if alliance is None else dated),
        alliance_id=script.alliance_id,
        title=script.title,
        members=script.members.values() or None,
        kind=script.kind,
        relationship=script.relationship,
        language=script.language,
        alliance=alliance,
        at=script.at if alliance is not None else None,
    )


def play(session: Session, script: Script) -> tuple[Session, tuple[AnyFact, ...]]:
    """
    Return *session* after the requests of *script*, and what happened; see `Session.play`.

    .. versionadded:: 0.1
    """
    return session.play(script)
