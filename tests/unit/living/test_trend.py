"""Where a scale has been going."""

from alliancekit.living import Trend
from tests.unit.living.pulses import people, record, taken


def trend(*means: float, prompt: str = "trust", count: int = 8) -> Trend:
    records = (record(place, mean, people(count), prompt=prompt) for place, mean in enumerate(means))
    return taken(*records)[prompt].trend


def test_rising() -> None:
    """Five pulses that all rise are clear, as exactly 2 of 120 orders are."""
    found = trend(3.0, 3.1, 3.2, 3.4, 3.5)
    assert (found.pulses, found.verdict, found.chance, found.is_better) == (5, "clear", 2 / 120, True)
    assert found.slope == 0.28
    assert found.words == ("up by 0.28 a month over 5 pulses, which is better: chance alone does that 2 times in 100")


def test_falling_where_less_is_better() -> None:
    """Polarity says which direction is good, and nothing says it where nobody did."""
    assert trend(4.0, 3.5, 3.4, 3.1, 3.0, prompt="load").is_better is True
    assert trend(4.0, 3.5, 3.4, 3.1, 3.0, prompt="trust").is_better is False
    assert trend(4.0, 3.5, 3.4, 3.1, 3.0, prompt="mood").is_better is None


def test_up_and_down() -> None:
    """What goes up and down goes nowhere that can be told."""
    found = trend(3.0, 3.5, 3.0, 3.4, 3.1)
    assert found.verdict == "unclear"
    assert found.words.endswith("so it may be nothing")
    assert trend(3.0, 3.0, 3.0, 3.0, 3.0).words == (
        "level over 5 pulses: chance alone does that nearly always, so it may be nothing"
    )


def test_one_wild_pulse() -> None:
    """A single wild pulse does not turn the slope."""
    assert trend(3.0, 3.1, 1.5, 3.3, 3.4).slope == 0.21


def test_too_few() -> None:
    """Fewer than five pulses are too few to tell, however clear they look."""
    found = trend(2.0, 3.0, 4.0)
    assert (found.verdict, found.slope) == ("too-few", 2.14)
    assert found.words == "up by 2.14 a month over 3 pulses, which is better: too few to tell where it goes"
    assert trend(2.0).to_dict() == {
        "pulses": 1,
        "slope": None,
        "chance": None,
        "verdict": "too-few",
        "is_better": None,
        "words": "too few pulses to tell where it goes",
    }


def test_names_only_where_there_is_no_mean() -> None:
    """The trend is of means of all; where there are none, of those who share theirs by name."""
    mixed = taken(record(0, 3.0, people(8)), record(1, {"p0": 1}), record(2, 3.5, people(8)))["trust"].trend
    named = taken(record(0, {"p0": 2, "p1": 2}), record(1, {"p0": 3, "p1": 2}))["trust"].trend
    assert (mixed.pulses, mixed.slope) == (2, 0.54)
    assert (named.pulses, named.slope) == (2, 1.07)


def test_what_is_withheld_is_not_in_it() -> None:
    """A mean that is not shown is not to be had from the trend either."""
    shown = record(0, 3.0, people(8)), record(2, 3.2, people(8))
    hidden = [taken(*shown, record(1, mean, people(7)))["trust"].trend for mean in (1.5, 4.5)]
    assert hidden[0] == hidden[1]
    assert str(hidden[0]).startswith("up by 0.21 a month")


def test_the_newest() -> None:
    """Of a great many pulses the newest hundred are looked at."""
    found = trend(*(1.5 if place < 20 else 3.0 for place in range(120)))
    assert (found.pulses, found.slope) == (100, 0)
