"""``diff``: what differs between two versions of an alliance, and who has to agree again to what."""

from __future__ import annotations

import os
from typing import Any

import click

from alliancekit import check, consent
from alliancekit.cli._console import FINDINGS, Failure, member_of, read, say
from alliancekit.cli._diff_words import told, told_to
from alliancekit.model import Alliance


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--for", "member", metavar="MEMBER", help="Who reads it: what asks them, and what they should know.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: str, new: str, member: str | None, form: str) -> int:
    """
    Show what differs between OLD and NEW, two versions of an alliance, and who has to agree again to what.

    Exit code: 0 nothing differs, 1 something does, 2 wrong usage or no alliance.
    """
    found = consent.diff(*_versions(old, new))
    if member is not None:
        member_of(new, member, tuple({**found.old.members, **found.new.members}))
    shown = found if member in found.new.present() else found.as_public()
    if form == "json":
        click.echo(check.json_text(_plain(shown, member)), nl=False)
    else:
        say("\n".join(told(shown) if member is None else told_to(shown, member, new)))
    return FINDINGS if found else 0


def _versions(old: str, new: str) -> tuple[Alliance, Alliance]:
    """Return both; all that is wrong with either ends the command."""
    found: list[Alliance] = []
    wrong: list[str] = []
    for path in (old, new):
        if path in ("/dev/null", os.devnull):  # so git names a file that one side lacks
            wrong.append(f"{path}: there is no alliance to compare with, for the file is new, or is there no more")
            continue
        try:
            found.append(read(path, Alliance))
        except Failure as failure:
            wrong.append(str(failure))
    if wrong:
        raise Failure("\n".join(wrong))
    before, after = found
    if before.id not in (after.id, after.supersedes):
        reason = f"{old} is the alliance {before.id!r}, and {new} is {after.id!r}"
        raise Failure(f"{reason}; where the one replaces the other, write supersedes: {before.id} in {new}")
    return before, after


def _plain(found: consent.AllianceDiff, member: str | None) -> dict[str, Any]:
    plain = found.to_dict()
    return plain if member is None else {**plain, "for": found.for_member(member).to_dict()}
