"""How a commitment stands after people have looked at it."""

from __future__ import annotations

from alliancekit.model import Commitment, Standing

__all__ = ["standing_after"]


def standing_after(commitment: Commitment, reviewed: Standing) -> Standing:
    """
    Return how *commitment* stands in the alliance when a check-in has said that it stood as *reviewed*.

    One that is due on a day is over when it was kept or broken. Any other comes round again, so it stays open for the
    next check-in; that it was broken stands in the record of this one. Releasing ends either.

    .. versionadded:: 0.1
    """
    if reviewed == "released" or (reviewed != "open" and commitment.due is not None):
        return reviewed
    return commitment.standing
