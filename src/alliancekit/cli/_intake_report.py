"""What is said of a draft: what it has, what it lacks, what was understood how, and what was kept aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from alliancekit.check import Gap, Gaps
from alliancekit.intake import ImportedBank, Kept, Note
from alliancekit.model import Alliance

__all__ = ["agreement_lines", "bank_lines", "plain_kept", "plain_notes", "written_lines"]

_PLACES: Final = 3
_NOTES: Final = 20
_WIDEST: Final = 90


def agreement_lines(alliance: Alliance, found: Gaps, kept: Sequence[Kept], notes: Sequence[Note] = ()) -> Iterator[str]:
    """Yield in words what an agreement has, how it was understood, what it lacks, and what found no place in it."""
    yield f"{alliance.title} ({alliance.id}): {alliance.kind}, {alliance.status}"
    has = (f"{name.replace('_', ' ').replace('.', ' about ')} {count}" for name, count in found.has.items() if count)
    yield f"has: {', '.join(has) or 'nothing yet'}"
    yield from _note_lines(notes)
    if found.missing:
        yield "missing:"
        for gap in found.missing:
            yield from _gap_lines(gap)
    yield from _kept_lines(kept)
    yield _counted(len(found.missing), len(kept))


def bank_lines(found: ImportedBank, *, is_shown: bool) -> Iterator[str]:
    """Yield in words what a bank has, how it was understood, and what found no place in it."""
    bank = found.bank
    yield f"{bank.title} ({bank.id}): {_many(len(bank.prompts), 'prompt')} in {_many(len(bank.sections), 'section')}"
    for one in found.translations:
        aside = "; only -o writes it, to a file beside the bank" if is_shown else ""
        yield f"  {one.language}: {_many(len(one.prompts), 'prompt')} translated{aside}"
    yield from _note_lines(found.notes)
    yield from _kept_lines(found.kept)


def written_lines(written: Iterable[str]) -> Iterator[str]:
    """Yield the files that were written."""
    yield from (f"written: {one}" for one in written)


def plain_notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Return *notes* as plain data."""
    return [{"line": one.line, "what": one.what, "how": one.how} for one in notes]


def plain_kept(kept: Iterable[Kept]) -> list[dict[str, Any]]:
    """Return *kept* as plain data."""
    return [
        {"line": one.line, "end_line": one.end_line, "pointer": one.pointer, "why": one.why, "text": one.text}
        for one in kept
    ]


def _gap_lines(gap: Gap) -> Iterator[str]:
    lines = [str(one.line) for one in gap.findings if one.line is not None]
    at = f" (line {', '.join(lines[:_PLACES])}{', …' if len(lines) > _PLACES else ''})" if lines else ""
    more = len(gap.findings) - 1
    yield f"  {gap.rule}: {gap.message}{f', and {more} more like it' if more else ''}{at}"
    if gap.asks:
        yield from (f"    ask: {one.text}" for one in gap.asks)
    elif gap.hint:
        yield f"    {gap.hint}"


def _note_lines(notes: Sequence[Note]) -> Iterator[str]:
    if notes:
        yield "understood:"
    yield from (f"  {one}" for one in notes[:_NOTES])
    if len(notes) > _NOTES:
        yield f"  and {len(notes) - _NOTES} more: --format json has them all"


def _kept_lines(kept: Sequence[Kept]) -> Iterator[str]:
    if kept:
        yield "kept word for word, without a place:"
    for one in kept:
        where = f"line {one.line}" if one.line == one.end_line else f"lines {one.line} to {one.end_line}"
        yield f"  {where}: {_beginning(one.text)}"
        if one.why:
            yield f"    {one.why}"


def _beginning(text: str) -> str:
    line = " ".join(text[: 4 * _WIDEST].split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def _counted(missing: int, kept: int) -> str:
    told = [_many(missing, "gap")] if missing else []
    told += [f"{_many(kept, 'passage')} kept aside"] if kept else []
    return ", ".join(told) or "nothing is missing"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
