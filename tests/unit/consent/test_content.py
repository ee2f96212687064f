"""What concerns whom, and the digest of it."""

import json
from hashlib import sha256
from typing import Any

import pytest
import rfc8785

from alliancekit.consent import audience, concerns, content, digest
from alliancekit.errors import UnknownNameError
from tests.node import needs_node, run_node
from tests.shared import ROOT
from tests.unit.consent.alliances import FIVE, TWO, alliance, changed

GOLDEN: list[dict[str, Any]] = json.loads((ROOT / "tests" / "golden" / "digests.json").read_text(encoding="utf-8"))


def digests(data: dict[str, Any]) -> dict[str, str]:
    value = alliance(data)
    return {member: digest(value, member) for member in value.present()}


def voided(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Return the members of *after* whose digest is another than in *before*."""
    old = digests(before)
    return {member for member, new in digests(after).items() if old.get(member) != new}


class TestGolden:
    @pytest.mark.parametrize("vector", GOLDEN, ids=lambda vector: vector["name"])
    def test_digests(self, vector: dict[str, Any]) -> None:
        """The digests are those of the committed vectors, which another implementation computed."""
        assert vector["digests"] == digests(vector["alliance"])

    @needs_node
    def test_another_implementation_agrees(self) -> None:
        """A second implementation, in another language, comes to the same digests."""
        answers = run_node("digest.mjs", [vector["alliance"] for vector in GOLDEN])
        assert [vector["digests"] for vector in GOLDEN] == answers

    @pytest.mark.parametrize("vector", GOLDEN, ids=lambda vector: vector["name"])
    def test_the_digest_is_of_the_content(self, vector: dict[str, Any]) -> None:
        """The digest is the SHA-256 of the canonical JSON of exactly what `content` says."""
        value = alliance(vector["alliance"])
        for member in value.present():
            agreed = {
                "format": "alliance/1",
                "alliance": value.id,
                "members": list(value.present()),
                "content": content(value, member),
            }
            assert digest(value, member) == f"sha256:{sha256(rfc8785.dumps(agreed)).hexdigest()}"


class TestContent:
    def test_whole(self) -> None:
        """Everything that concerns a member is there once, in one way of writing."""
        assert content(alliance(TWO), "ana") == {
            "intention": "Ship hard things together without burning out.",
            "atmosphere": {"direct": {"text": "We say the hard thing early.", "known_by": "We disagree in the room."}},
            "expectations": {"early-warning": {"by": ["ana"], "of": ["ben"], "text": "Tell me when a date slips."}},
            "commitments": {
                "flag-slips": {
                    "by": ["ben"],
                    "to": ["ana"],
                    "text": "Say it the same day when a date moves.",
                    "meets": ["early-warning"],
                    "repeats": {"frequency": "weekly", "weekdays": ["monday", "thursday"]},
                }
            },
            "ground_rules": {"cool-off": {"topic": "conflict", "text": "We stop and go on the next day."}},
            "cadence": {
                "check_ins": {"weekly": {"frequency": "weekly", "weekdays": ["thursday"]}},
                "channels": {"chat": {"purpose": "Quick questions", "reply_within_hours": 4}},
                "review": {"frequency": "monthly", "interval": 3},
            },
        }

    def test_nothing_but_what_concerns(self) -> None:
        """A commitment between two others is not in it."""
        assert list(content(alliance(FIVE), "di")["commitments"]) == ["notes"]

    def test_unknown_member(self) -> None:
        """A member who is not in the alliance has no content."""
        with pytest.raises(UnknownNameError, match="no member is named 'zed'"):
            content(alliance(TWO), "zed")

    def test_everyone_is_not_expanded(self) -> None:
        """A commitment to everyone keeps that word."""
        assert content(alliance(FIVE), "di")["commitments"]["notes"]["to"] == ["everyone"]


class TestConcerns:
    def test_named(self) -> None:
        """A commitment concerns those who give it and those to whom it is given."""
        value = alliance(FIVE)
        assert audience(value, value.commitments["tests"]) == ("ada", "bo")
        assert [concerns(value, value.commitments["tests"], one) for one in value.present()] == [
            True,
            True,
            *[False] * 3,
        ]

    def test_everybody(self) -> None:
        """A ground rule concerns everybody, and so does a commitment in a team that says no ``to``."""
        value = alliance(FIVE)
        assert audience(value, value.ground_rules["rooms"]) == ("everyone",)
        assert all(concerns(value, value.commitments["notes"], one) for one in value.present())


class TestWhatIsOneWay:
    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("commitments/flag-slips/to", None),
            ("expectations/early-warning/of", None),
            ("commitments/flag-slips/standing", "open"),
            ("commitments/flag-slips/repeats/interval", 1),
            ("commitments/flag-slips/repeats/weekdays", ["monday", "thursday"]),
            ("cadence/check_ins/weekly/interval", 1),
            ("cadence/channels/chat/reply_within_hours", 4.0),
            ("ground_rules/cool-off/text", "  We stop and go on the next day.\n"),
            ("concerns", {"fear": {"by": ["ben"], "text": "One more meeting."}}),
            ("waivers", {}),
            ("values", {}),
        ],
    )
    def test_the_same(self, path: str, value: Any) -> None:
        """An explicit default, a filled audience, another order and space around a text change no digest."""
        assert voided(TWO, changed(TWO, path, value)) == set()

    def test_texts_are_composed(self) -> None:
        """Two spellings of one letter are one text."""
        assert voided(changed(TWO, "intention", "caf\u00e9"), changed(TWO, "intention", "cafe\u0301")) == set()

    def test_the_order_of_keys(self) -> None:
        """The order of clauses and members means nothing."""

        def reversed_(data: Any) -> Any:
            return {key: reversed_(data[key]) for key in reversed(data)} if isinstance(data, dict) else data

        assert voided(FIVE, reversed_(FIVE)) == set()


class TestWhatVoids:
    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("commitments/tests/standing", "kept"),
            ("commitments/tests/source_prompts", ["count-on"]),
            ("commitments/tests/x-ticket", 12),
            ("members/ada/name", "Ada L."),
            ("title", "Harbour crew"),
            ("status", "active"),
            ("steward", ["bo"]),
            ("unresolved", {"fridays": {"element": "ground_rules", "text": "Fridays are remote."}}),
        ],
    )
    def test_nobody(self, path: str, value: Any) -> None:
        """Keeping a commitment, fixing a name and the like ask nobody again."""
        assert voided(FIVE, changed(FIVE, path, value)) == set()

    @pytest.mark.parametrize("key", ["starts", "at", "timezone", "minutes", "where"])
    def test_moving_a_meeting(self, key: str) -> None:
        """Another hour, day or room of a check-in asks nobody again."""
        assert voided(TWO, changed(TWO, f"cadence/check_ins/weekly/{key}", None)) == set()

    def test_declining(self) -> None:
        """That somebody declined an expectation asks nobody again."""
        assert voided(TWO, changed(TWO, "expectations/early-warning/declined_by", ["ben"])) == set()

    def test_between_two(self) -> None:
        """Rewording a commitment between two of five asks exactly those two."""
        assert voided(FIVE, changed(FIVE, "commitments/tests/text", "Tests run in 4 minutes.")) == {"ada", "bo"}

    def test_leaving_a_commitment(self) -> None:
        """Giving it to somebody else asks the old one and the new one too."""
        assert voided(FIVE, changed(FIVE, "commitments/tests/to", ["di"])) == {"ada", "bo", "di"}

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("members/flo", {"name": "Flo"}),
            ("members/ed/left", "2026-11-01"),
            ("ground_rules/rooms/text", "Meetings end at 17:00."),
            ("cadence/check_ins/weekly", {"frequency": "weekly"}),
            ("intention", "Ship on Fridays."),
        ],
    )
    def test_everybody(self, path: str, value: Any) -> None:
        """A new member, one who leaves, a changed rule or another rhythm ask everybody."""
        after = changed(FIVE, path, value)
        assert voided(FIVE, after) == set(alliance(after).present())

    def test_waiver(self) -> None:
        """A waiver asks exactly those whom the waived clause concerns."""
        waiver = {"on-call": {"clause": "tests", "members": ["ada"], "reason": "On call."}}
        assert voided(FIVE, changed(FIVE, "waivers", waiver)) == {"ada", "bo"}

    def test_waiver_of_the_review(self) -> None:
        """The review is waived by the id ``review``, and that asks everybody."""
        waiver = {"busy": {"clause": "review", "members": ["ana"], "reason": "Leave."}}
        assert voided(TWO, changed(TWO, "waivers", waiver)) == {"ana", "ben"}
