"""An agreement that people have already, as a draft alliance: what it says, where it says it, and what has no place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final, Literal, TypeAlias, final, get_args

from attrs import evolve, field, frozen

from alliancekit.documents import dumps, read_text, read_tree
from alliancekit.errors import DocumentError, InvalidValueError, require
from alliancekit.findings import Finding
from alliancekit.intake._charters import charter
from alliancekit.intake._clauses import Clauses
from alliancekit.intake._draft import Draft
from alliancekit.intake._members import member_of
from alliancekit.intake._outline import Block, lines_of, outline
from alliancekit.intake._paragraphs import by_line, by_sign
from alliancekit.intake._people import find_people, is_each
from alliancekit.intake._report import Imported, Note, aside
from alliancekit.intake._sayings import is_question
from alliancekit.intake._shape import with_headings
from alliancekit.intake._slugs import slug
from alliancekit.intake._under import role_of, topic_of
from alliancekit.intake._vocabulary import lexicon
from alliancekit.limits import LIMITS, Limits
from alliancekit.model import Alliance, Cadence, Language
from alliancekit.shapes import Text
from alliancekit.values import FrozenMap, is_mapping, pointer_of

__all__ = ["AgreementFormat", "ImportedAlliance", "read_alliance"]

AgreementFormat: TypeAlias = Literal["markdown", "json"]
"""How an agreement is written."""

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES: Final = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")
_ENTRY: Final = re.compile(r"([^\s:=#][^:=]*?)\s*[:=]\s+(\S.*)")
_OWN: Final = frozenset({"kept", "headings"})
_ENDINGS: Final = frozenset({".json", ".md", ".markdown", ".mdx", ".txt", ".mkd"})
_JSON: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*["\[{\]])')
# Nobody agrees to more, and what it takes to understand them grows with them.
_MOST_LINES: Final = 5_000
_DIVIDE: Final = "divide the source, and import each part"
_SMALL: Final = 100_000
_TITLE: Final = 100


@final
@frozen(kw_only=True)
class ImportedAlliance(Imported):
    """
    A draft alliance that was read from an agreement, and what is to be said about it.

    The headings and questions of the source stand under ``x-lines`` and ``x-question``, what has no place under
    ``x-kept``: so the draft loses nothing.

    Attributes:
        alliance: The draft; its status is ``draft``, and nobody has said yes to it.
        places: Where in the source each part stands: its pointer (RFC 6901), with the first and the last line.

    .. versionadded:: 0.1
    """

    alliance: Alliance
    places: FrozenMap[tuple[int, int]] = field(converter=FrozenMap[tuple[int, int]])


def read_alliance(
    data: str | bytes,
    *,
    name: str = "",
    format: AgreementFormat | None = None,  # noqa: A002 - as in `dumps`
    language: str | None = None,
    limits: Limits = LIMITS,
) -> ImportedAlliance:
    """
    Return the draft alliance that an agreement comes to.

    Nothing is made up: no clause has an owner or a date, and nobody is a member, unless the source says so. What has no
    place is kept, word for word.

    Args:
        data: The agreement: Markdown, or a charter in JSON.
        name: The name of its file: of it the title comes where the source has none.
        format: How it is written; left out, the ending of *name* or the first character says it.
        language: The language it is in (BCP 47); left out, its front matter may say it.
        limits: How large it may be.

    Raises:
        DocumentError: It is too large, not UTF-8, or no JSON.
        InvalidValueError: *language* is no language tag.
        MissingExtraError: The extra ``markdown`` is not installed.

    .. versionadded:: 0.1
    """
    require(name, str, "read_alliance", "name")
    text = read_text(data, limits=limits)
    text, cleaned = _writable(text)
    if _format(text, name, format) == "json":
        tree = read_tree(text, format="json", limits=limits)
        language = language or _language_of(tree.value)
        blocks = charter(tree, language)
    else:
        _check_lines(lines_of(text))
        blocks = with_headings(paragraphs_of(text, name))
    reading = _Reading(lines_of(text), blocks, name, language)
    imported = reading.result(cleaned)
    _check_size(imported, text, limits)
    return imported


def paragraphs_of(text: str, name: str) -> tuple[Block, ...]:
    """Return the blocks of the Markdown, or of the plain text, in the file *name*."""
    if PurePath(name).suffix.casefold() != ".txt":
        return outline(text, by_sign)
    return _with_title(outline(text, by_line), lines_of(text))


def _with_title(blocks: tuple[Block, ...], lines: Sequence[str]) -> tuple[Block, ...]:
    """Return *blocks* of plain text, with its first line as the title where nothing stands right below it."""
    if len(blocks) < 2 or any(one.kind == "heading" for one in blocks):
        return blocks
    first, *rest = blocks
    stands_apart = first.kind == "paragraph" and first.line == first.end_line and not lines[first.end_line].strip()
    if not stands_apart or first.text.endswith((".", "。")) or not 0 < len(first.text) <= _TITLE:
        return blocks
    return (evolve(first, kind="heading", level=1, children=rest),)


def _format(text: str, name: str, given: AgreementFormat | None) -> AgreementFormat:
    if given not in {None, "markdown", "json"}:
        raise InvalidValueError("read_alliance", "format", f"must be 'markdown' or 'json', not {given!r}")
    if given:
        return given
    ending = PurePath(name).suffix.casefold()
    return "json" if ending == ".json" or (ending not in _ENDINGS and _JSON.match(text)) else "markdown"


def _language_of(value: object) -> str | None:
    """Return the language that a charter names as its own."""
    entries = value.items() if is_mapping(value) else ()
    said = (one for key, one in entries if lexicon("words").is_one("language", key) and isinstance(one, str))
    return next((one for one in said if _is_language(one)), None)


def _is_language(text: str) -> bool:
    shape: Text = get_args(Language)[1]
    return shape.flaw(text) is None


def _writable(text: str) -> tuple[str, list[Note]]:
    """Return *text* without what no document can carry, and a note about each line that had some of it."""
    if not _UNWRITABLE.search(text):
        return text, []
    lines = [number for number, line in enumerate(lines_of(text), 1) if _UNWRITABLE.search(line)]
    notes = [
        Note(line, "a control character", "no document can carry it; U+FFFD stands for it") for line in lines[:100]
    ]
    return _UNWRITABLE.sub(lambda found: " " if found[0] in _SPACES else "\ufffd", text), notes


def _check_size(imported: ImportedAlliance, text: str, limits: Limits) -> None:
    if len(text) > _SMALL and len(dumps(imported.alliance, format="yaml").encode()) > limits.file_bytes:
        reason = f"the draft would be larger than a document may be ({limits.file_bytes} bytes)"
        raise DocumentError((Finding(rule="limit", message=reason, hint=_DIVIDE),))


def _check_lines(lines: Sequence[str]) -> None:
    if len(lines) > _MOST_LINES:
        reason = f"it has {len(lines):,} lines; of an agreement at most {_MOST_LINES:,} are read"
        raise DocumentError((Finding(rule="limit", message=reason, hint=_DIVIDE),))


@final
class _Reading:
    """One agreement on its way to an alliance."""

    def __init__(self, lines: list[str], blocks: Sequence[Block], name: str, language: str | None) -> None:
        self._blocks = [one for one in blocks if one.kind != "front-matter"]
        self._front = next((one for one in blocks if one.kind == "front-matter"), None)
        self._name = name
        self._language = language
        self._people = find_people(self._blocks)
        self._draft = Draft(lines, self._people)
        self._extra: dict[str, Any] = {}
        self._title = ""

    def result(self, notes: Sequence[Note]) -> ImportedAlliance:
        """Return what the agreement comes to."""
        title = title_of(self._blocks)
        if title and title.level > 1 and self._is_titled():
            title = None
        if title:
            self._title = title.text
            self._draft.places["/title"] = (title.line, title.end_line)
        self._read_front()
        Clauses(self._draft, self._people).read(self._blocks, title)
        alliance = self._alliance()
        kept = self._draft.kept()
        return ImportedAlliance(
            alliance=alliance,
            places=self._draft.places,
            notes=tuple(sorted([*notes, *self._draft.notes(), *self._said_of_people()])),
            kept=kept,
        )

    def _is_titled(self) -> bool:
        """Return whether the front matter gives a title, which stands over all headings but one of level 1."""
        entries = map(_ENTRY.fullmatch, map(str.strip, self._front.text.split("\n") if self._front else ()))
        return any(one and lexicon("words").is_one("title", one[1].strip("\"'")) for one in entries)

    def _read_front(self) -> None:
        if not self._front:
            return
        words, whole = lexicon("words"), True
        for line in self._front.text.split("\n"):
            found = _ENTRY.fullmatch(line.strip())
            key, value = (found[1].strip("\"'"), found[2].strip().strip("\"'")) if found else ("", "")
            if not line.strip():
                continue
            if words.is_one("title", key) and not self._title:
                self._title = value
                self._draft.places["/title"] = (1, self._front.end_line)
            elif words.is_one("language", key) and _is_language(value) and not self._language:
                self._language = value
            elif (
                found
                and slug(key)
                and slug(key) not in _OWN
                and f"x-{slug(key)}" not in self._extra
                and line[:1] != " "
            ):
                self._extra[f"x-{slug(key)}"] = value
            else:
                whole = False
        if not whole:
            self._draft.keep(self._front, "it stands before the document, and not all of it has a place")

    def _alliance(self) -> Alliance:
        draft = self._draft
        title = (
            self._title or _stem(self._name) or next((one.text for one in self._blocks if one.text), "") or "Agreement"
        )
        title = " ".join(title.split())[: LIMITS.text]
        channels = draft.clauses.pop("channels")
        headings = draft.headings()
        for one in self._people.all:
            draft.places.setdefault(pointer_of("members", one.id), (one.line, one.line))
        members = [member_of(one) for one in self._people.all]
        extra = {**self._extra, **({"x-lines": headings} if headings else {}), **aside(draft.kept())}
        given: dict[str, Any] = {**draft.clauses, **({"language": self._language} if self._language else {})}
        return Alliance(
            id=slug(title, words=8) or slug(_stem(self._name), words=8) or "agreement",
            kind="one-to-one" if len(members) == 2 and self._speaks_of_two() else "team",
            title=title,
            intention=draft.intention,
            members=members,
            cadence=Cadence(channels=channels) if channels else None,
            extra=extra,
            **given,
        )

    def _speaks_of_two(self) -> bool:
        first = [one.text for top in self._blocks for one in top.walk() if one.kind in {"heading", "paragraph"}][:8]
        return self._people.are_two or any(lexicon("words").has("two", one) for one in (self._title, *first))

    def _said_of_people(self) -> list[Note]:
        return [Note(one.line, one.name, f"a member: {one.evidence}") for one in self._people.all]


def _stem(name: str) -> str:
    """Return the words of a file's name."""
    stem = _writable(PurePath(name).name)[0]
    while PurePath(stem).suffix.casefold() in _ENDINGS:
        stem = PurePath(stem).stem
    words = re.sub(r"[-_.\s]+", " ", stem).strip()
    return words.capitalize() if words.isupper() or words.islower() else words


def title_of(blocks: Sequence[Block]) -> Block | None:
    """Return the heading that is the title of the whole: it stands over the others, or alone among them."""
    tops = [one for one in blocks if one.kind == "heading" and one.level <= 6]
    if not tops or is_question(tops[0].text) or not 0 < len(tops[0].text) <= LIMITS.text:
        return None
    first, *others = tops
    before = [one for one in blocks[: blocks.index(first)] if one.kind in {"item", "row"}]
    if before or (others and min(one.level for one in others) < first.level):
        return None
    says_more = role_of(first.text) not in {"", "rules"} or bool(topic_of(first.text)) or is_each(first.text)
    if says_more and not others and first is not blocks[0]:
        return None
    if not others or all(one.level > first.level for one in others):
        # A document of one section is as much its title as its heading, unless that says what the section is.
        return first if first.children else None
    is_bare = all(one.kind in {"paragraph", "html"} for one in first.children)
    return first if is_bare and not says_more and (role_of(first.text) == "rules" or not first.children) else None
