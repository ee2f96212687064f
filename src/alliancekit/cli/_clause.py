"""Asking for one clause, field by field, as the JSON Schema of an entry says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from alliancekit.cli._fields import LABELS, Field, ask, flat, flat_schema, is_asked, is_review, options_of, whole
from alliancekit.cli._line import BACK, Aside, Stop, choose, yes


class Dropped(Aside):
    """The person drops the clause that they were writing."""


Entry: TypeAlias = dict[str, Any]


def clause(
    schema: Mapping[str, Any],
    names: Mapping[str, str],
    before: Mapping[str, Any] | None = None,
    *,
    may_end: bool = False,
    taken: Collection[str] | None = None,
) -> Entry:
    """
    Return one clause, asked field by field; ``:back`` goes to the field before.

    Args:
        schema: Its JSON Schema.
        names: The members whom it may name, by id.
        before: What they wrote before; Enter keeps it.
        may_end: Whether nothing in the first field means that there is no clause; the answer is then empty.
        taken: The ids that a name may not become; with None a name is not asked for.

    Raises:
        Stop: They stop; it holds the clause if all that it needs is there.
        Aside: They leave it, and likewise.
    """
    entry = _variant(schema, before or {}, may_end=may_end)
    if entry is None:
        return {}
    entry = flat_schema(entry, named=taken is not None)
    found = flat(before or {}, entry)
    keys = _asked(entry, names)
    found.update(
        {key: options[0] for key in LABELS if len(options := options_of(entry["properties"].get(key, {}))) == 1}
    )
    place = 0
    while place < len(keys):
        key = keys[place]
        if not is_asked(key, found):
            found.pop(key, None)
            place += 1
            continue
        ends = may_end and place == 0
        optional = ends or key not in entry.get("required", ())
        try:
            field = Field(key, entry["properties"][key], names, taken or (), optional=optional, ends=ends)
            value = ask(field, found.get(key))
        except Stop:
            raise Stop(_so_far(found, entry, taken or ())) from None
        except Aside as aside:
            if place == 0:
                raise Aside(aside.word, _so_far(found, entry, taken or ())) from None
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
    return whole(found, entry, taken or ())


def _so_far(found: Entry, entry: Mapping[str, Any], taken: Collection[str]) -> Entry | None:
    """Return what was written so far, if it is a clause already."""
    return whole(found, entry, taken) if all(key in found for key in entry.get("required", ())) else None


def _leaves_out() -> bool:
    try:
        return yes("  :pass here drops this entry only, and what you wrote in it. Drop it?")
    except Aside:
        return False


def _asked(entry: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    known = entry["properties"]
    asked = [key for key in LABELS if key in known and len(options_of(known[key])) != 1]
    # Between two there is only one other, so nobody has to say whom they mean.
    return [key for key in asked if key not in ("to", "of") or len(names) > 1]


def _variant(schema: Mapping[str, Any], before: Mapping[str, Any], *, may_end: bool) -> Mapping[str, Any] | None:
    """Return the schema of the kind of clause that is meant, which is asked where there are several; None for none."""
    variants: list[Mapping[str, Any]] = schema.get("anyOf", [])
    if not variants:
        return schema
    if before:
        return variant_of(schema, before)
    named = {_kind(one): one for one in variants}
    picked_kind = choose(
        {name: name for name in named}, "number (Enter: no more)" if may_end else "number", optional=may_end
    )
    return named.get(picked_kind)


def variant_of(schema: Mapping[str, Any], plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the part of *schema* that describes *plain*."""
    return next(one for one in schema.get("anyOf", [schema]) if one is schema or is_variant(one, plain))


def is_variant(schema: Mapping[str, Any], plain: Mapping[str, Any]) -> bool:
    """Return whether *plain* is a clause of the kind that *schema* describes."""
    element = str(plain.get("element", "cadence"))
    if not element.startswith("cadence"):
        return element in schema["properties"]["element"]["enum"]
    if plain.get("id") == "review":
        return is_review(schema)
    return not is_review(schema) and ("purpose" in plain) == ("purpose" in schema["properties"])


def _kind(variant: Mapping[str, Any]) -> str:
    known = variant["properties"]
    if "purpose" in known:
        return "a way to reach each other between meetings"
    if "frequency" in known:
        return "a regular check-in" if "id" in known else "when all of it is looked at again"
    return ", ".join(known["element"]["enum"]).replace("_", " ")
