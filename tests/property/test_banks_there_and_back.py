"""
Banks, as tables and as pages, and back.

A table says all of its prompts, sections and translations, whatever their words are. A page says the same in Markdown,
where a run of space is one space.
"""

from collections.abc import Callable
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit.intake import read_bank
from alliancekit.model import Bank, BankTranslation, Prompt, PromptTranslation, Section, SectionTranslation
from alliancekit.render import to_csv, to_markdown
from alliancekit.values import FrozenMap
from alliancekit.wire import unstructure
from tests.strategies import values

IDS = ("a", "b-2", "how", "q-1", "zz")
LINES = st.sampled_from([
    "How?", "=1+1", "'=1", "'quoted'", "a; b", "a\\; b\\n", "x: y", "1. One", "- a", "# b", "@ana", "#3", "a|b", "**c**", "どう？", "כן?",
    "[l](http://a.b)", "<b>", "\\", '"', "“x”", "null", "3", "{}", "`c`", "★★", "& &amp;", "Tags: b", "{#a}", "---", "a_b_", "+1",
])  # fmt: skip
WORDS = LINES | st.sampled_from(
    [" a ", "a\nb", "a\n  b", "a\n\nb", "a\tb", "\u00a0a", "\n=1", "　=1", "a\n", "'\n=", "\u200bx"]
)
FREE = st.dictionaries(st.sampled_from(["x-a", "x-b"]), LINES | st.integers(0, 9) | st.just([{"a": None}]), max_size=2)


@st.composite
def banks(draw: st.DrawFn, words: st.SearchStrategy[str]) -> Bank:
    """Return a bank in whose words is whatever people write, and whose prompts stand in sections in every way."""
    prompts = [_told(draw(values(Prompt)), name, draw, words) for name in draw(_some(IDS))]
    sections = [
        Section(id=name, title=draw(words), prompts=draw(_some((*(one.id for one in prompts), "of-another"))))
        for name in draw(_some(IDS))
    ]
    return Bank(id="a", title="A", sections=sections, prompts=FrozenMap((one.id, one) for one in prompts))


def _some(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=3)


def _told(prompt: Prompt, name: str, draw: st.DrawFn, words: st.SearchStrategy[str]) -> Prompt:
    """Return *prompt* with other words in the same places."""

    def other(old: str | None) -> str | None:
        return None if old is None else draw(words)

    parts: dict[str, Any] = {"low": other, "high": other, "unit": other}
    answer: Any = prompt.answer
    changed = {key: change(getattr(answer, key)) for key, change in parts.items() if hasattr(answer, key)}
    if hasattr(answer, "options"):
        changed["options"] = FrozenMap((key, draw(words)) for key in answer.options)
    follow_ups = {one.id: evolve(one, text=draw(words), extra={}) for one in prompt.follow_ups}
    return evolve(
        prompt,
        id=name,
        text=draw(words),
        why=other(prompt.why),
        answer=evolve(answer, extra={}, **changed),
        follow_ups=follow_ups.values(),
        tags=draw(st.lists(words, unique=True, max_size=2)),
        extra=draw(FREE),
    )


def _translation(bank: Bank, language: str, draw: Callable[[st.SearchStrategy[str]], str]) -> BankTranslation:
    prompts = [
        PromptTranslation(
            id=name,
            text=draw(WORDS),
            why=draw(WORDS),
            options={key: draw(WORDS) for key in getattr(one.answer, "options", ())},
            low=draw(WORDS) if getattr(one.answer, "low", None) else None,
            unit=draw(WORDS) if getattr(one.answer, "unit", None) else None,
            follow_ups=[evolve(each, text=draw(WORDS)) for each in one.follow_ups],
        )
        for name, one in bank.prompts.items()
    ]
    sections = [SectionTranslation(id=one.id, title=draw(WORDS)) for one in bank.sections]
    return BankTranslation(
        translates="a", language=language, sections=sections, prompts=FrozenMap((one.id, one) for one in prompts)
    )


def _plain(bank: Bank) -> list[Any]:
    return sorted(([name, unstructure(one)] for name, one in bank.prompts.items()), key=repr)


@settings(max_examples=150)
@given(banks(WORDS), st.data())
def test_a_table_comes_back_as_it_was(bank: Bank, data: st.DataObject) -> None:
    """Every word of it, in every language."""
    other = _translation(bank, "ja", data.draw)
    back = read_bank(to_csv(bank, [other]), name="a.csv")

    assert _plain(back.bank) == _plain(bank)
    assert [(one.id, one.prompts) for one in back.bank.sections] == [(one.id, one.prompts) for one in bank.sections]
    assert not back.kept
    assert [one.prompts for one in back.translations] == ([other.prompts] if bank.prompts or bank.sections else [])


@settings(max_examples=150)
@given(banks(LINES))
def test_a_page_comes_back_as_it_was(bank: Bank) -> None:
    """As far as a page can tell one text from another."""
    back = read_bank(to_markdown(bank), name="a.md")

    assert (_plain(back.bank), back.bank.sections, back.kept) == (_plain(bank), bank.sections, ())
