"""
People who act at random come to the end of every flow, or to a rest that the flow allows.

``ALLIANCEKIT_SESSIONS`` says how many sessions are played; ``make simulate`` plays a thousand.
"""

import os
from collections.abc import Iterator

import pytest
from attrs import evolve

import alliancekit as ak
from alliancekit import library, wire
from alliancekit.flow import Flow, Session, Simulation, simulate, standstills
from alliancekit.model import Alliance, Bank, Member
from tests.flows import some_flow
from tests.scripts import BANK
from tests.shared import ROOT

SESSIONS = int(os.environ.get("ALLIANCEKIT_SESSIONS", "40"))
BATCH = 10
BUILT_IN = ("one-to-one", "team", "check-in")
EXISTING = ("one-to-one/ana-ben", "team/harbour")


def plays(batch: int) -> Iterator[tuple[Flow, Bank, Alliance | None, int]]:
    """Yield the flows of one batch: of ten, one is built in and nine are made up, one of them about an alliance."""
    for seed in range(batch * BATCH, min(SESSIONS, (batch + 1) * BATCH)):
        about = EXISTING[1] if seed % 10 == 1 else ""
        flow, bank = some_flow(seed), BANK
        if seed % 10 == 0:
            flow = library.flow(BUILT_IN[seed // 10 % len(BUILT_IN)])
            bank = library.bank(flow.bank)
            about = EXISTING[seed // 30 % len(EXISTING)] if flow.id == "check-in" else ""
        alliance = ak.load(ROOT / "examples" / f"{about}.alliance.yaml", Alliance) if about else None
        yield flow, bank, alliance, seed


def played(flow: Flow, bank: Bank, alliance: Alliance | None, seed: int) -> Simulation:
    """Return a session of those who are in the alliance, or of two to seven; in every second one people drop out."""
    people: int | list[Member] = 2 if flow.kinds == ("one-to-one",) else 3 + seed % 5
    if alliance is not None:
        # What a role may do falls to one of them.
        roles = [("lead", "facilitator"), *(() for _ in alliance.members)]
        people = [evolve(one, roles=own) for one, own in zip(alliance.members.values(), roles, strict=False)]
    return simulate(
        flow,
        bank,
        members=people,
        seed=seed,
        drop_out=0.3 if seed % 2 else 0.0,
        arrivals=seed % 3,
        twice=0.15,
        late=0.3,
        unsuitable=0.1,
        alliance=alliance,
    )


@pytest.mark.parametrize("batch", range(-(-SESSIONS // BATCH)))
def test_every_session_ends(batch):
    """Each is done, or rests where its flow allows it and waits for those alone who have really gone silent."""
    for flow, bank, alliance, seed in plays(batch):
        one = played(flow, bank, alliance, seed)
        assert one.faults == (), str(one)
        assert one.outcome != "limit", str(one)
        assert one.session.is_done is (one.outcome == "done")
        if one.standstill is not None:
            allowed = {(where.step, where.cause) for where in standstills(flow)}
            assert (one.standstill.step, one.standstill.cause) in allowed, str(one)
            assert one.standstill.waiting_for, str(one)
            assert {*one.standstill.waiting_for} <= {*one.silent}, str(one)
        assert one.silent or one.outcome == "done", str(one)
        again = Session.resume(wire.structure(wire.unstructure(one.session), Session))
        assert again.alliance() == one.session.alliance(), str(one)
