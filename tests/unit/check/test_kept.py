"""What was found in a file, as text and back."""

import json
import pickle
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from alliancekit import check
from alliancekit.check import Checked, Facts
from alliancekit.check._excerpt import Excerpt
from alliancekit.check._many._kept import from_text, to_text
from alliancekit.findings import Edit, Finding, Fix, Position, Severity, Span
from tests.unit.cli.terminal import ALLIANCE

PATH = "a.alliance.yaml"
NUMBERS = st.integers(1, 9_999)
TEXTS = st.text(st.characters(codec=None), max_size=8)
SPANS = st.builds(Span, st.builds(Position, NUMBERS, NUMBERS), st.builds(Position, NUMBERS, NUMBERS))
FIXES = st.builds(
    Fix, message=TEXTS, edits=st.lists(st.builds(Edit, SPANS, TEXTS), max_size=2).map(tuple), is_safe=st.booleans()
)
FINDINGS = st.builds(
    Finding,
    rule=TEXTS,
    message=TEXTS,
    severity=st.sampled_from(Severity),
    pointer=TEXTS,
    on_key=st.booleans(),
    hint=TEXTS,
    path=st.sampled_from([PATH, None, "b.alliance.yaml"]),
    span=st.none() | SPANS,
    related=st.lists(st.tuples(SPANS, TEXTS), max_size=2).map(tuple),
    fix=st.none() | FIXES,
)
EXCERPTS = st.none() | st.builds(Excerpt, NUMBERS, TEXTS, NUMBERS, NUMBERS)
FACTS = st.builds(Facts, path=st.just(PATH), kind=TEXTS, id=st.none() | TEXTS, status=st.none() | TEXTS)
CHECKED = st.builds(
    Checked,
    path=st.just(PATH),
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    excerpts=st.lists(EXCERPTS, max_size=3).map(tuple),
    is_readable=st.booleans(),
    facts=st.none() | FACTS,
    is_lasting=st.booleans(),
)
ODD: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def found() -> Checked:
    return checked_of(ALLIANCE.replace("to: [ana]", "to: [anna]"))


def checked_of(text: str) -> Checked:
    from alliancekit.check._judge import Job, judge

    return judge(text, PATH, Job())


@given(CHECKED)
def test_it_comes_back_as_it_was(checked: Checked) -> None:
    """Whatever was found is the same when it is read again, lone surrogates and all."""
    assert from_text(to_text(checked), PATH) == checked


def test_a_clean_file_takes_little_room() -> None:
    """What says nothing is not written."""
    assert len(to_text(Checked(path=PATH, is_lasting=True))) < 40


def test_the_path_is_put_back() -> None:
    """What was found in one file can be read as that of another with the same bytes."""
    moved = from_text(to_text(found()), "moved")
    assert moved.path == "moved"
    assert {one.path for one in moved.findings} == {"moved"}


def _places(plain: Any) -> list[tuple[Any, int]]:
    held = [(plain, index) for index in range(len(plain))]
    return held + [place for part in plain if isinstance(part, list) for place in _places(part)]


@given(st.data())
def test_what_is_odd_is_refused(data: st.DataObject) -> None:
    """Text in which anything was replaced is refused, or is of the types that it should be of."""
    plain = json.loads(to_text(found()))
    holder, index = data.draw(st.sampled_from(_places(plain)))
    holder[index] = data.draw(ODD)
    try:
        read = from_text(json.dumps(plain).encode(), PATH)
    except ValueError:
        return
    report = check.Report(files=(read,))
    assert report.to_text()
    assert report.to_json()
    assert all(type(one.message) is str for one in read.findings)


@pytest.mark.parametrize(
    "text", [b"", b"[", b"{}", b"null", b"[]", b"[true,[],[],true,null,true,1]", b"\xff", b"[" * 9_999]
)
def test_what_is_no_such_text_is_refused(text: bytes) -> None:
    """Nothing but `ValueError` comes out."""
    with pytest.raises(ValueError, match="nothing that was kept"):
        from_text(text, PATH)


def test_pickled_code_is_not_run() -> None:
    """It is JSON that is read, so that reading it runs nothing."""
    with pytest.raises(ValueError, match="nothing that was kept"):
        from_text(pickle.dumps(found()), PATH)


def test_every_field_is_kept() -> None:
    """A field that is added later is kept without a word about it."""
    whole = evolve(found(), is_lasting=True)
    again = from_text(to_text(whole), PATH)
    assert [getattr(again, one.name) for one in fields(Checked)] == [
        getattr(whole, one.name) for one in fields(Checked)
    ]
