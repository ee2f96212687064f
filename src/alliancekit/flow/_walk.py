"""A flow, step by step, those that hold others too."""

from __future__ import annotations

from collections.abc import Iterator

from alliancekit.flow._plan import Flow, GroupStep, RepeatStep, Step

__all__ = ["walk", "walk_in"]


def walk(flow: Flow) -> Iterator[tuple[str, Step]]:
    """Yield every step of *flow*, those that hold others too, each with its pointer."""
    return walk_in(flow)


def walk_in(whole: Flow | GroupStep | RepeatStep) -> Iterator[tuple[str, Step]]:
    """Yield every step inside *whole*, those that hold others too, each with its pointer below it."""

    def below(steps: tuple[Step, ...], at: str) -> Iterator[tuple[str, Step]]:
        for index, step in enumerate(steps):
            here = f"{at}/steps/{index}"
            yield here, step
            if isinstance(step, GroupStep | RepeatStep):
                yield from below(step.steps, here)

    return below(whole.steps, "")
