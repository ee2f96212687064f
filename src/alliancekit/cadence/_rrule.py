"""
Recurrence rules (RFC 5545) for what a rhythm can say.

A rule says what the rhythm says, and leaves to the first date (DTSTART) what the rhythm leaves to its start. Where the
two mean another thing by that, it is written out: a month that lacks the day has it on its last one here, and leaves it
out there.
"""

from __future__ import annotations

from datetime import date
from typing import Final, get_args

from alliancekit.cadence._dates import Recurs, dates
from alliancekit.errors import InvalidValueError
from alliancekit.model import Weekday

__all__ = ["CODES", "LEAST", "NAMES", "to_rrule"]

NAMES: Final[tuple[str, ...]] = get_args(get_args(Weekday)[0])
CODES: Final = tuple(name[:2].upper() for name in NAMES)
LEAST: Final = 28  # every month has so many days


def to_rrule(recurs: Recurs, *, starts: date) -> str:
    """
    Return a rhythm as the value of RRULE.

    Its dates are those of `dates`, for a reader whose DTSTART is the first of them; where *starts* is one of them, that
    is *starts*. Weeks begin on Monday, which the rule says where it matters.

    Args:
        recurs: A promise's rhythm, a check-in, or the review. Its own start is not read.
        starts: The day from which it is counted.

    Raises:
        InvalidValueError: If it never occurs, or no rule can say it: the last day of a month that lacks the 29th or the
            30th, where it is a certain weekday.

    .. versionadded:: 0.1
    """
    if next(dates(recurs, starts=starts), None) is None:
        reason = "never occurs, and readers of calendars look for it without end; mend the rhythm"
        raise InvalidValueError("to_rrule", "recurs", reason)
    parts = {"FREQ": recurs.frequency.upper()}
    if recurs.interval > 1:
        parts["INTERVAL"] = str(recurs.interval)
    days = [NAMES.index(one) for one in recurs.weekdays]
    if recurs.frequency == "monthly":
        parts |= _monthly(recurs, days, starts)
    elif days:
        parts["BYDAY"] = _by_day(days)
    elif recurs.frequency == "yearly" and (starts.month, starts.day) == (2, 29):
        parts |= {"BYMONTH": "2", "BYMONTHDAY": "-1"}
    if recurs.frequency == "weekly" and recurs.interval > 1 and days:
        parts["WKST"] = "MO"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _by_day(days: list[int], nth: str = "") -> str:
    return ",".join(f"{nth}{CODES[one]}" for one in sorted(days))


def _monthly(recurs: Recurs, days: list[int], starts: date) -> dict[str, str]:
    if not (days or recurs.nth):
        day = recurs.day or starts.day
        return {} if day == starts.day <= LEAST else _by_month_day(day)
    nth = "-1" if recurs.nth == "last" else str(recurs.nth or "")
    by_day = {"BYDAY": _by_day(days or [starts.weekday()], nth)}
    if recurs.day is None:
        return by_day
    if LEAST < recurs.day < 31:
        reason = f"is the {recurs.day}th of each month, or the last day of a shorter one, and a weekday too: no RRULE can say so"
        raise InvalidValueError("to_rrule", "recurs", reason)
    return _by_month_day(recurs.day) | by_day


def _by_month_day(day: int) -> dict[str, str]:
    """Return what means that day of each month, or the last one of a shorter month."""
    if day <= LEAST:
        return {"BYMONTHDAY": str(day)}
    if day == 31:
        return {"BYMONTHDAY": "-1"}
    return {"BYMONTHDAY": ",".join(map(str, range(LEAST, day + 1))), "BYSETPOS": "-1"}
