"""
Plain data to text, in one way each: block style, two spaces, order kept.

What any reader of YAML 1.1 or 1.2 would take for something else is quoted. A text is written as a literal block only
where that is exact; everything else that is not plain goes into double quotes, where every character can be escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from alliancekit.documents._notes import CONTROL
from alliancekit.documents._scalars import is_safe_plain
from alliancekit.errors import InvalidValueError
from alliancekit.limits import MOST_INTEGER
from alliancekit.typing import Json, Pointer
from alliancekit.values import is_list, is_mapping, pointer_of, shorten, thaw

__all__ = ["block_lines", "checked", "flow_text", "inline_text", "write_json", "write_yaml"]

_INDENT: Final = "  "
# No line that we write comes near the limit of a reader, whatever its characters weigh in UTF-8.
_LONG: Final = 2_000
_PIECE: Final = 500
# A key without a question mark must end within 1,024 characters.
_LONG_KEY: Final = 120

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
# Besides quote, backslash and controls: what YAML 1.1 takes for line breaks, marks of byte order, noncharacters.
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]')
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]")


def write_yaml(data: Json) -> str:
    """
    Return *data* as YAML that reads back to the same value, by readers of YAML 1.1 too.

    Args:
        data: Lists, mappings with text keys, texts, numbers, truth values and None.

    Raises:
        InvalidValueError: If *data* holds what a document may not: control characters, halves of surrogate pairs,
            numbers that are not finite or too large to be kept exactly, keys that are not text.

    .. versionadded:: 0.1
    """
    plain = checked(data)
    return "".join(f"{line}\n" for line in block_lines(plain, 0))


def write_json(data: Json) -> str:
    """
    Return *data* as JSON with an indentation of two spaces.

    Args:
        data: As for `write_yaml`.

    Raises:
        InvalidValueError: As for `write_yaml`.

    .. versionadded:: 0.1
    """
    return json.dumps(checked(data), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def checked(data: Json) -> Any:
    """Return *data* as lists and dictionaries, after a look at every part."""
    plain = thaw(data)
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(plain, ())]
    while waiting:
        value, path = waiting.pop()
        if is_mapping(value):
            for key, part in value.items():
                _check_scalar(key, path, is_key=True)
                waiting.append((part, (*path, key)))
        elif is_list(value):
            waiting += [(part, (*path, i)) for i, part in enumerate(value)]
        else:
            _check_scalar(value, path)
    return plain


def _check_scalar(value: object, path: tuple[str | int, ...], *, is_key: bool = False) -> None:
    if isinstance(value, str):
        if (found := CONTROL.search(value)) is not None:
            _refuse(path, f"holds U+{ord(found[0]):04X}, which no text may")
    elif is_key:
        _refuse(path, f"the key {shorten(value)} is not text")
    elif isinstance(value, float):
        if not isfinite(value):
            _refuse(path, "is not a finite number")
    elif isinstance(value, int):
        if abs(value) > MOST_INTEGER:
            _refuse(path, f"is beyond {MOST_INTEGER:,}, so readers would round it")
    elif value is not None:
        _refuse(path, f"is a {type(value).__name__}, not plain data")


def _refuse(path: tuple[str | int, ...], reason: str) -> None:
    where: Pointer = pointer_of(*path)
    raise InvalidValueError("document", where or "(whole)", reason)


def block_lines(value: Any, depth: int) -> list[str]:
    """Return the lines of *value* in block style, each indented *depth* times, without line breaks."""
    if is_mapping(value) and value:
        return [line for key, part in value.items() for line in _entry(_key(key, depth), part, depth)]
    if is_list(value) and value:
        return [line for part in value for line in _item(part, depth)]
    return [_INDENT * depth + inline_text(value, depth)]


def _key(key: str, depth: int) -> str:
    text = inline_text(key, depth + 1)
    return f"{text}:" if len(text) <= _LONG_KEY else f"? {text}\n{_INDENT * depth}:"


def _entry(head: str, value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of *value* behind *head*, which is a key with its colon or a dash."""
    start = _INDENT * depth + head
    if _is_collection(value):
        yield from start.split("\n")
        yield from block_lines(value, depth + 1)
    elif isinstance(value, str) and is_exact_literal(value):
        *before, last = f"{start} {'|' if value.endswith(chr(10)) else '|-'}".split("\n")
        yield from before
        yield last
        yield from literal_lines(value, depth + 1)
    else:
        yield from f"{start} {inline_text(value, depth + 1)}".split("\n")


