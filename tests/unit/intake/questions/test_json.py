"""Lists in JSON: shapes that people keep them in, and what becomes of what no prompt can say."""

from typing import Any

import pytest

from alliancekit import DocumentError
from alliancekit.intake import read_bank
from alliancekit.model import (
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    NumberAnswer,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)
from alliancekit.values import thaw
from tests.unit.intake.questions.lists import noted, of_json, shelves, texts


class TestShapes:
    @pytest.mark.parametrize(
        "data",
        [
            ["How are you?", "What now?"],
            [{"text": "How are you?"}, {"text": "What now?"}],
            [{"id": 1, "question": {"en": "How are you?"}}, {"id": 2, "question": {"en": "What now?"}}],
            {"questions": ["How are you?", "What now?"]},
            {"data": {"items": [{"q": "How are you?"}, {"q": "What now?"}]}},
            {"a": {"prompt": "How are you?"}, "b": {"prompt": "What now?"}},
            {"q1": "How are you?", "q2": "What now?"},
            [["topic", "question"], ["Trust", "How are you?"], ["Trust", "What now?"]],
            [{"id": 7, "en": "How are you?", "de": "Wie?"}, {"id": 8, "en": "What now?", "de": "Was?"}],
            [{"attributes": 1, "label": "How are you?"}, {"attributes": 2, "label": "What now?"}],
            {"Trust": ["How are you?"], "Fun": {"questions": [{"title": "What now?", "body": "because"}]}},
            {"topics": [{"name": "Trust", "topics": [{"name": "Deep", "questions": ["How are you?", "What now?"]}]}]},
            {"title": "Mine", "sections": [{"title": "Trust", "prompts": [{"question": "How are you?"}, "What now?"]}]},
            {"results": [{"question": "How are you?", "questions": ["Why?"]}, {"question": "What now?"}]},
        ],
    )
    def test_the_questions_are_found(self, data: Any) -> None:
        """Whatever holds them."""
        assert texts(of_json(data)) == ["How are you?", "What now?"]

    def test_topics_are_sections(self) -> None:
        """A topic within a topic is called by both."""
        found = of_json({"Trust": ["A?"], "Feedback": {"Giving": ["B?"], "Getting": {"items": [{"q": "C?"}]}}})

        assert shelves(found) == {"Trust": ["A?"], "Feedback / Giving": ["B?"], "Feedback / Getting": ["C?"]}

    def test_objects_that_say_their_name_are_sections(self) -> None:
        """By whichever key, and whatever they are called in."""
        found = of_json({"topics": [{"name": "Trust", "questions": ["A?"]}, {"category": "Fun", "items": ["B?"]}]})

        assert shelves(found) == {"Trust": ["A?"], "Fun": ["B?"]}

    def test_topics_below_topics_hold_questions(self) -> None:
        """An object with a name and questions somewhere below is no question itself."""
        found = of_json({"topics": [{"name": "Deep", "subtopics": [{"name": "In", "questions": ["Q?"]}]}]})

        assert shelves(found) == {"Deep / In": ["Q?"]}

    def test_an_entry_names_its_section(self) -> None:
        """A category below a category too."""
        data = [{"q": "A?", "category": "Trust"}, {"q": "B?", "theme": "Fun", "subcategory": "Work"}, {"q": "C?"}]

        assert shelves(of_json(data)) == {"Trust": ["A?"], "Fun / Work": ["B?"]}

    @pytest.mark.parametrize(
        "table",
        [
            {"categories": [{"id": "t", "name": "Trust"}]},
            {"categories": {"t": "Trust"}},
            {"i18nCategories": {"t": {"en": "Trust"}}},
            {"sectionTitles": {"t": {"title": "Trust"}}},
        ],
    )
    def test_a_table_names_the_sections(self, table: dict[str, Any]) -> None:
        """It is no list of questions."""
        assert shelves(of_json({**table, "questions": [{"text": "A?", "category": "t"}]})) == {"Trust": ["A?"]}

    def test_what_a_list_says_about_itself(self) -> None:
        """Title, licence and language are those of the bank; what else it says is kept."""
        data = {"title": "My list", "license": "MIT", "language": "pt_BR", "version": 2, "questions": ["Como?"]}
        found = of_json(data)
        bank = found.bank

        assert (bank.id, bank.title, bank.licence, bank.language) == ("my-list", "My list", "MIT", "pt-BR")
        assert [(one.pointer, one.text, one.line) for one in found.kept] == [("/version", '"version": 2', 5)]
        assert thaw(bank.extra["x-kept"]) == [{"line": 5, "pointer": "/version", "text": '"version": 2'}]

    def test_lines_of_json(self) -> None:
        """Each stands on the line on which it stood; blank ones are passed over."""
        found = read_bank('{"text": "A?"}\n\n{"text": "B?", "stars": 3}\n', name="a.jsonl")

        assert texts(found) == texts(read_bank('{"text": "A?"}\n{"text": "B?"}')) == ["A?", "B?"]
        assert [one.line for one in found.notes if one.what == "stars"] == [3]

    def test_yaml_reads_as_json(self) -> None:
        """The shapes are the same."""
        assert texts(read_bank("questions:\n  - A?\n  - text: B?\n", name="a.yaml")) == ["A?", "B?"]

    def test_a_bank_is_taken_as_it_is(self) -> None:
        """With all that only a bank can say."""
        text = "alliancekit: bank/1\nid: mine\ntitle: Mine\nprompts:\n  a:\n    text: A?\n    informs: [values]\n"
        found = read_bank(text, name="mine.bank.yaml")

        assert found.bank.prompts["a"].informs == ("values",)


