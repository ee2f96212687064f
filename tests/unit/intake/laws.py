"""What must hold of every import of an agreement, whatever it says: nothing is lost, and nothing is made up."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from alliancekit.documents import read_tree, to_plain
from alliancekit.intake import ImportedAlliance
from alliancekit.intake._agreements import paragraphs_of
from alliancekit.intake._charters import charter
from alliancekit.intake._outline import Block

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
# What the draft says of itself, and not in words of the source.
_OWN = {"alliancekit", "id", "kind", "status", "topic", "by", "to", "holds", "line", "pointer", "language", "x-kept"}


def blocks_of(text: str, name: str = "a.md", language: str | None = None) -> list[Block]:
    """Return the blocks of a source."""
    tops = charter(read_tree(text, format="json"), language) if name.endswith(".json") else paragraphs_of(text, name)
    return [one for top in tops for one in top.walk()]


def lost(text: str, imported: ImportedAlliance, name: str = "a.md") -> dict[str, int]:
    """Return the words of the source that are neither in the draft nor in what was kept aside."""
    kept = {(line, one.pointer) for one in imported.kept for line in range(one.line, one.end_line + 1)}
    rest = [one for one in blocks_of(text, name, imported.alliance.language) if (one.line, one.pointer) not in kept]
    # What is said twice in the same words is held once.
    words = Counter(word for said in {one.text for one in rest} for word in words_of(said))
    # However often a member is named, the member is one.
    names = {word for one in imported.alliance.members.values() for word in words_of(one.name)}
    said = Counter(word for one in drafted(imported) for word in words_of(one))
    return {word: count for word, count in (words - said).items() if word not in names}


def lost_sentences(text: str, imported: ImportedAlliance, name: str = "a.md") -> list[str]:
    """Return the sentences of the source that stand whole neither in a text of the draft nor in what was kept aside."""
    held = [squeezed(one) for one in [*drafted(imported), *(kept.text for kept in imported.kept)]]
    parts = [part for one in blocks_of(text, name) for part in _SENTENCE.split(one.text) if squeezed(part)]
    return [part for part in parts if not any(squeezed(part) in one for one in held)]


def made_up(text: str, imported: ImportedAlliance, name: str = "a.md") -> dict[str, int]:
    """Return the words of the draft's texts that are not in the source."""
    every = blocks_of(text, name)
    source = Counter(word for one in every for word in words_of(one.text))
    raw = set(words_of(text)) | set(words_of(json.dumps(text)))
    said = Counter(word for one in drafted(imported) for word in words_of(one))
    # Front matter, the number of an item, a file's name: they are in the source, and in no text of the outline.
    title = set(words_of(imported.alliance.title)) | set(words_of(name))
    return {word: count for word, count in (said - source).items() if word not in raw and word not in title}


def drafted(imported: ImportedAlliance) -> list[str]:
    """Return every text of the draft, without ids and what the format itself says."""
    plain = to_plain(imported.alliance)
    roles = [role for one in imported.alliance.members.values() for role in one.roles]
    return [*_texts({key: one for key, one in plain.items() if key not in _OWN}), *roles]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in _OWN and key not in {"by", "topic", "roles", "holds"}:
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("_", " "))


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
