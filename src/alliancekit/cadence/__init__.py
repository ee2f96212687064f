"""When something recurs, by the calendar and the clock on the wall: nothing here depends on today unless it is passed in."""

from alliancekit.cadence._clock import exists
from alliancekit.cadence._dates import Recurs, dates
from alliancekit.cadence._meetings import next_check_in

__all__ = ["Recurs", "dates", "exists", "next_check_in"]
