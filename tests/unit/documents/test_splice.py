"""Where a new value goes in a text, style by style."""

from __future__ import annotations

from typing import Any

import pytest

from alliancekit.documents import splice
from alliancekit.documents._differ import first_difference
from alliancekit.errors import DocumentError


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("a: 1\n", [1], "- 1\n"),
        ("a: 1", {"a": {"b": [1]}}, "a:\n  b:\n    - 1"),
        ("a: b", {"a": ["x"]}, "a:\n  - x"),
        ("a: |\n  x", {"a": "y\n"}, "a: |\n  y\n"),
        ("a: |\n", {"a": "x\n"}, "a: |\n  x\n"),
        ("- a: |  # c\n    x\n", [{"a": "x\ny\n"}], "- a: |  # c\n    x\n    y\n"),
        ("a: >\n  one\n  two\n", {"a": "one\n two\n"}, "a: |\n  one\n   two\n"),
        ("- # c\n  x\n", [{"a": 1}], "- # c\n  a: 1\n"),
        ("a:\n  x # c\n", {"a": {"b": 1}}, "a:\n  # c\n  b: 1\n"),
        ("- a: 1\n  b: 2\n  c: 3\n", [{"c": 3}], "-\n  c: 3\n"),
        ("? a\n\n: b\n", {"a": "c"}, "? a\n\n: c\n"),
        ('"a" : b\n', {"a": "c"}, '"a" : c\n'),
    ],
)
def test_a_block_takes_it_where_it_stands(text: str, new: Any, expected: str) -> None:
    """Comments, question marks, block texts and a missing last line feed stay as they are."""
    assert splice(text, new, format="yaml") == expected


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("a: [1, 2]\n", {"a": [1, 2, 3]}, "a: [1, 2, 3]\n"),
        ("a: [1, 2, 3]\n", {"a": [1, 3]}, "a: [1, 3]\n"),
        ("{a: [1, 2, 3] # c\n}\n", {"a": [2, 3]}, "{a: [2, 3] # c\n}\n"),
        ("a: [1, # c\n  2, 3]\n", {"a": [1, 3]}, "a: [1, # c\n   3]\n"),
        ("a: [1, 2, # c\n  ]\n", {"a": [1, 2, 4]}, "a: [1, 2, 4, # c\n  ]\n"),
        ("a: [1, 2 # c\n  ]\n", {"a": [1, 2, 4]}, "a: [1, 2, 4 # c\n  ]\n"),
        ("a: [ # c\n  1, 2]\n", {"a": [1, 2, 4]}, "a: [ # c\n  1, 2, 4]\n"),
        ("a: {b: , c: 1}\n", {"a": {"b": 2, "c": 1}}, "a: {b: 2 , c: 1}\n"),
        ("a: {b: x}\n", {"a": {"b": "y" * 3000}}, f'a: {{b: "{"y" * 3000}"}}\n'),
    ],
)
def test_brackets_take_it_where_it_stands(text: str, new: Any, expected: str) -> None:
    """Entries come and go between the commas; the comments among them stay."""
    assert splice(text, new, format="yaml") == expected


def test_a_text_that_is_not_sound_is_not_changed() -> None:
    """First it must be sound."""
    with pytest.raises(DocumentError):
        splice("a: [", {"a": 1}, format="yaml")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "/a/b"),
        ({"a": 1}, {"a": 1.0}, "/a"),
        ({"a": 1}, {"a": 1, "b": 2}, "/b"),
        ({"a": [1, 2]}, {"a": [1, 3]}, "/a"),
        ({"a": 1}, [1], ""),
    ],
)
def test_a_refusal_points_at_what_differs(old: Any, new: Any, expected: str) -> None:
    """The first part that differs, a list as a whole; 1 is not 1.0."""
    assert first_difference(old, new) == expected
