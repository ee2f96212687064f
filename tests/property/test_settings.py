"""One verdict about a configuration: what the reader says of its structure, its schemas say too."""

import json
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from alliancekit.check import RULES, make_configuration, settings_schema, settings_text
from alliancekit.check._configuration._reading import NUMBERS
from alliancekit.check._configuration._table import SettingsTable
from alliancekit.errors import ConfigurationError
from alliancekit.wire import explain
from tests.node import needs_node, run_node
from tests.strategies import mutated

VALIDATORS = (Draft202012Validator(settings_schema()), Draft7Validator(settings_schema(draft_07=True)))

levels = st.sampled_from(("error", "warning", "info", "off"))
numbers = st.sampled_from([name for names in NUMBERS.values() for name in names])
entries = st.builds(
    lambda severity, said: {**severity, **said},
    st.fixed_dictionaries({}, optional={"severity": levels}),
    st.dictionaries(numbers, st.integers(1, 1_000)),
)
codes = st.sampled_from([code for code, rule in RULES.items() if not rule.is_fixed])
names = st.lists(st.one_of(codes, st.sampled_from(("clauses", "flows"))), max_size=3)
patterns = st.lists(st.sampled_from(("drafts/", "*.old.yaml", "!a", "**/x")), max_size=3)
tables = st.fixed_dictionaries(
    {},
    optional={
        "profile": st.sampled_from(("standard", "gentle", "strict")),
        "fail_on": st.sampled_from(("error", "warning", "never")),
        "fail_on_time": st.booleans(),
        "select": names,
        "ignore": names,
        "per_file": st.dictionaries(st.sampled_from(("drafts/", "*.json", "xyz", "x")), names, max_size=2),
        "files": patterns,
        "exclude": patterns,
        "rules": st.dictionaries(codes, st.one_of(levels, entries), max_size=4),
        "limits": st.dictionaries(st.sampled_from(("text", "nodes", "keys")), st.integers(1, 80_000)),
        "x-mine": st.just({"free": [1]}),
    },
)


def collected(each: int) -> list[tuple[Any, bool]]:
    """Return tables, right and mutated, with what the reader says; jsonschema has to say the same."""
    found: list[tuple[Any, bool]] = []

    @settings(max_examples=60, deadline=None)
    @given(table=tables, seed=st.integers(0, 2**32))
    def collect(table: dict[str, Any], seed: int) -> None:
        random = Random(seed)
        for data in [table, *(mutated(table, random, structural=True) for _ in range(each))]:
            verdict = not explain(data, SettingsTable).findings
            assert [one.is_valid(data) for one in VALIDATORS] == [verdict, verdict], data
            found.append((data, verdict))

    collect()
    return found


def test_one_verdict() -> None:
    """Reader and jsonschema agree about tables and their structural mutations, in both drafts."""
    assert {verdict for _, verdict in collected(each=12)} == {True, False}


@needs_node
def test_one_verdict_in_ajv(tmp_path: Path) -> None:
    """Ajv compiles both schemas in strict mode, and agrees with the reader."""
    judged = collected(each=4)
    schemas = []
    for old in (False, True):
        path = tmp_path / f"{old}.schema.json"
        path.write_text(json.dumps(settings_schema(draft_07=old)), encoding="utf-8")
        schemas.append({"path": str(path), "instances": [data for data, _ in judged]})
    for answer in run_node("ajv_compile.mjs", {"schemas": schemas}):
        assert answer["error"] is None
        verdicts = zip(judged, answer["verdicts"], strict=True)
        assert [(data, said["errors"]) for (data, verdict), said in verdicts if said["valid"] is not verdict] == []


@settings(max_examples=100, deadline=None)
@given(table=tables, seed=st.integers(0, 2**32))
def test_reading_never_fails_otherwise(table: dict[str, Any], seed: int) -> None:
    """Whatever a table holds, it is a configuration, or each thing that is wrong has its message."""
    random = Random(seed)
    for data in [table, mutated(table, random), mutated(mutated(table, random), random)]:
        try:
            said = settings_text(make_configuration(data))
        except ConfigurationError as error:
            said = str(error)
        assert said.strip()
