"""The pulse, read from the records of check-ins."""

import json
import pickle
from datetime import date
from typing import Any

import pytest

import alliancekit as ak
from alliancekit import library
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.findings import Severity
from alliancekit.living import aggregate, pulse
from alliancekit.model import CheckIn, PulseAggregate, PulseByName, ScaleAnswer
from tests.shared import ROOT
from tests.unit.living.pulses import BANK, day, kinds, people, points, record, taken


class TestAggregate:
    """Figures of answers, for a record."""

    def test_enough(self) -> None:
        """Of five answers there is a mean, with one decimal."""
        assert aggregate([4, 5, 3, 4, 4]) == PulseAggregate(answers=5, mean=4.0)
        assert aggregate([1, 1, 2, 2, 2, 2]) == PulseAggregate(answers=6, mean=1.7)

    def test_too_few(self) -> None:
        """Of fewer there is none; a host may ask for three or more."""
        assert aggregate([4, 5, 3, 4]) is None
        assert aggregate([]) is None
        assert aggregate([4, 5, 3], fewest=3) == PulseAggregate(answers=3, mean=4.0)

    def test_names(self) -> None:
        """Those who share theirs by name leave as many others, or there is none."""
        assert aggregate([4, 5, 3, 4, 4], named=1) is None
        assert aggregate([4, 5, 3, 4, 4, 5], named=1) == PulseAggregate(answers=6, mean=4.2)

    def test_as_the_engine(self) -> None:
        """It is what a check-in writes into its record."""
        script = ak.load(ROOT / "examples/team/harbour-2026-12-15.answers.yaml", ak.Script)
        written = ak.load(ROOT / "examples/team/harbour-2026-12-15.check-in.yaml", CheckIn)
        given: dict[str, list[Any]] = {name: [] for name in written.pulse}
        for request in script.requests:
            if isinstance(request, ak.Answer) and request.prompt in given:
                given[request.prompt].append(request.value)
        assert {name: aggregate(answers) for name, answers in given.items()} == dict(written.pulse)

    @pytest.mark.parametrize("wrong", [0, 6, -1, 4.0, True, float("nan"), "4", None])
    def test_off_the_scale(self, wrong: Any) -> None:
        """What is no point of the scale is refused, and the message tells no answer."""
        with pytest.raises(InvalidValueError) as caught:
            aggregate([4, 4, 4, 4, wrong], scale=ScaleAnswer(points=5))
        assert str(caught.value) == "aggregate.answers: must be whole numbers from 1 to 5"

    def test_any_scale(self) -> None:
        """Without a scale, it is the widest that there is."""
        assert aggregate([10] * 5) == PulseAggregate(answers=5, mean=10.0)
        with pytest.raises(InvalidValueError, match="from 1 to 10"):
            aggregate([11] * 5)

    @pytest.mark.parametrize("fewest", [2, 0, -5, True, 4.0])
    def test_never_fewer_than_three(self, fewest: Any) -> None:
        """No host may show what two people answered."""
        with pytest.raises(InvalidValueError, match=r"aggregate\.fewest: must be 3 or more"):
            aggregate([4] * 9, fewest=fewest)
        with pytest.raises(InvalidValueError, match=r"pulse\.fewest: must be 3 or more"):
            pulse([], fewest=fewest)

    @pytest.mark.parametrize("named", [-1, 6, 1.0])
    def test_impossible_names(self, named: Any) -> None:
        """Nobody shares by name what is no answer."""
        with pytest.raises(InvalidValueError, match=r"aggregate\.named: must be a number from 0 to 5"):
            aggregate([4] * 5, named=named)


