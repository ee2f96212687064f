"""What differs between two versions of an alliance, and who agrees again to what."""

import pickle
from datetime import date
from typing import Any

import pytest

from alliancekit.consent import AllianceDiff, Change, diff, ratify
from alliancekit.consent._change import KINDS
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import Alliance, Cadence, Review, Unresolved
from alliancekit.shapes import Items, OneOf, Record, Shape, Table, shape_of
from tests.unit.consent.alliances import DAY, FIVE, TWO, alliance, changed

EVERYBODY = ("ada", "bo", "cy", "di", "ed")


def between(data: dict[str, Any], *changes: tuple[str, Any]) -> AllianceDiff:
    """Return what differs after *changes*, each a path and what is there then."""
    after = data
    for path, value in changes:
        after = changed(after, path, value)
    return diff(alliance(data), alliance(after))


def only(data: dict[str, Any], path: str, value: Any) -> Change:
    (change,) = between(data, (path, value)).changes
    return change


class TestChange:
    @pytest.mark.parametrize(
        ("path", "value", "place", "kinds"),
        [
            ("title", "Harbour crew", "title", ("reworded",)),
            ("title", "Harbour ", "title", ("noted",)),
            ("intention", None, "intention", ("removed",)),
            ("status", "active", "status", ("noted",)),
            ("expires", "2027-01-01", "expires", ("added",)),
            ("steward", ["bo"], "steward", ("added",)),
            ("x-board", [], "x-board", ("added",)),
            ("members/flo", {"name": "Flo"}, "members/flo", ("added",)),
            ("members/ed", None, "members/ed", ("removed",)),
            ("members/ed/left", "2026-11-01", "members/ed", ("noted",)),
            ("members/ed/name", "Eduardo", "members/ed", ("reworded",)),
            ("members/ed/timezone", "Europe/Lisbon", "members/ed", ("noted",)),
            ("commitments/tests/text", "Tests run in 4 minutes.", "commitments/tests", ("reworded",)),
            ("commitments/tests/known_by", "The clock of CI.", "commitments/tests", ("reworded",)),
            ("commitments/tests/to", ["di"], "commitments/tests", ("reassigned",)),
            ("commitments/tests/due", "2026-12-07", "commitments/tests", ("rescheduled",)),
            ("commitments/tests/repeats", {"frequency": "weekly"}, "commitments/tests", ("rescheduled",)),
            ("commitments/tests/standing", "kept", "commitments/tests", ("noted",)),
            ("commitments/tests/x-ticket", 12, "commitments/tests", ("noted",)),
            ("commitments/notes/to", ["everyone"], "commitments/notes", ("noted",)),
            ("ground_rules/rooms/topic", "other", "ground_rules/rooms", ("reworded",)),
            ("ground_rules/rooms", None, "ground_rules/rooms", ("removed",)),
            ("cadence/review", {"frequency": "yearly"}, "cadence.review", ("added",)),
            ("cadence/check_ins/weekly", {"frequency": "weekly"}, "cadence.check_ins/weekly", ("added",)),
            ("cadence", {}, "cadence", ("added",)),
            ("cadence", {"x-a": 1}, "cadence/x-a", ("added",)),
            ("ground_rules/x-a", 1, "ground_rules/x-a", ("added",)),
            ("ratifications", {"zed": {"date": "2026-11-01", "digest": "sha256:" + "0" * 64}}, "ratifications/zed", ("added",)),
        ],
    )  # fmt: skip
    def test_kinds(self, path: str, value: Any, place: str, kinds: tuple[str, ...]) -> None:
        """One edit is one change, at its place and of its kind."""
        change = only(FIVE, path, value)
        assert (change.place, change.kinds) == (place, kinds)

    @pytest.mark.parametrize(
        ("key", "value", "kinds"),
        [
            ("at", "11:00", ("rescheduled",)),
            ("where", "Room 5", ("rescheduled",)),
            ("where", "Room 4 ", ("noted",)),
            ("timezone", "Europe/Berlin", ("rescheduled",)),
            ("weekdays", ["friday"], ("rescheduled",)),
        ],
    )
    def test_meetings(self, key: str, value: Any, kinds: tuple[str, ...]) -> None:
        """A meeting at another time or in another room is rescheduled, whether or not that asks anybody."""
        assert only(TWO, f"cadence/check_ins/weekly/{key}", value).kinds == kinds

    def test_several_ways(self) -> None:
        """What differs in several ways is one change of several kinds, in one order."""
        found = between(FIVE, ("commitments/tests/to", ["di"]), ("commitments/tests/text", "Soon."))
        assert [one.kinds for one in found.changes] == [("reworded", "reassigned")]
        assert found.changes[0].keys() == ("to", "text")

    def test_before_and_after(self) -> None:
        """The values themselves are there: what was, and what is."""
        change = only(FIVE, "commitments/tests/text", "Soon.")
        assert (change.before.text, change.after.text) == ("Tests run in 5 minutes.", "Soon.")
        assert only(FIVE, "status", "active").before == "draft"
        assert only(FIVE, "expires", "2027-01-01").after == date(2027, 1, 1)

    @pytest.mark.parametrize(
        ("path", "value", "concerned", "touched"),
        [
            ("title", "Crew", (), EVERYBODY),
            ("commitments/tests/standing", "kept", (), ("ada", "bo")),
            ("commitments/tests/text", "Soon.", ("ada", "bo"), ("ada", "bo")),
            ("commitments/tests/to", ["di"], ("ada", "bo", "di"), ("ada", "bo", "di")),
            ("commitments/tests", None, ("ada", "bo"), ("ada", "bo")),
            ("members/ed/left", "2026-11-01", EVERYBODY, EVERYBODY),
            ("members/ed/name", "Eduardo", (), EVERYBODY),
            ("id", "harbour-2", EVERYBODY, EVERYBODY),
            ("waivers", {"a": {"clause": "tests", "members": ["ada"], "reason": "On call."}}, ("ada", "bo"), ("ada", "bo")),
            ("waivers", {"a": {"clause": "lost", "members": ["ada"], "reason": "On call."}}, (), EVERYBODY),
        ],
    )  # fmt: skip
    def test_whom(self, path: str, value: Any, concerned: tuple[str, ...], touched: tuple[str, ...]) -> None:
        """A change names who has to agree to it, and whom it is about."""
        change = only(FIVE, path, value)
        assert (change.concerns, change.touches) == (concerned, touched)

    def test_moved(self) -> None:
        """A clause that moved to another element is one change, which says where it was, and asks whom it concerns."""
        clause = {"text": "We say it early."}
        before, after = changed(FIVE, "values/early", clause), changed(FIVE, "atmosphere/early", clause)
        (change,) = diff(alliance(before), alliance(after)).changes
        assert (change.element, change.was_in, change.kinds) == ("atmosphere", "values", ("added", "removed"))
        assert change.concerns == EVERYBODY
        assert change.to_dict()["was_in"] == "values"

    def test_settled(self) -> None:
        """What was not agreed and became a clause is one change."""
        open_ = changed(FIVE, "unresolved/fridays", {"element": "ground_rules", "text": "Fridays are remote."})
        after = changed(FIVE, "ground_rules/fridays", {"text": "Fridays are remote, but one.", "topic": "meetings"})
        (change,) = diff(alliance(open_), alliance(after)).changes
        assert (change.was_in, change.kinds) == ("unresolved", ("added", "removed", "reworded"))
        assert isinstance(change.before, Unresolved)
        assert change.concerns == EVERYBODY

    def test_one_of_two_is_no_move(self) -> None:
        """An id that stands twice did not move; each is told by itself."""
        twice = changed(changed(FIVE, "values/a", {"text": "A."}), "atmosphere/a", {"text": "A."})
        found = diff(alliance(twice), alliance(changed(FIVE, "success/a", {"text": "A."})))
        assert [(one.place, one.kinds) for one in found.changes] == [
            ("atmosphere/a", ("removed",)),
            ("values/a", ("removed",)),
            ("success/a", ("added",)),
        ]

    def test_answers(self) -> None:
        """An answer is known by what was asked of whom; of several alike, by its place among them."""
        first = {"prompt": "trust", "by": "ana", "answer": "Early."}
        shared = {"prompt": "trust", "answer": ["a"], "visibility": "public"}
        old = alliance(TWO, responses=[first, shared])
        new = alliance(TWO, responses=[{**shared, "answer": ["b"]}, first, first])
        found = [(one.place, one.kinds) for one in diff(old, new).changes]
        assert found == [("responses/trust", ("reworded",)), ("responses/trust", ("added",))]

    def test_a_promise_that_names_nobody(self) -> None:
        """A commitment without ``to`` is reassigned when the other of two is another, though it says the same."""
        before = changed(TWO, "commitments/flag-slips/to", None)
        after = changed(changed(before, "members/ana/left", "2026-12-01"), "members/cy", {"name": "Cy"})
        found = diff(alliance(before), alliance(after))
        (change,) = [one for one in found.changes if one.element == "commitments"]
        assert (change.kinds, change.concerns) == (("reassigned",), ("ana", "ben", "cy"))
        assert change.before == change.after

    def test_words_are_not_in_its_repr(self) -> None:
        """What is shown in a log says where something changed, and not what anybody said."""
        change = only(FIVE, "commitments/tests/text", "A planted secret.")
        assert repr(change) == "Change(commitments/tests: reworded)"

    def test_every_key_has_a_kind(self) -> None:
        """Each key of an alliance has its kind, so that a new one is thought of."""
        known = {key for keys in KINDS.values() for key in keys}
        assert set(_keys(shape_of(Alliance))) - known == set()


