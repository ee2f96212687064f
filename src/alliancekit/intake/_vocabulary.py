"""
By which words a heading, a label or a column is understood, in all languages at once.

The lists stand in `_words/`, one file for each language. Agreements mix languages, and seldom say which is theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, final

__all__ = ["LANGUAGES", "Lexicon", "expected_of", "lexicon", "plain"]

LANGUAGES: Final = ("en", "de", "pt", "ja")

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"^(?:[#§]|(?:\d+|[ivx]+|[a-z])[.):](?!\d)\s*)+(?:\d+[.)]?\s*)*", re.IGNORECASE)
_ENDS: Final = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN: Final = re.compile(r"[\s_/]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ARTICLE: Final = re.compile(r"^(?:the|our|your|die|der|das|unsere?|eure|os?|as?|noss[oa]s?) ")
_SPACELESS: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


# Each line is asked about by every list.
@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return *text* as it is compared: without case, numbers before it, and signs around it."""
    text = _CAMEL.sub(" ", text) if " " not in text else text
    text = _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).replace("’", "'")).casefold().strip()
    return _ENDS.sub("", _NUMBER.sub("", text))


@final
class Lexicon:
    """
    Lists of words by name, and which of them a text meets.

    Args:
        lists: The words by name; of two that are met, the one that stands first counts.
    """

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self._whole = {name: {plain(one[1:]) for one in words if one[0] == "="} for name, words in lists.items()}
        self._within = {name: _pattern(one for one in words if one[0] != "=") for name, words in lists.items()}

    def has(self, name: str, text: str) -> bool:
        """Return whether *text* has a word of the list *name*, or is one."""
        said = plain(text)
        bare = _ARTICLE.sub("", said)
        return bool(self._within[name].search(said)) or said in self._whole[name] or bare in self._whole[name]

    def is_one(self, name: str, text: str) -> bool:
        """Return whether *text* is a word of the list *name*, and nothing more."""
        said = plain(text)
        return said in self._whole[name] or bool(self._within[name].fullmatch(said))

    def begins(self, name: str, text: str) -> str:
        """Return the word of the list *name* with which *text* begins, or an empty text."""
        found = self._within[name].match(text.casefold())
        return text[: found.end()] if found else ""

    def first(self, text: str) -> str:
        """Return the first list that *text* meets, or an empty text."""
        return next((name for name in self._within if self.has(name, text)), "")

    def most(self, text: str, least: int = 1) -> str:
        """Return the list of which *text* has most words, the first of several; an empty text where it has fewer than *least*."""
        said = plain(text)
        counts = {name: len(pattern.findall(said)) for name, pattern in self._within.items()}
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] >= least else ""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = sorted(map(_part, words), key=len, reverse=True)
    return re.compile("|".join(parts) or r"(?!)")


def _part(word: str) -> str:
    stem = re.escape(word.rstrip("*")).replace(r"\ ", r"[ -]").replace(r"\-", "[ -]?")
    if _SPACELESS.search(word):
        return stem
    # The ends of a word: letters and digits go on, signs do not. In scripts without spaces nothing does.
    return rf"(?<![^\W_\u3040-\u9fff]){stem}" + (r"[^\W_]*" if word.endswith("*") else r"(?![^\W_\u3040-\u9fff])")


@cache
def lexicon(section: str) -> Lexicon:
    """Return the lists of the table *section* of all languages: ``roles``, ``topics``, ``fields``, ``columns``, ``words``."""
    return Lexicon(_lists(section))


def expected_of(text: str) -> tuple[str, str | None] | None:
    """
    Return who expects and of whom, in the words of a heading like "What Ada can expect from Ben"; None for any other.

    Who only stands there as a pronoun ("what I can expect from Ben") is an empty text; of whom may be left open (None).
    """
    said = plain(text)
    if len(said) > _LONGEST or not (found := next(filter(None, (one.fullmatch(said) for one in _phrases())), None)):
        return None
    others = _lists("expects")["other"]
    by, of = (one and _ARTICLE.sub("", one) for one in (found["by"], found.groupdict().get("of")))
    return "" if by is None or by in others else by, "" if of in others else of


@cache
def _phrases() -> tuple[re.Pattern[str], ...]:
    name = r"(?P<\1>\\S.{0,60}?)"
    return tuple(re.compile(re.sub(r"\\{(by|of)\\}", name, re.escape(one))) for one in _lists("expects")["expects"])


@cache
def _lists(section: str) -> dict[str, list[str]]:
    from pkgutil import get_data
    from tomllib import loads

    lists: dict[str, list[str]] = {}
    for language in LANGUAGES:
        data = get_data(__name__.rpartition(".")[0], f"_words/{language}.toml") or b""
        for name, words in loads(data.decode())[section].items():
            lists.setdefault(name, []).extend(words)
    return lists
