"""``next``: what comes in an alliance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import click

from alliancekit import cadence
from alliancekit.check import json_text
from alliancekit.cli._console import FINDINGS, one_line, read, say
from alliancekit.model import Alliance

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _bound(_context: click.Context, _parameter: click.Parameter, value: str) -> date:
    """Return a day or a moment."""
    for read_as in (date.fromisoformat, datetime.fromisoformat):
        try:
            bound = read_as(value)
        except ValueError:
            continue
        if isinstance(bound, datetime) and bound.utcoffset() is None:
            raise click.BadParameter(f"{value!r} is no moment without its zone; write it like 2026-11-05T10:00+01:00")
        return bound
    raise click.BadParameter(f"{value!r} is no date; write it like 2026-11-05, or 2026-11-05T10:00+01:00")


@click.command()
@click.argument("file")
@click.option(
    "--after", required=True, callback=_bound, metavar="WHEN", help="A day, 2026-11-05, or 2026-11-05T10:00+01:00."
)
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="How many at most.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def next(file: str, after: date, limit: int, form: str) -> int:  # noqa: A001 - a command is found by its name
    """
    Show what comes in FILE after a day or a moment: check-ins, the review, what is due, what runs out.

    Exit code: 0 there is something, 1 nothing comes, 2 wrong usage or no alliance.
    """
    alliance = read(file, Alliance)
    events = list(cadence.agenda(alliance, after=after, limit=limit))
    if form == "json":
        head = {"alliance": alliance.id, "title": alliance.title, "status": alliance.status}
        plain = {**head, "after": after.isoformat(), "events": [one.to_dict() for one in events]}
        click.echo(json_text(plain), nl=False)
    else:
        lines = [f"  {_when(one, alliance)}: {_what(one)}" for one in events]
        say("\n".join([f"{one_line(alliance.title)} ({alliance.id}): {alliance.status}", *lines]))
        if not events:
            say(f"nothing comes after {after.isoformat()}")
    return 0 if events else FINDINGS


def _when(event: cadence.Event, alliance: Alliance) -> str:
    one = event.occurrence
    day = one.begins.date() if one.begins else one.date
    said = f"{_WEEKDAYS[day.weekday()]} {day}"
    if one.begins is None:
        at = _hour(event, alliance)
        return f"{said}, {at}" if at else said
    ends = f" to {one.ends:%H:%M}" if one.ends else ""
    shifted = ", for clocks leave out the hour that was agreed" if one.is_shifted else ""
    return f"{said}, {one.begins:%H:%M}{ends} ({one.begins.tzinfo}){shifted}"


def _hour(event: cadence.Event, alliance: Alliance) -> str:
    """Return the hour of a meeting that names no zone, and so is no moment."""
    meetings = alliance.cadence
    if meetings is None or event.kind not in ("check-in", "review"):
        return ""
    rhythm = meetings.review if event.kind == "review" else meetings.check_ins[event.id]
    return f"{rhythm.at:%H:%M}" if rhythm and rhythm.at else ""


def _what(event: cadence.Event) -> str:
    title = one_line(event.title)
    match event.kind:
        case "check-in":
            return f"check-in {event.id}"
        case "review":
            return "review of the alliance"
        case "due":
            return f"{event.id} is due: {title}"
        case "waiver":
            return f"last day of the waiver {event.id}: {title}"
        case "expires":
            return "last day of the alliance"
