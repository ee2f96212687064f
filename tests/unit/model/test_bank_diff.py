import pickle

import pytest
from attrs import evolve

from alliancekit import library
from alliancekit.errors import InvalidValueError
from alliancekit.model import Bank, BankDiff, MovedPrompt, Prompt, Section, SectionChange
from tests.banks import layout, make_bank
from tests.shared import ROOT

OLD = make_bank("old", "one two three", "a: one two", "b: three")


def changed(prompts: str, *sections: str) -> Bank:
    """Return a bank that asks *prompts* in the words of the old one."""
    return make_bank("old", prompts, *sections).with_id("new")


def layer(prompts: str, *sections: str) -> Bank:
    return OLD.diff(changed(prompts, *sections)).layer()


class TestWhatDiffers:
    def test_prompts(self) -> None:
        """Prompts are added, removed, or replaced, with what of them differs."""
        new = OLD.without_prompts("one").with_prompts(
            Prompt(id="four", text="Four?"), Prompt(id="two", text="Other?", scope="shared")
        )
        diff = OLD.diff(new)
        assert [one.id for one in diff.added] == ["four"]
        assert [one.id for one in diff.removed] == ["one"]
        (replaced,) = diff.replaced
        assert (replaced.id, replaced.keys, replaced.old.scope, replaced.new.scope) == (
            "two",
            ("text", "scope"),
            "each",
            "shared",
        )

    def test_what_moved(self) -> None:
        """A prompt that both have may stand in another section, or in none."""
        diff = OLD.diff(changed("one two three", "a: one three"))
        assert diff.moved == (MovedPrompt(id="two", old="a", new=None), MovedPrompt(id="three", old="b", new="a"))

    @pytest.mark.parametrize(
        ("sections", "expected"),
        [
            (["a: one two", "b: three"], []),
            (["a: two one", "b: three"], [("a", "reordered")]),
            (["b: three", "a: one two"], [("b", "moved"), ("a", "moved")]),
            (["c:", "a: one two"], [("c", "added"), ("b", "removed")]),
            (["a: one", "b: three two"], []),  # that is told of the prompt
        ],
    )
    def test_sections(self, sections: list[str], expected: list[tuple[str, str]]) -> None:
        """A section is added, removed, put elsewhere, or has its prompts in another order."""
        diff = OLD.diff(changed("one two three", *sections))
        assert [(one.id, one.action) for one in diff.sections] == expected
        assert all(isinstance(one, SectionChange) for one in diff.sections)

    def test_another_title_of_a_section(self) -> None:
        """So is one that has another title."""
        new = OLD.with_sections(Section(id="b", title="Other"))
        assert OLD.diff(new).sections == (SectionChange(id="b", action="retitled"),)
        top = OLD.diff(new).layer(id="mine")
        assert (layout(top), library.layer(OLD, top).section("b").title) == (["b:"], "Other")

    def test_the_bank_itself(self) -> None:
        """What a bank says of itself is compared too; where a prompt came from is not."""
        assert OLD.diff(make_bank("old", "one two three", "a: one two", "b: three", kinds=["team"])).keys == ("kinds",)
        assert not OLD.diff(make_bank("old").over(OLD.with_id("lower")))

    def test_as_a_person_reads_it(self) -> None:
        """As text it tells all of it, a line each."""
        walk = library.bank(ROOT / "examples" / "walk" / "walk.bank.yaml")
        text = str(library.bank("one-to-one").diff(walk))
        assert text.splitlines() == [
            "id: one-to-one → walk",
            "title: Questions for two → Questions for two who walk together",
            "+ energy: What gives you energy on a long walk?",
            "+ pace: How fast do you like to go?",
            "- worries: What worries you about making this alliance?",
            "~ intention: text, why, tags",
            "  - In one sentence, what are you setting out to do together?",
            "  + Where do you want to have walked together, a year from now?",
            "section on-the-way: added",
        ]
        assert str(OLD.diff(OLD)) == "nothing differs"

    def test_what_has_no_words(self) -> None:
        """Lists, and what is not said, are told too; a prompt in the same words has no lines of them."""
        new = evolve(OLD.with_prompts(evolve(OLD.prompt("one"), scope="shared")), kinds=["team"], licence="MIT")
        assert str(OLD.diff(new)).splitlines() == ["licence: none → MIT", "kinds: none → team", "~ one: scope"]
        moved = OLD.with_sections(Section(id="b", title="B", prompts=["three", "two"]))
        assert str(OLD.diff(moved.without_prompts("three"))).splitlines()[1:] == ["> two: a → b"]

    def test_in_a_log_and_in_a_notebook(self) -> None:
        """A log gets the counts and nobody's words; a notebook gets the text, and nothing in it is taken for HTML."""
        diff = OLD.diff(OLD.with_prompts(Prompt(id="four", text="<b>Four?")))
        assert repr(diff) == "BankDiff(old → old: 1 added, 0 removed, 0 replaced)"
        assert diff._repr_html_() == '<pre class="alliancekit-bank-diff">+ four: &lt;b&gt;Four?</pre>'
        assert pickle.loads(pickle.dumps(diff)) == diff


class TestLayer:
    @pytest.mark.parametrize(
        ("prompts", "sections", "expected"),
        [
            ("one two three", ["a: one two", "b: three"], []),
            ("two three", ["a: two", "b: three"], []),  # what is removed leaves its section by itself
            ("one two three four", ["a: one two", "b: three", "c: four"], ["c: four"]),
            ("one two three four", ["a: one two", "c: four", "b: three"], ["a:", "c: four"]),
            ("one two three four", ["c: four", "a: one two", "b: three"], ["c: four", "a:"]),
            ("one two three", ["b: three", "a: one two"], ["b:", "a:"]),
            ("one two three", ["a: two", "b: three one"], ["b: three one"]),
            ("one two three", ["a: one two", "b:"], ["b:"]),
        ],
    )
    def test_it_says_no_more_than_it_must(self, prompts: str, sections: list[str], expected: list[str]) -> None:
        """What the old bank says already is left to it, and a section is named for its place alone."""
        assert layout(layer(prompts, *sections)) == expected
        assert library.layer(OLD, layer(prompts, *sections)) == changed(prompts, *sections)

    def test_a_prompt_that_leaves_its_section(self) -> None:
        """It is removed and said anew, for else it would keep the section."""
        top = layer("one two three", "a: one two")
        assert (top.remove, [*top.prompts], layout(top)) == (("three",), ["three"], [])

    def test_its_name(self) -> None:
        """It has the id and the title of the new one, or those that it is given; never the id of the old one."""
        diff = OLD.diff(changed("one"))
        assert (diff.layer().id, diff.layer().extends, diff.layer().title) == ("new", ("old",), "Bank old")
        assert (diff.layer(id="mine", title="Mine").id, diff.layer(id="mine", title="Mine").title) == ("mine", "Mine")
        with pytest.raises(InvalidValueError, match=r"BankDiff\.layer\.id: must be another than 'old'"):
            BankDiff(old=OLD, new=OLD).layer()

    def test_where_its_prompts_came_from(self) -> None:
        """A prompt that the new bank has from elsewhere stays from there."""
        new = make_bank("new", "four").over(make_bank("far", "five"))
        top = OLD.diff(new).layer(id="mine")
        assert (top.origin("four"), top.origin("five")) == ("new", "far")

    def test_what_cannot_be_taken_out(self) -> None:
        """A section that is empty in the old bank stays."""
        old = make_bank("old", "one", "a: one", "b:")
        assert layout(library.layer(old, old.diff(make_bank("new", "one", "a: one")).layer())) == ["a: one", "b:"]
