"""The check-ins of one alliance, one after another."""

from datetime import date
from random import Random
from typing import Any

import pytest
from attrs import evolve

import alliancekit as ak
from alliancekit import wire
from alliancekit.errors import InvalidValueError
from alliancekit.flow import Script, Session
from alliancekit.library import bank, flow
from alliancekit.living import chain
from alliancekit.model import Alliance, CheckIn
from tests.shared import ROOT
from tests.unit.consent.alliances import TWO, alliance, changed

TEAM = ROOT / "examples" / "team"
HARBOUR = ak.load(TEAM / "harbour.alliance.yaml", Alliance)
RECORDS = [ak.load(path, CheckIn) for path in sorted(TEAM.glob("*.check-in.yaml"))]


def met(day: str, **said: Any) -> CheckIn:
    """Return the record of a check-in of Ana and Ben."""
    return wire.structure({"alliance": "ana-ben", "date": day, **said}, CheckIn)


def kept(day: str, standing: str = "kept", **said: Any) -> CheckIn:
    return met(day, reviewed={"flag-slips": {"standing": standing}}, **said)


ADDED = {"action": "add", "element": "commitments", "by": ["ana"], "text": "Send the plan."}
CHANGED = {"action": "change", "element": "commitments", "text": "Say it within the hour."}
DROPPED = {"action": "drop", "element": "commitments"}

SIX = chain(
    alliance(changed(TWO, "commitments/old", {"by": ["ana"], "text": "Bring the notes.", "due": "2026-11-20"})),
    [
        kept("2026-11-12", "broken", amendments={"plan": ADDED}),
        kept("2026-11-19", "broken"),
        met("2026-11-26", amendments={"flag-slips": CHANGED}, reviewed={"old": {"standing": "kept"}}),
        kept("2026-12-10", next="2026-12-14"),
        kept("2026-12-14", next="2026-12-28"),
        met("2026-12-28", amendments={"plan": DROPPED}, reviewed={"flag-slips": {"standing": "released"}}),
    ],
)


class TestStories:
    def test_what_became_of_a_promise(self) -> None:
        """A story has every look at a promise, and when it was made, changed and dropped."""
        story, plan = SIX.stories["flag-slips"], SIX.stories["plan"]
        assert [one.standing for one in story.looked] == ["broken", "broken", "kept", "kept", "released"]
        assert (story.added, story.changed, story.dropped) == (None, (date(2026, 11, 26),), None)
        assert (plan.added, plan.dropped, plan.last_looked) == (date(2026, 11, 12), date(2026, 12, 28), None)
        assert (plan.standing, plan.streak) == (None, 0)
        assert (story.standing, story.last_looked, story.streak) == ("released", date(2026, 12, 28), 1)
        assert (story.times("broken"), story.times("open")) == (2, 0)

    def test_a_streak_begins_anew_with_another_wording(self) -> None:
        """How often in a row is counted since the promise was changed."""
        broken = [kept(f"2026-11-{day}", "broken") for day in ("12", "19")]
        anew = kept("2026-11-26", "broken", amendments={"flag-slips": CHANGED})
        assert chain(alliance(TWO), broken).stories["flag-slips"].streak == 2
        assert chain(alliance(TWO), [*broken, anew]).stories["flag-slips"].streak == 0

    def test_what_nobody_looked_at_has_a_story_too(self) -> None:
        """Every commitment of the alliance has one."""
        assert [*chain(alliance(TWO), ()).stories] == ["flag-slips"]


