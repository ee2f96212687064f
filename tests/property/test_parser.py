"""The loops that we made faster give the same events as the parser's own."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from alliancekit.documents._parser import events
from tests.property.commented import Scribe
from tests.shared import SHARED, needs_shared


def seen(stream: Any) -> list[Any]:
    found: list[Any] = []
    try:
        for event in stream:
            places = [(mark.index, mark.line, mark.column) for mark in (event.start_mark, event.end_mark)]
            found.append((type(event).__name__, getattr(event, "value", None), places))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the same
        mark = getattr(error, "problem_mark", None)
        found.append(
            (type(error).__name__, getattr(error, "problem", None), mark and (mark.index, mark.line, mark.column))
        )
    return found


def stock(text: str) -> list[Any]:
    return seen(YAML(typ="safe", pure=True).parse(text))


@settings(max_examples=1500, deadline=None)
@given(st.text("ab-:#?,[]{}'\"|> \t\n\r!&*%", max_size=40))
def test_any_text_gives_the_same_events(text: str) -> None:
    """Types, values, places and errors."""
    assert seen(events(text)) == stock(text)


def test_documents_give_the_same_events() -> None:
    """Long ones too, with comments and both line ends."""
    for seed in range(150):
        text = Scribe(Random(seed)).document().removeprefix("\ufeff")
        assert seen(events(text)) == stock(text)


@needs_shared
def test_the_suite_gives_the_same_events() -> None:
    """What is legal and what is not."""
    for case in json.loads((SHARED / "suites" / "yaml-test-suite.json").read_text("utf-8")):
        assert seen(events(case["yaml"])) == stock(case["yaml"]), case["id"]
