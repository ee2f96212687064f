"""Lists as tables: separators, names of columns, rows of other lengths, and cells that a spreadsheet would compute."""

import pytest

from alliancekit import DocumentError
from alliancekit.intake import read_bank
from alliancekit.model import ChoiceAnswer, NumberAnswer, ScaleAnswer
from alliancekit.values import thaw
from tests.unit.intake.questions.lists import shelves, texts


class TestSeparators:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_the_header_decides(self, separator: str, end: str, mark: str) -> None:
        """Whatever stands in the cells."""
        rows = ["id|question|category", '1|"What, if anything; is hard?"|Trust', "2|Why so?|Trust"]
        table = mark + "".join(row.replace("|", separator) + end for row in rows)

        assert shelves(read_bank(table, name="a.csv")) == {"Trust": ["What, if anything; is hard?", "Why so?"]}

    def test_a_table_without_a_name_is_known_by_its_header(self) -> None:
        """Where two columns have names that mean something."""
        assert texts(read_bank("Question;Tags\nHow?;a, b\n")) == ["How?"]

    def test_a_spreadsheet_may_name_the_separator(self) -> None:
        """On a first line of its own, and lines are counted with it."""
        found = read_bank("sep=;\nquestion;stars\nHow?;3\n", name="a.csv")

        assert (texts(found), found.notes[-1].line) == (["How?"], 3)

    def test_one_column_is_not_parted_at_its_commas(self) -> None:
        """With a name above it or without."""
        for head in ("", "Question\n"):
            found = read_bank(f"{head}What, if anything, is hard?\nAnd you, then?\n", name="a.csv")
            assert texts(found) == ["What, if anything, is hard?", "And you, then?"]


class TestColumns:
    def test_without_names_the_column_that_asks_is_found(self) -> None:
        """And the one before it that says the same again and again is the section."""
        found = read_bank("Trust,How are you?,3\nTrust,What is it?,4\nFun,Who?,5\nFun,When?,6\n", name="a.csv")

        assert shelves(found) == {"Trust": ["How are you?", "What is it?"], "Fun": ["Who?", "When?"]}
        assert thaw(found.bank.prompts["who"].extra) == {"x-column-3": "5"}

    def test_of_unknown_names_the_column_that_asks_is_taken(self) -> None:
        """The others stay under their names."""
        found = read_bank("Level,Wonder,Stars\nA,How?,3\nB,Who?,4\n", name="a.csv")

        assert texts(found) == ["How?", "Who?"]
        assert thaw(found.bank.prompts["who"].extra) == {"x-level": "B", "x-stars": "4"}

    def test_columns_of_languages(self) -> None:
        """By their tags, by their names, and behind what they translate."""
        for head in ("en,de", "English,Deutsch", "question_en,question_de", "Question (en),Question (German)"):
            found = read_bank(f"{head}\nHow?,Wie?\nWho?,Wer?\n", name="a.csv")
            assert found.bank.language == "en"
            assert [one.text for one in found.translations[0].prompts.values()] == ["Wie?", "Wer?"]

    def test_answers_in_cells(self) -> None:
        """Options on lines or behind semicolons, scales as ranges."""
        table = (
            'question,type,options,scale,min,max\nA?,,"Red\nBlue",,,\nB?,,Red; Blue,,,\nC?,,,1-7,,\nD?,number,,,1,9\n'
        )
        answers = [one.answer for one in read_bank(table, name="a.csv").bank.prompts.values()]

        colours = ChoiceAnswer(options={"red": "Red", "blue": "Blue"})
        assert answers == [colours, colours, ScaleAnswer(points=7), NumberAnswer(least=1, most=9)]

    def test_rows_of_other_lengths_lose_nothing(self) -> None:
        """They are noted with their lines."""
        found = read_bank("question,category\nHow?\nWho?,Trust,more,than\n,,\nWhen?,Trust\n", name="a.csv")

        assert [(one.line, one.how) for one in found.notes if one.what == "a row"] == [
            (2, "has 1 cells where the table has 2 columns; all are kept"),
            (3, "has 4 cells where the table has 2 columns; all are kept"),
        ]
        assert thaw(found.bank.prompts["who"].extra) == {"x-column-3": "more", "x-column-4": "than"}

    def test_a_row_that_asks_nothing_is_kept(self) -> None:
        """Verbatim, with its lines."""
        found = read_bank('question,notes\nHow?,a\n,"b\nc"\n', name="a.csv")

        assert [(one.line, one.end_line, one.text) for one in found.kept] == [(3, 4, ',"b\nc"')]

    def test_what_kept_a_spreadsheet_from_computing_is_taken_off(self) -> None:
        """One quote before what looks like a formula, and no other quote."""
        found = read_bank('question,tags\n"\'=1+1?","\'- a"\n"\'t is it?",\'@b\n', name="a.csv")
        one, two = found.bank.prompts.values()

        assert (one.text, one.tags, two.text, two.tags) == ("=1+1?", ("- a",), "'t is it?", ("@b",))

    def test_cells_may_hold_line_breaks_and_quotes(self) -> None:
        """A question is as long as it is; a quote in the middle of a cell means itself."""
        found = read_bank('question,notes\n"How?\r\nReally?",5" wide\nWho "is" it?,b\n', name="a.csv")

        assert texts(found) == ["How?\nReally?", 'Who "is" it?']

    def test_a_quote_that_is_not_closed_is_a_finding(self) -> None:
        """At the row where it opens: it would swallow all that follows."""
        with pytest.raises(DocumentError, match="opens a quote and does not close it") as caught:
            read_bank('question,tags\nA?,b\n"open,c\nB?,d\n', name="a.csv")

        assert (caught.value.findings[0].line, caught.value.findings[0].path) == (3, "a.csv")

    def test_a_cell_beyond_what_can_be_read_is_a_finding(self) -> None:
        """And no crash."""
        with pytest.raises(DocumentError, match="cannot be read"):
            read_bank('question\n"' + "x" * 200_000 + '"\n', name="a.csv")


