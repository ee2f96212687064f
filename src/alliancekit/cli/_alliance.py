"""``ratify`` and ``status``: what one does with an alliance that stands."""

from __future__ import annotations

from datetime import date
from typing import Final

import click

from alliancekit import check, consent, documents
from alliancekit.cli._console import FINDINGS, Failure, member_of, one_line, read, say
from alliancekit.cli._days import day_or_today
from alliancekit.errors import DocumentError, UnreadableError
from alliancekit.findings import Finding, Severity
from alliancekit.model import Alliance


@click.command()
@click.argument("file")
@click.option("--as", "member", required=True, metavar="MEMBER", help="Who agrees.")
@click.option(
    "--date",
    "day",
    required=True,
    callback=day_or_today,
    metavar="DATE",
    help="The day of the yes: 2026-11-01, or today.",
)
def ratify(file: str, member: str, day: date) -> int:
    """
    Record that MEMBER agrees to what FILE says now.

    The yes is bound to a digest of exactly what concerns that member; everything else in the file stays as it is.
    Exit code: 0 recorded, 1 the file has findings, 2 wrong usage.
    """
    alliance = read(file, Alliance, FINDINGS)
    member_of(file, member, alliance.present())
    if wrong := unsound(file):
        raise Failure("\n".join(map(str, wrong)), FINDINGS)
    try:
        with documents.edit(file, Alliance) as document:
            document.value = consent.ratify(document.value, member, day)
            alliance = document.value
    except UnreadableError as error:  # it was read before, so now it cannot be written
        raise Failure(str(error)) from error
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error
    say(_told(consent.status(alliance)))
    return 0


def unsound(file: str) -> list[Finding]:
    """Return the errors that stand in the way of a yes: all but those that more of them will mend."""
    report = check.check_paths([file])
    return [one for one in report.findings if one.severity is Severity.ERROR and one.rule not in check.CONSENT_RULES]


@click.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(file: str, form: str) -> int:
    """
    Show who has agreed to what FILE says, whose yes is stale, and what comes next.

    Exit code: 0 everyone has agreed, 1 somebody has not, 2 wrong usage or no alliance.
    """
    found = consent.status(read(file, Alliance))
    if form == "json":
        click.echo(check.json_text(found.to_dict()), nl=False)
    else:
        say(_told(found))
    return 0 if found.is_settled else FINDINGS


_SAID: Final = {
    consent.Consent.AGREED: "agreed on {day}",
    consent.Consent.STALE: "agreed on {day} to something else, and has to agree again",
    consent.Consent.OPEN: "has not agreed yet",
}


def _told(found: consent.ConsentStatus) -> str:
    lines = [f"{one_line(found.title)} ({found.alliance}): {found.status}"]
    for one in found.members:
        clauses = "1 clause concerns" if len(one.clauses) == 1 else f"{len(one.clauses)} clauses concern"
        said = _SAID[one.consent].format(day=one.date and one.date.isoformat())
        lines.append(f"  {one_line(one.name)} ({one.id}): {said}; {clauses} them")
    return "\n".join([*lines, f"next: {one_line(found.next_step)}"])
