"""
The seal of a stored session: whether its file is still what the engine wrote.

It is no signature, and whoever can write the file can seal it anew. It tells a slip from a session: a request that was
changed, removed, added or moved by hand would otherwise be told to the members as what one of them said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from alliancekit import consent, wire
from alliancekit.findings import Finding

__all__ = ["check_seal", "seal_of"]

_HEADER: Final = {"alliancekit": "session/1"}


def seal_of(plain: Mapping[str, Any]) -> str:
    """
    Return the seal of a session's document: a fingerprint of all of it but the seal itself.

    Args:
        plain: The document as plain data; its header may be left out.

    .. versionadded:: 0.1
    """
    return consent.fingerprint(_HEADER | {key: value for key, value in plain.items() if key != "seal"})


def check_seal(session: Any) -> tuple[Finding, ...]:
    """
    Return what is wrong with the seal of a `Session`: one finding, or none; none where it has no seal.

    .. versionadded:: 0.1
    """
    if session.seal is None or session.seal == seal_of(wire.unstructure(session)):
        return ()
    message = "this session was changed outside the engine: it is not what was sealed when it was saved"
    hint = "go on from a copy that was not changed; without its seal, it is taken as far as each request fits"
    return (Finding(rule="wrong-value", message=message, pointer="/seal", hint=hint),)
