"""Hypothesis builds of the nouns, made by shape; and small mutations of plain data."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from alliancekit.shapes import (
    Anything,
    Const,
    Flag,
    Items,
    Number,
    OneOf,
    Options,
    Record,
    Shape,
    Table,
    Text,
    shape_of,
)
from alliancekit.wire import structure

T = TypeVar("T")

IDS = ("ana", "ben", "flag-slips", "x1", "a-1-b", "zoe")
ZONES = ("Europe/Lisbon", "America/Argentina/Buenos_Aires", "Etc/GMT+1", "UTC")
LANGUAGES = ("en", "pt-BR", "zh-Hant-TW", "de-1996", "es-419")

# How deep a build goes before it takes only what it must.
DEEPEST = 4

PROSE = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1, max_size=20).filter(
    str.strip
)


def values(cls: type[T]) -> st.SearchStrategy[T]:
    """Return legal values of *cls*."""
    return documents(cls).map(lambda data: structure(data, cls))


def documents(cls: type[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return plain data that is a legal *cls*."""
    # What is checked across the fields of one class cannot be built by shape, so it is asked for.
    return plain(shape_of(cls), 0).filter(lambda data: _fits(data, cls))


def _fits(data: Any, cls: type[Any]) -> bool:
    try:
        structure(data, cls)
    except ValueError:
        return False
    return True


@cache
def plain(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    """Return plain data that *shape* describes."""
    match shape:
        case Text():
            return _texts(shape)
        case Number(low=low, high=high, whole=whole):
            low, high = -(2**53) if low is None else low, 2**53 if high is None else high
            return st.integers(int(low), int(high)) if whole else st.floats(low, high, allow_nan=False)
        case Flag():
            return st.booleans()
        case Options(docs=docs):
            return st.sampled_from(list(docs))
        case Const(value=value):
            return st.just(value)
        case Items():
            return _lists(shape, depth)
        case Table():
            return _tables(shape, depth)
        case OneOf(variants=variants):
            small = [one for one in variants if _is_small(one)] if depth >= DEEPEST else []
            return st.one_of([plain(one, depth) for one in small or variants])
        case Record():
            return _records(shape, depth)
        case Anything():
            return FREE
        case _:
            return st.booleans() | st.integers(-9, 9) | PROSE


FREE = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=3,
)


def _is_small(shape: Shape) -> bool:
    if not isinstance(shape, Record):
        return True
    needed = (one.shape for one in shape.fields.values() if one.required)
    return not any(isinstance(one, Record | OneOf) or (isinstance(one, Items) and one.least) for one in needed)


def _texts(shape: Text) -> st.SearchStrategy[str]:
    if shape.kind.__name__ == "date":
        return st.dates().map(lambda day: day.isoformat())
    if shape.kind.__name__ == "time":
        return st.times().map(lambda time: time.isoformat("minutes"))
    if shape.kind.__name__ == "datetime":
        return st.datetimes().map(lambda time: f"{time.isoformat()}Z").filter(lambda text: shape.flaw(text) is None)
    known = {"bad-id": IDS, "bad-timezone": ZONES, "bad-language": LANGUAGES}
    if shape.rule in known and (fitting := [text for text in known[shape.rule] if shape.flaw(text) is None]):
        return st.sampled_from(fitting)
    if shape.rule == "empty-text":
        return PROSE.filter(lambda text: shape.flaw(text) is None)
    return (
        st.from_regex(shape.pattern).map(lambda text: text.rstrip("\n")).filter(lambda text: shape.flaw(text) is None)
    )


def _lists(shape: Items, depth: int) -> st.SearchStrategy[list[Any]]:
    longest = shape.least if depth >= DEEPEST else max(shape.least, 2)
    inner = st.lists(plain(shape.item, depth + 1), min_size=shape.least, max_size=longest, unique_by=repr)
    return inner.filter(lambda data: shape.check is None or "everyone" not in data)


