"""Lists in Markdown: which headings, entries, rows and lines are questions, and what becomes of the rest."""

import json

import pytest

from alliancekit.intake import read_bank
from alliancekit.values import thaw
from tests.unit.intake.questions.lists import noted, shelves, texts


class TestSections:
    def test_headings_are_sections_and_bullets_are_questions(self) -> None:
        """A heading above all others is the title."""
        found = read_bank(
            "# Good questions\n\n## Trust\n\n- How?\n- Who?\n\n### Deep\n\n1. Why?\n\n## Fun\n\n* When?\n"
        )

        assert (found.bank.id, found.bank.title) == ("good-questions", "Good questions")
        assert shelves(found) == {"Trust": ["How?", "Who?"], "Trust / Deep": ["Why?"], "Fun": ["When?"]}

    @pytest.mark.parametrize(
        "lead", ["**Trust**", "__Trust:__", "Trust:", "- Trust\n  - How?\n", "- **Trust**:\n  - How?\n"]
    )
    def test_a_line_above_a_list_names_it(self, lead: str) -> None:
        """In bold, with a colon, or as the entry that holds it."""
        found = read_bank(lead if lead.startswith("-") else f"{lead}\n\n- How?\n")

        assert shelves(found) == {"Trust": ["How?"]}

    def test_a_page_of_one_level_is_a_list(self) -> None:
        """Without a title, each heading is a section."""
        assert shelves(read_bank("# Trust\n- How?\n# Fun\n- Who?\n")) == {"Trust": ["How?"], "Fun": ["Who?"]}

    def test_a_heading_without_questions_is_kept(self) -> None:
        """With what stands below it."""
        found = read_bank("# Q\n## Trust\n- How?\n## For me\nNotes only.\n")

        assert shelves(found) == {"Trust": ["How?"]}
        assert [one.text for one in found.kept] == ["## For me", "Notes only."] or len(found.kept) == 2


class TestQuestions:
    def test_headings_that_ask_have_their_reasons_below(self) -> None:
        """With the lists in it; one that does not ask but stands among them is a question too."""
        found = read_bank(
            "# Q\n## Trust\n### How? {#how-so}\nOne.\n\nTwo:\n\n* a\n* b\n\n### Tell me.\nThree.\n### Who?\n"
        )
        how, tell, who = found.bank.prompts.values()

        assert (how.id, how.why, tell.why, who.why) == ("how-so", "One.\n\nTwo:\n\n- a\n- b", "Three.", None)
        assert shelves(found) == {"Trust": ["How?", "Tell me.", "Who?"]}

    def test_entries_below_a_question_follow_it(self) -> None:
        """At any depth; what does not ask there is why."""
        found = read_bank(
            "- How?\n  - Really?\n    - And then?\n- Who?\n  - It helps.\n  - A lot.\n- When?\n\n  So long.\n"
        )
        how, who, when = found.bank.prompts.values()

        assert [one.text for one in how.follow_ups] == ["Really?", "And then?"]
        assert (who.why, when.why) == ("- It helps.\n- A lot.", "So long.")

    def test_entries_that_are_called_by_name_are_fields(self) -> None:
        """As in what we write."""
        found = read_bank("- How?\n  - Why: because\n  - Tags: a, b\n  - Follow-ups:\n    - Really?\n    - Truly?\n")
        (prompt,) = found.bank.prompts.values()

        assert (prompt.why, prompt.tags, len(prompt.follow_ups)) == ("because", ("a", "b"), 2)

    def test_tables(self) -> None:
        """By the names of their columns, or by what asks."""
        found = read_bank(
            "| Topic | Q | Note |\n|---|---|---|\n| Trust | How? | x |\n| Fun | Who? | y |\n\n|a|b|\n|-|-|\n|1|2|\n"
        )

        assert shelves(found) == {"Trust": ["How?"], "Fun": ["Who?"]}
        assert found.bank.prompts["who"].why == "y"
        assert found.kept[0].line == 6

    @pytest.mark.parametrize(
        ("line", "text", "extra"),
        [
            ("- How? ★★☆", "How?", {"x-rating": "★★☆"}),
            ("- How? (⭐⭐)", "How?", {"x-rating": "⭐⭐"}),
            ("- How? 🔥", "How?", {"x-rating": "🔥"}),
            ("- [x] How?", "How?", {"x-checked": True}),
            ("- [ ] How?", "How?", {}),
            ("- **Trust:** How?", "How?", {"x-lead": "Trust"}),
            ("- **How** are *you* `now`?", "How are you `now`?", {}),
            ("- How? ([Ann](https://a.b/c))", "How? ([Ann](https://a.b/c))", {}),
            ("3. How?", "How?", {}),
            ("## Q1: How?", "How?", {}),
            ("**How?**", "How?", {}),
        ],
    )
    def test_what_stands_around_a_question(self, line: str, text: str, extra: dict[str, object]) -> None:
        """Stars, boxes and leads are no part of it, and are kept beside it; links are."""
        (prompt,) = read_bank(f"{line}\n", name="a.md").bank.prompts.values()

        assert (prompt.text, thaw(prompt.extra)) == (text, extra)

    @pytest.mark.parametrize("page", ["- **How?** It helps.\n", "**How?** It helps.\n", "**How?**\n\nIt helps.\n"])
    def test_what_follows_a_question_in_bold_is_why(self, page: str) -> None:
        """In an entry, or in a paragraph."""
        (prompt,) = read_bank(page).bank.prompts.values()

        assert (prompt.text, prompt.why) == ("How?", "It helps.")

    @pytest.mark.parametrize(
        "text",
        ["調子はどうですか", "最近どう？", "كيف حالك؟", "Πώς είσαι;", "你好吗", "Tell me about it.", "I feel ___"],
    )
    def test_questions_of_any_script_ask(self, text: str) -> None:
        """By their marks, by their last words, or as a bid."""
        assert texts(read_bank(f"- Read this first\n\nNo.\n\n1. {text}\n", name="a.md")) == [text]

    def test_lines_that_ask_are_questions_where_nothing_else_asks(self) -> None:
        """One on each line, or one that goes over several."""
        found = read_bank("Some words.\n\nHow?\nWho?\n\nAnd when\nis it?\n", name="a.txt")

        assert texts(found) == ["How?", "Who?", "And when is it?"]
        assert [one.text for one in found.kept] == ["Some words."]

    def test_a_list_without_marks_is_one_where_nothing_else_asks(self) -> None:
        """But not one of links."""
        page = "- Your best day\n- Your worst day\n\n## Resources\n\n- [A book](https://a.b)\n"

        assert texts(read_bank(page)) == ["Your best day", "Your worst day"]


