"""``audit``: whether the agreements of a git repository are revised, or were made once and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import click

from alliancekit import living
from alliancekit.check import json_text
from alliancekit.cli._console import FINDINGS, now, one_line, say
from alliancekit.living import Audit, AuditedAgreement, Neglect

_SHOWN: Final = 4
_NAMES: Final = 6


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    if value is None or value == "today":
        return now().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it like 2026-11-01, or today") from None


@click.command()
@click.argument("repo")
@click.option("--as-of", callback=_day, metavar="DATE", help="Count age to this day; today by default.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=living.MOST_DAYS,
    show_default=True,
    metavar="N",
    help="How long an agreement may rest that does not say when it is reviewed.",
)
@click.option("--name", "names", multiple=True, metavar="WORDS", help="Files with these words in their name count too.")
@click.option("--authors", is_flag=True, help="Say who wrote each agreement, and not only how many did.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="How long git may take for one question.",
)
def audit(
    *,
    repo: str,
    as_of: date,
    form: str,
    days: int,
    names: tuple[str, ...],
    authors: bool,
    timeout: float,
) -> int:
    """
    Show which agreements in the git repository REPO are revised, and which were made once and forgotten.

    It reads what is committed: alliances, and plain texts such as WORKING_AGREEMENT.md and TEAM_CHARTER.md.
    Exit code: 0 nothing is neglected, 1 something is, 2 wrong usage or no repository.
    """
    history = living.read_history(repo, names=(*living.AGREEMENT_NAMES, *names), timeout=timeout)
    found = living.audit(history, as_of=as_of, most_days=days)
    if form == "json":
        click.echo(json_text(found.to_dict(names=authors)), nl=False)
    else:
        for line in _told(found, authors=authors):
            say(line)
    return FINDINGS if found.neglected else 0


def _told(found: Audit, *, authors: bool) -> Iterator[str]:
    yield _headline(found)
    for one in found.neglected:
        yield ""
        yield _named(one)
        yield from (f"  {line}" for line in _lines(one, found, authors=authors))
        yield from (f"  {reason.value}: {_what(reason, one)}" for reason in one.neglect)
    if well := [one for one in found.agreements if not one.neglect]:
        yield ""
        yield "looked after, or at rest:"
        for one in well:
            yield f"  {_named(one)}"
            yield from (f"    {line}" for line in _lines(one, found, authors=authors))
    if found.notes:
        yield ""
        yield from (f"note: {one}" for one in found.notes)


def _headline(found: Audit) -> str:
    counts = found.summary
    if not counts["agreements"]:
        return (
            "no agreements found: none is called *.alliance.yaml, or by words like working agreement or team charter; "
            "--name adds others"
        )
    told = f"{counts['neglected']} of {_many(counts['agreements'], 'agreement')} neglected, as of {found.as_of}"
    once = counts["never_revised_later"]
    return f"{told}; {once} never revised after the day {'it was' if once == 1 else 'they were'} made" if once else told


def _named(one: AuditedAgreement) -> str:
    # The name of a file may hold a line break, and must not begin a line of its own.
    path = one.path.replace("\n", "\\n")
    return f"{path}: {one_line(one.alliance.title)} ({one.alliance.status})" if one.alliance else path


def _lines(one: AuditedAgreement, found: Audit, *, authors: bool) -> Iterator[str]:
    yield _age(one)
    if one.revisions:
        rate = "" if one.per_quarter is None else f"; {one.per_quarter:g} a quarter since it was made"
        yield f"revisions: {_quarters(one, found.as_of)}{rate}"
    if authors and one.names:
        more = f" and {len(one.names) - _NAMES} more" if len(one.names) > _NAMES else ""
        yield f"by {', '.join(one.names[:_NAMES])}{more}"
    if one.neglect and one.changed and found.last_commit and found.last_commit <= one.changed:
        yield "nothing else in the repository was changed after that either"
    if one.alliance and one.alliance.last_check_in:
        yield f"{_many(one.alliance.check_ins, 'check-in')} on record, the last on {one.alliance.last_check_in}"
    if not one.is_sound:
        yield "it has errors, so only its history was read; alliancekit check says what they are"


def _age(one: AuditedAgreement) -> str:
    ago = f"{_many(one.age_days, 'day')} ago"
    if one.created is None:
        if not one.revisions:
            return (
                f"not changed since {one.changed} or before: {ago} at the least; what was before is not in this clone"
            )
        return f"known to be revised {_times(one)}, last on {one.changed}, {ago}; what was before is not in this clone"
    if not one.revisions:
        return f"made on {one.created}, {ago}, and never revised"
    if one.is_one_and_done:
        return f"made and revised {_times(one)} on {one.created}, {ago}, and never again"
    last = "on" if one.revisions == 1 else "last on"
    people = _many(one.authors, "person")
    return f"made on {one.created}, revised {_times(one)}, {last} {one.changed}, {ago}; {people} wrote it"


def _times(one: AuditedAgreement) -> str:
    return {1: "once", 2: "twice"}.get(one.revisions, f"{one.revisions} times")


def _quarters(one: AuditedAgreement, as_of: date) -> str:
    """Return how many revisions fell into each of the last quarters, those without any too: they are the news."""
    number = as_of.year * 4 + (as_of.month - 1) // 3
    since = one.created or one.changed or as_of
    first = max(number - _SHOWN + 1, since.year * 4 + (since.month - 1) // 3)
    names = [f"{at // 4:04}-Q{at % 4 + 1}" for at in range(min(first, number), number + 1)]
    return ", ".join(f"{one.quarters.get(name, 0)} in {name}" for name in names)


def _what(reason: Neglect, one: AuditedAgreement) -> str:
    """Return what a word for neglect means here, and what to do about it."""
    if reason is Neglect.ONE_AND_DONE:
        return "nobody has come back to it; ask together what no longer fits, and change that"
    if reason is Neglect.UNTOUCHED:
        return "nobody has come back to it for long; look together at whether it still fits"
    facts = one.alliance
    assert facts is not None  # the others are said of alliances only
    if reason is Neglect.REVIEW_OVERDUE:
        return f"it was due on {facts.review_due}, and nobody has agreed since {facts.agreed_on}; look at it as a whole"
    if reason is Neglect.CHECK_IN_MISSED:
        return f"the next one was due on {facts.next_check_in}, and there is no record of it; meet, and write it down"
    people = _many(facts.members, "member")
    return f"{facts.stale} of {people} agreed to something else than it says now; alliancekit status says who"


def _many(count: int, noun: str) -> str:
    plural = {"person": "people"}.get(noun, f"{noun}s")
    return f"{count} {noun if count == 1 else plural}"
