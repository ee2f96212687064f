"""What the record of a check-in does to the alliance that it is about."""

from datetime import date
from typing import Any

import pytest

from alliancekit import wire
from alliancekit.consent import Applied, apply_check_in, digest, ratify, stale_members
from alliancekit.errors import InvalidValueError
from alliancekit.model import Alliance, CheckIn
from tests.unit.consent.alliances import DAY, FIVE, TWO, alliance, changed

MET = date(2026, 11, 12)


def record(**said: Any) -> CheckIn:
    """Return a record about Ana and Ben that says *said*."""
    return wire.structure({"alliance": "ana-ben", "date": "2026-11-12", "present": ["ana", "ben"], **said}, CheckIn)


def after(amendment: dict[str, Any], name: str = "flag-slips", base: dict[str, Any] = TWO) -> Applied:
    """Return what a record with one amendment does."""
    said = record(amendments={name: amendment})
    return apply_check_in(alliance(base), said)


def findings(applied: Applied) -> list[tuple[str, str]]:
    return [(one.rule, one.pointer) for one in applied.findings]


def agreed(data: dict[str, Any]) -> Alliance:
    value = alliance(data)
    for member in value.present():
        value = ratify(value, member, DAY)
    return value


class TestStandings:
    @pytest.mark.parametrize(
        ("more", "said", "stands"),
        [
            ({}, "kept", "open"),
            ({}, "broken", "open"),
            ({}, "released", "released"),
            ({"due": "2026-12-01"}, "kept", "kept"),
            ({"due": "2026-12-01"}, "broken", "broken"),
            ({"due": "2026-12-01"}, "open", "open"),
        ],
    )
    def test_how_a_commitment_stands(self, more: dict[str, Any], said: str, stands: str) -> None:
        """What is due on a day is over when it was kept or broken; anything else comes round, unless it is released."""
        base = changed(TWO, "commitments/flag-slips/repeats", None)
        for key, value in more.items():
            base = changed(base, f"commitments/flag-slips/{key}", value)
        applied = apply_check_in(alliance(base), record(reviewed={"flag-slips": {"standing": said}}))
        assert applied.alliance.commitments["flag-slips"].standing == stands
        assert applied.proposed == applied.alliance
        assert (applied.carried, applied.closed) == (
            (("flag-slips",), ()) if stands == "open" else ((), ("flag-slips",))
        )

    def test_nobodys_yes_is_touched(self) -> None:
        """Keeping and releasing voids nothing: who agreed has agreed still."""
        before = agreed(TWO)
        applied = apply_check_in(before, record(reviewed={"flag-slips": {"standing": "released"}}))
        assert applied.alliance.ratifications == before.ratifications
        assert stale_members(applied.alliance) == ()

    def test_an_unknown_commitment_is_left_over(self) -> None:
        """What was said of a commitment that is not there is kept, and the name that was meant is guessed."""
        said = {"flag-slips": {"standing": "released"}, "flag-slipps": {"standing": "kept", "note": "Twice."}}
        applied = apply_check_in(alliance(TWO), record(reviewed=said))
        assert findings(applied) == [("unknown-commitment", "/reviewed/flag-slipps")]
        assert applied.findings[0].hint == "did you mean 'flag-slips'?"
        assert applied.left_over == CheckIn(
            alliance="ana-ben", date=MET, reviewed=[record(reviewed=said).reviewed["flag-slipps"]]
        )
        assert applied.alliance.commitments["flag-slips"].standing == "released"


