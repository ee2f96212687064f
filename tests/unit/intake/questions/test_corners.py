"""Shapes that are seldom met: each is read, or kept, and nothing is lost."""

from typing import Any

import pytest

from alliancekit.intake import read_bank
from alliancekit.model import ChoiceAnswer, ClausesAnswer, ScaleAnswer
from alliancekit.values import thaw
from tests.unit.intake.questions.lists import of_json, shelves, texts


class TestFields:
    @pytest.mark.parametrize(
        ("given", "answer"),
        [
            ({"kind": "clauses", "evidence": True}, ClausesAnswer(evidence=True)),
            ({"options": [True, False]}, ChoiceAnswer(options={"option-yes": "Yes", "option-no": "No"})),
            ({"scale": {"max": 4, "labels": {"1": "no", "4": "yes"}}}, ScaleAnswer(points=4, low="no", high="yes")),
        ],
    )
    def test_answers(self, given: dict[str, Any], answer: object) -> None:
        """Each is one of ours."""
        (prompt,) = of_json([{"q": "A", **given}]).bank.prompts.values()

        assert (prompt.answer, dict(prompt.extra)) == (answer, {})

    @pytest.mark.parametrize(
        "given",
        [
            {"scale": {"1": "no", "3": "so", "5": "yes"}},
            {"scale": ["no", "yes"]},
            {"scale": {"points": 5, "colour": "red"}},
            {"answer": {"kind": "scale", "colour": "red"}},
            {"translations": {"de": {"text": "A", "voice": "b"}}},
            {"translations": {"de": ["A"]}},
            {"translations": [{"text": "no language"}]},
            {"follow_ups": 3.5},
            {"follow_ups": [{"colour": "red"}]},
            {"tags": [{"a": 1}]},
            {"tags": {"a": 1}},
            {"options": [["a"], ["b"]]},
            {"id": 1.5},
            {"id": True},
            {"category": {"colour": "red"}},
        ],
    )
    def test_what_does_not_fit_is_kept(self, given: dict[str, Any]) -> None:
        """As the list has it."""
        ((key, value),) = given.items()
        (prompt,) = of_json([{"q": "A?", **given}]).bank.prompts.values()

        assert thaw(prompt.extra) == {f"x-{key.replace('_', '-')}": value}

    def test_keys_that_become_one_are_both_there(self) -> None:
        """The second with a number; one that is free already stays as it is."""
        (prompt,) = of_json([{"q": "A?", "createdAt": 1, "created_at": 2, "x-mine": 3}]).bank.prompts.values()

        assert thaw(prompt.extra) == {"x-created-at": 1, "x-created-at-2": 2, "x-mine": 3}

    def test_a_category_may_be_an_object_or_a_list(self) -> None:
        """A prompt stands in one section, and a list of several is kept."""
        found = of_json(
            [
                {"q": "A?", "category": {"id": "t", "name": "Trust"}},
                {"q": "B?", "category": ["Fun"]},
                {"q": "C?", "category": ["Fun", "Work"]},
                {"q": "D?", "category": {"en": "Fun"}},
            ]
        )

        assert shelves(found) == {"Trust": ["A?"], "Fun": ["B?", "C?", "D?"]}
        assert thaw(found.bank.prompts["c"].extra) == {"x-category": ["Fun", "Work"]}

    def test_a_translation_may_say_why(self) -> None:
        """Beside the question."""
        found = of_json(
            [{"q": "How?", "why": "so", "lang": "en", "translations": {"de": {"text": "Wie?", "why": "drum"}}}]
        )

        assert [(one.text, one.why) for one in found.translations[0].prompts.values()] == [("Wie?", "drum")]

    def test_an_id_may_be_wrapped(self) -> None:
        """As databases write it."""
        assert list(of_json([{"_id": {"$oid": "a1"}, "q": "A?"}]).bank.prompts) == ["a1"]

    def test_follow_ups_in_languages(self) -> None:
        """One object of languages is one follow-up; an option may have words in several."""
        found = of_json(
            [{"q": {"en": "A?", "de": "B?"}, "probes": [{"en": "C?", "de": "D?"}], "options": {"en": "E", "de": "F"}}]
        )

        assert [[f.text for f in one.follow_ups] for one in found.translations[0].prompts.values()] == [["D?"]]


