"""Which texts go the fast way, and what happens when the native reader is not what it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

from alliancekit import check
from alliancekit.documents import _fast, examine_tree
from alliancekit.documents._fast import read_fast
from alliancekit.documents._tame import is_tame
from alliancekit.documents._yaml import read_yaml
from alliancekit.limits import LIMITS, Limits

TAME = {
    "keys and texts": "a: b\nx-c: D e, f\n'd': \"e\"\n\"f\": 'it''s'\n",
    "no line feed at the end": "a: b",
    "no value": "a:\nb:\n",
    "numbers and words": "a: 0\nb: 30\nc: 2.5\nd: true\ne: null\n",
    "comments": "# one\na: b # two\n  # three\n\nb: c#d\n",
    "a mark of the document": "---\na: b\n",
    "lists": 'a:\n  - b\n  - c: d\n    e: f\n  - [g, "h"]\nb:\n- 30 minutes\n',
    "brackets and braces": "a: [b, 'c', 1]\nb: {c: d, e: [f]}\nc: []\nd: {}\n",
    "an hour in braces": "a: {b: Weekdays 09:00 to 18:00, c: 4}\n",
    "blocks": "a: |\n  b\n\n    c: # d\nb: >-\n  c\n  d\n- e: |-\n    f\n",
    "colons and signs": "a: b:c http://d e; f (g) - h\nb: “c”\n",
    "letters of other languages": "a: Ça va, größer, 日本語\n",
    "escapes": 'a: "b\\n\\"c\\"\\t\\\\"\n',
}
WILD = {
    "a tab": "a:\tb\n",
    "another line end": "a: b\r\n",
    "a space that is none": "a: b\xa0c\n",
    "what another reader takes for true": "a: yes\n",
    "such a key": "no: a\n",
    "a key that is no text": "true: a\n",
    "a date": "a: 2026-11-01\n",
    "an hour": "a: 10:00\n",
    "octal": "a: 010\n",
    "a number with a sign": "a: -1\n",
    "a number that is long": "a: 1234567890123456\n",
    "nothing, by a sign": "a: ~\n",
    "a tag": "a: !b c\n",
    "an anchor": "a: &b c\n",
    "an alias": "a: *b\n",
    "a merge key": "<<: a\n",
    "a directive": "%YAML 1.1\n---\na: b\n",
    "a second document": "a: b\n---\nc: d\n",
    "a text over lines": "a: b\n  c\n",
    "a text in quotes over lines": 'a: "b\n  c"\n',
    "brackets over lines": "a: [b,\n  c]\n",
    "a list that goes on as a text": "a: b\n  - c\n",
    "a value below a value": "a: b\n  c: d\n",
    "a colon in a text": "a: b: c\n",
    "a comment without a space": 'a: "b"#c\n',
    "a comma too many": "a: [b, ]\n",
    "a key without a value in braces": "a: {b, c}\n",
    "two dashes": "- - a\n",
    "another escape": 'a: "\\x41"\n',
    "blocks that keep line ends": "a: |+\n  b\n\n",
    "a block with a number": "a: |2\n  b\n",
    "a block that begins empty": "a: |\n\n  b\n",
    "a folded block with more indentation": "a: >\n  b\n    c\n",
    "a block without a last line feed": "a: |\n  b",
    "a comment in the middle of a block": "a: |\n  b\n # c\n",
    "what git left of a merge": "<<<<<<< ours\na: b\n",
}  # fmt: skip


@pytest.mark.parametrize("what", TAME)
def test_what_people_write_is_tame(what: str) -> None:
    """Everything that is read alike, and the careful reader has nothing against it."""
    assert is_tame(TAME[what])
    assert [one for one in read_yaml(TAME[what], LIMITS).findings if one.rule != "syntax"] == []


@pytest.mark.parametrize("what", WILD)
def test_what_readers_differ_about_is_not(what: str) -> None:
    """Everything else, however common, is left to the careful reader."""
    assert not is_tame(WILD[what])


def test_nothing_in_a_tame_text_is_a_trap() -> None:
    """What the scan lets in, the rule about readers of YAML 1.1 has nothing to say about."""
    for text in TAME.values():
        found = check.check_text(text.rstrip() + "\nlast: 010\n" if text.endswith("\n") else text)
        assert {one.pointer for one in found if one.rule == "yaml-trap"} <= {"/last"}


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A native reader of our own making, in place of the one that may be installed."""
    module = ModuleType("yaml_rs")
    monkeypatch.setitem(sys.modules, "yaml_rs", module)
    monkeypatch.setattr(module, "__version__", "0.1.6", raising=False)
    _fast._native.cache_clear()
    yield module
    _fast._native.cache_clear()


