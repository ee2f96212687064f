"""The words of a language: what somebody handed over, or its file in this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import Any, Final

from alliancekit.check._words._words import LISTS, Words
from alliancekit.errors import InvalidValueError, UnknownNameError
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["read_words", "words_of"]

_ENGLISH: Final = "en"
_HERE: Final = Path(__file__).parent
_SUFFIX: Final = ".toml"


def words_of(language: str | None, own: Mapping[str, Words] = EMPTY) -> Words | None:
    """
    Return the words of *language*: ours, and of *own* those for its whole tag and for each beginning of it.

    So ``pt-BR`` has the words of ``pt`` too. None for a language without any.

    Args:
        language: A BCP 47 tag; None is English.
        own: More words, by the tags of their languages.

    .. versionadded:: 0.1
    """
    tag = (language or _ENGLISH).lower()
    return _joined(tag, FrozenMap(own)) if own else _ours(tag)


# What is handed over goes with every document of a run, which are in few languages.
@lru_cache(maxsize=16)
def _joined(tag: str, own: FrozenMap[Words]) -> Words | None:
    known = [words for name, words in own.items() if name.lower() in _shorter(tag)]
    return reduce(Words.with_more, known, _ours(tag) or Words()) if known else _ours(tag)


def _ours(tag: str) -> Words | None:
    # A tag comes from the document: it chooses among the files that there are, and leads to no other.
    return next((_built_in(one) for one in _shorter(tag) if one in _languages()), None)


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
