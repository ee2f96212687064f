"""What a place on the wire may hold: texts, numbers, lists, mappings, and one of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Final, Literal, Protocol, TypeAlias, final

from attrs import field, frozen

from alliancekit.limits import MOST_INTEGER
from alliancekit.values import EMPTY, FrozenMap, is_frozen_map, is_tuple, shorten

Check: TypeAlias = Callable[[Any], str | None]

NOT_BLANK: Final = "[^ \\t\\n\\r]"
# Control characters and lone surrogates, inside the brackets of a pattern.
_NOT_WRITABLE: Final = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff"


class Shape(Protocol):
    """What a place on the wire may hold."""

    @property
    def expected(self) -> str:
        """What is right, in words."""
        ...

    def problem(self, value: Any) -> str | None:
        """Return what is wrong with *value*, as it is in Python, or None."""
        ...


@final
@frozen
class Key:
    """
    What a field is called on the wire, where that is not its name in Python.

    Attributes:
        name: The key.
        tag: Whether its presence tells the class apart from the others of a union.
    """

    name: str
    tag: bool = False


@final
@frozen(kw_only=True)
class Text:
    """
    A text, or what is written as one.

    Attributes:
        pattern: What it must match somewhere; means the same in Python, ECMAScript and RE2.
        rule: The rule that a text breaks that does not match.
        expected: What is right, in words.
        prose: Whether it holds somebody's words, which no `repr` shows.
        examples: Known values of an open word, or what a text of a fixed form looks like.
        check: What a pattern cannot say: None, or what is wrong.
        known: The texts that there are, where they can be counted: one of them may have been meant.
        parse: From the text to the value in Python; raises ValueError.
        render: From the value to its text.
        kind: The class of the value in Python.
    """

    pattern: str = NOT_BLANK
    rule: str = "empty-text"
    expected: str = "text that is not empty"
    prose: bool = False
    examples: tuple[str, ...] = ()
    check: Check | None = None
    known: Callable[[], Collection[str]] = tuple[str, ...]
    parse: Callable[[str], Any] = str
    render: Callable[[Any], str] = str
    kind: type = str

    @cached_property
    def matches(self) -> Callable[[str], object]:
        return re.compile(self._pattern).search

    @property
    def _pattern(self) -> str:
        # In Python alone `$` also matches before a last line break.
        return f"{self.pattern[:-1]}\\Z" if self.pattern.endswith("$") else self.pattern

    @cached_property
    def _sound(self) -> Callable[[str], object]:
        """The pattern and what can be written, in one: nearly every text is sound, and is asked nothing else."""
        anywhere = "" if self.pattern.startswith("^") else "(?s:.*?)"
        return re.compile(f"(?={anywhere}{self._pattern})[^{_NOT_WRITABLE}]*\\Z").match

    def flaw(self, text: str) -> str | None:
        """Return what is wrong with *text*, or None."""
        if not self._sound(text):
            wrong = f"must be {self.expected}, not {shorten(text)}"
            return "holds a control character, which no document can carry" if self.matches(text) else wrong
        if self.check is not None and (reason := self.check(text)):
            return reason
        return None if self.kind is str else self._unparsable(text)

    def _unparsable(self, text: str) -> str | None:
        try:
            self.parse(text)
        except ValueError:
            return f"must be {self.expected}, and {shorten(text)} is none"
        return None

    def problem(self, value: Any) -> str | None:
        if type(value) is not self.kind:
            what = self.expected if self.kind is str else f"a datetime.{self.kind.__name__}"
            return f"must be {what}, not {'the text ' if isinstance(value, str) else ''}{shorten(value)}"
        if isinstance(value, str):
            return self.flaw(value)
        if self.kind is date or getattr(value, "tzinfo", None) is UTC:
            return None  # a day, and an instant in UTC, can always be written
        if isinstance(value, datetime) and value.tzinfo is None:
            return f"must be a datetime.datetime with a time zone (tzinfo), not {shorten(str(value))}"
        return None if self._returns(value) else f"must be {self.expected}, not {shorten(str(value))}"

    def _returns(self, value: Any) -> bool:
        # A time of day with seconds would not be the same when it is read again; the year 1 may have no time in UTC.
        try:
            return bool(self.parse(self.render(value)) == value)
        except OverflowError:
            return False


@final
@frozen
class Number:
    """
    A number.

    Attributes:
        low: The least that it may be; None for no bound.
        high: The most that it may be; None for no bound.
        whole: Whether it must be an integer.
    """

    low: float | None = None
    high: float | None = None
    whole: bool = True

    @property
    def expected(self) -> str:
        noun = "a whole number" if self.whole else "a number"
        if self.low is not None and self.high is not None:
            return f"{noun} from {self.low} to {self.high}"
        return noun if self.low is None else f"{noun} of at least {self.low}"

    def problem(self, value: Any) -> str | None:
        kinds = (int,) if self.whole else (int, float)
        # Beyond it a number is not the same in every reader of JSON; a NaN passes no comparison.
        low, high = -MOST_INTEGER if self.low is None else self.low, MOST_INTEGER if self.high is None else self.high
        sound = type(value) in kinds and low <= value <= high
        return None if sound else f"must be {self.expected}, not {shorten(value)}"


@final
@frozen
class Flag:
    """True or false."""

    expected = "true or false"

    def problem(self, value: Any) -> str | None:
        return None if isinstance(value, bool) else f"must be true or false, not {shorten(value)}"


@final
@frozen(kw_only=True)
class Options:
    """
    One of a closed set of texts.

    Attributes:
        docs: Each text with what it means.
        refused: Texts that break a rule of their own: the text, then the rule and its message.
        others: Words that people write for one of them, each with what to write.
    """

    docs: FrozenMap[str] = field(converter=FrozenMap[str])
    refused: FrozenMap[tuple[str, str]] = field(default=EMPTY, converter=FrozenMap[tuple[str, str]])
    others: FrozenMap[str] = field(default=EMPTY, converter=FrozenMap[str])

    @property
    def expected(self) -> str:
        return f"one of {', '.join(self.docs)}"

    def problem(self, value: Any) -> str | None:
        return (
            None if isinstance(value, str) and value in self.docs else f"must be {self.expected}, not {shorten(value)}"
        )


@final
@frozen
class Const:
    """
    Exactly one text.

    Attributes:
        value: The text.
    """

    value: str

    @property
    def expected(self) -> str:
        return repr(self.value)

    def problem(self, value: Any) -> str | None:
        return None if value == self.value else f"must be {self.value!r}, not {shorten(value)}"


@final
@frozen
class Scalar:
    """A text, a number, true or false."""

    expected = "a text, a number, true or false"

    def problem(self, value: Any) -> str | None:
        return None if isinstance(value, str | int | float) else f"must be {self.expected}, not {shorten(value)}"


@final
@frozen
class Anything:
    """Any plain data but null; what it must be is said elsewhere."""

    expected = "plain data"

    def problem(self, value: Any) -> str | None:
        sound = isinstance(value, str | int | float | tuple | FrozenMap)
        return None if sound else f"must be plain data, not {shorten(value)}"


@final
@frozen(kw_only=True)
class Items:
    """
    A list.

    Attributes:
        item: What each entry is; read from the annotation.
        least: The fewest entries it may have where it is written.
        most: The most it may have; None for no bound.
        rule: The rule that a list of another length breaks.
        lacking: What is said of a list that is too short, where more can be said than its length.
        check: What counting cannot say: None, or what is wrong.
    """

    item: Shape = field(factory=Anything)
    least: int = 0
    most: int | None = None
    rule: str = "wrong-value"
    lacking: str = ""
    check: Check | None = None

    @property
    def expected(self) -> str:
        return f"a list of at least {self.least}" if self.least else "a list"

    def flaw(self, count: int) -> str | None:
        """Return what is wrong with *count* entries, or None."""
        if count < self.least:
            return self.lacking or f"must be {self.expected}, not of {count}"
        too_many = self.most is not None and count > self.most
        return f"must be a list of at most {self.most}, not of {count}" if too_many else None

    def problem(self, value: Any) -> str | None:
        if not is_tuple(value):
            what = "the text " if isinstance(value, str) else ""
            return f"must be a list, not {what}{shorten(value)}"
        inner = self.flaw(len(value)) or next(filter(None, map(self.item.problem, value)), None)
        return inner or (self.check(value) if self.check else None)


@final
@frozen(kw_only=True)
class Table:
    """
    A mapping whose keys are the document's own.

    Attributes:
        key: What each key is.
        item: What each value is.
        keyed: Whether a value repeats its key as its ``id`` in Python; on the wire it stands once, as the key.
    """

    key: Text
    item: Shape = field(factory=Anything)
    keyed: bool = False

    expected = "a mapping"

    def problem(self, value: Any) -> str | None:
        if not is_frozen_map(value):
            what = "a mapping, or a list of values that have an id" if self.keyed else "a mapping"
            return (
                f"must be {what}, not {'a list of other things' if self.keyed and is_tuple(value) else shorten(value)}"
            )
        for key, item in value.items():
            if reason := self.item.problem(item) or self._misplaced(key, item):
                return f"{key}: {reason}"
        return None

    def _misplaced(self, key: str, item: Any) -> str | None:
        # An entry has seen to its own id.
        if self.keyed and item.id == key:
            return None
        return f"its id is {item.id!r}" if self.keyed else self.key.problem(key)


@final
@frozen(kw_only=True)
class OneOf:
    """
    One of several shapes.

    Attributes:
        variants: The shapes.
        by: What tells them apart: a ``key`` that only one has, the ``kind`` that it names, or its ``type`` in JSON.
    """

    variants: tuple[Shape, ...]
    by: Literal["key", "kind", "type"]

    @property
    def expected(self) -> str:
        return " or ".join(variant.expected for variant in self.variants)

    def problem(self, value: Any) -> str | None:
        wrong = all(variant.problem(value) for variant in self.variants)
        return f"must be {self.expected}, not {shorten(value)}" if wrong else None

    @cached_property
    def tags(self) -> Mapping[str, Shape]:
        """The variants that carry a tag, by the key or kind that it is."""
        return {tag: variant for variant in self.variants if (tag := getattr(variant, "tag", ""))}
