"""How a scale moved between two pulses, and how sure that is."""

from itertools import product

import pytest

from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.living import Change, Series
from alliancekit.model import CheckIn
from tests.unit.living.pulses import day, people, record, taken


def change(*records: CheckIn, prompt: str = "trust") -> Change:
    return taken(*records)[prompt].change()


class TestByName:
    """Answers that are shared by name both times."""

    def test_two(self) -> None:
        """Of two people the change is exact, and says nothing beyond them."""
        found = change(record(0, {"ana": 3, "ben": 4}), record(1, {"ana": 4, "ben": 4}))
        assert (found.amount, found.people, found.chance, found.verdict) == (0.5, 2, (1.0, 1.0), "too-few")
        assert found.words == (
            "up by 0.5, which is better, of the 2 who shared theirs both times: "
            "too few to tell from the ups and downs of a day"
        )

    def test_clear(self) -> None:
        """What chance seldom does is clear, and where less is better, up is worse."""
        before, after = dict.fromkeys(people(7), 2), dict.fromkeys(people(7), 4)
        found = change(record(0, before, prompt="load"), record(1, after, prompt="load"), prompt="load")
        assert (found.verdict, found.is_better, found.chance) == ("clear", False, (2 / 128, 2 / 128))
        assert found.words.endswith("of the 7 who shared theirs both times: chance alone does that 2 times in 100")
        assert found.words.startswith("up by 2, which is worse")

    def test_unclear(self) -> None:
        """What chance often does may be nothing."""
        before = dict.fromkeys(people(6), 3)
        after = before | {"p0": 4, "p1": 4, "p2": 2, "p3": 4}
        found = change(record(0, before), record(1, after))
        assert (found.verdict, found.chance) == ("unclear", (0.625, 0.625))
        assert found.words.endswith("chance alone does that 62 times in 100, so it may be nothing")

    def test_same(self) -> None:
        """Where nobody answers anything else, nothing moved; and where ups and downs are even, that is said too."""
        before = {"ana": 3, "ben": 4}
        assert change(record(0, before), record(1, before)).words == (
            "no change, of the 2 who shared theirs both times: the same as before"
        )
        assert change(record(0, before), record(1, {"ana": 4, "ben": 3})).verdict == "too-few"

    def test_only_those_of_both_times(self) -> None:
        """Who shared it only once is not in the change."""
        found = change(record(0, {"ana": 3, "ben": 1}), record(1, {"ana": 4, "cleo": 5}))
        assert (found.amount, found.people) == (1.0, 1)
        assert ", of the one who shared it both times: " in found.words

    def test_nobody_of_both_times(self) -> None:
        """Other people cannot be compared."""
        found = change(record(0, {"ana": 3}), record(1, {"cleo": 5}))
        assert (found.amount, found.verdict) == (None, "unlike")
        assert found.words == "nobody shared theirs both times: these cannot be compared"


class TestByMean:
    """Means of all."""

    def test_too_little(self) -> None:
        """Three points in all are what chance does with any eight people."""
        found = change(record(0, 3.0, people(8)), record(1, 3.4, people(8)))
        assert (found.people, found.chance, found.verdict) == (8, (0.25, 1.0), "too-little")
        assert (found.least, found.most) == (0.38, 0.38)
        assert found.words == (
            "up by 0.4, which is better, of the same 8 people: too little to tell from the ups and downs of a day"
        )

    def test_few(self) -> None:
        """Of five, nothing can be told."""
        found = change(record(0, 2.0, people(5)), record(1, 4.0, people(5)))
        assert found.verdict == "too-few"
        assert found.words.endswith("too few to tell from the ups and downs of a day")

    def test_unclear(self) -> None:
        """A mean does not say who moved, so most changes may be chance or not."""
        found = change(record(0, 3.0, people(8)), record(1, 4.0, people(8)))
        assert (found.verdict, found.is_better) == ("unclear", True)
        assert found.words.endswith("of the same 8 people: it may be more than chance, but means alone do not tell")

    def test_clear(self) -> None:
        """A whole room that moves far has moved, whoever said what."""
        found = change(record(0, 4.0, people(40)), record(1, 2.0, people(40)))
        assert (found.verdict, found.is_better) == ("clear", False)
        assert found.words.startswith("down by 2, which is worse, of the same 40 people: chance alone does that")
        assert found.words.endswith("at most")

    def test_same(self) -> None:
        """A mean that is the same is said to be."""
        found = change(record(0, 3.0, people(40)), record(1, 3.0, people(40)))
        assert found.words == "no change, of the same 40 people: the same as before"

    def test_others(self) -> None:
        """Where others answered, bounds say what may have moved for those who answered both times."""
        found = change(record(0, 3.0, people(8)), record(1, 3.5, people(8, first=3)))
        assert (found.people, found.least, found.most) == (5, -1.6, 3.2)
        assert "; of the 5 who answered both times, between -1.6 and +3.2: " in found.words

    def test_the_bounds_hold(self) -> None:
        """Whatever each answered, the change of those who answered both times lies in the bounds."""
        first, second = people(4), ("p0", "p1", "p4", "p5", "p6")  # two stay
        for before, stay, new in product(product((1, 5), repeat=4), product((1, 3, 5), repeat=2), (1, 5)):
            found = change(record(0, sum(before) / 4, first), record(1, (sum(stay) + 3 * new) / 5, second))
            assert found.least is not None
            assert found.most is not None
            assert found.least - 0.01 <= (sum(stay) - sum(before[:2])) / 2 <= found.most + 0.01

    def test_nobody_of_both_times(self) -> None:
        """Means of other people cannot be compared."""
        found = change(record(0, 3.0, people(5)), record(1, 4.0, people(5, first=5)))
        assert (found.amount, found.verdict, found.people) == (1.0, "unlike", 0)
        assert found.words == "up by 1, which is better; nobody answered both times: these cannot be compared"

    def test_nobody_knows_who(self) -> None:
        """Where records do not say who answered, nothing more is said than how the mean moved."""
        found = change(record(0, 3.0, answers=5), record(1, 2.5, answers=5))
        assert (found.amount, found.verdict, found.chance) == (-0.5, "unclear", None)
        assert found.words.endswith("; the records do not say who answered: it may be other people")


