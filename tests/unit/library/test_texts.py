"""What our banks and flows say in other languages than English."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from alliancekit import dumps, library, load, loads
from alliancekit.flow import Flow, FlowTranslation, Step
from alliancekit.model import Bank, BankTranslation, Prompt, PromptTranslation

HERE = Path(library.__file__).parent
# The question mark that each language ends a question with.
LANGUAGES = {"de": "?", "ja": "？", "pt": "?"}
BANKS = [("bank", name, language) for name in library.bank_names() for language in LANGUAGES]
FLOWS = [("flow", name, language) for name in library.flow_names() for language in LANGUAGES]

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def each(files: list[tuple[str, str, str]]) -> pytest.MarkDecorator:
    ids = [f"{name}.{language}.{kind}" for kind, name, language in files]
    return pytest.mark.parametrize(("kind", "name", "language"), files, ids=ids)


def path_of(kind: str, name: str, language: str) -> Path:
    return HERE / f"{kind}s" / f"{name}.{language}.{kind}.yaml"


@cache
def texts_of(kind: str, name: str, language: str = "en") -> dict[str, str]:
    """Return each text of a bank or a flow, or of a translation of it, under what it is the text of."""
    if kind == "bank":
        read = library.bank(name) if language == "en" else load(path_of(kind, name, language), BankTranslation)
        return dict(_of_bank(read))
    if language == "en":
        return dict(_of_steps(library.flow(name)))
    return dict(_of_flow(load(path_of(kind, name, language), FlowTranslation)))


def _of_bank(bank: Bank | BankTranslation) -> Iterator[tuple[str, str]]:
    yield "title", bank.title or ""
    yield from ((f"section {one.id}", one.title) for one in bank.sections)
    for prompt in bank.prompts.values():
        yield from _of_prompt(prompt)


def _of_prompt(prompt: Prompt | PromptTranslation) -> Iterator[tuple[str, str]]:
    place = prompt.answer if isinstance(prompt, Prompt) else prompt
    yield f"{prompt.id} text", prompt.text
    yield f"{prompt.id} why", prompt.why or ""
    yield from ((f"{prompt.id} option {key}", label) for key, label in getattr(place, "options", {}).items())
    yield from ((f"{prompt.id} {end}", getattr(place, end)) for end in ("low", "high") if getattr(place, end, None))
    yield from ((f"{prompt.id}.{one.id} text", one.text) for one in prompt.follow_ups)


def _of_steps(flow: Flow) -> Iterator[tuple[str, str]]:
    yield "title", flow.title
    yield from _of_each(flow.steps)


def _of_each(steps: tuple[Step, ...]) -> Iterator[tuple[str, str]]:
    for one in steps:
        yield from ((f"{one.id} {key}", getattr(one, key)) for key in ("title", "text") if getattr(one, key, None))
        yield from _of_each(getattr(one, "steps", ()))


def _of_flow(flow: FlowTranslation) -> Iterator[tuple[str, str]]:
    yield "title", flow.title or ""
    for one in flow.steps.values():
        yield from ((f"{one.id} {key}", getattr(one, key)) for key in ("title", "text") if getattr(one, key))


class TestEachTranslation:
    def test_all_are_there(self) -> None:
        """Each bank and each flow is there in each of the languages, and nothing else lies beside them."""
        found = [one for kind in ("bank", "flow") for one in (HERE / f"{kind}s").iterdir()]
        translated = {path_of(kind, name, language) for kind, name, language in BANKS + FLOWS}
        sources = {HERE / f"{kind}s" / f"{name}.{kind}.yaml" for kind, name, _ in BANKS + FLOWS}
        assert set(found) == translated | sources

    @each(BANKS + FLOWS)
    def test_it_says_what_it_is(self, kind: str, name: str, language: str) -> None:
        """It says inside what it translates and into which language, as its name does, and is written as it is read."""
        read = loads(path_of(kind, name, language).read_text(encoding="utf-8"))
        assert isinstance(read, BankTranslation if kind == "bank" else FlowTranslation)
        assert (read.translates, read.language) == (name, language)
        assert loads(dumps(read)) == read

    @each(BANKS + FLOWS)
    def test_it_is_complete(self, kind: str, name: str, language: str) -> None:
        """Each text of the source is there, in its order, and no other is."""
        assert list(texts_of(kind, name, language)) == list(texts_of(kind, name))

    @each(BANKS + FLOWS)
    def test_nothing_is_left_in_english(self, kind: str, name: str, language: str) -> None:
        """No text is empty, and none is the one that was to be translated."""
        source = texts_of(kind, name)
        assert [key for key, text in texts_of(kind, name, language).items() if text in {"", source[key]}] == []

    @each(BANKS + FLOWS)
    def test_placeholders(self, kind: str, name: str, language: str) -> None:
        """What is put into a text is put into its translation, as often."""
        found = {key: sorted(PLACEHOLDER.findall(text)) for key, text in texts_of(kind, name, language).items()}
        assert found == {key: sorted(PLACEHOLDER.findall(text)) for key, text in texts_of(kind, name).items()}

    @each(BANKS)
    def test_questions(self, kind: str, name: str, language: str) -> None:
        """Each prompt and each follow-up is one question, which ends as a question does in that language."""
        asked = [text for key, text in texts_of(kind, name, language).items() if key.endswith(" text")]
        mark = LANGUAGES[language]
        assert [text for text in asked if not text.endswith(mark) or len(re.findall(r"[?？]", text)) > 1] == []

    @each([one for one in BANKS + FLOWS if one[2] == "ja"])
    def test_japanese(self, kind: str, name: str, language: str) -> None:
        """Each text is in Japanese letters, and none has a space in it, as where a line was folded."""
        texts = texts_of(kind, name, language).values()
        assert [text for text in texts if not JAPANESE.search(text) or " " in text] == []


class TestTogether:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_two_say_alike(self, language: str) -> None:
        """What two files say in the same words, they say alike in each language; an option fits its own question."""
        seen: dict[str, set[str]] = {}
        for kind, name in sorted({(kind, name) for kind, name, _ in BANKS + FLOWS}):
            translated = texts_of(kind, name, language)
            for key, text in texts_of(kind, name).items():
                if " option " not in key:
                    seen.setdefault(text, set()).add(translated[key])
        assert {text: found for text, found in seen.items() if len(found) > 1} == {}
