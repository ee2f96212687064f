"""How every command reads a day, or a moment, from the command line."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Final

import click

from alliancekit.cli._console import now

__all__ = ["day", "day_or_today", "moment"]

_WRITTEN: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_EXAMPLE: Final = "write it like 2026-11-05"


def day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """Return the day that *value* names, where one is given."""
    return None if value is None else _read(value, _EXAMPLE)


def day_or_today(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """Return the day that *value* names, where one is given; ``today`` is the present one."""
    if value == "today":
        return now().date()
    return None if value is None else _read(value, f"{_EXAMPLE}, or today")


def moment(_context: click.Context, _parameter: click.Parameter, value: str) -> date:
    """Return the day, or the moment with its zone, that *value* names; ``today`` is the present day."""
    if value == "today":
        return now().date()
    try:
        found = None if _is_day(value) else datetime.fromisoformat(value)
    except ValueError:
        found = None
    if found is None:
        return _read(value, f"{_EXAMPLE}, 2026-11-05T10:00+01:00, or today")
    if found.utcoffset() is None:
        raise click.BadParameter(f"{value!r} is no moment without its zone; write it like 2026-11-05T10:00+01:00")
    return found


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _read(value: str, remedy: str) -> date:
    if _is_day(value):
        return date.fromisoformat(value)
    reason = _reason(value)
    raise click.BadParameter(f"{value!r} is no date{reason and f': {reason}'}; {remedy}")


def _reason(value: str) -> str:
    """Return what is wrong with a date that is written as one, and names a day that there is not."""
    written = _WRITTEN.match(value)
    if written is None:
        return ""
    year, month, number = map(int, written.groups())
    if not year:
        return "there is no year 0"
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    days = monthrange(year, month)[1]
    return "" if 1 <= number <= days else f"there is no day {number}; {year}-{month:02} has {days} days"
