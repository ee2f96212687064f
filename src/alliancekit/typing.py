"""The names that public signatures share."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import IO, Any, Protocol, TypeAlias

__all__ = ["Json", "Openable", "Pointer", "Source"]

# Sequence and Mapping are covariant: a list of texts is Json without a cast, and so are the frozen forms.
Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""Plain data: what JSON can say."""

Pointer: TypeAlias = str
"""A JSON Pointer (RFC 6901): empty for the whole document, else ``/`` before every token."""

Source: TypeAlias = str | os.PathLike[str]
"""Where a document is kept."""


class Openable(Protocol):
    """
    What is no path of this machine and can be opened: a file in an archive, or in a store of objects.

    A `zipfile.Path` is one, and so is a path of universal-pathlib.
    """

    def open(self, mode: str, /) -> IO[Any]:
        """Return the file, open for reading; *mode* is ``rb``."""
        ...
