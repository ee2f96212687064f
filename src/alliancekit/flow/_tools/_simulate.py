"""
A session of people who act at random, to see whether a flow comes to its end.

They do what a host lets them do: each looks at a view, and sends requests. All that happens to requests on a bad day
happens here too: some come late, some come twice, some do not fit. People fall silent, leave, and come. Everything is
drawn from one seed, so whatever was found can be looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from alliancekit.errors import AllianceKitError, InvalidValueError
from alliancekit.flow._facts import Refused
from alliancekit.flow._leaves import leaves
from alliancekit.flow._plan import Flow
from alliancekit.flow._requests import AnyRequest, Join, Leave
from alliancekit.flow._session import Session
from alliancekit.flow._tools._chance import Hand
from alliancekit.flow._tools._standstills import Standstill, rest_of
from alliancekit.model import Alliance, Bank, Member

__all__ = ["Simulation", "simulate"]

Outcome: TypeAlias = Literal["done", "standstill", "limit"]
"""How a simulated session ended."""

_NOW: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_WHIMS: Final = 8


@final
@frozen(kw_only=True, repr=False)
class Simulation:
    """
    What came of a simulated session.

    Attributes:
        session: The session, with everybody's answers; they are made up.
        seed: The seed that brings it back.
        outcome: How it ended: ``done``, ``standstill``, or ``limit`` where it did not end, which is a fault of the engine.
        standstill: Where it stands still; None where it does not.
        silent: Who fell silent and stayed in.
        left: Who left.
        came: Who came after the start.
        delivered: How many requests reached the session, with those that came twice.
        accepted: How many it took.
        refused: How many it refused with a reason for the one who sent them.
        not_allowed: How many had no place there, so that the host was told.
        repeated: How many had been taken before, and were delivered again.
        faults: What the engine may never do, and did; empty.

    .. versionadded:: 0.1
    """

    session: Session
    seed: int
    outcome: Outcome
    standstill: Standstill | None
    silent: tuple[str, ...]
    left: tuple[str, ...]
    came: tuple[str, ...]
    delivered: int
    accepted: int
    refused: int
    not_allowed: int
    repeated: int
    faults: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Simulation(seed={self.seed}, {self.outcome}, {self.accepted} of {self.delivered} requests accepted)"

    def __str__(self) -> str:
        end = {"done": "done", "limit": "no end in sight", "standstill": f"at rest at {self.standstill}"}[self.outcome]
        return (
            f"seed {self.seed}: {end}; {self.delivered} requests delivered, {self.accepted} accepted, "
            f"{self.refused} refused, {self.not_allowed} not allowed, {self.repeated} repeated"
        )


def simulate(
    flow: Flow,
    bank: Bank,
    *,
    members: int | Iterable[Member] | None = None,
    seed: int,
    drop_out: float = 0.0,
    arrivals: int = 0,
    twice: float = 0.1,
    late: float = 0.2,
    unsuitable: float = 0.05,
    alliance: Alliance | None = None,
    most: int | None = None,
) -> Simulation:
    """
    Return what comes of a session in which everybody acts at random.

    They answer what they are asked in every kind of answer, pass, take things back, propose, object and stand aside, and
    get done what has to be done in the end. A facilitator who can do nothing else says who has gone.

    Args:
        flow: The flow.
        bank: Where its prompts come from.
        members: Who takes part, or how many; of so many, the first has every role that the flow names. With *alliance*,
            by default those who are in it.
        seed: What all chance is drawn from: the same seed gives the same session.
        drop_out: How likely each is to fall silent or to leave at some time, from 0 to 1.
        arrivals: How many come after the start; between two, nobody does.
        twice: How likely a request is to be delivered again later, from 0 to 1.
        late: How likely it is that another request than the oldest is delivered next, from 0 to 1.
        unsuitable: How likely somebody is to send something that does not fit, from 0 to 1.
        alliance: The alliance that a check-in is about.
        most: After how many deliveries it is given up; by default more than any session needs.

    Raises:
        DocumentError: The flow cannot be run.
        InvalidValueError: The members are not as many as the flow asks for.

    .. versionadded:: 0.1
    """
    for name, odds in (("drop_out", drop_out), ("twice", twice), ("late", late), ("unsuitable", unsuitable)):
        if not 0 <= odds <= 1:
            raise InvalidValueError("Simulation", name, f"must be from 0 to 1, not {odds!r}")
    people = _people(flow, members) if isinstance(members, int) else members
    session = Session.start(
        flow,
        bank,
        id=f"simulated-{seed}",
        alliance_id=None if alliance is not None else "simulated",
        title=None if alliance is not None else "Simulated",
        members=people,
        alliance=alliance,
        seed=seed,
        at=_NOW,
    )
    chance = Random(seed)  # noqa: S311 - it must come back the same, and keeps nothing secret
    room = _Room(session, chance, twice=twice, late=late, unsuitable=unsuitable)
    room.fates = {who: _fate(chance, drop_out) for who in session.present}
    room.arrivals = arrivals if session.kind == "team" else 0
    everybody = len(session.present) + arrivals
    return room.run(seed, most if most is not None else 2000 + 100 * everybody**2 * len(room.prompts))


def _people(flow: Flow, count: int) -> tuple[Member, ...]:
    roles = {str(getattr(leaf.step, key, None) or "everyone") for leaf in leaves(flow) for key in ("who", "decided_by")}
    roles |= {"facilitator" for leaf in leaves(flow) if getattr(leaf.step, "once", "") == "facilitator"}
    named = sorted(roles - {"everyone"})
    return tuple(Member(id=f"m{n}", name=f"Member {n}", roles=named if n == 1 else ()) for n in range(1, count + 1))


def _fate(chance: Random, drop_out: float) -> tuple[str, int]:
    """Return how somebody drops out, and after how many turns."""
    if chance.random() >= drop_out:
        return "", 0
    return chance.choice(("silent", "silent", "leave")), chance.randrange(20)


class _Room:
    """The members, the session, and the post between them."""

    def __init__(self, session: Session, chance: Random, *, twice: float, late: float, unsuitable: float) -> None:
        self.session, self.chance = session, chance
        self.twice, self.late, self.unsuitable = twice, late, unsuitable
        self.fates: dict[str, tuple[str, int]] = {}
        self.arrivals = 0
        self.hands = {who: Hand(who, chance, chance.randint(0, _WHIMS)) for who in session.present}
        self.post: list[AnyRequest] = []
        self.taken: set[tuple[str, str | None]] = set()
        self.silent: list[str] = []
        self.came: list[str] = []
        self.faults: list[str] = []
        self.counts = dict.fromkeys(("delivered", "accepted", "refused", "not_allowed", "repeated"), 0)
        self.steps = tuple(leaf.step.id for leaf in leaves(session.plan.flow))
        self.prompts = tuple(session.plan.prompts) or ("nothing",)

    def run(self, seed: int, most: int) -> Simulation:
        """Return what came of it after at most *most* deliveries."""
        outcome: Outcome = "done"
        while not self.session.is_done:
            if self.counts["delivered"] >= most:
                outcome = "limit"
                break
            if not (self._deliver() or self._act() or self._go_on()):
                outcome = "standstill"
                break
        while self.post and outcome == "done":
            self._deliver()
        silent = tuple(who for who in self.silent if who in self.session.present)
        return Simulation(
            session=self.session,
            seed=seed,
            outcome=outcome,
            standstill=rest_of(self.session, silent) if outcome == "standstill" else None,
            silent=silent,
            left=tuple(who for who in self.hands if who not in self.session.present),
            came=tuple(self.came),
            faults=tuple(self.faults),
            **self.counts,
        )

    # The post ----------------------------------------------------------------------------------------------------------

    def _deliver(self) -> bool:
        """Deliver a request, mostly the oldest; return whether there was one."""
        if not self.post:
            return False
        at = self.chance.randrange(len(self.post)) if self.chance.random() < self.late else 0
        request = self.post.pop(at)
        self.counts["delivered"] += 1
        if self.chance.random() < self.twice:
            self.post.insert(self.chance.randint(0, len(self.post)), request)
        before, known = self.session, (request.by, request.id) in self.taken
        try:
            self.session, facts = before.send(request)
        except AllianceKitError:
            self.counts["not_allowed"] += 1
            if known:
                self.faults.append(
                    f"{type(request).__name__} of {request.by} was taken before, and not the second time"
                )
            return True
        if known:
            self.counts["repeated"] += 1
            if self.session is not before or facts:
                self.faults.append(f"{type(request).__name__} of {request.by} was taken twice")
        elif any(isinstance(fact, Refused) for fact in facts):
            self.counts["refused"] += 1
            if self.session is not before:
                self.faults.append(f"{type(request).__name__} of {request.by} was refused and changed something")
        else:
            self.counts["accepted"] += 1
            self.taken.add((request.by, request.id))
        return True

    # The members -------------------------------------------------------------------------------------------------------

    def _awake(self) -> list[str]:
        return [who for who in self.session.present if who not in self.silent and who in self.hands]

    def _act(self) -> bool:
        """Let somebody act, if there is somebody who can; return whether anything happened."""
        if self.arrivals and self.chance.random() < 0.02:
            return self._arrive()
        for who in self.chance.sample(awake := self._awake(), len(awake)):
            if self._drops_out(who):
                return True
            view = self.session.view(who)
            made = self.hands[who].turn(view, self.session.present, _NOW)
            if made and self.chance.random() < self.unsuitable:
                made.append(self.hands[who].unsuitable(view, self.steps, self.prompts, _NOW))
            if made:
                self.post.extend(made)
                return True
            # A whim that came to nothing is no reason to think that there is nothing to do.
            if any(not task.is_optional or task.kind == "reveal" for task in view.tasks):
                return True
        return False

    def _drops_out(self, who: str) -> bool:
        how, after = self.fates.get(who, ("", 0))
        if not how:
            return False
        if after:
            self.fates[who] = how, after - 1
            return False
        self.fates[who] = "", 0
        if how == "leave" and len(self.session.present) > 1:
            self.post.append(Leave(**self.hands[who].stamp(_NOW), member=who))
        else:
            self.silent.append(who)
        return True

    def _arrive(self) -> bool:
        self.arrivals -= 1
        who = f"late{len(self.came) + 1}"
        hand = self.hands[who] = Hand(who, self.chance, self.chance.randint(0, _WHIMS))
        self.came.append(who)
        self.post.append(Join(**hand.stamp(_NOW), member=who, name=who.title()))
        return True

    def _go_on(self) -> bool:
        """Let those come who are still expected, or a facilitator say who has gone; return whether anything happened."""
        if self.arrivals:
            return self._arrive()
        gone = [who for who in self.session.present if who in self.silent]
        lead = [who for who in self._awake() if "facilitator" in self.session.state.members[who].roles]
        if not (gone and lead):
            return False
        self.post.append(Leave(**self.hands[lead[0]].stamp(_NOW), member=gone[0]))
        return True