class TestFields:
    def test_an_entry_says_more(self) -> None:
        """By many names."""
        found = of_json(
            [{"_id": "trust-1", "prompt": "A?", "rationale": "B", "keywords": "c, d", "follow-ups": ["E?"]}]
        )
        (prompt,) = found.bank.prompts.values()

        assert (prompt.id, prompt.why, prompt.tags) == ("trust-1", "B", ("c", "d"))
        assert [(one.id, one.text) for one in prompt.follow_ups] == [("e", "E?")]
        assert noted(found)["rationale"] == "understood as why it is asked"

    def test_nothing_is_invented(self) -> None:
        """What the list does not say is as by default."""
        (prompt,) = of_json(["What do you value?"]).bank.prompts.values()

        assert (prompt.informs, prompt.answer, prompt.scope, prompt.why) == ((), TextAnswer(), "each", None)

    def test_what_is_not_understood_stays_with_its_prompt(self) -> None:
        """Under a key that begins with x-, and is noted once for all entries."""
        found = of_json([{"q": "A?", "createdAt": "2017"}, {"q": "B?", "createdAt": "2018", "stars": [1, {"a": None}]}])
        one, two = found.bank.prompts.values()

        assert (thaw(one.extra), thaw(two.extra)) == (
            {"x-created-at": "2017"},
            {"x-created-at": "2018", "x-stars": [1, {"a": None}]},
        )
        assert noted(found)["createdAt"] == "has no place in a prompt: kept as x-created-at (2 times)"

    @pytest.mark.parametrize(
        ("given", "answer"),
        [
            ({"options": ["Red", "Blue"]}, ChoiceAnswer(options={"red": "Red", "blue": "Blue"})),
            (
                {"type": "checkbox", "choices": {"r": "Red", "b": "Blue"}},
                ChoicesAnswer(options={"r": "Red", "b": "Blue"}),
            ),
            (
                {"type": "select", "options": [{"value": "r", "label": "Red"}, {"value": 2, "text": "Yes"}]},
                ChoiceAnswer(options={"r": "Red", "option-2": "Yes"}),
            ),
            ({"options": ["A", "B"], "multiple": True}, ChoicesAnswer(options={"a": "A", "b": "B"})),
            ({"type": "open-ended"}, TextAnswer()),
            ({"type": "boolean"}, YesNoAnswer()),
            ({"type": "date"}, DateAnswer()),
            (
                {"type": "number", "min": 0, "max": 40.5, "unit": "hours"},
                NumberAnswer(least=0, most=40.5, unit="hours"),
            ),
            ({"scale": 7}, ScaleAnswer(points=7)),
            ({"scale": "1-5"}, ScaleAnswer(points=5)),
            ({"type": "rating", "min": 1, "max": 10}, ScaleAnswer(points=10)),
            (
                {"scale": {"min": 1, "max": 4, "minLabel": "no", "maxLabel": "yes"}},
                ScaleAnswer(points=4, low="no", high="yes"),
            ),
            ({"scale": {"1": "no", "5": "yes"}}, ScaleAnswer(points=5, low="no", high="yes")),
            ({"scale": {"points": 5, "labels": ["no", "yes"]}}, ScaleAnswer(points=5, low="no", high="yes")),
            (
                {"answer": {"kind": "scale", "points": 3, "polarity": "negative"}},
                ScaleAnswer(points=3, polarity="negative"),
            ),
        ],
    )
    def test_an_answer_is_as_the_list_says(self, given: dict[str, Any], answer: object) -> None:
        """Options as a list or an object, scales as numbers or with their ends."""
        (prompt,) = of_json([{"question": "A", **given}]).bank.prompts.values()

        assert (prompt.answer, dict(prompt.extra)) == (answer, {})

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ({"scale": {"min": 0, "max": 10}}, {"x-scale": {"min": 0, "max": 10}}),
            ({"type": "matrix"}, {"x-type": "matrix"}),
            ({"options": [{"label": "A", "weight": 3}, {"label": "B", "weight": 4}]}, None),
            ({"min": 3}, {"x-min": 3}),
            ({"informs": ["nothing-known"]}, {"x-informs": ["nothing-known"]}),
            ({"answer": "42"}, {"x-answer": "42"}),
            ({"type": "rating"}, None),
            ({"type": "rating", "min": 0, "max": 10}, None),
            ({"type": "rating", "min": 0, "max": 4, "points": 5}, None),
            ({"type": "slider", "min": 1, "max": 100}, None),
            ({"type": "likert", "labels": ["no", "yes"]}, None),
            ({"type": "scale", "scale": "0-10"}, None),
            ({"type": "multiple_choice"}, None),
            ({"type": "choice", "options": ["A"]}, None),
            ({"type": "checkbox", "multiple": True}, None),
            ({"answer": {"kind": "scale"}}, None),
        ],
    )
    def test_an_answer_that_we_lack_is_kept(self, given: dict[str, Any], kept: dict[str, Any] | None) -> None:
        """It is no answer of another kind."""
        (prompt,) = of_json([{"question": "A", **given}]).bank.prompts.values()

        assert prompt.answer == TextAnswer()
        assert thaw(prompt.extra) == (kept or {f"x-{key}": value for key, value in given.items()})

    @pytest.mark.parametrize(
        ("given", "what", "how"),
        [
            ({"type": "rating", "max": 10, "min": 0}, "the kind of answer", "a scale goes from 1 to between 2 and 10"),
            ({"type": "multiple_choice"}, "the kind of answer", "a choice has two options or more"),
            ({"type": "rating", "max": 7}, "a scale", "which of its ends is the good one is not said"),
        ],
    )
    def test_what_an_answer_lacks_is_said(self, given: dict[str, Any], what: str, how: str) -> None:
        """Whoever reads the report knows why a rating became a text."""
        assert noted(of_json([{"question": "A", **given}]))[what].startswith(how)

    def test_a_scale_whose_good_end_is_said_has_no_note(self) -> None:
        """There is nothing to add to it."""
        assert "a scale" not in noted(of_json([{"question": "A", "type": "rating", "max": 7, "polarity": "positive"}]))

    def test_labels_between_the_ends_are_kept(self) -> None:
        """A scale of ours has words for its ends alone."""
        (prompt,) = of_json(
            [{"q": "A", "type": "likert", "options": ["never", "seldom", "often"]}]
        ).bank.prompts.values()

        assert prompt.answer == ScaleAnswer(points=3, low="never", high="often")
        assert thaw(prompt.extra) == {"x-options": ["never", "seldom", "often"]}

    def test_a_title_that_asks_is_the_question(self) -> None:
        """What follows it is why; a title that does not ask stands beside the question."""
        found = of_json([{"title": "How so?", "body": "Because."}, {"title": "Trust", "body": "Why so?"}])
        one, two = found.bank.prompts.values()

        assert (one.text, one.why) == ("How so?", "Because.")
        assert (two.text, thaw(two.extra)) == ("Why so?", {"x-title": "Trust"})


