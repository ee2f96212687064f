"""
Documents to typed values and back.

Text to plain tree with places, then, by the header, to a value: the strict converter is asked first, and only where it
says no does the slow explanation say everything that is wrong.
"""

from __future__ import annotations

import os
import re
from typing import Any, Final, Generic, TypeVar, cast, final, overload

from attrs import evolve, frozen

from alliancekit.documents._kinds import HEADER, HEADERS, TRANSLATES, DocumentKind, kind_of, translation_of
from alliancekit.documents._reading import Format, examine_tree, format_of, read_bytes
from alliancekit.documents._saving import write_atomically
from alliancekit.documents._tree import Tree, by_place
from alliancekit.documents._writer import write_json, write_yaml
from alliancekit.errors import DocumentError, InvalidValueError, UnknownNameError, did_you_mean, nearest
from alliancekit.findings import Finding
from alliancekit.limits import LIMITS, Limits
from alliancekit.typing import Json, Source
from alliancekit.values import is_list, is_mapping, shorten
from alliancekit.wire import Explained, explain, structure, unstructure

__all__ = ["Examined", "dump", "dumps", "examine", "load", "loads", "to_plain"]

T = TypeVar("T")

_SESSION_HEADER: Final = re.compile(r"alliancekit[\"']?\s*:\s*[\"']?session\b")
# As far as a pointer is made of nothing that somebody wrote.
_OF_OURS: Final = re.compile(r"(?:/requests(?:/\d+)?|/alliancekit)?")
_QUOTES_NOTHING: Final = frozenset({"missing-field", "limit", "unsupported-version", "encoding"})
"""Rules whose findings hold only what is ours to say."""

_HEADLESS: Final = "the document has no header"

_FORMATS: Final = ("yaml", "json")


@final
@frozen(kw_only=True)
class Examined(Generic[T]):
    """
    A document that was looked at, sound or not.

    Attributes:
        tree: Its text, plain value and places.
        findings: Everything that is wrong with text and structure, placed, by place.
        kind: What its header says; None where it says nothing known.
        value: The typed value; None where there are findings about the structure.
        explained: What is left of its data without what is wrong; None where nothing was wrong, or nothing could be read.
        is_private: Whether it is a session, of which nothing is quoted to whoever reads the findings.

    .. versionadded:: 0.1
    """

    tree: Tree
    findings: tuple[Finding, ...]
    kind: DocumentKind | None = None
    value: T | None = None
    explained: Explained | None = None
    is_private: bool = False


def examine(
    data: bytes | str,
    cls: type[T] | None = None,
    *,
    format: Format | None = None,  # noqa: A002 - as in `dumps`
    path: Source | None = None,
    limits: Limits | None = None,
) -> Examined[T]:
    """
    Return what there is to say about a document; never raises for what it holds.

    Args:
        data: The document.
        cls: The class that it shall be; None lets the header decide.
        format: How it is written; None goes by *path*, else by how the text begins.
        path: Where it came from: findings name it.
        limits: How much it may hold; None goes by its kind.

    .. versionadded:: 0.1
    """
    if not isinstance(cast("object", data), bytes | str):
        reason = f"must be the text or the bytes of a document, not {type(data).__name__}; use load for a file"
        raise InvalidValueError("loads", "data", reason)
    _check_format(format)
    name = None if path is None else os.fspath(path)
    written = format or format_of(path, data)
    most = limits or _limits(data, cls, name, written)
    examined = _examined(data, cls, written, name, most)
    if not _is_session(data, cls, name) and not _may_be_session(examined):
        return examined
    told = "" if cls is None or examined.kind is None else _mismatch(examined.kind, kind_of(cls))
    return evolve(examined, is_private=True, findings=tuple(_unquoted(one, told) for one in examined.findings))


def _may_be_session(examined: Examined[Any]) -> bool:
    """Return whether a document says that it is a session, or something like that, wherever it says so."""
    if examined.kind is not None:
        return examined.kind.is_private
    value = examined.tree.value
    header = value.get(HEADER) if is_mapping(value) else None
    if isinstance(header, str):
        return nearest(header.partition("/")[0], HEADERS) == "session"
    return _SESSION_HEADER.search(examined.tree.text) is not None


def _unquoted(finding: Finding, told: str) -> Finding:
    """
    Return *finding* without what it quotes: findings end up in logs, and a session holds private answers.

    What is *told* about the kind of the document is made of our own words alone, and stays.
    """
    ours = _OF_OURS.match(finding.pointer)
    bare = evolve(finding, pointer=ours[0] if ours else "", fix=None)
    if finding.rule in _QUOTES_NOTHING:
        return evolve(bare, message=finding.message.rpartition(": ")[2])  # before it may stand a key
    if finding.message == told:
        return bare
    if finding.message == _HEADLESS:
        return evolve(bare, hint="")
    return evolve(bare, message="this does not fit here; what a session holds is private, and is not quoted", hint="")