class TestLists:
    def test_what_a_list_says_about_itself(self) -> None:
        """Its id and kinds; what is not understood is kept."""
        found = of_json(
            {
                "id": "mine",
                "kinds": ["team", "x"],
                "languages": ["nowhere"],
                "title": 3,
                "questions": ["A?", 3, {"n": 1}],
            }
        )

        assert (found.bank.id, found.bank.kinds, found.bank.title) == ("mine", ("team",), "3")
        assert [one.pointer for one in found.kept] == ["/languages", "/questions/1", "/questions/2/n"]

    def test_what_a_table_of_sections_says_more_is_kept(self) -> None:
        """A section has only a title."""
        found = of_json(
            {"categories": [{"id": "t", "name": "Trust", "colour": "red"}], "questions": [{"q": "A?", "category": "t"}]}
        )

        assert shelves(found) == {"Trust": ["A?"]}
        assert [one.pointer for one in found.kept] == ["/categories"]

    def test_a_topic_may_say_its_title(self) -> None:
        """Its key is not its name then."""
        assert shelves(of_json({"t1": {"title": "Trust", "items": ["A?"]}, "t2": {"id": "fun", "items": ["B?"]}})) == {
            "Trust": ["A?"],
            "t2": ["B?"],
        }

    def test_sections_in_the_lists_of_languages(self) -> None:
        """They belong together as their questions do; options of other numbers stay those of the first."""
        found = of_json(
            {
                "en": {"Trust": [{"q": "How?", "options": ["a", "b"]}]},
                "de": {"Vertrauen": [{"q": "Wie?", "options": ["a", "b", "c"]}]},
            }
        )

        assert shelves(found) == {"Trust": ["How?"]}
        assert [(one.id, one.title) for one in found.translations[0].sections] == [("trust", "Vertrauen")]

    def test_lines_of_json_in_a_file_of_json(self) -> None:
        """By what they are, and not by the name; YAML of ours is known by its head."""
        assert texts(read_bank('{"q": "A?"}\n{"q": "B?"}\n', name="a.json")) == ["A?", "B?"]
        assert texts(read_bank("alliancekit: bank/1\nid: a\ntitle: A\nprompts:\n  a:\n    text: A?\n")) == ["A?"]


class TestPages:
    def test_what_is_no_part_of_a_page_of_ours_is_kept(self) -> None:
        """Words that somebody wrote between."""
        page = "# A {#a}\n\nHello.\n\n- Colour: red\n\n## B {#b}\n\nThere.\n\n### C? {#c}\n\n```\nx\n```\n\n- just so\n- Kind: date\n- x-a: 3\n"
        found = read_bank(page, name="a.md")

        assert [one.line for one in found.kept] == [3, 5, 9, 13, 17] or len(found.kept) == 5
        assert thaw(found.bank.prompts["c"].extra) == {"x-a": 3}

    def test_blocks_in_the_middle(self) -> None:
        """Lines, entries of several kinds below a question, and an entry that holds a question but is none."""
        page = (
            "# Q\n\n## A\n\n- How?\n  - Why: one\n    - two\n\n    more\n\n  - three\n    - four\n\n---\n\nLast words:\n\n## B\n\n"
            "- this is one of the longer entries that people write above others\n  - Who?\n"
        )
        found = read_bank(page, name="a.md")

        assert texts(found) == ["How?", "Who?"]
        assert "three" in (found.bank.prompts["how"].why or "")
        assert "Last words:" in [one.text for one in found.kept]

    def test_a_language_that_is_none_is_kept(self) -> None:
        """And one that few know is one."""
        found = read_bank("# A {#a}\n\n- Language: en en\n\n### B? {#b}\n", name="a.md")

        assert (found.bank.language, [one.text for one in found.kept]) == (None, ["en en"])
        assert read_bank("# A {#a}\n\n- Language: tlh\n\n### B? {#b}\n", name="a.md").bank.language == "tlh"
        assert read_bank('"id","text","text@tlh"\n"a","A?","B?"\n', language="en").translations[0].language == "tlh"
