"""
The one way in which text from a file, or the name of one, reaches a terminal or a log.

A terminal obeys escapes, a reader is fooled by what reverses or hides letters, and a build runner takes commands out of
what a program prints. So everything that is not a visible character is written as its code, and what begins a runner's
command is broken.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escape_terminal", "pieces"]

# C0 but the tab, DEL, C1, lone surrogates, line and paragraph separators, and what is invisible or changes direction.
# The joiners U+200C and U+200D stay: whole scripts, and most pictures of people, are written with them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# GitHub reads ##[ anywhere in a line, and :: where it begins, after any space; others ##vso[ and ##teamcity[.
_RUNNER: Final = re.compile(r"(?<!\S):(?=:)|#(?=#[\w.-]*\[)")


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
