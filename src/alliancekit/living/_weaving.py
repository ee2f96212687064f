"""
The pieces of three texts made one.

Each side's pieces stay as that side wrote them. Where both changed a piece, a new text for it has to say what the merged
value says and to keep the comments of both; else both texts are kept, side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias, final

from attrs import evolve, frozen

from alliancekit.consent import merged_order
from alliancekit.documents import Tree, comments_in, examine_tree, splice
from alliancekit.errors import DocumentError, EditRefusedError
from alliancekit.living._cutting import Piece, shifted
from alliancekit.living._lines import gathered, lost, merged_lines
from alliancekit.living._mixing import ABSENT, Mixture, Unit
from alliancekit.values import is_list, is_same

__all__ = ["Chunk", "Dispute", "Loom"]


@final
@frozen
class Dispute:
    """Two texts for one place."""

    ours: str
    theirs: str


Chunk: TypeAlias = str | Dispute

_NOTHING: Final = Piece("", 0, "", "")
_NO_PARTS: Final = Piece("", 0, "", "", ())


@final
@frozen
class _Woven:
    """
    What became of a piece.

    Attributes:
        chunks: Its text.
        is_sure: Whether something of it is there whichever texts are taken.
    """

    chunks: tuple[Chunk, ...] = ()
    is_sure: bool = False

    @property
    def ours(self) -> str:
        return "".join(one.ours if isinstance(one, Dispute) else one for one in self.chunks)

    @property
    def theirs(self) -> str:
        return "".join(one.theirs if isinstance(one, Dispute) else one for one in self.chunks)


@final
class Loom:
    """
    Weaves pieces together.

    Attributes:
        reasons: Why two texts are kept although the values do not differ, in a sentence each.
    """

    def __init__(self, ours: Mixture, theirs: Mixture) -> None:
        self.mixtures = (ours, theirs)
        self.disputed = ours.disputed
        self.reasons: list[str] = []

    def document(self, base: Piece | None, ours: Piece, theirs: Piece) -> tuple[Chunk, ...]:
        """Return the text of a document; *base* is None where there was none."""
        base = base or _NO_PARTS
        woven = self._parts((), base, ours, theirs, 0)
        above = gathered(base.above, ours.above, theirs.above)
        below = gathered(base.below, ours.below, theirs.below)
        return above, *(chunk for one in woven for chunk in one.chunks), below

    def _parts(self, place: Unit, base: Piece, ours: Piece, theirs: Piece, column: int) -> list[_Woven]:
        three = [{part.key: part for part in side.parts or ()} for side in (base, ours, theirs)]
        return [self._entry((*place, key), [side.get(key) for side in three], column) for key in merged_order(*three)]

    def _entry(self, place: Unit, three: Iterable[Piece | None], column: int) -> _Woven:
        base, ours, theirs = three
        there = [side for side in (base, ours, theirs) if side is not None]
        if all(side.parts is not None for side in there):
            return self._element(place, base, ours, theirs, column)
        base, ours, theirs = (side and _moved(side.whole(), column) for side in (base, ours, theirs))
        if ours is not None and theirs is not None:
            return self._unit(place, base, ours, theirs)
        return self._one_sided(place, base, ours, theirs)

    # An element: the line of its key, and its units.

    def _element(
        self, place: Unit, base: Piece | None, ours: Piece | None, theirs: Piece | None, column: int
    ) -> _Woven:
        there = ours or theirs
        assert there is not None
        inner = column + _inner(base or theirs or there, ours or there, theirs or there)
        parts = self._parts(place, base or _NO_PARTS, ours or _NO_PARTS, theirs or _NO_PARTS, inner)
        base, ours, theirs = (side and _moved(side, column) for side in (base, ours, theirs))
        if not any(part.ours or part.theirs for part in parts):
            return self._emptied(place, base, ours, theirs)
        frame = _frame(base or _NOTHING, ours, theirs)
        whole = (frame.above, frame.text, *(chunk for part in parts for chunk in part.chunks), frame.below)
        if any(part.is_sure for part in parts):
            return _Woven(whole, is_sure=True)
        # The key may not stand there with nothing in it.
        halves = _Woven(whole)
        one = halves.ours if any(part.ours for part in parts) else ""
        other = halves.theirs if any(part.theirs for part in parts) else ""
        return _Woven((Dispute(one, other),), is_sure=bool(one and other))

    def _emptied(self, place: Unit, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> _Woven:
        """Return what is left of an element whose units are all gone."""
        frames = [
            side and Piece(side.key, side.column, side.above, side.text, None, side.below)
            for side in (base, ours, theirs)
        ]
        if not lost(map(_comments, frames), Counter()):
            return _Woven()
        self._note(place, "its clauses are gone, and its comments are not")
        return _Woven((Dispute(_source(ours), _source(theirs)),), is_sure=ours is not None and theirs is not None)

    # A unit.

    def _unit(self, place: Unit, base: Piece | None, ours: Piece, theirs: Piece) -> _Woven:
        above = gathered(base.above if base else "", ours.above, theirs.above)
        if self._is_disputed(place):
            return _Woven((above, Dispute(*self._halves(place, base, ours, theirs))), is_sure=True)
        text = self._settled(place, base, ours, theirs, self.mixtures[0])
        if text is None:
            self._note(place, "both sides changed how it is written or what its comments say, in the same lines")
            return _Woven((above, Dispute(ours.text, theirs.text)), is_sure=True)
        return _Woven((above, text), is_sure=True)

    def _is_disputed(self, place: Unit) -> bool:
        return any(one[: len(place)] == place for one in self.disputed)

    def _halves(self, place: Unit, base: Piece | None, ours: Piece, theirs: Piece) -> tuple[str, str]:
        if place in self.disputed:
            return ours.text, theirs.text
        # An element in brackets, of which only a part is in conflict.
        self._note(place, "it is not written clause by clause, so the whole of it is there twice")
        one = self._settled(place, base, ours, theirs, self.mixtures[0])
        other = self._settled(place, base, theirs, ours, self.mixtures[1])
        return (ours.text, theirs.text) if one is None or other is None else (one, other)

    def _one_sided(self, place: Unit, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> _Woven:
        there = ours or theirs
        if there is None:
            return _Woven()
        both = _Woven((Dispute(_source(ours), _source(theirs)),))
        if self._is_disputed(place):
            return both
        if base is None:
            return _Woven((there.above, there.text), is_sure=True)
        if _comments(there) - _comments(base):
            self._note(place, "one side took it away, and the other wrote a comment in it")
            return both
        said = [ABSENT if side is None else _said(side.text, side.column) for side in (base, ours, theirs)]
        wanted = self.mixtures[0].at(place, *said)
        if wanted is ABSENT:
            return _Woven()
        text = _respliced(there, wanted)
        return both if text is None else _Woven((there.above, text), is_sure=True)

    def _settled(self, place: Unit, base: Piece | None, first: Piece, second: Piece, mixture: Mixture) -> str | None:
        """Return the text of a unit that both sides have, the style of *first* preferred; None where there is none."""
        if base is not None and base.text == first.text and not self._is_disputed(place):
            return second.text
        if first.text == second.text or (
            base is not None and base.text == second.text and not self._is_disputed(place)
        ):
            return first.text
        said = [ABSENT if side is None else _said(side.text, side.column) for side in (base, first, second)]
        wanted = mixture.at(place, said[0], *(said[1:] if mixture.is_ours else said[:0:-1]))
        comments = [_comments(side and evolve(side, above="")) for side in (base, first, second)]
        for text in _candidates(base, first, second, wanted):
            kept = _comments(Piece("", first.column, "", text))
            if is_same(_said(text, first.column), wanted) and not lost(comments, kept):
                return text
        return None

    def _note(self, place: Unit, reason: str) -> None:
        self.reasons.append(f"{': '.join(['.'.join(place[:-1]), place[-1]][len(place) == 1 :])}: {reason}")


def _candidates(base: Piece | None, first: Piece, second: Piece, wanted: Any) -> Iterator[str]:
    """Yield texts that may say *wanted*, the best first."""
    woven = merged_lines(base.text if base else "", first.text, second.text)
    found = (woven, _respliced(first, wanted), _respliced(second, wanted))
    yield from (text for text in found if text is not None)


def _respliced(piece: Piece, wanted: Any) -> str | None:
    """Return the text of *piece* changed to say *wanted*; None where that cannot be."""
    tree = _tree(piece.text, piece.column)
    whole = [wanted] if is_list(tree.value) else {piece.key: wanted}
    try:
        return shifted(splice(tree.text, whole, format="yaml"), piece.column)
    except (DocumentError, EditRefusedError):
        return None


def _tree(text: str, column: int) -> Tree:
    return examine_tree(shifted(text, -column), format="yaml")


def _said(text: str, column: int) -> Any:
    """Return what the one entry of *text* says."""
    tree = _tree(text, column)
    if tree.findings or not tree.value or len(tree.value) != 1:
        return ABSENT
    return tree.value[0] if is_list(tree.value) else next(iter(tree.value.values()))


def _comments(piece: Piece | None) -> Counter[str]:
    if piece is None:
        return Counter()
    tree = _tree(_source(piece), piece.column)
    return Counter(tree.text[start:end] for start, end in comments_in(tree))


def _source(piece: Piece | None) -> str:
    return "" if piece is None else f"{piece.above}{piece.body}"


def _moved(piece: Piece, column: int) -> Piece:
    by = column - piece.column
    above, text, below = (shifted(part, by) for part in (piece.above, piece.text, piece.below))
    return Piece(piece.key, column, above, text, piece.parts, below)


def _inner(base: Piece, ours: Piece, theirs: Piece) -> int:
    """Return how far the units of an element stand to the right of its key."""
    old, one, other = (side.parts[0].column - side.column if side.parts else 0 for side in (base, ours, theirs))
    return other if old == one else one


def _frame(base: Piece, ours: Piece | None, theirs: Piece | None) -> Piece:
    """Return the line of an element's key, and the comments around its units."""
    there = ours or theirs
    assert there is not None
    if ours is None or theirs is None:
        return there
    above = gathered(base.above, ours.above, theirs.above)
    below = gathered(base.below, ours.below, theirs.below)
    text = merged_lines(base.text, ours.text, theirs.text)
    if text is None:
        # Two comments behind one key: the second goes above it.
        said = _comments(Piece("", theirs.column, "", theirs.text)) - _comments(Piece("", ours.column, "", ours.text))
        above, text = above + _lines(said, ours.column), ours.text
    return Piece(there.key, there.column, above, text, None, below)


def _lines(comments: Iterable[str], column: int) -> str:
    return "".join(f"{' ' * column}{one}\n" for one in comments)
