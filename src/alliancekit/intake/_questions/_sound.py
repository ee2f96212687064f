"""What no document can carry is kept aside before anything is built: control characters, texts that are too long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve

from alliancekit.intake._questions._draft import Choice, Draft, Entry, Words
from alliancekit.intake._report import Kept
from alliancekit.limits import LIMITS
from alliancekit.values import is_frozen_map, is_list, is_mapping, is_tuple

__all__ = ["cleaned", "is_writable", "sound", "written"]

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK: Final = re.compile(r"\r\n?")
# Where an entry may stand in a bank, a document that nests 32 deep has room for so much.
_DEEPEST: Final = 24


def flaw(text: str) -> str:
    """Return why no document can carry *text*; empty where one can."""
    if (found := _CONTROL.search(text)) is not None:
        return f"it holds a control character, U+{ord(found[0]):04X}, which no document can carry"
    if len(text) > LIMITS.text:
        return f"it has {len(text):,} characters; a text may have {LIMITS.text:,}"
    return ""


def cleaned(text: str, *, is_exact: bool = False) -> str:
    """Return *text* with the line breaks of Unix, trimmed where it is not to be kept exactly."""
    plain = _BREAK.sub("\n", text)
    return plain if is_exact else plain.strip()


def written(kept: Kept) -> Kept:
    """Return *kept* as a document can carry it: control characters as escapes."""
    text = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", _BREAK.sub("\n", kept.text))
    return evolve(kept, text=text, pointer=_CONTROL.sub("\ufffd", kept.pointer))


def is_writable(value: Any, depth: int = 0) -> bool:
    """Return whether a document can carry *value* beside what is known."""
    if isinstance(value, str):
        return not flaw(value)
    if is_mapping(value) or is_frozen_map(value):
        return depth < _DEEPEST and all(not flaw(key) and is_writable(one, depth + 1) for key, one in value.items())
    if is_list(value) or is_tuple(value):
        return depth < _DEEPEST and all(is_writable(one, depth + 1) for one in value)
    return True


def sound(entry: Entry, draft: Draft) -> Entry | None:
    """Return *entry* without what no document can carry, which is kept aside; None where that is the question."""
    text = _words(entry.text, entry)
    if not text:
        return None
    if reason := next((said for one in text.values() if (said := flaw(one))), ""):
        draft.keep(entry.line, entry.end_line, entry.raw or "\n".join(text.values()), reason, entry.pointer)
        draft.note(entry.line, "a question", "kept aside: its text can stand in no document")
        return None
    return evolve(
        entry,
        text=text,
        why=_part(_words(entry.why, entry), entry, draft),
        extra=_extra(entry, draft),
        follow_ups=_choices(entry.follow_ups, entry, draft),
        tags=tuple(dict.fromkeys(one for one in _labels(entry, draft) if one.strip())),
        answer=evolve(
            entry.answer,
            options=_choices(entry.answer.options, entry, draft),
            low=_part(_words(entry.answer.low, entry), entry, draft),
            high=_part(_words(entry.answer.high, entry), entry, draft),
            unit=_part(_words(entry.answer.unit, entry), entry, draft),
        ),
    )


def _words(words: Words, entry: Entry) -> dict[str, str]:
    found = {tag: cleaned(text, is_exact=entry.is_exact) for tag, text in words.items()}
    return {tag: text for tag, text in found.items() if text.strip()}


def _part(words: Words, entry: Entry, draft: Draft) -> dict[str, str]:
    for text in words.values():
        if reason := flaw(text):
            draft.keep(entry.line, entry.end_line, text, reason, entry.pointer)
    return {tag: text for tag, text in words.items() if not flaw(text)}


def _choices(choices: tuple[Choice, ...], entry: Entry, draft: Draft) -> tuple[Choice, ...]:
    return tuple(evolve(one, words=_part(_words(one.words, entry), entry, draft)) for one in choices)


def _labels(entry: Entry, draft: Draft) -> list[str]:
    tags = [cleaned(one, is_exact=entry.is_exact) for one in entry.tags]
    return [text for one in tags for text in _part({"": one}, entry, draft).values()]


def _extra(entry: Entry, draft: Draft) -> Mapping[str, Any]:
    found = {key: _unix(value) for key, value in entry.extra.items()}
    for key, value in found.items():
        if not is_writable(value) or flaw(key):
            reason = "it holds what no document can carry: a control character, too long a text, or too much inside"
            draft.keep(entry.line, entry.end_line, entry.raw or f"{key}: {value}", reason, entry.pointer)
    return {key: value for key, value in found.items() if is_writable(value) and not flaw(key)}


def _unix(value: Any) -> Any:
    return cleaned(value, is_exact=True) if isinstance(value, str) else value
