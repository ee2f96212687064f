"""Lists from forms, surveys and notebooks of tables: which of their columns and parts ask, and which only describe."""

import pytest

from alliancekit.intake import read_bank
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ScaleAnswer
from alliancekit.values import thaw
from tests.unit.intake.questions.lists import of_json, shelves, texts


class TestTables:
    @pytest.mark.parametrize("name", ["Why ask it", "Why it matters", "Rationale", "reason for asking", "warum fragen"])
    def test_a_column_says_why(self, name: str) -> None:
        """The last word of its name is no language."""
        found = read_bank(f"Question,{name}\nHow?,It helps\n", name="a.csv")

        assert found.bank.prompts["how"].why == "It helps"
        assert found.translations == ()

    @pytest.mark.parametrize("name", ["#", "No.", "Nº", "番号", "Question No."])
    def test_rows_may_be_numbered(self, name: str) -> None:
        """The number is the id, and no data of the question."""
        (prompt,) = read_bank(f"{name},Question\n7,How?\n", name="a.csv").bank.prompts.values()

        assert (prompt.id, dict(prompt.extra)) == ("q-7", {})

    def test_several_columns_ask(self) -> None:
        """Each is a section under its name, and what stands beside belongs to all of them."""
        table = "| No. | For you | For me | Mood |\n|-|-|-|-|\n| 1 | How? | Why? | good |\n| 2 | Who? | When? | |\n"
        found = read_bank(table)

        assert shelves(found) == {"For you": ["How?", "Who?"], "For me": ["Why?", "When?"]}
        assert [thaw(one.extra) for one in found.bank.prompts.values()] == [{"x-mood": "good"}] * 2 + [{}] * 2

    def test_what_people_answered_is_no_question(self) -> None:
        """The names of the columns ask; who answered what is kept, and nothing else is made of it."""
        found = read_bank(
            "Timestamp,Email,What went well?,Describe one thing to change\n1,a@example.org,Pairing,Less\n2,b@example.org,,\n",
            name="a.csv",
        )

        assert texts(found) == ["What went well?", "Describe one thing to change"]
        assert [(one.line, one.end_line) for one in found.kept] == [(1, 3)]

    def test_a_topic_comes_again(self) -> None:
        """Without names of columns, few rows are enough to see it."""
        found = of_json([["Work", "What next?", "a"], ["Work", "Which skill?", "b"], ["Life", "Who?", "c"]])

        assert shelves(found) == {"Work": ["What next?", "Which skill?"], "Life": ["Who?"]}

    def test_options_in_one_cell(self) -> None:
        """Commas part them where the kind says that there are some."""
        table = (
            'Question,Type,Choices\nHow?,Single select,"Here, there"\nWho?,Rating,Bad|So so|Good\nWhy?,,"Here, there"\n'
        )
        how, who, why = read_bank(table, name="a.csv").bank.prompts.values()

        assert isinstance(how.answer, ChoiceAnswer)
        assert thaw(how.answer.options) == {"here": "Here", "there": "there"}
        assert isinstance(who.answer, ScaleAnswer)
        assert (who.answer.low, who.answer.high) == ("Bad", "Good")
        assert thaw(why.extra) == {"x-choices": "Here, there"}


class TestForms:
    def test_pages_and_elements(self) -> None:
        """The title of a page comes before its name, and what is only shown asks nothing."""
        found = of_json(
            {
                "title": "Start",
                "pages": [
                    {
                        "name": "p1",
                        "title": "You",
                        "elements": [
                            {
                                "type": "rating",
                                "name": "a",
                                "title": "How safe?",
                                "rateMax": 7,
                                "minRateDescription": "not",
                            },
                            {"type": "comment", "name": "b", "title": {"default": "And why?", "de": "Warum?"}},
                            {"type": "html", "name": "c", "html": "<p>Thanks</p>"},
                        ],
                    }
                ],
            }
        )
        safe = found.bank.prompts["how-safe"].answer

        assert shelves(found) == {"You": ["How safe?", "And why?"]}
        assert isinstance(safe, ScaleAnswer)
        assert (safe.points, safe.low) == (7, "not")
        assert [one.text for one in found.translations[0].prompts.values()] == ["Warum?"]
        assert "Thanks" in "".join(one.text for one in found.kept)

    def test_properties_of_a_field(self) -> None:
        """They belong to the question; those of a group hold others."""
        ends = {"left": "bad", "right": "good"}
        found = of_json({
            "fields": [
                {"title": "How are you?", "type": "opinion_scale", "properties": {"steps": 9, "labels": ends}},
                {"title": "Pick some", "type": "multiple_choice", "properties": {
                    "allow_multiple_selection": True, "choices": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}},
                {"title": "Work", "type": "group", "properties": {"fields": [{"title": "What next?", "type": "text"}]}},
            ],
        })  # fmt: skip
        how, pick, _ = (one.answer for one in found.bank.prompts.values())

        assert shelves(found) == {"Work": ["What next?"]}
        assert how == ScaleAnswer(points=9, low="bad", high="good")
        assert isinstance(pick, ChoicesAnswer)
        assert thaw(pick.options) == {"a": "A", "b": "B"}

    def test_what_a_form_is_called_is_no_question(self) -> None:
        """Beside the list of its questions."""
        found = of_json({"info": {"title": "Form", "owner": "Kim"}, "items": [{"title": "How?"}]})

        assert texts(found) == ["How?"]
        assert "Kim" in found.kept[0].text

    def test_questions_by_their_ids_below_a_title(self) -> None:
        """The title names their section, and asks nothing."""
        found = of_json(
            {"work": {"title": "Work", "q1": "What next?"}, "life": {"title": "Life", "q2": "How are you?"}}
        )

        assert shelves(found) == {"Work": ["What next?"], "Life": ["How are you?"]}

    def test_two_names_of_one_option_are_not_one(self) -> None:
        """Such options are kept as they stand."""
        options = [{"id": "a", "value": "1", "label": "A"}, {"id": "b", "value": "2", "label": "B"}]
        (prompt,) = of_json([{"question": "How?", "options": options}]).bank.prompts.values()

        assert thaw(prompt.extra) == {"x-options": options}