def _tables(shape: Table, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    item = plain(shape.item, depth + 1)
    if shape.keyed:
        item = item.map(lambda data: {key: value for key, value in data.items() if key != "id"})
    entries = st.dictionaries(plain(shape.key, depth), item, max_size=0 if depth >= DEEPEST else 2)
    return st.builds(lambda data, extra: {**data, **extra}, entries, EXTRA)


EXTRA = st.just({}) | st.just({}) | st.dictionaries(st.sampled_from(["x-a", "x-b"]), FREE, max_size=1)


def _records(shape: Record, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    parts = {one.key: plain(one.shape, depth + 1) for one in shape.fields.values() if one.required}
    free = [one for one in shape.fields.values() if not one.required and depth < DEEPEST]
    optional = {one.key: st.deferred(lambda one=one: plain(one.shape, depth + 1)) for one in free}
    known = st.fixed_dictionaries(parts, optional=optional)
    return st.builds(lambda data, extra: {**data, **extra}, known, EXTRA)


# --- mutations

JUNK: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 30.0, 1.5, 10**20, "", " ", "\n", "ana", "yes", "everyone", "2026-11-01", "2026-02-30",
    "10:00", "10:00\n", "x-", "ana\n", "ANA", "a" * 65, "private", "bell\a", [], ["ana"], ["ana", "ana"], [[]], [None], {},
    {"id": "ana"}, {"text": "x"}, {"kind": "text"}, {"x-a": None}, "text", "weekly", "last",
)  # fmt: skip
KEYS = ("id", "txt", "text", "by", "to", "x-more", "known-by", "kind", "ana", "Bad Id", "everyone", "", "a/b~", "named")


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in *data*: what holds it, and its key or position."""
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from places(data[key])


# What a schema cannot say is in none of these: no date that does not exist, no reserved word, no zone, no word twice.
PLAIN_JUNK: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 30.0, 1.5, 10**20, "", " ", "no id!", "a, b", [], ["a b"], [[]], [None], {}, {"id": "ana"},
    {"text": "x"}, {"kind": "text"}, {"kind": "clauses", "evidence": True}, {"x-a": None}, {"named": {}},
)  # fmt: skip
PLAIN_KEYS = ("id", "txt", "text", "by", "to", "x-more", "known-by", "kind", "ana", "Bad Id", "", "a/b~", "named")


def mutated(data: Any, random: Random, most: int = 3, *, structural: bool = False) -> Any:
    """
    Return a copy of *data* with up to *most* small changes, most of which make it wrong.

    Args:
        data: Plain data that is right.
        random: Where chance comes from.
        most: The most changes.
        structural: Whether to make only changes that a schema can judge.
    """
    changed = deepcopy(data)
    for _ in range(random.randint(1, most)):
        if found := list(places(changed)):
            _mutate(*random.choice(found), random, structural=structural)
    return changed


def _mutate(holder: Any, key: Any, random: Random, *, structural: bool) -> None:
    junk, keys = (PLAIN_JUNK, PLAIN_KEYS) if structural else (JUNK, KEYS)
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = deepcopy(random.choice(junk))
        case 3 if isinstance(holder, dict):
            holder[random.choice(keys)] = deepcopy(random.choice(junk))
        case 4 if isinstance(holder, dict):
            reserved = [] if structural else ["yes", "everyone", "a" * 65]
            holder[random.choice([f"{key[:2]}{key[3:]}", f"{key}s", *reserved])] = holder.pop(key)
        case 3 | 4:
            holder.insert(key, deepcopy(random.choice(junk if structural else [holder[key], *junk])))
        case _ if isinstance(holder[key], str):
            text = holder[key]
            more = [] if structural else [text.upper(), f"{text}\n", text[1:]]
            holder[key] = random.choice([[text], {"text": text}, f"{text} ", *more])
        case _:
            holder[key] = random.choice([[holder[key]], {"ana": holder[key]}, json.dumps(holder[key])])
