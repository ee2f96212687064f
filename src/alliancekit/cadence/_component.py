"""The parts of a calendar: as much of icalendar as is used here, with types, and loaded when it is used."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal, Protocol, TypeAlias

from alliancekit.errors import MissingExtraError

__all__ = ["Component", "component", "minutes", "rule", "words"]

Kind: TypeAlias = Literal["Calendar", "Event", "Alarm", "Timezone", "TimezoneStandard", "TimezoneDaylight"]


class Component(Protocol):
    """A part of a calendar, with properties and parts of its own, which are written in the order in which they came."""

    def add(self, name: str, value: str | int | date | timedelta, /, parameters: dict[str, str] | None = None) -> None:
        """Add a property; one that is there gets another value, on a line of its own."""
        ...

    def add_component(self, component: Component, /) -> None:
        """Add a part."""
        ...

    def to_ical(self, sorted: bool = True) -> bytes:  # noqa: A002, FBT001, FBT002 - icalendar calls it so
        """Return it as text in lines of at most 75 octets (RFC 5545, 3.1)."""
        ...


def component(kind: Kind) -> Component:
    """
    Return an empty part of a calendar.

    Raises:
        MissingExtraError: The extra ``calendar`` is not installed.
    """
    made: Component = getattr(_icalendar(), kind)()
    return made


def rule(text: str) -> str:
    """Return the value of RRULE as icalendar wants it, which would take it for text and escape it."""
    value: str = _icalendar().vRecur.from_ical(text)
    return value


def words(text: str) -> str:
    """Return *text* as the value of a property that icalendar does not know, and would write as it is."""
    value: str = _icalendar().vText(text)
    return value


def minutes(number: int, sign: str = "") -> str:
    """Return a duration by the watch: icalendar would write 24 hours as P1D, which are 25 when clocks go back (3.3.6)."""
    value: str = _icalendar().vText(f"{sign}PT{number}M")
    return value


def _icalendar() -> Any:
    try:
        import icalendar
    except ImportError as error:
        raise MissingExtraError("calendar", "writing a calendar") from error
    return icalendar
