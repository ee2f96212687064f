"""Laws of consent: what voids a yes, and what does not."""

from copy import deepcopy
from hashlib import sha256
from random import Random
from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from alliancekit import wire
from alliancekit.consent import content, digest, ratify, status
from alliancekit.model import Alliance
from tests.strategies import values
from tests.unit.consent.alliances import DAY, FIVE, alliance

ALLIANCES = values(Alliance)
MEMBERS = sorted(FIVE["members"])


def digests(value: Alliance) -> dict[str, str]:
    return {member: digest(value, member) for member in value.present()}


def shuffled(data: Any, random: Random) -> Any:
    """Return *data* with the keys of each mapping in another order."""
    if isinstance(data, dict):
        keys = list(data)
        random.shuffle(keys)
        return {key: shuffled(data[key], random) for key in keys}
    return data


@given(ALLIANCES)
def test_the_digest_is_of_the_content(value: Alliance) -> None:
    """The digest is the SHA-256 of the canonical JSON of the format, the id, who is present, and the content."""
    for member, found in digests(value).items():
        agreed = {
            "format": "alliance/1",
            "alliance": value.id,
            "members": list(value.present()),
            "content": content(value, member),
        }
        assert found == f"sha256:{sha256(rfc8785.dumps(agreed)).hexdigest()}"


@given(ALLIANCES, st.randoms(use_true_random=False))
def test_order_means_nothing(value: Alliance, random: Random) -> None:
    """The order of keys, members and clauses changes no digest."""
    assert digests(value) == digests(wire.structure(shuffled(wire.unstructure(value), random), Alliance))


@given(ALLIANCES)
def test_everyone_can_agree(value: Alliance) -> None:
    """When all who are present have said yes it is settled, and no draft."""
    for member in value.present():
        value = ratify(value, member, DAY)
    assert status(value).is_settled
    assert not value.present() or value.status != "draft"


@given(st.sets(st.sampled_from(MEMBERS), min_size=1), st.sets(st.sampled_from(MEMBERS), min_size=1), st.data())
def test_a_commitment_concerns_whom_it_names(givers: set[str], takers: set[str], data: st.DataObject) -> None:
    """Rewording, giving or dropping a commitment asks exactly those again whom it names."""
    before = deepcopy(FIVE)
    before["commitments"]["new"] = {"by": sorted(givers), "to": sorted(takers), "text": "Once."}
    after = deepcopy(before)
    change = data.draw(st.sampled_from(["text", "known_by", "due", "drop"]))
    if change == "drop":
        del after["commitments"]["new"]
    else:
        after["commitments"]["new"][change] = "2026-12-07" if change == "due" else "Twice."
    old, new = digests(alliance(before)), digests(alliance(after))
    assert {member for member in MEMBERS if old[member] != new[member]} == givers | takers
