"""Asking for clauses: field by field, as the JSON Schema of an entry says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final, TypeAlias

from alliancekit.cli._console import is_list, is_mapping, say
from alliancekit.cli._line import BACK, PASS, Aside, Stop, choose, line, picked, yes
from alliancekit.errors import did_you_mean

# What is asked of a clause, in this order; an id, and what follows from it, a person need not write.
_LABELS: Final[Mapping[str, str]] = {
    "element": "what kind it is",
    "topic": "what it is about",
    "text": "in your words",
    "purpose": "what it is for",
    "known_by": "how would you know",
    "of": "whom you ask",
    "to": "to whom",
    "due": "by which day, like 2026-12-01",
    "repeats": "how often",
    "frequency": "how often",
    "interval": "every how many of those",
    "weekdays": "on which days",
    "starts": "from which day on, like 2026-12-01",
    "at": "at what time, like 10:00",
    "timezone": "in which time zone, like Europe/Lisbon",
    "minutes": "for how many minutes",
    "where": "where",
    "hours": "at what hours",
    "reply_within_hours": "a reply within how many hours",
}
_RHYTHMS: Final = ("daily", "weekly", "monthly", "yearly")
# What is worth asking only after something else was said.
_ONLY_IF: Final[Mapping[str, tuple[str, tuple[object, ...]]]] = {
    "weekdays": ("frequency", ("weekly",)),
    "timezone": ("at", ()),
    "minutes": ("at", ()),
    "repeats": ("due", (None,)),
}


class Dropped(Aside):
    """The person drops the clause that they were writing."""


Entry: TypeAlias = dict[str, Any]


def clauses(schema: Mapping[str, Any], names: Mapping[str, str], before: tuple[Entry, ...] = ()) -> list[Entry]:
    """
    Return the clauses that the person writes, one after another until they have no more.

    Args:
        schema: The JSON Schema of one.
        names: The members whom a clause may name, by id.
        before: What they wrote before, which they go through again.

    Raises:
        Stop: They stop; it holds all that they wrote.
        Aside: They leave the question; it holds all that they wrote.
    """
    found: list[Entry] = []
    left = list(before)
    while True:
        draft = left.pop(0) if left else {}
        try:
            one = clause(schema, names, draft, may_end=bool(found or draft))
        except Stop as stop:
            raise Stop(_kept(found, stop.answer or draft, left)) from None
        except Dropped:
            continue
        except Aside as aside:
            if not found:
                raise Aside(aside.word, _kept([], aside.answer or draft, left)) from None
            if aside.word == PASS:
                return _kept(found, aside.answer or draft, left)
            left[:0] = [found.pop(), *_kept([], aside.answer or draft, [])]
            continue
        if one:
            found.append(one)
        # There is only one review, and nothing more is asked where nothing else can be said.
        if (not one and found and not draft) or (one.get("id") == "review" and "anyOf" not in schema):
            return found


def _kept(found: list[Entry], draft: Entry, left: list[Entry]) -> list[Entry]:
    return [*found, *([draft] if draft else []), *left]


def clause(
    schema: Mapping[str, Any],
    names: Mapping[str, str],
    before: Mapping[str, Any] | None = None,
    *,
    may_end: bool = False,
) -> Entry:
    """
    Return one clause, asked field by field; ``:back`` goes to the field before.

    Args:
        schema: Its JSON Schema.
        names: The members whom it may name, by id.
        before: What they wrote before; Enter keeps it.
        may_end: Whether nothing in the first field means that there is no clause; the answer is then empty.

    Raises:
        Stop: They stop; it holds the clause if all that it needs is there.
        Aside: They leave it, and likewise.
    """
    entry = _variant(schema, before or {}, may_end=may_end)
    if entry is None:
        return {}
    found: Entry = dict(before or {})
    keys = _asked(entry, names)
    found.update(
        {key: options[0] for key in _LABELS if len(options := _options(entry["properties"].get(key, {}))) == 1}
    )
    place = 0
    while place < len(keys):
        key = keys[place]
        if not _is_asked(key, found):
            found.pop(key, None)
            place += 1
            continue
        ends = may_end and place == 0
        optional = ends or key not in entry.get("required", ())
        try:
            value = _part(key, entry["properties"][key], names, found.get(key), optional=optional, ends=ends)
        except Stop:
            raise Stop(_whole(found, entry)) from None
        except Aside as aside:
            if place == 0:
                raise Aside(aside.word, _whole(found, entry)) from None
            if aside.word == BACK:
                place -= 1
            elif _leaves_out():
                raise Dropped(BACK) from None
            continue
        if ends and value in ("", []):
            return {}
        found.pop(key, None)
        if value not in ("", []):
            found[key] = value
        place += 1
    return _as_written(found, entry)


def _whole(found: Entry, entry: Mapping[str, Any]) -> Entry | None:
    """Return what was written so far, if it is a clause already."""
    return _as_written(dict(found), entry) if all(key in found for key in entry.get("required", ())) else None


def _leaves_out() -> bool:
    try:
        return yes("  :pass here drops this entry only, and what you wrote in it. Drop it?")
    except Aside:
        return False


def _asked(entry: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    known = entry["properties"]
    asked = [key for key in _LABELS if key in known and len(_options(known[key])) != 1]
    # Between two there is only one other, so nobody has to say whom they mean.
    return [key for key in asked if key not in ("to", "of") or len(names) > 1]


def _is_asked(key: str, found: Entry) -> bool:
    if key not in _ONLY_IF:
        return True
    other, values = _ONLY_IF[key]
    return found.get(other) in values if values else bool(found.get(other))


def _as_written(found: Entry, entry: Mapping[str, Any]) -> Entry:
    if found.get("interval") == 1:
        del found["interval"]
    if isinstance(found.get("repeats"), str):
        found["repeats"] = {"frequency": found["repeats"]}
    if found.get("element") == "cadence":  # three kinds of clauses are in it
        part = "review" if _is_review(entry) else "channels" if "purpose" in entry["properties"] else "check_ins"
        found["element"] = f"cadence.{part}"
    return {**found, "id": "review"} if _is_review(entry) else found


def _variant(schema: Mapping[str, Any], before: Mapping[str, Any], *, may_end: bool) -> Mapping[str, Any] | None:
    """Return the schema of the kind of clause that is meant, which is asked where there are several; None for none."""
    variants: list[Mapping[str, Any]] = schema.get("anyOf", [])
    if not variants:
        return schema
    if before:
        return next(one for one in variants if is_variant(one, before))
    named = {_kind(one): one for one in variants}
    picked_kind = choose(
        {name: name for name in named}, "number (Enter: no more)" if may_end else "number", optional=may_end
    )
    return named.get(picked_kind)


def is_variant(schema: Mapping[str, Any], plain: Mapping[str, Any]) -> bool:
    """Return whether *plain* is a clause of the kind that *schema* describes."""
    element = str(plain.get("element", "cadence"))
    if not element.startswith("cadence"):
        return element in schema["properties"]["element"]["enum"]
    if plain.get("id") == "review":
        return _is_review(schema)
    return not _is_review(schema) and ("purpose" in plain) == ("purpose" in schema["properties"])


def _is_review(schema: Mapping[str, Any]) -> bool:
    return not {"text", "id", "purpose"} & set(schema["properties"])


def _kind(variant: Mapping[str, Any]) -> str:
    known = variant["properties"]
    if "purpose" in known:
        return "a way to reach each other between meetings"
    if "frequency" in known:
        return "a regular check-in" if "id" in known else "when all of it is looked at again"
    return ", ".join(known["element"]["enum"]).replace("_", " ")


def _part(
    key: str, schema: Mapping[str, Any], names: Mapping[str, str], before: Any, *, optional: bool, ends: bool
) -> Any:
    options = _RHYTHMS if key == "repeats" else tuple(names.values()) if key in ("to", "of") else _options(schema)
    label = f"  {_LABELS[key]}{_hint(key, options, optional=optional and not before, ends=ends and not before)}"
    while True:
        text = line(label, optional=optional, before=_typed(before, names))
        value, wrong = _value(key, text, schema, names, options) if text else ("", "")
        if not wrong:
            return value
        say(f"  {wrong}")


def _hint(key: str, options: tuple[str, ...], *, optional: bool, ends: bool) -> str:
    among = f": {', '.join(options)}" if options else ""
    if ends:
        return f"{among} (Enter: no more)"
    nobody = {"to": "everyone else", "of": "everyone else", "interval": "1"}.get(key, "none")
    return f"{among} (Enter: {nobody})" if optional else among


def _typed(value: Any, names: Mapping[str, str]) -> str:
    if is_mapping(value):
        value = value.get("frequency", "")
    if is_list(value):
        return ", ".join(names.get(str(one), str(one)) for one in value)
    return "" if value is None else str(value)


def _value(
    key: str, text: str, schema: Mapping[str, Any], names: Mapping[str, str], options: tuple[str, ...]
) -> tuple[Any, str]:
    """Return what was typed as plain data, and what is wrong with it as far as one field tells."""
    if key in ("to", "of"):
        return _several(text, {**names, "everyone": "everyone"})
    if schema.get("type") == "array":
        return _several(text, {one: one for one in options}) if options else ([text], "")
    if options:
        one = picked(text, {one: one for one in options})
        return one, "" if one else _no_such(text, options)
    if schema.get("type") == "integer":
        return (int(text), "") if text.isdecimal() else ("", "a whole number, please")
    return text, _no_day_or_hour(key, text)


def _several(text: str, options: Mapping[str, str]) -> tuple[list[str], str]:
    words = [word.strip() for word in text.replace(" and ", ",").split(",") if word.strip()]
    wrong = next((word for word in words if not picked(word, options)), "")
    return [picked(word, options) for word in words], _no_such(wrong, tuple(options.values())) if wrong else ""


def _no_such(word: str, options: tuple[str, ...]) -> str:
    return f"there is no {word!r}; {did_you_mean(word, options) or 'one of ' + ', '.join(options)}"


def _no_day_or_hour(key: str, text: str) -> str:
    try:
        if key in ("due", "starts"):
            date.fromisoformat(text)
        elif key == "at":
            time.fromisoformat(text)
    except ValueError:
        return f"{text!r} is no {'time; write it like 10:00' if key == 'at' else 'date; write it like 2026-12-01'}"
    return ""


def _options(schema: Mapping[str, Any]) -> tuple[str, ...]:
    inner = schema.get("items", schema)
    return tuple(inner.get("enum") or (str(one["const"]) for one in inner.get("oneOf", ()) if "const" in one))
