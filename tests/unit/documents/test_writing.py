"""What is written by hand-picked examples, and what is never written."""

from __future__ import annotations

from typing import Any

import pytest

from alliancekit.documents import splice, write_json, write_yaml
from alliancekit.documents._edit import patched
from alliancekit.errors import DocumentError, EditRefusedError, InvalidValueError


def test_yaml_is_block_style_with_two_spaces() -> None:
    """Lists below their key, entries of lists behind their dash, empty collections in brackets."""
    data = {"a": ["x", {"b": 1, "c": []}], "t": "one\ntwo\n", "d": "2026-11-01", "e": {}, "n": "no", "f": 1e20}

    assert write_yaml(data) == (
        'a:\n  - x\n  - b: 1\n    c: []\nt: |\n  one\n  two\nd: "2026-11-01"\ne: {}\n"n": "no"\nf: 1.0e+20\n'
    )


def test_json_keeps_characters_and_ends_in_a_line_feed() -> None:
    """Two spaces, no escapes where none are needed."""
    assert write_json({"é": ["x"]}) == '{\n  "é": [\n    "x"\n  ]\n}\n'


@pytest.mark.parametrize(
    ("value", "where", "reason"),
    [
        ({"a": ["\x1b"]}, "/a/0", "U.001B"),
        ({"a": "\ud800"}, "/a", "U.D800"),
        ({"a": float("nan")}, "/a", "not a finite number"),
        ({"a": 2**53 + 1}, "/a", "round"),
        ({"a": {1: 2}}, "/a", "the key 1 is not text"),
        ({"a": {1, 2}}, "/a", "a set"),
    ],
)
@pytest.mark.parametrize("write", [write_yaml, write_json])
def test_what_could_not_be_read_is_not_written(value: Any, where: str, reason: str, write: Any) -> None:
    """It says where it is, and why."""
    with pytest.raises(InvalidValueError, match=reason) as caught:
        write(value)
    assert caught.value.field == where


def test_an_unsound_text_is_not_edited() -> None:
    """First it must be sound."""
    with pytest.raises(DocumentError):
        splice("a: 1\na: 2\n", {"a": 3}, format="yaml")


def test_an_edit_beyond_a_limit_is_refused() -> None:
    """What could not be read again is not written."""
    with pytest.raises(EditRefusedError, match="it would pass a limit"):
        splice("a: 1\n", {"a": "x" * 10_001}, format="yaml")


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("[1, 2]\n", [1, 3], "[1, 3]\n"),
        ("{}\n", {"a": 1}, "{a: 1}\n"),
        ("- a # x\n- b\n", ["b"], "- b\n"),
        ("a: b\n", {"a": ["c"]}, "a:\n  - c\n"),
        ("a: [] # x\n", {"a": ["c"]}, "a: # x\n  - c\n"),
        ('a: "b"\n', {"a": "c"}, 'a: "c"\n'),
        ("a:\n", {"a": 1}, "a: 1\n"),
        ("a: {b: 1, c: 2} # x\n", {"a": {"c": 2}}, "a: {c: 2} # x\n"),
        ("a: |  # x\n  b\nc: 1\n", {"a": "d\ne\n", "c": 1}, "a: |  # x\n  d\n  e\nc: 1\n"),
        ("a: >-\n  b\n  c\n", {"a": "d e"}, "a: >-\n  d e\n"),
    ],
)
def test_edits_in_small(text: str, value: Any, expected: str) -> None:
    """The smallest part is replaced, in the style of its place."""
    assert splice(text, value, format="yaml") == expected


def test_only_the_differences_of_two_forms_are_taken_over() -> None:
    """What was written in another form of the same value stays, entry by entry."""
    written = {"a": [{"n": 30.0, "d": "default"}, {"n": 1.0}], "free": [1.0]}
    base = {"a": [{"n": 30}, {"n": 1}], "free": [1]}

    wanted = {"a": [{"n": 30}, {"n": 2}, {"n": 3}], "free": [1]}
    assert patched(written, base, wanted) == {"a": [{"n": 30.0, "d": "default"}, {"n": 2}, {"n": 3}], "free": [1.0]}
    assert patched([1.0], [1, 2], [3]) == [3]