class TestWithheld:
    """Means that are not shown."""

    def test_the_same_people(self) -> None:
        """Where the mean itself would tell of who joined, how far it moved for the same people is told still."""
        records = record(0, 3.0, people(5)), record(1, 3.0, people(6)), record(2, 3.5, people(6))
        found = change(*records)
        assert (found.first, found.second, found.amount) == (day(1), day(2), 0.5)
        assert (found.least, found.most, found.verdict) == (0.4, 0.6, "too-little")
        assert found.words.startswith("up by 0.5, which is better, of the same 6 people: ")
        assert change(*records[:2], record(2, 3.0, people(6))).verdict == "same"

    def test_nothing_to_compare(self) -> None:
        """Otherwise there is nothing to say."""
        series = taken(record(0, 3.0, people(5)), record(1, 3.0, people(6)))["trust"]
        found = series.change(day(0), day(1))
        assert (found.verdict, found.amount, found.chance) == ("withheld", None, None)

    def test_unlike(self) -> None:
        """Those who share theirs by name are not all."""
        found = change(record(0, 3.0, people(5)), record(1, {"p0": 4, "p1": 5}))
        assert found.verdict == "unlike"
        assert "by name" in found.words


class TestWhich:
    """Which pulses are compared."""

    @pytest.fixture
    def series(self) -> Series:
        return taken(
            record(0, {"ana": 1}), record(1, 3.0, people(5)), record(2, {"ana": 2}), record(3, {"ana": 3}, people(2))
        )["trust"]

    def test_the_last_two_of_a_kind(self, series: Series) -> None:
        """By default the last pulse is compared with the last before it that was shown in the same way."""
        found = series.change()
        assert (found.first, found.second) == (day(2), day(3))
        assert series.change(second=day(2)).first == day(0)

    def test_any_two(self, series: Series) -> None:
        """Any two days may be named, in any order."""
        assert series.change(day(3), day(0)) == series.change(day(0), day(3))
        assert series.change(day(0), day(3)).amount == 2.0

    def test_no_such_day(self, series: Series) -> None:
        """A day without a pulse is refused with those that there are."""
        with pytest.raises(UnknownNameError, match="no pulse is named '2026-12-28'; did you mean '2026-12-14'"):
            series.change(day(4))

    def test_one_alone(self) -> None:
        """One pulse has nothing to be compared with."""
        with pytest.raises(InvalidValueError, match="needs two pulses"):
            change(record(0, 3.0, people(5)))
        with pytest.raises(InvalidValueError, match="needs two pulses"):
            change(record(0, 3.0, people(2)), record(1, 3.0, people(2)))


def test_plain() -> None:
    """It is plain data, and its text is its words; a repr tells no answer."""
    found = change(record(0, {"ana": 3}), record(1, {"ana": 5}))
    assert repr(found) == "Change(2026-11-02, 2026-11-16, too-few)"
    assert found.to_dict() == {
        "first": "2026-11-02",
        "second": "2026-11-16",
        "amount": 2.0,
        "least": 2.0,
        "most": 2.0,
        "people": 1,
        "chance": [1.0, 1.0],
        "verdict": "too-few",
        "is_better": True,
        "words": str(found),
    }
