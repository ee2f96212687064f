"""Tools of those who write a flow: what a script makes of it, people who act at random, and what sessions cover of it."""

from alliancekit.flow._tools._coverage import Case, Coverage, coverage
from alliancekit.flow._tools._simulate import Simulation, simulate
from alliancekit.flow._tools._standstills import PossibleStandstill, Standstill, standstills
from alliancekit.flow._tools._transcript import Entry, Standing, Transcript, transcript

__all__ = [
    "Case",
    "Coverage",
    "Entry",
    "PossibleStandstill",
    "Simulation",
    "Standing",
    "Standstill",
    "Transcript",
    "coverage",
    "simulate",
    "standstills",
    "transcript",
]
