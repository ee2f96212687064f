"""Documents that are judged together: whatever they say, something is answered, and it does not depend on their order."""

from collections.abc import Sequence
from datetime import date

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alliancekit as ak
from alliancekit.check import Checked
from alliancekit.check._across import checked_across
from alliancekit.check._judge import Job, judge
from tests.strategies import values

NAMES = st.sampled_from(("ana", "ben", "zoe"))
ALLIANCES = st.builds(
    lambda alliance, name, before, team: evolve(alliance, id=name, supersedes=before, team=team),
    values(ak.Alliance),
    NAMES,
    st.none() | NAMES,
    st.none() | NAMES,
)
RECORDS = st.builds(
    lambda record, name, day: evolve(record, alliance=name, date=day),
    values(ak.CheckIn),
    NAMES,
    st.dates(date(2026, 11, 1), date(2026, 11, 9)) | st.dates(),
)


def told(files: Sequence[Checked], job: Job, texts: dict[str, bytes]) -> dict[str | None, tuple[object, ...]]:
    found = checked_across(files, job, texts.get, searched=texts)
    assert [one.path for one in found] == [one.path for one in files]
    assert all(len(one.findings) == len(one.excerpts) for one in found)
    assert all(finding.span is not None for one in found for finding in one.findings)
    return {one.path: one.findings for one in found}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(ALLIANCES, max_size=3), st.lists(RECORDS, max_size=4), st.none() | st.dates(), st.randoms())
def test_any_order(alliances: list[ak.Alliance], records: list[ak.CheckIn], day: date | None, chance) -> None:
    """Each finding has its place, and each file the same findings in whatever order the files come."""
    texts = {f"a{index}.alliance.json": ak.dumps(one, format="json").encode() for index, one in enumerate(alliances)}
    texts |= {f"c{index}.check-in.json": ak.dumps(one, format="json").encode() for index, one in enumerate(records)}
    job = Job(as_of=day)
    files = [judge(text, path, job) for path, text in texts.items()]
    first = told(files, job, texts)
    chance.shuffle(files)
    assert told(files, job, texts) == first
