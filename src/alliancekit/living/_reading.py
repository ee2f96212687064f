"""Reading one scale out of the records of check-ins: what of it may be shown, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import ceil, floor
from typing import Any, Final, final

from attrs import evolve, frozen

from alliancekit.findings import Finding
from alliancekit.living._crowds import Told
from alliancekit.living._points import Point
from alliancekit.model import CheckIn, PulseAggregate, PulseByName, ScaleAnswer
from alliancekit.values import EMPTY, FrozenMap, pointer_of

__all__ = ["WIDEST", "Reading", "read"]

WIDEST: Final = ScaleAnswer(points=10)
"""What a scale may be of which nobody says how long it is."""

_ROUNDED: Final = 0.05  # a record has its means with one decimal
_TINY: Final = 1e-9  # what reckoning with floats may be off

_FEW: Final = "of so few it would tell who answered what"
_BESIDE: Final = "beside what was shown before, it would tell about one or two people"
_OFF: Final = "it is off the scale"

_NOTHING: Final = Told()


@final
@frozen(kw_only=True)
class _Level:
    """The mean of a crowd on a day, as the record has it, and what is shown of it; it goes no further than here."""

    date: date
    mean: float
    shown: float | None


@final
@frozen(kw_only=True)
class Reading:
    """
    How far one scale has been read.

    Attributes:
        name: Its prompt.
        scale: The scale; None where nobody said it.
        fewest: Of how many answers at least a mean is shown.
        told: What is told by all that is shown.
        points: What each pulse says.
        findings: What is wrong with the records.
        levels: The last mean of each crowd, by its members.
    """

    name: str
    scale: ScaleAnswer | None
    fewest: int
    told: Told = _NOTHING
    points: tuple[Point, ...] = ()
    findings: tuple[Finding, ...] = ()
    levels: FrozenMap[_Level] = EMPTY

    @property
    def most(self) -> int:
        """The last point of the scale, or of any."""
        return (self.scale or WIDEST).points

    def with_point(self, point: Point, told: Told | None = None) -> Reading:
        """Return a copy that goes on with *point*, after which *told* is told."""
        return evolve(self, points=(*self.points, point), told=told or self.told)

    def with_findings(self, record: CheckIn, messages: Iterable[str]) -> Reading:
        """Return a copy that finds *messages* in *record*."""
        found = (
            Finding(
                rule="wrong-value",
                message=f"in the record of {record.date.isoformat()}, {one}",
                pointer=pointer_of("pulse", self.name),
                hint=f"the scale goes from 1 to {self.most}; what is off it is left out",
            )
            for one in messages
        )
        return evolve(self, findings=(*self.findings, *found))


def read(name: str, records: Iterable[CheckIn], *, scale: ScaleAnswer | None, fewest: int) -> Reading:
    """Return what *records*, in the order of their days, say of one scale."""
    reading = Reading(name=name, scale=scale, fewest=fewest)
    for record in records:
        if name in record.pulse:
            reading = _with_record(reading, record)
    return reading


def _with_record(reading: Reading, record: CheckIn) -> Reading:
    said, (named, off) = record.pulse[reading.name], _named(record, reading)
    reading = reading.with_findings(record, (f"the answer of {who} to {reading.name} is off the scale" for who in off))
    if isinstance(said, PulseByName):
        return _by_name(reading, record, named, answers=len(said.named), reason=_OFF)
    if said.mean > reading.most:
        point = Point(date=record.date, kind="withheld", answers=said.answers, reason=_OFF)
        return reading.with_point(point).with_findings(record, [f"the mean of {reading.name} is off the scale"])
    others = said.answers - len(named) - len(off)
    if others and others < reading.fewest:
        return _by_name(reading, record, named, answers=said.answers, reason=_FEW)
    return _by_mean(reading, record, said, named)


def _named(record: CheckIn, reading: Reading) -> tuple[FrozenMap[int], tuple[str, ...]]:
    """Return the answers that are shown by name, and whose of them are off the scale."""
    said = record.pulse[reading.name]
    found = dict(said.named) if isinstance(said, PulseByName) else {}
    for one in record.responses:
        if one.prompt == reading.name and one.by is not None and one.for_ is None and type(one.answer) is int:
            found[one.by] = one.answer
    off = tuple(who for who, answer in found.items() if not 1 <= answer <= reading.most)
    return FrozenMap((who, answer) for who, answer in found.items() if who not in off), off


def _by_name(reading: Reading, record: CheckIn, named: FrozenMap[int], *, answers: int, reason: str) -> Reading:
    """Go on with the answers that are shared by name, which stand alone."""
    told = reading.told.with_names(named)
    if not named or _is_of_few(told, reading.points):
        why = _BESIDE if named else reason
        return reading.with_point(Point(date=record.date, kind="withheld", answers=answers, reason=why))
    mean = round(sum(named.values()) / len(named), 2)
    point = Point(
        date=record.date,
        kind="named",
        answers=len(named),
        mean=mean,
        least=mean,
        most=mean,
        named=named,
        answered=frozenset(named),
    )
    return reading.with_point(point, told)


def _by_mean(reading: Reading, record: CheckIn, said: PulseAggregate, named: FrozenMap[int]) -> Reading:
    """Go on with a mean of enough people, if it tells no more beside what was told before."""
    present, others = frozenset(record.present), said.answers - len(named)
    answered = present if len(present) == said.answers else None
    level = Point(date=record.date, kind="mean", answers=said.answers, answered=answered, **_bounds(reading, said))
    told = reading.told.with_names(named)
    if others:
        told = told.with_mean(answered - frozenset(named) if answered is not None else None, others)
    point = evolve(level, named=named)
    if _is_of_few(told, (*reading.points, point)):
        if named:
            return _by_name(reading, record, named, answers=said.answers, reason=_BESIDE)
        point, told = evolve(level, kind="withheld", mean=None, least=None, most=None, reason=_BESIDE), reading.told
    if moved := _moved(reading, point, said.mean):
        after = evolve(point, **moved)
        # What is shown itself was held against the rest already.
        if point.is_shown or not _is_of_few(told, (*reading.points, after)):
            point = after
    return _with_level(reading, point, said.mean).with_point(point, told)


def _is_of_few(told: Told, points: Iterable[Point]) -> bool:
    """Return whether something hangs on fewer than three people: of what is told, or of how they moved."""
    return told.is_of_few or _moves(tuple(points), told).is_of_few


def _moves(points: tuple[Point, ...], told: Told) -> Told:
    """
    Return what *points* tell of how people moved, where the mean itself is withheld.

    Beside the crowds of which it is told these are what follows from the means before and from those after alike. Where
    no crowd follows from others, that is from those on both sides; else all after are taken, which is more.
    """
    moved = [(one.since, one) for one in points if one.mean is None and one.since is not None]
    if not moved:
        return _NOTHING
    since, until = min(day for day, _ in moved), max(one.date for _, one in moved)
    shown = [one for one in points if one.kind == "mean"]
    known = [(one.date, one.answered - frozenset(one.named)) for one in shown if one.answered is not None]
    before, after = {crowd for day, crowd in known if day <= until}, {crowd for day, crowd in known if day >= since}
    counts = frozenset(one.answers - len(one.named) for one in shown if one.answered is None)
    found = Told(counts=counts, named=told.named)
    for crowd in (one.answered for _, one in moved if one.answered is not None):
        found = found.with_mean(crowd, len(crowd))
    for crowd in before & after if told.is_independent else after:
        found = found.with_mean(crowd, len(crowd))
    return found


def _bounds(reading: Reading, said: PulseAggregate) -> dict[str, Any]:
    """
    Return the mean, and between which bounds it was before it was rounded.

    Near an end of the scale these are widened: a mean at the end itself would tell what each of them answered.
    """
    count, top = said.answers, said.answers * reading.most
    low = max(count, ceil((said.mean - _ROUNDED) * count - _TINY))
    high = min(top, floor((said.mean + _ROUNDED) * count + _TINY))
    mean: float | None = said.mean
    if low > high:  # no answers have that mean; it is taken as it stands
        low, high = floor(said.mean * count), ceil(said.mean * count)
    if low < count + 2:
        low, high, mean = count, max(high, count + 1), None
    if high > top - 2 and reading.scale is not None:
        low, high, mean = min(low, top - 1), top, None
    middle = round((low + high) / 2 / count, 2)
    return {"mean": mean or middle, "least": low / count, "most": high / count}


def _moved(reading: Reading, point: Point, mean: float) -> dict[str, Any]:
    """
    Return how far the mean is from where the same people were before, and when that was.

    It tells nothing of one of them, were the answers always the same: so it is told where the mean itself is not, unless
    it would beside how others moved. Where all must have gone nearly from end to end, it says less than that.
    """
    before = reading.levels.get(_crowd(point))
    if before is None or (before.shown is None) is not (point.mean is None):
        return {}
    if before.shown is not None and point.mean is not None:
        return {"moved": round(point.mean - before.shown, 2), "since": before.date}
    most = floor(10 * (reading.most - 1 - 2 / point.answers)) / 10
    return {"moved": min(most, max(-most, round(mean - before.mean, 1))), "since": before.date}


def _with_level(reading: Reading, point: Point, mean: float) -> Reading:
    level = _Level(date=point.date, mean=mean, shown=point.mean)
    return evolve(reading, levels=reading.levels.with_entry(_crowd(point), level)) if point.answered else reading


def _crowd(point: Point) -> str:
    return " ".join(sorted(point.answered or ()))