class TestShown:
    """What is shown of one pulse."""

    def test_mean(self) -> None:
        """A mean of five is shown with its bounds: of five answers, one decimal is exact."""
        (one,) = points(record(0, 3.6, people(5)), fewest=5)
        assert (one.kind, one.answers, one.mean, one.least, one.most, one.reason) == ("mean", 5, 3.6, 3.6, 3.6, "")

    def test_rounded(self) -> None:
        """Of many answers, one decimal is not exact."""
        (one,) = points(record(0, 3.6, people(40)))
        assert (one.mean, one.least, one.most) == (3.6, 3.55, 3.65)

    def test_ends(self) -> None:
        """At an end of its scale a mean would tell what each answered, so it is shown as near the end."""
        (high,), (less,) = points(record(0, 5.0, people(5))), points(record(0, 4.8, people(5)))
        (low,), (more,) = points(record(0, 1.0, people(5))), points(record(0, 1.2, people(5)))
        assert (high.mean, high.least, high.most) == (4.9, 4.8, 5.0)
        assert (low.mean, low.least, low.most) == (1.1, 1.0, 1.2)
        assert (high, low) == (less, more)

    def test_impossible_means(self) -> None:
        """A mean that no answers have is taken as it stands."""
        (one,) = points(record(0, 3.5, people(5)))
        assert (one.mean, one.least, one.most) == (3.5, 3.4, 3.6)

    def test_few(self) -> None:
        """Of too few it is withheld, with the reason."""
        (one,) = points(record(0, 3.5, people(4)), fewest=5)
        assert (one.kind, one.mean, one.answers) == ("withheld", None, 4)
        assert str(one) == "2026-11-02  withheld  of 4: of so few it would tell who answered what"

    def test_the_rest_of_what_is_named(self) -> None:
        """What is shown by name must leave enough others; where it does not, the names alone are shown."""
        assert kinds(record(0, 3.5, people(6), shared={"p0": 4}), fewest=5) == ["mean"]
        (one,) = points(record(0, 3.6, people(5), shared={"p0": 4}), fewest=5)
        assert (one.kind, one.answers, dict(one.named)) == ("named", 1, {"p0": 4})

    def test_all_by_name(self) -> None:
        """Where all share theirs, there is nobody left to guard."""
        (one,) = points(record(0, 4.0, people(2), shared={"p0": 3, "p1": 5}))
        assert (one.kind, dict(one.named)) == ("mean", {"p0": 3, "p1": 5})

    def test_by_name(self) -> None:
        """What is shared by name is shown by name, of two people too."""
        (one,) = points(record(0, {"ana": 4, "ben": 5}))
        assert (one.kind, one.answers, one.mean, dict(one.named)) == ("named", 2, 4.5, {"ana": 4, "ben": 5})
        assert str(one) == "2026-11-02  4.5       of 2 by name"

    def test_answers_about_something_else(self) -> None:
        """An answer that was given for a member, of all, or as a text is none to the scale."""
        response = ak.Response
        others = [
            response(prompt="trust", by="p0", for_="p1", answer=4),
            response(prompt="trust", answer=4),
            response(prompt="trust", by="p0", answer="4"),
            response(prompt="trust", by="p0", answer=True),
            response(prompt="mood", by="p0", answer=4),
        ]
        made = record(0, 3.0, people(5))
        (one,) = points(
            CheckIn(alliance="us", date=made.date, present=made.present, pulse=made.pulse, responses=others)
        )
        assert (one.kind, dict(one.named)) == ("mean", {})

    def test_one_who_joins(self) -> None:
        """A mean of the same people and one more is withheld: the two together would tell what that one answered."""
        found = points(record(0, 4.0, people(5)), record(1, 3.8, people(6)), record(2, 4.2, people(6)))
        assert [one.kind for one in found] == ["mean", "withheld", "withheld"]
        assert str(found[2]) == (
            "2026-11-30  withheld  of 6: beside what was shown before, it would tell about one or two people; "
            "for the same people +0.4 since 2026-11-16"
        )

    def test_names_where_the_mean_is_withheld(self) -> None:
        """Where the mean would tell of who joined, those who share theirs by name still stand alone."""
        _, one = points(record(0, 4.0, people(8)), record(1, 3.8, people(9), shared={"p0": 4, "p1": 3}))
        assert (one.kind, one.answers, one.mean, dict(one.named)) == ("named", 2, 3.5, {"p0": 4, "p1": 3})

    def test_names_that_would_tell_of_the_rest(self) -> None:
        """Names that with an earlier mean leave one or two are withheld with the mean."""
        _, one = points(record(0, 4.0, people(5)), record(1, 3.8, people(9), shared=dict.fromkeys(people(3), 4)))
        assert (one.kind, one.mean, one.answers, dict(one.named)) == ("withheld", None, 9, {})

    def test_one_who_was_away(self) -> None:
        """When the same people are there again, their mean is shown again."""
        assert kinds(*(record(place, 3.0, people(size)) for place, size in enumerate((6, 5, 6, 7, 9)))) == [
            "mean",
            "withheld",
            "mean",
            "withheld",
            "mean",
        ]

    def test_scales_do_not_tell_of_each_other(self) -> None:
        """What was shown of one scale withholds nothing of another."""
        found = taken(record(0, 4.0, people(5)), record(1, 3.8, people(6), prompt="mood"))
        assert [one.points[0].kind for one in found.series.values()] == ["mean", "mean"]

    def test_the_past_decides(self) -> None:
        """What is shown of a day never depends on a later one, so what was shown once is shown again."""
        records = [record(place, 3.0, people(size)) for place, size in enumerate((5, 6, 8, 7, 5, 9))]
        whole = points(*records)
        assert all(points(*records[: place + 1]) == whole[: place + 1] for place in range(len(records)))

    @pytest.mark.parametrize("mean", [1.6, 2.4, 4.4])
    def test_no_value_decides(self, mean: float) -> None:
        """Whether a mean is withheld says nothing about it."""
        records = [record(place, mean, people(size)) for place, size in enumerate((5, 6, 8))]
        assert kinds(*records) == ["mean", "withheld", "mean"]


