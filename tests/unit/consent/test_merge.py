from datetime import timedelta
from typing import Any

import pytest

from alliancekit.consent import Merged, merge, ratify, stale_members, status
from alliancekit.errors import InvalidValueError
from alliancekit.model import Alliance, Commitment
from tests.unit.consent.alliances import DAY, FIVE, TWO, alliance, changed

BASE = alliance(TWO)
PROMISE = "commitments/flag-slips"


def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> Merged:
    return merge(BASE, alliance(ours), alliance(theirs))


def told(found: Merged) -> list[tuple[str, str]]:
    return [(one.element, one.id) for one in found.conflicts]


class TestClean:
    def test_two_clauses(self) -> None:
        """Changes of different clauses are both there."""
        found = merged(
            changed(TWO, f"{PROMISE}/text", "Say it within the hour."),
            changed(TWO, "atmosphere/direct/text", "We say it at once."),
        )
        assert found.is_clean
        assert found.alliance.commitments["flag-slips"].text == "Say it within the hour."
        assert found.alliance.atmosphere["direct"].text == "We say it at once."
        assert found.alliance == found.alternative

    def test_added_and_removed(self) -> None:
        """What one side adds is there, and what the other takes away is not."""
        rule = {"text": "We start on time.", "topic": "meetings"}
        found = merged(changed(TWO, "ground_rules/start", rule), changed(TWO, "atmosphere", None))
        assert found.is_clean
        assert list(found.alliance.ground_rules) == ["cool-off", "start"]
        assert not found.alliance.atmosphere

    def test_the_same_on_both_sides(self) -> None:
        """What both changed alike, added alike or took away alike is no conflict."""
        new = changed(changed(TWO, "ground_rules/cool-off/text", "We stop."), "atmosphere", None)
        assert merged(new, new).alliance == alliance(new)

    def test_cadence(self) -> None:
        """A check-in, a channel, the review and free keys of a cadence are merged each for itself."""
        ours = changed(TWO, "cadence/check_ins/weekly/where", "Room 5")
        ours = changed(ours, "cadence/x-tool", {"name": "cal"})
        theirs = changed(TWO, "cadence/channels/chat/reply_within_hours", 2)
        theirs = changed(changed(theirs, "cadence/review/interval", 6), "cadence/check_ins/x-note", [1])
        found = merged(ours, theirs)
        cadence = found.alliance.cadence
        assert found.is_clean
        assert cadence is not None
        assert cadence.review is not None
        assert (cadence.check_ins["weekly"].where, cadence.channels["chat"].reply_within_hours) == ("Room 5", 2)
        assert (cadence.review.interval, cadence.extra["x-tool"]["name"], cadence.check_ins.extra["x-note"]) == (
            6,
            "cal",
            (1,),
        )

    def test_a_cadence_that_is_empty(self) -> None:
        """That there is one at all is kept too."""
        ours = changed(TWO, "cadence", {})
        found = merged(ours, changed(TWO, "title", "A and B"))
        assert found.alliance == alliance(changed(ours, "title", "A and B"))

    def test_free_keys(self) -> None:
        """A free key is merged as a whole, and a number is no truth value."""
        base = changed(TWO, "x-n", {"deep": 1})
        ours = changed(base, "x-n", {"deep": True})
        found = merge(alliance(base), alliance(ours), alliance(base))
        assert found.alliance.extra["x-n"]["deep"] is True
        assert told(merge(alliance(base), alliance(ours), alliance(changed(base, "x-n", 2)))) == [("x-n", "")]

    def test_a_yes_of_each(self) -> None:
        """The yes of one and the yes of another are both there."""
        yes = {"date": DAY.isoformat(), "digest": f"sha256:{'0' * 64}"}
        found = merged(changed(TWO, "ratifications/ana", yes), changed(TWO, "ratifications/ben", yes))
        assert list(found.alliance.ratifications) == ["ana", "ben"]
        assert stale_members(found.alliance) == ("ana", "ben")

    def test_both_sides_said_yes_again(self) -> None:
        """Of two yes of a member the later one stands, from whichever side; it is to neither, so they agree again."""
        agreed = alliance(FIVE)
        for member in agreed.present():
            agreed = ratify(agreed, member, DAY)
        ours = agreed.with_clauses("commitments", [agreed.commitments["tests"].with_text("Tests run in 9 minutes.")])
        theirs = agreed.with_clauses("commitments", [agreed.commitments["notes"].with_text("Write the notes.")])
        days = DAY + timedelta(days=1), DAY + timedelta(days=2)
        one, other = (ratify(side, "ada", day) for side, day in zip((ours, theirs), days, strict=True))
        for found in (merge(agreed, one, other), merge(agreed, other, one)):
            assert found.is_clean
            assert found.alliance.ratifications["ada"] == other.ratifications["ada"]
            assert "ada" in stale_members(found.alliance)

    def test_one_day_and_two_yes(self) -> None:
        """Two yes of one day are settled alike from both sides; one that was taken back is a conflict."""
        yes = [{"date": DAY.isoformat(), "digest": f"sha256:{digit * 64}"} for digit in "012"]
        base, one, other = (changed(TWO, "ratifications/ana", each) for each in yes)
        assert merge(alliance(base), alliance(one), alliance(other)).alliance == alliance(other)
        assert merge(alliance(base), alliance(other), alliance(one)).alliance == alliance(other)
        assert told(merge(alliance(base), alliance(one), alliance(TWO))) == [("ratifications", "ana")]

    def test_words_beside_a_yes(self) -> None:
        """What one side alone writes beside a yes is clean, and what a later yes would take away is a conflict."""
        yes = {"date": DAY.isoformat(), "digest": f"sha256:{'0' * 64}"}
        later = {**yes, "date": (DAY + timedelta(days=1)).isoformat()}
        base, one, other = (
            alliance(changed(TWO, "ratifications/ana", each)) for each in (yes, {**yes, "x-note": "By phone."}, later)
        )
        assert merge(base, base, one).alliance == merge(base, one, base).alliance == one
        assert told(merge(base, one, other)) == told(merge(base, other, one)) == [("ratifications", "ana")]

    def test_who_has_to_agree_again(self) -> None:
        """A yes on one side is to what that side says; what the other changed makes it stale where it concerns them."""
        agreed = alliance(FIVE)
        for member in agreed.present():
            agreed = ratify(agreed, member, DAY)
        theirs = agreed.with_clauses("commitments", [agreed.commitments["tests"].with_text("Tests run in 9 minutes.")])
        assert status(merge(agreed, agreed.with_status("paused"), theirs).alliance).stale == ("ada", "bo")

    def test_moved_to_another_element(self) -> None:
        """A clause that one side moved to another element is there once."""
        ours = changed(changed(TWO, "atmosphere/direct", None), "values/direct", {"text": "We say the hard thing."})
        found = merged(ours, changed(TWO, "title", "A and B"))
        assert found.is_clean
        assert ("direct" in found.alliance.values, "direct" in found.alliance.atmosphere) == (True, False)


