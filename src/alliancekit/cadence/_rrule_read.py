"""
Reading recurrence rules (RFC 5545): what a rhythm can say is taken, and all else refused by its name.

Nothing is left out quietly: a meeting that ends after ten times is another than one that goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from alliancekit.cadence._rrule import CODES, LEAST, NAMES
from alliancekit.errors import InvalidValueError, did_you_mean
from alliancekit.model import Recurrence
from alliancekit.values import shorten

__all__ = ["from_rrule"]

_MOST: Final = 1000  # characters of a rule
_MOST_STEPS: Final = 999
_DAY: Final = r"[+-]?[0-9]{0,2}(MO|TU|WE|TH|FR|SA|SU)"
_NUMBER: Final = "[+-]?[0-9]{1,4}"
_PARTS: Final[Mapping[str, str]] = {
    "FREQ": "SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[0-9]{1,9}",
    "BYDAY": f"{_DAY}(,{_DAY})*",
    "BYMONTHDAY": f"{_NUMBER}(,{_NUMBER})*",
    "BYMONTH": f"{_NUMBER}(,{_NUMBER})*",
    "BYSETPOS": f"{_NUMBER}(,{_NUMBER})*",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
}
_ENDLESS: Final = "a rhythm has no end; take it out when it is over, or say when the alliance expires"
_HOUR: Final = "an hour is no part of a rhythm; write it as `at`"
_REFUSED: Final[Mapping[str, str]] = {
    "COUNT": _ENDLESS,
    "UNTIL": _ENDLESS,
    "BYHOUR": _HOUR,
    "BYMINUTE": _HOUR,
    "BYSECOND": _HOUR,
    "BYWEEKNO": "weeks are not counted in a year; say every how many weeks",
    "BYYEARDAY": "days are not counted in a year; say a day of a month",
    "RSCALE": "there is no calendar but the Gregorian",
    "SKIP": "a month that lacks a day has it on its last one, and nothing else can be chosen",
}


def from_rrule(text: str, *, starts: date | None = None) -> Recurrence:
    """
    Return the rhythm that a rule means; what a rhythm cannot say is refused by its name, all of it at once.

    Args:
        text: The value of RRULE, with or without ``RRULE:``, in either case of letters.
        starts: The day of DTSTART. A rule that names a month of the year needs it, for a rhythm takes that from its
            start; and it shows whether the rule leaves out months that lack the day, which no rhythm does.

    Raises:
        InvalidValueError: If it is no rule, or says what no rhythm can.

    .. versionadded:: 0.1
    """
    wrong: list[str] = []
    parts = _split(text, wrong)
    said = {} if wrong else _READERS[parts["FREQ"]](parts, starts, wrong)
    if wrong:
        raise InvalidValueError("from_rrule", "text", "; ".join(wrong))
    return Recurrence(**said)


def _split(text: object, wrong: list[str]) -> dict[str, str]:
    """Return the parts of a rule by their names, each written as RFC 5545 has it; the others are told in *wrong*."""
    if not isinstance(text, str) or len(text) > _MOST:
        wrong.append(f"must be a text of at most {_MOST} characters")
        return {}
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name in parts:
            wrong.append(f"{name} is there twice")
        elif problem := _problem(name, value):
            wrong.append(problem)
        parts[name] = value
    if not wrong and "FREQ" not in parts:
        wrong.append("FREQ is missing; a rule begins like FREQ=WEEKLY")
    return parts


def _problem(name: str, value: str) -> str:
    if name in _REFUSED:
        return f"{name}: {_REFUSED[name]}"
    if name not in _PARTS:
        hint = did_you_mean(name, [*_PARTS, *_REFUSED])
        return f"{shorten(name)} is no part of a rule{f'; {hint}' if hint else ''}"
    if not re.fullmatch(_PARTS[name], value):
        return f"{name} cannot be {shorten(value)}"
    if name == "FREQ" and value in ("SECONDLY", "MINUTELY", "HOURLY"):
        return f"FREQ={value}: nothing comes back more often than daily"
    if name == "INTERVAL" and not 1 <= int(value) <= _MOST_STEPS:
        return f"INTERVAL is {int(value)}; 1 to {_MOST_STEPS} are allowed"
    return ""


def _refuse(parts: Mapping[str, str], names: Iterable[str], wrong: list[str]) -> None:
    wrong += [f"{name}: no rhythm that is {parts['FREQ'].lower()} has it" for name in names if name in parts]


def _steps(parts: Mapping[str, str]) -> int:
    return int(parts.get("INTERVAL", "1"))


def _daily(parts: Mapping[str, str], _starts: date | None, wrong: list[str]) -> dict[str, Any]:
    _refuse(parts, ("BYMONTHDAY", "BYMONTH", "BYSETPOS"), wrong)
    weekdays = _plain_weekdays(parts, wrong)
    return {"frequency": parts["FREQ"].lower(), "interval": _steps(parts), "weekdays": weekdays}


def _weekly(parts: Mapping[str, str], starts: date | None, wrong: list[str]) -> dict[str, Any]:
    said = _daily(parts, starts, wrong)
    days = [NAMES.index(one) for one in said["weekdays"]]
    if starts:
        days.append(starts.weekday())
    first = CODES.index(parts.get("WKST", "MO"))
    # Where a week begins matters where it parts the days that belong together.
    if _steps(parts) > 1 and len({one < first for one in days}) > 1:
        wrong.append(
            f"WKST={CODES[first]}: weeks begin on Monday, and every {_steps(parts)} weeks that is another rhythm"
        )
    return said


def _monthly(parts: Mapping[str, str], starts: date | None, wrong: list[str]) -> dict[str, Any]:
    _refuse(parts, ("BYMONTH",), wrong)
    said = _in_month(parts, wrong)
    if not said and starts and starts.day > LEAST:
        wrong.append(_left_out(f"day {starts.day}, on which it starts,", starts.day))
    return {"frequency": "monthly", "interval": _steps(parts), **said}


def _left_out(which: str, day: int) -> str:
    days = "-1" if day == 31 else f"{','.join(map(str, range(LEAST, day + 1)))};BYSETPOS=-1"
    return f"months that lack {which} are left out by it, and by no rhythm; for their last day write BYMONTHDAY={days}"


def _yearly(parts: Mapping[str, str], starts: date | None, wrong: list[str]) -> dict[str, Any]:
    if "BYMONTH" in parts:
        return _in_year(parts, starts, wrong)
    if starts and (starts.month, starts.day) == (2, 29) and "BYDAY" not in parts:
        wrong.append(
            "years without a 29th of February are left out by it, and by no rhythm; for the last day of February write BYMONTH=2;BYMONTHDAY=-1"
        )
    return _daily(parts, starts, wrong)


def _in_year(parts: Mapping[str, str], starts: date | None, wrong: list[str]) -> dict[str, Any]:
    """Return what comes back in one month of the year: a yearly rhythm, or every twelve months."""
    if starts is None:
        wrong.append("BYMONTH: a rhythm takes the month from its start; pass starts=, the day of DTSTART")
        return {}
    if parts["BYMONTH"] not in (str(starts.month), f"{starts.month:02}"):
        wrong.append(
            f"BYMONTH is {parts['BYMONTH']}, and it starts in month {starts.month}; a rhythm takes it from there"
        )
    said, steps = _in_month(parts, wrong), _steps(parts)
    if said in ({}, {"day": starts.day}) or (said == {"day": 31} and (starts.month, starts.day) == (2, 29)):
        rest = {name: value for name, value in parts.items() if name in ("FREQ", "INTERVAL")}
        return _daily(rest, starts, wrong) if said else _yearly(rest, starts, wrong)
    if steps * 12 > _MOST_STEPS:
        wrong.append(f"INTERVAL is {steps} years, which are {steps * 12} months; at most {_MOST_STEPS} are allowed")
    return {"frequency": "monthly", "interval": min(steps * 12, _MOST_STEPS), **said}


def _in_month(parts: Mapping[str, str], wrong: list[str]) -> dict[str, Any]:
    """Return which days of a month a rule means."""
    said: dict[str, Any] = {}
    if "BYMONTHDAY" in parts:
        said["day"] = _day(parts, wrong)
    if "BYDAY" in parts:
        said |= _nth(parts, wrong)
    if "BYSETPOS" in parts and "BYMONTHDAY" not in parts and "BYDAY" not in parts:
        wrong.append("BYSETPOS: there is nothing that it could choose from")
    return said


def _day(parts: Mapping[str, str], wrong: list[str]) -> int | None:
    days = [int(one) for one in parts["BYMONTHDAY"].split(",")]
    if "BYSETPOS" in parts:
        if (
            parts["BYSETPOS"] == "-1"
            and days == [*range(LEAST, days[-1] + 1)]
            and days[-1] <= 31
            and "BYDAY" not in parts
        ):
            return days[-1]
        wrong.append(
            "BYSETPOS: of days of a month only the last of 28 and those that follow is known, as BYMONTHDAY=28,29,30;BYSETPOS=-1"
        )
    elif len(days) > 1:
        wrong.append("BYMONTHDAY: several days of a month are several rhythms; write one for each")
    elif LEAST < days[0] <= 31:
        wrong.append(_left_out(f"day {days[0]}", days[0]))
    elif days != [-1] and not 1 <= days[0] <= LEAST:
        wrong.append(f"BYMONTHDAY is {days[0]}; a day is 1 to 31, or -1 for the last")
    return 31 if days == [-1] else days[0]


def _nth(parts: Mapping[str, str], wrong: list[str]) -> dict[str, Any]:
    given = [(one[:-2], one[-2:]) for one in parts["BYDAY"].split(",")]
    nths, weekdays = {int(number) if number else None for number, _ in given}, _names(code for _, code in given)
    if "BYSETPOS" in parts and "BYMONTHDAY" not in parts:
        if len(weekdays) > 1 or nths != {None}:
            wrong.append("BYSETPOS: of several weekdays a rhythm has each, and does not choose among them")
            return {}
        nths = {_whole(parts["BYSETPOS"])}
    nth = nths.pop()
    if nths:
        wrong.append("BYDAY: different weeks of a month are several rhythms; write one for each")
    elif nth is not None and nth != -1 and not 1 <= nth <= 5:
        wrong.append(
            f"{'BYSETPOS' if 'BYSETPOS' in parts else 'BYDAY'}: a weekday of a month is the 1st to the 5th, or -1 for the last"
        )
    return {"weekdays": weekdays} | ({"nth": "last" if nth == -1 else nth} if nth is not None else {})


def _whole(text: str) -> int:
    """Return the number, or nothing that anybody could mean where there are several."""
    return 0 if "," in text else int(text)


def _plain_weekdays(parts: Mapping[str, str], wrong: list[str]) -> tuple[str, ...]:
    codes = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    if any(len(one) > 2 for one in codes):
        wrong.append(
            "BYDAY: only in a month are weekdays counted; write FREQ=MONTHLY, every 12 months where it is once a year"
        )
    return _names(one[-2:] for one in codes)


def _names(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(NAMES[CODES.index(one)] for one in dict.fromkeys(codes))


_READERS: Final = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}
