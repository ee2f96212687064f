"""Alliances in Markdown."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alliancekit import wire
from alliancekit.consent import ratify
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import Alliance
from alliancekit.render import to_markdown
from tests.unit.consent.alliances import alliance
from tests.unit.render.test_escape import ATTACKS, plain

HIDDEN = "only for members"


def full(words: str = "") -> dict[str, Any]:
    """Return an alliance that has everything; *words*, where given, stand for every text of its members."""

    def said(text: str) -> str:
        return words or text

    return {
        "id": "ana-ben",
        "kind": "one-to-one",
        "title": said("Ana and Ben"),
        "relationship": said("colleagues"),
        "expires": "2028-01-01",
        "intention": said("Ship hard things together."),
        "members": {
            "ana": {
                "name": said("Ana Silva"),
                "timezone": "America/New_York",
                "why": said("To be wrong out loud."),
                "accountable_for": [said("the roadmap")],
                "stuck_signal": said("I go quiet."),
                "prefers": {
                    "communication": said("Chat."),
                    "acknowledgment": said("A thank-you."),
                    "feedback": said("Direct."),
                },
            },
            "ben": {"name": said("Ben Osei")},
            "bot": {"name": said("Robin"), "agent": True, "left": "2026-10-01"},
        },
        "atmosphere": {"direct": {"text": said("We say it early."), "known_by": said("In the room.")}},
        "values": {"repair": {"text": said("Repair beats being right.")}},
        "success": {"surprise": {"text": said("We keep surprising each other.")}},
        "expectations": {
            "early": {"by": ["ana"], "text": said("Tell me early.")},
            "weekends": {"by": ["ana", "ben"], "of": ["ben"], "text": said("Take my call."), "declined_by": ["ben"]},
        },
        "concerns": {
            "overload": {"by": ["ben"], "text": said(f"Overload, {HIDDEN}.")},
            "open": {"by": ["ana"], "text": said("That we forget it."), "visibility": "public"},
        },
        "commitments": {
            "flag-slips": {
                "by": ["ben"],
                "text": said("Say it the same day."),
                "known_by": said("No surprise on Thursday."),
                "meets": ["early"],
                "repeats": {"frequency": "weekly", "interval": 2, "weekdays": ["thursday"]},
                "standing": "kept",
            },
            "plan": {"by": ["ana"], "to": ["everyone"], "text": said("One page."), "due": "2026-12-07"},
        },
        "ground_rules": {"cool-off": {"topic": "conflict", "text": said("We stop.")}},
        "steward": ["ana"],
        "cadence": {
            "check_ins": {
                "weekly": {
                    "frequency": "weekly",
                    "weekdays": ["monday", "thursday"],
                    "starts": "2026-11-05",
                    "at": "10:00",
                    "timezone": "America/North_Dakota/New_Salem",
                    "minutes": 30,
                    "where": said("Room 4"),
                },
                "monthly": {"frequency": "monthly", "weekdays": ["friday"], "nth": "last"},
                "payday": {"frequency": "monthly", "day": 31, "minutes": 1},
            },
            "channels": {
                "chat": {"purpose": said("Quick questions"), "hours": said("09:00 to 18:00"), "reply_within_hours": 1}
            },
            "review": {"frequency": "monthly", "interval": 3, "starts": "2027-02-01", "where": said("Outside")},
        },
        "responses": [
            {"prompt": "trust", "by": "ana", "answer": said(f"Early, {HIDDEN}.")},
            {"prompt": "tone.works", "answer": said("Direct"), "visibility": "public"},
        ],
        "unresolved": {
            "fridays": {
                "element": "ground_rules",
                "text": said("Fridays are remote."),
                "objections": {"ben": said("My only day.")},
            }
        },
        "waivers": {
            "on-call": {"clause": "flag-slips", "members": ["ben"], "reason": said("On call."), "until": "2026-12-01"},
            "busy": {"clause": "review", "members": ["ana"], "reason": said("Leave.")},
        },
    }


def value(words: str = "") -> Alliance:
    return ratify(alliance(full(words)), "ana", date(2026, 11, 1))


WHOLE = """\
# Ana and Ben

An alliance between two (colleagues): draft, until 2028-01-01.

**What it is for:** Ship hard things together.

**Looked after by:** Ana Silva

## Members

- **Ana Silva**
  - Why: To be wrong out loud.
  - Accountable for: the roadmap
  - When stuck: I go quiet.
  - Communication: Chat.
  - Acknowledgment: A thank-you.
  - Feedback: Direct.
  - Time zone: America/New\\_York
- **Ben Osei**
- **Robin** (a software agent), left on 2026-10-01

## Atmosphere

- We say it early.
  - Known by: In the room.

## Values

- Repair beats being right.

## Signs that it works

- We keep surprising each other.

