"""
Readers of calendars, by others, and cadences made up at random to try them with.

``python -m tests.calendars 2000`` shows as many to all of them; the tests show a few.
"""

import random
import sys
import zoneinfo
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from attrs import frozen

from alliancekit.cadence import occurrences, to_calendar
from alliancekit.model import Alliance, Cadence, Member, Review, ScheduledCheckIn
from tests.node import run_node

STAMP = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
LAST = date(2036, 11, 1)
"""The last day of a calendar of that stamp."""
FIRST = date(2016, 11, 1)
"""Its first day."""

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "UTC",
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def alliance(*check_ins: ScheduledCheckIn, review: Review | None = None, **changes: Any) -> Alliance:
    """Return an active alliance of two, with these meetings."""
    known: dict[str, Any] = {"id": "ana-ben", "kind": "one-to-one", "title": "Ana and Ben", "status": "active"}
    members = (Member(id="ana", name="Ana"), Member(id="ben", name="Ben"))
    cadence = Cadence(check_ins=check_ins, review=review)
    return Alliance(**{**known, "members": members, "cadence": cadence, **changes})


def told(rhythm: ScheduledCheckIn) -> list[str]:
    """
    Return when the meetings of *rhythm* begin, and for how many minutes they go on, as a reader says it.

    They begin at moments in UTC, at local times without a zone, or on days, which last for 24 hours.
    """
    found = occurrences(rhythm, after=FIRST - timedelta(days=1), before=LAST + timedelta(days=1))
    minutes = 1440 if rhythm.at is None else rhythm.minutes or 0
    assert all(not one.ends or _minutes(one.begins, one.ends) == minutes for one in found)
    found = occurrences(rhythm, after=FIRST - timedelta(days=1), before=LAST + timedelta(days=1))
    return sorted(_said(one.begins or _unzoned(one.date, rhythm.at), minutes) for one in found)


def _unzoned(day: date, at: time | None) -> date:
    return day if at is None else datetime.combine(day, at)


def _minutes(begin: Any, end: Any) -> float:
    if getattr(begin, "tzinfo", None):
        begin, end = begin.astimezone(UTC), end.astimezone(UTC)
    found: float = (end - begin).total_seconds() / 60
    return found


def _said(moment: date, minutes: float) -> str:
    if isinstance(moment, datetime) and moment.tzinfo:
        return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z {minutes:g}"
    return f"{moment.isoformat()} {minutes:g}"


def by_ical_js(texts: Sequence[bytes]) -> list[list[dict[str, Any]]]:
    """Return the events of each calendar, as ``tests/node/calendar_read.mjs`` tells them."""
    found: list[list[dict[str, Any]]] = run_node("calendar_read.mjs", [one.decode() for one in texts])
    return found


def times(events: list[dict[str, Any]]) -> list[str]:
    """Return when all of these events begin, and for how many minutes they go on."""
    pairs = (pair for event in events for pair in zip(event["begins"], event["minutes"], strict=True))
    return sorted(f"{begin} {minutes}" for begin, minutes in pairs)


@contextmanager
def one_database() -> Iterator[None]:
    """Let Python's readers know the zones of the tz database that comes along, and not of an older one of the machine."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(to=before)
        zoneinfo.ZoneInfo.clear_cache()


def by_recurring(text: bytes) -> list[str]:
    """Return when all events are, as icalendar reads and recurring-ical-events expands them."""
    import recurring_ical_events
    from icalendar import Calendar

    with one_database():
        found = recurring_ical_events.of(Calendar.from_ical(text)).between(date(2010, 1, 1), date(2040, 1, 1))
        return sorted(_said(event.start, _minutes(event.start, event.end)) for event in found)


def rhythms(seed: int, count: int) -> list[ScheduledCheckIn]:
    """Return as many rhythms, the same for the same *seed*; half of them at hours at which clocks change somewhere."""
    chance = random.Random(seed)
    found = (_rhythm(chance) for _ in iter(int, 1))
    return [one for one, _ in zip((one for one in found if told(one)), range(count), strict=False)]


def _rhythm(chance: random.Random) -> ScheduledCheckIn:
    frequency = chance.choice(("daily", "weekly", "monthly", "yearly"))
    options: dict[str, Any] = {}
    if chance.random() < 0.5:
        options["weekdays"] = chance.sample(_DAYS, chance.randint(1, 3))
    if frequency == "monthly" and chance.random() < 0.4:
        options["nth"] = chance.choice((1, 2, 3, 4, 5, "last"))
    if frequency == "monthly" and chance.random() < 0.4:
        options["day"] = chance.choice((1, 13, 28, 29, 30, 31))
    if chance.random() < 0.9:
        late = time(chance.choice((0, 0, 1, 1, 2, 2, 3, 23)), chance.choice((0, 15, 30, 59)))
        options["at"] = late if chance.random() < 0.5 else time(chance.randrange(24), chance.randrange(60))
        options["minutes"] = chance.choice((None, 30, 90, 1440))
        if chance.random() < 0.95:
            options["timezone"] = chance.choice(ZONES)
    day = date(chance.choice((2011, 2016, 2024, 2026, 2027)), 1, 1) + timedelta(days=chance.randrange(365))
    starts = chance.choice((day, day, day, date(2024, 2, 29), date(2026, 1, 31), date(2027, 10, 31)))
    interval = chance.choice((1, 1, 1, 2, 3, 4, 5, 6, 12, 24))
    return ScheduledCheckIn(id="meeting", frequency=frequency, interval=interval, starts=starts, **options)


@frozen
class Difference:
    """
    What a reader says otherwise.

    Attributes:
        reader: Which.
        rhythm: Of what.
        lacking: The first that it does not find.
        more: The first that it finds and that is not.
    """

    reader: str
    rhythm: ScheduledCheckIn
    lacking: list[str]
    more: list[str]


def differences(found: Sequence[ScheduledCheckIn]) -> Iterator[Difference]:
    """Yield where a reader finds other times than `occurrences`."""
    texts = [to_calendar(alliance(one), stamp=STAMP) for one in found]
    for one, text, events in zip(found, texts, by_ical_js(texts), strict=True):
        for reader, read in (("ical.js", times(events)), ("recurring-ical-events", by_recurring(text))):
            if read != (expected := told(one)):
                lacking, more = Counter(expected) - Counter(read), Counter(read) - Counter(expected)
                yield Difference(reader, one, sorted(lacking)[:3], sorted(more)[:3])


def main(count: int, size: int = 100) -> int:
    """Show *count* rhythms to the readers, say where they differ, and return how often they do."""
    wrong = 0
    for seed, done in enumerate(range(0, count, size)):
        for one in differences(rhythms(seed, min(size, count - done))):
            wrong += 1
            print(one)  # noqa: T201 - it is a script too
        print(f"{min(done + size, count)} rhythms, {wrong} differences", flush=True)  # noqa: T201
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])) > 0)