def test_the_native_reader_gives_the_value(native: ModuleType) -> None:
    """Without dates, and the places are looked up when somebody asks."""
    asked: list[object] = []

    def loads(text: str, **options: object) -> Any:
        asked.append((text, options))
        return {"a": "b"}

    native.loads = loads
    tree = examine_tree("a: b\n", format="yaml")
    assert asked == [("a: b\n", {"parse_datetime": False})]
    assert (tree.value, tree.findings, tree.is_tame) == ({"a": "b"}, (), True)
    assert tree.root is not None
    assert tree.root.value == {"a": "b"}


class PanicException(BaseException):
    """As native code raises it."""


@pytest.mark.parametrize("error", [ValueError("no"), RecursionError(), MemoryError(), PanicException()])
def test_what_fails_is_read_carefully(native: ModuleType, error: BaseException) -> None:
    """However the native reader fails."""

    def loads(_: str, **options: object) -> Any:
        raise error

    native.loads = loads
    assert examine_tree("a: b\n", format="yaml").value == {"a": "b"}


def test_who_stops_the_program_stops_it(native: ModuleType) -> None:
    """An interrupt is no failure of the reader."""

    def loads(_: str, **options: object) -> Any:
        raise KeyboardInterrupt

    native.loads = loads
    with pytest.raises(KeyboardInterrupt):
        examine_tree("a: b\n", format="yaml")


@pytest.mark.parametrize("version", ["0.1.5", "0.0.9", "unknown", None])
def test_an_older_one_is_not_asked(native: ModuleType, monkeypatch: pytest.MonkeyPatch, version: object) -> None:
    """Its values were never compared with ours."""
    monkeypatch.setattr(native, "__version__", version)
    native.loads = lambda _: {"other": "value"}
    assert examine_tree("a: b\n", format="yaml").value == {"a": "b"}


def test_without_one_nothing_changes(native: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: without it the careful reader reads everything."""
    assert native is sys.modules["yaml_rs"]
    monkeypatch.setitem(sys.modules, "yaml_rs", None)
    tree = examine_tree("a: b\n", format="yaml")
    assert tree.value == {"a": "b"}
    assert not tree.is_tame


def test_the_lines_are_held_to_the_value(native: ModuleType) -> None:
    """Places are those of the careful reader, where the lines do not read what the native reader read."""
    native.loads = lambda _, **options: {"a": {"b": 1}}
    tree = examine_tree("a:\n  b: 2\n", format="yaml")
    assert tree.value == {"a": {"b": 1}}
    with patch.object(_fast, "read_yaml", wraps=_fast.read_yaml) as careful:
        assert tree.root is not None
    assert careful.call_count == 1


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("a: " + "b" * 20, Limits(text=19)),
        ("a:\n  b:\n    - c: [d]\n", Limits(depth=4)),
        ("a: b\nc: d\n", Limits(keys=1)),
        ("a: b\nc: d\n", Limits(nodes=4)),
        ("a: " + "b" * 40, Limits(line_bytes=42)),
        ("a: " + "b" * 40, Limits(file_bytes=42)),
    ],
)
def test_limits_hold(text: str, limits: Limits) -> None:
    """What passes one is refused, and the careful reader says how."""
    (found,) = examine_tree(text, format="yaml", limits=limits).findings
    assert found.rule == "limit"


@pytest.mark.parametrize("line", ["{indent}a:\n", "{indent}{indent}- a:\n"])
def test_depth_is_counted_where_it_could_be_passed(line: str) -> None:
    """What is indented little is not counted, and nesting still ends where it ends for the careful reader."""
    for depth in range(1, 40):
        text = "top:\n" + "".join(" " + line.format(indent=" " * level) for level in range(depth))
        assert (read_fast(text, LIMITS) is None) == bool(read_yaml(text, LIMITS).findings)