class TestLanguages:
    @pytest.mark.parametrize(
        "entry",
        [
            {"question": {"en": "How?", "ja_JP": "どう？"}},
            {"text": {"en": {"text": "How?"}, "ja_JP": {"text": "どう？"}}},
            {"question": {"text": {"en": "How?", "ja-jp": "どう？"}}},
            {"question_en": "How?", "question_ja_JP": "どう？"},
            {"en": "How?", "ja_JP": "どう？"},
            {"id": "q", "en": "How?", "ja_JP": "どう？"},
            {"q": [{"lang": "en", "text": "How?"}, {"lang": "ja_JP", "text": "どう？"}]},
            {"q": "How?", "language": "en", "translations": {"ja_JP": "どう？"}},
            {"q": "How?", "lang": "en", "translations": [{"locale": "ja_JP", "text": "どう？"}]},
        ],
    )
    def test_a_question_in_several_languages(self, entry: dict[str, Any]) -> None:
        """The first of the list is that of the bank; the others are its translations."""
        found = of_json({"languages": ["en", "ja_JP"], "questions": [entry]})
        (other,) = found.translations

        assert (found.bank.language, texts(found), other.language) == ("en", ["How?"], "ja-JP")
        assert [(one.id, one.text) for one in other.prompts.values()] == [(next(iter(found.bank.prompts)), "どう？")]
        assert other.translates == found.bank.id

    def test_sections_have_titles_in_each(self) -> None:
        """From the table of the categories."""
        found = of_json(
            {
                "titles": 1,
                "i18nCategories": {"Trust": {"en": "Trust", "de": "Vertrauen"}},
                "questions": [{"q": {"en": "How?", "de": "Wie?"}, "category": "Trust"}],
            }
        )

        assert [(one.id, one.title) for one in found.translations[0].sections] == [("trust", "Vertrauen")]

    @pytest.mark.parametrize(
        "data",
        [
            {"en": ["How?", "What?"], "de": ["Wie?", "Was?"]},
            {"en": {"a": "How?", "b": "What?"}, "de": {"b": "Was?", "a": "Wie?"}},
        ],
    )
    def test_a_list_for_each_language(self, data: dict[str, Any]) -> None:
        """Entries belong together by their ids, else by their places."""
        found = of_json(data)

        assert texts(found) == ["How?", "What?"]
        assert [one.text for one in found.translations[0].prompts.values()] == ["Wie?", "Was?"]

    def test_lists_that_do_not_fit_each_other_lose_nothing(self) -> None:
        """What has no pair is a question of its own, with its language."""
        found = of_json({"en": ["How?", "What?"], "de": ["Wer?"]})

        assert texts(found) == ["How?", "What?", "Wer?"]
        assert thaw(found.bank.prompts["wer"].extra) == {"x-language": "de"}

    def test_a_question_in_another_language_alone_is_there(self) -> None:
        """In that language, and said so."""
        found = of_json([{"q": {"en": "How?"}}, {"q": {"en": "Who?"}}, {"q": {"ja": "どう？"}}])

        assert texts(found) == ["How?", "Who?", "どう？"]
        assert thaw(found.bank.prompts["q-3"].extra) == {"x-language": "ja"}

    def test_who_reads_may_say_the_language(self) -> None:
        """It is that of what names none."""
        assert of_json(["Wie?"], language="de_AT").bank.language == "de-AT"
        with pytest.raises(ValueError, match="must be a language tag"):
            of_json(["Wie?"], language="german-ish")


