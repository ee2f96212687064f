"""What became of one promise, as the check-ins tell it."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile
from typing import final

from attrs import frozen

from alliancekit.model import Standing

__all__ = ["Looked", "Story"]


@final
@frozen(kw_only=True)
class Looked:
    """
    A check-in that looked at a promise.

    Attributes:
        date: Its day.
        standing: How the promise stood.

    .. versionadded:: 0.1
    """

    date: dt.date
    standing: Standing


@final
@frozen(kw_only=True)
class Story:
    """
    What became of one commitment.

    Attributes:
        id: The commitment.
        added: The day of the check-in that added it; None where it was there before the first.
        changed: The days of those that changed it.
        dropped: The day of the last that dropped it; None where none did.
        looked: The check-ins that looked at it, in order.

    .. versionadded:: 0.1
    """

    id: str
    added: dt.date | None
    changed: tuple[dt.date, ...]
    dropped: dt.date | None
    looked: tuple[Looked, ...]

    @property
    def last_looked(self) -> dt.date | None:
        """The day of the last check-in that looked at it; None where none did."""
        return self.looked[-1].date if self.looked else None

    @property
    def standing(self) -> Standing | None:
        """How it stood when somebody last looked; None where nobody did."""
        return self.looked[-1].standing if self.looked else None

    @property
    def streak(self) -> int:
        """How many times in a row it stood as it stood last, since it was made or changed."""
        since = max((one for one in (self.added, *self.changed) if one is not None), default=None)
        own = (one for one in reversed(self.looked) if since is None or one.date > since)
        return sum(1 for _ in takewhile(lambda one: one.standing == self.standing, own))

    def times(self, standing: Standing) -> int:
        """Return at how many check-ins it stood as *standing*."""
        return sum(one.standing == standing for one in self.looked)