class TestSeries:
    """One scale over time."""

    def test_polarity(self) -> None:
        """The bank says how long a scale is, and which end is the good one."""
        found = taken(
            *(record(place, 3.0, people(5), prompt=name) for place, name in enumerate(("trust", "load", "mood")))
        )
        assert [(one.better, one.polarity, one.ends) for one in found.series.values()] == [
            ("higher", "positive", (1, 5)),
            ("lower", "negative", (1, 5)),
            (None, None, (1, 5)),
        ]
        assert [str(one).splitlines()[0] for one in found.series.values()] == [
            "trust (from 1 to 5, higher is better)",
            "load (from 1 to 5, lower is better)",
            "mood (from 1 to 5)",
        ]

    def test_without_a_bank(self) -> None:
        """Without a bank there are figures still, and nobody says what they are out of."""
        found = pulse([record(0, 3.0, people(5))])
        assert (found["trust"].ends, found["trust"].better, found.findings) == ((1, None), None, ())
        assert str(found).splitlines()[0] == "trust"

    def test_any_order(self) -> None:
        """Records may come in any order, and one that comes twice is one."""
        records = [record(place, 3.0, people(5)) for place in range(3)]
        assert pulse([*reversed(records), records[1]], bank=BANK) == pulse(records, bank=BANK)

    def test_what_was_not_asked(self) -> None:
        """A check-in without a scale is no point of it."""
        found = taken(record(0, 3.0, people(5)), record(1, 3.0, people(5), prompt="mood"))
        assert [len(one.points) for one in found.series.values()] == [1, 1]

    def test_unknown(self) -> None:
        """A scale that was not asked is refused, with the one that was meant."""
        with pytest.raises(UnknownNameError, match="no scale is named 'thrust'; did you mean 'trust'"):
            taken(record(0, 3.0, people(5)))["thrust"]

    def test_rows(self) -> None:
        """Rows for a data frame have the same keys, whatever is shown, and nobody's name."""
        found = taken(record(0, 3.0, people(5)), record(1, 3.0, people(6)), record(2, {"p0": 4}))
        rows = found.records()
        assert len({tuple(row) for row in rows}) == 1
        assert rows[0] == {
            "prompt": "trust",
            "date": day(0),
            "kind": "mean",
            "answers": 5,
            "mean": 3.0,
            "least": 3.0,
            "most": 3.0,
            "moved": None,
            "since": None,
            "low": 1,
            "high": 5,
            "better": "higher",
            "reason": "",
        }
        assert "p0" not in str(rows)

    def test_plain(self) -> None:
        """It is plain data that JSON takes, without what is shared by name."""
        found = taken(record(0, 3.0, people(5)), record(1, {"p0": 4}), record(2, 3.4, people(5)))
        told = json.loads(json.dumps(found.to_dict()))
        assert (told["alliance"], told["fewest"], told["findings"]) == ("us", 3, [])
        (one,) = told["series"]
        assert one["points"] == [
            {"date": "2026-11-02", "kind": "mean", "answers": 5, "mean": 3.0, "least": 3.0, "most": 3.0},
            {"date": "2026-11-16", "kind": "named", "answers": 1, "mean": 4.0, "least": 4.0, "most": 4.0},
            {"date": "2026-11-30", "kind": "mean", "answers": 5, "mean": 3.4, "least": 3.4, "most": 3.4}
            | {"moved": 0.4, "since": "2026-11-02"},
        ]
        assert "p0" not in json.dumps(told)

    def test_nothing(self) -> None:
        """No records have no pulse."""
        found = pulse([])
        assert (found.alliance, dict(found.series), str(found), found.records()) == (None, {}, "", [])


