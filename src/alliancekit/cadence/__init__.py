"""When something recurs, by the calendar and the clock on the wall: nothing here depends on today unless it is passed in."""

from alliancekit.cadence._clock import exists
from alliancekit.cadence._dates import Recurs, dates

__all__ = ["Recurs", "dates", "exists"]
