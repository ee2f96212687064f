"""The words of an explanation: what was expected, what was found, and what would be right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from alliancekit.shapes import Flag, Items, Number, OneOf, Options, Record, Shape, Table, Text
from alliancekit.typing import Json
from alliancekit.values import shorten

_LONE_DIGIT = re.compile("(?<![0-9])[0-9](?![0-9])")
_CURLY = frozenset("\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a")
_BETWEEN_WORDS = re.compile("[^a-z0-9]+")


def expected(shape: Shape) -> str:
    """Return what *shape* is, in words, where something of another type stands."""
    if isinstance(shape, Text) and shape.rule == "empty-text":
        return "text"
    if isinstance(shape, OneOf) and shape.by == "type":
        return " or ".join(map(expected, shape.variants))
    if isinstance(shape, Items):
        return "a list"
    return "a mapping" if isinstance(shape, Record | OneOf) else shape.expected


def found(value: Json) -> str:
    """Return what *value* is, in words."""
    if isinstance(value, str):
        return f"the text {shorten(value)}"
    return f"the number {shorten(value)}" if type(value) in (int, float) else shorten(value)


def instead(shape: Shape, value: Json, *, optional: bool) -> str:
    """Return what to write where *value* is of another type than *shape*; empty when nothing can be said."""
    if value is None:
        return "leave it out" if optional else "null is never a value here: say what it is"
    if isinstance(value, str) and (hint := curly(shape, value)):
        return hint
    match shape, value:
        case Items(item=item), str():
            return f"write a list: [{_cut(value)}]" if isinstance(item, Text | Options) else "write a list"
        case Items(), dict():
            return "write a list: begin each entry with a hyphen"
        case Table(), list() | str():
            return "write a mapping: each entry stands under its own key"
        case Record(), str():
            return _as_mapping(shape, value)
        case OneOf(), _:
            return _as_variant(shape, value)
        case (Number(), str()) if _is_number(value):
            return f"write it without quotes: {_cut(value)}"
        case _ if shape.expected == "true or false" and isinstance(value, str):
            return {"yes": "write true", "no": "write false"}.get(
                value.casefold(), "write true or false, without quotes"
            )
        case _ if type(value) in (bool, int, float) and isinstance(shape, Text):
            return f'put it in quotes: "{shorten(value)}"'
        case _:
            return ""


def _cut(text: str) -> str:
    return shorten(text)[1:-1]


def _is_number(text: str) -> bool:
    return re.fullmatch("-?[0-9]+([.][0-9]+)?", text) is not None


def _as_mapping(shape: Record, value: str) -> str:
    # A text alone is most often the one value that the mapping must have.
    needed = [one for one in shape.fields.values() if one.required and one.key != "id"]
    texts = [one.key for one in needed if isinstance(one.shape, Text)]
    if len(texts) == 1:
        return f"write it below, as {texts[0]}: …"
    if len(needed) != 1 or not isinstance(options := needed[0].shape, Options):
        return ""
    if value in options.others:
        return f"a mapping stands here: {options.others[value]}"
    return f"write it below, as {needed[0].key}: {value if value in options.docs else '…'}"


def _as_variant(shape: OneOf, value: Json) -> str:
    """Return the entry that *value* most likely was meant to be: by its first word, or by the one key that takes it."""
    first, _, rest = value.partition(" ") if isinstance(value, str) else ("", "", "")
    if first.rstrip(":") in shape.tags:
        return f"write it as {first.rstrip(':')}: {_cut(rest.strip()) if rest else '…'}"
    for variant in shape.variants:
        needed = [one for one in variant.fields.values() if one.required] if isinstance(variant, Record) else []
        if len(needed) == 1 and needed[0].shape.problem(value) is None:
            return f"write it below, as {needed[0].key}: {_cut(value) if isinstance(value, str) else shorten(value)}"
    return f"write a mapping with one of the keys {', '.join(shape.tags)}" if shape.by == "key" and shape.tags else ""


def mended(shape: Text, text: str) -> str:
    """Return an example of what *text* was meant to be; empty when no small change makes it right."""
    if hint := curly(shape, text) or _ours(shape, text):
        return hint
    slug = _BETWEEN_WORDS.sub("-", text[:80].casefold()).strip("-")
    padded = _LONE_DIGIT.sub(lambda digit: f"0{digit[0]}", text[:80])
    for candidate in (text.strip(), text.replace("_", "-"), padded, slug, slug[:1].isdecimal() and f"in-{slug}"):
        if candidate and candidate != text and shape.flaw(candidate) is None:
            return f"for example {candidate!r}"
    return ""


def _ours(shape: Text, text: str) -> str:
    is_ours = shape.rule == "bad-id" and (text == "x" or text[:2] == "x-")
    return "choose another: x- is for keys of your own" if is_ours else ""


def curly(shape: Shape, text: str) -> str:
    """Return what to write for a value in quotes that YAML takes for a part of the text; else an empty text."""
    inner = text[1:-1].strip() if len(text) < 80 and text[:1] in _CURLY and text[-1:] in _CURLY else ""
    if not inner:
        return ""
    if isinstance(shape, Number | Flag):
        return f"curly quotes are a part of the text: write {_cut(inner)} without quotes"
    is_sound = inner in shape.docs if isinstance(shape, Options) else isinstance(shape, Text) and not shape.flaw(inner)
    return f'curly quotes are a part of the text: write straight ones, "{_cut(inner)}"' if is_sound else ""


@cache
def homes(root: Record) -> Mapping[str, tuple[str, ...]]:
    """Return where each key is right in a document of *root*; no more than two places of each class are looked at."""
    found_at: dict[str, list[str]] = {}
    seen: Counter[Any] = Counter()
    waiting: list[_Spot] = [(root, "", False, frozenset())]
    while waiting:
        shape, path, keyed, around = waiting.pop(0)
        if isinstance(shape, Record):
            if seen[shape] >= 2:
                continue
            seen[shape] += 1
            for key in shape.fields.keys() - ({"id"} if keyed else set()):
                found_at.setdefault(key, []).append(path)
        waiting.extend(_below(shape, path, keyed=keyed, around=around))
    return {key: tuple(paths) for key, paths in found_at.items()}


# A shape, what its place is called, whether its key is its id, and the unions that it is inside of.
_Spot: TypeAlias = tuple[Shape, str, bool, frozenset[OneOf]]


def _below(shape: Shape, path: str, *, keyed: bool, around: frozenset[OneOf]) -> Iterator[_Spot]:
    if isinstance(shape, Record):
        for one in shape.fields.values():
            yield one.shape, f"{path}.{one.key}" if path else one.key, False, around
    elif isinstance(shape, Items):
        yield shape.item, f"{path}[]", False, around
    elif isinstance(shape, Table):
        yield shape.item, f"{path}.<id>", shape.keyed, around
    elif isinstance(shape, OneOf) and shape not in around:
        named = {id(variant): f" ({tag})" for tag, variant in shape.tags.items()}
        for variant in shape.variants:
            yield variant, path + named.get(id(variant), ""), keyed, around | {shape}


def elsewhere(root: Record, key: str) -> str:
    """Return where in a document of *root* the key is right, when that is one place; else an empty text."""
    places = homes(root).get(key, ())
    if len(places) != 1:
        return ""
    return f"{key!r} belongs in {places[0]}" if places[0] else f"{key!r} belongs at the top of the document"