def _keys(shape: Shape) -> set[str]:
    """Return the keys by which a change of an alliance can be told: its single fields, and those of its entries."""
    match shape:
        case Record() if shape in (shape_of(Alliance), shape_of(Cadence)):
            inner = {key: _keys(one.shape) for key, one in shape.fields.items()}
            return {key for key, found in inner.items() if not found}.union(*inner.values())
        case Table(item=Record() as item) | Items(item=Record() as item):
            return set(item.fields) - {"id"}
        case OneOf(variants=variants):
            return set[str]().union(*map(_keys, variants))
        case Record() if shape is shape_of(Review):
            return set(shape.fields)
        case _:
            return set()


class TestAllianceDiff:
    def test_nothing(self) -> None:
        """Of one alliance with itself nothing differs, and it is false."""
        found = diff(alliance(TWO), alliance(TWO))
        assert found.is_empty
        assert not found
        assert repr(found) == "AllianceDiff(ana-ben: nothing differs)"

    def test_the_order_of_the_document(self) -> None:
        """The changes come in the order of the document, whatever the order of the edits."""
        found = between(
            FIVE,
            ("x-z", 1),
            ("waivers", {"a": {"clause": "tests", "members": ["ada"], "reason": "On call."}}),
            ("cadence/review", {"frequency": "yearly"}),
            ("commitments/tests", None),
            ("commitments/new", {"by": ["ed"], "text": "New."}),
            ("title", "Crew"),
        )
        places = ["title", "commitments/new", "commitments/tests", "cadence.review", "waivers/a", "x-z"]
        assert [one.place for one in found.changes] == places

    def test_joined_and_left(self) -> None:
        """Who comes, who goes and who comes back are told, whatever the file did with them."""
        found = between(FIVE, ("members/flo", {"name": "Flo"}), ("members/ed", None), ("members/di/left", "2026-11-01"))
        assert (found.joined, found.left) == (("flo",), ("di", "ed"))
        back = diff(found.new, found.old)
        assert (back.joined, back.left) == (("di", "ed"), ("flo",))

    def test_consents_again(self) -> None:
        """Each member whose digest differs stands there with exactly what made it differ."""
        found = between(FIVE, ("commitments/tests/text", "Soon."), ("title", "Crew"), ("members/flo", {"name": "Flo"}))
        two, newcomer = ["members/flo", "commitments/tests"], ["members/flo"]
        assert {member: [one.place for one in why] for member, why in found.consents_again.items()} == {
            "ada": two,
            "bo": two,
            "cy": newcomer,
            "di": newcomer,
            "ed": newcomer,
            "flo": newcomer,
        }

    def test_waiting(self) -> None:
        """Who has said yes to the new version already does not wait, and a yes to something else does not count."""
        old, new = alliance(FIVE), alliance(changed(FIVE, "commitments/tests/text", "Soon."))
        assert diff(old, new).waiting == ("ada", "bo")
        assert diff(old, ratify(new, "ada", DAY)).waiting == ("bo",)
        stale = ratify(old, "bo", DAY).ratifications["bo"]
        assert diff(old, new.with_ratification(stale)).waiting == ("ada", "bo")

    def test_a_yes_of_a_stranger(self) -> None:
        """The yes of somebody who is no member is told, and counts for nobody."""
        yes = {"zed": {"date": "2026-11-01", "digest": "sha256:" + "0" * 64}}
        found = between(FIVE, ("ratifications", yes), ("commitments/tests/text", "Soon."))
        assert (list(found.consents_again), found.waiting) == (["ada", "bo"], ("ada", "bo"))

    def test_plain_data(self) -> None:
        """It can be given away as plain data."""
        found = between(FIVE, ("commitments/tests/due", "2026-12-07"), ("expires", "2027-01-01"))
        assert found.to_dict() == {
            "alliance": "harbour",
            "title": "Harbour",
            "is_empty": False,
            "changes": [
                {
                    "element": "expires",
                    "id": "",
                    "kinds": ["added"],
                    "before": None,
                    "after": "2027-01-01",
                    "concerns": [],
                    "touches": list(EVERYBODY),
                },
                {
                    "element": "commitments",
                    "id": "tests",
                    "kinds": ["rescheduled"],
                    "before": {"by": ["ada"], "to": ["bo"], "text": "Tests run in 5 minutes."},
                    "after": {"by": ["ada"], "to": ["bo"], "text": "Tests run in 5 minutes.", "due": "2026-12-07"},
                    "concerns": ["ada", "bo"],
                    "touches": ["ada", "bo"],
                },
            ],
            "withheld": 0,
            "joined": [],
            "left": [],
            "consents_again": ["ada", "bo"],
            "waiting": ["ada", "bo"],
        }

    def test_public(self) -> None:
        """Without the words for members only, it says how many changes it leaves out, and asks the same people."""
        fear = {"fear": {"by": ["bo"], "text": "A planted secret."}}
        answer = [{"prompt": "trust", "by": "bo", "answer": "A planted secret."}]
        found = between(FIVE, ("concerns", fear), ("responses", answer), ("commitments/tests/text", "Soon."))
        public = found.as_public()
        assert [one.place for one in public.changes] == ["commitments/tests"]
        assert (public.withheld, public.consents_again) == (2, found.consents_again)
        assert "secret" not in str(public.to_dict())
        assert diff(found.old, found.old.with_clauses("concerns", found.new.concerns.values())).as_public()

    def test_another_value(self) -> None:
        """What is no alliance is refused."""
        member: Any = alliance(TWO).members["ana"]
        with pytest.raises(InvalidValueError, match=r"diff\.new: must be an Alliance, not Member"):
            diff(alliance(TWO), member)

    def test_pickle(self) -> None:
        """It can be sent to another process."""
        found = between(FIVE, ("commitments/tests/text", "Soon."))
        assert pickle.loads(pickle.dumps(found)) == found


