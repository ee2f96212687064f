"""
Why plain data does not fit a class: everything that is wrong, in one pass, and what is left without it.

The strict converter answers yes or no. When it says no, the walk here goes over the same shapes, so both give one
verdict. It never raises: whatever the data is, it is described.

What one thing is wrong gives one finding. A part that is wrong is left out of what goes on to the other rules: an
optional field alone, an entry of a list or a table alone, and where a required field is wrong the record that needs
it. Only the document itself must stand, so what it lacks is filled with a stand-in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen, mutable

from alliancekit.errors import InvalidValueError, Suggestions
from alliancekit.findings import Finding
from alliancekit.limits import LIMITS
from alliancekit.shapes import (
    Anything,
    Field,
    Items,
    Number,
    OneOf,
    Options,
    Record,
    Shape,
    Table,
    Text,
    Wired,
    shape_of,
)
from alliancekit.typing import Json, Pointer
from alliancekit.values import EMPTY, is_list, is_mapping, pointer_of, shorten, tokens_of
from alliancekit.wire._converter import read_part, reader
from alliancekit.wire._hints import curly, elsewhere, expected, found, instead, mended
from alliancekit.wire._places import Place, fields_of, is_deeper, is_type, keys_of
from alliancekit.wire._stand_ins import stand_in

# A plain tree as `json.loads` makes it: exact dictionaries and lists.
Plain: TypeAlias = Any

# What the walk hands up for a part that has to go.
_BROKEN: Final = object()


@final
@frozen(kw_only=True)
class Explained:
    """
    Why data does not fit a class, and what of it does.

    Attributes:
        findings: Everything that is wrong, without places in a text; empty exactly when the data fits.
        data: The data without what is wrong, which does fit; None when it is no mapping at all.
        broken: The pointers, in the data as it was given, to what was left out or filled in.
        moved: The lists that lost entries, by pointer, each with the positions of the entries that stayed.

    .. versionadded:: 0.1
    """

    findings: tuple[Finding, ...]
    data: dict[str, Any] | None
    broken: frozenset[Pointer] = frozenset()
    moved: Mapping[Pointer, tuple[int, ...]] = EMPTY

    def origin(self, pointer: Pointer) -> Pointer:
        """Return the pointer, in the data as it was given, to what *pointer* names in `data`."""
        whole = ""
        for token in tokens_of(pointer):
            kept = self.moved.get(whole, ())
            place = int(token) if kept and token.isdecimal() else -1
            whole += pointer_of(kept[place] if 0 <= place < len(kept) else token)
        return whole


def explain(data: Json, cls: type[Any]) -> Explained:
    """
    Return everything that is wrong with *data* as a *cls*, and what is left without it.

    Args:
        data: Plain data: dictionaries, lists, texts, numbers, true, false and null. Anything of that kind, however
            wrong or deep, is answered.
        cls: A class of `alliancekit.model` or `alliancekit.flow`.
    """
    walk = _Walk(cls=cls)
    rest = walk.document(data)
    return Explained(findings=tuple(walk.findings), data=rest, broken=frozenset(walk.broken), moved=walk.moved)


@mutable(kw_only=True)
class _Walk:
    """One walk over one document; every method returns what is left of the part, or `_BROKEN`."""

    cls: type[Wired]
    findings: list[Finding] = field(factory=list[Finding])
    broken: set[Pointer] = field(factory=set[Pointer])
    moved: dict[Pointer, tuple[int, ...]] = field(factory=dict[Pointer, tuple[int, ...]])
    suggestions: Suggestions = field(factory=Suggestions)

    # --- saying it

    def say(self, rule: str, place: Place, reason: str, hint: str = "", *, on_key: bool = False) -> Any:
        """Note a finding; a reason says after a semicolon what would be right."""
        reason, _, remedy = reason.partition("; ")
        message = f"{place.name}: {reason}" if place.name else reason
        at_key = on_key and place.in_mapping
        self.findings.append(
            Finding(rule=rule, message=message, hint=hint or remedy, pointer=place.pointer, on_key=at_key)
        )
        return self.drop(place)

    def unknown(self, place: Place, hint: str) -> Any:
        message = f"unknown key {place.name!r}"
        self.findings.append(
            Finding(rule="unknown-field", message=message, hint=hint, pointer=place.pointer, on_key=True)
        )
        return self.drop(place)

    def drop(self, place: Place) -> Any:
        # The document itself is never left out.
        if place.holder is not None:
            self.broken.add(place.pointer)
        return _BROKEN

    def wrong_type(self, shape: Shape, data: Plain, place: Place) -> Any:
        hint = instead(shape, data, optional=place.optional)
        return self.say("wrong-type", place, f"must be {expected(shape)}, not {found(data)}", hint)

    # --- the document

    def document(self, data: Plain) -> dict[str, Any] | None:
        place, shape = Place(None, ""), shape_of(self.cls)
        if not is_mapping(data):
            message = f"the document must be a mapping, not {found(data)}"
            self.findings.append(Finding(rule="wrong-type", message=message))
            return None
        rest = self.parts(shape, data, place, own_id=None)
        lacking = [one for one in shape.fields.values() if one.required and one.key not in rest]
        for one in lacking:
            self.broken.add(pointer_of(one.key))
            rest[one.key] = stand_in(one.shape)
        if not self.holds(shape, rest, place):
            rest = {one.key: stand_in(one.shape) for one in shape.fields.values() if one.required}
            self.broken.add("")
        return rest

    # --- by shape

    def part(self, shape: Shape, data: Plain, place: Place, own_id: str | None = None) -> Any:
        """Return what is left of *data* as *shape*."""
        if place.depth > LIMITS.depth:
            return self.say("limit", place, f"is nested deeper than {LIMITS.depth} levels")
        match shape:
            case Record():
                return self.record(shape, data, place, own_id)
            case Items():
                return self.items(shape, data, place)
            case Table():
                return self.table(shape, data, place)
            case OneOf(by="type"):
                return self.one_by_type(shape, data, place)
            case OneOf():
                return self.one(shape, data, place, own_id)
            case Anything():
                return self.wrong_type(shape, data, place) if data is None else self.anything(data, place)
            case _:
                return self.scalar(shape, data, place)

    def scalar(self, shape: Shape, data: Plain, place: Place) -> Any:
        if not is_type(shape, data):
            return self.wrong_type(shape, data, place)
        match shape:
            case Text():
                return self.text(shape, data, place)
            case Options():
                return self.option(shape, data, place)
            case Number(whole=whole) if whole and type(data) is float and data.is_integer():
                reason = shape.problem(int(data))
            case _:
                reason = shape.problem(data)
        return self.say("wrong-value", place, reason) if reason else data

    def text(self, shape: Text, data: str, place: Place) -> Any:
        reason = shape.flaw(data)
        if reason is None:
            return data
        if shape.rule == "empty-text":
            blank = not shape.matches(data)
            hint = "leave it out, or say something" if blank and place.optional else ""
            return self.say("empty-text" if blank else "wrong-value", place, reason, hint)
        hint = mended(shape, data) or self.suggestions.did_you_mean(data, shape.known())
        return self.say(shape.rule, place, reason, hint)

    def option(self, shape: Options, data: str, place: Place) -> Any:
        if data in shape.docs:
            return data
        if data in shape.refused:
            rule, message = shape.refused[data]
            return self.say(rule, place, message, f"write {' or '.join(shape.docs)}, or leave the entry out")
        hint = curly(shape, data) or shape.others.get(data.casefold().strip(), "")
        hint = hint or self.suggestions.did_you_mean(data, shape.docs)
        return self.say("wrong-value", place, shape.problem(data) or "", hint)

    def anything(self, data: Plain, place: Place) -> Any:
        if is_deeper(data, LIMITS.depth - place.depth):
            return self.say("limit", place, f"is nested deeper than {LIMITS.depth} levels")
        return data

    def items(self, shape: Items, data: Plain, place: Place) -> Any:
        if not is_list(data):
            return self.wrong_type(shape, data, place)
        if reason := shape.flaw(len(data)):
            self.say(shape.rule, place, reason)
        walked = [self.part(shape.item, item, place.at(index)) for index, item in enumerate(data)]
        kept = tuple(index for index, item in enumerate(walked) if item is not _BROKEN)
        rest = [walked[index] for index in kept]
        if len(rest) < len(data):
            self.moved[place.pointer] = kept
        if reason or shape.flaw(len(rest)):
            return self.drop(place)
        if shape.check is not None and (reason := shape.check(read_part(shape, rest))):
            return self.say("wrong-value", place, reason)
        return rest

    def table(self, shape: Table, data: Plain, place: Place) -> Any:
        if not is_mapping(data):
            return self.wrong_type(shape, data, place)
        rest: dict[str, Any] = {}
        for key, value in data.items():
            inner = place.at(key)
            if key[:2] == "x-":
                part = self.anything(value, inner)
            else:
                flaw = shape.key.flaw(key)
                if flaw:
                    self.say(shape.key.rule, inner, flaw, mended(shape.key, key), on_key=True)
                part = self.part(shape.item, value, inner, key if shape.keyed else None)
                part = _BROKEN if flaw else part
            if part is not _BROKEN:
                rest[key] = part
        return rest

    # --- one of several

    def one_by_type(self, shape: OneOf, data: Plain, place: Place) -> Any:
        fitting = [variant for variant in shape.variants if is_type(variant, data)]
        if not fitting:
            return self.wrong_type(shape, data, place)
        for variant in fitting:
            trial = _Walk(cls=self.cls)
            rest = trial.part(variant, data, place)
            if not trial.findings:
                return rest
        return self.part(fitting[0], data, place)

    def one(self, shape: OneOf, data: Plain, place: Place, own_id: str | None) -> Any:
        if not is_mapping(data):
            return self.wrong_type(shape, data, place)
        variant = self.by_kind(shape, data, place) if shape.by == "kind" else self.by_key(shape, data, place)
        return self.drop(place) if variant is None else self.part(variant, data, place, own_id)

    def by_kind(self, shape: OneOf, data: dict[str, Any], place: Place) -> Shape | None:
        kinds = ", ".join(shape.tags)
        if "kind" not in data:
            if not self.misspelt(data, ("kind",), keys_of(shape), place):
                self.say("missing-field", place, f"has no kind; say kind: one of {kinds}", on_key=True)
            return None
        kind, inner = data["kind"], place.at("kind", optional=False)
        if type(kind) is not str:
            self.say("wrong-type", inner, f"must be one of {kinds}, not {found(kind)}")
        elif kind not in shape.tags:
            self.say(
                "wrong-value",
                inner,
                f"unknown kind {shorten(kind)}, must be one of {kinds}",
                self.suggestions.did_you_mean(kind, shape.tags),
            )
        else:
            return shape.tags[kind]
        return None

    def by_key(self, shape: OneOf, data: dict[str, Any], place: Place) -> Shape | None:
        tags = [key for key in data if key in shape.tags]
        if len(tags) == 1:
            return shape.tags[tags[0]]
        if tags:
            inner = place.at(tags[1])
            self.say("unknown-field", inner, f"cannot stand beside {tags[0]!r}; keep one of the two", on_key=True)
        elif not self.misspelt(data, shape.tags, keys_of(shape), place):
            self.say("missing-field", place, f"must have one of the keys {', '.join(shape.tags)}", on_key=True)
        return None

    def misspelt(self, data: dict[str, Any], wanted: Collection[str], known: frozenset[str], place: Place) -> bool:
        """Say which unknown key of *data* was meant to be one of *wanted*, and whether there is one."""
        for key in data:
            if key[:2] != "x-" and key not in known and (near := self.suggestions.nearest(key, wanted)):
                self.unknown(place.at(key), f"did you mean {near!r}?")
                return True
        return False

    # --- records

    def record(self, shape: Record, data: Plain, place: Place, own_id: str | None) -> Any:
        if not is_mapping(data):
            return self.wrong_type(shape, data, place)
        before = len(self.findings)
        rest = self.parts(shape, data, place, own_id)
        if any(one.required and key not in rest for key, one in fields_of(shape, own_id).items()):
            return self.drop(place)
        # A bad key is said by the table; what is wrong about the fields together is not asked for then.
        if own_id is not None and shape.fields["id"].shape.problem(own_id):
            return rest
        whole = rest if own_id is None else {"id": own_id, **rest}
        return rest if self.holds(shape, whole, place, quiet=len(self.findings) > before) else self.drop(place)

    def holds(self, shape: Record, rest: dict[str, Any], place: Place, *, quiet: bool = False) -> bool:
        """Ask the class itself what its fields together are not, and say it unless something was said already."""
        if shape.cls.__attrs_post_init__ is Wired.__attrs_post_init__:
            return True
        try:
            reader(shape)(rest)
        except InvalidValueError as error:
            if not quiet:
                named = next((one.key for one in shape.fields.values() if one.name == error.field), "")
                self.say("wrong-value", place.at(named) if named in rest else place, error.reason)
            return False
        return True

    def parts(self, shape: Record, data: dict[str, Any], place: Place, own_id: str | None) -> dict[str, Any]:
        """Return the sound fields of a record, and say what is missing from it."""
        rest: dict[str, Any] = {}
        known = fields_of(shape, own_id)
        meant: set[str] = set()
        for key, value in data.items():
            if (one := known.get(key)) is not None:
                part = self.part(one.shape, value, place.at(key, optional=not one.required))
            elif key[:2] == "x-":
                part = self.anything(value, place.at(key))
            else:
                absent = [other for other in known if other not in data]
                part = self.other(key, known, absent, place.at(key), meant, is_own_id=key in shape.fields)
            if part is not _BROKEN:
                rest[key] = part
        for key, one in known.items():
            if one.required and key not in data and key not in meant:
                self.missing(one, place)
        return rest

    def other(
        self,
        key: str,
        known: Collection[str],
        absent: Collection[str],
        place: Place,
        meant: set[str],
        *,
        is_own_id: bool,
    ) -> Any:
        """Say what an unknown key was to be; one that was meant is not missing as well."""
        if is_own_id:
            return self.unknown(place, "the entry's own key is its id already: leave it out")
        if near := self.suggestions.nearest(key, absent):
            meant.add(near)
            return self.unknown(place, f"did you mean {near!r}?")
        hint = elsewhere(shape_of(self.cls), key) or self.suggestions.did_you_mean(key, known)
        return self.unknown(place, hint or f"keys here are {', '.join(known)}")

    def missing(self, one: Field, place: Place) -> None:
        rest = one.doc[:1].casefold() + one.doc[1:].rstrip(".")
        self.say("missing-field", place, f"{one.key!r} is missing", f"{one.key}: {rest}" if rest else "", on_key=True)