class TestConflicts:
    def test_changed_differently(self) -> None:
        """The same clause changed differently stands as ours, and the conflict holds all three."""
        found = merged(changed(TWO, f"{PROMISE}/text", "In an hour."), changed(TWO, f"{PROMISE}/due", "2026-12-07"))
        assert told(found) == [("commitments", "flag-slips")]
        (one,) = found.conflicts
        assert isinstance(one.base, Commitment)
        assert one.base == BASE.commitments["flag-slips"]
        assert (one.ours.text, str(one.theirs.due)) == ("In an hour.", "2026-12-07")
        assert found.alliance.commitments["flag-slips"] == one.ours
        assert found.alternative.commitments["flag-slips"] == one.theirs
        assert str(one) == "commitments: flag-slips: changed on both sides, and differently"

    def test_changed_and_removed(self) -> None:
        """What one side changed and the other took away is a conflict."""
        (one,) = merged(changed(TWO, PROMISE, None), changed(TWO, f"{PROMISE}/text", "In an hour.")).conflicts
        assert (one.ours, one.theirs.text) == (None, "In an hour.")
        assert str(one) == "commitments: flag-slips: ours is without it, and theirs changed it"

    def test_added_differently(self) -> None:
        """One new id for two things is a conflict."""
        found = merged(
            changed(TWO, "values/trust", {"text": "Trust."}), changed(TWO, "values/trust", {"text": "Faith."})
        )
        assert told(found) == [("values", "trust")]
        assert str(found.conflicts[0]) == "values: trust: added on both sides, and differently"

    def test_one_id_in_two_elements(self) -> None:
        """One new id in two elements is a conflict in both, for ids are unique."""
        found = merged(
            changed(TWO, "values/trust", {"text": "Trust."}), changed(TWO, "success/trust", {"text": "Trust."})
        )
        assert told(found) == [("values", "trust"), ("success", "trust")]
        assert (list(found.alliance.values), list(found.alliance.success)) == (["trust"], [])
        assert (list(found.alternative.values), list(found.alternative.success)) == ([], ["trust"])
        assert str(found.conflicts[1]) == "success: trust: ours is without it, and theirs added it"

    def test_moved_and_changed(self) -> None:
        """A clause that one side moved to another element and the other changed never is in both."""
        ours = changed(changed(TWO, "atmosphere/direct", None), "values/direct", {"text": "We say it."})
        theirs = changed(TWO, "atmosphere/direct/text", "We say the hard thing.")
        found = merged(theirs, ours)
        assert told(found) == [("atmosphere", "direct"), ("values", "direct")]
        assert not found.alliance.values
        assert not found.alternative.atmosphere

    @pytest.mark.parametrize("id_", ["direct", "weekly", "chat"])
    def test_an_id_that_is_there_twice_already(self, id_: str) -> None:
        """What one side alone has under one id twice is for `check` to say, and no conflict."""
        ours = changed(TWO, f"success/{id_}", {"text": "It works."})
        assert merged(ours, changed(TWO, "title", "A and B")).is_clean

    def test_single_fields(self) -> None:
        """A title, the intention, the steward and the review are each one thing."""
        ours, theirs = TWO, TWO
        for path, mine, yours in (
            ("title", "A", "B"),
            ("intention", "X", None),
            ("steward", ["ana"], ["ben"]),
            ("cadence/review/interval", 4, 5),
        ):
            ours, theirs = changed(ours, path, mine), changed(theirs, path, yours)
        assert told(merged(ours, theirs)) == [
            ("title", ""),
            ("intention", ""),
            ("steward", ""),
            ("cadence.review", "review"),
        ]

    def test_without_a_base(self) -> None:
        """Where both began anew, what is alike is clean, what one has is there, and what differs is a conflict."""
        theirs = changed(changed(TWO, "title", "A and B"), "values/trust", {"text": "Trust."})
        found = merge(None, BASE, alliance(theirs))
        assert told(found) == [("title", "")]
        assert list(found.alliance.values) == ["trust"]


