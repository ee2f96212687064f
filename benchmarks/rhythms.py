"""The next five occurrences of a check-in that began ten years ago, by us and by dateutil's rrule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import FR, MONTHLY, TH, WEEKLY, rrule

from alliancekit.cadence import occurrences
from alliancekit.model import ScheduledCheckIn

LISBON = "Europe/Lisbon"
BEGAN, NOW = date(2016, 11, 3), datetime(2026, 11, 2, 12, tzinfo=ZoneInfo(LISBON))


def sides(frequency: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return ours and the peer's; both have read their rhythm, and give the same five moments."""
    said: dict[str, Any] = (
        {"weekdays": ["thursday"]} if frequency == "weekly" else {"weekdays": ["friday"], "nth": "last"}
    )
    check_in = ScheduledCheckIn(
        id="meeting", frequency=frequency, starts=BEGAN, at=time(10), timezone=LISBON, minutes=30, **said
    )
    opening = datetime.combine(BEGAN, time(10), ZoneInfo(LISBON))
    if frequency == "weekly":
        rule = rrule(WEEKLY, dtstart=opening, byweekday=TH)
    else:
        rule = rrule(MONTHLY, dtstart=opening, byweekday=FR(-1))

    def ours() -> list[datetime | None]:
        return [one.begins for one in occurrences(check_in, after=NOW, limit=5)]

    def peer() -> list[datetime]:
        return list(rule.xafter(NOW, count=5))

    assert [one and one.isoformat() for one in ours()] == [one.isoformat() for one in peer()]
    return ours, peer
