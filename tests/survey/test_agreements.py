"""What the documentation states about real agreements is what the rules find in them."""

import re

from tests.shared import ROOT, needs_shared
from tests.survey.agreements import WORDING, clauses, paths, told

PAGE = ROOT / "docs" / "explanation" / "wording.md"


def rows(*head: str) -> list[list[str]]:
    """Return the rows of the page's table whose head begins with *head*."""
    start = PAGE.read_text(encoding="utf-8").split(f"| {' | '.join(head)} |", 1)[1]
    table = start.split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


@needs_shared
def test_how_many_fire() -> None:
    """The page counts the clauses that were read, and what each rule found in each agreement."""
    counted = [
        [path.name, str(len(clauses(path))), *(str([one.rule for one in told(path)].count(rule)) for rule in WORDING)]
        for path in paths()
    ]
    sums = [str(sum(int(row[at]) for row in counted)) for at in range(1, len(WORDING) + 2)]
    stated = [[name, *numbers] for name, _, *numbers in rows("agreement", "from, licence")]
    assert [*counted, ["all", *sums]] == stated
    every = [one for path in paths() for one in told(path)]
    places = {(one.file, one.clause) for one in every}
    assert f"That is {len(every)} findings, in {len(places)} of the {sums[0]} clauses." in PAGE.read_text("utf-8")


@needs_shared
def test_the_ten() -> None:
    """The page shows every third finding, and quotes the clause as it is written."""
    every = [one for path in paths() for one in told(path)]
    shown = rows("finding", "agreement")
    assert [str(number) for number in range(3, 31, 3)] == [row[0] for row in shown]
    for number, file, quoted, rule, says in shown:
        one = every[int(number) - 1]
        assert (one.file, one.rule, one.message) == (file, rule, says)
        parts = [re.escape(part.strip()) for part in quoted.split("…")]
        assert re.search(".*".join(parts), " ".join(one.clause.split())), quoted


@needs_shared
def test_what_is_no_clause() -> None:
    """Headings, questions, links and what is about a person are no clauses."""
    every = [one for path in paths() for one in clauses(path)]
    assert not [one for one in every if one.endswith("?") or one.startswith(("#", "[", "Team Members"))]
    assert "Ask for feedback" not in every
    assert "go to the instructor" in every
