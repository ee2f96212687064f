"""One fingerprint of plain data, however it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, cast

from alliancekit.typing import Json

__all__ = ["fingerprint"]


def fingerprint(plain: Json) -> str:
    """
    Return ``sha256:`` and the 64 hexadecimal digits of the SHA-256 of *plain* as canonical JSON (RFC 8785).

    .. versionadded:: 0.1
    """
    return f"sha256:{sha256(_canonical(plain)).hexdigest()}"


def _canonical(plain: Json) -> bytes:
    if _is_simple(plain):
        # The same bytes, from the standard library's encoder in C: keys sort alike, and there is no number to round.
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    import rfc8785

    found: bytes = rfc8785.dumps(plain)
    return found


def _is_simple(plain: Any) -> bool:
    """Return whether *plain* has only keys in ASCII, and no numbers but small whole ones."""
    if isinstance(plain, Mapping):
        entries = cast("Mapping[object, Any]", plain).items()
        return all(isinstance(key, str) and key.isascii() and _is_simple(one) for key, one in entries)
    if isinstance(plain, list | tuple):
        return all(map(_is_simple, cast("Sequence[Any]", plain)))
    return isinstance(plain, str | bool | None) or (isinstance(plain, int) and abs(plain) < 2**53)
