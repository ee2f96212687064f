"""What a table and a page say of a prompt beside its words: one order, one name for each, and nothing that goes without saying."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from alliancekit.model import (
    Bank,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    NumberAnswer,
    Prompt,
    ScaleAnswer,
    Section,
)
from alliancekit.typing import Json
from alliancekit.values import thaw

__all__ = ["Cell", "answer_cells", "is_kept_whole", "listed", "loose", "prompt_cells", "shelved"]

Cell: TypeAlias = str | tuple[str, ...] | Mapping[str, str]
"""A word, a list of words, or the words of each of several ids."""

_YES: Final = "yes"


def prompt_cells(prompt: Prompt) -> dict[str, Cell]:
    """Return what is said of *prompt* beside its words, without what is so by default."""
    cells: dict[str, Cell] = {
        "scope": "" if prompt.scope == "each" else prompt.scope,
        "visibility": "" if prompt.visibility == "members" else prompt.visibility,
        "kind": "" if prompt.answer.kind == "text" else prompt.answer.kind,
        **answer_cells(prompt),
        "informs": prompt.informs,
        "follow_ups": {one.id: one.text for one in prompt.follow_ups},
        "tags": prompt.tags,
        **{key: _free(value) for key, value in prompt.extra.items()},
    }
    return {name: cell for name, cell in cells.items() if cell}


def _free(value: Json) -> str:
    """Return what stands under a free key: a text as it is, and anything else, or what would be taken for it, as JSON."""
    if isinstance(value, str) and value and value == value.strip() and not _is_json(value):
        return value
    return json.dumps(thaw(value), ensure_ascii=False)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def answer_cells(prompt: Prompt) -> dict[str, Cell]:
    """Return what is said of the answer to *prompt*."""
    match prompt.answer:
        case ChoiceAnswer(options=options, note=note) | ChoicesAnswer(options=options, note=note):
            return {"options": options, "note": _YES if note else ""}
        case ScaleAnswer() as scale:
            ends = {"low": scale.low or "", "high": scale.high or "", "polarity": scale.polarity or ""}
            return {"points": str(scale.points), **ends}
        case NumberAnswer(least=least, most=most, unit=unit):
            return {"least": _decimal(least), "most": _decimal(most), "unit": unit or ""}
        case ClausesAnswer(evidence=evidence):
            return {"evidence": _YES if evidence else ""}
        case _:
            return {}


def _decimal(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else repr(number)


def listed(words: Iterable[str]) -> str:
    """Return *words* in one text that tells them apart again, whatever they are."""
    return "; ".join(word.replace("\\", "\\\\").replace(";", "\\;").replace("\n", "\\n") for word in words)


def shelved(bank: Bank) -> Iterator[tuple[Section, tuple[str, ...]]]:
    """Yield the sections of *bank*, each with the prompts that stand in it first."""
    known = set(bank.prompts)
    for section in bank.sections:
        own = tuple(name for name in section.prompts if name in known)
        known.difference_update(own)
        yield section, own


def loose(bank: Bank) -> tuple[str, ...]:
    """Return the prompts of *bank* that stand in no section."""
    held = {name for section in bank.sections for name in section.prompts}
    return tuple(name for name in bank.prompts if name not in held)


def is_kept_whole(section: Section, own: tuple[str, ...]) -> bool:
    """Return whether every prompt of *section* is among its *own*: none stands in another before, or in another bank."""
    return section.prompts == own
