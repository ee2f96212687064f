from pathlib import Path

import pytest

from alliancekit import library
from alliancekit.errors import ConflictError, DocumentError
from alliancekit.findings import Finding
from alliancekit.library._stack import stacked
from alliancekit.model import Bank
from tests.banks import layout, make_bank, write_bank


def problems(folder: Path, *banks: Bank) -> list[tuple[str, str]]:
    """Return rule and pointer of what is wrong with the first of *banks*, which lie in one folder."""
    return [(one.rule, one.pointer) for one in findings(folder, *banks)]


def findings(folder: Path, *banks: Bank) -> tuple[Finding, ...]:
    paths = [write_bank(folder, one) for one in banks]
    return library.layer_problems(banks[0], beside=paths[0])


class TestBases:
    def test_a_bank_comes_with_what_it_extends(self, tmp_path: Path) -> None:
        """A bank is whole: the first base is lowest, and bases lie beside it or are built in."""
        write_bank(tmp_path, make_bank("low", "why low", extends=["one-to-one"]))
        write_bank(tmp_path, make_bank("mid", "mid low"))
        found = library.bank(write_bank(tmp_path, make_bank("top", "top", extends=["low", "mid"])))
        assert (found.extends, found.remove) == ((), ())
        expected = {"hopes": "one-to-one", "why": "low", "low": "mid", "mid": "mid", "top": "top"}
        assert {name: found.origin(name) for name in expected} == expected

    def test_a_base_of_two_bases_is_laid_once(self, tmp_path: Path) -> None:
        """What one of them changed of it stays changed, though the other comes after and extends it too."""
        write_bank(tmp_path, make_bank("base", "one two three", "a: one two three"))
        write_bank(tmp_path, make_bank("left", "one", extends=["base"], remove=["three"]))
        write_bank(tmp_path, make_bank("right", "four", "b: two", extends=["base"]))
        found = library.bank(write_bank(tmp_path, make_bank("top", extends=["left", "right"])))
        assert {name: found.origin(name) for name in found.prompts} == {"one": "left", "two": "base", "four": "right"}
        assert layout(found) == ["a: one", "b: two"]

    def test_by_file_and_by_code(self, tmp_path: Path) -> None:
        """A file with `extends` is the bank over its base, and so is what `layer` returns."""
        top = make_bank("top", "why new", "mine: new why", extends=["one-to-one"], remove=["hopes"])
        base = library.bank("one-to-one")
        whole = library.bank(write_bank(tmp_path, top))
        assert library.layer(base, top).with_id("top") == whole
        assert library.layer(base, top).origins == whole.origins

    def test_a_bank_that_removes_from_nothing(self, tmp_path: Path) -> None:
        """It is whole without it."""
        assert library.bank(write_bank(tmp_path, make_bank("top", "one", remove=["two"]))).remove == ()