class TestOwn:
    def test_a_row_without_text_places_a_prompt(self) -> None:
        """Of this bank or of one below it; a row with a section alone is a section without prompts."""
        table = (
            '"id","section","section_title","text"\n"a","one","One","A?"\n"a","two","Two",""\n"base","two","Two",""\n'
            '"","empty","Empty",""\n"","","","B?"\n'
        )
        found = read_bank(table, name="a.csv")

        assert [(one.id, one.title, one.prompts) for one in found.bank.sections] == [
            ("one", "One", ("a",)),
            ("two", "Two", ("a", "base")),
            ("empty", "Empty", ()),
        ]
        assert (texts(found), found.kept) == (["A?", "B?"], ())

    def test_cells_of_ours_are_read_exactly(self) -> None:
        """With the spaces at their ends, and with what was escaped."""
        table = '"id","text","follow_ups","tags","x-stars","x-said"\n"a"," A? ","b: C\n  d\ne: F","g\\; h; i\\\\\\nj","3","""3"""\n'
        (prompt,) = read_bank(table, name="a.csv").bank.prompts.values()

        assert (prompt.text, prompt.tags) == (" A? ", ("g; h", "i\\\nj"))
        assert [(one.id, one.text) for one in prompt.follow_ups] == [("b", "C\nd"), ("e", "F")]
        assert thaw(prompt.extra) == {"x-stars": 3, "x-said": "3"}

    def test_a_table_that_was_saved_again_is_trimmed(self) -> None:
        """Nobody meant the spaces then."""
        (prompt,) = read_bank("id,text,scope,least\na, A? ,shared,\n", name="a.csv").bank.prompts.values()

        assert (prompt.text, prompt.scope) == ("A?", "shared")

    def test_what_ours_cannot_hold_is_kept(self) -> None:
        """Cells beyond the columns, an answer that is none, a row that says only why."""
        found = read_bank(
            '"id","text","why","kind","points"\n"a","A?","","scale","99","more"\n"b","","c"\n', name="a.csv"
        )

        assert len(found.kept) == 3
        assert [one.how for one in found.notes if one.what == "a row"] == [
            "has 6 cells where the table has 5 columns",
            "has 3 cells where the table has 5 columns",
        ]

    def test_a_translation_begins_with_the_question(self) -> None:
        """Where it lacks that, the rest is kept."""
        found = read_bank('"id","text","why@de","text@de"\n"a","A?","weil",""\n"b","B?","da","Be?"\n', name="a.csv")

        assert [one.why for one in found.translations[0].prompts.values()] == ["da"]
        assert [one.text for one in found.kept] == ["weil"]


class TestGerman:
    def test_columns_and_kinds(self) -> None:
        """They are understood as the English ones are."""
        found = read_bank("Frage,Warum fragen,Typ,Antworten\nWas?,Darum,Auswahl,a; b\n", name="a.csv")
        (prompt,) = found.bank.prompts.values()

        assert (prompt.why, prompt.answer) == ("Darum", ChoiceAnswer(options={"a": "a", "b": "b"}))
        assert dict(prompt.extra) == {}
