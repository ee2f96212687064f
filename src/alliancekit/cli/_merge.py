"""``merge``: what two sides made of one alliance becomes one file, by hand or for git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import click

from alliancekit import check, consent, documents
from alliancekit.cli._console import FINDINGS, WRONG, Failure, say
from alliancekit.documents import Format
from alliancekit.errors import DocumentError
from alliancekit.findings import Severity
from alliancekit.limits import SESSION_LIMITS
from alliancekit.living import MergedText, merge_texts

_SIDES: Final = ("ours", "theirs")
# What an older git hands on of a placeholder that it does not know.
_PLACEHOLDER: Final = re.compile(r"%[A-Z]?")


def _labels(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, str]:
    if len(given) > 2:
        raise click.BadParameter("there are two sides: give it once for ours, and once more for theirs")
    known = [default if _PLACEHOLDER.fullmatch(one) else one for one, default in zip(given, _SIDES, strict=False)]
    ours, theirs = (*known, *_SIDES[len(known) :])
    return ours, theirs


@click.command()
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.option("-o", "--output", metavar="FILE", help="Where the result goes; OURS stays as it is then.")
@click.option(
    "--label",
    "labels",
    multiple=True,
    callback=_labels,
    metavar="LABEL",
    help="What the markers call ours; again, theirs.",
)
@click.option("--path", "name", metavar="PATH", help="What the file is called, where OURS is a copy of it.")
@click.option(
    "--marker-size", type=click.IntRange(7, 1000), default=7, show_default=True, help="How long the markers are."
)
def merge(
    *,
    base: str,
    ours: str,
    theirs: str,
    output: str | None,
    labels: tuple[str, str],
    name: str | None,
    marker_size: int,
) -> int:
    """
    Bring together what two sides made of the alliance BASE, clause by clause, and write it to OURS.

    What both changed differently stands there twice, between conflict markers; nothing is dropped. BASE is an empty file
    where both began anew. Exit code: 0 clean, 1 conflicts, or something cannot be read or is wrong only with both sides
    together, 2 wrong usage.
    """
    called = name or output or ours
    if any(path.casefold().endswith(".session.json") for path in (called, base, ours, theirs)):
        raise Failure(f"{called}: a session is merged with nothing: what it holds is private")
    old, one, other = (_bytes(path) for path in (base, ours, theirs))
    try:
        found = merge_texts(old, one, other, names=labels, format=_format(called), marker_size=marker_size)
    except DocumentError as error:
        raise Failure(f"{called}: {error.findings[0].message}") from error
    _save(found.to_bytes(), ours, one, output)
    if not found.is_clean:
        say("\n".join(_about_conflicts(found, called)))
        return FINDINGS
    wrong = [] if found.alliance is None else list(_new_errors(found.to_bytes(), one, other))
    say("\n".join(_about_clean(found, called, wrong)))
    return FINDINGS if wrong or found.alliance is None else 0


def _bytes(path: str) -> bytes:
    # Git and diff write the file that is not there so.
    if path == os.devnull:
        return b""
    try:
        # More than a document may hold: what is too large is kept too, on both sides.
        return documents.read_bytes(path, SESSION_LIMITS)
    except DocumentError as error:
        raise Failure(str(error)) from error


def _format(path: str) -> Format | None:
    # The copies that git hands on have no ending of their own.
    return documents.format_of(path) if Path(path).suffix.casefold() in (".json", ".yaml", ".yml") else None


def _save(data: bytes, ours: str, before: bytes, output: str | None) -> None:
    try:
        if output is None:
            documents.save_atomically(ours, data, expected=before, limits=SESSION_LIMITS)
        else:
            documents.write_atomically(output, data)
    except DocumentError as error:
        raise Failure(str(error), WRONG) from error


def _about_clean(found: MergedText, called: str, wrong: list[str]) -> Iterator[str]:
    yield f"{called}: merged"
    if found.alliance is None:
        yield f"  only one side changed it, and it has findings: alliancekit check {called}"
        return
    if again := consent.stale_members(found.alliance):
        names = ", ".join(f"{found.alliance.members[one].name} ({one})" for one in again)
        yield f"  to agree again, for what concerns them has changed: {names}"
    yield from (f"  neither side had this alone: {one}" for one in wrong)


def _new_errors(merged: bytes, *sides: bytes) -> Iterator[str]:
    """Yield what is wrong only with both sides together: one names what the other took away."""
    known = {(one.rule, one.message) for one in chain.from_iterable(map(check.check_text, sides))}
    for one in check.check_text(merged):
        is_new = one.severity is Severity.ERROR and one.rule not in check.CONSENT_RULES
        if is_new and (one.rule, one.message) not in known:
            yield str(one)


def _about_conflicts(found: MergedText, called: str) -> Iterator[str]:
    told = [*map(str, found.conflicts), *found.reasons]
    yield f"{called}: {'1 conflict' if len(told) == 1 else f'{len(told)} conflicts'}"
    yield from (f"  {one}" for one in told)
    yield f"  keep one side of each, or words of your own, delete the lines with the markers, and run alliancekit check {called}"