class TestUnknownBases:
    def test_all_of_them_are_named(self, tmp_path: Path) -> None:
        """Each base that is not there is an error, at its place, with the one that was meant."""
        path = write_bank(tmp_path, make_bank("top", "one", extends=["taem", "zzz", "one-to-one"]))
        with pytest.raises(DocumentError) as caught:
            library.bank(path)
        assert [str(one).removeprefix(f"{path}:") for one in caught.value.findings] == [
            "5:5: no bank is named 'taem' (did you mean 'team'?) [unknown-base]",
            "6:5: no bank is named 'zzz' (there are check-in, one-to-one, team) [unknown-base]",
        ]

    def test_one_further_down(self, tmp_path: Path) -> None:
        """A base of a base that is not there is told with the way to it, at the base that leads there."""
        banks = make_bank("top", extends=["team", "mid"]), make_bank("mid", extends=["low"])
        (found,) = findings(tmp_path, *banks)
        assert (found.rule, found.pointer) == ("unknown-base", "/extends/1")
        assert found.message == "no bank is named 'low': top → mid → low"

    @pytest.mark.parametrize(
        ("banks", "way"),
        [
            ([make_bank("a", extends=["a"])], "a → a"),
            ([make_bank("a", extends=["b"]), make_bank("b", extends=["a"])], "a → b → a"),
            (
                [make_bank("a", extends=["b"]), make_bank("b", extends=["c"]), make_bank("c", extends=["b"])],
                "b → c → b",
            ),
        ],
    )
    def test_a_circle(self, tmp_path: Path, banks: list[Bank], way: str) -> None:
        """A bank that builds on itself, at any distance, is an error that names the way round."""
        (found,) = findings(tmp_path, *banks)
        assert (found.rule, found.pointer) == ("unknown-base", "/extends/0")
        assert found.message.endswith(way)
        with pytest.raises(DocumentError, match=way):
            library.bank(tmp_path / "a.bank.yaml")

    def test_too_deep(self, tmp_path: Path) -> None:
        """Banks build on each other sixteen deep, and no deeper."""
        chain = [make_bank(f"b{at}", f"p{at}", extends=[f"b{at + 1}"]) for at in range(16)]
        assert problems(tmp_path, *chain, make_bank("b16")) == [("unknown-base", "/extends/0")]
        assert problems(tmp_path, *chain[:15], make_bank("b15")) == []

    def test_many_ways_to_one_base(self, tmp_path: Path) -> None:
        """Each bank is looked at once, however many ways lead to it."""
        rungs = [make_bank(f"{side}{at}", extends=[f"a{at + 1}", f"b{at + 1}"]) for at in range(12) for side in "ab"]
        assert problems(tmp_path, *rungs, make_bank("a12", "one"), make_bank("b12", "two")) == []

    def test_a_base_that_cannot_be_read(self, tmp_path: Path) -> None:
        """It is an error of who builds on it, with the first reason; reading tells all reasons, each in its file."""
        (tmp_path / "mid.bank.yaml").write_text("alliancekit: bank/1\nid: mid\ntitle: 7\nlanguge: en\n")
        top = make_bank("top", extends=["mid", "nope"])
        unread, unknown = findings(tmp_path, top)
        assert (unread.rule, unread.pointer, unknown.pointer) == ("unknown-base", "/extends/0", "/extends/1")
        assert "mid.bank.yaml:3:8" in unread.message
        assert unread.message.endswith(", and 1 more")
        with pytest.raises(DocumentError) as caught:
            library.bank(tmp_path / "top.bank.yaml")
        assert [one.rule for one in caught.value.findings][:2] == ["unknown-base", "unknown-base"]
        assert [one.line for one in caught.value.findings] == [5, 6, 3, 4]

    def test_each_is_looked_for_once(self) -> None:
        """A base to which many ways lead is read once, however many they are."""
        banks = {f"b{n}-{at}": [f"b{n - 1}-{k}" for k in range(3)] if n else [] for n in range(6) for at in range(3)}
        asked: list[str] = []

        def find(name: str, _: None) -> tuple[Bank, None]:
            asked.append(name)
            return make_bank(name, extends=banks[name]), None

        assert len(stacked(make_bank("top", extends=["b5-0", "b5-1"]), find, None).banks) == 18
        assert len(asked) == len({*asked}) == 17

    def test_a_base_that_cannot_be_had(self) -> None:
        """Whatever else stands in the way of a base is told in its own words."""

        def find(name: str, _: None) -> tuple[Bank, None]:
            raise ConflictError(name)

        (found,) = stacked(make_bank("top", extends=["mid"]), find, None).problems
        assert (found.rule, found.message) == ("unknown-base", str(ConflictError("mid")))


