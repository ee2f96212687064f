"""How much a document may hold: public numbers, each with its own message when it is passed."""

from __future__ import annotations

from typing import Final, final

from attrs import frozen

__all__ = ["LIMITS", "MOST_INTEGER", "SESSION_LIMITS", "Limits"]

MOST_INTEGER: Final = 2**53
"""The largest integer, either way from zero, that every JSON reader keeps exactly (RFC 8259, section 6)."""


@final
@frozen(kw_only=True)
class Limits:
    """
    What a reader accepts; a host may raise any of them for its own files.

    The defaults answer any file within 3 seconds and 150 MB.

    Attributes:
        file_bytes: Bytes of the whole file.
        line_bytes: Bytes of one line of YAML.
        nodes: Scalars and collections of one document, keys included.
        depth: How deep collections may nest.
        keys: Keys of one mapping.
        text: Code points of one text.
        requests: Accepted requests of one session.

    .. versionadded:: 0.1
    """

    file_bytes: int = 1 << 20
    line_bytes: int = 16 << 10
    nodes: int = 30_000
    depth: int = 32
    keys: int = 5_000
    text: int = 10_000
    requests: int = 100_000


LIMITS: Final = Limits()
"""For every document but sessions."""

SESSION_LIMITS: Final = Limits(file_bytes=64 << 20, line_bytes=64 << 20, nodes=10_000_000, keys=100_000)
"""For sessions, which are JSON that a program wrote."""
