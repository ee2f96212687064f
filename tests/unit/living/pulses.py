"""Records of pulses for the tests, as short as they are meant."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from alliancekit.living import Point, Pulse, pulse
from alliancekit.model import Bank, CheckIn, Prompt, PulseAggregate, PulseByName, Response, ScaleAnswer, Section

START = date(2026, 11, 2)

BANK = Bank(
    id="ours",
    title="Ours",
    language="en",
    sections=[Section(id="pulse", title="Pulse", prompts=["trust", "load", "mood", "why"])],
    prompts=[
        Prompt(id="trust", text="How much trust?", answer=ScaleAnswer(points=5, polarity="positive")),
        Prompt(id="load", text="How much load?", answer=ScaleAnswer(points=5, polarity="negative")),
        Prompt(id="mood", text="How is it?", answer=ScaleAnswer(points=5)),
        Prompt(id="why", text="Why?"),
    ],
)


def people(count: int, *, first: int = 0) -> tuple[str, ...]:
    """Return so many ids."""
    return tuple(f"p{place}" for place in range(first, first + count))


def day(place: int) -> date:
    """Return the day of a pulse: one every two weeks."""
    return START + timedelta(weeks=2 * place)


def record(
    place: int, said: float | Mapping[str, int], present: Iterable[str] = (), *, answers: int = 0, **more: Any
) -> CheckIn:
    """Return the record of a pulse: a mean of those *present*, or answers by name; *shared* goes beside a mean."""
    present, prompt, shared = tuple(present), more.pop("prompt", "trust"), more.pop("shared", {})
    taken = (
        PulseByName(named=said)
        if isinstance(said, Mapping)
        else PulseAggregate(answers=answers or len(present), mean=said)
    )
    return CheckIn(
        alliance=more.pop("alliance", "us"),
        date=day(place),
        present=present,
        pulse={prompt: taken},
        responses=[Response(prompt=prompt, by=who, answer=answer) for who, answer in shared.items()],
        **more,
    )


def taken(*records: CheckIn, fewest: int = 3) -> Pulse:
    """Return the pulse of *records*."""
    return pulse(records, bank=BANK, fewest=fewest)


def points(*records: CheckIn, fewest: int = 3) -> tuple[Point, ...]:
    """Return what *records* come to for the scale of trust."""
    return taken(*records, fewest=fewest)["trust"].points


def kinds(*records: CheckIn, fewest: int = 3) -> list[str]:
    """Return how each is shown."""
    return [one.kind for one in points(*records, fewest=fewest)]
