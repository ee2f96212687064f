"""The words of a language: what somebody handed over, or its file in this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from alliancekit.check._words._words import LISTS, Words
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.values import EMPTY

__all__ = ["read_words", "words_of"]

_ENGLISH: Final = "en"
_HERE: Final = Path(__file__).parent
_SUFFIX: Final = ".toml"


def words_of(language: str | None, own: Mapping[str, Words] = EMPTY) -> Words | None:
    """
    Return the words of *language*; None for one without any.

    The whole tag is looked for first, and then its beginning: ``pt-BR``, then ``pt``.

    Args:
        language: A BCP 47 tag; None is English.
        own: The words of other languages by their tags, or other words of the same; they come first.

    .. versionadded:: 0.1
    """
    mine = {tag.lower(): words for tag, words in own.items()}
    tags = tuple(_shorter((language or _ENGLISH).lower()))
    found = next((mine[tag] for tag in tags if tag in mine), None)
    # A tag comes from the document: it chooses among the files that there are, and leads to no other.
    return found or next((_built_in(tag) for tag in tags if tag in _languages()), None)


def read_words(text: str) -> Words:
    """
    Return the words that a TOML text lists: one array of texts for each attribute of `Words`.

    Raises:
        UnknownNameError: It has a list that no rule knows.
        InvalidValueError: It is no TOML, or a list has something else than words in it.

    .. versionadded:: 0.1
    """
    from tomllib import TOMLDecodeError, loads

    try:
        lists: dict[str, Any] = loads(text)
    except TOMLDecodeError as error:
        raise InvalidValueError("read_words", "text", f"must be TOML: {error}") from error
    for name in lists:
        if name not in LISTS:
            raise UnknownNameError("list of words", name, LISTS)
    return Words(**lists)


def _shorter(tag: str) -> Iterator[str]:
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


@cache
def _built_in(tag: str) -> Words:
    return read_words(_HERE.joinpath(f"{tag}{_SUFFIX}").read_text(encoding="utf-8"))


@cache
def _languages() -> frozenset[str]:
    return frozenset(one.stem for one in _HERE.glob(f"*{_SUFFIX}"))