def _examined(
    data: bytes | str, cls: type[Any] | None, written: Format, name: str | None, most: Limits
) -> Examined[Any]:
    tree = examine_tree(data, format=written, limits=most)
    found = tuple(finding.with_place(name, finding.span) for finding in tree.findings)
    if not tree.is_whole:
        return Examined(tree=tree, findings=found)
    kind, problem = _kind(tree.value, cls, written)
    problem = problem or _too_long(tree.value, most)
    if kind is None or problem is not None:
        placed = tree.place((problem,) if problem else (), name)
        return Examined(tree=tree, findings=by_place((*found, *placed)), kind=kind)
    return _structured(tree, kind, found, name)


def _structured(tree: Tree, kind: DocumentKind, found: tuple[Finding, ...], path: str | None) -> Examined[Any]:
    rest = {key: value for key, value in tree.value.items() if key != HEADER}
    cls = kind.cls
    try:
        return Examined(tree=tree, findings=found, kind=kind, value=structure(rest, cls))
    except ValueError:
        explained = explain(rest, cls)
    # What the text is wrong about already is not said again about its structure.
    known = {finding.span for finding in found}
    placed = (finding for finding in tree.place(explained.findings, path) if finding.span not in known)
    return Examined(tree=tree, findings=by_place((*found, *placed)), kind=kind, explained=explained)


def _check_format(name: str | None) -> None:
    if name not in (None, *_FORMATS):
        raise UnknownNameError("format", name, _FORMATS)


def _check_ending(kind: DocumentKind, path: str) -> None:
    """Refuse a name by which nobody would find the document again, neither `check` nor an editor."""
    if not kind.json_only and not path.casefold().endswith((".yaml", ".yml", ".json")):
        raise InvalidValueError("dump", "path", f"must end in .yaml, .yml or .json, not {shorten(path)}")


def _limits(data: bytes | str, cls: type[Any] | None, path: str | None, written: Format) -> Limits:
    """Return the limits of a session for what says that it is one, since its header is known only after reading."""
    if cls is not None:
        return kind_of(cls).limits
    return HEADERS["session"].limits if written == "json" and _is_session(data, cls, path) else LIMITS


def _is_session(data: bytes | str, cls: type[Any] | None, path: str | None) -> bool:
    """Return whether a document is asked for, named, or headed as a session; it need not be sound."""
    if (cls is not None and kind_of(cls).is_private) or (
        path is not None and path.casefold().endswith(".session.json")
    ):
        return True
    head = data[:200] if isinstance(data, str) else data[:200].decode("utf-8", "replace")
    return _SESSION_HEADER.search(head) is not None


def _kind(value: Any, cls: type[Any] | None, written: Format) -> tuple[DocumentKind | None, Finding | None]:
    """Return the kind of the document, or what is wrong with its header."""
    if not is_mapping(value):
        return None, _unknown(f"the document must be a mapping, not {shorten(value)}")
    if HEADER not in value:
        near = nearest(HEADER, (key for key in value if len(key) < 32))
        hint = near and f"write {HEADER!r} for {near!r}"
        return None, _unknown(_HEADLESS, hint or f"begin with: {HEADER}: alliance/1")
    header = value[HEADER]
    name, slash, version = header.partition("/") if isinstance(header, str) else ("", "", "")
    if (kind := HEADERS.get(name)) is None or not slash:
        return None, _unknown_header(header)
    if version != str(kind.version):
        return kind, _unsupported(kind, version)
    kind = (translation_of(kind) if TRANSLATES in value else None) or kind
    if cls is not None and (wanted := kind_of(cls)) is not kind:
        hint = "name the alliance beside it" if kind.is_private and wanted.name == "alliance" else ""
        message = _mismatch(kind, wanted)
        return kind, Finding(rule="unknown-document", message=message, hint=hint, pointer=f"/{HEADER}")
    if kind.json_only and written != "json":
        message = f"a document of the kind {kind.header!r} is kept as JSON, never as YAML"
        return kind, Finding(rule="unsupported-yaml", message=message, pointer=f"/{HEADER}")
    return kind, None


def _mismatch(kind: DocumentKind, wanted: DocumentKind) -> str:
    if kind.translates == wanted.name:
        return f"the document is a translation, and the {wanted.name} itself is expected here"
    if wanted.translates == kind.name:
        return f"the document is a {kind.name}, and a translation of one is expected here"
    if kind.is_private:
        article = "an" if wanted.name[0] in "aeiou" else "a"
        expected = f"this is a {kind.name}, and {article} {wanted.name} is expected here"
        return f"{expected}; what a {kind.name} holds is private, and is not quoted"
    return f"the document is of the kind {kind.header!r}, and {wanted.header!r} is expected here"


def _too_long(value: dict[str, Any], limits: Limits) -> Finding | None:
    held = value.get("requests")
    if not is_list(held) or len(held) <= limits.requests:
        return None
    message = f"the session has too many requests; the limit is {limits.requests:,}"
    return Finding(rule="limit", message=message, pointer="/requests", on_key=True)


def _unknown(message: str, hint: str = "") -> Finding:
    return Finding(rule="unknown-document", message=message, hint=hint)


