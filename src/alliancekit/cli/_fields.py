"""One field of a clause: what is asked, what was typed, and what is wrong with it, said at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen

from alliancekit.cli._console import is_list, is_mapping, tell
from alliancekit.cli._line import line, picked
from alliancekit.errors import did_you_mean
from alliancekit.model import Channel, Commitment, GroundRule, Recurrence, Review
from alliancekit.shapes import Items, Number, Options, Shape, Text, shape_of

# What is asked of a clause, in this order; an id, and what follows from it, a person need not write.
LABELS: Final[Mapping[str, str]] = {
    "element": "what kind it is",
    "topic": "what it is about",
    "text": "in your words",
    "way": "which way, like chat, phone or e-mail",
    "purpose": "what it is for",
    "known_by": "how would you know",
    "of": "whom you ask",
    "to": "to whom",
    "due": "by which day, like 2026-12-01",
    "repeats": "how often",
    "repeats.interval": "every how many of those",
    "repeats.weekdays": "on which days",
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
    "name": "a short name for it",
}
# What is worth asking only after something else was said.
_ONLY_IF: Final[Mapping[str, tuple[str, tuple[object, ...]]]] = {
    "weekdays": ("frequency", ("weekly",)),
    "timezone": ("at", ()),
    "minutes": ("at", ()),
    "repeats": ("due", (None,)),
    "repeats.interval": ("repeats", ()),
    "repeats.weekdays": ("repeats", ("weekly",)),
}
# A name that becomes the id of the clause; the id itself is not asked for.
_NAMES: Final = ("way", "name")
# Where a field is judged as the models judge it; the same name means the same in each.
_MODELS: Final = (Commitment, Review, Channel, GroundRule)


@frozen
class Field:
    """
    One field that is asked for.

    Attributes:
        key: Its name.
        schema: Its JSON Schema.
        members: The members whom it may name, by id.
        taken: The ids that a name may not become.
        optional: Whether it may be left out.
        ends: Whether leaving it out says that there is no further clause.
    """

    key: str
    schema: Mapping[str, Any]
    members: Mapping[str, str]
    taken: Collection[str] = ()
    optional: bool = False
    ends: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """What there is to choose from; empty where it is open."""
        return tuple(self.members.values()) if self.key in ("to", "of") else options_of(self.schema)


def ask(field: Field, before: Any) -> Any:
    """Return what the person types for *field*, as plain data; *before* is what they wrote there before."""
    typed = _typed(before, field.members)
    label = f"  {LABELS[field.key]}{_hint(field, is_kept=bool(before))}"
    while True:
        text = line(label, optional=field.optional, before=typed)
        value, wrong = _value(field, text) if text else ("", "")
        if not wrong:
            return value
        tell(wrong, indent="  ")


def _hint(field: Field, *, is_kept: bool) -> str:
    among = f": {', '.join(field.options)}" if field.options else ""
    if is_kept or not field.optional:
        return among
    if field.ends:
        return f"{among} (Enter: no more)"
    nobody = {"to": "everyone else", "of": "everyone else", "interval": "1", "name": "its rhythm"}
    return f"{among} (Enter: {nobody.get(field.key.rpartition('.')[2], 'none')})"


def _typed(value: Any, names: Mapping[str, str]) -> str:
    if is_list(value):
        return ", ".join(names.get(str(one), str(one)) for one in value)
    return "" if value is None else str(value)


def _value(field: Field, text: str) -> tuple[Any, str]:
    """Return what was typed as plain data, and what is wrong with it as far as one field tells."""
    options = {one: one for one in field.options}
    if field.key in ("to", "of"):
        return _several(text, {**field.members, "everyone": "everyone"})
    if field.schema.get("type") == "array":
        return _several(text, options) if options else ([text], "")
    if options:
        one = picked(text, options, numbered=False)
        return one, "" if one else _no_such(text, tuple(options))
    if field.key in _NAMES:
        name = _slug(text)
        return name, _wrong_name(name, field.taken)
    if field.schema.get("type") == "integer":
        return (int(text), _flaw(field.key, int(text))) if text.isdecimal() else ("", "a whole number, please")
    return text, _flaw(field.key, text)


def _several(text: str, options: Mapping[str, str]) -> tuple[list[str], str]:
    words = [word.strip() for word in text.replace(" and ", ",").split(",") if word.strip()]
    found = [picked(word, options, numbered=False) for word in words]
    wrong = next((word for word, one in zip(words, found, strict=True) if not one), "")
    return list(dict.fromkeys(found)), _no_such(wrong, tuple(options.values())) if wrong else ""


def _no_such(word: str, options: tuple[str, ...]) -> str:
    return f"there is no {word!r}; {did_you_mean(word, options) or 'one of ' + ', '.join(options)}"


# Judged as the models judge it ---------------------------------------------------------------------------------------


@cache
def _shape(key: str) -> Shape:
    """Return what the models say of the field *key*; whatever is not theirs is a text."""
    name = key.rpartition(".")[2]
    fields = (shape_of(cls).fields for cls in _MODELS)
    return next((each[name].shape for each in fields if name in each), shape_of(Commitment).fields["text"].shape)


def _flaw(key: str, value: str | int) -> str:
    shape = _shape(key)
    reason = shape.flaw(value) if isinstance(shape, Text) and isinstance(value, str) else None
    if isinstance(shape, Number):
        reason = shape.problem(value)
    if not reason:
        return ""
    near = did_you_mean(str(value), shape.known()) if isinstance(shape, Text) else ""
    said = f"it {reason}" if reason.startswith(("must", "holds")) else reason
    return f"{said}; {near}" if near else said


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def _wrong_name(name: str, taken: Collection[str]) -> str:
    if name in taken:
        return f"another one is called {name} already"
    shape = shape_of(Channel).fields["id"].shape
    if shape.problem(name):
        return "begin with a letter from a to z and keep it short: it becomes a name in the file"
    return ""


# Flat: a rhythm inside a clause, and a name in place of an id ----------------------------------------------------------


def flat_schema(entry: Mapping[str, Any], *, named: bool) -> Mapping[str, Any]:
    """Return the schema of an entry with the fields of its rhythm as its own, and where *named* a name for its id."""
    known = dict(entry["properties"])
    required = list(entry.get("required", ()))
    if "repeats" in known:
        known["repeats"] = {"enum": _names_of("frequency")}
        known["repeats.interval"] = {"type": "integer"}
        known["repeats.weekdays"] = {"type": "array", "items": {"enum": _names_of("weekdays")}}
    if named and "purpose" in known:
        known["way"] = {"type": "string"}
        required.append("way")
    elif named and {"frequency", "id"} <= set(known):
        known["name"] = {"type": "string"}
    return {**entry, "properties": known, "required": required}


def _names_of(key: str) -> tuple[str, ...]:
    shape = shape_of(Recurrence).fields[key].shape
    inner = shape.item if isinstance(shape, Items) else shape
    assert isinstance(inner, Options)
    return tuple(inner.docs)


def flat(before: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was written *before*, as the flat *entry* asks for it."""
    found = dict(before)
    if is_mapping(repeats := found.get("repeats")):
        found |= {f"repeats.{key}": value for key, value in repeats.items()}
        found["repeats"] = found.pop("repeats.frequency")
    if "id" in found:
        found |= {key: found["id"] for key in _NAMES if key in entry["properties"]}
    return found