class TestAmendments:
    def test_a_change_keeps_what_it_does_not_name(self) -> None:
        """Another wording leaves whose it is, and by what it is known; the alliance of now has the old one."""
        applied = after({"action": "change", "element": "commitments", "text": "Say it within the hour."})
        was, now = (one.commitments["flag-slips"] for one in (applied.alliance, applied.proposed))
        assert (was.text, now.text) == ("Say it the same day when a date moves.", "Say it within the hour.")
        assert (now.by, now.to, now.meets, now.repeats) == (was.by, was.to, was.meets, was.repeats)
        assert applied.left_over is None

    def test_a_change_asks_exactly_whom_it_concerns(self) -> None:
        """The digests of what is proposed tell who has to agree again."""
        before = agreed(FIVE)
        said = CheckIn(
            alliance="harbour",
            date=MET,
            amendments=record(
                amendments={"tests": {"action": "change", "element": "commitments", "text": "In 4 minutes."}}
            ).amendments.values(),
        )
        applied = apply_check_in(before, said)
        assert stale_members(applied.proposed) == ("ada", "bo")
        assert stale_members(applied.alliance) == ()
        assert applied.proposed.status == before.status == "active"

    def test_what_is_promised_anew_has_just_begun(self) -> None:
        """A promise that was broken for good and then changed stands open."""
        base = changed(changed(TWO, "commitments/flag-slips/repeats", None), "commitments/flag-slips/due", "2026-11-10")
        said = record(
            reviewed={"flag-slips": {"standing": "broken"}},
            amendments={"flag-slips": {"action": "change", "element": "commitments", "due": "2026-12-10"}},
        )
        applied = apply_check_in(alliance(base), said)
        assert applied.alliance.commitments["flag-slips"].standing == "broken"
        assert applied.proposed.commitments["flag-slips"].standing == "open"
        assert applied.carried == ("flag-slips",)

    def test_what_was_closed_is_opened_again(self) -> None:
        """A promise that was let go and is made again is opened, and not carried on."""
        base = changed(TWO, "commitments/flag-slips/standing", "released")
        applied = after({"action": "change", "element": "commitments", "text": "Say it on Friday."}, base=base)
        assert (applied.carried, applied.closed, applied.opened) == ((), (), ("flag-slips",))

    def test_a_day_takes_the_place_of_a_rhythm(self) -> None:
        """Who gives a promise a day takes its rhythm away, and the other way round; both stand where both are said."""
        weekly = {"frequency": "weekly"}
        day = after({"action": "change", "element": "commitments", "due": "2026-12-01"})
        both = after({"action": "change", "element": "commitments", "due": "2026-12-01", "repeats": weekly})
        base = changed(changed(TWO, "commitments/flag-slips/repeats", None), "commitments/flag-slips/due", "2026-12-01")
        rhythm = after({"action": "change", "element": "commitments", "repeats": weekly}, base=base)
        told = [one.proposed.commitments["flag-slips"] for one in (day, both, rhythm)]
        assert [(one.due is None, one.repeats is None) for one in told] == [
            (False, True),
            (False, False),
            (True, False),
        ]

    def test_what_is_asked_anew_nobody_has_declined(self) -> None:
        """An expectation that is changed is asked again."""
        base = changed(TWO, "expectations/early-warning/declined_by", ["ben"])
        applied = after({"action": "change", "element": "expectations", "text": "By noon."}, "early-warning", base)
        assert applied.proposed.expectations["early-warning"].declined_by == ()

    def test_what_is_added(self) -> None:
        """What is new goes last; what answers an expectation of the same meeting does."""
        said = record(
            amendments={
                "plan": {
                    "action": "add",
                    "element": "commitments",
                    "by": ["ana"],
                    "text": "Send the plan.",
                    "meets": ["clear-plan"],
                },
                "clear-plan": {"action": "add", "element": "expectations", "by": ["ben"], "text": "Show me the plan."},
                "candour": {"action": "add", "element": "values", "text": "Candour.", "known_by": "We say it."},
                "pause": {"action": "add", "element": "ground_rules", "text": "We pause.", "topic": "repair"},
            },
            reviewed={"plan": {"standing": "kept"}},
        )
        applied = apply_check_in(alliance(TWO), said)
        assert applied.findings == ()
        assert [*applied.proposed.commitments] == ["flag-slips", "plan"]
        assert applied.proposed.commitments["plan"].meets == ("clear-plan",)
        assert applied.proposed.values["candour"].known_by == "We say it."
        assert applied.proposed.ground_rules["pause"].topic == "repair"
        assert (applied.carried, applied.opened) == (("flag-slips",), ("plan",))

    def test_what_is_dropped(self) -> None:
        """What is dropped takes its waivers along, and nothing answers it any more."""
        base = changed(TWO, "waivers/w", {"clause": "early-warning", "members": ["ben"], "reason": "Away."})
        applied = after({"action": "drop", "element": "expectations"}, "early-warning", base)
        assert (dict(applied.proposed.expectations), dict(applied.proposed.waivers)) == ({}, {})
        assert applied.proposed.commitments["flag-slips"].meets == ()
        assert applied.alliance == alliance(base)

    def test_a_dropped_commitment_is_closed(self) -> None:
        """It stood open, and there is none any more."""
        applied = after({"action": "drop", "element": "commitments"})
        assert (applied.carried, applied.closed) == ((), ("flag-slips",))

    def test_what_was_agreed_is_not_unresolved(self) -> None:
        """What could not be agreed before and is added now is no longer among what is open between them."""
        base = changed(TWO, "unresolved/fridays", {"element": "ground_rules", "text": "Fridays are remote."})
        applied = after({"action": "add", "element": "ground_rules", "text": "Every second one."}, "fridays", base)
        assert dict(applied.proposed.unresolved) == {}
        assert [*applied.alliance.unresolved] == ["fridays"]

    @pytest.mark.parametrize(
        ("amendment", "intention"),
        [
            ({"action": "change", "text": "Ship."}, "Ship."),
            ({"action": "drop"}, None),
        ],
    )
    def test_the_intention(self, amendment: dict[str, Any], intention: str | None) -> None:
        """There is one intention, whatever an amendment calls it."""
        for name in ("intention", "aim"):
            applied = after({**amendment, "element": "intention"}, name)
            assert (applied.proposed.intention, applied.findings) == (intention, ())

    @pytest.mark.parametrize("action", ["add", "change", "drop"])
    def test_the_intention_twice(self, action: str) -> None:
        """There is one intention, so of two amendments of it the first is applied, and the other is left over."""
        base = changed(TWO, "intention", None) if action == "add" else TWO
        said = {
            name: {"action": "add" if action == "add" else "change", "element": "intention", "text": name}
            for name in ("aim", "goal")
        }
        said["goal"]["action"] = action
        applied = apply_check_in(alliance(base), record(amendments=said))
        assert applied.proposed.intention == "aim"
        assert findings(applied) == [("duplicate-id", "/amendments/goal")]
        assert applied.left_over is not None
        assert [*applied.left_over.amendments] == ["goal"]

    def test_a_first_intention(self) -> None:
        """Where there is none it is added."""
        base = {key: value for key, value in TWO.items() if key != "intention"}
        applied = after({"action": "add", "element": "intention", "text": "Ship."}, "intention", base)
        assert applied.proposed.intention == "Ship."

    def test_another_rhythm_keeps_the_hour_and_the_room(self) -> None:
        """A meeting is amended by its rhythm; its words are for reading, and the rest of it stays."""
        applied = after(
            {
                "action": "change",
                "element": "cadence",
                "text": "Every second Monday.",
                "repeats": {"frequency": "weekly", "interval": 2, "weekdays": ["monday"]},
            },
            "weekly",
        )
        cadence = applied.proposed.cadence
        assert cadence is not None
        weekly = cadence.check_ins["weekly"]
        assert (weekly.interval, weekly.weekdays, weekly.where) == (2, ("monday",), "Room 4")

    def test_what_is_added_to_the_cadence(self) -> None:
        """What has a rhythm is a meeting, or the review by its id; what has words alone is a channel."""
        base = {key: value for key, value in TWO.items() if key != "cadence"}
        daily = {"frequency": "daily"}
        said = record(
            amendments={
                "stand-up": {"action": "add", "element": "cadence", "repeats": daily},
                "review": {"action": "add", "element": "cadence", "repeats": {"frequency": "yearly"}},
                "chat": {"action": "add", "element": "cadence", "text": "Quick questions"},
            }
        )
        cadence = apply_check_in(alliance(base), said).proposed.cadence
        assert cadence is not None
        assert cadence.review is not None
        assert (cadence.check_ins["stand-up"].frequency, cadence.review.frequency) == ("daily", "yearly")
        assert cadence.channels["chat"].purpose == "Quick questions"

    @pytest.mark.parametrize("name", ["weekly", "chat", "review"])
    def test_what_is_dropped_from_the_cadence(self, name: str) -> None:
        """A meeting, a channel and the review can be dropped."""
        applied = after({"action": "drop", "element": "cadence"}, name)
        assert name not in {one.id for _, one in applied.proposed.clauses()}
        assert applied.findings == ()

    def test_other_words_for_a_channel(self) -> None:
        """What a channel is for is its text; its hours stay."""
        applied = after({"action": "change", "element": "cadence", "text": "Anything"}, "chat")
        cadence = applied.proposed.cadence
        assert cadence is not None
        assert (cadence.channels["chat"].purpose, cadence.channels["chat"].reply_within_hours) == ("Anything", 4)

    def test_keys_of_your_own_go_along(self) -> None:
        """What an amendment carries under x- the clause carries on, beside what it had."""
        base = changed(TWO, "commitments/flag-slips/x-old", 1)
        applied = after({"action": "change", "element": "commitments", "text": "By noon.", "x-new": 2}, base=base)
        assert dict(applied.proposed.commitments["flag-slips"].extra) == {"x-old": 1, "x-new": 2}


