import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from alliancekit import model
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.model import (
    Alliance,
    Amendment,
    Bank,
    Cadence,
    Channel,
    CheckIn,
    Commitment,
    Concern,
    Expectation,
    FollowUp,
    GroundRule,
    Member,
    Preferences,
    Prompt,
    PulseByName,
    Quality,
    Ratification,
    Response,
    Review,
    Reviewed,
    ScaleAnswer,
    ScheduledCheckIn,
    Section,
    Unresolved,
    Value,
    Waiver,
    timezones,
)
from alliancekit.shapes import Wired, shape_of
from alliancekit.values import FrozenMap

SECRET = "Xyzzy is what nobody else may read"

ALLIANCE = Alliance(
    id="ana-ben",
    kind="one-to-one",
    title="Ana and Ben",
    intention=SECRET,
    members=[
        Member(id="ben", name="Ben", why=SECRET, accountable_for=[SECRET], prefers=Preferences(feedback=SECRET)),
        Member(id="ana", name="Ana", stuck_signal=SECRET),
    ],
    values=[Value(id="repair", text=SECRET, known_by=SECRET)],
    expectations=[Expectation(id="early", by=["ana"], of=["ben"], text=SECRET)],
    concerns=[Concern(id="load", by=["ben"], text=SECRET)],
    commitments=[Commitment(id="flags", by=["ben"], to=["ana"], text=SECRET, meets=["early"])],
    ground_rules=[GroundRule(id="cool-off", topic="conflict", text=SECRET)],
    cadence=Cadence(
        check_ins=[ScheduledCheckIn(id="weekly", frequency="weekly", weekdays=["thursday"], where=SECRET)],
        channels=[Channel(id="chat", purpose=SECRET, hours=SECRET)],
        review=Review(frequency="monthly", interval=3),
    ),
    responses=[Response(prompt="trust", by="ana", answer=[SECRET, {"note": SECRET}])],
    unresolved=[Unresolved(id="fridays", element="ground_rules", text=SECRET, objections={"ben": SECRET})],
    waivers=[Waiver(id="call", clause="flags", members=["ben"], reason=SECRET)],
    ratifications=[Ratification(id="ana", date=date(2026, 11, 1), digest=f"sha256:{'0' * 64}")],
    extra={"x-note": SECRET},
)
PROMPT = Prompt(
    id="tone",
    text=SECRET,
    why=SECRET,
    answer=ScaleAnswer(low="None"),
    follow_ups=[FollowUp(id="works", text=SECRET)],
    tags=["tone"],
)
BANK = Bank(
    id="two",
    title="Questions",
    prompts=[PROMPT, Prompt(id="other", text="Else?")],
    sections=[Section(id="aim", title="Aim", prompts=["tone", "other"])],
)
CHECK_IN = CheckIn(
    alliance="ana-ben",
    date=date(2026, 11, 12),
    reviewed=[Reviewed(id="flags", standing="kept", note=SECRET)],
    pulse={"trust": PulseByName(named={"ana": 4})},
    amendments=[Amendment(id="flags", action="change", element="commitments", text=SECRET)],
    notes=SECRET,
)


def inside(value: Any) -> list[Any]:
    """Return *value* and every noun inside it."""
    found = [value]
    for one in shape_of(type(value)).fields.values():
        held = getattr(value, one.name)
        parts = held.values() if isinstance(held, FrozenMap) else held if isinstance(held, tuple) else (held,)
        found += [below for part in parts if isinstance(part, Wired) for below in inside(part)]
    return found


ALL = [one for document in (ALLIANCE, BANK, CHECK_IN) for one in inside(document)]


@pytest.mark.parametrize("value", ALL, ids=lambda value: type(value).__name__)
class TestEvery:
    def test_repr(self, value: Any) -> None:
        """No repr shows anybody's words: a repr ends up in logs."""
        assert repr(value).startswith(f"{type(value).__name__}(")
        assert "Xyzzy" not in f"{value!r} {value}"

    def test_pickled(self, value: Any) -> None:
        """It can be sent to another process, and is the same there."""
        again = pickle.loads(pickle.dumps(value))
        assert again == value
        assert hash(again) == hash(value)

    def test_frozen(self, value: Any) -> None:
        """It cannot be changed."""
        with pytest.raises(FrozenInstanceError):
            value.extra = {}


