"""``next``: what comes in an alliance."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import click
from attrs import evolve

from alliancekit import cadence
from alliancekit.check import json_text
from alliancekit.cli._console import FINDINGS, one_line, read, say
from alliancekit.cli._days import day, moment
from alliancekit.model import Alliance
from alliancekit.values import FrozenMap

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@click.command()
@click.argument("file")
@click.option(
    "--after",
    required=True,
    callback=moment,
    metavar="WHEN",
    help="A day, 2026-11-05, or 2026-11-05T10:00+01:00; or today.",
)
@click.option("--from", "starts", callback=day, metavar="DATE", help="From when to count what names no start.")
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="How many at most.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def next(  # noqa: A001 - a command is found by its name
    file: str, after: date, starts: date | None, limit: int, form: str
) -> int:
    """
    Show what comes in FILE after a day or a moment: check-ins, the review, what is due, what runs out.

    Exit code: 0 there is something, 1 nothing comes, 2 wrong usage or no alliance.
    """
    alliance = read(file, Alliance)
    counted = _counted(alliance, starts, after)
    first = counted[0] if counted and counted[1] != "yes" else None
    found = list(cadence.agenda(alliance, after=after, limit=limit + 1, starts=first))
    events, has_more = found[:limit], len(found) > limit
    if form == "json":
        head = {"alliance": alliance.id, "title": alliance.title, "status": alliance.status}
        counts = None if counted is None else {"from": counted[0].isoformat(), "because": counted[1]}
        plain = {**head, "after": after.isoformat(), "counted": counts, "has_more": has_more}
        click.echo(json_text({**plain, "events": [one.to_dict() for one in events]}), nl=False)
    else:
        lines = [f"  {_when(one, alliance)}: {_what(one)}" for one in events]
        say("\n".join([f"{one_line(alliance.title)} ({alliance.id}): {alliance.status}", *lines]))
        if has_more:
            say(_more(alliance, events, after, first))
        if counted is not None and counted[1] == "after":
            say(f"what names no start is counted from {counted[0]}, which you asked about; --from names another day")
        if not events:
            say(f"nothing comes after {after.isoformat()}")
    return 0 if events else FINDINGS


def _counted(alliance: Alliance, starts: date | None, after: date) -> tuple[date, str] | None:
    """Return from which day is counted what names no start, and why it is that day; None where all name theirs."""
    meetings = alliance.cadence
    rhythms = () if meetings is None else (*meetings.check_ins.values(), meetings.review)
    if alliance.status not in ("draft", "active") or all(one is None or one.starts for one in rhythms):
        return None
    if starts is not None:
        return starts, "from"
    agreed = cadence.counted_from(alliance)
    asked = after.date() if isinstance(after, datetime) else after
    return (asked, "after") if agreed is None else (agreed, "yes")


def _more(alliance: Alliance, events: list[cadence.Event], after: date, starts: date | None) -> str:
    """Return that more comes, with the day of the review where it is not among *events*."""
    if alliance.cadence is None or alliance.cadence.review is None or any(one.kind == "review" for one in events):
        return "and more; --limit shows it"
    # Without the check-ins it is found at once, however many of them come before it.
    nothing: FrozenMap[Any] = FrozenMap({})
    alone = evolve(alliance, cadence=evolve(alliance.cadence, check_ins=nothing), commitments=nothing, waivers=nothing)
    comes = (one for one in cadence.agenda(alone, after=after, starts=starts) if one.kind == "review")
    review = [f"; {_what(one)}: {_when(one, alliance)}" for one in islice(comes, 1)]
    return "".join(["and more; --limit shows it", *review])


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
