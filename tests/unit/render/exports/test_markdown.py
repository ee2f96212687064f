"""Banks as pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alliancekit.errors import InvalidValueError
from alliancekit.model import Alliance, Bank, Prompt, Section
from alliancekit.render import to_markdown
from tests.unit.render.exports.banks import full
from tests.unit.render.test_escape import ATTACKS, plain

PAGE = """\
# Everything {#full}

- Language: en
- Licence: MIT
- Kinds: one-to-one; team

### What else? {#loose}

## At first {#first}

### Which tone? {#tone}

People mean different things.

- Kind: choices
- Options:
  - direct: Direct
  - warm: Warm
- Note: yes
- Informs: atmosphere
- Follow-ups:
  - works: What works?
  - fails: What not?
- Tags: tone; two\\\\; parts\\\\\\\\

### How often? {#meet}

- Scope: shared
- Kind: choice
- Options:
  - direct: Direct
  - warm: Warm

### How much? {#score}

- Kind: scale
- Points: 7
- Low: Little
- High: Much
- Polarity: positive

### Sure? {#sure}

- Kind: yes-no

## And then {#then}

- Prompts: hours; day; tone; worries; next

### How long? {#hours}

- Kind: number
- Least: \\-0.5
- Most: 40
- Unit: hours

### Which day? {#day}

- Kind: date

### What worries you? {#worries}

- Visibility: private
- Kind: clauses
- Informs: concerns

### What next? {#next}

- Scope: shared
- Kind: clauses
- Evidence: yes
- Informs: expectations; commitments; ground\\_rules\\.conflict; ground\\_rules\\.other

## Nothing yet {#empty}
"""
READERS = {name: MarkdownIt(name) for name in ("commonmark", "js-default", "gfm-like")}


def test_page() -> None:
    """A heading for each section and each prompt, and below it what is not so by default."""
    assert to_markdown(full()) == PAGE


def test_paragraphs() -> None:
    """A reason keeps its paragraphs and the breaks of its lines; elsewhere a line break is a space."""
    bank = Bank(id="b", title="B", prompts=[Prompt(id="q", text="Why\nnot?", why="One\n- line.\n\n \t\n# Two\n")])
    assert to_markdown(bank) == "# B {#b}\n\n### Why not? {#q}\n\nOne\\\n\\- line.\n\n\\# Two\n"


@pytest.mark.parametrize("reader", READERS)
def test_no_line_of_a_reason_begins_anything(reader: str) -> None:
    """Whatever a line of a reason begins with, it is a line of that paragraph."""
    lines = [" ".join(one.split()) for one in ATTACKS if one.strip()]
    why = "\n".join(lines)
    page = to_markdown(Bank(id="b", title="B", prompts=[Prompt(id="q", text="Why?", why=why.replace("\x00\x1b", ""))]))
    kinds = plain(READERS[reader].parse(page))
    assert [one for one in kinds if one not in ("text", "hardbreak")] == [
        "heading_open", "inline", "heading_close", "heading_open", "inline", "heading_close",
        "paragraph_open", "inline", "paragraph_close",
    ]  # fmt: skip
    assert kinds.count("hardbreak") == len(lines) - 1


def test_what_another_bank_has() -> None:
    """A bank that builds on another says so, and names what it places of it."""
    section = Section(id="s", title="S", prompts=["far"])
    bank = Bank(id="b", title="B", extends=["a", "c"], remove=["old"], sections=[section])
    assert to_markdown(bank) == "# B {#b}\n\n- Extends: a; c\n- Remove: old\n\n## S {#s}\n\n- Prompts: far\n"


@pytest.mark.parametrize("words", [*(one for one in ATTACKS if one.strip()), "x {#evil}", "- Kind: date"])
def test_attacks(words: str) -> None:
    """No text of a bank becomes markup, in any place and for any reader."""
    check(words)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1).filter(str.strip))
@settings(max_examples=50)
def test_any_text(words: str) -> None:
    """No text at all does."""
    check(words)


def check(words: str) -> None:
    # On one line, as everywhere but in a reason, and without what no document can carry.
    words = " ".join("".join(one for one in words if one.isspace() or one.isprintable()).split()) or "x"
    page, harmless = to_markdown(full(words)), to_markdown(full("x"))
    for name, reader in READERS.items():
        assert plain(reader.parse(page)) == plain(reader.parse(harmless)), name


def test_readers() -> None:
    """A bank is the same for everybody, so nobody reads it as somebody."""
    with pytest.raises(InvalidValueError, match="goes with an alliance or a check-in, and not with a bank"):
        to_markdown(full(), member="ana")
    with pytest.raises(InvalidValueError, match="not with a bank"):
        to_markdown(full(), alliance=Alliance(id="ana-ben", kind="one-to-one", title="Ana and Ben", members=[]))