class TestIds:
    def test_ids_are_those_of_the_list_where_they_fit(self) -> None:
        """A number gets a letter before it, and what cannot be an id stays beside the one that it became."""
        found = of_json(
            [{"id": 306, "q": "A?"}, {"id": "trust", "q": "B?"}, {"id": "FB_1", "q": "C?"}, {"id": "no", "q": "D?"}]
        )

        assert list(found.bank.prompts) == ["q-306", "trust", "fb-1", "q-no"]
        assert thaw(found.bank.prompts["fb-1"].extra) == {"x-id": "FB_1"}

    def test_ids_come_from_the_words(self) -> None:
        """Of Latin letters alone; else the place in the list."""
        found = of_json(["¿Qué te importa más?", "何が大切？", "What’s new?", "x-rays?"])

        assert list(found.bank.prompts) == ["que-te-importa-mas", "q-2", "whats-new", "q-x-rays"]

    def test_what_is_there_twice_is_there_twice(self) -> None:
        """With a number, and a note."""
        found = of_json([{"id": "a", "q": "How?"}, {"id": "a", "q": "How?"}, "How?", "How?"])

        assert list(found.bank.prompts) == ["a", "a-2", "how", "how-2"]
        assert noted(found)["the id 'a'"] == "is there twice; this one is a-2"

    def test_a_question_at_the_end_changes_no_id(self) -> None:
        """Ids are given in order."""
        first = ["How?", "Who?", "どう？", "How?"]

        assert list(of_json([*first, "How?", "Who?"]).bank.prompts)[:4] == list(of_json(first).bank.prompts)


