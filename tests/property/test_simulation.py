"""
People who act at random come to the end of every flow, or to a rest that the flow allows.

``ALLIANCEKIT_SESSIONS`` says how many sessions are played; ``make simulate`` plays a thousand.
"""

import os
from collections.abc import Iterator

import pytest

from alliancekit import library, wire
from alliancekit.flow import Flow, Session, Simulation, simulate, standstills
from alliancekit.model import Bank
from tests.flows import some_flow
from tests.scripts import BANK

SESSIONS = int(os.environ.get("ALLIANCEKIT_SESSIONS", "200"))
BATCH = 20
BUILT_IN = ("one-to-one", "team")


def plays(batch: int) -> Iterator[tuple[Flow, Bank, int]]:
    """Yield the flows of one batch: of ten, one is built in and nine are made up."""
    for seed in range(batch * BATCH, min(SESSIONS, (batch + 1) * BATCH)):
        if seed % 10 == 0:
            flow = library.flow(BUILT_IN[seed // 10 % len(BUILT_IN)])
            yield flow, library.bank(flow.bank), seed
        else:
            yield some_flow(seed), BANK, seed


def played(flow: Flow, bank: Bank, seed: int) -> Simulation:
    """Return a session of two to seven, in which in every second one people drop out."""
    members = 2 if flow.kinds == ("one-to-one",) else (2 if "team" not in flow.kinds and flow.kinds else 3) + seed % 5
    return simulate(
        flow,
        bank,
        members=members,
        seed=seed,
        drop_out=0.3 if seed % 2 else 0.0,
        arrivals=seed % 3,
        twice=0.15,
        late=0.3,
        unsuitable=0.1,
    )


@pytest.mark.parametrize("batch", range(-(-SESSIONS // BATCH)))
def test_every_session_ends(batch):
    """Each is done, or rests where its flow allows it and waits for those alone who have really gone silent."""
    for flow, bank, seed in plays(batch):
        one = played(flow, bank, seed)
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
