"""
The words that the wording rules know, by language.

A language is one TOML file in this folder, or a `Words` that somebody hands over in `Settings`. A text in a language that
has neither is not judged.
"""

from alliancekit.check._words._alike import Pair, alike
from alliancekit.check._words._asking import MOST_SENTENCES, Asking
from alliancekit.check._words._blanks import blanks_in
from alliancekit.check._words._languages import read_words, words_of
from alliancekit.check._words._reading import Found, Reading
from alliancekit.check._words._words import Words

__all__ = [
    "MOST_SENTENCES",
    "Asking",
    "Found",
    "Pair",
    "Reading",
    "Words",
    "alike",
    "blanks_in",
    "read_words",
    "words_of",
]
