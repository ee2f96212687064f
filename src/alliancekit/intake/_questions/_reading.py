"""Which reader reads a list: by the name of its file, else by how it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, cast

from attrs import evolve

from alliancekit.documents import Tree, examine_tree, loads, read_text
from alliancekit.errors import DocumentError, InvalidValueError, UnknownNameError
from alliancekit.findings import Finding, Position, Span
from alliancekit.intake._questions._build import ImportedBank, build
from alliancekit.intake._questions._csv import looks_like_table, read_csv_into
from alliancekit.intake._questions._draft import Draft
from alliancekit.intake._questions._json import read_tree_into
from alliancekit.intake._questions._markdown import read_markdown_into
from alliancekit.intake._questions._names import tag_of
from alliancekit.intake._report import Note
from alliancekit.limits import LIMITS
from alliancekit.model import Bank

__all__ = ["READERS", "ListFormat", "read_bank"]

ListFormat: TypeAlias = Literal["markdown", "csv", "json", "jsonl", "yaml"]
"""How a list of questions is written."""

_ENDINGS: Final[Mapping[str, ListFormat]] = MappingProxyType({
    "md": "markdown", "mdx": "markdown", "markdown": "markdown", "txt": "markdown",
    "csv": "csv", "tsv": "csv", "tab": "csv",
    "json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "yaml": "yaml", "yml": "yaml",
})  # fmt: skip
_OURS: Final = re.compile(r"""\A(?:\s|#[^\n]*\n|\{)*["']?alliancekit["']?\s*:""")
_LINE: Final = re.compile(r"\r\n|\r|\n")
_WORD: Final = re.compile(r"[^\W\d_]")
_ASKS: Final = (
    "a question is a heading, an entry of a list or a row of a table that asks, a text in JSON, or an object with a key"
    " such as question"
)
# In quotes a carriage return may stand as an escape; a list from Windows has hundreds, and each means a line break.
_RETURN: Final = re.compile(r"\\(?:r\\n|.)", re.DOTALL)
# What a question is too long for is kept aside, so a text may be as long as the file.
_LIMITS: Final = evolve(LIMITS, nodes=10 * LIMITS.nodes, keys=10 * LIMITS.keys, text=LIMITS.file_bytes)


def read_bank(
    text: bytes | str,
    *,
    name: str = "",
    format: ListFormat | None = None,  # noqa: A002 - as in `dumps`
    language: str | None = None,
) -> ImportedBank:
    """
    Return a list of questions as a bank, with what was understood how, and what was kept aside.

    Nothing is invented: no prompt informs an element, or has another answer than a text, unless the list says so.

    Args:
        text: The list: Markdown or MDX, CSV with any separator, JSON, JSON Lines or YAML.
        name: The file from which it comes: it tells the format, and names a bank that has no title.
        format: How it is written; None goes by *name*, else by how the text begins.
        language: What it is written in, where it does not say so; a BCP 47 tag.

    Raises:
        DocumentError: It cannot be read, or has more questions than a bank may.
        MissingExtraError: It is Markdown, and the extra ``markdown`` is not installed.
        InvalidValueError: *language* is no language tag.
        UnknownNameError: There is no such format.

    .. versionadded:: 0.1
    """
    if not isinstance(cast("object", text), bytes | str):
        raise InvalidValueError(
            "read_bank", "text", f"must be the text or the bytes of a list, not {type(text).__name__}"
        )
    if format is not None and format not in READERS:
        raise UnknownNameError("format", format, tuple(READERS))
    if language is not None and not tag_of(language):
        raise InvalidValueError("read_bank", "language", f"must be a language tag (BCP 47) like en, not {language!r}")
    try:
        return _read(read_text(text), name, format, language and tag_of(language))
    except DocumentError as error:
        findings = tuple(finding.with_place(name or None, finding.span) for finding in error.findings)
        raise type(error)(findings) from None


def _read(text: str, name: str, form: ListFormat | None, language: str | None) -> ImportedBank:
    written = form or _ENDINGS.get(name.rpartition(".")[2].casefold()) or _format_of(text)
    if written in ("json", "yaml") and _OURS.match(text):
        bank = loads(text, Bank, format=written)
        return ImportedBank(bank=bank, notes=(Note(1, "the document", "it is a bank already, and is taken as it is"),))
    if not text.strip():
        raise _empty("the list is empty")
    draft = Draft()
    READERS[written](text, draft)
    if not draft.entries:
        if not draft.is_ours and not any(_WORD.search(one.text) for one in draft.kept):
            raise _empty("there is no question in the list")
        draft.note(1, "the list", "nothing in it reads as a question")
    return build(draft, name, language)


def _empty(message: str) -> DocumentError:
    place = Position(1, 1)
    return DocumentError((Finding(rule="syntax", message=message, hint=_ASKS, span=Span(place, place)),))


def _format_of(text: str) -> ListFormat:
    start = text.lstrip()
    if start.startswith("{") or re.match(r"\[\s*[\[{\"\]]", start):
        return "jsonl" if _is_lines(text) else "json"
    if _OURS.match(text):
        return "yaml"
    return "csv" if looks_like_table(text) else "markdown"


def _is_lines(text: str) -> bool:
    """Return whether each line is an object by itself."""
    lines = [line.strip() for line in _LINE.split(text) if line.strip()]
    return len(lines) > 1 and all(line.startswith(("{", "[")) and line.endswith(("}", "]")) for line in lines)


def _json(text: str, draft: Draft) -> None:
    plain = _unix(text)
    tree = examine_tree(plain, format="json", limits=_LIMITS)
    if not tree.is_whole and _is_lines(text):
        _lines(text, draft)
    else:
        _walk(tree, draft)


def _lines(text: str, draft: Draft) -> None:
    """Read JSON Lines as the list that they are, each on the line on which it stands."""
    lines = _LINE.split(text)
    last = max((n for n, line in enumerate(lines) if line.strip()), default=0)
    joined = (f"{line}," if line.strip() and n != last else line for n, line in enumerate(lines))
    _walk(examine_tree(_unix("[" + "\n".join(joined) + "]"), format="json", limits=_LIMITS), draft)


def _unix(text: str) -> str:
    return _RETURN.sub(_break, text) if "\\r" in text else text


def _break(found: re.Match[str]) -> str:
    return r"\n" if found[0] in (r"\r\n", r"\r") else found[0]


def _yaml(text: str, draft: Draft) -> None:
    _walk(examine_tree(text, format="yaml", limits=_LIMITS), draft)


def _walk(tree: Tree, draft: Draft) -> None:
    # A control character in a text is no reason to read nothing: that question alone is kept aside.
    if not tree.is_whole or any(finding.rule != "unsupported-yaml" for finding in tree.findings):
        raise DocumentError(tree.findings)
    read_tree_into(tree, draft)


READERS: Final[Mapping[str, Callable[[str, Draft], None]]] = MappingProxyType({
    "markdown": read_markdown_into,
    "csv": read_csv_into,
    "json": _json,
    "jsonl": _lines,
    "yaml": _yaml,
})  # fmt: skip
"""What reads each format into a draft."""
