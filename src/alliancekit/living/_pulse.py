"""The pulse, read from the records of check-ins; and figures of answers for such a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from alliancekit.errors import InvalidValueError, did_you_mean, require, require_all
from alliancekit.findings import Finding, Severity
from alliancekit.living._reading import WIDEST, read
from alliancekit.living._series import Pulse, Series
from alliancekit.model import (
    FEWEST_RESPONDENTS,
    Bank,
    CheckIn,
    Prompt,
    PulseAggregate,
    ScaleAnswer,
    mean_of,
)
from alliancekit.values import FrozenMap, pointer_of, shorten

__all__ = ["aggregate", "pulse"]


def aggregate(
    answers: Iterable[int], *, named: int = 0, fewest: int = 5, scale: ScaleAnswer | None = None
) -> PulseAggregate | None:
    """
    Return the figures that may be shown of *answers*, as a reveal makes them; None where they are too few.

    Args:
        answers: What each answered.
        named: How many of them are shown by name as well. There must be *fewest* others.
        fewest: Of how many answers at least figures are shown, 3 or more.
        scale: The scale; without it, any from 1 to 10.

    Raises:
        InvalidValueError: An answer is no point of the scale, or another argument is not legal.

    .. versionadded:: 0.1
    """
    _require_enough("aggregate", fewest)
    found = tuple(answers)
    points = (scale or WIDEST).points
    # What was answered is not told: it may be somebody's, and a message ends up in logs.
    if any(type(one) is not int or not 1 <= one <= points for one in found):
        raise InvalidValueError("aggregate", "answers", f"must be whole numbers from 1 to {points}")
    if type(named) is not int or not 0 <= named <= len(found):
        raise InvalidValueError("aggregate", "named", f"must be a number from 0 to {len(found)}, not {shorten(named)}")
    if len(found) - named < fewest:
        return None
    return PulseAggregate(answers=len(found), mean=mean_of(found))


def pulse(records: Iterable[CheckIn], *, bank: Bank | None = None, fewest: int = 5) -> Pulse:
    """
    Return what the members of an alliance answered to each scale over time, as far as it may be shown.

    A mean is shown of *fewest* answers or more, not counting those that are shown by name; and only where no sum or
    difference of the means and names shown of that scale up to its day hangs on fewer than three people, were the answers
    always the same. A mean near an end of its scale, where all must have said nearly the same, is shown as a range.

    Args:
        records: The records of one alliance, in any order.
        bank: Where the prompts come from: it says how long each scale is, and which end is the good one.
        fewest: Of how many answers at least a mean is shown, 3 or more.

    Raises:
        InvalidValueError: The records are of several alliances, or an argument is not legal.

    .. versionadded:: 0.1
    """
    _require_enough("pulse", fewest)
    found = _of_one_alliance(records)
    if bank is not None:
        require(bank, Bank, "pulse", "bank")
    findings = [*_same_days(found)]
    series: dict[str, Series] = {}
    for name in dict.fromkeys(name for record in found for name in record.pulse):
        findings += _unknown(name, bank)
        reading = read(name, found, scale=_scale_of(name, bank), fewest=fewest)
        findings += reading.findings
        series[name] = Series(prompt=name, scale=reading.scale, points=reading.points)
    alliance = found[0].alliance if found else None
    return Pulse(alliance=alliance, fewest=fewest, series=FrozenMap(series), findings=tuple(findings))


# The records -----------------------------------------------------------------------------------------------------------


def _require_enough(caller: str, fewest: int) -> None:
    if type(fewest) is not int or fewest < FEWEST_RESPONDENTS:
        reason = f"must be {FEWEST_RESPONDENTS} or more, not {shorten(fewest)}: of fewer, everybody knows who said what"
        raise InvalidValueError(caller, "fewest", reason)


def _of_one_alliance(records: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    found: dict[CheckIn, None] = {}  # the same record twice is one
    for record in require_all(records, CheckIn, "pulse", "records"):
        found[record] = None
    if len(alliances := sorted({one.alliance for one in found})) > 1:
        reason = f"are of several alliances, {', '.join(alliances)}; take those of one at a time"
        raise InvalidValueError("pulse", "records", reason)
    return tuple(sorted(found, key=lambda one: one.date))


def _same_days(records: Iterable[CheckIn]) -> Iterator[Finding]:
    for day, count in Counter(one.date for one in records).items():
        if count > 1:
            yield Finding(
                rule="dates-out-of-order",
                message=f"{count} different records are of {day.isoformat()}",
                severity=Severity.WARNING,
                pointer="/date",
                hint="give each its own day; both are in the pulse, and a change is counted from the last",
            )


def _unknown(name: str, bank: Bank | None) -> Iterator[Finding]:
    if bank is None or isinstance(_scale_of(name, bank), ScaleAnswer):
        return
    prompt = bank.prompts.get(name)
    what = f"no prompt of {bank.id} is called {name!r}" if prompt is None else f"{name!r} of {bank.id} is no scale"
    scales = [one.id for one in bank.prompts.values() if isinstance(one.answer, ScaleAnswer)]
    yield Finding(
        rule="unknown-prompt",
        message=f"{what}, so nobody says how long it is and which end is the good one",
        severity=Severity.WARNING,
        pointer=pointer_of("pulse", name),
        on_key=True,
        hint=did_you_mean(name, scales) or "give the bank that the check-in was held with",
    )


def _scale_of(name: str, bank: Bank | None) -> ScaleAnswer | None:
    prompt: Prompt | None = bank.prompts.get(name) if bank is not None else None
    return prompt.answer if prompt is not None and isinstance(prompt.answer, ScaleAnswer) else None
