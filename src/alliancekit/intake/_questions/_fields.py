"""The fields of one entry, taken out one by one: what nobody takes is left, and is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, final

from alliancekit.intake._questions._names import (
    STRONG_TEXTS,
    TEXTS,
    field_of,
    language_of,
    plain_key,
    rank_of,
    split_language,
)
from alliancekit.intake._questions._values import is_question, words_of
from alliancekit.values import is_mapping

__all__ = ["Fields", "body_key", "question_key"]

T = TypeVar("T")

_RANK: Final = {name: place for place, name in enumerate(TEXTS)}
_BODIES: Final = frozenset({"text", "body", "content", "message"})


@final
class Fields:
    """
    The fields of one entry that are still to be understood.

    Args:
        given: The entry: its keys with their values.

    Attributes:
        left: What nobody took.
        taken: The keys that were, each with what it means.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.left = {key: value for key, value in given.items() if value not in ("", [], {}) and not _is_blank(value)}
        self.taken: dict[str, str] = {}
        self._keys: dict[str, list[tuple[str, str]]] = {}
        named = [(*split_language(key), key) for key in self.left]
        for name, language, key in sorted(named, key=lambda one: rank_of(one[0])):
            self._keys.setdefault(field_of(name), []).append((key, language))

    def text(self) -> dict[str, str]:
        """Take the question; empty where there is none."""
        key = question_key(self.left)
        if not key:
            return self._languages()
        name = split_language(key)[0]
        found: dict[str, str] = {}
        for other in [one for one in self.left if split_language(one)[0] == name]:
            found |= self._words(other, "text")
        return found | self._languages()

    def _words(self, key: str, field: str) -> dict[str, str]:
        """Take the words under one key; a language in its name is theirs."""
        language = split_language(key)[1]
        words = words_of(self.left[key])
        if not words:
            return {}
        self._use(key, field)
        return {language or tag: text for tag, text in words.items()}

    def _use(self, key: str, field: str) -> None:
        self.taken[key] = field
        del self.left[key]

    def _languages(self) -> dict[str, str]:
        """Take the texts whose keys are languages: ``{"id": 7, "en": …, "de": …}``."""
        found: dict[str, str] = {}
        for key in [one for one in self.left if not field_of(one) and language_of(one)]:
            if isinstance(self.left[key], str):
                found[language_of(key)] = self.left[key]
                self._use(key, "text")
        return found

    def words(self, field: str) -> dict[str, str]:
        """Take the words of *field*, in all its languages; of several keys that mean it, the first."""
        keys = self._keys.get(field, ())
        found: dict[str, str] = {}
        taken = ""
        for key, _ in keys:
            name = split_language(key)[0]
            if key in self.left and taken in ("", name) and (words := self._words(key, field)):
                found, taken = found | words, name
        return found

    def take(self, field: str, read: Callable[[Any], T | None]) -> T | None:
        """Take the first value of *field* that *read* understands."""
        for key, language in self._keys.get(field, ()):
            if key in self.left and not language and (found := read(self.left[key])) is not None:
                self._use(key, field)
                return found
        return None

    def peek(self, field: str) -> Any:
        """Return the first value of *field* that nobody took."""
        return next((self.left[key] for key, _ in self._keys.get(field, ()) if key in self.left), None)


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def question_key(given: Mapping[str, Any]) -> str:
    """
    Return the key under which the question of an entry stands; empty where none does.

    A key such as ``question`` decides. Of a title and a body the one that asks is the question.
    """
    found = [(key, plain_key(split_language(key)[0])) for key, value in given.items() if value and words_of(value)]
    strong = [(key, name) for key, name in found if name in STRONG_TEXTS]
    weak = [(key, name) for key, name in found if name in _RANK and name not in STRONG_TEXTS]
    for ranked in (strong, weak):
        asking = [one for one in ranked if any(map(is_question, (words_of(given[one[0]]) or {}).values()))]
        if ranked:
            return min(asking or ranked, key=lambda one: _RANK[one[1]])[0]
    return ""


def body_key(given: Mapping[str, Any]) -> str:
    """Return the key of what a title is followed by, where the title is the question."""
    return next((key for key in given if plain_key(key) in _BODIES and not is_mapping(given[key])), "")