class TestForMember:
    FOUND = between(
        FIVE,
        ("commitments/tests/text", "Soon."),
        ("commitments/tests/standing", "broken"),
        ("commitments/pair", {"by": ["cy"], "to": ["di"], "text": "We pair."}),
        ("title", "Crew"),
    )

    def test_asked_and_told(self) -> None:
        """A member is told what asks them, what they should know, and how much more there is between others."""
        bo = self.FOUND.for_member("bo")
        assert (bo.agrees_again, bo.is_new, bo.others) == (True, False, 1)
        assert [one.place for one in bo.asked] == ["commitments/tests"]
        assert [one.place for one in bo.told] == ["title"]
        ed = self.FOUND.for_member("ed")
        assert (ed.agrees_again, ed.asked, ed.others) == (False, (), 2)

    def test_who_joined(self) -> None:
        """Somebody new agrees for the first time."""
        flo = between(FIVE, ("members/flo", {"name": "Flo"})).for_member("flo")
        assert (flo.is_new, flo.agrees_again) == (True, True)

    def test_who_left(self) -> None:
        """Nobody asks who has left; they are told all the same."""
        ed = between(FIVE, ("members/ed/left", "2026-11-01")).for_member("ed")
        assert (ed.agrees_again, ed.asked, [one.place for one in ed.told]) == (False, (), ["members/ed"])

    def test_unknown(self) -> None:
        """Who is in neither version is unknown."""
        with pytest.raises(UnknownNameError, match="no member is named 'zed'"):
            self.FOUND.for_member("zed")

    def test_plain_data(self) -> None:
        """It can be given away as plain data."""
        plain = self.FOUND.for_member("bo").to_dict()
        assert (plain["member"], plain["name"], plain["agrees_again"], plain["others"]) == ("bo", "Bo", True, 1)
        assert plain["asked"][0]["element"] == "commitments"