class TestWrong:
    """Records that are not sound."""

    def test_several_alliances(self) -> None:
        """Records of several alliances are refused, all named."""
        with pytest.raises(InvalidValueError, match="are of several alliances, them, us; take those of one at a time"):
            pulse([record(0, 3.0, people(5)), record(1, 3.0, people(5), alliance="them")])

    @pytest.mark.parametrize("wrong", [None, "us.check-in.yaml", {"alliance": "us"}])
    def test_no_record(self, wrong: Any) -> None:
        """What is no record is refused."""
        with pytest.raises(InvalidValueError, match=r"pulse\.records: must be a CheckIn"):
            pulse([wrong])
        with pytest.raises(InvalidValueError, match=r"pulse\.bank: must be a Bank"):
            pulse([], bank="check-in")  # type: ignore[arg-type]

    def test_one_day_twice(self) -> None:
        """Two records of a day are found; both are in the pulse, in a fixed order."""
        records = record(0, 3.0, people(5)), record(0, 3.4, people(5)), record(1, 4.0, people(5))
        found = taken(*records)
        (finding,) = found.findings
        assert (finding.rule, finding.severity) == ("dates-out-of-order", Severity.WARNING)
        assert finding.message == "2 different records are of 2026-11-02"
        assert [one.mean for one in found["trust"].points] == [3.0, 3.4, 4.0]
        assert found["trust"].change().amount == 0.6
        assert found["trust"].trend.slope == 1.71

    def test_no_such_prompt(self) -> None:
        """A prompt that the bank lacks, or that is no scale, is found, with the one that was meant; nothing is lost."""
        found = taken(record(0, 3.0, people(5), prompt="trusted"), record(1, 3.0, people(5), prompt="why"))
        assert [(one.rule, one.pointer, one.hint) for one in found.findings] == [
            ("unknown-prompt", "/pulse/trusted", "did you mean 'trust'?"),
            ("unknown-prompt", "/pulse/why", "give the bank that the check-in was held with"),
        ]
        assert "'why' of ours is no scale" in found.findings[1].message
        assert [one.points[0].mean for one in found.series.values()] == [3.0, 3.0]

    def test_answers_off_the_scale(self) -> None:
        """An answer that is off the scale is found without being told, and left out."""
        found = taken(record(0, {"ana": 4, "ben": 9}), record(1, {"ben": 9}))
        assert [one.message for one in found.findings] == [
            "in the record of 2026-11-02, the answer of ben to trust is off the scale",
            "in the record of 2026-11-16, the answer of ben to trust is off the scale",
        ]
        assert found.findings[0].hint == "the scale goes from 1 to 5; what is off it is left out"
        first, second = found["trust"].points
        assert (first.mean, dict(first.named)) == (4.0, {"ana": 4})
        assert (second.kind, second.reason) == ("withheld", "it is off the scale")

    def test_means_off_the_scale(self) -> None:
        """A mean that is off the scale is found, and left out."""
        found = taken(record(0, 7.5, people(5)))
        assert [one.message for one in found.findings] == [
            "in the record of 2026-11-02, the mean of trust is off the scale"
        ]
        assert found["trust"].points[0].reason == "it is off the scale"

    def test_an_answer_off_the_scale_beside_a_mean(self) -> None:
        """Who answered off the scale is not one of the others, who must be enough without them."""
        found = taken(record(0, 3.0, people(5), shared={"p0": 9}), fewest=5)
        assert (found["trust"].points[0].kind, len(found.findings)) == ("withheld", 1)

    def test_more_names_than_answers(self) -> None:
        """More names than answers do not fit together, and the names are shown alone."""
        assert kinds(record(0, 3.0, people(5), answers=1, shared={"p0": 3, "p1": 3})) == ["named"]

    @pytest.mark.parametrize("mean", [float("nan"), float("inf"), 0.5, 11.0])
    def test_no_mean(self, mean: float) -> None:
        """What is no mean of any scale does not come into a record."""
        with pytest.raises(InvalidValueError, match="must be a number from 1 to 10"):
            record(0, mean, people(5))


