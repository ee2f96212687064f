"""Markdown for the page that GitHub shows of a step, where annotations are cut short."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from alliancekit.check._formats._telling import cut, most_severe_first
from alliancekit.check._report import Report
from alliancekit.findings import Finding

__all__ = ["to_step_summary"]

# GitHub refuses the page of a step beyond 1 MiB, and escaping can make a character five bytes long.
_MOST: Final = 300
_LONGEST: Final = 200


def to_step_summary(report: Report) -> str:
    """Return *report* as Markdown: a heading with the summary, and a table of the findings, most severe first."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"### alliancekit: {report.summary}"
    found = most_severe_first(report.findings)
    if found:
        yield from ("", "| where | rule | what is wrong |", "|---|---|---|", *map(_row, islice(found, _MOST)))
    if len(found) > _MOST:
        yield from ("", f"{len(found) - _MOST} more are in the log.")


def _row(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.path or "-", finding.line, finding.column) if part is not None)
    rule = f"{finding.severity.value} " + (f"[{finding.rule}]({finding.url})" if finding.url else finding.rule)
    said = "<br>".join(_safe(one) for one in (finding.message, finding.hint) if one)
    return f"| {_safe(place)} | {rule} | {said} |"


def _safe(text: str) -> str:
    from alliancekit.render import escape_markdown

    return escape_markdown(cut(text, _LONGEST))