class TestRepr:
    def test_labels_are_shown(self) -> None:
        """Ids, names and titles are shown, because a person has to tell one value from another."""
        assert repr(Member(id="ana", name="Ana", why=SECRET)) == "Member(id='ana', name='Ana')"
        assert repr(Commitment(id="a", by=["ana"], text=SECRET)) == "Commitment(id='a', by=['ana'])"

    def test_entries_are_named_or_counted(self) -> None:
        """What a list holds is called by its id; of what has none it is said how much there is."""
        sections = (Section(id="tone", title="T"), Section(id="end", title="E"))
        assert repr(evolve(BANK, sections=sections)).count("sections=[tone, end]") == 1
        told = Response(by="ana", prompt="tone", answer=SECRET)
        assert "responses=[2 × Response]" in repr(evolve(ALLIANCE, responses=[told, told]))


class TestAlliance:
    def test_present(self) -> None:
        """Who has left is not present; the others are, sorted."""
        gone = ALLIANCE.members["ana"].with_left(date(2026, 12, 1))
        assert ALLIANCE.present() == ("ana", "ben")
        assert ALLIANCE.with_members(gone).present() == ("ben",)

    def test_clauses(self) -> None:
        """Every clause comes with its element, in the order of the document; concerns are none."""
        found = [(element, one.id) for element, one in ALLIANCE.clauses()]
        assert found == [
            ("values", "repair"),
            ("expectations", "early"),
            ("commitments", "flags"),
            ("ground_rules", "cool-off"),
            ("cadence", "weekly"),
            ("cadence", "chat"),
            ("cadence", "review"),
        ]

    def test_others(self) -> None:
        """An omitted ``to`` is the other of two; everyone where both speak, and in a team."""
        assert ALLIANCE.others("ana") == ("ben",)
        assert ALLIANCE.others("ana", "ben") == ("everyone",)
        assert ALLIANCE.others("everyone") == ("everyone",)
        team = Alliance(id="t", kind="team", title="T", members=ALLIANCE.members)
        assert team.others("ana") == ("everyone",)

    def test_copies(self) -> None:
        """Changed copies leave the original alone, and keep the place of what they replace."""
        told = Commitment(id="flags", by=["ben"], text="Within the hour.")
        changed = ALLIANCE.with_status("paused").with_clauses("commitments", [told]).without_clause("repair")
        assert (changed.status, ALLIANCE.status) == ("paused", "draft")
        assert changed.commitments["flags"].text == "Within the hour."
        assert (len(changed.values), len(ALLIANCE.values)) == (0, 1)
        yes = Ratification(id="ben", date=date(2026, 11, 2), digest=f"sha256:{'1' * 64}")
        assert list(ALLIANCE.with_ratification(yes).ratifications) == ["ana", "ben"]

    def test_clause_copies(self) -> None:
        """Clauses have changed copies too, of their own class."""
        clause = ALLIANCE.commitments["flags"]
        assert clause.with_standing("kept").standing == "kept"
        assert clause.with_text("a").with_known_by("b") == Commitment(
            id="flags", by=["ben"], to=["ana"], text="a", known_by="b", meets=["early"]
        )
        assert ALLIANCE.expectations["early"].with_declined_by("ben").declined_by == ("ben",)
        assert ALLIANCE.members["ana"].with_roles("lead").roles == ("lead",)

    @pytest.mark.parametrize(
        ("element", "hint"), [("comitments", "did you mean 'commitments'?"), ("title", "there are atmosphere, values")]
    )
    def test_clauses_stand_in_an_element(self, element: str, hint: str) -> None:
        """A name that is no element is refused, with the one that was meant."""
        with pytest.raises(UnknownNameError) as caught:
            ALLIANCE.with_clauses(element, [])
        assert hint in str(caught.value)


