"""Banks as tables."""

import csv
import json
import re
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancekit import loads
from alliancekit.errors import InvalidValueError
from alliancekit.model import Bank, ChoicesAnswer, NumberAnswer, Prompt, Section
from alliancekit.render import to_csv, to_markdown
from tests.shared import SHARED, needs_shared
from tests.unit.render.exports.banks import full, in_japanese

# Written apart from what is tested: what a spreadsheet takes for the beginning of a formula, spaces before it or not.
DANGEROUS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def rows(text: str) -> list[dict[str, str]]:
    """Return what Python's own reader makes of a table."""
    return list(csv.DictReader(StringIO(text, newline="")))


def cells(text: str) -> set[str]:
    return {cell for row in csv.reader(StringIO(text, newline="")) for cell in row}


def starts_formula(cell: str) -> bool:
    return cell.lstrip(" \u3000").startswith(DANGEROUS)


class TestTable:
    def test_rows(self) -> None:
        """What is in no section comes first; what stands in a second section is only named there; an empty one has a row."""
        table = rows(to_csv(full()))
        assert [(row["id"], row["section"], bool(row["text"])) for row in table] == [
            ("loose", "", True),
            ("tone", "first", True),
            ("meet", "first", True),
            ("score", "first", True),
            ("sure", "first", True),
            ("hours", "then", True),
            ("day", "then", True),
            ("tone", "then", False),
            ("worries", "then", True),
            ("next", "then", True),
            ("", "empty", False),
        ]
        assert {row["section_title"] for row in table} == {"", "At first", "And then", "Nothing yet"}

    def test_cells(self) -> None:
        """What is so by default is left empty; lists and options can be told apart again."""
        _, tone, meet, score, *_ = table = rows(to_csv(full()))
        assert (tone["kind"], tone["options"], tone["note"]) == ("choices", "direct: Direct\nwarm: Warm", "yes")
        assert (tone["scope"], meet["scope"], tone["informs"]) == ("", "shared", "atmosphere")
        assert (tone["follow_ups"], tone["tags"]) == ("works: What works?\nfails: What not?", "tone; two\\; parts\\\\")
        assert [score[key] for key in ("points", "low", "high", "polarity")] == ["7", "Little", "Much", "positive"]
        (hours,) = [row for row in table if row["id"] == "hours"]
        assert [hours[key] for key in ("least", "most", "unit")] == ["'-0.5", "40", "hours"]

    def test_columns_that_are_empty_are_left_out(self) -> None:
        """A table has the columns that it needs, and always those of the id and the text."""
        bank = Bank(id="b", title="B", prompts=[Prompt(id="one", text="One?"), Prompt(id="two", text="Two?")])
        assert to_csv(bank) == '"id","text"\n"one","One?"\n"two","Two?"\n'
        assert to_csv(Bank(id="b", title="B")) == '"id","text"\n'

    def test_translations(self) -> None:
        """Each language has columns of its own behind the others."""
        head, *_ = csv.reader(StringIO(to_csv(full(), [in_japanese()])))
        assert [name for name in head if "@" in name] == [
            "section_title@ja",
            "text@ja",
            "why@ja",
            "options@ja",
            "low@ja",
            "high@ja",
            "unit@ja",
            "follow_ups@ja",
        ]
        _, tone, meet, *_ = rows(to_csv(full(), [in_japanese()]))
        assert (tone["section_title@ja"], tone["text@ja"], meet["text@ja"]) == ("はじめに", "どんな調子で?", "")
        assert tone["options@ja"] == "direct: 率直に\nwarm: 温かく"

    def test_a_line_break_in_a_label_goes_on(self) -> None:
        """A label of several lines goes on behind two spaces, so that each option has a line that begins it."""
        options = {"a1": "One\nb1: no option", "b1": "Two"}
        (row,) = rows(
            to_csv(Bank(id="b", title="B", prompts=[Prompt(id="q", text="?", answer=ChoicesAnswer(options=options))]))
        )
        assert re.split(r"\n(?!  )", row["options"]) == ["a1: One\n  b1: no option", "b1: Two"]

    def test_what_another_bank_has(self) -> None:
        """A section may name a prompt of the bank below: its place is told, and nothing else."""
        bank = Bank(id="b", title="B", extends=["a"], sections=[Section(id="s", title="S", prompts=["far"])])
        assert rows(to_csv(bank)) == [{"id": "far", "section": "s", "section_title": "S", "text": ""}]

    def test_free_keys(self) -> None:
        """A free key has a column of its own; what is no text, or would be taken for something else, is JSON."""
        extra = {"x-author": "Ana", "x-year": 2026, "x-code": "2026", "x-none": "", "x-more": {"a": ["é"]}}
        bank = loads(
            json.dumps({"alliancekit": "bank/1", "id": "b", "title": "B", "prompts": {"q": {"text": "?", **extra}}}),
            Bank,
        )
        free = {"x-author": "Ana", "x-year": "2026", "x-code": '"2026"', "x-none": '""', "x-more": '{"a": ["é"]}'}
        assert rows(to_csv(bank)) == [{"id": "q", "text": "?", **free}]
        assert to_markdown(bank).endswith(
            '- x-author: Ana\n- x-year: 2026\n- x-code: "2026"\n- x-none: ""\n- x-more: \\{"a": \\["é"\\]\\}\n'
        )

    def test_numbers(self) -> None:
        """Bounds are written as people write numbers."""
        answers = [NumberAnswer(least=0.1), NumberAnswer(most=1e6)]
        prompts = [Prompt(id=f"q{number}", text="?", answer=one) for number, one in enumerate(answers)]
        table = rows(to_csv(Bank(id="b", title="B", prompts=prompts)))
        assert [(row["least"], row["most"]) for row in table] == [("0.1", ""), ("", "1000000")]

    def test_wrong_use(self) -> None:
        """What is no bank is refused in a sentence."""
        wrong: Any = "one-to-one"
        with pytest.raises(InvalidValueError, match="must be a Bank, not str"):
            to_csv(wrong)


