"""What the bank rules find in lists of questions that others published; the documentation states these figures."""

import re
from collections import Counter

import pytest
from attrs import evolve

from alliancekit import Bank, Prompt, check, dumps, intake
from alliancekit.findings import Finding
from tests.shared import ROOT, SHARED, needs_shared

PAGE = ROOT / "docs" / "explanation" / "bank-rules.md"
COLUMNS = ("closed-question", "several-questions", "placeholder-in-prompt", "not-a-question", "duplicate-prompt")


def imported(name: str) -> intake.ImportedBank:
    return intake.read_bank((SHARED / "questions" / name).read_text(encoding="utf-8"), name=name)


def english() -> Bank:
    return imported("1on1-questions.json").bank


def japanese() -> Bank:
    """Return the same list as if it had been written in Japanese."""
    (translation,) = imported("1on1-questions.json").translations
    prompts = [Prompt(id=key, text=one.text) for key, one in translation.prompts.items()]
    return evolve(english(), language="ja", prompts=prompts)


def handbook() -> Bank:
    return imported("data-leaders-handbook.mdx").bank


LISTS = {
    "1on1-questions.json, English": english,
    "1on1-questions.json, Japanese": japanese,
    "data-leaders-handbook.mdx": handbook,
}


def judged(bank: Bank) -> tuple[Finding, ...]:
    return check.check_text(dumps(evolve(bank, licence="MIT")), path="listed.bank.yaml")


def stated(name: str) -> tuple[int, ...]:
    """Return the figures of a list as the documentation states them."""
    (row,) = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} |")]
    return tuple(int(cell) for cell in row.strip("| ").split(" | ")[2:])


@needs_shared
@pytest.mark.parametrize("name", LISTS)
def test_figures(name: str) -> None:
    """Each rule finds as much in each list as the documentation says, and nothing else is found."""
    bank = LISTS[name]()
    counts = Counter(one.rule for one in judged(bank))
    assert set(counts) <= set(COLUMNS)
    assert stated(name) == (len(bank.prompts), *(counts[rule] for rule in COLUMNS))


@needs_shared
def test_in_its_text() -> None:
    """What is told twice in the documentation, in its table and in its words, is the same."""
    page = PAGE.read_text(encoding="utf-8")
    findings = [*judged(english()), *judged(handbook())]
    counts = Counter(one.rule for one in findings)
    words = ("Closed", "Several", "Blanks", "Twice")
    told = {word: int(count) for word, count in re.findall(r"- \*\*(\w+)\*\*: (\d+) findings", page)}
    rules = ("closed-question", "several-questions", "placeholder-in-prompt", "duplicate-prompt")
    assert told == dict(zip(words, (counts[rule] for rule in rules), strict=True))
