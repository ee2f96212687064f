"""Where the comments of a document are."""

import re
from random import Random

import pytest

from alliancekit.documents import comments_in, examine_tree
from alliancekit.findings import Position
from tests.property.commented import Scribe

MIXED = """\
# first
a: | # header
  body # no
  # no
# below
b: plain
  more # end
c: "x # no
  # no" # quoted
d: [a, # inside
  b] # flow
e: a#no # plain
? f # key
: 'it''s # no' # value
"""


def comments(text: str) -> list[str]:
    tree = examine_tree(text, format="yaml")
    return [tree.text[start:end] for start, end in comments_in(tree)]


def test_a_number_sign_in_a_text_is_no_comment() -> None:
    """Comments are found in order, and never in a plain, quoted or block text."""
    expected = ("first", "header", "below", "end", "quoted", "inside", "flow", "plain", "key", "value")
    assert [f"# {one}" for one in expected] == comments(MIXED)


def test_comments_with_entries_that_are_left_out() -> None:
    """The second of two equal keys and a key that is no text are looked at too."""
    text = 'a: 1\na: "x # no" # twice\n1: {b: "# no"} # number\n'
    assert comments(text) == ["# twice", "# number"]


def test_left_out_entries_are_kept_with_their_places() -> None:
    """What is no part of the value can still be found in the text, in both formats."""
    for text, form in (("a: 1\na: 2\n", "yaml"), ('{"a": 1, "a": 2}', "json")):
        tree = examine_tree(text, format=form)
        assert [(key.value, item.value) for key, item in tree.left_out] == [("a", 2)]
        assert tree.value == {"a": 1}


def test_json_has_none() -> None:
    """A number sign in JSON stands in a text."""
    tree = examine_tree('{"a": "x # y", "# b": 1}', format="json")
    assert list(comments_in(tree)) == []


@pytest.mark.parametrize("seed", range(60))
def test_random_documents(seed: int) -> None:
    """In documents in random styles exactly the comments are found."""
    text = Scribe(Random(seed)).document()
    assert re.findall(r"# c\d+\.", text) == comments(text)


def test_offset_is_the_inverse_of_position() -> None:
    """A position leads back to its offset; one beyond the text leads to its end."""
    tree = examine_tree("a: 1\r\nb: 2\n", format="yaml")
    assert [tree.offset(tree.position(at)) for at in range(len(tree.text) + 1)] == list(range(len(tree.text) + 1))
    assert tree.offset(Position(9, 1)) == tree.offset(Position(2, 99)) == len(tree.text)
