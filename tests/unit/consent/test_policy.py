"""The written policy of which edits ask whom: the page is read, each edit is made, and both must say the same."""

import re
from typing import Any

import pytest

from alliancekit.consent import diff, digest
from tests.shared import ROOT
from tests.unit.consent.alliances import FIVE, alliance, changed

PAGE = ROOT / "docs" / "explanation" / "consent.md"

TEAM = changed(
    changed(FIVE, "cadence/check_ins/weekly", {"frequency": "weekly", "at": "10:00", "where": "Room 4"}),
    "cadence/review",
    {"frequency": "yearly"},
)
MEETING = "cadence/check_ins/weekly"

# Each row of the page: where something is written, and what; None takes it away.
EDITS: dict[str, list[tuple[str, Any]]] = {
    "a typo in the title": [("title", "Harbor")],
    "another name for Ed": [("members/ed/name", "Edmund")],
    "the status, from draft to active": [("status", "active")],
    "a steward is named": [("steward", ["bo"])],
    "a concern is shared": [("concerns", {"fear": {"by": ["bo"], "text": "One more meeting."}})],
    "something stays unresolved": [("unresolved", {"a": {"element": "ground_rules", "text": "Fridays are remote."}})],
    "`tests` is kept": [("commitments/tests/standing", "kept")],
    "`tests` is said to come from a prompt": [("commitments/tests/source_prompts", ["count-on"])],
    "a space behind the text of `tests`": [("commitments/tests/text", "Tests run in 5 minutes. ")],
    "`notes` says `to: [everyone]` where it said nothing": [("commitments/notes/to", ["everyone"])],
    "the check-in moves to another hour": [(f"{MEETING}/at", "11:00")],
    "the check-in moves to another room": [(f"{MEETING}/where", "Room 5")],
    "a key that begins with `x-`": [("x-board", 7)],
    "one character in the text of `tests`": [("commitments/tests/text", "Tests run in 4 minutes.")],
    "another evidence for `tests`": [("commitments/tests/known_by", "The clock of the build.")],
    "a day by which `tests` is done": [("commitments/tests/due", "2026-12-07")],
    "`tests` goes to Di": [("commitments/tests/to", ["di"])],
    "`tests` is removed": [("commitments/tests", None)],
    "a commitment of Cy to Di": [("commitments/pair", {"by": ["cy"], "to": ["di"], "text": "We pair."})],
    "a waiver of `tests`": [("waivers/a", {"clause": "tests", "members": ["ada"], "reason": "On call."})],
    "`notes` is reworded": [("commitments/notes/text", "Notes on the wiki by 17:00.")],
    "a ground rule is reworded": [("ground_rules/rooms/text", "Meetings end at 17:00.")],
    "a ground rule is on another topic": [("ground_rules/rooms/topic", "other")],
    "a ground rule becomes a value": [("ground_rules/rooms", None), ("values/rooms", {"text": "Meetings end at 16:00."})],
    "the intention is reworded": [("intention", "Ship on Fridays.")],
    "the check-in comes every two weeks": [(f"{MEETING}/interval", 2)],
    "the review is removed": [("cadence/review", None)],
    "Flo joins": [("members/flo", {"name": "Flo"})],
    "Ed leaves": [("members/ed/left", "2026-11-01")],
    "the alliance gets another id": [("id", "harbour-2")],
}  # fmt: skip

EVERYBODY = {"ada", "bo", "cy", "di", "ed"}
WORDS = {
    "nobody": set[str](),
    "everybody": EVERYBODY,
    "everybody, and flo": EVERYBODY | {"flo"},
    "everybody but ed": EVERYBODY - {"ed"},
}


def rows() -> dict[str, tuple[tuple[str, ...], set[str]]]:
    """Return of each edit on the page its kinds, and who has to agree again."""
    table = PAGE.read_text(encoding="utf-8").partition("| edit |")[2].partition("\n\n")[0]
    cells = [re.split(r"\s*\|\s*", line.strip("| \n")) for line in table.splitlines()[2:]]
    return {
        edit: (tuple(kinds.split(", ")), WORDS[whom] if whom in WORDS else {*whom.split(", ")})
        for edit, kinds, whom in cells
    }


def test_every_edit_of_the_page_is_made() -> None:
    """The page and this test speak of the same edits."""
    assert list(rows()) == list(EDITS)


@pytest.mark.parametrize("edit", EDITS)
def test_the_policy_holds(edit: str) -> None:
    """Each edit is one change of the kinds that the page says, and asks exactly whom the page says."""
    after = TEAM
    for path, value in EDITS[edit]:
        after = changed(after, path, value)
    old, new = alliance(TEAM), alliance(after)
    found = diff(old, new)
    before = {member: digest(old, member) for member in old.present()}
    voided = {member for member in new.present() if before.get(member) != digest(new, member)}
    assert ([one.kinds for one in found.changes], {*found.consents_again}) == ([rows()[edit][0]], rows()[edit][1])
    assert voided == rows()[edit][1]
