"""One line from a person: what they type, the words that are for the program, and a pick among several."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final

import click

from alliancekit.check import escape_terminal
from alliancekit.cli._console import broken, say, tell
from alliancekit.errors import did_you_mean

PASS: Final = ":pass"  # noqa: S105 - no password: what one types to leave a question
BACK: Final = ":back"
SAVE: Final = ":save"
HELP: Final = ":help"
NOTHING: Final = "-"

WORDS: Final = ":pass leaves a question, :back goes to the one before, :save stops here, :help says more."
MORE: Final = """\
:pass   leaves the question; nobody is told why, or whether you passed or kept your answer to yourself
:back   goes to the question before, as long as what you said there can still be changed
:save   stops here; everything you said is saved, as it is when you press Ctrl-C
-       in place of something that you wrote before: takes it out
A line that ends with \\ goes on in the next one."""


class Stop(Exception):  # noqa: N818 - the person stops; nothing is wrong
    """The person wants to stop here, in the middle of an answer or between answers."""

    def __init__(self, answer: Any = None) -> None:
        super().__init__()
        self.answer = answer
        """What was said until then, as far as it is whole; None for nothing."""


class Aside(Exception):  # noqa: N818 - the person passes or goes back; nothing is wrong
    """The person typed a word to us, and no answer."""

    def __init__(self, word: str, answer: Any = None) -> None:
        super().__init__(word)
        self.word = word
        self.answer = answer
        """What was said until then, as far as it is whole; None for nothing."""


def prepare_line_editing() -> None:
    """Let a person at a terminal edit what they type; no line is remembered, so that no key brings back another's."""
    if sys.stdin is None or not sys.stdin.isatty():
        return
    try:
        import readline
    except ImportError:  # no cover - there is none on Windows, where the console edits lines itself
        return
    readline.set_auto_history(False)


def line(label: str = "", *, optional: bool = False, before: str = "") -> str:
    """
    Return what the person types; a line that ends with a backslash goes on in the next.

    Args:
        label: What is asked, in a few words.
        optional: Whether nothing is an answer too.
        before: What they wrote there before: Enter keeps it.

    Raises:
        Stop: They typed ``:save`` or Ctrl-C, or there is nothing left to read.
        Aside: They typed ``:pass`` or ``:back``.
    """
    shown = _fitting(escape_terminal(f"{label} [{_short(before)}]" if before else label))
    while True:
        text = _read(f"{shown}> " if label else f"{shown.lstrip()}> ")
        if text.startswith(":") and text[1:].isalpha():
            _obey(text)
        elif text == NOTHING and optional:
            return ""
        elif text or before or optional:
            return text or before
        else:
            tell("Something is needed here; :help says what else you can type.", indent="  ")


def _obey(word: str) -> None:
    if word == SAVE:
        raise Stop
    if word in (PASS, BACK):
        raise Aside(word)
    if word == HELP:
        tell(MORE, hang="        ")
    else:
        tell(f"There is no {word}; {did_you_mean(word, (PASS, BACK, SAVE, HELP)) or WORDS}", indent="  ")


def _fitting(label: str) -> str:
    """Return *label* so that no word is broken where it is long, with room left to type in."""
    text = label.lstrip()
    indent = label[: len(label) - len(text)]
    return broken(text, sys.stdout, indent=indent, hang=f"{indent}  ") if text else label


def _read(prompt: str) -> str:
    above, _, last = prompt.rpartition("\n")  # line editing counts from where its own line begins
    if above:
        click.echo(above)
    try:
        text = input(last)
        while text.endswith("\\"):
            text = f"{text[:-1]}\n{input('… ')}"
    except (KeyboardInterrupt, EOFError, RuntimeError):  # the last is what a closed standard input raises
        raise Stop from None
    return text.strip()


def _short(text: str) -> str:
    first = text.partition("\n")[0]
    return first if first == text and len(text) <= 40 else f"{first[:39].rstrip()}…"


def yes(question: str, *, default: bool | None = False) -> bool:
    """Return whether the person says yes; Enter is *default*, and with None there is none."""
    hint = {True: " [Y/n]", False: " [y/N]", None: " (y/n)"}[default]
    while True:
        word = line(f"{question}{hint}", optional=default is not None).casefold()
        if word in ("y", "yes", "n", "no"):
            return word.startswith("y")
        if not word and default is not None:
            return default
        say("  Yes or no?")


def pause(label: str) -> str:
    """Wait until the person presses Enter; return the word to us that they typed instead, if it was one."""
    try:
        line(label, optional=True)
    except Aside as aside:
        return aside.word
    return ""


def choose(options: Mapping[str, str], label: str = "number", *, optional: bool = False) -> str:
    """Show *options* with numbers and return the key of the one that the person picks; an empty text for none."""
    return next(iter(choose_several(options, label, optional=optional, most=1)), "")


def choose_several(
    options: Mapping[str, str], label: str, *, optional: bool = False, before: str = "", most: int = 0
) -> list[str]:
    """Show *options* with numbers and return the keys of those that the person picks, at most *most* unless that is 0."""
    for number, text in enumerate(options.values(), 1):
        tell(text, indent=f"  {number:>2}  ", hang="      ")
    while True:
        words = [word.strip() for word in line(label, optional=optional, before=before).split(",")]
        found = [picked(word, options) for word in words if word]
        if all(found) and (not most or len(found) <= most):
            return list(dict.fromkeys(found))
        wrong = next((word for word in words if word and not picked(word, options)), "")
        told = f"There is no {wrong!r}; type a number from 1 to {len(options)}." if wrong else "One number, please."
        tell(told, indent="  ")


def picked(word: str, options: Mapping[str, str], *, numbered: bool = True) -> str:
    """Return the key that *word* means: itself, its label, how one alone begins, or where *numbered* its number."""
    keys = tuple(options)
    if numbered and word.isdecimal() and 0 < int(word) <= len(keys):
        return keys[int(word) - 1]
    wanted = word.casefold().replace("_", " ")
    said = {key: (key.casefold().replace("_", " "), label.casefold()) for key, label in options.items()}
    exact = [key for key, names in said.items() if wanted in names]
    begun = [key for key, names in said.items() if any(name.startswith(wanted) for name in names)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else ""
