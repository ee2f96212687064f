"""
The law of an audit: what is told of a file is what was done to it, however it was done.

Random pasts are written into git; beside it a slow count keeps every text that the file ever had, and compares words.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.living import audit, read_history
from tests.integrations.histories import alone, begun, plain, write_on

FIRST = date(2026, 1, 1)
NAMES = ["a.md", "docs/b.md", "TEAM_CHARTER.md", "-c\n.md", "é.md"]
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["change", "space", "move", "move and change", "elsewhere", "gone and back"]),
        st.integers(0, 39),
        st.sampled_from(NAMES),
        st.integers(0, 120),
        st.sampled_from(["Ana", "Ben", "Cy"]),
    ),
    min_size=1,
    max_size=7,
)


@pytest.fixture(autouse=True, scope="module")
def _no_settings_of_others() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        alone(patch)
        yield


def words(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=12)
@given(DEEDS)
def test_what_is_told_is_what_was_done(deeds: list[tuple[str, int, str, int, str]]) -> None:
    """Creation, last change, revisions and quarters are those of a count that keeps every text."""
    with TemporaryDirectory() as name:
        folder = begun(Path(name, "team"))
        path, text, day = NAMES[0], plain(40), FIRST
        write_on(folder, day, {path: text})
        told: list[tuple[date, str, str]] = [(day, text, "Ana")]
        for at, (what, line, other, days, who) in enumerate(deeds):
            day += timedelta(days=days)
            files: dict[str, str | None] = {}
            if what == "gone and back":
                write_on(folder, day, {path: None}, by=who)
            if what.startswith("move") and other != path:
                files[path], path = None, other
            if what.endswith("change"):
                text = text.replace(f"number {line} ", f"number {line} ({at}) ")
            if what == "space":
                text = text.replace(" ", "  ", line + 1)
            files[path] = text
            if what == "elsewhere":
                files["code.py"] = f"{at}\n"
            write_on(folder, day, files, by=who)
            told.append((day, text, who))
        if path != NAMES[2]:
            write_on(folder, day, {path: None, NAMES[2]: text})
        [one] = audit(read_history(folder), as_of=day).agreements
    changes = [after for before, after in pairwise(told) if words(before[1]) != words(after[1])]
    quarters = [f"{when.year}-Q{(when.month - 1) // 3 + 1}" for when, _, _ in changes]
    assert (one.created, one.revisions) == (FIRST, len(changes))
    assert one.changed == (changes[-1][0] if changes else FIRST)
    assert dict(one.quarters) == {quarter: quarters.count(quarter) for quarter in quarters}
    assert one.authors == len({"Ana", *(who for _, _, who in changes)})
