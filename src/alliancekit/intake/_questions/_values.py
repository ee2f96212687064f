"""Small readings of what stands in a field: words by language, lists, numbers, yes and no."""

from __future__ import annotations

import re
from typing import Any, Final

from alliancekit.intake._questions._draft import PLAIN, Choice
from alliancekit.intake._questions._ids import is_id
from alliancekit.intake._questions._names import TEXTS, field_of, language_of, plain_key
from alliancekit.values import is_list, is_mapping

__all__ = ["choices_of", "flag_of", "id_of", "is_question", "labels_of", "number_of", "words_of"]

_QUESTION: Final = re.compile(
    r"[?？؟;՞፧⁇⁈]\W{0,40}$|[?？؟]\s*[)\]”\"'’]|(?:か|かな|のか|でしょうか|ですか|ますか|吗|呢|嗎|까|까요|나요)[。.．\s)）」]*$"
)
_SPLIT: Final = re.compile(r"[;|\n]")
_LINE_ID: Final = re.compile(r"([a-z][a-z0-9-]{0,63}): +(\S.*)")
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_FLAGS: Final = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}
_INDONESIAN: Final = frozenset({"id", "no"})  # two languages, and two ways to call a number


def is_question(text: str) -> bool:
    """Return whether *text* ends as questions do, in any script; a remark in brackets may follow."""
    return _QUESTION.search(text.strip()[-200:]) is not None or "?" in text[-400:]


def words_of(value: Any) -> dict[str, str] | None:
    """
    Return the words by language that *value* gives, or None where it is no text.

    It may be a text, a number, ``{"en": …, "ja_JP": …}``, that under a key such as ``text``, or a list of
    ``{"language": …, "text": …}``.
    """
    if isinstance(value, str):
        return {PLAIN: value} if value.strip() else {}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {PLAIN: f"{value:g}" if isinstance(value, float) else str(value)}
    if is_mapping(value):
        return _by_language(value) or _below(value)
    return _listed(value) if is_list(value) and value else None


def _by_language(value: dict[str, Any]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for key, text in value.items():
        is_main = plain_key(key) == "default" and len(value) > 1
        language = PLAIN if is_main else language_of(key)
        inner = text if isinstance(text, str) else _only_text(text)
        if not (language or is_main) or not (isinstance(inner, str) or text is None):
            return None
        if plain_key(key) in _INDONESIAN and (inner is None or " " not in inner):
            return None
        if inner and inner.strip():
            found[language] = inner
    return found


def _only_text(value: Any) -> str | None:
    """Return the text of ``{"text": …}`` that says nothing else."""
    if is_mapping(value) and len(value) == 1:
        ((key, text),) = value.items()
        return text if plain_key(key) in TEXTS and isinstance(text, str) else None
    return None


def _below(value: dict[str, Any]) -> dict[str, str] | None:
    if len(value) != 1:
        return None
    ((key, inner),) = value.items()
    return words_of(inner) if plain_key(key) in TEXTS and not is_list(inner) else None


def _listed(value: list[Any]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for one in value:
        if not is_mapping(one) or len(one) != 2:
            return None
        by_field = {field_of(key): text for key, text in one.items()}
        language, text = by_field.get("language"), by_field.get("text")
        if not isinstance(language, str) or not isinstance(text, str) or not (tag := language_of(language)):
            return None
        found[tag] = text
    return found


def labels_of(value: Any) -> tuple[str, ...] | None:
    """Return the labels of a list of texts, or of a text that lists them; None where it is neither."""
    if isinstance(value, str):
        apart = _SPLIT.split(value) if _SPLIT.search(value) else value.split(",")
        return tuple(dict.fromkeys(filter(None, (one.strip() for one in apart))))
    if is_list(value):
        texts = [_label(one) for one in value]
        return None if None in texts else tuple(dict.fromkeys(one.strip() for one in texts if one and one.strip()))
    return None


def _label(value: Any) -> str | None:
    if is_mapping(value):
        named = [text for key, text in value.items() if field_of(key) == "text"]
        rest = [key for key in value if field_of(key) not in ("text", "id")]
        return named[0] if len(named) == 1 and not rest and isinstance(named[0], str) else None
    found = words_of(value) if not is_list(value) else None
    return found.get(PLAIN, "") if found is not None and set(found) <= {PLAIN} else None


def choices_of(value: Any) -> tuple[Choice, ...] | None:
    """Return options or follow-ups: of a list, of an object ``{id: label}``, of a text with one on each line; or None."""
    if isinstance(value, str):
        lines = value.splitlines() if "\n" in value.strip() else _SPLIT.split(value)
        return tuple(_line_choice(one.strip()) for one in lines if one.strip())
    if is_mapping(value):
        single = _by_language(value)
        if single:
            return (Choice(words=single),)
        found = [(key, words_of(one)) for key, one in value.items()]
        return None if any(not words for _, words in found) else tuple(Choice(id=k, words=w or {}) for k, w in found)
    if is_list(value):
        made = [_one_choice(one) for one in value]
        return None if None in made else tuple(one for one in made if one is not None)
    return None


def _line_choice(line: str) -> Choice:
    found = _LINE_ID.fullmatch(line)
    return Choice(id=found[1], words={PLAIN: found[2]}) if found and is_id(found[1]) else Choice(words={PLAIN: line})


def _one_choice(value: Any) -> Choice | None:
    if isinstance(value, bool):
        return Choice(words={PLAIN: "Yes" if value else "No"})
    if not is_mapping(value) or _by_language(value):
        words = words_of(value)
        return Choice(words=words) if words else None
    texts: dict[str, str] = {}
    name = ""
    for key, one in value.items():
        if plain_key(key) in ("value", "id", "key", "code", "slug", "score") and (inner := id_of(one)):
            if name not in ("", inner):
                return None  # an option has one name
            name = inner
        elif field_of(key) == "text" and not texts and (words := words_of(one)):
            texts = words
        elif one not in (None, "", [], {}):
            return None  # more than an option can hold
    return Choice(id=name, words=texts or {PLAIN: name}) if texts or name else None


def id_of(value: Any) -> str:
    """Return the id that *value* gives: a text, a whole number, or ``{"$oid": …}``; else nothing."""
    if is_mapping(value) and len(value) == 1:
        (value,) = value.values()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and not value.is_integer():
        return ""
    return value.strip() if isinstance(value, str) else str(int(value))


def number_of(value: Any) -> float | int | None:
    """Return the number that *value* is or says."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if float(value).is_integer() else value


def flag_of(value: Any) -> bool | None:
    """Return the truth value that *value* is or says."""
    if isinstance(value, bool):
        return value
    return _FLAGS.get(value.strip().casefold()) if isinstance(value, str) else None
