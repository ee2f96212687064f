"""
Stamping: into a translation goes the digest of what it translates, so that it shows when that has changed since.

Only ``source`` lines are written; comments, order and quoting of the file stay.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Any, Final, final

from attrs import field, frozen

from alliancekit.documents import Format, Tree, examine, examine_tree, format_of, read_bytes, save_atomically, splice
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.flow import Flow, FlowTranslation
from alliancekit.library._units import Key, Translatable, Unit, name_of, units
from alliancekit.model import BankTranslation
from alliancekit.typing import Source
from alliancekit.values import thaw, tokens_of

__all__ = ["Stamps", "stamp", "stamp_bytes"]

_SOURCE: Final = "source"


@final
@frozen(kw_only=True)
class Stamps:
    """
    What stamping a translation did, or would do.

    Attributes:
        path: The file.
        added: What had no digest and got one: ids of prompts, sections and steps, and ``title``.
        renewed: What had the digest of other words; whoever stamps it says that the translation fits the new ones.
        strange: What the source does not have, and so cannot be stamped.

    .. versionadded:: 0.1
    """

    path: str
    added: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    renewed: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    strange: tuple[str, ...] = field(default=(), converter=tuple[str, ...])

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.added or self.renewed)


def stamp(path: Source, source: Translatable, *, only: Collection[str] = (), dry: bool = False) -> Stamps:
    """
    Write into the translation at *path* the digests of what it translates, and return what that changed.

    Args:
        path: A translation of a bank or a flow.
        source: That bank or flow, whole, in its own language.
        only: Ids of the prompts, sections and steps to stamp, and ``title``; empty for all.
        dry: Whether nothing is written.

    Raises:
        UnreadableError: There is no file to read, or it cannot be written.
        DocumentError: It is not sound, or no translation.
        UnknownNameError: It has no part that *only* names.
        ConflictError: Somebody changed it meanwhile.
        EditRefusedError: Its style leaves no place for a digest.

    .. versionadded:: 0.1
    """
    before = read_bytes(path)
    after, stamps = stamp_bytes(before, source, path=path, only=only)
    if stamps.is_changed and not dry:
        save_atomically(path, after, expected=before)
    return stamps


def stamp_bytes(data: bytes, source: Translatable, *, path: Source, only: Collection[str] = ()) -> tuple[bytes, Stamps]:
    """Return *data*, a translation, with the digests of *source*, and what that changed; see `stamp`."""
    cls: type[Any] = FlowTranslation if isinstance(source, Flow) else BankTranslation
    found = examine(data, cls, path=path)
    if found.findings or found.value is None:
        raise DocumentError(found.findings)
    held = units(found.value)
    digests, stamps = _stamps(held, units(source), os.fspath(path), frozenset(only))
    if not stamps.is_changed:
        return data, stamps
    wanted = _stamped(found.tree.value, {held[key].pointer: digest for key, digest in digests.items()})
    form = format_of(path)
    return splice(_with_room(data.decode("utf-8"), found.tree, wanted, form), wanted, format=form).encode(), stamps


def _stamps(
    held: Mapping[Key, Unit], known: Mapping[Key, Unit], path: str, only: frozenset[str]
) -> tuple[dict[Key, str], Stamps]:
    """Return the digest of everything that shall have another, and what that means."""
    names = tuple(dict.fromkeys(map(name_of, held)))
    for name in only.difference(names):
        raise UnknownNameError(f"entry of {path}", name, names)
    asked = {key: unit for key, unit in held.items() if not only or name_of(key) in only}
    other = {key: unit for key, unit in asked.items() if key in known and unit.source != known[key].digest}
    stamps = Stamps(
        path=path,
        added=(name_of(key) for key, unit in other.items() if unit.source is None),
        renewed=(name_of(key) for key, unit in other.items() if unit.source is not None),
        strange=(name_of(key) for key in asked if key not in known),
    )
    return {key: known[key].digest for key in other}, stamps


def _stamped(plain: Any, digests: Mapping[str, str]) -> Any:
    """Return a copy of *plain* that has the *digests*, each at its pointer."""
    wanted = thaw(plain)
    for pointer, digest in digests.items():
        entry = wanted
        for token in tokens_of(pointer):
            entry = entry[int(token) if isinstance(entry, list) else token]
        entry[_SOURCE] = digest
    return wanted


def _with_room(text: str, tree: Tree, wanted: Mapping[str, Any], form: Format) -> str:
    """Return *text* with the digest of the title below the title, where a splice would put it at the very end."""
    title = tree.root.child("title") if tree.root is not None and tree.root.style == "block" else None
    if title is None or form == "json" or _SOURCE in tree.value or _SOURCE not in wanted:
        return text
    at = text.find("\n", text.find(tree.text) + title[1].end - 1) + 1
    if not at:
        return text
    line_break = "\r\n" if text[:at].endswith("\r\n") else "\n"
    roomy = f"{text[:at]}{_SOURCE}: {wanted[_SOURCE]}{line_break}{text[at:]}"
    again = examine_tree(roomy, format=form)
    is_said = not again.findings and again.value == {**tree.value, _SOURCE: wanted[_SOURCE]}
    return roomy if is_said else text