## What we ask of each other

- **Ana Silva asks Ben Osei:** Tell me early.
  - Met by: Ben Osei
- **Ana Silva and Ben Osei ask Ben Osei:** Take my call.
  - Declined by: Ben Osei

## What we give each other

- **Ben Osei to Ana Silva:** Say it the same day.
  - Known by: No surprise on Thursday.
  - When: every 2 weeks on Thursday
  - Answers: Tell me early.
  - Standing: kept
- **Ana Silva to everyone:** One page.
  - Due: 2026-12-07

## Ground rules

- **Conflict:** We stop.

## Time and attention

- **Check-in (weekly):** every week on Monday and Thursday at 10:00 (America/North\\_Dakota/New\\_Salem), 30 minutes, \
from 2026-11-05, Room 4
- **Check-in (monthly):** every month on the last Friday
- **Check-in (payday):** every month on day 31, 1 minute
- **Between (chat):** Quick questions; 09:00 to 18:00; a reply within 1 hour
- **Review of this alliance:** every 3 months, from 2027-02-01, Outside

## Concerns

- **Ana Silva:** That we forget it.

## Answers

- **together, tone\\.works:** Direct

Some concerns or answers are for members only, and are not shown here.

## Not agreed

- **Ground rules:** Fridays are remote.
  - Ben Osei objects: My only day.

## Waivers

- **Ben Osei, until 2026-12-01:** On call.
  - Not held to: Say it the same day.
- **Ana Silva, until further notice:** Leave.
  - Not held to: review

## Who has agreed

- **Ana Silva** agreed on 2026-11-01
- **Ben Osei** has not agreed yet
"""


def test_whole() -> None:
    """Everything in an alliance can be read, in the order in which people come to it."""
    assert to_markdown(value()) == WHOLE


def test_least() -> None:
    """An alliance with nothing in it is a title, its members, and who has agreed."""
    data = {"id": "a", "kind": "team", "title": "A", "members": {"ana": {"name": "X"}}}
    assert to_markdown(wire.structure(data, Alliance)) == (
        "# A\n\nAn alliance of a team: draft.\n\n## Members\n\n- **X**\n\n## Who has agreed\n\n- **X** has not agreed yet\n"
    )


def test_nothing() -> None:
    """Where there are no members and the cadence is empty, there are no headings for them."""
    data = {"id": "a", "kind": "team", "title": "A", "members": {}, "cadence": {}}
    assert to_markdown(wire.structure(data, Alliance)) == "# A\n\nAn alliance of a team: draft.\n"


def test_another_value() -> None:
    """What is no alliance is refused."""
    with pytest.raises(InvalidValueError, match="must be an Alliance, not Member"):
        to_markdown(value().members["ana"])  # type: ignore[arg-type]


class TestVisibility:
    def test_everybody(self) -> None:
        """Without a reader only what is public is shown, and that there is more."""
        assert HIDDEN not in to_markdown(value())

    def test_member(self) -> None:
        """A member reads what is for members."""
        text = to_markdown(value(), member="ana")
        assert text.count(HIDDEN) == 2
        assert "not shown here" not in text

    def test_member_who_left(self) -> None:
        """Who has left reads what is public."""
        assert HIDDEN not in to_markdown(value(), member="bot")

    def test_unknown(self) -> None:
        """Nobody reads as a member who is none."""
        with pytest.raises(UnknownNameError, match="did you mean 'ana'"):
            to_markdown(value(), member="anna")


def test_stale() -> None:
    """A yes to something else is marked."""
    text = to_markdown(value().without_clause("cool-off"))
    assert (
        "- **Ana Silva** agreed on 2026-11-01; what concerns them has changed since, and they have to agree again"
        in text
    )


@cache
def harmless_page(name: str) -> list[str]:
    return plain(MarkdownIt(name).parse(to_markdown(value("x"), member="ana")))


class TestHostile:
    @pytest.mark.parametrize("words", [one for one in ATTACKS if one.strip(" \t\n") and "\x00" not in one])
    def test_attacks(self, words: str) -> None:
        """With an attack for every text of its members the page has the same structure as without."""
        for name in ("commonmark", "js-default", "gfm-like"):
            reader = MarkdownIt(name)
            page = plain(reader.parse(to_markdown(value(words), member="ana")))
            assert page == harmless_page(name), name

    @settings(max_examples=50)
    @given(st.text(alphabet="\\`*_{}[]()<>#+-.!|~&;:=/@$^\n\t x1aw", min_size=1).filter(lambda one: one.strip(" \t\n")))
    def test_any_punctuation(self, words: str) -> None:
        """No mixture of what Markdown is made of changes the structure."""
        page = plain(MarkdownIt("gfm-like").parse(to_markdown(value(words), member="ana")))
        assert page == harmless_page("gfm-like")
