"""
How text from a file, or the name of one, reaches whoever reads a report: one function for each kind of reader.

A terminal obeys escapes, a person is fooled by what reverses or hides letters, and a build runner takes commands out of
whatever a program prints, reports in JSON and XML among it. What is for people has everything that is not a visible
character written as its code, and what begins a runner's command broken; what is for machines keeps its value, and is
written in ASCII so that no runner sees a command in it.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

__all__ = ["escape_data", "escape_property", "escape_terminal", "escape_xml", "json_text", "pieces"]

# C0 but the tab, DEL, C1, lone surrogates, line and paragraph separators, no characters, and what is invisible, blank or
# changes direction.
# The joiners U+200C and U+200D stay: whole scripts, and most pictures of people, are written with them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# GitHub reads ##[ anywhere in a line, and :: where it begins, after any space; others ##vso[ and ##teamcity[.
_COMMAND: Final = r"#(?=#[\w.-]*\[)"
_RUNNER: Final = re.compile(rf"(?<!\S):(?=:)|{_COMMAND}")


def escape_terminal(text: str) -> str:
    r"""
    Return *text* as one line that no terminal and no build runner obeys: ``\x1b`` for an escape, ``\n`` for a line break.

    .. versionadded:: 0.1
    """
    if text.isascii() and text.isprintable() and "##" not in text and "::" not in text:
        return text
    return "".join(pieces(text))


def pieces(text: str) -> list[str]:
    """Return what each character of *text* is written as, so that who counts columns can follow."""
    found = [_code(one) if _UNSEEN.match(one) else one for one in text]
    for command in _RUNNER.finditer(text):
        at = command.end() - 1
        found[at] = f"\\x{ord(text[at]):02x}"
    return found


def _code(character: str) -> str:
    if character in "\n\r":
        return {"\n": r"\n", "\r": r"\r"}[character]
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def escape_data(text: str) -> str:
    """Return *text* as the message of a GitHub workflow command: the runner reads it back as one visible line."""
    return escape_terminal(text).replace("%", "%25")


def escape_property(text: str) -> str:
    """Return *text* as a property of a GitHub workflow command, which a colon or a comma would end."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


# What XML 1.0 has no way to write: it becomes U+FFFD.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_PLAIN: Final = re.compile(rf"""[&<>"'\t\n\r]|[^\x20-\x7e]|{_COMMAND}""")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def escape_xml(text: str) -> str:
    """Return *text* as ASCII on one line that any XML reader takes for *text*, in an element and in an attribute."""
    legal = _NOT_XML.sub("\ufffd", text)
    return _NOT_PLAIN.sub(lambda found: _ENTITIES.get(found[0]) or f"&#{ord(found[0])};", legal)


def json_text(data: Any) -> str:
    """Return *data* as JSON in ASCII, with no line in it that a build runner obeys."""
    # A # stands only within texts there, so its code may stand for it; no line of indented JSON begins with a colon.
    return re.sub(_COMMAND, r"\\u0023", json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False)) + "\n"
