"""``calendar``: the meetings of an alliance as a file for calendars."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from alliancekit import cadence, documents
from alliancekit.cli._console import FINDINGS, Failure, now, read, say
from alliancekit.cli._days import day
from alliancekit.errors import InvalidValueError
from alliancekit.model import Alliance

_SUFFIX = ".ics"
_MOST = 4 * 7 * 24 * 60


def _before(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    """Return how many minutes before each meeting to remind of it."""
    for value in values:
        if not (value.isascii() and value.isdecimal() and len(value) <= len(str(_MOST)) and int(value) <= _MOST):
            raise click.BadParameter(
                f"{value!r} is no number of minutes; write one from 0 to {_MOST} (four weeks), like 15"
            )
    return tuple(map(int, values))


@click.command()
@click.argument("file")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it, and not to the screen.")
@click.option("--from", "starts", callback=day, metavar="DATE", help="From when to count what names no start.")
@click.option("--until", callback=day, metavar="DATE", help="The last day; left out, ten years on.")
@click.option(
    "--remind", callback=_before, multiple=True, metavar="MINUTES", help="Remind so many minutes before; 40320 at most."
)
@click.option("--stamp", callback=day, metavar="DATE", help="The day of this edition; left out, the newest yes.")
def calendar(
    *,
    file: str,
    output: Path | None,
    starts: date | None,
    until: date | None,
    remind: tuple[int, ...],
    stamp: date | None,
) -> int:
    """
    Write the check-ins and the review of FILE as a file for calendars (iCalendar).

    A calendar that has an earlier edition finds each meeting again, and takes the later one.
    Exit code: 0 written, 1 there is no meeting to write, 2 wrong usage or no alliance.
    """
    _check_output(output)
    alliance = read(file, Alliance)
    edition = _stamped(alliance, stamp)
    try:
        text = cadence.to_calendar(alliance, stamp=edition, starts=starts, reminders=remind, until=until)
        held = cadence.event_uids(alliance, stamp=edition, starts=starts, until=until)
    except InvalidValueError as error:
        raise _failure(file, error) from error
    if output is None:
        click.echo(text, nl=False)
        return 0
    documents.write_atomically(output, text)
    say(_told(alliance, output, held))
    return 0


def _check_output(output: Path | None) -> None:
    if output is not None and output.suffix.casefold() != _SUFFIX:
        raise Failure(f"{output}: calendars know their files by {_SUFFIX}; end its name so")


def _stamped(alliance: Alliance, stamp: date | None) -> datetime:
    """Return when this edition was made: the day of the newest yes, so that the same file gives the same calendar."""
    made = stamp or cadence.counted_from(alliance)
    return now() if made is None else datetime.combine(made, time(), UTC)


def _failure(file: str, error: InvalidValueError) -> Exception:
    """Return what ends the command, where it is the alliance that has no meeting."""
    said = {"starts": f"{file}: --from {error.reason}", "alliance": f"{file}: the alliance {error.reason}"}
    return Failure(said[error.field], FINDINGS) if error.field in said else error


def _told(alliance: Alliance, output: Path, held: Collection[str]) -> str:
    meetings = [] if alliance.cadence is None else [*alliance.cadence.check_ins]
    if alliance.cadence is not None and alliance.cadence.review is not None:
        meetings.append(alliance.cadence.review.id)
    lines = [f"{output}: {', '.join(one for one in meetings if one in held)}"]
    if never := [one for one in meetings if one not in held]:
        lines.append(f"left out, because it does not come by then: {', '.join(never)}")
    if alliance.status in ("paused", "closed"):
        lines.append(f"the alliance is {alliance.status}, so these meetings are cancelled")
    return "\n".join(lines)
