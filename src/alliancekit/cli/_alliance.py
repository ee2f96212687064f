"""``ratify``, ``status`` and ``render``: what one does with an alliance that stands, or with a session on its way."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import click

from alliancekit import check, consent, documents
from alliancekit.cli._console import FINDINGS, Failure, member_of, read, say
from alliancekit.errors import DocumentError, UnreadableError
from alliancekit.findings import Finding, Severity
from alliancekit.flow import Flow, Session
from alliancekit.model import Alliance, CheckIn


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it like 2026-11-01") from None


@click.command()
@click.argument("file")
@click.option("--as", "member", required=True, metavar="MEMBER", help="Who agrees.")
@click.option("--date", "day", required=True, callback=_day, metavar="DATE", help="The day of the yes: 2026-11-01.")
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
    say(json.dumps(found.to_dict(), indent=2) if form == "json" else _told(found))
    return 0 if found.is_settled else FINDINGS


_SAID: Final = {
    consent.Consent.AGREED: "agreed on {day}",
    consent.Consent.STALE: "agreed on {day} to something else, and has to agree again",
    consent.Consent.OPEN: "has not agreed yet",
}


def _told(found: consent.ConsentStatus) -> str:
    lines = [f"{found.title} ({found.alliance}): {found.status}"]
    for one in found.members:
        clauses = "1 clause concerns" if len(one.clauses) == 1 else f"{len(one.clauses)} clauses concern"
        said = _SAID[one.consent].format(day=one.date and one.date.isoformat())
        lines.append(f"  {one.name} ({one.id}): {said}; {clauses} them")
    return "\n".join([*lines, f"next: {found.next_step}"])


@click.command()
@click.argument("file")
@click.option("--to", "form", type=click.Choice(["markdown", "mermaid"]), required=True, help="What to make of it.")
@click.option("--for", "member", metavar="MEMBER", help="Who reads it; left out, only what all may know is shown.")
@click.option("--alliance", "about", metavar="FILE", help="For a check-in: whose names and words to use.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it, and not to the screen.")
def render(file: str, form: str, member: str | None, about: str | None, output: Path | None) -> int:
    """
    Write FILE so that a person can read it: an alliance or a check-in as markdown, a flow or a session as mermaid.

    Exit code: 0 written, 1 the file has findings, 2 wrong usage.
    """
    text = _in_markdown(file, member, about) if form == "markdown" else _in_mermaid(file, member)
    if output is None:
        click.echo(text, nl=False)
    else:
        documents.write_atomically(output, text.encode())
    return 0


def _in_markdown(file: str, member: str | None, about: str | None) -> str:
    from alliancekit.render import to_markdown

    try:
        value: object = documents.load(file)
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error
    if not isinstance(value, Alliance | CheckIn):
        kind = documents.kind_of(type(value)).header
        raise Failure(f"{file}: markdown shows an alliance or a check-in, and this is of the kind {kind!r}", FINDINGS)
    if about is not None and not isinstance(value, CheckIn):
        raise Failure(f"{file} is an alliance itself; --alliance goes with the record of a check-in")
    alliance = None if about is None else read(about, Alliance, FINDINGS)
    if alliance is not None and isinstance(value, CheckIn) and alliance.id != value.alliance:
        raise Failure(f"{about} is the alliance {alliance.id!r}, and {file} is about {value.alliance!r}")
    if member is not None:
        known = tuple(value.members) if isinstance(value, Alliance) else value.present
        member_of(file, member, known if alliance is None else (*known, *alliance.present()))
    return to_markdown(value, member=member, alliance=alliance)


def _in_mermaid(file: str, member: str | None) -> str:
    from alliancekit.render import to_mermaid

    try:
        value: object = documents.load(file)
        if not isinstance(value, Flow | Session):
            kind = documents.kind_of(type(value)).header
            raise Failure(f"{file}: mermaid draws a flow or a session, and this is of the kind {kind!r}", FINDINGS)
        if isinstance(value, Session):
            known = tuple(Session.resume(value).state.members)
            return to_mermaid(value, member=None if member is None else member_of(file, member, known))
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error
    if member is not None:
        raise Failure(f"{file}: a flow is the same for everybody; leave --for out, or name a session of it")
    return to_mermaid(value)
