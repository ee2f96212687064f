"""A terminal without a screen: run a command, type into it, and read what it said."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import frozen
from click.testing import CliRunner

from alliancekit.cli import main

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
"""When everything in these tests takes place."""

ALLIANCE = """\
alliancekit: alliance/1
id: ana-ben
kind: one-to-one
title: Ana and Ben
status: active
intention: Ship hard things together without burning out.
members:
  ana:
    name: Ana Silva
  ben:
    name: Ben Osei
concerns:
  overload:
    by: [ben]
    text: This becomes one more meeting.
commitments:
  # Ben's idea.
  flag-slips:
    by: [ben]
    to: [ana]
    text: Say it the same day when a date moves.
    known_by: No surprise at the Thursday review.
    repeats:
      frequency: weekly
cadence:
  review:
    frequency: monthly
    interval: 3
"""

FLOW = """\
alliancekit: flow/1
id: short
title: A short flow
language: en
kinds:
  - one-to-one
bank: short
steps:
  - say: welcome
    text: Be frank.
  - ask: opening
    prompts: [worries, why]
    mode: blind
  - reveal: seen
    of: [opening]
  - ask: aim
  - agree: settle
    elements: [intention, commitments, expectations]
  - ratify: sign
"""

BANK = """\
alliancekit: bank/1
id: short
title: Few questions
language: en
licence: MIT
prompts:
  worries:
    text: What worries you?
    visibility: private
    answer:
      kind: clauses
    informs: [concerns]
  why:
    text: Why do you do this?
    why: It helps on a bad day.
    informs: [members.why]
  aim:
    text: What is it for?
    scope: shared
    informs: [intention]
  give:
    text: What do you give?
    answer:
      kind: clauses
      evidence: true
    informs: [commitments]
  ask:
    text: What do you ask?
    answer:
      kind: clauses
    informs: [expectations]
  rhythm:
    text: When do you meet?
    scope: shared
    answer:
      kind: clauses
    informs: [cadence.check_ins, cadence.channels, cadence.review]
  tone:
    text: Which tone?
    answer:
      kind: choices
      note: true
      options:
        direct: Direct
        warm: Warm
    follow_ups:
      - id: works
        text: What works?
  meet:
    text: How often?
    answer:
      kind: choice
      options:
        daily: Every day
        weekly: Every week
  score:
    text: How much?
    answer:
      kind: scale
      points: 5
      low: little
      high: much
      polarity: positive
  sure:
    text: Are you sure?
    answer:
      kind: yes-no
  hours:
    text: How many hours?
    answer:
      kind: number
      least: 0
      most: 40
      unit: hours a week
  day:
    text: Which day?
    answer:
      kind: date
"""


@frozen
class Said:
    """
    What a command left behind.

    Attributes:
        code: Its exit code.
        out: What it wrote, and what was typed where it was typed.
        err: What it wrote to the error stream.
    """

    code: int
    out: str
    err: str


def run(*arguments: Any, typed: str | bytes | None = None) -> Said:
    """Return what `alliancekit` says to *arguments* when a person types *typed*."""
    with CliRunner(echo_stdin=True).isolation(input=typed) as (out, err, _):
        code = main([str(one) for one in arguments], obj=lambda: NOW)
        return Said(code, out.getvalue().decode(), err.getvalue().decode())


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Return the file of that *name* with that *text*."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def flow(folder: Path, text: str = FLOW) -> Path:
    """Return a flow file, with its bank beside it."""
    write(folder, "short.bank.yaml", BANK)
    return write(folder, "short.flow.yaml", text)


def asking(*prompts: str) -> str:
    """Return a flow that only asks *prompts*, each open."""
    steps = "".join(f"  - ask: {one}\n    mode: blind\n" for one in prompts)
    reveal = "  - reveal: seen\n    of: [" + ", ".join(prompts) + "]\n"
    return FLOW.partition("  - say:")[0] + steps + reveal
