"""The banks that one builds on, and those that these build on: each once, in the order in which they are laid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Final, Generic, TypeVar, final

from attrs import evolve, frozen

from alliancekit.errors import AllianceKitError, DocumentError, UnknownNameError, did_you_mean
from alliancekit.findings import Finding

if TYPE_CHECKING:
    from alliancekit.model import Bank

__all__ = ["Find", "Stack", "stacked"]

P = TypeVar("P")
Find = Callable[[str, P], "tuple[Bank, P]"]
"""Finds a bank by its name from a place, and says from which place the banks that it names are found."""

_DEEPEST: Final = 16


@final
@frozen(kw_only=True)
class Stack:
    """
    A bank with all that it builds on.

    A bank stands above all that it extends, and among those that one extends the first is lowest. One that is reached
    by several ways is laid once, at the lowest of its places, so that what another changed of it stays changed.

    Attributes:
        banks: From the lowest to the one that was asked for, as their files say them.
        under: The ids of all that each builds on, by its id.
        bases: The id of each base that it names and that there is, by its place in ``extends``.
        problems: Bases that are not there, or that there cannot be, with pointers into the one that was asked for.
        causes: What is wrong with the files of those of them that cannot be read.
    """

    banks: tuple[Bank, ...]
    under: Mapping[str, frozenset[str]]
    bases: Mapping[int, str]
    problems: tuple[Finding, ...]
    causes: tuple[Finding, ...]

    @property
    def top(self) -> Bank:
        """The bank that was asked for."""
        return self.banks[-1]

    def below(self) -> Bank | None:
        """Return what the bank is laid on; None where it is laid on nothing."""
        return _laid(self.banks[:-1]) if len(self.banks) > 1 else None

    def whole(self) -> Bank:
        """Return the bank over all that it builds on."""
        return _laid(self.banks)


def _laid(banks: tuple[Bank, ...]) -> Bank:
    lowest = banks[0]
    if lowest.extends or lowest.remove:  # what it names is not there
        lowest = evolve(lowest, extends=(), remove=())
    return reduce(lambda base, top: top.over(base), banks[1:], lowest)


def stacked(top: Bank, find: Find[P], place: P) -> Stack:
    """Return *top* with the banks that it builds on, which *find* finds; the first of them from *place*."""
    walk = _Walk(find)
    walk.lay(top, place, ())
    return Stack(
        banks=tuple(walk.banks),
        under=walk.under,
        bases=walk.bases,
        problems=tuple(walk.problems),
        causes=tuple(dict.fromkeys(walk.causes)),
    )


class _Walk(Generic[P]):
    """One way through the banks, the deepest first."""

    def __init__(self, find: Find[P]) -> None:
        self.banks: list[Bank] = []
        self.under: dict[str, frozenset[str]] = {}
        self.bases: dict[int, str] = {}
        self.problems: list[Finding] = []
        self.causes: list[Finding] = []
        self._find = find
        self._held: dict[tuple[str, P], tuple[Bank, P]] = {}

    def lay(self, bank: Bank, place: P, way: tuple[str, ...], at: str = "") -> None:
        """Lay *bank*, to which *way* led from the place *at* in the first one, after all that it extends."""
        here = (*way, bank.id)
        below: set[str] = set()
        for index, name in enumerate(bank.extends):
            pointer = at or f"/extends/{index}"
            if found := self._found(name, place, here, pointer):
                base, inside = found
                if not way:
                    self.bases[index] = base.id
                if base not in self.banks:
                    self.lay(base, inside, here, pointer)
                below |= {base.id, *self.under[base.id]}
        self.under[bank.id] = self.under.get(bank.id, frozenset()) | below
        self.banks.append(bank)

    def _found(self, name: str, place: P, here: tuple[str, ...], pointer: str) -> tuple[Bank, P] | None:
        try:
            if (name, place) not in self._held:  # many may name one, and to find it is to read a file
                self._held[name, place] = self._find(name, place)
            base, inside = self._held[name, place]
        except AllianceKitError as error:
            self._miss(*_reason(name, error), (*here, name), pointer)
            self.causes += error.findings if isinstance(error, DocumentError) else ()
            return None
        if base.id in here:
            self._miss(f"the bank {here[0]!r} builds on one that builds on itself", "", (*here, base.id), pointer)
        elif len(here) == _DEEPEST:
            self._miss(f"banks build on each other more than {_DEEPEST} deep", "", (*here, base.id), pointer)
        else:
            return base, inside
        return None

    def _miss(self, message: str, hint: str, way: tuple[str, ...], pointer: str) -> None:
        told = f"{message}: {' → '.join(way)}" if len(way) > 2 or len({*way}) == 1 else message
        self.problems.append(Finding(rule="unknown-base", message=told, pointer=pointer, hint=hint))


def _reason(name: str, error: AllianceKitError) -> tuple[str, str]:
    if isinstance(error, UnknownNameError):
        hint = did_you_mean(name, error.known) or (f"there are {', '.join(error.known)}" if error.known else "")
        return f"no bank is named {name!r}", hint
    if isinstance(error, DocumentError):
        first, *more = error.findings
        others = f", and {len(more)} more" if more else ""
        return f"the bank {name!r} cannot be read: {first.with_place(first.path, first.span)}{others}", ""
    return str(error), ""
