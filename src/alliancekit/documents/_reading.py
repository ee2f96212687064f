"""From bytes to a tree: which format, which limits, and files that are no files."""

from __future__ import annotations

import errno
import os
import stat
from typing import Final, Literal, NoReturn, TypeAlias

from alliancekit.documents._fast import read_fast
from alliancekit.documents._json import read_json
from alliancekit.documents._notes import decode
from alliancekit.documents._tree import Tree
from alliancekit.documents._yaml import read_yaml
from alliancekit.errors import DocumentError, UnreadableError
from alliancekit.findings import Finding
from alliancekit.limits import LIMITS, Limits
from alliancekit.typing import Source

__all__ = ["Format", "examine_tree", "format_of", "read_bytes", "read_text", "read_tree"]

Format: TypeAlias = Literal["yaml", "json"]
"""How a document is written."""

_CHUNK: Final = 1 << 20
# Non-blocking: opening a pipe that nobody writes to would wait for ever.
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


def format_of(source: Source | None = None, data: bytes | str = "") -> Format:
    """
    Return the format of a document: by its file name, else by how the text begins.

    Args:
        source: The file; None or ``-`` where there is no name.
        data: The text, for when the name says nothing.
    """
    if source is not None and os.fspath(source) != "-":
        return "json" if os.fspath(source).casefold().endswith(".json") else "yaml"
    if isinstance(data, bytes):
        return "json" if data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else "yaml"
    return "json" if data[:4096].removeprefix("\ufeff").lstrip().startswith("{") else "yaml"


def examine_tree(data: bytes | str, *, format: Format, limits: Limits = LIMITS) -> Tree:  # noqa: A002 - as in `dumps`
    """
    Return the tree of a document, with what is wrong with its text as ``findings``.

    Never raises: a text of which nothing could be read gives a tree that is not ``is_whole``.

    Args:
        data: The document: UTF-8, with or without a byte order mark.
        format: How it is written.
        limits: How much it may hold.

    .. versionadded:: 0.1
    """
    text, refusal = decode(data, limits)
    if refusal is not None:
        return Tree(text, None, findings=refusal.findings, is_whole=False)
    if format == "json":
        return read_json(text, limits)
    return read_fast(text, limits) or read_yaml(text, limits)


def read_text(data: bytes | str, *, limits: Limits = LIMITS) -> str:
    """
    Return the text of *data*, without a byte order mark; what it says is not looked at.

    Args:
        data: UTF-8, with or without a byte order mark.
        limits: How large it may be.

    Raises:
        DocumentError: If it is too large, or not UTF-8.

    .. versionadded:: 0.1
    """
    text, refusal = decode(data, limits)
    if refusal is not None:
        raise DocumentError(tuple(refusal.findings))
    return text


def read_tree(data: bytes | str, *, format: Format, limits: Limits = LIMITS) -> Tree:  # noqa: A002 - as in `dumps`
    """
    Return the tree of a document whose text is sound.

    Args:
        data: The document: UTF-8, with or without a byte order mark.
        format: How it is written.
        limits: How much it may hold.

    Raises:
        DocumentError: With everything that is wrong with the text, placed.

    .. versionadded:: 0.1
    """
    tree = examine_tree(data, format=format, limits=limits)
    if tree.findings:
        raise DocumentError(tree.findings)
    return tree


def read_bytes(source: Source, limits: Limits = LIMITS) -> bytes:
    """
    Return what the file *source* holds.

    Args:
        source: Where it is kept.
        limits: How large it may be; never more than that and one byte is read.

    Raises:
        UnreadableError: If there is no such file, or it is a folder or a device, or may not be read.
        DocumentError: If it is too large.

    .. versionadded:: 0.1
    """
    path = os.fspath(source)
    try:
        data = _read(path, limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        _refuse(path, error)
    if len(data) > limits.file_bytes:
        message = f"the file is too large; the limit is {limits.file_bytes:,} bytes"
        raise DocumentError((Finding(rule="limit", message=message, path=path),))
    return data


def _read(path: str, most: int) -> bytes:
    handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            what = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
            raise OSError(what, "not a regular file")
        # Nearly always that is all of it, and whoever reads thousands of files need not ask each for more.
        if len(whole := os.read(handle, min(_CHUNK, most))) == status.st_size:
            return whole
        parts, most = [whole], most - len(whole)
        while most > 0 and (part := os.read(handle, min(_CHUNK, most))):
            parts.append(part)
            most -= len(part)
        return b"".join(parts)
    finally:
        os.close(handle)


_REASONS: Final = {
    errno.ENOENT: ("there is no such file", "check the name"),
    errno.ENOTDIR: ("there is no such file", "check the name"),
    errno.EISDIR: ("it is a folder, not a file", "name a file in it"),
    errno.EACCES: ("it may not be read", "ask for permission"),
    errno.EPERM: ("it may not be read", "ask for permission"),
    errno.EINVAL: ("it is not a regular file", "name a file"),
    errno.ENXIO: ("it is not a regular file", "name a file"),
    errno.ELOOP: ("its links lead in a circle", "name the file itself"),
    errno.ENAMETOOLONG: ("its name is too long", "check the name"),
}


def _refuse(path: str, error: OSError | ValueError) -> NoReturn:
    code = error.errno if isinstance(error, OSError) else None
    default = (f"it cannot be read: {error.strerror}" if isinstance(error, OSError) else "it has no legal name", "")
    message, hint = _REASONS.get(code or 0, default)
    raise UnreadableError((Finding(rule="unreadable", message=message, hint=hint, path=path),)) from error
