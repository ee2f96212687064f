"""Two lists that people keep: each text is compared with the source, read in another way."""

import json
import re
from collections import Counter

import pytest
from attrs import evolve

from alliancekit import dumps, loads
from alliancekit.intake import ImportedBank, read_bank
from alliancekit.render import to_csv, to_markdown
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

FOLDER = SHARED / "questions"


def imported(name: str) -> ImportedBank:
    return read_bank((FOLDER / name).read_bytes(), name=name)


class TestQuestionsInTwoLanguages:
    def test_every_question_is_there_in_both(self) -> None:
        """325 of them, in Japanese as far as the source has it, under the numbers of the source."""
        found = imported("1on1-questions.json")
        source = json.loads((FOLDER / "1on1-questions.json").read_text(encoding="utf-8"))["questions"]
        (japanese,) = found.translations

        assert (len(found.bank.prompts), found.bank.language, japanese.language) == (325, "en", "ja-JP")
        assert {name: one.text for name, one in found.bank.prompts.items()} == {
            f"q-{one['id']}": one["question"]["en"].strip() for one in source
        }
        assert {name: one.text for name, one in japanese.prompts.items()} == {
            f"q-{one['id']}": one["question"]["ja_JP"].strip() for one in source if one["question"].get("ja_JP")
        }

    def test_every_category_is_there_in_both(self) -> None:
        """Seven, with the questions that the source has in each."""
        found = imported("1on1-questions.json")
        source = json.loads((FOLDER / "1on1-questions.json").read_text(encoding="utf-8"))
        titles = {one.id: one.title for one in found.translations[0].sections}

        assert {one.title: titles[one.id] for one in found.bank.sections} == {
            name: words["ja_JP"] for name, words in source["i18nCategories"].items()
        }
        assert {one.title: len(one.prompts) for one in found.bank.sections} == Counter(
            one["category"] for one in source["questions"]
        )

    def test_nothing_is_lost(self) -> None:
        """What a prompt cannot say stands beside it."""
        found = imported("1on1-questions.json")
        source = json.loads((FOLDER / "1on1-questions.json").read_text(encoding="utf-8"))["questions"]

        assert not found.kept
        assert {name: dict(one.extra) for name, one in found.bank.prompts.items()} == {
            f"q-{one['id']}": {"x-created-at": one["created_at"], "x-updated-at": one["updated_at"]} for one in source
        }


class TestQuestionsWithReasons:
    def test_every_question_has_its_reason(self) -> None:
        """42 headings of the third level, each with the words below it."""
        found = imported("data-leaders-handbook.mdx")
        page = (FOLDER / "data-leaders-handbook.mdx").read_text(encoding="utf-8")
        parts = re.split(r"^(#{2,3}) (.*)$", page, flags=re.MULTILINE)
        source = [
            (title, body)
            for mark, title, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
            if len(mark) == 3
        ]

        assert len(source) == len(found.bank.prompts) == 42
        for (title, body), one in zip(source, found.bank.prompts.values(), strict=True):
            assert one.text == re.sub(r"\s*★*\s*(\{#.*\})?$", "", title)
            assert re.sub(r"\W+", " ", one.why or "").split() == re.sub(r"\W+", " ", body).split()
            assert one.extra.get("x-rating", "") == "★" * title.count("★")

    def test_sections_are_the_headings_above(self) -> None:
        """But for one that holds no question, which is kept with its words."""
        found = imported("data-leaders-handbook.mdx")
        page = (FOLDER / "data-leaders-handbook.mdx").read_text(encoding="utf-8")
        headings = re.findall(r"^## (.*?) \{#", page, flags=re.MULTILINE)

        assert (found.bank.title, len(found.bank.sections)) == ("1:1 Meeting Questions", 7)
        assert [one.title for one in found.bank.sections] == [one for one in headings if one != "Feedback for Them"]
        assert any("Feedback for Them" in one.text for one in found.kept)

    def test_every_word_is_somewhere(self) -> None:
        """In the bank or in what was kept aside."""
        found = imported("data-leaders-handbook.mdx")
        page = (FOLDER / "data-leaders-handbook.mdx").read_text(encoding="utf-8")
        told = json.dumps(json.loads(dumps(found.bank, format="json")), ensure_ascii=False).replace("\\n", " ")

        assert not set(re.findall(r"\w+", re.sub(r"\{#[^}]*\}", "", page))) - set(re.findall(r"\w+", told))


@pytest.mark.parametrize("name", ["1on1-questions.json", "data-leaders-handbook.mdx"])
class TestThereAndBack:
    def test_a_table_says_all(self, name: str) -> None:
        """Prompts, sections and translations come back as they were."""
        found = imported(name)
        back = read_bank(to_csv(found.bank, found.translations), name="a.csv", language=found.bank.language)

        assert (back.bank.prompts, back.bank.sections) == (found.bank.prompts, found.bank.sections)
        assert [(one.prompts, one.sections) for one in back.translations] == [
            (one.prompts, one.sections) for one in found.translations
        ]

    def test_a_page_says_all(self, name: str) -> None:
        """The bank itself too; a run of spaces is one space there."""
        found = imported(name).bank
        spaced = [evolve(one, text=re.sub(" +", " ", one.text)) for one in found.prompts.values()]
        back = read_bank(to_markdown(found), name="a.md").bank

        assert (back.id, back.title, back.language) == (found.id, found.title, found.language)
        assert (list(back.prompts.values()), back.sections) == (spaced, found.sections)

    def test_a_file_says_all(self, name: str) -> None:
        """And what was kept aside."""
        found = imported(name).bank

        assert loads(dumps(found)) == found
