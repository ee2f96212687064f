"""Two texts side by side: where they differ, and whether they say what they are to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from typing import Any

from alliancekit.consent import Merged
from alliancekit.documents import Examined, Tree, comments_in, examine_tree, to_plain
from alliancekit.documents import Format as Written
from alliancekit.living._cutting import RESPONSES
from alliancekit.living._lines import split
from alliancekit.living._mixing import Unit, units_in
from alliancekit.living._weaving import Chunk, Dispute
from alliancekit.model import Alliance
from alliancekit.values import is_same, pointer_of

__all__ = ["comments_of", "compared", "halves", "says", "trimmed"]


def halves(chunks: Iterable[Chunk]) -> tuple[str, str]:
    """Return the whole text with our side of every dispute, and with theirs."""
    pairs = [(one, one) if isinstance(one, str) else (one.ours, one.theirs) for one in chunks]
    return "".join(one for one, _ in pairs), "".join(other for _, other in pairs)


def trimmed(ours: str, theirs: str) -> tuple[Chunk, ...]:
    """Return two texts as one dispute, with the lines before and behind it that they share."""
    one, other = split(ours), split(theirs)
    short = min(len(one), len(other))
    head = next((i for i in range(short) if one[i] != other[i]), short)
    tail = next((i for i in range(short - head) if one[-1 - i] != other[-1 - i]), short - head)
    middle = Dispute("".join(one[head : len(one) - tail]), "".join(other[head : len(other) - tail]))
    return "".join(one[:head]), middle, "".join(one[len(one) - tail :])


def compared(ours: str, theirs: str, disputed: AbstractSet[Unit], written: Written) -> tuple[Chunk, ...]:
    """Return two texts as one, with a dispute where they differ; each unit of *disputed* is wholly in one."""
    if ours == theirs and not disputed:
        return (ours,)
    one, other = split(ours), split(theirs)
    first, second = (
        _marked(text, lines, disputed, written, side)
        for side, (text, lines) in enumerate(((ours, one), (theirs, other)))
    )
    # In a long text the lines that are there again and again find nothing, and take most of the time.
    steps = SequenceMatcher(None, first, second, autojunk=True).get_opcodes()
    return tuple(
        "".join(one[low:high]) if kind == "equal" else Dispute("".join(one[low:high]), "".join(other[start:end]))
        for kind, low, high, start, end in steps
    )


def _marked(text: str, lines: list[str], disputed: AbstractSet[Unit], written: Written, side: int) -> list[Any]:
    """Return *lines*, those of disputed units such that they are like no line of the other side."""
    tree = examine_tree(text, format=written)
    marked: list[Any] = list(lines)
    for place in disputed:
        if (found := _lines_of(tree, place[:1] if place[0] == RESPONSES else place)) is not None:
            for i in range(*found):
                marked[i] = (side, i)
    return marked


def _lines_of(tree: Tree, place: Unit) -> tuple[int, int] | None:
    node = tree.root
    for key in place:
        found = node.child(key) if node else None
        node = found[1] if found else None
    if node is None:
        return None
    pointer = pointer_of(*place)
    return tree.span(pointer, on_key=True).start.line - 1, tree.span(pointer).end.line


def says(found: Sequence[Examined[Alliance]], merged: Merged, sides: tuple[Alliance, Alliance]) -> bool:
    """
    Return whether the halves of a text, which are one where it is clean, say what two sides of *merged* are.

    Where they differ, what is not in conflict may stand in one half as one side had it and in the other as the other
    side had it: then it was not taken apart, and nothing of it is lost.
    """
    values = [one.value for one in found if one.value is not None and not one.findings]
    if len(values) < len(found):
        return False
    if len(values) == 1:
        return merged.is_clean and is_same(to_plain(values[0]), to_plain(merged.alliance))
    wanted = ((merged.alliance, sides[0]), (merged.alternative, sides[1]))
    return all(_is_made_of(value, *either) for value, either in zip(values, wanted, strict=True))


def _is_made_of(value: Alliance, *either: Alliance) -> bool:
    """Return whether each unit of *value* is as in one of two alliances, and none is missing that both have."""
    found, *known = (_units(one) for one in (value, *either))
    return all(any(is_same(found.get(key), one.get(key)) for one in known) for key in set(found).union(*known))


def _units(value: Alliance) -> dict[Unit, Any]:
    units = dict(units_in(to_plain(value)))
    if (RESPONSES,) in units:
        # Answers say who answered what, so their order means nothing.
        units[RESPONSES,] = sorted(units[RESPONSES,], key=repr)
    return units


def comments_of(trees: Iterable[Tree]) -> Iterator[Counter[str]]:
    """Yield how often each comment is in each of *trees*."""
    for tree in trees:
        yield Counter(tree.text[start:end] for start, end in comments_in(tree))
