"""One entry of a list, from its keys and values: of a JSON object, or of a row with named columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from attrs import evolve

from alliancekit.intake._questions._answers import answer_of
from alliancekit.intake._questions._draft import PLAIN, Draft, Entry, Words
from alliancekit.intake._questions._fields import Fields, body_key
from alliancekit.intake._questions._names import NOT_ASKED, field_of, language_of, plain_key
from alliancekit.intake._questions._values import choices_of, id_of, is_question, labels_of, words_of
from alliancekit.model import Prompt
from alliancekit.shapes import shape_of
from alliancekit.values import is_list, is_mapping

__all__ = ["deeper", "entry_of", "extra_key"]

_BETWEEN: Final = " / "
_MEANINGS: Final = {
    "text": "the question",
    "why": "why it is asked",
    "follow_ups": "its follow-ups",
    "kind": "the kind of answer",
    "section": "its section",
    "subsection": "its section, below the other",
}


def entry_of(given: Mapping[str, Any], place: Entry, draft: Draft) -> Entry | None:
    """
    Return what *given* says, at *place*; None where it asks nothing.

    Args:
        given: The keys with their values.
        place: Where it stands; its id and sections are taken where *given* says none.
        draft: Where is noted what was understood how.
    """
    fields = Fields(_unwrapped(given))
    text = fields.text()
    if not text or (_is_shown_only(fields) and not any(map(is_question, text.values()))):
        return None
    fields = _with_body(fields, text)
    language = fields.take("language", _language) or PLAIN
    more = fields.take("translations", _translations) or {}
    made = evolve(
        place,
        text=_in(language, text) | {tag: one["text"] for tag, one in more.items() if one.get("text")},
        id=fields.take("id", lambda value: id_of(value) or None) or place.id,
        sections=_sections(fields, place, draft),
        answer=answer_of(fields, partial(draft.note, place.line)),
        why=_in(language, fields.words("why")) | {tag: one["why"] for tag, one in more.items() if one.get("why")},
        follow_ups=fields.take("follow_ups", choices_of) or (),
        tags=fields.take("tags", labels_of) or (),
        scope=fields.take("scope", lambda value: value if value in ("each", "shared") else None) or "",
        visibility=fields.take("visibility", lambda value: value if value in ("members", "private") else None) or "",
        informs=fields.take("informs", _informs) or (),
    )
    _note(fields, draft, made.line)
    return evolve(made, extra=_extra(fields, draft, made.line))


def deeper(above: tuple[str, ...], name: str) -> str:
    """Return the key of the section *name* in the section *above*."""
    return _BETWEEN.join((*above[:1], name))


def extra_key(key: str) -> str:
    """Return the key under which what *key* says is kept: ``created_at`` is ``x-created-at``."""
    if key.startswith("x-"):
        return key
    return f"x-{plain_key(key).replace('_', '-') or 'more'}"


def _note(fields: Fields, draft: Draft, line: int) -> None:
    for key, field in fields.taken.items():
        if plain_key(key) != field:  # what is called as it is here is no news
            draft.note(line, key, f"understood as {_MEANINGS.get(field, field.replace('_', ' '))}")


def _unwrapped(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *given* with what a form says of a question one level deeper beside the rest of it."""
    inner = given.get("properties")
    if not is_mapping(inner) or not inner or set(inner) & set(given) or words_of(inner):
        return given
    return {**{key: one for key, one in given.items() if key != "properties"}, **inner}


def _is_shown_only(fields: Fields) -> bool:
    kind = fields.peek("kind")
    return isinstance(kind, str) and plain_key(kind) in NOT_ASKED


def _with_body(fields: Fields, text: Words) -> Fields:
    """Where the title asks, what follows it is why."""
    body = body_key(fields.left)
    if not body or not any(map(is_question, text.values())) or fields.peek("why") is not None:
        return fields
    moved = Fields({"why" if key == body else key: value for key, value in fields.left.items()})
    moved.taken |= fields.taken
    return moved


def _in(language: str, words: Words) -> dict[str, str]:
    return {tag or language: text for tag, text in words.items()}


def _language(value: Any) -> str | None:
    return (language_of(value) or None) if isinstance(value, str) else None


def _translations(value: Any) -> dict[str, dict[str, str]] | None:
    """Return the text and the reason by language, where there is nothing else in *value*."""
    if is_list(value) and all(is_mapping(one) for one in value):
        pairs = [(_language(Fields(one).peek("language") or "") or "", _without_language(one)) for one in value]
    else:
        pairs = [(language_of(key), one) for key, one in value.items()] if is_mapping(value) else []
    found = {tag: _translated(one) for tag, one in pairs}
    if not found or "" in found or any(one is None for one in found.values()):
        return None
    return {tag: one for tag, one in found.items() if one is not None}


def _without_language(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if field_of(key) != "language"}


def _translated(value: Any) -> dict[str, str] | None:
    if not is_mapping(value):
        words = words_of(value)
        return {"text": words[PLAIN]} if words and set(words) == {PLAIN} else None
    fields = Fields(value)
    text, why = fields.text(), fields.words("why")
    return None if fields.left or not text else {"text": text.get(PLAIN, ""), "why": why.get(PLAIN, "")}


def _sections(fields: Fields, place: Entry, draft: Draft) -> tuple[str, ...]:
    found = fields.take("section", _section) or _first_of_several(fields.peek("section"))
    below = fields.take("subsection", _section)
    if found is None and below is None:
        return place.sections
    title = fields.take("section_title", words_of)
    sections = place.sections
    for key, words in filter(None, (found, below)):
        name = key if sections[:1] == (key,) else deeper(sections, key)
        sections = (draft.section(name, title or (words if name == key and words.get(PLAIN) != key else None)),)
    return sections


def _section(value: Any) -> tuple[str, dict[str, str]] | None:
    """Return the key and the title of the section that *value* names."""
    if is_list(value):
        return _section(value[0]) if len(value) == 1 else None
    words = words_of(value)
    if words:
        return next(iter(words.values())).strip(), words
    if not is_mapping(value):
        return None
    fields = Fields(value)
    title, name = fields.text(), fields.take("id", lambda one: id_of(one) or None)
    return None if fields.left or not title else (name or next(iter(title.values())), title)


def _first_of_several(value: Any) -> tuple[str, dict[str, str]] | None:
    """Return the first of several sections: a prompt stands in one, and the list is kept beside it."""
    return _section(value[0]) if is_list(value) and value else None


def _informs(value: Any) -> tuple[str, ...] | None:
    found = labels_of(value)
    shape = shape_of(Prompt).fields["informs"].shape
    return found if found and shape.problem(found) is None else None


def _extra(fields: Fields, draft: Draft, line: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in fields.left.items():
        name = wanted = extra_key(key)
        count = 2
        while name in found:
            name, count = f"{wanted}-{count}", count + 1
        found[name] = value
        draft.note(line, key, f"has no place in a prompt: kept as {name}")
    return found
