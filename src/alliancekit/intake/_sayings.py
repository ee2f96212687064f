"""The small shapes of sentences: a label before its text, a question before its answer, names in a row."""

from __future__ import annotations

import re
from typing import Final

from alliancekit.intake._vocabulary import lexicon, plain

__all__ = ["is_question", "looks_like_name", "names_in", "split_label", "split_person", "split_question"]

_LABEL: Final = re.compile(
    r"(?P<label>[^:：.!?。？！]{1,80}?)\s*(?:[:：](?=\s|$)|：|\s[–—]\s|\s-\s)\s*(?P<rest>.*)", re.DOTALL
)
_ASKED: Final = re.compile(r"[^?？]{2,400}[?？]+[)\"”»」]*\s*")
_NAME: Final = re.compile(r"[^\W\d_][\w'’.·・-]{0,40}(?: [^\W\d_][\w'’.-]{0,40}){0,3}")
_HANDLE: Final = re.compile(r"@[^\W_][\w-]{0,38}")
_PARTICLES: Final = frozenset(
    [
        "de",
        "da",
        "do",
        "das",
        "dos",
        "di",
        "del",
        "della",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "y",
        "e",
        "la",
        "le",
        "bin",
        "ibn",
        "al",
    ]
)
_SPLIT: Final = re.compile(r"\s*[,;、，；/]\s*")
_PERSON: Final = re.compile(
    r"(?P<name>[^(（,:：–—|]+?)(?:\s*[(（](?P<aside>[^()（）]*)[)）])?(?:\s*(?:[,:：–—|]|\s-\s)\s*(?P<rest>.*))?",
    re.DOTALL,
)
_PRONOUNS: Final = re.compile(r"[^\W\d_]+(?:\s*/\s*[^\W\d_]+)+")
# A stop behind a single letter belongs to the name: "Amira B.".
_STOP: Final = re.compile(r"(?<!\b\w)[.。]\s*$|\s+$")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_KANA_SAN: Final = re.compile(r"(?:さん|様|氏|くん|ちゃん)$")
_CASELESS: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def split_label(text: str) -> tuple[str, str]:
    """Return the label before the colon or dash of *text*, and what comes after it; two empty texts when there is none."""
    found = _LABEL.fullmatch(text)
    if not found or len(found["label"].split()) > 8:
        return "", ""
    return found["label"].strip(), found["rest"].strip()


def is_question(text: str) -> bool:
    """Return whether *text* asks, and says nothing after it."""
    return bool(text) and text.rstrip(' )"”»」*_').endswith(("?", "？"))


def split_question(text: str) -> tuple[str, str]:
    """Return the questions with which *text* begins, and the answer; an empty question when it begins with none."""
    end = 0
    while (found := _ASKED.match(text, end)) and _asks(found[0]):
        end = found.end()
    return text[:end].strip(), text[end:].strip()


def _asks(text: str) -> bool:
    words = lexicon("words")
    if _CASELESS.search(text):
        return not re.search("[。！]", text)
    # A label in the form of a question asks too: "Core hours?".
    return bool(words.begins("asks", plain(text))) or (len(text.split()) <= 6 and ":" not in text)


def looks_like_name(text: str) -> bool:
    """Return whether *text* has the shape of a person's name; whether it is one, what stands around it must say."""
    text = text.strip()
    if _HANDLE.fullmatch(text):
        return True
    if not _NAME.fullmatch(text) or len(text) > 60:
        return False
    words = text.split()
    if not all(word in _PARTICLES or not word[0].islower() for word in words) or words[0] in _PARTICLES:
        return False
    if _CASELESS.search(text) and len(text) > 10:
        return False
    if lexicon("words").has("no_name", text):
        return False
    return not any(lexicon(one).first(text) for one in ("roles", "topics", "fields", "columns"))


def names_in(text: str) -> list[str]:
    """Return the names that *text* lists, where it is a list of names and nothing else; an empty list otherwise."""
    text = _STOP.sub("", _LINK.sub(r"\1", text))
    joined = re.sub(r"\s+(?:and|und|sowie|e|y)\s+|\s*[&+＆＋]\s*", ", ", text)
    if _CASELESS.search(text):
        joined = joined.replace("と", "、")
    parts = [one for one in _SPLIT.split(joined) if one]
    names = [split_person(one)[0] for one in parts]
    return parts if parts and all(map(looks_like_name, names)) else []


def split_person(text: str) -> tuple[str, str, str]:
    """Return the name, the pronouns and the rest of a text like ``Ada Quill (she/her), facilitator``."""
    found = _PERSON.fullmatch(_LINK.sub(r"\1", text).strip())
    if not found:
        return "", "", text
    aside, rest = (found["aside"] or "").strip(), (found["rest"] or "").strip()
    if aside and not _PRONOUNS.fullmatch(aside):
        return found["name"].strip(), "", ", ".join(filter(None, (aside, rest)))
    return found["name"].strip(), aside, rest


def without_title(name: str) -> str:
    """Return *name* without what Japanese puts behind it out of courtesy."""
    return _KANA_SAN.sub("", name)
