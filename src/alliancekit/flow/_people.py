"""What a flow needs of those who take part: roles that somebody has, and enough people where nobody shall know who spoke."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from alliancekit.errors import InvalidValueError
from alliancekit.flow._attribution import FEWEST_AUTHORS
from alliancekit.flow._plan import AgreeStep, AskStep, Flow, RevealStep, Step
from alliancekit.flow._walk import walk
from alliancekit.model import EVERYONE, Member

__all__ = ["check_people", "roles_needed"]


def roles_needed(flow: Flow) -> tuple[str, ...]:
    """
    Return the roles that somebody must have when *flow* begins, in the order in which its steps need them.

    .. versionadded:: 0.1
    """
    return tuple(dict.fromkeys(role for _, step in walk(flow) for role in _roles(step)))


def check_people(flow: Flow, people: Mapping[str, Member]) -> None:
    """
    Refuse members with whom *flow* cannot be gone through.

    Raises:
        InvalidValueError: Nobody has a role that a step is for, or too few are asked to hide who said what.
    """
    here = [member for member in people.values() if member.left is None]
    steps = {step.id: step for _, step in walk(flow)}
    for step in steps.values():
        for role in _roles(step):
            if not any(role in member.roles for member in here):
                raise _unfit(f"the step {step.id} needs a member with the role {role}")
        if isinstance(step, RevealStep) and step.attribution == "anonymous":
            _check_crowd(step, steps, here)


def _roles(step: Step) -> Iterator[str]:
    if isinstance(step, AskStep) and step.who != EVERYONE:
        yield step.who
    if isinstance(step, RevealStep) and step.once == "facilitator":
        yield "facilitator"
    if isinstance(step, AgreeStep) and step.decided_by not in (None, EVERYONE):
        yield str(step.decided_by)


def _check_crowd(reveal: RevealStep, steps: Mapping[str, Step], here: list[Member]) -> None:
    for name in reveal.of:
        ask = steps[name]
        assert isinstance(ask, AskStep)
        asked = sum(ask.who == EVERYONE or ask.who in member.roles for member in here)
        if asked < FEWEST_AUTHORS:
            count = f"{asked} are" if asked != 1 else "1 is"
            reason = f"the step {reveal.id} hides who said what, which takes {FEWEST_AUTHORS} who are asked"
            raise _unfit(f"{reason}, and {count} asked in {name}")


def _unfit(reason: str) -> InvalidValueError:
    return InvalidValueError("Session", "members", reason)