class TestAnswers:
    def answers(self, *rows: tuple[str, Any]) -> Alliance:
        said = [{"prompt": prompt, "by": "ana", "answer": answer} for prompt, answer in rows]
        return alliance(TWO, responses=said)

    def test_each_for_itself(self) -> None:
        """Answers that are kept are told apart by prompt and person."""
        base = self.answers(("trust", 1), ("hope", 2))
        found = merge(base, self.answers(("trust", 5), ("hope", 2)), self.answers(("trust", 1), ("fear", 3)))
        assert found.is_clean
        assert [(one.prompt, one.answer) for one in found.alliance.responses] == [("trust", 5), ("fear", 3)]
        one, two = self.answers(("trust", 3)), self.answers(("trust", 4))
        assert told(merge(base, one, two)) == [("responses", "trust/ana")]

    def test_two_that_nothing_tells_apart(self) -> None:
        """Several answers of one person to one prompt stand and fall together."""
        base = self.answers(("trust", 1), ("trust", 2))
        found = merge(base, self.answers(("trust", 2), ("hope", 1)), self.answers(("trust", 1)))
        assert told(found) == [("responses", "trust/ana")]
        assert [one.answer for one in found.conflicts[0].base] == [1, 2]
        assert [one.answer for one in found.alternative.responses] == [1, 1]

    def test_order(self) -> None:
        """While only one side touched the answers, they stand as there."""
        base = self.answers(("trust", 1), ("hope", 2))
        turned = self.answers(("hope", 2), ("trust", 1), ("hope", 3))
        assert merge(base, base, turned).alliance == turned


def test_plain_data() -> None:
    """Conflicts can be written as JSON."""
    found = merged(changed(TWO, "title", "A"), changed(TWO, "title", "B"))
    sides = {"base": "Ana and Ben", "ours": "A", "theirs": "B"}
    assert found.to_dict() == {"is_clean": False, "conflicts": [{"element": "title", "id": "", **sides}]}


def test_only_alliances() -> None:
    """Anything else is refused by its name."""
    with pytest.raises(InvalidValueError, match="ours: must be an Alliance"):
        merge(BASE, TWO, BASE)  # type: ignore[arg-type]
