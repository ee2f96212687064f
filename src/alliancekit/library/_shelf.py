"""Where banks and flows are found: among the built-in ones by name, and in files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, final

from attrs import frozen

from alliancekit.documents import examine_tree, format_of, load, read_bytes
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.findings import Finding
from alliancekit.library._layers import problems_of
from alliancekit.library._stack import Stack, stacked
from alliancekit.typing import Source

if TYPE_CHECKING:  # who only wants a bank, or its prompts, does not wait for the engine
    from alliancekit.flow import Flow
    from alliancekit.model import Bank

__all__ = [
    "SHELF",
    "Located",
    "bank",
    "bank_names",
    "flow",
    "flow_names",
    "layer_problems",
    "located",
    "place_of",
    "prompt_ids",
    "read",
]

D = TypeVar("D")

SHELF: Final = Path(__file__).parent
# How a prompt and a follow-up begin in our own banks, which a test compares with what they say when they are read.
_PROMPT: Final = re.compile(r"^  ([a-z0-9-]+):$|^      - id: ([a-z0-9-]+)$", re.MULTILINE)
_BUILT_IN: dict[Path, Any] = {}  # what was read from here before; frozen, so all may share it


def bank_names() -> tuple[str, ...]:
    """
    Return the ids of the built-in banks, sorted.

    .. versionadded:: 0.1
    """
    return _names("bank")


def flow_names() -> tuple[str, ...]:
    """
    Return the ids of the built-in flows, sorted.

    .. versionadded:: 0.1
    """
    return _names("flow")


def bank(name: Source, *, beside: Source | None = None, language: str | None = None) -> Bank:
    """
    Return a bank, whole: with what it extends under it.

    Args:
        name: The id of a built-in bank, or the path of a ``*.bank.yaml``.
        beside: A file whose folder is looked in first: the flow that names the bank.
        language: The language to read it in, as a BCP 47 tag. What is not translated into ``pt-BR`` is read in ``pt``,
            and else as it was written. None means the bank's own language.

    Raises:
        UnknownNameError: No bank has that name.
        InvalidValueError: *language* is no tag.
        DocumentError: The file has findings, or a bank that it builds on is not there, cannot be read, or builds on
            itself, all of them together; or a translation has. What is only doubtful is for `layer_problems`.

    .. versionadded:: 0.1
    """
    found = located(name, None if beside is None else Path(beside).parent)
    if language is None and len({one.language for one in found.stack.banks}) == 1:
        return found.stack.whole()
    from alliancekit.library._translations import bank_in

    return bank_in(found, language)


def flow(name: Source, *, language: str | None = None) -> Flow:
    """
    Return a flow.

    Args:
        name: The id of a built-in flow, or the path of a ``*.flow.yaml``.
        language: The language to read it in, as for `bank`.

    Raises:
        UnknownNameError: No flow has that name.
        InvalidValueError: *language* is no tag.
        DocumentError: The file has findings, or a translation has.

    .. versionadded:: 0.1
    """
    from alliancekit.flow import Flow

    found = read("flow", name, None, Flow)
    if language is None:
        return found
    from alliancekit.library._translations import flow_in

    return flow_in(found, name, language)


def prompt_ids(name: str) -> frozenset[str]:
    """
    Return the ids of all that a built-in bank asks, follow-ups as ``prompt.follow-up``.

    It is what `bank` would say, for a fraction of the time: whoever checks one small file need not read a large one.

    Raises:
        UnknownNameError: No built-in bank has that name.

    .. versionadded:: 0.1
    """
    if name not in bank_names():
        raise UnknownNameError("bank", name, bank_names())
    return _asked(name)


@cache
def _asked(name: str) -> frozenset[str]:
    text = _path("bank", name).read_text(encoding="utf-8")
    found: list[str] = []
    prompt = ""
    for key, follow_up in _PROMPT.findall(text, text.index("\nprompts:\n")):
        prompt = key or prompt
        found.append(key or f"{prompt}.{follow_up}")
    return frozenset(found)


def layer_problems(bank: Bank, *, beside: Source | None = None) -> tuple[Finding, ...]:
    """
    Return all that is wrong with how a bank builds on others, with pointers into it and not yet placed.

    - ``unknown-base``, an error: a base that there is not, that cannot be read, or that builds on itself, with the way
      to it.
    - ``duplicate-prompt``, a warning: two of its bases say different things of a prompt, and no bank above both decides.
    - ``unknown-prompt``, a warning: it removes a prompt, or places one in a section, that there is not. Where a base is
      missing, nobody can say that, and it is left out.

    Args:
        bank: The bank as its file says it, with ``extends`` and ``remove``.
        beside: The file that it is from, or any in its folder: bases are looked up there first.

    .. versionadded:: 0.1
    """
    return tuple(problems_of(stacked(bank, _found, Path(beside).parent if beside is not None else None)))


def _found(name: str, folder: Path | None) -> tuple[Bank, Path | None]:
    """Return a bank as its file says it, and the folder in which its own bases are looked up first."""
    from alliancekit.model import Bank

    return read("bank", name, folder, Bank), folder


@final
@frozen
class Located:
    """
    A bank with all that it builds on, and where each is.

    Attributes:
        stack: The banks.
        places: The file of each, by its id.
        folder: The folder in which names were looked up first.
    """

    stack: Stack
    places: Mapping[str, Path]
    folder: Path | None


def located(name: Source, folder: Path | None) -> Located:
    """
    Return a bank with all that it builds on, and where each is.

    Raises:
        UnknownNameError: No bank has that name.
        DocumentError: Its file has findings, or something that it builds on is not there, or is not sound.
    """
    from alliancekit.model import Bank

    top = read("bank", name, folder, Bank)
    inside = Path(name).parent if _is_path(name) else folder
    places: dict[str, Path] = {}

    def find(base: str, at: Path | None) -> tuple[Bank, Path | None]:
        found, below = _found(base, at)
        places[found.id] = place_of("bank", base, at)
        return found, below

    stack = stacked(top, find, inside)
    if stack.problems:
        raise DocumentError((*_placed(stack.problems, name), *stack.causes))
    return Located(stack, {**places, top.id: place_of("bank", name, folder)}, inside)


def _placed(findings: Iterable[Finding], name: Source) -> tuple[Finding, ...]:
    """Return *findings* where they are in the file; as they are where it was found by its name."""
    if not _is_path(name):
        return tuple(findings)
    data = read_bytes(name)
    return examine_tree(data, format=format_of(name, data)).place(findings, os.fspath(name))


def read(kind: str, name: Source, folder: Path | None, cls: type[D]) -> D:
    """Return the bank or flow of that name: a file, or in *folder*, or built in."""
    path = place_of(kind, name, folder)
    if path.parent.parent != SHELF:
        return load(name if _is_path(name) else path, cls)
    if path not in _BUILT_IN:
        _BUILT_IN[path] = load(path, cls)
    found: D = _BUILT_IN[path]
    return found


def place_of(kind: str, name: Source, folder: Path | None) -> Path:
    """Return the file of the bank or flow of that name."""
    if _is_path(name):
        return Path(name)
    if folder is not None:
        for suffix in ("yaml", "yml", "json"):
            if (near := folder / f"{name}.{kind}.{suffix}").is_file():
                return near
    if name not in _names(kind):
        raise UnknownNameError(kind, str(name), _names(kind))
    return _path(kind, str(name))


def _path(kind: str, name: str) -> Path:
    return SHELF / f"{kind}s" / f"{name}.{kind}.yaml"


@cache
def _names(kind: str) -> tuple[str, ...]:
    found = (SHELF / f"{kind}s").glob(f"*.{kind}.yaml")
    # A translation has its language in its name, before the kind.
    return tuple(sorted(path.name.split(".")[0] for path in found if path.name.count(".") == 2))


def _is_path(name: Source) -> bool:
    return not isinstance(name, str) or os.sep in name or "/" in name or name.endswith((".yaml", ".yml", ".json"))
