"""One document, read as far as it can be, as what rules look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, final

from attrs import evolve, frozen

from alliancekit import wire
from alliancekit.documents import Examined, Tree, examine
from alliancekit.findings import Finding
from alliancekit.limits import Limits
from alliancekit.typing import Pointer
from alliancekit.values import pointer_of, tokens_of

__all__ = ["Read", "read"]

_MARKDOWN: Final = (".md", ".mdx", ".markdown")
_MEANT: Final = re.compile(r"did you mean '([^']+)'\?")


@final
@frozen(kw_only=True)
class Read:
    """
    A document that was read as far as it can be.

    Attributes:
        tree: Its text.
        kind: What its header says; empty where it says nothing known.
        findings: What is wrong with its text and its structure, placed.
        value: The document without what is malformed; None when nothing can be made of it.
        broken: Pointers to what was left out of the value or filled in, and to what a misspelt key was meant to be.
        origin: From a pointer into the value to the one into the text.
        is_private: Whether nothing of it may be shown to whoever reads the findings.
    """

    tree: Tree
    kind: str
    findings: tuple[Finding, ...]
    value: object = None
    broken: frozenset[Pointer] = frozenset()
    origin: Callable[[Pointer], Pointer] = str
    is_private: bool = False


def read(data: str | bytes, path: str | None, limits: Limits | None = None) -> Read:
    """Return the document *data*, of whatever kind its header says; without *limits* those of its kind hold."""
    examined: Examined[object] = examine(data, path=path, limits=limits)
    explained, findings = examined.explained, examined.findings
    found = Read(
        tree=examined.tree,
        kind=examined.kind.name if examined.kind else "",
        findings=findings,
        value=examined.value,
        broken=frozenset(one.pointer for one in findings if one.pointer),
        is_private=examined.is_private,
    )
    if not found.kind and not found.is_private and path is not None and path.casefold().endswith(_MARKDOWN):
        return _as_prose(found, path)
    if explained is None or examined.kind is None:
        return found
    value = wire.structure(explained.data, examined.kind.cls) if explained.data is not None else None
    broken = explained.broken | found.broken | _meant(explained.findings)
    return evolve(found, value=value, broken=broken, origin=explained.origin)


def _as_prose(document: Read, path: str) -> Read:
    """Return *document* without what a reader of YAML has to say about Markdown, which helps nobody."""
    hint = "alliancekit import makes a draft of it: alliancekit import FILE --as alliance"
    message = "this is Markdown, and no document of alliancekit"
    told = Finding(rule="unknown-document", message=message, hint=hint, path=path)
    tree = Tree(document.tree.text, None, is_whole=False)
    return evolve(document, tree=tree, findings=(told,), value=None, broken=frozenset())


def _meant(findings: Iterable[Finding]) -> frozenset[Pointer]:
    """Return what misspelt keys were meant to be: that it is missing was said with the key."""
    unknown = ((one.pointer, _MEANT.search(one.hint)) for one in findings if one.rule == "unknown-field")
    return frozenset(pointer_of(*tokens_of(pointer)[:-1], meant[1]) for pointer, meant in unknown if meant)
