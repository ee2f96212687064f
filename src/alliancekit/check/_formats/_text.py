"""Text for people: each finding with its line, the offending part underlined, as compilers tell it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from alliancekit.check._escape import escape_terminal
from alliancekit.check._excerpt import Excerpt
from alliancekit.check._formats._telling import Telling, cut, other_places
from alliancekit.check._report import Report
from alliancekit.findings import Finding, Severity

__all__ = ["to_text"]

_COLORS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_DIM: Final = "2"
_BOLD: Final = "1"
_LONGEST: Final = 400
_MOST_RELATED: Final = 3


def to_text(report: Report, telling: Telling) -> str:
    """Return *report* with an empty line between findings, and a summary."""
    told = [
        "\n".join(_lines(one, excerpt, color=telling.color))
        for file in report.files
        for one, excerpt in zip_longest(file.findings, file.excerpts[: len(file.findings)])
    ]
    return "\n\n".join([*told, "\n".join(_ending(report))]) + "\n"


def _ending(report: Report) -> Iterator[str]:
    yield report.summary
    if fixable := report.count_fixable():
        yield f"{fixable} fixable with --fix"
    if unsafe := report.count_fixable(is_safe=False):
        yield f"{unsafe} {'more ' if fixable else ''}fixable with --fix --unsafe-fixes"


def _lines(finding: Finding, excerpt: Excerpt | None, *, color: bool) -> Iterator[str]:
    place = ":".join(str(part) for part in (finding.path or "-", finding.line, finding.column) if part is not None)
    how_bad = _painted(f"{finding.severity.value}[{finding.rule}]", _COLORS[finding.severity], color=color)
    yield f"{_painted(escape_terminal(place), _BOLD, color=color)}: {how_bad} {_safe(finding.message)}"
    if excerpt is not None:
        yield from _frame(excerpt, _COLORS[finding.severity], color=color)
    for path, span, what in other_places(finding)[:_MOST_RELATED]:
        at = f"line {span.start.line}" if path == finding.path else f"{path}:{span.start.line}:{span.start.column}"
        yield _painted(f"   also {escape_terminal(at)}: {_safe(what)}", _DIM, color=color)
    if finding.hint:
        yield _painted(f"   hint: {_safe(finding.hint)}", _DIM, color=color)


def _frame(excerpt: Excerpt, mark: str, *, color: bool) -> Iterator[str]:
    number = f" {excerpt.line} "
    margin = " " * len(number)
    under = _painted("^" * excerpt.width, mark, color=color)
    yield f"{_painted(f'{number}|', _DIM, color=color)} {excerpt.text}".rstrip()
    yield f"{_painted(f'{margin}|', _DIM, color=color)} {' ' * excerpt.indent}{under}"


def _safe(text: str) -> str:
    return escape_terminal(cut(text, _LONGEST))


def _painted(text: str, code: str, *, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
