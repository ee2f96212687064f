"""What the bank rules find in lists of questions that others published; the documentation states these figures."""

import json
import re
from collections import Counter
from collections.abc import Mapping

import pytest

from alliancekit import Bank, Prompt, Section, check, dumps
from alliancekit.findings import Finding
from tests.shared import ROOT, SHARED, needs_shared

PAGE = ROOT / "docs" / "explanation" / "bank-rules.md"
LISTED = SHARED / "questions" / "1on1-questions.json"
HANDBOOK = SHARED / "questions" / "data-leaders-handbook.mdx"
COLUMNS = ("closed-question", "several-questions", "placeholder-in-prompt", "not-a-question", "duplicate-prompt")


def listed(language: str) -> dict[str, str]:
    questions = json.loads(LISTED.read_text(encoding="utf-8"))["questions"]
    return {f"q{one['id']}": one["question"][language] for one in questions}


def english() -> dict[str, str]:
    return listed("en")


def japanese() -> dict[str, str]:
    return listed("ja_JP")


def handbook() -> dict[str, str]:
    """Return its headings of the third level, which are the questions, without their anchors and stars."""
    lines = re.findall(r"^### (.*)$", HANDBOOK.read_text(encoding="utf-8"), re.MULTILINE)
    return {f"q{at}": re.sub(r"\{#.*|★", "", line).strip() for at, line in enumerate(lines, 1)}


LISTS = {
    "1on1-questions.json, English": (english, "en"),
    "1on1-questions.json, Japanese": (japanese, "ja"),
    "data-leaders-handbook.mdx": (handbook, "en"),
}


def judged(texts: Mapping[str, str], language: str) -> tuple[Finding, ...]:
    bank = Bank(
        id="listed",
        title="Listed",
        language=language,
        licence="MIT",
        sections=[Section(id="all", title="All", prompts=[*texts])],
        prompts=[Prompt(id=key, text=text) for key, text in texts.items()],
    )
    return check.check_text(dumps(bank), path="listed.bank.yaml")


def stated(name: str) -> tuple[int, ...]:
    """Return the figures of a list as the documentation states them."""
    (row,) = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} |")]
    return tuple(int(cell) for cell in row.strip("| ").split(" | ")[2:])


@needs_shared
@pytest.mark.parametrize("name", LISTS)
def test_figures(name: str) -> None:
    """Each rule finds as much in each list as the documentation says, and nothing else is found."""
    read, language = LISTS[name]
    texts = read()
    counts = Counter(one.rule for one in judged(texts, language))
    assert set(counts) <= set(COLUMNS)
    assert stated(name) == (len(texts), *(counts[rule] for rule in COLUMNS))


@needs_shared
def test_in_its_text() -> None:
    """What is told twice in the documentation, in its table and in its words, is the same."""
    page = PAGE.read_text(encoding="utf-8")
    findings = [*judged(english(), "en"), *judged(handbook(), "en")]
    counts = Counter(one.rule for one in findings)
    words = ("Closed", "Several", "Blanks", "Twice")
    told = {word: int(count) for word, count in re.findall(r"- \*\*(\w+)\*\*: (\d+) findings", page)}
    rules = ("closed-question", "several-questions", "placeholder-in-prompt", "duplicate-prompt")
    assert told == dict(zip(words, (counts[rule] for rule in rules), strict=True))
