"""The seal of a stored session: what was changed outside the engine is found, and nothing of it is told."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

import alliancekit as ak
from alliancekit import consent
from alliancekit.errors import DocumentError
from alliancekit.flow import Session, seal_of
from tests.scripts import BLIND, do, make_session, walk

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(name="stored")
def _stored():
    session = do(make_session(BLIND), "ana", "answer", "why", "A secret.")
    return json.loads(ak.dumps(walk(session, until="settle")))


def resume(data):
    return Session.resume(ak.loads(json.dumps(data), Session, format="json"))


def swapped(log):
    log[1], log[2] = log[2], log[1]


CHANGES = {
    "author": lambda data: data["requests"][3].update(by="ben"),
    "value": lambda data: data["requests"][0].update(value="Forged."),
    "plan": lambda data: data["plan"]["prompts"]["why"].update(text="Another question?"),
    "gap": lambda data: data["requests"].pop(2),
    "end": lambda data: data["requests"].pop(),
    "order": lambda data: swapped(data["requests"]),
    "more": lambda data: data["requests"].insert(1, {**data["requests"][0], "id": "forged", "value": "Forged."}),
    "member": lambda data: data["members"]["ben"].update(name="Somebody"),
    "seed": lambda data: data.update(seed=7),
    "time": lambda data: data["requests"][0].update(at="2026-11-02T09:00:00Z"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_found(stored, change):
    """A forged author or value, another plan, a gap, another order: a finding at the seal, and nothing of what it says."""
    before = resume(stored)
    changed = json.loads(json.dumps(stored))
    CHANGES[change](changed)
    with pytest.raises(DocumentError) as caught:
        resume(changed)
    (first, *_) = caught.value.findings
    assert first.pointer == "/seal"
    assert first.message == "this session was changed outside the engine: it is not what was sealed when it was saved"
    told = str(caught.value) + "".join(one.message + one.hint for one in caught.value.findings)
    assert "secret" not in told
    assert "Forged" not in told
    assert resume(stored) == before


def test_without_a_seal_what_fits_is_taken(stored):
    """A session from before, or from another tool, is read as far as each request fits."""
    del stored["seal"]
    assert resume(stored).seal is None


def test_is_that_of_the_file_however_it_is_written(stored):
    """Order of keys and white space are nothing to the seal, and a saved session that nobody touched keeps it."""
    again = json.loads(json.dumps(stored, sort_keys=True, indent=4))
    session = resume(again)
    assert session.seal == stored["seal"] == seal_of(stored)
    assert json.loads(ak.dumps(session)) == stored


def test_is_not_kept_when_the_session_goes_on(stored):
    """What is sent next is not what was sealed; saved, it is sealed anew."""
    session = resume(stored)
    after = do(session, "ana", "submit", "settle")
    assert after.seal is None
    assert json.loads(ak.dumps(after))["seal"] != stored["seal"]
    assert resume(json.loads(ak.dumps(after))) == after


@given(PLAIN)
def test_the_fingerprint_is_that_of_canonical_json(plain):
    """Whatever encoder makes it, the bytes are those of RFC 8785."""
    import hashlib

    assert consent.fingerprint(plain) == f"sha256:{hashlib.sha256(rfc8785.dumps(plain)).hexdigest()}"