class TestRefusals:
    def test_broken_json_has_a_place(self) -> None:
        """Line and column, and the name of the file."""
        with pytest.raises(DocumentError) as caught:
            read_bank('{"a": [\n1,2,}', name="list.json")

        assert [(f.path, f.rule, f.line, f.column) for f in caught.value.findings] == [("list.json", "syntax", 2, 5)]

    @pytest.mark.parametrize(
        ("data", "name", "words"),
        [
            (b"\xff\xfe", "", "UTF-16"),
            (b"caf\xe9?", "a.csv", "not UTF-8"),
            ("", "a.json", "the list is empty"),
            (" \n", "a.md", "the list is empty"),
            ('{"a": "A?", "a": "B?"}', "a.json", "there twice"),
            ("[" * 50, "a.json", "nested too deeply"),
            ('{"a": 1}\n{"b": 2', "a.jsonl", "closes what was opened"),
        ],
    )
    def test_what_cannot_be_read_is_a_finding(self, data: bytes | str, name: str, words: str) -> None:
        """Never anything else."""
        with pytest.raises(DocumentError, match=words):
            read_bank(data, name=name)

    def test_a_list_may_have_so_many_questions(self) -> None:
        """As many as a bank may; one more is a finding at its place."""
        assert len(of_json(["A?"] * 5000).bank.prompts) == 5000
        with pytest.raises(DocumentError, match="5,001 questions; the limit of a bank is 5,000") as caught:
            of_json(["A?"] * 5001)

        assert caught.value.findings[0].line == 5002

    def test_a_bank_that_nobody_could_read_is_a_finding(self) -> None:
        """Its file would have too many parts."""
        with pytest.raises(DocumentError, match="the limit of a document is 30,000"):
            of_json([{"q": "A?", **{f"k{n}": n for n in range(10)}}] * 3000)

    def test_what_no_document_can_carry_is_kept_aside(self) -> None:
        """Whole, and the rest of the list is read."""
        found = of_json(["a\u0007?", "b\r\nc?", "x" * 10_001, {"q": "D?", "why": "y" * 10_001, "more": ["\u0001"]}])

        assert texts(found) == ["b\nc?", "D?"]
        assert [one.line for one in found.kept] == [2, 4, 5, 5]
        assert '"a\\u0007?"' in [one.text for one in found.kept]
        assert noted(found)["a question"] == "kept aside: its text can stand in no document (2 times)"

    def test_wrong_use_is_said(self) -> None:
        """By what was given and what there is."""
        with pytest.raises(LookupError, match="no format is named 'xml'"):
            read_bank("a", format="xml")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="must be the text or the bytes"):
            read_bank(3)  # type: ignore[arg-type]

    def test_a_list_without_questions_is_an_empty_bank(self) -> None:
        """All that it has is kept."""
        found = of_json({"author": "me", "tags": ["a", "b"], "n": 3})

        assert not found.bank.prompts
        assert [one.pointer for one in found.kept] == ["/author", "/n", "/tags"] or len(found.kept) == 3
        assert noted(found)["the list"] == "nothing in it reads as a question"

    @pytest.mark.parametrize("name", ["", "a.json", "a.yaml"])
    @pytest.mark.parametrize("text", ["{}", "[]", "[{}]", " \n", b"\x00\x01"])
    def test_a_list_of_nothing_is_refused(self, text: str | bytes, name: str) -> None:
        """There is nothing to keep of it either."""
        with pytest.raises(DocumentError) as error:
            read_bank(text, name=name)

        assert error.value.findings[0].span is not None

    def test_what_is_a_question_is_said_where_there_is_none(self) -> None:
        """So that somebody can make the list one."""
        with pytest.raises(DocumentError, match=r"there is no question in the list \(a question is a heading"):
            read_bank("[]")

    def test_a_language_that_nobody_says_is_noted(self) -> None:
        """For the rules of check take the list for English."""
        assert "read it as English" in noted(of_json(["Wie geht es?"]))["the language"]
        assert "the language" not in noted(of_json(["Wie geht es?"], language="de"))