class TestKept:
    def test_what_is_no_question_is_kept(self) -> None:
        """Words before the lists, contents, code, HTML, links to elsewhere, and keys of the front matter."""
        page = (
            "---\ntitle: Mine\nlicense: MIT\nlang: pt\nauthor: me\n---\n\nWelcome.\n\n- [How?](#how)\n- [Who?](#who)\n\n"
            "import A from 'a';\n\n```\nx?\n```\n\n<b>y?</b>\n\n## One\n\n- How?\n\n## Links\n\n- [A book](https://a.b/?c)\n- plain\n"
        )
        found = read_bank(page, name="a.mdx")

        assert (found.bank.title, found.bank.licence, found.bank.language) == ("Mine", "MIT", "pt")
        assert texts(found) == ["How?"]
        assert [one.line for one in found.kept] == [5, 8, 10, 13, 15, 19, 25, 27]
        assert found.kept[2].text == "- [How?](#how)\n- [Who?](#who)"

    def test_front_matter_that_cannot_be_read_is_kept(self) -> None:
        """The list is read all the same."""
        found = read_bank("---\na: [\n---\n- How?\n", name="a.md")

        assert (texts(found), found.kept[0].line) == (["How?"], 1)

    def test_another_title_is_kept(self) -> None:
        """That of the front matter is the bank's."""
        found = read_bank("---\ntitle: Mine\n---\n# Yours\n## One\n- How?\n", name="a.md")

        assert (found.bank.title, [one.text for one in found.kept]) == ("Mine", ["# Yours"])

    def test_an_id_of_a_heading_that_does_not_fit_is_kept(self) -> None:
        """Beside the id that was made."""
        found = read_bank("## How? {#How_so}\n\n## Who?\n", name="a.md")

        assert thaw(found.bank.prompts["how"].extra) == {"x-anchor": "How_so"}
        assert noted(found)["the id of a heading that cannot be one here"] == "kept as x-anchor"

    def test_what_stands_below_a_question_and_is_no_words_is_kept(self) -> None:
        """Code, tables and HTML."""
        found = read_bank("## How?\n\n```\nx\n```\n\n## Who?\n\n- And?\n\n  ```\n  y\n  ```\n")

        assert [one.line for one in found.kept] == [3, 11]


class TestTime:
    @pytest.mark.parametrize("run", [" ", "\n", "(", "**", "_", "?", "\\", "[a](#b", "★ ", "か"])
    def test_a_long_run_of_anything_is_read_to_its_end(self, run: str) -> None:
        """Nothing is looked at again from each of its places."""
        long = f"a{run * (40_000 // len(run))}b"
        page = f"## {long}\n\n- {long}\n- **{long}\n\n{long}\n"

        assert read_bank(page, name="a.md").bank.title
        table = read_bank(f'question,tags,options\nA?,"{long}","{long}"\n', name="a.csv")
        plain = read_bank(
            json.dumps([{"q": "A?", "scale": long, "tags": long, "options": long, long: 1}]), name="a.json"
        )
        assert ["a"] == [*table.bank.prompts] == [*plain.bank.prompts]


class TestOrder:
    def test_sections_come_as_on_the_page(self) -> None:
        """Also where a table parts a section further."""
        page = "# T\n\n## A\n\n- How are you?\n\n## B\n\n- What else?\n\n| Question | Theme |\n|---|---|\n| What now? | x |\n"

        assert [one.id for one in read_bank(page).bank.sections] == ["a", "b", "b-x"]