def _item(value: Any, depth: int) -> Iterator[str]:
    if not _is_collection(value):
        yield from _entry("-", value, depth)
        return
    # The first line of the collection stands behind the dash.
    first, *rest = block_lines(value, depth + 1)
    yield f"{_INDENT * depth}- {first[len(_INDENT) * (depth + 1) :]}"
    yield from rest


def _is_collection(value: Any) -> bool:
    return bool(value) and (is_mapping(value) or is_list(value))


def is_exact_literal(text: str) -> bool:
    """Return whether a literal block says exactly *text*, and keeps saying it in editors that trim lines."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return (
        "\n" in text
        and not _UNSEEN.search(text)
        and bool(lines[0])
        and bool(lines[-1])
        and not lines[0].startswith((" ", "\t"))
        and all(line == line.rstrip() and len(line) <= _LONG and not line.startswith("\t") for line in lines)
    )


def literal_lines(text: str, depth: int) -> Iterator[str]:
    """Yield the lines of a literal block that says *text*, without its header."""
    for line in text.removesuffix("\n").split("\n"):
        yield _INDENT * depth + line if line else ""


def inline_text(value: Any, depth: int = 1, *, in_flow: bool = False) -> str:
    """
    Return *value*, a scalar or an empty collection, as it stands behind a key.

    Args:
        value: What to write.
        depth: The indentation of further lines, should the text be so long that it needs some.
        in_flow: Whether it stands inside brackets or braces.
    """
    if isinstance(value, str):
        is_plain = len(value) <= _LONG and is_safe_plain(value, in_flow=in_flow) and not _UNSEEN.search(value)
        return value if is_plain else quoted(value, depth)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, int):
        return str(value)
    return "{}" if is_mapping(value) else "[]"


def quoted(text: str, depth: int) -> str:
    """Return *text* in double quotes; a long one goes on over lines that end in a backslash."""
    if len(text) <= _LONG:
        return f'"{_escaped(text)}"'
    pieces = [_escaped(text[i : i + _PIECE]) for i in range(0, len(text), _PIECE)]
    # A space at the begin of a line would be taken for indentation.
    further = [f"\\{piece}" if piece.startswith(" ") else piece for piece in pieces[1:]]
    return '"' + f"\\\n{_INDENT * depth}".join([pieces[0], *further]) + '"'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}"


def _float(value: float) -> str:
    """Return *value* so that YAML 1.1, too, sees a number: with a point, and with a sign in the exponent."""
    digits, mark, exponent = repr(value).partition("e")
    if "." not in digits:
        digits += ".0"
    return f"{digits}{mark}{exponent if not exponent or exponent[0] in '+-' else '+' + exponent}"


def flow_text(value: Any) -> str:
    """Return *value* in flow style on one line, for a place inside brackets or braces."""
    if is_mapping(value) and value:
        return "{" + ", ".join(f"{_flow_key(k)}: {flow_text(v)}" for k, v in value.items()) + "}"
    if _is_collection(value):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    if isinstance(value, str) and len(value) > _LONG:
        return f'"{_escaped(value)}"'
    return inline_text(value, in_flow=True)


def _flow_key(key: str) -> str:
    text = inline_text(key, in_flow=True)
    return text if len(text) <= _LONG_KEY else f"? {text}"