def _unknown_header(header: Any) -> Finding:
    known = [row.header for row in HEADERS.values()]
    hint = did_you_mean(header, known) if isinstance(header, str) else ""
    message = f"{shorten(header)} is no kind of document"
    hint = hint or f"there are {', '.join(known)}"
    return Finding(rule="unknown-document", message=message, hint=hint, pointer=f"/{HEADER}")


def _unsupported(kind: DocumentKind, version: str) -> Finding:
    is_newer = version.isdecimal() and len(version) < 5 and int(version) > kind.version
    hint = "a newer alliancekit may read it" if is_newer else f"write {kind.header}"
    message = f"version {shorten(version)} of {kind.name} documents is not known; this alliancekit reads {kind.header}"
    return Finding(rule="unsupported-version", message=message, hint=hint, pointer=f"/{HEADER}")


@overload
def loads(
    data: bytes | str,
    cls: type[T],
    *,
    format: Format | None = ...,
    path: Source | None = ...,
    limits: Limits | None = ...,
) -> T: ...
@overload
def loads(
    data: bytes | str,
    cls: None = None,
    *,
    format: Format | None = ...,
    path: Source | None = ...,
    limits: Limits | None = ...,
) -> Any: ...
def loads(
    data: bytes | str,
    cls: type[T] | None = None,
    *,
    format: Format | None = None,  # noqa: A002 - as in `dumps`
    path: Source | None = None,
    limits: Limits | None = None,
) -> Any:
    """
    Return the value that a text says.

    Args:
        data: The document: UTF-8, YAML or JSON.
        cls: The class that it shall be; None lets the header decide.
        format: How it is written; None goes by *path*, else by how the text begins.
        path: Where it came from: findings name it.
        limits: How much it may hold; None goes by its kind.

    Raises:
        DocumentError: With everything that is wrong, by place.

    .. versionadded:: 0.1
    """
    return sound(examine(data, cls, format=format, path=path, limits=limits))


def sound(examined: Examined[T]) -> T:
    """Return the value of a document that has no findings; raises `DocumentError` for all others."""
    if examined.findings or examined.value is None:
        raise DocumentError(examined.findings)
    return examined.value


@overload
def load(source: Source, cls: type[T], *, limits: Limits | None = ...) -> T: ...
@overload
def load(source: Source, cls: None = None, *, limits: Limits | None = ...) -> Any: ...
def load(source: Source, cls: type[T] | None = None, *, limits: Limits | None = None) -> Any:
    """
    Return the value that a file says.

    Args:
        source: The file; YAML, or JSON by its name.
        cls: The class that it shall be; None lets the header decide.
        limits: How much it may hold; None goes by its kind.

    Raises:
        UnreadableError: If there is no file to read.
        DocumentError: With everything that is wrong, by place.

    .. versionadded:: 0.1
    """
    name = os.fspath(source)
    most = limits or _limits("", cls, name, format_of(source))
    return loads(read_bytes(source, most), cls, path=source, limits=limits)


def to_plain(value: object) -> dict[str, Any]:
    """
    Return *value* as the plain data of its document, with the header first.

    Raises:
        TypeError: If it is no document by itself.

    .. versionadded:: 0.1
    """
    kind = kind_of(type(value))
    plain = {HEADER: kind.header, **unstructure(value)}
    if kind.name == "session":
        from alliancekit.flow import seal_of

        plain["seal"] = seal_of(plain)
    return plain


def dumps(value: object, *, format: Format | None = None) -> str:  # noqa: A002 - the word that users know
    """
    Return the text of the document *value*.

    Args:
        value: An alliance, a bank, a flow, a check-in, a session, or a script of answers.
        format: How to write it; None means YAML, but JSON for a session.

    Raises:
        TypeError: If *value* is no document by itself.
        InvalidValueError: If a session is to be YAML.
        UnknownNameError: If there is no such format.

    .. versionadded:: 0.1
    """
    kind = kind_of(type(value))
    _check_format(format)
    written = format or ("json" if kind.json_only else "yaml")
    if kind.json_only and written != "json":
        raise InvalidValueError(kind.class_name, "format", "is kept as JSON only")
    plain: Json = to_plain(value)
    return write_json(plain) if written == "json" else write_yaml(plain)


def dump(value: object, path: Source) -> None:
    """
    Write the document *value* to the file *path*, wholly or not at all, in place of what was there.

    To change a file that people edit, use `edit`: it keeps their comments.

    Args:
        value: As for `dumps`.
        path: The file; JSON by its name, else YAML.

    Raises:
        UnreadableError: If it cannot be written.
        InvalidValueError: If the name of the file ends in neither ``.yaml``, ``.yml`` nor ``.json``.

    .. versionadded:: 0.1
    """
    kind = kind_of(type(value))
    _check_ending(kind, os.fspath(path))
    text = dumps(value, format="json" if kind.json_only else format_of(path))
    write_atomically(path, text.encode("utf-8"), mode=0o600 if kind.is_private else None)