class TestMeetings:
    def test_what_was_open_is_carried_on(self) -> None:
        """Each meeting says what stays open, what it closed and what it made."""
        assert [(one.carried, one.closed, one.opened) for one in SIX.meetings] == [
            (("flag-slips", "old"), (), ("plan",)),
            (("flag-slips", "old", "plan"), (), ()),
            (("flag-slips", "plan"), ("old",), ()),
            (("flag-slips", "plan"), (), ()),
            (("flag-slips", "plan"), (), ()),
            ((), ("flag-slips", "plan"), ()),
        ]

    def test_what_was_closed_before_is_not_carried_on(self) -> None:
        """A promise that is closed now, and that no record names, was closed before the first of them."""
        closed = changed(TWO, "commitments/flag-slips/standing", "released")
        (one,) = chain(alliance(closed), [met("2026-11-12")]).meetings
        assert (one.carried, one.closed, one.opened) == ((), (), ())

    def test_what_was_let_go_stays_so(self) -> None:
        """A promise that was let go is not opened by looking at it again, as it is not by applying such a record."""
        records = [kept("2026-11-12", "released"), kept("2026-11-19")]
        told = chain(alliance(TWO), records)
        assert [(one.carried, one.closed, one.opened) for one in told.meetings] == [
            ((), ("flag-slips",), ()),
            ((), (), ()),
        ]
        steps = told.replayed(alliance(TWO)).steps
        assert [(one.carried, one.closed, one.opened) for one in steps] == [((), ("flag-slips",), ()), ((), (), ())]

    def test_when_each_was_due(self) -> None:
        """A meeting is due on the day that the one before it names, or else by the rhythm; a day late is no gap."""
        assert [one.due and one.due.isoformat() for one in SIX.meetings] == [
            None,
            "2026-11-19",
            "2026-11-26",
            "2026-12-03",
            "2026-12-14",
            "2026-12-28",
        ]
        assert [(one.date.isoformat(), one.days_late) for one in SIX.gaps] == [("2026-12-10", 7)]
        assert SIX.next == date(2027, 1, 7)

    def test_a_day_of_grace(self) -> None:
        """A meeting a day late is no gap."""
        late = chain(alliance(TWO), [met("2026-11-12"), met("2026-11-20")])
        assert (late.meetings[1].days_late, late.gaps) == (1, ())

    def test_no_meeting(self) -> None:
        """Without records nothing is known; without a rhythm nothing is due."""
        lonely = {key: value for key, value in TWO.items() if key != "cadence"}
        assert (chain(alliance(TWO), ()).next, chain(alliance(TWO), ()).meetings) == (None, ())
        assert chain(alliance(lonely), [met("2026-11-12")]).next is None

    def test_promised_anew_for_a_day(self) -> None:
        """A promise that was given a day is over when it is kept, and one that was given a rhythm is not."""
        day = {"plan": {**CHANGED, "due": "2026-12-01"}}
        weekly = {"plan": {**CHANGED, "repeats": {"frequency": "weekly"}}}
        said = {"plan": {"standing": "kept"}}
        told = chain(
            alliance(TWO),
            [
                met("2026-11-12", amendments={"plan": ADDED}),
                met("2026-11-19", amendments=day),
                met("2026-11-26", amendments={"plan": {**CHANGED, "by": ["ben"]}}),
                met("2026-12-03", reviewed=said),
                met("2026-12-10", amendments=weekly),
                met("2026-12-17", reviewed=said),
            ],
        )
        assert ["plan" in one.closed for one in told.meetings] == [False, False, False, True, False, False]
        assert told.meetings[4].opened == ("plan",)
        assert told.meetings[5].carried == ("flag-slips", "plan")

    def test_rows_for_a_table(self) -> None:
        """There is a row for each promise at each meeting: what was said of it, and whether it stands open."""
        rows = SIX.records()
        assert rows[:3] == [
            {"date": "2026-11-12", "commitment": "flag-slips", "standing": "broken", "amendment": None, "open": True},
            {"date": "2026-11-12", "commitment": "old", "standing": None, "amendment": None, "open": True},
            {"date": "2026-11-12", "commitment": "plan", "standing": None, "amendment": "add", "open": True},
        ]
        assert rows[-1] == {
            "date": "2026-12-28",
            "commitment": "plan",
            "standing": None,
            "amendment": "drop",
            "open": False,
        }
        assert len(rows) == 3 + 3 + 3 + 2 + 2 + 2


STANDINGS = ("open", "kept", "broken", "released")


def random_record(chance: Random, held: set[str], day: int) -> CheckIn:
    """Return the record of a check-in at which anything happens to the promises *held*, which are those of after then."""
    looks = {name: {"standing": chance.choice(STANDINGS)} for name in sorted(held) if chance.random() < 0.5}
    amendments: dict[str, Any] = {}
    for name in ("flag-slips", "plan", "talk"):
        if chance.random() < 0.3:
            said = dict(chance.choice([CHANGED, DROPPED]) if name in held else ADDED)
            if said["action"] != "drop" and chance.random() < 0.5:
                said["due"] = "2027-01-01"
            (held.discard if said["action"] == "drop" else held.add)(name)
            amendments[name] = said
    return met(f"2026-11-{10 + day}", reviewed=looks, amendments=amendments)


@pytest.mark.parametrize("seed", range(25))
def test_a_chain_tells_what_applying_does(seed: int) -> None:
    """Whatever was looked at, added, changed and dropped: what a chain carries on, closes and opens is what applying does."""
    chance, held = Random(seed), {"flag-slips"}
    told = chain(alliance(TWO), [random_record(chance, held, day) for day in range(6)])
    replayed = told.replayed(alliance(TWO))
    assert replayed.findings == ()
    assert [tuple(map(sorted, (one.carried, one.closed, one.opened))) for one in told.meetings] == [
        tuple(map(sorted, (one.carried, one.closed, one.opened))) for one in replayed.steps
    ]