def test_a_planted_answer() -> None:
    """A withheld mean, and what was answered by name, are in no text of it and in nothing that is written of it."""
    withheld = taken(record(0, 3.0, people(5)), record(1, 4.3, people(6)), record(2, 3.7, people(2)))
    for told in (
        str(withheld),
        repr(withheld),
        str(withheld.to_dict()),
        str(withheld.records()),
        str(withheld["trust"].trend),
    ):
        assert "4.3" not in told
        assert "3.7" not in told
    assert withheld == pickle.loads(pickle.dumps(withheld))
    other = taken(record(0, 3.0, people(5)), record(1, 2.3, people(6)), record(2, 1.7, people(2)))
    assert pickle.dumps(withheld) == pickle.dumps(other)
    named = taken(record(0, {"ana": 4, "ben": 5}))
    for told in (repr(named), repr(named["trust"]), repr(named["trust"].points[0])):
        assert "4" not in told.replace("2026", "").replace("11-02", "")
        assert "ana" not in told


def test_the_harbour_team() -> None:
    """The records of an example: who joined is kept from the others."""
    paths = sorted((ROOT / "examples/team").glob("*.check-in.yaml"))
    found = pulse([ak.load(path, CheckIn) for path in paths], bank=library.bank("check-in"))
    assert not found.findings
    assert [one.kind for one in found["pulse-trust"].points] == ["mean", "withheld", "named"]


def test_it_is_read_as_a_mapping() -> None:
    """A loop yields the prompts, and each has its series; one record alone is told."""
    record = CheckIn(alliance="dawn", date=date(2027, 3, 1), pulse={"pulse-trust": PulseByName(named={"ana": 3})})
    found = pulse([record])
    assert [found[prompt].prompt for prompt in found] == ["pulse-trust"]
    assert len(found) == 1
    with pytest.raises(InvalidValueError, match="must be a list of CheckIn"):
        pulse(record)  # type: ignore[arg-type]