class TestConflicts:
    ONE, TWO = make_bank("one", "p q"), make_bank("two", "p r")

    def test_two_bases_that_differ(self, tmp_path: Path) -> None:
        """A prompt that two bases ask differently is a warning that names both, and whose words are asked."""
        (found,) = findings(tmp_path, make_bank("top", extends=["one", "two"]), self.ONE, self.TWO)
        assert (found.rule, found.severity, found.pointer) == ("duplicate-prompt", "warning", "/extends/1")
        assert found.message == "one and two ask 'p' differently; what is asked is what two says"
        assert library.bank(tmp_path / "top.bank.yaml").origin("p") == "two"

    @pytest.mark.parametrize(("prompts", "remove"), [("p", []), ("", ["p"])])
    def test_the_bank_above_decides(self, tmp_path: Path, prompts: str, remove: list[str]) -> None:
        """Saying it or removing it settles which of the two is meant."""
        top = make_bank("top", prompts, extends=["one", "two"], remove=remove)
        assert problems(tmp_path, top, self.ONE, self.TWO) == []

    def test_the_same_words_are_no_conflict(self, tmp_path: Path) -> None:
        """Two bases that ask a prompt alike do not differ."""
        twin = self.ONE.with_id("twin")
        assert problems(tmp_path, make_bank("top", extends=["one", "twin"]), self.ONE, twin) == []

    def test_a_base_that_replaces_what_it_extends(self, tmp_path: Path) -> None:
        """A change of what lies below is no conflict with it, whichever way it is reached."""
        mid = make_bank("mid", "p", extends=["one"])
        assert problems(tmp_path, make_bank("top", extends=["mid", "one"]), mid, self.ONE) == []
        far = make_bank("far", "p", extends=["between"])
        banks = make_bank("between", extends=["mid"]), mid, self.ONE
        assert problems(tmp_path, make_bank("top", extends=["far", "mid"]), far, *banks) == []

    def test_a_conflict_further_down(self, tmp_path: Path) -> None:
        """It is told once, of the bank in which the two meet."""
        mid = make_bank("mid", extends=["one", "two"])
        assert problems(tmp_path, make_bank("top", extends=["mid"]), mid, self.ONE, self.TWO) == []
        assert problems(tmp_path, mid, self.ONE, self.TWO) == [("duplicate-prompt", "/extends/1")]

    def test_one_asks_what_the_other_removes(self, tmp_path: Path) -> None:
        """That is told too, either way round."""
        less = make_bank("less", extends=["one"], remove=["p"])
        more = make_bank("more", "p", extends=["one"])
        (first,) = findings(tmp_path, make_bank("top", extends=["more", "less"]), less, more, self.ONE)
        assert first.message == "more asks 'p' and less leaves it out; it is left out"
        assert "p" not in library.bank(tmp_path / "top.bank.yaml").prompts
        (second,) = findings(tmp_path, make_bank("top", extends=["less", "more"]), less, more, self.ONE)
        assert second.message == "less leaves 'p' out and more asks it; it is asked"


class TestDangling:
    def test_what_is_not_there(self, tmp_path: Path) -> None:
        """What it removes or places that there is not is a warning at its place, all in one run."""
        top = make_bank("top", "new", "mine: new whi why", extends=["one-to-one"], remove=["hoeps", "why", "new"])
        found = findings(tmp_path, top)
        assert [(one.rule, one.pointer, one.hint) for one in found] == [
            ("unknown-prompt", "/remove/0", "did you mean 'hopes'?"),
            ("unknown-prompt", "/remove/2", ""),
            ("unknown-prompt", "/sections/0/prompts/1", ""),
            ("unknown-prompt", "/sections/0/prompts/2", ""),
        ]
        assert found[3].message == "the prompt 'why' is removed"

    def test_a_bank_that_extends_none(self, tmp_path: Path) -> None:
        """There is nothing to remove in it, and its sections are looked at all the same."""
        found = findings(tmp_path, make_bank("top", "one", "a: one two", remove=["one"]))
        assert [one.message for one in found] == [
            "it extends no bank, so there is no prompt 'one' to remove",
            "there is no prompt 'two'",
        ]

    def test_where_a_base_is_missing(self, tmp_path: Path) -> None:
        """Nobody can say what it would have had, so nothing is said about that."""
        top = make_bank("top", "", "a: two", extends=["nope"], remove=["one"])
        assert problems(tmp_path, top) == [("unknown-base", "/extends/0")]

    def test_the_built_in_banks_are_sound(self) -> None:
        """Nothing is wrong with them, and they need no folder."""
        assert [library.layer_problems(library.bank(name)) for name in library.bank_names()] == [(), (), ()]
