"""Lists in plain lines: marks that Markdown does not know, titles straight above, and what is said below each question."""

import pytest

from alliancekit.intake import read_bank
from alliancekit.values import thaw
from tests.unit.intake.questions.lists import shelves, texts


class TestMarks:
    @pytest.mark.parametrize("mark", ["•", "・", "● ", "◦ ", "– ", "(1) ", "3. ", "a) ", "Q: ", "Q3. ", "**Q1.** "])
    def test_a_line_with_a_mark_is_a_question(self, mark: str) -> None:
        """Though a list of Markdown stands on the same page."""
        found = read_bank(f"## Trust\n{mark}How so?\n\nWords.\n\n## Fun\n- Who?\n")

        assert shelves(found) == {"Trust": ["How so?"], "Fun": ["Who?"]}
        assert [one.text for one in found.kept] == ["Words."]

    def test_what_has_no_mark_goes_on(self) -> None:
        """A question goes on to its end, and what comes then is why."""
        (prompt,) = read_bank("• How does it\nwork?\nTell it in your words.\n").bank.prompts.values()

        assert (prompt.text, prompt.why) == ("How does it work?", "Tell it in your words.")

    def test_marked_lines_that_do_not_ask_are_words(self) -> None:
        """As in a page about something else."""
        found = read_bank("Values:\n• Trust\n• Pace\n\n- How?\n")

        assert texts(found) == ["How?"]
        assert "Trust" in found.kept[0].text

    def test_letters_below_an_entry_follow_it(self) -> None:
        """A letter with a bracket makes no list in Markdown."""
        (prompt,) = read_bank("1. How?\n   a) Why so?\n   b) By whom?\n").bank.prompts.values()

        assert (prompt.text, [one.text for one in prompt.follow_ups]) == ("How?", ["Why so?", "By whom?"])

    def test_one_letter_in_a_sentence_follows_nothing(self) -> None:
        """It stands on no line of its own."""
        assert texts(read_bank("- Do you like a) tea or b) milk?\n")) == ["Do you like a) tea or b) milk?"]


class TestTitles:
    @pytest.mark.parametrize(
        "page", ["{}\n- How?\n- Who?\n", "{}\n1) How?\n2) Who?\n", "{}\n3) How?\n4) Who?\n", "{}\nHow?\nWho?\n"]
    )
    @pytest.mark.parametrize("title", ["Trust", "**Trust**", "Trust:"])
    def test_a_few_words_straight_above_name_a_section(self, page: str, title: str) -> None:
        """And are no question themselves."""
        assert shelves(read_bank(page.format(title), name="a.md")) == {"Trust": ["How?", "Who?"]}

    def test_capitals_above_name_a_section(self) -> None:
        """Also with an empty line between."""
        assert shelves(read_bank("PART 1: TRUST\n\n- How?\n")) == {"PART 1: TRUST": ["How?"]}

    def test_a_sentence_above_names_nothing(self) -> None:
        """It is kept."""
        found = read_bank("Use them well.\n- How?\n")

        assert (shelves(found), found.kept[0].text) == ({}, "Use them well.")

    def test_a_part_that_folds_is_a_section(self) -> None:
        """Under its summary, to its end; one that asks nothing is kept."""
        page = (
            "<details>\n<summary><b>Trust</b></summary>\n\n- How?\n\n</details>\n\n- Who?\n\n"
            "<details><summary>Notes</summary>\n\nWords.\n\n</details>\n"
        )
        found = read_bank(page)

        assert (shelves(found), texts(found)) == ({"Trust": ["How?"]}, ["How?", "Who?"])
        assert [one.text for one in found.kept] == ["<details><summary>Notes</summary>", "Words."]


class TestBelow:
    def test_questions_with_answers(self) -> None:
        """An answer is kept beside the question, and is no part of it."""
        (prompt,) = read_bank("Q: How?\nA: Well enough.\n").bank.prompts.values()

        assert (prompt.text, thaw(prompt.extra)) == ("How?", {"x-answer": "Well enough."})

    def test_what_a_term_means(self) -> None:
        """As lists of definitions are written."""
        (prompt,) = read_bank("How?\n: It helps.\n", name="a.md").bank.prompts.values()

        assert (prompt.text, prompt.why) == ("How?", "It helps.")

    def test_lines_with_names_below_a_heading(self) -> None:
        """Each is a field; a line without a name goes on."""
        page = "### How?\n*Why ask:* It helps\na lot.\n**Follow-up:** By whom?\n\n### Who?\nSay: well\nand go.\n"
        how, who = read_bank(page).bank.prompts.values()

        assert (how.why, [one.text for one in how.follow_ups]) == ("It helps a lot.", ["By whom?"])
        assert who.why == "Say: well and go."

    def test_a_field_that_comes_twice_loses_nothing(self) -> None:
        """The second is why it is asked, with its name."""
        below = "- How?\n  - Why: one\n  - Why: two\n- Who?\n\n  Why: three\n  Why: four\n"
        how, who = read_bank(below).bank.prompts.values()

        assert all(word in str(how.why) for word in ("one", "two"))
        assert all(word in str(who.why) for word in ("three", "four"))
