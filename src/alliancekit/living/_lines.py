"""Lines that two sides have changed, and comments, of which none is to be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeAlias

__all__ = ["gathered", "lost", "merged_lines", "split"]

Lines: TypeAlias = list[str]

_LONG: Final = 2_000


def split(text: str) -> Lines:
    """Return the lines of *text* with their ends; only a line feed ends one."""
    lines = text.split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def merged_lines(
    base: str, ours: str, theirs: str, settle: Callable[[Lines, Lines, Lines], Lines] | None = None
) -> str | None:
    """
    Return the lines of *base* with the changes of both sides; None where they cannot be brought together.

    Args:
        base: What both began with.
        ours: What one side made of it.
        theirs: What the other side made of it.
        settle: What becomes of a stretch, as it was and as each side has it, that both changed differently; None where
            there is no telling.
    """
    if theirs in (ours, base):
        return ours
    if base == ours:
        return theirs
    three = split(base), split(ours), split(theirs)
    if max(map(len, three)) > _LONG:
        return None
    found: Lines = []
    for old, one, other in _stretches(*three):
        if other in (one, old):
            found += one
        elif old == one:
            found += other
        elif settle is not None:
            found += settle(old, one, other)
        else:
            return None
    return "".join(found)


def _stretches(base: Lines, ours: Lines, theirs: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """Yield in turn what somebody may have changed and what all three have in common."""
    at = (0, 0, 0)
    for low, one, other, length in _common(base, ours, theirs):
        yield base[at[0] : low], ours[at[1] : one], theirs[at[2] : other]
        same = base[low : low + length]
        yield same, same, same
        at = (low + length, one + length, other + length)
    yield base[at[0] :], ours[at[1] :], theirs[at[2] :]


def _common(base: Lines, ours: Lines, theirs: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Yield where the three have lines in common: where each time in base, ours and theirs, and how many."""
    first, second = _matches(base, ours), _matches(base, theirs)
    i = k = 0
    while i < len(first) and k < len(second):
        (a, one, long), (b, other, wide) = first[i], second[k]
        low, high = max(a, b), min(a + long, b + wide)
        if low < high:
            yield low, one + low - a, other + low - b, high - low
        if a + long < b + wide:
            i += 1
        else:
            k += 1


def _matches(base: Lines, side: Lines) -> Sequence[tuple[int, int, int]]:
    return SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()


def _both(base: Lines, ours: Lines, theirs: Lines) -> Lines:
    """Return what each side added and what neither took away, the lines of ours first; each line once."""
    kept = [line for line in ours if line not in base or line in theirs]
    return [*kept, *(line for line in theirs if line not in ours and line not in base)]


def gathered(base: str, ours: str, theirs: str) -> str:
    """Return the comments of both sides, where each side has added to those of *base*, or taken from them."""
    found = merged_lines(base, ours, theirs, _both)
    return "".join(_both(*map(split, (base, ours, theirs)))) if found is None else found


def lost(sides: Iterable[Counter[str]], kept: Counter[str]) -> Counter[str]:
    """
    Return the comments that a side has added, or nobody has taken away, and that are not *kept*.

    Args:
        sides: How often each comment is in the base, in ours and in theirs.
        kept: How often each is in the result.
    """
    base, ours, theirs = sides
    return Counter({one: _least(base[one], ours[one], theirs[one]) for one in {*ours, *theirs}}) - kept


def _least(base: int, ours: int, theirs: int) -> int:
    if min(ours, theirs) >= base:
        return max(ours, theirs)
    return max(0, ours + theirs - base)
