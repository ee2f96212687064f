"""
Where banks and flows are found by name: among the built-in ones, then in the packs that are installed; and in files.

A built-in name never waits for the packs, and none of them can take it over. What is named in a document is looked for
beside that document first: in its folder, or in its pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from operator import is_
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, final

from attrs import frozen

from alliancekit._installed import offered
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.findings import Finding
from alliancekit.library._layers import problems_of
from alliancekit.library._places import SHELF, File, Folder, Home, Place, is_path
from alliancekit.library._stack import Stack, stacked
from alliancekit.typing import Source

if TYPE_CHECKING:  # who only wants a bank, or its prompts, does not wait for the engine
    from alliancekit.flow import Flow
    from alliancekit.model import Bank

__all__ = [
    "PACKS",
    "Located",
    "bank",
    "bank_names",
    "built_in",
    "flow",
    "flow_names",
    "home_of",
    "layer_problems",
    "located",
    "place_of",
    "prompt_ids",
    "stamps",
    "whole",
]

D = TypeVar("D")

PACKS: Final = "alliancekit.packs"
"""The group of entry points in which packages offer banks and flows."""

# How a prompt and a follow-up begin in our own banks, which a test compares with what they say when they are read.
_PROMPT: Final = re.compile(r"^  ([a-z0-9-]+):$|^      - id: ([a-z0-9-]+)$", re.MULTILINE)
# What the banks of packs ask, and the very banks that it was taken from.
_ASKED: dict[str, tuple[tuple[Bank, ...], frozenset[str]]] = {}


def bank_names() -> tuple[str, ...]:
    """
    Return the names of the banks at hand, sorted: the built-in ones, and those of installed packs.

    A bank of a pack is called by its id; where something else has that name too, by ``pack:id``.

    .. versionadded:: 0.1
    """
    return names("bank")


def flow_names() -> tuple[str, ...]:
    """
    Return the names of the flows at hand, sorted; as `bank_names` does.

    .. versionadded:: 0.1
    """
    return names("flow")


def bank(name: Source, *, beside: Source | None = None, language: str | None = None) -> Bank:
    """
    Return a bank, whole: with what it extends under it.

    Args:
        name: The id of a bank that is built in or in an installed pack; ``pack:id`` says in which. Or the path of a
            ``*.bank.yaml``.
        beside: The flow that names the bank: its path, or its name. Its folder, or its pack, is looked in first.
        language: The language to read it in, as a BCP 47 tag. What is not translated into ``pt-BR`` is read in ``pt``,
            and else as it was written. None means the bank's own language.

    Raises:
        UnknownNameError: No bank has that name.
        PackError: A pack has it, and it cannot be had; or several have it.
        InvalidValueError: *language* is no tag.
        DocumentError: The file has findings, or a bank that it builds on is not there, cannot be read, or builds on
            itself, all of them together; or a translation has. What is only doubtful is for `layer_problems`.

    .. versionadded:: 0.1
    """
    found = located(name, home_of(beside))
    if language is None and len({one.language for one in found.stack.banks}) == 1:
        return found.stack.whole()
    from alliancekit.library._translations import bank_in

    return bank_in(found, language)


def flow(name: Source, *, language: str | None = None) -> Flow:
    """
    Return a flow.

    Args:
        name: The id of a flow that is built in or in an installed pack; ``pack:id`` says in which. Or the path of a
            ``*.flow.yaml``.
        language: The language to read it in, as for `bank`.

    Raises:
        UnknownNameError: No flow has that name.
        PackError: A pack has it, and it cannot be had; or several have it.
        InvalidValueError: *language* is no tag.
        DocumentError: The file has findings, or a translation has.

    .. versionadded:: 0.1
    """
    from alliancekit.flow import Flow

    place = place_of("flow", name, None)
    if language is None:
        return place.load(Flow)
    from alliancekit.library._translations import flow_in

    return flow_in(place, language)


def prompt_ids(name: str) -> frozenset[str]:
    """
    Return the ids of all that a bank asks, follow-ups as ``prompt.follow-up``.

    Of a built-in bank it is what `bank` would say, for a fraction of the time: whoever checks one small file need not
    read a large one. No file is read that is not built in or in a pack.

    Raises:
        UnknownNameError: No bank has that name.
        PackError: A pack has it, and it cannot be had; or several have it.
        DocumentError: It builds on itself.

    .. versionadded:: 0.1
    """
    if name in built_in("bank"):
        return _asked(name)
    if is_path(name):
        raise UnknownNameError("bank", name, bank_names())
    stack = located(name).stack
    known = _ASKED.get(name)
    if known is None or len(known[0]) != len(stack.banks) or not all(map(is_, known[0], stack.banks)):
        known = _ASKED[name] = stack.banks, frozenset(_questions(stack.whole()))
    return known[1]


def _questions(bank: Bank) -> Iterator[str]:
    for key, one in bank.prompts.items():
        yield key
        yield from (f"{key}.{more.id}" for more in one.follow_ups)


def stamps() -> tuple[tuple[object, ...], ...]:
    """
    Return what says which packs are installed and how their files stand, so that it is equal where they are the same.

    None of them is imported for it: whoever asks may need nothing of them.
    """
    if not offered(PACKS):
        return ()
    from alliancekit.library._packs import packs

    return tuple(one.stamp for one in packs())


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
    return tuple(problems_of(stacked(bank, _found, home_of(beside))))


def whole(bank: Bank, *, beside: Source | None = None) -> Bank:
    """
    Return a bank as its file says it with what it extends under it.

    Args:
        bank: The bank, with ``extends`` and ``remove``.
        beside: The file that it is from, or any in its folder: bases are looked up there first.

    Raises:
        DocumentError: A bank that it builds on is not there, cannot be read, or builds on itself.

    .. versionadded:: 0.1
    """
    stack = stacked(bank, _found, home_of(beside))
    if stack.problems:
        raise DocumentError((*stack.problems, *stack.causes))
    return stack.whole()


def _found(name: Source, home: Home | None) -> tuple[Bank, Home | None]:
    """Return a bank as its file says it, and where its own bases are looked for first."""
    from alliancekit.model import Bank

    place = place_of("bank", name, home)
    return place.load(Bank), _inside(place, home)


def _inside(place: Place, home: Home | None) -> Home | None:
    """Return where what is named at *place* is looked for, which was itself looked for in *home* first."""
    return home if isinstance(place, File) and place.is_built_in else place.home


@final
@frozen
class Located:
    """
    A bank with all that it builds on, and where each is.

    Attributes:
        stack: The banks.
        places: Where each is, by its id.
        home: Where names were looked up first.
    """

    stack: Stack
    places: Mapping[str, Place]
    home: Home | None


def located(name: Source, home: Home | None = None) -> Located:
    """
    Return a bank with all that it builds on, and where each is.

    Raises:
        UnknownNameError: No bank has that name.
        PackError: A pack has it, and it cannot be had.
        DocumentError: Its file has findings, or something that it builds on is not there, or is not sound.
    """
    places: dict[str, Place] = {}

    def find(base: Source, at: Home | None) -> tuple[Bank, Home | None]:
        place = place_of("bank", base, at)
        found = place.load(Bank)
        places[found.id] = place
        return found, _inside(place, at)

    from alliancekit.model import Bank

    top, inside = find(name, home)
    place = places[top.id]
    stack = stacked(top, find, inside)
    if stack.problems:
        raise place.refused(stack.problems, stack.causes)
    return Located(stack, {**places, top.id: place}, inside)


def place_of(kind: str, name: Source, home: Home | None) -> Place:
    """Return where the bank or flow of that name is: a file, or in *home*, or built in, or in a pack."""
    if is_path(name):
        return File(name)
    called = str(name)
    if home is not None and (near := home.near(kind, called)):
        return near
    if called in built_in(kind):
        return File(_path(kind, called))
    from alliancekit.library._packs import find

    return find(kind, called, built_in(kind))


def home_of(beside: Source | None) -> Home | None:
    """Return where what a document names is looked for first: in the folder of a path, or the pack of a flow."""
    if beside is None:
        return None
    if is_path(beside):
        return Folder(Path(beside).parent)
    if beside in built_in("flow"):
        return None
    from alliancekit.library._packs import find

    return find("flow", str(beside), built_in("flow")).pack


def names(kind: str) -> tuple[str, ...]:
    """Return the names of all of a *kind* at hand, sorted."""
    if not offered(PACKS):
        return built_in(kind)
    from alliancekit.library._packs import found_by_name

    return tuple(sorted((*built_in(kind), *found_by_name(kind, built_in(kind)))))


def _path(kind: str, name: str) -> Path:
    return SHELF / f"{kind}s" / f"{name}.{kind}.yaml"


@cache
def built_in(kind: str) -> tuple[str, ...]:
    """Return the ids of all of a *kind* that come along, sorted."""
    found = (SHELF / f"{kind}s").glob(f"*.{kind}.yaml")
    # A translation has its language in its name, before the kind.
    return tuple(sorted(path.name.split(".")[0] for path in found if path.name.count(".") == 2))
