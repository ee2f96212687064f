import pytest

from alliancekit.errors import UnknownNameError
from alliancekit.model import Prompt
from tests.banks import layout, make_bank, make_section

BASE = make_bank("base", "one two three four", "a: one two", "b: three", "c:")


class TestPrompts:
    def test_they_are_added_and_replaced(self) -> None:
        """A prompt with a known id replaces it in its place, and others come after it."""
        whole = make_bank("top", "five one").over(BASE)
        assert [one.text for one in whole.prompts.values()] == [
            "one of top?",
            "two of base?",
            "three of base?",
            "four of base?",
            "five of top?",
        ]
        assert (whole.id, whole.title) == ("top", "Bank top")

    def test_what_is_removed_is_gone_from_its_section_too(self) -> None:
        """What the top removes is in neither the prompts nor the sections, and nothing is left to remove."""
        whole = make_bank("top", remove=["one", "nothing"]).over(BASE)
        assert [*whole.prompts] == ["two", "three", "four"]
        assert layout(whole) == ["a: two", "b: three", "c:"]
        assert whole.remove == ()

    def test_what_is_removed_and_said_anew_loses_its_section(self) -> None:
        """So a prompt is taken out of its section without being put in another."""
        whole = make_bank("top", "one", remove=["one"]).over(BASE)
        assert whole.prompt("one").text == "one of top?"
        assert layout(whole) == ["a: two", "b: three", "c:"]

    def test_two_layers_become_one(self) -> None:
        """Over a bank that itself extends another, what either removes is removed, and what it extends stays."""
        lower = make_bank("lower", "five", extends=["base"], remove=["one"])
        upper = make_bank("upper", "six", remove=["two", "five"])
        both = upper.over(lower)
        assert (both.extends, both.remove) == (("base",), ("one", "two", "five"))
        assert both.over(BASE) == upper.over(lower.over(BASE))


class TestSections:
    @pytest.mark.parametrize(
        ("above", "expected"),
        [
            (["b:", "a:"], ["b: three", "a: one two", "c:"]),  # known ones: the slots stay, the order is new
            (["c:", "a:"], ["c:", "b: three", "a: one two"]),
            (["a: two one"], ["a: two one", "b: three", "c:"]),
            (["a: two"], ["a: two", "b: three", "c:"]),  # what a section no longer names has none
            (["a:", "new: five"], ["a: one two", "new: five", "b: three", "c:"]),  # after the one before it
            (["new: five", "b:"], ["a: one two", "new: five", "b: three", "c:"]),  # before the one after it
            (["new: five", "more: six"], ["a: one two", "b: three", "c:", "new: five", "more: six"]),
            (["b:", "new:", "a:"], ["b: three", "new:", "a: one two", "c:"]),
            (["new: one"], ["a: two", "b: three", "c:", "new: one"]),  # what is placed leaves where it was
            (["new: three"], ["a: one two", "c:", "new: three"]),  # a section that lost all goes
            (["b:", "new: three"], ["a: one two", "b:", "new: three", "c:"]),  # but not one that is named
            (["c: three four"], ["a: one two", "c: three four"]),
        ],
    )
    def test_they_are_placed(self, above: list[str], expected: list[str]) -> None:
        """Where each section of the top comes to stand, and what stays in those below."""
        assert layout(make_bank("top", "", *above).over(BASE)) == expected

    def test_a_title_of_its_own(self) -> None:
        """A section that is named without prompts gives the one below another title, and no more."""
        whole = make_bank("top", "", "a:").over(BASE)
        assert whole.section("a").title == "A"
        assert whole.section("a").prompts == ("one", "two")

    def test_a_section_by_its_id(self) -> None:
        """A section is had by its id; another name says which was meant."""
        assert BASE.section("b").prompts == ("three",)
        with pytest.raises(UnknownNameError, match="no section is named 'aa'; did you mean 'a'"):
            BASE.section("aa")


class TestOrigins:
    def test_each_prompt_knows_its_bank(self) -> None:
        """What the top says is its own; the rest came from the bank that says it, through however many layers."""
        whole = make_bank("top", "six").over(make_bank("mid", "one five").over(BASE))
        assert [whole.origin(name) for name in ("six", "five", "one", "two")] == ["top", "mid", "mid", "base"]
        assert dict(whole.origins) == {"five": "mid", "one": "mid", "two": "base", "three": "base", "four": "base"}

    def test_no_such_prompt(self) -> None:
        """A prompt that there is not came from nowhere."""
        with pytest.raises(UnknownNameError, match="did you mean 'one'"):
            BASE.origin("oen")

    def test_a_copy_with_another_id(self) -> None:
        """What a bank had before it got a name of its own came from the other; what it is given then is its own."""
        ours = BASE.with_id("ours").with_prompts(Prompt(id="two", text="Ours?"), Prompt(id="five", text="Five?"))
        assert [ours.origin(name) for name in ("one", "two", "five")] == ["base", "ours", "ours"]
        assert ours.with_id("base").origin("one") == "base"

    def test_it_means_nothing_for_equality(self) -> None:
        """Two banks that say the same are equal, wherever it came from."""
        whole = make_bank("base", "one").over(BASE)
        assert whole == make_bank("base").over(whole)


class TestInCode:
    def test_prompts_into_a_section(self) -> None:
        """New prompts stand at the end of a section, and one that stood elsewhere moves there."""
        more = BASE.with_prompts(Prompt(id="five", text="Five?"), BASE.prompt("one"), section="b")
        assert layout(more) == ["a: two", "b: three five one", "c:"]
        with pytest.raises(UnknownNameError, match="no section is named 'z'"):
            BASE.with_prompts(Prompt(id="five", text="Five?"), section="z")

    def test_without_prompts(self) -> None:
        """Prompts go, and so does the section that had no other; a prompt that there is not is missed."""
        assert layout(BASE.without_prompts("three", "one", "one")) == ["a: two", "c:"]
        with pytest.raises(UnknownNameError, match="did you mean 'three'"):
            BASE.without_prompts("tree")

    def test_sections_in_another_order(self) -> None:
        """Sections are named in the order that they shall have, with or without what is in them."""
        assert layout(BASE.with_sections(*reversed(BASE.sections))) == ["c:", "b: three", "a: one two"]

    def test_what_a_bank_says_of_itself_stays(self) -> None:
        """Changing prompts and sections leaves everything else."""
        top = make_bank("top", "five", extends=["base"], remove=["one"], licence="MIT", extra={"x-note": 1})
        changed = top.with_prompts(Prompt(id="six", text="Six?")).with_sections(make_section("d: six"))
        assert (changed.extends, changed.remove, changed.licence) == (("base",), ("one",), "MIT")
        assert dict(changed.extra) == {"x-note": 1}
        assert changed.without_prompts("five").remove == ("one", "five")
