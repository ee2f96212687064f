"""Never run: what a type checker knows of the nouns and of the wire."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, Literal, assert_type

from cattrs import Converter

from alliancekit import cadence, library
from alliancekit.findings import Finding
from alliancekit.model import (
    Alliance,
    Bank,
    BankDiff,
    Cadence,
    Channel,
    CheckIn,
    ChoiceAnswer,
    ChoicesAnswer,
    Clause,
    ClausesAnswer,
    Commitment,
    DateAnswer,
    Expectation,
    Member,
    NumberAnswer,
    Prompt,
    PulseAggregate,
    PulseByName,
    Quality,
    Ratification,
    Review,
    ScaleAnswer,
    ScheduledCheckIn,
    Section,
    TextAnswer,
    YesNoAnswer,
    timezones,
)
from alliancekit.schema import make_schema
from alliancekit.values import FrozenMap
from alliancekit.wire import Explained, explain, make_converter, structure, unstructure


def alliances(alliance: Alliance) -> None:
    assert_type(alliance.id, str)
    assert_type(alliance.kind, Literal["one-to-one", "team"])
    assert_type(alliance.status, Literal["draft", "active", "paused", "closed"])
    assert_type(alliance.intention, str | None)
    assert_type(alliance.expires, date | None)
    assert_type(alliance.members, FrozenMap[Member])
    assert_type(alliance.atmosphere["direct"], Quality)
    assert_type(alliance.commitments["flag-slips"].known_by, str | None)
    assert_type(alliance.ratifications, FrozenMap[Ratification])
    assert_type(alliance.steward, tuple[str, ...])
    assert_type(alliance.present(), tuple[str, ...])
    assert_type(alliance.clauses(), Iterator[tuple[str, Clause | ScheduledCheckIn | Channel | Review]])
    assert_type(alliance.with_status("paused"), Alliance)
    assert_type(alliance.extra, FrozenMap[Any])


def clauses(commitment: Commitment, expectation: Expectation) -> None:
    assert_type(commitment.by, tuple[str, ...])
    assert_type(commitment.due, date | None)
    assert_type(commitment.standing, Literal["open", "kept", "broken", "released"])
    assert_type(commitment.with_standing("kept"), Commitment)
    assert_type(expectation.with_declined_by("ben"), Expectation)
    assert_type(commitment.with_text("Say it."), Commitment)


def cadences(review: Review) -> None:
    assert_type(review.at, time | None)
    assert_type(review.minutes, int | None)
    assert_type(review.nth, int | Literal["last"] | None)
    assert_type(timezones(), frozenset[str])


def banks(bank: Bank) -> None:
    assert_type(bank.sections, tuple[Section, ...])
    assert_type(bank.prompt("tone"), Prompt)
    assert_type(
        bank.prompts["tone"].answer,
        TextAnswer
        | ChoiceAnswer
        | ChoicesAnswer
        | ScaleAnswer
        | YesNoAnswer
        | NumberAnswer
        | DateAnswer
        | ClausesAnswer,
    )
    assert_type(bank.with_prompts(Prompt(id="energy", text="Energy?", informs=["atmosphere"])), Bank)
    assert_type(bank.over(bank).origin("tone"), str)
    assert_type(bank.diff(bank), BankDiff)
    assert_type(bank.diff(bank).layer(id="top").filter(tags="tone", section=["a", "b"], informs={"pulse"}), Bank)
    had: list[Prompt] = [*bank.sample(3, seed="team-a", history=["why"])]
    assert_type(bank.sample(3, seed=7, history=had), tuple[Prompt, ...])
    assert_type(bank.rotation(3, seed=7).sessions(), tuple[tuple[Prompt, ...], ...])
    assert_type(bank.coverage("team").elicited, FrozenMap[tuple[str, ...]])
    assert_type(bank.records(), list[dict[str, Any]])
    assert_type(library.layer_problems(bank, beside="mine.bank.yaml"), tuple[Finding, ...])


def check_ins(record: CheckIn) -> None:
    assert_type(record.pulse["trust"], PulseByName | PulseAggregate)
    assert_type(record.next, date | None)


def builds() -> None:
    member = Member(id="ana", name="Ana", accountable_for=["the roadmap"])
    assert_type(member.accountable_for, tuple[str, ...])
    assert_type(Alliance(id="a", kind="team", title="A", members=[member]), Alliance)
    assert_type(Review(frequency="weekly", weekdays=["monday"]).weekdays[0], _Day)


_Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def wires(data: dict[str, object]) -> None:
    assert_type(structure({"id": "ana", "name": "Ana"}, Member), Member)
    assert_type(explain({}, Alliance), Explained)
    assert_type(explain({}, Alliance).findings, tuple[Finding, ...])
    assert_type(explain({}, Alliance).data, dict[str, Any] | None)
    assert_type(unstructure(data), Any)
    assert_type(make_converter(), Converter)
    assert_type(make_schema("bank/1", Bank), dict[str, Any])


def rhythms(one: ScheduledCheckIn, day: date) -> None:
    """The dates of a rhythm, and when a local time exists."""
    assert_type(cadence.dates(one, starts=day), Iterator[date])
    assert_type(cadence.next_check_in(Cadence(check_ins=[one]), held=day), date | None)
    assert_type(cadence.exists(day, time(1, 30), "Europe/Lisbon"), bool)
