"""A cache, workers and what changes in between never show: a report is what it is without them."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit import check
from alliancekit.check import Settings
from alliancekit.check._formats import FORMATS, Telling
from alliancekit.findings import Severity
from alliancekit.values import FrozenMap
from tests.shared import ROOT
from tests.unit.check.test_pool import Toy

SOURCES = sorted((ROOT / "tests/documents").rglob("*.yaml"), key=str)
NAMES = ("a.alliance.yaml", "b.alliance.yaml", "c.check-in.yaml", "d.alliance.json", "e.flow.yaml", "f.bank.yaml")
SETTINGS = (
    Settings(),
    Settings(most_commitments=1, most_ground_rules=1),
    Settings(severities=FrozenMap({"vague-wording": Severity.ERROR, "no-steward": None})),
)
WRITES = st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(SOURCES))
EDITS = st.tuples(st.just("edit"), st.sampled_from(NAMES), st.tuples(st.integers(0, 3_000), st.text(max_size=2)))
MOVES = st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES))
RUNS = st.tuples(
    st.just("run"), st.sampled_from(SETTINGS), st.sampled_from([None, date(2026, 11, 22), date(2030, 1, 1)])
)


@settings(max_examples=12)
@given(st.lists(WRITES | EDITS | MOVES | RUNS, min_size=4, max_size=9))
def test_a_report_is_never_out_of_date(steps: list[tuple[str, object, object]]) -> None:
    """Whatever is written, edited, moved and set between two runs, each says byte for byte what a run anew says."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "docs"), Path(name, "cache")
        folder.mkdir()
        for step in [*steps, ("run", Settings(), None), ("run", Settings(), None)]:
            _take(step, folder, cache)


def _take(step: tuple[str, object, object], folder: Path, cache: Path) -> None:
    match step:
        case ("write", str(name), Path() as source):
            (folder / name).write_bytes(source.read_bytes())
        case ("edit", str(name), (int(at), str(text))) if (folder / name).exists():
            data = (folder / name).read_bytes()
            (folder / name).write_bytes(data[:at] + text.encode() + data[at + 1 :])
        case ("move", str(name), str(other)) if (folder / name).exists():
            (folder / name).replace(folder / other)
        case ("run", Settings() as given, date() | None as day):
            _compare(folder, cache, given, day)
        case _:
            pass


def _compare(folder: Path, cache: Path, given: Settings, day: date | None) -> None:
    executor = Toy()
    cached = check.check_paths([folder], settings=given, as_of=day, cache=cache, executor=executor)
    again = check.check_paths([folder], settings=given, as_of=day, cache=cache)
    anew = check.check_paths([folder], settings=given, as_of=day)
    for write in FORMATS.values():
        told = Telling()
        assert write(cached, told) == write(again, told) == write(anew, told)
    assert cached == again == anew
