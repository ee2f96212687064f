"""Records of check-ins in Markdown."""

from datetime import date

import pytest
from attrs import evolve
from markdown_it import MarkdownIt

from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import (
    Amendment,
    CheckIn,
    PulseAggregate,
    PulseByName,
    Recurrence,
    Response,
    Reviewed,
)
from alliancekit.render import to_markdown
from alliancekit.values import FrozenMap
from tests.unit.flow.test_check_in import CIRCLE
from tests.unit.render.test_escape import ATTACKS

RECORD = CheckIn(
    alliance="circle",
    date=date(2026, 11, 12),
    present=["ana", "ben"],
    reviewed=[
        Reviewed(id="flag", standing="broken", note="Twice."),
        Reviewed(id="gone", standing="kept", note="Done."),
    ],
    pulse=FrozenMap({"trust": PulseByName(named={"ana": 4}), "aim": PulseAggregate(answers=5, mean=4.0)}),
    amendments=[
        Amendment(id="stop", action="drop", element="ground_rules"),
        Amendment(id="early", action="change", element="expectations", text="Tell me at once."),
        Amendment(
            id="call",
            action="add",
            element="commitments",
            text="Call on Fridays.",
            known_by="It rang.",
            by=["ana"],
            to=["everyone"],
            meets=["early"],
            repeats=Recurrence(frequency="weekly"),
        ),
        Amendment(
            id="pay", action="add", element="expectations", text="Pay.", by=["ben"], of=["ana"], due=date(2026, 12, 1)
        ),
    ],
    responses=[
        Response(prompt="kept", by="ana", for_="flag", answer="broken"),
        Response(prompt="kept", by="ben", for_="old", answer="kept"),
        Response(prompt="changed", answer="A new room."),
        Response(prompt="seen", by="cem", answer="Rain.", visibility="public"),
    ],
    notes="We were late.",
    next=date(2026, 11, 19),
)

MEMBERS = """\
# The circle: check-in of 2026-11-12

**There were:** Ana and Ben

## How the promises stand

- **Broken:** Say it the same day.
  - Ana: broken
- **Kept:** gone
  - Done.

## Pulse

- **trust:** Ana 4
- **aim:** 4 on average, of 5 answers

## What changed

- **Dropped** (ground rule): We stop and breathe.
- **In other words** (request): Tell me at once.
- **New** (commitment, by Ana): Call on Fridays.
  - Known by: It rang.
  - To: everyone
  - When: every week
  - Answers: Tell me early.
- **New** (request, by Ben): Pay.
  - Asked: Ana
  - Due: 2026-12-01

## What else was said

- **Ben, kept for Done long ago.:** kept
- **together, changed:** A new room.
- **Cem, seen:** Rain.

We were late.

**Next:** 2026-11-19
"""

ANYBODY = """\
# circle: check-in of 2026-11-12

**There were:** ana and ben

## How the promises stand

- **Broken:** flag
- **Kept:** gone

## Pulse

- **aim:** 4 on average, of 5 answers

## What changed

- **Dropped** (ground rule): stop
- **In other words** (request): Tell me at once.
- **New** (commitment, by ana): Call on Fridays.
  - Known by: It rang.
  - To: everyone
  - When: every week
  - Answers: early
- **New** (request, by ben): Pay.
  - Asked: ana
  - Due: 2026-12-01

## What else was said

- **cem, seen:** Rain.

What was said by name is for members only, and is not shown here.

**Next:** 2026-11-19
"""


def test_for_a_member() -> None:
    """With the alliance at hand a member reads names and words, and all that was said."""
    assert to_markdown(RECORD, member="ana", alliance=CIRCLE) == MEMBERS


def test_for_anybody() -> None:
    """Without either, ids stand for names, and what was said by name is left out, which is said."""
    assert to_markdown(RECORD) == ANYBODY


def test_a_short_one() -> None:
    """A meeting of which nothing is recorded has no empty headings."""
    record = CheckIn(alliance="circle", date=date(2026, 11, 12))
    assert to_markdown(record) == "# circle: check-in of 2026-11-12\n\n**There were:** nobody\n"


def test_another_alliance() -> None:
    """The alliance is the one that the record is about."""
    with pytest.raises(InvalidValueError, match="is 'square', and the record is about 'circle'"):
        to_markdown(RECORD, alliance=evolve(CIRCLE, id="square", ratifications=[]))


def test_a_stranger() -> None:
    """Only who was there, or belongs to the alliance, is a member."""
    with pytest.raises(UnknownNameError):
        to_markdown(RECORD, member="dora")
    with pytest.raises(UnknownNameError):
        to_markdown(RECORD, member="cem")
    assert "We were late." in to_markdown(RECORD, member="cem", alliance=CIRCLE)


@pytest.mark.parametrize("words", [one for one in ATTACKS if one.strip() and "\0" not in one])
def test_words_stay_words(words: str) -> None:
    """Whatever somebody wrote, the page has the same headings and lists, and no link, image or HTML."""

    def marks(record: CheckIn) -> list[str]:
        page = to_markdown(record, member="ana")
        tokens = MarkdownIt("gfm-like").parse(page)
        return [each.type for one in tokens for each in (one, *(one.children or ())) if each.type != "text"]

    def said(text: str) -> CheckIn:
        amendments = [evolve(one, text=text, known_by=text) for one in RECORD.amendments.values()]
        reviewed = [evolve(one, note=text) for one in RECORD.reviewed.values()]
        responses = [evolve(one, answer=text) for one in RECORD.responses]
        return evolve(RECORD, amendments=amendments, reviewed=reviewed, responses=responses, notes=text)

    assert marks(said(words)) == marks(said("plain"))