class TestBank:
    def test_an_id_of_its_own(self) -> None:
        """A bank that was changed in code can be told from the one it came from."""
        assert (BANK.with_id("ours").id, BANK.with_id("ours").prompts) == ("ours", BANK.prompts)

    def test_prompt(self) -> None:
        """A prompt is had by its id; another name says which was meant."""
        assert BANK.prompt("tone") is PROMPT
        with pytest.raises(UnknownNameError, match="did you mean 'tone'"):
            BANK.prompt("tune")

    def test_copies(self) -> None:
        """Prompts are added, replaced in their place, and left out of the sections too."""
        more = BANK.with_prompts(PROMPT.with_text("What tone?"), Prompt(id="energy", text="Energy?"))
        assert list(more.prompts) == ["tone", "other", "energy"]
        assert more.prompt("tone").text == "What tone?"
        less = BANK.without_prompts("tone")
        assert (list(less.prompts), less.sections[0].prompts) == (["other"], ("other",))


class TestLegal:
    @pytest.mark.parametrize(
        ("build", "reason"),
        [
            (lambda: Member(id="everyone", name="A"), "'everyone' cannot be an id"),
            (lambda: Member(id="Ana", name="A"), "must be an id"),
            (lambda: Member(id="a" * 65, name="A"), "is an id of 65 characters; at most 64"),
            (lambda: Member(id="x-a", name="A"), "must be an id"),
            (lambda: Member(id="ana", name=" "), "must be text that is not empty"),
            (lambda: Member(id="ana", name="A", timezone="Lisbon"), "'Lisbon' is no time zone"),
            (lambda: Member(id="ana", name="A", language="english"), "must be a language tag"),
            (lambda: Quality(id="a", text="\a"), "holds a control character"),
            (lambda: Expectation(id="a", text="b", by=()), "names nobody"),
            (lambda: Commitment(id="a", text="b", by=["everyone", "ana"]), "everyone stands alone"),
            (lambda: Waiver(id="a", clause="b", members=["ana", "ana"], reason="c"), "names 'ana' twice"),
            (lambda: Ratification(id="ana", date=date(2026, 1, 1), digest="sha256:1"), "must be sha256:"),
            (lambda: Commitment(id="a", text="b", by="ana"), "Commitment.by: must be a list, not the text 'ana'"),
            (
                lambda: Member(id="ana", name="A", joined="2026-11-01"),
                "must be a datetime.date, not the text '2026-11-01'",
            ),
            (lambda: Review(frequency="weekly", at="09:30"), "must be a datetime.time, not the text '09:30'"),
            (lambda: Alliance(id="a", kind="team", title="T", members=["ana"]), "a list of values that have an id"),
            (
                lambda: ALLIANCE.with_clauses("commitments", "told"),
                "Alliance.commitments: must be a mapping, or a list",
            ),
            (lambda: Review(frequency="hourly"), "must be one of daily, weekly, monthly, yearly"),
            (lambda: Review(frequency="weekly", weekdays=["monday", "monday"]), "names a weekday twice"),
            (lambda: Review(frequency="monthly", nth=6), "must be a whole number from 1 to 5 or one of last"),
            (lambda: Channel(id="a", purpose="b", reply_within_hours=0), "from 1 to 720, not 0"),
            (lambda: Concern(id="a", by=["ana"], text="b", visibility="private"), "must be one of members, public"),
        ],
    )
    def test_refused(self, build: Any, reason: str) -> None:
        """A value that exists is legal by itself, so a part that is not is refused, with the reason."""
        with pytest.raises(InvalidValueError) as caught:
            build()
        assert reason in str(caught.value)

    def test_nth(self) -> None:
        """The last weekday of a month, or one by its number."""
        assert Review(frequency="monthly", nth="last").nth == "last"
        assert Review(frequency="monthly", nth=5).nth == 5

    @pytest.mark.parametrize("name", ["x1", "a-1-b", "xa", "a" * 64])
    def test_ids(self, name: str) -> None:
        """Ids are words and digits joined by hyphens; an x begins one only where no hyphen follows."""
        assert Member(id=name, name="A").id == name

    def test_zones(self) -> None:
        """The zones are those of the tz database that comes along, whatever the system has."""
        assert {"Europe/Lisbon", "UTC"} <= timezones()


def test_every_noun_is_documented() -> None:
    """Each noun says what it is, and each of its fields what it means: editors show it."""
    nouns = [one for name in model.__all__ if isinstance(one := getattr(model, name), type) and issubclass(one, Wired)]
    bare = [(noun.__name__, key) for noun in nouns for key, one in shape_of(noun).fields.items() if not one.doc]
    assert bare == []
    assert [noun.__name__ for noun in nouns if not shape_of(noun).doc] == []
