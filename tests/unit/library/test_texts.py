"""What our banks and flows say in other languages than English."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from alliancekit import dumps, library, loads
from alliancekit.check import check_text
from alliancekit.flow import Flow, FlowTranslation, Step
from alliancekit.model import Bank, BankTranslation, Prompt

Kind = Literal["bank", "flow"]

HERE = Path(library.__file__).parent
# The mark that ends a question in each of the languages.
LANGUAGES = {"de": "?", "ja": "？", "pt": "?"}
BANKS: list[tuple[Kind, str, str]] = [("bank", name, tag) for name in library.bank_names() for tag in LANGUAGES]
FLOWS: list[tuple[Kind, str, str]] = [("flow", name, tag) for name in library.flow_names() for tag in LANGUAGES]

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def each(files: list[tuple[Kind, str, str]]) -> pytest.MarkDecorator:
    ids = [f"{name}.{language}.{kind}" for kind, name, language in files]
    return pytest.mark.parametrize(("kind", "name", "language"), files, ids=ids)


def source_of(kind: Kind, name: str) -> Bank | Flow:
    return library.bank(name) if kind == "bank" else library.flow(name)


def path_of(kind: Kind, name: str, language: str) -> Path:
    return HERE / f"{kind}s" / f"{name}.{language}.{kind}.yaml"


def read(kind: Kind, name: str, language: str) -> BankTranslation | FlowTranslation:
    found = loads(path_of(kind, name, language).read_text(encoding="utf-8"))
    assert isinstance(found, BankTranslation | FlowTranslation)
    return found


def texts_of(kind: Kind, name: str, language: str = "en") -> dict[str, str]:
    """Return each text that people read in that language, under what it is the text of."""
    if kind == "bank":
        return dict(_of_bank(library.bank(name, language=language)))
    flow = library.flow(name, language=language)
    return {"title": flow.title, **dict(_of_steps(flow.steps))}


def _of_bank(bank: Bank) -> Iterator[tuple[str, str]]:
    yield "title", bank.title
    yield from ((f"section {one.id}", one.title) for one in bank.sections)
    for prompt in bank.prompts.values():
        yield from _of_prompt(prompt)


def _of_prompt(prompt: Prompt) -> Iterator[tuple[str, str]]:
    answer = prompt.answer
    yield f"{prompt.id} text", prompt.text
    yield f"{prompt.id} why", prompt.why or ""
    yield from ((f"{prompt.id} option {key}", label) for key, label in getattr(answer, "options", {}).items())
    yield from ((f"{prompt.id} {end}", getattr(answer, end)) for end in ("low", "high") if hasattr(answer, end))
    yield from ((f"{prompt.id}.{one.id} text", one.text) for one in prompt.follow_ups)


def _of_steps(steps: tuple[Step, ...]) -> Iterator[tuple[str, str]]:
    for one in steps:
        yield from ((f"{one.id} {key}", getattr(one, key)) for key in ("title", "text") if getattr(one, key, None))
        yield from _of_steps(getattr(one, "steps", ()))


class TestEachTranslation:
    def test_all_are_there(self) -> None:
        """Each bank and each flow is there in each of the languages, and nothing else lies beside them."""
        found = [one for kind in ("bank", "flow") for one in (HERE / f"{kind}s").iterdir()]
        sources = {HERE / f"{kind}s" / f"{name}.{kind}.yaml" for kind, name, _ in BANKS + FLOWS}
        assert set(found) == {path_of(*one) for one in BANKS + FLOWS} | sources

    @each(BANKS + FLOWS)
    def test_it_says_what_it_is(self, kind: Kind, name: str, language: str) -> None:
        """It says inside what it translates and into which language, as its name does, and is written as it is read."""
        found = read(kind, name, language)
        assert (found.translates, found.language) == (name, language)
        assert loads(dumps(found)) == found

    @each(BANKS + FLOWS)
    def test_it_is_complete_and_fresh(self, kind: Kind, name: str, language: str) -> None:
        """Nothing of the source is missing, none of it has changed since, and what is filled in is the same."""
        assert library.translation_gaps(source_of(kind, name), read(kind, name, language)) == ()
        assert library.translation_coverage(name, language, kind).is_complete

    @each(BANKS + FLOWS)
    def test_nothing_is_left_in_english(self, kind: Kind, name: str, language: str) -> None:
        """No text that people read is the one that was to be translated."""
        source = texts_of(kind, name)
        found = texts_of(kind, name, language)
        assert [key for key, text in source.items() if found[key] in {"", text}] == []

    @each(BANKS)
    def test_questions(self, kind: Kind, name: str, language: str) -> None:
        """Each prompt and each follow-up is one question, which ends as a question does in that language."""
        asked = [text for key, text in texts_of(kind, name, language).items() if key.endswith(" text")]
        mark = LANGUAGES[language]
        assert [text for text in asked if not text.endswith(mark) or len(re.findall(r"[?？]", text)) > 1] == []

    @each(BANKS)
    def test_the_rules_find_nothing(self, kind: Kind, name: str, language: str) -> None:
        """In the words of its language too, no question of the bank is closed, asked twice or several in one."""
        assert check_text(dumps(library.bank(name, language=language)), path=f"{name}.{kind}.yaml") == ()

    @each([one for one in BANKS + FLOWS if one[2] == "ja"])
    def test_japanese(self, kind: Kind, name: str, language: str) -> None:
        """Each text is in Japanese letters, and none has a space in it, as where a line was folded."""
        texts = texts_of(kind, name, language).values()
        assert [text for text in texts if not JAPANESE.search(text) or " " in text] == []


class TestTogether:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_two_say_alike(self, language: str) -> None:
        """What two files say in the same words, they say alike in each language; an option fits its own question."""
        seen: dict[str, set[str]] = {}
        for kind, name, _ in (one for one in BANKS + FLOWS if one[2] == language):
            translated = texts_of(kind, name, language)
            for key, text in texts_of(kind, name).items():
                if " option " not in key:
                    seen.setdefault(text, set()).add(translated[key])
        assert {text: found for text, found in seen.items() if len(found) > 1} == {}
