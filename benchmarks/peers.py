"""What the peers run: a pydantic model with the fields of our alliance, and a state machine with the moves of a question."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field
from statemachine import State, StateMachine

Id = Annotated[str, Field(pattern=r"^([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*$", max_length=64)]
Words = Annotated[str, Field(min_length=1, max_length=10_000)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Preferences(Strict):
    communication: Words | None = None
    acknowledgment: Words | None = None
    feedback: Words | None = None


class Member(Strict):
    name: Words
    timezone: str | None = None
    joined: date | None = None
    left: date | None = None
    language: str | None = None
    why: Words | None = None
    accountable_for: tuple[Words, ...] = ()
    stuck_signal: Words | None = None
    prefers: Preferences | None = None


class Clause(Strict):
    text: Words
    known_by: Words | None = None
    visibility: Literal["members", "public"] | None = None
    source_prompts: tuple[Id, ...] = ()


class Expectation(Clause):
    by: tuple[Id, ...]
    of: tuple[Id, ...] = ()
    declined_by: tuple[Id, ...] = ()


class Concern(Clause):
    by: tuple[Id, ...]


class Rhythm(Strict):
    frequency: Literal["daily", "weekly", "monthly", "yearly"]
    interval: Annotated[int, Field(strict=True, ge=1)] = 1
    weekdays: tuple[Weekday, ...] = ()


class Commitment(Clause):
    by: tuple[Id, ...]
    to: tuple[Id, ...] = ()
    meets: tuple[Id, ...] = ()
    repeats: Rhythm | None = None
    due: date | None = None
    standing: Literal["open", "kept", "broken", "released"] = "open"


class GroundRule(Clause):
    topic: str


class CheckIn(Rhythm):
    starts: date
    at: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    timezone: str
    minutes: Annotated[int, Field(strict=True, ge=1)] | None = None
    where: Words | None = None


class Channel(Strict):
    purpose: Words
    hours: Words | None = None
    reply_within_hours: Annotated[int, Field(strict=True, ge=1, le=720)] | None = None


class Review(Rhythm):
    starts: date


class Cadence(Strict):
    check_ins: dict[Id, CheckIn] = {}
    channels: dict[Id, Channel] = {}
    review: Review | None = None


class MadeWith(Strict):
    flow: Id
    bank: Id


class Alliance(Strict):
    alliancekit: Literal["alliance/1"]
    id: Id
    kind: Literal["one-to-one", "team"]
    title: Words
    relationship: str | None = None
    status: Literal["draft", "active", "paused", "closed"] = "draft"
    language: str | None = None
    made_with: MadeWith | None = None
    intention: Words | None = None
    members: dict[Id, Member]
    atmosphere: dict[Id, Clause] = {}
    values: dict[Id, Clause] = {}
    success: dict[Id, Clause] = {}
    expectations: dict[Id, Expectation] = {}
    concerns: dict[Id, Concern] = {}
    commitments: dict[Id, Commitment] = {}
    ground_rules: dict[Id, GroundRule] = {}
    cadence: Cadence | None = None


def load(text: str) -> Alliance:
    """Return the typed alliance in *text*, by PyYAML's C loader and pydantic."""
    return Alliance.model_validate(yaml.load(text, yaml.CSafeLoader))


class Question(StateMachine):
    """A question that may be answered again and again until it is submitted."""

    asking = State(initial=True)
    submitted = State()
    revealed = State(final=True)

    answer = asking.to.itself()
    submit = asking.to(submitted)
    withdraw = submitted.to(asking)
    reveal = submitted.to(revealed)
