"""What is left of the findings of a file once the comments that silence some have been heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from attrs import evolve

from alliancekit.check._checked import Checked
from alliancekit.check._excerpt import Excerpt, excerpt
from alliancekit.check._judge import MOST_HITS, Job
from alliancekit.check._rules import RULES
from alliancekit.check._settings import Settings
from alliancekit.check._suppress import UNUSED, Silence, unused
from alliancekit.findings import Finding

__all__ = ["settled"]

Told: TypeAlias = tuple[Finding, Excerpt | None]


def settled(one: Checked, job: Job) -> Checked:
    """
    Return *one* without what its comments silence, which is kept beside it, and with the comments that nobody needs.

    What the settings spare the file is left out.

    Args:
        one: What was found in a file, by rules about several files too.
        job: How it was judged.
    """
    return _spared(_silenced(one, job.settings) if one.suppressions else one, job)


def _spared(one: Checked, job: Job) -> Checked:
    codes = {code for code in job.settings.spared(one.path) if code in job.known and not job.known[code].is_fixed}
    left = [both for both in zip(one.findings, one.excerpts, strict=True) if both[0].rule not in codes]
    if len(left) == len(one.findings):
        return one
    return evolve(one, findings=tuple(found for found, _ in left), excerpts=tuple(line for _, line in left))


def _silenced(one: Checked, settings: Settings) -> Checked:
    silence = Silence(one.suppressions)
    told, hushed = _parted(zip(one.findings, one.excerpts, strict=True), silence)
    more, hushed_more = _parted(_unneeded(one, silence, settings), silence)
    ordered = sorted([*told, *more], key=lambda pair: (pair[0].line or 0, pair[0].column or 0))
    return evolve(
        one,
        findings=tuple(finding for finding, _ in ordered),
        excerpts=tuple(line for _, line in ordered),
        suppressed=(*one.suppressed, *hushed, *hushed_more),
    )


def _parted(found: Iterable[Told], silence: Silence) -> tuple[list[Told], list[tuple[Finding, str]]]:
    """Return what is told, and what is silenced with the reason."""
    told: list[Told] = []
    hushed: list[tuple[Finding, str]] = []
    for finding, line in found:
        if (by := silence.by(finding)) is None:
            told.append((finding, line))
        else:
            hushed.append((finding, by.reason))
    return told, hushed


def _unneeded(one: Checked, silence: Silence, settings: Settings) -> Iterator[Told]:
    severity = settings.severities.get(UNUSED, RULES[UNUSED].severity)
    if severity is None:
        return
    # Of these more may be there than was looked for.
    capped = {rule for rule, count in Counter(finding.rule for finding in one.findings).items() if count >= MOST_HITS}
    for suppression, rules in islice(silence.unneeded(capped), MOST_HITS):
        finding = unused(suppression, rules, one.path, severity)
        yield finding, excerpt(suppression.source, suppression.span)
