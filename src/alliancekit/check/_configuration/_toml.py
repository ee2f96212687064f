"""TOML of a stranger: read within limits, and searched for the line of a key, which its reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, final

from attrs import evolve, frozen

from alliancekit.errors import ConfigurationError
from alliancekit.findings import HOME, Finding, Position, Span
from alliancekit.typing import Pointer
from alliancekit.values import is_list, is_mapping, tokens_of

__all__ = ["parse", "place", "wrong"]

# A key of very many parts takes the reader quadratic time; nobody writes one.
_MOST_DOTS: Final = 250
# How many characters are read again in search of lines; after that no more are told.
_MOST_READ: Final = 2 << 20
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_MEANINGS: Final = {
    "Cannot overwrite a value": "a key is written twice",
    "Invalid value": "this is no value: a text stands in quotes",
    "Expected '=' after a key in a key/value pair": "a key is followed by =, and a table stands in [brackets]",
    "Invalid statement": "this is neither a key with a value nor a [table]",
    "Expected newline or end of document after a statement": "something stands behind the value",
    "Unterminated string": "a text in quotes is not closed",
}


def parse(data: bytes, path: str) -> dict[str, Any]:
    """
    Return what the TOML file *path* holds.

    Raises:
        ConfigurationError: If it is not UTF-8 or not TOML, with the place.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, "the file is not UTF-8", "save it as UTF-8", number) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise _refused(path, "the line has too many dots", f"the limit is {_MOST_DOTS}", number)
    return _parsed(text, path)


def _parsed(text: str, path: str) -> dict[str, Any]:
    import tomllib

    try:
        return dict(_plain(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        reason = str(error)[: found.start()] if found else str(error)
        number = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
        raise _refused(path, "the file is no TOML", _MEANINGS.get(reason, reason), number) from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise _refused(path, "the file holds a number that is too long", "", 1) from error
    except RecursionError as error:
        raise _refused(path, "the file nests too deep to be read", "", 1) from error


@final
@frozen
class _Unquoted:
    """A date or a time, which TOML has and JSON has not; no key holds one."""

    text: str

    def __repr__(self) -> str:
        return f"the date or time {self.text}"


def _plain(data: Any) -> Any:
    if is_mapping(data):
        return {key: _plain(value) for key, value in data.items()}
    if is_list(data):
        return [_plain(value) for value in data]
    return data if isinstance(data, str | int | float) else _Unquoted(str(data))


def _refused(path: str, message: str, hint: str, line: int) -> ConfigurationError:
    return ConfigurationError((wrong(message, hint, path=path, span=_span(line)),))


def wrong(
    message: str, hint: str = "", *, pointer: Pointer = "", path: str | None = None, span: Span | None = None
) -> Finding:
    """Return what is wrong with a configuration."""
    page = f"{HOME}reference/configuration/"
    return Finding(rule="settings", message=message, hint=hint, pointer=pointer, path=path, span=span, page=page)


def place(findings: Iterable[Finding], data: bytes, path: str) -> tuple[Finding, ...]:
    """Return *findings*, whose pointers lead into the TOML *data*, each with the line of its key, by line."""
    lines = _Lines(data.decode("utf-8-sig"))
    placed = [evolve(one, path=path, span=_span(lines.of(tokens_of(one.pointer)))) for one in findings]
    return tuple(sorted(placed, key=lambda one: one.line or 0))


def _span(line: int | None) -> Span | None:
    """Return the beginning of a line: nothing better is known."""
    return None if line is None else Span(Position(line, 1), Position(line, 1))


class _Lines:
    """
    On which line each key stands.

    The first lines of a TOML file are TOML by themselves wherever no text or list is left open, and what they hold the
    whole holds too. So a key is written by the statement that ends where it is first there.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._read: dict[int, Any] = {0: {}}
        self._left = _MOST_READ

    def of(self, tokens: tuple[str, ...]) -> int | None:
        """Return the line on which the statement begins that writes *tokens*; None where that would take too long."""
        without, bound = 0, len(self._lines) + 1
        while without + 1 < bound and self._left > 0:
            middle = (without + bound) // 2
            readable = next((n for n in range(middle, bound) if self._left <= 0 or self._first(n) is not None), bound)
            if readable == bound or _holds(self._first(readable), tokens):
                bound = middle
            else:
                without = readable
        return without + 1 if self._left > 0 else None

    def _first(self, count: int) -> Any:
        """Return what the first *count* lines hold; None where they are not whole."""
        import tomllib

        if count not in self._read:
            text = "\n".join(self._lines[:count])
            self._left -= len(text)
            try:
                self._read[count] = tomllib.loads(text)
            except tomllib.TOMLDecodeError:
                self._read[count] = None
        return self._read[count]


def _holds(data: Any, tokens: tuple[str, ...]) -> bool:
    for token in tokens:
        if not is_mapping(data):
            return True
        if token not in data:
            return False
        data = data[token]
    return True