def whole(written: Mapping[str, Any], entry: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Return *written* as a clause is written: what was flat is in its place again."""
    found = {key: value for key, value in written.items() if "." not in key and key not in _NAMES}
    inner = {key.partition(".")[2]: value for key, value in written.items() if key.startswith("repeats.")}
    if "repeats" in found:
        found["repeats"] = _without_one({"frequency": found["repeats"], **inner})
    known = entry["properties"]
    if found.get("element") == "cadence":  # three kinds of clauses are in it
        part = "review" if is_review(entry) else "channels" if "purpose" in known else "check_ins"
        found["element"] = f"cadence.{part}"
    if is_review(entry):
        found["id"] = "review"
    elif any(key in known for key in _NAMES):
        found["id"] = written.get("way") or written.get("name") or _unused(str(found.get("frequency")), taken)
    return _without_one(found)


def _without_one(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if (key, value) != ("interval", 1)}


def _unused(word: str, taken: Collection[str]) -> str:
    numbered = (f"{word}-{number}" for number in range(2, 5000))
    return next(one for one in (word, *numbered) if one not in taken)


def is_review(schema: Mapping[str, Any]) -> bool:
    """Return whether *schema* is that of the review of the whole alliance."""
    return not {"text", "id", "purpose"} & set(schema["properties"])


def is_asked(key: str, found: Mapping[str, Any]) -> bool:
    """Return whether *key* makes sense after what was *found*."""
    if key not in _ONLY_IF:
        return True
    other, values = _ONLY_IF[key]
    return found.get(other) in values if values else bool(found.get(other))


def options_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what *schema* lets one choose from."""
    inner = schema.get("items", schema)
    return tuple(inner.get("enum") or (str(one["const"]) for one in inner.get("oneOf", ()) if "const" in one))
