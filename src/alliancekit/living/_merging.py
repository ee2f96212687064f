"""
Bringing together the texts of an alliance that two sides have changed.

Values first: `alliancekit.consent` says what the result is to say, and what is in conflict. Then the texts are woven
together piece by piece, and read again: only a text that says the merged value, and has the comments of both sides, is
called clean. Where the pieces do not fit, whole documents are changed in place; where that fails too, both texts stay,
between the markers that git uses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, final

from attrs import field, frozen

from alliancekit.consent import Conflict, Merged, merge
from alliancekit.documents import Examined, Format, Tree, examine, examine_tree, format_of, splice, to_plain
from alliancekit.errors import DocumentError, EditRefusedError
from alliancekit.findings import Finding
from alliancekit.limits import Limits
from alliancekit.living._comparing import comments_of, compared, halves, says, trimmed
from alliancekit.living._cutting import cut
from alliancekit.living._lines import lost
from alliancekit.living._mixing import ABSENT, Mixture, places_of
from alliancekit.living._weaving import Chunk, Dispute, Loom
from alliancekit.model import Alliance
from alliancekit.values import is_same

__all__ = ["MergedText", "merge_texts"]

_BOM: Final = "\ufeff"
_MARKERS: Final = re.compile(r"^(<{7,}|={7,}|>{7,}|\|{7,})", re.MULTILINE)
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@final
@frozen(kw_only=True)
class MergedText:
    """
    The text that became of two.

    Attributes:
        text: All of it, with both texts between markers where there is no one text.
        conflicts: What the two sides changed differently, in the order of the document.
        reasons: Why more than the conflicts stands between markers, in a sentence each.
        is_clean: Whether nothing stands between markers.
        alliance: What a clean text says; None where it is not clean, or cannot be read.

    .. versionadded:: 0.1
    """

    text: str = field(repr=False)
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    is_clean: bool = True
    alliance: Alliance | None = None

    def to_bytes(self) -> bytes:
        """Return the text as it goes into a file; bytes that are no UTF-8 are as they were."""
        return self.text.encode("utf-8", "surrogateescape")


def merge_texts(
    base: bytes | str,
    ours: bytes | str,
    theirs: bytes | str,
    *,
    names: tuple[str, str] = ("ours", "theirs"),
    format: Format | None = None,  # noqa: A002 - as in `dumps`
    marker_size: int = 7,
    limits: Limits | None = None,
) -> MergedText:
    """
    Return the text of an alliance that *ours* and *theirs* are together, which both came from *base*.

    Comments, order and quoting of both sides are kept: what only one side changed comes with its own lines. What is in
    conflict stands there twice, as whole lines between the markers of git; the text without the markers and one half
    of what is between them is a sound document. Nothing is dropped: where a text cannot be read, or the two cannot be
    woven together, what cannot is there twice.

    Args:
        base: The text that both began with; an empty one where each began anew.
        ours: What one side made of it.
        theirs: What the other side made of it.
        names: What the markers call the two sides.
        format: How they are written; None goes by how ours begins.
        marker_size: How long the markers are; longer where the texts have such lines already.
        limits: How much each may hold.

    Raises:
        DocumentError: If one of them is a session, which is private and is merged with nothing.

    .. versionadded:: 0.1
    """
    written = format or format_of(None, ours if ours.strip() else theirs)
    one, other, old = (_Side.of(data, written, limits) for data in (ours, theirs, base))
    sides = _Sides(base=old, ours=one, theirs=other, written=written, limits=limits)
    if any(one.examined.is_private for one in sides.all):
        message = "a session is merged with nothing: what it holds is private"
        raise DocumentError((Finding(rule="unknown-document", message=message),))
    if (untouched := sides.untouched()) is not None:
        return MergedText(text=untouched.raw, alliance=untouched.alliance)
    return _Merging(sides, names, marker_size).merged()


@final
@frozen
class _Side:
    """
    One of the three texts.

    Attributes:
        raw: As it is in the file.
        text: With line feeds as line ends, the last one too, and without a byte order mark.
        examined: What there is to say about it.
    """

    raw: str
    text: str
    examined: Examined[Alliance]

    @classmethod
    def of(cls, data: bytes | str, written: Format, limits: Limits | None) -> _Side:
        raw = data if isinstance(data, str) else data.decode("utf-8", "surrogateescape")
        text = raw.removeprefix(_BOM).replace("\r\n", "\n")
        return cls(
            raw,
            text if text.endswith("\n") or not text else f"{text}\n",
            examine(data, Alliance, format=written, limits=limits),
        )

    @property
    def alliance(self) -> Alliance | None:
        """What it says; None where it cannot be read."""
        return None if self.examined.findings else self.examined.value

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()

    def tree(self) -> Tree:
        """Return the tree of its text, which is the one that was read where nothing had to be changed."""
        found = self.examined.tree
        return found if found.text == self.text else examine_tree(self.text, format="yaml")

    @property
    def habits(self) -> tuple[bool, bool, bool]:
        """Whether it begins with a byte order mark, ends lines with a carriage return too, and ends its last line."""
        return self.raw.startswith(_BOM), "\r\n" in self.raw, self.raw.endswith("\n")


@final
@frozen(kw_only=True)
class _Sides:
    """The three texts, and how they are written."""

    base: _Side
    ours: _Side
    theirs: _Side
    written: Format
    limits: Limits | None

    @property
    def all(self) -> tuple[_Side, _Side, _Side]:
        return self.base, self.ours, self.theirs

    def untouched(self) -> _Side | None:
        """Return the one that is the result where only one side changed anything, or both did the same."""
        if self.theirs.raw in (self.ours.raw, self.base.raw):
            return self.ours
        return self.theirs if self.base.raw == self.ours.raw else None

    def unfit(self) -> str:
        """Return why they cannot be merged clause by clause; empty where they can."""
        for name, one in (("the base", self.base), ("ours", self.ours), ("theirs", self.theirs)):
            if one.alliance is None and not (one is self.base and one.is_empty):
                reason = next(map(str, one.examined.findings), "there is nothing in it")
                return f"{name} cannot be read: {reason}"
        ours, theirs = self.ours.alliance, self.theirs.alliance
        if self.base.is_empty and ours and theirs and ours.id != theirs.id:
            return f"they are two alliances, {ours.id} and {theirs.id}, and have no base in common"
        return ""

    def habits(self) -> list[bool]:
        """Return the habits of the result: those of the side that changed them."""
        base = self.ours if self.base.is_empty else self.base
        three = zip(base.habits, self.ours.habits, self.theirs.habits, strict=True)
        return [theirs if old == ours else ours for old, ours, theirs in three]


@final
class _Merging:
    """One attempt after another, the finest first."""

    def __init__(self, sides: _Sides, names: tuple[str, str], marker_size: int) -> None:
        self.sides = sides
        self.names = [
            _UNSEEN.sub(" ", name).strip() or other for name, other in zip(names, ("ours", "theirs"), strict=True)
        ]
        marks = (len(found[0]) + 1 for one in sides.all for found in _MARKERS.finditer(one.raw))
        self.size = max(marker_size, *marks, 7)

    def merged(self) -> MergedText:
        if reason := self.sides.unfit():
            return self._as_they_are((), f"{reason}; both texts are kept")
        found = self._merge()
        for attempt in (self._woven, self._changed):
            for chunks, reasons in attempt(found):
                if self._is_right(chunks, found):
                    return self._told(chunks, found, reasons)
        return self._as_they_are(
            found.conflicts, "no text says all that both sides say, with the comments of both; both texts are kept"
        )

    def _merge(self) -> Merged:
        ours, theirs = self.sides.ours.alliance, self.sides.theirs.alliance
        assert ours is not None and theirs is not None  # noqa: PT018 - they are fit
        return merge(self.sides.base.alliance, ours, theirs)

    def _mixtures(self, found: Merged) -> tuple[Mixture, Mixture]:
        places = places_of(found.conflicts)
        return (
            Mixture(disputed=places, is_ours=True, settled=to_plain(found.alliance)),
            Mixture(disputed=places, is_ours=False, settled=to_plain(found.alternative)),
        )

    # The attempts.

    def _woven(self, found: Merged) -> Iterator[tuple[tuple[Chunk, ...], tuple[str, ...]]]:
        """Yield the text piece by piece."""
        if self.sides.written == "json":
            return
        base, ours, theirs = (cut(one.tree()) for one in self.sides.all)
        if ours is None or theirs is None or (base is None and not self.sides.base.is_empty):
            return
        loom = Loom(*self._mixtures(found))
        chunks = loom.document(base, ours, theirs)
        yield from ((one, tuple(loom.reasons)) for one in self._endings(chunks))

    def _changed(self, found: Merged) -> Iterator[tuple[tuple[Chunk, ...], tuple[str, ...]]]:
        """Yield our text changed in its place to say what both say."""
        raw = [ABSENT if one.is_empty else one.examined.tree.value for one in self.sides.all]
        wanted = [mixture.at((), *raw) for mixture in self._mixtures(found)]
        written = self.sides.written
        try:
            one = splice(self.sides.ours.text, wanted[0], format=written)
            other = one if is_same(*wanted) else splice(one, wanted[1], format=written)
        except (DocumentError, EditRefusedError):
            return
        chunks = compared(one, other, places_of(found.conflicts), written)
        yield from ((one, ()) for one in self._endings(chunks))

    def _endings(self, chunks: tuple[Chunk, ...]) -> Iterator[tuple[Chunk, ...]]:
        """Yield *chunks* with the last line ended as both sides have it, and else in the other way."""
        known = [one for one in chunks if one != "" and one != Dispute("", "")]
        last = known[-1]
        if isinstance(last, Dispute):
            yield tuple(known)
            return
        both = (*known[:-1], last.removesuffix("\n")), tuple(known)
        yield from reversed(both) if self.sides.habits()[2] else both

    def _is_right(self, chunks: tuple[Chunk, ...], found: Merged) -> bool:
        sides = self.sides
        assert sides.ours.alliance is not None and sides.theirs.alliance is not None  # noqa: PT018 - they are fit
        texts = dict.fromkeys(map(self._dressed, halves(chunks)))
        read = [examine(text, Alliance, format=sides.written, limits=sides.limits) for text in texts]
        if not says(read, found, (sides.ours.alliance, sides.theirs.alliance)):
            return False
        if sides.written == "json":
            return True  # it has no comments
        kept: Counter[str] = Counter()
        for comments in comments_of(one.tree for one in read):
            kept |= comments
        return not lost(comments_of(side.examined.tree for side in sides.all), kept)

    # What is written.

    def _told(self, chunks: tuple[Chunk, ...], found: Merged, reasons: tuple[str, ...]) -> MergedText:
        is_clean = all(isinstance(one, str) for one in chunks)
        text = self._dressed(self._marked(chunks))
        return MergedText(
            text=text,
            conflicts=found.conflicts,
            reasons=reasons,
            is_clean=is_clean,
            alliance=found.alliance if is_clean else None,
        )

    def _as_they_are(self, conflicts: tuple[Conflict, ...], reason: str) -> MergedText:
        chunks = trimmed(self.sides.ours.raw, self.sides.theirs.raw)
        ending = "\r\n" if "\r\n" in self.sides.ours.raw else "\n"
        return MergedText(text=self._marked(chunks, ending), conflicts=conflicts, reasons=(reason,), is_clean=False)

    def _marked(self, chunks: Iterable[Chunk], ending: str = "\n") -> str:
        return "".join(one if isinstance(one, str) else "".join(self._between(one, ending)) for one in chunks)

    def _between(self, dispute: Dispute, ending: str) -> Iterator[str]:
        ours, theirs = (
            text if text.endswith("\n") or not text else f"{text}{ending}" for text in (dispute.ours, dispute.theirs)
        )
        yield f"{'<' * self.size} {self.names[0]}{ending}{ours}"
        yield f"{'=' * self.size}{ending}{theirs}"
        yield f"{'>' * self.size} {self.names[1]}{ending}"

    def _dressed(self, text: str) -> str:
        """Return *text* with the byte order mark and the line ends of the result."""
        bom, returns, _ = self.sides.habits()
        return (_BOM if bom else "") + (text.replace("\n", "\r\n") if returns else text)