class TestWhatDoesNotFit:
    @pytest.mark.parametrize(
        ("name", "amendment", "rule", "place"),
        [
            ("flag-slipps", {"action": "change", "element": "commitments", "text": "X."}, "unknown-commitment", ""),
            ("cool-of", {"action": "drop", "element": "ground_rules"}, "unknown-clause", ""),
            ("review", {"action": "drop", "element": "values"}, "wrong-value", "/element"),
            ("cool-off", {"action": "drop", "element": "commitments"}, "wrong-value", "/element"),
            ("cool-off", {"action": "add", "element": "values", "text": "X."}, "duplicate-id", ""),
            ("intention", {"action": "add", "element": "intention", "text": "X."}, "duplicate-id", ""),
            ("new", {"action": "add", "element": "commitments", "text": "X."}, "missing-field", ""),
            ("new", {"action": "add", "element": "values", "known_by": "X."}, "missing-field", ""),
            ("new", {"action": "add", "element": "cadence"}, "missing-field", ""),
            ("weekly", {"action": "change", "element": "cadence", "text": "X."}, "missing-field", ""),
            ("flag-slips", {"action": "change", "element": "commitments"}, "missing-field", ""),
            ("direct", {"action": "change", "element": "atmosphere", "text": "X.", "due": "2026-12-01"}, "unknown-field", "/due"),
            ("chat", {"action": "change", "element": "cadence", "text": "X.", "repeats": {"frequency": "daily"}}, "unknown-field", "/repeats"),
            ("flag-slips", {"action": "change", "element": "commitments", "to": ["anna"]}, "unknown-member", "/to/0"),
            ("flag-slips", {"action": "change", "element": "commitments", "meets": ["no"]}, "unknown-clause", "/meets/0"),
        ],
    )  # fmt: skip
    def test_is_left_over(self, name: str, amendment: dict[str, Any], rule: str, place: str) -> None:
        """An amendment that would make no sound clause changes nothing; it is kept, with why."""
        applied = after(amendment, name)
        assert findings(applied) == [(rule, f"/amendments/{name}{place}")]
        assert applied.findings[0].hint
        assert applied.proposed == applied.alliance == alliance(TWO)
        assert applied.left_over is not None
        assert [*applied.left_over.amendments] == [name]

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        """One amendment may have several faults, and others are applied beside it."""
        said = record(
            amendments={
                "new": {"action": "add", "element": "commitments", "of": ["zoe"], "topic": "repair"},
                "cool-off": {"action": "drop", "element": "ground_rules"},
            }
        )
        applied = apply_check_in(alliance(TWO), said)
        assert findings(applied) == [
            ("unknown-field", "/amendments/new/of"),
            ("unknown-field", "/amendments/new/topic"),
            ("missing-field", "/amendments/new"),
            ("missing-field", "/amendments/new"),
            ("unknown-member", "/amendments/new/of/0"),
        ]
        assert dict(applied.proposed.ground_rules) == {}

    def test_what_is_dropped_is_met_by_nothing(self) -> None:
        """A promise that is to answer what the same meeting drops is left over."""
        said = record(
            amendments={
                "plan": {
                    "action": "add",
                    "element": "commitments",
                    "by": ["ben"],
                    "text": "X.",
                    "meets": ["early-warning"],
                },
                "early-warning": {"action": "drop", "element": "expectations"},
            }
        )
        applied = apply_check_in(alliance(TWO), said)
        assert findings(applied) == [("unknown-clause", "/amendments/plan/meets/0")]

    def test_a_fault_that_was_there_stays(self) -> None:
        """What the alliance itself has wrong is not mended in passing, for that would void a yes."""
        base = changed(TWO, "commitments/flag-slips/meets", ["nothing"])
        applied = after({"action": "drop", "element": "ground_rules"}, "cool-off", base)
        assert applied.proposed.commitments["flag-slips"].meets == ("nothing",)

    def test_another_alliance(self) -> None:
        """The record of another alliance changes nothing, and all of it is left over."""
        said = CheckIn(
            alliance="ana-benn",
            date=MET,
            reviewed=record(reviewed={"flag-slips": {"standing": "released"}}).reviewed.values(),
        )
        applied = apply_check_in(alliance(TWO), said)
        assert findings(applied) == [("unknown-alliance", "/alliance")]
        assert applied.findings[0].hint == "did you mean 'ana-ben'?"
        assert applied.alliance == applied.proposed == alliance(TWO)
        assert applied.left_over == said

    def test_a_stranger_present(self) -> None:
        """Somebody who was there and is no member is named; the rest is applied."""
        applied = apply_check_in(
            alliance(TWO), record(present=["ana", "cleo"], reviewed={"flag-slips": {"standing": "released"}})
        )
        assert findings(applied) == [("unknown-member", "/present/1")]
        assert applied.closed == ("flag-slips",)
        assert applied.left_over is None

    def test_somebody_agreed_since(self) -> None:
        """A record that is older than the newest yes is applied, with a warning: it may have been already."""
        before = ratify(alliance(TWO), "ana", date(2026, 11, 13))
        applied = apply_check_in(before, record(reviewed={"flag-slips": {"standing": "released"}}))
        assert findings(applied) == [("dates-out-of-order", "/date")]
        assert applied.findings[0].severity == "warning"
        assert applied.closed == ("flag-slips",)

    def test_another_value(self) -> None:
        """What is no alliance, or no record, is refused."""
        wrong: Any = alliance(TWO)
        with pytest.raises(InvalidValueError, match="record: must be a CheckIn, not Alliance"):
            apply_check_in(wrong, wrong)
        with pytest.raises(InvalidValueError, match="alliance: must be an Alliance, not CheckIn"):
            apply_check_in(record(), record())  # type: ignore[arg-type]

    def test_as_much_as_a_file_holds(self) -> None:
        """A record with thousands of unknown names is answered, all of them told and none lost."""
        many = {f"n-{number}": {"standing": "kept"} for number in range(3000)}
        wild = {f"a-{number}": {"action": "drop", "element": "values"} for number in range(3000)}
        applied = apply_check_in(alliance(TWO), record(reviewed=many, amendments=wild))
        assert len(applied.findings) == 6000
        assert applied.left_over is not None
        assert len(applied.left_over.reviewed) + len(applied.left_over.amendments) == 6000


def test_keeping_changes_no_digest() -> None:
    """How a commitment stands is nobody's content."""
    before = alliance(TWO)
    applied = apply_check_in(before, record(reviewed={"flag-slips": {"standing": "released"}}))
    assert [digest(applied.alliance, who) for who in ("ana", "ben")] == [digest(before, who) for who in ("ana", "ben")]
