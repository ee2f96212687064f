"""
The words that the wording rules know, by language.

A language is one TOML file in this folder, or a `Words` that somebody hands over in `Settings`. A text in a language that
has neither is not judged.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from alliancekit.check._words._languages import read_words, words_of
from alliancekit.check._words._reading import Found, Reading
from alliancekit.check._words._words import Words

if TYPE_CHECKING:
    from alliancekit.check._words._alike import Pair, alike
    from alliancekit.check._words._asking import MOST_SENTENCES, Asking
    from alliancekit.check._words._blanks import blanks_in

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


if not TYPE_CHECKING:  # a checker would take it to mean that the folder has every name

    def __getattr__(name: str) -> Any:
        """Hand out on demand what reads questions: whoever checks an agreement need not wait for it."""
        for where in ("_alike", "_asking", "_blanks") if name in __all__ else ():
            module = import_module(f"{__name__}.{where}")
            if name in module.__all__:
                return getattr(module, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