class TestFindings:
    def told(self, *records: CheckIn) -> list[tuple[str, str]]:
        return [(one.rule, one.pointer) for one in chain(alliance(TWO), records).findings]

    def test_any_order(self) -> None:
        """Records come in any order, and are put in that of their days."""
        records = [one.record for one in SIX.meetings]
        assert chain(SIX.alliance, reversed(records)) == SIX
        assert SIX.findings == ()

    def test_two_of_one_day(self) -> None:
        """Two records of one day are both kept, in the order in which they were given."""
        records = [kept("2026-11-12", "broken"), kept("2026-11-12")]
        assert self.told(*records) == [("dates-out-of-order", "/date")]
        assert [one.record for one in chain(alliance(TWO), records).meetings] == records

    def test_the_next_before_this_one(self) -> None:
        """A next meeting before this one is a finding, and the rhythm stands in for it."""
        told = chain(alliance(TWO), [met("2026-11-12", next="2026-11-05")])
        assert [(one.rule, one.pointer) for one in told.findings] == [("dates-out-of-order", "/next")]
        assert str(told.findings[0].message).startswith("2026-11-12: ")
        assert told.next == date(2026, 11, 19)

    def test_another_alliance(self) -> None:
        """The record of another alliance is left out."""
        other = evolve(met("2026-11-12"), alliance="harbour")
        assert self.told(other) == [("unknown-alliance", "/alliance")]
        assert chain(alliance(TWO), [other]).meetings == ()

    def test_strangers(self) -> None:
        """Members and commitments that nobody knows are named; what was added or dropped once is known."""
        said = met(
            "2026-11-12",
            present=["ana", "cleo"],
            reviewed={"flag-slipps": {"standing": "kept"}},
            amendments={"plan": ADDED, "plam": CHANGED, "gone": DROPPED, "cool-of": {"action": "drop", "element": "values"}},
        )  # fmt: skip
        assert self.told(said) == [
            ("unknown-member", "/present/1"),
            ("unknown-commitment", "/reviewed/flag-slipps"),
            ("unknown-commitment", "/amendments/plam"),
        ]

    def test_another_value(self) -> None:
        """What is no alliance, or no record, is refused."""
        with pytest.raises(InvalidValueError, match="records: must be a CheckIn, not str"):
            chain(alliance(TWO), "no")  # type: ignore[arg-type]
        with pytest.raises(InvalidValueError, match="alliance: must be an Alliance, not Chain"):
            chain(SIX, ())  # type: ignore[arg-type]
        with pytest.raises(InvalidValueError, match="founding: must be an Alliance"):
            SIX.replayed(SIX)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def founding() -> Alliance:
    """Return the alliance with which the Harbour team began."""
    script = ak.load(TEAM / "harbour.answers.yaml", Script)
    return Session.from_script(script, flow("team"), bank("team"))[0].alliance()


class TestReplaying:
    def test_all_records_give_the_alliance_of_now(self, founding: Alliance) -> None:
        """What the records amend, one after another, makes of the first alliance the one of now."""
        now = chain(HARBOUR, RECORDS).replayed(founding)
        assert (now.findings, now.left_over) == ((), ())
        assert {*now.alliance.members} == {*HARBOUR.members}
        for element in ("expectations", "commitments", "ground_rules", "values", "atmosphere"):
            mine, theirs = getattr(now.alliance, element), getattr(HARBOUR, element)
            assert self.said(mine, among=theirs) == self.said(theirs, among=theirs)

    def said(self, clauses: Any, among: Any) -> dict[str, tuple[str, str | None, str]]:
        """Return what clauses say; that one has lost its evidence no record can tell, so there it does not count."""
        return {
            key: (one.text, one.known_by if among[key].known_by else None, getattr(one, "standing", ""))
            for key, one in clauses.items()
        }

    def test_the_chain_knows_what_was_open(self, founding: Alliance) -> None:
        """What the chain tells from the records alone is what they do to the first alliance."""
        told = chain(HARBOUR, RECORDS)
        steps = told.replayed(founding).steps
        assert [{*one.carried} for one in steps] == [{*one.carried} for one in told.meetings]
        assert [{*one.opened} for one in steps] == [{*one.opened} for one in told.meetings]

    def test_what_cannot_be_applied_is_left_over(self) -> None:
        """A record that does not fit the first alliance leaves over what does not, with its day."""
        told = chain(alliance(TWO), [met("2026-11-12", amendments={"plan": DROPPED}), kept("2026-11-19")])
        now = told.replayed(alliance(TWO))
        assert [str(one.message)[:10] for one in now.findings] == ["2026-11-12"]
        assert [[*one.amendments] for one in now.left_over] == [["plan"]]

    def test_members_come_and_go(self) -> None:
        """Who joined or left by the day of a record is, or is not, a member at it."""
        people = changed(TWO, "members/cleo", {"name": "Cleo", "joined": "2026-11-15", "left": "2026-12-01"})
        now = alliance(changed(people, "members/ben/left", "2026-11-30"), kind="team")
        told = chain(now, [met(day) for day in ("2026-11-12", "2026-11-19", "2026-12-03")])
        steps = told.replayed(alliance(TWO, kind="team")).steps
        assert [one.alliance.present() for one in steps] == [("ana", "ben"), ("ana", "ben", "cleo"), ("ana",)]
