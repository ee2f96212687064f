"""The names that public signatures share."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TypeAlias

__all__ = ["Json", "Pointer", "Source"]

# Sequence and Mapping are covariant: a list of texts is Json without a cast, and so are the frozen forms.
Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""Plain data: what JSON can say."""

Pointer: TypeAlias = str
"""A JSON Pointer (RFC 6901): empty for the whole document, else ``/`` before every token."""

Source: TypeAlias = str | os.PathLike[str]
"""Where a document is kept."""
