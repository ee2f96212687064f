"""Asking one question in the terminal: from what a person types to a value, by the kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click

from alliancekit.cli._console import say
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ClausesAnswer, NumberAnswer, Prompt, ScaleAnswer, YesNoAnswer

PASS: Final = ":pass"
BACK: Final = ":back"
SAVE: Final = ":save"
LEAVES_OUT: Final = " (Enter leaves it out)"
HELP: Final = "Type your answer. :pass leaves the question, :back goes to the one before, :save stops here."

# What is asked of a clause, in this order; an id, and what follows from it, a person need not write.
_LABELS: Final[Mapping[str, str]] = {
    "element": "what kind it is",
    "topic": "what it is about",
    "text": "in your words",
    "purpose": "what it is for",
    "known_by": "how would you know",
    "of": "whom you ask",
    "to": "to whom",
    "due": "by which day, like 2026-12-01",
    "frequency": "how often",
    "interval": "every how many of them",
    "weekdays": "on which days",
    "starts": "from which day on, like 2026-12-01",
    "at": "at what time, like 10:00",
    "timezone": "in which time zone, like Europe/Lisbon",
    "minutes": "for how many minutes",
    "where": "where",
    "hours": "at what hours",
    "reply_within_hours": "a reply within how many hours",
}


class Stop(Exception):  # noqa: N818 - the person stops; nothing is wrong
    """The person wants to stop here."""


class Aside(Exception):  # noqa: N818 - the person passes or goes back; nothing is wrong
    """The person typed a word to us, and no answer."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def line(label: str, *, optional: bool = False) -> str:
    """
    Return what the person types; a line that ends with a backslash goes on in the next.

    Raises:
        Stop: They typed ``:save``, or there is nothing left to read.
        Aside: They typed ``:pass`` or ``:back``.
    """
    while True:
        text = _read(label)
        if text == ":help":
            say(HELP)
        elif text == SAVE:
            raise Stop
        elif text in (PASS, BACK):
            raise Aside(text)
        elif text.startswith(":") and text[1:].isalpha():
            say(f"There is no {text}. {HELP}")
        elif text or optional:
            return text


def _read(label: str) -> str:
    try:
        text = str(click.prompt(label, default="", show_default=False, prompt_suffix="> "))
        while text.endswith("\\"):
            text = f"{text[:-1]}\n{click.prompt('', default='', show_default=False, prompt_suffix='… ')}"
    except (click.Abort, EOFError):
        raise Stop from None
    return text.strip()


def yes(question: str) -> bool:
    """Return whether the person says yes; anything but a yes is a no."""
    return line(f"{question} [y/N]", optional=True).casefold() in ("y", "yes")


def answer_to(prompt: Prompt) -> Any:
    """Return the person's answer to *prompt* as plain data; the engine judges whether it fits."""
    match prompt.answer:
        case ChoiceAnswer() | ChoicesAnswer() as kind:
            return _chosen(kind)
        case ScaleAnswer(points=points, low=low, high=high):
            return _number(f"1 ({low or 'low'}) to {points} ({high or 'high'})")
        case YesNoAnswer():
            return yes("yes or no")
        case NumberAnswer(unit=unit):
            return _number(unit or "a number")
        case ClausesAnswer():
            return clauses(prompt)
        case _:
            return line("")


def _chosen(kind: ChoiceAnswer | ChoicesAnswer) -> Any:
    for number, label in enumerate(kind.options.values(), 1):
        say(f"  {number}  {label}")
    several = isinstance(kind, ChoicesAnswer)
    picked = _picks(line("numbers, with commas" if several else "number"), tuple(kind.options))
    bare = picked if several else picked[0]
    note = line(f"a note{LEAVES_OUT}", optional=True) if kind.note else ""
    return {"choices" if several else "choice": bare, "note": note} if note else bare


def _picks(text: str, among: tuple[str, ...]) -> list[str]:
    words = [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]
    return [among[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(among) else word for word in words] or [
        text
    ]


def _number(label: str) -> Any:
    return _as_number(line(label))


def _as_number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def clauses(prompt: Prompt) -> list[dict[str, Any]]:
    """Return the clauses that the person writes, one after another until they have no more."""
    from alliancekit.flow import answer_schema

    entry = answer_schema(prompt)["items"]
    found = [clause(entry)]
    while yes("one more"):
        found.append(clause(entry))
    return found


def clause(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return one clause, asked field by field as its JSON Schema says."""
    variants = schema.get("anyOf")
    entry = _variant(variants) if variants else schema
    required = entry.get("required", ())
    found: dict[str, Any] = {}
    for key in (key for key in _LABELS if key in entry["properties"]):
        options = entry["properties"][key].get("enum", ())
        if len(options) == 1:
            found[key] = options[0]
        elif (value := _part(key, entry["properties"][key], optional=key not in required)) != "":
            found[key] = value
    return found


def _variant(variants: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    names = [", ".join(one["properties"].get("element", {}).get("enum", ())) for one in variants]
    for number, name in enumerate(names, 1):
        say(f"  {number}  {name.replace('_', ' ')}")
    picked = _picks(line("number"), tuple(names))[0]
    return next((one for name, one in zip(names, variants, strict=True) if name == picked), variants[0])


def _part(key: str, schema: Mapping[str, Any], *, optional: bool) -> Any:
    label, options = _LABELS[key], _options(schema)
    if options:
        label = f"{label}: {', '.join(options)}"
    text = line(f"  {label}{LEAVES_OUT if optional else ''}", optional=optional)
    if not text or schema.get("type") not in ("array", "integer"):
        return text
    return [word.strip() for word in text.split(",")] if schema["type"] == "array" else _as_number(text)


def _options(schema: Mapping[str, Any]) -> tuple[str, ...]:
    inner = schema.get("items", schema)
    return tuple(inner.get("enum") or (str(one["const"]) for one in inner.get("oneOf", ()) if "const" in one))
