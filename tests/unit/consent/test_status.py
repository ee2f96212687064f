"""Saying yes, and who has."""

from typing import Any

import pytest

from alliancekit.consent import Consent, ratify, stale_members, status
from alliancekit.errors import InvalidValueError, UnknownNameError
from tests.unit.consent.alliances import DAY, FIVE, TWO, alliance, changed


class TestRatify:
    def test_the_last_yes_makes_a_draft_active(self) -> None:
        """A draft becomes active with the yes of the last member, and not before."""
        first = ratify(alliance(TWO), "ana", DAY)
        second = ratify(first, "ben", DAY)
        assert (first.status, second.status) == ("draft", "active")
        assert second.ratifications["ben"].date == DAY

    @pytest.mark.parametrize("status_", ["paused", "closed"])
    def test_what_is_no_draft_stays(self, status_: str) -> None:
        """Only a draft changes its status."""
        value = ratify(ratify(alliance(TWO, status=status_), "ana", DAY), "ben", DAY)
        assert value.status == status_

    def test_a_stale_yes_does_not_count(self) -> None:
        """A draft stays one while somebody's yes is to something else."""
        first = ratify(alliance(TWO), "ana", DAY)
        second = ratify(first.without_clause("cool-off"), "ben", DAY)
        assert second.status == "draft"

    def test_the_members_who_left_are_not_asked(self) -> None:
        """A member who has left holds nothing up, and cannot say yes."""
        value = alliance(changed(FIVE, "members/ed/left", "2026-10-01"))
        for member in ("ada", "bo", "cy", "di"):
            value = ratify(value, member, DAY)
        assert value.status == "active"
        with pytest.raises(UnknownNameError, match="no member is named 'ed'"):
            ratify(value, "ed", DAY)

    def test_unknown_member(self) -> None:
        """Somebody who is not in the alliance cannot say yes to it."""
        with pytest.raises(UnknownNameError, match="did you mean 'ana'"):
            ratify(alliance(TWO), "anna", DAY)


def test_another_value() -> None:
    """What is no alliance is refused by all that ask who agreed."""
    member: Any = alliance(TWO).members["ana"]
    for ask in (status, stale_members, lambda one: ratify(one, "ana", DAY)):
        with pytest.raises(InvalidValueError, match="must be an Alliance, not Member"):
            ask(member)


class TestStatus:
    def test_open(self) -> None:
        """Before anyone has said yes, everyone is open, and everyone is asked."""
        now = status(alliance(TWO))
        assert [one.consent for one in now.members] == [Consent.OPEN] * 2
        assert not now.is_settled
        assert now.next_step == "Ana Silva and Ben Osei to agree"

    def test_settled(self) -> None:
        """When all have said yes it is settled, and the review is next."""
        now = status(ratify(ratify(alliance(TWO), "ana", DAY), "ben", DAY))
        assert now.is_settled
        assert now.waiting == ()
        assert now.next_step == "the review of the alliance"

    def test_stale(self) -> None:
        """A change asks those whom it concerns again, and says so."""
        value = alliance(FIVE)
        for member in value.present():
            value = ratify(value, member, DAY)
        value = value.with_clauses("commitments", [value.commitments["tests"].with_text("Tests run in 4 minutes.")])
        now = status(value)
        assert now.stale == now.waiting == ("ada", "bo")
        assert now.next_step == "Ada and Bo to agree again: what concerns them has changed"

    def test_open_and_stale(self) -> None:
        """Those who agree for the first time and those who do so again are told apart."""
        now = status(ratify(alliance(TWO), "ana", DAY).without_clause("cool-off"))
        assert now.next_step == "Ben Osei to agree, and Ana Silva to agree again: what concerns them has changed"

    def test_agreed_draft(self) -> None:
        """A draft that everyone has agreed to elsewhere says what is missing."""
        now = status(ratify(ratify(alliance(TWO), "ana", DAY), "ben", DAY).with_status("draft"))
        assert now.next_step == "set its status to active, for everyone has agreed"

    def test_what_concerns_whom(self) -> None:
        """Each member is told which clauses are theirs."""
        members = {one.id: one.clauses for one in status(alliance(FIVE)).members}
        assert members["ada"] == ("tests", "notes", "rooms")
        assert members["di"] == ("notes", "rooms")
        assert status(alliance(TWO)).members[0].clauses[-1] == "review"

    def test_plain_data(self) -> None:
        """It can be given away as plain data."""
        data = status(ratify(alliance(FIVE), "ada", DAY)).to_dict()
        assert data["alliance"] == "harbour"
        assert data["is_settled"] is False
        assert data["members"][0]["date"] == "2026-11-01"
        assert data["members"][0]["consent"] == "agreed"
        assert "date" not in data["members"][1]
