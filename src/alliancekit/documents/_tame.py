"""
The YAML that every reader of 1.2 reads alike: one scan says whether a text is in it.

It is small on purpose, and yet what people and programs write: keys and dashes on lines of their own, values on the
same line or in a literal or folded block, brackets and braces that close on their line, comments. Whatever the scan
does not know is left to the careful reader, and so is whatever another reader takes for something else.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_tame"]

# Words that some reader takes for no text. As a key they are left out, and as a value only three of them are let in.
_WORD: Final = r"(?:[yY](?:es|ES)?|[nN](?:o|O|ull|ULL)?|[oO](?:n|N|ff|FF)|[tT](?:rue|RUE)|[fF](?:alse|ALSE))"
_NUMBER: Final = r"(?:0|[1-9][0-9]{0,14}+)(?:\.[0-9]{1,9}+)?+"
_DOUBLE: Final = r'"(?:[^"\\\n]++|\\["\\nt])*+"'
_SINGLE: Final = r"'(?:[^'\n]++|'')*+'"
# A letter, an opening mark of a language, or a small number before a word.
_FIRST: Final = r"(?:[^\W\d_]|[(“”„‘’«»‹›¿¡…]|[0-9]{1,3}[ ][^\W\d_])"
_KEY: Final = (
    rf"""(?:(?!{_WORD}:)[A-Za-z_][A-Za-z0-9_-]{{0,99}}+|"[A-Za-z0-9_ ./-]{{1,99}}+"|'[A-Za-z0-9_ ./-]{{1,99}}+'):"""
)

_COMMENT: Final = r"(?:\#[^\n]*+)?+"
_END: Final = rf"(?:[ ]++{_COMMENT})?+(?:\n|\Z)"
_PLAIN: Final = rf"(?!{_WORD}[ ]*+(?:\#|\n|\Z)){_FIRST}[^\n:\#]*+(?:(?::(?=[^ \n])|(?<=[^ ])\#)[^\n:\#]*+)*+(?:(?<=[ ]){_COMMENT})?+(?:\n|\Z)"

_IN_FLOW: Final = rf"(?!{_WORD}[ ]*+[,\]}}]){_FIRST}[^\n,\[\]{{}}:\#]*+(?::(?=[0-9])[^\n,\[\]{{}}:\#]*+)*+"
_ITEM: Final = rf"(?:{_DOUBLE}[ ]*+|{_SINGLE}[ ]*+|{_IN_FLOW}|(?:{_NUMBER}|true|false|null)(?=[ ,\]}}])[ ]*+)"
_LIST: Final = rf"\[[ ]*+(?:{_ITEM}(?:,[ ]*+(?!\])|(?=\])))*+\]"
_PAIR: Final = rf"{_KEY}[ ]++(?:{_ITEM}|{_LIST}[ ]*+)"
_MAPPING: Final = rf"\{{[ ]*+(?:{_PAIR}(?:,[ ]++(?!\}})|(?=\}})))*+\}}"
_INLINE: Final = (
    rf"(?:{_PLAIN}|(?:{_DOUBLE}|{_SINGLE}|(?:{_NUMBER}|true|false|null)(?=[ \n]|\Z)|{_LIST}|{_MAPPING}){_END})"
)

# What follows a value is indented no deeper than the key before it: it would be a part of the value, or an error.
_GAP: Final = r"(?:[ ]*+(?:\#[^\n]*+)?+\n)*+"
_COLUMN: Final = r"(?P=indent)(?(dash)[ ][ ])"
_NO_DEEPER: Final = rf"(?!{_GAP}{_COLUMN}[ ])"
# The first line of a block says how far it is indented, and no other is indented less; a folded one keeps to it.
_LITERAL: Final = rf"\|-?\n(?P<literal>{_COLUMN}[ ]++)(?=[^ \n])[^\n]*+\n(?:(?P=literal)[^\n]*+\n|\n)*+"
_FOLDED: Final = (
    rf">-?\n(?P<folded>{_COLUMN}[ ]++)(?=[^ \n])[^\n]*+(?<=[^ ])\n(?:(?P=folded)(?=[^ \n])[^\n]*+(?<=[^ ])\n|\n)*+"
)
_BLOCK: Final = rf"(?:{_LITERAL}|{_FOLDED})(?!{_COLUMN}[ ])"

_LINE: Final = re.compile(
    rf"""
      ^ (?P<indent>[ ]{{0,40}}+) (?P<dash>-[ ])?
        (?: (?P<key>{_KEY}[ ]++)? (?(key)|(?(dash)|(?!)))
            (?:{_INLINE}|(?(key){_BLOCK}|(?!))) (?(key){_NO_DEEPER}|(?! {_GAP} (?P=indent)[ ] ))
          | {_KEY} {_END}
        )
      | ^ [ ]*+ {_COMMENT} \n
      | \A ---\n
    """,
    re.VERBOSE | re.MULTILINE,
)


def is_tame(text: str) -> bool:
    """
    Return whether every reader of YAML 1.2 takes *text*, if for anything, then for the same.

    It may still be no YAML: indentation is not looked at as a whole, nor whether a key is there twice.
    """
    return text.replace("\n", "").isprintable() and not _LINE.sub("", text)
