"""Laws of reading texts with the words of a language."""

from functools import cache
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancekit.check import words_of
from alliancekit.check._words import Found, Reading
from alliancekit.check._words._phrases import _written
from alliancekit.check._words._words import LISTS as LISTS_OF_WORDS

LANGUAGES = ("en", "pt")
LISTS = ("vague", "weasel", "absolute")
NEUTRAL = st.sampled_from(["zebra", "Zug", "Ωmega", "水", "x_y", "naïve", "re-enter"])
MARKS = st.sampled_from([" ", "  ", "\n", ", ", ". ", ": ", " — ", "-", "’", "; ", "…"])


def entries(language: str, name: str) -> list[str]:
    return [way for entry in getattr(words_of(language), name) for way in _written(entry)]


@cache
def sentences(language: str) -> st.SearchStrategy[str]:
    """Build texts of the words of a language, of others, and of marks."""
    words = words_of(language)
    assert words is not None
    every = sorted({way for name in LISTS_OF_WORDS for way in entries(language, name)})
    return st.lists(st.tuples(st.one_of(st.sampled_from(every), NEUTRAL), MARKS), max_size=12).map(
        lambda pairs: "".join(word + mark for word, mark in pairs)
    )


def reading(text: str, language: str) -> Reading:
    words = words_of(language)
    assert words is not None
    return Reading(text, words)


def found(one: Reading) -> list[Found]:
    single = [each for each in (one.quality, one.negation, one.second_promise) if each]
    return [*one.vague, *one.weasel, *one.absolute, *single]


def verdict(text: str, language: str) -> tuple[object, ...]:
    one = reading(text, language)
    texts = tuple(tuple(each.words.lower() for each in getattr(one, name)) for name in LISTS)
    return one.is_held, bool(one.quality), bool(one.negation), bool(one.second_promise), *map(len, texts)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_what_is_found_stands_there(language: str, data: st.DataObject) -> None:
    """Whatever is found in a text stands in it, at the place that is given."""
    text = data.draw(st.one_of(sentences(language), st.text(max_size=80)))
    for each in found(reading(text, language)):
        assert each.start is None or text[each.start : each.end] == each.words


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_how_it_is_typed(language: str, data: st.DataObject) -> None:
    """Capitals, composed or decomposed accents, and the kind of apostrophe and of hyphen change no verdict."""
    text = data.draw(sentences(language))
    for written in (text.upper(), normalize("NFD", text), text.replace("'", "’"), text.replace("-", "‑")):
        assert verdict(text, language) == verdict(written, language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_number_holds_every_text(language: str, data: st.DataObject) -> None:
    """With a number beside them no words are wrong."""
    text = data.draw(sentences(language))
    assert reading(f"{text} zebra 4", language).is_held


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_found(language: str, name: str) -> None:
    """Each entry is found at the beginning, in the middle and at the end of a text, with hyphens for its spaces too."""
    for entry in entries(language, name):
        for text in (f"{entry} zebra", f"zebra {entry} zebra", f"Zebra: {entry}", f"zebra {entry.replace(' ', '-')}."):
            one = reading(text, language)
            assert getattr(one, name) or one.negation, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_of_words_are_none(language: str) -> None:
    """No entry is found in a longer word."""
    for name in LISTS:
        for entry in (one for one in entries(language, name) if one[-1].isalpha()):
            for text in (f"x{entry}", f"{entry}x", f"zebra-{entry}", f"{entry}-zebra", f"{entry}_", f"zebra'{entry}"):
                whole = [each.words for each in getattr(reading(text, language), name)]
                assert entry not in whole, text
