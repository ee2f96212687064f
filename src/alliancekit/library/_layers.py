"""One bank over others: what comes out, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from alliancekit.errors import Suggestions
from alliancekit.findings import Finding, Severity
from alliancekit.library._stack import Stack

if TYPE_CHECKING:
    from alliancekit.model import Bank, Prompt

__all__ = ["layer", "problems_of"]


def layer(base: Bank, top: Bank) -> Bank:
    """
    Return *top* over *base*: its prompts added or in place of those with the same id, what it removes left out.

    It is what a file with ``extends`` does; `Bank.over` says how sections are placed.

    .. versionadded:: 0.1
    """
    return top.over(base)


def problems_of(stack: Stack) -> Iterator[Finding]:
    """Yield what is wrong with how the top of *stack* builds on the others, in the order of its keys."""
    yield from stack.problems
    yield from _conflicts(stack)
    if not stack.problems:  # else nobody can say what there is below
        words = Suggestions()
        yield from _removes(stack, words)
        yield from _sections(stack, words)


def _conflicts(stack: Stack) -> Iterator[Finding]:
    """Yield the prompts of which two bases say different things, and no bank above both decides."""
    parts = {index: {base, *stack.under[base]} for index, base in stack.bases.items()}
    for name, sides in _sides(stack).items():
        *others, last = sides
        for other in others:
            # Where both stand under one base, it is that one's to say.
            if not any({other.id, last.id} <= part for part in parts.values()):
                index = next(at for at, part in parts.items() if last.id in part)
                yield _conflict(name, other, last, f"/extends/{index}")


def _sides(stack: Stack) -> dict[str, list[Bank]]:
    """Return for each prompt the banks that say something of it over which no other decides, the lowest first."""
    found: dict[str, list[Bank]] = {}
    for bank in stack.banks:
        for name in dict.fromkeys((*bank.remove, *bank.prompts)):
            beside = [one for one in found.get(name, ()) if one.id not in stack.under[bank.id]]
            found[name] = [*(one for one in beside if _says(one, name) != _says(bank, name)), bank]
    return found


def _says(bank: Bank, name: str) -> Prompt | None:
    return bank.prompts.get(name)


def _conflict(name: str, other: Bank, last: Bank, pointer: str) -> Finding:
    match _says(other, name), _says(last, name):
        case _, None:
            message = f"{other.id} asks {name!r} and {last.id} leaves it out; it is left out"
        case None, _:
            message = f"{other.id} leaves {name!r} out and {last.id} asks it; it is asked"
        case _:
            message = f"{other.id} and {last.id} ask {name!r} differently; what is asked is what {last.id} says"
    hint = "to decide, say it here under prompts, or name it under remove"
    return Finding(rule="duplicate-prompt", message=message, severity=Severity.WARNING, pointer=pointer, hint=hint)


def _removes(stack: Stack, words: Suggestions) -> Iterator[Finding]:
    below = stack.below()
    known = tuple(below.prompts) if below else ()
    for index, name in enumerate(stack.top.remove):
        if name not in known:
            where = "the banks that it extends have" if below else "it extends no bank, so there is"
            yield _unknown(f"{where} no prompt {name!r} to remove", name, known, f"/remove/{index}", words)


def _sections(stack: Stack, words: Suggestions) -> Iterator[Finding]:
    whole = stack.whole()
    known = tuple(whole.prompts)
    for at, section in enumerate(stack.top.sections):
        for index, name in enumerate(section.prompts):
            if name not in whole.prompts:
                is_removed = name in stack.top.remove
                message = f"the prompt {name!r} is removed" if is_removed else f"there is no prompt {name!r}"
                yield _unknown(message, name, known, f"/sections/{at}/prompts/{index}", words)


def _unknown(message: str, name: str, known: Sequence[str], pointer: str, words: Suggestions) -> Finding:
    hint = words.did_you_mean(name, known)
    return Finding(rule="unknown-prompt", message=message, severity=Severity.WARNING, pointer=pointer, hint=hint)
