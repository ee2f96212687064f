"""A yes that is taken back, members who come and go, exemptions, and what is settled later."""

from datetime import date
from typing import Any

import pytest

from alliancekit.consent import Consent, diff, join, leave, ratify, settle, status, waived, withdraw
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import GroundRule, Member
from tests.unit.consent.alliances import DAY, FIVE, TWO, alliance, changed

LATER = date(2026, 12, 1)


class TestWithdraw:
    def test_a_yes_is_taken_back(self) -> None:
        """The yes is gone, nobody else's is touched, and the status stays."""
        agreed = ratify(ratify(alliance(TWO), "ana", DAY), "ben", DAY)
        after = withdraw(agreed, "ben")
        assert (list(after.ratifications), after.status) == (["ana"], "active")
        assert [one.consent for one in status(after).members] == [Consent.AGREED, Consent.OPEN]
        assert not diff(agreed, after).consents_again

    def test_who_said_nothing(self) -> None:
        """Where there is no yes, nothing changes."""
        assert withdraw(alliance(TWO), "ben") == alliance(TWO)

    def test_a_stranger(self) -> None:
        """The yes of a stranger can be taken back; somebody of whom nothing is known is unknown."""
        yes = {"zed": {"date": "2026-11-01", "digest": "sha256:" + "0" * 64}}
        assert not withdraw(alliance(TWO, ratifications=yes), "zed").ratifications
        with pytest.raises(UnknownNameError, match="did you mean 'ben'"):
            withdraw(alliance(TWO), "bem")


class TestJoin:
    def test_joins(self) -> None:
        """Who joins has the day, and everybody has to agree again, they too."""
        after = join(alliance(FIVE), Member(id="flo", name="Flo"), LATER)
        assert after.members["flo"].joined == LATER
        assert set(diff(alliance(FIVE), after).consents_again) == {*FIVE["members"], "flo"}

    def test_comes_back(self) -> None:
        """Who had left comes back; who is there cannot join."""
        gone = leave(alliance(FIVE), "ed", DAY).alliance
        back = join(gone, gone.members["ed"], LATER)
        assert (back.members["ed"].left, back.members["ed"].joined) == (None, LATER)
        with pytest.raises(InvalidValueError, match="'ed' is in the alliance already"):
            join(back, back.members["ed"], LATER)


class TestLeave:
    def test_what_is_left_open(self) -> None:
        """What they gave, what was given or asked of them alone, and what they looked after is named; nothing is lost."""
        data: dict[str, Any] = changed(FIVE, "steward", ["ada", "bo"])
        data = changed(data, "commitments/back", {"by": ["cy"], "to": ["ada"], "text": "Back by noon."})
        data = changed(data, "commitments/done", {"by": ["ada"], "text": "Once.", "standing": "kept"})
        data = changed(data, "expectations/hear", {"by": ["ada"], "of": ["bo"], "text": "Tell me."})
        data = changed(data, "expectations/tell", {"by": ["bo"], "of": ["ada"], "text": "Tell me too."})
        data = changed(data, "waivers/call", {"clause": "notes", "members": ["ada"], "reason": "On call."})
        found = leave(alliance(data), "ada", LATER)
        assert found.to_dict() == {
            "member": "ada",
            "given": ["tests"],
            "received": ["back"],
            "asked": ["hear"],
            "expected": ["tell"],
            "waivers": ["call"],
            "was_steward": True,
            "is_clean": False,
        }
        assert found.alliance.members["ada"].left == LATER
        assert found.alliance.commitments == alliance(data).commitments

    def test_clean(self) -> None:
        """Who leaves nothing open leaves clean, and whoever has left cannot leave again."""
        found = leave(alliance(FIVE), "ed", LATER)
        assert found.is_clean
        with pytest.raises(UnknownNameError, match="no member is named 'ed'"):
            leave(found.alliance, "ed", LATER)


class TestWaived:
    DATA = changed(
        FIVE,
        "waivers",
        {
            "call": {"clause": "tests", "members": ["ada"], "reason": "On call.", "until": "2026-12-01"},
            "leave": {"clause": "rooms", "members": ["ada", "bo"], "reason": "Leave."},
        },
    )

    def test_until(self) -> None:
        """A waiver holds to the end of its last day; one without a last day holds on."""
        assert waived(alliance(self.DATA), "ada", LATER) == ("tests", "rooms")
        assert waived(alliance(self.DATA), "ada", date(2026, 12, 2)) == ("rooms",)
        assert waived(alliance(self.DATA), "cy", LATER) == ()

    def test_unknown(self) -> None:
        """Who is no member has no waivers to ask about."""
        with pytest.raises(UnknownNameError, match="no member is named 'zed'"):
            waived(alliance(self.DATA), "zed", LATER)


class TestSettle:
    DATA = changed(FIVE, "unresolved", {"fridays": {"element": "ground_rules", "text": "Fridays are remote."}})

    def test_becomes_a_clause(self) -> None:
        """What was not agreed becomes a clause of its element, and asks whom it concerns."""
        after = settle(alliance(self.DATA), "fridays", GroundRule(id="fridays", text="Every other Friday is remote."))
        assert not after.unresolved
        assert after.ground_rules["fridays"].text == "Every other Friday is remote."
        assert set(diff(alliance(self.DATA), after).consents_again) == {*FIVE["members"]}

    def test_unknown(self) -> None:
        """Only what is unresolved can be settled."""
        with pytest.raises(UnknownNameError, match="did you mean 'fridays'"):
            settle(alliance(self.DATA), "friday", GroundRule(id="fridays", text="Remote."))