class TestFormulas:
    @pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", "\uff1d1", "'=1", "''=1"])
    def test_a_formula_is_a_text(self, words: str) -> None:
        """Whatever begins like a formula has an apostrophe before it, and so has what would lose one when it is read."""
        table = rows(to_csv(full(words), [in_japanese(words)]))
        assert {row["text"] for row in table if row["text"]} == {f"'{words}"}
        assert not any(starts_formula(cell) for row in table for cell in row.values())

    @pytest.mark.parametrize("words", ["a=1", "0=1", "'a", "it's", "|x", "€ 5"])
    def test_what_is_no_formula_is_left_alone(self, words: str) -> None:
        """Everything else is written as it is."""
        assert {row["text"] for row in rows(to_csv(full(words))) if row["text"]} == {words}

    @given(st.text("'=+-@\uff1d\t\n \u3000ab", min_size=1).filter(str.strip))
    def test_what_was_guarded_is_known_again(self, words: str) -> None:
        """No cell begins a formula, and the apostrophe that was set before one is told from all others."""
        (row,) = rows(to_csv(Bank(id="b", title="B", prompts=[Prompt(id="q", text=words)])))
        cell = row["text"]
        assert not starts_formula(cell)
        guarded = re.match("'+[ \u3000]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell)
        assert (cell[1:] if guarded else cell) == words

    @needs_shared
    @pytest.mark.parametrize("name", sorted(path.name for path in (SHARED / "render").glob("csv_*.json")))
    def test_attacks_by_others(self, name: str) -> None:
        """The attacks by other authors: every cell is in quotes, and what begins a formula has a single quote before it."""
        words = json.loads((SHARED / "render" / name).read_text(encoding="utf-8"))["input"].replace("\r", "\n")
        text = to_csv(full(words))
        assert text.startswith('"id","section"')
        assert not any(starts_formula(cell) for cell in cells(text))
        if starts_formula(words):
            assert {row["text"] for row in rows(text) if row["text"]} == {f"'{words}"}
